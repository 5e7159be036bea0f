"""Which price holds for a product: the one place where that is decided.

1. A book for the customer goes before one for the customer's tier, that before a standard one, and that
   before the product's own list price.
2. Only active books count that are valid on the day and in the currency asked for, and of their prices for
   the product only those from a quantity that is reached. A book without one such is passed over.
3. Among books of the same kind the price from the largest quantity holds; of several such, the one of the
   book that begins last, then of the book that was made last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.core.db import db
from app.core.quantities import from_parts, in_parts
from app.prices.states import LIST_PRICE
from tenants.context import require_tenant_id

_FIND = text("""
SELECT p.id AS product_id, p.list_price, p.floor_price AS own_floor, p.cost, p.tax_rate,
    p.currency AS own_currency, COALESCE(:currency, p.currency) AS currency, f.*
FROM unnest(CAST(:ids AS uuid[]), CAST(:quantities AS bigint[])) WITH ORDINALITY AS w (id, quantity, place)
JOIN products p ON p.tenant_id = :tenant AND p.id = w.id AND p.deleted_at IS NULL
LEFT JOIN customers c ON c.tenant_id = :tenant AND c.id = CAST(:customer AS uuid)
LEFT JOIN LATERAL (
    SELECT b.id AS price_book_id, b.name AS price_book_name, b.kind,
        x.from_quantity, x.unit_price, x.floor_price
    FROM prices x JOIN price_books b ON b.tenant_id = :tenant AND b.id = x.price_book_id
    WHERE x.tenant_id = :tenant AND x.product_id = p.id AND x.from_quantity <= w.quantity
        AND b.state = 'active' AND b.currency = COALESCE(:currency, p.currency)
        AND b.valid_from <= :day AND (b.valid_until IS NULL OR b.valid_until >= :day)
        AND (b.kind = 'standard' OR b.kind = 'tier' AND b.tiers @> to_jsonb(c.tier)
            OR b.kind = 'customer' AND EXISTS (SELECT 1 FROM price_book_customers k
                WHERE k.tenant_id = :tenant AND k.price_book_id = b.id
                AND k.customer_id = CAST(:customer AS uuid)))
    ORDER BY array_position(CAST('{customer,tier,standard}' AS text[]), b.kind),
        x.from_quantity DESC, b.valid_from DESC, b.id DESC
    LIMIT 1
) f ON true
ORDER BY w.place
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So much of a product."""

    product_id: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The price that holds, and where it comes from; amounts in minor units of its currency."""

    product_id: UUID
    currency: str
    source: str | None
    """A kind of price book, `list`, or None where there is no price in this currency."""
    unit_price: int | None
    list_price: int | None
    floor_price: int | None
    cost: int | None
    """The last three are None where the product's own currency is another."""
    tax_rate: int | None
    from_quantity: Decimal | None
    price_book_id: UUID | None
    price_book_name: str | None


def resolve(
    wanted: Sequence[Wanted], *, customer_id: UUID | None, currency: str | None, on: date
) -> dict[UUID, list[Resolved]]:
    """The prices that hold on a day, by product in the order asked for; what is not sold is missing.

    One statement, however many are asked for. Who may see cost and floor is for the caller to say.

    :param customer_id: None: no customer yet, who has no prices of their own
    :param currency: None: each product's own
    """
    given = {
        "ids": [one.product_id for one in wanted],
        "quantities": [in_parts(one.quantity) for one in wanted],
        "customer": customer_id,
        "currency": currency,
        "day": on,
        "tenant": require_tenant_id(),
    }
    found: dict[UUID, list[Resolved]] = {}
    for row in db.session.execute(_FIND, given).mappings() if wanted else ():
        found.setdefault(row["product_id"], []).append(_resolved(row))
    return found


def _resolved(row: Any) -> Resolved:
    own = row["currency"] == row["own_currency"]
    booked = row["price_book_id"] is not None
    own_floor = row["own_floor"] if own else None
    return Resolved(
        product_id=row["product_id"],
        currency=row["currency"],
        source=row["kind"] if booked else LIST_PRICE if own else None,
        unit_price=row["unit_price"] if booked else row["list_price"] if own else None,
        list_price=row["list_price"] if own else None,
        floor_price=own_floor if row["floor_price"] is None else row["floor_price"],
        cost=row["cost"] if own else None,
        tax_rate=row["tax_rate"],
        from_quantity=from_parts(row["from_quantity"]) if booked else None,
        price_book_id=row["price_book_id"],
        price_book_name=row["price_book_name"],
    )
