"""Webhooks on the wire."""

from marshmallow import fields

from api.v1.schemas.paging import PageQuery
from app.core.outbound import LONGEST_URL
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.webhooks.kinds import KINDS
from app.webhooks.models import TellingState, WebhookState

_EVENTS = {"description": "What it is told of; see `GET /webhook-events`"}


class WebhookIn(Shape):
    """A webhook as it is wanted."""

    name = Text(required=True, min=1, max=60)
    url = Text(required=True, min=1, max=LONGEST_URL)
    events = Many(Choice(KINDS), required=True, min=1, max=len(KINDS), metadata=_EVENTS)


class WebhookPatch(Shape):
    """What is to be different."""

    name = Text(min=1, max=60)
    url = Text(min=1, max=LONGEST_URL)
    events = Many(Choice(KINDS), min=1, max=len(KINDS), metadata=_EVENTS)
    state = Choice(WebhookState)


class WebhookOut(Shape):
    """A webhook, without its secret."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=60)
    url = Text(required=True, max=LONGEST_URL)
    events = Many(Choice(KINDS), required=True)
    state = Choice(WebhookState, required=True)
    paused_because = Choice(
        ("failing", "gone"), required=True, allow_none=True, metadata={"description": "null: by hand"}
    )
    former_until = Instant(
        required=True, allow_none=True, metadata={"description": "Until when the former secret signs, too"}
    )
    created_at = Instant(required=True)


class WebhookSecret(WebhookOut):
    """A webhook with a secret just made: shown now, and never again."""

    secret = Text(
        required=True, allow_none=True, max=100, metadata={"description": "null when a request is repeated"}
    )


class WebhookPage(Shape):
    """A page of webhooks, the newest first."""

    items = Many(Part(WebhookOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class DeliveryQuery(PageQuery):
    """Which events."""

    state = Choice(TellingState)


class DeliveryOut(Shape):
    """An event on its way to a webhook."""

    id = Id(required=True)
    event_id = Id(required=True, metadata={"description": "The same, however often it is sent"})
    event = Text(required=True, max=64)
    state = Choice(TellingState, required=True)
    attempts = Whole(required=True)
    last_status = Whole(required=True, allow_none=True)
    last_error = Text(required=True, allow_none=True, max=64)
    next_at = Instant(required=True)
    created_at = Instant(required=True)
    settled_at = Instant(required=True, allow_none=True)


class DeliveryPage(Shape):
    """A page of events, the newest first."""

    items = Many(Part(DeliveryOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class AttemptOut(Shape):
    """One try: what was answered, or why nothing was heard."""

    id = Id(required=True)
    at = Instant(required=True)
    taken = Yes(required=True)
    status = Whole(required=True, allow_none=True)
    error = Text(required=True, allow_none=True, max=64)
    milliseconds = Whole(required=True)
    answer = Text(required=True, max=1000)


class DeliveryDetail(DeliveryOut):
    """An event with what is sent, and every try."""

    payload = fields.Dict(required=True)
    tries = Many(Part(AttemptOut), required=True)


class WebhookEvents(Shape):
    """What webhooks can be told of."""

    items = Many(Choice(KINDS), required=True)
