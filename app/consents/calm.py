"""When people may be written to: at which hours, how often at most, and whether they are asked first.

What falls outside is put off, not dropped. Reckoned on the company's clock; an hour that a change of clocks
leaves out is made up for as soon as it is past.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from app.consents.states import Purpose

WEEK = (1, 2, 3, 4, 5, 6, 7)
MOST_TIMES = 100
_FURTHEST = 16
"""Days: where one day of the week is allowed, a change of clocks may take its hours away."""
_DAYS = {"per_day": timedelta(days=1), "per_week": timedelta(days=7), "per_month": timedelta(days=30)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """What holds for messages of one purpose."""

    needs_consent: bool
    """Whether they must have agreed; otherwise it is enough that they have not refused."""
    begins: str
    """A time of day, as is the other: `09:00`."""
    ends: str
    weekdays: tuple[int, ...] = WEEK
    """1 is Monday."""
    per_day: int | None = None
    """How many messages of this purpose a person gets at most; None: as many as there are."""
    per_week: int | None = None
    per_month: int | None = None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """The same from what is stored."""
        return cls(**{**told, "weekdays": tuple(told["weekdays"])})

    def told(self) -> dict[str, Any]:
        """What is stored."""
        return {**asdict(self), "weekdays": list(self.weekdays)}

    def allows(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether a message may go out at a moment."""
        local = at.astimezone(zone)
        clock = local.time().replace(tzinfo=None)
        return local.isoweekday() in self.weekdays and self._from <= clock < self._until

    def next_moment(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The first moment, not before this one, at which a message may go out."""
        if self.allows(at, zone):
            return at
        day = at.astimezone(zone).date()
        openings = (
            # When clocks go back an hour comes twice.
            datetime.combine(day + timedelta(days=ahead), self._from.replace(fold=fold), zone)
            for ahead in range(_FURTHEST)
            for fold in (0, 1)
        )
        moments = (opening.astimezone(at.tzinfo) for opening in openings)
        return next(one for one in moments if one >= at and self.allows(one, zone))

    def caps(self) -> list[tuple[timedelta, int]]:
        """How many messages within how long, the shortest time first."""
        limits = ((_DAYS[name], getattr(self, name)) for name in _DAYS)
        return [(span, most) for span, most in limits if most is not None]

    @property
    def _from(self) -> time:
        return time.fromisoformat(self.begins)

    @property
    def _until(self) -> time:
        return time.fromisoformat(self.ends)


DEFAULTS = {
    Purpose.MARKETING: Calm(
        needs_consent=True, begins="09:00", ends="20:30", per_day=1, per_week=2, per_month=4
    ),
    Purpose.CARE: Calm(needs_consent=False, begins="09:00", ends="20:30", per_day=1, per_week=3),
    Purpose.SERVICE: Calm(needs_consent=False, begins="08:00", ends="21:00", per_day=3),
}
"""What holds where a company has said nothing."""
