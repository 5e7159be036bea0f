"""When a step falls due: from the day something is about to a moment on the company's clock.

A step is reckoned from an anchor, the day of a birthday or the day a warranty ends. What is due in a stretch
of time is found the other way round: every day is tried that could be an anchor of it.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from borax.calendars.lunardate import LCalendars, LunarDate

from app.care.states import BY_CLOCK, Shift, Unit
from app.contacts.birthdays import Calendar
from app.workdays.reckoning import Week

DAY = timedelta(days=1)
_SPANS = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
_LONGEST_MONTH, _SHORTEST_MONTH, _LONGEST_HOLIDAY = 31, 28, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """How long before (negative) or after its anchor a step is due."""

    amount: int = 0
    unit: Unit = Unit.DAY
    at: time = time(9)
    """On the company's clock; of no account where minutes and hours are counted."""
    shift: Shift = Shift.NONE


@dataclass(frozen=True, slots=True)
class Stretch:
    """From after one moment until another."""

    after: datetime
    until: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.after < moment <= self.until


Pattern = tuple[str, int, int, bool]
"""A birthday as contacts have it: calendar, month, day, whether in a leap month."""


def moved(day: date, amount: int, unit: Unit) -> date:
    """A day so many days, weeks or months later; a month too short for it has a last day instead."""
    if unit is Unit.DAY:
        return day + timedelta(days=amount)
    if unit is Unit.WEEK:
        return day + timedelta(weeks=amount)
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_day(anchor: date, offset: Offset, week: Week) -> date:
    """The day on which a step is due, off days without work if it is so wished."""
    day = moved(anchor, offset.amount, offset.unit)
    if offset.shift is Shift.NONE:
        return day
    way = -DAY if offset.shift is Shift.BEFORE else DAY
    for ahead in range(_LONGEST_HOLIDAY):
        if week.works_on(day + ahead * way):
            return day + ahead * way
    return day


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A time of day as a moment; one that a change of clocks leaves out is the moment it would have been."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def due_at(anchor: date, offset: Offset, week: Week) -> datetime:
    """The moment at which a step of a day is due."""
    return moment_of(due_day(anchor, offset, week), offset.at, week.zone)


def due_after(happened: datetime, offset: Offset, week: Week) -> datetime:
    """The moment at which a step is due after something has happened: never before that."""
    if offset.unit in BY_CLOCK:
        return happened + offset.amount * _SPANS[offset.unit]
    return max(happened, due_at(happened.astimezone(week.zone).date(), offset, week))


def expires(due: datetime, hours: int | None, *, same_day: bool, zone: ZoneInfo) -> datetime:
    """The moment from which a step that was due is better not taken at all."""
    if hours is not None:
        return due + timedelta(hours=hours)
    if same_day:
        return moment_of(due.astimezone(zone).date() + DAY, time(), zone)
    return due + 3 * DAY


def anchors(stretch: Stretch, offset: Offset, week: Week) -> dict[date, datetime]:
    """The days from which a step is due within a stretch of time, and when."""
    found = {}
    for day in _candidates(stretch, offset, week.zone):
        moment = due_at(day, offset, week)
        if stretch.holds(moment):
            found[day] = moment
    return found


def _candidates(stretch: Stretch, offset: Offset, zone: ZoneInfo) -> Iterator[date]:
    first, last = (moment.astimezone(zone).date() for moment in (stretch.after, stretch.until))
    if offset.unit is Unit.MONTH:
        spans = sorted((offset.amount * _SHORTEST_MONTH, offset.amount * _LONGEST_MONTH))
    else:
        spans = [offset.amount * (7 if offset.unit is Unit.WEEK else 1)] * 2
    slack = 2 if offset.shift is Shift.NONE else _LONGEST_HOLIDAY + 2
    day, end = first - timedelta(days=spans[1] + slack), last - timedelta(days=spans[0] - slack)
    while day <= end:
        yield day
        day += DAY


def birthdays_on(day: date) -> list[Pattern]:
    """Every birthday that is celebrated on a day, as `contacts.birthdays` has them come round."""
    found: list[Pattern] = [(Calendar.SOLAR.value, day.month, day.day, False)]
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        found.append((Calendar.SOLAR.value, 2, 29, False))
    lunar = LunarDate.from_solar(day)
    leap = bool(lunar.leap)
    days = [lunar.day]
    if lunar.day == LCalendars.ndays(lunar.year, lunar.month, lunar.leap) == 29:
        days.append(30)
    for one in days:
        found.append((Calendar.LUNAR.value, lunar.month, one, leap))
        # A leap month that the year lacks is the plain one.
        if not leap and LCalendars.leap_month(lunar.year) != lunar.month:
            found.append((Calendar.LUNAR.value, lunar.month, one, True))
    return found


def birthday_year(calendar: str, day: date) -> str:
    """Which year's birthday it is that is celebrated on a day: `2027`, or `L2027` of the lunar years."""
    if calendar == Calendar.SOLAR:
        return str(day.year)
    return f"L{LunarDate.from_solar(day).year}"


def yearly_on(day: date) -> list[str]:
    """The days of a year, `02-28`, whose return is kept on a day."""
    same = [f"{day:%m-%d}"]
    return [*same, "02-29"] if same == ["02-28"] and not isleap(day.year) else same
