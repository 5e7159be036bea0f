"""Designing forms, and putting them in force together with a flow."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Department, Role, User
from app.access.rules import permitted
from app.approvals import drawn, reading
from app.approvals.references import problems_for
from app.approvals.services import flows
from app.audit import services as audit
from app.audit.services import Entry, changes_of
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.core.ids import new_id
from app.forms import approving, definitions, policies, queries
from app.forms.checking import Problem
from app.forms.definitions import Fields
from app.forms.models import Form, FormVersion
from app.forms.states import FormState, Openness

SUBJECT = "form"
ICONS = ("file", "calendar", "plane", "cart", "stamp", "wallet", "car", "laptop", "gift", "users")
_TOLD = {"name", "description", "icon", "category", "openness", "access", "state"}
_HEAD: Mapping[str, Any] = {
    "id": "head",
    "type": "approve",
    "who": [{"by": "department-head"}],
    "nobody": {"then": "superior"},
}


class NothingDesigned(Conflict):
    """What is in force is what is designed."""

    code = "nothing-to-publish"


class FormInUse(Conflict):
    """It was in force: it can be retired, not deleted."""

    code = "form-in-use"


class FlowAsksMore(Conflict):
    """The flow in force speaks of fields that would be gone."""

    code = "flow-asks-more"


@permitted(policies.MANAGE)
def create(
    actor: Actor,
    *,
    name: str,
    description: str = "",
    icon: str = ICONS[0],
    category: str = "",
    definition: Mapping[str, Any] | None = None,
) -> Form:
    """A new form that nobody can start yet.

    :raises Invalid: if the definition is none
    """
    designed = dict(definition) if definition else {"fields": []}
    definitions.read(designed)
    at = clock.now()
    form = Form(
        id=new_id(),
        name=name,
        description=description,
        icon=icon,
        category=category,
        openness=Openness.OPEN,
        access={},
        state=FormState.DRAFT,
        draft=designed,
        created_by_id=actor.id,
        created_at=at,
        updated_at=at,
    )
    db.session.add(form)
    db.session.flush()
    audit.record(actor, _entry(form, "created"))
    return form


@permitted(policies.MANAGE)
def update(actor: Actor, form: Form, changes: Mapping[str, Any]) -> None:
    """Call a form otherwise, or say anew who starts, sees and manages it.

    :raises Invalid: naming whom there is not
    """
    if "access" in changes:
        changes = {**changes, "access": _access(changes["access"])}
    for name, value in changes.items():
        setattr(form, name, value)
    _changed(actor, form, "updated")


_NAMED: tuple[tuple[str, Any], ...] = (
    ("user_ids", User),
    ("role_ids", Role),
    ("department_ids", Department),
)


def _access(sent: dict[str, dict[str, list[UUID]]]) -> dict[str, dict[str, list[str]]]:
    """Whom a form names, as it is kept."""
    for holders, model in _NAMED:
        wanted = policies.named_ids(sent, holders)
        ids = {one for _, one in wanted}
        there = set(db.session.scalars(select(model.id).where(model.id.in_(ids)))) if ids else set()
        missing = [place for place, one in wanted if one not in there]
        if missing:
            raise Invalid(*(FieldProblem(place, "unknown-reference") for place in missing))
    return {
        deed: {holders: [str(one) for one in dict.fromkeys(ids)] for holders, ids in named.items() if ids}
        for deed, named in sent.items()
        if any(named.values())
    }


@permitted(policies.MANAGE)
def design(actor: Actor, form: Form, definition: Mapping[str, Any]) -> list[Problem]:
    """Keep what is designed, though it be unfinished; gives what is still wrong with it.

    :raises Invalid: if it is no definition at all
    """
    fields = definitions.read(definition)
    form.draft = dict(definition)
    _changed(actor, form, "drawn")
    return queries.problems_of(form, fields)


@permitted(policies.MANAGE)
def publish(actor: Actor, form: Form) -> FormVersion | None:
    """Put what is designed in force; what was begun finishes with the version it began with.

    A form without a flow gets one that asks the head of the department.

    :return: None if a retired form is in force again as it was
    :raises NothingDesigned: if nothing is designed that is not in force
    :raises FlowAsksMore: if the flow in force speaks of a field that would be gone
    :raises Invalid: with everything that is wrong with it
    """
    if form.draft is None and form.state != FormState.RETIRED:
        raise NothingDesigned
    version = _next_version(actor, form) if form.draft is not None else None
    form.state = FormState.PUBLISHED
    _demand_starters(form)
    _changed(actor, form, "published")
    _see_to_flow(actor, form)
    return version


def _next_version(actor: Actor, form: Form) -> FormVersion:
    fields = definitions.read(form.draft)
    wrong = queries.problems_of(form, fields)
    if wrong:
        raise Invalid(*(FieldProblem(_place(one), one.code, one.facts) for one in wrong))
    _demand_answers(form, fields)
    version = FormVersion(
        id=new_id(),
        form_id=form.id,
        number=(form.published_version or 0) + 1,
        definition=form.draft,
        published_at=clock.now(),
        published_by_id=actor.id,
    )
    db.session.add(version)
    form.draft, form.published_version = None, version.number
    return version


def _demand_answers(form: Form, fields: Fields) -> None:
    flow = drawn.in_force(queries.word_of(form.id))
    if flow is None:
        return
    asked = problems_for(approving.kind_of(form, fields), reading.read(drawn.last(flow).definition))
    if asked:
        raise FlowAsksMore(name=flow.name)


def _demand_starters(form: Form) -> None:
    """Refuse a form that nobody could start."""
    holders = ("user_ids",) if form.openness == Openness.CLOSED else [name for name, _ in _NAMED]
    named = form.access.get("start", {})
    if form.openness != Openness.OPEN and not any(named.get(one) for one in holders):
        raise invalid("access.start", "nobody-starts")


def _see_to_flow(actor: Actor, form: Form) -> None:
    word = queries.word_of(form.id)
    if drawn.in_force(word) is None:
        flow = flows.create(actor, kind=word, name=form.name)
        head = {**_HEAD, "name": "Head of department" if actor.locale == "en" else "部门主管审批"}
        flows.draw(actor, flow, {"nodes": [head]})
        flows.publish(actor, flow)


@permitted(policies.MANAGE)
def retire(actor: Actor, form: Form) -> None:
    """Let nobody start a form any more; what was begun finishes."""
    if form.state != FormState.RETIRED:
        form.state = FormState.RETIRED
        _changed(actor, form, "retired")


@permitted(policies.MANAGE)
def delete(actor: Actor, form: Form) -> None:
    """Delete a form that was never in force.

    :raises FormInUse: otherwise
    """
    if form.published_version is not None:
        raise FormInUse
    audit.record(actor, _entry(form, "deleted"))
    db.session.delete(form)
    db.session.flush()


def _place(problem: Problem) -> str:
    return f"fields.{problem.key}.{problem.field}" if problem.key else problem.field


def _changed(actor: Actor, form: Form, action: str) -> None:
    form.updated_at = clock.now()
    told = [one for one in changes_of(form) if one["field"] in _TOLD]
    db.session.flush()
    audit.record(actor, _entry(form, action, told))


def _entry(form: Form, action: str, changes: Any = ()) -> Entry:
    return Entry(
        action=action, subject_type=SUBJECT, subject_id=form.id, subject_label=form.name, changes=changes
    )
