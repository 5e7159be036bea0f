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


def parts_written(parts: int) -> str:
    """A quantity that was kept, as `written` writes it."""
    whole, rest = divmod(parts, 10**DECIMALS)
    return f"{whole}.{rest:0{DECIMALS}}".rstrip("0") if rest else str(whole)


def written(quantity: Decimal) -> str:
    """A quantity as text, without zeros that say nothing."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
