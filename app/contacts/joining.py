"""How contacts know others, when several contacts become one, and when they are parted again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.contacts.models import Contact, ContactRelationship
from app.contacts.states import RelationshipKind
from app.core.db import db

Kept = dict[str, Any]
_PLAIN = ("kind", "remark")
_IDS = ("id", "low_id", "high_id", "created_by_id")


def join(master_id: UUID, losers: Collection[UUID]) -> list[Kept]:
    """Let the master know whom the losers knew; gives what it was before, for `part`."""
    rows = _of([master_id, *losers])
    known = {(row.low_id, row.high_id, row.kind) for row in rows}
    kept = []
    for row in rows:
        if not {row.low_id, row.high_id} & set(losers):
            continue
        former = _kept(row)
        now = _now(row, master_id, losers)
        if now is None or now in known:
            db.session.delete(row)
            former["now"] = None
        else:
            known.add(now)
            row.low_id, row.high_id, row.kind = now
            former["now"] = [str(now[0]), str(now[1]), now[2]]
        kept.append(former)
    db.session.flush()
    return kept


def _of(ids: Collection[UUID]) -> Sequence[ContactRelationship]:
    among = or_(ContactRelationship.low_id.in_(ids), ContactRelationship.high_id.in_(ids))
    return db.session.scalars(select(ContactRelationship).where(among).with_for_update()).all()


def _kept(row: ContactRelationship) -> Kept:
    ids = {name: str(value) if (value := getattr(row, name)) else None for name in _IDS}
    return {
        **ids,
        **{name: getattr(row, name) for name in _PLAIN},
        "created_at": row.created_at.isoformat(),
    }


def _now(
    row: ContactRelationship, master_id: UUID, losers: Collection[UUID]
) -> tuple[UUID, UUID, str] | None:
    """The same with the master in place of a loser; None if it is one with itself."""
    low, high = (master_id if one in losers else one for one in (row.low_id, row.high_id))
    if low == high:
        return None
    kind = RelationshipKind(row.kind)
    return (low, high, kind) if low < high else (high, low, kind.mirrored)


def part(kept: Sequence[Mapping[str, Any]]) -> int:
    """Put relationships back as they were; gives how many could not be."""
    ids = [UUID(former["id"]) for former in kept]
    rows = {
        row.id: row
        for row in db.session.scalars(select(ContactRelationship).where(ContactRelationship.id.in_(ids)))
    }
    sides = {UUID(former[side]) for former in kept for side in ("low_id", "high_id")}
    there = set(db.session.scalars(select(Contact.id).where(Contact.id.in_(sides))))
    left = 0
    for former in kept:
        row, low, high = rows.get(UUID(former["id"])), UUID(former["low_id"]), UUID(former["high_id"])
        if former["now"] is None and {low, high} <= there:
            db.session.add(_again(former))
        elif row and former["now"] == [str(row.low_id), str(row.high_id), row.kind]:
            row.low_id, row.high_id, row.kind = low, high, former["kind"]
        else:
            left += 1
    db.session.flush()
    return left


def _again(former: Mapping[str, Any]) -> ContactRelationship:
    ids = {name: UUID(former[name]) if former[name] else None for name in _IDS}
    plain = {name: former[name] for name in _PLAIN}
    return ContactRelationship(**ids, **plain, created_at=datetime.fromisoformat(former["created_at"]))
