"""Fields that take a permission of their own, besides what a company hides from its roles."""

from dataclasses import dataclass

from app.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Lock:
    """Fields that exist only for whoever has a permission."""

    permission: Permission
    fields: frozenset[str]


BEHIND = {"product": Lock(Permission.PRODUCT_COST, frozenset({"cost", "floor_price"}))}
"""By kind of record."""
