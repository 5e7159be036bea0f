"""What operators see and send, on the wire."""

from marshmallow import fields

from app.http.fields import Choice, Day, Id, Instant, Many, Part, Shape, Text, Whole
from app.operators.dead_letters import MOST
from app.operators.models import Ruling
from app.usage.services import MOST as MOST_SEGMENTS

_COUNT = {"min": 0, "required": True}
_GRANTED = {"description": "Segments in a month; null: as many as it likes"}
_REASON = {"description": "Why; kept in the list of deeds"}


class OperatorSignIn(Shape):
    """Who signs in."""

    email = Text(required=True, min=1, max=254)
    password = Text(required=True, min=1, max=128)
    code = Text(max=12, load_default="", metadata={"description": "Of the authenticator"})


class OperatorSession(Shape):
    """Who is signed in."""

    name = Text(required=True, max=200)
    email = Text(required=True, max=254)


class WorkerState(Shape):
    """Whether scheduler, broker and workers live."""

    state = Choice(("well", "late", "silent", "broker-down"), required=True)
    beat_at = Instant(required=True, allow_none=True)


class QueueState(Shape):
    """Work that is due."""

    queue = Text(required=True, max=60)
    companies = Whole(**_COUNT)
    oldest_at = Instant(required=True)


class ChannelState(Shape):
    """A channel, of all companies together."""

    channel = Text(required=True, max=20)
    waiting = Whole(**_COUNT)
    sending = Whole(**_COUNT)
    oldest_due_at = Instant(required=True, allow_none=True)
    failed = Whole(**_COUNT)
    uncertain = Whole(**_COUNT)
    sent_hour = Whole(**_COUNT)
    sent_day = Whole(**_COUNT)
    measured_at = Instant(required=True)


class ProviderState(Shape):
    """How a provider fares."""

    provider = Text(required=True, max=200)
    state = Choice(("closed", "open", "half-open"), required=True)
    failures = Whole(**_COUNT)
    opened = Whole(**_COUNT)
    open_until = Instant(required=True, allow_none=True)
    last_error = Text(required=True, max=200)
    changed_at = Instant(required=True)


class CompanyState(Shape):
    """A company's outbox."""

    slug = Text(required=True, max=64)
    name = Text(required=True, max=200)
    waiting = Whole(**_COUNT)
    oldest_due_at = Instant(required=True, allow_none=True)
    failed = Whole(**_COUNT)
    uncertain = Whole(**_COUNT)
    sent_day = Whole(**_COUNT)


class OutboxSample(Shape):
    """How a channel of all companies together stood at a moment."""

    at = Instant(required=True)
    channel = Text(required=True, max=20)
    waiting = Whole(**_COUNT)
    sent_hour = Whole(metadata={"description": "In the hour before"}, **_COUNT)


class Overview(Shape):
    """How the installation fares."""

    at = Instant(required=True)
    worker = Part(WorkerState, required=True)
    queues = Many(Part(QueueState), required=True)
    channels = Many(Part(ChannelState), required=True)
    samples = Many(Part(OutboxSample), required=True, metadata={"description": "Of the last two days"})
    providers = Many(Part(ProviderState), required=True)
    companies = Many(Part(CompanyState), required=True)


class ProviderTrial(Shape):
    """A provider that is to be tried at once."""

    provider = Text(required=True, min=1, max=200)
    reason = Text(required=True, min=1, max=300, metadata=_REASON)


class DeadLettersAsked(Shape):
    """Whose messages are asked for."""

    company = Text(required=True, min=1, max=64, metadata={"description": "Its slug"})
    before = Id(load_default=None, metadata={"description": "Only those before this one"})


class DeadLetter(Shape):
    """A message that did not arrive: without its words, and with so much of its address as tells it apart."""

    id = Id(required=True)
    channel = Text(required=True, max=20)
    kind = Text(required=True, max=60)
    address = Text(required=True, max=300)
    state = Choice(("failed", "uncertain"), required=True)
    error = Text(required=True, allow_none=True, max=200)
    attempts = Whole(**_COUNT)
    repeatable = fields.Boolean(required=True)
    created_at = Instant(required=True)
    settled_at = Instant(required=True, allow_none=True)


class DeadLetters(Shape):
    """A page of them, the latest first."""

    items = Many(Part(DeadLetter), required=True)
    next = Id(required=True, allow_none=True, metadata={"description": "`before` of the next page"})


class DeadLetterRuling(Shape):
    """What is to be done with some of them."""

    company = Text(required=True, min=1, max=64)
    ids = Many(Id(), required=True, min=1, max=MOST)
    ruling = Choice(Ruling, required=True)
    reason = Text(required=True, min=1, max=300, metadata=_REASON)
    sure = fields.Boolean(
        load_default=False,
        metadata={"description": "Send once more what may have arrived"},
    )


class Ruled(Shape):
    """What was done."""

    ruled = Whole(required=True, min=0, metadata={"description": "How many were still open"})


class Deed(Shape):
    """Something that an operator has done."""

    id = Id(required=True)
    by = Text(required=True, max=200)
    action = Text(required=True, max=60)
    company = Text(required=True, allow_none=True, max=64)
    subject = Text(required=True, allow_none=True, max=200)
    amount = Whole(required=True, allow_none=True)
    reason = Text(required=True, allow_none=True, max=300)
    at = Instant(required=True)


class Deeds(Shape):
    """The latest deeds, the latest first."""

    items = Many(Part(Deed), required=True)


class UsageAsked(Shape):
    """Of which month."""

    month = Day(load_default=None, metadata={"description": "Any of its days; the newest if not said"})


class CompanyUsage(Shape):
    """What a company has sent in a month."""

    slug = Text(required=True, max=64)
    name = Text(required=True, max=200)
    texts = Whole(**_COUNT)
    segments = Whole(metadata={"description": "Of text messages, as vendors charge for them"}, **_COUNT)
    mails = Whole(**_COUNT)
    cost = Whole(metadata={"description": "In cents, as far as the company has told prices"}, **_COUNT)
    granted_sms = Whole(required=True, allow_none=True)
    granted_mail = Whole(required=True, allow_none=True)


class CompaniesUsage(Shape):
    """What companies have sent in a month, those with most first."""

    month = Day(required=True)
    months = Many(Day(), required=True, metadata={"description": "Those of which something is known"})
    items = Many(Part(CompanyUsage), required=True)


class MessageGrant(Shape):
    """How much a company may send in a month."""

    company = Text(required=True, min=1, max=64)
    sms = Whole(required=True, allow_none=True, min=0, max=MOST_SEGMENTS, metadata=_GRANTED)
    mail = Whole(required=True, allow_none=True, min=0, max=MOST_SEGMENTS, metadata=_GRANTED)
    reason = Text(required=True, min=1, max=300, metadata=_REASON)
