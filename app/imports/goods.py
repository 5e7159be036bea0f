"""The products that rows tell of: made, changed, or left as they are."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.core.search import fold
from app.imports import drafting, matching, revisions, sorting, traces
from app.imports.plan import Row
from app.imports.results import FAILED
from app.imports.sorting import OF_PRODUCTS, SortedOut
from app.imports.work import Work
from app.products import bulk
from app.products import queries as products
from app.products.shelves import Shelves
from app.spreadsheets.registry import PRODUCT

CATEGORY = "category"
Drawers = Mapping[str, UUID | None]
"""Categories by what files call them; None for one that is yet to be made."""


def take(work: Work, rows: Sequence[Row]) -> None:
    """Bring in the rows of a file of products."""
    work.begin(rows)
    drafting.demand_prices(rows)
    way = work.rules.get("match_by", matching.NAME)
    keys = {key for row in rows for key in matching.keys_of(row, way)}
    known = matching.Known(way, products.recognised(work.actor, way, keys), {})
    if work.rehearsed and way != matching.CODE:
        _refuse_codes_above(work, rows)
    above = sorting.above(work, rows, known)
    sorted_out = SortedOut(work.told, work.rules, known, above, OF_PRODUCTS)
    for row in rows:
        sorted_out.sort(row)
    drawers = _drawers(work, [*sorted_out.fresh, *sorted_out.revised.values()])
    _make(work, sorted_out.fresh, drawers)
    revisions.revise_products(work, sorted_out.revised, drawers)


def _refuse_codes_above(work: Work, rows: Sequence[Row]) -> None:
    """Note which codes products have that rows of earlier chunks would make."""
    codes = {row.number: fold(str(row.values["code"])) for row in rows if "code" in row.values}
    taken = traces.seen(work.wanted, matching.CODE, {code[: traces.LONGEST_KEY] for code in codes.values()})
    for row in rows:
        if codes.get(row.number) in taken:
            row.problems.append(FieldProblem("code", "already-exists"))


def _drawers(work: Work, rows: Sequence[Row]) -> Drawers:
    """The categories that rows name, found or made; what is wrong with one is noted at its rows."""
    named = [row for row in rows if CATEGORY in row.values]
    if not named:
        return {}
    shelves = Shelves()
    drawers: dict[str, UUID | None] = {}
    faults: dict[str, Sequence[FieldProblem]] = {}
    for text in dict.fromkeys(row.values[CATEGORY] for row in named):
        try:
            drawers[text] = shelves.find(text) if work.rehearsed else shelves.make(work.actor, text)
        except Invalid as fault:
            faults[text] = fault.problems
    for row in named:
        row.problems += faults.get(row.values[CATEGORY], ())
    return drawers


def _make(work: Work, fresh: Sequence[Row], drawers: Drawers) -> None:
    for row in fresh:
        if row.problems:
            work.told[row.number].add(FAILED, row.problems)
    fine = [row for row in fresh if not row.problems]
    if not fine:
        return
    drafts = [drafting.product(row, drawers.get(row.values.get(CATEGORY, ""))) for row in fine]
    outcomes: list[UUID | tuple[FieldProblem, ...] | None]
    if work.rehearsed:
        outcomes = [problems or None for problems in bulk.check_many(work.actor, drafts)]
    else:
        outcomes = [*bulk.create_many(work.actor, drafts)]
    for row, outcome in zip(fine, outcomes, strict=True):
        if isinstance(outcome, tuple):
            work.told[row.number].add(FAILED, outcome)
        else:
            work.created(row, outcome, PRODUCT)
