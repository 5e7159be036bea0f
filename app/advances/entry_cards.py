"""The ledger of an advance as shown, without what its reader may not know."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.advances import policies
from app.advances.states import EntryKind
from app.lists import pages
from app.lists.cards import held
from app.lists.instants import utc_of

_KEYS = ("id", "kind", "amount", "done_on", "reference", "reason", "reverses_id", "made_by")
_ENTRIES = (
    "SELECT r.id::text, r.kind, r.amount, r.done_on::text, r.reference, r.reason, r.reverses_id::text, "
    "r.made_by_id::text, r.made_at::text, a.amount = a.outstanding, EXISTS (SELECT 1 FROM advance_entries b "
    "WHERE b.tenant_id = %(tenant)s AND b.reverses_id = r.id), "
    "(SELECT ARRAY[c.id::text, c.number || ' ' || c.title, c.owner_id::text, c.department_id::text] "
    "FROM expense_claims c WHERE c.tenant_id = %(tenant)s AND c.id = r.claim_id) "
    "FROM advance_entries r JOIN advances a ON a.tenant_id = r.tenant_id AND a.id = r.advance_id "
    "WHERE r.tenant_id = %(tenant)s AND r.advance_id = %(id)s ORDER BY r.made_at, r.id"
)


def of(connection: Any, reader: Actor, advance_id: UUID) -> list[dict[str, Any]]:
    """The lines of a ledger, the first one first, each with what is owed after it; people as ids.

    :param connection: a psycopg connection inside the tenant's walls
    """
    owed, shown = 0, []
    for row in pages.run(connection, _ENTRIES, {"tenant": reader.tenant_id, "id": advance_id}):
        made_at, untouched, reversed_, claim = row[len(_KEYS) :]
        item = dict(zip(_KEYS, row, strict=False))
        owed += item["amount"]
        stands = not reversed_ and item["reverses_id"] is None
        back = item["kind"] == EntryKind.RETURN or (item["kind"] == EntryKind.PAYOUT and untouched)
        shown.append(
            {
                **item,
                "made_at": utc_of(made_at),
                "claim": claim and _claim(reader, claim),
                "owed": owed,
                "reversed": reversed_,
                "reversible": stands and back,
            }
        )
    return shown


def _claim(reader: Actor, claim: Sequence[Any]) -> dict[str, str] | None:
    """The claim that it was written off against, if the reader may know of it."""
    claim_id, label, owner, department = claim
    seen = policies.read.allows(reader, held(owner, department, shared=False))
    return {"id": claim_id, "name": label} if seen else None
