"""Where a record stands: at which customer, with whom there, and of which product it is."""

from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import Rule
from app.contacts import queries as contacts
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.customers import queries as customers
from app.customers.models import Customer
from app.products import queries as products
from app.products.models import Product
from tenants.context import require_tenant_id


def customer(by: Actor, customer_id: UUID, add: Rule[Any]) -> Customer:
    """The customer, held until the end: it cannot be deleted or given away meanwhile.

    :raises Invalid: for one that the actor does not see
    """
    try:
        found = customers.get(by, customer_id, to_change=True)
    except NotFound:
        raise invalid("customer_id", "unknown-reference") from None
    if not add.allows(by, found):
        raise add.refusal(by)
    return found


def contact(by: Actor, contact_id: UUID | None, customer_id: UUID) -> UUID | None:
    """The contact, if one is named.

    :raises Invalid: for one that the actor does not see, or who is somebody else's
    """
    if contact_id is None:
        return None
    try:
        found = contacts.get(by, contact_id)
    except NotFound:
        raise invalid("contact_id", "unknown-reference") from None
    if found.customer_id != customer_id:
        raise invalid("contact_id", "not-of-this-customer")
    return found.id


def product(by: Actor, product_id: UUID | None) -> Product | None:
    """The product, if one is named.

    :raises Invalid: for one that the actor does not see
    """
    if product_id is None:
        return None
    try:
        return products.get(by, product_id)
    except NotFound:
        raise invalid("product_id", "unknown-reference") from None


def ref(model: type[Any], record_id: UUID | None) -> dict[str, str] | None:
    """A record by its name, as the trail tells it."""
    found = db.session.get(model, (require_tenant_id(), record_id)) if record_id else None
    return {"id": str(found.id), "name": found.name} if found else None


class Places(Protocol):
    """How what a record names is found, for one record or for many."""

    def customer(self, customer_id: UUID, add: Rule[Any]) -> Customer:
        """The customer, to which the actor may add."""

    def contact(self, contact_id: UUID | None, customer_id: UUID) -> UUID | None:
        """The contact at the customer, if one is named."""

    def product(self, product_id: UUID | None) -> Product | None:
        """The product, if one is named."""


class OneByOne:
    """What a single record names, asked for as it comes up."""

    def __init__(self, by: Actor) -> None:
        self._by = by

    def customer(self, customer_id: UUID, add: Rule[Any]) -> Customer:
        """See `customer`."""
        return customer(self._by, customer_id, add)

    def contact(self, contact_id: UUID | None, customer_id: UUID) -> UUID | None:
        """See `contact`."""
        return contact(self._by, contact_id, customer_id)

    def product(self, product_id: UUID | None) -> Product | None:
        """See `product`."""
        return product(self._by, product_id)
