"""Comments that were taken back, or whose record is gone, are forgotten."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, delete, select

from app.comments.models import Comment
from app.core.db import db
from tenants import agenda, rounds

QUEUE = "comments"
KEPT = timedelta(days=7)
"""How long a comment that was taken back can be restored."""


def note(comment: Comment) -> None:
    """See to it that a comment that was taken back is forgotten in time."""
    if comment.deleted_at is not None:
        agenda.note(QUEUE, comment.deleted_at + KEPT + timedelta(minutes=1))


def sweep() -> None:
    """Forget what was taken back long ago, in every company."""
    rounds.forget(QUEUE, _old)


def _old(at: datetime, most: int) -> Delete:
    old = select(Comment.id).where(Comment.deleted_at <= at - KEPT).limit(most)
    return delete(Comment).where(Comment.id.in_(old))


def records_gone(record_type: str, record_ids: Collection[UUID]) -> None:
    """Records are removed for ever, and so is what was said about them."""
    db.session.execute(
        delete(Comment)
        .where(Comment.record_type == record_type, Comment.record_id.in_(record_ids))
        .execution_options(synchronize_session=False)
    )
