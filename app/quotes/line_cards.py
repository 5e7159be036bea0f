"""The lines of a quote as shown, without what their reader may not know."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.quantities import parts_written
from app.lists import pages
from app.quotes.policies import sees_cost, sees_floor

_PLAIN = (
    "name", "code", "specification", "unit", "list_price", "unit_price", "price_source", "tax_rate",
    "floor_price", "unit_cost", "note", "list_amount", "net", "tax", "gross", "cost", "below_floor",
)  # fmt: skip
_SHOWN = (
    "id", "product_id", "quantity", "discount", "own_discount", "shared_discount", "price_book", *_PLAIN,
)  # fmt: skip
_KEPT_AS = {"discount": "discount_rate", "own_discount": "discount", "price_book": "price_book_id"}
"""The columns of what is shown under another name."""
_AMOUNT = "discount_amount"
_BOOK_AT = _SHOWN.index("price_book")
_SELECTED = {
    "id": "r.id::text",
    "product_id": "r.product_id::text",
    "price_book": "(SELECT ARRAY[b.id::text, b.name] FROM price_books b "
    "WHERE b.tenant_id = %(tenant)s AND b.id = r.price_book_id)",
}
_COLUMNS = ", ".join(
    (*(_SELECTED.get(name, f"r.{_KEPT_AS.get(name, name)}") for name in _SHOWN), f"r.{_AMOUNT}")
)
_TEXT = (
    f"SELECT {_COLUMNS} FROM quote_lines r WHERE r.tenant_id = %(tenant)s AND r.quote_id = %(id)s "
    "ORDER BY r.position"
)
_BOOKS = "SELECT b.id, b.name FROM price_books b WHERE b.tenant_id = %(tenant)s AND b.id = ANY (%(ids)s)"
_in_columns = itemgetter(*(_KEPT_AS.get(name, name) for name in _SHOWN), _AMOUNT)


def of(connection: Any, reader: Actor, quote_id: UUID) -> list[dict[str, Any]]:
    """The lines of a quote, in their order; one statement.

    :param connection: a psycopg connection inside the tenant's walls
    """
    rows = pages.run(connection, _TEXT, {"tenant": reader.tenant_id, "id": quote_id})
    return hide(reader, [_line(row, row[_BOOK_AT]) for row in rows])


def of_rows(connection: Any, reader: Actor, written: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same of lines as they have just been written; one statement, or none without price books."""
    ids = {row["price_book_id"] for row in written} - {None}
    params = {"tenant": reader.tenant_id, "ids": list(ids)}
    books = {row[0]: row for row in pages.run(connection, _BOOKS, params)} if ids else {}
    return hide(reader, [_line(_in_columns(row), books.get(row["price_book_id"])) for row in written])


def _line(row: Sequence[Any], book: Sequence[Any] | None) -> dict[str, Any]:
    line = dict(zip(_SHOWN, row, strict=False))
    line["quantity"] = parts_written(line["quantity"])
    line["discount"] = {"rate": line["discount"], "amount": row[-1]}
    line["price_book"] = {"id": book[0], "name": book[1]} if book else None
    line["margin"] = None if line["cost"] is None else line["net"] - line["cost"]
    return line


def hide(reader: Actor, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """These lines, emptied of what the reader may not know."""
    names = set() if sees_cost(reader) else {"unit_cost", "cost", "margin"}
    names |= {"list_price", "floor_price"} & reader.hides("product")
    if not sees_floor(reader):
        names.add("floor_price")
    for line in lines if names else ():
        line.update(dict.fromkeys(names))
    return lines


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
