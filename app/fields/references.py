"""What custom fields point to, and what must not be there twice: looked up for many records at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import FieldProblem
from app.fields import entities
from app.fields.catalogue import Catalogue, CustomField
from app.fields.index import word_of
from app.fields.models import FieldValue
from app.fields.states import CHOOSING, FieldKind
from app.files import uploads
from app.files.cards import briefs as file_briefs
from app.files.states import FileKind
from app.lists import names
from app.lists.names import Ref
from tenants import rls

if TYPE_CHECKING:
    from app.fields.filling import Wanted

_EMPTY: Mapping[str, Ref] = {}


@dataclass(slots=True)
class Known:
    """What was found."""

    refs: Mapping[str, Mapping[str, Ref]]
    """By what a field points to: user, department, customer; then by id."""
    waiting: Mapping[str, str]
    """The by's files that wait to be laid somewhere: what kind of file each is, by id."""
    taken: dict[tuple[UUID, str], UUID | None]
    """Whose a value is that must not be there twice; None for a record that is about to be made."""
    claims: set[tuple[UUID, str]] = field(default_factory=set)

    def claim(self, one: CustomField, value: Any, record_id: UUID | None) -> bool:
        """Take a value for a record, if it is free."""
        place = (one.id, word_of(value))
        holder = self.taken.get(place, record_id)
        if holder != record_id or (record_id is None and place in self.taken) or place in self.claims:
            return False
        self.claims.add(place)
        return True

    def claim_file(self, file_id: str) -> bool:
        """Take a file for a record, if it waits and no other record of the same change has taken it."""
        place = (_FILES, file_id)
        if file_id not in self.waiting or place in self.claims:
            return False
        self.claims.add(place)
        return True


_FILES = UUID(int=0)


def ids_in(value: Any) -> list[str]:
    """What a reference points to: nothing, one thing, or several files."""
    return value if isinstance(value, list) else [value] if value else []


def target_of(one: CustomField) -> str:
    """What a reference points to: user, department, file, or a kind of record."""
    return str(one.settings["target"]) if one.kind is FieldKind.RECORD else str(one.kind)


def refs_of(
    connection: Any, by: Actor, fields: Collection[CustomField], customs: Sequence[Mapping[str, Any]]
) -> Mapping[str, Mapping[str, Ref]]:
    """{"id", "name"} of what records point to, as far as the by sees it: by target, then by id."""
    wanted: dict[str, set[str]] = {}
    for one in fields:
        ids = wanted.setdefault(target_of(one), set())
        ids.update(found for custom in customs for found in ids_in(custom.get(one.key)))
    if not any(wanted.values()):
        return {}
    called = names.directory(connection, by)
    found: dict[str, Mapping[str, Ref]] = {"user": called.users, "department": called.departments}
    for target, ids in wanted.items():
        if target not in found:
            find = file_briefs if target == FieldKind.FILE else entities.get(target).refs
            found[target] = find(connection, by, ids) if find else _EMPTY
    return found


def look_up(
    by: Actor, catalogue: Catalogue, read: Sequence[Mapping[str, Any]], wanted: "Sequence[Wanted]"
) -> Known:
    """Everything that the values of these records point to, and who has those that must be unique."""
    pointing = [one for one in catalogue.references if one.kind is not FieldKind.FILE]
    refs = refs_of(rls.driver_of(db.session.connection()), by, pointing, read)
    brought = {
        file_id
        for one in catalogue.references
        if one.kind is FieldKind.FILE
        for values in read
        for file_id in ids_in(values.get(one.key))
    }
    places = {
        (one.id, word_of(values[one.key]))
        for values in read
        for one in catalogue.fields.values()
        if one.unique and values.get(one.key) is not None
    }
    taken: dict[tuple[UUID, str], UUID | None] = {}
    if places:
        rows = db.session.execute(
            select(FieldValue.field_id, FieldValue.word, FieldValue.record_id).where(
                FieldValue.sole,
                FieldValue.field_id.in_({field_id for field_id, _ in places}),
                FieldValue.word.in_({word for _, word in places}),
            )
        )
        taken = {(field_id, str(word)): record_id for field_id, word, record_id in rows}
    return Known(refs, uploads.waiting(by, brought), taken)


def problems(
    catalogue: Catalogue, values: Mapping[str, Any], wanted: "Wanted", known: Known
) -> list[FieldProblem]:
    """What of the values points nowhere, is taken already, or does not go together."""
    found = []
    before = wanted.before or {}
    for key, value in values.items():
        one = catalogue.fields[key]
        if value is None or value == before.get(key):
            continue
        if one.kind is FieldKind.FILE:
            found += _file_problems(one, value, ids_in(before.get(key)), known)
        elif one in catalogue.references and value not in known.refs.get(target_of(one), _EMPTY):
            found.append(FieldProblem(f"custom.{key}", "unknown-reference"))
        elif one.unique and not known.claim(one, value, wanted.record_id):
            found.append(FieldProblem(f"custom.{key}", "already-exists"))
        elif one.kind in CHOOSING and not _goes_with(one, value, {**wanted.facts, **before, **values}):
            found.append(FieldProblem(f"custom.{key}", "not-under-choice"))
    return found


def _file_problems(
    one: CustomField, value: Sequence[str], before: Collection[str], known: Known
) -> list[FieldProblem]:
    """What of the files that were not there before does not wait, or is no picture where one is asked for."""
    found = []
    for i, file_id in enumerate(value):
        if file_id in before:
            continue
        at = f"custom.{one.key}.{i}"
        if not known.claim_file(file_id):
            found.append(FieldProblem(at, "unknown-reference"))
        elif one.settings.get("pictures") and known.waiting[file_id] != FileKind.PICTURE:
            found.append(FieldProblem(at, "not-a-picture"))
    return found


def _goes_with(one: CustomField, value: Any, facts: Mapping[str, Any]) -> bool:
    """Whether choices are among those open under the choice they depend on."""
    leader = one.settings.get("depends_on")
    if not leader:
        return True
    led_by = facts.get(leader)
    chosen = value if isinstance(value, list) else [value]
    return all(not (under := one.options[option].get("under")) or led_by in under for option in chosen)
