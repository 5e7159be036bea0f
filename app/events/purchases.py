"""What happens when customers buy."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PurchasesMade(Event):
    """Customers have bought something, and it is told of for the first time; files tell of the past."""

    purchase_ids: tuple[UUID, ...]
