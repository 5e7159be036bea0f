"""How an asset comes of what somebody wants, and what follows from its fields."""

from collections.abc import Mapping
from typing import Any

from app.access.actor import Actor
from app.assets import dates, drafts, policies
from app.assets.drafts import PLAIN, AssetDraft
from app.assets.models import Asset
from app.core import clock
from app.core.errors import invalid
from app.core.ids import new_id
from app.core.search import Keys, fold, keys_of
from app.hosted.placing import Places
from tenants.context import require_tenant_id

FOUND_BY = frozenset({"name", "model", "serial"})
"""The fields that an asset is found by."""


def make(by: Actor, draft: AssetDraft, places: Places) -> Asset:
    """The asset of a draft, not yet written.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in PLAIN})
    customer = places.customer(draft.customer_id, policies.add)
    product = places.product(draft.product_id)
    values["name"] = values["name"] or (product and product.name)
    if values["name"] is None:
        raise invalid("name", "required")
    at = clock.now()
    asset = Asset(
        tenant_id=require_tenant_id(), id=new_id(), **values, customer_id=customer.id, version=1,
        contact_id=places.contact(draft.contact_id, customer.id),
        product_id=product and product.id,
        owner_id=customer.owner_id, department_id=customer.department_id,
        created_by_id=None if by.is_system else by.id, created_at=at, updated_at=at, custom={},
    )  # fmt: skip
    settle(by, asset)
    return asset


def alter(by: Actor, asset: Asset, changes: Mapping[str, Any], places: Places) -> None:
    """Give an asset other values.

    :param changes: fields of `AssetDraft` but for its customer; None empties one
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(changes)
    for name in values.keys() & set(PLAIN):
        setattr(asset, name, values[name])
    if values.get("contact_id", asset.contact_id) != asset.contact_id:
        asset.contact_id = places.contact(values["contact_id"], asset.customer_id)
    if values.get("product_id", asset.product_id) != asset.product_id:
        product = places.product(values["product_id"])
        asset.product_id = product.id if product else None
    if not asset.name:
        raise invalid("name", "required")
    settle(by, asset)


def settle(by: Actor, asset: Asset) -> None:
    """Set what follows from the fields of an asset, once they stand.

    :raises Invalid: naming what cannot be together
    """
    drafts.demand_order(asset)
    dates.reckon(asset, by.zone)
    asset.serial_key = fold(asset.serial) if asset.serial else None
    found_by = keys(asset)
    asset.name_key, asset.search_text = found_by.sort, found_by.text


def keys(asset: Asset) -> Keys:
    """What an asset is found by."""
    return keys_of(asset.name, also=" ".join(filter(None, (asset.serial, asset.model))))
