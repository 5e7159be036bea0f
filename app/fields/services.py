"""Defining fields: adding, changing, retiring them, and putting them in order."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from typing import Any

from sqlalchemy import func, select

from app.access import actors
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.audit.services import Entry, changes_of, facts_of
from app.core import clock, pinyin
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.fields import catalogue as catalogues
from app.fields import entities, layouts, policies, readings, refreshing, settings
from app.fields.catalogue import Catalogue
from app.fields.models import FieldDefinition, FieldLayout
from app.fields.readings import Unfit
from app.fields.states import MAY_BE_UNIQUE, NEVER_FOUND_BY, REFERRING, FieldKind

SUBJECT = "field"
MOST = 200
LONGEST = {"label": 50, "help": 200, "key": 40}
_KEY = re.compile(r"c_[a-z0-9_]{1,38}")
_TOLD = ("label", "help", "settings", "rules", "default_value", "required", "is_unique", "filterable")
_FIXED_DEFAULTS = {FieldKind.USER: "me", FieldKind.DATE: "today"}


_SWITCHES: tuple[tuple[str, str, Callable[[FieldKind], bool]], ...] = (
    ("required", "required", lambda kind: kind is FieldKind.FORMULA),
    ("unique", "is_unique", lambda kind: kind not in MAY_BE_UNIQUE),
    ("filterable", "filterable", lambda kind: kind in NEVER_FOUND_BY),
)


class TooManyFields(Conflict):
    """A page with more fields is a page that nobody fills in."""

    code = "too-many-fields"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDraft:
    """A field to be added to a kind of record."""

    entity: str
    label: str
    kind: FieldKind
    key: str | None = None
    """By default from the label's pinyin."""
    help: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    default: Any = None
    required: bool = False
    unique: bool = False
    filterable: bool = False


@permitted(Permission.FIELD_MANAGE)
def create(actor: Actor, draft: FieldDraft) -> FieldDefinition:
    """Add a field.

    :raises Invalid: naming what cannot be taken
    """
    entities.get(draft.entity)
    actors.access_changed()
    among = catalogues.fresh(draft.entity)
    if len(among.fields) >= MOST:
        raise TooManyFields(max=MOST)
    at = clock.now()
    made = FieldDefinition(
        id=new_id(),
        entity=draft.entity,
        key=_free_key(draft),
        label=draft.label,
        help=draft.help,
        kind=draft.kind,
        settings=settings.checked(draft.kind, draft.settings, among=among, before={}),
        rules={},
        default_value=None,
        created_at=at,
        updated_at=at,
        ready_at=None if draft.kind is FieldKind.FORMULA else at,
    )
    _demand_free_label(made)
    _set(made, {"rules": draft.rules, "default": draft.default}, among)
    _set(made, {name: getattr(draft, name) for name in ("required", "unique", "filterable")}, among)
    db.session.add(made)
    db.session.flush()
    if made.ready_at is None:
        refreshing.begin(actor, made)
    audit.record(actor, _entry(made, "created", facts_of(made, ("entity", "key", "kind", *_TOLD))))
    return made


@guarded(policies.manage)
def change(actor: Actor, definition: FieldDefinition, changes: Mapping[str, Any]) -> None:
    """Change a field; its kind and key stay. Choices that are left out are retired, not lost.

    :param changes: any of label, help, settings, rules, default, required, unique, filterable
    :raises Invalid: naming what cannot be taken
    """
    actors.access_changed()
    among = _others(definition)
    with db.session.no_autoflush:
        before = (definition.settings.get("expression"), definition.is_unique, definition.filterable)
        if "settings" in changes:
            definition.settings = settings.checked(
                FieldKind(definition.kind), changes["settings"], among=among, before=definition.settings
            )
        definition.label = changes.get("label", definition.label)
        definition.help = changes.get("help", definition.help)
        _demand_free_label(definition)
        _set(definition, changes, among)
        told = [one for one in changes_of(definition) if one["field"] in _TOLD]
        after = (definition.settings.get("expression"), definition.is_unique, definition.filterable)
        if after[1] and not before[1]:
            refreshing.demand_unique(definition)
    if not told:
        return
    definition.updated_at = clock.now()
    db.session.flush()
    if after != before:
        refreshing.begin(actor, definition)
    audit.record(actor, _entry(definition, "updated", told))


