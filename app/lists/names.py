"""What users and departments are called, at hand in every process.

Joining them to a page of rows costs more than the page. Whatever renames them raises the tenant's access
version, which every request reads anyway: names of the same version are still true.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.lists import pages

Ref = dict[str, str]
_MOST_TENANTS = 500
_USERS = "SELECT u.id::text, u.name FROM users u WHERE u.tenant_id = %(tenant)s"
_DEPARTMENTS = "SELECT d.id::text, d.name FROM departments d WHERE d.tenant_id = %(tenant)s"


@dataclass(frozen=True, slots=True)
class Names:
    """{"id", "name"} of each user and department of a tenant, by id."""

    version: int
    users: dict[str, Ref]
    departments: dict[str, Ref]

    def user(self, user_id: str | None) -> Ref | None:
        """A user as shown; None for nobody, or nobody of this tenant."""
        return self.users.get(user_id) if user_id else None

    def department(self, department_id: str | None) -> Ref | None:
        """A department as shown."""
        return self.departments.get(department_id) if department_id else None


_kept: OrderedDict[int, Names] = OrderedDict()


def directory(connection: Any, actor: Actor, users: Iterable[str | None] = ()) -> Names:
    """The names of the actor's tenant.

    :param connection: a psycopg connection inside the tenant's walls
    :param users: those about to be shown; one who joined a moment ago is not missed
    """
    names = _kept.get(actor.tenant_id)
    if (
        names is None
        or names.version != actor.access_version
        or actor.is_system
        or not names.users.keys() >= {user for user in users if user}
    ):
        names = _load(connection, actor)
        _kept[actor.tenant_id] = names
        while len(_kept) > _MOST_TENANTS:
            _kept.popitem(last=False)
    return names


def _load(connection: Any, actor: Actor) -> Names:
    def read(text: str) -> dict[str, Ref]:
        rows = pages.run(connection, text, {"tenant": actor.tenant_id})
        return {row_id: {"id": row_id, "name": name} for row_id, name in rows}

    return Names(actor.access_version, read(_USERS), read(_DEPARTMENTS))
