"""Making one record of several, and parting them again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import refuse, unlocked
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, Stale, invalid
from app.fields import index as own_index
from app.fields import rights
from app.lists import index
from app.merging import moving
from app.merging.kinds import KINDS, Kind
from app.merging.models import Merge
from app.merging.telling import entry, keep_in_step

MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records become one."""

    type: str
    master_id: UUID
    versions: Mapping[UUID, int]
    """Of each record, the master among them, the version that was looked at."""
    choices: Mapping[str, UUID] = field(default_factory=dict)
    """Whose value a field takes; own fields as `custom.key`."""


@unlocked("whether each of the records may be merged is asked below")
def merge(actor: Actor, wanted: Wanted) -> Merge:
    """Let one record take the place of others: its fields, filled from theirs, and all that points to them.

    :raises Forbidden: if one of them may not be merged
    :raises Invalid: naming what cannot be taken
    :raises Stale: if one has changed since it was looked at
    """
    kind = KINDS[wanted.type]
    if not actor.may(kind.rule.permission):
        raise refuse(actor, kind.rule.permission)
    kind.prepare()
    records = kind.seen(actor, wanted.versions.keys())
    _check(actor, kind, wanted, records)
    master = records[wanted.master_id]
    losers = [one for key, one in records.items() if key != master.id]
    values = _values(kind, master, losers, wanted, records)
    before = {name: value for name, value in kind.fields.stored(master).items() if name in values}
    before["custom"] = {key: before.get("custom", {}).get(key) for key in values.get("custom", {})}
    names = [{"id": str(one.id), "name": one.name} for one in losers]
    _lay_to_rest(actor, kind, master, losers)
    told = kind.fields.put(actor, master, values)
    taken_from, taken = kind.take(master, losers)
    made = Merge(
        type=kind.word,
        master_id=master.id,
        master_name=master.name,
        merged=names,
        before={**before, "taken": taken_from},
        after={**values, "taken": taken},
        merged_by_id=actor.id,
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    moving.move(made.id, kind.word, master, [one.id for one in losers])
    _tell(actor, kind, master, losers, told)
    keep_in_step(kind, [master, *losers])
    return made


def _check(actor: Actor, kind: Kind, wanted: Wanted, records: Mapping[UUID, Any]) -> None:
    few = len(wanted.versions) < 2
    if few or len(wanted.versions) > MOST:
        raise invalid("records", "too-few" if few else "too-many", max=MOST, min=2)
    named = {
        **{f"records.{i}.id": key for i, key in enumerate(wanted.versions)},
        "master_id": wanted.master_id,
        **{f"choices.{name}": key for name, key in wanted.choices.items()},
    }
    unknown = [FieldProblem(name, "unknown-reference") for name, key in named.items() if key not in records]
    if unknown:
        raise Invalid(*unknown)
    closed = [FieldProblem(f"choices.{name}", "no-field-right") for name in _closed(actor, kind, wanted)]
    if closed:
        raise Invalid(*closed)
    if not all(kind.rule.allows(actor, one) for one in records.values()):
        raise kind.rule.refusal(actor)
    if any(records[key].version != version for key, version in wanted.versions.items()):
        raise Stale(conflicts=[], current={})


def _closed(actor: Actor, kind: Kind, wanted: Wanted) -> list[str]:
    """The fields among those chosen that the actor may not write."""
    built_in = {one.field for one in rights.problems(actor, kind.word, wanted.choices.keys())}
    own = {f"custom.{key}" for key in actor.fixes(kind.word)}
    return [name for name in wanted.choices if name in built_in | own]


def _values(
    kind: Kind, master: Any, losers: Sequence[Any], wanted: Wanted, records: Mapping[UUID, Any]
) -> dict[str, Any]:
    """What the master is to have: what was chosen, else its own, else the first that there is."""
    stored = {one.id: kind.fields.stored(one) for one in records.values()}
    mine, theirs = stored[master.id], [stored[one.id] for one in losers]
    customs = [one["custom"] for one in theirs]
    known = {
        *mine.keys() - {"custom"},
        *(f"custom.{key}" for one in stored.values() for key in one["custom"]),
    }
    for name in wanted.choices:
        if name not in known:
            raise invalid(f"choices.{name}", "unknown-field")
    values: dict[str, Any] = {}
    for name in mine.keys() - {"custom"}:
        if name in wanted.choices:
            values[name] = stored[wanted.choices[name]][name]
        elif name in kind.fields.UNITED:
            values[name] = kind.fields.united(name, [mine[name], *(one[name] for one in theirs)])
        else:
            values[name] = _first(mine[name], [one[name] for one in theirs])
    custom = {}
    for key in {key for one in [mine["custom"], *customs] for key in one}:
        chosen = wanted.choices.get(f"custom.{key}")
        own = mine["custom"].get(key)
        custom[key] = (
            stored[chosen]["custom"].get(key) if chosen else _first(own, [one.get(key) for one in customs])
        )
    changed = {name: value for name, value in values.items() if value != mine[name]}
    own_changed = {key: value for key, value in custom.items() if value != mine["custom"].get(key)}
    return {**changed, **({"custom": own_changed} if own_changed else {})}


def _first(own: Any, others: Sequence[Any]) -> Any:
    empty: tuple[Any, ...] = (None, "", [])
    return own if own not in empty else next((one for one in others if one not in empty), own)


def _lay_to_rest(actor: Actor, kind: Kind, master: Any, losers: Sequence[Any]) -> None:
    at, ids = clock.now(), [one.id for one in losers]
    for one in losers:
        one.deleted_at, one.deleted_by_id, one.merged_into_id = at, actor.id, master.id
    db.session.flush()
    # What must not be there twice is free for the master; and nothing finds those who are gone.
    own_index.drop(ids)
    index.drop(kind.search, ids)


def _tell(
    actor: Actor, kind: Kind, master: Any, losers: Sequence[Any], told: Sequence[Mapping[str, Any]]
) -> None:
    names = "、".join(one.name for one in losers)
    came = {"field": "merged", "before": None, "after": names}
    went = {"field": "merged_into", "before": None, "after": master.name}
    audit.record_many(
        actor,
        [
            entry(kind, master, "merged", [came, *told]),
            *(entry(kind, one, "merged_away", [went]) for one in losers),
        ],
    )
