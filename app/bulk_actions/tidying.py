"""Forgetting what bulk actions kept so that they could be taken back."""

from datetime import datetime, timedelta

from sqlalchemy import Delete

from app.bulk_actions.models import BulkRow
from app.core import clock
from app.jobs.tidying import rows_of_jobs_over
from tenants import agenda, rounds

QUEUE = "bulk-rows"
KEPT = timedelta(days=30)
"""For how long an action can be taken back."""
AT_ONCE = 10_000


def note() -> None:
    """See to it that what an action that is over has kept is forgotten in time."""
    agenda.note(QUEUE, clock.now() + KEPT + timedelta(hours=1))


def sweep() -> None:
    """Forget, in every company, what can be taken back no more."""
    rounds.forget(QUEUE, _old, most=AT_ONCE)


def _old(at: datetime, most: int) -> Delete:
    return rows_of_jobs_over(BulkRow, since=at - KEPT, most=most)
