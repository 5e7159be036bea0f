"""What quotes are called: counted within a company and a year. No number is given twice."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert

from app.core.db import db
from app.quotes.models import QuoteCounter
from tenants.context import require_tenant_id


def next_number(day: date) -> str:
    """The next number of the year, held until the transaction ends: Q-2026-0001."""
    counted = (
        insert(QuoteCounter)
        .values(tenant_id=require_tenant_id(), year=day.year, last=1)
        .on_conflict_do_update(
            index_elements=[QuoteCounter.tenant_id, QuoteCounter.year], set_={"last": QuoteCounter.last + 1}
        )
        .returning(QuoteCounter.last)
    )
    return f"Q-{day.year}-{db.session.execute(counted).scalar_one():04}"
