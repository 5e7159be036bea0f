"""The words by which expense claims are sorted."""

from enum import StrEnum


class ClaimState(StrEnum):
    """How far an expense claim has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAID = "paid"


COUNTED = (ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.PAID)
"""Somebody has it back, or may have."""
