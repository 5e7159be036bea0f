"""Paying expense claims: written down by whoever keeps the money, and reversed where that was a mistake."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.core import clock
from app.core.bulk import insert_many, put_into
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.core.plain_text import Unplain, tidied
from app.events.expenses import ExpenseClaimsPaid
from app.expenses import policies, queries, trail
from app.expenses.drafts import LONGEST_REASON
from app.expenses.models import ClaimNotApproved, ExpenseClaim, ExpensePayment
from app.expenses.states import ClaimState
from tenants.context import require_tenant_id

MOST_AT_ONCE = 100
LONGEST_REFERENCE = 80


@permitted(Permission.EXPENSE_PAY)
def pay(actor: Actor, seen: Mapping[UUID, int], *, paid_on: date, reference: str | None = None) -> None:
    """Write down that approved claims were paid: all of them, or none.

    :param seen: their versions, by id, as the actor saw them
    :raises Invalid: naming those that there are none of, or that are no longer what was seen
    :raises ClaimNotApproved: if one is not due
    """
    claims = _due(actor, seen)
    said, at = _text("reference", reference, LONGEST_REFERENCE), clock.now()
    rows = [
        {
            "tenant_id": require_tenant_id(),
            "id": new_id(),
            "claim_id": claim.id,
            "amount": claim.amount,
            "paid_on": paid_on,
            "reference": said,
            "made_by_id": actor.id,
            "made_at": at,
        }
        for claim in claims
    ]
    told = [{"field": "paid_on", "before": None, "after": paid_on.isoformat()}]
    told += [{"field": "reference", "before": None, "after": said}] if said else []
    audit.record_many(actor, [trail.entry(claim, "paid", told) for claim in claims])
    publish(ExpenseClaimsPaid(paid=tuple((one.owner_id, one.id, one.label, one.version) for one in claims)))
    insert_many(ExpensePayment, rows)
    put_into(ExpenseClaim, claims, {"state": ClaimState.PAID, "paid_on": paid_on, "updated_at": at})


def _due(by: Actor, seen: Mapping[UUID, int]) -> list[ExpenseClaim]:
    found, problems = queries.visible(by, seen), []
    for i, (claim_id, version) in enumerate(seen.items()):
        claim = found.get(claim_id)
        if claim is None:
            problems.append(FieldProblem(f"claims.{i}.id", "unknown-reference"))
        elif claim.version != version:
            problems.append(FieldProblem(f"claims.{i}.version", "changed-meanwhile"))
    if problems:
        raise Invalid(*problems)
    for claim in found.values():
        if not policies.pay.allows(by, claim):
            raise policies.pay.refusal(by)
        if claim.state != ClaimState.APPROVED:
            raise ClaimNotApproved(state=claim.state)
    return list(found.values())


@guarded(policies.pay)
def reverse(actor: Actor, claim: ExpenseClaim, *, reason: str) -> None:
    """Say that a payment was written down by mistake; the claim is due again.

    :raises ClaimNotPaid: if there is none
    """
    said = _text("reason", reason, LONGEST_REASON)
    if said is None:
        raise invalid("reason", "required")
    claim.be_unpaid()
    payment = queries.payment(claim)
    if payment is not None:
        payment.reversed_at, payment.reversed_by_id, payment.reversal_reason = clock.now(), actor.id, said
    claim.updated_at = clock.now()
    db.session.flush()
    told = [{"field": "reason", "before": None, "after": said}]
    audit.record(actor, trail.entry(claim, "payment-reversed", told))


def _text(field: str, text: str | None, longest: int) -> str | None:
    try:
        return tidied(text or "", longest) or None
    except Unplain as wrong:
        raise invalid(field, wrong.code, **wrong.facts) from None
