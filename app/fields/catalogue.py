"""The custom fields of a tenant, at hand in every process.

Whatever changes them raises the tenant's access version, which every request reads anyway: what was loaded
under the same version is still true.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.db import db
from app.core.filters import Fields, Node
from app.fields import conditions, entities
from app.fields.models import FieldDefinition
from app.fields.states import REFERRING, FieldKind
from app.lists import pages
from tenants import rls
from tenants.context import require_tenant_id

_MOST_TENANTS = 500
_OUTDATED = -1
_LIVE = (
    "SELECT f.entity, f.id::text, f.key, f.label, f.kind, f.settings, f.rules, f.default_value, f.required, "
    "f.is_unique, f.filterable, f.ready_at IS NOT NULL FROM field_definitions f "
    "WHERE f.tenant_id = %(tenant)s AND f.retired_at IS NULL ORDER BY f.created_at, f.id"
)


@dataclass(frozen=True, slots=True, eq=False)
class CustomField:
    """A field as reading and writing records needs it."""

    entity: str
    id: UUID
    key: str
    label: str
    kind: FieldKind
    settings: Mapping[str, Any]
    rules: Mapping[str, Any]
    default: Any
    required: bool
    unique: bool
    filterable: bool
    ready: bool
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Of a choice, by value."""

    @property
    def indexed(self) -> bool:
        """Whether what is filled in has rows in the index."""
        return self.filterable or self.unique

    @property
    def holds(self) -> FieldKind:
        """What stands in it; of a formula, what it comes to."""
        return FieldKind(self.settings["result"]) if self.kind is FieldKind.FORMULA else self.kind


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Catalogue:
    """The live custom fields of one kind of record, by key."""

    entity: str
    fields: Mapping[str, CustomField]
    rules: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)
    """Of the fields that have any: what must hold for them to be visible, required, read-only."""
    formulas: tuple[CustomField, ...] = ()
    references: tuple[CustomField, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    catalogues: Mapping[str, Catalogue]


_kept: OrderedDict[int, _Kept] = OrderedDict()


def of(connection: Any, actor: Actor, entity: str) -> Catalogue:
    """The custom fields of one kind of record in the actor's tenant.

    :param connection: a psycopg connection inside the tenant's walls
    """
    kept = _kept.get(actor.tenant_id)
    if kept is None or kept.version != actor.access_version or actor.is_system:
        kept = _Kept(actor.access_version, _load(connection, actor.tenant_id))
        _kept[actor.tenant_id] = kept
        while len(_kept) > _MOST_TENANTS:
            _kept.popitem(last=False)
    return kept.catalogues[entity]


def now(by: Actor, entity: str) -> Catalogue:
    """The same in the middle of a transaction of the ORM."""
    return of(rls.driver_of(db.session.connection()), by, entity)


def labels(entity: str) -> Mapping[str, str]:
    """What the custom fields of a kind of record are called, by key; not for what must be the newest."""
    kept = _kept.get(require_tenant_id())
    if kept is None:
        kept = _Kept(_OUTDATED, _load(rls.driver_of(db.session.connection()), require_tenant_id()))
        _kept[require_tenant_id()] = kept
    return {key: field.label for key, field in kept.catalogues[entity].fields.items()}


def fresh(entity: str) -> Catalogue:
    """The same as it is at this moment of the transaction, whatever is kept."""
    return _load(rls.driver_of(db.session.connection()), require_tenant_id())[entity]


def every(connection: Any, tenant_id: int) -> Mapping[str, Catalogue]:
    """Those of all kinds of records as they are at this moment, in one statement.

    :param connection: a psycopg connection inside the tenant's walls
    """
    return _load(connection, tenant_id)


def field_of(definition: FieldDefinition) -> CustomField:
    """A field as its definition stands, kept or not."""
    names = ("entity", "id", "key", "label", "kind", "settings", "rules", "default_value", "required")
    return _field(
        *(getattr(definition, name) for name in names),
        definition.is_unique,
        definition.filterable,
        definition.ready_at is not None,
    )


def _load(connection: Any, tenant_id: int) -> Mapping[str, Catalogue]:
    found: dict[str, dict[str, CustomField]] = {name: {} for name in entities.names()}
    for row in pages.run(connection, _LIVE, {"tenant": tenant_id}):
        one = _field(*row)
        found.setdefault(one.entity, {})[one.key] = one
    return {name: _catalogue(name, fields) for name, fields in found.items()}


def _field(entity: str, field_id: object, key: str, label: str, kind: str, *rest: Any) -> CustomField:
    settings, rules, default, required, unique, filterable, ready = rest
    return CustomField(
        entity=entity,
        id=UUID(str(field_id)),
        key=key,
        label=label,
        kind=FieldKind(kind),
        settings=settings,
        rules=rules,
        default=default,
        required=required,
        unique=unique,
        filterable=filterable,
        ready=ready,
        options={option["value"]: option for option in settings.get("options", ())},
    )


def _catalogue(entity: str, fields: Mapping[str, CustomField]) -> Catalogue:
    known = conditions.fields_of(entity, fields.values())
    return Catalogue(
        entity,
        fields,
        rules={key: _rules(one, known) for key, one in fields.items() if one.rules},
        formulas=tuple(one for one in fields.values() if one.kind is FieldKind.FORMULA),
        references=tuple(one for one in fields.values() if one.kind in {*REFERRING, FieldKind.FILE}),
    )


def _rules(one: CustomField, known: Fields) -> Mapping[str, Node]:
    return {word: node for word, tree in one.rules.items() if (node := conditions.kept(tree, known))}
