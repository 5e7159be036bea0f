"""When a company works, as its administrators have said it."""

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, db
from app.workdays.reckoning import Week
from tenants import calendar
from tenants.ownership import TenantOwned


class WorkCalendar(TenantOwned, Base):
    """A company's working time, one row at most."""

    __tablename__ = "work_calendars"

    version: Mapped[int] = mapped_column(default=1)
    weekdays: Mapped[list[Any]]
    """1 is Monday."""
    begins: Mapped[str]
    """A time of day, as are the others: `09:00`."""
    ends: Mapped[str]
    break_begins: Mapped[str | None]
    break_ends: Mapped[str | None]
    public_holidays: Mapped[bool]
    exceptions: Mapped[list[Any]]
    """Each {"day", "works"}, in order."""

    # Counted by hand: what no row says is the first version.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def week(self, zone: ZoneInfo) -> Week:
        """The same to count with."""
        told = [self.begins, self.break_begins, self.break_ends, self.ends]
        times = [time.fromisoformat(one) for one in told if one is not None]
        return Week(
            zone=zone,
            weekdays=frozenset(self.weekdays),
            hours=tuple(zip(times[::2], times[1::2], strict=True)),
            public_holidays=self.public_holidays,
            exceptions={date.fromisoformat(one["day"]): one["works"] for one in self.exceptions},
        )


def current() -> WorkCalendar:
    """When the current company works; not to be saved as it is."""
    found = db.session.scalars(select(WorkCalendar)).first()
    return found or WorkCalendar(
        version=1,
        weekdays=[1, 2, 3, 4, 5],
        begins="09:00",
        ends="18:00",
        break_begins="12:00",
        break_ends="13:00",
        public_holidays=True,
        exceptions=[],
    )


def week() -> Week:
    """When the current company works, to count with, where it is."""
    return current().week(calendar.zone())
