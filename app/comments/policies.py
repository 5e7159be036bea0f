"""Who may say what: whoever reads a record may comment on it, and take back only their own words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule
from app.comments.models import Comment
from app.records.kinds import Record


@dataclass(frozen=True, slots=True)
class Said:
    """A comment and the record it is about, which the actor sees."""

    comment: Comment
    record: Record

    @property
    def id(self) -> UUID:
        """Of the comment."""
        return self.comment.id


def _annotatable(actor: Actor, record: Record) -> bool:
    return record.kind.annotate is not None and record.kind.annotate.allows(actor, record.row)


def _own(actor: Actor, said: Said) -> bool:
    return said.comment.author_id == actor.id


add: Rule[Record] = Rule(
    Permission.COMMENT_CREATE, when=lambda actor, record: record.kind.read.allows(actor, record.row)
)
annotate: Rule[Record] = Rule(Permission.ACTIVITY_ANNOTATE, when=_annotatable)
change: Rule[Said] = Rule(Permission.COMMENT_CREATE, when=_own)


def can(actor: Actor, author_id: Any) -> dict[str, bool]:
    """What the page may offer."""
    own = actor.may(Permission.COMMENT_CREATE) and str(actor.id) == str(author_id)
    return {"update": own, "delete": own}
