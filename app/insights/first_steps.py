"""The first steps of a company and of each colleague: what was taken, and what still waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import unlocked
from app.core.db import db
from tenants import rls


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing in the first days."""

    word: str
    permission: Permission | None
    """Who is offered it; None for everybody."""
    taken: str
    """SQL that is true once it was done."""


def _any(table: str, condition: str) -> str:
    return f"EXISTS (SELECT FROM {table} WHERE tenant_id = %(tenant)s AND {condition})"


_KEPT = "deleted_at IS NULL"
STEPS = (
    Step("departments", Permission.DEPARTMENT_MANAGE, _any("departments", "parent_id IS NOT NULL")),
    Step(
        "colleagues",
        Permission.USER_INVITE,
        f"({_any('users', 'id <> %(me)s')} OR {_any('invitations', 'revoked_at IS NULL')})",
    ),
    Step("import", Permission.CUSTOMER_IMPORT, _any("customers", _KEPT)),
    Step("customer", Permission.CUSTOMER_CREATE, _any("customers", f"owner_id = %(me)s AND {_KEPT}")),
    Step(
        "activity",
        Permission.ACTIVITY_CREATE,
        _any("activities", f"author_id = %(me)s AND {_KEPT}"),
    ),
    Step("task", Permission.TASK_CREATE, _any("tasks", "created_by_id = %(me)s")),
    Step("fields", Permission.FIELD_MANAGE, _any("field_definitions", "true")),
    Step(
        "second-factor",
        None,
        "EXISTS (SELECT FROM person_totps WHERE person_id = %(person)s AND confirmed_at IS NOT NULL)",
    ),
)
_HIDDEN = "(SELECT guide_hidden FROM users WHERE tenant_id = %(tenant)s AND id = %(me)s)"


@unlocked("each sees their own first steps, and nothing but whether they were taken")
def page(actor: Actor) -> dict[str, Any]:
    """What the actor is offered, in order: {"hidden", "steps": [{"word", "done"}]}, in one statement."""
    offered = [step for step in STEPS if step.permission is None or actor.may(step.permission)]
    # Whoever sets the company up brings a whole list in; everybody else begins with a customer of their own.
    other = "customer" if actor.may(Permission.TENANT_MANAGE) else "import"
    offered = [step for step in offered if step.word != other]
    columns = ", ".join([_HIDDEN, *(step.taken for step in offered)])
    given: Mapping[str, Any] = {"tenant": actor.tenant_id, "me": actor.id, "person": actor.person_id}
    row = rls.driver_of(db.session()).execute(f"SELECT {columns}", given).fetchone()
    return {"hidden": row[0], "steps": list(_steps(offered, row[1:]))}


def _steps(offered: list[Step], taken: tuple[bool, ...]) -> Iterator[dict[str, Any]]:
    for step, done in zip(offered, taken, strict=True):
        yield {"word": step.word, "done": done}
