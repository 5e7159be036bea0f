"""Caught mails on the wire."""

from marshmallow import fields

from app.http.fields import Instant, Many, Part, Shape, Text


class Mail(Shape):
    """A mail as it was caught."""

    id = Text(required=True, max=64)
    sender = Text(required=True, max=1000, data_key="from")
    to = Many(Text(max=1000), required=True)
    subject = Text(required=True, max=1000)
    at = Instant(required=True)
    links = Many(fields.String(), required=True)
    text = fields.String(required=True)
    html = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "As it came: show it in a sandboxed frame only"},
    )


class Mailbox(Shape):
    """The newest mails."""

    items = Many(Part(Mail), required=True)


class ShortMessage(Shape):
    """A short message as it was caught."""

    id = Text(required=True, max=64)
    number = Text(required=True, max=20)
    signature = Text(required=True, max=60)
    text = fields.String(required=True)
    at = Instant(required=True)
    answers = fields.Boolean(
        required=True, metadata={"description": "Whether the holder of the number has answered it so"}
    )


class ShortMessages(Shape):
    """The newest short messages."""

    items = Many(Part(ShortMessage), required=True)


class ShortAnswer(Shape):
    """What the holder of a number answers."""

    number = Text(required=True, min=1, max=20)
    text = Text(required=True, min=1, max=300)
