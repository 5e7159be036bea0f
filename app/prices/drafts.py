"""Price books and prices as somebody wants them, and what may stand in them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid, invalid
from app.core.money import MOST
from app.core.quantities import in_parts
from app.prices.states import BookKind

LONGEST_NAME = 60
MOST_CUSTOMERS = 500
MOST_STEPS = 20
MOST_PRODUCTS = 200
"""So many at once; a book may hold more."""
MOST_PRICES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDraft:
    """A price book to be made; `tiers` or `customer_ids` say for whom, as its kind asks."""

    name: str
    kind: str
    valid_from: date
    valid_until: date | None = None
    currency: str = "CNY"
    tiers: Sequence[str] = ()
    customer_ids: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one unit costs from a quantity on; amounts in minor units."""

    unit_price: int
    from_quantity: Decimal = Decimal(0)
    floor_price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPrices:
    """All prices of one product in a book; none: it stands there no longer."""

    product_id: UUID
    steps: Sequence[Step] = ()


def demand_validity(first: date, last: date | None) -> None:
    """Refuse a validity that ends before it begins.

    :raises Invalid: naming `valid_until`
    """
    if last is not None and last < first:
        raise invalid("valid_until", "ends-before-its-beginning")


def demand_readers(kind: str, tiers: Collection[str], customer_ids: Collection[UUID]) -> None:
    """Refuse a book that is for nobody.

    :raises Invalid: naming `tiers` or `customer_ids`
    """
    if kind == BookKind.TIER and not tiers:
        raise invalid("tiers", "required")
    if kind == BookKind.CUSTOMER and not customer_ids:
        raise invalid("customer_ids", "required")


def demand_prices(wanted: Sequence[ProductPrices], *, floors_open: bool) -> None:
    """Refuse prices that cannot be.

    :param floors_open: whether floor prices may be written
    :raises Invalid: naming each, as in `products.2.steps.0.unit_price`
    """
    problems = list(_problems(wanted, floors_open=floors_open))
    if problems:
        raise Invalid(*problems)


def _problems(wanted: Sequence[ProductPrices], *, floors_open: bool) -> Iterator[FieldProblem]:
    seen: set[UUID] = set()
    for place, product in enumerate(wanted):
        if product.product_id in seen:
            yield FieldProblem(f"products.{place}.product_id", "already-exists")
        seen.add(product.product_id)
        quantities: set[int] = set()
        for number, step in enumerate(product.steps):
            where = f"products.{place}.steps.{number}"
            if in_parts(step.from_quantity) in quantities:
                yield FieldProblem(f"{where}.from_quantity", "already-exists")
            quantities.add(in_parts(step.from_quantity))
            yield from _of_step(where, step, floors_open=floors_open)


def _of_step(where: str, step: Step, *, floors_open: bool) -> Iterator[FieldProblem]:
    if not 0 <= step.unit_price <= MOST:
        yield FieldProblem(f"{where}.unit_price", "out-of-range", (("min", 0), ("max", MOST)))
    if step.floor_price is None:
        return
    if not floors_open:
        yield FieldProblem(f"{where}.floor_price", "no-field-right")
    elif not 0 <= step.floor_price <= step.unit_price:
        yield FieldProblem(f"{where}.floor_price", "floor-above-price")


def facts(draft: BookDraft) -> Mapping[str, Any]:
    """What a book is made with; for whom else than its kind asks is left out."""
    demand_validity(draft.valid_from, draft.valid_until)
    demand_readers(draft.kind, draft.tiers, draft.customer_ids)
    return {
        "name": draft.name,
        "kind": draft.kind,
        "currency": draft.currency,
        "tiers": sorted(set(draft.tiers)) if draft.kind == BookKind.TIER else [],
        "valid_from": draft.valid_from,
        "valid_until": draft.valid_until,
    }
