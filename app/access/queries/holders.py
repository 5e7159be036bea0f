"""Who may do something at all."""

from uuid import UUID

from sqlalchemy import select

from app.access.models import Role, User, UserRole, UserState
from app.access.permissions import Permission
from app.core.db import db


def holders_of(permission: Permission) -> list[UUID]:
    """The active colleagues whose roles grant a permission, however far; two statements."""
    granting = [role.id for role in db.session.scalars(select(Role)) if permission.value in role.granted]
    if not granting:
        return []
    held = (
        select(User.id)
        .join(UserRole, (UserRole.tenant_id == User.tenant_id) & (UserRole.user_id == User.id))
        .where(UserRole.role_id.in_(granting), User.state == UserState.ACTIVE)
        .order_by(User.id)
    )
    return list(dict.fromkeys(db.session.scalars(held)))
