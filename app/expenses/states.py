"""The words by which expense claims are sorted."""

from enum import StrEnum


class ClaimState(StrEnum):
    """How far an expense claim has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAID = "paid"


class Returned(StrEnum):
    """Why a claim that was submitted is a draft again."""

    WITHDRAWN = "withdrawn"
    SENT_BACK = "sent_back"


CHANGEABLE = frozenset({ClaimState.DRAFT, ClaimState.REJECTED})
"""Nobody is asked about it, and nobody has agreed to it."""
