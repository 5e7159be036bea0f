"""Absences on the wire."""

from api.v1.schemas.session import Ref
from app.http.fields import Id, Instant, Many, Part, Shape, Text, Whole, Yes


class AbsenceIn(Shape):
    """When one is away, and who decides meanwhile."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    delegate_id = Id(
        allow_none=True,
        load_default=None,
        metadata={"description": "Null: the flow says who decides in place of those who are away"},
    )
    kinds = Many(
        Text(min=1, max=40),
        max=50,
        load_default=list,
        metadata={"description": "For which kinds of subject; all if none is named"},
    )
    move_open = Yes(load_default=False, metadata={"description": "Whether what waits already goes along"})


class AbsenceOut(Shape):
    """When somebody is away."""

    id = Id(required=True)
    version = Whole(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    delegate = Part(Ref, required=True, allow_none=True)
    kinds = Many(Text(max=40), required=True)


class Absences(Shape):
    """When one is away, now or later, the next first."""

    items = Many(Part(AbsenceOut), required=True)
