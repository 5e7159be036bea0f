"""What the first demo company has sent in the last months, and how much it allows itself."""

import random
from datetime import date, timedelta

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.usage import services
from app.usage.models import MessageUsage

_DAYS = 150
_BUSY = frozenset({date(2026, 9, 24).timetuple().tm_yday, date(2026, 9, 30).timetuple().tm_yday})
"""Days before festivals, on which everybody is greeted."""
_MILLS, _LIMIT = 45, 2_000


def have_sent(administrator: Actor) -> None:
    """A few messages on each working day, many before festivals."""
    dice = random.Random(7)
    today = clock.now().astimezone(administrator.zone).date()
    with unit_of_work():
        for ago in range(_DAYS, 0, -1):
            day = today - timedelta(days=ago)
            if day.weekday() >= 5 and day.timetuple().tm_yday not in _BUSY:
                continue
            busy = 12 if day.timetuple().tm_yday in _BUSY else 1
            texts, mails = dice.randint(8, 34) * busy, dice.randint(4, 18) * busy
            segments = texts + dice.randint(0, texts // 3)
            _note(day, "sms", texts, segments, segments * _MILLS)
            _note(day, "mail", mails, mails, 0)
        services.change(administrator, {"sms": _LIMIT})


def _note(day: date, channel: str, messages: int, segments: int, mills: int) -> None:
    db.session.add(
        MessageUsage(day=day, channel=channel, messages=messages, segments=segments, mills=mills, unpriced=0)
    )
