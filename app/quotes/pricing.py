"""Lines with their prices: what is left out comes from products and price books, and all is worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.money import share_of
from app.core.quantities import from_parts, in_parts
from app.prices.resolving import Resolved, Wanted, resolve
from app.products.models import Product
from app.quotes import drafts
from app.quotes.arithmetic import WHOLE, Discount, Figures, Line, amount_of, work_out
from app.quotes.drafts import LineDraft
from app.quotes.policies import sees_cost

DEAREST = -100 * WHOLE
"""What is a hundred times dearer than at list prices is told as no worse than that."""
_OF_PRODUCT = ("name", "code", "specification", "unit")
_UNHELD = dict.fromkeys(("list_price", "floor_price", "unit_cost", "price_source", "price_book_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What decides about prices, besides the lines themselves."""

    customer_id: UUID | None
    currency: str
    with_tax: bool
    discount: Discount
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """Lines as they are kept, without what they come to, and what they come to."""

    lines: Sequence[Mapping[str, Any]]
    figures: Figures
    off_list: int | None


def price(by: Actor, wanted: Sequence[LineDraft], terms: Terms, before: Mapping[UUID, Any]) -> Priced:
    """Fill in and work out; two statements, however many lines.

    A line that is there keeps what it says of a product that is sold no more.

    :param before: the lines that are there, by id
    :raises Invalid: naming everything that cannot be taken, as in `lines.3.product_id`
    """
    products, prices = _look_up(by, wanted, terms)
    lines: list[dict[str, Any]] = []
    problems = _twice(wanted)
    for place, draft in enumerate(wanted):
        former = before.get(draft.id) if draft.id else None
        problems += _unknown(place, draft, former, products)
        line, found = _line(by, place, draft, former, products, prices)
        problems += found
        lines.append(line)
    if problems:
        raise Invalid(*problems)
    plain = [_plain(line, draft.discount) for line, draft in zip(lines, wanted, strict=True)]
    figures = work_out(plain, discount=terms.discount, with_tax=terms.with_tax)
    return Priced(lines=lines, figures=figures, off_list=_off_list(lines, figures))


def drafted(lines: Sequence[Any]) -> list[LineDraft]:
    """Lines that are there as they would be sent."""
    names = ("id", "product_id", "name", "code", "specification", "unit", "unit_price", "tax_rate", "note")
    return [
        LineDraft(
            **{name: getattr(line, name) for name in names},
            quantity=from_parts(line.quantity),
            discount=Discount(rate=line.discount_rate, amount=line.discount_amount),
            unit_cost=line.unit_cost if line.product_id is None else None,
        )
        for line in lines
    ]


def _look_up(
    by: Actor, wanted: Sequence[LineDraft], terms: Terms
) -> tuple[dict[UUID, Product], dict[UUID, list[Resolved]]]:
    asked = [Wanted(product_id=line.product_id, quantity=line.quantity) for line in wanted if line.product_id]
    if not asked or not by.may(Permission.PRODUCT_READ):
        return {}, {}
    ids = {one.product_id for one in asked}
    known = {one.id: one for one in db.session.scalars(select(Product).where(Product.id.in_(ids)))}
    found = resolve(asked, customer_id=terms.customer_id, currency=terms.currency, on=terms.on)
    return known, found


def _twice(wanted: Sequence[LineDraft]) -> list[FieldProblem]:
    seen: set[UUID] = set()
    problems = []
    for place, draft in enumerate(wanted):
        if draft.id in seen:
            problems.append(FieldProblem(f"lines.{place}.id", "already-exists"))
        if draft.id:
            seen.add(draft.id)
    return problems


def _unknown(
    place: int, draft: LineDraft, former: Any, products: Mapping[UUID, Product]
) -> list[FieldProblem]:
    problems = []
    if draft.id is not None and former is None:
        problems.append(FieldProblem(f"lines.{place}.id", "unknown-reference"))
    if draft.product_id is None or (former and former.product_id == draft.product_id):
        return problems
    product = products.get(draft.product_id)
    if product is None or product.in_bin or product.is_retired:
        problems.append(FieldProblem(f"lines.{place}.product_id", "unknown-reference"))
    return problems


