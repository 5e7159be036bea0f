"""Noting, changing and removing assets."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted, unlocked
from app.assets import dates, making, policies, trail
from app.assets.drafts import AssetDraft
from app.assets.models import Asset
from app.assets.policies import HOSTED, SUBJECT
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import publish
from app.customers import queries as customers
from app.events.records import RecordsGone
from app.fields import index as own_index
from app.hosted import placing
from app.lists import index
from app.lists.models import ASSET


@permitted(Permission.ASSET_CREATE)
def create(actor: Actor, draft: AssetDraft) -> UUID:
    """Note an asset of a customer that the actor sees.

    :raises Invalid: naming every field that cannot be taken
    """
    asset = making.make(actor, draft, placing.OneByOne(actor))
    own = HOSTED.own.demand(actor, asset, draft.custom)
    db.session.add(asset)
    db.session.flush()
    index.put(ASSET, {asset.id: making.keys(asset).grams}, fresh=True)
    HOSTED.own.index_new(actor, [asset])
    told = [one for one in audit.differences({}, trail.shown(asset)) if one["after"] is not None]
    audit.record(actor, trail.entry(asset, "created", [*told, *own]))
    return asset.id


@guarded(policies.update)
def update(actor: Actor, asset: Asset, changes: Mapping[str, Any]) -> None:
    """Change fields; None empties one.

    :param changes: fields of `AssetDraft` but for its customer
    :raises Invalid: naming every field that cannot be taken
    """
    before = trail.shown(asset)
    with db.session.no_autoflush:
        making.alter(actor, asset, changes, placing.OneByOne(actor))
        told = audit.differences(before, trail.shown(asset))
        told += HOSTED.own.rewrite(actor, asset, changes.get("custom"))
    if not told:
        return
    asset.updated_at = clock.now()
    db.session.flush()
    if making.FOUND_BY & {change["field"] for change in told}:
        index.put(ASSET, {asset.id: making.keys(asset).grams})
    audit.record(actor, trail.entry(asset, "updated", told))


@unlocked("whoever may tell what was done on an asset has it follow; see app.service_records.services")
def maintained(actor: Actor, asset: Asset, *, on: date | None, agreed: date | None) -> None:
    """Have an asset know when it was last maintained, and for when the next time was agreed."""
    before = trail.shown(asset)
    asset.last_maintained_on, asset.maintenance_agreed_on = on, agreed
    dates.reckon(asset, actor.zone)
    told = audit.differences(before, trail.shown(asset))
    told += HOSTED.own.rewrite(actor, asset)
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
    own_index.drop([asset.id])
    db.session.delete(asset)
    db.session.flush()
