"""Price books and the prices in them; and what a product costs somebody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, distinct, func, or_, select, tuple_

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.quantities import from_parts
from app.core.search import Query
from app.customers import queries as customers
from app.prices.models import Price, PriceBook, PriceBookCustomer
from app.prices.resolving import Resolved, Wanted, resolve
from app.prices.states import BookState
from app.products.models import Product


@dataclass(frozen=True, slots=True)
class Place:
    """The price behind which a page begins: its product in a book, or its book where it is of one product."""

    id: UUID
    from_quantity: int


@permitted(Permission.PRICE_BOOK_MANAGE)
def page(
    actor: Actor, *, state: str | None, kind: str | None, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Price books, the newest first, from behind `after`; one statement."""
    statement = _books().order_by(PriceBook.id.desc()).limit(limit)
    if state is not None:
        statement = statement.where(PriceBook.state == state)
    if kind is not None:
        statement = statement.where(PriceBook.kind == kind)
    if after is not None:
        statement = statement.where(PriceBook.id < after)
    return [_told(*row) for row in db.session.execute(statement)]


@permitted(Permission.PRICE_BOOK_MANAGE)
def get(actor: Actor, price_book_id: UUID, *, to_change: bool = False) -> PriceBook:
    """One price book.

    :param to_change: lock it until the transaction ends
    :raises NotFound: if there is none such
    """
    statement = select(PriceBook).where(PriceBook.id == price_book_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound
    return found


@permitted(Permission.PRICE_BOOK_MANAGE)
def detail(actor: Actor, book: PriceBook) -> dict[str, Any]:
    """A price book with the customers it is for, as far as the reader sees them."""
    row = db.session.execute(_books().where(PriceBook.id == book.id)).one()
    seen = customers.visible(actor, customer_ids(book), to_change=False).values() if row[2] else ()
    named = sorted(seen, key=lambda customer: (customer.name_key, customer.id))
    return {**_told(*row), "customers": [{"id": one.id, "name": one.name} for one in named]}


@permitted(Permission.PRICE_BOOK_MANAGE)
def prices(
    actor: Actor, book: PriceBook, *, q: Query | None = None, after: Place | None, limit: int
) -> list[dict[str, Any]]:
    """The prices of a book, each product's together, from behind `after`; one statement.

    Floor prices are None for whoever may not see them.

    :param q: only of products found by this
    """
    statement = (
        select(Price, Product)
        .join(Product, Product.id == Price.product_id)
        .where(Price.price_book_id == book.id)
        .order_by(Price.product_id, Price.from_quantity)
        .limit(limit)
    )
    for word in q.words if q else ():
        statement = statement.where(or_(*(Product.search_text.like(pattern) for pattern in word.patterns)))
    if after is not None:
        place = tuple_(Price.product_id, Price.from_quantity)
        statement = statement.where(place > (after.id, after.from_quantity))
    hidden = actor.hides("product")
    return [_line(price, product, book, hidden) for price, product in db.session.execute(statement)]


@permitted(Permission.PRICE_BOOK_MANAGE)
def of_product(actor: Actor, product_id: UUID, *, after: Place | None, limit: int) -> list[dict[str, Any]]:
    """What a product costs in the books that are active and not over, from behind `after`; one statement.

    Floor prices are None for whoever may not see them.
    """
    day = clock.now().astimezone(actor.zone).date()
    statement = (
        select(Price, PriceBook)
        .join(PriceBook, PriceBook.id == Price.price_book_id)
        .where(Price.product_id == product_id, PriceBook.state == BookState.ACTIVE)
        .where(or_(PriceBook.valid_until.is_(None), PriceBook.valid_until >= day))
        .order_by(Price.price_book_id, Price.from_quantity)
        .limit(limit)
    )
    if after is not None:
        place = tuple_(Price.price_book_id, Price.from_quantity)
        statement = statement.where(place > (after.id, after.from_quantity))
    floors = "floor_price" not in actor.hides("product")
    return [_of_book(price, book, floors=floors) for price, book in db.session.execute(statement)]


@permitted(Permission.PRODUCT_READ)
def price_of(
    actor: Actor,
    product_id: UUID,
    *,
    quantity: Decimal,
    customer_id: UUID | None = None,
    currency: str | None = None,
    on: date | None = None,
) -> Resolved:
    """What a product costs somebody; see `resolving` for which price that is.

    :param on: None: today, by the company's clock
    :raises NotFound: if there is no such product
    :raises Invalid: about a customer that the actor does not see
    """
    wanted = [Wanted(product_id=product_id, quantity=quantity)]
    found = prices_of(actor, wanted, customer_id=customer_id, currency=currency, on=on)
    if product_id not in found:
        raise NotFound
    return found[product_id][0]


@permitted(Permission.PRODUCT_READ)
def prices_of(
    actor: Actor,
    wanted: Sequence[Wanted],
    *,
    customer_id: UUID | None,
    currency: str | None = None,
    on: date | None = None,
) -> dict[UUID, list[Resolved]]:
    """What several products cost somebody, by product; as `price_of`, in one statement for all of them."""
    if customer_id is not None and not customers.sees(actor, customer_id):
        raise invalid("customer_id", "unknown-reference")
    day = on or clock.now().astimezone(actor.zone).date()
    found = resolve(wanted, customer_id=customer_id, currency=currency, on=day)
    blank: dict[str, Any] = dict.fromkeys({"cost", "floor_price", "list_price"} & actor.hides("product"))
    return {product: [replace(one, **blank) for one in lines] for product, lines in found.items()}


def customer_ids(book: PriceBook) -> set[UUID]:
    """The customers that a book is for."""
    mine = select(PriceBookCustomer.customer_id).where(PriceBookCustomer.price_book_id == book.id)
    return set(db.session.scalars(mine))


def of_products(book: PriceBook, product_ids: Collection[UUID]) -> dict[UUID, list[Price]]:
    """The prices of some products in a book, from small quantities to large."""
    found: dict[UUID, list[Price]] = {}
    wanted = select(Price).where(Price.price_book_id == book.id, Price.product_id.in_(product_ids))
    for price in db.session.scalars(wanted.order_by(Price.from_quantity)):
        found.setdefault(price.product_id, []).append(price)
    return found


def count(book: PriceBook) -> int:
    """How many prices a book holds."""
    held = select(func.count()).select_from(Price).where(Price.price_book_id == book.id)
    return db.session.scalar(held) or 0


def _books() -> Select[PriceBook, int, int]:
    held = (
        select(func.count(distinct(Price.product_id)))
        .where(Price.tenant_id == PriceBook.tenant_id, Price.price_book_id == PriceBook.id)
        .correlate(PriceBook)
        .scalar_subquery()
    )
    served = (
        select(func.count(distinct(PriceBookCustomer.customer_id)))
        .where(
            PriceBookCustomer.tenant_id == PriceBook.tenant_id,
            PriceBookCustomer.price_book_id == PriceBook.id,
        )
        .correlate(PriceBook)
        .scalar_subquery()
    )
    return select(PriceBook, held, served)


def _told(book: PriceBook, products: int, served: int) -> dict[str, Any]:
    names = ("id", "version", "name", "kind", "currency", "tiers", "valid_from", "valid_until", "state")
    facts = {name: getattr(book, name) for name in (*names, "created_at", "updated_at")}
    return {**facts, "product_count": products, "customer_count": served}


def _line(price: Price, product: Product, book: PriceBook, hidden: frozenset[str]) -> dict[str, Any]:
    same = product.currency == book.currency
    return {
        "product": {"id": product.id, "name": product.name},
        "code": None if "code" in hidden else product.code,
        "unit": None if "unit" in hidden else product.unit,
        "list_price": product.list_price if same and "list_price" not in hidden else None,
        "from_quantity": from_parts(price.from_quantity),
        "unit_price": price.unit_price,
        "floor_price": None if "floor_price" in hidden else price.floor_price,
        "place": Place(price.product_id, price.from_quantity),
    }


def _of_book(price: Price, book: PriceBook, *, floors: bool) -> dict[str, Any]:
    names = ("kind", "tiers", "currency", "valid_from", "valid_until")
    return {
        "price_book": {"id": book.id, "name": book.name},
        **{name: getattr(book, name) for name in names},
        "from_quantity": from_parts(price.from_quantity),
        "unit_price": price.unit_price,
        "floor_price": price.floor_price if floors else None,
        "place": Place(price.price_book_id, price.from_quantity),
    }
