"""Correcting what is approved while it is on its way, where the flow lets a decider do so."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from app.access.actor import Actor
from app.access.rules import unlocked
from app.approvals.kinds import DESCRIBED, SubjectKind, facts_of
from app.approvals.models import Step
from app.approvals.running import Running
from app.approvals.states import Action, SeatState
from app.core.errors import FieldProblem, Invalid


@unlocked("called by `decide`, on the actor's own seat; the flow says which facts")
def revise(actor: Actor, running: Running, step: Step, changes: Mapping[str, Any]) -> None:
    """Correct facts of the subject; whoever else is to decide looks again.

    :raises Invalid: naming a fact that may not be corrected here, or cannot be that
    """
    kind, rights = running.kind, running.node_of(step).fields
    allowed = {name for name, right in rights.items() if right == "edit"} & kind.editable.keys()
    if strange := sorted(changes.keys() - allowed):
        raise Invalid(*(FieldProblem(f"changes.{name[:40]}", "fixed-field") for name in strange))
    read = {name: kind.editable[name](value, f"changes.{name}") for name, value in changes.items()}
    assert kind.revise is not None  # noqa: S101  (a kind with editable facts has it)
    approval = running.approval
    subject = kind.revise(actor, approval.subject_id, read)
    before, approval.title = dict(approval.facts), subject.title
    approval.facts = facts_of(subject)
    was, now = _shown(before, kind), _shown(approval.facts, kind)
    told = [
        {"field": name, "before": was.get(name), "after": now.get(name)}
        for name in now
        if was.get(name) != now.get(name)
    ]
    if told:
        running.tell(Action.REVISED, by=actor.id, step=step, changes=told)
        for seat in running.seats:
            if seat.state == SeatState.OPEN and seat.user_id != actor.id:
                # What they have before them is not what it was: their version counts on.
                flag_modified(seat, "state")


def _shown(facts: Mapping[str, Any], kind: SubjectKind) -> Mapping[str, Any]:
    """What a card shows, as people read it."""
    if DESCRIBED in facts:
        return {one["name"]: one.get("text") or one["value"] for one in facts[DESCRIBED]["fields"]}
    return {name: facts.get(name) for name in kind.shown}
