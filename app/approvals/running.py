"""An approval on its way, loaded whole: its steps and seats, and the moves that bring it on.

Whoever makes one holds the approval's row, so that two deciders never move it at a time.
"""

from collections.abc import Sequence
from typing import Any

from app.approvals import drawn, timing, verdicts
from app.approvals.definitions import Asking, Branch, Copy, Node
from app.approvals.kinds import Turn, ever_of
from app.approvals.loaded import Loaded, word_of
from app.approvals.models import Seat, Step
from app.approvals.people import meant
from app.approvals.seating import Chair, Table, laid, seated
from app.approvals.states import Action, ApprovalState, SeatState, StepState
from app.approvals.walking import Verdict, walk
from app.core import clock, filters
from app.core.db import db
from app.core.filter_truth import holds
from app.core.ids import new_id

_TURNS = {
    ApprovalState.GRANTED: Turn.GRANTED,
    ApprovalState.REJECTED: Turn.REJECTED,
    ApprovalState.WITHDRAWN: Turn.WITHDRAWN,
    ApprovalState.RETURNED: Turn.RETURNED,
}


class Running(Loaded):
    """The moves of one approval."""

    def go_on(self) -> None:
        """Arrive wherever the way is free, and end where it ends."""
        verdict = walk(self.definition, self)
        if verdict is Verdict.GRANTED:
            self.end(ApprovalState.GRANTED)
        elif verdict is Verdict.REJECTED:
            self.end(ApprovalState.REJECTED)
        else:
            self.note_whether_stuck()

    def end(self, state: ApprovalState) -> None:
        """Come to an end: nobody is asked any more, and the subject hears of it."""
        self.void([step for step in self._steps if step.state == StepState.OPEN], why=state)
        self.approval.end(state)
        self._turn(_TURNS[state])

    def _turn(self, turn: Turn) -> None:
        # Before the subject asks the database, so that the approval's row is written once.
        self.approval.updated_at = self.at
        self.kind.turn(self.approval.subject_id, turn)

    def void(self, steps: Sequence[Step], *, why: str) -> None:
        """Take steps back; whoever has not decided is asked no more."""
        for step in steps:
            self._dismiss(step, why)
            step.end(StepState.VOID, why)

    def _dismiss(self, step: Step, why: str) -> None:
        for seat in self.seats_of(step):
            if seat.undecided:
                seat.be_void(why)
        self.opened = [seat for seat in self.opened if seat.undecided]

    def send_back(self, sender: Step, to: str | None, *, resume: bool) -> None:
        """Go back to an earlier node, or to the submitter.

        :param to: None for the submitter
        :param resume: whether those between, who have decided, are not asked again
        """
        after = self.definition.after(to)
        back = [step for node, step in self.steps.items() if node in after]
        if resume:
            # What was decided holds; who sent it back, and whoever corrects it, decide anew.
            again = {sender.node, to}
            back = [one for one in back if one.state == StepState.OPEN or one.node in again or one.arm]
        self.void([*back, *([] if sender in back else [sender])], why="sent-back")
        if to is None:
            self.approval.state, self.approval.stuck_since = ApprovalState.RETURNED, None
            self._turn(Turn.RETURNED)
        else:
            self.go_on()

    def settle(self, step: Step) -> None:
        """See what a step has come to after somebody has decided, and bring the approval on."""
        if self._settle(step) is Verdict.REJECTED:
            node = self.node_of(step)
            if node.on_reject == "end":
                step.end(StepState.REJECTED)
            else:
                self.send_back(step, node.returns_to, resume=False)
                return
        self.go_on()

    def _settle(self, step: Step) -> Verdict:
        node, verdict = self.node_of(step), Verdict.WAITING
        while not step.why:
            verdict = verdicts.verdict(node, self.seats_of(step))
            # Whoever cannot take their turn is replaced, and that can change what it comes to.
            if verdict is not Verdict.WAITING or self._open_next(step, node):
                break
        if verdict is not Verdict.WAITING:
            self._dismiss(step, "decided")
        if verdict is Verdict.PASSED:
            step.end(StepState.PASSED)
        return verdict

    def _open_next(self, step: Step, node: Asking) -> bool:
        """Have everybody's turn come whose it is; False if somebody had to be replaced first."""
        seats = self.seats_of(step)
        for seat in [one for one in seats if one.undecided and not verdicts.wanted(one, node, seats)]:
            seat.be_void("decided")
        for seat in verdicts.next_up(node, seats):
            if not self.company.is_active(seat.user_id):
                self._replace(step, seat)
                return False
            seat.open()
            self.opened.append(seat)
        return True

    def _replace(self, step: Step, seat: Seat) -> None:
        """Let the rules of the flow say who sits where somebody does no more."""
        chairs = seated(self.setting(self.node_of(step)), seat.user_id)
        seat.be_void("gone")
        self.reseat(step, seat, chairs)

    def arrive(self, node: Node) -> Step:
        """Come to a node for the first time, or again."""
        step = Step(
            id=new_id(),
            approval_id=self.approval.id,
            node=node.id,
            type=word_of(node),
            name=node.name,
            state=StepState.PASSED,
            opened_at=clock.now(),
            overdue=False,
        )
        self._steps.append(step)
        db.session.add(step)
        if isinstance(node, Branch):
            step.arm = self._arm(node)
        if isinstance(node, Copy):
            self.copy_to(meant(node.who, self.about(node), self.company), step=step)
        if isinstance(node, Asking):
            self._seat(step, node)
        if step.state == StepState.PASSED:
            step.ended_at = step.opened_at
        return step

    def _seat(self, step: Step, node: Asking) -> None:
        step.state = StepState.OPEN
        step.hidden = sorted(name for name, right in node.fields.items() if right == "hidden")
        table = laid(self.setting(node))
        if table.chairs:
            for place, chair in enumerate(table.chairs):
                self.place(step, chair, place=place)
            self._settle(step)
        else:
            self._leave_empty(step, table)
        timing.set_clock(step, node)

    def _leave_empty(self, step: Step, table: Table) -> None:
        step.why = table.why
        if table.stopped:
            self.tell(Action.STUCK, step=step, why=table.why)
        else:
            step.end(StepState.PASSED)
            self.tell(Action.SKIPPED, step=step, why=table.why)

    def _arm(self, branch: Branch) -> str:
        """The way that is taken: the first whose condition holds."""
        fields = ever_of(self.kind)
        facts = drawn.facts_of(self.approval, self.company)
        for arm in branch.arms[:-1]:
            if holds(filters.from_tree(arm.when, fields), facts):
                return arm.id
        return branch.arms[-1].id

    def replace_gone(self) -> None:
        """See to open seats whose people cannot decide any more."""
        for seat in list(self.seats):
            if seat.state == SeatState.OPEN and not self.company.is_active(seat.user_id):
                step = self.step_of(seat)
                self._replace(step, seat)
                self.settle(step)

    def reseat(self, step: Step, seat: Seat, chairs: Sequence[Chair]) -> list[Seat]:
        """Put others in the place of a seat that is void or transferred by now; none leaves it out."""
        links: dict[str, Any] = {"before_id": seat.before_id, "after_id": seat.after_id}
        self.opened = [one for one in self.opened if one is not seat]
        taken = {one.user_id for one in self.seats_of(step) if one.undecided}
        fresh = [one for one in chairs if one.user_id not in taken]
        made = [self.place(step, chair, place=seat.place, **links) for chair in fresh]
        # First the seats, then what points to them.
        db.session.flush()
        if made:
            for one in self.seats_of(step):
                one.before_id = made[0].id if one.before_id == seat.id else one.before_id
                one.after_id = made[0].id if one.after_id == seat.id else one.after_id
        return made

    def note_whether_stuck(self) -> None:
        """Say since when nobody can go on with it, if so."""
        stuck = any(step.state == StepState.OPEN and not self._moves(step) for step in self._steps)
        if not stuck:
            self.approval.stuck_since = None
        elif self.approval.stuck_since is None:
            self.approval.stuck_since, self.newly_stuck = clock.now(), True

    def _moves(self, step: Step) -> bool:
        return any(
            seat.state == SeatState.OPEN and self.company.is_active(seat.user_id)
            for seat in self.seats_of(step)
        )
