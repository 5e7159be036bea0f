"""Fields as their administrator and the pages ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core import filters, keyset
from app.core.db import db
from app.core.errors import NotFound
from app.core.keyset import Sort
from app.fields import catalogue as catalogues
from app.fields import conditions, entities, layouts, rights
from app.fields.catalogue import Catalogue
from app.fields.index import filter_of, sort_of
from app.fields.models import FieldDefinition
from app.fields.states import FieldKind
from app.lists.pages import Asked, Listing
from app.lists.questions import Question
from tenants import rls

_filters: WeakKeyDictionary[Catalogue, filters.Fields] = WeakKeyDictionary()
_sorts: WeakKeyDictionary[Catalogue, Mapping[str, Sort]] = WeakKeyDictionary()
"""As long as a catalogue is kept, so are the filters and orders made of it."""


def definitions(actor: Actor, entity: str) -> Sequence[FieldDefinition]:
    """All fields of a kind of record, retired ones too, in the order of their making.

    :raises NotFound: if there is no such kind
    """
    if not actor.may(Permission.FIELD_MANAGE):
        raise refuse(actor, Permission.FIELD_MANAGE)
    entities.get(entity)
    return db.session.scalars(
        select(FieldDefinition)
        .where(FieldDefinition.entity == entity)
        .order_by(FieldDefinition.created_at, FieldDefinition.id)
    ).all()


def rights_of(actor: Actor, entity: str) -> dict[str, dict[str, str]]:
    """What roles may not do with the fields of a kind of record.

    :raises NotFound: if there is no such kind
    """
    if not actor.may(Permission.FIELD_MANAGE):
        raise refuse(actor, Permission.FIELD_MANAGE)
    entities.get(entity)
    return rights.of(entity)


def get(actor: Actor, field_id: UUID, *, to_change: bool = False) -> FieldDefinition:
    """A field by id, locked if it is about to be changed.

    :raises NotFound: if there is none
    """
    if to_change and not actor.may(Permission.FIELD_MANAGE):
        raise refuse(actor, Permission.FIELD_MANAGE)
    statement = select(FieldDefinition).where(FieldDefinition.id == field_id)
    found = db.session.scalars(statement.with_for_update() if to_change else statement).first()
    if found is None:
        raise NotFound
    return found


def filters_of(connection: Any, actor: Actor, entity: str) -> filters.Fields:
    """What lists of a kind of record can be filtered by: the built-in and the company's own fields.

    :param connection: a psycopg connection inside the tenant's walls
    """
    catalogue = catalogues.of(connection, actor, entity)
    known = _filters.get(catalogue)
    if known is None:
        own = map(filter_of, _found_by(catalogue))
        known = _filters[catalogue] = {**entities.get(entity).listing.fields, **filters.declare(*own)}
    hidden = rights.filters_hidden(actor, entity)
    return {name: one for name, one in known.items() if name not in hidden} if hidden else known


def sorts_of(connection: Any, actor: Actor, entity: str) -> Mapping[str, Sort]:
    """What lists of a kind of record can be sorted by: as built in, and by the company's own fields.

    :param connection: a psycopg connection inside the tenant's walls
    """
    catalogue = catalogues.of(connection, actor, entity)
    known = _sorts.get(catalogue)
    if known is None:
        own = filter(None, map(sort_of, _found_by(catalogue)))
        known = _sorts[catalogue] = {**entities.get(entity).listing.sorts, **keyset.sorts_of(*own)}
    hidden = actor.hides(entity)
    return {token: one for token, one in known.items() if one.key.name not in hidden} if hidden else known


def asked(actor: Actor, listing: Listing, question: Question) -> Asked:
    """What is asked of a list, in the middle of a transaction, as far as the actor may ask it.

    :raises Invalid: naming what cannot be taken
    """
    if not listing.entity:
        return question.of(listing, listing.fields, listing.sorts, actor.zone)
    connection = rls.driver_of(db.session.connection())
    fields = filters_of(connection, actor, listing.entity)
    found = question.of(listing, fields, sorts_of(connection, actor, listing.entity), actor.zone)
    return replace(found, query=rights.searchable(actor, listing.entity, found.query))


def description(actor: Actor, entity: str) -> dict[str, Any]:
    """What pages need to draw a kind of record: {"entity", "sections", "fields", "filters", "sorts"}.

    :raises NotFound: if there is no such kind
    """
    layout = layouts.get(entity)
    catalogue = catalogues.now(actor, entity)
    connection = rls.driver_of(db.session.connection())
    known = filters_of(connection, actor, entity)
    hidden, fixed = actor.hides(entity), actor.fixes(entity)
    built_in = [one for one in entities.get(entity).built_in if one.name not in hidden]
    own = [one for one in catalogue.fields.values() if one.key not in hidden]
    return {
        "entity": entity,
        "layout_version": layout.version,
        "sections": [
            {**section, "fields": [name for name in section["fields"] if name not in hidden]}
            for section in layouts.sections(layout, catalogue)
        ],
        "fields": [
            *({**_built_in(one), "writable": one.name not in fixed} for one in built_in),
            *({**_own(one), "writable": one.key not in fixed} for one in own),
        ],
        "filters": [
            {
                "name": one.name,
                "kind": one.kind,
                "ops": sorted(filters.OPS[one.kind]),
                "choices": list(one.choices),
            }
            for one in known.values()
        ],
        "sorts": list(sorts_of(connection, actor, entity)),
    }


def _found_by(catalogue: Catalogue) -> list[Any]:
    return [one for one in catalogue.fields.values() if one.filterable and one.ready]


def _built_in(one: entities.BuiltIn) -> dict[str, Any]:
    return {
        "name": one.name,
        "built_in": True,
        "essential": one.essential,
        "compared": one.kind,
        "choices": list(one.choices),
    }


def _own(one: catalogues.CustomField) -> dict[str, Any]:
    return {
        "name": one.key,
        "built_in": False,
        "essential": False,
        "compared": conditions.COMPARED.get(one.holds),
        "label": one.label,
        "kind": one.kind,
        "settings": dict(one.settings),
        "rules": dict(one.rules),
        "default": one.default,
        "required": one.required,
        "unique": one.unique,
        "read_only": one.kind is FieldKind.FORMULA,
    }
