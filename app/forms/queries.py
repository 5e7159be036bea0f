"""Reading forms and their entries: fetching is authorising."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import refuse
from app.approvals import queries as approvals
from app.approvals.models import Approval
from app.core.db import db
from app.core.errors import NotFound
from app.forms import checking, definitions
from app.forms.checking import Problem
from app.forms.definitions import Fields
from app.forms.models import Form, FormEntry, FormVersion
from app.forms.policies import MANAGE, Standing, may_design
from app.forms.states import FormState, Kind

FAMILY = "form"


def word_of(form_id: UUID) -> str:
    """The word under which a form's entries are approved."""
    return f"{FAMILY}.{form_id.hex}"


def get(actor: Actor, form_id: UUID, *, to_change: bool = False) -> Form:
    """A form, for those who design them.

    :raises Forbidden: for anybody else
    :raises NotFound: if there is none such
    """
    if not may_design(actor):
        raise refuse(actor, MANAGE)
    return _demand(form_id, to_change=to_change)


def _demand(form_id: UUID, *, to_change: bool = False) -> Form:
    statement = select(Form).where(Form.id == form_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound
    return found


def all_forms(actor: Actor) -> Sequence[Form]:
    """All forms by name, for those who design them.

    :raises Forbidden: for anybody else
    """
    if not may_design(actor):
        raise refuse(actor, MANAGE)
    return db.session.scalars(select(Form).order_by(Form.name, Form.id)).all()


def concerning(actor: Actor) -> Sequence[Form]:
    """The forms that an actor may start, or whose entries they see."""
    standing = Standing(actor)
    published = select(Form).where(Form.published_version.is_not(None)).order_by(Form.name, Form.id)
    return [form for form in db.session.scalars(published) if standing.starts(form) or standing.reads(form)]


def to_look_at(actor: Actor, form_id: UUID) -> Form:
    """A form that the actor may fill in, or whose entries they see.

    :raises NotFound: otherwise
    """
    form, standing = _demand(form_id), Standing(actor)
    if not standing.starts(form) and not standing.reads(form):
        raise NotFound
    return form


def to_start(actor: Actor, form_id: UUID) -> Form:
    """A form that the actor may fill in.

    :raises NotFound: otherwise
    """
    form = _demand(form_id)
    if not Standing(actor).starts(form):
        raise NotFound
    return form


def to_read(actor: Actor, form_id: UUID) -> Form:
    """A form all of whose entries the actor sees.

    :raises NotFound: otherwise
    """
    form = _demand(form_id)
    if not Standing(actor).reads(form):
        raise NotFound
    return form


def to_manage(actor: Actor, form_id: UUID) -> Form:
    """A form whose entries the actor looks after.

    :raises NotFound: otherwise
    """
    form = _demand(form_id)
    if not Standing(actor).manages(form):
        raise NotFound
    return form


def of_id(form_id: UUID) -> Form | None:
    """A form, whoever asks; for the product itself."""
    return db.session.scalars(select(Form).where(Form.id == form_id)).first()


def form_of(found: FormEntry) -> Form:
    """The form of an entry."""
    return _demand(found.form_id)


def in_force() -> Sequence[Form]:
    """The forms that can be started by somebody, by name."""
    published = select(Form).where(Form.state == FormState.PUBLISHED).order_by(Form.name, Form.id)
    return db.session.scalars(published).all()


def versions(form_id: UUID) -> Sequence[FormVersion]:
    """What was published of a form, the latest first."""
    return versions_of([form_id]).get(form_id, ())


def versions_of(form_ids: Collection[UUID]) -> Mapping[UUID, Sequence[FormVersion]]:
    """What was published of forms, the latest first."""
    of_them = select(FormVersion).where(FormVersion.form_id.in_(form_ids))
    found: dict[UUID, list[FormVersion]] = {}
    for one in db.session.scalars(of_them.order_by(FormVersion.number.desc())):
        found.setdefault(one.form_id, []).append(one)
    return found


def version(actor: Actor, version_id: UUID) -> FormVersion:
    """A published version, for those who design forms.

    :raises Forbidden: for anybody else
    :raises NotFound: if there is none such
    """
    if not may_design(actor):
        raise refuse(actor, MANAGE)
    found = db.session.scalars(select(FormVersion).where(FormVersion.id == version_id)).first()
    if found is None:
        raise NotFound
    return found


def fields_of(form_id: UUID, number: int | None) -> Fields:
    """The fields of a published version."""
    return definitions.read(definition_of(form_id, number))


def definition_of(form_id: UUID, number: int | None) -> dict[str, Any]:
    """The same as it was designed, as plain JSON."""
    of_it = select(FormVersion.definition).where(FormVersion.form_id == form_id, FormVersion.number == number)
    found: dict[str, Any] = db.session.scalars(of_it).one()
    return found


def kinds_ever(form_id: UUID) -> Mapping[str, Kind]:
    """What each field of a form holds that was ever published."""
    return {one.key: one.kind for found in versions(form_id) for one in definitions.read(found.definition)}


def problems_of(form: Form, fields: Fields) -> list[Problem]:
    """What is wrong with what is designed for a form."""
    return checking.problems(fields, kinds_ever(form.id) if form.published_version else {})


def entry(actor: Actor, entry_id: UUID) -> FormEntry:
    """An entry that is the actor's own, or of a form whose entries they see.

    :raises NotFound: otherwise
    """
    found = _entry(entry_id, to_change=False)
    if found is None or (found.owner_id != actor.id and not reads(actor, found)):
        raise NotFound
    return found


def reads(actor: Actor, found: FormEntry) -> bool:
    """Whether somebody sees an entry because they see all of its form."""
    form = of_id(found.form_id)
    return actor.is_system or (form is not None and Standing(actor).reads(form))


def own_entry(actor: Actor, entry_id: UUID) -> FormEntry:
    """An entry of the actor's own, locked.

    :raises NotFound: if there is none such
    """
    found = _entry(entry_id, to_change=True)
    if found is None or found.owner_id != actor.id:
        raise NotFound
    return found


def _entry(entry_id: UUID, *, to_change: bool) -> FormEntry | None:
    one = select(FormEntry).where(FormEntry.id == entry_id)
    if to_change:
        one = one.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(one).first()


def any_entry(entry_id: UUID, *, to_change: bool = True) -> FormEntry | None:
    """An entry, whosever it is; for the product itself.

    :param to_change: lock it until the transaction ends
    """
    return _entry(entry_id, to_change=to_change)


def shown_to(actor: Actor, entry_id: UUID) -> FormEntry:
    """An entry that the actor sees, or is or was asked about: what hangs on it is for them, too.

    :raises NotFound: otherwise
    """
    found = _entry(entry_id, to_change=False)
    if found is None:
        raise NotFound
    if found.owner_id != actor.id and not reads(actor, found):
        approval = approval_of(found)
        if approval is None or not approvals.may_see(actor, approval):
            raise NotFound
    return found


def approval_of(found: FormEntry) -> Approval | None:
    """The latest approval of an entry; whether anybody may see it is not asked."""
    of_it = select(Approval).where(Approval.kind == word_of(found.form_id), Approval.subject_id == found.id)
    return db.session.scalars(of_it.order_by(Approval.submitted_at.desc(), Approval.id.desc())).first()
