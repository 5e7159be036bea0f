"""Looking at merges, and finding who has taken a record's place."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import refuse
from app.contacts import cards as contact_cards
from app.core.db import db
from app.core.errors import NotFound
from app.customers import cards as customer_cards
from app.lists import names, pages
from app.lists.names import Names
from app.merging.kinds import KINDS
from app.merging.models import Merge
from tenants import rls

_REFS = {"customer": customer_cards.refs, "contact": contact_cards.refs}


def master_of(connection: Any, actor: Actor, word: str, record_id: UUID) -> UUID:
    """The record that has taken another's place, whether or not the actor may see it.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: if none has
    """
    table = KINDS[word].model.__tablename__
    statement = (
        f"SELECT r.merged_into_id FROM {table} r WHERE r.tenant_id = %(tenant)s "  # noqa: S608
        "AND r.id = %(id)s AND r.merged_into_id IS NOT NULL"
    )
    rows = pages.run(connection, statement, {"tenant": actor.tenant_id, "id": record_id})
    if not rows:
        raise NotFound
    found: UUID = UUID(str(rows[0][0]))
    return found


def get(actor: Actor, merge_id: UUID) -> Merge:
    """A merge whose master the actor sees, or that they have done themselves.

    :raises NotFound: otherwise
    """
    found = db.session.scalars(select(Merge).where(Merge.id == merge_id)).first()
    if found is None or not _visible(actor, [found]):
        raise NotFound
    return found


def page(actor: Actor, word: str, *, before: UUID | None, limit: int) -> tuple[Sequence[Merge], UUID | None]:
    """The newest merges of a kind, from the one before `before` on, and where the next page begins.

    :raises Forbidden: without the permission to merge
    """
    permission = KINDS[word].rule.permission
    if not actor.may(permission):
        raise refuse(actor, permission)
    query = select(Merge).where(Merge.type == word).order_by(Merge.id.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(Merge.id < before)
    found = db.session.scalars(query).all()
    shown = found[:limit]
    return _visible(actor, shown), shown[-1].id if len(found) > limit else None


def _visible(actor: Actor, found: Sequence[Merge]) -> list[Merge]:
    if not found:
        return []
    kind = KINDS[found[0].type]
    if not all(map(actor.may, kind.reading)):
        return []
    connection = rls.driver_of(db.session.connection())
    seen = _REFS[kind.word](connection, actor, {str(one.master_id) for one in found})
    return [one for one in found if str(one.master_id) in seen or one.merged_by_id == actor.id]


def names_of(actor: Actor, user_ids: set[str]) -> Names:
    """What colleagues are called."""
    return names.directory(rls.driver_of(db.session.connection()), actor, user_ids)


def may_merge(actor: Actor, word: str) -> bool:
    """Whether an actor may merge such records at all."""
    return actor.may(KINDS[word].rule.permission)
