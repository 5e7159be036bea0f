"""When the rest of a plan is needless: what a rule says that makes it so, asked for many plans at once."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from app.activities.models import Activity
from app.care.models import CareRule, CareRun, CareRunStep
from app.care.states import StepState, Stop
from app.core.db import db
from app.customers.models import Customer
from app.customers.states import Stage
from app.purchases.models import Purchase
from app.quotes.models import Quote
from app.quotes.states import QuoteState
from app.service_records.models import ServiceRecord

Asked = Select[Any]


def reasons(pairs: Sequence[tuple[CareRun, CareRule]]) -> dict[UUID, str]:
    """Why plans need not go on, by their ids; one statement for each kind of reason."""
    found: dict[UUID, str] = {}
    for stop in sorted({word for _, rule in pairs for word in rule.stops}):
        asked = _ASKED[Stop(stop)]().where(
            CareRun.id.in_([run.id for run, rule in pairs if stop in rule.stops])
        )
        for run_id in db.session.scalars(asked):
            found.setdefault(run_id, stop)
    return found


def _since(model: Any, moment: Any, *met: ColumnElement[bool]) -> Asked:
    """The plans at whose customers something came about after they began, and not what they began with."""
    at_theirs = (model.tenant_id == CareRun.tenant_id) & (model.customer_id == CareRun.customer_id)
    return (
        select(CareRun.id)
        .join(model, at_theirs)
        .where(
            moment > CareRun.begun_at,
            model.deleted_at.is_(None),
            model.id.is_distinct_from(CareRun.about_id),
            *met,
        )
        .distinct()
    )


def _activity() -> Asked:
    return _since(Activity, Activity.created_at)


def _service() -> Asked:
    return _since(ServiceRecord, ServiceRecord.created_at)


def _quote() -> Asked:
    return _since(Quote, Quote.decided_at, Quote.state == QuoteState.ACCEPTED)


def _purchase() -> Asked:
    # What belongs to the deal that the plan began with says nothing new.
    first = aliased(Purchase)
    same_order = (first.reference == Purchase.reference) & (first.bought_on == Purchase.bought_on)
    of_the_deal = exists().where(
        first.tenant_id == CareRun.tenant_id,
        first.id == CareRun.about_id,
        or_(first.quote_id == Purchase.quote_id, same_order),
    )
    of_the_quote = Purchase.quote_id.is_not(None) & Purchase.quote_id.is_not_distinct_from(CareRun.about_id)
    return _since(Purchase, Purchase.created_at, ~of_the_deal, ~of_the_quote)


def _lost() -> Asked:
    theirs = (Customer.tenant_id == CareRun.tenant_id) & (Customer.id == CareRun.customer_id)
    return (
        select(CareRun.id)
        .join(Customer, theirs)
        .where(Customer.stage == Stage.LOST, Customer.updated_at > CareRun.begun_at)
    )


def _task() -> Asked:
    own = (CareRunStep.tenant_id == CareRun.tenant_id) & (CareRunStep.run_id == CareRun.id)
    return (
        select(CareRun.id)
        .join(CareRunStep, own)
        .where(
            CareRunStep.task_id.is_not(None),
            CareRunStep.state == StepState.DONE,
            CareRunStep.settled_at > CareRun.begun_at,
        )
        .distinct()
    )


_ASKED: dict[Stop, Callable[[], Asked]] = {
    Stop.ACTIVITY: _activity,
    Stop.SERVICE: _service,
    Stop.QUOTE_ACCEPTED: _quote,
    Stop.PURCHASE: _purchase,
    Stop.CUSTOMER_LOST: _lost,
    Stop.TASK_DONE: _task,
}
