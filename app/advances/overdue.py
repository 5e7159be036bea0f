"""Advances that are still owed the day after they should not be: their owners hear of it, once."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.access.actor import Actor
from app.advances import trail
from app.advances.models import Advance
from app.advances.states import AdvanceState
from app.audit import services as audit
from app.core import clock
from app.core.bulk import put_into
from app.core.db import db
from app.core.events import publish
from app.core.uow import unit_of_work
from app.events.advances import AdvancesOverdue
from tenants import agenda, calendar, rounds
from tenants.context import require_tenant_id

QUEUE = "advances"
SLICE = 200


def note(advances: Collection[Advance], zone: ZoneInfo) -> None:
    """See to it that somebody looks at these in time; whoever looks notes when to look again."""
    days = [one.due_on for one in advances if one.overdue_told_at is None]
    if days:
        agenda.note(QUEUE, calendar.end_of(min(days), zone))


def sweep() -> None:
    """Tell the owners, in every company, of what has become overdue."""
    rounds.walk(QUEUE, _visit)


def _visit() -> None:
    while _tell():
        pass


def _tell() -> bool:
    """Tell of a slice of the current tenant's advances; False when none is left."""
    with unit_of_work():
        zone, at = calendar.zone(), clock.now()
        open_ones = (Advance.state == AdvanceState.OUTSTANDING, Advance.overdue_told_at.is_(None))
        due = db.session.scalars(
            select(Advance)
            .where(*open_ones, Advance.due_on < calendar.today(zone))
            .order_by(Advance.id)
            .limit(SLICE)
            .with_for_update(skip_locked=True)
        ).all()
        if due:
            system = Actor.system(require_tenant_id())
            audit.record_many(system, [trail.entry(one, "overdue") for one in due])
            publish(
                AdvancesOverdue(overdue=tuple((one.owner_id, one.id, one.label, one.due_on) for one in due))
            )
            put_into(Advance, due, {"overdue_told_at": at})
            return True
        agenda.settle(QUEUE, at=at)
        next_day = db.session.scalar(select(func.min(Advance.due_on)).where(*open_ones))
        if next_day is not None:
            agenda.note(QUEUE, calendar.end_of(next_day, zone))
        return False
