"""Quotes: what is offered to a customer, line by line, and what was submitted before."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.errors import Conflict
from app.core.ids import new_id
from app.quotes.states import ENDED, OPEN, Outcome, QuoteState, Returned
from app.records.numbering import YearCounter
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class QuoteNotDraft(Conflict):
    """What was submitted is frozen: it must be withdrawn, or a new version begun."""

    code = "quote-not-draft"


class QuoteNotSubmitted(Conflict):
    """Nobody is asked about it."""

    code = "quote-not-submitted"


class QuoteNotApproved(Conflict):
    """It may not go out yet, or is out already."""

    code = "quote-not-approved"


class QuoteNotOpen(Conflict):
    """There is nothing that a customer could accept or decline."""

    code = "quote-not-open"


class QuoteStillDraft(Conflict):
    """It can be changed as it is; no new version is needed."""

    code = "quote-still-draft"


class QuoteInApproval(Conflict):
    """Somebody is asked about it at this moment."""

    code = "quote-in-approval"


class Quote(TenantOwned, Base):
    """An offer to a customer; amounts in minor units of its currency.

    `revision` counts what was submitted: what is a draft again is the next one. How its sums are worked out
    and rounded stands in `arithmetic`. It is seen by whoever may see its customer: owner and department are
    the customer's, copied here so that lists find them by one index, and kept in step by a flow.
    """

    __tablename__ = "quotes"
    __table_args__ = (
        points_to("customers", "customer_id"),
        points_to("contacts", "contact_id"),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("users", "created_by_id"),
        points_to("users", "submitted_by_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=QuoteState.DRAFT)
    in_approval: Mapped[bool] = mapped_column(default=False)
    """Whether somebody is asked about it; otherwise it is approved as soon as it is submitted."""
    returned: Mapped[str | None]
    """Why a draft is one again."""
    returned_note: Mapped[str | None]
    customer_id: Mapped[UUID]
    contact_id: Mapped[UUID | None]
    owner_id: Mapped[UUID | None]
    """The customer's, as its department."""
    department_id: Mapped[UUID | None]
    created_by_id: Mapped[UUID | None]
    currency: Mapped[str]
    with_tax: Mapped[bool]
    """Whether its prices are told with tax."""
    valid_until: Mapped[date | None]
    """The last day, by the company's clock."""
    terms: Mapped[str | None]
    """What the customer reads."""
    remark: Mapped[str | None]
    """What only colleagues read."""
    discount_rate: Mapped[int] = mapped_column(default=0)
    discount_amount: Mapped[int] = mapped_column(BigInteger, default=0)
    list_amount: Mapped[int] = mapped_column(BigInteger, default=0)
    line_discounts: Mapped[int] = mapped_column(BigInteger, default=0)
    discount: Mapped[int] = mapped_column(BigInteger, default=0)
    net: Mapped[int] = mapped_column(BigInteger, default=0)
    tax: Mapped[int] = mapped_column(BigInteger, default=0)
    gross: Mapped[int] = mapped_column(BigInteger, default=0)
    cost: Mapped[int | None] = mapped_column(BigInteger)
    margin: Mapped[int | None] = mapped_column(BigInteger)
    margin_rate: Mapped[int | None]
    off_list: Mapped[int | None]
    """By how much all of it is cheaper than at list prices, in basis points; negative where it is dearer."""
    below_floor: Mapped[bool] = mapped_column(default=False)
    line_count: Mapped[int] = mapped_column(default=0)
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    search_text: Mapped[str]
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]
    deleted_with_id: Mapped[UUID | None]
    """The customer that took it to the recycle bin along with it."""

    shared = False
    """Whether the actor who fetched it collaborates on its customer."""

    __mapper_args__ = {"version_id_col": version}

    @property
    def in_bin(self) -> bool:
        """Whether it lies in the recycle bin."""
        return self.deleted_at is not None

    @property
    def label(self) -> str:
        """How people call it."""
        return f"{self.number} {self.title}"

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed."""
        return self.state == QuoteState.DRAFT

    def demand_draft(self) -> None:
        """Refuse to change what is frozen.

        :raises QuoteNotDraft: if it is
        """
        if not self.is_draft:
            raise QuoteNotDraft(state=self.state)

    def submit(self, by: UUID, *, at: datetime) -> None:
        """Freeze the draft and ask for approval."""
        self.demand_draft()
        self.state, self.submitted_at, self.submitted_by_id = QuoteState.SUBMITTED, at, by
        self.returned = self.returned_note = None

    def come_back(self, why: Returned, *, note: str | None = None) -> None:
        """Be a draft again, the next one."""
        self.demand_submitted()
        self._begin_anew()
        self.returned, self.returned_note = why, note

    def demand_submitted(self) -> None:
        """Refuse to decide about what nobody asks.

        :raises QuoteNotSubmitted: if nobody does
        """
        if self.state != QuoteState.SUBMITTED:
            raise QuoteNotSubmitted(state=self.state)

    def be_approved(self, *, at: datetime) -> None:
        """Be free to go out."""
        self.demand_submitted()
        self.state, self.approved_at, self.in_approval = QuoteState.APPROVED, at, False

    def be_sent(self, *, at: datetime) -> None:
        """Have gone out to the customer."""
        if self.state != QuoteState.APPROVED:
            raise QuoteNotApproved(state=self.state)
        self.state, self.sent_at = QuoteState.SENT, at

    def be_decided(self, outcome: Outcome, *, at: datetime, reason: str | None) -> None:
        """Have the customer's word."""
        if self.state not in OPEN:
            raise QuoteNotOpen(state=self.state)
        self.state, self.decided_at = QuoteState(outcome.value), at
        self.decline_reason = reason if outcome is Outcome.DECLINED else None

    def expire(self) -> None:
        """Hold no longer."""
        if self.state not in OPEN:
            raise QuoteNotOpen(state=self.state)
        self.state = QuoteState.EXPIRED

    def renew(self) -> None:
        """Become a draft that begins as what went before."""
        if self.state == QuoteState.DRAFT:
            raise QuoteStillDraft
        if self.state == QuoteState.SUBMITTED:
            raise QuoteInApproval
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.state, self.revision, self.in_approval = QuoteState.DRAFT, self.revision + 1, False
        self.submitted_at = self.submitted_by_id = self.approved_at = self.sent_at = self.decided_at = None
        self.decline_reason = self.returned = self.returned_note = None

    @property
    def has_ended(self) -> bool:
        """Whether the customer has decided, or waited too long."""
        return self.state in ENDED


