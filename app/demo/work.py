"""What the people of a demonstration did with their customers, and what they still have to do."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.activities import services as activities
from app.activities.services import ActivityDraft, NextStep
from app.activities.states import ActivityKind
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.demo.names import Namer
from app.demo.shaping import Shape
from app.tasks import services as tasks
from app.tasks.models import Task
from app.tasks.services import TaskDraft
from app.tasks.states import Priority

_DONE = {
    ActivityKind.CALL: (
        "电话确认了用量，每月大约 30 件，对交期有要求",
        "采购说预算下个月批，先把方案发过去",
        "对方在比三家，价格之外更看重售后",
        "没接通，改天上午再打",
    ),
    ActivityKind.VISIT: (
        "去了车间，现有设备 2019 年上的，维修多，有更换意向",
        "和生产经理、设备主管一起看了现场，尺寸已量",
        "送样品，试用两周后给反馈",
    ),
    ActivityKind.MEETING: (
        "技术交流会，对方 5 人参加，主要问题在接口和防护等级",
        "方案评审通过，等总经理签字",
    ),
    ActivityKind.MAIL: ("发了报价和样本，抄送财务", "补发了检测报告和资质文件"),
    ActivityKind.NOTE: ("展会上认识，名片已存", "竞争对手上周也去拜访过，价格低 5%"),
}
_NEXT = (
    "再次电话跟进",
    "发送正式报价",
    "约技术交流",
    "上门拜访",
    "确认试用反馈",
    "催合同盖章",
    "回访使用情况",
)
_TODAY = (("回电：运费怎么算", -20), ("给周会准备三个案例", 4))
"""What is late and what is due soon, in hours from now."""
_OWN = ("整理本周拜访计划", "更新季度客户清单", "准备周会材料", "核对客户开票资料")


def follow_up(namer: Namer, seller: Actor, customer_id: UUID) -> None:
    """One thing done with a customer, often with a next step."""
    pick = namer.random
    kind = pick.choices(list(_DONE), (45, 22, 8, 15, 10))[0]
    contact_id = db.session.scalars(
        select(Contact.id).where(Contact.customer_id == customer_id, Contact.deleted_at.is_(None)).limit(1)
    ).first()
    next_step = None
    if pick.random() < 0.6:
        due = (clock.now() + timedelta(days=pick.randint(1, 12))).replace(
            hour=pick.choice((1, 2, 6, 8)), minute=pick.choice((0, 30)), second=0, microsecond=0
        )
        next_step = NextStep(title=pick.choice(_NEXT), due_at=due)
    activities.create(
        seller,
        ActivityDraft(
            kind=kind,
            content=pick.choice(_DONE[kind]),
            customer_id=customer_id,
            contact_id=contact_id if kind is not ActivityKind.NOTE else None,
            next_step=next_step,
        ),
    )


def _hour(now: datetime, hours: int) -> datetime:
    return (now + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)


def look_ahead(namer: Namer, administrator: Actor, sellers: list[Actor], own: Shape) -> None:
    """Most of what was due is done; everyone has something of their own, some have it from above."""
    people = {actor.id: actor for actor in (administrator, *sellers)}
    _work_off(namer, people, own)
    _plan(namer, administrator, sellers, own)


def _work_off(namer: Namer, people: Mapping[UUID, Actor], own: Shape) -> None:
    pick, now = namer.random, clock.now()
    with unit_of_work():
        late = db.session.scalars(select(Task).where(Task.due_at < now).order_by(Task.due_at, Task.id)).all()
        for task in late:
            if pick.random() < 0.85:
                tasks.complete(people[task.owner_id], task)
        for task in db.session.scalars(select(Task).where(Task.done_at.is_(None)).order_by(Task.id)).all():
            if planned := own.planned(task.title):
                tasks.update(people[task.owner_id], task, {"custom": planned})


def _plan(namer: Namer, administrator: Actor, sellers: list[Actor], own: Shape) -> None:
    pick, now = namer.random, clock.now()
    with unit_of_work():
        for seller in (*sellers, administrator):
            due = (now + timedelta(hours=pick.randint(2, 60))).replace(minute=0, second=0, microsecond=0)
            title = pick.choice(_OWN)
            tasks.create(seller, TaskDraft(title=title, due_at=due, custom=own.planned(title)))
        for seller in sellers[:3]:
            tasks.create(
                seller,
                TaskDraft(
                    title="填写本周工作小结",
                    due_at=(now + timedelta(days=4 - now.weekday() % 5)).replace(
                        hour=9, minute=0, second=0, microsecond=0
                    ),
                    reminders=[{"amount": 1, "unit": "hours"}],
                    repeat={"every": "week", "weekdays": ["fr"]},
                    custom=own.planned("填写本周工作小结"),
                ),
            )
        for seller in (*sellers[:2], administrator):
            for title, hours in _TODAY:
                due = _hour(now, hours)
                tasks.create(seller, TaskDraft(title=title, due_at=due, custom=own.planned(title)))
        for seller in pick.sample(sellers, min(2, len(sellers))):
            due = (now + timedelta(days=pick.randint(1, 4))).replace(
                hour=9, minute=0, second=0, microsecond=0
            )
            tasks.create(
                administrator,
                TaskDraft(
                    title="提交重点客户的下月预测", due_at=due, priority=Priority.HIGH, owner_id=seller.id
                ),
            )
