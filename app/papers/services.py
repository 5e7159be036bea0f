"""Shaping the paper that leaves the house."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.events import publish
from app.events.records import RecordsGone
from app.papers.filling import fill_in
from app.papers.models import PaperLayout
from app.papers.states import MOST_LAYOUTS
from tenants.context import require_tenant_id

SUBJECT = "paper-layout"


class TooManyLayouts(Conflict):
    """Nobody could choose among so many."""

    code = "too-many-paper-layouts"


class LayoutIsDefault(Conflict):
    """It is the one that is taken; another must be first."""

    code = "paper-layout-is-default"


@permitted(Permission.TENANT_MANAGE)
def create(actor: Actor, values: Mapping[str, Any]) -> PaperLayout:
    """A new layout; the first is the one that is taken unless another is asked for.

    :param values: fields of a layout; `logo` as a data URL
    :raises Invalid: naming what cannot be taken
    :raises TooManyLayouts: beyond `MOST_LAYOUTS`
    """
    there = db.session.scalar(select(func.count()).select_from(PaperLayout).where(_here())) or 0
    if there >= MOST_LAYOUTS:
        raise TooManyLayouts(max=MOST_LAYOUTS)
    at = clock.now()
    layout = PaperLayout(created_at=at, updated_at=at)
    fill_in(layout, values)
    _lead(layout, wanted=there == 0 or values.get("is_default", False))
    db.session.add(layout)
    _demand_own_name(layout)
    db.session.flush()
    _tell(actor, "created", layout, audit.facts_of(layout, _TOLD))
    return layout


@permitted(Permission.TENANT_MANAGE)
def change(actor: Actor, layout: PaperLayout, values: Mapping[str, Any]) -> None:
    """Change a layout; what was sent out before stays as it was.

    :param values: fields of a layout; `logo` as a data URL, None takes it away
    :raises Invalid: naming what cannot be taken
    """
    with db.session.no_autoflush:
        fill_in(layout, values)
        _demand_own_name(layout)
        if values.get("is_default"):
            _lead(layout, wanted=True)
    told = [one for one in audit.changes_of(layout) if one["field"] in _TOLD]
    if db.session.is_modified(layout):
        layout.updated_at = clock.now()
        db.session.flush()
        _tell(actor, "updated", layout, told)


@permitted(Permission.TENANT_MANAGE)
def delete(actor: Actor, layout: PaperLayout) -> None:
    """Remove a layout for ever.

    :raises LayoutIsDefault: for the one that is taken, while there are others
    """
    if layout.is_default and _others(layout):
        raise LayoutIsDefault
    _tell(actor, "deleted", layout)
    publish(RecordsGone(record_type=SUBJECT, record_ids=(layout.id,)))
    db.session.delete(layout)
    db.session.flush()


_TOLD = ("name", "is_default", "locale", "heading", "company", "address", "phone", "tax_number", "bank",
         "footer", "colour", "columns", "capitals", "mail_subject", "mail_text")  # fmt: skip


def _lead(layout: PaperLayout, *, wanted: bool) -> None:
    if not wanted:
        layout.is_default = False
        return
    former = update(PaperLayout).where(PaperLayout.is_default, PaperLayout.id != layout.id)
    db.session.execute(
        former.values(is_default=False, version=PaperLayout.version + 1).execution_options(
            synchronize_session=False
        )
    )
    layout.is_default = True


def _demand_own_name(layout: PaperLayout) -> None:
    same = select(PaperLayout.id).where(PaperLayout.name == layout.name, PaperLayout.id != layout.id)
    with db.session.no_autoflush:
        if db.session.scalar(same) is not None:
            raise invalid("name", "already-exists")


def _others(layout: PaperLayout) -> bool:
    return db.session.scalar(select(PaperLayout.id).where(PaperLayout.id != layout.id).limit(1)) is not None


def _here() -> Any:
    return PaperLayout.tenant_id == require_tenant_id()


def _tell(by: Actor, action: str, layout: PaperLayout, changes: Any = ()) -> None:
    audit.record(
        by,
        Entry(
            action=action,
            subject_type=SUBJECT,
            subject_id=layout.id,
            subject_label=layout.name,
            changes=changes,
        ),
    )
