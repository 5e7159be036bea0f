"""Records that are drafted, submitted and approved: the steps that all of them take alike."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from app.core.errors import Conflict

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


class Step(StrEnum):
    """How far a record has come, until its own domain says more."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"


class Returned(StrEnum):
    """Why what was submitted is a draft again."""

    WITHDRAWN = "withdrawn"
    SENT_BACK = "sent_back"


CHANGEABLE = frozenset({Step.DRAFT, Step.REJECTED})
"""Nobody is asked about it, and nobody has agreed to it."""


class Submitted:
    """What a model inherits whose records are submitted; their columns are its own."""

    if TYPE_CHECKING:
        number: Mapped[str]
        title: Mapped[str]
        state: Mapped[str]
        in_approval: Mapped[bool]
        returned: Mapped[str | None]
        submitted_at: Mapped[datetime | None]
        approved_at: Mapped[datetime | None]
        deleted_at: Mapped[datetime | None]

    not_draft: ClassVar[type[Conflict]]
    """The refusal to change what is frozen."""
    not_submitted: ClassVar[type[Conflict]]
    """The refusal to decide about what nobody asks."""

    @property
    def in_bin(self) -> bool:
        """Whether it lies in the recycle bin."""
        return self.deleted_at is not None

    @property
    def label(self) -> str:
        """How people call it."""
        return f"{self.number} {self.title}"

    def demand_changeable(self) -> None:
        """Refuse to change what is frozen."""
        if self.state not in CHANGEABLE:
            raise self.not_draft(state=self.state)

    def demand_submitted(self) -> None:
        """Refuse to decide about what nobody asks."""
        if self.state != Step.SUBMITTED:
            raise self.not_submitted(state=self.state)

    def begin_anew(self) -> None:
        """Be a draft, as what was rejected becomes by being changed."""
        self.demand_changeable()
        self.state, self.returned = Step.DRAFT, None

    def submit(self, *, at: datetime) -> None:
        """Freeze the draft and ask for approval."""
        self.begin_anew()
        self.state, self.submitted_at = Step.SUBMITTED, at

    def come_back(self, why: Returned) -> None:
        """Be a draft again."""
        self._end(Step.DRAFT)
        self.returned = why

    def be_rejected(self) -> None:
        """Be refused; it can be changed and submitted once more."""
        self._end(Step.REJECTED)

    def be_approved(self, *, at: datetime) -> None:
        """Be agreed to."""
        self.demand_submitted()
        self.state, self.approved_at, self.in_approval = Step.APPROVED, at, False

    def _end(self, state: Step) -> None:
        self.demand_submitted()
        self.state, self.in_approval, self.submitted_at = state, False, None
