"""What stands at customers of the first demo company, and how it has been looked after."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.assets import services as assets
from app.assets.drafts import AssetDraft
from app.core import clock
from app.core.db import db
from app.core.money import Money
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.demo.names import Namer
from app.service_records import services as records
from app.service_records.drafts import ServiceDraft

SITES = 9
SPANS = (-40, 3, 12, 26, 44, 190, 330)
"""In how many days the warranties end: some are over, some end within the month."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of machine in the story, and how often it is maintained."""

    name: str
    model: str
    months: int
    place: str
    inspected: bool = False
    """Whether it has to be inspected every year."""


_MACHINES = (
    Machine("螺杆空压机", "LG-37A", 3, "空压机房", inspected=True),
    Machine("数控加工中心", "VMC-850", 6, "机加车间 3 号位"),
    Machine("自动打包线", "DB-200", 6, "成品库东侧"),
    Machine("伺服冲压机", "CY-110T", 12, "冲压车间", inspected=True),
    Machine("冷干机", "LD-15", 12, "空压机房"),
)
_DONE = {
    "maintenance": (
        "更换油滤、空滤和油气分离芯，补加润滑油，运行参数正常。",
        "检查皮带张紧度，更换一条；清理散热器，紧固接线端子。",
        "校准压力传感器，导轨加脂，空载试运行 30 分钟无异常。",
    ),
    "repair": (
        "客户报停机：温度传感器故障，更换后恢复生产。",
        "漏油，更换骨架油封两只，观察一小时无渗漏。",
    ),
    "training": ("给操作班组讲日常点检和常见报警处理，8 人参加。",),
}


def look_after(namer: Namer, by: Actor, sellers: list[Actor]) -> None:
    """Note machines at customers that were won, and what was done on each since it came."""
    won = (
        select(Customer.id)
        .where(Customer.stage == "deal", Customer.owner_id.in_([one.id for one in sellers]))
        .where(Customer.deleted_at.is_(None))
        .order_by(Customer.id)
    )
    with unit_of_work():
        sites = list(db.session.scalars(won.limit(SITES)))
        for number, customer_id in enumerate(sites):
            for place in range(1 + number % 3):
                _install(namer, by, sellers, customer_id, number + place)


def _install(namer: Namer, by: Actor, sellers: list[Actor], customer_id: UUID, turn: int) -> None:
    machine, today = _MACHINES[turn % len(_MACHINES)], clock.now().astimezone(by.zone).date()
    ends = today + timedelta(days=SPANS[turn % len(SPANS)])
    came = ends - timedelta(days=364)
    contracted = turn % 4 == 0
    draft = AssetDraft(
        customer_id=customer_id,
        name=machine.name,
        model=machine.model,
        serial=f"{machine.model.split('-')[0]}{came:%y%m}{namer.random.randrange(1000, 9999)}",
        location=machine.place,
        bought_on=came - timedelta(days=20),
        installed_on=came,
        warranty_months=12,
        maintenance_every=machine.months,
        contract_number=f"FW-{came.year}-{100 + turn}" if contracted else None,
        contract_from=came if contracted else None,
        contract_until=ends + timedelta(days=18) if contracted else None,
        custom={"c_inspection": (ends + timedelta(days=24)).isoformat()} if machine.inspected else {},
    )
    asset_id = assets.create(by, draft)
    _tell(
        by,
        sellers[turn % len(sellers)],
        draft,
        asset_id,
        ("installation", came, "安装调试完成，客户签字验收。"),
    )
    day, step = came, timedelta(days=machine.months * 30 + namer.random.randrange(-6, 14))
    # Some are late with it.
    while (day := day + step) < today - timedelta(days=100 if turn % 7 == 0 else 0):
        what = _DONE["maintenance"]
        _tell(
            by, sellers[turn % len(sellers)], draft, asset_id, ("maintenance", day, what[day.day % len(what)])
        )
    if turn % 3 == 0:
        kind = "repair" if turn % 2 else "training"
        gone = today - timedelta(days=11 + turn)
        _tell(by, None, draft, asset_id, (kind, gone, namer.random.choice(_DONE[kind])))


def _tell(
    by: Actor, done_by: Actor | None, asset: AssetDraft, asset_id: UUID, done: tuple[str, date, str]
) -> None:
    kind, day, content = done
    records.create(
        by,
        ServiceDraft(
            customer_id=asset.customer_id,
            asset_id=asset_id,
            kind=kind,
            content=content,
            done_on=day,
            done_by_id=done_by.id if done_by else None,
            done_by_name=None if done_by else "厂家工程师 王工",
            fee=Money(68_000) if kind == "repair" else None,
        ),
    )
