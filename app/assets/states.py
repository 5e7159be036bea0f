"""The words that assets are described with."""

from enum import StrEnum


class AssetState(StrEnum):
    """Whether it is still there and looked after."""

    IN_USE = "in_use"
    RETIRED = "retired"


class Every(StrEnum):
    """What the time between two maintenances is counted in."""

    DAY = "day"
    MONTH = "month"
