"""Many records at customers at a time, in a fixed number of statements per call."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import Rule
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.bulk import at_once, insert_many, put_into, rewrite
from app.core.errors import FieldProblem, Invalid
from app.core.search import Keys
from app.customers import queries as customers
from app.fields.filling import Wanted
from app.hosted.gathering import Gathered, at_hand
from app.hosted.kinds import Hosted, Standing
from app.hosted.own import Revised
from app.hosted.placing import Places
from app.lists import index
from tenants.context import require_tenant_id

Problems = tuple[FieldProblem, ...]
Changes = Sequence[Mapping[str, Any]]
Outcome = UUID | Problems
_KEPT = {"tenant_id", "version", "created_at", "created_by_id", "updated_at"}
R = TypeVar("R", bound=Standing)


class Trail(Protocol):
    """What the trail tells of a kind of records: the file of that name in its domain."""

    def entry(self, record: Any, action: str, changes: Changes = (), /) -> Entry:
        """One line about a record."""

    def shown(self, record: Any, /) -> dict[str, Any]:
        """What of a record is told when it changes."""


@dataclass(frozen=True, kw_only=True)
class Masses(Generic[R]):
    """How the records of a kind are made and changed, many at a time."""

    hosted: Hosted[R]
    trail: Any
    """A `Trail`."""
    make: Callable[[Actor, Any, Places], R]
    """A record of a draft, not yet written."""
    alter: Callable[[Actor, R, Mapping[str, Any], Places], None]
    """Changes a record that is not written."""
    keys: Callable[[R], Keys] | None = None
    """What a record is found by, for kinds that are searched."""
    found_by: frozenset[str] = frozenset()
    """The fields that this comes of."""

    def create(self, by: Actor, wanted: Sequence[Any], action: str) -> list[Outcome]:
        """Make records; for each draft, in order, its id or what is wrong with it."""
        planned, _held = self._planned(by, wanted, held=True)
        made = [one for one in planned if not isinstance(one, tuple)]
        if made:
            with at_once():
                insert_many(self.hosted.model, [_columns(one) for one in made])
                self._index(made, fresh=True)
                self.hosted.own.index_new(by, made)
                audit.record_many(by, [self._told(by, one, action) for one in made])
        return [one if isinstance(one, tuple) else one.id for one in planned]

    def check(self, by: Actor, wanted: Sequence[Any]) -> list[Problems]:
        """What is wrong with each draft, in order; nothing is made."""
        planned, _held = self._planned(by, wanted, held=False)
        return [one if isinstance(one, tuple) else () for one in planned]

    def _planned(
        self, by: Actor, wanted: Sequence[Any], *, held: bool
    ) -> tuple[list[R | Problems], Gathered]:
        places = Gathered.of_drafts(by, wanted, held=held)
        planned: list[R | Problems] = []
        for draft in wanted:
            try:
                planned.append(self.make(by, draft, places))
            except Invalid as fault:
                planned.append(tuple(fault.problems))
        return self._filled(by, wanted, planned), places

    def _filled(self, by: Actor, wanted: Sequence[Any], planned: list[R | Problems]) -> list[R | Problems]:
        """Fill in the company's own fields of those that are fine so far."""
        fine = {i: one for i, one in enumerate(planned) if not isinstance(one, tuple)}
        sent = [wanted[i].custom for i in fine]
        faults = self.hosted.own.demand_of_many(by, list(fine.values()), sent)
        refused = {i: found for i, found in zip(fine, faults, strict=True) if found}
        return [refused.get(i, one) for i, one in enumerate(planned)]

    def _told(self, by: Actor, record: R, action: str) -> Entry:
        facts = audit.differences({}, self.trail.shown(record))
        told = [one for one in facts if one["after"] is not None]
        entry: Entry = self.trail.entry(record, action, [*told, *self.hosted.own.told_of_new(by, record)])
        return entry

    def _index(self, records: Sequence[R], *, fresh: bool = False) -> None:
        if self.keys:
            grams = {one.id: self.keys(one).grams for one in records}
            index.put(self.hosted.kind, grams, fresh=fresh)

    def revise(
        self, by: Actor, wanted: Mapping[UUID, Mapping[str, Any]], *, rehearsed: bool
    ) -> dict[UUID, Changes | Problems]:
        """Change fields of records; for each what has changed, or what is wrong with it.

        One that cannot be changed does not hinder the others; one with nothing to change keeps its version.

        :param wanted: by id, fields of a draft but for the customer
        :param rehearsed: whether it is only told what would become of them
        """
        records = self._visible(by, wanted.keys(), to_change=not rehearsed)
        # Held until all is told: of what they point to, the trail tells the names.
        places, _former = Gathered.of_changes(by, wanted.values()), at_hand(records.values())
        outcomes: dict[UUID, Changes | Problems] = {}
        possible: list[Revised] = []
        for record_id, values in wanted.items():
            outcomes[record_id] = _refusal(by, records.get(record_id), self.hosted.rules.update)
            if outcomes[record_id]:
                continue
            try:
                possible.append(self._revised(by, records[record_id], values, places))
            except Invalid as fault:
                outcomes[record_id] = tuple(fault.problems)
        outcomes |= self.hosted.own.revise(by, possible)
        if not rehearsed:
            self._write(by, [one for one in possible if one.told and outcomes[one.record.id] is one.told])
        return outcomes

    def _revised(self, by: Actor, record: R, values: Mapping[str, Any], places: Places) -> Revised:
        copy = self._copy(record)
        self.alter(by, copy, values, places)
        own = Wanted(
            sent=values.get("custom") or {},
            facts=self.hosted.own.facts(copy),
            before=record.custom,
            record_id=record.id,
        )
        told = audit.differences(self.trail.shown(record), self.trail.shown(copy))
        return Revised(record, copy, own, told)

    def _copy(self, record: R) -> R:
        copy: R = self.hosted.model(**_columns(record))
        return copy

    def _write(self, by: Actor, revised: Sequence[Revised]) -> None:
        if not revised:
            return
        rows = [self._row(one) for one in revised]
        rewrite(self.hosted.model, rows, tenant_id=require_tenant_id(), at=clock.now())
        with at_once():
            self._index([one.copy for one in revised if self.found_by & one.changed])
            self.hosted.own.index_revised(by, revised)
            audit.record_many(by, [self.trail.entry(one.copy, "updated", one.told) for one in revised])

    def _row(self, one: Revised) -> dict[str, Any]:
        row = {name: value for name, value in _columns(one.copy).items() if name not in _KEPT}
        return {**row, "custom": one.custom}

    def delete(self, by: Actor, record_ids: Collection[UUID]) -> dict[UUID, Problems]:
        """Put records into the recycle bin; for each what is wrong, nothing for those that went."""
        records = self._visible(by, record_ids, to_change=True)
        problems = {one: _refusal(by, records.get(one), self.hosted.rules.delete) for one in record_ids}
        going = [records[one] for one, found in problems.items() if not found]
        entries = [self.trail.entry(one, "deleted") for one in going]
        if going:
            maker = None if by.is_system else by.id
            put_into(self.hosted.model, going, {"deleted_at": clock.now(), "deleted_by_id": maker})
            audit.record_many(by, entries)
        return problems

    def _visible(self, by: Actor, record_ids: Collection[UUID], *, to_change: bool) -> dict[UUID, R]:
        found = customers.all_belonging(self.hosted.model, record_ids, to=by, to_change=to_change)
        return {
            one.id: one for one in found if one.deleted_at is None and self.hosted.rules.read.allows(by, one)
        }


def _columns(record: Any) -> dict[str, Any]:
    return {column.key: getattr(record, column.key) for column in type(record).__table__.columns}


def _refusal(by: Actor, record: Standing | None, rule: Rule[Any]) -> Problems:
    if record is None:
        return (FieldProblem("row", "row-gone"),)
    return () if rule.allows(by, record) else (FieldProblem("row", "hosted-not-yours"),)
