"""Forgetting sessions that are long over, with their chains of refresh tokens."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.access.models import UserSession
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from tenants import agenda

QUEUE = "sessions"
KEPT = timedelta(days=30)
"""How long after its last day a session is kept; a copied token is still recognised as one."""
BATCH = 500


def note(expires_at: datetime) -> None:
    """Say when a session that begins now can be forgotten; one line per tenant and day."""
    agenda.note(QUEUE, (expires_at + KEPT).replace(hour=0, minute=0) + timedelta(days=1))


def sweep() -> None:
    """Forget what can be forgotten, a batch of each tenant's; a second run finds the rest or nothing."""
    at = clock.now()
    agenda.visit(QUEUE, at=at, work=lambda: _forget(at))


def _forget(at: datetime) -> None:
    with unit_of_work():
        old = db.session.scalars(
            select(UserSession.id).where(UserSession.expires_at <= at - KEPT).limit(BATCH)
        ).all()
        if not old:
            agenda.settle(QUEUE, at=at)
            return
        db.session.execute(
            delete(UserSession).where(UserSession.id.in_(old)).execution_options(synchronize_session=False)
        )
