"""What people of the first demo company ask to spend before they do; claims draw on what was granted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.approvals.services import flows
from app.approvals.states import Decision, Openness
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.demo.spending import say
from app.expense_kinds.models import ExpenseKind
from app.expense_requests import progress, queries, services
from app.expense_requests.drafts import RequestDraft, RequestLineDraft
from app.expense_requests.trail import SUBJECT

Item = tuple[str, int, str]
"""What kind, how much in yuan, and what for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody asked for, some days ago, for days from then on, and what became of it."""

    by: str
    days: int
    title: str
    city: str
    items: Sequence[Item]
    fate: str = "granted"
    ahead: int = 5
    lasts: int = 2
    why: str = ""


_PLANS = (
    Plan("叶舟", 34, "成都工厂年度回访", "成都", (("交通", 1400, "往返机票"), ("住宿", 900, "两晚"), ("餐饮招待", 600, "设备部"))),
    Plan("许曼", 18, "华南客户答谢", "广州", (("餐饮招待", 1800, "六家客户，一桌"), ("礼品", 1200, "每家一份茶叶")), why="去年这六家复购最多，年底前当面谢一次"),
    Plan("叶舟", 9, "西安项目启动会", "西安", (("交通", 1200, "往返机票"), ("住宿", 800, "两晚"), ("差旅补贴", 300, "三天"))),
    Plan("陈屿", 7, "绍兴样机试用跟进", "绍兴", (("交通", 200, "自驾"), ("住宿", 460, "一晚")), "rejected"),
    Plan("顾辰", 2, "广州工业展参展", "广州", (("其他", 5200, "展位与搭建"), ("交通", 860, "两人往返"), ("住宿", 1680, "两人三晚"), ("快递物流", 420, "样机运输")), "submitted", ahead=24, lasts=4, why="上届带回 31 条线索，签了 3 家"),
    Plan("林知夏", 1, "老客户新年拜访", "宁波", (("礼品", 960, "八份"), ("交通", 320, "高铁与打车")), "draft", ahead=20),
)  # fmt: skip


def ask(administrator: Actor, sellers: list[Actor]) -> dict[str, UUID]:
    """Have them ask, and their superiors decide; gives what was granted, by what it is for."""
    with clock.pretending(clock.now() - timedelta(days=60)):
        _draw(administrator)
    actors = {one.name: one for one in (administrator, *sellers)}
    granted = {}
    for number, plan in enumerate(_PLANS):
        with clock.pretending(clock.now() - timedelta(days=plan.days)):
            request_id = _request(actors[plan.by], plan, number)
            _go_on(actors, plan, request_id)
        if plan.fate == "granted":
            granted[plan.title] = request_id
    return granted


def _draw(administrator: Actor) -> None:
    with unit_of_work():
        superior = [{"by": "manager", "level": 1}]
        dear = {"field": "amount", "op": "gte", "value": 500_000}
        top = {
            "id": "top",
            "type": "approve",
            "name": "总经理审批",
            "who": [{"by": "people", "ids": [str(administrator.id)]}],
        }
        arms = [
            {"id": "dear", "name": "5,000 元起", "when": dear, "nodes": [top]},
            {"id": "else", "name": "5,000 元以下", "nodes": []},
        ]
        nodes = [
            {"id": "near", "type": "approve", "name": "上级审批", "who": superior},
            {"id": "sum", "type": "branch", "name": "金额", "arms": arms},
        ]
        flow = flows.create(
            administrator,
            kind=SUBJECT,
            name="费用申请审批",
            description="先申请，后花钱；5,000 元起由总经理再看一遍",
            openness=Openness.CLOSED,
        )
        flows.draw(administrator, flow, {"nodes": nodes})
        flows.publish(administrator, flow)


def _request(by: Actor, plan: Plan, number: int) -> UUID:
    first = clock.now().astimezone(by.zone).date() + timedelta(days=plan.ahead)
    with unit_of_work():
        kinds = dict(db.session.execute(select(ExpenseKind.name, ExpenseKind.id)).tuples().all())
        mine = select(Customer.id).where(Customer.owner_id == by.id, Customer.deleted_at.is_(None))
        customer_id = db.session.scalars(mine.order_by(Customer.id).offset(number).limit(1)).first()
        draft = RequestDraft(
            title=plan.title,
            city=plan.city,
            remark=plan.why,
            starts_on=first,
            ends_on=first + timedelta(days=plan.lasts),
            # A fair or a round of thanks is for many.
            customer_id=None if plan.why else customer_id,
            lines=[
                RequestLineDraft(kind_id=kinds[kind], amount=yuan * 100, description=said)
                for kind, yuan, said in plan.items
            ],
        )
        return services.create(by, draft)


def _go_on(actors: dict[str, Actor], plan: Plan, request_id: UUID) -> None:
    by = actors[plan.by]
    if plan.fate == "draft":
        return
    with unit_of_work():
        progress.submit(by, queries.get(by, request_id, to_change=True))
    if plan.fate == "rejected":
        say(actors, SUBJECT, request_id, Decision.REJECT, "先在电话里问清进度，不用专程去")
    elif plan.fate == "granted":
        while say(actors, SUBJECT, request_id, Decision.APPROVE):
            pass
