"""Whether somebody sees an approval, on the fast lane; and the files on what it is about."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.approvals import queries
from app.approvals.kinds import words_of
from app.approvals.loaded import Loaded
from app.approvals.models import Approval, CopiedTo, Seat, Step
from app.approvals.states import Openness, SeatState
from app.core.db import db
from app.core.errors import NotFound
from app.files.cards import brief_now
from app.files.models import Attachment
from app.lists import pages
from app.lists.scopes import reach

MOST_FILES = 200
MOST_ROUNDS = 20
"""So often something is submitted anew; what came before that nobody asks for."""
_PART = (
    "r.owner_id = %(me)s OR r.openness = %(open)s "
    "OR EXISTS (SELECT FROM approval_seats s WHERE s.tenant_id = %(tenant)s AND s.approval_id = r.id "
    "AND (s.user_id = %(me)s OR s.stands_for_id = %(me)s) "
    "AND (s.opened_at IS NOT NULL OR s.decided_at IS NOT NULL)) "
    "OR EXISTS (SELECT FROM approval_copies c WHERE c.tenant_id = %(tenant)s AND c.approval_id = r.id "
    "AND c.user_id = %(me)s)"
)


def demand(connection: Any, actor: Actor, approval_id: UUID) -> None:
    """Make sure that there is such an approval for the actor (see `queries.get`).

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: otherwise
    """
    seen, params = _PART, {"me": actor.id, "open": Openness.OPEN}
    if actor.may(Permission.APPROVAL_MANAGE):
        seen = "true"
    elif actor.may(Permission.APPROVAL_READ):
        looking = reach(Permission.APPROVAL_READ, "approvals", of=actor)
        params = {**looking.params, **params, "half_open": Openness.HALF_OPEN}
        seen = f"{_PART} OR (r.openness = %(half_open)s AND ({looking.predicate}))"
    statement = f"SELECT 1 FROM approvals r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND ({seen})"  # noqa: S608
    if not pages.run(connection, statement, {**params, "tenant": actor.tenant_id, "id": approval_id}):
        # Its kind may let them see it though they have no part in it.
        queries.get(actor, approval_id)


def files(loaded: Loaded) -> list[dict[str, Any]]:
    """The files on what an approval is about, the earliest first; those in its fields are facts of it."""
    word = loaded.kind.record
    if word is None:
        return []
    on_it = (Attachment.record_type == word, Attachment.record_id == loaded.approval.subject_id)
    hung = select(Attachment).where(*on_it, Attachment.deleted_at.is_(None), Attachment.field.is_(None))
    found = db.session.scalars(hung.order_by(Attachment.created_at, Attachment.id).limit(MOST_FILES))
    return [brief_now(one) for one in found]


def file(actor: Actor, attachment_id: UUID) -> Attachment:
    """A file on what an approval is about that the actor sees.

    :raises NotFound: if there is none such
    """
    hung = select(Attachment).where(Attachment.id == attachment_id, Attachment.deleted_at.is_(None))
    attachment = db.session.scalars(hung).first()
    if attachment is None or (attachment.field and attachment.field in actor.hides(attachment.record_type)):
        raise NotFound
    about = (Approval.kind.in_(words_of(attachment.record_type)), Approval.subject_id == attachment.record_id)
    latest = select(Approval).where(*about).order_by(Approval.submitted_at.desc(), Approval.id.desc())
    for approval in db.session.scalars(latest.limit(MOST_ROUNDS)):
        if queries.may_see(actor, approval) and not _hides(actor, approval, attachment.field):
            return attachment
    raise NotFound


def _hides(actor: Actor, approval: Approval, field: str | None) -> bool:
    """Whether the flow keeps a field from the actor, at the step they are or were last asked at."""
    if field is None or approval.owner_id == actor.id or actor.may(Permission.APPROVAL_MANAGE):
        return False
    told = (CopiedTo.approval_id == approval.id, CopiedTo.user_id == actor.id, CopiedTo.by_id.is_not(None))
    for who in (actor.id, db.session.scalar(select(CopiedTo.by_id).where(*told))):
        asked = or_(Seat.user_id == who, Seat.stands_for_id == who)
        at = (Seat.approval_id == approval.id, asked, Seat.opened_at.is_not(None))
        hidden = select(Step.hidden).join(Seat, Seat.step_id == Step.id).where(*at)
        last = hidden.order_by((Seat.state == SeatState.OPEN).desc(), Seat.opened_at.desc()).limit(1)
        kept = db.session.scalars(last).first() if who else None
        if kept is not None:
            return field in kept
    return False
