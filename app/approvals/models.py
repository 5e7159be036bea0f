"""Approvals, with their steps, seats and history; who is away from them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.approvals.states import ApprovalState, SeatState, StepState
from app.approvals.walking import Verdict
from app.core import clock
from app.core.db import Base
from app.core.errors import Conflict
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class ApprovalOver(Conflict):
    """It has been decided, or taken back."""

    code = "approval-over"


class SeatDecided(Conflict):
    """Nothing is left to decide here: it was said, or somebody else was quicker."""

    code = "seat-decided"


class Approval(TenantOwned, Base):
    """One thing on its way to be granted, or not."""

    __tablename__ = "approvals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "flow_id", "flow_version"],
            [
                "approval_flow_versions.tenant_id",
                "approval_flow_versions.flow_id",
                "approval_flow_versions.number",
            ],
        ),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    flow_id: Mapped[UUID]
    flow_version: Mapped[int]
    openness: Mapped[str]
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    title: Mapped[str]
    facts: Mapped[dict[str, Any]]
    """The subject as it was submitted, or last corrected."""
    chosen: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By node, whom the submitter has chosen."""
    owner_id: Mapped[UUID]
    """Who submitted it."""
    department_id: Mapped[UUID | None]
    state: Mapped[str]
    stuck_since: Mapped[datetime | None]
    """Since when nobody can go on with it but an administrator."""
    nudges: Mapped[int] = mapped_column(default=0)
    nudged_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def submitter_id(self) -> UUID:
        """Who submitted it, which is what a data scope goes by."""
        return self.owner_id

    @property
    def is_over(self) -> bool:
        """Whether nothing changes it any more."""
        return ApprovalState(self.state).is_over

    def demand_going(self, *states: ApprovalState) -> None:
        """Refuse what can be done only on its way.

        :raises ApprovalOver: if it is in none of these states
        """
        if self.state not in states:
            raise ApprovalOver(state=self.state)

    def end(self, state: ApprovalState) -> None:
        """Come to an end, once."""
        self.demand_going(ApprovalState.RUNNING, ApprovalState.RETURNED)
        self.state, self.ended_at, self.stuck_since = state, clock.now(), None


class Step(TenantOwned, Base):
    """A node that an approval has arrived at; taken back, it stays as history."""

    __tablename__ = "approval_steps"
    __table_args__ = (points_to("approvals", "approval_id", ondelete="CASCADE"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    approval_id: Mapped[UUID]
    node: Mapped[str]
    type: Mapped[str]
    name: Mapped[str]
    state: Mapped[str]
    why: Mapped[str | None]
    """Why it was passed without anybody deciding, or, while it is open, why it has stopped."""
    arm: Mapped[str | None]
    """Of a branch, the way that was taken."""
    hidden: Mapped[list[Any]] = mapped_column(default=list)
    """The facts that those who are asked here do not see."""
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    overdue: Mapped[bool] = mapped_column(default=False)

    @property
    def verdict(self) -> Verdict:
        """What it says of the way on."""
        return _VERDICTS[self.state]

    def end(self, state: StepState, why: str | None = None) -> None:
        """Come to an end."""
        self.state, self.why, self.ended_at = state, why or self.why, clock.now()
        self.due_at = self.remind_at = None


_VERDICTS: dict[str, Verdict] = {
    StepState.OPEN: Verdict.WAITING,
    StepState.PASSED: Verdict.PASSED,
    StepState.REJECTED: Verdict.REJECTED,
}


class Seat(TenantOwned, Base):
    """Somebody's part in a step: decided once, or not at all."""

    __tablename__ = "approval_seats"
    __table_args__ = (
        points_to("approvals", "approval_id", ondelete="CASCADE"),
        points_to("approval_steps", "step_id", ondelete="CASCADE"),
        points_to("users", "user_id"),
        points_to("users", "stands_for_id"),
        points_to("approval_seats", "before_id", ondelete="CASCADE"),
        points_to("approval_seats", "after_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    approval_id: Mapped[UUID]
    step_id: Mapped[UUID]
    kind: Mapped[str]
    user_id: Mapped[UUID]
    stands_for_id: Mapped[UUID | None]
    """In whose place they decide, while that one is away."""
    place: Mapped[int]
    before_id: Mapped[UUID | None]
    """The seat that asked to hear them first."""
    after_id: Mapped[UUID | None]
    """The seat that has agreed and wants them asked, too."""
    state: Mapped[str]
    why: Mapped[str | None]
    """Why it is theirs, or was decided by nobody in person."""
    stopped: Mapped[bool] = mapped_column(default=False)
    """Whether it will not go on by itself: an administrator must say who decides."""
    comment: Mapped[str | None]
    signature_id: Mapped[UUID | None]
    """What was signed by hand with the decision."""
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def undecided(self) -> bool:
        """Whether it is still theirs to decide."""
        return SeatState(self.state).is_undecided

    @property
    def added(self) -> bool:
        """Whether somebody on the step asked for it, and not the flow."""
        return self.before_id is not None or self.after_id is not None

    def open(self) -> None:
        """Have their turn come."""
        self.state, self.opened_at = SeatState.OPEN, clock.now()

    def decide(self, state: SeatState, *, comment: str | None = None, why: str | None = None) -> None:
        """Say it, once.

        :raises SeatDecided: if it is not theirs to decide now
        """
        if self.state != SeatState.OPEN:
            raise SeatDecided(state=self.state)
        self.state, self.comment, self.why, self.decided_at = state, comment, why, clock.now()

    def be_void(self, why: str) -> None:
        """Be asked no more."""
        self.state, self.why = SeatState.VOID, why


class Signature(TenantOwned, Base):
    """What somebody has signed by hand: a small PNG with nothing in it but the strokes."""

    __tablename__ = "approval_signatures"
    __table_args__ = (
        points_to("approvals", "approval_id", ondelete="CASCADE"),
        points_to("users", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    approval_id: Mapped[UUID]
    user_id: Mapped[UUID]
    picture: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class LogLine(TenantOwned, Base):
    """A line of an approval's history, as those who have part in it read it."""

    __tablename__ = "approval_log"
    __table_args__ = (
        points_to("approvals", "approval_id", ondelete="CASCADE"),
        points_to("users", "by_id"),
        points_to("users", "stands_for_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    approval_id: Mapped[UUID]
    at: Mapped[datetime]
    action: Mapped[str]
    by_id: Mapped[UUID | None]
    """None: nobody in person."""
    stands_for_id: Mapped[UUID | None]
    node: Mapped[str | None]
    name: Mapped[str | None]
    comment: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CopiedTo(TenantOwned, Base):
    """Somebody who is told of an approval, and may read it."""

    __tablename__ = "approval_copies"
    __table_args__ = (
        points_to("approvals", "approval_id", ondelete="CASCADE"),
        points_to("users", "user_id"),
        points_to("users", "by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    approval_id: Mapped[UUID]
    kind: Mapped[str]
    user_id: Mapped[UUID]
    by_id: Mapped[UUID | None]
    """None: the flow."""
    node: Mapped[str | None]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Absence(TenantOwned, Base):
    """A stretch of time in which a colleague decides nothing; somebody may stand in."""

    __tablename__ = "approval_absences"
    __table_args__ = (points_to("users", "user_id"), points_to("users", "delegate_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID]
    delegate_id: Mapped[UUID | None]
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    """For which kinds of subject; all if none is named."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
