"""Whoever spent money hears when they have it back."""

from app.core.events import on
from app.events.expenses import ExpenseClaimsPaid
from app.messaging import services as messaging


@on(ExpenseClaimsPaid)
def tell_of_a_payment(event: ExpenseClaimsPaid) -> None:
    """Ring once for each claim."""
    for owner_id, claim_id, label, version in event.paid:
        messaging.notify(
            owner_id,
            "expense-claim-paid",
            {"claim": label},
            link=f"/expenses/{claim_id}",
            dedupe_key=f"expense-claim:{claim_id}:{version}:paid",
        )
