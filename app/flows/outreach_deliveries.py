"""Messages to people outside follow what becomes of them in the outbox."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.events import on
from app.events.messages import DeliveriesRepeated, DeliveriesSettled
from app.messaging import barring, followed_up
from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from app.outreach import progress, standing_again
from app.outreach.releasing import KIND

_MESSAGE_OF_TRY = (
    "outreach_tries y JOIN outreach_messages m ON m.tenant_id = y.tenant_id AND m.id = y.message_id"
)
_SETTLED = "m.state NOT IN ('failed', 'uncertain', 'suppressed')"
_TRIED_AGAIN = (
    "EXISTS (SELECT 1 FROM outreach_tries z WHERE z.tenant_id = y.tenant_id "
    "AND z.message_id = y.message_id AND z.id > y.id AND z.delivery_id IS NOT NULL)"
)


@on(DeliveriesSettled)
def follow(event: DeliveriesSettled) -> None:
    """Each message moves on, comes to its end or takes the next way."""
    if told := [one for one in event.settled if one.kind == KIND]:
        progress.settled(told)


@on(DeliveriesRepeated)
def go_on(event: DeliveriesRepeated) -> None:
    """Messages that are sent once more have a further try."""
    if ours := {one.delivery_id: one.repeated_as for one in event.repeated if one.kind == KIND}:
        progress.repeated(ours)


def _barred(parcels: Sequence[Parcel]) -> Mapping[UUID, Bar]:
    ours = [parcel for parcel in parcels if parcel.kind == KIND]
    return standing_again.barred(ours) if ours else {}


def _gone_on(deliveries: str) -> str:
    """The message has arrived in another way, was taken back or has expired, or was sent once more since."""
    of_it = f"y.tenant_id = {deliveries}.tenant_id AND y.delivery_id = {deliveries}.id"
    return f"EXISTS (SELECT 1 FROM {_MESSAGE_OF_TRY} WHERE {of_it} AND ({_SETTLED} OR {_TRIED_AGAIN}))"  # noqa: S608


barring.register(_barred)
followed_up.register(_gone_on)
