"""What the variables of messages come to, for many people at once, in as many statements as for one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.access import logins
from app.contacts.salutations import salutation
from app.core import phones
from app.core.quantities import parts_written
from app.insights import own_message_values
from app.lists import pages
from app.message_templates import saying
from app.message_templates.variables import ASSET, PURCHASE, QUOTE, SERVICE
from app.messaging.texts import one_line

_PEOPLE = (
    "SELECT c.id::text, c.name, c.gender, c.title, k.name, u.name, u.login FROM contacts c "
    "LEFT JOIN customers k ON k.tenant_id = %(tenant)s AND k.id = c.customer_id "
    "LEFT JOIN users u ON u.tenant_id = %(tenant)s AND u.id = c.owner_id "
    "WHERE c.tenant_id = %(tenant)s AND c.id = ANY (%(ids)s::uuid[])"
)
_COMPANY = "SELECT t.id::text, t.name FROM tenants t WHERE t.id = %(tenant)s"
_ABOUT = {
    ASSET: (
        "SELECT r.id::text, r.name, r.model, r.serial, r.warranty_until::text, r.maintenance_due_on::text, "
        "r.contract_until::text FROM assets r WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[])"
    ),
    QUOTE: (
        "SELECT r.id::text, r.number, r.title, r.gross, r.currency, r.valid_until::text FROM quotes r "
        "WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[])"
    ),
    SERVICE: (
        "SELECT r.id::text, r.kind, a.name, r.done_on::text, coalesce(u.name, r.done_by_name), "
        "r.next_due_on::text FROM service_records r "
        "LEFT JOIN assets a ON a.tenant_id = %(tenant)s AND a.id = r.asset_id "
        "LEFT JOIN users u ON u.tenant_id = %(tenant)s AND u.id = r.done_by_id "
        "WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[])"
    ),
    PURCHASE: (
        "SELECT r.id::text, r.name, r.quantity, r.unit, r.bought_on::text, r.reference FROM purchases r "
        "WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[])"
    ),
}
_SERVICES = {
    "installation": ("安装", "installation"),
    "maintenance": ("保养", "maintenance"),
    "repair": ("维修", "repair"),
    "visit": ("巡检", "visit"),
    "training": ("培训", "training"),
    "other": ("其他", "other"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """To whom a message goes, what gives the reason, and on which day it is written in what language."""

    contact_id: UUID
    about_kind: str | None
    about_id: UUID | None
    on: date
    locale: str


Row = Sequence[Any]


def of(connection: Any, tenant_id: int, subjects: Sequence[Subject]) -> list[dict[str, str]]:
    """The values of all variables that are known, for each of these in their order.

    :param connection: a psycopg connection inside the tenant's walls
    """
    people = _found(connection, tenant_id, _PEOPLE, (one.contact_id for one in subjects))
    company = pages.run(connection, _COMPANY, {"tenant": tenant_id})[0][1]
    reasons = {
        kind: _found(
            connection, tenant_id, statement, (one.about_id for one in subjects if one.about_kind == kind)
        )
        for kind, statement in _ABOUT.items()
    }
    added = own_message_values.of(connection, tenant_id, subjects)
    return [
        _values(one, company, people.get(str(one.contact_id)), _reason(one, reasons), own)
        for one, own in zip(subjects, added, strict=True)
    ]


def _found(connection: Any, tenant_id: int, statement: str, ids: Iterable[UUID | None]) -> dict[str, Row]:
    wanted = sorted({str(one) for one in ids if one is not None})
    if not wanted:
        return {}
    return {row[0]: row for row in pages.run(connection, statement, {"tenant": tenant_id, "ids": wanted})}


def _reason(subject: Subject, reasons: Mapping[str, Mapping[str, Row]]) -> Row | None:
    return reasons.get(subject.about_kind or "", {}).get(str(subject.about_id))


def _values(
    subject: Subject, company: str, person: Row | None, reason: Row | None, own: Mapping[str, str]
) -> dict[str, str]:
    locale = subject.locale
    told: dict[str, Any] = {
        **own,
        "company.name": company,
        "today.date": saying.day(subject.on.isoformat(), locale),
        "today.year": str(subject.on.year),
    }
    if person is not None:
        told |= _person(person, locale)
    if reason is not None:
        told |= _READERS[subject.about_kind or ""](reason, locale)
    return {name: one_line(value) for name, value in told.items() if value}


def _person(row: Row, locale: str) -> dict[str, Any]:
    _, name, gender, title, customer, owner, login = row
    mail = login is not None and logins.is_email(login)
    return {
        "contact.name": name,
        "contact.salutation": salutation(name, gender, locale),
        "contact.title": title,
        "customer.name": customer,
        "owner.name": owner,
        "owner.phone": None if mail or login is None else _phone(login, locale),
        "owner.email": login if mail else None,
    }


def _asset(row: Row, locale: str) -> dict[str, Any]:
    _, name, model, serial, *days = row
    names = ("asset.warranty_until", "asset.maintenance_due", "asset.contract_until")
    told = {name: saying.day(day, locale) for name, day in zip(names, days, strict=True)}
    return {"asset.name": name, "asset.model": model, "asset.serial": serial, **told}


def _quote(row: Row, locale: str) -> dict[str, Any]:
    _, number, title, gross, currency, until = row
    return {
        "quote.number": number,
        "quote.title": title,
        "quote.total": saying.money(gross, currency),
        "quote.valid_until": saying.day(until, locale),
    }


def _service(row: Row, locale: str) -> dict[str, Any]:
    _, kind, asset, done_on, done_by, due = row
    return {
        "service.kind": _SERVICES[kind][locale == "en"],
        "service.asset": asset,
        "service.done_on": saying.day(done_on, locale),
        "service.done_by": done_by,
        "service.next_due": saying.day(due, locale),
    }


def _purchase(row: Row, locale: str) -> dict[str, Any]:
    _, name, quantity, unit, bought_on, reference = row
    count = None if quantity is None else f"{parts_written(quantity)} {unit or ''}".strip()
    return {
        "purchase.name": name,
        "purchase.quantity": count,
        "purchase.bought_on": saying.day(bought_on, locale),
        "purchase.reference": reference,
    }


_READERS: Mapping[str, Callable[[Row, str], dict[str, Any]]] = {
    ASSET: _asset,
    QUOTE: _quote,
    SERVICE: _service,
    PURCHASE: _purchase,
}


def _phone(login: str, locale: str) -> str:
    return login if locale == "en" else phones.shown(login)
