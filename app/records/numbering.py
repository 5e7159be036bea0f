"""What records of a kind are called: counted within a company and a year. No number is given twice."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db
from tenants.context import require_tenant_id
from tenants.ownership import TenantOwned


class YearCounter(TenantOwned):
    """How many records of a kind a company has begun in a year; its table stands beside the records."""

    __abstract__ = True

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def next_number(counter: type[YearCounter], prefix: str, day: date) -> str:
    """The next number of the year, held until the transaction ends: Q-2026-0001."""
    counted = (
        insert(counter)
        .values(tenant_id=require_tenant_id(), year=day.year, last=1)
        .on_conflict_do_update(index_elements=["tenant_id", "year"], set_={"last": counter.last + 1})
        .returning(counter.last)
    )
    return f"{prefix}-{day.year}-{db.session.execute(counted).scalar_one():04}"
