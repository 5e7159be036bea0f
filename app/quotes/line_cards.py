"""The lines of a quote as shown, without what their reader may not know."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.quantities import from_parts, written
from app.lists import pages
from app.quotes.policies import sees_cost, sees_floor

_PLAIN = (
    "name", "code", "specification", "unit", "list_price", "unit_price", "price_source", "tax_rate",
    "floor_price", "unit_cost", "note", "list_amount", "net", "tax", "gross", "cost", "below_floor",
)  # fmt: skip
_BOOK = (
    "(SELECT ARRAY[b.id::text, b.name] FROM price_books b "
    "WHERE b.tenant_id = %(tenant)s AND b.id = r.price_book_id)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text", "r.product_id::text", "r.quantity", "r.discount_rate", "r.discount_amount",
        "r.discount", "r.shared_discount",
        _BOOK,
        *(f"r.{name}" for name in _PLAIN),
    )
)  # fmt: skip
_TEXT = (
    f"SELECT {_COLUMNS} FROM quote_lines r WHERE r.tenant_id = %(tenant)s AND r.quote_id = %(id)s "
    "ORDER BY r.position"
)
_FIRST = 8


def of(connection: Any, reader: Actor, quote_id: UUID) -> list[dict[str, Any]]:
    """The lines of a quote, in their order; one statement.

    :param connection: a psycopg connection inside the tenant's walls
    """
    rows = pages.run(connection, _TEXT, {"tenant": reader.tenant_id, "id": quote_id})
    lines = [_line(row) for row in rows]
    hide(reader, lines)
    return lines


def _line(row: Sequence[Any]) -> dict[str, Any]:
    line_id, product, quantity, rate, amount, discount, shared, book = row[:_FIRST]
    line = dict(zip(_PLAIN, row[_FIRST:], strict=True))
    return {
        "id": line_id,
        "product_id": product,
        "quantity": written(from_parts(quantity)),
        "discount": {"rate": rate, "amount": amount},
        "own_discount": discount,
        "shared_discount": shared,
        "price_book": {"id": book[0], "name": book[1]} if book else None,
        **line,
        "margin": None if line["cost"] is None else line["net"] - line["cost"],
    }


def hide(reader: Actor, lines: Sequence[dict[str, Any]]) -> None:
    """Empty what the reader may not know of lines."""
    names = set() if sees_cost(reader) else {"unit_cost", "cost", "margin"}
    names |= {"list_price", "floor_price"} & reader.hides("product")
    if not sees_floor(reader):
        names.add("floor_price")
    for line in lines:
        line.update(dict.fromkeys(names))


def by_rate(lines: Sequence[dict[str, Any]]) -> list[dict[str, int]]:
    """What the lines of each tax rate come to, the lowest first."""
    sums: dict[int, dict[str, int]] = {}
    for line in lines:
        here = sums.setdefault(
            line["tax_rate"], {"tax_rate": line["tax_rate"], "net": 0, "tax": 0, "gross": 0}
        )
        for name in ("net", "tax", "gross"):
            here[name] += line[name]
    return [sums[rate] for rate in sorted(sums)]
