"""An approval with all its steps and seats, its people, and the history it gathers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.approvals import drawn
from app.approvals.definitions import Asking, Copy, Definition, Node
from app.approvals.kinds import SubjectKind, kind_of
from app.approvals.models import Approval, CopiedTo, LogLine, Seat, SeatDecided, Step
from app.approvals.people import About, Company
from app.approvals.seating import Chair, Setting
from app.approvals.states import Action, ApprovalState, SeatState, StepState
from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from tenants.context import require_tenant_id


class Loaded:
    """All there is of one approval."""

    def __init__(self, approval: Approval, *, fresh: bool = False) -> None:
        self.approval = approval
        self.kind: SubjectKind = kind_of(approval.kind)
        self.definition: Definition = drawn.definition(approval.flow_id, approval.flow_version)
        self.company = Company()
        self._steps: list[Step] = []
        self.seats: list[Seat] = []
        if not fresh:
            self._steps, self.seats = _steps_and_seats(approval)
        self.opened: list[Seat] = []
        """Whose turn has come by these moves."""
        self.copied: list[UUID] = []
        self.log: list[LogLine] = []
        self.newly_stuck = False
        self.at = clock.now()
        """When its moves are made."""
        self.state_before = approval.state

    @property
    def steps(self) -> Mapping[str, Step]:
        """By node, where it has arrived and was not taken back from."""
        return {step.node: step for step in self._steps if step.state != StepState.VOID}

    @property
    def all_steps(self) -> Sequence[Step]:
        """Every step there was, those that were taken back among them."""
        return self._steps

    def seats_of(self, step: Step) -> list[Seat]:
        """Everybody who has had a part in a step."""
        return [seat for seat in self.seats if seat.step_id == step.id]

    def step_of(self, seat: Seat) -> Step:
        """The step a seat is at."""
        return next(step for step in self._steps if step.id == seat.step_id)

    def places_back(self, step: Step) -> dict[str, str]:
        """The earlier nodes it can be sent back to from a step, by id: where people have decided."""
        before = self.definition.before(step.node)
        decided = {
            one.node: one.name
            for one in self.steps.values()
            if one.node in before
            and one.state == StepState.PASSED
            and isinstance(self.definition.node(one.node), Asking)
            and one.why is None
        }
        return {node: decided[node] for node in self.definition.places if node in decided}

    def demand_open(self, seat: Seat) -> None:
        """Refuse what can be done only while it is somebody's turn.

        :raises ApprovalOver: if the approval is not on its way
        :raises SeatDecided: if nothing is left to decide on the seat
        """
        self.approval.demand_going(ApprovalState.RUNNING)
        if seat.state != SeatState.OPEN:
            raise SeatDecided(state=seat.state)

    def node_of(self, step: Step) -> Asking:
        """What was drawn for a step."""
        return self.definition.asking(step.node)

    def tell(self, action: Action, *, by: UUID | None = None, step: Step | None = None, **more: Any) -> None:
        """Write a line of its history."""
        self.log.append(
            LogLine(
                tenant_id=require_tenant_id(),
                id=new_id(),
                approval_id=self.approval.id,
                at=clock.now(),
                action=action,
                by_id=by,
                node=step.node if step else None,
                name=step.name if step else None,
                stands_for_id=more.pop("stands_for", None),
                comment=more.pop("comment", None),
                facts=more,
            )
        )

    def place(self, step: Step, chair: Chair, *, place: int, **links: UUID) -> Seat:
        """Make a seat at a step."""
        seat = Seat(
            id=new_id(),
            approval_id=self.approval.id,
            step_id=step.id,
            kind=self.approval.kind,
            user_id=chair.user_id,
            stands_for_id=chair.stands_for_id,
            why=chair.why,
            stopped=chair.stopped,
            place=place,
            state=SeatState.WAITING,
            made_at=clock.now(),
            **links,
        )
        self.seats.append(seat)
        db.session.add(seat)
        if chair.passed:
            seat.open()
            seat.decide(SeatState.APPROVED, why=chair.why)
            self.tell(Action.SKIPPED, step=step, why=chair.why, user_id=str(chair.user_id))
        return seat

    def setting(self, node: Asking) -> Setting:
        """What rules need to know to seat people at a node."""
        passed = {step.id for step in self.steps.values() if step.state == StepState.PASSED}
        approved = frozenset(
            seat.user_id for seat in self.seats if seat.step_id in passed and seat.state == SeatState.APPROVED
        )
        return Setting(node=node, about=self.about(node), company=self.company, approved=approved)

    def about(self, node: Node) -> About:
        """For whom people are looked for at a node."""
        approval, rules = self.approval, node.who if isinstance(node, Asking | Copy) else ()
        earlier = [step for rule in rules if rule.node and (step := self.steps.get(rule.node))]
        return About(
            kind=approval.kind,
            submitter_id=approval.submitter_id,
            owner_id=_id(approval.facts.get("owner_id")),
            collaborator_ids=tuple(UUID(one) for one in approval.facts.get("collaborator_ids", ())),
            chosen=[UUID(one) for one in approval.chosen.get(node.id, ())],
            deciders=[
                seat.user_id
                for step in earlier
                for seat in self.seats_of(step)
                if seat.state == SeatState.APPROVED
            ],
        )

    def copy_to(self, user_ids: Sequence[UUID], *, step: Step | None = None, by: UUID | None = None) -> None:
        """Tell colleagues of it, each once."""
        already = set(
            db.session.scalars(select(CopiedTo.user_id).where(CopiedTo.approval_id == self.approval.id))
        )
        fresh = [one for one in dict.fromkeys(user_ids) if one not in {*already, *self.copied}]
        fresh = [one for one in fresh if self.company.is_active(one)]
        for user_id in fresh:
            db.session.add(
                CopiedTo(
                    id=new_id(),
                    approval_id=self.approval.id,
                    kind=self.approval.kind,
                    user_id=user_id,
                    by_id=by,
                    node=step.node if step else None,
                    at=clock.now(),
                )
            )
        self.copied.extend(fresh)
        if fresh:
            self.tell(Action.COPIED, by=by, step=step, user_ids=[str(one) for one in fresh])


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _steps_and_seats(approval: Approval) -> tuple[list[Step], list[Seat]]:
    at_it = (Seat.tenant_id == Step.tenant_id) & (Seat.step_id == Step.id)
    both = select(Step, Seat).outerjoin(Seat, at_it).where(Step.approval_id == approval.id)
    # Read again though they be known: they may have changed while one waited for the approval's row.
    again = both.order_by(Step.id, Seat.id).execution_options(populate_existing=True)
    rows = db.session.execute(again).all()
    return list(dict.fromkeys(step for step, _ in rows)), [seat for _, seat in rows if seat is not None]


def word_of(node: Node) -> str:
    """What a node's type is called in a definition."""
    if isinstance(node, Asking):
        return "handle" if node.handles else "approve"
    return type(node).__name__.lower()
