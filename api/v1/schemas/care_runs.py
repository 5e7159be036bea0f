"""The plans that people are in, on the wire."""

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.care.drafts import LONGEST, MOST_STEPS
from app.care.states import RunState, StepState
from app.consents.states import Way
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.outreach.states import MessageState

_LONG = 200


class CareRunStepOut(Shape):
    """A step of somebody's plan."""

    id = Id(required=True)
    place = Whole(required=True, min=0)
    ways = Many(Choice(Way), required=True, max=len(Way))
    task = Text(required=True, allow_none=True, max=LONGEST["task"])
    state = Choice(StepState, required=True)
    reason = Text(required=True, allow_none=True, max=_LONG)
    due_at = Instant(required=True)
    settled_at = Instant(required=True, allow_none=True)
    message_id = Id(required=True, allow_none=True)
    task_id = Id(required=True, allow_none=True)
    way = Choice(Way, required=True, allow_none=True, metadata={"description": "In which it went out"})
    message_state = Choice(MessageState, required=True, allow_none=True)
    overdue = Yes(required=True)


class CareRunOut(Shape):
    """A plan that somebody is in."""

    id = Id(required=True)
    version = Whole(required=True)
    rule = Part(Ref, required=True)
    customer = Part(Ref, required=True, allow_none=True)
    contact = Part(Ref, required=True, allow_none=True)
    about_kind = Text(required=True, allow_none=True, max=40)
    about_id = Id(required=True, allow_none=True)
    about_label = Text(required=True, allow_none=True, max=_LONG)
    state = Choice(RunState, required=True)
    ended_because = Text(required=True, allow_none=True, max=_LONG)
    begun_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    updated_at = Instant(required=True)
    next_at = Instant(required=True, allow_none=True)
    overdue = Yes(required=True)
    steps = Many(Part(CareRunStepOut), required=True, max=MOST_STEPS)


class CareRunPage(Shape):
    """A page of plans."""

    items = Many(Part(CareRunOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class CareRunStateIn(Shape):
    """How a plan is to go on."""

    state = Choice((RunState.RUNNING.value, RunState.PAUSED.value, RunState.ENDED.value), required=True)
