"""Whoever borrows hears when they have the money, and when they should have settled it."""

from app.core.events import on
from app.events.advances import AdvancesOverdue, AdvancesPaidOut
from app.messaging import services as messaging
from app.messaging.channels.contract import Message


@on(AdvancesPaidOut)
def tell_of_a_payout(event: AdvancesPaidOut) -> None:
    """Ring once for each advance, with one statement for all."""
    messaging.enqueue(
        "bell",
        [
            Message(
                kind="advance-paid",
                facts={"advance": label},
                to=str(owner_id),
                link=f"/advances/{advance_id}",
                dedupe_key=f"advance:{advance_id}:{version}:paid",
            )
            for owner_id, advance_id, label, version in event.paid
        ],
    )


@on(AdvancesOverdue)
def tell_of_being_late(event: AdvancesOverdue) -> None:
    """Ring once for each advance and day, however often it is looked at."""
    messaging.enqueue(
        "bell",
        [
            Message(
                kind="advance-overdue",
                facts={"advance": label},
                to=str(owner_id),
                link=f"/advances/{advance_id}",
                dedupe_key=f"advance:{advance_id}:overdue:{due_on}",
            )
            for owner_id, advance_id, label, due_on in event.overdue
        ],
    )
