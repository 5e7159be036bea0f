"""What the words on the seats of a step come to."""

from collections.abc import Sequence

from app.approvals.definitions import Asking, Mode
from app.approvals.models import Seat
from app.approvals.states import SeatState
from app.approvals.walking import Verdict


def verdict(node: Asking, seats: Sequence[Seat]) -> Verdict:
    """Whether a step is passed, rejected, or waits for more.

    Those whom the flow asks count by its mode; whoever was added besides must agree, too, as long as their
    word is wanted. With nobody left to ask it is passed: the flow's rules saw to who is left out.
    """
    counting = [seat for seat in seats if SeatState(seat.state).counts]
    added = [seat for seat in counting if seat.added]
    if any(seat.state == SeatState.REJECTED for seat in added) or _rejected(node, _asked(counting)):
        return Verdict.REJECTED
    if _agreed(node, seats) and not any(seat.undecided and wanted(seat, node, seats) for seat in added):
        return Verdict.PASSED
    return Verdict.WAITING


def _asked(seats: Sequence[Seat]) -> list[Seat]:
    """Those of the seats that the flow asks for, in their order."""
    asked = [seat for seat in seats if SeatState(seat.state).counts and not seat.added]
    return sorted(asked, key=lambda seat: seat.place)


def _agreed(node: Asking, seats: Sequence[Seat]) -> bool:
    """Whether enough of those whom the flow asks have agreed."""
    asked = _asked(seats)
    return _count(asked, SeatState.APPROVED) >= _needed(node, len(asked))


def wanted(seat: Seat, node: Asking, seats: Sequence[Seat]) -> bool:
    """Whether somebody's word still makes a difference."""
    if seat.before_id is not None:
        return any(one.id == seat.before_id and one.undecided and wanted(one, node, seats) for one in seats)
    if seat.after_id is None:
        return not _agreed(node, seats)
    adder = next((one for one in seats if one.id == seat.after_id), None)
    if adder is None or not SeatState(adder.state).counts:
        return False
    return adder.state == SeatState.APPROVED or (adder.undecided and wanted(adder, node, seats))


def _needed(node: Asking, seats: int) -> int:
    if node.mode is Mode.ANY:
        return min(1, seats)
    if node.mode is Mode.SHARE:
        return -(-seats * node.share // 100)
    return seats


def _rejected(node: Asking, asked: Sequence[Seat]) -> bool:
    against = _count(asked, SeatState.REJECTED)
    if against == 0:
        return False
    if node.rejects == "first":
        return True
    undecided = sum(seat.undecided for seat in asked)
    if node.mode in {Mode.ALL, Mode.SEQUENCE}:
        # Everybody is to be heard, though it cannot be passed any more.
        return undecided == 0
    return _count(asked, SeatState.APPROVED) + undecided < _needed(node, len(asked))


def _count(seats: Sequence[Seat], state: SeatState) -> int:
    return sum(seat.state == state for seat in seats)


def next_up(node: Asking, seats: Sequence[Seat]) -> list[Seat]:
    """Those who wait and whose turn has come."""
    return [
        seat
        for seat in seats
        if seat.state == SeatState.WAITING and not seat.stopped and not _comes_later(seat, node, seats)
    ]


def _comes_later(seat: Seat, node: Asking, seats: Sequence[Seat]) -> bool:
    """Whether somebody else is to be heard first."""
    first = [one for one in seats if one.before_id == seat.id or one.id == seat.after_id]
    if node.mode is Mode.SEQUENCE and not seat.added:
        earlier = {one.id for one in _asked(seats) if one.place < seat.place}
        first += [one for one in seats if one.id in earlier or one.after_id in earlier]
    return any(one.undecided for one in first)
