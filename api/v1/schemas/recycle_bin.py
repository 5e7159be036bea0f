"""The recycle bin on the wire."""

from api.v1.schemas.session import Ref
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole
from app.insights.recycle_bin import KINDS


class BinItem(Shape):
    """Something that was deleted."""

    type = Choice(KINDS, required=True)
    id = Id(required=True)
    name = Text(required=True, max=200)
    deleted_at = Instant(required=True)
    deleted_by = Part(Ref, required=True, allow_none=True)
    owner = Part(Ref, required=True, allow_none=True)
    version = Whole(required=True)


class BinPage(Shape):
    """A page of the recycle bin."""

    items = Many(Part(BinItem), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
