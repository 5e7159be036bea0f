"""How contacts know each other: noted once, shown from both sides."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import guarded
from app.audit import services as audit
from app.audit.services import Entry
from app.contacts import policies, queries, trail
from app.contacts.models import Contact, ContactRelationship, Relationship
from app.contacts.queries import reach_of
from app.contacts.states import RelationshipKind
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotFound, invalid
from app.lists import pages
from app.lists.instants import utc

LONGEST_REMARK = 500
MOST_SHOWN = 500
_SHOWN = (
    "SELECT x.id::text, x.low_id = %(id)s, x.kind, x.remark, x.created_at, r.id::text, r.name "
    "FROM contact_relationships x JOIN contacts r ON r.tenant_id = x.tenant_id "
    "AND r.id = CASE WHEN x.low_id = %(id)s THEN x.high_id ELSE x.low_id END "
    "WHERE x.tenant_id = %(tenant)s AND (x.low_id = %(id)s OR x.high_id = %(id)s) "
    "AND r.tenant_id = %(tenant)s AND r.deleted_at IS NULL AND "
)
_ENDS = f" ORDER BY x.created_at, x.id LIMIT {MOST_SHOWN}"


class RelationshipExists(Conflict):
    """The two are related in this way already, or the other way round."""

    code = "relationship-exists"


def of_contact(connection: Any, actor: Actor, contact_id: UUID) -> list[dict[str, Any]]:
    """Those whom a contact knows and the actor may see too, for orjson, in the order they were noted.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    params = {**reach.params, "tenant": actor.tenant_id, "id": contact_id}
    rows = pages.run(connection, f"{_SHOWN}{reach.predicate}{_ENDS}", params)
    return [
        {
            "id": row_id,
            "other": {"id": other_id, "name": name},
            "kind": kind if first else RelationshipKind(kind).mirrored,
            "remark": remark,
            "created_at": utc(created_at),
        }
        for row_id, first, kind, remark, created_at, other_id, name in rows
    ]


@guarded(policies.link)
def link(
    actor: Actor, contact: Contact, other_id: UUID, *, kind: RelationshipKind, remark: str | None
) -> Relationship:
    """Note what another contact is to this one.

    :raises Invalid: when the actor knows no such other contact
    :raises RelationshipExists: when it is noted already, from whichever side
    """
    if other_id == contact.id:
        raise invalid("other_id", "same-contact")
    try:
        other = queries.get(actor, other_id)
    except NotFound:
        raise invalid("other_id", "unknown-reference") from None
    low, high = sorted((contact.id, other.id))
    if _noted(low, high, kind):
        raise RelationshipExists
    row = ContactRelationship(
        low_id=low,
        high_id=high,
        kind=kind if contact.id == low else kind.mirrored,
        remark=remark or None,
        created_at=clock.now(),
        created_by_id=None if actor.is_system else actor.id,
    )
    db.session.add(row)
    db.session.flush()
    relationship = Relationship(row, contact, other)
    _tell(actor, relationship, "linked")
    return relationship


def _noted(low: UUID, high: UUID, kind: RelationshipKind) -> bool:
    either = {kind, kind.mirrored}
    found = db.session.scalars(
        select(ContactRelationship.id).where(
            ContactRelationship.low_id == low,
            ContactRelationship.high_id == high,
            ContactRelationship.kind.in_(either),
        )
    )
    return found.first() is not None


@guarded(policies.unlink)
def unlink(actor: Actor, relationship: Relationship) -> None:
    """Forget how two contacts know each other; whoever may change one of them may do so."""
    _tell(actor, relationship, "unlinked")
    db.session.delete(relationship.row)
    db.session.flush()


def _tell(actor: Actor, relationship: Relationship, action: str) -> None:
    """Both sides' timelines tell it, each from its own side."""
    sides = (relationship, relationship.mirrored)
    audit.record_many(actor, [_line(side, action) for side in sides])


def _line(side: Relationship, action: str) -> Entry:
    told = {"kind": side.kind.value, "contact": {"id": str(side.other.id), "name": side.other.name}}
    before, after = (None, told) if action == "linked" else (told, None)
    return trail.entry(side.contact, action, [trail.change("relationship", before=before, after=after)])
