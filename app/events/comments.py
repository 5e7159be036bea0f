"""What is said about records."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ColleaguesMentioned(Event):
    """A comment mentions colleagues who were not mentioned in it before."""

    user_ids: tuple[UUID, ...]
    comment_id: UUID
    by: str
    record: str
    text: str
    link: str


@dataclass(frozen=True, kw_only=True)
class RecordAnnotated(Event):
    """A manager has put a word under a colleague's work."""

    user_ids: tuple[UUID, ...]
    comment_id: UUID
    by: str
    record: str
    text: str
    link: str
