"""How what was spent outlasts the customers and quotes it was spent for.

The flows that hear of those call these, inside the transaction of what happened there.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from app.core.db import db
from app.expenses.models import ExpenseLine
from app.quotes.models import Quote


def customer_gone(customer_id: UUID) -> None:
    """A customer is removed, and its quotes with it: what was spent was spent all the same."""
    quotes = select(Quote.id).where(Quote.customer_id == customer_id)
    _set(ExpenseLine.quote_id.in_(quotes), quote_id=None)
    _set(ExpenseLine.customer_id == customer_id, customer_id=None)


def quotes_gone(quote_ids: Collection[UUID]) -> None:
    """Quotes are removed: what was spent stays with their customer."""
    _set(ExpenseLine.quote_id.in_(quote_ids), quote_id=None)


def _set(which: ColumnElement[bool], **values: object) -> None:
    gone = update(ExpenseLine).where(which).values(**values)
    db.session.execute(gone.execution_options(synchronize_session=False))
