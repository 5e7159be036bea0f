"""Customers belong to the department of their owner, wherever the owner goes."""

from app.core.events import on
from app.customers import bulk
from app.events.access import UserMoved


@on(UserMoved)
def take_customers_along(event: UserMoved) -> None:
    """Let the customers follow a user into another department."""
    bulk.follow_owner(event.user_id, event.department_id)
