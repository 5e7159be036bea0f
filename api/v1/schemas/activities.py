"""Activities on the wire."""

from api.v1.schemas.comments import Said
from api.v1.schemas.files import FileBrief
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.activities.services import LONGEST_CONTENT
from app.activities.states import ActivityKind
from app.files.uploads import MOST_AT_ONCE
from app.http.fields import Choice, Custom, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.tasks.services import LONGEST


class NextStepIn(Shape):
    """What is to be done next, and by when; it becomes a task of one's own."""

    title = Text(required=True, min=1, max=LONGEST["title"])
    due_at = Instant(required=True)


class ActivityPatch(Shape):
    """What is to be changed of an activity."""

    kind = Choice(ActivityKind)
    content = Text(min=1, max=LONGEST_CONTENT, multiline=True)
    happened_at = Instant()
    custom = Custom("activity")


class ActivityIn(ActivityPatch):
    """An activity to be noted, at a customer, a contact or both."""

    kind = Choice(ActivityKind, required=True)
    content = Text(required=True, min=1, max=LONGEST_CONTENT, multiline=True)
    happened_at = Instant(metadata={"description": "Now, if nothing is said"})
    customer_id = Id(allow_none=True, metadata={"description": "Needed unless there is a contact"})
    contact_id = Id(allow_none=True)
    next_step = Part(NextStepIn, allow_none=True)
    attachment_ids = Many(
        Id(), max=MOST_AT_ONCE, metadata={"description": "Files brought by `POST /api/v1/uploads`"}
    )


class NextStepOut(Shape):
    """The task that an activity's next step has become."""

    id = Id(required=True)
    title = Text(required=True, max=LONGEST["title"])
    due_at = Instant(required=True)
    done = Yes(required=True)


class ActivityCan(Shape):
    """What the reader may do with an activity."""

    update = Yes(required=True)
    delete = Yes(required=True)
    annotate = Yes(required=True)


class ActivityOut(Shape):
    """An activity."""

    id = Id(required=True)
    version = Whole(required=True)
    kind = Choice(ActivityKind, required=True)
    content = Text(required=True, max=LONGEST_CONTENT, multiline=True)
    happened_at = Instant(required=True)
    author = Part(Ref, required=True, allow_none=True)
    owner = Part(Ref, required=True, allow_none=True, metadata={"description": "The customer's owner"})
    department = Part(Ref, required=True, allow_none=True)
    customer = Part(Ref, required=True, allow_none=True)
    contact = Part(Ref, required=True, allow_none=True)
    next_step = Part(NextStepOut, required=True, allow_none=True)
    custom = Custom("activity", required=True)
    annotations = Many(Part(Said), required=True, metadata={"description": "Managers' words, oldest first"})
    comment_count = Whole(required=True)
    attachment_count = Whole(required=True)
    attachments = Many(Part(FileBrief), required=True, metadata={"description": "The first of them"})
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    can = Part(ActivityCan, required=True)


class ActivityPage(Shape):
    """A page of activities."""

    items = Many(Part(ActivityOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)
