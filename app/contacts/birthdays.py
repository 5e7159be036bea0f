"""Birthdays by the solar or the lunar calendar, and the day on which each comes round next.

Lunar reckoning is borax's, which knows the lunar years 1900 to 2100.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from borax.calendars.lunardate import LCalendars, LunarDate

from app.core.errors import Invalid, invalid

FIRST_YEAR, LAST_YEAR = 1900, 2100
_ANY_LEAP_YEAR = 2000
_LONGEST_LUNAR_MONTH = 30


class Calendar(StrEnum):
    """By which calendar a birthday is kept."""

    SOLAR = "solar"
    LUNAR = "lunar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthday:
    """A day of the year, and the year of birth if it is known. `leap` marks a lunar leap month."""

    calendar: Calendar
    month: int
    day: int
    leap: bool = False
    year: int | None = None

    def check(self, *, today: date) -> None:
        """Refuse a day that does not exist or has yet to come.

        :raises Invalid: naming the part of the birthday that is at fault
        """
        if self.year is not None and not FIRST_YEAR <= self.year <= today.year:
            raise _fault("year", "out-of-range", min=FIRST_YEAR, max=today.year)
        if not 1 <= self.month <= 12:
            raise _fault("month", "out-of-range", min=1, max=12)
        if self.leap and self.calendar is Calendar.SOLAR:
            raise _fault("leap", "leap-month-is-lunar")
        if self.leap and not self._leap_years():
            raise _fault("leap", "no-such-leap-month", month=self.month)
        longest = self._longest_month()
        if not 1 <= self.day <= longest:
            raise _fault("day", "no-such-day", max=longest)
        if self.year is not None and self._in(self.year) > today:
            raise _fault("year", "birthday-to-come")

    def next_on(self, today: date) -> date:
        """The first day not before `today` on which it is celebrated.

        A leap month that the year lacks is the plain month; the 30th of a short month is the 29th;
        29 February of a common year is the 28th.
        """
        # A lunar year begins up to seven weeks late, so today may still belong to last year's.
        years = range(today.year - 1, today.year + 2)
        return next(day for day in map(self._in, years) if day >= today)

    def _in(self, year: int) -> date:
        if self.calendar is Calendar.SOLAR:
            return date(year, self.month, min(self.day, calendar.monthrange(year, self.month)[1]))
        leap = int(self.leap and LCalendars.leap_month(year) == self.month)
        day = min(self.day, LCalendars.ndays(year, self.month, leap))
        found: date = LunarDate(year, self.month, day, leap).to_solar_date()
        return found

    def _leap_years(self) -> list[int]:
        years = LCalendars.get_leap_years(self.month)
        return [year for year in years if self.year in {None, year}]

    def _longest_month(self) -> int:
        if self.calendar is Calendar.SOLAR:
            return calendar.monthrange(self.year or _ANY_LEAP_YEAR, self.month)[1]
        return max(self._lengths(), default=_LONGEST_LUNAR_MONTH)

    def _lengths(self) -> Iterator[int]:
        if self.leap:
            for year in self._leap_years():
                yield LCalendars.ndays(year, self.month, 1)
        elif self.year is not None:
            yield LCalendars.ndays(self.year, self.month)


def _fault(part: str, code: str, **facts: object) -> Invalid:
    return invalid(f"birthday.{part}", code, **facts)
