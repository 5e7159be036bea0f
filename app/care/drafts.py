"""Care rules as somebody wants them; what cannot be taken is refused."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from app.access.actor import Actor
from app.care import audience, sources, wording
from app.care.finding import LISTINGS
from app.care.models import CareRule, Step, Trigger, choices_of
from app.care.states import BY_CLOCK, Shift, TriggerKind, Unit, Whom
from app.core import filters, relative_days
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.plain_text import Unplain, tidied
from app.outreach import conditions
from tenants import rls

LONGEST = {"name": 60, "task": 120}
MOST_STEPS, FURTHEST_DAYS, LONGEST_LASTING = 10, 366, 720
PARTS = ("name", "purpose", "trigger", "audience", "steps", "stops")
_BELONGS = {
    TriggerKind.BIRTHDAY: (),
    TriggerKind.FESTIVAL: ("festival",),
    TriggerKind.DATE: ("field",),
    TriggerKind.EVENT: ("happening",),
}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31}
_RECORDS = ("asset", "quote", "service-record", "purchase")

Problems = Iterator[FieldProblem]


def demand(by: Actor, wanted: Mapping[str, Any], was: CareRule | None = None) -> dict[str, Any]:
    """Fields of a rule in their stored form.

    :param was: the rule that is to be changed
    :raises Invalid: naming every one that cannot be taken
    """
    whole = {name: wanted.get(name, was and getattr(was, name)) for name in PARTS}
    trigger, steps = _trigger(whole["trigger"]), _steps(whole["steps"])
    problems = [
        *_wrong_name(whole["name"]),
        *_wrong_trigger(by, trigger),
        *_wrong_steps(trigger, steps),
        *_wrong_stops(trigger, whole["stops"]),
        *_wrong_audience(by, trigger, whole["audience"]),
    ]
    if problems:
        raise Invalid(*problems)
    return {
        "name": tidied(whole["name"], LONGEST["name"]),
        "purpose": str(whole["purpose"]),
        "trigger_kind": trigger.kind,
        "happening": trigger.happening,
        "trigger": {name: getattr(trigger, name) for name in Trigger.__slots__},
        "audience": {"whom": whole["audience"]["whom"], **{n: _tree(whole, n) for n in audience.CONDITIONS}},
        "steps": [one.told() for one in steps],
        "stops": sorted(set(whole["stops"])),
    }


def _tree(whole: Mapping[str, Any], name: str) -> Any:
    return whole["audience"].get(name) or None


def _trigger(told: Mapping[str, Any]) -> Trigger:
    known = {name: told.get(name) for name in ("festival", "field", "happening")}
    return Trigger(
        kind=TriggerKind(told["kind"]),
        yearly=bool(told.get("yearly")),
        shift=Shift(told.get("shift") or Shift.NONE),
        **known,
    )


def _steps(told: Sequence[Mapping[str, Any]]) -> list[Step]:
    return [
        Step(
            key=one.get("key") or uuid4().hex[:8],
            amount=one["amount"],
            unit=Unit(one["unit"]),
            at=one.get("at") or "09:00",
            choices=choices_of(
                [{k: str(v) for k, v in choice.items()} for choice in one.get("choices") or ()]
            ),
            task=(one.get("task") or "").strip() or None,
            lasts_hours=one.get("lasts_hours"),
        )
        for one in told
    ]


def _wrong_name(name: str | None) -> Problems:
    try:
        if not tidied(name or "", LONGEST["name"]):
            yield FieldProblem("name", "required")
    except Unplain as wrong:
        yield FieldProblem("name", wrong.code, tuple(wrong.facts.items()))


def _wrong_trigger(by: Actor, trigger: Trigger) -> Problems:
    belongs = _BELONGS[trigger.kind]
    for name in ("festival", "field", "happening"):
        given = getattr(trigger, name)
        if name in belongs and given is None:
            yield FieldProblem(f"trigger.{name}", "required")
        if name not in belongs and given is not None:
            yield FieldProblem(f"trigger.{name}", "not-for-this-trigger")
    yield from _wrong_date(by, trigger)
    if trigger.kind is TriggerKind.EVENT and trigger.shift is not Shift.NONE:
        yield FieldProblem("trigger.shift", "not-for-this-trigger")


def _wrong_date(by: Actor, trigger: Trigger) -> Problems:
    if trigger.field is not None and trigger.kind is TriggerKind.DATE:
        if sources.find(by, trigger.field) is None:
            yield FieldProblem("trigger.field", "unknown-filter-field", (("value", trigger.field[:40]),))
        elif trigger.yearly and not sources.may_be_yearly(trigger.field):
            yield FieldProblem("trigger.yearly", "not-for-this-trigger")
        elif not trigger.yearly and sources.must_be_yearly(trigger.field):
            yield FieldProblem("trigger.yearly", "only-every-year")
    elif trigger.yearly:
        yield FieldProblem("trigger.yearly", "not-for-this-trigger")


def _wrong_steps(trigger: Trigger, steps: Sequence[Step]) -> Problems:
    keys = Counter(one.key for one in steps)
    for place, step in enumerate(steps):
        at = f"steps.{place}"
        if keys[step.key] > 1:
            yield FieldProblem(f"{at}.key", "already-exists")
        if not step.choices and step.task is None:
            yield FieldProblem(f"{at}.choices", "step-does-nothing")
        yield from _wrong_offset(trigger, step, at)
        yield from _wrong_doing(step, at)


def _wrong_offset(trigger: Trigger, step: Step, at: str) -> Problems:
    event = trigger.kind is TriggerKind.EVENT
    if step.unit in BY_CLOCK and not event:
        yield FieldProblem(f"{at}.unit", "not-for-this-trigger")
    if event and step.amount < 0:
        yield FieldProblem(f"{at}.amount", "out-of-range", (("min", 0), ("max", FURTHEST_DAYS)))
    most = FURTHEST_DAYS // _DAYS[step.unit] if step.unit in _DAYS else 24 * 60
    if abs(step.amount) > most:
        yield FieldProblem(f"{at}.amount", "out-of-range", (("min", 0 if event else -most), ("max", most)))


def _wrong_doing(step: Step, at: str) -> Problems:
    ways = Counter(choice.way for choice in step.choices)
    for place, choice in enumerate(step.choices):
        if ways[choice.way] > 1 and choice.way in {one.way for one in step.choices[:place]}:
            yield FieldProblem(f"{at}.choices.{place}.way", "already-exists")
    for name in wording.unknown(step.task or ""):
        yield FieldProblem(f"{at}.task", "unknown-variable", (("name", name),))


def _wrong_stops(trigger: Trigger, stops: Sequence[str]) -> Problems:
    if stops and trigger.kind is not TriggerKind.EVENT:
        yield FieldProblem("stops", "not-for-this-trigger")


def _wrong_audience(by: Actor, trigger: Trigger, told: Mapping[str, Any]) -> Problems:
    event = trigger.kind is TriggerKind.EVENT
    record = audience.record_of(trigger, told["whom"])
    if event and told["whom"] == Whom.ALL:
        yield FieldProblem("audience.whom", "not-for-this-trigger")
    for name in audience.CONDITIONS:
        tree = told.get(name)
        if not tree:
            continue
        kind = {"contacts": "contact", "customers": "customer"}.get(name, record)
        if (event and name == "contacts") or (name == "records" and record not in _RECORDS):
            yield FieldProblem(f"audience.{name}", "not-for-this-trigger")
        else:
            yield from _wrong_tree(by, kind, tree, f"audience.{name}")


def _wrong_tree(by: Actor, kind: str, tree: Any, at: str) -> Problems:
    known = conditions.fields_of(rls.driver_of(db.session()), by, LISTINGS[kind])
    try:
        filters.from_tree(relative_days.resolved(tree, known, by.zone), known, at=at)
    except Invalid as wrong:
        yield from wrong.problems