@guarded(policies.manage)
def retire(actor: Actor, definition: FieldDefinition) -> None:
    """Take a field off all pages; what is filled in stays, and is there again when it returns."""
    if definition.retired_at is not None:
        return
    actors.access_changed()
    definition.retired_at = definition.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, _entry(definition, "retired"))


@guarded(policies.manage)
def bring_back(actor: Actor, definition: FieldDefinition) -> None:
    """Put a retired field back on its pages."""
    if definition.retired_at is None:
        return
    actors.access_changed()
    _demand_free_label(definition)
    definition.retired_at, definition.updated_at = None, clock.now()
    db.session.flush()
    # Records were written meanwhile that do not know it.
    refreshing.begin(actor, definition)
    audit.record(actor, _entry(definition, "restored"))


@permitted(Permission.FIELD_MANAGE)
def arrange(actor: Actor, layout: FieldLayout, sections: Sequence[Mapping[str, Any]]) -> None:
    """Put the fields of a kind of record in sections and in order.

    :param sections: [{"title", "fields"}]; what is left out follows in the last section
    :raises Invalid: naming a field that does not exist or stands there twice
    """
    actors.access_changed()
    catalogue = catalogues.fresh(layout.entity)
    before = layout.sections
    layout.sections = layouts.checked(catalogue, sections)
    layout.updated_at = clock.now()
    if layout not in db.session:
        db.session.add(layout)
    db.session.flush()
    shown = {"field": "sections", "before": before, "after": layout.sections}
    audit.record(
        actor,
        Entry(
            action="arranged",
            subject_type=SUBJECT,
            subject_id=layouts.subject_id(layout.entity),
            subject_label=layout.entity,
            changes=[shown],
        ),
    )


def _others(definition: FieldDefinition) -> Catalogue:
    found = catalogues.fresh(definition.entity)
    return with_changes(found, fields={k: one for k, one in found.fields.items() if k != definition.key})


def _set(definition: FieldDefinition, changes: Mapping[str, Any], among: Catalogue) -> None:
    kind = FieldKind(definition.kind)
    if "rules" in changes:
        definition.rules = settings.rules(changes["rules"], among=among)
    for name, column, impossible in _SWITCHES:
        if name in changes:
            if changes[name] and impossible(kind):
                raise invalid(name, "not-for-this-kind")
            setattr(definition, column, changes[name])
    if "default" in changes:
        definition.default_value = _default(definition, changes["default"])


def _default(definition: FieldDefinition, value: Any) -> Any:
    kind = FieldKind(definition.kind)
    if value is None or value == _FIXED_DEFAULTS.get(kind):
        return value
    if kind in {*REFERRING, FieldKind.FILE, FieldKind.FORMULA}:
        raise invalid("default", "not-for-this-kind")
    try:
        return readings.read(catalogues.field_of(definition), value)
    except Unfit as fault:
        raise invalid("default", fault.code, **fault.facts) from None


def _free_key(draft: FieldDraft) -> str:
    if draft.key is not None:
        if not _KEY.fullmatch(draft.key):
            raise invalid("key", "bad-field-key")
        if _taken(draft.entity, draft.key):
            raise invalid("key", "already-exists")
        return draft.key
    spelled = (
        re.sub(r"[^a-z0-9]+", "_", "".join(pinyin.readings(draft.label)[0]).lower()).strip("_")[:30]
        or "field"
    )
    key, number = f"c_{spelled}", 2
    while _taken(draft.entity, key):
        key, number = f"c_{spelled}_{number}", number + 1
    return key


def _taken(entity: str, key: str) -> bool:
    same = select(FieldDefinition.id).where(FieldDefinition.entity == entity, FieldDefinition.key == key)
    return db.session.scalars(same).first() is not None


def _demand_free_label(definition: FieldDefinition) -> None:
    same = select(FieldDefinition.id).where(
        FieldDefinition.entity == definition.entity,
        func.lower(FieldDefinition.label) == definition.label.lower(),
        FieldDefinition.retired_at.is_(None),
        FieldDefinition.key != definition.key,
    )
    if db.session.scalars(same.limit(1)).first() is not None:
        raise invalid("label", "already-exists")


def _entry(definition: FieldDefinition, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=definition.id,
        subject_label=definition.label,
        changes=changes,
    )
