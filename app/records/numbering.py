"""What records of a kind are called: counted within a company and a year. No number is given twice."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import db
from tenants.context import require_tenant_id
from tenants.ownership import TenantOwned

_COUNTING = (
    "INSERT INTO {table} (tenant_id, year, last) VALUES (%(tenant)s, %(year)s, 1) "
    "ON CONFLICT (tenant_id, year) DO UPDATE SET last = {table}.last + 1 RETURNING last"
)


class YearCounter(TenantOwned):
    """How many records of a kind a company has begun in a year; its table stands beside the records."""

    __abstract__ = True

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def next_number(counter: type[Any], prefix: str, day: date) -> str:
    """The next number of the year, held until the transaction ends: Q-2026-0001.

    :param counter: a `YearCounter`
    """
    given = {"tenant": require_tenant_id(), "year": day.year}
    # Below the ORM, which would put the statement together anew while others wait for their number.
    counted = db.session.connection().exec_driver_sql(_COUNTING.format(table=counter.__tablename__), given)
    return f"{prefix}-{day.year}-{counted.scalar_one():04}"
