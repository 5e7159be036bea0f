"""Rules that go by dates, at work: what is due in the next day and a half is written down, once each.

A rule is looked through every hour, from where that was last done: after an outage nothing is left out, and
what can be late no longer is written down all the same and ends as expired. Whoever becomes known on the day
itself is still met. What was written down and holds no longer, because a date was changed, is taken back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from app.access.actor import Actor
from app.care import beginning
from app.care.dates import Stretch
from app.care.finding import Finder, Found, NothingToGoBy, in_slices
from app.care.models import CareRule
from app.care.states import RuleState
from app.consents.states import Purpose
from app.core import clock
from app.core.db import db
from app.outreach import planning as outreach
from app.outreach.models import OutreachMessage
from app.outreach.occasions import About, Occasion, Origin
from app.outreach.states import MessageState, Reason
from app.workdays import models as workdays
from tenants import agenda, calendar, rls
from tenants.context import require_tenant_id

QUEUE = "care"
AHEAD, AGAIN, LATE = timedelta(hours=36), timedelta(hours=1), timedelta(days=3)
ORIGIN = "care-rule"
CHANGED = Reason.RULE_CHANGED.value


def finder(reader: Actor) -> Finder:
    """What looks for people in the current company."""
    week = workdays.week()
    return Finder(rls.driver_of(db.session()), reader, week, calendar.today(week.zone))


def origin_of(rule: CareRule) -> Origin:
    """What the messages of a rule say that they come from."""
    return Origin(type=ORIGIN, id=rule.id, label=rule.name)


def key_of(rule: CareRule, found: Found) -> str:
    """Names a message: who gets it by which step on what occasion."""
    return f"care:{rule.id}:{found.step.key}:{found.contact_id}:{found.occasion}"


def occasions(rule: CareRule, some: Iterable[Found]) -> list[Occasion]:
    """The messages of what was found; of steps that are nothing but a task there is none."""
    origin = origin_of(rule)
    return [
        Occasion(
            key=key_of(rule, one),
            purpose=Purpose(rule.purpose),
            contact_id=one.contact_id,
            choices=one.step.choices,
            due_at=one.due_at,
            expires_at=one.expires_at,
            origin=origin,
            about=None if one.record in {"contact", "customer"} else About(one.record, one.record_id),
        )
        for one in some
        if one.step.choices
    ]


@dataclass(slots=True)
class _Written:
    """What a scan has found to be due."""

    keys: set[str] = field(default_factory=set)
    earliest: datetime | None = None


def scan_next() -> bool:
    """Look through a rule of the current company that it is time for; False when there is none."""
    at = clock.now()
    rule = db.session.scalars(
        select(CareRule)
        .where(CareRule.state == RuleState.ON, CareRule.scan_at <= at)
        .order_by(CareRule.scan_at, CareRule.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if rule is None:
        return False
    scan(rule, at)
    return True


def next_scan() -> datetime | None:
    """When it is time to look through a rule of the current company."""
    return db.session.scalar(select(func.min(CareRule.scan_at)).where(CareRule.state == RuleState.ON))


def scan(rule: CareRule, at: datetime) -> None:
    """Write down what a locked rule makes due, from where it was left off until a day and a half ahead."""
    before, since = rule.scanned_at or at, rule.on_since or at
    stretch = Stretch(max(since, min(before, at - LATE)), at + AHEAD)
    written = _Written()

    def keep(due: datetime, expires: datetime) -> bool:
        return expires > at or due > before

    try:
        found = finder(Actor.system(require_tenant_id())).find(rule, stretch, keep)
        for some in in_slices(found):
            _write(rule, some, written)
    except NothingToGoBy:
        written.keys.clear()
    _take_back(rule, at, written.keys)
    db.session.execute(
        update(CareRule)
        .where(CareRule.id == rule.id)
        # What has been looked through is no change of the rule.
        .values(scanned_at=at, scan_at=at + AGAIN)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(rule)
    agenda.note(QUEUE, at + AGAIN)


def _write(rule: CareRule, some: Sequence[Found], written: _Written) -> None:
    plain = [one for one in some if one.step.task is None]
    messages = occasions(rule, plain)
    outreach.plan(messages)
    written.keys |= {one.key for one in messages}
    # What somebody is to do has a plan of its own, so that it is not forgotten.
    beginning.of_dates(rule, [one for one in some if one.step.task is not None])


def _take_back(rule: CareRule, at: datetime, keys: set[str]) -> None:
    waiting = db.session.scalars(
        select(OutreachMessage.key).where(
            OutreachMessage.origin_type == ORIGIN,
            OutreachMessage.origin_id == rule.id,
            OutreachMessage.state == MessageState.WAITING,
            OutreachMessage.due_at > at,
            OutreachMessage.key.startswith("care:", autoescape=True),
        )
    ).all()
    gone = [key for key in waiting if key not in keys]
    if gone:
        outreach.withdraw(ORIGIN, rule.id, reason=CHANGED, keys=gone)
