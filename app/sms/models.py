"""Accounts at vendors of short messages, and which texts they have approved."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from app.sms.states import AccountState, FilingState
from tenants.ownership import TenantOwned, points_to


class SmsAccount(TenantOwned, Base):
    """A company's account at a vendor. The first that is on and may send a text does."""

    __tablename__ = "sms_accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    vendor: Mapped[str]
    name: Mapped[str]
    place: Mapped[int]
    state: Mapped[str] = mapped_column(default=AccountState.ON)
    app_id: Mapped[str | None]
    """At Tencent, the id of the application."""
    key_id: Mapped[str]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Encrypted, bound to the account."""
    signature: Mapped[str]
    """Without the brackets in which it stands before each text."""
    price: Mapped[int | None]
    """Of one segment, in thousandths of a yuan."""
    per_minute: Mapped[int | None]
    """How many messages it is given in a minute at most."""
    trouble: Mapped[str | None]
    """What the vendor says of the account itself, e.g. that its balance is used up."""
    troubled_since: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class SmsFiling(TenantOwned, Base):
    """A template as it was handed in at a vendor. If it is changed, it must be handed in anew."""

    __tablename__ = "sms_filings"
    __table_args__ = (
        points_to("sms_accounts", "account_id", ondelete="CASCADE"),
        points_to("message_templates", "template_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID]
    template_id: Mapped[UUID]
    text: Mapped[str]
    """As the template had it then, with its variables."""
    variables: Mapped[list[Any]]
    """In the order in which the vendor counts them."""
    code: Mapped[str | None]
    """By which name the vendor knows it."""
    state: Mapped[str] = mapped_column(default=FilingState.SUBMITTING)
    reason: Mapped[str | None]
    submitted_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    """When the vendor is asked about it again."""


class SmsInquiry(TenantOwned, Base):
    """A message of which nobody knows whether it was taken: its vendor is asked."""

    __tablename__ = "sms_inquiries"
    __table_args__ = (points_to("deliveries", "delivery_id", ondelete="CASCADE"),)

    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked: Mapped[int]
    """How often that was."""
    next_at: Mapped[datetime]


class SmsReply(TenantOwned, Base):
    """What somebody has answered."""

    __tablename__ = "sms_replies"
    __table_args__ = (
        points_to("sms_accounts", "account_id", ondelete="CASCADE"),
        points_to("contacts", "contact_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID]
    key: Mapped[str]
    """Tells one reply from another, however often the vendor tells of it."""
    number: Mapped[str]
    text: Mapped[str]
    opts_out: Mapped[bool]
    contact_id: Mapped[UUID | None]
    """Whose number it is, as far as we know: the one that was written to last."""
    at: Mapped[datetime]
    received_at: Mapped[datetime]


declare(Reference(table="sms_replies", column="contact_id", to="contact", versioned=False))
