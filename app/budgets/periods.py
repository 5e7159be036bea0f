"""The period that follows another one: a month follows a month, a quarter a quarter, a year a year."""

from calendar import monthrange
from datetime import date, timedelta

YEARS = range(2000, 2101)


def following(first: date, last: date) -> tuple[date, date]:
    """The first and last day of what follows: as many months if they were whole ones, else as many days."""
    begin = last + timedelta(days=1)
    if first.day != 1 or begin.day != 1:
        return begin, begin + (last - first)
    months = (begin.year - first.year) * 12 + begin.month - first.month
    year, month = divmod(begin.year * 12 + begin.month - 1 + months - 1, 12)
    return begin, date(year, month + 1, monthrange(year, month + 1)[1])
