"""What the trail tells of purchases: what people read, not ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.audit.services import Entry
from app.contacts.models import Contact
from app.core.quantities import parts_written
from app.hosted.placing import ref
from app.products.models import Product
from app.purchases.models import Purchase
from app.purchases.policies import SUBJECT


def entry(purchase: Purchase, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a purchase, which the timeline of its customer tells too."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=purchase.id,
        subject_label=purchase.name,
        changes=changes,
        about_id=purchase.customer_id,
    )


def shown(purchase: Purchase) -> dict[str, Any]:
    """What of a purchase is told when it changes."""
    amount = None if purchase.amount is None else {"amount": purchase.amount, "currency": purchase.currency}
    return {
        "name": purchase.name,
        "product": ref(Product, purchase.product_id),
        "contact": ref(Contact, purchase.contact_id),
        "quantity": None if purchase.quantity is None else parts_written(purchase.quantity),
        "unit": purchase.unit,
        "purchase_amount": amount,
        "bought_on": purchase.bought_on.isoformat(),
        "purchase_reference": purchase.reference,
        "remark": purchase.remark,
    }
