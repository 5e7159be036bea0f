"""Exports of other products, recognised by their headings: what their columns and words mean here.

Their fields can be renamed by their users, so most of the headings of a product are asked for, not all; and
one at least that only it uses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.search import fold
from app.spreadsheets.registry import CONTACT, CUSTOMER

_ENOUGH = 0.6


@dataclass(frozen=True)
class Migrator:
    """One list of one product as it exports it."""

    origin: str
    type: str
    columns: Mapping[str, str]
    """Fields by heading; "" for what has no place here."""
    marks: tuple[str, ...]
    """Headings that tell it from others: one of them must be there."""
    words: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    """What words mean that mean something else elsewhere, or nothing, by field."""

    def share_of(self, headings: Sequence[str]) -> float:
        """How much of a file's headings are this product's; 0 without its marks."""
        known = {fold(name) for name in self.columns}
        if not {fold(mark) for mark in self.marks} & set(headings):
            return 0.0
        return sum(heading in known for heading in headings) / max(1, len(headings))


_WUKONG_LEVELS = {
    "A（重点客户）": "platinum", "B（普通客户）": "gold", "C（非优先客户）": "normal", "其他": None,
}  # fmt: skip
_TOLD_BY_WUKONG = dict.fromkeys(
    ("创建人", "创建时间", "更新时间", "最后跟进时间", "最后跟进记录", "下次联系时间", "负责人获取客户时间",
     "距进入公海天数", "锁定状态", "所属团队", "相关团队", "地区定位", "首要联系人", "关联产品"),
    "",
)  # fmt: skip
_TOLD_BY_CORDYS = dict.fromkeys(
    ("创建人", "创建时间", "更新人", "更新时间", "最近跟进人", "最近跟进日期", "领取时间", "剩余归属天数",
     "归属公海", "回收公海", "部门", "所属部门", "线上来源详情", "公海原因", "联系人"),
    "",
)  # fmt: skip

KNOWN = (
    Migrator(
        "wukong", CUSTOMER,
        {
            "客户名称": "name", "客户级别": "tier", "客户行业": "industry", "客户来源": "source",
            "成交状态": "stage", "手机": "mobile", "电话": "phone", "邮箱": "email", "网址": "website",
            "备注": "remark", "负责人": "owner", "详细地址": "address", "省、市、区/县": "region",
            "省/市/区": "region", "区域": "region", **_TOLD_BY_WUKONG,
        },
        ("成交状态", "距进入公海天数", "负责人获取客户时间"),
        {
            "tier": _WUKONG_LEVELS,
            "stage": {"未成交": "potential", "已成交": "deal", "多次成交": "deal"},
        },
    ),
    Migrator(
        "wukong", CONTACT,
        {
            "姓名": "name", "联系人姓名": "name", "客户名称": "customer", "手机": "mobile", "电话": "phone",
            "邮箱": "email", "电子邮箱": "email", "职务": "title", "性别": "gender", "备注": "remark",
            "是否关键决策人": "role", "负责人": "", "直属上级": "", "详细地址": "", "地址": "",
            **_TOLD_BY_WUKONG,
        },
        ("是否关键决策人",),
        {"role": {"是": "decision_maker", "否": None}},
    ),
    Migrator(
        "cordys", CUSTOMER,
        {
            "客户名称": "name", "客户等级": "tier", "客户类型": "type", "客户行业": "industry",
            "客户来源": "source", "客户标签": "tags", "地区": "region", "负责人": "owner", **_TOLD_BY_CORDYS,
        },
        ("剩余归属天数", "线上来源详情", "客户等级", "归属公海"),
        {
            "tier": {"战略客户": "platinum", "重要客户": "gold", "一般客户": "normal"},
            "type": {"无": "other", "最终客户": "end_customer", "代理商": "channel"},
        },
    ),
    Migrator(
        "cordys", CONTACT,
        {
            "客户名称": "customer", "姓名": "name", "联系人名称": "name", "邮箱": "email", "手机号": "mobile",
            "手机号码": "mobile", "负责人": "", "状态": "", "停用原因": "", **_TOLD_BY_CORDYS,
        },
        ("手机号", "停用原因"),
    ),
)  # fmt: skip


def recognised(names: Sequence[str]) -> Migrator | None:
    """Whose export a file with these headings is; None if nobody's we know."""
    headings = [fold(name) for name in names if name.strip()]
    best = max(KNOWN, key=lambda one: _score(one, headings))
    return best if _score(best, headings) >= _ENOUGH and len(headings) >= 3 else None


def _score(one: Migrator, headings: Sequence[str]) -> float:
    named = {fold(name) for name, field_name in one.columns.items() if field_name in {"name", "customer"}}
    needed = len(named & set(headings)) >= (2 if one.type == CONTACT else 1)
    return one.share_of(headings) if needed else 0.0
