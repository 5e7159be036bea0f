"""How an expense claim goes on: submitted, approved, rejected or given back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.actor import Actor
from app.access.rules import guarded
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid
from app.core.events import publish
from app.events.expenses import (
    ExpenseClaimSubmitted,
    ExpenseClaimWithdrawn,
    OutlayBound,
    OutlayFreed,
    OutlayMade,
)
from app.expense_kinds import queries as expense_kinds
from app.expenses import limiting, policies, queries, receipts, requests, trail
from app.expenses.models import ExpenseClaim
from app.expenses.states import ClaimState
from app.records.submitting import Returned


class EmptyClaim(Conflict):
    """There is nothing in it that could be paid."""

    code = "empty-expense-claim"


@guarded(policies.write)
def submit(actor: Actor, claim: ExpenseClaim, *, chosen: Mapping[str, Sequence[UUID]] | None = None) -> None:
    """Freeze a draft and ask for approval; where nobody takes it up, it is approved at once.

    :param chosen: by node of the flow whose people the submitter chooses, whom
    :raises ClaimNotDraft: for what was submitted already
    :raises EmptyClaim: without a line
    :raises Invalid: naming the lines that lack a receipt, a customer, or a reason to be above their limit,
        or a request that is closed
    :raises ReceiptClaimed: if another claim has one of its receipts
    """
    claim.demand_changeable()
    lines = _whole(claim)
    requests.find(actor, claim.request_id, claim.currency, to_draw=True)
    claim.submit(at=clock.now())
    receipts.hold(actor, claim)
    publish(_bound(actor, claim, lines))
    _write(actor, claim, "submitted")
    publish(ExpenseClaimSubmitted(claim_id=claim.id, submitted_by_id=actor.id, chosen=chosen or {}))
    if claim.state == ClaimState.SUBMITTED and not claim.in_approval:
        _approve(actor, claim)


def _bound(by: Actor, claim: ExpenseClaim, lines: Sequence[Row[Any]]) -> OutlayBound:
    return OutlayBound(
        record=(trail.SUBJECT, claim.id),
        by_id=by.id,
        department_id=claim.department_id,
        currency=claim.currency,
        outlays=queries.outlays(lines),
        request_id=claim.request_id,
    )


def _whole(claim: ExpenseClaim) -> Sequence[Row[Any]]:
    """Its lines, if nothing is missing."""
    lines = queries.lines(claim)
    if not lines:
        raise EmptyClaim
    kinds = expense_kinds.these({line.kind_id for line in lines})
    backed = {one.line_id for one in queries.receipts(claim)}
    problems = []
    for place, line in enumerate(lines):
        kind = kinds[line.kind_id]
        if kind.needs_receipt and line.id not in backed:
            problems.append(FieldProblem(f"lines.{place}.receipts", "receipt-needed", (("kind", kind.name),)))
        if kind.needs_customer and line.customer_id is None:
            problems.append(
                FieldProblem(f"lines.{place}.customer_id", "customer-needed", (("kind", kind.name),))
            )
    problems += limiting.keep(claim, lines)
    if problems:
        raise Invalid(*problems)
    return lines


@guarded(policies.decide)
def take_up(actor: Actor, claim: ExpenseClaim) -> None:
    """Say, while a submission is told of, that somebody is asked about it.

    :raises ClaimNotSubmitted: if it is not submitted
    """
    claim.demand_submitted()
    claim.in_approval = True
    db.session.flush()


@guarded(policies.decide)
def grant(actor: Actor, claim: ExpenseClaim) -> None:
    """Let a submitted claim be paid.

    :raises ClaimNotSubmitted: if nobody asks
    """
    _approve(actor, claim)


@guarded(policies.decide)
def reject(actor: Actor, claim: ExpenseClaim) -> None:
    """Refuse a submitted claim; its receipts are free again.

    :raises ClaimNotSubmitted: if nobody asks
    """
    claim.be_rejected()
    _let_go(claim)
    _write(actor, claim, "rejected")


@guarded(policies.decide)
def send_back(actor: Actor, claim: ExpenseClaim) -> None:
    """Have a submitted claim corrected: it is a draft again.

    :raises ClaimNotSubmitted: if nobody asks
    """
    claim.come_back(Returned.SENT_BACK)
    _let_go(claim)
    _write(actor, claim, "sent_back")


@guarded(policies.write)
def withdraw(actor: Actor, claim: ExpenseClaim) -> None:
    """Take back a submission, to change what it says: it is a draft again.

    :raises ClaimNotSubmitted: if it was decided meanwhile
    """
    claim.come_back(Returned.WITHDRAWN)
    _let_go(claim)
    _write(actor, claim, "withdrawn")
    publish(ExpenseClaimWithdrawn(claim_id=claim.id, by_id=actor.id))


def _let_go(claim: ExpenseClaim) -> None:
    receipts.release(claim)
    limiting.let_go(claim)
    publish(OutlayFreed(record=(trail.SUBJECT, claim.id)))


def _approve(by: Actor, claim: ExpenseClaim) -> None:
    claim.be_approved(at=clock.now())
    _write(by, claim, "approved")
    publish(OutlayMade(record=(trail.SUBJECT, claim.id)))


def _write(by: Actor, claim: ExpenseClaim, action: str) -> None:
    claim.updated_at = clock.now()
    db.session.flush()
    audit.record(by, trail.entry(claim, action))
