"""What many records name, looked up together: a statement for each kind of it, however many there are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule
from app.contacts import queries as contacts
from app.contacts.models import Contact
from app.core.db import db
from app.core.errors import invalid
from app.customers import queries as customers
from app.customers.models import Customer
from app.products import queries as products
from app.products.models import Product


class Gathered:
    """Customers, contacts and products that many records name, as far as an actor sees them."""

    def __init__(
        self,
        by: Actor,
        *,
        customer_ids: Collection[UUID] = (),
        contact_ids: Collection[UUID] = (),
        product_ids: Collection[UUID] = (),
        held: bool = False,
    ) -> None:
        """Look them up.

        :param held: keep the customers until the transaction ends: nobody deletes or gives them away
        """
        self._by = by
        self._customers: Mapping[UUID, Customer] = (
            customers.visible(by, customer_ids, to_change=held) if customer_ids else {}
        )
        self._contacts: Mapping[UUID, Contact] = (
            contacts.visible(by, contact_ids, to_change=False) if contact_ids else {}
        )
        self._products: Mapping[UUID, Product] = (
            products.visible(by, product_ids, to_change=False) if product_ids else {}
        )

    @classmethod
    def of_drafts(cls, by: Actor, drafts: Iterable[Any], *, held: bool) -> "Gathered":
        """What drafts of records name."""
        wanted = list(drafts)
        return cls(
            by,
            customer_ids={one.customer_id for one in wanted},
            contact_ids={one.contact_id for one in wanted if one.contact_id},
            product_ids={one.product_id for one in wanted if one.product_id},
            held=held,
        )

    @classmethod
    def of_changes(cls, by: Actor, wanted: Iterable[Mapping[str, Any]]) -> "Gathered":
        """What changes of records name."""
        changes = list(wanted)
        return cls(
            by,
            contact_ids={one for values in changes if (one := values.get("contact_id"))},
            product_ids={one for values in changes if (one := values.get("product_id"))},
        )

    def customer(self, customer_id: UUID, add: Rule[Any]) -> Customer:
        """The customer.

        :raises Invalid: for one that the actor does not see, or may not add to
        """
        found = self._customers.get(customer_id)
        if found is None:
            raise invalid("customer_id", "unknown-reference")
        if not add.allows(self._by, found):
            raise invalid("customer_id", "customer-not-yours")
        return found

    def contact(self, contact_id: UUID | None, customer_id: UUID) -> UUID | None:
        """The contact, if one is named.

        :raises Invalid: for one that the actor does not see, or who is somebody else's
        """
        if contact_id is None:
            return None
        found = self._contacts.get(contact_id)
        if found is None:
            raise invalid("contact_id", "unknown-reference")
        if found.customer_id != customer_id:
            raise invalid("contact_id", "not-of-this-customer")
        return found.id

    def product(self, product_id: UUID | None) -> Product | None:
        """The product, if one is named.

        :raises Invalid: for one that the actor does not see
        """
        if product_id is None:
            return None
        found = self._products.get(product_id)
        if found is None:
            raise invalid("product_id", "unknown-reference")
        return found


def at_hand(records: Iterable[Any]) -> Sequence[Any]:
    """The contacts and products that records point to: while they are held, `placing.ref` asks nothing."""
    several = list(records)
    found: list[Any] = []
    models: tuple[tuple[Any, str], ...] = ((Contact, "contact_id"), (Product, "product_id"))
    for model, column in models:
        ids = {one for record in several if (one := getattr(record, column))}
        if ids:
            found += db.session.scalars(select(model).where(model.id.in_(ids)))
    return found


class ProductNames:
    """Which products are meant by what files call them: by their number, or by their name."""

    def __init__(self, by: Actor, keys: Collection[str]) -> None:
        """Look them up.

        :param keys: folded
        """
        sees = by.may(Permission.PRODUCT_READ)
        self._by_code = products.recognised(by, "code", keys) if sees else {}
        rest = {key for key in keys if key not in self._by_code}
        self._by_name = products.recognised(by, "name", rest) if sees else {}

    def of(self, key: str) -> list[UUID]:
        """Those that are called so: none, one, or more than can be meant."""
        return self._by_code.get(key) or self._by_name.get(key, [])
