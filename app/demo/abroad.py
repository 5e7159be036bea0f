"""Whom the first demo company writes to in English, and what it says to them."""

from sqlalchemy import select

from app.access.actor import Actor
from app.contacts import services as contacts
from app.contacts.birthdays import Birthday, Calendar
from app.contacts.drafts import ContactDraft
from app.core.db import db
from app.core.phones import Phone
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.message_templates import services as templates
from app.message_templates.founded import templates as founded
from app.message_templates.models import MessageTemplate
from tenants import calendar

GREETING, _IN_ENGLISH = "生日祝福", "Birthday"
NAME = "Emily Carter"


def have_translations(administrator: Actor) -> None:
    """Have the birthday greetings in use in English, too."""
    words = {one["way"]: one for one in founded("en") if one["name"] == _IN_ENGLISH}
    found = select(MessageTemplate).where(MessageTemplate.name == GREETING).order_by(MessageTemplate.id)
    with unit_of_work():
        for template in db.session.scalars(found).all():
            made = templates.translate(administrator, template, "en")
            said = {name: words[template.way][name] for name in ("subject", "body")}
            templates.change(administrator, made, {**said, "state": "active"})


def have_somebody_there(administrator: Actor) -> None:
    """Somebody who reads English, and has a birthday whenever the demo is looked at first."""
    today = calendar.today(calendar.zone())
    won = select(Customer.id).where(Customer.stage == "deal", Customer.deleted_at.is_(None))
    customer_id = db.session.scalars(won.order_by(Customer.id).limit(1)).one()
    draft = ContactDraft(
        name=NAME, customer_id=customer_id, gender="female", language="en", title="采购经理",
        phones=(Phone("13800990017"),), email="emily.carter@customers.example",
        birthday=Birthday(calendar=Calendar.SOLAR, month=today.month, day=min(today.day, 28), year=1988),
    )  # fmt: skip
    contacts.create(administrator, draft)
