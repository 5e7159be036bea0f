"""The request that a claim draws on: granted before, to whoever claims now."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, NotFound
from app.expense_requests import queries as expense_requests
from app.expense_requests.models import ExpenseRequest
from app.expense_requests.states import RequestState
from app.expenses.models import ExpenseClaim
from app.expenses.states import COUNTED


def find(
    by: Actor, request_id: UUID | None, currency: str, *, to_draw: bool = False
) -> ExpenseRequest | None:
    """The request that a claim of the actor's own in a currency may draw on; None where it names none.

    :param to_draw: lock it until the transaction ends, so that nobody closes it meanwhile
    :raises Invalid: if it is none of theirs, is not granted, is closed or is in another currency
    """
    if request_id is None:
        return None
    try:
        request = expense_requests.get(by, request_id, to_change=to_draw)
    except NotFound:
        raise _wrong("unknown-reference") from None
    if request.owner_id != by.id:
        raise _wrong("unknown-reference")
    if request.state != RequestState.APPROVED:
        raise _wrong("expense-request-not-open")
    if request.currency != currency:
        raise _wrong("expense-request-other-currency", currency=request.currency)
    return request


def _wrong(code: str, **facts: str) -> Invalid:
    return Invalid(FieldProblem("request_id", code, tuple(facts.items())))


def told(before: UUID | None, after: UUID | None) -> list[dict[str, Any]]:
    """That a claim draws on another request than it did, as the trail tells it."""
    if before == after:
        return []
    named = select(ExpenseRequest).where(ExpenseRequest.id.in_({one for one in (before, after) if one}))
    labels = {one.id: one.label for one in db.session.scalars(named)}
    then, now = (labels.get(one) if one else None for one in (before, after))
    return [{"field": "request", "before": then, "after": now}]


def standing(claim: ExpenseClaim) -> tuple[str | None, int]:
    """What the request of a claim is called, and by how much the claim is above what is left of it."""
    if claim.request_id is None:
        return None, 0
    request = db.session.scalars(select(ExpenseRequest).where(ExpenseRequest.id == claim.request_id)).one()
    others = (
        select(func.coalesce(func.sum(ExpenseClaim.amount), 0))
        .where(ExpenseClaim.request_id == request.id, ExpenseClaim.id != claim.id)
        .where(ExpenseClaim.state.in_(COUNTED), ExpenseClaim.deleted_at.is_(None))
    )
    left = max(request.amount - int(db.session.scalar(others) or 0), 0)
    return request.label, max(claim.amount - left, 0)
