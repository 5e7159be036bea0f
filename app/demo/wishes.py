"""What contacts of the first demo company want to hear, and whom nothing is sent to."""

from datetime import timedelta

from sqlalchemy import select

from app.access.actor import Actor
from app.consents import ledger, suppressing
from app.consents.ledger import Noting
from app.consents.states import About, Purpose, Source, Way
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work

_EVERYTHING, _BY_PHONE = tuple(Purpose), (Way.SMS, Way.MAIL)
_SAID = (
    (True, _EVERYTHING, _BY_PHONE, Source.WRITTEN, "杭州物流展现场登记表"),
    (True, (Purpose.MARKETING,), (Way.SMS,), Source.SPOKEN, "回访电话中同意"),
    (True, _EVERYTHING, (Way.MAIL,), Source.FORM, "官网资料下载时勾选"),
    (False, (Purpose.MARKETING,), _BY_PHONE, Source.SPOKEN, "来电说不要再发活动通知"),
    (True, (Purpose.CARE, Purpose.SERVICE), (Way.SMS,), Source.WRITTEN, "售后服务协议第 7 条"),
)
_GONE = (("13700000000", "空号"), ("13500000001", "机主来电，已换人"))
EACH = 24
"""So many contacts have said something."""


def say_what_they_want(administrator: Actor) -> None:
    """Entries of the ledger in the last months, one who wants to hear nothing, and two suppressed numbers."""
    with unit_of_work():
        ids = db.session.scalars(
            select(Contact.id).where(Contact.deleted_at.is_(None)).order_by(Contact.id).limit(EACH)
        ).all()
    for turn, contact_id in enumerate(ids):
        holds, purposes, ways, source, evidence = _SAID[turn % len(_SAID)]
        _note(
            administrator,
            contact_id,
            Noting(
                about=About.CONSENT,
                holds=holds,
                source=source,
                evidence=evidence,
                said_at=clock.now() - timedelta(days=7 * turn, hours=3),
                purposes=purposes,
                ways=ways,
            ),
        )
    closed = Noting(
        about=About.DO_NOT_CONTACT, holds=True, source=Source.SPOKEN, evidence="要求不要再联系", said_at=None
    )
    _note(administrator, ids[-1], closed)
    with unit_of_work():
        for number, note in _GONE:
            suppressing.add(administrator, Way.SMS, [number], note=note)


def _note(administrator: Actor, contact_id: object, noting: Noting) -> None:
    with unit_of_work():
        contact = db.session.scalars(select(Contact).where(Contact.id == contact_id)).one()
        ledger.note(administrator, contact, noting)
