"""What happens when customers are served."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ServiceDone(Event):
    """Something was done for a customer, and is told of for the first time."""

    record_id: UUID
    customer_id: UUID
    asset_id: UUID | None
    kind: str
    done_on: date
