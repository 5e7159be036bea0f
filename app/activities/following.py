"""How activities follow their customer and contact: to another owner, into the recycle bin, and out for ever.

The flows that hear of customers and contacts call these, inside the transaction of what happened there.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from app.activities.models import Activity
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.events.records import RecordsGone
from app.fields import index as field_index
from app.tasks import following

_UNSEEN = {"synchronize_session": False}


def to_owner(customer_ids: Collection[UUID], *, owner_id: UUID | None, department_id: UUID | None) -> None:
    """Customers have another owner, who sees what was done before."""
    _set(Activity.customer_id.in_(customer_ids), owner_id=owner_id, department_id=department_id)


def to_customer(
    contact_id: UUID, customer_id: UUID, *, owner_id: UUID | None, department_id: UUID | None
) -> None:
    """A contact that stood alone has a customer now: what was noted about them belongs there."""
    _set(
        (Activity.contact_id == contact_id) & Activity.customer_id.is_(None),
        customer_id=customer_id,
        owner_id=owner_id,
        department_id=department_id,
    )


def into_bin(customer_ids: Collection[UUID], *, by: UUID) -> None:
    """Customers go to the recycle bin, and what was done there goes with them."""
    _set(
        Activity.customer_id.in_(customer_ids) & Activity.deleted_at.is_(None),
        deleted_at=clock.now(),
        deleted_by_id=by,
        deleted_with_id=Activity.customer_id,
    )


def out_of_bin(customer_ids: Collection[UUID]) -> None:
    """Customers come back, with what had gone along."""
    _set(
        Activity.deleted_with_id.in_(customer_ids),
        deleted_at=None,
        deleted_by_id=None,
        deleted_with_id=None,
    )


def customer_gone(customer_id: UUID) -> None:
    """A customer is removed, and so is what was done there."""
    _remove(Activity.customer_id == customer_id)


def contacts_gone(contact_ids: Collection[UUID]) -> None:
    """Contacts are removed: what was done with them stays at their customer, if they had one."""
    with_them = Activity.contact_id.in_(contact_ids)
    _remove(with_them & Activity.customer_id.is_(None))
    _set(with_them, contact_id=None)


def _set(which: ColumnElement[bool], **values: object) -> None:
    db.session.execute(update(Activity).where(which).values(**values).execution_options(**_UNSEEN))


def _remove(which: ColumnElement[bool]) -> None:
    gone = db.session.scalars(select(Activity.id).where(which)).all()
    if gone:
        following.activities_gone(gone)
        field_index.drop(gone)
        publish(RecordsGone(record_type="activity", record_ids=tuple(gone)))
        db.session.execute(delete(Activity).where(Activity.id.in_(gone)).execution_options(**_UNSEEN))
