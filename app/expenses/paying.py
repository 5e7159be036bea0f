"""Paying expense claims: written down by whoever keeps the money, and reversed where that was a mistake."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.advances import writing_off
from app.advances.drafts import text
from app.advances.writing_off import Due, Share
from app.audit import services as audit
from app.core import clock
from app.core.bulk import insert_many, put_into
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.events.expenses import ExpenseClaimsPaid
from app.expenses import policies, queries, trail
from app.expenses.drafts import LONGEST_REASON
from app.expenses.models import ClaimNotApproved, ExpenseClaim, ExpensePayment
from app.expenses.states import ClaimState
from tenants.context import require_tenant_id

MOST_AT_ONCE = 100
LONGEST_REFERENCE = 80


@permitted(Permission.EXPENSE_PAY)
def pay(
    actor: Actor,
    seen: Mapping[UUID, int],
    *,
    paid_on: date,
    reference: str | None = None,
    write_off: Mapping[UUID, int | None] | None = None,
) -> None:
    """Write down that approved claims were paid: all of them, or none.

    What their owners owe in advances is written off first, the oldest first; the rest is what was paid out.

    :param seen: their versions, by id, as the actor saw them
    :param write_off: of claims of which not as much is to be written off as can be, how much exactly
    :raises Invalid: naming those that there are none of, that are no longer what was seen, or whose owners
        do not owe so much
    :raises ClaimNotApproved: if one is not due
    """
    claims = _due(actor, seen, versions=True)
    wanted = write_off or {}
    shares = writing_off.plan(actor, _dues(claims, wanted), to_change=True)
    _demand_exact(shares, wanted)
    offset, said = writing_off.totals(shares), text("reference", reference, LONGEST_REFERENCE)
    facts = {"paid_on": paid_on.isoformat(), "reference": said}
    told = [trail.entry(one, "paid", trail.paid(one, offset[one.id], facts)) for one in claims]
    audit.record_many(actor, told)
    publish(ExpenseClaimsPaid(paid=tuple((one.owner_id, one.id, one.label, one.version) for one in claims)))
    at = clock.now()
    made = {"paid_on": paid_on, "reference": said, "made_by_id": actor.id, "made_at": at}
    insert_many(ExpensePayment, [_row(one, offset[one.id], made) for one in claims])
    writing_off.write_off(actor, shares, on=paid_on)
    put_into(ExpenseClaim, claims, {"state": ClaimState.PAID, "paid_on": paid_on, "updated_at": at})


def _row(claim: ExpenseClaim, written_off: int, made: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "tenant_id": require_tenant_id(),
        "id": new_id(),
        "claim_id": claim.id,
        "amount": claim.amount,
        "written_off": written_off,
        **made,
    }


@permitted(Permission.EXPENSE_PAY)
def preview(actor: Actor, write_off: Mapping[UUID, int | None]) -> list[Share]:
    """What would be written off, and what paid out, if these claims were paid now; nothing is.

    :param write_off: by claim, how much of it is to be written off at most; None for as much as can be
    :raises Invalid: naming those that there are none of
    :raises ClaimNotApproved: if one is not due
    """
    claims = _due(actor, dict.fromkeys(write_off, 0), versions=False)
    return writing_off.plan(actor, _dues(claims, write_off))


def _dues(claims: Sequence[ExpenseClaim], write_off: Mapping[UUID, int | None]) -> list[Due]:
    return [
        Due(
            claim_id=one.id, label=one.label, owner_id=one.owner_id, currency=one.currency,
            amount=one.amount, most=write_off.get(one.id),
        )
        for one in claims
    ]  # fmt: skip


def _demand_exact(shares: Sequence[Share], wanted: Mapping[UUID, int | None]) -> None:
    """Whoever said how much was to be written off has paid out the rest: it is that much, or nothing is."""
    problems = [
        FieldProblem(f"claims.{i}.write_off", "more-than-owed")
        for i, share in enumerate(shares)
        if (most := wanted.get(share.due.claim_id)) is not None and share.written_off != most
    ]
    if problems:
        raise Invalid(*problems)


def _due(by: Actor, seen: Mapping[UUID, int], *, versions: bool) -> list[ExpenseClaim]:
    """The claims, in the order in which they were named; locked and as they were seen, if versions count."""
    found, problems = queries.visible(by, seen, to_change=versions), []
    for i, (claim_id, version) in enumerate(seen.items()):
        claim = found.get(claim_id)
        if claim is None:
            problems.append(FieldProblem(f"claims.{i}.id", "unknown-reference"))
        elif versions and claim.version != version:
            problems.append(FieldProblem(f"claims.{i}.version", "changed-meanwhile"))
    if problems:
        raise Invalid(*problems)
    claims = [found[claim_id] for claim_id in seen]
    for claim in claims:
        if not policies.pay.allows(by, claim):
            raise policies.pay.refusal(by)
        if claim.state != ClaimState.APPROVED:
            raise ClaimNotApproved(state=claim.state)
    return claims


@guarded(policies.pay)
def reverse(actor: Actor, claim: ExpenseClaim, *, reason: str) -> None:
    """Say that a payment was written down by mistake; the claim is due again, and so is what it settled.

    :raises ClaimNotPaid: if there is none
    """
    said = text("reason", reason, LONGEST_REASON)
    if said is None:
        raise invalid("reason", "required")
    claim.be_unpaid()
    payment = queries.payment(claim)
    if payment is not None:
        payment.reversed_at, payment.reversed_by_id, payment.reversal_reason = clock.now(), actor.id, said
    claim.updated_at = clock.now()
    db.session.flush()
    writing_off.take_back(actor, claim.id, label=claim.label, reason=said)
    told = [{"field": "reason", "before": None, "after": said}]
    audit.record(actor, trail.entry(claim, "payment-reversed", told))
