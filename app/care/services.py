"""Making care rules, switching them on and off, and steering the plans that people are in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.care import checking, drafts, policies, trail
from app.care.models import CareRule, CareRun, CareRunStep, CareStepSettled
from app.care.planning import CHANGED, ORIGIN, QUEUE
from app.care.policies import Steered
from app.care.states import SETTLED, RuleState, RunState, StepState
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id
from app.outreach import planning as outreach
from app.outreach.models import OutreachMessage
from app.outreach.states import MessageState
from tenants import agenda
from tenants.context import require_tenant_id

MOST_RULES = 100
RULE_GONE, BY_HAND, RUN_ENDED, SKIPPED = "rule-off", "by-hand", "stopped", "skipped"


class TooManyCareRules(Conflict):
    """Nobody can look after more of them."""

    code = "too-many-care-rules"


@permitted(Permission.MESSAGE_MANAGE)
def create(actor: Actor, wanted: Mapping[str, Any]) -> UUID:
    """A new rule, which does nothing until it is switched on.

    :param wanted: the parts of a rule
    :raises Invalid: naming every part that cannot be taken
    """
    values = drafts.demand(actor, wanted)
    living = select(func.count()).select_from(CareRule).where(CareRule.deleted_at.is_(None))
    if (db.session.scalar(living) or 0) >= MOST_RULES:
        raise TooManyCareRules
    at = clock.now()
    rule = CareRule(
        tenant_id=require_tenant_id(), id=new_id(), owner_id=actor.id, state=RuleState.DRAFT,
        created_at=at, updated_at=at, **values,
    )  # fmt: skip
    db.session.add(rule)
    db.session.flush()
    audit.record(actor, trail.entry(rule, "created", _facts(rule)))
    return rule.id


def _facts(rule: CareRule) -> list[dict[str, Any]]:
    return [one for one in audit.differences({}, trail.shown(rule)) if one["after"]]


@guarded(policies.manage)
def change(actor: Actor, rule: CareRule, changes: Mapping[str, Any]) -> None:
    """Change a rule. Of one that is at work, what has not gone out is planned anew.

    :raises Invalid: naming every part that cannot be taken, or that keeps it from being at work
    """
    before = trail.shown(rule)
    values = drafts.demand(actor, changes, rule)
    for name, value in values.items():
        setattr(rule, name, value)
    told = audit.differences(before, trail.shown(rule))
    if not told:
        return
    at = clock.now()
    rule.updated_at = at
    if rule.state == RuleState.ON:
        _demand_fit(actor, rule)
        outreach.withdraw(ORIGIN, rule.id, reason=CHANGED, keys=_planned(rule))
        # From one kind of trigger to another it starts anew.
        rule.scan_at = None if rule.by_event else at
        rule.scanned_at = rule.scanned_at or at
        agenda.note(QUEUE, at)
    db.session.flush()
    audit.record(actor, trail.entry(rule, "updated", told))


def _planned(rule: CareRule) -> list[str]:
    """What its dates have made; the messages of plans in progress stay."""
    asked = select(OutreachMessage.key).where(
        OutreachMessage.origin_type == ORIGIN,
        OutreachMessage.origin_id == rule.id,
        OutreachMessage.released_at.is_(None),
        OutreachMessage.key.startswith("care:", autoescape=True),
    )
    return list(db.session.scalars(asked))


def _demand_fit(actor: Actor, rule: CareRule) -> None:
    if problems := checking.problems(actor, rule):
        raise Invalid(*problems)


@guarded(policies.manage)
def switch_on(actor: Actor, rule: CareRule) -> None:
    """Put a rule to work from now on; one that is stays as it is.

    :raises Invalid: naming everything that keeps it from working
    """
    if rule.state == RuleState.ON:
        return
    _demand_fit(actor, rule)
    _turn(actor, rule, RuleState.ON)
    agenda.note(QUEUE, clock.now())
    outreach.wake(ORIGIN, rule.id)


@guarded(policies.manage)
def switch_off(actor: Actor, rule: CareRule) -> None:
    """Let a rule rest: what has not gone out is taken back, and plans stand still until it is on again."""
    if rule.state == RuleState.ON:
        _turn(actor, rule, RuleState.OFF)
        outreach.withdraw(ORIGIN, rule.id, reason=CHANGED, keys=_planned(rule))


def _turn(actor: Actor, rule: CareRule, state: RuleState) -> None:
    before, at = rule.state, clock.now()
    if state is RuleState.ON:
        rule.switch_on(at=at)
    else:
        rule.switch_off()
    rule.updated_at = at
    db.session.flush()
    audit.record(
        actor, trail.entry(rule, "updated", [{"field": "state", "before": before, "after": state.value}])
    )


@guarded(policies.manage)
def delete(actor: Actor, rule: CareRule) -> None:
    """Remove a rule: nothing of it goes out any more, and its plans end."""
    at = clock.now()
    rule.switch_off()
    rule.deleted_at = rule.updated_at = at
    db.session.flush()
    outreach.withdraw(ORIGIN, rule.id, reason=RULE_GONE)
    db.session.execute(
        update(CareRun)
        .where(CareRun.rule_id == rule.id, CareRun.state.in_([RunState.RUNNING, RunState.PAUSED]))
        .values(
            state=RunState.ENDED,
            ended_because=RULE_GONE,
            ended_at=at,
            updated_at=at,
            version=CareRun.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    audit.record(actor, trail.entry(rule, "deleted"))


@guarded(policies.steer)
def pause(actor: Actor, steered: Steered) -> None:
    """Let somebody's plan stand still, and what it has written with it.

    :raises CareRunOver: if it is over
    """
    _move(actor, steered, RunState.PAUSED)


@guarded(policies.steer)
def resume(actor: Actor, steered: Steered) -> None:
    """Let somebody's plan go on: what has become due meanwhile is done now, if it is not too late.

    :raises CareRunOver: if it is over
    """
    _move(actor, steered, RunState.RUNNING)
    agenda.note(QUEUE, clock.now())
    outreach.wake(ORIGIN, steered.run.rule_id)


@guarded(policies.steer)
def end(actor: Actor, steered: Steered) -> None:
    """End somebody's plan: nothing more is sent, and nothing more given to anybody to do.

    :raises CareRunOver: if it is over
    """
    _move(actor, steered, RunState.ENDED)
    _take_back(steered)


@guarded(policies.steer)
def skip(actor: Actor, steered: Steered, step: CareRunStep) -> None:
    """Leave a step of somebody's plan out.

    :raises CareRunOver: if the plan is over
    :raises CareStepSettled: if the step is
    """
    steered.run.demand_open()
    if step.state in SETTLED:
        raise CareStepSettled
    at = clock.now()
    step.state, step.reason, step.settled_at = StepState.SKIPPED, BY_HAND, at
    outreach.withdraw(ORIGIN, steered.rule.id, reason=SKIPPED, keys=[_key(steered, step)])
    steered.run.updated_at = at
    db.session.flush()
    told = [{"field": "skipped_step", "before": None, "after": step.place + 1}]
    audit.record(actor, trail.run_entry(steered.run, steered.rule, "updated", told))
    agenda.note(QUEUE, at)


def _move(actor: Actor, steered: Steered, state: RunState) -> None:
    run, at = steered.run, clock.now()
    run.demand_open()
    before = run.state
    if before == state:
        return
    if state is RunState.ENDED:
        run.end(BY_HAND, at=at)
    else:
        run.state, run.updated_at = state, at
    db.session.flush()
    told = [{"field": "state", "before": before, "after": state.value}]
    audit.record(actor, trail.run_entry(run, steered.rule, "updated", told))


def _take_back(steered: Steered) -> None:
    """Take back messages that wait for an hour at which the company writes."""
    steps = db.session.scalars(
        select(CareRunStep)
        .join(
            OutreachMessage,
            (OutreachMessage.tenant_id == CareRunStep.tenant_id)
            & (OutreachMessage.id == CareRunStep.message_id),
        )
        .where(
            CareRunStep.tenant_id == require_tenant_id(),
            CareRunStep.run_id == steered.run.id,
            CareRunStep.state == StepState.UNDER_WAY,
            OutreachMessage.state == MessageState.WAITING,
        )
    ).all()
    if steps:
        keys = [_key(steered, one) for one in steps]
        outreach.withdraw(ORIGIN, steered.rule.id, reason=RUN_ENDED, keys=keys)
    for step in steps:
        step.state, step.message_id = StepState.SKIPPED, None
    db.session.flush()


def _key(steered: Steered, step: CareRunStep) -> str:
    return f"run:{steered.run.id}:{step.place}"
