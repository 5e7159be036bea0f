"""Which rows of a page their reader may change, without asking for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.lists import pages
from app.lists.cards import held
from app.lists.scopes import Sharing

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Editing:
    """What it takes to change a record of a list."""

    permission: Permission
    reading: Sequence[Permission]
    """What it takes to see it."""
    sharing: Sharing
    """Those with whom it is shared change it wherever it lies."""
    host: str = ""
    """Which part of an item refers to what is shared, if not the record itself."""

    def mark(self, connection: Any, actor: Actor, items: Sequence[Item]) -> None:
        """Say of each item whether it is `editable`.

        One who changes as far as they see needs no further question; whoever sees farther is asked after once
        for the whole page.

        :param connection: a psycopg connection inside the tenant's walls
        """
        allowed = actor.may(self.permission)
        everywhere = allowed and actor.grants[self.permission] >= min(
            actor.grants[one] for one in self.reading
        )
        far = []
        for item in items:
            item["editable"] = everywhere or (allowed and self._reached(actor, item))
            if allowed and not item["editable"]:
                far.append(item)
        if far:
            shared = self._shared(connection, actor, far)
            for item in far:
                item["editable"] = self._shared_id(item) in shared

    def _reached(self, actor: Actor, item: Item) -> bool:
        owner, department = item["owner"], item["department"]
        record = held(owner and owner["id"], department and department["id"], shared=False)
        return actor.reaches(self.permission, record)

    def _shared_id(self, item: Item) -> str | None:
        one = item[self.host] if self.host else item
        return one["id"] if one else None

    def _shared(self, connection: Any, actor: Actor, items: Sequence[Item]) -> set[str]:
        ids = sorted({shared_id for item in items if (shared_id := self._shared_id(item))})
        statement = (
            f"SELECT k.{self.sharing.column}::text FROM {self.sharing.table} k "
            "WHERE k.tenant_id = %(tenant)s AND k.user_id = %(me)s "
            f"AND k.{self.sharing.column} = ANY (%(ids)s::uuid[])"
        )
        params = {"tenant": actor.tenant_id, "me": actor.id, "ids": ids}
        return {row[0] for row in pages.run(connection, statement, params)}
