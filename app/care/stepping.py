"""Plans go on: steps that are due are taken, unless they have become needless; what came of them is noted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from app.access.actor import Actor
from app.care import needless, wording
from app.care.models import CareRule, CareRun, CareRunStep, choices_of
from app.care.planning import origin_of
from app.care.states import RuleState, RunState, StepState
from app.consents.states import Purpose
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.customers.models import Customer
from app.outreach import planning as outreach
from app.outreach.models import OutreachMessage
from app.outreach.occasions import About, Occasion
from app.tasks import setting
from tenants import calendar
from tenants.context import require_tenant_id

SLICE = 200
NO_CONTACT, NOBODY_HERE, GONE = "no-contact", "nobody-here", "gone"


@dataclass(slots=True)
class Turn:
    """A step whose turn it is."""

    step: CareRunStep
    run: CareRun
    rule: CareRule
    contact: Contact | None = None
    customer: Customer | None = None

    @property
    def contact_id(self) -> UUID | None:
        """Whom it turns to, if there is anybody."""
        return self.contact.id if self.contact else None

    @property
    def key(self) -> str:
        """Names its message."""
        return f"run:{self.run.id}:{self.step.place}"


def take_due() -> bool:
    """Take some steps of the current company that are due; False when there is none."""
    at = clock.now()
    turns = _due(at)
    if not turns:
        return False
    _introduce(turns)
    open_ones = _go_on(turns, at)
    _send(open_ones)
    _give(open_ones, at)
    for turn in open_ones:
        _note(turn, at)
    db.session.flush()
    return True


def next_due() -> datetime | None:
    """When the next step of the current company is due."""
    asked = select(func.min(CareRunStep.due_at)).join(*_OF_RUN).join(*_OF_RULE)
    return db.session.scalar(asked.where(_here(), *_GOING_ON))


_OF_RUN = (CareRun, (CareRun.tenant_id == CareRunStep.tenant_id) & (CareRun.id == CareRunStep.run_id))
_OF_RULE = (CareRule, (CareRule.tenant_id == CareRun.tenant_id) & (CareRule.id == CareRun.rule_id))
_GOING_ON = (
    CareRunStep.state == StepState.WAITING,
    CareRun.state == RunState.RUNNING,
    CareRule.state == RuleState.ON,
)


def _here() -> ColumnElement[bool]:
    # Where several tables are joined, the first is not named by itself.
    return CareRunStep.tenant_id == require_tenant_id()


def _due(at: datetime) -> list[Turn]:
    found = db.session.execute(
        select(CareRunStep, CareRun, CareRule)
        .join(*_OF_RUN)
        .join(*_OF_RULE)
        .where(_here(), *_GOING_ON, CareRunStep.due_at <= at)
        .order_by(CareRunStep.due_at, CareRunStep.id)
        .limit(SLICE)
        .with_for_update(skip_locked=True, of=CareRunStep)
    ).all()
    # Whoever steers a plan holds it: it is left to the next round.
    still = select(CareRun.id).where(
        CareRun.id.in_({run.id for _, run, _ in found}), CareRun.state == RunState.RUNNING
    )
    held = set(db.session.scalars(still.with_for_update(skip_locked=True)))
    return [Turn(*row) for row in found if row[1].id in held]


def _introduce(turns: Sequence[Turn]) -> None:
    """Find out whom each plan is about: who has no contact yet gets the customer's primary one."""
    customers = _living(Customer, {turn.run.customer_id for turn in turns})
    unknown = {turn.run.customer_id for turn in turns if turn.run.contact_id is None}
    primaries = {
        contact.customer_id: contact
        for contact in db.session.scalars(
            select(Contact).where(
                Contact.customer_id.in_(unknown), Contact.is_primary, Contact.deleted_at.is_(None)
            )
        )
    }
    contacts = _living(Contact, {turn.run.contact_id for turn in turns})
    for turn in turns:
        turn.customer = customers.get(turn.run.customer_id)
        if turn.run.contact_id is None:
            turn.contact = primaries.get(turn.run.customer_id)
            turn.run.contact_id = turn.contact_id
        else:
            turn.contact = contacts.get(turn.run.contact_id)


def _living(model: Any, ids: Iterable[UUID | None]) -> dict[Any, Any]:
    wanted = select(model).where(model.id.in_(set(ids) - {None}), model.deleted_at.is_(None))
    return {one.id: one for one in db.session.scalars(wanted)}


def _go_on(turns: Sequence[Turn], at: datetime) -> list[Turn]:
    """Those whose plans go on; the others end."""
    reasons = needless.reasons([(turn.run, turn.rule) for turn in turns])
    going = []
    for turn in turns:
        because = _gone(turn) or reasons.get(turn.run.id)
        if because is None:
            going.append(turn)
        elif turn.run.state == RunState.RUNNING:
            turn.run.end(because, at=at)
    return going


def _gone(turn: Turn) -> str | None:
    customer = turn.run.customer_id is not None and turn.customer is None
    contact = turn.run.contact_id is not None and turn.contact is None
    return GONE if customer or contact else None


