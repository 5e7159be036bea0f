"""Advances: what somebody borrows from the company before they spend it, and the ledger of each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.advances.states import AdvanceState
from app.core.db import Base
from app.core.errors import Conflict
from app.core.ids import new_id
from app.records.numbering import YearCounter
from app.records.submitting import Returned, Submitted
from tenants.ownership import TenantOwned, points_to


class AdvanceNotDraft(Conflict):
    """What was submitted is frozen: it must be withdrawn first."""

    code = "advance-not-draft"


class AdvanceNotSubmitted(Conflict):
    """Nobody is asked about it."""

    code = "advance-not-submitted"


class AdvanceNotApproved(Conflict):
    """It may not be paid out yet, or was paid out already."""

    code = "advance-not-approved"


class AdvancePaidOnce(Conflict):
    """It was paid out once: what its ledger tells stays."""

    code = "advance-paid-once"


class Advance(Submitted, TenantOwned, Base):
    """What somebody borrows, in minor units of one currency; it belongs to whoever borrows it.

    What is still owed is the sum of its ledger, and stands here too: a check of the table keeps it between
    nothing and the whole.
    """

    __tablename__ = "advances"
    __table_args__ = (
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=AdvanceState.DRAFT)
    in_approval: Mapped[bool] = mapped_column(default=False)
    """Whether somebody is asked about it; otherwise it is approved as soon as it is submitted."""
    returned: Mapped[str | None]
    """Why a draft is one again."""
    owner_id: Mapped[UUID]
    department_id: Mapped[UUID | None]
    currency: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    outstanding: Mapped[int] = mapped_column(BigInteger, default=0)
    """What is still owed."""
    due_on: Mapped[date]
    """By when nothing is to be owed any more."""
    remark: Mapped[str | None]
    search_text: Mapped[str]
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    paid_on: Mapped[date | None]
    overdue_told_at: Mapped[datetime | None]
    """When its owner heard that it is overdue: once."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]

    __mapper_args__ = {"version_id_col": version}
    not_draft, not_submitted = AdvanceNotDraft, AdvanceNotSubmitted

    def be_withdrawn(self) -> None:
        """Be a draft again, because it is not wanted, or not so; granted or not, until it is paid out."""
        if self.state == AdvanceState.APPROVED:
            self.state, self.submitted_at, self.approved_at = AdvanceState.DRAFT, None, None
            self.returned = Returned.WITHDRAWN
        else:
            self.come_back(Returned.WITHDRAWN)


class AdvanceEntry(TenantOwned, Base):
    """A line of an advance's ledger, which is only added to; positive is what becomes owed."""

    __tablename__ = "advance_entries"
    __table_args__ = (
        points_to("advances", "advance_id", ondelete="CASCADE"),
        points_to("expense_claims", "claim_id"),
        points_to("advance_entries", "reverses_id"),
        points_to("users", "made_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    advance_id: Mapped[UUID]
    kind: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    done_on: Mapped[date]
    reference: Mapped[str | None]
    """By which it is found at the bank, or in the books."""
    reason: Mapped[str | None]
    """Why it reverses another."""
    claim_id: Mapped[UUID | None]
    """The claim that it was written off against."""
    reverses_id: Mapped[UUID | None]
    made_by_id: Mapped[UUID]
    made_at: Mapped[datetime]


class AdvanceCounter(YearCounter, Base):
    """How many advances a company has begun in a year."""

    __tablename__ = "advance_counters"
