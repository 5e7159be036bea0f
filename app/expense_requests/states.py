"""The words by which expense requests are sorted."""

from enum import StrEnum


class RequestState(StrEnum):
    """How far an expense request has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"
