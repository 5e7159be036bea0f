"""Who is doing this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from app.access.entry import Entry
from app.access.locked_fields import BEHIND
from app.access.permissions import Permission, Scope
from tenants.models import TenantState

_UTC = ZoneInfo("UTC")


class Owned(Protocol):
    """A record that somebody is responsible for."""

    @property
    def owner_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def department_id(self) -> UUID | None: ...  # noqa: D102


class Shareable(Owned, Protocol):
    """A record that somebody is responsible for, and that may be shared with the actor."""

    @property
    def shared(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A user (or the system itself) with what their roles grant."""

    id: UUID
    person_id: UUID | None
    tenant_id: int
    name: str
    grants: Mapping[Permission, Scope]
    department_id: UUID | None = None
    department_ids: tuple[UUID, ...] = field(default=())
    """The own department and all below it."""
    tenant_state: TenantState = TenantState.ACTIVE
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Fields that may not be read, by kind of record."""
    fixed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Fields that may not be written, hidden ones among them, by kind of record."""
    locale: str = "zh-CN"
    zone: ZoneInfo = _UTC
    """Whose day it is: the company's."""
    access_version: int = 0
    """As of which change of the tenant's access this was loaded."""
    token_id: UUID | None = None
    """The token that was shown in the person's place, if a program acts for them."""
    entry: Entry = field(default_factory=Entry)
    """What the company looks at with every request."""
    must_enrol: bool = False
    """Whether a role demands a second factor that the person has not set up."""

    def may(self, permission: Permission) -> bool:
        """Whether the actor has a permission at all, however far it reaches."""
        if not permission.reads_only and not self.tenant_state.writable:
            return False
        return permission in self.grants

    def reaches(self, permission: Permission, record: Owned) -> bool:
        """Whether a permission reaches one record by its owner and department."""
        scope = self.grants.get(permission)
        if scope is None or not self.may(permission):
            return False
        if scope is Scope.ALL or record.owner_id == self.id:
            return True
        if scope is Scope.DEPARTMENT:
            return record.department_id is not None and record.department_id == self.department_id
        return scope is Scope.SUBTREE and record.department_id in self.department_ids

    def hides(self, entity: str) -> frozenset[str]:
        """The fields of a kind of record that do not exist for the actor."""
        return self.hidden.get(entity, _NOTHING) | self._locked(entity)

    def fixes(self, entity: str) -> frozenset[str]:
        """The fields of a kind of record that the actor may not write."""
        return self.fixed.get(entity, _NOTHING) | self._locked(entity)

    def _locked(self, entity: str) -> frozenset[str]:
        """The fields that take a permission the actor lacks."""
        lock = BEHIND.get(entity)
        if lock is None:
            return _NOTHING
        kind, name = lock.with_ or ("", "")
        closed = lock.permission not in self.grants or name in self.hidden.get(kind, _NOTHING)
        return lock.fields if closed else _NOTHING

    @classmethod
    def system(cls, tenant_id: int) -> "Actor":
        """The product itself, acting inside one tenant with every permission."""
        return cls(
            id=SYSTEM_ID,
            person_id=None,
            tenant_id=tenant_id,
            name="Guanxi",
            grants=dict.fromkeys(Permission, Scope.ALL),
        )

    @property
    def is_system(self) -> bool:
        """Whether no human stands behind it."""
        return self.id == SYSTEM_ID


SYSTEM_ID = UUID(int=0)
_NOTHING: frozenset[str] = frozenset()
