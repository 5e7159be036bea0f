"""Care rules, and the plans that people are in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any, Self
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.care.dates import Offset
from app.care.states import RuleState, RunState, Shift, StepState, TriggerKind, Unit
from app.consents.states import Way
from app.core.db import Base
from app.core.errors import Conflict
from app.core.ids import new_id
from app.outreach.occasions import Choice
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class CareRunOver(Conflict):
    """Nothing more happens in this plan."""

    code = "care-run-over"


class CareStepSettled(Conflict):
    """The step is done, or was left out."""

    code = "care-step-settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What a rule waits for: only what belongs to its kind is set."""

    kind: TriggerKind
    festival: str | None = None
    field: str | None = None
    """`asset.warranty_until`: the word of a record and its field."""
    yearly: bool = False
    """Whether a date comes round every year."""
    happening: str | None = None
    shift: Shift = Shift.NONE

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        """The same from what is stored."""
        kind, shift = TriggerKind(told["kind"]), Shift(told["shift"])
        return cls(**{**told, "kind": kind, "shift": shift})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done at one time of a rule: a message, a task, or both."""

    key: str
    """Stays the same while the step is changed: nobody gets it twice."""
    amount: int
    unit: Unit
    at: str
    choices: Sequence[Choice] = ()
    task: str | None = None
    lasts_hours: int | None = None
    """How late it may still be taken; None: as is usual for the trigger."""

    def offset(self, shift: Shift) -> Offset:
        """When it is due."""
        return Offset(amount=self.amount, unit=self.unit, at=time.fromisoformat(self.at), shift=shift)

    def told(self) -> dict[str, Any]:
        """What is stored."""
        return {**asdict(self), "choices": told_choices(self.choices)}

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        """The same from what is stored."""
        return cls(**{**told, "unit": Unit(told["unit"]), "choices": choices_of(told["choices"])})


def told_choices(choices: Sequence[Choice]) -> list[dict[str, str]]:
    """Ways and templates as they are stored."""
    return [{"way": one.way.value, "template_id": str(one.template_id)} for one in choices]


def choices_of(told: Sequence[dict[str, str]]) -> tuple[Choice, ...]:
    """The same from what is stored."""
    return tuple(Choice(Way(one["way"]), UUID(one["template_id"])) for one in told)


class CareRule(TenantOwned, Base):
    """For whom, when and what: messages and tasks by date, or plans that begin with what happens.

    `trigger`, `audience` and `steps` are read by `waits_for` and its like. Those that go by dates are scanned
    from time to time: `scanned_at` is until when that was done.
    """

    __tablename__ = "care_rules"
    __table_args__ = (points_to("users", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    purpose: Mapped[str]
    state: Mapped[str] = mapped_column(default=RuleState.DRAFT)
    trigger_kind: Mapped[str]
    happening: Mapped[str | None]
    trigger: Mapped[dict[str, Any]]
    audience: Mapped[dict[str, Any]]
    """{"whom", "contacts", "customers", "records"}: the last three are conditions, or null."""
    steps: Mapped[list[Any]]
    stops: Mapped[list[Any]]
    owner_id: Mapped[UUID]
    """Who answers for it, and does what nobody else can be found for."""
    on_since: Mapped[datetime | None]
    scanned_at: Mapped[datetime | None]
    scan_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    @property
    def waits_for(self) -> Trigger:
        """What it waits for."""
        return Trigger.read(self.trigger)

    @property
    def plan(self) -> tuple[Step, ...]:
        """Its steps, in order."""
        return tuple(map(Step.read, self.steps))

    @property
    def by_event(self) -> bool:
        """Whether it begins plans, and does not go by dates."""
        return self.trigger_kind == TriggerKind.EVENT

    def switch_on(self, *, at: datetime) -> None:
        """Be at work from now on; what was due before is past."""
        self.state, self.on_since = RuleState.ON, at
        self.scanned_at = self.scan_at = None if self.by_event else at

    def switch_off(self) -> None:
        """Do nothing any more."""
        self.state, self.on_since, self.scan_at = RuleState.OFF, None, None


class CareRun(TenantOwned, Base):
    """A plan that somebody is in: its steps, when each is due and what became of it, are its own rows."""

    __tablename__ = "care_runs"
    __table_args__ = (
        points_to("care_rules", "rule_id"),
        points_to("customers", "customer_id", ondelete="CASCADE"),
        points_to("contacts", "contact_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    rule_id: Mapped[UUID]
    key: Mapped[str]
    """The same is never begun twice."""
    customer_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    """Whom it turns to; found out when it is needed if the customer had nobody at first."""
    about_kind: Mapped[str | None]
    about_id: Mapped[UUID | None]
    about_label: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=RunState.RUNNING)
    ended_because: Mapped[str | None]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}

    def demand_open(self) -> None:
        """Refuse to change what is over.

        :raises CareRunOver: if it is
        """
        if self.state in {RunState.DONE, RunState.ENDED}:
            raise CareRunOver

    def end(self, because: str, *, at: datetime) -> None:
        """Let nothing more happen."""
        self.state, self.ended_because, self.ended_at = RunState.ENDED, because, at
        self.updated_at = at


class CareRunStep(TenantOwned, Base):
    """One step of somebody's plan, as the rule said when the plan began."""

    __tablename__ = "care_run_steps"
    __table_args__ = (
        points_to("care_runs", "run_id", ondelete="CASCADE"),
        points_to("tasks", "task_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID]
    place: Mapped[int]
    choices: Mapped[list[Any]]
    task: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=StepState.WAITING)
    reason: Mapped[str | None]
    """Why it failed or was left out."""
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    message_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]


declare(
    Reference(table="care_runs", column="customer_id", to="customer"),
    Reference(table="care_runs", column="contact_id", to="contact"),
)
