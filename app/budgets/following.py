"""How budgets follow what is spent: bound when submitted, used when granted, freed when not.

The flows that hear of it call these, inside the transaction of what happened there.
"""

from uuid import UUID

from sqlalchemy import delete, update

from app.budgets import charging
from app.budgets.charging import Bill
from app.budgets.models import BudgetOutlay
from app.budgets.states import OutlayState
from app.core.bulk import insert_many
from app.core.db import db
from app.core.ids import new_id
from tenants.context import require_tenant_id


def bound(record: tuple[str, UUID], bill: Bill, *, owner_id: UUID) -> None:
    """Bind what is submitted, whether or not a budget covers it.

    :raises BudgetExceeded: if a budget that stops has not so much left; then nothing is bound
    """
    charging.hold(bill)
    word, record_id = record
    plain = {
        "tenant_id": require_tenant_id(),
        "source_type": word,
        "source_id": record_id,
        "request_id": bill.request_id,
        "owner_id": owner_id,
        "department_id": bill.department_id,
        "currency": bill.currency,
        "state": OutlayState.RESERVED,
    }
    insert_many(
        BudgetOutlay,
        [
            {**plain, "id": new_id(), "kind_id": one.kind_id, "spent_on": one.on, "amount": one.amount}
            for one in bill.outlays
        ],
    )


def made(record_id: UUID) -> None:
    """What was bound for a record is spent."""
    spent = update(BudgetOutlay).where(BudgetOutlay.source_id == record_id).values(state=OutlayState.USED)
    db.session.execute(spent.execution_options(synchronize_session=False))


def freed(record_id: UUID) -> None:
    """Nothing is bound for a record any more.

    Its rows go: that it was submitted and came back is told in its own trail, and a budget that showed what
    was never spent would have to explain itself.
    """
    gone = delete(BudgetOutlay).where(BudgetOutlay.source_id == record_id)
    db.session.execute(gone.execution_options(synchronize_session=False))
