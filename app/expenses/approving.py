"""Getting money back, as something to be granted: all that the engine of approvals is told of claims."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

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
from app.expenses import progress, queries, requests
from app.expenses.models import ExpenseClaim
from app.expenses.receipts import FIELD
from app.expenses.trail import SUBJECT as KIND
from app.files.cards import brief_now
from app.files.models import Attachment


def _subject(claim: ExpenseClaim) -> Subject:
    lines, receipts = queries.lines(claim), queries.receipts(claim)
    kinds = expense_kinds.these({line.kind_id for line in lines})
    customers = _customers({line.customer_id for line in lines if line.customer_id})
    request, over = requests.standing(claim)
    by_kind: dict[UUID, int] = {}
    for line in lines:
        by_kind[line.kind_id] = by_kind.get(line.kind_id, 0) + line.amount
    facts: dict[str, Any] = {
        **{name: getattr(claim, name) for name in ("number", "title", "currency", "line_count")},
        "amount": claim.amount,
        "total": _money(claim.amount, claim),
        "tax": _money(claim.tax, claim) if claim.tax else None,
        "largest_line": max((line.amount for line in lines), default=0),
        "largest_kind": max(by_kind.values(), default=0),
        "expense_kinds": [str(one) for one in by_kind],
        "receipt_count": claim.receipt_count,
        "lacks_receipts": len({one.line_id for one in receipts}) < len(lines),
        "customers": [customers[one] for one in customers],
        **_above(claim, lines),
        **charging.facts(_bill(claim, lines)),
        "remark": claim.remark,
        "request": request,
        "over_request": over,
        "above_request": _money(over, claim) if over else None,
        "lines": [
            {
                "kind": kinds[line.kind_id].name,
                "spent_on": line.spent_on.isoformat(),
                "amount": _money(line.amount, claim),
                "description": line.description,
                "city": line.city,
                "customer": customers.get(line.customer_id) if line.customer_id else None,
                **_limit(claim, line),
            }
            for line in lines
        ],
        FIELD: _files([one.file_id for one in receipts]),
    }
    return Subject(id=claim.id, title=claim.label, facts=facts, owner_id=claim.owner_id)


def _bill(claim: ExpenseClaim, lines: Sequence[Row[Any]]) -> Bill:
    return Bill(
        outlays=queries.outlays(lines),
        department_id=claim.department_id,
        currency=claim.currency,
        record_id=claim.id,
        request_id=claim.request_id,
    )


def _above(claim: ExpenseClaim, lines: Sequence[Row[Any]]) -> dict[str, Any]:
    """How much of a claim is above the limits that held when it was submitted."""
    over = [line.limit_held["over"] for line in lines if line.limit_held and line.limit_held["over"]]
    money = _money(sum(over), claim) if over else None
    return {"over_limit": sum(over), "over_limit_lines": len(over), "above_limit": money}


def _limit(claim: ExpenseClaim, line: Row[Any]) -> dict[str, Any]:
    """What is told of a line that is above its limit."""
    held = line.limit_held
    if not held or not held["over"]:
        return {}
    return {
        "limit": _money(held["amount"], claim),
        "per": held["per"],
        "over": _money(held["over"], claim),
        "over_reason": line.over_reason,
    }


def _money(amount: int, claim: ExpenseClaim) -> dict[str, Any]:
    return {"amount": amount, "currency": claim.currency}


def _customers(customer_ids: set[UUID]) -> dict[UUID, str]:
    if not customer_ids:
        return {}
    asked = select(Customer.id, Customer.name).where(Customer.id.in_(customer_ids)).order_by(Customer.name)
    return {row.id: row.name for row in db.session.execute(asked)}


def _files(file_ids: list[UUID]) -> list[dict[str, Any]]:
    rows = {one.id: one for one in db.session.scalars(select(Attachment).where(Attachment.id.in_(file_ids)))}
    return [brief_now(rows[one]) for one in file_ids if one in rows]


def _submit(actor: Actor, claim_id: UUID) -> Subject:
    """What was submitted a moment ago, and is told of now."""
    claim = queries.get(actor, claim_id, to_change=True)
    claim.demand_submitted()
    return _subject(claim)


def _look(actor: Actor, claim_id: UUID) -> Subject:
    return _subject(queries.get(actor, claim_id))


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
            Field("lacks_receipts", Kind.YES, ""),
            Field("over_request", Kind.WHOLE, ""),
            Field("line_count", Kind.WHOLE, ""),
            Field("over_limit", Kind.WHOLE, ""),
            Field("over_limit_lines", Kind.WHOLE, ""),
            Field("over_budget", Kind.YES, ""),
        ),
        facts={
            name: Fact(type="money")
            for name in ("amount", "largest_line", "largest_kind", "over_request", "over_limit")
        },
        shown=(
            "number", "title", "total", "tax", "request", "above_request", "customers", "lacks_receipts",
            "above_limit", "above_budget", "remark", "lines", FIELD,
        ),
        submit=_submit,
        look=_look,
        turn=following.turner(queries.get, _TURNS),
        record=KIND,
        link=lambda claim_id: f"/expenses/{claim_id}",
    )
)  # fmt: skip
