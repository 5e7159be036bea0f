"""What is written to the trail, for whoever passes it on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One line, without what anything was before or is now."""

    action: str
    subject_type: str
    subject_id: UUID
    about_id: UUID | None
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TrailWritten(Event):
    """Lines were added to the trail of the current company, all by one doer."""

    doer_id: UUID | None
    access_version: int
    """As of which change of the company's access the doer acts; 0 where that is not known."""
    at: datetime
    deeds: tuple[Deed, ...]
