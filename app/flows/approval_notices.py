"""Whoever an approval concerns hears of it."""

from uuid import UUID

from app.access.permissions import Permission
from app.access.queries.holders import holders_of
from app.approvals.states import ApprovalState
from app.core.events import on
from app.events.approvals import ApprovalMoved, ApprovalStuck, Asked, CopiesSent
from app.messaging import services as messaging

_MOVED = {
    ApprovalState.GRANTED: "approval-granted",
    ApprovalState.REJECTED: "approval-rejected",
    ApprovalState.RETURNED: "approval-returned",
}


def _link(approval_id: UUID) -> str:
    return f"/approvals/{approval_id}"


@on(Asked)
def ring_for_those_whose_turn_it_is(event: Asked) -> None:
    """Once for each seat, and once for each reminder."""
    kind = "approval-reminder" if event.reminds else "approval-asked"
    for seat_id, user_id in event.seats:
        messaging.notify(
            user_id,
            kind,
            {"by": event.submitter, "title": event.title},
            link=_link(event.approval_id),
            dedupe_key=f"seat:{seat_id}:{event.moment}",
        )


@on(CopiesSent)
def tell_those_it_was_copied_to(event: CopiesSent) -> None:
    """Once for each."""
    messaging.notify(
        event.user_ids,
        "approval-copied",
        {"by": event.submitter, "title": event.title},
        link=_link(event.approval_id),
        dedupe_key=f"approval-copy:{event.approval_id}",
    )


@on(ApprovalMoved)
def tell_whoever_submitted_it(event: ApprovalMoved) -> None:
    """What became of it, unless it was they who did it."""
    kind = _MOVED.get(ApprovalState(event.state))
    if kind is None or event.by_id == event.submitter_id:
        return
    messaging.notify(
        event.submitter_id,
        kind,
        {"by": event.by, "title": event.title, "comment": event.comment or ""},
        link=_link(event.approval_id),
        dedupe_key=f"approval:{event.approval_id}:{event.round}",
    )


@on(ApprovalStuck)
def tell_those_who_can_free_it(event: ApprovalStuck) -> None:
    """Every administrator of approvals."""
    messaging.notify(
        holders_of(Permission.APPROVAL_MANAGE),
        "approval-stuck",
        {"by": event.submitter, "title": event.title},
        link=_link(event.approval_id),
        dedupe_key=f"approval-stuck:{event.approval_id}:{event.moment}",
    )
