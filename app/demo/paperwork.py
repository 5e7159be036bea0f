"""What colleagues of the first demo company ask for with forms: leave and purchases, decided and waiting."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User
from app.approvals import queries as approvals
from app.approvals.services import deciding
from app.approvals.services.deciding import Word
from app.approvals.states import Decision
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.forms import queries
from app.forms.services import designing, entries

LEAVE, GOODS = "请假", "采购申请"
EAST, SALES = "周思远", "程序言"


def _field(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": f"f_{key}", "kind": kind, "label": label, "required": True, **more}


def _choices(**words: str) -> dict[str, Any]:
    return {"options": [{"value": value, "label": label} for value, label in words.items()]}


_TYPES = _choices(annual="年假", personal="事假", sick="病假", marriage="婚假")
_WHEN_SICK = {"and": [{"field": "f_type", "op": "in", "value": ["sick"]}]}
_TOTAL = {"expression": "{c_price} * {c_count}", "result": "number", "decimals": 2, "unit": "元"}
_LEAVE = (
    _field("type", "choice", "请假类型", settings=_TYPES),
    _field("span", "date_range", "请假时间"),
    _field("reason", "long_text", "事由"),
    _field("proof", "text", "就诊医院", visible=_WHEN_SICK),
    _field("standin", "user", "工作交接给", required=False),
)
_GOODS = (
    _field("purpose", "text", "用途"),
    _field(
        "goods",
        "table",
        "采购明细",
        columns=[
            {"key": "c_what", "kind": "text", "label": "物品", "required": True},
            {"key": "c_price", "kind": "money", "label": "单价", "required": True},
            {"key": "c_count", "kind": "number", "label": "数量", "required": True},
            {"key": "c_total", "kind": "formula", "label": "金额", "summed": True, "settings": _TOTAL},
        ],
    ),
    _field("needed", "date", "希望到货", required=False),
)


@dataclass(frozen=True, slots=True)
class _Request:
    """Something asked for days ago, and what was said to it."""

    form: str
    by: str
    days: int
    values: dict[str, Any]
    said: tuple[str, Decision, str] | None = None


def _goods(*rows: tuple[str, int, int]) -> list[dict[str, Any]]:
    return [{"c_what": what, "c_price": {"amount": price * 100}, "c_count": n} for what, price, n in rows]


def _off(kind: str, start: int, length: int, reason: str, **more: Any) -> dict[str, Any]:
    return {"f_type": kind, "f_span": (start, length), "f_reason": reason, **more}


_REQUESTS = (
    _Request(LEAVE, "陈屿", 38, _off("annual", 5, 5, "回老家看望父母"), (EAST, Decision.APPROVE, "")),
    _Request(GOODS, "林知夏", 26, {
        "f_purpose": "春季展会布置",
        "f_goods": _goods(("易拉宝", 180, 6), ("样品展示架", 1260, 2), ("宣传册", 8, 500)),
    }, (EAST, Decision.APPROVE, "宣传册按 500 本印，多的留给下季度")),
    _Request(LEAVE, "林知夏", 9, _off("sick", 1, 2, "发烧，需要休息", f_proof="浙江大学医学院附属第一医院"),
             (EAST, Decision.APPROVE, "好好休息，客户我来盯")),
    _Request(GOODS, "陈屿", 6, {
        "f_purpose": "更换笔记本", "f_goods": _goods(("笔记本电脑", 12800, 1)),
    }, (EAST, Decision.SEND_BACK, "先问行政有没有可以调配的，再补一份报价")),
    _Request(LEAVE, "林知夏", 2, _off("annual", 12, 3, "家人来杭州，陪同几天")),
    _Request(LEAVE, "陈屿", 1, _off("personal", 3, 1, "办理房产过户手续")),
    _Request(GOODS, "林知夏", 1, {
        "f_purpose": "客户来访接待", "f_goods": _goods(("茶具套装", 368, 4), ("伴手礼", 129, 12)),
    }),
)  # fmt: skip


def fill_in(administrator: Actor, sellers: list[Actor]) -> None:
    """Put two forms in force, and have colleagues ask and decide up to yesterday."""
    people = dict(db.session.execute(select(User.name, User.id)).tuples().all())
    db.session.rollback()
    actors = {one.id: one for one in (administrator, *sellers)}
    with clock.pretending(clock.now() - timedelta(days=45)), unit_of_work():
        forms = {name: _in_force(administrator, name, people[SALES]) for name in (LEAVE, GOODS)}
    for request in _REQUESTS:
        asks = actors[people[request.by]]
        day = clock.now().astimezone(administrator.zone) - timedelta(days=request.days)
        with clock.pretending(day.replace(hour=10, minute=5, second=0, microsecond=0).astimezone(UTC)):
            with unit_of_work():
                form = queries.to_start(asks, forms[request.form])
                values = {key: _dated(value, clock.now()) for key, value in request.values.items()}
                approval_id = entries.send(asks, form, values, number=1, chosen={}).id
            if request.said:
                name, decision, comment = request.said
                _say(actors[people[name]], approval_id, Word(decision=decision, comment=comment or None))


def _dated(value: Any, now: datetime) -> Any:
    if not isinstance(value, tuple):
        return value
    first, length = value
    start: date = now.date() + timedelta(days=max(first, 1))
    return {"from": start.isoformat(), "to": (start + timedelta(days=length - 1)).isoformat()}


def _in_force(administrator: Actor, name: str, manager: Any) -> Any:
    leave = name == LEAVE
    form = designing.create(
        administrator,
        name=name,
        description="年假、事假、病假等，病假请写明就诊医院" if leave else "办公用品与设备，写清用途和明细",
        icon="calendar" if leave else "cart",
        category="人事" if leave else "行政",
        definition={"fields": list(_LEAVE if leave else _GOODS)},
    )
    designing.update(administrator, form, {"access": {"manage": {"user_ids": [manager, administrator.id]}}})
    designing.publish(administrator, form)
    return form.id


def _say(actor: Actor, approval_id: Any, word: Word) -> None:
    with clock.pretending(clock.now() + timedelta(hours=4)), unit_of_work():
        seat = approvals.open_seat_of(actor, approval_id)
        if seat is None:
            raise LookupError(f"{actor.name} is asked in the story")
        running, own = approvals.own_seat(actor, seat.id)
        deciding.decide(actor, running, own, word)
