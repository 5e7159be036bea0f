"""On which days a task comes back: a small part of RFC 5545, written and read as its rules.

A month without the 31st has a last day instead, and so has February in a common year.
"""

import calendar
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from dateutil.rrule import rrule, rrulestr

from app.core.errors import invalid


class Every(StrEnum):
    """What is counted from one time to the next."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Weekday(StrEnum):
    """The days of a week, the first one first."""

    MONDAY = "mo"
    TUESDAY = "tu"
    WEDNESDAY = "we"
    THURSDAY = "th"
    FRIDAY = "fr"
    SATURDAY = "sa"
    SUNDAY = "su"


MOST_TIMES = 999
LONGEST = {Every.DAY: 365, Every.WEEK: 52, Every.MONTH: 36, Every.YEAR: 10}
_FREQ = {Every.DAY: "DAILY", Every.WEEK: "WEEKLY", Every.MONTH: "MONTHLY", Every.YEAR: "YEARLY"}
_ALWAYS_THERE = 28
_LONGEST_MONTH = 31
_LEAP_YEAR = 2000
_FEBRUARY, _LEAP_DAY = 2, 29


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Every so many days, on weekdays of a week, on a day of a month or of a year; perhaps with an end."""

    every: Every
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    day: int | None = None
    month: int | None = None
    until: date | None = None
    count: int | None = None

    @classmethod
    def wanted(cls, sent: Mapping[str, Any], *, first: date) -> "Repeat":
        """What somebody asks for; days they do not name are those of the first time.

        :raises Invalid: naming the field that cannot be taken
        """
        every = Every(sent["every"])
        repeat = cls(
            every=every,
            interval=sent.get("interval") or 1,
            weekdays=_weekdays(sent, first) if every is Every.WEEK else (),
            day=(sent.get("day") or first.day) if every in {Every.MONTH, Every.YEAR} else None,
            month=(sent.get("month") or first.month) if every is Every.YEAR else None,
            until=sent.get("until"),
            count=sent.get("count"),
        )
        repeat._check(first)
        return repeat

    def _check(self, first: date) -> None:
        if self.interval > LONGEST[self.every]:
            raise invalid("repeat.interval", "out-of-range", min=1, max=LONGEST[self.every])
        if self.month and self.day and self.day > _days_in(self.month):
            raise invalid("repeat.day", "no-such-day", max=_days_in(self.month))
        if self.until and self.count:
            raise invalid("repeat.count", "two-ends")
        if self.until and self.until < first:
            raise invalid("repeat.until", "ends-before-it-begins")

    @classmethod
    def of(cls, rule: str) -> "Repeat":
        """What a stored rule means.

        :raises ValueError: for a rule that is none of ours
        """
        parts = dict(part.split("=", 1) for part in rule.split(";"))
        every = next((every for every, freq in _FREQ.items() if freq == parts.get("FREQ")), None)
        if every is None:
            raise ValueError(rule)
        month = int(parts["BYMONTH"]) if "BYMONTH" in parts else None
        named = parts["BYDAY"].lower().split(",") if "BYDAY" in parts else ()
        until = parts.get("UNTIL")
        repeat = cls(
            every=every,
            interval=int(parts.get("INTERVAL", 1)),
            weekdays=tuple(map(Weekday, named)),
            day=_day_of(parts["BYMONTHDAY"], month) if "BYMONTHDAY" in parts else None,
            month=month,
            until=date.fromisoformat(until) if until else None,
            count=int(parts["COUNT"]) if "COUNT" in parts else None,
        )
        if repeat.rule != rule:
            raise ValueError(rule)
        return repeat

    @property
    def rule(self) -> str:
        """The rule as RFC 5545 writes it."""
        end = f"UNTIL={self.until:%Y%m%d}" if self.until else f"COUNT={self.count}" if self.count else ""
        return ";".join(part for part in (*self._days, end) if part)

    @property
    def _days(self) -> tuple[str, ...]:
        rest: tuple[str, ...] = ()
        match self.every:
            case Every.WEEK:
                rest = ("WKST=MO", f"BYDAY={','.join(day.upper() for day in self.weekdays)}")
            case Every.MONTH:
                rest = _month_days(self.day or 1)
            case Every.YEAR:
                leap = (self.month, self.day) == (_FEBRUARY, _LEAP_DAY)
                rest = (f"BYMONTH={self.month}", f"BYMONTHDAY={-1 if leap else self.day}")
        return (f"FREQ={_FREQ[self.every]}", f"INTERVAL={self.interval}", *rest)

    def after(self, day: date, *, start: date) -> date | None:
        """The next time after a day, counted from the first; None when it is over by then.

        How many times there have been is for the caller to count.
        """
        found = self._rrule(start).after(_midnight(day))
        if found is None or (self.until and found.date() > self.until):
            return None
        return found.date()

    def between(self, first: date, last: date, *, start: date) -> list[date]:
        """The times from one day to another, both included, without regard to how many there have been."""
        last = min(last, self.until) if self.until else last
        found = self._rrule(start).between(_midnight(first), _midnight(last), inc=True)
        return [moment.date() for moment in found]

    def _rrule(self, start: date) -> rrule:
        made = rrulestr(";".join(self._days), dtstart=_midnight(start))
        assert isinstance(made, rrule)  # noqa: S101  (narrows the type; one rule is never a set)
        return made

    def shown(self) -> dict[str, Any]:
        """The repeat as on the wire."""
        return {
            **asdict(self),
            "weekdays": list(self.weekdays),
            "until": self.until.isoformat() if self.until else None,
        }


def _weekdays(sent: Mapping[str, Any], first: date) -> tuple[Weekday, ...]:
    wanted = {Weekday(day) for day in sent.get("weekdays") or ()} or {list(Weekday)[first.weekday()]}
    return tuple(day for day in Weekday if day in wanted)


def _days_in(month: int) -> int:
    return calendar.monthrange(_LEAP_YEAR, month)[1]


def _month_days(day: int) -> tuple[str, ...]:
    if day <= _ALWAYS_THERE:
        return (f"BYMONTHDAY={day}",)
    if day == _LONGEST_MONTH:
        return ("BYMONTHDAY=-1",)
    return (f"BYMONTHDAY={','.join(map(str, range(_ALWAYS_THERE, day + 1)))}", "BYSETPOS=-1")


def _day_of(listed: str, month: int | None) -> int:
    last = int(listed.rpartition(",")[2])
    if last != -1:
        return last
    return _LEAP_DAY if month == _FEBRUARY else _LONGEST_MONTH


def _midnight(day: date) -> datetime:
    # The rule counts days and knows no zone: the time of day is added where the company's clock is known.
    return datetime.combine(day, time())
