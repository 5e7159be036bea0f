"""Tasks on the wire."""

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.tasks.services import LONGEST
from app.tasks.states import Priority


class TaskPatch(Shape):
    """What is to be changed of a task; null empties a field."""

    title = Text(min=1, max=LONGEST["title"])
    detail = Text(max=LONGEST["detail"], allow_none=True, multiline=True)
    priority = Choice(Priority)
    due_at = Instant()
    owner_id = Id(metadata={"description": "Who is to do it; they are told"})
    customer_id = Id(allow_none=True)
    contact_id = Id(allow_none=True)


class TaskIn(TaskPatch):
    """A task to be set; for oneself, if nobody else is named."""

    title = Text(required=True, min=1, max=LONGEST["title"])
    due_at = Instant(required=True)


class TaskCan(Shape):
    """What the reader may do with a task."""

    update = Yes(required=True, metadata={"description": "Change it and tick it off"})
    delete = Yes(required=True)


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
