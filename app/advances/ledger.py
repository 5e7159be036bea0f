"""Money that moves: advances paid out, returned, and both reversed where that was a mistake."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.advances import booking, drafts, overdue, policies, queries
from app.advances.booking import Move
from app.advances.drafts import LONGEST_REASON, LONGEST_REFERENCE
from app.advances.models import Advance, AdvanceEntry, AdvanceNotApproved
from app.advances.states import AdvanceState, EntryKind
from app.core import clock
from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.core.events import publish
from app.events.advances import AdvancesPaidOut

MOST_AT_ONCE = 100


class EntryReversed(Conflict):
    """It was reversed already, or is itself what reverses another."""

    code = "advance-entry-reversed"


class EntryOfClaim(Conflict):
    """It was written off when a claim was paid, and is reversed with that payment."""

    code = "advance-entry-of-claim"


class AdvanceDrawnOn(Conflict):
    """Something of it was written off or returned: it was paid out, then."""

    code = "advance-drawn-on"


@permitted(Permission.EXPENSE_PAY)
def pay_out(actor: Actor, seen: Mapping[UUID, int], *, paid_on: date, reference: str | None = None) -> None:
    """Write down that approved advances were paid out: all of them, or none.

    :param seen: their versions, by id, as the actor saw them
    :raises Invalid: naming those that there are none of, or that are no longer what was seen
    :raises AdvanceNotApproved: if one is not due
    """
    advances = _due(actor, seen)
    said = drafts.text("reference", reference, LONGEST_REFERENCE)
    paid = tuple((one.owner_id, one.id, one.label, one.version) for one in advances)
    overdue.note(advances, actor.zone)
    booking.book(
        actor,
        [
            Move(
                advance=one,
                kind=EntryKind.PAYOUT,
                amount=one.amount,
                done_on=paid_on,
                action="paid",
                reference=said,
                told={"paid_on": paid_on.isoformat(), "reference": said},
            )
            for one in advances
        ],
    )
    publish(AdvancesPaidOut(paid=paid))


def _due(by: Actor, seen: Mapping[UUID, int]) -> list[Advance]:
    found, problems = queries.visible(by, seen), []
    for i, (advance_id, version) in enumerate(seen.items()):
        advance = found.get(advance_id)
        if advance is None:
            problems.append(FieldProblem(f"advances.{i}.id", "unknown-reference"))
        elif advance.version != version:
            problems.append(FieldProblem(f"advances.{i}.version", "changed-meanwhile"))
    if problems:
        raise Invalid(*problems)
    for advance in found.values():
        if not policies.pay.allows(by, advance):
            raise policies.pay.refusal(by)
        if advance.state != AdvanceState.APPROVED:
            raise AdvanceNotApproved(state=advance.state)
    return list(found.values())


@guarded(policies.pay)
def give_back(
    actor: Actor, advance: Advance, *, amount: int, returned_on: date, reference: str | None = None
) -> None:
    """Write down that money came back; an advance of which nothing is owed any more is settled.

    :raises Invalid: for more than is owed
    """
    if amount > advance.outstanding:
        raise invalid("amount", "more-than-owed")
    said = drafts.text("reference", reference, LONGEST_REFERENCE)
    move = Move(
        advance=advance,
        kind=EntryKind.RETURN,
        amount=-amount,
        done_on=returned_on,
        action="money-returned",
        reference=said,
        told={"returned_on": returned_on.isoformat(), "reference": said},
    )
    booking.book(actor, [move])


@guarded(policies.pay)
def reverse(actor: Actor, advance: Advance, entry: AdvanceEntry, *, reason: str) -> None:
    """Say that a payout or a return was written down by mistake; both lines stay.

    :param entry: a line of the advance's ledger
    :raises EntryReversed: if it does not stand any more
    :raises EntryOfClaim: for what was written off against a claim
    :raises AdvanceDrawnOn: for a payout of which something was settled since
    """
    said = drafts.text("reason", reason, LONGEST_REASON)
    if said is None:
        raise invalid("reason", "required")
    if entry.reverses_id or any(one.reverses_id == entry.id for one in queries.entries(advance)):
        raise EntryReversed
    if entry.kind == EntryKind.WRITE_OFF:
        raise EntryOfClaim
    if entry.kind == EntryKind.PAYOUT and advance.outstanding != advance.amount:
        raise AdvanceDrawnOn
    if entry.kind == EntryKind.RETURN:
        overdue.note([advance], actor.zone)
    action = "payout-reversed" if entry.kind == EntryKind.PAYOUT else "return-reversed"
    move = Move(
        advance=advance,
        kind=EntryKind(entry.kind),
        amount=-entry.amount,
        done_on=clock.now().astimezone(actor.zone).date(),
        action=action,
        reason=said,
        reverses_id=entry.id,
        told={"reason": said},
    )
    booking.book(actor, [move])
