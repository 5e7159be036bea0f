"""The dates that rules can go by: of which record each is, and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.access.actor import Actor
from app.fields import catalogue
from app.fields.states import FieldKind
from app.purchases import rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A date that records of a kind have."""

    record: str
    """`contact`, `customer`, `asset`, `quote`, `service-record`, `purchase`."""
    name: str
    sql: str
    """The date, as text; over the record `r`."""
    instant: str = ""
    """The column of a moment that the date is taken from."""
    where: str = "true"
    """Which of the records count."""
    table: str = ""
    """Where they are found, if not where their kind is kept."""
    of_the_year: bool = False
    """Whether it is a day of the year without a year, `03-08`, that can only come round."""

    @property
    def word(self) -> str:
        """What rules call it."""
        return f"{self.record}.{self.name}"


TABLES = {
    "contact": "contacts",
    "customer": "customers",
    "asset": "assets",
    "quote": "quotes",
    "service-record": "service_records",
    "purchase": "purchases",
}
OWN_FIELDS = tuple(TABLES)
"""Kinds of records that companies give fields of their own."""
_LAST_SERVICE = (
    "NOT EXISTS (SELECT 1 FROM service_records n WHERE n.tenant_id = %(tenant)s "
    "AND n.customer_id = r.customer_id AND n.deleted_at IS NULL AND n.done_on <= %(today)s "
    "AND (n.done_on, n.id) > (r.done_on, r.id))"
)
_LAST_ACCEPTED = (
    "r.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM quotes n WHERE n.tenant_id = %(tenant)s "
    "AND n.customer_id = r.customer_id AND n.deleted_at IS NULL AND n.state = 'accepted' "
    "AND (n.decided_at, n.id) > (r.decided_at, r.id))"
)

_LAST_PURCHASE = (
    "NOT EXISTS (SELECT 1 FROM purchases n WHERE n.tenant_id = %(tenant)s "
    "AND n.customer_id = r.customer_id AND n.deleted_at IS NULL "
    "AND (n.bought_on, n.id) > (r.bought_on, r.id){same})"
)
_SAME_PRODUCT = f" AND {rhythm.what('n')} = {rhythm.what('r')}"


def _moment(record: str, name: str, where: str = "true") -> Source:
    sql = f"(r.{name} AT TIME ZONE %(zone)s)::date::text"
    return Source(record=record, name=name, sql=sql, instant=f"r.{name}", where=where)


def _day(record: str, name: str, where: str = "true") -> Source:
    return Source(record=record, name=name, sql=f"r.{name}::text", where=where)


def _bought(name: str, *, by_product: bool) -> Source:
    where = _LAST_PURCHASE.replace("{same}", _SAME_PRODUCT if by_product else "")
    return Source(record="purchase", name=name, sql="r.bought_on::text", where=where)


def _expected(name: str, *, by_product: bool) -> Source:
    table = rhythm.latest(by_product=by_product)
    return Source(record="purchase", name=name, sql="r.next_on::text", table=table)


_IN_USE = "r.state = 'in_use'"
BUILT_IN: Mapping[str, Source] = {
    one.word: one
    for one in (
        _moment("contact", "created_at"),
        _moment("customer", "created_at"),
        _moment("customer", "last_activity_at"),
        Source(
            record="customer",
            name="founding_day",
            sql="r.founding_day",
            where="r.founding_day IS NOT NULL",
            of_the_year=True,
        ),
        *(
            _day("asset", name, _IN_USE)
            for name in (
                "warranty_until",
                "maintenance_due_on",
                "contract_until",
                "bought_on",
                "installed_on",
            )
        ),
        _day("quote", "valid_until", "r.state IN ('approved', 'sent')"),
        _moment("quote", "decided_at", _LAST_ACCEPTED),
        _day("service-record", "done_on", _LAST_SERVICE),
        _bought("bought_on", by_product=False),
        _bought("product_bought_on", by_product=True),
        _expected("next_on", by_product=False),
        _expected("product_next_on", by_product=True),
    )
}
_KEPT_FOR_EVER = frozenset(
    {
        "asset.bought_on",
        "asset.installed_on",
        "contact.created_at",
        "customer.created_at",
        "customer.founding_day",
    }
)


def may_be_yearly(word: str) -> bool:
    """Whether the return of a date means anything."""
    return word not in BUILT_IN or word in _KEPT_FOR_EVER


def must_be_yearly(word: str) -> bool:
    """Whether a date has no year, so that it can only return."""
    return word in BUILT_IN and BUILT_IN[word].of_the_year


def own(reader: Actor, record: str) -> dict[str, Source]:
    """The dates of a kind of record that the company has added, by their words."""
    found = (one for one in catalogue.now(reader, record).fields.values() if one.holds is FieldKind.DATE)
    made = (_own(record, one.key) for one in found)
    return {one.word: one for one in made}


def _own(record: str, key: str) -> Source:
    # A key of a field: letters, digits and underscores, as its definition demands.
    where = _IN_USE if record == "asset" else "true"
    return Source(record=record, name=key, sql=f"(r.custom ->> '{key}')", where=where)


def every(reader: Actor) -> dict[str, Source]:
    """All dates that rules of the company can go by."""
    added: dict[str, Source] = {}
    for record in OWN_FIELDS:
        added |= own(reader, record)
    return {**BUILT_IN, **added}


def find(reader: Actor, word: str | None) -> Source | None:
    """A date by its word; None if there is none such any more."""
    known = BUILT_IN.get(word or "")
    if known is not None:
        return known
    record = (word or "").partition(".")[0]
    return own(reader, record).get(word or "") if record in OWN_FIELDS else None
