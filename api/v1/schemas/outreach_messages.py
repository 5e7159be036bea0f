"""Messages to people outside on the wire."""

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.consents.states import Purpose, Way
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from app.messaging.models import DeliveryState, Told
from app.outreach.services import MOST_CHOICES
from app.outreach.states import Held, MessageState

_LONG, _LONGEST = 200, 100_000
_MOST_TRIES = 100
_REASON = {"description": "Why it came to nothing; null: it did not"}
_HELD = {"description": "What it waits for besides its time"}
_WITHHELD = {"description": "Whether its words are kept back: something in them is not for the reader"}


class OutreachMessageIn(Shape):
    """A message that somebody writes by hand."""

    contact_id = Id(required=True)
    template_ids = Many(
        Id(),
        required=True,
        min=1,
        max=MOST_CHOICES,
        metadata={"description": "What to say, the way to be tried first first; all for the same purpose"},
    )


class OutreachOrigin(Shape):
    """What a message comes from."""

    type = Text(required=True, max=_LONG)
    id = Id(required=True)
    label = Text(required=True, max=_LONG)


class OutreachAbout(Shape):
    """The record that gave the reason."""

    kind = Text(required=True, max=_LONG)
    id = Id(required=True)


class OutreachMessageItem(Shape):
    """A message as the list shows it."""

    id = Id(required=True)
    state = Choice(MessageState, required=True)
    purpose = Choice(Purpose, required=True)
    way = Choice(Way, required=True, allow_none=True, metadata={"description": "In which it went out"})
    reason = Text(required=True, allow_none=True, max=_LONG, metadata=_REASON)
    held_by = Choice(Held, required=True, allow_none=True, metadata=_HELD)
    place = Whole(required=True, min=0, max=MOST_CHOICES)
    due_at = Instant(required=True)
    next_at = Instant(required=True)
    expires_at = Instant(required=True)
    created_at = Instant(required=True)
    released_at = Instant(required=True, allow_none=True)
    settled_at = Instant(required=True, allow_none=True)
    origin = Part(OutreachOrigin, required=True)
    about = Part(OutreachAbout, required=True, allow_none=True)
    contact = Part(Ref, required=True)
    customer = Part(Ref, required=True, allow_none=True)
    created_by = Part(Ref, required=True, allow_none=True)
    said = Text(required=True, allow_none=True, max=_LONG, metadata={"description": "How it begins"})
    withheld = Yes(required=True, metadata=_WITHHELD)
    clicks = Whole(
        required=True,
        min=0,
        metadata={"description": "How many of its links were followed; of campaigns only"},
    )
    replied = Yes(required=True, metadata={"description": "Whether it was answered by text message"})
    unsubscribed = Yes(required=True, metadata={"description": "Whether they want no more of the kind"})


class OutreachMessagePage(Shape):
    """Messages."""

    items = Many(Part(OutreachMessageItem), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class OutreachTemplate(Shape):
    """What is said."""

    id = Id(required=True)
    name = Text(required=True, allow_none=True, max=_LONG, metadata={"description": "Null: it is gone"})


class OutreachChoice(Shape):
    """A way that may be taken."""

    way = Choice(Way, required=True)
    template = Part(OutreachTemplate, required=True)


class OutreachReceipt(Shape):
    """What the provider has told."""

    verdict = Choice(Told, required=True)
    error = Text(required=True, allow_none=True, max=_LONG)
    at = Instant(required=True)
    received_at = Instant(required=True)


class OutreachDelivery(Shape):
    """A message in the outbox."""

    address = Text(required=True, allow_none=True, max=_LONG, metadata={"description": "Null: not for you"})
    attempts = Whole(required=True, min=0, max=10_000)
    next_at = Instant(required=True)
    error = Text(required=True, allow_none=True, max=_LONG)
    state = Choice(DeliveryState, required=True)
    subject = Text(required=True, allow_none=True, max=_LONG)
    text = Text(required=True, allow_none=True, max=_LONGEST, multiline=True)
    html = Text(required=True, allow_none=True, max=_LONGEST, multiline=True)
    withheld = Yes(required=True, metadata=_WITHHELD)
    receipts = Many(Part(OutreachReceipt), required=True, max=_MOST_TRIES)


class OutreachTryOut(Shape):
    """A way that was tried, or could not be taken."""

    place = Whole(required=True, min=0, max=MOST_CHOICES)
    way = Choice(Way, required=True)
    state = Text(required=True, max=_LONG)
    reason = Text(required=True, allow_none=True, max=_LONG)
    at = Instant(required=True)
    settled_at = Instant(required=True, allow_none=True)
    delivery = Part(OutreachDelivery, required=True, allow_none=True)


class OutreachCan(Shape):
    """What the reader may do with a message."""

    cancel = Yes(required=True)
    retry = Yes(required=True)


class OutreachMessageWhole(OutreachMessageItem):
    """A message from its occasion to the last receipt."""

    choices = Many(Part(OutreachChoice), required=True, max=_MOST_TRIES)
    tries = Many(Part(OutreachTryOut), required=True, max=_MOST_TRIES)
    can = Part(OutreachCan, required=True)


class PassedWay(Shape):
    """A way that cannot be taken."""

    way = Choice(Way, required=True)
    reason = Text(required=True, max=_LONG)


class OutreachPreview(Shape):
    """What would come of a message, if it were sent now."""

    at = Instant(required=True, metadata={"description": "When it would go out, or come to nothing"})
    way = Choice(Way, required=True, allow_none=True, metadata={"description": "Null: it would not go out"})
    subject = Text(required=True, allow_none=True, max=_LONG)
    text = Text(required=True, allow_none=True, max=_LONGEST, multiline=True)
    html = Text(required=True, allow_none=True, max=_LONGEST, multiline=True)
    reason = Text(required=True, allow_none=True, max=_LONG, metadata=_REASON)
    held_by = Choice(Held, required=True, allow_none=True, metadata=_HELD)
    passed = Many(Part(PassedWay), required=True, max=MOST_CHOICES)


class FollowedLinkQuery(Shape):
    """Which link somebody follows."""

    token = Text(required=True, min=1, max=200)
