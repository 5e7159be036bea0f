"""What paying claims would come to, as shown before it is done: claim by claim, and person by person."""

from collections.abc import Sequence
from typing import Any

from app.access.actor import Actor
from app.advances.writing_off import Share
from app.core.db import db
from app.lists import names
from app.lists.names import Names
from tenants import rls


def of(reader: Actor, shares: Sequence[Share]) -> dict[str, Any]:
    """The claims in the order in which they were named, and their owners, each currency by itself."""
    owners = {str(share.due.owner_id) for share in shares}
    called = names.directory(rls.driver_of(db.session()), reader, owners)
    people: dict[tuple[str, str], dict[str, Any]] = {}
    for share in shares:
        due = share.due
        # Owed before the first of their claims: all of it.
        whose = people.setdefault(
            (str(due.owner_id), due.currency),
            {
                "owner": called.user(str(due.owner_id)),
                "currency": due.currency,
                "claimed": 0,
                "owed": share.owed,
                "written_off": 0,
                "paid_out": 0,
            },
        )
        whose["claimed"] += due.amount
        whose["written_off"] += share.written_off
        whose["paid_out"] += due.amount - share.written_off
    return {"items": [_item(share, called) for share in shares], "people": list(people.values())}


def _item(share: Share, called: Names) -> dict[str, Any]:
    due = share.due
    return {
        "claim": {"id": str(due.claim_id), "name": due.label},
        "owner": called.user(str(due.owner_id)),
        "currency": due.currency,
        "claimed": due.amount,
        "owed": share.owed,
        "most": min(share.owed, due.amount),
        "written_off": share.written_off,
        "paid_out": due.amount - share.written_off,
        "advances": [
            {"advance": {"id": str(part.advance.id), "name": part.advance.label}, "amount": part.amount}
            for part in share.parts
        ],
    }
