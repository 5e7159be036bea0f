"""What the first demo company wrote to many: a notice that is over, with what came of it, and an offer being drafted."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.access.actor import Actor
from app.campaigns import queries as campaigns
from app.campaigns import services, sweeping
from app.consents.states import Way
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.events.messages import Settled
from app.message_templates import services as templates
from app.message_templates.models import MessageTemplate
from app.messaging.models import Delivery, DeliveryState
from app.outreach import progress, releasing, ways
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.states import MessageState

NOTICE, OFFER = "国庆值班安排通知", "秋季保养优惠"
DAYS_AGO = 9
_SMS = "{{contact.salutation}}您好，国庆期间{{company.name}}照常值班，设备有任何问题请随时致电{{owner.name|客服}}。"
_DEAL = (
    "{{contact.salutation}}您好，十一月底前预约设备保养，工时费八折、耗材免运费，详询{{owner.name|客服}}。"
)
_WON = {"field": "stage", "op": "eq", "value": "deal"}
_LOST, _EVERY_LOST = "undelivered", 11
"""Of so many messages one does not arrive, and what the vendor says of it then."""


def have_templates(administrator: Actor) -> None:
    """Have the words in use that the company writes to many in."""
    both = (
        {"name": NOTICE, "way": "sms", "purpose": "service", "subject": None, "body": _SMS},
        {"name": OFFER, "way": "sms", "purpose": "marketing", "subject": None, "body": _DEAL},
    )
    for wanted in both:
        with unit_of_work():
            made = templates.create(administrator, {"locale": "zh-CN", "links": False, **wanted})
            templates.change(administrator, made, {"state": "active"})


def write_to_many(administrator: Actor) -> None:
    """A notice that went out lately, and a draft."""
    with unit_of_work():
        ids = {one.name: one.id for one in db.session.scalars(select(MessageTemplate))}
    began = (clock.now() - timedelta(days=DAYS_AGO)).astimezone(administrator.zone).replace(hour=10, minute=5)
    _send(administrator, ids[NOTICE], began)
    with unit_of_work():
        words = [{"way": "sms", "template_id": ids[OFFER]}]
        wanted = {"name": OFFER, "purpose": "marketing", "audience": {"customers": _WON}, "choices": words}
        services.create(administrator, {"lasts_hours": 72, **wanted})


def _send(administrator: Actor, template_id: UUID, began: datetime) -> None:
    with clock.pretending(began):
        with unit_of_work():
            choices = [{"way": "sms", "template_id": template_id}]
            wanted = {
                "name": NOTICE,
                "purpose": "service",
                "audience": {"customers": _WON},
                "choices": choices,
            }
            made = services.create(administrator, {"lasts_hours": 72, **wanted})
        with unit_of_work():
            services.start(administrator, campaigns.get(administrator, made, to_change=True), confirmed=None)
        sweeping.visit()
        releasing.release_due()
    with clock.pretending(began + timedelta(minutes=4)):
        with unit_of_work():
            _hear(made)
        sweeping.visit()


def _hear(campaign_id: UUID) -> None:
    """What the vendor told of the messages of a campaign."""
    mine = select(OutreachMessage.id).where(OutreachMessage.origin_id == campaign_id)
    asked = select(OutreachTry).where(OutreachTry.message_id.in_(mine), OutreachTry.delivery_id.is_not(None))
    taken = [one.delivery_id for one in db.session.scalars(asked.order_by(OutreachTry.id)) if one.delivery_id]
    lost = {one for place, one in enumerate(taken, 1) if place % _EVERY_LOST == 0}
    told = [(one, one in lost) for one in taken]
    progress.settled(
        [
            Settled(
                delivery_id=delivery_id,
                channel=ways.channel_of(Way.SMS),
                kind=releasing.KIND,
                state=MessageState.FAILED if failed else MessageState.DELIVERED,
                error=_LOST if failed else None,
                at=clock.now(),
            )
            for delivery_id, failed in told
        ]
    )
    for state, error, those in (
        (DeliveryState.FAILED, _LOST, lost),
        (DeliveryState.DELIVERED, None, {one for one, failed in told if not failed}),
    ):
        db.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(those))
            .values(state=state, last_error=error, attempts=1, settled_at=clock.now())
            .execution_options(synchronize_session=False)
        )
