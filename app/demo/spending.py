"""What people of the first demo company spent on the road: claims in every state, with receipts, some paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import exists, select

from app.access.actor import Actor
from app.access.models import Role, User
from app.approvals import queries as approvals
from app.approvals.services import deciding, flows
from app.approvals.services.deciding import Word
from app.approvals.states import Decision, Openness
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.demo.ceilings import DAYS, set_limits
from app.expense_kinds.models import ExpenseKind
from app.expenses import paying, progress, queries, services
from app.expenses.drafts import ClaimDraft, LineDraft, ReceiptDraft
from app.expenses.trail import SUBJECT
from app.files import arrivals, uploads
from app.files import services as files
from app.jobs import asker
from app.quotes.models import Quote
from app.quotes.states import QuoteState

Item = tuple[str, int, str, str]
"""What kind, how much in yuan, what for, and where."""


@dataclass(frozen=True, slots=True)
class Trip:
    """What somebody spent, some days ago, and what became of the claim."""

    by: str
    days: int
    title: str
    items: Sequence[Item]
    fate: str = "paid"


_WHY = {
    ("许曼", "餐饮招待"): "六家客户同席，人均不到 130 元",
    ("陈屿", "住宿"): "验收超时，延时退房加收",
    ("叶舟", "住宿"): "两晚一起开票，每晚 378 元",
}
"""Why some are above what the company lets them spend."""
_TRIPS = (
    Trip("林知夏", 40, "宁波拜访与样品送检", (("交通", 236, "高铁往返", "宁波"), ("快递物流", 68, "样品", "宁波"))),
    Trip("顾辰", 33, "东莞新产线调研", (("交通", 412, "高铁与打车", "东莞"), ("住宿", 398, "一晚", "东莞"), ("差旅补贴", 200, "两天", "东莞"))),
    Trip("叶舟", 26, "成都工厂年度回访", (("交通", 1280, "机票", "成都"), ("住宿", 836, "两晚", "成都"), ("餐饮招待", 562, "和设备部吃饭", "成都"))),
    Trip("陈屿", 19, "上海展会", (("交通", 308, "高铁往返", "上海"), ("其他", 260, "展会门票", "上海"), ("差旅补贴", 300, "三天", "上海"))),
    Trip("许曼", 12, "华南客户答谢", (("餐饮招待", 1860, "六家客户", "广州"), ("礼品", 1180, "茶叶礼盒", "广州")), "approved"),
    Trip("林知夏", 8, "杭州投标", (("办公用品", 186, "标书打印装订", "杭州"), ("交通", 94, "打车", "杭州")), "approved"),
    Trip("陈屿", 6, "绍兴设备验收", (("交通", 152, "自驾过路费", "绍兴"), ("住宿", 460, "一晚，超出两小时未退", "绍兴")), "rejected"),
    Trip("顾辰", 3, "珠海客户技术交流", (("交通", 276, "城际与打车", "珠海"), ("餐饮招待", 438, "技术部晚餐", "珠海")), "submitted"),
    Trip("叶舟", 2, "西安项目启动会", (("交通", 1120, "机票", "西安"), ("住宿", 756, "两晚", "西安"), ("差旅补贴", 300, "三天", "西安")), "submitted"),
    Trip("林知夏", 1, "苏州备件盘点", (("交通", 88, "高铁", "苏州"), ("通讯", 30, "流量包", "苏州")), "draft"),
)  # fmt: skip

_VISITED = 3


def spend(administrator: Actor, sellers: list[Actor], asked: Mapping[str, UUID]) -> None:
    """Have them claim, and those who are asked decide, up to yesterday.

    :param asked: the requests that were granted, by what they are for
    """
    people = dict(db.session.execute(select(User.name, User.id)).tuples().all())
    db.session.rollback()
    with clock.pretending(clock.now() - timedelta(days=60)):
        _draw(administrator)
    actors = {one.name: one for one in (administrator, *sellers)}
    with unit_of_work():
        actors["杜若"] = asker.present(people["杜若"])
    for number, trip in enumerate(_TRIPS):
        if number and trip.days < DAYS <= _TRIPS[number - 1].days:
            set_limits(administrator)
        with clock.pretending(clock.now() - timedelta(days=trip.days)):
            claim_id = _claim(actors[trip.by], trip, number, asked.get(trip.title))
            _go_on(actors, trip, claim_id)


def _draw(administrator: Actor) -> None:
    with unit_of_work():
        finance = db.session.scalars(select(Role.id).where(Role.code == "finance")).one()
        superior = [{"by": "manager", "level": 1}]
        office = [{"by": "role", "id": str(finance)}]
        nodes = [
            {"id": "near", "type": "approve", "name": "上级审批", "who": superior},
            {"id": "office", "type": "approve", "name": "财务审核", "who": office},
        ]
        flow = flows.create(
            administrator,
            kind=SUBJECT,
            name="报销审批",
            description="上级看该不该花，财务看票据",
            openness=Openness.CLOSED,
        )
        flows.draw(administrator, flow, {"nodes": nodes})
        flows.publish(administrator, flow)


def _claim(by: Actor, trip: Trip, number: int, request_id: UUID | None) -> UUID:
    with unit_of_work():
        kinds = {kind.name: kind for kind in db.session.scalars(select(ExpenseKind))}
        mine = select(Customer.id).where(Customer.owner_id == by.id, Customer.deleted_at.is_(None))
        # Those that bought come first, so that something is seen of what they are worth.
        bought = exists().where(Quote.customer_id == Customer.id, Quote.state == QuoteState.ACCEPTED)
        customers = db.session.scalars(mine.order_by(bought.desc(), Customer.id).limit(_VISITED)).all()
    customer_id = customers[number % len(customers)]
    day = clock.now().astimezone(by.zone).date() - timedelta(days=1)
    lines = []
    for place, (kind, yuan, said, city) in enumerate(trip.items):
        receipt = _receipt(by, f"{number:02}{place:02}", yuan) if kinds[kind].needs_receipt else None
        lines.append(
            LineDraft(
                kind_id=kinds[kind].id,
                spent_on=day,
                amount=yuan * 100,
                description=said,
                city=city,
                over_reason=_WHY.get((trip.by, kind)) if trip.days < DAYS else None,
                customer_id=customer_id if kinds[kind].needs_customer or kind == "交通" else None,
                receipts=[receipt] if receipt else [],
            )
        )
    with unit_of_work():
        return services.create(by, ClaimDraft(title=trip.title, lines=lines, request_id=request_id))


def _receipt(by: Actor, code: str, yuan: int) -> ReceiptDraft:
    """A receipt as somebody would take a picture of it."""
    picture = Image.new("RGB", (640, 400), "#FBF7EF")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 620, 380), outline="#B9846A", width=3)
    for at, text in (
        (60, "RECEIPT"),
        (130, f"No. 2644{code}7781"),
        (200, f"CNY {yuan}.00"),
        (300, "THANK YOU"),
    ):
        pen.text((60, at), text, fill="#5B3A2A", font_size=40)
    stream = BytesIO()
    picture.save(stream, "PNG")
    desk = uploads.desk(by)
    arrival = arrivals.keep(by, desk, arrivals.look(stream, f"票据 {code}.png"), stream)
    with unit_of_work():
        file_id = files.attach(by, desk, arrival).id
    return ReceiptDraft(file_id=file_id, invoice_number=f"2644{code}7781")


def _go_on(actors: dict[str, Actor], trip: Trip, claim_id: UUID) -> None:
    by = actors[trip.by]
    if trip.fate == "draft":
        return
    with unit_of_work():
        progress.submit(by, queries.get(by, claim_id, to_change=True))
    if trip.fate == "rejected":
        say(actors, SUBJECT, claim_id, Decision.REJECT, "延时退房要事先说明，这次自理")
    elif trip.fate in {"approved", "paid"}:
        while say(actors, SUBJECT, claim_id, Decision.APPROVE):
            pass
    if trip.fate == "paid":
        _pay(actors["杜若"], claim_id)


def say(
    actors: Mapping[str, Actor], kind: str, subject_id: UUID, decision: Decision, comment: str | None = None
) -> bool:
    """Have the first who is asked decide; False when nobody is."""
    with clock.pretending(clock.now() + timedelta(hours=3)), unit_of_work():
        going = approvals.going(kind, subject_id)
        for actor in actors.values() if going else ():
            seat = approvals.open_seat_of(actor, going.id) if going else None
            if seat is not None:
                running, own = approvals.own_seat(actor, seat.id)
                deciding.decide(actor, running, own, Word(decision=decision, comment=comment))
                return True
        return False


def _pay(finance: Actor, claim_id: UUID) -> None:
    moment: datetime = clock.now() + timedelta(days=2)
    with clock.pretending(moment), unit_of_work():
        claim = queries.get(finance, claim_id)
        facts: dict[str, Any] = {
            "paid_on": moment.date(),
            "reference": f"工行 {moment:%m%d}-{claim.number[-4:]}",
        }
        paying.pay(finance, {claim.id: claim.version}, **facts)
