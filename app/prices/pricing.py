"""Setting prices in a book: product by product, all at once by a share, or as those of another book."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Numeric,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import Forbidden, invalid
from app.core.money import CURRENCIES, MOST
from app.core.quantities import from_parts, in_parts, written
from app.prices import drafts, making, queries
from app.prices.drafts import MOST_PRICES, ProductPrices
from app.prices.models import Price, PriceBook, PriceBookCustomer
from app.prices.trail import tell
from app.products.models import Product
from tenants.context import require_tenant_id

WHOLE = 10_000
LEAST_RATE, MOST_RATE = -9_999, 100_000


@permitted(Permission.PRICE_BOOK_MANAGE)
def set_prices(actor: Actor, book: PriceBook, wanted: Sequence[ProductPrices]) -> None:
    """Say all that some products cost in a book; other products stay as they are.

    Whoever may not see floor prices leaves those that are there where they are.

    :raises Invalid: naming what cannot be taken
    """
    floors_open = "floor_price" not in actor.fixes("product") | actor.hides("product")
    drafts.demand_prices(wanted, floors_open=floors_open)
    _demand_products(wanted)
    before = queries.of_products(book, [one.product_id for one in wanted])
    rows = [row for one in wanted for row in _rows(book, one, before, floors_open=floors_open)]
    if queries.count(book) - sum(map(len, before.values())) + len(rows) > MOST_PRICES:
        raise invalid("products", "too-many-prices", max=MOST_PRICES)
    told = _differences(book, wanted, before, rows)
    if not told:
        return
    changed = delete(Price).where(Price.price_book_id == book.id, Price.product_id.in_(before))
    db.session.execute(changed.execution_options(synchronize_session=False))
    insert_many(Price, rows)
    _touch(book)
    tell(actor, "priced", book, told)


@permitted(Permission.PRICE_BOOK_MANAGE)
def adjust(actor: Actor, book: PriceBook, *, rate: int, with_floors: bool) -> None:
    """Raise or lower all prices of a book by a share, half up; one statement.

    :param rate: in basis points: −500 makes everything five per cent cheaper
    :param with_floors: whether floor prices go along
    :raises Invalid: if a price would be beyond what money can be
    """
    if with_floors:
        _demand_floors(actor)
    _demand_room(book, rate)
    values: dict[str, Any] = {"unit_price": _at(Price.unit_price, rate)}
    if with_floors:
        values["floor_price"] = _at(Price.floor_price, rate)
    changed = update(Price).where(Price.price_book_id == book.id).values(values)
    db.session.execute(changed.execution_options(synchronize_session=False))
    _touch(book)
    told = [{"field": "rate", "before": None, "after": rate}]
    if with_floors:
        told.append({"field": "floor_rate", "before": None, "after": rate})
    tell(actor, "adjusted", book, told)


@permitted(Permission.PRICE_BOOK_MANAGE)
def copy(
    actor: Actor, book: PriceBook, *, name: str, valid_from: date, valid_until: date | None, rate: int = 0
) -> PriceBook:
    """A draft for the same customers with the same prices, or with those raised or lowered by a share.

    Floor prices are copied as they are.

    :raises Invalid: naming what cannot be taken
    """
    _demand_room(book, rate)
    draft = making.copied_draft(book, name=name, valid_from=valid_from, valid_until=valid_until)
    made, here = making.begin(actor, draft), require_tenant_id()
    served = [PriceBookCustomer(price_book_id=made.id, customer_id=one) for one in draft.customer_ids]
    db.session.add_all(served)
    db.session.flush()
    columns = ["tenant_id", "price_book_id", "product_id", "from_quantity", "unit_price", "floor_price"]
    theirs = select(
        literal(here, BigInteger),
        literal(made.id),
        Price.product_id,
        Price.from_quantity,
        _at(Price.unit_price, rate),
        Price.floor_price,
    ).where(Price.tenant_id == here, Price.price_book_id == book.id)
    db.session.execute(insert(Price).from_select(columns, theirs))
    told = [{"field": "copied_from", "before": None, "after": book.name}]
    tell(actor, "created", made, told + ([{"field": "rate", "before": None, "after": rate}] if rate else []))
    return made


def _at(price: Any, rate: int) -> ColumnElement[int]:
    # A numeric is rounded half up; nothing here is negative.
    return cast(func.round(cast(price, Numeric) * (WHOLE + rate) / WHOLE), BigInteger)


def _touch(book: PriceBook) -> None:
    """Its version counts changes of its prices, too."""
    book.updated_at = clock.now()
    db.session.flush()


def _demand_floors(by: Actor) -> None:
    if "floor_price" in by.fixes("product") | by.hides("product"):
        raise Forbidden(permission=Permission.PRODUCT_COST.value)


def _demand_room(book: PriceBook, rate: int) -> None:
    if not LEAST_RATE <= rate <= MOST_RATE:
        raise invalid("rate", "out-of-range", min=LEAST_RATE, max=MOST_RATE)
    highest = func.max(func.greatest(Price.unit_price, Price.floor_price))
    if (db.session.scalar(select(highest).where(Price.price_book_id == book.id)) or 0) * (
        WHOLE + rate
    ) > MOST * WHOLE:
        raise invalid("rate", "sum-too-large")


def _demand_products(wanted: Sequence[ProductPrices]) -> None:
    """What is taken out of a book may lie in the recycle bin; what is put in may not."""
    ids = {one.product_id for one in wanted}
    found = set(
        db.session.scalars(select(Product.id).where(Product.id.in_(ids), Product.deleted_at.is_(null())))
    )
    for place, one in enumerate(wanted):
        if one.steps and one.product_id not in found:
            raise invalid(f"products.{place}.product_id", "unknown-reference")


def _rows(
    book: PriceBook, wanted: ProductPrices, before: dict[UUID, list[Price]], *, floors_open: bool
) -> list[dict[str, Any]]:
    kept = {price.from_quantity: price.floor_price for price in before.get(wanted.product_id, ())}
    here = require_tenant_id()
    return [
        {
            "tenant_id": here,
            "price_book_id": book.id,
            "product_id": wanted.product_id,
            "from_quantity": (parts := in_parts(step.from_quantity)),
            "unit_price": step.unit_price,
            "floor_price": step.floor_price if floors_open else kept.get(parts),
        }
        for step in sorted(wanted.steps, key=lambda step: step.from_quantity)
    ]


def _differences(
    book: PriceBook,
    wanted: Sequence[ProductPrices],
    before: dict[UUID, list[Price]],
    rows: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    """What is told: for each product that now costs something else, all its prices before and after."""
    names = _names([one.product_id for one in wanted])
    after: dict[UUID, list[tuple[int, int, int | None]]] = {}
    for row in rows:
        price = (row["from_quantity"], row["unit_price"], row["floor_price"])
        after.setdefault(row["product_id"], []).append(price)
    told = []
    for one in wanted:
        name = names.get(one.product_id, "")
        kept = [(p.from_quantity, p.unit_price, p.floor_price) for p in before.get(one.product_id, ())]
        set_now = after.get(one.product_id, [])
        if kept != set_now:
            was, now = ([_told(name, book.currency, *line) for line in some] for some in (kept, set_now))
            told.append({"field": "prices", "before": was, "after": now})
    return told


def _told(name: str, currency: str, parts: int, unit_price: int, floor_price: int | None) -> str:
    """A price as people read it: `球阀 10+: 8.00 CNY (≥ 7.00)`."""
    amounts = [f"{Decimal(one).scaleb(-CURRENCIES[currency]):f}" for one in (unit_price, floor_price or 0)]
    floor = "" if floor_price is None else f" (≥ {amounts[1]})"
    return f"{name} {written(from_parts(parts))}+: {amounts[0]} {currency}{floor}"


def _names(product_ids: Sequence[UUID]) -> dict[UUID, str]:
    named = select(Product.id, Product.name).where(Product.id.in_(product_ids))
    return {row.id: row.name for row in db.session.execute(named)}
