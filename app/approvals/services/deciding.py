"""Saying yes or no on one's own seat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.access.actor import Actor
from app.access.rules import demand_writable, unlocked
from app.approvals import signing
from app.approvals.definitions import Asking, Resuming
from app.approvals.finishing import finish
from app.approvals.models import Approval, Seat, Signature, Step
from app.approvals.running import Running
from app.approvals.services.revising import revise
from app.approvals.states import Action, Decision, SeatState
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden, invalid
from app.core.ids import new_id


class NotHere(Forbidden):
    """The flow does not allow this at this step."""

    code = "not-at-this-step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody says."""

    decision: Decision
    comment: str | None = None
    to: str | None = None
    """To which earlier node it is sent back; None for the submitter."""
    resume: bool | None = None
    """Whether those between are not asked again, where the flow leaves that open."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Facts that are corrected in passing, as plain JSON."""
    signature: bytes | None = None
    """A picture of what was signed by hand (see `signing.read`)."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Word":
        """What somebody says, as it comes from a page, with a signature as a data URL.

        :raises Invalid: about `signature`
        """
        signed = signing.read(said["signature"]) if said["signature"] else None
        return cls(**{**said, "decision": Decision(said["decision"]), "signature": signed})


@unlocked("the seat is the actor's own: queries give no other")
def decide(actor: Actor, running: Running, seat: Seat, word: Word) -> Approval:
    """Say it, once; the approval goes on, back, or to its end in the same transaction.

    :raises ApprovalOver: if the approval is not on its way
    :raises SeatDecided: if nothing is left to decide on the seat
    :raises NotHere: for what the step does not allow
    :raises Invalid: for a missing reason or signature, or a place it cannot be sent back to
    """
    demand_writable(actor)
    running.demand_open(seat)
    step = running.step_of(seat)
    node = running.node_of(step)
    _demand_said(node, word)
    if word.changes:
        revise(actor, running, step, word.changes)
    if word.signature:
        _sign(actor, running, seat, word.signature)
    _MOVES[word.decision](running, seat, step, word)
    return finish(actor, running, _told(node, word), comment=word.comment)


def _demand_said(node: Asking, word: Word) -> None:
    if node.handles and word.decision is Decision.REJECT:
        raise NotHere
    reason = node.comment == "required" or word.decision is not Decision.APPROVE
    if reason and not word.comment:
        raise invalid("comment", "required")
    if node.signature and word.decision is Decision.APPROVE and not word.signature:
        raise invalid("signature", "signature-required")


def _sign(actor: Actor, running: Running, seat: Seat, picture: bytes) -> None:
    signed = Signature(
        id=new_id(),
        approval_id=running.approval.id,
        user_id=actor.id,
        picture=picture,
        made_at=clock.now(),
    )
    db.session.add(signed)
    db.session.flush()
    seat.signature_id = signed.id


def _told(node: Asking, word: Word) -> Action:
    if word.decision is Decision.SEND_BACK:
        return Action.SENT_BACK
    if word.decision is Decision.REJECT:
        return Action.REJECTED
    return Action.HANDLED if node.handles else Action.APPROVED


def _approve(running: Running, seat: Seat, step: Step, word: Word) -> None:
    seat.decide(SeatState.APPROVED, comment=word.comment)
    _log(running, seat, step, word)
    running.settle(step)


def _reject(running: Running, seat: Seat, step: Step, word: Word) -> None:
    seat.decide(SeatState.REJECTED, comment=word.comment)
    _log(running, seat, step, word)
    running.settle(step)


def _send_back(running: Running, seat: Seat, step: Step, word: Word) -> None:
    node = running.node_of(step)
    if not node.may.send_back:
        raise NotHere
    if word.to is not None and word.to not in running.places_back(step):
        raise invalid("to", "unknown-reference")
    resume = node.resume is Resuming.RESUME or (node.resume is Resuming.CHOOSE and bool(word.resume))
    seat.decide(SeatState.RETURNED, comment=word.comment)
    to = running.steps[word.to].name if word.to else None
    _log(running, seat, step, word, to=to, resume=resume)
    running.send_back(step, word.to, resume=resume)


def _log(running: Running, seat: Seat, step: Step, word: Word, **more: Any) -> None:
    said = _told(running.node_of(step), word)
    by, instead_of = seat.user_id, seat.stands_for_id
    running.tell(said, by=by, stands_for=instead_of, step=step, comment=word.comment, **more)


_MOVES = {Decision.APPROVE: _approve, Decision.REJECT: _reject, Decision.SEND_BACK: _send_back}
