"""What happens to activities."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ActivitiesChanged(Event):
    """Something was noted at a customer, or is noted there no more, or as of another time."""

    customer_ids: tuple[UUID, ...]
