"""Who would get what and when in the coming days, as the rules and the plans stand at this moment."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.care import planning
from app.care.dates import Stretch
from app.care.finding import Found, NothingToGoBy
from app.care.models import CareRule, CareRun, CareRunStep, choices_of
from app.care.states import RuleState, RunState, StepState
from app.consents.states import Purpose
from app.contacts import queries as contacts
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.customers.models import Customer
from app.outreach import costing
from app.outreach import foreseeing as outreach
from app.outreach.foreseeing import Foreseen
from app.outreach.occasions import About, Occasion
from app.usage import standing
from tenants.context import require_tenant_id

DAYS = 30
MOST_COUNTED, MOST_SHOWN = 5000, 300
"""Farther than this a preview does not count, and of so many it says what becomes of them."""
Item = dict[str, Any]
Called = dict[UUID, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that is due."""

    rule: CareRule
    contact_id: UUID | None
    due_at: datetime
    task: str | None
    occasion: Occasion | None


@permitted(Permission.MESSAGE_MANAGE)
def preview(actor: Actor, rules: Sequence[CareRule], *, days: int = DAYS) -> Item:
    """What these rules would do in the coming days and what that costs, for orjson.

    Those are told of that the actor sees; the others are counted.
    """
    coming = sorted(islice(_coming(actor, rules, days), MOST_COUNTED), key=lambda one: one.due_at)
    shown = coming[:MOST_SHOWN]
    foreseen = outreach.foresee(actor, [one.occasion for one in shown if one.occasion])
    by_key = {one.occasion.key: one for one in foreseen}
    seen = contacts.visible_ids(actor, {one.contact_id for one in shown if one.contact_id})
    called = _called(seen)
    items = [_item(one, by_key, called) for one in shown]
    bill = costing.bill(foreseen)
    return {
        "days": _days(coming, actor),
        "ways": dict(Counter(item["way"] for item in items if item["way"])),
        "stopped": sum(1 for item in items if item["reason"]),
        "segments": bill.segments,
        "cost": bill.cost,
        "limits": standing.told(),
        "items": items,
        "total": len(coming),
        "more": len(coming) > len(shown),
    }


def working() -> Sequence[CareRule]:
    """The rules of the current company that are at work."""
    return db.session.scalars(
        select(CareRule).where(CareRule.state == RuleState.ON).order_by(CareRule.created_at)
    ).all()


def of_dates(reader: Actor, rule: CareRule, days: int) -> Iterator[Found]:
    """Whom a rule that goes by dates would meet from now on; nobody if it speaks of what is no more."""
    at = clock.now()
    try:
        yield from planning.finder(Actor.system(reader.tenant_id)).find(
            rule, Stretch(at, at + timedelta(days=days))
        )
    except NothingToGoBy:
        return


def _coming(actor: Actor, rules: Sequence[CareRule], days: int) -> Iterator[Coming]:
    for rule in rules:
        if not rule.by_event:
            for found in of_dates(actor, rule, days):
                occasion = next(iter(planning.occasions(rule, [found])), None)
                yield Coming(rule, found.contact_id, found.due_at, found.step.task, occasion)
    yield from _of_plans(rules, days)


def _of_plans(rules: Sequence[CareRule], days: int) -> Iterator[Coming]:
    known = {rule.id: rule for rule in rules if rule.by_event}
    found = db.session.execute(
        select(CareRunStep, CareRun)
        .join(CareRun, (CareRun.tenant_id == CareRunStep.tenant_id) & (CareRun.id == CareRunStep.run_id))
        .where(
            CareRunStep.tenant_id == require_tenant_id(),
            CareRunStep.state == StepState.WAITING,
            CareRun.state == RunState.RUNNING,
            CareRun.rule_id.in_(known),
            CareRunStep.due_at <= clock.now() + timedelta(days=days),
        )
        .order_by(CareRunStep.due_at, CareRunStep.id)
        .limit(MOST_COUNTED)
    )
    for step, run in found:
        yield Coming(known[run.rule_id], run.contact_id, step.due_at, step.task, _of_step(known, step, run))


def _of_step(known: dict[UUID, CareRule], step: CareRunStep, run: CareRun) -> Occasion | None:
    if not step.choices or run.contact_id is None:
        return None
    rule = known[run.rule_id]
    return Occasion(
        key=f"run:{run.id}:{step.place}",
        purpose=Purpose(rule.purpose),
        contact_id=run.contact_id,
        choices=choices_of(step.choices),
        due_at=step.due_at,
        expires_at=step.expires_at,
        origin=planning.origin_of(rule),
        about=About(run.about_kind, run.about_id) if run.about_kind and run.about_id else None,
    )


def _called(contact_ids: set[UUID]) -> Called:
    """Who they are and where, for those to whom nothing is written, too."""
    asked = (
        select(Contact.id, Contact.name, Customer.name)
        .outerjoin(Customer, (Customer.tenant_id == Contact.tenant_id) & (Customer.id == Contact.customer_id))
        .where(Contact.tenant_id == require_tenant_id(), Contact.id.in_(contact_ids))
    )
    return {found[0]: (found[1], found[2]) for found in db.session.execute(asked)}


def _item(one: Coming, by_key: dict[str, Foreseen], called: Called) -> Item:
    told = by_key.get(one.occasion.key) if one.occasion else None
    name, customer = called.get(one.contact_id, (None, None)) if one.contact_id else (None, None)
    visible = name is not None
    words = told.words if told and visible else None
    return {
        "rule": {"id": str(one.rule.id), "name": one.rule.name},
        "contact": {"id": str(one.contact_id), "name": name} if visible else None,
        "customer": customer,
        "due_at": one.due_at,
        "at": told.at if told else one.due_at,
        "task": one.task,
        "way": told.way if told else None,
        "subject": words.subject if words else None,
        "text": words.text if words else None,
        "reason": told.reason if told else None,
        "held_by": told.held_by if told else None,
        "passed": [{"way": passed.way, "reason": passed.reason} for passed in told.passed] if told else [],
    }


def _days(coming: Sequence[Coming], actor: Actor) -> list[Item]:
    counted: dict[date, Counter[str]] = defaultdict(Counter)
    for one in coming:
        counted[one.due_at.astimezone(actor.zone).date()][one.rule.name] += 1
    return [
        {
            "day": day,
            "count": sum(rules.values()),
            "rules": [{"name": name, "count": count} for name, count in rules.most_common()],
        }
        for day, rules in sorted(counted.items())
    ]
