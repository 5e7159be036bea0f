"""What happens to quotes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class QuoteSubmitted(Event):
    """Somebody asks to send a quote out; whoever takes it up says so, or it is approved at once."""

    quote_id: UUID
    revision: int
    submitted_by_id: UUID
    owner_id: UUID | None
    department_id: UUID | None
    customer_id: UUID
    chosen: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    """Whom the submitter has chosen to decide, by where in the flow."""


@dataclass(frozen=True, kw_only=True)
class QuoteWithdrawn(Event):
    """Whoever submitted a quote wants to change it; nobody need decide any more."""

    quote_id: UUID
    revision: int
    by_id: UUID


@dataclass(frozen=True, kw_only=True)
class QuoteApproved(Event):
    """A quote may go out."""

    quote_id: UUID
    revision: int
    owner_id: UUID | None
    label: str


@dataclass(frozen=True, kw_only=True)
class QuoteReturned(Event):
    """A quote was rejected or sent back: it is a draft again."""

    quote_id: UUID
    revision: int
    """Which one came back."""
    submitted_by_id: UUID | None
    why: str
    note: str | None
    owner_id: UUID | None
    label: str


@dataclass(frozen=True, kw_only=True)
class QuoteDecided(Event):
    """The customer has accepted or declined, or has waited too long."""

    quote_id: UUID
    revision: int
    state: str
    owner_id: UUID | None
    label: str
    said_by: str | None = None
    """By the name they gave, if they have said it themselves."""
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuoteRenewed(Event):
    """The next version of a quote is begun: what was said about the one before holds no more."""

    quote_id: UUID
    state: str
    """What it was until then."""


@dataclass(frozen=True, kw_only=True)
class QuoteOpened(Event):
    """Somebody opens a link to a quote for the first time."""

    quote_id: UUID
    link_id: UUID
    owner_id: UUID | None
    label: str
    recipient: str | None
    """Whom the link was made for."""


@dataclass(frozen=True, kw_only=True)
class QuoteLetter:
    """A letter to one of several recipients, and the link made for them."""

    to: str
    token: str


@dataclass(frozen=True, kw_only=True)
class QuoteMailed(Event):
    """A quote goes to the customer by mail."""

    quote_id: UUID
    revision: int
    layout_id: UUID | None
    letters: tuple[QuoteLetter, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    text: str
    company: str
    sender_id: UUID
    reply_to: str | None
    locale: str
