"""Expense requests: what somebody wants to spend for the company, before they spend it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.errors import Conflict
from app.core.ids import new_id
from app.expense_requests.states import RequestState
from app.records.numbering import YearCounter
from app.records.references import Reference, declare
from app.records.submitting import Submitted
from tenants.ownership import TenantOwned, points_to


class RequestNotDraft(Conflict):
    """What was submitted is frozen: it must be withdrawn first."""

    code = "expense-request-not-draft"


class RequestNotSubmitted(Conflict):
    """Nobody is asked about it."""

    code = "expense-request-not-submitted"


class RequestNotOpen(Conflict):
    """It was not granted, or is closed."""

    code = "expense-request-not-open"


class ExpenseRequest(Submitted, TenantOwned, Base):
    """What somebody asks to spend, in minor units of one currency; it belongs to whoever asks."""

    __tablename__ = "expense_requests"
    __table_args__ = (
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("customers", "customer_id"),
        points_to("quotes", "quote_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=RequestState.DRAFT)
    in_approval: Mapped[bool] = mapped_column(default=False)
    """Whether somebody is asked about it; otherwise it is granted as soon as it is submitted."""
    returned: Mapped[str | None]
    """Why a draft is one again."""
    owner_id: Mapped[UUID]
    department_id: Mapped[UUID | None]
    currency: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    line_count: Mapped[int] = mapped_column(default=0)
    remark: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    city: Mapped[str | None]
    customer_id: Mapped[UUID | None]
    """For whom it is to be spent."""
    quote_id: Mapped[UUID | None]
    search_text: Mapped[str]
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]

    __mapper_args__ = {"version_id_col": version}
    not_draft, not_submitted = RequestNotDraft, RequestNotSubmitted

    @property
    def days(self) -> int | None:
        """How many days it is for, the first and the last one among them."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return (self.ends_on - self.starts_on).days + 1

    def close(self, *, at: datetime) -> None:
        """Let no further claim draw on it.

        :raises RequestNotOpen: if none can
        """
        if self.state != RequestState.APPROVED:
            raise RequestNotOpen(state=self.state)
        self.state, self.closed_at = RequestState.CLOSED, at


class ExpenseRequestLine(TenantOwned, Base):
    """One thing that money is to be spent on."""

    __tablename__ = "expense_request_lines"
    __table_args__ = (
        points_to("expense_requests", "request_id", ondelete="CASCADE"),
        points_to("expense_kinds", "kind_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    position: Mapped[int]
    kind_id: Mapped[UUID]
    amount: Mapped[int] = mapped_column(BigInteger)
    description: Mapped[str | None]


class ExpenseRequestCounter(YearCounter, Base):
    """How many requests a company has begun in a year."""

    __tablename__ = "expense_request_counters"


declare(
    Reference(table="expense_requests", column="customer_id", to="customer"),
)
