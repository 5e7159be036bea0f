"""Who may do what with a task: those it is between, and those whose permission reaches its owner."""

from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.access.rules import Rule
from app.tasks.models import Task


class Held(Protocol):
    """Whose a task is, and who set it."""

    @property
    def owner_id(self) -> UUID: ...  # noqa: D102
    @property
    def department_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def created_by_id(self) -> UUID: ...  # noqa: D102


def _between_or_reached(permission: Permission) -> Rule[Any]:
    def opens(actor: Actor, task: Held) -> bool:
        return actor.id in {task.owner_id, task.created_by_id} or actor.reaches(permission, task)

    return Rule(permission, when=opens)


read: Rule[Task] = _between_or_reached(Permission.TASK_READ)
update: Rule[Task] = _between_or_reached(Permission.TASK_UPDATE)


def _set_or_reached(actor: Actor, task: Held) -> bool:
    beyond = actor.grants[Permission.TASK_UPDATE] > Scope.OWN
    return actor.id == task.created_by_id or (beyond and actor.reaches(Permission.TASK_UPDATE, task))


delete: Rule[Any] = Rule(Permission.TASK_UPDATE, when=_set_or_reached)
"""Whoever was given a task can do it, not do away with it."""


def can(actor: Actor, task: Held) -> dict[str, bool]:
    """What the page may offer."""
    rules: dict[str, Rule[Any]] = {"update": update, "delete": delete}
    return {word: rule.allows(actor, task) for word, rule in rules.items()}
