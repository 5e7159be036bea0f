"""What a company's own fields come to in messages: for many at once, a statement for each kind of record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Protocol
from uuid import UUID

import orjson

from app.fields import catalogue
from app.fields.catalogue import CustomField
from app.lists import pages
from app.message_templates import own_variables, saying
from app.message_templates.variables import KINDS
from tenants import calendar

_TABLES = {
    "asset": "assets",
    "quote": "quotes",
    "service-record": "service_records",
    "purchase": "purchases",
}
_AT = {
    "contact": (
        "SELECT r.id::text, r.custom::text FROM contacts r "
        "WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[])"
    ),
    "customer": (
        "SELECT p.id::text, r.custom::text FROM contacts p JOIN customers r ON r.tenant_id = %(tenant)s "
        "AND r.id = p.customer_id WHERE p.tenant_id = %(tenant)s AND p.id = ANY (%(ids)s::uuid[])"
    ),
    **{
        kind: (
            f"SELECT r.id::text, r.custom::text FROM {table} r "  # noqa: S608
            "WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[])"
        )
        for kind, table in _TABLES.items()
    },
}


class Written(Protocol):
    """To whom a message goes, and what gives the reason."""

    @property
    def contact_id(self) -> UUID:
        """Whom it goes to."""

    @property
    def about_kind(self) -> str | None:
        """The kind of record that gives the reason."""

    @property
    def about_id(self) -> UUID | None:
        """That record."""

    @property
    def locale(self) -> str:
        """The language in which it is written."""


def of(connection: Any, tenant_id: int, subjects: Sequence[Written]) -> list[dict[str, str]]:
    """The values of the company's own variables, for each of these in their order.

    :param connection: a psycopg connection inside the tenant's walls
    """
    found: list[dict[str, str]] = [{} for _ in subjects]
    zone = calendar.zone()
    for word, fields in _fields(connection, tenant_id):
        kind = KINDS[word]
        keys = [_key(one, kind) for one in subjects]
        wanted = sorted({key for key in keys if key})
        asked = {"tenant": tenant_id, "ids": wanted}
        filled = dict(pages.run(connection, _AT[kind], asked)) if wanted else {}
        for values, subject, key in zip(found, subjects, keys, strict=True):
            values.update(_said(word, fields, orjson.loads(filled.get(key) or "{}"), subject.locale, zone))
    return found


def _fields(connection: Any, tenant_id: int) -> Iterator[tuple[str, list[CustomField]]]:
    every = catalogue.every(connection, tenant_id)
    for word, kind in KINDS.items():
        if kind in every and (fields := own_variables.sayable(every[kind].fields)):
            yield word, fields


def _key(subject: Written, kind: str) -> str | None:
    if kind in {"contact", "customer"}:
        return str(subject.contact_id)
    return str(subject.about_id) if subject.about_kind == kind and subject.about_id else None


def _said(
    word: str, fields: Sequence[CustomField], custom: Mapping[str, Any], locale: str, zone: tzinfo
) -> dict[str, str]:
    told = {
        f"{word}.{one.key}": saying.own(one, custom[one.key], locale, zone)
        for one in fields
        if custom.get(one.key) is not None
    }
    return {name: text for name, text in told.items() if text}
