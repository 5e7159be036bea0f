"""Mappings that are kept by name, and found again when a file with the same headings comes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.search import fold
from app.imports import matching
from app.imports.models import Import, ImportMapping

MOST = 200
LONGEST_NAME = 60
_RULES = ("match_by", "on_duplicate", "on_missing")


@permitted(Permission.CUSTOMER_IMPORT)
def all_of(actor: Actor, record_type: str) -> Sequence[ImportMapping]:
    """What is kept for one kind of record, by name."""
    of_type = select(ImportMapping).where(ImportMapping.type == record_type)
    return db.session.scalars(of_type.order_by(ImportMapping.name)).all()


@permitted(Permission.CUSTOMER_IMPORT)
def keep(actor: Actor, wanted: Import, name: str) -> ImportMapping:
    """Keep how a file is read, in place of what was kept under that name.

    :raises Invalid: naming `name`, when there are too many
    """
    at = clock.now()
    there = all_of(actor, wanted.type)
    kept = next((one for one in there if one.name == name), None)
    if kept is None:
        if len(there) >= MOST:
            raise invalid("name", "too-many", max=MOST)
        kept = ImportMapping(type=wanted.type, name=name, created_by_id=actor.id, created_at=at)
        db.session.add(kept)
    kept.headings, kept.mapping, kept.updated_at = headings_of(wanted.columns), _by_heading(wanted), at
    db.session.flush()
    _record(actor, kept, "saved")
    return kept


@permitted(Permission.CUSTOMER_IMPORT)
def forget(actor: Actor, mapping_id: UUID) -> None:
    """Keep a mapping no longer.

    :raises NotFound: if there is none such
    """
    kept = get(mapping_id)
    db.session.delete(kept)
    db.session.flush()
    _record(actor, kept, "deleted")


def get(mapping_id: UUID) -> ImportMapping:
    """A mapping that was kept.

    :raises NotFound: if there is none such
    """
    kept = db.session.scalars(select(ImportMapping).where(ImportMapping.id == mapping_id)).first()
    if kept is None:
        raise NotFound
    return kept


def fitting(record_type: str, columns: Sequence[Mapping[str, Any]]) -> ImportMapping | None:
    """The mapping that was kept last for a file with just these headings."""
    return db.session.scalars(
        select(ImportMapping)
        .where(ImportMapping.headings == headings_of(columns), ImportMapping.type == record_type)
        .order_by(ImportMapping.updated_at.desc())
        .limit(1)
    ).first()


def headings_of(columns: Sequence[Mapping[str, Any]]) -> str:
    """The headings of a file as files are told apart by them."""
    return "\n".join(fold(column["name"]) or column["name"] for column in columns)[:4000]


def _by_heading(wanted: Import) -> dict[str, Any]:
    names = {str(column["index"]): _key(column) for column in wanted.columns}
    fields = wanted.mapping["columns"]
    columns = {names[index]: fields.get(index) for index in names}
    return {**wanted.mapping, "columns": columns}


def _key(column: Mapping[str, Any]) -> str:
    return fold(column["name"]) or str(column["name"])


def applied(
    kept: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    fields: Mapping[str, Any],
    guessed: Mapping[str, Any],
) -> dict[str, Any]:
    """A kept mapping for a file: columns by their headings, as far as there are such fields still.

    :param guessed: the mapping for columns that it does not know
    """
    found: dict[str, str] = {}
    for column in columns:
        index, key = str(column["index"]), _key(column)
        name = kept["columns"].get(key) if key in kept["columns"] else guessed["columns"].get(index)
        if name in fields and name not in found.values():
            found[index] = name
    rules = {name: kept.get(name, guessed[name]) for name in _RULES}
    if not set(matching.COLUMNS[rules["match_by"]]) & set(found.values()):
        rules = {name: guessed[name] for name in _RULES}
    values = {name: words for name, words in kept["values"].items() if name in found.values()}
    return {"columns": found, "values": values, **rules}


def _record(actor: Actor, kept: ImportMapping, action: str) -> None:
    audit.record(
        actor,
        Entry(action=action, subject_type="import_mapping", subject_id=kept.id, subject_label=kept.name),
    )
