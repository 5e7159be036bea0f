"""Telling what customers have bought, changing and removing it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted, unlocked
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import publish
from app.core.ids import new_id
from app.customers import queries as customers
from app.events.purchases import PurchasesMade
from app.events.records import RecordsGone
from app.fields import index as own_index
from app.hosted import placing
from app.purchases import making, policies, trail
from app.purchases.drafts import Order, PurchaseDraft
from app.purchases.models import Purchase
from app.purchases.policies import HOSTED, SUBJECT
from app.purchases.states import Source
from tenants.context import require_tenant_id


@permitted(Permission.ASSET_CREATE)
def create(actor: Actor, draft: PurchaseDraft) -> UUID:
    """Tell what a customer that the actor sees has bought.

    :raises Invalid: naming every field that cannot be taken
    """
    purchase = making.make(actor, draft, placing.OneByOne(actor))
    own = HOSTED.own.demand(actor, purchase, draft.custom)
    db.session.add(purchase)
    db.session.flush()
    HOSTED.own.index_new(actor, [purchase])
    told = [one for one in audit.differences({}, trail.shown(purchase)) if one["after"] is not None]
    audit.record(actor, trail.entry(purchase, "created", [*told, *own]))
    publish(PurchasesMade(purchase_ids=(purchase.id,)))
    return purchase.id


@guarded(policies.update)
def update(actor: Actor, purchase: Purchase, changes: Mapping[str, Any]) -> None:
    """Change what was told.

    :param changes: fields of `PurchaseDraft` but for its customer
    :raises Invalid: naming every field that cannot be taken
    """
    before = trail.shown(purchase)
    with db.session.no_autoflush:
        making.alter(actor, purchase, changes, placing.OneByOne(actor))
        told = audit.differences(before, trail.shown(purchase))
        told += HOSTED.own.rewrite(actor, purchase, changes.get("custom"))
    if not told:
        return
    purchase.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(purchase, "updated", told))


@guarded(policies.delete)
def delete(actor: Actor, purchase: Purchase) -> None:
    """Put a purchase into the recycle bin."""
    purchase.deleted_at, purchase.deleted_by_id = clock.now(), None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(purchase, "deleted"))


@guarded(policies.restore)
def restore(actor: Actor, purchase: Purchase) -> None:
    """Take a purchase out of the recycle bin.

    :raises CustomerInRecycleBin: while its customer lies there
    """
    customers.demand_live(purchase.customer_id)
    purchase.deleted_at = purchase.deleted_by_id = None
    purchase.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(purchase, "restored"))


@guarded(policies.purge)
def purge(actor: Actor, purchase: Purchase) -> None:
    """Remove a purchase in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not purchase.in_bin:
        raise NotFound
    audit.record(actor, trail.entry(purchase, "purged"))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(purchase.id,)))
    own_index.drop([purchase.id])
    db.session.delete(purchase)
    db.session.flush()


@unlocked("the customer has accepted a quote, and what was quoted is bought, whoever may tell of purchases")
def take_over(actor: Actor, order: Order) -> None:
    """Tell of what was bought with a quote; telling it twice changes nothing."""
    known = set(
        db.session.scalars(
            select(Purchase.quote_line).where(
                Purchase.quote_id == order.quote_id, Purchase.quote_revision == order.revision
            )
        )
    )
    at = clock.now()
    bought = [
        Purchase(
            tenant_id=require_tenant_id(), id=new_id(), customer_id=order.customer_id,
            contact_id=order.contact_id, owner_id=order.owner_id, department_id=order.department_id,
            product_id=line.product_id, name=line.name, quantity=line.quantity, unit=line.unit,
            amount=line.amount, currency=order.currency, bought_on=order.bought_on, source=Source.QUOTE,
            reference=order.number, quote_id=order.quote_id, quote_revision=order.revision,
            quote_line=line.line, created_by_id=None if actor.is_system else actor.id,
            created_at=at, updated_at=at, custom={},
        )
        for line in order.lines if line.line not in known
    ]  # fmt: skip
    HOSTED.own.demand_of_many(actor, bought, [{} for _ in bought], in_brief=True)
    db.session.add_all(bought)
    db.session.flush()
    HOSTED.own.index_new(actor, bought)
    audit.record_many(actor, [trail.entry(one, "created") for one in bought])
    if bought:
        publish(PurchasesMade(purchase_ids=tuple(one.id for one in bought)))


@unlocked("whoever may begin the next version of an accepted quote takes back what was bought with it")
def take_back(actor: Actor, quote_id: UUID) -> None:
    """Put what was bought with a quote into the recycle bin: it is not agreed upon any more."""
    live = select(Purchase).where(Purchase.quote_id == quote_id, Purchase.deleted_at.is_(None))
    at, taken = clock.now(), db.session.scalars(live.order_by(Purchase.id).with_for_update()).all()
    for one in taken:
        one.deleted_at, one.deleted_by_id = at, None if actor.is_system else actor.id
    db.session.flush()
    audit.record_many(actor, [trail.entry(one, "deleted") for one in taken])
