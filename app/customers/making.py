"""New customers as rows: the customer itself, and what it is found by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.bulk import at_once, insert_many
from app.core.events import publish
from app.core.ids import new_id
from app.core.money import Money
from app.core.search import Keys, keys_of
from app.customers import tagging
from app.customers.models import Customer, CustomerPhone, Tag
from app.customers.references import Owner
from app.customers.states import CustomerKind
from app.events.customers import CustomersCreated
from app.fields import writing
from app.lists import index
from app.lists.models import CUSTOMER
from tenants.context import require_tenant_id

SUBJECT = "customer"
PLAIN = (
    "name", "kind", "type", "tier", "stage", "source", "industry", "region", "address", "website",
    "credit_code", "employees", "founded_year", "founding_day", "email", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A customer about to be made: checked fields, and what they refer to by name."""

    values: Mapping[str, Any]
    owner: Owner | None
    parent_name: str | None


def make(planned: Sequence[Planned], *, by: Actor, action: str) -> list[UUID]:
    """Write customers with all that belongs to them: one statement, and some for tags, however many."""
    tags = tagging.resolve(name for plan in planned for name in plan.values["tags"])
    made = [_Made(by, plan, tags) for plan in planned]
    with at_once():
        insert_many(Customer, [one.row for one in made])
        write_phones({one.id: one.numbers for one in made})
        tagging.attach((one.id, tag) for one in made for tag in one.tags)
        index.put(CUSTOMER, {one.id: one.keys.grams for one in made}, fresh=True)
        writing.index_new(by, SUBJECT, {one.id: one.plan.values["custom"] for one in made})
        audit.record_many(by, [_told(by, one, action) for one in made])
    publish(CustomersCreated(customer_ids=tuple(one.id for one in made)))
    return [one.id for one in made]


class _Made:
    """One customer's rows."""

    def __init__(self, actor: Actor, plan: Planned, tags: Mapping[str, Tag]) -> None:
        self.id = new_id()
        self.plan = plan
        self.tags = tagging.spelled(plan.values["tags"], tags)
        self.numbers = [phone.number for phone in plan.values["phones"]]
        self.keys = search_keys(plan.values["name"], plan.values["kind"], self.numbers)
        at = clock.now()
        self.row: dict[str, Any] = {
            "id": self.id,
            "version": 1,
            "tenant_id": require_tenant_id(),
            **{name: plan.values[name] for name in PLAIN},
            **money_columns(plan.values["annual_revenue"]),
            "owner_id": plan.owner.owner_id if plan.owner else None,
            "department_id": plan.owner.department_id if plan.owner else None,
            "parent_id": plan.values["parent_id"],
            "phones": phones_shown(plan.values["phones"]),
            "tags": [tag.name for tag in self.tags],
            "custom": plan.values["custom"],
            "name_key": self.keys.sort,
            "search_text": self.keys.text,
            "created_at": at,
            "created_by_id": None if actor.is_system else actor.id,
            "updated_at": at,
        }


def _told(actor: Actor, one: _Made, action: str) -> Entry:
    facts = {**{name: one.row[name] for name in PLAIN}, "phones": one.row["phones"], "tags": one.row["tags"]}
    facts["annual_revenue"] = money_shown(one.plan.values["annual_revenue"])
    facts["owner"] = one.plan.owner.ref if one.plan.owner else None
    parent_id = one.plan.values["parent_id"]
    facts["parent"] = {"id": str(parent_id), "name": one.plan.parent_name} if parent_id else None
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=one.id,
        subject_label=one.row["name"],
        changes=[
            {"field": name, "before": None, "after": value}
            for name, value in facts.items()
            if value not in (None, [])
        ]
        + writing.told_of_new(actor, SUBJECT, one.plan.values["custom"]),
    )


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Built-in fields as conditions and formulas read them."""
    facts = {name: values.get(name) for name in PLAIN}
    facts["annual_revenue"] = money_shown(values.get("annual_revenue"))
    return facts


def search_keys(name: str, kind: str, numbers: Sequence[str]) -> Keys:
    """What a customer is found and sorted by."""
    return keys_of(name, person=kind == CustomerKind.PERSON, phones=numbers)


def write_phones(numbers: Mapping[UUID, Sequence[str]]) -> None:
    """Note where numbers lead; one statement."""
    rows = [
        {"tenant_id": require_tenant_id(), "customer_id": customer_id, "position": i, "number": number}
        for customer_id, given in numbers.items()
        for i, number in enumerate(given)
    ]
    insert_many(CustomerPhone, rows)


def phones_shown(phones: Sequence[Any]) -> list[dict[str, str]]:
    """Phones as kept on the customer and shown."""
    return [{"number": phone.number, "label": phone.label} for phone in phones]


def money_columns(money: Money | None) -> dict[str, Any]:
    """An amount as columns."""
    return {
        "annual_revenue": money.amount if money else None,
        "annual_revenue_currency": money.currency if money else None,
    }


def money_shown(money: Money | None) -> dict[str, Any] | None:
    """An amount as on the wire."""
    return {"amount": money.amount, "currency": money.currency} if money else None
