"""How what was asked for outlasts the customers and quotes it was asked for.

The flows that hear of those call these, inside the transaction of what happened there.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from app.core.db import db
from app.expense_requests.models import ExpenseRequest
from app.quotes.models import Quote


def customer_gone(customer_id: UUID) -> None:
    """A customer is removed, and its quotes with it: what was asked for was asked for all the same."""
    quotes = select(Quote.id).where(Quote.customer_id == customer_id)
    _set(ExpenseRequest.quote_id.in_(quotes), quote_id=None)
    _set(ExpenseRequest.customer_id == customer_id, customer_id=None)


def quotes_gone(quote_ids: Collection[UUID]) -> None:
    """Quotes are removed: what was asked for stays with their customer."""
    _set(ExpenseRequest.quote_id.in_(quote_ids), quote_id=None)


def _set(which: ColumnElement[bool], **values: object) -> None:
    gone = update(ExpenseRequest).where(which).values(**values)
    db.session.execute(gone.execution_options(synchronize_session=False))
