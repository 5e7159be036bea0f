"""Campaigns by the clock, company after company: a second scheduler does no harm."""

from app.campaigns import planning
from app.campaigns.planning import QUEUE
from app.core import clock
from app.core.uow import unit_of_work
from tenants import agenda, rounds


def sweep() -> None:
    """Go on with the campaigns of every company that it is time for."""
    rounds.walk(QUEUE, visit, open_only=True)


def visit() -> None:
    """Go on with the campaigns of the current company that it is time for."""
    begun_at = clock.now()
    more = True
    while more:
        with unit_of_work():
            more = planning.take_next()
    with unit_of_work():
        agenda.settle(QUEUE, at=begun_at)
        due_at = planning.next_due()
        if due_at is not None:
            agenda.note(QUEUE, due_at)
