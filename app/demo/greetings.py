"""How the first demo company keeps in touch: birthdays, warranties that end, and three calls after a service."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.care import services
from app.care.models import CareRule
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.message_templates import services as templates
from app.message_templates.models import MessageTemplate
from app.service_records import services as records
from app.service_records.drafts import ServiceDraft
from tenants import calendar

BEGAN, SERVED = 17, (15, 9, 7, 2)
"""How many days ago the rules were switched on, and somebody was served since."""
_DONE = "更换滤芯和润滑油，试机 30 分钟，运行参数正常。"


def keep_in_touch(administrator: Actor) -> None:
    """Put three rules to work, and note services that begin plans."""
    with clock.pretending(clock.now() - timedelta(days=BEGAN)):
        with unit_of_work():
            ready = _ready(administrator)
        for wanted in _rules(ready):
            with unit_of_work():
                rule = db.session.get_one(CareRule, (administrator.tenant_id, _make(administrator, wanted)))
                services.switch_on(administrator, rule)
    with unit_of_work():
        won = select(Customer.id).where(Customer.stage == "deal", Customer.deleted_at.is_(None))
        served = list(db.session.scalars(won.order_by(Customer.id.desc()).limit(len(SERVED))))
    for days, customer_id in zip(SERVED, served, strict=False):
        with clock.pretending(clock.now() - timedelta(days=days)), unit_of_work():
            done = ServiceDraft(
                customer_id=customer_id,
                kind="maintenance",
                content=_DONE,
                done_on=calendar.today(administrator.zone),
            )
            records.create(administrator, done)


def _ready(administrator: Actor) -> dict[tuple[str, str], UUID]:
    """The mails and short messages that every company begins with, in use, by name and way."""
    found = db.session.scalars(select(MessageTemplate).order_by(MessageTemplate.id)).all()
    for one in found:
        templates.change(administrator, one, {"state": "active"})
    return {(one.name, one.way): one.id for one in found}


def _make(administrator: Actor, wanted: dict[str, Any]) -> UUID:
    return services.create(administrator, wanted)


def _rules(ready: dict[tuple[str, str], UUID]) -> list[dict[str, Any]]:
    def says(name: str, *ways: str) -> list[dict[str, Any]]:
        return [{"way": way, "template_id": ready[name, way]} for way in ways]

    def step(amount: int, unit: str, **facts: Any) -> dict[str, Any]:
        return {"amount": amount, "unit": unit, "at": "09:00", **facts}

    own = {"whom": "own"}
    return [
        {
            "name": "生日祝福", "purpose": "care", "trigger": {"kind": "birthday"}, "audience": own, "stops": [],
            "steps": [step(0, "day", choices=says("生日祝福", "sms", "mail"))],
        },
        {
            "name": "质保到期提醒", "purpose": "service", "audience": own, "stops": [],
            "trigger": {"kind": "date", "field": "asset.warranty_until"},
            "steps": [step(-30, "day", choices=says("质保到期提醒", "sms", "mail"))],
        },
        {
            "name": "服务后三次回访", "purpose": "service", "audience": own, "stops": ["service"],
            "trigger": {"kind": "event", "happening": "service-done"},
            "steps": [
                step(1, "week", choices=says("服务回访", "mail", "sms")),
                step(2, "week", task="给{{contact.name}}打电话，问问设备用得怎么样"),
                step(1, "month", choices=says("服务回访", "mail", "sms")),
            ],
        },
    ]  # fmt: skip
