"""Spending money, as something to be granted: all that the engine of approvals is told of requests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from app.access.actor import Actor
from app.approvals import following
from app.approvals.kinds import Fact, Subject, SubjectKind, Turn, register
from app.budgets import charging
from app.budgets.charging import Bill
from app.core.db import db
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.customers.models import Customer
from app.expense_kinds import queries as expense_kinds
from app.expense_requests import progress, queries
from app.expense_requests.models import ExpenseRequest
from app.expense_requests.trail import SUBJECT as KIND
from app.quotes.models import Quote

_PLAIN = ("number", "title", "currency", "amount", "line_count", "city", "days", "remark")


def _subject(request: ExpenseRequest, zone: ZoneInfo) -> Subject:
    lines = queries.lines(request)
    kinds = expense_kinds.these({line.kind_id for line in lines})
    by_kind: dict[UUID, int] = {}
    for line in lines:
        by_kind[line.kind_id] = by_kind.get(line.kind_id, 0) + line.amount
    facts: dict[str, Any] = {
        **{name: getattr(request, name) for name in _PLAIN},
        "total": _money(request.amount, request),
        "largest_line": max((line.amount for line in lines), default=0),
        "largest_kind": max(by_kind.values(), default=0),
        "expense_kinds": [str(one) for one in by_kind],
        "starts_on": request.starts_on.isoformat() if request.starts_on else None,
        "ends_on": request.ends_on.isoformat() if request.ends_on else None,
        **charging.facts(_bill(request, lines, zone)),
        "for_customer": request.customer_id is not None,
        "customer": _customer(request),
        "quote": _quote(request),
        "lines": [
            {
                "kind": kinds[line.kind_id].name,
                "amount": _money(line.amount, request),
                "description": line.description,
            }
            for line in lines
        ],
    }
    return Subject(id=request.id, title=request.label, facts=facts, owner_id=request.owner_id)


def _bill(request: ExpenseRequest, lines: Sequence[Row[Any]], zone: ZoneInfo) -> Bill:
    return Bill(
        outlays=queries.outlays(request, lines, zone),
        department_id=request.department_id,
        currency=request.currency,
        record_id=request.id,
        request_id=request.id,
    )


def _money(amount: int, request: ExpenseRequest) -> dict[str, Any]:
    return {"amount": amount, "currency": request.currency}


def _customer(request: ExpenseRequest) -> str | None:
    if request.customer_id is None:
        return None
    return db.session.scalars(select(Customer.name).where(Customer.id == request.customer_id)).first()


def _quote(request: ExpenseRequest) -> str | None:
    if request.quote_id is None:
        return None
    quote = db.session.scalars(select(Quote).where(Quote.id == request.quote_id)).first()
    return quote.label if quote else None


def _submit(actor: Actor, request_id: UUID) -> Subject:
    """What was submitted a moment ago, and is told of now."""
    request = queries.get(actor, request_id, to_change=True)
    request.demand_submitted()
    return _subject(request, actor.zone)


def _look(actor: Actor, request_id: UUID) -> Subject:
    return _subject(queries.get(actor, request_id), actor.zone)


_TURNS = {
    Turn.BEGUN: progress.take_up,
    Turn.RESUMED: progress.take_up,
    Turn.GRANTED: progress.grant,
    Turn.REJECTED: progress.reject,
    Turn.RETURNED: progress.send_back,
    Turn.WITHDRAWN: progress.withdraw,
}

register(
    SubjectKind(
        word=KIND,
        fields=declare(
            Field("amount", Kind.WHOLE, ""),
            Field("currency", Kind.TEXT, ""),
            Field("largest_line", Kind.WHOLE, ""),
            Field("largest_kind", Kind.WHOLE, ""),
            Field("expense_kinds", Kind.MEMBER, ""),
            Field("days", Kind.WHOLE, ""),
            Field("starts_on", Kind.DATE, ""),
            Field("city", Kind.TEXT, ""),
            Field("for_customer", Kind.YES, ""),
            Field("line_count", Kind.WHOLE, ""),
            Field("over_budget", Kind.YES, ""),
        ),
        facts={name: Fact(type="money") for name in ("amount", "largest_line", "largest_kind")},
        shown=(
            "number", "title", "total", "starts_on", "ends_on", "days", "city", "customer", "quote",
            "above_budget", "remark", "lines",
        ),
        submit=_submit,
        look=_look,
        turn=following.turner(queries.get, _TURNS),
        record=KIND,
        link=lambda request_id: f"/expense-requests/{request_id}",
    )
)  # fmt: skip
