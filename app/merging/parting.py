"""Taking a merge back: everything as it was, but for what somebody has changed since."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import unlocked
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.fields import catalogue as catalogues
from app.fields import index as own_index
from app.fields.index import word_of
from app.fields.models import FieldValue
from app.merging import kinds, moving
from app.merging.kinds import KINDS, Kind
from app.merging.models import Merge
from app.merging.telling import entry, keep_in_step

Left = dict[str, int]


class MergeUndone(Conflict):
    """It has been taken back already."""

    code = "merge-undone"


class MasterGone(Conflict):
    """The record that had taken the others' place is deleted, or has been merged with another since."""

    code = "merge-master-gone"


@unlocked("whether each of the records may be merged is asked below")
def undo(actor: Actor, merge: Merge) -> None:
    """Part the records of a merge again; `left_over` then tells what could not be put back.

    :raises Forbidden: if one of them may not be merged
    :raises MasterGone: if there is nothing to part them from
    :raises MergeUndone: if that was done already
    """
    db.session.refresh(merge, with_for_update=True)
    if merge.undone_at is not None:
        raise MergeUndone
    kind = KINDS[merge.type]
    kind.prepare()
    master = kind.seen(actor, [merge.master_id]).get(merge.master_id)
    if master is None:
        raise MasterGone
    ids = [UUID(one["id"]) for one in merge.merged]
    losers = kinds.gone(kind, ids, master.id)
    for one in (master, *losers.values()):
        if not kind.rule.allows(actor, one):
            raise kind.rule.refusal(actor)
    left: Left = {"records": len(ids) - len(losers)}
    told = _fields_back(actor, kind, master, merge, left)
    taken = merge.after["taken"]
    # A customer has one primary contact at any moment, so the master steps back first.
    left |= kind.give_back(master, merge.before["taken"], taken) if kind.word == "contact" else {}
    left |= _wake(actor, kind, [*losers.values()])
    left |= moving.move_back(merge.id, kind.word, master)
    db.session.expire_all()
    left |= kind.give_back(master, merge.before["taken"], taken) if kind.word == "customer" else {}
    merge.undone_at, merge.undone_by_id = clock.now(), actor.id
    merge.left_over = [{"what": what, "count": count} for what, count in left.items() if count]
    db.session.flush()
    parted = {"field": "merged", "before": "、".join(one["name"] for one in merge.merged), "after": None}
    lines = [entry(kind, master, "unmerged", [parted, *told])]
    lines += [entry(kind, one, "restored", []) for one in losers.values()]
    audit.record_many(actor, lines)
    keep_in_step(kind, [master, *losers.values()])


def _fields_back(
    actor: Actor, kind: Kind, master: Any, merge: Merge, left: Left
) -> Sequence[Mapping[str, Any]]:
    now, values = kind.fields.stored(master), {}
    for name, after in merge.after.items():
        if name in {"custom", "taken"}:
            continue
        if now[name] == after:
            values[name] = merge.before[name]
        else:
            left[f"field.{name}"] = 1
    custom = {}
    for key, after in merge.after.get("custom", {}).items():
        if now["custom"].get(key) == after:
            custom[key] = merge.before["custom"][key]
        else:
            left[f"field.custom.{key}"] = 1
    changed: Sequence[Mapping[str, Any]] = kind.fields.put(actor, master, {**values, "custom": custom})
    return changed


def _wake(actor: Actor, kind: Kind, losers: Sequence[Any]) -> Left:
    """Bring the others back to life; what must not be there twice and is taken by now they lose."""
    left: Left = {}
    catalogue = catalogues.now(actor, kind.word)
    unique = {key: one for key, one in catalogue.fields.items() if one.unique}
    for one in losers:
        one.deleted_at = one.deleted_by_id = one.merged_into_id = None
        one.updated_at = clock.now()
        lost = [
            key
            for key, field in unique.items()
            if key in one.custom and _taken(field.id, word_of(one.custom[key]))
        ]
        if lost:
            one.custom = {key: value for key, value in one.custom.items() if key not in lost}
            left |= {f"field.custom.{key}": 1 for key in lost}
        if kind.word == "contact" and one.is_primary and _has_primary(kind, one):
            one.is_primary = False
        if kind.word == "contact":
            kind.fields.reindex(one)
        else:
            kind.fields.reindex(one, ())
        own_index.replace_many({one.id: one.custom}, catalogue)
    return left


def _taken(field_id: UUID, word: str) -> bool:
    found = select(FieldValue.record_id).where(
        FieldValue.field_id == field_id, FieldValue.word == word, FieldValue.sole
    )
    return db.session.scalars(found).first() is not None


def _has_primary(kind: Kind, contact: Any) -> bool:
    model = kind.model
    found = select(model.id).where(
        model.customer_id == contact.customer_id,
        model.is_primary,
        model.deleted_at.is_(None),
        model.id != contact.id,
    )
    with db.session.no_autoflush:
        return db.session.scalars(found).first() is not None
