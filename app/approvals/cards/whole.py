"""An approval as shown whole: its card, the way it has come, and what its reader may do."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.approvals import queries
from app.approvals.cards import boxes, seen
from app.approvals.cards.around import Around, Copy, Told, around
from app.approvals.definitions import Asking
from app.approvals.kinds import DESCRIBED
from app.approvals.loaded import Loaded
from app.approvals.models import Seat, Step
from app.approvals.states import ApprovalState, SeatState, StepState
from app.core.errors import Forbidden, NotFound
from app.lists.instants import utc, utc_of

Plain = dict[str, Any]


def whole(actor: Actor, approval_id: UUID) -> Plain:
    """An approval that the actor sees, for orjson; the number of statements does not grow with its steps.

    :raises NotFound: if they see none such
    """
    return shown(actor, Loaded(queries.get(actor, approval_id)))


def shown(actor: Actor, loaded: Loaded) -> Plain:
    """An approval that the actor sees and that is at hand, for orjson."""
    approval = loaded.approval
    told = around(approval)
    seat = _seat_of(actor, loaded)
    called = _names(loaded, _people(loaded, told))
    node = loaded.node_of(loaded.step_of(seat)) if seat else None
    hidden = _hidden(actor, loaded, told.copies)
    facts = boxes.shown(actor, approval.kind, approval.facts, hidden)
    editable = _editable(loaded, seat, node)
    return {
        "id": approval.id,
        "version": approval.version,
        "kind": approval.kind,
        "title": approval.title,
        "state": approval.state,
        "stuck": approval.stuck_since is not None,
        "subject_id": approval.subject_id,
        "link": _link(actor, loaded),
        "flow": {"id": approval.flow_id, "name": told.flow, "version": approval.flow_version},
        "submitter": called[approval.submitter_id],
        "submitted_at": utc(approval.submitted_at),
        "ended_at": _at(approval.ended_at),
        "facts": facts,
        "described": boxes.described(approval.facts, hidden) if DESCRIBED in approval.facts else None,
        "editable": editable,
        "inputs": loaded.kind.inputs(approval.subject_id, editable) if editable else [],
        "seat": _shown_seat(loaded, seat, node, called) if seat and node else None,
        "steps": [_step(loaded, step, called) for step in _in_order(loaded)],
        "log": [_line(line, called, facts) for line in told.log],
        "files": seen.files(loaded),
        "copies": [called[one.user_id] for one in told.copies if one.user_id in called],
        "can": _can(actor, loaded, seat),
    }


def _link(actor: Actor, loaded: Loaded) -> str | None:
    """A path to the subject, for those who see more of it than is submitted."""
    if loaded.kind.link is None:
        return None
    try:
        loaded.kind.look(actor, loaded.approval.subject_id)
    except (NotFound, Forbidden):
        return None
    return loaded.kind.link(loaded.approval.subject_id)


def _seat_of(actor: Actor, loaded: Loaded) -> Seat | None:
    """The reader's own seat: where it is their turn, or else where they had their last word."""
    mine = [seat for seat in loaded.seats if seat.user_id == actor.id and seat.opened_at is not None]
    return max(mine, key=_lastly, default=None)


def _lastly(seat: Seat) -> tuple[bool, datetime | None]:
    return seat.state == SeatState.OPEN, seat.opened_at


def _hidden(actor: Actor, loaded: Loaded, copies: Sequence[Copy]) -> frozenset[str]:
    """What the flow keeps from the reader: nothing if it is their own, or theirs to look after.

    Who stands in sees what the other would see; whoever was told by a colleague, what that colleague sees.
    """
    if loaded.approval.owner_id == actor.id or actor.may(Permission.APPROVAL_MANAGE):
        return frozenset()
    senders = [one.by_id for one in copies if one.user_id == actor.id]
    for who in (actor.id, *senders):
        asked = [seat for seat in loaded.seats if who in _both(seat) and seat.opened_at is not None]
        if who and asked:
            return frozenset(loaded.step_of(max(asked, key=_lastly)).hidden)
    return frozenset()


def _both(seat: Seat) -> tuple[UUID, UUID | None]:
    return seat.user_id, seat.stands_for_id


def _editable(loaded: Loaded, seat: Seat | None, node: Asking | None) -> list[str]:
    if seat is None or node is None or seat.state != SeatState.OPEN:
        return []
    return [name for name, right in node.fields.items() if right == "edit" and name in loaded.kind.editable]


