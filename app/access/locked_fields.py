"""Fields that take a permission of their own, besides what a company hides from its roles."""

from dataclasses import dataclass

from app.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Lock:
    """Fields that exist only for whoever has a permission."""

    permission: Permission
    fields: frozenset[str]
    with_: tuple[str, str] | None = None
    """A field of another kind of record: whoever may not read that may not read these either."""


BEHIND = {
    "product": Lock(Permission.PRODUCT_COST, frozenset({"cost", "floor_price"})),
    "quote": Lock(
        Permission.PRODUCT_COST, frozenset({"cost", "margin", "margin_rate"}), with_=("product", "cost")
    ),
}
"""By kind of record."""
