"""How a service is locked.

Every public function of a `services.py` carries exactly one of the three locks below; a test demands it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.errors import Forbidden

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])
D = TypeVar("D")


class TenantReadOnly(Forbidden):
    """The subscription has ended: everything can be read, nothing changed."""

    code = "tenant-read-only"


@dataclass(frozen=True)
class Rule(Generic[S]):
    """A permission, and the condition under which it opens for one subject.

    Without `when`, the permission's data scope decides by the subject's owner and department.
    `otherwise` is the refusal of those who have the permission but do not meet the condition.
    """

    permission: Permission
    when: Callable[[Actor, S], bool] | None = None
    otherwise: type[Forbidden] = Forbidden

    def allows(self, actor: Actor, subject: S) -> bool:
        """Whether this actor may do this to that."""
        if not actor.may(self.permission):
            return False
        if self.when is not None:
            return self.when(actor, subject)
        return actor.reaches(self.permission, subject)  # type: ignore[arg-type]

    def refusal(self, actor: Actor) -> Forbidden:
        """Why this actor may not."""
        if actor.may(self.permission) and self.otherwise is not Forbidden:
            return self.otherwise()
        return refuse(actor, self.permission)


def refuse(actor: Actor, permission: Permission) -> Forbidden:
    """The refusal that fits: the tenant is read-only, or the role lacks the permission."""
    if permission in actor.grants and not actor.tenant_state.writable and not permission.reads_only:
        return TenantReadOnly()
    return Forbidden(permission=permission.value)


def demand_writable(actor: Actor) -> None:
    """Refuse a change that needs no permission, if the tenant may only be read.

    :raises TenantReadOnly: if so
    """
    if not actor.tenant_state.writable:
        raise TenantReadOnly


def guarded(
    rule: Rule[S],
) -> Callable[[Callable[Concatenate[Actor, S, P], R]], Callable[Concatenate[Actor, S, P], R]]:
    """Lock a service that acts on a subject: no interface can go round it."""

    def lock(service: Callable[Concatenate[Actor, S, P], R]) -> Callable[Concatenate[Actor, S, P], R]:
        @wraps(service)
        def door(actor: Actor, subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not rule.allows(actor, subject):
                raise rule.refusal(actor)
            return service(actor, subject, *args, **kwargs)

        return _mark(door, rule)

    return lock


def permitted(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Lock a service that has no subject yet, such as creating one."""

    def lock(service: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(service)
        def door(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.may(permission):
                raise refuse(actor, permission)
            return service(actor, *args, **kwargs)

        return _mark(door, permission)

    return lock


def unlocked(reason: str) -> Callable[[F], F]:
    """Say why a service needs no permission: it is about oneself, or precedes signing in."""

    def leave_open(service: F) -> F:
        return _mark(service, reason)

    return leave_open


def _mark(door: D, rule: object) -> D:
    door.rule = rule  # type: ignore[attr-defined]
    return door
