"""What happens to tenants."""

from dataclasses import dataclass

from app.core.events import Event
from tenants.models import TenantState


@dataclass(frozen=True, kw_only=True)
class TenantStateChanged(Event):
    """A tenant may do more or less than before; told inside that tenant."""

    tenant_id: int
    before: TenantState
    after: TenantState
