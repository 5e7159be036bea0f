"""Keeping `next_birthday` ahead of the calendar.

What is past by the tenant's own clock is reckoned anew, in bounded slices, by whoever sweeps first. It is no
change of the contact: neither its version nor the trail tells of it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.contacts.birthdays import Birthday
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from tenants import agenda, calendar, rls, rounds
from tenants.context import require_tenant_id

QUEUE = "birthdays"
SLICE = 500
COLUMNS = (
    "birthday_calendar", "birthday_month", "birthday_day", "birthday_leap", "birthday_year", "next_birthday",
)  # fmt: skip
_SET = (
    "UPDATE contacts r SET next_birthday = v.day "
    "FROM unnest(%(ids)s::uuid[], %(days)s::date[]) AS v (id, day) "
    "WHERE r.tenant_id = %(tenant)s AND r.id = v.id"
)


def note_birthday(contact: Contact, birthday: Birthday | None) -> None:
    """Give a contact its birthday, and see to it that the day after is not forgotten.

    :raises Invalid: for a day that does not exist
    """
    if birthday is None:
        contact.born_on(None)
        return
    zone = calendar.zone()
    today = calendar.today(zone)
    birthday.check(today=today)
    agenda.note(QUEUE, calendar.end_of(birthday.next_on(today), zone))
    contact.born_on(birthday, today=today)


def birthday_columns(birthday: Birthday | None, *, today: date) -> dict[str, Any]:
    """A birthday that has been checked as columns, for contacts that are written many at a time."""
    contact = Contact()
    contact.born_on(birthday, today=today)
    return {name: getattr(contact, name) for name in COLUMNS}


def note_days(days: Iterable[date | None]) -> None:
    """See to it that the earliest of some next birthdays is not forgotten."""
    if coming := [day for day in days if day]:
        agenda.note(QUEUE, calendar.end_of(min(coming), calendar.zone()))


def look_again() -> None:
    """Have birthdays that may have passed unnoticed reckoned anew soon."""
    agenda.note(QUEUE, clock.now())


def sweep() -> None:
    """Bring every tenant's birthdays up to its own date."""
    rounds.walk(QUEUE, _roll_all)


def _roll_all() -> None:
    while roll():
        pass


def roll() -> bool:
    """Reckon a slice of the current tenant's past birthdays anew; False when none is left."""
    with unit_of_work():
        at, zone = clock.now(), calendar.zone()
        today = calendar.today(zone)
        past = db.session.scalars(
            _living(select(Contact))
            .where(Contact.next_birthday < today)
            .order_by(Contact.next_birthday, Contact.id)
            .limit(SLICE)
            .with_for_update(skip_locked=True)
        ).all()
        if past:
            _write({contact.id: contact.birthday.next_on(today) for contact in past if contact.birthday})
            return True
        agenda.settle(QUEUE, at=at)
        earliest = db.session.scalar(_living(select(func.min(Contact.next_birthday))))
        if earliest is not None:
            agenda.note(QUEUE, calendar.end_of(earliest, zone))
        return False


def _living(statement: Select[Any]) -> Select[Any]:
    return statement.where(Contact.deleted_at.is_(None), Contact.next_birthday.is_not(None))


def _write(days: Mapping[UUID, date]) -> None:
    params = {"tenant": require_tenant_id(), "ids": list(days), "days": list(days.values())}
    rls.driver_of(db.session()).execute(_SET, params)
