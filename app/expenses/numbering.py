"""What expense claims are called: counted within a company and a year. No number is given twice."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert

from app.core.db import db
from app.expenses.models import ExpenseCounter
from tenants.context import require_tenant_id


def next_number(day: date) -> str:
    """The next number of the year, held until the transaction ends: BX-2026-0001."""
    counted = (
        insert(ExpenseCounter)
        .values(tenant_id=require_tenant_id(), year=day.year, last=1)
        .on_conflict_do_update(
            index_elements=[ExpenseCounter.tenant_id, ExpenseCounter.year],
            set_={"last": ExpenseCounter.last + 1},
        )
        .returning(ExpenseCounter.last)
    )
    return f"BX-{day.year}-{db.session.execute(counted).scalar_one():04}"
