"""A chunk of rows becomes customers, with a number of statements that does not grow with the rows."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.bulk import insert_many
from app.core.errors import FieldProblem
from app.core.search import fold
from app.customers import bulk
from app.customers import queries as customers
from app.imports import drafting, mapping, owners
from app.imports.models import Import, ImportLink
from app.imports.plan import Plan, Row
from app.imports.records import Record
from app.jobs import wording
from app.jobs.leases import RowResult
from app.jobs.models import Outcome


@permitted(Permission.CUSTOMER_IMPORT)
def take(actor: Actor, wanted: Import, chunk: Sequence[Record]) -> list[RowResult]:
    """Bring some rows in; returns what became of each, in order."""
    plan = Plan.of(wanted, wanted.mapping)
    rows = [plan.read(record) for record in chunk]
    owners.settle(plan, rows)
    fresh = [row for row in rows if not row.problems]
    results = [_failed(row, row.problems) for row in rows if row.problems]
    known = customers.names_taken(actor, _names(fresh))
    if wanted.mapping["on_duplicate"] == mapping.SKIP:
        fresh, skipped = _without_known(fresh, known)
        results += skipped
    created = bulk.create_many(actor, [drafting.draft(row, known) for row in fresh])
    results += [_told(row, result) for row, result in zip(fresh, created, strict=True)]
    _note_parents_to_come(wanted, fresh, known, created)
    return sorted(results, key=lambda result: result.row)


def _names(rows: Sequence[Row]) -> set[str]:
    return {name for row in rows for name in (row.name, row.parent) if name}


def _without_known(rows: Sequence[Row], known: Mapping[str, UUID]) -> tuple[list[Row], list[RowResult]]:
    """The rows whose names are new, and what is said about the others."""
    fresh: dict[str, Row] = {}
    skipped = []
    for row in rows:
        key = fold(row.name)
        if key in known:
            skipped.append(_skipped(row, "customer-exists", known[key]))
        elif key in fresh:
            skipped.append(_skipped(row, "customer-twice-in-file", None))
        else:
            # A name without letters and digits is like no other.
            fresh[key or f"row {row.number}"] = row
    return list(fresh.values()), skipped


def _note_parents_to_come(
    wanted: Import,
    rows: Sequence[Row],
    known: Mapping[str, UUID],
    created: Sequence[UUID | tuple[FieldProblem, ...]],
) -> None:
    """Keep what parents could not be found yet: they may stand further down in the file."""
    links = [
        {
            "tenant_id": wanted.tenant_id,
            "import_id": wanted.id,
            "row": row.number,
            "record_id": made,
            "parent_name": row.parent,
        }
        for row, made in zip(rows, created, strict=True)
        if isinstance(made, UUID) and row.parent and fold(row.parent) not in known
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


def _skipped(row: Row, code: str, existing: UUID | None) -> RowResult:
    return RowResult(
        row=row.number,
        outcome=Outcome.SKIPPED,
        label=row.name,
        record_id=existing,
        messages=wording.problems([FieldProblem("row", code)]),
    )
