"""What a customer has bought in all: month by month, how often, and when they may buy again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.lists import pages
from app.purchases import rhythm
from app.purchases.policies import HOSTED

MOST_PRODUCTS, MOST_MONTHS = 12, 24
Row = Sequence[Any]
_MONTHS = (
    "SELECT to_char(r.bought_on, 'YYYY-MM'), r.currency, count(*), sum(r.amount)::bigint FROM purchases r "
    "WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL AND {within} GROUP BY 1, 2 ORDER BY 1, 2"
)
_LATEST = (
    "SELECT r.name, (SELECT ARRAY[p.id::text, p.name] FROM products p WHERE p.tenant_id = %(tenant)s "
    "AND p.id = r.product_id AND p.deleted_at IS NULL), r.times, r.bought_on::text, r.days, r.next_on::text "
    "FROM {latest} r ORDER BY r.bought_on DESC, r.id DESC LIMIT %(most)s"
)


def of_customer(connection: Any, reader: Actor, customer_id: UUID) -> dict[str, Any]:
    """The sums of what the reader sees of a customer's purchases, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises Forbidden: for who sees no purchases at all
    """
    reach = HOSTED.reach_of(reader)
    within = f"r.customer_id = %(customer)s AND {reach.predicate}"
    asked = {
        **reach.params,
        "tenant": reader.tenant_id,
        "viewer": reader.id,
        "customer": customer_id,
        "most": MOST_PRODUCTS,
    }
    months = pages.run(connection, _MONTHS.replace("{within}", within), asked)
    whole, each = (
        pages.run(
            connection, _LATEST.replace("{latest}", rhythm.latest(by_product=split, within=within)), asked
        )
        for split in (False, True)
    )
    totals = _totals(months)
    return {
        "count": sum(row[2] for row in months),
        "last_on": whole[0][3] if whole else None,
        "totals": [{"amount": amount, "currency": currency} for currency, amount in totals.most_common()],
        "rhythm": _rhythm(whole[0]) if whole else None,
        "months": _by_month(months)[-MOST_MONTHS:],
        "products": [_product(row, sees=reader.may(Permission.PRODUCT_READ)) for row in each],
    }


def _latest(within: str, *, by_product: bool) -> str:
    return _LATEST.replace("{latest}", rhythm.latest(by_product=by_product, within=within))


def _totals(months: Sequence[Row]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for _, currency, _, amount in months:
        if amount is not None:
            totals[currency] += amount
    return totals


def _by_month(rows: Sequence[Row]) -> list[dict[str, Any]]:
    months: dict[str, list[Row]] = {}
    for row in rows:
        months.setdefault(row[0], []).append(row)
    return [
        {
            "month": month,
            "count": sum(row[2] for row in found),
            "totals": [{"amount": row[3], "currency": row[1]} for row in found if row[3] is not None],
        }
        for month, found in months.items()
    ]


def _rhythm(row: Row) -> Mapping[str, Any] | None:
    return None if row[4] is None else {"days": row[4], "expected_on": row[5]}


def _product(row: Row, *, sees: bool) -> dict[str, Any]:
    name, product, times, last_on = row[:4]
    known = {"id": product[0], "name": product[1]} if product and sees else None
    return {"name": name, "product": known, "count": times, "last_on": last_on, "rhythm": _rhythm(row)}
