"""Care by the clock, company after company: a second scheduler does no harm."""

from datetime import timedelta

from app.care import planning, stepping
from app.care.planning import QUEUE
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from tenants import agenda, rls, rounds

SETTLED_EVERY = timedelta(minutes=10)


def sweep() -> None:
    """Do in every company what is due."""
    rounds.walk(QUEUE, visit, open_only=True)


def visit() -> None:
    """Do in the current company what is due: look through rules, take steps, note what came of them."""
    begun_at = clock.now()
    more = True
    while more:
        with unit_of_work():
            more = planning.scan_next()
    more = True
    while more:
        with unit_of_work():
            more = stepping.take_due()
    with unit_of_work():
        stepping.settle(rls.driver_of(db.session()))
        agenda.settle(QUEUE, at=begun_at)
        _note_next()


def _note_next() -> None:
    at = clock.now()
    coming = [stepping.next_due(), planning.next_scan()]
    if stepping.any_under_way():
        coming.append(at + SETTLED_EVERY)
    moments = [one for one in coming if one is not None]
    if moments:
        agenda.note(QUEUE, min(moments))
