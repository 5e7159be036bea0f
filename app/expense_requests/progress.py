"""How an expense request goes on: submitted, granted, rejected or given back, and closed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import guarded
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import publish
from app.events.expenses import (
    ExpenseRequestSubmitted,
    ExpenseRequestWithdrawn,
    OutlayBound,
    OutlayFreed,
)
from app.expense_requests import policies, queries, trail
from app.expense_requests.models import ExpenseRequest
from app.expense_requests.states import RequestState
from app.records.submitting import Returned


class RequestInApproval(Conflict):
    """Somebody is asked about a claim that draws on it."""

    code = "expense-request-in-approval"


class EmptyRequest(Conflict):
    """There is nothing in it that could be granted."""

    code = "empty-expense-request"


@guarded(policies.write)
def submit(
    actor: Actor, request: ExpenseRequest, *, chosen: Mapping[str, Sequence[UUID]] | None = None
) -> None:
    """Freeze a draft and ask for approval; where nobody takes it up, it is granted at once.

    :param chosen: by node of the flow whose people the submitter chooses, whom
    :raises RequestNotDraft: for what was submitted already
    :raises EmptyRequest: without a line
    """
    request.demand_changeable()
    if not request.line_count:
        raise EmptyRequest
    request.submit(at=clock.now())
    publish(_bound(actor, request))
    _write(actor, request, "submitted")
    publish(
        ExpenseRequestSubmitted(request_id=request.id, submitted_by_id=actor.id, chosen=chosen or {}),
    )
    if request.state == RequestState.SUBMITTED and not request.in_approval:
        _grant(actor, request)


def _bound(by: Actor, request: ExpenseRequest) -> OutlayBound:
    return OutlayBound(
        record=(trail.SUBJECT, request.id),
        by_id=by.id,
        department_id=request.department_id,
        currency=request.currency,
        outlays=queries.outlays(request, queries.lines(request), by.zone),
    )


@guarded(policies.decide)
def take_up(actor: Actor, request: ExpenseRequest) -> None:
    """Say, while a submission is told of, that somebody is asked about it.

    :raises RequestNotSubmitted: if it is not submitted
    """
    request.demand_submitted()
    request.in_approval = True
    db.session.flush()


@guarded(policies.decide)
def grant(actor: Actor, request: ExpenseRequest) -> None:
    """Let claims draw on a submitted request.

    :raises RequestNotSubmitted: if nobody asks
    """
    _grant(actor, request)


@guarded(policies.decide)
def reject(actor: Actor, request: ExpenseRequest) -> None:
    """Refuse a submitted request; nothing is bound for it any more.

    :raises RequestNotSubmitted: if nobody asks
    """
    request.be_rejected()
    _free(request)
    _write(actor, request, "rejected")


@guarded(policies.decide)
def send_back(actor: Actor, request: ExpenseRequest) -> None:
    """Have a submitted request corrected: it is a draft again.

    :raises RequestNotSubmitted: if nobody asks
    """
    request.come_back(Returned.SENT_BACK)
    _free(request)
    _write(actor, request, "sent_back")


@guarded(policies.write)
def withdraw(actor: Actor, request: ExpenseRequest) -> None:
    """Take back a submission, to change what it says: it is a draft again.

    :raises RequestNotSubmitted: if it was decided meanwhile
    """
    request.come_back(Returned.WITHDRAWN)
    _free(request)
    _write(actor, request, "withdrawn")
    publish(ExpenseRequestWithdrawn(request_id=request.id, by_id=actor.id))


@guarded(policies.close)
def close(actor: Actor, request: ExpenseRequest) -> None:
    """Say that nothing more is to come: no further claim draws on it, and what is left of it is free again.

    :raises RequestNotOpen: if none could
    :raises RequestInApproval: while a claim that draws on it may yet come back to be corrected
    """
    if queries.is_drawn_on_in_approval(request):
        raise RequestInApproval
    request.close(at=clock.now())
    _free(request)
    _write(actor, request, "closed")


def _grant(by: Actor, request: ExpenseRequest) -> None:
    request.be_approved(at=clock.now())
    _write(by, request, "approved")


def _free(request: ExpenseRequest) -> None:
    publish(OutlayFreed(record=(trail.SUBJECT, request.id)))


def _write(by: Actor, request: ExpenseRequest, action: str) -> None:
    request.updated_at = clock.now()
    db.session.flush()
    audit.record(by, trail.entry(request, action))
