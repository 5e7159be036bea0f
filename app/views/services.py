"""What can be done with views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.models import Department, Role
from app.access.permissions import Permission
from app.access.rules import demand_writable, refuse, unlocked
from app.audit import services as audit
from app.audit.services import Entry, changes_of
from app.core import clock, filters, keyset, relative_days
from app.core.db import db
from app.core.errors import Conflict, Forbidden, invalid
from app.views import kinds, policies, queries
from app.views.kinds import ListKind
from app.views.models import SavedView, ViewChoice
from app.views.states import Audience
from tenants import rls

SUBJECT = "view"
LONGEST_NAME = 50
MOST_OWN = 100
MOST_COLUMNS = 100
MOST_SHARED_WITH = 50
_TOLD = ("name", "audience", "sort", "is_default")
_OWN_AFFAIR = "how one looks at a list is one's own affair; sharing is asked for inside"


class TooManyViews(Conflict):
    """More views than anybody finds anything among."""

    code = "too-many-views"


class NotYourView(Forbidden):
    """A view that somebody shares is theirs to change."""

    code = "not-your-view"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDraft:
    """A view to be kept."""

    list_name: str
    name: str
    filter: Mapping[str, Any] | None = None
    shown_columns: Sequence[Mapping[str, Any]] = ()
    sort: str = ""
    audience: str = Audience.PRIVATE
    role_ids: Sequence[UUID] = field(default_factory=list)
    department_ids: Sequence[UUID] = field(default_factory=list)
    is_default: bool = False


@unlocked(_OWN_AFFAIR)
def create(actor: Actor, draft: ViewDraft) -> SavedView:
    """Keep a way to look at a list.

    :raises Invalid: naming what cannot be taken
    """
    demand_writable(actor)
    kinds.get(actor, draft.list_name)
    mine = select(func.count()).where(
        SavedView.owner_id == actor.id, SavedView.list_name == draft.list_name, SavedView.deleted_at.is_(None)
    )
    if (db.session.scalar(mine) or 0) >= MOST_OWN:
        raise TooManyViews(max=MOST_OWN)
    at = clock.now()
    view = SavedView(
        list_name=draft.list_name, name=draft.name, owner_id=actor.id, created_at=at, updated_at=at
    )
    names = ("filter", "shown_columns", "sort", "audience", "role_ids", "department_ids", "is_default")
    _set(actor, view, {name: getattr(draft, name) for name in names})
    db.session.add(view)
    db.session.flush()
    _record(actor, view, "created")
    return view


@unlocked(_OWN_AFFAIR)
def change(actor: Actor, view: SavedView, changes: Mapping[str, Any]) -> None:
    """Change a view.

    :param changes: fields of `ViewDraft` but for the list
    :raises Invalid: naming what cannot be taken
    """
    _demand_own(actor, view)
    with db.session.no_autoflush:
        _set(actor, view, changes)
        view.name = changes.get("name", view.name)
        told = [one for one in changes_of(view) if one["field"] in _TOLD]
    if db.session.is_modified(view):
        view.updated_at = clock.now()
        db.session.flush()
        _record(actor, view, "updated", told)


@unlocked(_OWN_AFFAIR)
def delete(actor: Actor, view: SavedView) -> None:
    """Do away with a view; it can be restored."""
    _demand_own(actor, view)
    view.deleted_at = clock.now()
    db.session.flush()
    _record(actor, view, "deleted")


@unlocked(_OWN_AFFAIR)
def restore(actor: Actor, view: SavedView) -> None:
    """Bring a view back; where the company has another default by now, that stays."""
    _demand_own(actor, view)
    if view.deleted_at is None:
        return
    view.is_default = view.is_default and _default_of(view.list_name) is None
    view.deleted_at = None
    db.session.flush()
    _record(actor, view, "restored")


@unlocked("the order of one's own tabs is one's own affair")
def choose(actor: Actor, list_name: str, view_ids: Sequence[UUID], default_view_id: UUID | None) -> None:
    """Say in which order one has the views of a list, and which one sees first.

    :raises Invalid: naming a view that one does not see
    """
    demand_writable(actor)
    there = {item["id"] for item in queries.all_of_now(actor, list_name)["items"]}
    if default_view_id is not None and str(default_view_id) not in there:
        raise invalid("default_view_id", "unknown-reference")
    for place, view_id in enumerate(view_ids):
        if str(view_id) not in there:
            raise invalid(f"view_ids.{place}", "unknown-reference")
    chosen = db.session.get(ViewChoice, (actor.tenant_id, actor.id, list_name), with_for_update=True)
    if chosen is None:
        chosen = ViewChoice(user_id=actor.id, list_name=list_name)
        db.session.add(chosen)
    chosen.view_ids, chosen.default_view_id = [str(one) for one in dict.fromkeys(view_ids)], default_view_id
    db.session.flush()


def _set(actor: Actor, view: SavedView, changes: Mapping[str, Any]) -> None:
    kind = kinds.get(actor, view.list_name)
    _prefer(actor, view, changes)
    if "filter" in changes:
        view.filter = _checked(actor, kind, changes["filter"] or {})
    if "shown_columns" in changes:
        view.columns = [{"name": one["name"], "width": one.get("width")} for one in changes["shown_columns"]]
    if "sort" in changes:
        view.sort = changes["sort"] or ""
        sorts = kind.sorts(rls.driver_of(db.session()), actor)
        keyset.read_sort(view.sort or None, sorts, kind.listing.default_sort)
    _share(actor, view, changes)


def _checked(actor: Actor, kind: ListKind, tree: Mapping[str, Any]) -> dict[str, Any]:
    """A filter as it is kept: whatever a request could ask, and no more."""
    if not tree:
        return {}
    if len(orjson.dumps(tree)) > filters.LONGEST_TREE:
        raise invalid("filter", "filter-too-deep")
    fields = kind.fields(rls.driver_of(db.session()), actor)
    filters.from_tree(relative_days.resolved(tree, fields, actor.zone), fields)
    return dict(tree)


def _share(actor: Actor, view: SavedView, changes: Mapping[str, Any]) -> None:
    if not {"audience", "role_ids", "department_ids"} & changes.keys():
        return
    audience = Audience(changes.get("audience", view.audience or Audience.PRIVATE))
    wanted = {
        name: [str(one) for one in changes.get(name, getattr(view, name) or [])]
        for name in ("role_ids", "department_ids")
    }
    # What was there when it was shared may be gone by now; what is sent must be there.
    _demand_there("role_ids", Role, changes.get("role_ids", ()))
    _demand_there("department_ids", Department, changes.get("department_ids", ()))
    if audience is not Audience.SOME:
        wanted = {name: [] for name in wanted}
    elif not any(wanted.values()):
        raise invalid("audience", "nobody-shared-with")
    before = (view.audience, view.role_ids, view.department_ids)
    if audience is not Audience.PRIVATE and before != (audience, *wanted.values()):
        _demand_sharing(actor)
    view.audience, view.role_ids, view.department_ids = audience, wanted["role_ids"], wanted["department_ids"]


def _prefer(actor: Actor, view: SavedView, changes: Mapping[str, Any]) -> None:
    """Before anything else of the view is changed: the former default is written first."""
    audience = changes.get("audience", view.audience or Audience.PRIVATE)
    wanted = bool(changes.get("is_default", view.is_default))
    if audience == Audience.PRIVATE:
        if changes.get("is_default"):
            raise invalid("is_default", "default-is-shared")
        view.is_default = False
    elif wanted != bool(view.is_default):
        _demand_sharing(actor)
        former = _default_of(view.list_name) if wanted else None
        if former:
            former.is_default = False
            db.session.flush()
            told = [{"field": "is_default", "before": True, "after": False}]
            _record(actor, former, "updated", told)
        view.is_default = wanted


def _default_of(list_name: str) -> SavedView | None:
    return db.session.scalars(
        select(SavedView)
        .where(SavedView.list_name == list_name, SavedView.is_default, SavedView.deleted_at.is_(None))
        .with_for_update()
    ).first()


def _demand_own(actor: Actor, view: SavedView) -> None:
    demand_writable(actor)
    shared = view.audience != Audience.PRIVATE
    if not policies.may_change(actor, view.owner_id, shared=shared):
        raise NotYourView


def _demand_sharing(actor: Actor) -> None:
    if not actor.may(Permission.VIEW_SHARE):
        raise refuse(actor, Permission.VIEW_SHARE)


def _demand_there(name: str, model: type[Role | Department], ids: Sequence[UUID]) -> None:
    found = set(db.session.scalars(select(model.id).where(model.id.in_(ids)))) if ids else set()
    for place, one in enumerate(ids):
        if one not in found:
            raise invalid(f"{name}.{place}", "unknown-reference")


def _record(actor: Actor, view: SavedView, action: str, told: Sequence[Mapping[str, Any]] = ()) -> None:
    audit.record(
        actor,
        Entry(action=action, subject_type=SUBJECT, subject_id=view.id, subject_label=view.name, changes=told),
    )
