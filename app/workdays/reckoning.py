"""Counting in working hours and working days, by a company's week, its hours and its exceptions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

FURTHEST = timedelta(days=3660)
"""Further ahead nobody looks: a company that never works would be waited for without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """When a company works."""

    zone: ZoneInfo
    weekdays: frozenset[int] = frozenset(range(1, 6))
    """1 is Monday."""
    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13), time(18)))
    """From when to when on each working day, in order."""
    public_holidays: bool = True
    """Whether China's days off and the days worked in their place count."""
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    """Days on which it works or does not, whatever else is said."""

    def works_on(self, day: date) -> bool:
        """Whether a day is a working day."""
        if day in self.exceptions:
            return self.exceptions[day]
        moved = _moved(day) if self.public_holidays else None
        return day.isoweekday() in self.weekdays if moved is None else moved

    def after_hours(self, start: datetime, amount: timedelta) -> datetime:
        """The moment by which so much working time has passed since another."""
        left = amount
        for begin, end in self._stretches(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        return start + FURTHEST

    def before_hours(self, end: datetime, amount: timedelta) -> datetime:
        """The moment from which so much working time passes until another."""
        left = amount
        for begin, until in self._stretches_back(end):
            if left <= until - begin:
                return until - left
            left -= until - begin
        return end - FURTHEST

    def after_days(self, start: datetime, days: int) -> datetime:
        """The same time of day so many working days later; outside working time, from when it begins next."""
        first = next(self._stretches(start), None)
        return start + FURTHEST if first is None else self._days_off(first[0], days)

    def before_days(self, end: datetime, days: int) -> datetime:
        """The same time of day so many working days earlier."""
        return self._days_off(end, -days)

    def _days_off(self, moment: datetime, days: int) -> datetime:
        there = moment.astimezone(self.zone)
        day, step = there.date(), timedelta(days=1 if days > 0 else -1)
        for _ in range(abs(days)):
            day += step
            for _ in range(FURTHEST.days):
                if self.works_on(day):
                    break
                day += step
        return datetime.combine(day, there.timetz()).astimezone(moment.tzinfo)

    def _stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working time from a moment on."""
        day = start.astimezone(self.zone).date()
        for ahead in range(FURTHEST.days):
            for begin, end in self._on(day + timedelta(days=ahead), start):
                if end > start:
                    yield max(begin, start), end

    def _stretches_back(self, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working time until a moment, the latest first."""
        day = end.astimezone(self.zone).date()
        for back in range(FURTHEST.days):
            for begin, until in reversed(self._on(day - timedelta(days=back), end)):
                if begin < end:
                    yield begin, min(until, end)

    def _on(self, day: date, like: datetime) -> list[tuple[datetime, datetime]]:
        """The working time of a day, as moments in the zone of another: a day has 23 to 25 hours."""
        if not self.works_on(day):
            return []
        return [
            (
                datetime.combine(day, begins, self.zone).astimezone(like.tzinfo),
                datetime.combine(day, ends, self.zone).astimezone(like.tzinfo),
            )
            for begins, ends in self.hours
        ]


def _moved(day: date) -> bool | None:
    """Whether one works on a day because of a public holiday; None: it is a day like any other."""
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        # The year has not been announced yet: what a company knows of it stands in its exceptions.
        return None
    return None if name is None else not off
