"""Whoever spent money hears when they have it back."""

from app.core.events import on
from app.events.expenses import ExpenseClaimsPaid
from app.messaging import services as messaging
from app.messaging.channels.contract import Message


@on(ExpenseClaimsPaid)
def tell_of_a_payment(event: ExpenseClaimsPaid) -> None:
    """Ring once for each claim, with one statement for all."""
    messaging.enqueue(
        "bell",
        [
            Message(
                kind="expense-claim-paid",
                facts={"claim": label},
                to=str(owner_id),
                link=f"/expenses/{claim_id}",
                dedupe_key=f"expense-claim:{claim_id}:{version}:paid",
            )
            for owner_id, claim_id, label, version in event.paid
        ],
    )
