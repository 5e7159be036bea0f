"""A chunk of rows becomes customers, with a number of statements that does not grow with the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.bulk import insert_many
from app.core.errors import FieldProblem
from app.customers import bulk
from app.imports import drafting, mapping, matching, owners, revisions
from app.imports.matching import Known
from app.imports.models import Import, ImportLink
from app.imports.plan import Plan, Row
from app.imports.records import Record
from app.jobs import wording
from app.jobs.leases import RowResult
from app.jobs.models import Outcome
from app.spreadsheets.registry import imported_of


@dataclass
class Taken:
    """What became of some rows."""

    results: list[RowResult] = field(default_factory=list)
    created: int = 0
    updated: int = 0


@permitted(Permission.CUSTOMER_IMPORT)
def take(actor: Actor, wanted: Import, chunk: Sequence[Record]) -> Taken:
    """Bring some rows in."""
    plan = Plan.of(wanted, wanted.mapping, imported_of(actor, wanted.type))
    rows = [plan.read(record) for record in chunk]
    owners.settle(plan, rows)
    known = matching.known(rows, wanted.mapping.get("match_by", matching.NAME), to=actor)
    sorted_out = _SortedOut.of(rows, known, wanted.mapping)
    created = bulk.create_many(actor, [drafting.draft(row, known.parents) for row in sorted_out.fresh])
    made = {row.number: one for row, one in zip(sorted_out.fresh, created, strict=True)}
    revised = revisions.revise(actor, plan, sorted_out.revised)
    _note_parents_to_come(wanted, sorted_out, known, made, revised)
    results = [
        *sorted_out.results,
        *(_told(row, made[row.number]) for row in sorted_out.fresh),
        *(one.result for one in revised),
    ]
    return Taken(
        sorted(results, key=lambda result: result.row),
        created=sum(isinstance(one, UUID) for one in created),
        updated=sum(one.result.outcome == Outcome.SUCCEEDED for one in revised),
    )


@dataclass
class _SortedOut:
    """Rows by what is to be done with them."""

    fresh: list[Row] = field(default_factory=list)
    revised: dict[UUID, Row] = field(default_factory=dict)
    results: list[RowResult] = field(default_factory=list)
    """Of those with which nothing is done."""

    @classmethod
    def of(cls, rows: Sequence[Row], known: Known, rules: Mapping[str, str]) -> "_SortedOut":
        made, seen = cls(), set[str]()
        for row in rows:
            if rules["on_duplicate"] == mapping.CREATE:
                made._make(row)
                continue
            found = known.of(row)
            if found and rules["on_duplicate"] == mapping.UPDATE:
                made._revise(row, found)
            elif row.problems:
                made.results.append(_failed(row, row.problems))
            elif found:
                made._skip(row, "customer-exists", found[0])
            elif rules.get("on_missing") == mapping.SKIP:
                made._skip(row, "customer-missing", None)
            elif seen.intersection(keys := matching.keys_of(row, known.way)):
                made._skip(row, "customer-twice-in-file", None)
            else:
                # What says nothing of itself, such as a name without letters and digits, is like no other.
                seen.update(keys)
                made._make(row)
        return made

    def _make(self, row: Row) -> None:
        if row.problems:
            self.results.append(_failed(row, row.problems))
        else:
            self.fresh.append(row)

    def _revise(self, row: Row, found: Sequence[UUID]) -> None:
        if len(found) > 1:
            self.results.append(
                _failed(row, [FieldProblem("row", "ambiguous-customer", (("count", len(found)),))])
            )
        elif found[0] in self.revised:
            self._skip(row, "customer-twice-in-file", found[0])
        else:
            self.revised[found[0]] = row

    def _skip(self, row: Row, code: str, existing: UUID | None) -> None:
        self.results.append(
            RowResult(
                row=row.number,
                outcome=Outcome.SKIPPED,
                label=row.name,
                record_id=existing,
                messages=wording.problems([FieldProblem("row", code)]),
            )
        )


def _note_parents_to_come(
    wanted: Import,
    rows: _SortedOut,
    known: Known,
    made: Mapping[int, UUID | tuple[FieldProblem, ...]],
    revised: Sequence[revisions.Revised],
) -> None:
    """Keep what parents could not be found yet: they may stand further down in the file."""
    children = [
        (row, one)
        for row in rows.fresh
        if isinstance(one := made[row.number], UUID) and row.parent and not known.parent_of(row)
    ]
    children += [(one.row, one.customer_id) for one in revised if one.other_parent]
    links = [
        {
            "tenant_id": wanted.tenant_id,
            "import_id": wanted.id,
            "row": row.number,
            "record_id": record_id,
            "parent_name": row.parent,
        }
        for row, record_id in children
    ]
    insert_many(ImportLink, links)


def _told(row: Row, created: UUID | tuple[FieldProblem, ...]) -> RowResult:
    if isinstance(created, UUID):
        return RowResult(row=row.number, outcome=Outcome.SUCCEEDED, label=row.name, record_id=created)
    return _failed(row, created)


def _failed(row: Row, problems: Sequence[FieldProblem]) -> RowResult:
    return RowResult(
        row=row.number, outcome=Outcome.FAILED, label=row.name, messages=wording.problems(problems)
    )
