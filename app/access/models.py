"""Users, departments, roles, sessions, invitations."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.access import logins
from app.access.builtin import ADMINISTRATOR
from app.access.permissions import Permission, Scope
from app.core import search
from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, belongs_to, points_to


class UserState(StrEnum):
    """Whether a user may sign in to this tenant."""

    ACTIVE = "active"
    DISABLED = "disabled"


class Department(TenantOwned, Base):
    """A branch of the company; departments form a tree."""

    __tablename__ = "departments"
    __table_args__ = (points_to("departments", "parent_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    parent_id: Mapped[UUID | None]
    sort_order: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class User(TenantOwned, Base):
    """A person's membership of one tenant; the colleague that others see."""

    __tablename__ = "users"
    __table_args__ = (points_to("departments", "department_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID]
    name: Mapped[str]
    name_key: Mapped[str]
    """Sorts names as a Chinese telephone book does."""
    search_text: Mapped[str]
    login: Mapped[str]
    department_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(default=UserState.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)
    last_seen_at: Mapped[datetime | None]
    reminder_mail: Mapped[bool] = mapped_column(default=False)
    """Whether what reminds them comes by mail, too."""
    guide_hidden: Mapped[bool] = mapped_column(default=False)
    """Whether the list of first steps was put away."""
    created_at: Mapped[datetime]

    department: Mapped[Department | None] = belongs_to("User", "department_id", "Department")

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def joining(
        cls, *, person_id: UUID, login: str, name: str, department_id: UUID | None, at: datetime
    ) -> "User":
        """A new member of the current tenant."""
        user = cls(id=new_id(), person_id=person_id, login=login, department_id=department_id, created_at=at)
        user.go_by(name)
        return user

    def go_by(self, name: str) -> None:
        """Take a name, and the keys by which the user is sorted and found."""
        mail = logins.is_email(self.login)
        keys = search.keys_of(
            name, person=True, phones=() if mail else (self.login,), also=self.login if mail else ""
        )
        self.name, self.name_key, self.search_text = name, keys.sort, keys.text

    @property
    def mail_address(self) -> str | None:
        """Where the user can be written to, if anywhere."""
        return self.login if logins.is_email(self.login) else None


class DepartmentHead(TenantOwned, Base):
    """Who leads a department; there may be several."""

    __tablename__ = "department_heads"
    __table_args__ = (
        points_to("departments", "department_id", ondelete="CASCADE"),
        points_to("users", "user_id", ondelete="CASCADE"),
    )

    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)


class Role(TenantOwned, Base):
    """A bundle of permissions, each with its data scope. Built-in roles have a code."""

    __tablename__ = "roles"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    code: Mapped[str | None]
    description: Mapped[str] = mapped_column(default="")
    permissions: Mapped[dict[str, Any]]
    """Permission to scope word, e.g. {"customer:read": "subtree"}."""
    requires_second_factor: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}

    @property
    def built_in(self) -> bool:
        """Whether every company has it from the start."""
        return self.code is not None

    @property
    def is_administrator(self) -> bool:
        """Whether it is the role that grants everything."""
        return self.code == ADMINISTRATOR

    @property
    def granted(self) -> dict[str, str]:
        """Permission to scope word; the administrator's include those that came with later versions."""
        if self.is_administrator:
            return {permission.value: Scope.ALL.word for permission in Permission}
        known = {permission.value for permission in Permission}
        return {name: word for name, word in self.permissions.items() if name in known}


class FieldRight(TenantOwned, Base):
    """That a role may only read a field, or not even that. Without a row, it may write it."""

    __tablename__ = "field_rights"
    __table_args__ = (points_to("roles", "role_id", ondelete="CASCADE"),)

    role_id: Mapped[UUID] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    field_right: Mapped[str]


class UserRole(TenantOwned, Base):
    """Which roles a user has."""

    __tablename__ = "user_roles"
    __table_args__ = (
        points_to("users", "user_id", ondelete="CASCADE"),
        points_to("roles", "role_id"),
    )

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    role_id: Mapped[UUID] = mapped_column(primary_key=True)


class UserSession(TenantOwned, Base):
    """One signed-in device, or one token. Ending it takes effect at the next request."""

    __tablename__ = "user_sessions"
    __table_args__ = (points_to("users", "user_id", ondelete="CASCADE"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(default="device")
    """A device that somebody signed in on, or a token that a program shows."""
    user_id: Mapped[UUID]
    person_id: Mapped[UUID]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ip: Mapped[str | None]
    user_agent: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None]


class RefreshToken(TenantOwned, Base):
    """A link in a session's chain of refresh tokens; each may be used once. Only its hash is kept."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (points_to("user_sessions", "session_id", ondelete="CASCADE"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID]
    issued_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class InvitationState(StrEnum):
    """How far an invitation has come."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Invitation(TenantOwned, Base):
    """An open door for one colleague, until it expires."""

    __tablename__ = "invitations"
    __table_args__ = (
        points_to("departments", "department_id"),
        points_to("users", "invited_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str]
    name: Mapped[str]
    department_id: Mapped[UUID | None]
    role_ids: Mapped[list[Any]]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    invited_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    department: Mapped[Department | None] = belongs_to("Invitation", "department_id", "Department")
    invited_by: Mapped[User] = belongs_to("Invitation", "invited_by_id", "User")

    def state_at(self, at: datetime) -> InvitationState:
        """How far it has come by then."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.PENDING if at < self.expires_at else InvitationState.EXPIRED

    @property
    def mail_key(self) -> str:
        """The name of the mail that carries the present link."""
        return f"invitation:{self.id}:{self.digest.hex()[:12]}"
