"""Who wanted whose customer in the first demo company, and what those said who decide it: approvals in every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User
from app.approvals import queries
from app.approvals.services import deciding, steering, submitting
from app.approvals.services.deciding import Word
from app.approvals.services.steering import When
from app.approvals.states import Decision
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers import queries as customers
from app.customers.models import Customer
from app.handovers import services as handovers

BOSS, EAST, SOUTH, SALES = "秦明远", "周思远", "许曼", "程序言"
SERVICE = "沈一诺"
_GOOD, _PLAIN = ("platinum", "gold"), ("normal", "poor")

Play = Callable[["Stage", UUID], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """The people of the company by name, and who of them can act."""

    ids: dict[str, UUID]
    actors: dict[UUID, Actor]

    def actor(self, name: str) -> Actor:
        """Somebody who acts."""
        return self.actors[self.ids[name]]


def _says(name: str, decision: Decision, comment: str | None = None, *, after: float) -> Play:
    def play(stage: Stage, approval_id: UUID) -> None:
        actor = stage.actor(name)
        with clock.pretending(clock.now() + timedelta(hours=after)), unit_of_work():
            seat = queries.open_seat_of(actor, approval_id)
            if seat is None:
                raise LookupError(f"{name} is asked in the story")
            running, own = queries.own_seat(actor, seat.id)
            deciding.decide(actor, running, own, Word(decision=decision, comment=comment))

    return play


def _agrees(name: str, comment: str | None = None, *, after: float = 3) -> Play:
    return _says(name, Decision.APPROVE, comment, after=after)


def _adds(name: str, whom: str, comment: str, *, after: float) -> Play:
    def play(stage: Stage, approval_id: UUID) -> None:
        actor = stage.actor(name)
        with clock.pretending(clock.now() + timedelta(hours=after)), unit_of_work():
            seat = queries.open_seat_of(actor, approval_id)
            if seat is None:
                raise LookupError(f"{name} is asked in the story")
            running, own = queries.own_seat(actor, seat.id)
            steering.add(actor, running, own, [stage.ids[whom]], when=When.BEFORE, comment=comment)

    return play


def _steers(name: str, deed: Callable[..., Any], *, after: float, **more: Any) -> Play:
    def play(stage: Stage, approval_id: UUID) -> None:
        actor = stage.actor(name)
        with clock.pretending(clock.now() + timedelta(hours=after)), unit_of_work():
            deed(actor, queries.running(actor, approval_id), **more)

    return play


def _copies(name: str, *whom: str, after: float) -> Play:
    def play(stage: Stage, approval_id: UUID) -> None:
        wanted = [stage.ids[one] for one in whom]
        _steers(name, steering.copy, after=after, user_ids=wanted)(stage, approval_id)

    return play


@dataclass(frozen=True, slots=True)
class Wish:
    """A customer of somebody's that is to be somebody else's, asked days ago; what was said hours later."""

    by: str
    to: str
    days: int
    at: str
    tiers: tuple[str, ...]
    reason: str
    said: tuple[Play, ...] = ()


_WISHES = (
    Wish("陈屿", "林知夏", 46, "10:20", _PLAIN, "我下月起专做渠道客户，这家一直是林知夏在帮忙对接。", (_agrees(EAST, "同意，交接时把样品记录一并给她"),)),
    Wish("林知夏", "顾辰", 31, "09:35", _GOOD, "客户总部搬到了深圳，采购也在那边，由华南同事负责拜访更方便。", (_agrees(EAST, "已和许曼沟通过", after=5), _agrees(BOSS, after=21))),
    Wish("顾辰", "叶舟", 24, "14:05", _PLAIN, "客户在成都新建了工厂。", (_says(SOUTH, Decision.REJECT, "总部和采购还在广州，工厂投产后再议", after=20),)),
    Wish("许曼", "顾辰", 18, "11:10", _GOOD, "我转做团队管理，日常拜访交给顾辰。", (_agrees(SALES, "支持", after=2),)),
    Wish("林知夏", "陈屿", 12, "15:40", _PLAIN, "客户希望换一位对接人。", (_steers("林知夏", submitting.withdraw, after=1, comment="客户改主意了，还由我跟"),)),
    Wish("陈屿", "叶舟", 6, "10:55", _GOOD, "客户的项目在西安。", (_says(EAST, Decision.SEND_BACK, "写清楚项目进展和合同情况，再看由谁跟合适", after=4),)),
    Wish(SALES, EAST, 5, "13:30", _GOOD, "我不再直接带客户，这家在宁波，交给华东继续维护。"),
    Wish("陈屿", "林知夏", 4, "09:50", _PLAIN, "这家客户要做备件年框，林知夏做过同类项目，由她跟进把握更大。"),
    Wish("顾辰", "陈屿", 3, "10:15", _GOOD, "集团采购统一到杭州，年度招标也由杭州公司主持，华东同事跟进更顺。", (_agrees(SOUTH, "情况属实，建议支持", after=3), _copies(SOUTH, SERVICE, after=3.1))),
    Wish("林知夏", "顾辰", 2, "11:25", _GOOD, "客户的新产线都在东莞，技术负责人也常驻那边。我继续支持到本季度的订单交付完，交接期一个月。", (_agrees(EAST, after=2), _copies("林知夏", SERVICE, after=2.5))),
    Wish("林知夏", "陈屿", 1, "09:20", _PLAIN, "我手上的重点项目进入投标阶段，这家小客户交给陈屿，响应能更快。"),
    Wish("许曼", "叶舟", 1, "10:40", _GOOD, "客户重庆工厂的设备更新由当地团队决定，建议由西部接手。", (_agrees(SALES, "同意，西部正缺重点客户", after=1.5), _copies("许曼", BOSS, after=1.6))),
    Wish("陈屿", "林知夏", 1, "11:30", _GOOD, "客户点名希望由林知夏负责年度维保方案。", (_adds(EAST, SALES, "涉及跨项目提成，请程总先看", after=2),)),
    Wish("陈屿", "顾辰", 1, "14:10", _PLAIN, "客户搬到了中山，我每次拜访都要过夜。"),
)  # fmt: skip


def decide(administrator: Actor, sellers: list[Actor]) -> None:
    """Have colleagues ask and decide by the flow in force, up to yesterday."""
    people = dict(db.session.execute(select(User.name, User.id)).tuples().all())
    db.session.rollback()
    stage = Stage(people, {one.id: one for one in (administrator, *sellers)})
    taken: set[UUID] = set()
    for wish in _WISHES:
        with clock.pretending(_moment(administrator, wish)):
            approval_id = _ask(stage, wish, taken)
            for play in wish.said:
                play(stage, approval_id)


def _moment(administrator: Actor, wish: Wish) -> datetime:
    hour, minute = map(int, wish.at.split(":"))
    day = clock.now().astimezone(administrator.zone) - timedelta(days=wish.days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)


def _ask(stage: Stage, wish: Wish, taken: set[UUID]) -> UUID:
    asks = stage.actor(wish.by)
    with unit_of_work():
        customer_id = _customer_of(asks, wish, taken)
        customer = customers.get(asks, customer_id, to_change=True)
        approval = handovers.ask(asks, customer, to_id=stage.ids[wish.to], reason=wish.reason, chosen={})
        return approval.id


def _customer_of(asks: Actor, wish: Wish, taken: set[UUID]) -> UUID:
    """A customer of theirs that fits and that nobody else wants."""
    fits = (Customer.owner_id == asks.id, Customer.tier.in_(wish.tiers), Customer.deleted_at.is_(None))
    wanted = select(Customer.id).where(*fits, Customer.id.not_in(taken)).order_by(Customer.id)
    found = db.session.scalars(wanted).first()
    if found is None:
        raise LookupError(f"{wish.by} has no such customer left in the story")
    taken.add(found)
    return found
