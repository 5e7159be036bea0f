"""How the first demo company keeps in touch: an account for short messages on this machine, and its rules."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from app.access.actor import Actor
from app.access.queries.standing import tenant_of
from app.care import services as care
from app.care.models import CareRule
from app.consents.states import Way
from app.contacts import rolling
from app.contacts.birthdays import Birthday, Calendar
from app.contacts.models import Contact
from app.core import clock, year_days
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.demo import abroad, circulars, letters, sending
from app.embedded.sms import FIRST_CODE, ensure_account
from app.message_templates.models import MessageTemplate
from app.messaging.short_box import ShortBox
from app.service_records import services as records
from app.service_records.drafts import ServiceDraft
from app.sms import secrets
from app.sms import services as sms
from app.sms.models import SmsAccount
from app.sms.services import AccountDraft
from app.sms.states import FilingState
from app.sms.vendors.wording import marked
from tenants import calendar

SIGNATURE = "澄川设备"
SERVED = (8, 7, 3)
"""How many days ago somebody was served; a week later they are asked how it went."""
CELEBRATING = 2
FOUNDED_IN = (0, 6, 19)
"""In how many days customers celebrate that they were founded."""
_DONE = "更换滤芯和润滑油，试机 30 分钟，运行参数正常。"
Ready = dict[tuple[str, str], UUID]


def keep_in_touch(administrator: Actor) -> None:
    """Have messages go out from today on; nothing where no short messages can be caught."""
    directory = current_app.config["SETTINGS"].sms_box
    if directory is None:
        return
    circulars.have_templates(administrator)
    abroad.have_translations(administrator)
    with unit_of_work():
        ready = _open_account(administrator, ShortBox(directory))
    with unit_of_work():
        _have_birthdays()
        _have_founding_days()
    with clock.pretending(_early(administrator)):
        _have_rules(administrator, ready)
    for days, customer_id in zip(SERVED, _won(len(SERVED)), strict=False):
        with clock.pretending(clock.now() - timedelta(days=days)), unit_of_work():
            _serve(administrator, customer_id)
    circulars.write_to_many(administrator)
    with unit_of_work():
        abroad.have_somebody_there(administrator)
    letters.write_letters(administrator)
    sending.have_sent(administrator)


def _early(administrator: Actor) -> datetime:
    """This morning, so that what is due today still goes out."""
    now = clock.now()
    return min(now, now.astimezone(administrator.zone).replace(hour=7, minute=0))


def _have_rules(administrator: Actor, ready: Ready) -> None:
    for wanted in _rules(ready):
        with unit_of_work():
            made = care.create(administrator, wanted)
        with unit_of_work():
            rule = db.session.scalars(select(CareRule).where(CareRule.id == made)).one()
            care.switch_on(administrator, rule)


def _open_account(administrator: Actor, box: ShortBox) -> Ready:
    """An account at the loopback vendor, which has approved all that the company writes."""
    known = ensure_account(current_app.config["SETTINGS"].sms_box)
    account = sms.create(
        administrator,
        AccountDraft(
            vendor="tencent", name="腾讯云（本机演示）", app_id=known.app_id, key_id=known.key_id,
            secret=known.secret, signature=SIGNATURE, price=45,
        ),
    )  # fmt: skip
    token = secrets.callback_token(tenant_of(administrator).slug, administrator.tenant_id, account.id)
    box.note("callbacks", {known.app_id: f"/api/v1/sms-callbacks?token={token}"})
    found = db.session.scalars(select(MessageTemplate).order_by(MessageTemplate.id)).all()
    _approve(administrator, account, box, [one for one in found if one.way == Way.SMS])
    return {(one.name, one.way): one.id for one in found if one.twin_of_id is None}


def _approve(
    administrator: Actor, account: SmsAccount, box: ShortBox, templates: Sequence[MessageTemplate]
) -> None:
    there = {}
    for code, template in enumerate(templates, FIRST_CODE):
        filed = sms.hand_in(administrator, account, template, code=str(code))
        filed.state, filed.checked_at, filed.next_at = FilingState.APPROVED.value, clock.now(), None
        there[str(code)] = {"name": template.name, "text": marked(filed.text, "{{{}}}".format), "at": 0}
    box.note("templates", there)


def _have_birthdays() -> None:
    """Somebody has a birthday whenever the demo is looked at first."""
    today = calendar.today(calendar.zone())
    found = select(Contact).where(Contact.birthday_month.is_(None), Contact.deleted_at.is_(None))
    for contact in db.session.scalars(found.order_by(Contact.id.desc()).limit(CELEBRATING)):
        born = Birthday(calendar=Calendar.SOLAR, month=today.month, day=min(today.day, 28), year=1985)
        rolling.note_birthday(contact, born)


def _have_founding_days() -> None:
    """Some customers celebrate soon, the first of them whenever the demo is looked at first."""
    today = calendar.today(calendar.zone())
    won = select(Customer).where(Customer.stage == "deal", Customer.deleted_at.is_(None))
    found = db.session.scalars(won.order_by(Customer.id).limit(len(FOUNDED_IN)))
    for days, customer in zip(FOUNDED_IN, found, strict=False):
        customer.founding_day = year_days.of(today + timedelta(days=days))


def _won(count: int) -> list[UUID]:
    with unit_of_work():
        won = select(Customer.id).where(Customer.stage == "deal", Customer.deleted_at.is_(None))
        return list(db.session.scalars(won.order_by(Customer.id.desc()).limit(count)))


def _serve(administrator: Actor, customer_id: UUID) -> None:
    done = ServiceDraft(
        customer_id=customer_id,
        kind="maintenance",
        content=_DONE,
        done_on=calendar.today(administrator.zone),
    )
    records.create(administrator, done)


def _says(ready: Ready, name: str, *ways: str) -> list[dict[str, Any]]:
    return [{"way": way, "template_id": ready[name, way]} for way in ways]


def _step(amount: int, unit: str, **facts: Any) -> dict[str, Any]:
    return {"amount": amount, "unit": unit, "at": "09:00", **facts}


def _greetings(ready: Ready, own: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": "生日祝福", "purpose": "care", "trigger": {"kind": "birthday"}, "audience": own, "stops": [],
            "steps": [_step(0, "day", choices=_says(ready, "生日祝福", "sms", "mail"))],
        },
        {
            "name": "客户司庆祝福", "purpose": "care", "audience": own, "stops": [],
            "trigger": {"kind": "date", "field": "customer.founding_day", "yearly": True},
            "steps": [
                _step(-7, "day", task="{{customer.name}}下周司庆，准备一份贺礼"),
                _step(0, "day", choices=_says(ready, "司庆祝福", "sms", "mail")),
            ],
        },
    ]  # fmt: skip


def _rules(ready: Ready) -> list[dict[str, Any]]:
    own = {"whom": "own"}
    return [
        *_greetings(ready, own),
        {
            "name": "质保到期提醒", "purpose": "service", "audience": own, "stops": [],
            "trigger": {"kind": "date", "field": "asset.warranty_until"},
            "steps": [_step(-30, "day", choices=_says(ready, "质保到期提醒", "sms", "mail"))],
        },
        {
            "name": "到期补货提醒", "purpose": "service", "audience": own, "stops": [],
            "trigger": {"kind": "date", "field": "purchase.next_on"},
            "steps": [_step(-3, "day", task="联系{{contact.name}}，问问要不要补货")],
        },
        {
            "name": "年检提醒", "purpose": "service", "audience": own, "stops": [],
            "trigger": {"kind": "date", "field": "asset.c_inspection"},
            "steps": [_step(-30, "day", task="联系{{contact.name}}，约设备年检")],
        },
        {
            "name": "服务后三次回访", "purpose": "service", "audience": own, "stops": ["service"],
            "trigger": {"kind": "event", "happening": "service-done"},
            "steps": [
                _step(1, "week", choices=_says(ready, "服务回访", "sms", "mail")),
                _step(2, "week", task="给{{contact.name}}打电话，问问设备用得怎么样"),
                _step(1, "month", choices=_says(ready, "服务回访", "sms", "mail")),
            ],
        },
    ]  # fmt: skip
