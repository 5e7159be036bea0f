"""Forgetting sessions that are long over, with their chains of refresh tokens."""

from datetime import datetime, timedelta

from sqlalchemy import Delete, delete, select

from app.access.models import UserSession
from tenants import agenda, rounds

QUEUE = "sessions"
KEPT = timedelta(days=30)
"""How long after its last day a session is kept; a copied token is still recognised as one."""


def note(expires_at: datetime) -> None:
    """Say when a session that begins now can be forgotten; one line per tenant and day."""
    agenda.note(QUEUE, (expires_at + KEPT).replace(hour=0, minute=0) + timedelta(days=1))


def sweep() -> None:
    """Forget what can be forgotten."""
    rounds.forget(QUEUE, _old)


def _old(at: datetime, most: int) -> Delete:
    old = select(UserSession.id).where(UserSession.expires_at <= at - KEPT).limit(most)
    return delete(UserSession).where(UserSession.id.in_(old))
