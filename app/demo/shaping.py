"""What the first demo company has added to its records by itself, and what stands there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from app.access.actor import Actor
from app.core import clock
from app.core.money import Money
from app.customers.drafts import CustomerDraft
from app.fields import entities, layouts, services
from app.fields.services import FieldDraft
from app.fields.states import FieldKind

SECTION = "采购情况"
EQUIPMENT = {
    "molding": "注塑机",
    "stamping": "冲床",
    "cnc": "数控机床",
    "laser": "激光切割机",
    "line": "装配线",
}
CYCLES = {
    "month": ("一个月内", "green"),
    "quarter": ("三个月内", "teal"),
    "half": ("半年内", "amber"),
    "open": ("还不确定", "grey"),
}
FIELDS = (
    FieldDraft(
        entity="customer", key="c_equipment", label="主要设备", kind=FieldKind.MULTI_CHOICE, filterable=True,
        help="现场正在用的，决定推荐哪类备件",
        settings={"options": [{"value": value, "label": label} for value, label in EQUIPMENT.items()]},
    ),
    FieldDraft(
        entity="customer", key="c_budget", label="年采购预算", kind=FieldKind.MONEY, filterable=True,
        settings={"currency": "CNY"},
    ),
    FieldDraft(
        entity="customer", key="c_cycle", label="决策周期", kind=FieldKind.CHOICE, filterable=True,
        settings={
            "options": [
                {"value": value, "label": label, "color": color} for value, (label, color) in CYCLES.items()
            ]
        },
    ),
    FieldDraft(
        entity="customer", key="c_contract_end", label="合同到期日", kind=FieldKind.DATE, filterable=True,
        help="到期前三个月开始谈续约",
        rules={"visible": {"and": [{"field": "stage", "op": "eq", "value": "deal"}]}},
    ),
    FieldDraft(
        entity="customer", key="c_per_head", label="人均年产值", kind=FieldKind.FORMULA,
        help="年营业额除以人数，看一家公司有没有余力更新设备",
        settings={"expression": "{annual_revenue} / {employees} / 10000", "result": "number", "decimals": 1, "unit": "万元"},
    ),
)  # fmt: skip
ATTITUDES = {"warm": ("积极", "green"), "open": ("观望", "amber"), "cold": ("冷淡", "grey")}
WAYS = {
    "phone": ("电话", "blue", ("电话", "回电", "催")),
    "visit": ("上门", "teal", ("上门", "技术交流", "试用", "回访")),
    "online": ("线上", "violet", ("发送", "资料")),
    "office": ("内部", "grey", ("整理", "准备", "更新", "填写", "提交")),
}
OTHERS = (
    FieldDraft(
        entity="contact", key="c_reach", label="方便联系的时间", kind=FieldKind.TEXT, help="例如：工作日下午，别在周一上午",
    ),
    FieldDraft(
        entity="activity", key="c_attitude", label="客户态度", kind=FieldKind.CHOICE, filterable=True,
        settings={
            "options": [
                {"value": value, "label": label, "color": color} for value, (label, color) in ATTITUDES.items()
            ]
        },
    ),
    FieldDraft(
        entity="task", key="c_way", label="办理方式", kind=FieldKind.CHOICE, filterable=True,
        help="同一种方式的事可以排在一起做",
        settings={
            "options": [
                {"value": value, "label": label, "color": color} for value, (label, color, _) in WAYS.items()
            ]
        },
    ),
    FieldDraft(
        entity="asset", key="c_inspection", label="年检日期", kind=FieldKind.DATE, filterable=True,
        help="特种设备每年要检一次，可以用它触发关怀规则",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A company's own fields, and the dice by which they are filled in; without dice it has none."""

    dice: Random | None

    def known_of(self, draft: CustomerDraft) -> CustomerDraft:
        """A customer with what one heard at the first visit."""
        pick = self.dice
        if pick is None:
            return draft
        heard: dict[str, Any] = {}
        if pick.random() < 0.55:
            wanted = pick.sample(list(EQUIPMENT), pick.choice((1, 1, 2, 3)))
            heard["c_equipment"] = [one for one in EQUIPMENT if one in wanted]
        if pick.random() < 0.4:
            budget = Money(pick.choice((8, 15, 20, 30, 50, 80, 120, 200)) * 1_000_000)
            heard["c_budget"] = {"amount": budget.amount, "currency": budget.currency}
        if pick.random() < 0.5:
            heard["c_cycle"] = pick.choices(list(CYCLES), (18, 40, 27, 15))[0]
        return replace(draft, custom=heard)

    def agreed(self, stage: str) -> Mapping[str, Any]:
        """What is written down when a customer comes to a stage."""
        if self.dice is None or stage != "deal":
            return {}
        end = clock.now().date() + timedelta(days=self.dice.randrange(20, 540))
        return {"custom": {"c_contract_end": end.isoformat()}}

    def planned(self, title: str) -> Mapping[str, Any]:
        """How something is to be done, if what it is called says so."""
        if self.dice is None:
            return {}
        found = (way for way, (_, _, words) in WAYS.items() if any(word in title for word in words))
        return {"c_way": way} if (way := next(found, None)) else {}


def shape(administrator: Actor, seed: int) -> Shape:
    """Add the fields, and give them a section of their own."""
    keys = [services.create(administrator, draft).key for draft in FIELDS]
    sections: list[dict[str, Any]] = [
        {"title": None, "fields": list(entities.built_in("customer"))},
        {"title": SECTION, "fields": keys},
    ]
    for draft in OTHERS:
        services.create(administrator, draft)
    services.arrange(administrator, layouts.get("customer"), sections)
    return Shape(Random(seed))
