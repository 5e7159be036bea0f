"""What the administrator of the first demo company has set up beside customers: views, a token, a webhook."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.services import api_tokens
from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.views import services as views
from app.views.services import ViewDraft
from app.views.states import Audience
from app.webhooks import kinds, tidying
from app.webhooks import services as webhooks
from app.webhooks.models import TellingState, WebhookAttempt, WebhookDelivery
from tenants import current

_COLUMNS = ("name", "stage", "tier", "owner", "last_activity_at", "next_step_at", "c_budget", "c_cycle")
_SHARED = (
    ViewDraft(
        list_name="customer", name="重点在谈", sort="next_step_at", audience=Audience.EVERYONE,
        filter={
            "and": [
                {"field": "stage", "op": "eq", "value": "intent"},
                {"field": "tier", "op": "in", "value": ["platinum", "gold"]},
            ]
        },
        shown_columns=[{"name": name} for name in _COLUMNS],
    ),
    ViewDraft(
        list_name="customer", name="一个月没联系", sort="last_activity_at", audience=Audience.EVERYONE,
        filter={
            "and": [
                {"field": "stage", "op": "in", "value": ["potential", "intent"]},
                {"field": "last_activity_at", "op": "lt", "value": "-30d"},
            ]
        },
    ),
    ViewDraft(
        list_name="contact", name="决策人", sort="-updated_at", audience=Audience.EVERYONE,
        filter={"field": "role", "op": "eq", "value": "decision_maker"},
    ),
)  # fmt: skip
_OWN = ViewDraft(
    list_name="customer",
    name="近期要定的大单",
    sort="-updated_at",
    filter={
        "and": [
            {"field": "c_cycle", "op": "in", "value": ["month", "quarter"]},
            {"field": "c_budget", "op": "gte", "value": 30_000_000},
        ]
    },
)
_TOLD = ("customer.created", "customer.transferred")


def furnish(administrator: Actor, sellers: list[Actor]) -> None:
    """Set up what an administrator of some months has."""
    with unit_of_work():
        for draft in _SHARED:
            views.create(administrator, draft)
        for actor in (administrator, sellers[1]):
            views.create(actor, _OWN)
    with clock.pretending(clock.now() - timedelta(days=12)), unit_of_work():
        api_tokens.create(
            administrator, name="财务对账脚本", days=90, read_only=True, areas=("customer", "contact")
        )
    _tell_another_system(administrator)


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of an event: one line for each try, the last one decides."""

    event: str
    ago: timedelta
    tries: tuple[tuple[int | None, str, str, int], ...]


_DOWN = (None, "timeout", "", 10_004)
_EVENTS = (
    _Told("customer.created", timedelta(days=6), ((200, "", '{"ok":true}', 184),)),
    _Told("customer.transferred", timedelta(days=3, hours=5), ((502, "status", "Bad Gateway", 96), _DOWN, (502, "status", "Bad Gateway", 88))),
    _Told("customer.created", timedelta(days=1, hours=2), (_DOWN, (200, "", '{"ok":true}', 231))),
    _Told("customer.created", timedelta(hours=3), ((200, "", '{"ok":true}', 142),)),
)  # fmt: skip


def _tell_another_system(administrator: Actor) -> None:
    """A webhook that has had good and bad days."""
    with clock.pretending(clock.now() - timedelta(days=20)), unit_of_work():
        made, _ = webhooks.create(
            administrator,
            name="ERP 客户同步",
            url="https://erp.chengchuan.example/hooks/guanxi",
            events=_TOLD,
        )
        webhook_id = made.id
    with unit_of_work():
        customers = db.session.query(Customer.id).order_by(Customer.id).limit(len(_EVENTS)).all()
        for told, (customer_id,) in zip(_EVENTS, customers, strict=True):
            _write_down(administrator, webhook_id, customer_id, told)


def _write_down(administrator: Actor, webhook_id: UUID, customer_id: UUID, told: _Told) -> None:
    at, event_id, taken = clock.now() - told.ago, new_id(), not told.tries[-1][1]
    ended = _moment(at, len(told.tries) - 1)
    delivery = WebhookDelivery(
        webhook_id=webhook_id,
        event_id=event_id,
        event=told.event,
        payload=_payload(administrator, event_id, customer_id, told, at),
        state=TellingState.DELIVERED if taken else TellingState.FAILED,
        attempts=len(told.tries),
        next_at=ended,
        give_up_at=at + timedelta(days=1),
        last_status=told.tries[-1][0],
        last_error=told.tries[-1][1] or None,
        created_at=at,
        settled_at=ended,
    )
    db.session.add(delivery)
    db.session.flush()
    for number, (status, error, answer, milliseconds) in enumerate(told.tries):
        db.session.add(
            WebhookAttempt(
                webhook_id=webhook_id,
                delivery_id=delivery.id,
                at=_moment(at, number),
                taken=not error,
                status=status,
                error=error or None,
                milliseconds=milliseconds,
                answer=answer,
            )
        )
    tidying.note(at)


def _payload(
    administrator: Actor, event_id: UUID, customer_id: UUID, told: _Told, at: datetime
) -> dict[str, Any]:
    return {
        "version": kinds.VERSION,
        "id": str(event_id),
        "event": told.event,
        "at": at.isoformat(timespec="milliseconds"),
        "company": current.slug(),
        "by": str(administrator.id),
        "record": {"type": "customer", "id": str(customer_id)},
        "about": str(customer_id),
        "changed": ["name", "phones", "tags"] if told.event == "customer.created" else ["owner_id"],
    }


def _moment(begun: datetime, tries: int) -> datetime:
    """When so many tries had gone before: the pauses grow."""
    return begun + timedelta(minutes=4**tries if tries else 0)
