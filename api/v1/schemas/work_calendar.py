"""When a company works, on the wire."""

from app.http.fields import ClockTime, Day, Many, Part, Shape, Whole, Yes

MOST_EXCEPTIONS = 400


class DayException(Shape):
    """A day on which it works or does not, whatever else is said."""

    day = Day(required=True)
    works = Yes(required=True)


class WorkCalendarPatch(Shape):
    """What is to be otherwise."""

    weekdays = Many(Whole(min=1, max=7), min=1, max=7, metadata={"description": "1 is Monday"})
    begins = ClockTime()
    ends = ClockTime()
    break_begins = ClockTime(allow_none=True)
    break_ends = ClockTime(allow_none=True)
    public_holidays = Yes(metadata={"description": "China's days off, and the days worked in their place"})
    exceptions = Many(Part(DayException), max=MOST_EXCEPTIONS)


class WorkCalendarOut(Shape):
    """When it works."""

    version = Whole(required=True)
    weekdays = Many(Whole(), required=True)
    begins = ClockTime(required=True)
    ends = ClockTime(required=True)
    break_begins = ClockTime(required=True, allow_none=True)
    break_ends = ClockTime(required=True, allow_none=True)
    public_holidays = Yes(required=True)
    exceptions = Many(Part(DayException), required=True)
