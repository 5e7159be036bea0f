"""Reading comments: whoever sees the record sees what is said about it."""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.comments.models import Comment
from app.comments.policies import Said
from app.core.db import db
from app.core.errors import NotFound
from app.records import queries as records


def get(actor: Actor, comment_id: UUID) -> Said:
    """A comment on a record that the actor sees, locked.

    :raises NotFound: otherwise
    """
    said = _visible(actor, comment_id)
    if said.comment.is_deleted:
        raise NotFound
    return said


def seen(actor: Actor, comment_id: UUID) -> Said:
    """The same, not locked.

    :raises NotFound: if there is none such
    """
    said = _visible(actor, comment_id, to_change=False)
    if said.comment.is_deleted:
        raise NotFound
    return said


def to_restore(actor: Actor, comment_id: UUID) -> Said:
    """A comment that stands, or one's own that was taken back a while ago; locked.

    :raises NotFound: otherwise
    """
    said = _visible(actor, comment_id)
    if said.comment.is_deleted and said.comment.author_id != actor.id:
        raise NotFound
    return said


def _visible(actor: Actor, comment_id: UUID, *, to_change: bool = True) -> Said:
    statement = select(Comment).where(Comment.id == comment_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    comment = db.session.scalars(statement).first()
    if comment is None:
        raise NotFound
    return Said(comment, records.get(actor, comment.record_type, comment.record_id))
