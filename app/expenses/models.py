"""Expense claims: what somebody spent for the company, line by line, with the receipts for it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.errors import Conflict
from app.core.ids import new_id
from app.expenses.states import ClaimState
from app.records.numbering import YearCounter
from app.records.references import Reference, declare
from app.records.submitting import Submitted
from tenants.ownership import TenantOwned, points_to


class ClaimNotDraft(Conflict):
    """What was submitted is frozen: it must be withdrawn first."""

    code = "expense-claim-not-draft"


class ClaimNotSubmitted(Conflict):
    """Nobody is asked about it."""

    code = "expense-claim-not-submitted"


class ClaimNotApproved(Conflict):
    """It may not be paid yet, or is paid already."""

    code = "expense-claim-not-approved"


class ClaimNotPaid(Conflict):
    """There is no payment that could be taken back."""

    code = "expense-claim-not-paid"


class ExpenseClaim(Submitted, TenantOwned, Base):
    """What somebody wants back, in minor units of one currency; it belongs to whoever spent it."""

    __tablename__ = "expense_claims"
    __table_args__ = (
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("expense_requests", "request_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=ClaimState.DRAFT)
    in_approval: Mapped[bool] = mapped_column(default=False)
    """Whether somebody is asked about it; otherwise it is approved as soon as it is submitted."""
    returned: Mapped[str | None]
    """Why a draft is one again."""
    owner_id: Mapped[UUID]
    department_id: Mapped[UUID | None]
    currency: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    tax: Mapped[int] = mapped_column(BigInteger, default=0)
    """What of that is tax, as far as the lines tell."""
    line_count: Mapped[int] = mapped_column(default=0)
    receipt_count: Mapped[int] = mapped_column(default=0)
    remark: Mapped[str | None]
    request_id: Mapped[UUID | None]
    """The granted request that it draws on."""
    search_text: Mapped[str]
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    paid_on: Mapped[date | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]

    __mapper_args__ = {"version_id_col": version}
    not_draft, not_submitted = ClaimNotDraft, ClaimNotSubmitted

    def be_paid(self, *, on: date) -> None:
        """Have been paid."""
        if self.state != ClaimState.APPROVED:
            raise ClaimNotApproved(state=self.state)
        self.state, self.paid_on = ClaimState.PAID, on

    def be_unpaid(self) -> None:
        """Be due again: what was written down as a payment was none."""
        if self.state != ClaimState.PAID:
            raise ClaimNotPaid(state=self.state)
        self.state, self.paid_on = ClaimState.APPROVED, None


class ExpenseLine(TenantOwned, Base):
    """One thing that money was spent on."""

    __tablename__ = "expense_lines"
    __table_args__ = (
        points_to("expense_claims", "claim_id", ondelete="CASCADE"),
        points_to("expense_kinds", "kind_id"),
        points_to("customers", "customer_id"),
        points_to("quotes", "quote_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claim_id: Mapped[UUID]
    position: Mapped[int]
    kind_id: Mapped[UUID]
    spent_on: Mapped[date]
    amount: Mapped[int] = mapped_column(BigInteger)
    """All that was paid, tax included."""
    tax: Mapped[int] = mapped_column(BigInteger)
    description: Mapped[str | None]
    city: Mapped[str | None]
    customer_id: Mapped[UUID | None]
    """For whom it was spent."""
    quote_id: Mapped[UUID | None]
    over_reason: Mapped[str | None]
    """Why it is above its limit."""
    limit_held: Mapped[dict[str, Any] | None]
    """The limit that bound it when it was submitted, as it was shown."""


class ExpenseReceipt(TenantOwned, Base):
    """A receipt for a line: a file, and what makes it known again.

    While `held`, no other claim of the company can be submitted with it: two partial unique indexes see to
    that, one over what the file contains and one over the number printed on it.
    """

    __tablename__ = "expense_receipts"
    __table_args__ = (
        points_to("expense_claims", "claim_id", ondelete="CASCADE"),
        points_to("expense_lines", "line_id", ondelete="CASCADE"),
        points_to("attachments", "file_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claim_id: Mapped[UUID]
    line_id: Mapped[UUID]
    file_id: Mapped[UUID]
    sha256: Mapped[str]
    invoice_code: Mapped[str | None]
    invoice_number: Mapped[str | None]
    invoice_key: Mapped[str | None]
    """Both as compared."""
    held: Mapped[bool]


class ExpensePayment(TenantOwned, Base):
    """That a claim was paid; what was written down by mistake is reversed, never removed."""

    __tablename__ = "expense_payments"
    __table_args__ = (
        points_to("expense_claims", "claim_id", ondelete="CASCADE"),
        points_to("users", "made_by_id"),
        points_to("users", "reversed_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claim_id: Mapped[UUID]
    amount: Mapped[int] = mapped_column(BigInteger)
    """What the claim came to."""
    written_off: Mapped[int] = mapped_column(BigInteger, default=0)
    """What of it was offset by advances; the rest was paid out."""
    paid_on: Mapped[date]
    reference: Mapped[str | None]
    """By which it is found at the bank."""
    made_by_id: Mapped[UUID]
    made_at: Mapped[datetime]
    reversed_at: Mapped[datetime | None]
    reversed_by_id: Mapped[UUID | None]
    reversal_reason: Mapped[str | None]


class ExpenseCounter(YearCounter, Base):
    """How many claims a company has begun in a year."""

    __tablename__ = "expense_counters"


declare(
    Reference(table="expense_lines", column="customer_id", to="customer", versioned=False),
)
