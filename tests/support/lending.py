"""Advances in the company of a world."""

from app.core.ids import new_id
from tests.support.operations import API, operations
from tests.support.samples import MARK
from tests.support.world import World

STATES = ("approved", "outstanding", "outstanding", "submitted")


def spread_advances(world: World) -> None:
    """An advance in each state that something can be done with; of what was lent, a part was returned."""
    make = next(operation for operation in operations() if str(operation) == f"POST {API}/advances")
    for _ in STATES:
        world.perform(make)
    live = "SELECT id FROM advances WHERE tenant_id = %s AND deleted_at IS NULL ORDER BY id"
    for row, state in zip(world.store.rows(live, world.tenant_id), STATES, strict=False):
        amounts = (1000, -100) if state == "outstanding" else ()
        world.store.rows(
            "UPDATE advances SET state = %s, in_approval = false, amount = 1000, outstanding = %s, "
            "paid_on = %s WHERE tenant_id = %s AND id = %s",
            state,
            sum(amounts),
            "2026-03-18" if amounts else None,
            world.tenant_id,
            row["id"],
        )
        for amount in amounts:
            world.store.rows(
                "INSERT INTO advance_entries (tenant_id, id, advance_id, kind, amount, done_on, reference, "
                "made_by_id, made_at) VALUES (%s, %s, %s, %s, %s, '2026-03-18', %s, %s, now())",
                world.tenant_id,
                new_id(),
                row["id"],
                "payout" if amount > 0 else "return",
                amount,
                MARK,
                world.admin.user_id,
            )
