"""Changing many customers at a time, each in its own way, in a fixed number of statements per call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.bulk import at_once, rewrite
from app.core.db import db
from app.core.errors import FieldProblem
from app.core.search import Keys
from app.customers import drafts, making, policies, queries, references, tagging
from app.customers.making import SUBJECT
from app.customers.models import Customer, CustomerPhone, CustomerTag, Tag
from app.fields import catalogue as catalogues
from app.fields import index as own_index
from app.fields.filling import Wanted
from app.fields.revising import fill_in
from app.lists import index
from app.lists.models import CUSTOMER
from tenants.context import require_tenant_id

MOST = 1000
Changes = Sequence[Mapping[str, Any]]
_COLUMNS = (
    *making.PLAIN, "annual_revenue", "annual_revenue_currency", "phones", "tags", "custom", "name_key",
    "search_text",
)  # fmt: skip


@permitted(Permission.CUSTOMER_UPDATE)
def revise_many(
    actor: Actor, wanted: Mapping[UUID, Mapping[str, Any]], *, rehearsed: bool = False
) -> dict[UUID, Changes | tuple[FieldProblem, ...]]:
    """Change fields of customers; for each what has changed, nothing among it, or what is wrong with it.

    One that cannot be changed does not hinder the others; one with nothing to change keeps its version.

    :param wanted: by id, fields of `CustomerDraft` but `owner_id` and `parent_id`
    :param rehearsed: whether it is only told what would become of them
    """
    if len(wanted) > MOST:
        raise ValueError(f"at most {MOST} at a time")
    customers = queries.visible(actor, wanted.keys(), to_change=not rehearsed)
    tidied = {customer_id: drafts.tidy(values) for customer_id, values in wanted.items()}
    named = (name for values, _ in tidied.values() for name in values.get("tags", ()))
    tags = tagging.resolve(named, making=not rehearsed)
    outcomes: dict[UUID, Changes | tuple[FieldProblem, ...]] = {}
    possible = []
    for customer_id, (values, problems) in tidied.items():
        customer = customers.get(customer_id)
        outcomes[customer_id] = problems or _refusal(actor, customer)
        if customer and not outcomes[customer_id]:
            possible.append(_Revised(customer, values, tags))
    outcomes |= fill_in(actor, SUBJECT, possible)
    if not rehearsed:
        _write(actor, [one for one in possible if one.told and outcomes[one.customer.id] is one.told])
    return outcomes


def _refusal(actor: Actor, customer: Customer | None) -> tuple[FieldProblem, ...]:
    if customer is None:
        return (references.unknown("id"),)
    return () if policies.update.allows(actor, customer) else (FieldProblem("row", "customer-not-yours"),)


@dataclass
class _Revised:
    """A customer as it is to become."""

    customer: Customer
    values: Mapping[str, Any]
    tags: Mapping[str, Tag]

    def __post_init__(self) -> None:
        self.chosen = tagging.spelled(self.values.get("tags", ()), self.tags)
        self.after = self._after()
        self.told = [
            {"field": name, "before": before, "after": self.after[name]}
            for name, before in self._before().items()
            if before != self.after[name]
        ]
        self.changed = {change["field"] for change in self.told}
        self.custom = self.customer.custom

    @property
    def record(self) -> Customer:
        """The customer as it is now."""
        return self.customer

    @property
    def own(self) -> Wanted:
        """What it is to have in the company's own fields."""
        kept = {name: getattr(self.customer, name) for name in making.PLAIN}
        amount, currency = self.customer.annual_revenue, self.customer.annual_revenue_currency
        kept["annual_revenue"] = None if amount is None else {"amount": amount, "currency": currency}
        return Wanted(
            sent=self.values.get("custom") or {},
            facts={**kept, **self.after},
            before=self.customer.custom,
            record_id=self.customer.id,
        )

    def _before(self) -> dict[str, Any]:
        before = {name: getattr(self.customer, name) for name in self.after if name != "annual_revenue"}
        if "annual_revenue" in self.after:
            amount, currency = self.customer.annual_revenue, self.customer.annual_revenue_currency
            before["annual_revenue"] = None if amount is None else {"amount": amount, "currency": currency}
        return before

    def _after(self) -> dict[str, Any]:
        after = {name: value for name, value in self.values.items() if name in making.PLAIN}
        if "annual_revenue" in self.values:
            after["annual_revenue"] = making.money_shown(self.values["annual_revenue"])
        if "phones" in self.values:
            after["phones"] = making.phones_shown(self.values["phones"])
        if "tags" in self.values:
            after["tags"] = [tag.name for tag in self.chosen]
        return after

    def row(self) -> dict[str, Any]:
        """The customer's columns as they are to be."""
        row = {name: getattr(self.customer, name) for name in _COLUMNS}
        row |= {name: value for name, value in self.after.items() if name != "annual_revenue"}
        if "annual_revenue" in self.changed:
            row |= making.money_columns(self.values["annual_revenue"])
        keys = self.keys(row)
        found_by = {"name_key": keys.sort, "search_text": keys.text}
        return {**row, "id": self.customer.id, "custom": self.custom, **found_by}

    def keys(self, row: Mapping[str, Any]) -> Keys:
        """What it is found by."""
        return making.search_keys(row["name"], row["kind"], [phone["number"] for phone in row["phones"]])


def _write(actor: Actor, revised: Sequence[_Revised]) -> None:
    if not revised:
        return
    rows = {one.customer.id: one.row() for one in revised}
    rewrite(Customer, [*rows.values()], tenant_id=require_tenant_id(), at=clock.now())
    called = [one for one in revised if "phones" in one.changed]
    tagged = [one for one in revised if "tags" in one.changed]
    if called:
        ids = [one.customer.id for one in called]
        db.session.execute(delete(CustomerPhone).where(CustomerPhone.customer_id.in_(ids)))
    if tagged:
        ids = [one.customer.id for one in tagged]
        db.session.execute(delete(CustomerTag).where(CustomerTag.customer_id.in_(ids)))
    with at_once():
        making.write_phones({o.customer.id: [phone.number for phone in o.values["phones"]] for o in called})
        tagging.attach((one.customer.id, tag) for one in tagged for tag in one.chosen)
        found_by = [one for one in revised if {"name", "kind", "phones"} & one.changed]
        refilled = {o.customer.id: o.custom for o in revised if o.custom != o.customer.custom}
        own_index.replace_many(refilled, catalogues.now(actor, SUBJECT))
        index.put(CUSTOMER, {o.customer.id: o.keys(rows[o.customer.id]).grams for o in found_by})
        audit.record_many(actor, [_entry(one, rows[one.customer.id]["name"]) for one in revised])
    for one in revised:
        db.session.expire(one.customer)


def _entry(one: _Revised, name: str) -> Entry:
    return Entry(
        action="updated",
        subject_type=SUBJECT,
        subject_id=one.customer.id,
        subject_label=name,
        changes=one.told,
    )
