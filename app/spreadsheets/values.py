"""Values that the product's own fields and a company's own show alike in cells."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.core.money import CURRENCIES
from app.core.xlsx_files import Cell
from app.spreadsheets.vocabulary import Reader

HOME_CURRENCY = "CNY"
_YES = {"zh-CN": ("否", "是"), "en": ("No", "Yes")}


def money(value: Mapping[str, Any], _reader: Reader) -> Cell:
    """An amount: of the home currency a number, of others with their code."""
    currency = value["currency"]
    amount = Decimal(value["amount"]).scaleb(-CURRENCIES[currency])
    return amount if currency == HOME_CURRENCY else f"{currency} {amount}"


def instant(value: str, reader: Reader) -> datetime:
    """A moment by the company's own clock: spreadsheets know no time zones."""
    return datetime.fromisoformat(value).astimezone(reader.zone).replace(tzinfo=None, microsecond=0)


def yes(value: Any, reader: Reader) -> str:
    """Yes or no, as a word."""
    return _YES[reader.locale][bool(value)]


def percent(value: int) -> str:
    """Basis points as people read them: 13%."""
    return f"{value / 100:g}%"
