"""Rows that speak of records there are already: what is different about them is changed, and nothing else.

A cell that says what an export would say says nothing new, however else it could be read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.assets import bulk as asset_bulk
from app.assets import cards as asset_cards
from app.assets import queries as assets
from app.contacts import cards as contact_cards
from app.contacts import queries as contacts
from app.contacts import revising as contact_revising
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.messages import LOCALES
from app.core.phones import Phone, is_mobile, normalise
from app.customers import cards, revising
from app.customers import queries as customers
from app.imports import cells
from app.imports.drafting import ELSEWHERE
from app.imports.plan import Plan, Row, is_own
from app.imports.results import FAILED, SKIPPED, SUCCEEDED, UNCHANGED, changed, field_of
from app.imports.traces import Effect
from app.imports.work import Work
from app.lists.cards import plain
from app.lists.scopes import Reach
from app.products import cards as product_cards
from app.products import queries as products
from app.products import revising as product_revising
from app.purchases import bulk as purchase_bulk
from app.purchases import cards as purchase_cards
from app.purchases import queries as purchases
from app.spreadsheets import writing
from app.spreadsheets.registry import ASSET, CONTACT, CUSTOMER, OF_CONTACT, PRODUCT, PURCHASE
from app.spreadsheets.vocabulary import Field, Reader
from tenants import calendar, rls

_NUMBERS = ("mobile", "phone")
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs between kinds of records."""

    name: str
    permission: Permission
    refusal: str
    counted: str
    these: Callable[..., Sequence[Item]]
    reach: Callable[[Actor], Reach]
    revise: Callable[..., Mapping[UUID, Any]]


_CUSTOMERS = _Kind(
    CUSTOMER, Permission.CUSTOMER_UPDATE, "customer-not-yours", "updated",
    cards.these, customers.reach_of, revising.revise_many,
)  # fmt: skip
_CONTACTS = _Kind(
    CONTACT, Permission.CONTACT_UPDATE, "contact-not-yours", "contacts_updated",
    contact_cards.these, contacts.reach_of, contact_revising.revise_many,
)  # fmt: skip


_ASSETS = _Kind(
    ASSET, Permission.ASSET_UPDATE, "hosted-not-yours", "updated",
    asset_cards.these, assets.reach_of, asset_bulk.revise_many,
)  # fmt: skip
_PURCHASES = _Kind(
    PURCHASE, Permission.ASSET_UPDATE, "hosted-not-yours", "updated",
    purchase_cards.these, purchases.reach_of, purchase_bulk.revise_many,
)  # fmt: skip
_STANDING = {ASSET: _ASSETS, PURCHASE: _PURCHASES}
_SAID_BESIDE = {"maintenance_every": "maintenance_unit", "quantity": "unit"}
"""What a cell may say beside the value of its own field."""


