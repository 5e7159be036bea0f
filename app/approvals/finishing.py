"""The end of every move: what has changed is written, and whoever it concerns is told."""

from typing import Any

from app.access.actor import Actor
from app.approvals.models import Approval, LogLine
from app.approvals.running import Running
from app.approvals.states import ApprovalState
from app.audit import services as audit
from app.audit.services import Entry
from app.core.bulk import at_once, insert_many
from app.core.db import db
from app.core.events import publish
from app.events.approvals import ApprovalMoved, ApprovalStuck, Asked, CopiesSent

SUBJECT = "approval"
_LINE = tuple(LogLine.__table__.columns.keys())


def finish(by: Actor, running: Running, action: str, *, comment: str | None = None) -> Approval:
    """Write what a move has changed and tell whoever it concerns.

    :param action: what the trail calls the move
    """
    approval = running.approval
    approval.updated_at = running.at
    db.session.flush()
    with at_once():
        insert_many(LogLine, [{name: getattr(line, name) for name in _LINE} for line in running.log])
        audit.record(by, entry(approval, action))
    _tell(by, running, comment)
    return approval


def entry(approval: Approval, action: str) -> Entry:
    """The line of the trail."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=approval.id,
        subject_label=approval.title,
        about_id=approval.subject_id,
    )


def _tell(doer: Actor, running: Running, comment: str | None) -> None:
    approval = running.approval
    # With all whom the page will name, so that they are asked for once.
    people = [approval.submitter_id, *(seat.user_id for seat in running.seats)]
    submitter = running.company.of(people)[approval.submitter_id].name
    about: dict[str, Any] = {"approval_id": approval.id, "title": approval.title, "kind": approval.kind}
    asked = tuple((seat.id, seat.user_id) for seat in running.opened if seat.undecided)
    if asked:
        publish(Asked(**about, submitter=submitter, seats=asked))
    if running.copied:
        publish(CopiesSent(**about, submitter=submitter, user_ids=tuple(running.copied)))
    if approval.state not in {ApprovalState.RUNNING, running.state_before}:
        publish(
            ApprovalMoved(
                **about,
                subject_id=approval.subject_id,
                submitter_id=approval.submitter_id,
                state=approval.state,
                by=doer.name,
                by_id=None if doer.is_system else doer.id,
                comment=comment,
                round=approval.version,
                access_version=doer.access_version,
            )
        )
    elif running.newly_stuck:
        publish(ApprovalStuck(**about, submitter=submitter, moment=f"{approval.stuck_since:%Y%m%dT%H%M%S%f}"))
