"""Where purchases are known from."""

from enum import StrEnum


class Source(StrEnum):
    """Somebody has told of it, or the customer has accepted a quote."""

    HAND = "hand"
    QUOTE = "quote"
