"""Plans begin with what happens to customers, and know when what they point to is gone."""

from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from app.care import beginning, following
from app.care.beginning import Start
from app.care.states import Happening
from app.core.db import db
from app.core.events import on
from app.events.customers import CustomersCreated
from app.events.purchases import PurchasesMade
from app.events.quotes import QuoteApproved, QuoteDecided
from app.events.records import RecordsGone
from app.events.services import ServiceDone
from app.purchases.models import Purchase
from app.quotes.models import Quote
from app.quotes.states import QuoteState
from app.service_records.models import ServiceRecord
from tenants import calendar

LONG_AGO = timedelta(days=31)
"""What is told of so late begins nothing: nobody is asked how they like what they bought last year."""


@on(CustomersCreated)
def welcome(event: CustomersCreated) -> None:
    """Somebody has become a customer."""
    beginning.on(Happening.CUSTOMER_CREATED, [Start(customer_id=one) for one in event.customer_ids])


@on(QuoteApproved)
def follow_an_approval(event: QuoteApproved) -> None:
    """A quote may go out."""
    _of_quote(Happening.QUOTE_APPROVED, event.quote_id)


@on(QuoteDecided)
def follow_an_acceptance(event: QuoteDecided) -> None:
    """The customer has accepted a quote."""
    if event.state == QuoteState.ACCEPTED:
        _of_quote(Happening.QUOTE_ACCEPTED, event.quote_id)


def _of_quote(happening: Happening, quote_id: object) -> None:
    if not beginning.awaited(happening):
        return
    quote = db.session.scalars(select(Quote).where(Quote.id == quote_id)).one()
    start = Start(
        customer_id=quote.customer_id,
        contact_id=quote.contact_id,
        about=("quote", quote.id),
        label=quote.label,
    )
    beginning.on(happening, [start])


@on(ServiceDone)
def look_after_a_service(event: ServiceDone) -> None:
    """Something was done for a customer."""
    if not beginning.awaited(Happening.SERVICE_DONE):
        return
    record = db.session.scalars(select(ServiceRecord).where(ServiceRecord.id == event.record_id)).one()
    start = Start(
        customer_id=record.customer_id,
        contact_id=record.contact_id,
        about=("service-record", record.id),
        label=record.gist,
    )
    beginning.on(Happening.SERVICE_DONE, [start])


@on(PurchasesMade)
def look_after_what_was_bought(event: PurchasesMade) -> None:
    """Customers have bought something: one plan for each deal, of however many products it is."""
    if not beginning.awaited(Happening.PURCHASED):
        return
    since = calendar.today(calendar.zone()) - LONG_AGO
    bought = select(Purchase).where(Purchase.id.in_(event.purchase_ids), Purchase.bought_on >= since)
    starts = [
        Start(
            customer_id=one.customer_id,
            contact_id=one.contact_id,
            about=("purchase", one.id),
            label=one.name,
            deal=_deal(one),
        )
        for one in db.session.scalars(bought.order_by(Purchase.id))
    ]
    beginning.on(Happening.PURCHASED, starts)


def _deal(purchase: Purchase) -> UUID:
    if purchase.quote_id is not None:
        return purchase.quote_id
    if purchase.reference is None:
        return purchase.id
    return uuid5(purchase.customer_id, f"{purchase.reference}:{purchase.bought_on.isoformat()}")


@on(RecordsGone)
def forget_tasks(event: RecordsGone) -> None:
    """A task of a plan is gone for ever."""
    if event.record_type == "task":
        following.tasks_gone(event.record_ids)
