"""Messages to people outside follow what becomes of them in the outbox."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.events import on
from app.events.messages import DeliveriesSettled, DeliveryRepeated
from app.messaging import barring
from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from app.outreach import progress, standing_again
from app.outreach.releasing import KIND


@on(DeliveriesSettled)
def follow(event: DeliveriesSettled) -> None:
    """Each message moves on, comes to its end or takes the next way."""
    if told := [one for one in event.settled if one.kind == KIND]:
        progress.settled(told)


@on(DeliveryRepeated)
def go_on(event: DeliveryRepeated) -> None:
    """A message that is sent once more has a further try."""
    if event.kind == KIND:
        progress.repeated(event.delivery_id, event.repeated_as)


def _barred(parcels: Sequence[Parcel]) -> Mapping[UUID, Bar]:
    ours = [parcel for parcel in parcels if parcel.kind == KIND]
    return standing_again.barred(ours) if ours else {}


barring.register(_barred)
