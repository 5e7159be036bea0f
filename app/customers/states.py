"""The words by which customers are sorted into kinds."""

from enum import StrEnum


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
