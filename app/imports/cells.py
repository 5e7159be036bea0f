"""From what stands in a cell to a value: numbers as people write them, years, phone numbers, tags."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.contacts.birthdays import Birthday, Calendar
from app.core import csv_files
from app.core.money import CURRENCIES, Money

HOME_CURRENCY = "CNY"
LARGEST_AMOUNT = 10**17
LARGEST_COUNT = 10**9
_LONGEST_QUANTITY = 60

# Spreadsheets leave these around values: full-width and hard spaces, byte order and zero-width marks.
_EDGES = " \t\r\n\v\f\u3000\u00a0\ufeff\u200b\u200c\u200d\u2060"
_NOTHING = frozenset(
    {"-", "--", "—", "——", "/", "\\", "n/a", "#n/a", "na", "null", "none", "nil", "无", "暂无", "未填", "空"}
)

_SEPARATORS = re.compile(r"[/;；、,，|\n]|\s{2,}")
_TAG_SEPARATORS = re.compile(r"[;；,，、|\n]")
_YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)(?:\D.*)?", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+")
_APPROXIMATELY = re.compile(r"^(?:约|大约|近|~|≈|about|approx\.?|ca\.?)\s*", re.IGNORECASE)

_CURRENCY_SIGNS: Mapping[str, str] = {
    "rmb": "CNY", "人民币": "CNY", "¥": "CNY", "￥": "CNY", "元": "CNY", "圆": "CNY", "yuan": "CNY",
    "us$": "USD", "美元": "USD", "美金": "USD", "hk$": "HKD", "港币": "HKD", "港元": "HKD", "nt$": "TWD",
    "台币": "TWD", "新台币": "TWD", "s$": "SGD", "新加坡元": "SGD", "$": "USD", "€": "EUR", "欧元": "EUR",
    "£": "GBP", "英镑": "GBP", "日元": "JPY", "日圆": "JPY", **{code.lower(): code for code in CURRENCIES},
}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_CURRENCY_SIGNS, key=len, reverse=True)))
_UNITS: Mapping[str, int] = {
    "亿": 10**8, "億": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "萬": 10**4, "千": 10**3, "w": 10**4,
    "k": 10**3, "thousand": 10**3, "thousands": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6,
    "millions": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
_YES = frozenset({"是", "有", "对", "yes", "y", "true", "1", "√", "✓"})
_NO = frozenset({"否", "无", "不是", "no", "n", "false", "0", "×"})
_BIRTHDAY = re.compile(
    r"(?P<lunar>农历|阴历|lunar)?\s*(?:公历|阳历|solar)?\s*(?:(?P<year>\d{4})\s*[-/.年]\s*)?"
    r"(?P<leap>闰|leap)?\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?",
    re.IGNORECASE,
)
_HEADING_UNIT = re.compile(r"千万|百万|亿|億|万|萬|千(?=元)|thousands?|millions?|billions?", re.IGNORECASE)
_UNIT = re.compile(
    r"(?P<number>[\d.,\s]*\d)\s*(?P<unit>" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")?",
)
_QUANTITY = re.compile(r"(?P<number>[\d.,]*\d)\s*(?P<unit>[^\d\s.,+*/-][^\d.,]{0,19})?")


class Unreadable(Exception):
    """A cell holds something else than its field needs."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Unit:
    """What the numbers of a column are counted in, as its heading says: 营收（万元）."""

    factor: int = 1
    currency: str | None = None


def clean(cell: str) -> str:
    """A cell without what spreadsheets put around it; words for "nothing" become nothing."""
    text = cell.strip(_EDGES)
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1].strip(_EDGES)
    elif text.startswith("'") and text[1:2] in csv_files.MARKED:
        text = text[1:]
    return "" if text.lower() in _NOTHING else text


def unit_of(heading: str) -> Unit:
    """The unit that a heading names."""
    text = unicodedata.normalize("NFKC", heading).lower()
    factor = _HEADING_UNIT.search(text)
    aside = re.search(r"[(\[【](.*?)[)\]】]", text)
    sign = _SIGN.search(aside[1]) if aside else None
    return Unit(
        _UNITS[factor[0].lower()] if factor else 1,
        _CURRENCY_SIGNS[sign[0]] if sign else None,
    )


def amount(text: str, unit: Unit) -> Money:
    """Money as people write it: 1,234.5, 35万, ¥ 2 亿, US$3m.

    :raises Unreadable: if it is no amount
    """
    bare = _APPROXIMATELY.sub("", unicodedata.normalize("NFKC", text).lower())
    sign = _SIGN.search(bare)
    found = _UNIT.fullmatch(_SIGN.sub("", bare).strip())
    number = decimal(found["number"]) if found else None
    if found is None or number is None:
        raise Unreadable("not-an-amount")
    currency = _CURRENCY_SIGNS[sign[0]] if sign else unit.currency or HOME_CURRENCY
    factor = _UNITS[found["unit"]] if found["unit"] else unit.factor
    minor = int((number * factor * 10 ** CURRENCIES[currency]).to_integral_value())
    if minor > LARGEST_AMOUNT:
        raise Unreadable("amount-too-large")
    return Money(minor, currency)


