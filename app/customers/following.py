"""When a customer was last followed up, and when the next step is due: kept where lists find it.

It is no change of the customer: neither its version nor the trail tells of it. The flows that hear of
activities and tasks call this, inside the transaction of what happened there.
"""

from collections.abc import Collection
from uuid import UUID

from app.core.db import db
from app.customers.states import NEVER, UNPLANNED
from tenants import rls
from tenants.context import require_tenant_id

_LAST = (
    "COALESCE((SELECT a.happened_at FROM activities a WHERE a.tenant_id = %(tenant)s "
    "AND a.customer_id = c.id AND a.deleted_at IS NULL ORDER BY a.happened_at DESC LIMIT 1), %(never)s)"
)
# What is to be done about a contact alone is to be done about its customer.
_NEXT = (
    "LEAST((SELECT t.due_at FROM tasks t WHERE t.tenant_id = %(tenant)s AND t.customer_id = c.id "
    "AND t.done_at IS NULL AND t.deleted_at IS NULL ORDER BY t.due_at LIMIT 1), "
    "(SELECT min(t.due_at) FROM contacts p JOIN tasks t "
    "ON t.tenant_id = p.tenant_id AND t.contact_id = p.id AND t.customer_id IS NULL AND t.done_at IS NULL "
    "AND t.deleted_at IS NULL "
    "WHERE p.tenant_id = %(tenant)s AND t.tenant_id = %(tenant)s AND p.customer_id = c.id), %(unplanned)s)"
)
# Whoever is changing something at the same customer is waited for, so that the next statement sees it.
_HOLD = (
    "SELECT c.id FROM customers c WHERE c.tenant_id = %(tenant)s AND c.id = ANY (%(ids)s) "
    "ORDER BY c.id FOR NO KEY UPDATE"
)


def _setting(column: str, moment: str) -> str:
    return (
        f"UPDATE customers r SET {column} = f.moment FROM (SELECT c.id, {moment} AS moment "
        "FROM customers c WHERE c.tenant_id = %(tenant)s AND c.id = ANY (%(ids)s)) f "
        f"WHERE r.tenant_id = %(tenant)s AND r.id = f.id AND r.{column} <> f.moment"
    )


_SET_LAST, _SET_NEXT = _setting("last_activity_at", _LAST), _setting("next_step_at", _NEXT)


def followed_up(customer_ids: Collection[UUID | None]) -> None:
    """Note when some customers were last followed up, by what stands in the database now."""
    _bring_in_step(_SET_LAST, customer_ids)


def planned(customer_ids: Collection[UUID | None]) -> None:
    """Note when the next step with some customers is due, by what stands in the database now."""
    _bring_in_step(_SET_NEXT, customer_ids)


def _bring_in_step(statement: str, customer_ids: Collection[UUID | None]) -> None:
    ids = [customer_id for customer_id in customer_ids if customer_id]
    if ids:
        params = {"tenant": require_tenant_id(), "ids": ids, "never": NEVER, "unplanned": UNPLANNED}
        driver = rls.driver_of(db.session())
        driver.execute(_HOLD, params)
        driver.execute(statement, params)
