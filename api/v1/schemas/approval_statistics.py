"""How long approvals take, on the wire."""

from api.v1.schemas.session import Ref
from app.approvals.cards.statistics import MOST_DAYS
from app.http.fields import Day, Many, Part, QueryWhole, Shape, Text, Whole

_SECONDS = {"description": "Of those that are decided"}


class StatisticsQuery(Shape):
    """Which days are looked at."""

    first = Day(required=True, metadata={"description": "The first day, where the company is"})
    days = QueryWhole(required=True, min=1, max=MOST_DAYS)


class FlowStatistics(Shape):
    """What went through a flow."""

    flow = Part(Ref, required=True)
    kind = Text(required=True, max=80)
    submitted = Whole(required=True)
    granted = Whole(required=True)
    rejected = Whole(required=True)
    withdrawn = Whole(required=True)
    open = Whole(required=True)
    median_seconds = Whole(required=True, allow_none=True, metadata=_SECONDS)
    longest_seconds = Whole(required=True, allow_none=True, metadata=_SECONDS)


class PersonStatistics(Shape):
    """What somebody was asked."""

    user = Part(Ref, required=True, allow_none=True)
    decided = Whole(required=True)
    approved = Whole(required=True)
    rejected = Whole(required=True)
    returned = Whole(required=True)
    waiting = Whole(required=True)
    median_seconds = Whole(required=True, allow_none=True, metadata=_SECONDS)
    longest_seconds = Whole(required=True, allow_none=True, metadata=_SECONDS)


class Statistics(Shape):
    """What was submitted on these days, by flow and by whoever was asked."""

    first = Day(required=True)
    days = Whole(required=True)
    flows = Many(Part(FlowStatistics), required=True)
    people = Many(Part(PersonStatistics), required=True)
