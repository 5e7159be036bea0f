"""Who may change a view: its owner, and for those that are shared whoever shares views."""

from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission


def may_change(actor: Actor, owner_id: UUID, *, shared: bool) -> bool:
    """Whether somebody may change a view that they see."""
    if not actor.tenant_state.writable:
        return False
    if shared:
        return actor.may(Permission.VIEW_SHARE)
    return owner_id == actor.id


def can(actor: Actor, owner_id: UUID, *, shared: bool) -> dict[str, Any]:
    """What the page may offer."""
    may = may_change(actor, owner_id, shared=shared)
    return {"update": may, "delete": may}