class QuoteLine(TenantOwned, Base):
    """One line of a quote as it is now: a product, or free text; what it comes to stands beside it."""

    __tablename__ = "quote_lines"
    __table_args__ = (
        points_to("quotes", "quote_id", ondelete="CASCADE"),
        points_to("products", "product_id"),
        points_to("price_books", "price_book_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    quote_id: Mapped[UUID]
    position: Mapped[int]
    product_id: Mapped[UUID | None]
    name: Mapped[str]
    code: Mapped[str | None]
    specification: Mapped[str | None]
    unit: Mapped[str | None]
    quantity: Mapped[int] = mapped_column(BigInteger)
    """In ten-thousandths."""
    list_price: Mapped[int | None] = mapped_column(BigInteger)
    unit_price: Mapped[int] = mapped_column(BigInteger)
    price_source: Mapped[str | None]
    """Which kind of price held when the line was saved."""
    price_book_id: Mapped[UUID | None]
    discount_rate: Mapped[int]
    discount_amount: Mapped[int] = mapped_column(BigInteger)
    tax_rate: Mapped[int]
    floor_price: Mapped[int | None] = mapped_column(BigInteger)
    unit_cost: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str | None]
    list_amount: Mapped[int] = mapped_column(BigInteger)
    discount: Mapped[int] = mapped_column(BigInteger)
    shared_discount: Mapped[int] = mapped_column(BigInteger)
    net: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    gross: Mapped[int] = mapped_column(BigInteger)
    cost: Mapped[int | None] = mapped_column(BigInteger)
    below_floor: Mapped[bool]


class QuoteVersion(TenantOwned, Base):
    """What was submitted, whole, and what became of it; it never changes but for that."""

    __tablename__ = "quote_versions"
    __table_args__ = (
        points_to("quotes", "quote_id", ondelete="CASCADE"),
        points_to("users", "submitted_by_id"),
    )

    quote_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]]
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    submitted_by_id: Mapped[UUID | None]
    submitted_at: Mapped[datetime]


class QuoteCounter(YearCounter, Base):
    """How many quotes a company has begun in a year."""

    __tablename__ = "quote_counters"


declare(
    Reference(table="quotes", column="customer_id", to="customer", follows=True),
    Reference(table="quotes", column="deleted_with_id", to="customer"),
    Reference(table="quotes", column="contact_id", to="contact"),
)
