"""What a company has sent and may send, on the wire."""

from app.http.fields import Choice, Day, Many, Part, Shape, Whole
from app.usage.reading import MONTHS
from app.usage.services import MOST
from app.usage.standing import CHANNELS

_CHANNEL = Choice(CHANNELS, required=True)
_COUNT = {"min": 0, "required": True}
_OWN = {"description": "Segments in a month that the company allows itself; null: as many as it likes"}


class MessageUsageQuery(Shape):
    """Of which month."""

    month = Day(load_default=None, metadata={"description": "Any of its days; this month if not said"})


class MessagesSent(Shape):
    """What went out through a channel in a time."""

    since = Day(required=True)
    channel = _CHANNEL
    messages = Whole(**_COUNT)
    segments = Whole(**_COUNT)
    cost = Whole(metadata={"description": "In cents, as far as prices are known"}, **_COUNT)
    unpriced = Whole(metadata={"description": "Segments whose price nobody has told"}, **_COUNT)


class LimitStanding(Shape):
    """How much of this month's limit is used."""

    channel = _CHANNEL
    limit = Whole(**_COUNT)
    used = Whole(**_COUNT)


class MessageUsage(Shape):
    """What the company has sent."""

    month = Day(required=True)
    days = Many(Part(MessagesSent), required=True)
    months = Many(Part(MessagesSent), required=True, metadata={"description": f"The last {MONTHS}"})
    limits = Many(Part(LimitStanding), required=True)


class MessageLimitsPatch(Shape):
    """What the company allows itself from now on."""

    sms = Whole(min=0, max=MOST, allow_none=True, metadata=_OWN)
    mail = Whole(min=0, max=MOST, allow_none=True, metadata=_OWN)


class MessageLimits(Shape):
    """How much the company may send in a month."""

    version = Whole(required=True)
    own_sms = Whole(required=True, allow_none=True)
    own_mail = Whole(required=True, allow_none=True)
    granted_sms = Whole(required=True, allow_none=True)
    granted_mail = Whole(required=True, allow_none=True)
