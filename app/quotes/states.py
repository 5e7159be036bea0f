"""The words by which quotes are sorted."""

from enum import StrEnum


class QuoteState(StrEnum):
    """How far a quote has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


class Returned(StrEnum):
    """Why a quote that was submitted is a draft again."""

    WITHDRAWN = "withdrawn"
    SENT_BACK = "sent_back"
    REJECTED = "rejected"


class Outcome(StrEnum):
    """What the customer says."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


OPEN = frozenset({QuoteState.APPROVED, QuoteState.SENT})
"""A customer could still say yes."""
ENDED = frozenset({QuoteState.ACCEPTED, QuoteState.DECLINED, QuoteState.EXPIRED})
