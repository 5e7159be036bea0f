"""What a customer accepts is bought; while it is quoted anew, it is not."""

from sqlalchemy import select

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.events import on
from app.events.quotes import QuoteDecided, QuoteRenewed
from app.purchases import services as purchases
from app.purchases.drafts import Bought, Order
from app.quotes.models import Quote, QuoteLine
from app.quotes.states import QuoteState
from tenants import calendar
from tenants.context import require_tenant_id


@on(QuoteDecided)
def tell_of_what_was_bought(event: QuoteDecided) -> None:
    """Each product of an accepted quote is a purchase of its customer."""
    if event.state != QuoteState.ACCEPTED:
        return
    quote = db.session.scalars(select(Quote).where(Quote.id == event.quote_id)).one()
    sold = select(QuoteLine).where(QuoteLine.quote_id == quote.id, QuoteLine.product_id.is_not(None))
    lines = tuple(
        Bought(
            line=line.position,
            product_id=line.product_id,
            name=line.name,
            quantity=line.quantity,
            unit=line.unit,
            amount=line.gross,
        )
        for line in db.session.scalars(sold.order_by(QuoteLine.position))
        if line.product_id and line.quantity > 0 and line.gross >= 0
    )
    on_day = (quote.decided_at or clock.now()).astimezone(calendar.zone()).date()
    order = Order(
        quote_id=quote.id,
        revision=quote.revision,
        number=quote.number,
        currency=quote.currency,
        customer_id=quote.customer_id,
        contact_id=quote.contact_id,
        owner_id=quote.owner_id,
        department_id=quote.department_id,
        bought_on=on_day,
        lines=lines,
    )
    purchases.take_over(Actor.system(require_tenant_id()), order)


@on(QuoteRenewed)
def take_back_what_was_bought(event: QuoteRenewed) -> None:
    """Whoever quotes anew what was accepted has nothing agreed upon until it is accepted again."""
    if event.state == QuoteState.ACCEPTED:
        purchases.take_back(Actor.system(require_tenant_id()), event.quote_id)
