"""When whoever is to do a task is reminded of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

MOST = 5
LARGEST = 999


class Unit(StrEnum):
    """What is counted from the reminder to the due time."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


_LENGTH = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1)}


def tidy(sent: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Reminders as they are kept: each once, the earliest first."""
    wanted = {(sent_one["amount"], Unit(sent_one["unit"])) for sent_one in sent}
    ordered = sorted(wanted, key=lambda one: (-(one[0] * _LENGTH[one[1]]), one[1]))
    return [{"amount": amount, "unit": unit.value} for amount, unit in ordered]


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Reminders on a company's clock."""

    zone: ZoneInfo

    def next(
        self, reminders: Sequence[Mapping[str, Any]], *, due_at: datetime, after: datetime
    ) -> datetime | None:
        """The first moment after another at which one of the reminders is due."""
        moments = (self._moment(reminder, due_at) for reminder in reminders)
        return min((moment for moment in moments if moment > after), default=None)

    def _moment(self, reminder: Mapping[str, Any], due_at: datetime) -> datetime:
        before: timedelta = reminder["amount"] * _LENGTH[Unit(reminder["unit"])]
        if reminder["unit"] != Unit.DAYS:
            return due_at.astimezone(UTC) - before
        # A day before nine o'clock is nine o'clock, also when the clocks change between the two.
        return (due_at.astimezone(self.zone) - before).astimezone(UTC)
