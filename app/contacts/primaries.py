"""A customer has one primary contact: who was it gives way."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import update

from app.audit import services as audit
from app.audit.services import Doer, Entry
from app.contacts import trail
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db


def give_way(by: Doer, customer_ids: Collection[UUID], *, but: Collection[UUID] = ()) -> None:
    """Let customers have other primary contacts; two statements, or none.

    :param but: contacts that stay what they are
    """
    if not customer_ids:
        return
    former = db.session.execute(
        update(Contact)
        .where(
            Contact.customer_id.in_(customer_ids),
            Contact.is_primary,
            Contact.deleted_at.is_(None),
            Contact.id.not_in(but),
        )
        .values(is_primary=False, version=Contact.version + 1, updated_at=clock.now())
        .returning(Contact.id, Contact.name, Contact.customer_id)
        .execution_options(synchronize_session=False)
    ).all()
    told = [trail.change("is_primary", before=True, after=False)]
    audit.record_many(
        by,
        [
            Entry(
                action="updated",
                subject_type=trail.SUBJECT,
                subject_id=contact_id,
                subject_label=name,
                changes=told,
                about_id=customer_id,
            )
            for contact_id, name, customer_id in former
        ],
    )
