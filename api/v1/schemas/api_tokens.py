"""Personal API tokens on the wire."""

from marshmallow import fields

from api.v1.schemas.paging import PageQuery
from api.v1.schemas.session import Ref
from app.access.api_tokens import AREAS
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes

LONGEST_DAYS, DEFAULT_DAYS = 366, 90


class ApiTokenQuery(PageQuery):
    """Whose tokens."""

    everyone = Yes(load_default=False, metadata={"description": "All colleagues' too, for who manages them"})


class ApiTokenIn(Shape):
    """A token as its owner wants it."""

    name = Text(required=True, min=1, max=60)
    days = Whole(min=1, max=LONGEST_DAYS, load_default=DEFAULT_DAYS)
    read_only = Yes(load_default=True)
    areas = Many(
        Choice(AREAS),
        min=1,
        max=len(AREAS),
        load_default=None,
        allow_none=True,
        metadata={"description": "What it is good for; null: everything its owner may do"},
    )


class ApiTokenOut(Shape):
    """A token, without its secret."""

    id = Id(required=True)
    name = Text(required=True, max=60)
    owner = Part(Ref, required=True)
    read_only = Yes(required=True)
    areas = Many(Choice(AREAS), required=True, allow_none=True)
    state = Choice(("active", "expired", "ended"), required=True)
    created_at = Instant(required=True)
    expires_at = Instant(required=True)
    last_used_at = Instant(required=True, allow_none=True, metadata={"description": "To the minute"})
    last_used_ip = Text(required=True, allow_none=True, max=64)


class ApiTokenMade(ApiTokenOut):
    """A token just made, with its secret: shown now, and never again."""

    secret = Text(
        required=True, allow_none=True, max=200, metadata={"description": "null when a request is repeated"}
    )


class Area(Shape):
    """What a token may be good for."""

    name = Choice(AREAS, required=True)
    label = Text(required=True, max=100, metadata={"description": "In the reader's language"})


class ApiTokenPage(Shape):
    """A page of tokens, the newest first."""

    items = Many(Part(ApiTokenOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    areas = Many(Part(Area), required=True, metadata={"description": "What tokens can be cut down to"})
    allowed = Yes(required=True, metadata={"description": "Whether the company lets programs in at all"})
