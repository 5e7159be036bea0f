"""Tasks on the wire."""

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.http.fields import Choice, Custom, Day, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.tasks import reminders
from app.tasks.reminders import Unit
from app.tasks.repeats import LONGEST as LONGEST_INTERVAL
from app.tasks.repeats import MOST_TIMES, Every, Weekday
from app.tasks.services import LONGEST
from app.tasks.states import Priority, Scope

_MOST_INTERVAL = max(LONGEST_INTERVAL.values())


class Reminder(Shape):
    """How long before it is due whoever is to do it hears of it; 0 minutes: when it is due."""

    amount = Whole(required=True, max=reminders.LARGEST)
    unit = Choice(Unit, required=True)


class RepeatIn(Shape):
    """On which days a task comes back; what is not said is as on the day it is due."""

    every = Choice(Every, required=True)
    interval = Whole(min=1, max=_MOST_INTERVAL, metadata={"description": "Every so many; 1 if not said"})
    weekdays = Many(Choice(Weekday), max=7, metadata={"description": "Of a week"})
    day = Whole(
        min=1,
        max=31,
        allow_none=True,
        metadata={"description": "Of a month or a year; the last day of a month that is too short for it"},
    )
    month = Whole(min=1, max=12, allow_none=True, metadata={"description": "Of a year"})
    until = Day(allow_none=True, metadata={"description": "The last day it may come back on"})
    count = Whole(min=1, max=MOST_TIMES, allow_none=True, metadata={"description": "How often, in all"})


class Repeat(Shape):
    """On which days a task comes back."""

    every = Choice(Every, required=True)
    interval = Whole(required=True, min=1, max=_MOST_INTERVAL)
    weekdays = Many(Choice(Weekday), required=True, max=7)
    day = Whole(required=True, allow_none=True, min=1, max=31)
    month = Whole(required=True, allow_none=True, min=1, max=12)
    until = Day(required=True, allow_none=True)
    count = Whole(required=True, allow_none=True, min=1, max=MOST_TIMES)


class TaskFacts(Shape):
    """What can be said of a task."""

    title = Text(min=1, max=LONGEST["title"])
    detail = Text(max=LONGEST["detail"], allow_none=True, multiline=True)
    priority = Choice(Priority)
    due_at = Instant()
    owner_id = Id(metadata={"description": "Who is to do it; they are told"})
    customer_id = Id(allow_none=True)
    contact_id = Id(allow_none=True)
    reminders = Many(Part(Reminder), max=reminders.MOST)
    repeat = Part(
        RepeatIn, allow_none=True, metadata={"description": "For this one and the following; null ends it"}
    )
    custom = Custom("task")


class TaskPatch(TaskFacts):
    """What is to be changed of a task; null empties a field."""

    scope = Choice(
        Scope,
        metadata={"description": "Of one that comes back: whether the change is for the following, too"},
    )


class TaskIn(TaskFacts):
    """A task to be set; for oneself, if nobody else is named."""

    title = Text(required=True, min=1, max=LONGEST["title"])
    due_at = Instant(required=True)


class TaskCan(Shape):
    """What the reader may do with a task."""

    update = Yes(required=True, metadata={"description": "Change it and tick it off"})
    delete = Yes(required=True)


class NextTask(Shape):
    """The next one of a series."""

    id = Id(required=True)
    due_at = Instant(required=True)


class TaskOut(Shape):
    """A task."""

    id = Id(required=True)
    version = Whole(required=True)
    title = Text(required=True, max=LONGEST["title"])
    detail = Text(required=True, allow_none=True, max=LONGEST["detail"], multiline=True)
    priority = Choice(Priority, required=True)
    due_at = Instant(required=True)
    done_at = Instant(required=True, allow_none=True)
    done_by = Part(Ref, required=True, allow_none=True)
    owner = Part(Ref, required=True, allow_none=True, metadata={"description": "Who is to do it"})
    department = Part(Ref, required=True, allow_none=True)
    created_by = Part(Ref, required=True, allow_none=True)
    customer = Part(Ref, required=True, allow_none=True)
    contact = Part(Ref, required=True, allow_none=True)
    activity_id = Id(
        required=True, allow_none=True, metadata={"description": "The activity whose next step it is"}
    )
    reminders = Many(Part(Reminder), required=True, max=reminders.MOST)
    repeat = Part(Repeat, required=True, allow_none=True)
    occurrence = Whole(
        required=True, allow_none=True, metadata={"description": "Which of its series it is, from 1"}
    )
    next = Part(
        NextTask, required=True, allow_none=True, metadata={"description": "Of its series, once it is made"}
    )
    custom = Custom("task", required=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    can = Part(TaskCan, required=True)


class TaskPage(Shape):
    """A page of tasks."""

    items = Many(Part(TaskOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class MyDay(Shape):
    """What one is to do, the most urgent first."""

    date = Text(required=True, max=10, metadata={"description": "Today, where the company is"})
    overdue = Many(Part(TaskOut), required=True, metadata={"description": "Due before today"})
    today = Many(Part(TaskOut), required=True)
    coming = Many(Part(TaskOut), required=True, metadata={"description": "Due within the week after today"})
