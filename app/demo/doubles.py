"""Customers that two colleagues found on their own, for somebody to bring together; and a pair that has been."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.contacts import services as contacts
from app.contacts.drafts import ContactDraft
from app.core import clock
from app.core.db import db
from app.core.phones import Phone
from app.core.uow import unit_of_work
from app.customers import services as customers
from app.customers.drafts import CustomerDraft
from app.customers.models import Customer
from app.demo import work
from app.demo.names import Namer
from app.merging import services as merging
from app.merging.services import Wanted

_PAIRS = 4


def double(namer: Namer, administrator: Actor, sellers: list[Actor]) -> None:
    """Enter some customers again, as somebody would who has not looked; the last of them is merged."""
    with unit_of_work():
        found = db.session.scalars(select(Customer).order_by(Customer.id.desc()).limit(_PAIRS)).all()
        known = [(one.id, one.name, one.owner_id, one.phones[0]["number"]) for one in found]
    pairs = [
        (customer_id, _again(namer, sellers, number, name, owner_id, phone))
        for number, (customer_id, name, owner_id, phone) in enumerate(known)
    ]
    with unit_of_work():
        rows = db.session.execute(select(Customer.id, Customer.version).where(Customer.id.in_(pairs[-1])))
        versions = {row.id: row.version for row in rows}
        merging.merge(administrator, Wanted(type="customer", master_id=pairs[-1][0], versions=versions))


def _again(
    namer: Namer, sellers: list[Actor], number: int, name: str, owner_id: UUID | None, phone: str
) -> UUID:
    """A customer that somebody else knows, entered by a colleague some days ago; it is followed up, too."""
    other = namer.random.choice([seller for seller in sellers if seller.id != owner_id])
    with clock.pretending(clock.now() - timedelta(days=2 + number, minutes=namer.random.randrange(400))):
        with unit_of_work():
            customer_id = customers.create(other, _draft(name, phone, number))
            person = ContactDraft(
                name=namer.person(),
                customer_id=customer_id,
                title=namer.title(),
                role="purchaser",
                phones=(Phone(namer.mobile(), "手机"),),
                is_primary=True,
            )
            contacts.create(other, person)
        with unit_of_work():
            work.follow_up(namer, other, customer_id)
    return customer_id


def _draft(name: str, phone: str, number: int) -> CustomerDraft:
    """The same company as somebody else writes it: by its full name, or in short with the same number."""
    short = name.replace("有限公司", "").replace("股份", "").replace("（集团）", "")
    return CustomerDraft(
        name=name if number % 2 == 0 else short,
        source="展会",
        phones=(Phone(phone, "前台"),) if number % 2 else (),
        tags=("需回访",),
        remark="展会上收到名片，对备件感兴趣",
    )
