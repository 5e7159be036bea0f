"""A customer takes over what others had in their fields, and gives it back.

Whoever merges was let in by a lock of their own; what is taken over was allowed where it was written, so
rights on fields are not asked again: nothing of a record that goes may be lost.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.access.actor import Actor
from app.access.rules import unlocked
from app.core import clock
from app.core.db import db
from app.customers import making, tagging
from app.customers.making import SUBJECT
from app.customers.models import Customer, CustomerCollaborator, CustomerPhone
from app.fields import catalogue as catalogues
from app.fields import filling, shown
from app.fields import index as own_index
from app.lists import index
from app.lists.models import CUSTOMER
from tenants import rls
from tenants.context import require_tenant_id

Values = Mapping[str, Any]
Changes = list[dict[str, Any]]
PLAIN = tuple(name for name in making.PLAIN if name != "kind")
UNITED = ("phones", "tags")
"""Fields of which all values are kept, unless one side is chosen."""


def stored(customer: Customer) -> dict[str, Any]:
    """All fields that can be taken over, as they are stored."""
    amount, currency = customer.annual_revenue, customer.annual_revenue_currency
    return {
        **{name: getattr(customer, name) for name in (*PLAIN, *UNITED)},
        "annual_revenue": None if amount is None else {"amount": amount, "currency": currency},
        "custom": dict(customer.custom),
    }


def united(name: str, several: Iterable[Sequence[Any]]) -> list[Any]:
    """The values of several records in one list, each once."""
    kept: dict[str, Any] = {}
    for values in several:
        for value in values:
            kept.setdefault(value["number"] if name == "phones" else tagging.folded(value), value)
    return list(kept.values())


@unlocked("whoever merges or takes a merge back is asked there")
def put(actor: Actor, customer: Customer, values: Values) -> Changes:
    """Let a customer have these stored values; gives what has changed, for the trail."""
    before = stored(customer)
    told = [
        {"field": name, "before": before[name], "after": value}
        for name, value in values.items()
        if name != "custom" and before[name] != value
    ]
    for name, value in values.items():
        if name in PLAIN or name in UNITED:
            setattr(customer, name, value)
    if "annual_revenue" in values:
        money = values["annual_revenue"] or {"amount": None, "currency": None}
        customer.annual_revenue, customer.annual_revenue_currency = money["amount"], money["currency"]
    told += _put_custom(actor, customer, {**before["custom"], **values.get("custom", {})})
    customer.updated_at = clock.now()
    reindex(customer, {change["field"] for change in told})
    return told


def _put_custom(actor: Actor, customer: Customer, custom: dict[str, Any]) -> Changes:
    catalogue = catalogues.now(actor, SUBJECT)
    facts = {name: value for name, value in stored(customer).items() if name != "custom"}
    former = customer.custom
    kept = {key: value for key, value in custom.items() if value is not None}
    customer.custom = filling.computed(catalogue, kept, facts)
    own_index.replace_many({customer.id: customer.custom}, catalogue)
    return shown.told(rls.driver_of(db.session.connection()), actor, catalogue, former, customer.custom)


def reindex(customer: Customer, changed: Collection[str]) -> None:
    """Bring what a customer is found by in step with fields that have changed."""
    numbers = [phone["number"] for phone in customer.phones]
    keys = making.search_keys(customer.name, customer.kind, numbers)
    customer.name_key, customer.search_text = keys.sort, keys.text
    db.session.flush()
    index.put(CUSTOMER, {customer.id: keys.grams})
    if "phones" in changed:
        db.session.execute(delete(CustomerPhone).where(CustomerPhone.customer_id == customer.id))
        making.write_phones({customer.id: numbers})
    if "tags" in changed:
        tags = tagging.resolve(customer.tags)
        tagging.detach(customer.id)
        tagging.attach((customer.id, tag) for tag in tagging.spelled(customer.tags, tags))


def share_as(master: Customer, losers: Collection[UUID]) -> list[UUID]:
    """Let whoever collaborated on the losers do so on the master; gives who is new there."""
    rows = db.session.execute(
        select(CustomerCollaborator.customer_id, CustomerCollaborator.user_id).where(
            CustomerCollaborator.customer_id.in_({master.id, *losers})
        )
    ).all()
    there = {user for customer, user in rows if customer == master.id} | {master.owner_id}
    new = sorted({user for _, user in rows} - there)
    if new:
        tenant_id = require_tenant_id()
        added = [{"tenant_id": tenant_id, "customer_id": master.id, "user_id": user} for user in new]
        db.session.execute(insert(CustomerCollaborator), added)
    return new


def share_no_longer(master_id: UUID, user_ids: Collection[UUID]) -> None:
    """Take collaborators off again."""
    db.session.execute(
        delete(CustomerCollaborator).where(
            CustomerCollaborator.customer_id == master_id, CustomerCollaborator.user_id.in_(user_ids)
        )
    )
