"""What happens to records of any kind."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RecordsGone(Event):
    """Records of one kind are about to be gone for ever, and what hangs on them with them."""

    record_type: str
    record_ids: tuple[UUID, ...]
