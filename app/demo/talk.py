"""What the people of a demonstration said to each other about their work, and the papers they put beside it."""

from collections.abc import Callable, Sequence
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
from app.demo.papers import PAPERS
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
_MOST, _BRINGING = 6, 3


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
            if number % 3 == 0:
                _bring(seller, "activity", activity_id, [PAPERS[0], PAPERS[2]])
            if number < _BRINGING:
                _bring(seller, "customer", customer_id, PAPERS[1:] if number == 0 else PAPERS[1:2])


def _ask(administrator: Actor, seller: Actor, customer_id: UUID) -> None:
    with unit_of_work():
        asked = _ASKED.format(mention=f"@{{{administrator.id}}}")
        comments.create(seller, records.get(seller, "customer", customer_id), asked)
        comments.create(administrator, records.get(administrator, "customer", customer_id), _ANSWERED)


def _bring(
    seller: Actor, kind: str, record_id: UUID, papers: Sequence[tuple[str, Callable[[], bytes]]]
) -> None:
    for name, make in papers:
        stream = BytesIO(make())
        with unit_of_work():
            record = records.get(seller, kind, record_id)
        arrival = arrivals.keep(seller, record, arrivals.look(stream, name), stream)
        with unit_of_work():
            files.attach(seller, records.get(seller, kind, record_id), arrival)
