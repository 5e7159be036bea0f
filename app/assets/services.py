"""Noting, changing and removing assets."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted, unlocked
from app.assets import dates, drafts, policies, trail
from app.assets.drafts import PLAIN, AssetDraft
from app.assets.models import Asset
from app.assets.policies import SUBJECT
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.core.search import Keys, fold, keys_of
from app.customers import queries as customers
from app.events.records import RecordsGone
from app.hosted import placing
from app.lists import index
from app.lists.models import ASSET
from tenants.context import require_tenant_id


@permitted(Permission.ASSET_CREATE)
def create(actor: Actor, draft: AssetDraft) -> UUID:
    """Note an asset of a customer that the actor sees.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in PLAIN})
    customer = placing.customer(actor, draft.customer_id, policies.add)
    product = placing.product(actor, draft.product_id)
    values["name"] = values["name"] or (product and product.name)
    if values["name"] is None:
        raise invalid("name", "required")
    at = clock.now()
    asset = Asset(
        tenant_id=require_tenant_id(), id=new_id(), **values, customer_id=customer.id,
        contact_id=placing.contact(actor, draft.contact_id, customer.id),
        product_id=product and product.id,
        owner_id=customer.owner_id, department_id=customer.department_id,
        created_by_id=None if actor.is_system else actor.id, created_at=at, updated_at=at,
    )  # fmt: skip
    keys = _settle(actor, asset)
    db.session.add(asset)
    db.session.flush()
    index.put(ASSET, {asset.id: keys.grams}, fresh=True)
    told = [one for one in audit.differences({}, trail.shown(asset)) if one["after"] is not None]
    audit.record(actor, trail.entry(asset, "created", told))
    return asset.id


@guarded(policies.update)
def update(actor: Actor, asset: Asset, changes: Mapping[str, Any]) -> None:
    """Change fields; None empties one.

    :param changes: fields of `AssetDraft` but for its customer
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(changes)
    before = trail.shown(asset)
    with db.session.no_autoflush:
        for name in values.keys() & set(PLAIN):
            setattr(asset, name, values[name])
        if values.get("contact_id", asset.contact_id) != asset.contact_id:
            asset.contact_id = placing.contact(actor, values["contact_id"], asset.customer_id)
        if values.get("product_id", asset.product_id) != asset.product_id:
            product = placing.product(actor, values["product_id"])
            asset.product_id = product.id if product else None
        if not asset.name:
            raise invalid("name", "required")
        keys = _settle(actor, asset)
        told = audit.differences(before, trail.shown(asset))
    if not told:
        return
    asset.updated_at = clock.now()
    db.session.flush()
    if {"name", "model", "serial"} & {change["field"] for change in told}:
        index.put(ASSET, {asset.id: keys.grams})
    audit.record(actor, trail.entry(asset, "updated", told))


def _settle(by: Actor, asset: Asset) -> Keys:
    """Set what follows from the fields of an asset, once they stand."""
    drafts.demand_order(asset)
    dates.reckon(asset, by.zone)
    asset.serial_key = fold(asset.serial) if asset.serial else None
    keys = keys_of(asset.name, also=" ".join(filter(None, (asset.serial, asset.model))))
    asset.name_key, asset.search_text = keys.sort, keys.text
    return keys


@unlocked("whoever may tell what was done on an asset has it follow; see app.service_records.services")
def maintained(actor: Actor, asset: Asset, *, on: date | None, agreed: date | None) -> None:
    """Have an asset know when it was last maintained, and for when the next time was agreed."""
    before = trail.shown(asset)
    asset.last_maintained_on, asset.maintenance_agreed_on = on, agreed
    dates.reckon(asset, actor.zone)
    told = audit.differences(before, trail.shown(asset))
    asset.updated_at = clock.now()
    db.session.flush()
    if told:
        audit.record(actor, trail.entry(asset, "updated", told))


@guarded(policies.delete)
def delete(actor: Actor, asset: Asset) -> None:
    """Put an asset into the recycle bin; what was done on it stays with its customer."""
    asset.deleted_at, asset.deleted_by_id = clock.now(), None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(asset, "deleted"))


@guarded(policies.restore)
def restore(actor: Actor, asset: Asset) -> None:
    """Take an asset out of the recycle bin.

    :raises CustomerInRecycleBin: while its customer lies there
    """
    customers.demand_live(asset.customer_id)
    asset.deleted_at = asset.deleted_by_id = None
    asset.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(asset, "restored"))


@guarded(policies.purge)
def purge(actor: Actor, asset: Asset) -> None:
    """Remove an asset in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not asset.in_bin:
        raise NotFound
    audit.record(actor, trail.entry(asset, "purged"))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(asset.id,)))
    index.drop(ASSET, [asset.id])
    db.session.delete(asset)
    db.session.flush()
