"""Doing an action with some records, and taking it back: what has changed meanwhile is left as it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import unlocked
from app.bulk_actions.kinds import Kind, Problems
from app.bulk_actions.models import Action, Done, Pick, Wanted
from app.bulk_actions.telling import Teller
from app.consents.ledger import Noting
from app.core import clock
from app.core.errors import FieldProblem
from app.customers.tagging import folded
from app.jobs import wording
from app.tasks.revising import DONE, later

Records = Mapping[UUID, Any]
Results = dict[UUID, Done]
_GONE = (FieldProblem("row", "row-gone"),)
_NOTHING: Mapping[str, Any] = {}


@unlocked("each service that it calls has its own lock")
def do(actor: Actor, kind: Kind, wanted: Wanted, picks: Sequence[Pick]) -> Results:
    """Do what is wanted with some records; what became of each.

    :raises Forbidden: when the actor may no longer do so at all
    """
    action = wanted.undoes or wanted.action
    return _DEEDS[action, wanted.undoes is not None](_Desk(actor, kind, wanted, picks))


class _Desk:
    """Some records at hand, and who works on them."""

    def __init__(self, actor: Actor, kind: Kind, wanted: Wanted, picks: Sequence[Pick]) -> None:
        self.actor, self.kind, self.wanted, self.picks = actor, kind, wanted, picks
        self.ids = [pick.record_id for pick in picks]
        self.records = kind.seen(actor, self.ids)
        # Taken down before anything changes: what is changed in bulk would be read again, one by one.
        self.labels = {key: kind.label(record) for key, record in self.records.items()}
        self.customs = {
            key: dict(getattr(record, "custom", _NOTHING)) for key, record in self.records.items()
        }

    def done(self, record_id: UUID, **told: Any) -> Done:
        return Done(label=self.labels.get(record_id, ""), **told)

    def refused(self, record_id: UUID, problems: Iterable[FieldProblem]) -> Done:
        return self.done(record_id, refused=True, messages=tuple(wording.problems(problems)))

    def revise(self, values: Mapping[UUID, Mapping[str, Any]], kept: Mapping[UUID, Problems]) -> Results:
        """Change fields, each record in its own way.

        :param kept: of each record, what is told besides
        """
        results = {key: self.refused(key, _GONE) for key in self.ids if key not in self.records}
        drafted = {key: self.kind.drafted(one) for key, one in values.items() if key in self.records}
        outcomes = self.kind.revise(self.actor, drafted)
        sent = {key for key, one in values.items() if one.get("custom")}
        own = self._customs_now(sent) if sent else {}
        teller = Teller(self.actor, self.wanted.type)
        for key, outcome in outcomes.items():
            more = tuple(wording.problems(kept.get(key, ())))
            problems, changes = _apart(outcome)
            if problems:
                results[key] = self.refused(key, problems)
            elif changes:
                before, after = self._exchanged(key, values[key], changes, own.get(key, _NOTHING))
                told = tuple(teller.say(one) for one in changes if one["field"] not in self.kind.silent)
                results[key] = self.done(key, before=before, after=after, messages=told + more)
            else:
                results[key] = self.done(key, messages=more or teller.unchanged)
        return results

    def _customs_now(self, keys: set[UUID]) -> dict[UUID, Mapping[str, Any]]:
        return {key: record.custom for key, record in self.kind.seen(self.actor, keys).items()}

    def _exchanged(
        self,
        key: UUID,
        sent: Mapping[str, Any],
        changes: Sequence[Mapping[str, Any]],
        own: Mapping[str, Any],
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was stored in the fields that have changed, and what is now."""
        told = [one for one in map(self._kept, changes) if one["field"] in sent]
        before = {change["field"]: change["before"] for change in told}
        after = {change["field"]: change["after"] for change in told}
        former = self.customs[key]
        changed = [name for name in sent.get("custom", ()) if former.get(name) != own.get(name)]
        if changed:
            before["custom"] = {name: former.get(name) for name in changed}
            after["custom"] = {name: own.get(name) for name in changed}
        return before, after

    def _kept(self, change: Mapping[str, Any]) -> Mapping[str, Any]:
        """A change as it is kept to be taken back: ids in place of what people read."""
        name = self.kind.referring.get(change["field"])
        if name is None:
            return change
        return {"field": name, **{side: (change[side] or {}).get("id") for side in ("before", "after")}}


def _apart(outcome: Sequence[Any]) -> tuple[list[FieldProblem], list[Mapping[str, Any]]]:
    """What is wrong with a record, or what has changed of it."""
    problems = [one for one in outcome if isinstance(one, FieldProblem)]
    return problems, [one for one in outcome if not isinstance(one, FieldProblem)]


def _edit(desk: _Desk) -> Results:
    return desk.revise(dict.fromkeys(desk.ids, desk.wanted.changes), {})


def _tag(desk: _Desk) -> Results:
    gone = {folded(tag) for tag in desk.wanted.tags_removed}
    wanted = {}
    for key, record in desk.records.items():
        there = {folded(tag) for tag in record.tags}
        kept = [tag for tag in record.tags if folded(tag) not in gone]
        wanted[key] = {"tags": kept + [tag for tag in desk.wanted.tags_added if folded(tag) not in there]}
    return desk.revise(wanted, {})


