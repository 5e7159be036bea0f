"""Where purchases are known from."""

from enum import StrEnum


class Source(StrEnum):
    """Somebody has told of it or brought it in with a file, or the customer has accepted a quote."""

    HAND = "hand"
    FILE = "file"
    QUOTE = "quote"
