"""What a bulk action is asked for, and the records it was asked for; its job tells the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.lists.questions import Question
from tenants.ownership import TenantOwned, points_to

Values = Mapping[str, Any]


class Action(StrEnum):
    """What is done with each record."""

    EDIT = "edit"
    TAG = "tag"
    TRANSFER = "transfer"
    POSTPONE = "postpone"
    COMPLETE = "complete"
    REOPEN = "reopen"
    CONSENT = "consent"
    """To note what people have said they want to hear; it is added to a ledger, and not taken back."""
    DELETE = "delete"
    UNDO = "undo"


class BulkRow(TenantOwned, Base):
    """A record that an action was asked for, fixed when it began; `row` is its place in the list."""

    __tablename__ = "bulk_rows"
    __table_args__ = (points_to("jobs", "job_id", ondelete="CASCADE"),)

    job_id: Mapped[UUID] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[UUID]
    before: Mapped[dict[str, Any] | None]
    """What the action has taken away, as it was stored; None while nothing was done with the record."""
    after: Mapped[dict[str, Any] | None]
    """What it has put in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An action, and what it needs to know."""

    type: str
    action: Action
    changes: Values = field(default_factory=dict)
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()
    owner_id: UUID | None = None
    days: int = 0
    """To postpone: how many days later; earlier, if negative."""
    said: Values = field(default_factory=dict)
    """Of a consent: what is to be noted, as a job keeps it."""
    question: Question | None = None
    """Which records, if not those named one by one."""
    undoes_id: UUID | None = None
    undoes: Action | None = None

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> "Wanted":
        """The same from where a job keeps it."""
        asked, owner, undoes = params.get("question"), params.get("owner_id"), params.get("undoes")
        return cls(
            type=params["record_type"],
            action=Action(params["action"]),
            changes=params.get("changes", {}),
            tags_added=tuple(params.get("tags_added", ())),
            tags_removed=tuple(params.get("tags_removed", ())),
            owner_id=UUID(owner) if owner else None,
            days=params.get("days", 0),
            said=params.get("said", {}),
            question=Question(**asked) if asked is not None else None,
            undoes_id=UUID(params["undoes_job_id"]) if undoes else None,
            undoes=Action(undoes) if undoes else None,
        )

    def kept(self) -> dict[str, Any]:
        """As a job keeps it."""
        asked = self.question
        return {
            "record_type": self.type,
            "action": self.action,
            "changes": dict(self.changes),
            "tags_added": list(self.tags_added),
            "tags_removed": list(self.tags_removed),
            "owner_id": str(self.owner_id) if self.owner_id else None,
            "days": self.days,
            "said": dict(self.said),
            "question": {"q": asked.q, "filter": asked.filter, "sort": asked.sort} if asked else None,
            "undoes_job_id": str(self.undoes_id) if self.undoes_id else None,
            "undoes": self.undoes,
        }


@dataclass(frozen=True, slots=True)
class Pick:
    """A record whose turn it is; for an undo with what is to be taken back."""

    row: int
    record_id: UUID
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one record."""

    label: str = ""
    before: Values | None = None
    """What was taken away; None if nothing was done."""
    after: Values | None = None
    messages: tuple[Mapping[str, Any], ...] = ()
    refused: bool = False
