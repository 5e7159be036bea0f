"""The assets and purchases that rows tell of: each stands at a customer that is there already."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.assets import bulk as assets
from app.assets import queries as asset_queries
from app.assets.drafts import AssetDraft
from app.core.errors import FieldProblem
from app.core.quantities import in_parts
from app.core.search import fold
from app.imports import drafting, locating, matching, revisions, sorting
from app.imports.matching import Known
from app.imports.plan import Row
from app.imports.results import FAILED
from app.imports.sorting import OF_ASSETS, OF_PURCHASES, Codes, SortedOut
from app.imports.work import Work
from app.purchases import bulk as purchases
from app.purchases import queries as purchase_queries
from app.purchases.drafts import PurchaseDraft
from app.purchases.queries import Telling
from app.spreadsheets.registry import ASSET, PURCHASE

Problems = tuple[FieldProblem, ...]
Outcome = UUID | Problems


def take(work: Work, rows: Sequence[Row]) -> None:
    """Bring in the rows of a file of assets, or of purchases."""
    kind = _KINDS[work.wanted.type]
    work.begin(rows)
    drafting.complete(rows, work.wanted.type)
    locating.settle(work.actor, rows)
    way = work.rules["match_by"]
    known = Known(way, kind.recognised(work.actor, way, rows), {})
    sorted_out = SortedOut(work.told, work.rules, known, sorting.above(work, rows, known), kind.codes)
    for row in rows:
        sorted_out.sort(row)
    _make(work, kind, sorted_out.fresh)
    revisions.revise_standing(work, sorted_out.revised)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs between kinds of records."""

    codes: Codes
    recognised: Callable[[Actor, str, Sequence[Row]], Mapping[str, Sequence[UUID]]]
    """What is there already by the keys of rows, which it gives them."""
    draft: Callable[..., Any]
    create: Callable[[Actor, Sequence[Any]], Sequence[Outcome]]
    check: Callable[[Actor, Sequence[Any]], Sequence[Problems]]


def _make(work: Work, kind: _Kind, fresh: Sequence[Row]) -> None:
    if not fresh:
        return
    drafts = [drafting.standing(row, kind.draft) for row in fresh]
    outcomes: list[Outcome | None]
    if work.rehearsed:
        outcomes = [problems or None for problems in kind.check(work.actor, drafts)]
    else:
        outcomes = [*kind.create(work.actor, drafts)]
    for row, outcome in zip(fresh, outcomes, strict=True):
        if isinstance(outcome, tuple):
            work.told[row.number].add(FAILED, outcome)
        else:
            work.created(row, outcome, work.wanted.type)


def _by_id(
    rows: Sequence[Row], found: Callable[[Collection[UUID]], Collection[UUID]]
) -> dict[str, list[UUID]]:
    there = found({UUID(row.values["id"]) for row in rows if "id" in row.values})
    return {str(one): [one] for one in there}


def _recognised_assets(by: Actor, way: str, rows: Sequence[Row]) -> Mapping[str, Sequence[UUID]]:
    if way == matching.ID:
        return _by_id(rows, lambda ids: asset_queries.visible_ids(by, ids))
    asked: dict[tuple[UUID, str], list[Row]] = {}
    for row in rows:
        text = fold(row.name if way == matching.NAME else str(row.values.get("serial", "")))
        host = row.place and row.place.customer_id
        if host and text:
            row.key = f"{host} {text}"
            asked.setdefault((host, text), []).append(row)
    found = asset_queries.named if way == matching.NAME else asset_queries.with_serials
    there = found(by, asked.keys()) if asked else {}
    return {asked[key][0].key: several for key, several in there.items() if key in asked}


def _recognised_purchases(by: Actor, way: str, rows: Sequence[Row]) -> Mapping[str, Sequence[UUID]]:
    if way == matching.ID:
        return _by_id(rows, lambda ids: purchase_queries.visible_ids(by, ids))
    asked: list[Telling] = []
    for row in rows:
        if not row.place or not row.place.customer_id or "bought_on" not in row.values:
            continue
        quantity, amount = row.values.get("quantity"), row.values.get("amount")
        told = Telling(
            row.place.customer_id, row.values["bought_on"], str(row.place.product_id or row.name),
            row.values.get("reference"), None if quantity is None else in_parts(quantity),
            None if amount is None else amount.amount,
        )  # fmt: skip
        row.key = told.key
        asked.append(told)
    return purchase_queries.alike(by, asked) if asked else {}


_KINDS: Mapping[str, _Kind] = {
    ASSET: _Kind(
        OF_ASSETS, _recognised_assets, AssetDraft, assets.create_many, assets.check_many
    ),
    PURCHASE: _Kind(
        OF_PURCHASES, _recognised_purchases, PurchaseDraft,
        purchases.create_many, purchases.check_many,
    ),
}  # fmt: skip
