"""Plans begin: when something happens, or when a date asks for something to be done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.access.actor import Actor
from app.care import audience, dates, sources
from app.care.finding import LISTINGS, Found
from app.care.models import CareRule, CareRun, CareRunStep, Step, told_choices
from app.care.states import Happening, RuleState, RunState, StepState, Whom
from app.contacts.models import Contact
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import Invalid
from app.core.ids import new_id
from app.lists import pages
from app.outreach import conditions
from app.workdays import models as workdays
from app.workdays.reckoning import Week
from tenants import agenda, rls
from tenants.context import require_tenant_id

QUEUE = "care"
_SLICE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Something that has happened, for which plans may begin."""

    customer_id: UUID
    contact_id: UUID | None = None
    about: tuple[str, UUID] | None = None
    label: str | None = None
    """What the record is called."""
    deal: UUID | None = None
    """What several of them belong to: there is one plan for all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whose:
    key: str
    customer_id: UUID | None
    contact_id: UUID | None
    about: tuple[str, UUID] | None
    label: str | None
    steps: Sequence[tuple[Step, datetime, datetime]]
    """Each with the moment at which it is due, and the one from which it is too late."""


def awaited(happening: Happening) -> bool:
    """Whether any rule waits for this."""
    asked = (
        select(CareRule.id).where(CareRule.state == RuleState.ON, CareRule.happening == happening).limit(1)
    )
    return db.session.scalar(asked) is not None


def on(happening: Happening, starts: Sequence[Start]) -> None:
    """Begin the plans of all rules that wait for this; one statement if there is none."""
    rules = db.session.scalars(
        select(CareRule)
        .where(CareRule.state == RuleState.ON, CareRule.happening == happening)
        .order_by(CareRule.id)
    ).all()
    if not rules or not starts:
        return
    at, week = clock.now(), workdays.week()
    primaries = _primaries({one.customer_id for one in starts})
    for rule in rules:
        meant = _meant(rule, starts)
        for place in range(0, len(meant), _SLICE):
            some = meant[place : place + _SLICE]
            _begin(rule, [_of_start(rule, one, primaries, at, week) for one in some], at)


def of_dates(rule: CareRule, some: Sequence[Found]) -> None:
    """Begin a plan of a single step for each of these, unless there is one."""
    _begin(rule, [_of_date(rule, one) for one in some], clock.now())


def _of_date(rule: CareRule, found: Found) -> _Whose:
    customer = found.record_id if found.record == "customer" else found.customer_id
    plain = found.record in {"contact", "customer"}
    return _Whose(
        key=f"care:{rule.id}:{found.step.key}:{found.contact_id}:{found.occasion}",
        customer_id=customer,
        contact_id=found.contact_id,
        about=None if plain else (found.record, found.record_id),
        label=None,
        steps=[(found.step, found.due_at, found.expires_at)],
    )


def _of_start(
    rule: CareRule, start: Start, primaries: Mapping[UUID, UUID], at: datetime, week: Week
) -> _Whose:
    named = start.contact_id if rule.audience["whom"] == Whom.OWN else None
    steps = []
    for step in rule.plan:
        due = dates.due_after(at, step.offset(rule.waits_for.shift), week)
        expires = dates.expires(due, step.lasts_hours, same_day=False, zone=week.zone)
        steps.append((step, due, expires))
    reason = start.deal or (start.about[1] if start.about else start.customer_id)
    return _Whose(
        key=f"care:{rule.id}:{start.customer_id}:{reason}",
        customer_id=start.customer_id,
        contact_id=named or primaries.get(start.customer_id),
        about=start.about,
        label=start.label,
        steps=steps,
    )


def _begin(rule: CareRule, those: Sequence[_Whose], at: datetime) -> None:
    if not those:
        return
    tenant_id = require_tenant_id()
    # The first of what belongs together stands for all of it.
    by_key = {one.key: one for one in reversed(those)}
    rows = [
        {
            "tenant_id": tenant_id, "id": new_id(), "version": 1, "rule_id": rule.id, "key": one.key,
            "customer_id": one.customer_id, "contact_id": one.contact_id,
            "about_kind": one.about and one.about[0], "about_id": one.about and one.about[1],
            "about_label": one.label, "state": RunState.RUNNING, "begun_at": at, "updated_at": at,
        }
        for one in by_key.values()
    ]  # fmt: skip
    begun = db.session.execute(
        insert(CareRun)
        .values(rows)
        .on_conflict_do_nothing(index_elements=[CareRun.tenant_id, CareRun.key])
        .returning(CareRun.id, CareRun.key)
    ).all()
    steps = [row for run_id, key in begun for row in _steps(tenant_id, run_id, by_key[key].steps)]
    insert_many(CareRunStep, steps)
    if steps:
        agenda.note(QUEUE, min(row["due_at"] for row in steps))


def _steps(
    tenant_id: int, run_id: UUID, steps: Sequence[tuple[Step, datetime, datetime]]
) -> list[dict[str, Any]]:
    return [
        {
            "tenant_id": tenant_id, "id": new_id(), "run_id": run_id, "place": place,
            "choices": told_choices(step.choices), "task": step.task, "state": StepState.WAITING,
            "due_at": due, "expires_at": expires,
        }
        for place, (step, due, expires) in enumerate(steps)
    ]  # fmt: skip


def _primaries(customer_ids: Collection[UUID]) -> dict[UUID, UUID]:
    found = db.session.execute(
        select(Contact.customer_id, Contact.id).where(
            Contact.customer_id.in_(customer_ids), Contact.is_primary, Contact.deleted_at.is_(None)
        )
    )
    return {customer: contact for customer, contact in found if customer is not None}


def _meant(rule: CareRule, starts: Sequence[Start]) -> list[Start]:
    """Those of these that the rule is for; none if it speaks of a field that is no more."""
    record = audience.record_of(rule.waits_for, rule.audience["whom"])
    try:
        customers = _met("customer", rule.audience.get("customers"), {one.customer_id for one in starts})
        abouts = {one.about[1] for one in starts if one.about}
        records = _met(record, rule.audience.get("records"), abouts)
    except Invalid:
        return []
    return [
        one for one in starts if one.customer_id in customers and (not one.about or one.about[1] in records)
    ]


def _met(kind: str, tree: Any, ids: Collection[UUID]) -> Collection[UUID]:
    """Those of these records that meet a condition.

    :raises Invalid: if it speaks of a field that is no more
    """
    if not tree:
        return ids
    driver, actor = rls.driver_of(db.session.connection()), Actor.system(require_tenant_id())
    met = conditions.where(driver, actor, LISTINGS[kind], tree, mark="meant")
    statement = (
        f"SELECT r.id::text FROM {sources.TABLES[kind]} r WHERE r.tenant_id = %(tenant)s "
        f"AND r.id = ANY (%(ids)s::uuid[]) AND {met.sql}"
    )
    asked = {"tenant": actor.tenant_id, "ids": [str(one) for one in ids], **met.params}
    return {UUID(row[0]) for row in pages.run(driver, statement, asked, by_value=True)}
