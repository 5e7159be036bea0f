"""Comments that were taken back, or whose record is gone, are forgotten."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from app.comments.models import Comment
from app.comments.states import CommentKind
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.uow import unit_of_work
from app.events.records import RecordsGone
from tenants import agenda, rounds

QUEUE = "comments"
KEPT = timedelta(days=7)
"""How long a comment that was taken back can be restored."""


def note(comment: Comment) -> None:
    """See to it that a comment that was taken back is forgotten in time."""
    if comment.deleted_at is not None:
        agenda.note(QUEUE, comment.deleted_at + KEPT + timedelta(minutes=1))


def sweep() -> None:
    """Forget what was taken back long ago, in every company, with the files that came along."""
    rounds.walk(QUEUE, _visit)


def _visit() -> None:
    while _forget():
        pass


def _forget() -> bool:
    with unit_of_work():
        at = clock.now()
        # Locked: what somebody is bringing back at this moment stays.
        old = select(Comment.id).where(Comment.deleted_at <= at - KEPT).limit(rounds.BATCH).with_for_update()
        if _gone(Comment.id.in_(old)):
            return True
        agenda.settle(QUEUE, at=at)
        return False


def records_gone(record_type: str, record_ids: Collection[UUID]) -> None:
    """Records are removed for ever, and so is what was said about them."""
    _gone(Comment.record_type == record_type, Comment.record_id.in_(record_ids))


def _gone(*which: ColumnElement[bool]) -> bool:
    """Remove comments for ever; False if there are none such."""
    statement = delete(Comment).where(*which).returning(Comment.id)
    ids = db.session.scalars(statement, execution_options={"synchronize_session": False}).all()
    if ids:
        publish(RecordsGone(record_type=CommentKind.COMMENT, record_ids=tuple(ids)))
    return bool(ids)
