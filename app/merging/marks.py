"""Records that look alike and are not the same: said once, remembered, and taken back."""

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from sqlalchemy import delete

from app.access.actor import Actor
from app.access.rules import refuse, unlocked
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.ids import new_id
from app.merging.kinds import KINDS
from app.merging.models import DuplicateMark
from app.merging.telling import entry
from tenants.context import require_tenant_id

MOST = 20


@unlocked("whether each of the records may be merged is asked below")
def mark(actor: Actor, word: str, record_ids: Sequence[UUID]) -> UUID:
    """Say that records are different ones; gives by what that can be taken back.

    :raises Forbidden: if one of them may not be merged
    :raises Invalid: naming one that the actor does not see
    """
    kind = KINDS[word]
    if not actor.may(kind.rule.permission):
        raise refuse(actor, kind.rule.permission)
    records = kind.seen(actor, record_ids)
    for i, key in enumerate(record_ids):
        if key not in records:
            raise invalid(f"alike_ids.{i}", "unknown-reference")
    for one in records.values():
        if not kind.rule.allows(actor, one):
            raise kind.rule.refusal(actor)
    mark_id, at = new_id(), clock.now()
    rows = [
        {
            "tenant_id": require_tenant_id(),
            "low_id": low,
            "high_id": high,
            "id": mark_id,
            "type": word,
            "marked_by_id": actor.id,
            "created_at": at,
        }
        for low, high in combinations(sorted(records), 2)
    ]
    insert_many(DuplicateMark, rows, replacing=("tenant_id", "low_id", "high_id"))
    names = "、".join(one.name for one in records.values())
    change = {"field": "different_from", "before": None, "after": names}
    audit.record_many(actor, [entry(kind, one, "marked_different", [change]) for one in records.values()])
    return mark_id


@unlocked("only whoever said so takes it back")
def unmark(actor: Actor, mark_id: UUID) -> None:
    """Let records count as alike again.

    :raises NotFound: if the actor has not said so
    """
    gone = db.session.execute(
        delete(DuplicateMark)
        .where(DuplicateMark.id == mark_id, DuplicateMark.marked_by_id == actor.id)
        .returning(DuplicateMark.type, DuplicateMark.low_id)
    ).all()
    if not gone:
        raise NotFound
    kind = KINDS[gone[0].type]
    found = kind.seen(actor, [row.low_id for row in gone])
    lines = [
        Entry(
            action="unmarked_different",
            subject_type=kind.word,
            subject_id=low_id,
            subject_label=found[low_id].name if low_id in found else "",
        )
        for low_id in {row.low_id for row in gone}
    ]
    audit.record_many(actor, lines)
