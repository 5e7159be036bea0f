"""The words that short messages are described with."""

from enum import StrEnum


class Vendor(StrEnum):
    """Whose service sends them."""

    TENCENT = "tencent"
    ALIYUN = "aliyun"


class AccountState(StrEnum):
    """Whether an account is used."""

    ON = "on"
    OFF = "off"


class FilingState(StrEnum):
    """Whether a vendor lets a text be sent."""

    SUBMITTING = "submitting"
    """We have yet to hand it in."""
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
