"""What people have said about being written to, and the addresses that nothing is sent to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.consents.calm import DEFAULTS, Calm
from app.consents.states import Purpose
from app.core.db import Base, db
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class ConsentEntry(TenantOwned, Base):
    """One thing a contact has said, or that is known of them. Entries are added, never changed.

    Of several about the same, that which was said last holds.
    """

    __tablename__ = "consent_entries"
    __table_args__ = (
        points_to("contacts", "contact_id", ondelete="CASCADE"),
        points_to("users", "noted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    contact_id: Mapped[UUID]
    about: Mapped[str]
    purpose: Mapped[str | None]
    """Of a consent."""
    way: Mapped[str | None]
    """Of a consent."""
    holds: Mapped[bool]
    """Whether it is so from then on, or no longer."""
    source: Mapped[str]
    evidence: Mapped[str | None]
    """Where it can be looked up, or in what words it was said."""
    said_at: Mapped[datetime]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[UUID | None]
    """Nobody, if they said so themselves."""


declare(Reference(table="consent_entries", column="contact_id", to="contact", versioned=False))


class Suppression(TenantOwned, Base):
    """An address that nothing is sent to, whoever it belongs to, until that is lifted."""

    __tablename__ = "suppressions"
    __table_args__ = (points_to("users", "added_by_id"), points_to("users", "lifted_by_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    way: Mapped[str]
    address: Mapped[str]
    """In the one form in which addresses are compared: a number as E.164, a mail address in small letters."""
    reason: Mapped[str]
    note: Mapped[str | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[UUID | None]
    lifted_because: Mapped[str | None]


class CalmPolicy(TenantOwned, Base):
    """When a company writes to people outside, and how often at most; one row at most."""

    __tablename__ = "calm_policies"

    version: Mapped[int] = mapped_column(default=1)
    rules: Mapped[dict[str, Any]]
    """By purpose; see `app.consents.calm`."""

    # Counted by hand: what no row says is the first version.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def calm(self, purpose: Purpose) -> Calm:
        """What holds for a purpose."""
        told = self.rules.get(purpose)
        return Calm.read(told) if told else DEFAULTS[purpose]


def current_policy() -> CalmPolicy:
    """What holds in the current company; not to be saved as it is."""
    return db.session.scalars(select(CalmPolicy)).first() or CalmPolicy(version=1, rules={})
