"""Quotes whose days are over: by the company's clock, the day after the last on which they hold."""

from sqlalchemy import func, select

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.quotes import progress
from app.quotes.deadlines import QUEUE
from app.quotes.models import Quote
from app.quotes.states import OPEN
from tenants import agenda, calendar, rounds
from tenants.context import require_tenant_id

SLICE = 100


def sweep() -> None:
    """Let expire, in every company, what holds no longer."""
    rounds.walk(QUEUE, _visit)


def _visit() -> None:
    while _expire():
        pass


def _expire() -> bool:
    """Let a slice of the current tenant's quotes expire; False when none is left."""
    with unit_of_work():
        zone, at = calendar.zone(), clock.now()
        open_ones = (Quote.state.in_(OPEN), Quote.deleted_at.is_(None))
        due = db.session.scalars(
            select(Quote)
            .where(*open_ones, Quote.valid_until < calendar.today(zone))
            .order_by(Quote.id)
            .limit(SLICE)
            .with_for_update(skip_locked=True)
        ).all()
        for quote in due:
            progress.expire(Actor.system(require_tenant_id()), quote)
        if due:
            return True
        agenda.settle(QUEUE, at=at)
        next_day = db.session.scalar(select(func.min(Quote.valid_until)).where(*open_ones))
        if next_day is not None:
            agenda.note(QUEUE, calendar.end_of(next_day, zone))
        return False
