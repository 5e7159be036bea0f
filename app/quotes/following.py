"""How quotes follow their customer, contact and products: to another owner, into the bin, and out for ever.

The flows that hear of those call these, inside the transaction of what happened there.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.events.records import RecordsGone
from app.fields import index as field_index
from app.lists import index
from app.lists.models import QUOTE
from app.quotes.links.models import QuoteLink
from app.quotes.models import Quote, QuoteLine
from app.quotes.trail import SUBJECT

_UNSEEN = {"synchronize_session": False}


def to_owner(customer_ids: Collection[UUID], *, owner_id: UUID | None, department_id: UUID | None) -> None:
    """Customers have another owner, who sees what was quoted before."""
    _set(Quote.customer_id.in_(customer_ids), owner_id=owner_id, department_id=department_id)


def into_bin(customer_ids: Collection[UUID], *, by: UUID | None) -> None:
    """Customers go to the recycle bin, and what was quoted to them goes along."""
    _set(
        Quote.customer_id.in_(customer_ids) & Quote.deleted_at.is_(None),
        deleted_at=clock.now(),
        deleted_by_id=by,
        deleted_with_id=Quote.customer_id,
    )


def out_of_bin(customer_ids: Collection[UUID]) -> None:
    """Customers come back, with what had gone along."""
    _set(
        Quote.deleted_with_id.in_(customer_ids),
        deleted_at=None,
        deleted_by_id=None,
        deleted_with_id=None,
    )


def customer_gone(customer_id: UUID) -> None:
    """A customer is removed, and so is what was quoted to it."""
    gone = db.session.scalars(select(Quote.id).where(Quote.customer_id == customer_id)).all()
    if gone:
        publish(RecordsGone(record_type=SUBJECT, record_ids=tuple(gone)))
        index.drop(QUOTE, gone)
        field_index.drop(gone)
        db.session.execute(delete(Quote).where(Quote.id.in_(gone)).execution_options(**_UNSEEN))


def contacts_gone(contact_ids: Collection[UUID]) -> None:
    """Contacts are removed: what was quoted to them stays at their customer."""
    _set(Quote.contact_id.in_(contact_ids), contact_id=None)


def products_gone(product_ids: Collection[UUID]) -> None:
    """Products are removed: the lines that name them stay as they are."""
    named = update(QuoteLine).where(QuoteLine.product_id.in_(product_ids)).values(product_id=None)
    db.session.execute(named.execution_options(**_UNSEEN))


def layouts_gone(layout_ids: Collection[UUID]) -> None:
    """Layouts are removed: links that name them stay good."""
    named = update(QuoteLink).where(QuoteLink.layout_id.in_(layout_ids)).values(layout_id=None)
    db.session.execute(named.execution_options(**_UNSEEN))


def _set(which: ColumnElement[bool], **values: object) -> None:
    db.session.execute(update(Quote).where(which).values(**values).execution_options(**_UNSEEN))
