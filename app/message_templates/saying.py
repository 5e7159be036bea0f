"""Days, amounts and what stands in a company's own fields, as a message says them in its language."""

import calendar
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from app.core import money as core_money
from app.fields.catalogue import CustomField
from app.fields.states import CHOOSING, FieldKind

_SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "GBP": "£"}
_YES = {True: ("是", "Yes"), False: ("否", "No")}


def day(text: str | None, locale: str) -> str | None:
    """A day; None for none."""
    if text is None:
        return None
    told = date.fromisoformat(text)
    if locale == "en":
        return f"{told.day} {calendar.month_name[told.month]} {told.year}"
    return f"{told.year}年{told.month}月{told.day}日"


def money(amount: int, currency: str) -> str:
    """An amount of minor units with the sign of its currency."""
    whole, dot, rest = core_money.written(amount, currency).partition(".")
    return f"{_SIGNS.get(currency, currency + ' ')}{int(whole):,}{dot}{rest}"


def own(field: CustomField, value: Any, locale: str, zone: tzinfo) -> str:
    """What stands in a field of the company's own; empty for what a message cannot say."""
    if field.kind in CHOOSING:
        chosen = value if isinstance(value, list) else [value]
        between = ", " if locale == "en" else "、"
        return between.join(str(field.options[one]["label"]) for one in chosen if one in field.options)
    said = _SAID.get(field.holds)
    return said(value, locale, zone) if said else ""


def _moment(value: str, locale: str, zone: tzinfo) -> str:
    at = datetime.fromisoformat(value).astimezone(zone)
    return f"{day(at.date().isoformat(), locale)} {at:%H:%M}"


_SAID: Mapping[FieldKind, Callable[[Any, str, tzinfo], str]] = {
    FieldKind.TEXT: lambda value, _locale, _zone: str(value),
    FieldKind.LONG_TEXT: lambda value, _locale, _zone: str(value),
    FieldKind.NUMBER: lambda value, _locale, _zone: f"{Decimal(str(value)):,f}",
    FieldKind.MONEY: lambda value, _locale, _zone: money(value["amount"], value["currency"]),
    FieldKind.DATE: lambda value, locale, _zone: day(value, locale) or "",
    FieldKind.DATE_TIME: _moment,
    FieldKind.YES_NO: lambda value, locale, _zone: _YES[bool(value)][locale == "en"],
}
SAYABLE = frozenset({*_SAID, *CHOOSING})
"""The kinds of fields that a message can say; colleagues, records and files it cannot."""
