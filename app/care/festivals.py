"""Festivals that customers are greeted on, and their days by the solar and the lunar calendar."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from borax.calendars.lunardate import LunarDate


class Festival(StrEnum):
    """A day that everybody keeps."""

    NEW_YEAR = "new-year"
    LUNAR_NEW_YEARS_EVE = "lunar-new-years-eve"
    SPRING = "spring"
    LANTERN = "lantern"
    WOMEN = "women"
    LABOUR = "labour"
    CHILDREN = "children"
    DRAGON_BOAT = "dragon-boat"
    QIXI = "qixi"
    TEACHERS = "teachers"
    MID_AUTUMN = "mid-autumn"
    NATIONAL = "national"
    DOUBLE_NINTH = "double-ninth"
    LABA = "laba"
    CHRISTMAS = "christmas"


Days = Callable[[int], date]


def _solar(month: int, day: int) -> Days:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int) -> Days:
    # A festival is kept in the plain month: a leap month has none of its own.
    return lambda year: LunarDate(year, month, day, 0).to_solar_date()


DAYS: Mapping[Festival, Days] = {
    Festival.NEW_YEAR: _solar(1, 1),
    # The last month has 29 days or 30.
    Festival.LUNAR_NEW_YEARS_EVE: lambda year: _lunar(1, 1)(year + 1) - timedelta(days=1),
    Festival.SPRING: _lunar(1, 1),
    Festival.LANTERN: _lunar(1, 15),
    Festival.WOMEN: _solar(3, 8),
    Festival.LABOUR: _solar(5, 1),
    Festival.CHILDREN: _solar(6, 1),
    Festival.DRAGON_BOAT: _lunar(5, 5),
    Festival.QIXI: _lunar(7, 7),
    Festival.TEACHERS: _solar(9, 10),
    Festival.MID_AUTUMN: _lunar(8, 15),
    Festival.NATIONAL: _solar(10, 1),
    Festival.DOUBLE_NINTH: _lunar(9, 9),
    Festival.LABA: _lunar(12, 8),
    Festival.CHRISTMAS: _solar(12, 25),
}


def between(festival: Festival, first: date, last: date) -> list[date]:
    """The days of a festival from one day to another."""
    # The lunar year begins after the solar one: the last festivals of it fall into the next.
    days = (DAYS[festival](year) for year in range(first.year - 1, last.year + 1))
    return [day for day in days if first <= day <= last]