def _send(turns: Sequence[Turn]) -> None:
    to_write = {turn.key: turn for turn in turns if turn.step.choices and turn.contact}
    if not to_write:
        return
    outreach.plan([_occasion(turn) for turn in to_write.values()])
    written = select(OutreachMessage.key, OutreachMessage.id).where(OutreachMessage.key.in_(to_write))
    for key, message_id in db.session.execute(written):
        to_write[key].step.message_id = message_id


def _occasion(turn: Turn) -> Occasion:
    run, rule = turn.run, turn.rule
    about = About(run.about_kind, run.about_id) if run.about_kind and run.about_id else None
    return Occasion(
        key=turn.key,
        purpose=Purpose(rule.purpose),
        contact_id=turn.contact.id if turn.contact else rule.id,
        choices=choices_of(turn.step.choices),
        due_at=turn.step.due_at,
        expires_at=turn.step.expires_at,
        origin=origin_of(rule),
        about=about,
    )


def _give(turns: Sequence[Turn], at: datetime) -> None:
    """Have colleagues do what a message does not."""
    to_do = [turn for turn in turns if turn.step.task]
    if not to_do:
        return
    zone = calendar.zone()
    texts = wording.titles(
        [
            wording.About(
                str(turn.step.task), turn.contact_id, turn.run.customer_id,
                turn.run.about_kind, turn.run.about_id,
            )
            for turn in to_do
        ]
    )  # fmt: skip
    by_rule: dict[UUID, list[tuple[Turn, setting.Wanted]]] = defaultdict(list)
    for turn, text in zip(to_do, texts, strict=True):
        end = calendar.end_of(max(turn.step.due_at, at).astimezone(zone).date(), zone) - timedelta(minutes=1)
        by_rule[turn.rule.id].append((turn, _wanted(turn, text, end)))
    for pairs in by_rule.values():
        made = setting.set_many(Actor.system(require_tenant_id()), [wanted for _, wanted in pairs])
        for (turn, _), task_id in zip(pairs, made, strict=True):
            turn.step.task_id = task_id


def _wanted(turn: Turn, title: str, due_at: datetime) -> setting.Wanted:
    host = turn.customer or turn.contact
    owner = host.owner_id if host else None
    return setting.Wanted(
        title=title,
        due_at=due_at,
        owner_ids=[one for one in (owner, turn.rule.owner_id) if one],
        set_by=turn.rule.owner_id,
        customer_id=turn.run.customer_id,
        contact_id=turn.contact_id,
    )


def _note(turn: Turn, at: datetime) -> None:
    step = turn.step
    if step.message_id or step.task_id:
        step.state = StepState.UNDER_WAY
        return
    step.state, step.settled_at = StepState.FAILED, at
    step.reason = NO_CONTACT if step.choices else NOBODY_HERE


_COME_OF = """
UPDATE care_run_steps s SET state = v.state, reason = v.reason, settled_at = %(at)s FROM (
    SELECT x.id, CASE
        WHEN t.done_at IS NOT NULL OR (x.task_id IS NULL AND m.state IN ('sent', 'delivered', 'uncertain'))
            THEN 'done'
        WHEN t.deleted_at IS NOT NULL THEN 'skipped' ELSE 'failed' END AS state,
        CASE WHEN x.task_id IS NULL AND m.state NOT IN ('sent', 'delivered', 'uncertain')
            THEN coalesce(m.reason, m.state) END AS reason
    FROM care_run_steps x
    LEFT JOIN outreach_messages m ON m.tenant_id = %(tenant)s AND m.id = x.message_id
    LEFT JOIN tasks t ON t.tenant_id = %(tenant)s AND t.id = x.task_id
    WHERE x.tenant_id = %(tenant)s AND x.state = 'under-way' AND (t.done_at IS NOT NULL
        OR t.deleted_at IS NOT NULL
        OR (x.task_id IS NULL AND (m.id IS NULL OR m.state NOT IN ('waiting', 'sending'))))
    FOR UPDATE OF x SKIP LOCKED
) v WHERE s.tenant_id = %(tenant)s AND s.id = v.id
"""


def settle(driver: Any) -> None:
    """Note what has come of steps that were taken, and which plans are done with; two statements.

    :param driver: a psycopg connection inside the tenant's walls
    """
    params: Mapping[str, Any] = {"tenant": require_tenant_id(), "at": clock.now()}
    driver.execute(_COME_OF, params)
    open_steps = select(CareRunStep.id).where(
        CareRunStep.run_id == CareRun.id, CareRunStep.state.not_in([StepState.DONE, StepState.SKIPPED])
    )
    at = clock.now()
    db.session.execute(
        update(CareRun)
        .where(CareRun.state == RunState.RUNNING, ~open_steps.exists())
        .values(state=RunState.DONE, ended_at=at, updated_at=at, version=CareRun.version + 1)
        .execution_options(synchronize_session=False)
    )


def any_under_way() -> bool:
    """Whether anything may still come of steps of the current company."""
    asked = select(CareRunStep.id).where(CareRunStep.state == StepState.UNDER_WAY).limit(1)
    return db.session.scalar(asked) is not None