def _postpone(desk: _Desk) -> Results:
    # Those that are gone are refused like others.
    moved = later(desk.records, desk.wanted.days)
    return desk.revise(dict.fromkeys(desk.ids, _NOTHING) | moved, {})


def _complete(desk: _Desk) -> Results:
    done = {"at": clock.now().isoformat(), "by": str(desk.actor.id)}
    return desk.revise({key: {DONE: done} for key in desk.ids}, {})


def _reopen(desk: _Desk) -> Results:
    return desk.revise({key: {DONE: None} for key in desk.ids}, {})


def _take_back_edit(desk: _Desk) -> Results:
    wanted: dict[UUID, dict[str, Any]] = {}
    kept: dict[UUID, Problems] = {}
    results: Results = {}
    for pick in desk.picks:
        record = desk.records.get(pick.record_id)
        if record is None:
            continue
        values, left = _former(desk.kind, pick, record)
        kept[pick.record_id] = tuple(FieldProblem(name, "changed-since") for name in left)
        if values:
            wanted[pick.record_id] = values
        else:
            results[pick.record_id] = desk.refused(pick.record_id, kept[pick.record_id])
    return desk.revise(wanted, kept) | results


def _former(kind: Kind, pick: Pick, record: Any) -> tuple[dict[str, Any], list[str]]:
    """What can be put back, and the fields that somebody has changed since."""
    values: dict[str, Any] = {}
    left = []
    for name, after in pick.after.items():
        if name != "custom":
            if kind.stored(record, name) == after:
                values[name] = pick.before[name]
            else:
                left.append(name)
    own = pick.after.get("custom", {})
    same = [key for key, after in own.items() if record.custom.get(key) == after]
    if same:
        values["custom"] = {key: pick.before["custom"][key] for key in same}
    return values, [*left, *(key for key in own if key not in same)]


def _transfer(desk: _Desk) -> Results:
    return _give(desk, dict.fromkeys(desk.ids, desk.wanted.owner_id))


def _take_back_transfer(desk: _Desk) -> Results:
    wanted: dict[UUID, UUID | None] = {}
    results = {}
    for pick in desk.picks:
        record, former = desk.records.get(pick.record_id), pick.before["owner_id"]
        if record is not None and str(record.owner_id) != pick.after["owner_id"]:
            results[pick.record_id] = desk.refused(pick.record_id, [FieldProblem("owner", "changed-since")])
        else:
            wanted[pick.record_id] = UUID(former) if former else None
    return results | _give(desk, wanted)


def _give(desk: _Desk, wanted: Mapping[UUID, UUID | None]) -> Results:
    if desk.kind.transfer is None:
        raise LookupError(desk.wanted.type)
    former = {key: record.owner_id for key, record in desk.records.items()}
    teller, results = Teller(desk.actor, desk.wanted.type), {}
    for key, outcome in desk.kind.transfer(desk.actor, wanted).items():
        problems, changes = _apart(outcome)
        if problems:
            results[key] = desk.refused(key, problems)
        elif changes:
            results[key] = desk.done(
                key,
                before={"owner_id": str(former[key]) if former[key] else None},
                after={"owner_id": str(wanted[key])},
                messages=tuple(map(teller.say, changes)),
            )
        else:
            results[key] = desk.done(key, messages=teller.unchanged)
    return results


def _consent(desk: _Desk) -> Results:
    if desk.kind.note is None:
        raise LookupError(desk.wanted.type)
    return _moved(desk, desk.kind.note(desk.actor, desk.ids, Noting.of(desk.wanted.said)))


def _delete(desk: _Desk) -> Results:
    return _moved(desk, desk.kind.delete(desk.actor, desk.ids))


def _take_back_delete(desk: _Desk) -> Results:
    restored = desk.kind.restore(desk.actor, desk.ids)
    # Those that are back have their names again.
    back = desk.kind.seen(desk.actor, [key for key, problems in restored.items() if not problems])
    desk.labels = {key: desk.kind.label(record) for key, record in back.items()}
    return _moved(desk, restored)


def _moved(desk: _Desk, refusals: Mapping[UUID, Problems]) -> Results:
    return {
        key: desk.refused(key, problems) if problems else desk.done(key, before={}, after={})
        for key, problems in refusals.items()
    }


_DEEDS: Mapping[tuple[Action, bool], Callable[[_Desk], Results]] = {
    (Action.EDIT, False): _edit,
    (Action.EDIT, True): _take_back_edit,
    (Action.TAG, False): _tag,
    (Action.TAG, True): _take_back_edit,
    (Action.TRANSFER, False): _transfer,
    (Action.TRANSFER, True): _take_back_transfer,
    (Action.POSTPONE, False): _postpone,
    (Action.POSTPONE, True): _take_back_edit,
    (Action.COMPLETE, False): _complete,
    (Action.COMPLETE, True): _take_back_edit,
    (Action.REOPEN, False): _reopen,
    (Action.REOPEN, True): _take_back_edit,
    (Action.CONSENT, False): _consent,
    (Action.DELETE, False): _delete,
    (Action.DELETE, True): _take_back_delete,
}