def _shown_seat(loaded: Loaded, seat: Seat, node: Asking, called: "_Names") -> Plain:
    step = loaded.step_of(seat)
    back = loaded.places_back(step) if seat.state == SeatState.OPEN else {}
    return {
        "id": seat.id,
        "version": seat.version,
        "state": seat.state,
        "step": step.name,
        "handles": node.handles,
        "stands_for": called.get(seat.stands_for_id) if seat.stands_for_id else None,
        "comment_required": node.comment == "required",
        "signature_required": node.signature,
        "resume": node.resume,
        "may": {
            "transfer": node.may.transfer,
            "add": node.may.add,
            "send_back": node.may.send_back,
            "copy": node.may.copy,
        },
        "back_to": [{"node": one, "name": name} for one, name in back.items()],
    }


def _in_order(loaded: Loaded) -> list[Step]:
    told = [step for step in loaded.all_steps if step.type in {"approve", "handle", "copy"}]
    return sorted(told, key=lambda step: (step.opened_at, step.id))


def _step(loaded: Loaded, step: Step, called: "_Names") -> Plain:
    seats = sorted(loaded.seats_of(step), key=lambda seat: (seat.place, seat.made_at, seat.id))
    return {
        "id": step.id,
        "node": step.node,
        "type": step.type,
        "name": step.name,
        "state": step.state,
        "why": step.why,
        "opened_at": utc(step.opened_at),
        "ended_at": _at(step.ended_at),
        "due_at": _at(step.due_at),
        "overdue": step.overdue,
        "seats": [_seat(seat, called) for seat in seats],
    }


def _seat(seat: Seat, called: "_Names") -> Plain:
    return {
        "id": seat.id,
        "user": called.get(seat.user_id),
        "stands_for": called.get(seat.stands_for_id) if seat.stands_for_id else None,
        "state": seat.state,
        "why": seat.why,
        "added": seat.added,
        "comment": seat.comment,
        "signed": seat.signature_id is not None,
        "opened_at": _at(seat.opened_at),
        "decided_at": _at(seat.decided_at),
    }


def _line(line: Told, called: "_Names", shown: Plain) -> Plain:
    named = [UUID(one) for one in (*line.facts.get("user_ids", ()), *_some(line.facts, "user_id", "to"))]
    return {
        "id": line.id,
        "at": utc_of(line.at),
        "action": line.action,
        "by": called.get(line.by_id) if line.by_id else None,
        "stands_for": called.get(line.stands_for_id) if line.stands_for_id else None,
        "step": line.step,
        "comment": line.comment,
        "people": [called[one] for one in named if one in called],
        "why": line.facts.get("why"),
        "back_to": line.facts.get("to") if line.action == "sent-back" else None,
        "changes": [one for one in line.facts.get("changes", ()) if one["field"] in shown],
    }


def _some(facts: Plain, *names: str) -> list[str]:
    return [facts[name] for name in names if _is_id(facts.get(name))]


def _is_id(text: Any) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True


def _can(actor: Actor, loaded: Loaded, seat: Seat | None) -> Plain:
    approval, writable = loaded.approval, actor.tenant_state.writable or actor.is_system
    own = approval.owner_id == actor.id and writable
    running, returned = (approval.state == state for state in (ApprovalState.RUNNING, ApprovalState.RETURNED))
    manage = actor.may(Permission.APPROVAL_MANAGE)
    return {
        "decide": writable and running and seat is not None and seat.state == SeatState.OPEN,
        "withdraw": own and (returned or (running and loaded.definition.withdraw != "never")),
        "resubmit": own and returned,
        "nudge": own and running,
        "copy": writable and (own or seat is not None),
        "reroute": manage and running and any(one.state == StepState.OPEN for one in loaded.all_steps),
        "end": manage and (running or returned),
    }


_Names = dict[UUID, Plain]


def _people(loaded: Loaded, told: Around) -> Iterable[UUID | None]:
    yield loaded.approval.owner_id
    for seat in loaded.seats:
        yield from (seat.user_id, seat.stands_for_id)
    for line in told.log:
        yield from (line.by_id, line.stands_for_id)
        yield from map(UUID, (*line.facts.get("user_ids", ()), *_some(line.facts, "user_id", "to")))
    yield from (one.user_id for one in told.copies)


def _names(loaded: Loaded, user_ids: Iterable[UUID | None]) -> _Names:
    found = loaded.company.of(one for one in user_ids if one is not None)
    return {user_id: {"id": user_id, "name": one.name} for user_id, one in found.items()}


def _at(moment: datetime | None) -> str | None:
    return utc(moment) if moment else None
