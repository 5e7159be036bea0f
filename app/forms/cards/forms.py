"""Forms and entries as shown, for orjson."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Department, Role, User
from app.approvals import drawn
from app.core.db import db
from app.core.messages import say
from app.core.origin import current_origin
from app.forms import definitions, queries
from app.forms.checking import Problem
from app.forms.models import Form, FormEntry, FormVersion
from app.forms.policies import DEEDS, Standing
from app.forms.states import EntryState
from app.lists.instants import utc

Plain = dict[str, Any]


def card(form: Form) -> Plain:
    """A form in a list of those who design them."""
    return {
        "id": form.id,
        "version": form.version,
        "name": form.name,
        "description": form.description,
        "icon": form.icon,
        "category": form.category,
        "openness": form.openness,
        "state": form.state,
        "designed": form.draft is not None,
        "published_version": form.published_version,
        "updated_at": utc(form.updated_at),
    }


def whole(form: Form) -> Plain:
    """A form with what is designed, or else in force, and what is wrong with it."""
    definition = form.draft
    if definition is None:
        definition = queries.versions(form.id)[0].definition
    wrong = queries.problems_of(form, definitions.read(definition))
    flow = drawn.in_force(queries.word_of(form.id))
    return {
        **card(form),
        "access": _access(form),
        "definition": definition,
        "problems": [_problem(one) for one in wrong],
        "flow": {"id": flow.id, "name": flow.name} if flow else None,
    }


def _problem(one: Problem) -> Plain:
    text = say(one.code, current_origin().locale, **dict(one.facts))
    return {"key": one.key, "field": one.field, "code": one.code, "text": text}


_HOLDERS: tuple[tuple[str, Any], ...] = (
    ("user_ids", User),
    ("role_ids", Role),
    ("department_ids", Department),
)


def _access(form: Form) -> Plain:
    """Whom a form names, with what they are called."""
    found: dict[str, Plain] = {deed: {} for deed in DEEDS}
    for holders, model in _HOLDERS:
        ids = {UUID(one) for named in form.access.values() for one in named.get(holders, ())}
        rows = db.session.execute(select(model.id, model.name).where(model.id.in_(ids))) if ids else ()
        called = {str(row.id): {"id": row.id, "name": row.name} for row in rows}
        for deed in DEEDS:
            named = form.access.get(deed, {}).get(holders, ())
            found[deed][holders.replace("_ids", "s")] = [called[one] for one in named if one in called]
    return found


def versions(form: Form) -> Plain:
    """What was published of a form, the latest first: {"items"}."""
    found = queries.versions(form.id)
    called = _names(one.published_by_id for one in found)
    return {"items": [_version(one, called) for one in found]}


def _version(found: FormVersion, called: Mapping[UUID, Plain]) -> Plain:
    return {
        "id": found.id,
        "number": found.number,
        "published_at": utc(found.published_at),
        "published_by": called[found.published_by_id],
    }


def version_whole(found: FormVersion) -> Plain:
    """A published version with its definition."""
    return {**_version(found, _names([found.published_by_id])), "definition": found.definition}


def _names(user_ids: Iterable[UUID]) -> dict[UUID, Plain]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(set(user_ids))))
    return {row.id: {"id": row.id, "name": row.name} for row in rows}


def tiles(actor: Actor, forms: Sequence[Form]) -> Plain:
    """The forms that somebody may start, or whose entries they see: {"items"}."""
    standing = Standing(actor)
    return {"items": [_tile(form, standing) for form in forms]}


def _tile(form: Form, standing: Standing) -> Plain:
    return {
        "id": form.id,
        "name": form.name,
        "description": form.description,
        "icon": form.icon,
        "category": form.category,
        "can": {
            "start": standing.starts(form),
            "read": standing.reads(form),
            "export": standing.manages(form),
        },
    }


def sheet(form: Form) -> Plain:
    """A form to be filled in."""
    found = queries.versions(form.id)[0]
    return {
        "id": form.id,
        "name": form.name,
        "description": form.description,
        "icon": form.icon,
        "number": found.number,
        "definition": found.definition,
    }


def entry(actor: Actor, found: FormEntry) -> Plain:
    """An entry with its form as it was then."""
    form = queries.form_of(found)
    definition = next(one.definition for one in queries.versions(form.id) if one.number == found.form_version)
    approval = queries.approval_of(found)
    own = found.owner_id == actor.id
    return {
        "id": found.id,
        "version": found.version,
        "form": {"id": form.id, "name": form.name},
        "number": found.form_version,
        "title": found.title,
        "state": found.state,
        "owner": _names([found.owner_id])[found.owner_id],
        "submitted_at": utc(found.submitted_at),
        "definition": definition,
        "values": found.filled,
        "told": found.told,
        "approval_id": approval.id if approval else None,
        "can": {
            "correct": own and found.state == EntryState.RETURNED and actor.tenant_state.writable,
            "start": own and Standing(actor).starts(form),
        },
    }
