"""Timelines on the wire."""

from marshmallow import fields

from api.v1.schemas.attachments import AttachmentOut
from api.v1.schemas.comments import CommentOut
from api.v1.schemas.session import Ref
from app.http.fields import Id, Instant, Many, Part, Shape, Text


class Happening(Shape):
    """Something that happened to a record, or to one that belongs to it."""

    id = Id(required=True)
    at = Instant(required=True)
    actor = Part(Ref, required=True, allow_none=True)
    kind = Text(required=True, max=64)
    subject_type = Text(required=True, max=64)
    subject_id = Id(required=True)
    subject_label = Text(required=True, max=200)
    changes = Many(
        fields.Dict(keys=fields.String()),
        required=True,
        metadata={"description": "[{field, before, after}]"},
    )
    attachment = Part(AttachmentOut, required=True, allow_none=True, metadata={"description": "If it is one"})
    comment = Part(CommentOut, required=True, allow_none=True, metadata={"description": "If it is one"})


class Timeline(Shape):
    """What happened, the latest first."""

    items = Many(Part(Happening), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
