"""The lines, receipts and payments of a claim as shown, without what their reader may not know."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.advances import policies as advance_policies
from app.customers.cards import refs as customer_refs
from app.expenses import policies
from app.files.cards import brief_of
from app.lists import pages
from app.lists.cards import held
from app.lists.instants import utc_of
from app.quotes import cards as quote_cards

_LINES = (
    "SELECT r.id::text, r.spent_on::text, r.amount, r.tax, r.description, r.city, "
    "(SELECT ARRAY[k.id::text, k.name] FROM expense_kinds k "
    "WHERE k.tenant_id = %(tenant)s AND k.id = r.kind_id), r.over_reason, r.limit_held, "
    "r.customer_id::text, r.quote_id::text "
    "FROM expense_lines r WHERE r.tenant_id = %(tenant)s AND r.claim_id = %(id)s ORDER BY r.position"
)
# Two that contain the same, or bear the same number, are one: another claim, not yet over, may have it.
_TAKEN = (
    "(SELECT ARRAY[c.id::text, c.number, c.owner_id::text, c.department_id::text] "
    "FROM expense_receipts o JOIN expense_claims c ON c.tenant_id = o.tenant_id AND c.id = o.claim_id "
    "WHERE o.tenant_id = %(tenant)s AND o.held AND o.claim_id <> r.claim_id "
    "AND (o.sha256 = r.sha256 OR o.invoice_key = r.invoice_key) LIMIT 1)"
)
_RECEIPTS = (
    "SELECT r.line_id::text, r.invoice_code, r.invoice_number, (SELECT ARRAY[a.id::text, a.name, a.kind, "
    "a.media_type, a.size::text, a.has_thumbnail::text] FROM attachments a "
    f"WHERE a.tenant_id = %(tenant)s AND a.id = r.file_id), {_TAKEN} "
    "FROM expense_receipts r WHERE r.tenant_id = %(tenant)s AND r.claim_id = %(id)s ORDER BY r.id"
)
_PAYMENTS = (
    "SELECT r.id::text, r.amount, r.written_off, r.paid_on::text, r.reference, r.made_by_id::text, "
    "r.made_at::text, r.reversed_by_id::text, r.reversed_at::text, r.reversal_reason FROM expense_payments r "
    "WHERE r.tenant_id = %(tenant)s AND r.claim_id = %(id)s ORDER BY r.made_at, r.id"
)
_WRITE_OFFS = (
    "SELECT a.id::text, a.number || ' ' || a.title, a.owner_id::text, a.department_id::text, "
    "-sum(r.amount)::bigint "
    "FROM advance_entries r JOIN advances a ON a.tenant_id = r.tenant_id AND a.id = r.advance_id "
    "WHERE r.tenant_id = %(tenant)s AND r.claim_id = %(id)s "
    "GROUP BY a.id, a.number, a.title, a.owner_id, a.department_id HAVING sum(r.amount) <> 0 "
    "ORDER BY a.number"
)
_PLAIN = ("id", "spent_on", "amount", "tax", "description", "city")


def of(connection: Any, reader: Actor, claim_id: UUID) -> list[dict[str, Any]]:
    """The lines of a claim with their receipts, in their order.

    :param connection: a psycopg connection inside the tenant's walls
    """
    params = {"tenant": reader.tenant_id, "id": claim_id}
    rows = pages.run(connection, _LINES, params)
    receipts: dict[str, list[dict[str, Any]]] = {}
    for line_id, *facts in pages.run(connection, _RECEIPTS, params) if rows else ():
        receipts.setdefault(line_id, []).append(_receipt(reader, facts))
    customers = customer_refs(connection, reader, {row[-2] for row in rows})
    quotes = quote_cards.refs(connection, reader, {row[-1] for row in rows if row[-1]})
    return [_line(row, receipts, customers, quotes) for row in rows]


def _line(
    row: Sequence[Any],
    receipts: dict[str, list[dict[str, Any]]],
    customers: dict[str, dict[str, str]],
    quotes: dict[str, dict[str, str]],
) -> dict[str, Any]:
    kind, over_reason, limit, customer, quote = row[len(_PLAIN) :]
    return {
        **dict(zip(_PLAIN, row, strict=False)),
        "kind": {"id": kind[0], "name": kind[1]},
        "customer": customers.get(customer),
        "quote": quotes.get(quote),
        "for_another": bool(customer and customer not in customers),
        "receipts": receipts.get(row[0], []),
        "over_reason": over_reason,
        "limit": limit,
    }


def _receipt(reader: Actor, facts: Sequence[Any]) -> dict[str, Any]:
    code, number, file, taken = facts
    return {
        "file": brief_of(file),
        "invoice_code": code,
        "invoice_number": number,
        "taken": None if taken is None else _taken(reader, taken),
    }


def _taken(reader: Actor, taken: Sequence[Any]) -> dict[str, Any]:
    """Which claim has it, if the reader may know."""
    claim_id, number, owner, department = taken
    seen = policies.read.allows(reader, held(owner, department, shared=False))
    return {"claim": {"id": claim_id, "name": number} if seen else None}


def payments(connection: Any, reader: Actor, claim_id: UUID) -> list[dict[str, Any]]:
    """The payments of a claim, those that were reversed too, the first one first; people as ids.

    :param connection: a psycopg connection inside the tenant's walls
    """
    rows: Iterable[Sequence[Any]] = pages.run(
        connection, _PAYMENTS, {"tenant": reader.tenant_id, "id": claim_id}
    )
    return [
        {
            "id": row[0],
            "amount": row[1],
            "written_off": row[2],
            "paid_out": row[1] - row[2],
            "paid_on": row[3],
            "reference": row[4],
            "made_by": row[5],
            "made_at": utc_of(row[6]),
            "reversed_by": row[7],
            "reversed_at": utc_of(row[8]) if row[8] else None,
            "reversal_reason": row[9],
        }
        for row in rows
    ]


def write_offs(connection: Any, reader: Actor, claim_id: UUID) -> list[dict[str, Any]]:
    """Which advances a claim was written off against, and how much of each.

    :param connection: a psycopg connection inside the tenant's walls
    """
    rows = pages.run(connection, _WRITE_OFFS, {"tenant": reader.tenant_id, "id": claim_id})
    return [
        {
            "advance": {"id": row[0], "name": row[1]}
            if advance_policies.read.allows(reader, held(row[2], row[3], shared=False))
            else None,
            "amount": row[4],
        }
        for row in rows
    ]
