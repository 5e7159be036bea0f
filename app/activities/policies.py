"""Who may do what with an activity.

It is never seen farther than its customer is. Whoever wrote it may change it; others take the permission, as
far as it reaches.
"""

from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor, Shareable
from app.access.permissions import Permission, Scope
from app.access.rules import Rule
from app.activities.models import Activity

READING = (Permission.CUSTOMER_READ, Permission.ACTIVITY_READ)
DELETING = (*READING, Permission.ACTIVITY_DELETE)


class Written(Shareable, Protocol):
    """An activity: whose its customer is, and who wrote it."""

    @property
    def author_id(self) -> UUID: ...  # noqa: D102


def _readable(actor: Actor, held: Shareable) -> bool:
    return all(actor.may(permission) for permission in READING) and (
        held.shared or all(actor.reaches(permission, held) for permission in READING)
    )


def _entitled(permission: Permission) -> Rule[Any]:
    def opens(actor: Actor, activity: Written) -> bool:
        # To one's own work the narrowest scope is enough; to that of others it is not.
        beyond = actor.grants[permission] > Scope.OWN and actor.reaches(permission, activity)
        return _readable(actor, activity) and (activity.author_id == actor.id or beyond)

    return Rule(permission, when=opens)


read: Rule[Activity] = Rule(Permission.ACTIVITY_READ, when=_readable)
add: Rule[Shareable] = Rule(Permission.ACTIVITY_CREATE, when=_readable)
"""Noting something about a customer: wherever one could read what one has noted."""
update: Rule[Activity] = _entitled(Permission.ACTIVITY_UPDATE)


def _anothers(actor: Actor, activity: Written) -> bool:
    permission = Permission.ACTIVITY_ANNOTATE
    beyond = actor.grants[permission] > Scope.OWN and actor.reaches(permission, activity)
    return beyond and _readable(actor, activity) and activity.author_id != actor.id


annotate: Rule[Activity] = Rule(Permission.ACTIVITY_ANNOTATE, when=_anothers)
"""A manager's word on what somebody else has done."""
delete: Rule[Activity] = _entitled(Permission.ACTIVITY_DELETE)
restore = delete
purge: Rule[Activity] = _entitled(Permission.CUSTOMER_PURGE)


def can(actor: Actor, activity: Written) -> dict[str, bool]:
    """What the page may offer."""
    rules: dict[str, Rule[Any]] = {"update": update, "delete": delete, "annotate": annotate}
    return {word: rule.allows(actor, activity) for word, rule in rules.items()}
