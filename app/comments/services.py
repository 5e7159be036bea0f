"""What can be said about a record, and taken back."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.queries.users import names_of
from app.access.rules import guarded
from app.audit import services as audit
from app.comments import mentions, policies, tidying
from app.comments.models import Comment
from app.comments.policies import Said
from app.comments.states import CommentKind
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.events.comments import ColleaguesMentioned, RecordAnnotated
from app.files import uploads
from app.records import hanging
from app.records.kinds import Record, kind_of

LONGEST = 2000
_GIST = 80


@guarded(policies.add)
def create(actor: Actor, record: Record, text: str, attachment_ids: Sequence[UUID] = ()) -> Comment:
    """Say something about a record, with files that wait; colleagues who are mentioned are told.

    :raises Invalid: naming `text`, when somebody is mentioned who may not see the record, or a file
    """
    comment = _say(actor, record, text, CommentKind.COMMENT)
    if attachment_ids:
        uploads.hang(actor, Record(kind_of(CommentKind.COMMENT), Said(comment, record)), attachment_ids)
    return comment


@guarded(policies.annotate)
def annotate(actor: Actor, record: Record, text: str) -> Comment:
    """Put a manager's word under a colleague's work; whoever answers for it is told.

    :raises Invalid: naming `text`, when somebody is mentioned who may not see the record
    """
    comment = _say(actor, record, text, CommentKind.ANNOTATION)
    told = {user_id for user_id in record.kind.answerable(record.row) if user_id} - {actor.id}
    if told:
        publish(RecordAnnotated(user_ids=tuple(sorted(told)), **_facts(actor, record, comment)))
    return comment


@guarded(policies.change)
def update(actor: Actor, said: Said, text: str) -> None:
    """Say it otherwise; only colleagues who were not mentioned before are told.

    :raises Invalid: naming `text`, when somebody is mentioned who may not see the record
    """
    comment = said.comment
    if text == comment.text:
        return
    before = _spelled(comment)
    fresh = mentions.fresh(said.record, text, before=comment.text)
    comment.text, comment.edited_at = text, clock.now()
    db.session.flush()
    _record(actor, said, "updated", [{"field": "text", "before": before, "after": _spelled(comment)}])
    _tell(actor, said.record, comment, fresh)


@guarded(policies.change)
def delete(actor: Actor, said: Said) -> None:
    """Take one's words back; for a while they can be restored."""
    said.comment.deleted_at = clock.now()
    db.session.flush()
    tidying.note(said.comment)
    _record(actor, said, "deleted")


@guarded(policies.change)
def restore(actor: Actor, said: Said) -> None:
    """Let one's words stand again; what stands stays as it is."""
    if said.comment.is_deleted:
        said.comment.deleted_at = None
        db.session.flush()
        _record(actor, said, "restored")


def _say(actor: Actor, record: Record, text: str, kind: CommentKind) -> Comment:
    fresh = mentions.fresh(record, text)
    comment = Comment(
        record_type=record.kind.word,
        record_id=record.id,
        kind=kind,
        text=text,
        author_id=actor.id,
        created_at=clock.now(),
    )
    db.session.add(comment)
    db.session.flush()
    said = Said(comment, record)
    spelled = mentions.spelled(text, {str(user_id): name for user_id, name in fresh.items()})
    _record(actor, said, "created", [{"field": "text", "before": None, "after": spelled}])
    _tell(actor, record, comment, fresh)
    return comment


def _spelled(comment: Comment) -> str:
    ids = [UUID(found) for found in mentions.ids_in(comment.text)]
    return mentions.spelled(comment.text, {str(user_id): name for user_id, name in names_of(ids).items()})


def _tell(actor: Actor, record: Record, comment: Comment, fresh: Collection[UUID]) -> None:
    told = tuple(user_id for user_id in fresh if user_id != actor.id)
    if told:
        publish(ColleaguesMentioned(user_ids=told, **_facts(actor, record, comment)))


def _facts(actor: Actor, record: Record, comment: Comment) -> dict[str, Any]:
    place = record.place
    return {
        "comment_id": comment.id,
        "by": actor.name,
        "record": place.label,
        "text": _spelled(comment)[:_GIST],
        "link": place.link,
    }


def _record(actor: Actor, said: Said, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> None:
    subject = (said.comment.kind, said.comment.id)
    audit.record(actor, hanging.entry(said.record.place, action, subject, changes=changes))