_PRODUCTS = _Kind(
    PRODUCT, Permission.PRODUCT_MANAGE, "product-not-yours", "updated",
    product_cards.these, products.reach_of, product_revising.revise_many,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Revised:
    """A row that has changed a record there was already."""

    row: Row
    record_id: UUID
    other_parent: bool = False
    """Whether it wants to belong to another company than it does."""


def revise(work: Work, rows: Mapping[UUID, Row]) -> list[Revised]:
    """Change the customers that rows speak of, in a fixed number of statements."""
    return _Revision(work, _CUSTOMERS, "").carry_out({key: (row, row) for key, row in rows.items()})


def revise_contacts(work: Work, rows: Mapping[UUID, Row], *, prefix: str) -> list[Revised]:
    """Change the contacts that rows, or parts of them, speak of."""
    parts = {key: (row, row.contact or row) for key, row in rows.items()}
    return _Revision(work, _CONTACTS, prefix).carry_out(parts)


def revise_products(
    work: Work, rows: Mapping[UUID, Row], drawers: Mapping[str, UUID | None]
) -> list[Revised]:
    """Change the products that rows speak of.

    :param drawers: categories by what rows call them; None for one that is yet to be made
    """
    return _Revision(work, _PRODUCTS, "", drawers).carry_out({key: (row, row) for key, row in rows.items()})


def revise_standing(work: Work, rows: Mapping[UUID, Row]) -> list[Revised]:
    """Change the assets or purchases that rows speak of."""
    kind = _STANDING[work.wanted.type]
    return _Revision(work, kind, "").carry_out({key: (row, row) for key, row in rows.items()})


@dataclass
class _Revision:
    """Some rows that speak of records of one kind."""

    work: Work
    kind: _Kind
    prefix: str
    drawers: Mapping[str, UUID | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = _fields(self.work.plan, self.prefix)

    def carry_out(self, rows: Mapping[UUID, tuple[Row, Row]]) -> list[Revised]:
        """Change what is different.

        :param rows: by record the row, and the part of it that speaks of the record
        """
        if not rows:
            return []
        if not self.work.actor.may(self.kind.permission):
            for key, (row, _) in rows.items():
                self._tell(row, key, FAILED, [FieldProblem("row", self.kind.refusal)])
            return []
        items = self._items(rows)
        readers = [Reader(locale, calendar.zone()) for locale in LOCALES]
        found = {key: rows[key] for key in rows if key in items}
        news = {key: _news(self.fields, part, items[key], readers) for key, (_, part) in found.items()}
        faults = {key: self._faults(part, news[key], items[key]) for key, (_, part) in found.items()}
        wanted = {
            key: self._changes(found[key][1], news[key], items[key]) for key in found if not faults[key]
        }
        told = self.kind.revise(self.work.actor, wanted, rehearsed=self.work.rehearsed)
        outcomes = {**faults, **told}
        done = [self._note(key, found[key], outcomes[key], news[key], items[key]) for key in found]
        return [one for one in done if one]

    def _changes(self, row: Row, new: set[str], item: Item) -> dict[str, Any]:
        changes = _changes(row, new, item)
        if "category" in new and (category_id := self.drawers.get(row.values["category"])):
            changes["category_id"] = category_id
        if row.place:
            changes |= {f"{n}_id": getattr(row.place, f"{n}_id") for n in ("contact", "product") if n in new}
        beside = {one for name, one in _SAID_BESIDE.items() if name in new and one not in row.texts}
        return changes | {name: row.values[name] for name in beside if name in row.values}

    def _items(self, rows: Mapping[UUID, Any]) -> dict[UUID, Item]:
        actor, connection = self.work.actor, rls.driver_of(db.session())
        found = plain(self.kind.these(connection, actor, self.kind.reach(actor), list(rows)))
        return {UUID(item["id"]): item for item in found}

    def _faults(self, row: Row, new: set[str], item: Item) -> tuple[FieldProblem, ...]:
        """What is wrong with a row, as far as it says something new."""
        asked = {f"{self.prefix}{name}" for name in new}
        faults = [problem for problem in row.problems if problem.field in {*asked, "row"}]
        if "owner" in new and not faults and row.owner_id and str(row.owner_id) != _id_of(item["owner"]):
            faults.append(FieldProblem("owner", "owner-by-transfer"))
        if self.kind is _CONTACTS and "customer" in new and not faults:
            faults.append(FieldProblem("customer", "customer-by-move"))
        if (
            row.place
            and "customer" in new
            and not faults
            and str(row.place.customer_id) != _id_of(item["customer"])
        ):
            faults.append(FieldProblem("customer", "hosted-stays"))
        return tuple(faults)

    def _note(
        self, key: UUID, parts: tuple[Row, Row], outcome: Any, new: set[str], item: Item
    ) -> Revised | None:
        """Tell what became of a row, every change before and after, and keep what stood there."""
        whole, row = parts
        if outcome and isinstance(outcome[0], FieldProblem):
            problems = [FieldProblem(f"{self.prefix}{one.field}", one.code, one.facts) for one in outcome]
            self._tell(whole, key, FAILED, problems if row is not whole else outcome)
            return None
        said = [changed(change, self.work.labels, self.prefix) for change in outcome]
        before = _before(row, outcome, item)
        other_parent = "parent" in new and bool(row.parent)
        if other_parent:
            former = item["parent"] and item["parent"]["name"]
            said.append(changed({"field": "parent", "before": former, "after": row.parent}, {}))
            before["parent_id"] = _id_of(item["parent"])
        if "category" in new and self.drawers.get(row.values["category"]) is None:
            former = item["category"] and item["category"]["name"]
            said.append(changed({"field": "category", "before": former, "after": row.values["category"]}, {}))
        if not said:
            self._tell(whole, key, SKIPPED, [FieldProblem("row", UNCHANGED)])
            return None
        self._tell(whole, key, SUCCEEDED, said)
        self.work.taken.counts[self.kind.counted] += 1
        version = int(item["version"]) + bool(outcome)
        effect = Effect(record_id=key, kind=self.kind.name, row=whole.number, version=version, before=before)
        self.work.taken.effects.append(effect)
        return Revised(whole, key, other_parent)

    def _tell(self, row: Row, key: UUID, outcome: Any, said: Sequence[FieldProblem]) -> None:
        self.work.told[row.number].add(outcome, said, None if self.prefix else key)


def _fields(plan: Plan, prefix: str) -> dict[str, Field]:
    """The columns that speak of a kind of record, by their names at it."""
    return {
        column.name: replace(column.field, name=column.name)
        for column in plan.columns
        if column.of_contact == (prefix == OF_CONTACT)
    }


def _id_of(named: Mapping[str, Any] | None) -> Any:
    return named["id"] if named else None


def _news(fields: Mapping[str, Field], row: Row, item: Item, readers: Sequence[Reader]) -> set[str]:
    """The fields about which a row says something else than an export of the record would."""
    return {
        name
        for name, text in row.texts.items()
        if all(text != cells.clean(writing.plain(writing.cell(fields[name], item, r))) for r in readers)
    } - {"id"}


def _changes(row: Row, new: set[str], item: Item) -> dict[str, Any]:
    """What the row wants to be different, in the words of the domain."""
    changes = {n: value for n, value in row.values.items() if n in new - ELSEWHERE and not is_own(n)}
    if own := {name: value for name, value in row.custom.items() if name in new}:
        changes["custom"] = own
    if "tags" in new:
        changes["tags"] = tuple(row.values["tags"])
    if new & set(_NUMBERS):
        changes["phones"] = _phones(row, new, item)
    return changes


def _before(row: Row, outcome: Sequence[Mapping[str, Any]], item: Item) -> dict[str, Any]:
    """What stood in the fields that were changed, by their names in a change; own ones as `custom.<key>`."""
    names = [field_of(change) for change in outcome]
    kept = {name: item[name] for name in names if not is_own(name)}
    own = item.get("custom") or {}
    return kept | {f"custom.{name}": own.get(name) for name in names if is_own(name) and name in row.values}


def _phones(row: Row, new: set[str], item: Item) -> tuple[Phone, ...]:
    """The numbers as the row has them; a kind of number of which it says nothing stays."""
    kept = [Phone(one["number"], one["label"]) for one in item.get("phones", ())]
    labels = {phone.number: phone.label for phone in kept}
    numbers: list[Phone] = []
    for name in _NUMBERS:
        if name in new:
            numbers += [Phone(text, labels.get(_stored(text), "")) for text in row.values.get(name, ())]
        else:
            numbers += [phone for phone in kept if is_mobile(phone.number) == (name == "mobile")]
    same = {_stored(phone.number) for phone in numbers} == labels.keys()
    return tuple(kept if same else numbers)


def _stored(text: str) -> str:
    try:
        return normalise(text)
    except Invalid:
        return text
