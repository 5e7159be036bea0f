"""Days and spans of time as people write them."""

import re
import unicodedata
from datetime import date, timedelta
from itertools import permutations

from app.core import year_days
from app.imports.cells import Unreadable, decimal

EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)
_TIME = r"(?:[T ]\s*\d{1,2}[:点时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?(?:Z|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY = r"(?:\s*[(\[]?(?:星期|周|礼拜)[一二三四五六日天][)\]]?)?"
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.,年]\s*(\d{1,2})\s*[-/.,月]\s*(\d{1,2})\s*[日号]?" + _WEEKDAY + r"\s*" + _TIME,
    re.IGNORECASE,
)
_IN_ONE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})" + _TIME, re.IGNORECASE)
_MONTH, _DAY = r"(?P<month>[a-z]{3,9})\.?", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAMED = tuple(
    re.compile(form + r",?[\s-]+(?P<year>\d{4})", re.IGNORECASE)
    for form in (rf"{_MONTH}\s+{_DAY}", rf"{_DAY}[\s-]+{_MONTH}")
)
_WITHOUT_YEAR = (
    re.compile(r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"),
    re.compile(rf"{_MONTH}\s+{_DAY}", re.IGNORECASE),
    re.compile(rf"{_DAY}[\s-]+{_MONTH}", re.IGNORECASE),
)
_LONGEST = 60
"""Longer cells are neither, and a hostile one could keep the patterns busy for minutes."""
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
# Spreadsheets count days from the end of 1899; files saved from them hold such numbers: here 1982 to 2064.
_COUNTED = re.compile(r"([3-5]\d{4})(?:\.\d+)?")
_BEFORE_THE_FIRST = date(1899, 12, 30)
_SPAN = re.compile(
    r"(?:每|every)?\s*(?P<number>[\d.,]*\d|[一二两三四五六七八九十半]+)?\s*(?:个)?\s*"
    r"(?P<unit>年半|年|季度|季|月|周|星期|天|日|years?|yrs?|y|quarters?|months?|mon|m|weeks?|w|days?|d)?\s*"
    r"(?P<half>半)?\s*(?:一次|/次|1次)?",
    re.IGNORECASE,
)
_DIGITS = {word: float(number) for number, word in enumerate("一二三四五六七八九十", start=1)}
_DIGITS |= {"半": 0.5, "两": 2.0}
_IN_MONTHS = {"年": 12, "y": 12, "季": 3, "q": 3, "月": 1, "m": 1}
_IN_DAYS = {"周": 7, "星": 7, "w": 7, "天": 1, "日": 1, "d": 1}


def day(text: str) -> date:
    """A day: 2026-03-18, 2026/3/18, 2026年3月18日, 20260318, 18 Mar 2026, with or without a time.

    Of 03/04/2026 nobody knows which is the month; only 18/03/2026 and 03/18/2026 can be told.

    :raises Unreadable: if it is none, or could be two
    """
    bare = _bare(text)
    if found := _YEAR_FIRST.fullmatch(bare) or _IN_ONE.fullmatch(bare):
        return _of(*(int(part) for part in found.groups()))
    if found := _YEAR_LAST.fullmatch(bare):
        return _either(int(found[1]), int(found[2]), int(found[3]))
    if found := next((one for form in _NAMED if (one := form.fullmatch(bare))), None):
        return _of(int(found["year"]), _month(found["month"]), int(found["day"]))
    if found := _COUNTED.fullmatch(bare):
        return _BEFORE_THE_FIRST + timedelta(days=int(found[1]))
    raise Unreadable("not-a-date")


def year_day(text: str) -> str:
    """A day of the year, as `03-08`: 3月8日, 3/8, 8 March, or the one that a whole date falls on.

    :raises Unreadable: if it is none, or could be two
    """
    bare = _bare(text)
    found = next((one for form in _WITHOUT_YEAR if (one := form.fullmatch(bare))), None)
    try:
        told = _month_and_day(found) if found else year_days.of(day(text))
    except Unreadable as unreadable:
        code = unreadable.code
        raise Unreadable("not-a-year-day" if code == "not-a-date" else code) from None
    if not year_days.is_day(told):
        raise Unreadable("not-a-year-day")
    return told


def _month_and_day(found: re.Match[str]) -> str:
    month = found["month"]
    return f"{int(month) if month.isdecimal() else _month(month):02}-{int(found['day']):02}"


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip() if len(text) <= _LONGEST else ""


def _of(year: int, month: int, day_of_month: int) -> date:
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        raise Unreadable("not-a-date") from None
    if not EARLIEST <= found < LATEST:
        raise Unreadable("not-a-date")
    return found


def _either(first: int, second: int, year: int) -> date:
    meant = {(month, of_month) for month, of_month in permutations((first, second)) if 1 <= month <= 12}
    if len(meant) > 1:
        raise Unreadable("ambiguous-day")
    if not meant:
        raise Unreadable("not-a-date")
    return _of(year, *meant.pop())


def _month(word: str) -> int:
    begins = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower())]
    if len(begins) != 1:
        raise Unreadable("not-a-date")
    return begins[0]


def months(text: str) -> int:
    """A span in months: 24, 24个月, 2年, 一年半, 2 years.

    :raises Unreadable: if it is none, or not in whole months
    """
    count, unit = interval(text)
    if unit == "day":
        raise Unreadable("not-a-span")
    return count


def interval(text: str) -> tuple[int, str | None]:
    """A span as a count and what it counts, `day` or `month`; None where it does not say.

    :raises Unreadable: if it is none, or not in whole days or months
    """
    found = _SPAN.fullmatch(_bare(text))
    if found is None or not (found["number"] or found["unit"]):
        raise Unreadable("not-a-span")
    count, word = _count(found["number"]), (found["unit"] or "").lower()
    count += 0.5 if found["half"] or word == "年半" else 0
    if not word:
        return _whole(count), None
    key = word[0]
    if key in _IN_MONTHS:
        return _whole(count * _IN_MONTHS[key]), "month"
    return _whole(count * _IN_DAYS[key]), "day"


def _count(word: str | None) -> float:
    if not word:
        return 1
    if word[0].isdigit():
        number = decimal(word)
        if number is None:
            raise Unreadable("not-a-span")
        return float(number)
    return _spelt(word)


def _spelt(word: str) -> float:
    """A number up to ninety-nine in Chinese, or a half."""
    tens, ten, ones = word.rpartition("十")
    if any(len(part) > 1 or part not in {*_DIGITS, ""} for part in (tens, ones)):
        raise Unreadable("not-a-span")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def _whole(count: float) -> int:
    if not float(count).is_integer() or not 0 < count <= 10_000:
        raise Unreadable("not-a-span")
    return int(count)
