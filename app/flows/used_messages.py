"""What providers take counts, and what people outside are sent ends where the month's limit does."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.events import on
from app.events.messages import DeliveriesSettled
from app.messaging import barring
from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from app.outreach.releasing import KIND
from app.usage import barring as limits
from app.usage import counting


@on(DeliveriesSettled)
def count(event: DeliveriesSettled) -> None:
    """Each message counts when it is first known to have been taken."""
    counting.count(event.settled)


def _barred(parcels: Sequence[Parcel]) -> Mapping[UUID, Bar]:
    """Invitations, codes and letters that somebody writes by hand go out at any rate."""
    ours = [parcel for parcel in parcels if parcel.kind == KIND]
    return limits.barred(ours) if ours else {}


barring.register(_barred)
