"""Money: whole minor units and a currency, never a float."""

from collections.abc import Sequence
from dataclasses import dataclass

CURRENCIES = {"CNY": 2, "USD": 2, "EUR": 2, "HKD": 2, "JPY": 0, "GBP": 2, "TWD": 2, "SGD": 2}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen, cents) of one ISO 4217 currency."""

    amount: int
    currency: str = "CNY"


def written(amount: int, currency: str) -> str:
    """An amount that is not negative, in whole units: `90.00`."""
    if not (decimals := CURRENCIES[currency]):
        return str(amount)
    whole, rest = divmod(amount, 10**decimals)
    return f"{whole}.{rest:0{decimals}}"


MOST = 10**15
"""Beyond this, in minor units, nothing is bought or sold; twice that is still exact in any browser."""


def share_of(amount: int, part: int, whole: int) -> int:
    """`amount × part ÷ whole`, half up; none of them negative."""
    return (2 * amount * part + whole) // (2 * whole)


def shares(amount: int, weights: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """An amount spread in proportion to weights by the largest remainder; nothing is lost or added.

    Equal remainders: the larger weight first, then the lower rank, then the earlier place. No share is larger
    than its weight as long as the amount is not larger than their sum.
    """
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [divmod(amount * weight, whole) for weight in weights]
    missing = amount - sum(share for share, _ in parts)
    order = sorted(range(len(weights)), key=lambda i: (-parts[i][1], -weights[i], ranks[i]))
    more = set(order[:missing])
    return [share + (i in more) for i, (share, _) in enumerate(parts)]
