"""Telling a company in time that its month's limit comes near."""

from app.access.permissions import Permission
from app.access.queries.holders import holders_of
from app.messaging import services as messaging
from app.messaging.channels.contract import Message
from app.usage import standing
from app.usage.standing import Standing
from tenants import calendar

LEVELS = (100, 80)
"""At so many percent of a limit; the highest that is reached is told."""


def warn() -> None:
    """Have the current company's administrators told of the limits that are nearly or wholly used up.

    Each of them once for each level of each limit; that it is looked at every minute changes nothing.
    """
    limited = standing.now()
    reached = {channel: level for channel, one in limited.items() if (level := _level(one))}
    if not reached:
        return
    month = f"{calendar.today(calendar.zone()):%Y-%m}"
    holders = holders_of(Permission.MESSAGE_MANAGE)
    messaging.enqueue(
        "bell",
        [
            Message(
                kind=f"limit-{channel}-{'reached' if level == max(LEVELS) else 'near'}",
                facts={"limit": limited[channel].limit, "used": limited[channel].used},
                to=str(user_id),
                link="/usage",
                dedupe_key=f"limit:{month}:{channel}:{limited[channel].limit}:{level}",
            )
            for channel, level in reached.items()
            for user_id in holders
        ],
    )


def _level(one: Standing) -> int | None:
    if not one.limit:
        return None
    return next((level for level in LEVELS if one.used * 100 >= one.limit * level), None)
