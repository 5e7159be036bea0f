"""Spans of days, and the one before each that it is compared with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both ends among them."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many whole months it is; 0 if it is none."""
        whole = self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]
        return _month(self.last) - _month(self.first) + 1 if whole else 0

    def before(self, today: date) -> "Period":
        """What it is compared with: as many months or days, no more of them than have passed."""
        told = min(self.last, today) if self.first <= today else self.last
        if self.months:
            ends = self.first - timedelta(days=1) if told == self.last else shifted(told, -self.months)
            return Period(shifted(self.first, -self.months), ends)
        length = self.last - self.first + timedelta(days=1)
        return Period(self.first - length, told - length)


def shifted(day: date, months: int) -> date:
    """The same day of another month, or the last one that there is."""
    year, month = divmod(_month(day) + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month(day: date) -> int:
    return day.year * _YEAR + day.month - 1
