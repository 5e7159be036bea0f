"""What stands against sending, asked at the last moment: what waits in the outbox may be outlived."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.messaging.outbox import Parcel


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a message must not go out."""

    reason: str
    until: datetime | None = None
    """When it may; None: never."""


Check = Callable[[Sequence[Parcel]], Mapping[UUID, Bar]]
"""What stands against some of these messages, by their ids."""
_checks: list[Check] = []


def register(check: Check) -> None:
    """Have somebody asked at the moment of sending, in the transaction that marks the hand-over."""
    _checks.append(check)


def barred(parcels: Sequence[Parcel]) -> dict[UUID, Bar]:
    """What stands against these messages; what bars for ever comes before what only puts off."""
    found: dict[UUID, Bar] = {}
    for check in _checks:
        for parcel_id, bar in check(parcels).items():
            if parcel_id not in found or bar.until is None:
                found[parcel_id] = bar
    return found
