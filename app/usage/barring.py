"""What is beyond a limit waits for the next month, or for a higher one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from app.usage import standing

USED_UP = "limit-reached"


def barred(parcels: Sequence[Parcel]) -> Mapping[UUID, Bar]:
    """Those of these messages that the month's limit leaves no room for.

    What several workers send at the same moment is counted afterwards: they may exceed a limit by that much.
    """
    limited = standing.now()
    if not limited:
        return {}
    room = {channel: one.left for channel, one in limited.items()}
    found: dict[UUID, Bar] = {}
    for parcel in parcels:
        if parcel.channel not in room:
            continue
        if room[parcel.channel] > 0:
            room[parcel.channel] -= 1
        else:
            found[parcel.id] = Bar(USED_UP, standing.next_month())
    return found
