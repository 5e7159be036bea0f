"""Companies that write to their contacts: around the clock, by mail and by text messages that are approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import psycopg
from flask import Flask
from sqlalchemy import select

from app.consents.calm import WEEK, Calm
from app.consents.models import CalmPolicy
from app.consents.states import Purpose, Way
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import sms_text
from app.outreach import planning
from app.outreach.occasions import Choice, Occasion, Origin
from app.sms import secrets
from app.sms.models import SmsAccount, SmsFiling
from app.sms.states import FilingState
from bench import data
from bench.sending import vendor
from tenants.context import tenant_scope

_ANY_TIME = Calm(needs_consent=False, begins="00:00", ends="23:59", weekdays=WEEK)
_CONTACTS = """
INSERT INTO contacts (tenant_id, id, version, name, phones, email, name_key, search_text, created_at, updated_at,
    birthday_calendar, birthday_month, birthday_day, birthday_leap, next_birthday, is_primary, custom)
SELECT %(tenant)s, uuidv7(), 1, '客户' || i,
    jsonb_build_array(jsonb_build_object('number', '+86139' || lpad(i::text, 8, '0'), 'label', '手机')),
    'c' || i || '@example.com', '客户' || i, '客户' || i, now(), now(),
    CASE WHEN %(born)s::date IS NULL THEN NULL ELSE 'solar' END, extract(month FROM %(born)s::date),
    extract(day FROM %(born)s::date), false, %(born)s::date, false, '{}'
FROM generate_series(1, %(count)s) AS i
"""


@dataclass(frozen=True, slots=True)
class Sender:
    """A company, and what it writes in each way."""

    tenant_id: int
    templates: dict[Way, UUID]


def company(app: Flask, login: str) -> Sender:
    """A new company whose messages may go out at any time."""
    with app.app_context():
        tenant_id = data.found(login)
        with tenant_scope(tenant_id), unit_of_work():
            rules = {purpose.value: _ANY_TIME.told() for purpose in Purpose}
            db.session.add(CalmPolicy(rules=rules))
            written = {way: _template(tenant_id, way) for way in (Way.MAIL, Way.SMS)}
            db.session.add_all(written.values())
            db.session.flush()
            _approve(written[Way.SMS])
            return Sender(tenant_id, {way: template.id for way, template in written.items()})


def people(connection: psycopg.Connection, sender: Sender, count: int, *, born: date | None = None) -> None:
    """So many contacts with mailbox and mobile; all have their birthday on that day."""
    connection.execute(_CONTACTS, {"tenant": sender.tenant_id, "count": count, "born": born})


def contacts(app: Flask, sender: Sender) -> Sequence[UUID]:
    """The company's contacts."""
    with app.app_context(), tenant_scope(sender.tenant_id), unit_of_work():
        return db.session.scalars(select(Contact.id).order_by(Contact.id)).all()


def write(app: Flask, sender: Sender, to: Sequence[tuple[UUID, Way]]) -> None:
    """Plan a message for each of these, at once; planning it again changes nothing."""
    at = clock.now()
    occasions = [
        Occasion(
            key=f"bench:{way}:{contact_id}",
            purpose=Purpose.CARE,
            contact_id=contact_id,
            choices=[Choice(way, sender.templates[way])],
            due_at=at,
            expires_at=at + timedelta(days=1),
            origin=Origin(type="by-hand", id=UUID(int=0), label="bench"),
        )
        for contact_id, way in to
    ]
    with app.app_context(), tenant_scope(sender.tenant_id), unit_of_work():
        planning.plan(occasions)


def _template(tenant_id: int, way: Way) -> MessageTemplate:
    at = clock.now()
    return MessageTemplate(
        tenant_id=tenant_id, name=f"生日祝福 {way}", way=way, locale="zh-CN", purpose="care",
        subject="生日快乐" if way is Way.MAIL else None, body="{{contact.name}}，祝您生日快乐！",
        variables=["contact.name"], state="active", created_at=at, updated_at=at,
    )  # fmt: skip


def _approve(template: MessageTemplate) -> None:
    at, account_id = clock.now(), new_id()
    db.session.add(
        SmsAccount(
            id=account_id, vendor="tencent", name="bench", place=1, state="on", app_id="1", key_id=vendor.KEY_ID,
            secret=secrets.sealed(account_id, vendor.SECRET), signature="澄川", created_at=at, updated_at=at,
        )
    )  # fmt: skip
    db.session.flush()
    db.session.add(
        SmsFiling(
            account_id=account_id, template_id=template.id, text=sms_text(template), code="1",
            variables=["contact.name"], state=FilingState.APPROVED, submitted_at=at, checked_at=at,
        )
    )  # fmt: skip