def _line(
    by: Actor,
    place: int,
    draft: LineDraft,
    former: Any,
    products: Mapping[UUID, Product],
    prices: dict[UUID, list[Resolved]],
) -> tuple[dict[str, Any], list[FieldProblem]]:  # fmt: skip
    said, problems = drafts.texts(place, draft)
    product = products.get(draft.product_id) if draft.product_id else None
    resolved = prices[product.id].pop(0) if product and prices.get(product.id) else None
    if product:
        said |= {name: said[name] or getattr(product, name) for name in _OF_PRODUCT}
    kept = former if former and former.product_id == draft.product_id else None
    held = _held(by, draft, kept, resolved)
    unit_price = draft.unit_price
    if unit_price is None and resolved:
        unit_price = resolved.unit_price
    if not said["name"] and not problems:
        problems.append(FieldProblem(f"lines.{place}.name", "required"))
    if unit_price is None:
        problems.append(FieldProblem(f"lines.{place}.unit_price", "required"))
    tax_rate = draft.tax_rate
    if tax_rate is None:
        tax_rate = (resolved.tax_rate if resolved else kept.tax_rate if kept else None) or 0
    line = {
        **said, **held,
        "id": draft.id, "product_id": draft.product_id, "quantity": draft.quantity,
        "unit_price": unit_price or 0, "tax_rate": tax_rate,
        "discount_rate": draft.discount.rate, "discount_amount": draft.discount.amount,
    }  # fmt: skip
    return line, problems


def _held(by: Actor, draft: LineDraft, kept: Any, resolved: Resolved | None) -> dict[str, Any]:
    """What prices are compared with, and where they come from."""
    if resolved is not None:
        return {
            "list_price": resolved.list_price, "floor_price": resolved.floor_price,
            "unit_cost": resolved.cost, "price_source": resolved.source,
            "price_book_id": resolved.price_book_id,
        }  # fmt: skip
    held = {name: getattr(kept, name) for name in _UNHELD} if kept else dict(_UNHELD)
    if draft.product_id is None and held["unit_cost"] != draft.unit_cost and sees_cost(by):
        held["unit_cost"] = draft.unit_cost
    return held


def _plain(line: Mapping[str, Any], discount: Discount) -> Line:
    return Line(
        quantity=line["quantity"],
        unit_price=line["unit_price"],
        tax_rate=line["tax_rate"],
        discount=discount,
        floor_price=line["floor_price"],
        unit_cost=line["unit_cost"],
    )


def _off_list(lines: Sequence[Mapping[str, Any]], figures: Figures) -> int | None:
    """How much cheaper all of it is than at list prices, in basis points; what has none counts as it is."""
    listed = sum(
        amount_of(line["quantity"], line["unit_price"] if line["list_price"] is None else line["list_price"])
        for line in lines
    )
    if listed == 0:
        return None
    left = figures.list_amount - figures.line_discounts - figures.discount
    rate = share_of(abs(listed - left), WHOLE, listed)
    return rate if listed >= left else max(-rate, DEAREST)


def rows(priced: Priced, *, tenant_id: int, quote_id: UUID, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Lines as rows of their table."""
    return [
        {
            **line,
            "tenant_id": tenant_id,
            "id": line_id,
            "quote_id": quote_id,
            "position": place,
            "quantity": in_parts(line["quantity"]),
            "list_amount": comes_to.list_amount,
            "discount": comes_to.discount,
            "shared_discount": comes_to.shared_discount,
            "net": comes_to.net,
            "tax": comes_to.tax,
            "gross": comes_to.gross,
            "cost": comes_to.cost,
            "below_floor": comes_to.below_floor,
        }
        for place, (line, comes_to, line_id) in enumerate(
            zip(priced.lines, priced.figures.lines, ids, strict=True)
        )
    ]
