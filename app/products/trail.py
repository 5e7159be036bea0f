"""What the trail is told about products: what people read, not ids."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from app.audit.services import Entry
from app.core.db import db
from app.core.search import Keys, keys_of
from app.files.models import Attachment
from app.products.drafts import MONEY
from app.products.models import Product, ProductCategory
from tenants.context import require_tenant_id

SUBJECT, CATEGORY = "product", "product-category"
PLAIN = ("code", "name", "unit", "specification", "description", "tax_rate")
FOUND_BY = frozenset({"name", "code", "specification"})
Change = Mapping[str, Any]
Of = Callable[[str], Any]


def entry(product: Product, action: str, changes: Sequence[Change] = (), *, name: str = "") -> Entry:
    """One line about a product, by its name from now on."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=product.id,
        subject_label=name or product.name,
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
    found = _fetched(ProductCategory, product.category_id) if "category_id" in names else None
    told = facts(partial(getattr, product), names, {found.id: found.name} if found else {})
    if "image_id" in names:
        picture = _fetched(Attachment, product.image_id)
        told["image"] = picture.name if picture else None
    return told


def facts(of: Of, names: Collection[str], categories: Mapping[UUID, str]) -> dict[str, Any]:
    """The same of a product as it is or will be; its picture aside.

    :param of: gives what a column holds
    :param categories: the names of those that products stand in
    """
    told = {name: of(name) for name in PLAIN if name in names}
    told |= {name: money(of, name) for name in MONEY if name in names}
    if "category_id" in names:
        category_id = of("category_id")
        told["category"] = (
            {"id": str(category_id), "name": categories[category_id]} if category_id in categories else None
        )
    return told


def _fetched(model: type[Any], record_id: UUID | None) -> Any:
    return db.session.get(model, (require_tenant_id(), record_id)) if record_id else None


def money(of: Of, name: str) -> dict[str, Any] | None:
    """One of its amounts as on the wire."""
    return None if of(name) is None else {"amount": of(name), "currency": of("currency")}


def known(of: Of) -> dict[str, Any]:
    """Built-in fields as conditions and formulas read them; not what only some may see."""
    return {**{name: of(name) for name in PLAIN}, "state": of("state"), "list_price": money(of, "list_price")}


def keys(of: Of) -> Keys:
    """What it is found and sorted by."""
    return keys_of(of("name"), also=" ".join(filter(None, (of("code"), of("specification")))))
