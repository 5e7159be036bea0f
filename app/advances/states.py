"""The words by which advances are sorted."""

from enum import StrEnum


class AdvanceState(StrEnum):
    """How far an advance has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    OUTSTANDING = "outstanding"
    SETTLED = "settled"
    REJECTED = "rejected"


class EntryKind(StrEnum):
    """What a line of the ledger tells; what reverses it is of the same kind."""

    PAYOUT = "payout"
    WRITE_OFF = "write_off"
    RETURN = "return"
