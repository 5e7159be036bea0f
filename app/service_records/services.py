"""Telling what was done for customers, changing and removing it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.assets import queries as assets
from app.assets import services as asset_services
from app.assets.models import Asset
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.core.money import Money
from app.customers import queries as customers
from app.events.records import RecordsGone
from app.events.services import ServiceDone
from app.fields import index as own_index
from app.hosted import placing
from app.service_records import drafts, policies, queries, trail
from app.service_records.drafts import PLAIN, ServiceDraft
from app.service_records.models import ServiceRecord
from app.service_records.policies import HOSTED, SUBJECT
from tenants import calendar
from tenants.context import require_tenant_id


@permitted(Permission.ASSET_CREATE)
def create(actor: Actor, draft: ServiceDraft) -> UUID:
    """Tell what was done for a customer that the actor sees.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in (*PLAIN, "fee")})
    customer = placing.customer(actor, draft.customer_id, policies.add)
    asset = _asset(actor, draft.asset_id, customer.id)
    at, fee = clock.now(), values.pop("fee")
    record = ServiceRecord(
        tenant_id=require_tenant_id(), id=new_id(), **values, customer_id=customer.id,
        contact_id=placing.contact(actor, draft.contact_id, customer.id),
        asset_id=asset and asset.id,
        owner_id=customer.owner_id, department_id=customer.department_id,
        done_by_id=_colleague(draft.done_by_id if draft.done_by_id or values["done_by_name"] else actor.id),
        fee=fee and fee.amount, currency=fee.currency if fee else Money(0).currency,
        created_by_id=None if actor.is_system else actor.id, created_at=at, updated_at=at, custom={},
    )  # fmt: skip
    if record.done_by_id is not None:
        record.done_by_name = None
    drafts.demand_order(record, calendar.today(actor.zone))
    own = HOSTED.own.demand(actor, record, draft.custom)
    db.session.add(record)
    db.session.flush()
    HOSTED.own.index_new(actor, [record])
    told = [one for one in audit.differences({}, trail.shown(record)) if one["after"] is not None]
    audit.record(actor, trail.entry(record, "created", [*told, *own]))
    _tell_asset(actor, asset)
    publish(
        ServiceDone(
            record_id=record.id,
            customer_id=record.customer_id,
            asset_id=record.asset_id,
            kind=record.kind,
            done_on=record.done_on,
        )
    )
    return record.id


@guarded(policies.update)
def update(actor: Actor, record: ServiceRecord, changes: Mapping[str, Any]) -> None:
    """Change what was told.

    :param changes: fields of `ServiceDraft` but for its customer
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(changes)
    before, former = trail.shown(record), record.asset_id
    with db.session.no_autoflush:
        for name in values.keys() & set(PLAIN):
            setattr(record, name, values[name])
        _fill_in(actor, record, values)
        drafts.demand_order(record, calendar.today(actor.zone))
        told = audit.differences(before, trail.shown(record))
        told += HOSTED.own.rewrite(actor, record, values.get("custom"))
    if not told:
        return
    record.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(record, "updated", told))
    for asset_id in sorted({one for one in (former, record.asset_id) if one}):
        _tell_asset(actor, _known(asset_id))


def _fill_in(by: Actor, record: ServiceRecord, values: Mapping[str, Any]) -> None:
    if values.get("contact_id", record.contact_id) != record.contact_id:
        record.contact_id = placing.contact(by, values["contact_id"], record.customer_id)
    if values.get("asset_id", record.asset_id) != record.asset_id:
        asset = _asset(by, values["asset_id"], record.customer_id)
        record.asset_id = asset.id if asset else None
    if "fee" in values:
        fee: Money | None = values["fee"]
        record.fee = fee.amount if fee else None
        record.currency = fee.currency if fee else record.currency
    if "done_by_id" in values and values["done_by_id"] != record.done_by_id:
        record.done_by_id = _colleague(values["done_by_id"])
    if values.get("done_by_id") is not None:
        record.done_by_name = None
    elif values.get("done_by_name") is not None:
        record.done_by_id = None
    if record.done_by_id is None and record.done_by_name is None:
        raise invalid("done_by_id", "required")


def _colleague(user_id: UUID | None) -> UUID | None:
    """Somebody of the company, whether or not they still work there.

    :raises Invalid: for anybody else
    """
    if user_id is not None and db.session.scalar(select(User.id).where(User.id == user_id)) is None:
        raise invalid("done_by_id", "unknown-reference")
    return user_id


def _asset(by: Actor, asset_id: UUID | None, customer_id: UUID) -> Asset | None:
    if asset_id is None:
        return None
    try:
        asset = assets.get(by, asset_id, to_change=True)
    except NotFound:
        raise invalid("asset_id", "unknown-reference") from None
    if asset.customer_id != customer_id:
        raise invalid("asset_id", "asset-of-another-customer")
    return asset


def _known(asset_id: UUID | None) -> Asset | None:
    """The asset that a record is about, wherever it lies."""
    if asset_id is None:
        return None
    return db.session.scalars(select(Asset).where(Asset.id == asset_id).with_for_update()).first()


def _tell_asset(by: Actor, asset: Asset | None) -> None:
    """Have an asset follow the latest that is told of its maintenance."""
    if asset is None:
        return
    last = queries.last_maintenance(asset.id)
    done, agreed = (last.done_on, last.next_due_on) if last else (None, None)
    if (done, agreed) != (asset.last_maintained_on, asset.maintenance_agreed_on):
        asset_services.maintained(by, asset, on=done, agreed=agreed)


@guarded(policies.delete)
def delete(actor: Actor, record: ServiceRecord) -> None:
    """Put a service record into the recycle bin."""
    record.deleted_at, record.deleted_by_id = clock.now(), None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(record, "deleted"))
    _tell_asset(actor, _known(record.asset_id))


@guarded(policies.restore)
def restore(actor: Actor, record: ServiceRecord) -> None:
    """Take a service record out of the recycle bin.

    :raises CustomerInRecycleBin: while its customer lies there
    """
    customers.demand_live(record.customer_id)
    record.deleted_at = record.deleted_by_id = None
    record.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(record, "restored"))
    _tell_asset(actor, _known(record.asset_id))


@guarded(policies.purge)
def purge(actor: Actor, record: ServiceRecord) -> None:
    """Remove a service record in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not record.in_bin:
        raise NotFound
    audit.record(actor, trail.entry(record, "purged"))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(record.id,)))
    own_index.drop([record.id])
    db.session.delete(record)
    db.session.flush()
