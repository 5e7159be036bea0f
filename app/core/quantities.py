"""Quantities: up to four decimals, kept as whole ten-thousandths."""

from decimal import Decimal

DECIMALS = 4
MOST_QUANTITY = 10**9


def in_parts(quantity: Decimal) -> int:
    """A quantity as it is kept."""
    return int(quantity.scaleb(DECIMALS))


def from_parts(parts: int) -> Decimal:
    """A quantity as it was kept."""
    return Decimal(parts).scaleb(-DECIMALS)


def written(quantity: Decimal) -> str:
    """A quantity as text, without zeros that say nothing."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
