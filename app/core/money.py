"""Money: whole minor units and a currency, never a float."""

from dataclasses import dataclass

CURRENCIES = {"CNY": 2, "USD": 2, "EUR": 2, "HKD": 2, "JPY": 0, "GBP": 2, "TWD": 2, "SGD": 2}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen, cents) of one ISO 4217 currency."""

    amount: int
    currency: str = "CNY"
