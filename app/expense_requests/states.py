"""The words by which expense requests are sorted."""

from enum import StrEnum


class RequestState(StrEnum):
    """How far an expense request has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"


class Returned(StrEnum):
    """Why a request that was submitted is a draft again."""

    WITHDRAWN = "withdrawn"
    SENT_BACK = "sent_back"


CHANGEABLE = frozenset({RequestState.DRAFT, RequestState.REJECTED})
"""Nobody is asked about it, and nobody has agreed to it."""
