"""Who may be the same: customers recognised by number, address, credit code or the name of a company."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.db import db
from app.core.errors import Invalid
from app.core.phones import normalise
from app.customers.queries import reach_of
from app.lists import pages
from app.lists.scopes import Reach
from tenants import rls

PHONE, NAME, EMAIL, CREDIT_CODE = "phone", "name", "email", "credit_code"
SAID_OF_UNSEEN = {PHONE, NAME}
"""Of a customer that somebody may not see, they learn by these alone that there is one."""
_FIELDS = {PHONE: "phones", EMAIL: "email", CREDIT_CODE: "credit_code"}
_MOST_OF_EACH = 10
NOBODY = Reach("none", (), "false", {})
"""The reach of those who may not read at all."""

Key = tuple[str, str]
"""A way to recognise a record, and the text by which it is looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a record may be recognised by, as somebody typed it."""

    name: str = ""
    phones: Sequence[str] = ()
    email: str = ""
    credit_code: str = ""
    company: bool = True


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same; without `name` if the reader may not see it."""

    by: str
    record_id: UUID
    name: str | None
    owner_id: UUID | None

    @property
    def seen(self) -> bool:
        """Whether the reader may see it."""
        return self.name is not None


def likely_duplicates(
    reader: Actor, rows: Sequence[Traits], *, besides: UUID | None = None
) -> list[list[Likeness]]:
    """For each row, in order, the customers that may be the same; one statement, however many.

    :param besides: a customer that is not meant
    """
    keys = [_keys(reader, row) for row in rows]
    reach = reach_of(reader) if reader.may(Permission.CUSTOMER_READ) else NOBODY
    params = {"tenant": reader.tenant_id, "besides": besides, **reach.params}
    return look_up(keys, _text(reach), params, said_of_unseen=SAID_OF_UNSEEN)


def look_up(
    keys: Sequence[Sequence[Key]], text: str, params: Mapping[str, Any], *, said_of_unseen: Collection[str]
) -> list[list[Likeness]]:
    """What `text` finds by the keys of each row, in order.

    :param text: a statement that reads the keys from the arrays rows, ways and texts, and answers with row,
        way, id, name, owner and whether the reader may see it
    :param said_of_unseen: the ways of which a record that may not be seen is told
    """
    asked = [(i, way, value) for i, row in enumerate(keys) for way, value in row]
    found: list[list[Likeness]] = [[] for _ in keys]
    if not asked:
        return found
    driver = rls.driver_of(db.session.connection())
    arrays = {
        "rows": [row for row, _, _ in asked],
        "ways": [way for _, way, _ in asked],
        "texts": [value for _, _, value in asked],
    }
    for row, way, record_id, name, owner_id, seen in pages.run(driver, text, {**params, **arrays}):
        if seen or way in said_of_unseen:
            found[row].append(Likeness(way, record_id, name if seen else None, owner_id))
    return found


def _keys(reader: Actor, row: Traits) -> list[Key]:
    """By what a row is looked up; a field that one may not read tells nothing."""
    hidden = reader.hides("customer")
    keys = [(PHONE, number) for text in row.phones if (number := number_of(text))]
    keys += [(NAME, row.name)] if row.name.strip() and row.company else []
    keys += [(EMAIL, row.email.strip())] if row.email.strip() else []
    keys += [(CREDIT_CODE, row.credit_code.strip())] if row.credit_code.strip() else []
    return [(way, text) for way, text in keys if _FIELDS.get(way, "") not in hidden]


def number_of(text: str) -> str | None:
    """A number as it is stored; None for what is none."""
    try:
        return normalise(text)
    except Invalid:
        return None


_COLUMNS: Mapping[str, str] = {
    NAME: "r.company_key = company_key(k.text)",
    EMAIL: "r.email_key = lower(k.text)",
    CREDIT_CODE: "r.credit_key = upper(k.text)",
}


def _text(reach: Reach) -> str:
    shown = f"k.row, k.way, r.id, r.name, r.owner_id, {reach.predicate} AS seen"
    live = "r.deleted_at IS NULL AND r.id IS DISTINCT FROM %(besides)s::uuid"
    asked = "unnest(%(rows)s::int[], %(ways)s::text[], %(texts)s::text[]) AS k (row, way, text)"
    parts = [
        f"SELECT x.* FROM {asked} CROSS JOIN LATERAL (SELECT {shown} FROM customers r "
        f"WHERE r.tenant_id = %(tenant)s AND {live} AND {match} "
        f"LIMIT {_MOST_OF_EACH}) x WHERE k.way = '{way}'"
        for way, match in _COLUMNS.items()
    ]
    parts.append(
        f"SELECT x.* FROM {asked} CROSS JOIN LATERAL (SELECT {shown} FROM customer_phones p "
        "JOIN customers r ON r.tenant_id = p.tenant_id AND r.id = p.customer_id "
        f"WHERE p.tenant_id = %(tenant)s AND r.tenant_id = %(tenant)s AND p.number = k.text "
        f"AND {live} LIMIT {_MOST_OF_EACH}) x "
        f"WHERE k.way = '{PHONE}'"
    )
    return f"{' UNION ALL '.join(parts)} ORDER BY 1, 2, 3"


def facts(likeness: Likeness, owners: Mapping[UUID, Any]) -> dict[str, Any]:
    """A likeness as shown."""
    shown = {"id": likeness.record_id, "name": likeness.name} if likeness.seen else None
    owner = owners.get(likeness.owner_id) if likeness.owner_id else None
    return {"by": likeness.by, "record": shown, "owner": owner}