def count(text: str) -> int:
    """A whole number of people or things: 2,822, 50人, 1.2万.

    :raises Unreadable: if it is none
    """
    bare = unicodedata.normalize("NFKC", text).lower().rstrip("人名个位 ")
    found = _UNIT.fullmatch(_APPROXIMATELY.sub("", bare).strip())
    number = decimal(found["number"]) if found else None
    if found is None or number is None:
        raise Unreadable("not-a-count")
    number *= _UNITS.get(found["unit"] or "", 1)
    if number != number.to_integral_value() or number > LARGEST_COUNT:
        raise Unreadable("not-a-count")
    return int(number)


def quantity(text: str) -> tuple[Decimal, str]:
    """How much of something, and in what, if it is said: 3, 1,200.5 米, 2箱.

    :raises Unreadable: if it is none
    """
    bare = unicodedata.normalize("NFKC", text) if len(text) <= _LONGEST_QUANTITY else ""
    found = _QUANTITY.fullmatch(_APPROXIMATELY.sub("", bare).strip())
    number = decimal(found["number"]) if found else None
    if found is None or number is None:
        raise Unreadable("not-a-quantity")
    return number, (found["unit"] or "").strip()


def rate(text: str) -> int:
    """A rate in basis points: 13%, 13, 0.13.

    :raises Unreadable: if it is none, or more than all
    """
    bare = unicodedata.normalize("NFKC", text).strip()
    number = decimal(bare.removesuffix("%").strip())
    if number is None:
        raise Unreadable("not-a-rate")
    if number < 1 and not bare.endswith("%"):
        number *= 100
    points = number * 100
    if points != points.to_integral_value() or points > 10_000:
        raise Unreadable("not-a-rate")
    return int(points)


def year(text: str) -> int:
    """The year of a year or date: 1996, 1996年, 1996-03-01.

    :raises Unreadable: if it does not begin with one
    """
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).removesuffix(".0"))
    if found is None:
        raise Unreadable("not-a-year")
    return int(found[1])


def phone_numbers(text: str, *, mobile: bool) -> list[str]:
    """The numbers in a cell.

    :raises Unreadable: if one of them is a mobile number that is too short or too long
    """
    return [_phone(piece.strip(), mobile=mobile) for piece in _SEPARATORS.split(text) if piece.strip()]


def record_id(text: str) -> str:
    """The id of a record, as our own files tell it.

    :raises Unreadable: if it is none
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise Unreadable("not-a-record-id") from None


def yes(text: str) -> bool:
    """Yes or no, as people write it.

    :raises Unreadable: if it is neither
    """
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise Unreadable("not-a-boolean")
    return word in _YES


def birthday(text: str) -> Birthday:
    """A birthday by either calendar, with or without the year: 1985-06-01, 6月1日, 农历 闰04-08.

    :raises Unreadable: if it is none
    """
    found = _BIRTHDAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Unreadable("not-a-birthday")
    return Birthday(
        calendar=Calendar.LUNAR if found["lunar"] else Calendar.SOLAR,
        year=int(found["year"]) if found["year"] else None,
        month=int(found["month"]),
        day=int(found["day"]),
        leap=bool(found["leap"]),
    )


def tag_names(text: str) -> list[str]:
    """The tags in a cell, each once."""
    return list(
        dict.fromkeys(name for piece in _TAG_SEPARATORS.split(text) if (name := piece.strip(_EDGES + "#")))
    )


def _phone(piece: str, *, mobile: bool) -> str:
    digits = re.sub(r"[\s\-]", "", piece)
    if mobile and re.fullmatch(r"1\d+", digits) and len(digits) != 11:
        raise Unreadable("mobile-length", length=len(digits))
    return piece.removesuffix(".0")


def decimal(written: str) -> Decimal | None:
    """A number without a sign as people write it, with or without thousands set apart; None if it is none."""
    text = written.strip()
    if len(text) > 30:
        return None
    if _THOUSANDS.fullmatch(text):
        text = re.sub("[, ]", "", text)
    elif _EUROPEAN.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def shown(value: Any) -> str:
    """A value as the preview of an import shows it."""
    if isinstance(value, Money):
        digits = CURRENCIES[value.currency]
        sign = "¥" if value.currency == HOME_CURRENCY else f"{value.currency} "
        return f"{sign}{Decimal(value.amount).scaleb(-digits):,.{digits}f}"
    if isinstance(value, Birthday):
        year = f"{value.year}-" if value.year else ""
        leap = "闰" if value.leap else ""
        lunar = "农历 " if value.calendar is Calendar.LUNAR else ""
        return f"{lunar}{year}{leap}{value.month:02}-{value.day:02}"
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return str(value)
