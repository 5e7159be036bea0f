"""When the rest of a plan is needless: what a rule says that makes it so, asked for many plans at once."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.activities.models import Activity
from app.care.models import CareRule, CareRun, CareRunStep
from app.care.states import StepState, Stop
from app.core.db import db
from app.customers.models import Customer
from app.customers.states import Stage
from app.quotes.models import Quote
from app.quotes.states import QuoteState
from app.service_records.models import ServiceRecord

Latest = dict[Any, datetime]


def reasons(pairs: Sequence[tuple[CareRun, CareRule]]) -> dict[UUID, str]:
    """Why plans need not go on, by their ids; one statement for each kind of reason."""
    found: dict[UUID, str] = {}
    for stop in sorted({word for _, rule in pairs for word in rule.stops}):
        runs = [run for run, rule in pairs if stop in rule.stops]
        latest = _ASKED[Stop(stop)]({run.customer_id for run in runs if run.customer_id}, runs)
        for run in runs:
            moment = latest.get(run.id if stop == Stop.TASK_DONE else run.customer_id)
            if moment is not None and moment > run.begun_at:
                found.setdefault(run.id, stop)
    return found


def _latest(asked: Any) -> Latest:
    return {row[0]: row[1] for row in db.session.execute(asked)}


def _activity(customers: Collection[UUID], _runs: Sequence[CareRun]) -> Latest:
    return _latest(
        select(Activity.customer_id, func.max(Activity.created_at))
        .where(Activity.customer_id.in_(customers), Activity.deleted_at.is_(None))
        .group_by(Activity.customer_id)
    )


def _service(customers: Collection[UUID], runs: Sequence[CareRun]) -> Latest:
    begun_with = {run.about_id for run in runs if run.about_id}
    return _latest(
        select(ServiceRecord.customer_id, func.max(ServiceRecord.created_at))
        .where(
            ServiceRecord.customer_id.in_(customers),
            ServiceRecord.deleted_at.is_(None),
            ServiceRecord.id.not_in(begun_with),
        )
        .group_by(ServiceRecord.customer_id)
    )


def _quote(customers: Collection[UUID], runs: Sequence[CareRun]) -> Latest:
    begun_with = {run.about_id for run in runs if run.about_id}
    return _latest(
        select(Quote.customer_id, func.max(Quote.decided_at))
        .where(
            Quote.customer_id.in_(customers),
            Quote.deleted_at.is_(None),
            Quote.state == QuoteState.ACCEPTED,
            Quote.id.not_in(begun_with),
        )
        .group_by(Quote.customer_id)
    )


def _lost(customers: Collection[UUID], _runs: Sequence[CareRun]) -> Latest:
    return _latest(
        select(Customer.id, Customer.updated_at).where(
            Customer.id.in_(customers), Customer.stage == Stage.LOST
        )
    )


def _task(_customers: Collection[UUID], runs: Sequence[CareRun]) -> Latest:
    return _latest(
        select(CareRunStep.run_id, func.max(CareRunStep.settled_at))
        .where(
            CareRunStep.run_id.in_([run.id for run in runs]),
            CareRunStep.task_id.is_not(None),
            CareRunStep.state == StepState.DONE,
        )
        .group_by(CareRunStep.run_id)
    )


_ASKED: dict[Stop, Callable[[Collection[UUID], Sequence[CareRun]], Latest]] = {
    Stop.ACTIVITY: _activity,
    Stop.SERVICE: _service,
    Stop.QUOTE_ACCEPTED: _quote,
    Stop.CUSTOMER_LOST: _lost,
    Stop.TASK_DONE: _task,
}
