"""The calendar on the wire."""

from api.v1.schemas.session import Ref
from api.v1.schemas.tasks import TaskOut
from app.activities.cards import GIST
from app.activities.states import ActivityKind
from app.http.fields import Choice, Day, Id, Instant, Many, Part, QueryWhole, Secret, Shape, Text, Yes
from app.insights.calendar import MOST, MOST_DAYS, MOST_PEOPLE
from app.tasks.services import LONGEST


class CalendarQuery(Shape):
    """Which days are looked at, and whose."""

    first = Day(required=True, metadata={"description": "The first day, where the company is"})
    days = QueryWhole(required=True, min=1, max=MOST_DAYS)
    owner_id = Many(
        Id(), max=MOST_PEOPLE, metadata={"description": "Whose days; one's own, if nothing is said"}
    )


class PlannedTask(Shape):
    """A time that a task will come back, and is not made yet."""

    task_id = Id(required=True, metadata={"description": "The task that comes back"})
    title = Text(required=True, max=LONGEST["title"])
    owner = Part(Ref, required=True, allow_none=True)
    due_at = Instant(required=True)


class CalendarActivity(Shape):
    """What was done, in short."""

    id = Id(required=True)
    kind = Choice(ActivityKind, required=True)
    gist = Text(required=True, max=GIST, multiline=True)
    happened_at = Instant(required=True)
    author = Part(Ref, required=True, allow_none=True)
    customer = Part(Ref, required=True, allow_none=True)
    contact = Part(Ref, required=True, allow_none=True)


class CalendarOut(Shape):
    """Some days."""

    tasks = Many(Part(TaskOut), required=True, max=MOST)
    planned = Many(Part(PlannedTask), required=True, max=MOST)
    activities = Many(Part(CalendarActivity), required=True, max=MOST)
    cut = Yes(required=True, metadata={"description": "Whether there is more than is shown"})


class FeedQuery(Shape):
    """What proves that one was given the address."""

    token = Secret(required=True, max=200)


class FeedOut(Shape):
    """Whether one's tasks can be read by a calendar of one's own."""

    since = Instant(required=True, allow_none=True, metadata={"description": "null: there is no address"})


class FeedMade(FeedOut):
    """An address, shown this once; anyone who has it reads one's tasks."""

    address = Text(required=True, allow_none=True, max=500)
