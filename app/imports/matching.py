"""Which records there are already that rows speak of: by name, by number, by code, or by their own id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.access.actor import Actor
from app.core.errors import Invalid
from app.core.phones import normalise
from app.core.search import fold
from app.customers import queries as customers
from app.imports.plan import Row
from app.spreadsheets.registry import ASSET, CONTACT, CUSTOMER, PRODUCT, PURCHASE

NAME, ID, CREDIT_CODE, PHONE, CODE = "name", "id", "credit_code", "phone", "code"
SERIAL, DOCUMENT = "serial", "document"
WAYS = (NAME, ID, CREDIT_CODE, PHONE, CODE, SERIAL, DOCUMENT)
WAYS_OF: Mapping[str, tuple[str, ...]] = {
    CUSTOMER: (NAME, ID, CREDIT_CODE, PHONE),
    CONTACT: (NAME, ID),
    PRODUCT: (CODE, NAME, ID),
    ASSET: (SERIAL, NAME, ID),
    PURCHASE: (DOCUMENT, ID),
}
"""By kind of record; what a contact or an asset is recognised by counts at its customer."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    NAME: ("name",),
    ID: ("id",),
    CREDIT_CODE: ("credit_code",),
    PHONE: ("mobile", "phone"),
    CODE: ("code",),
    SERIAL: ("serial",),
    DOCUMENT: (),
}
"""The columns of which one must be mapped for a way to lead anywhere; none: what no row can be without."""


@dataclass(frozen=True, slots=True)
class Known:
    """The customers that rows may speak of, as far as the actor sees them."""

    way: str
    found: Mapping[str, Sequence[UUID]]
    parents: Mapping[str, UUID]
    """By folded name."""

    def of(self, row: Row) -> list[UUID]:
        """Those that a row speaks of: none, one, or more than can be meant."""
        return list(dict.fromkeys(one for key in keys_of(row, self.way) for one in self.found.get(key, ())))

    def parent_of(self, row: Row) -> UUID | None:
        """The company that a row belongs to, if it is there already."""
        return self.parents.get(fold(row.parent))


def keys_of(row: Row, way: str) -> list[str]:
    """What a row is recognised by; nothing if it does not say."""
    if row.key:
        return [row.key]
    if way in {SERIAL, DOCUMENT}:
        return []
    if way == PHONE:
        given = [*row.values.get("mobile", ()), *row.values.get("phone", ())]
        return [number for text in given if (number := _number(text))]
    if way == NAME:
        return [key] if (key := fold(row.name)) else []
    value = row.values.get(way)
    if way == CODE:
        return [key] if (key := fold(str(value or ""))) else []
    return [] if value is None else [str(value)]


def _number(text: str) -> str | None:
    try:
        return normalise(text)
    except Invalid:
        return None


def known(rows: Sequence[Row], way: str, *, to: Actor) -> Known:
    """What there is already; one statement, or two where rows are not recognised by name."""
    parents = {row.parent for row in rows if row.parent}
    if way == NAME:
        found = customers.named(to, {row.name for row in rows if row.name} | parents)
        return Known(way, found, {name: several[0] for name, several in found.items()})
    keys = {key for row in rows for key in keys_of(row, way)}
    found = customers.recognised(to, way, keys) if keys else {}
    return Known(way, found, customers.names_taken(to, parents) if parents else {})
