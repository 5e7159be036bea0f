"""The words by which customers are sorted into kinds."""

from datetime import UTC, datetime
from enum import StrEnum

NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""When a customer was last followed up that never was: before all others, so that they come first."""
UNPLANNED = datetime(9999, 12, 31, tzinfo=UTC)
"""When the next step is due where there is none: after all others."""


class CustomerKind(StrEnum):
    """Whom we deal with."""

    COMPANY = "company"
    PERSON = "person"


class CustomerType(StrEnum):
    """In what role they deal with us."""

    END_CUSTOMER = "end_customer"
    CHANNEL = "channel"
    SUPPLIER = "supplier"
    COMPETITOR = "competitor"
    MEDIA = "media"
    PARTNER = "partner"
    OTHER = "other"


class Tier(StrEnum):
    """What they are worth to us."""

    PLATINUM = "platinum"
    GOLD = "gold"
    NORMAL = "normal"
    POOR = "poor"


class Stage(StrEnum):
    """How far we have come with them."""

    POTENTIAL = "potential"
    INTENT = "intent"
    DEAL = "deal"
    LOST = "lost"
