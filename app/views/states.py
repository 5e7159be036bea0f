"""For whom a view is there."""

from enum import StrEnum


class Audience(StrEnum):
    """Who sees a view besides its owner."""

    PRIVATE = "private"
    SOME = "some"
    EVERYONE = "everyone"
