"""The trail on the wire."""

from marshmallow import fields

from api.v1.schemas.paging import PageQuery
from api.v1.schemas.session import Ref
from app.http.fields import Id, Instant, Many, Part, Shape, Text, Whole


class AuditQuery(PageQuery):
    """Which lines of the trail."""

    actor_id = Id()
    action = Text(max=64)
    subject_type = Text(max=64)
    subject_id = Id()
    q = Text(max=100, load_default="", metadata={"description": "Part of the subject's name"})
    since = Instant(data_key="at.gte")
    until = Instant(data_key="at.lte")


class Change(Shape):
    """One field before and after."""

    field = Text(required=True, max=100)
    label = Text(max=100, metadata={"description": "What one of the company's own fields was called"})
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class AuditRecordOut(Shape):
    """Who did what to which record, when and from where."""

    id = Id(required=True)
    at = Instant(required=True)
    actor = Part(Ref, required=True, allow_none=True, metadata={"description": "null: nobody signed in"})
    via = Part(
        Ref, required=True, allow_none=True, metadata={"description": "The API token that acted for them"}
    )
    ip = Text(required=True, allow_none=True, max=64)
    user_agent = Text(required=True, allow_none=True, max=300)
    action = Text(required=True, max=64)
    subject_type = Text(required=True, max=64)
    subject_id = Id(required=True)
    subject_label = Text(required=True, max=200)
    changes = Many(Part(Change), required=True)


class AuditPage(Shape):
    """A page of the trail, the latest first."""

    items = Many(Part(AuditRecordOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class AuditSealOut(Shape):
    """How far the trail is sealed: changing, removing or inserting a sealed line shows."""

    count = Whole(required=True)
    until = Instant(required=True, allow_none=True, metadata={"description": "Time of the last sealed line"})
    sealed_at = Instant(required=True, allow_none=True)
