"""What can stand in a message and is filled in for each person: with its words and a sample."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that is filled in."""

    name: str
    zh: str
    en: str
    sample_zh: str
    sample_en: str
    about: str | None = None
    """The kind of record that must give the reason of a message; None: it is always known."""

    def label(self, locale: str) -> str:
        """What people call it."""
        return self.en if locale == "en" else self.zh

    def sample(self, locale: str) -> str:
        """What may come to stand there."""
        return self.sample_en if locale == "en" else self.sample_zh


ASSET, QUOTE, SERVICE, PURCHASE = "asset", "quote", "service-record", "purchase"
KINDS: Mapping[str, str] = {
    "contact": "contact",
    "customer": "customer",
    "asset": ASSET,
    "quote": QUOTE,
    "service": SERVICE,
    "purchase": PURCHASE,
}
"""What the names of variables begin with, and the kind of record that each is about."""
_OWN = re.compile(rf"({'|'.join(KINDS)})\.c_[a-z0-9_]{{1,38}}")
_ALL = (
    Variable("contact.name", "联系人姓名", "Contact's name", "张建国", "Zhang Jianguo"),
    Variable("contact.salutation", "称呼", "Salutation", "张先生", "Mr. Zhang"),
    Variable("contact.title", "联系人职务", "Contact's title", "设备部经理", "Equipment manager"),
    Variable("customer.name", "客户名称", "Customer's name", "苏州宏远机械有限公司", "Hongyuan Machinery"),
    Variable("owner.name", "负责人姓名", "Owner's name", "陈晓燕", "Chen Xiaoyan"),
    Variable("owner.phone", "负责人电话", "Owner's phone", "138 0000 1234", "+86 138 0000 1234"),
    Variable("owner.email", "负责人邮箱", "Owner's e-mail", "chen@example.com", "chen@example.com"),
    Variable("company.name", "本公司名称", "Our company", "澄川工业设备", "Chengchuan Industrial"),
    Variable("today.date", "发送日期", "Date of sending", "2026年3月18日", "18 March 2026"),
    Variable("today.year", "发送年份", "Year of sending", "2026", "2026"),
    Variable("asset.name", "设备名称", "Asset", "螺杆空压机", "Screw compressor", ASSET),
    Variable("asset.model", "设备型号", "Model", "LG-22", "LG-22", ASSET),
    Variable("asset.serial", "设备序列号", "Serial number", "SN20240318", "SN20240318", ASSET),
    Variable(
        "asset.warranty_until", "质保到期日", "End of warranty", "2026年4月17日", "17 April 2026", ASSET
    ),
    Variable("asset.maintenance_due", "下次保养日", "Maintenance due", "2026年4月1日", "1 April 2026", ASSET),
    Variable(
        "asset.contract_until", "合同到期日", "End of contract", "2026年12月31日", "31 December 2026", ASSET
    ),
    Variable("quote.number", "报价单号", "Quote number", "Q2026-0018", "Q2026-0018", QUOTE),
    Variable("quote.title", "报价标题", "Quote title", "空压机及安装", "Compressor with installation", QUOTE),
    Variable("quote.total", "报价总额", "Quote total", "¥86,500.00", "¥86,500.00", QUOTE),
    Variable("quote.valid_until", "报价有效期", "Quote valid until", "2026年4月30日", "30 April 2026", QUOTE),
    Variable("service.kind", "服务类型", "Kind of service", "保养", "Maintenance", SERVICE),
    Variable("service.asset", "服务的设备", "Serviced asset", "螺杆空压机", "Screw compressor", SERVICE),
    Variable("service.done_on", "服务日期", "Date of service", "2026年3月15日", "15 March 2026", SERVICE),
    Variable("service.done_by", "服务人员", "Done by", "刘师傅", "Liu", SERVICE),
    Variable(
        "service.next_due", "建议下次服务日", "Next service", "2026年9月15日", "15 September 2026", SERVICE
    ),
    Variable("purchase.name", "购买内容", "What was bought", "空压机滤芯", "Compressor filter", PURCHASE),
    Variable("purchase.quantity", "购买数量", "Quantity bought", "10 套", "10 sets", PURCHASE),
    Variable(
        "purchase.bought_on", "购买日期", "Date of purchase", "2026年2月4日", "4 February 2026", PURCHASE
    ),
    Variable("purchase.reference", "购买单号", "Number of the order", "DD20260204", "DD20260204", PURCHASE),
)
VARIABLES: Mapping[str, Variable] = {one.name: one for one in _ALL}
ALWAYS_KNOWN = frozenset({"contact.name", "contact.salutation", "company.name", "today.date", "today.year"})
"""What nobody lacks; all else may be empty for some."""


def samples(locale: str) -> dict[str, str]:
    """A value for every variable, for those who want to see how a message would look."""
    return {one.name: one.sample(locale) for one in _ALL}


def about(names: Collection[str]) -> frozenset[str]:
    """Which kinds of record must give the reason of a message in which these stand."""
    return frozenset(kind for name in names if (kind := about_of(name)) is not None)


def about_of(name: str) -> str | None:
    """The kind of record that must give the reason of a message in which this stands; None: any may."""
    known = VARIABLES.get(name)
    kind = known.about if known else KINDS.get(name.partition(".")[0])
    return None if kind in {"contact", "customer"} else kind


def is_own(name: str) -> bool:
    """Whether this names a field of a company's own, be there one or not."""
    return _OWN.fullmatch(name) is not None
