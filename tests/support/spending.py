"""Expenses of a world, in each state that something can be done with."""

from tests.support.operations import API, Operation, operations
from tests.support.world import World

SPARE = 4
REQUEST_STATES = ("approved", "closed", "submitted")
CLAIM_STATES = ("approved", "paid", "submitted")


def _making(path: str) -> Operation:
    return next(one for one in operations() if str(one) == f"POST {path}")


def spread_requests(world: World) -> None:
    """An expense request in each state that something can be done with."""
    for _ in range(SPARE):
        world.perform(_making(f"{API}/expense-requests"))
    live = "SELECT id FROM expense_requests WHERE tenant_id = %s AND deleted_at IS NULL ORDER BY id"
    for row, state in zip(world.store.rows(live, world.tenant_id), REQUEST_STATES, strict=False):
        world.store.rows(
            "UPDATE expense_requests SET state = %s, in_approval = false, "
            "closed_at = CASE WHEN %s = 'closed' THEN created_at END WHERE tenant_id = %s AND id = %s",
            state,
            state,
            world.tenant_id,
            row["id"],
        )


def spread_claims(world: World) -> None:
    """An expense claim in each state that something can be done with."""
    for _ in range(SPARE):
        world.perform(_making(f"{API}/expense-claims"))
    live = "SELECT id FROM expense_claims WHERE tenant_id = %s AND deleted_at IS NULL ORDER BY id"
    for row, state in zip(world.store.rows(live, world.tenant_id), CLAIM_STATES, strict=False):
        world.store.rows(
            "UPDATE expense_claims SET state = %s, paid_on = CASE WHEN %s = 'paid' THEN created_at::date END "
            "WHERE tenant_id = %s AND id = %s",
            state,
            state,
            world.tenant_id,
            row["id"],
        )
