"""Which fields somebody may read and write, by their roles; administrators read and write all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from app.access import actors
from app.access.actor import Actor
from app.access.models import FieldRight, Role
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.search import Query, Word
from app.fields import catalogue as catalogues
from app.fields import entities, layouts
from app.fields.entities import BuiltIn
from tenants.context import require_tenant_id

RIGHTS = ("hidden", "read", "write")
Rights = Mapping[str, Mapping[str, str]]
Change = Mapping[str, Any]


def of(entity: str) -> dict[str, dict[str, str]]:
    """What roles may not do with fields: role to field to `hidden` or `read`; what is left out is `write`."""
    found: dict[str, dict[str, str]] = {}
    for row in db.session.scalars(select(FieldRight).where(FieldRight.entity == entity)):
        found.setdefault(str(row.role_id), {})[row.field] = row.field_right
    return found


@permitted(Permission.FIELD_MANAGE)
def decide(actor: Actor, entity: str, wanted: Rights) -> None:
    """Say what roles may do with the fields of a kind of record, in place of what was said before.

    :param wanted: as `of` gives it
    :raises Invalid: naming a role or field that does not exist, or can have no limits
    """
    entities.get(entity)
    actors.access_changed()
    before = of(entity)
    after = _checked(entity, wanted)
    if after == before:
        return
    db.session.execute(delete(FieldRight).where(FieldRight.entity == entity))
    insert_many(
        FieldRight,
        [
            {
                "tenant_id": require_tenant_id(),
                "role_id": role_id,
                "entity": entity,
                "field": name,
                "field_right": right,
            }
            for role_id, rights in after.items()
            for name, right in rights.items()
        ],
    )
    change = {"field": "rights", "before": before, "after": after}
    audit.record(
        actor,
        Entry(
            action="restricted",
            subject_type="field",
            subject_id=layouts.subject_id(entity),
            subject_label=entity,
            changes=[change],
        ),
    )


def _checked(entity: str, wanted: Rights) -> dict[str, dict[str, str]]:
    roles = {str(role.id): role for role in db.session.scalars(select(Role))}
    built_in, own = entities.built_in(entity), catalogues.fresh(entity).fields
    kept: dict[str, dict[str, str]] = {}
    for role_id, rights in wanted.items():
        role = roles.get(role_id)
        if role is None:
            raise invalid(f"rights.{role_id}", "unknown-reference")
        for name, right in rights.items():
            at = f"rights.{role_id}.{name}"
            if name not in built_in and name not in own:
                raise invalid(at, "unknown-reference")
            if right not in RIGHTS:
                raise invalid(at, "not-a-choice", choices=", ".join(RIGHTS))
            if right == "write":
                continue
            if role.is_administrator or (name in built_in and built_in[name].essential):
                raise invalid(at, "always-open")
            kept.setdefault(role_id, {})[name] = right
    return kept


def blank(reader: Actor, entity: str, items: Sequence[dict[str, Any]]) -> None:
    """Empty the built-in fields of items that the reader may not read."""
    for one in _hidden(reader, entity):
        for item in items:
            if one.shown in item:
                item[one.shown] = one.blank


def _hidden(reader: Actor, entity: str) -> list[BuiltIn]:
    names = reader.hides(entity)
    return [one for one in entities.built_in(entity).values() if one.name in names] if names else []


def filters_hidden(reader: Actor, entity: str) -> set[str]:
    """The filters that would tell of fields the reader may not read."""
    own = reader.hides(entity)
    return {*own, *(name for one in _hidden(reader, entity) for name in one.filters)}


def visible(reader: Actor, entity: str, changes: Iterable[Change]) -> list[Change]:
    """Those changes that the reader may be told of."""
    if not reader.hides(entity):
        return list(changes)
    names = {*reader.hides(entity), *(one.shown for one in _hidden(reader, entity))}
    return [change for change in changes if change["field"] not in names]


def searchable(reader: Actor, entity: str, query: Query | None) -> Query | None:
    """A query that finds nothing by phones that the reader may not read."""
    if query is None or "phones" not in reader.hides(entity):
        return query
    words = (
        Word(word.text, tuple(needle for needle in word.needles if needle.kind != "phone"))
        for word in query.words
    )
    return Query(tuple(words))


def demand(by: Actor, entity: str, touched: Collection[str]) -> None:
    """Make sure that somebody may write fields.

    :param touched: fields by their names, or by those in the trail
    :raises Invalid: naming those that may not be written
    """
    found = problems(by, entity, touched)
    if found:
        raise Invalid(*found)


def problems(by: Actor, entity: str, touched: Collection[str]) -> list[FieldProblem]:
    """One problem for each of the touched fields that somebody may not write; none if they may write all."""
    fixed = by.fixes(entity)
    if not fixed:
        return []
    built_in = [one for one in entities.built_in(entity).values() if one.name in fixed]
    return [
        FieldProblem(one.name, "no-field-right")
        for one in built_in
        if one.name in touched or one.shown in touched
    ]
