"""What the trail is told about products: what people read, not ids."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.audit.services import Entry
from app.core.db import db
from app.files.models import Attachment
from app.products.drafts import MONEY
from app.products.models import Product, ProductCategory
from tenants.context import require_tenant_id

SUBJECT, CATEGORY = "product", "product-category"
PLAIN = ("code", "name", "unit", "specification", "description", "tax_rate")
Change = Mapping[str, Any]


def entry(product: Product, action: str, changes: Sequence[Change] = ()) -> Entry:
    """One line about a product."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=product.id,
        subject_label=product.name,
        changes=changes,
    )


def of_category(category: ProductCategory, action: str, changes: Sequence[Change] = ()) -> Entry:
    """One line about a category."""
    return Entry(
        action=action,
        subject_type=CATEGORY,
        subject_id=category.id,
        subject_label=category.name,
        changes=changes,
    )


def shown(product: Product, names: Collection[str]) -> dict[str, Any]:
    """Some fields as the trail tells them."""
    told = {name: getattr(product, name) for name in PLAIN if name in names}
    told |= {name: money(product, name) for name in MONEY if name in names}
    if "category_id" in names:
        found = _fetched(ProductCategory, product.category_id)
        told["category"] = {"id": str(found.id), "name": found.name} if found else None
    if "image_id" in names:
        picture = _fetched(Attachment, product.image_id)
        told["image"] = picture.name if picture else None
    return told


def _fetched(model: type[Any], record_id: UUID | None) -> Any:
    return db.session.get(model, (require_tenant_id(), record_id)) if record_id else None


def money(product: Product, name: str) -> dict[str, Any] | None:
    """One of its amounts as on the wire."""
    amount = getattr(product, name)
    return None if amount is None else {"amount": amount, "currency": product.currency}


def differences(before: Change, after: Change) -> list[dict[str, Any]]:
    """What has become different, field by field."""
    return [
        {"field": name, "before": before.get(name), "after": value}
        for name, value in after.items()
        if value != before.get(name)
    ]
