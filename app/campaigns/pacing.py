"""How many messages may go out now: evenly, and without making up for what an outage or a night kept back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.campaigns.states import PacePer

_SPAN = {PacePer.MINUTE: timedelta(minutes=1), PacePer.HOUR: timedelta(hours=1)}
LONGEST_PAUSE = timedelta(minutes=1)
"""For so long workers may have been away and still catch up."""


@dataclass(frozen=True, slots=True)
class Pace:
    """So many messages in so long."""

    count: int
    per: PacePer

    @property
    def interval(self) -> timedelta:
        """The time between two."""
        return _SPAN[self.per] / self.count


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many may go out, and until when that uses up the time that has passed."""

    count: int
    until: datetime


def allowance(pace: Pace, since: datetime | None, at: datetime, *, most: int) -> Allowance:
    """How many messages may go out at a moment.

    :param since: until when the time that passed is used up; None: nothing went out yet
    """
    reach = max(LONGEST_PAUSE, pace.interval)
    start = at - pace.interval if since is None else max(since, at - reach)
    count = max(0, min(most, (at - start) // pace.interval))
    return Allowance(count, start + count * pace.interval)
