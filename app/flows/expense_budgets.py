"""What is submitted is charged to the budgets that cover it, in the same transaction."""

from app.budgets import following
from app.budgets.charging import Bill
from app.core.events import on
from app.events.expenses import OutlayBound, OutlayFreed, OutlayMade
from app.expense_requests.trail import SUBJECT as REQUEST


@on(OutlayBound)
def bind(event: OutlayBound) -> None:
    """Reserve it, unless a budget stops it; what claims draw on a request is told by the request's id."""
    word, record_id = event.record
    bill = Bill(
        outlays=event.outlays,
        department_id=event.department_id,
        currency=event.currency,
        record_id=record_id,
        request_id=record_id if word == REQUEST else event.request_id,
    )
    following.bound(event.record, bill, owner_id=event.by_id)


@on(OutlayMade)
def use(event: OutlayMade) -> None:
    """It is spent."""
    following.made(event.record[1])


@on(OutlayFreed)
def free(event: OutlayFreed) -> None:
    """It will not be spent: it was rejected, withdrawn or sent back, or its request is closed."""
    following.freed(event.record[1])
