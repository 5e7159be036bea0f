"""What the people of a demonstration said to each other about their work, and a file they put beside it."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.activities.models import Activity
from app.comments import services as comments
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.demo.names import Namer
from app.files import arrivals
from app.files import services as files
from app.records import queries as records

_WORDS = (
    "先把交期写进方案，价格放到第二轮再谈",
    "记得约设备主管一起看现场，他说了算",
    "竞争对手的报价想办法拿到，再定折扣",
)
_ASKED = "{mention} 这个客户要三年质保，能不能答应？"
_ANSWERED = "可以，按年付维保费，条款找法务要。"
_LIST = "序号,设备,数量,备注\n1,数控车床,4,二期车间\n2,空压机,2,备用一台\n3,除尘系统,1,随主机安装\n"
_MOST = 6


def talk(namer: Namer, administrator: Actor, sellers: list[Actor]) -> None:
    """A word from above on a few follow-ups; questions, answers and a list of needs beside them."""
    people = {actor.id: actor for actor in sellers}
    newest = (
        select(Activity.id, Activity.author_id, Activity.customer_id, Activity.happened_at)
        .where(
            Activity.author_id.in_(people),
            Activity.author_id == Activity.owner_id,
            Activity.deleted_at.is_(None),
            Activity.customer_id.is_not(None),
        )
        .order_by(Activity.happened_at.desc(), Activity.id)
        .limit(_MOST)
    )
    found = db.session.execute(newest).all()
    db.session.rollback()
    for number, (activity_id, author_id, customer_id, happened_at) in enumerate(found):
        assert customer_id is not None  # noqa: S101  (asked for above; narrows the type)
        with clock.pretending(min(happened_at + timedelta(minutes=40), clock.now())):
            seller = people[author_id]
            if number % 2 == 0:
                with unit_of_work():
                    followed = records.get(administrator, "activity", activity_id)
                    comments.annotate(administrator, followed, namer.random.choice(_WORDS))
            else:
                _ask(administrator, seller, customer_id)
            if number < 2:
                _bring(seller, customer_id)


def _ask(administrator: Actor, seller: Actor, customer_id: UUID) -> None:
    with unit_of_work():
        asked = _ASKED.format(mention=f"@{{{administrator.id}}}")
        comments.create(seller, records.get(seller, "customer", customer_id), asked)
        comments.create(administrator, records.get(administrator, "customer", customer_id), _ANSWERED)


def _bring(seller: Actor, customer_id: UUID) -> None:
    stream = BytesIO(("\ufeff" + _LIST).encode())
    with unit_of_work():
        record = records.get(seller, "customer", customer_id)
    arrival = arrivals.keep(seller, record, arrivals.look(stream, "需求清单.csv"), stream)
    with unit_of_work():
        files.attach(seller, records.get(seller, "customer", customer_id), arrival)
