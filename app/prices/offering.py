"""Which products a price book could still take up."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.search import Query
from app.prices.models import Price, PriceBook
from app.products import queries as products
from app.products.models import Product
from app.products.states import ProductState


@permitted(Permission.PRICE_BOOK_MANAGE)
def unpriced(
    actor: Actor,
    book: PriceBook,
    *,
    q: Query | None = None,
    category_id: UUID | None = None,
    after: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Products on sale without a price in a book, the latest first, from behind `after`; one statement.

    :param q: only those found by this
    :param category_id: only those in this category or below it
    """
    priced = select(Price.product_id).where(Price.price_book_id == book.id, Price.product_id == Product.id)
    statement = (
        select(Product)
        .where(Product.deleted_at.is_(None), Product.state == ProductState.ACTIVE, ~priced.exists())
        .order_by(Product.id.desc())
        .limit(limit)
    )
    for word in q.words if q else ():
        statement = statement.where(or_(*(Product.search_text.like(pattern) for pattern in word.patterns)))
    if category_id is not None:
        statement = statement.where(Product.category_id.in_(products.within(category_id)))
    if after is not None:
        statement = statement.where(Product.id < after)
    hidden = actor.hides("product")
    return [_offered(product, book, hidden) for product in db.session.scalars(statement)]


def _offered(product: Product, book: PriceBook, hidden: frozenset[str]) -> dict[str, Any]:
    texts = {
        name: None if name in hidden else getattr(product, name) for name in ("code", "unit", "specification")
    }
    shown = product.currency == book.currency and "list_price" not in hidden
    return {
        "id": product.id,
        "name": product.name,
        **texts,
        "list_price": product.list_price if shown else None,
    }
