"""The words by which price books are sorted."""

from enum import StrEnum


class BookKind(StrEnum):
    """For whom a price book is; what stands first goes before what follows."""

    CUSTOMER = "customer"
    TIER = "tier"
    STANDARD = "standard"


class BookState(StrEnum):
    """Whether prices are taken from it."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


LIST_PRICE = "list"
"""Where a price comes from that stands in no price book."""
