"""The words for where a product stands."""

from enum import StrEnum


class ProductState(StrEnum):
    """Whether it is still sold."""

    ACTIVE = "active"
    RETIRED = "retired"
