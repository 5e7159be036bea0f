"""How a purchase comes of what somebody tells."""

from collections.abc import Mapping
from typing import Any

from app.access.actor import Actor
from app.core import clock
from app.core.errors import invalid
from app.core.ids import new_id
from app.core.money import Money
from app.hosted.placing import Places
from app.purchases import drafts, policies
from app.purchases.drafts import PLAIN, PurchaseDraft
from app.purchases.models import Purchase
from app.purchases.states import Source
from tenants import calendar
from tenants.context import require_tenant_id


def make(by: Actor, draft: PurchaseDraft, places: Places, *, source: Source = Source.HAND) -> Purchase:
    """The purchase of a draft, not yet written.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in (*PLAIN, "amount")})
    drafts.demand_past(draft.bought_on, calendar.today(by.zone))
    customer = places.customer(draft.customer_id, policies.add)
    product = places.product(draft.product_id)
    values["name"] = values["name"] or (product and product.name)
    if values["name"] is None:
        raise invalid("name", "required")
    at, amount = clock.now(), values.pop("amount")
    return Purchase(
        tenant_id=require_tenant_id(), id=new_id(), **values, customer_id=customer.id, version=1,
        contact_id=places.contact(draft.contact_id, customer.id),
        product_id=product and product.id, source=source,
        amount=amount and amount.amount, currency=amount.currency if amount else Money(0).currency,
        owner_id=customer.owner_id, department_id=customer.department_id,
        created_by_id=None if by.is_system else by.id, created_at=at, updated_at=at, custom={},
    )  # fmt: skip


def alter(by: Actor, purchase: Purchase, changes: Mapping[str, Any], places: Places) -> None:
    """Give a purchase other values.

    :param changes: fields of `PurchaseDraft` but for its customer
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(changes)
    if values.get("name", purchase.name) is None:
        raise invalid("name", "required")
    if "bought_on" in values:
        drafts.demand_past(values["bought_on"], calendar.today(by.zone))
    for name in values.keys() & set(PLAIN):
        setattr(purchase, name, values[name])
    if values.get("contact_id", purchase.contact_id) != purchase.contact_id:
        purchase.contact_id = places.contact(values["contact_id"], purchase.customer_id)
    if values.get("product_id", purchase.product_id) != purchase.product_id:
        product = places.product(values["product_id"])
        purchase.product_id = product.id if product else None
    if "amount" in values:
        amount: Money | None = values["amount"]
        purchase.amount = amount.amount if amount else None
        purchase.currency = amount.currency if amount else purchase.currency
