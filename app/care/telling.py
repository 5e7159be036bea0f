"""Rules as files tell of them: what they wait for and what they do, in the words of the reader."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.access.actor import Actor
from app.care import sources
from app.fields import catalogue
from app.message_templates.variables import VARIABLES

_KINDS = {
    "contact": ("联系人", "Contact"),
    "customer": ("客户", "Customer"),
    "quote": ("报价", "Quote"),
    "asset": ("设备", "Equipment"),
    "service-record": ("服务记录", "Service record"),
    "purchase": ("购买记录", "Purchase"),
}
_DATES = {
    "contact.created_at": ("联系人建档日", "Contact added"),
    "customer.created_at": ("客户建档日", "Customer added"),
    "customer.last_activity_at": ("上次跟进", "Last followed up"),
    "customer.founding_day": ("客户司庆日", "Customer's founding day"),
    "asset.warranty_until": ("设备质保到期", "End of warranty"),
    "asset.maintenance_due_on": ("设备保养到期", "Maintenance due"),
    "asset.contract_until": ("服务合同到期", "End of contract"),
    "asset.bought_on": ("设备购买日", "Equipment bought"),
    "asset.installed_on": ("设备安装日", "Equipment installed"),
    "quote.valid_until": ("报价有效期", "Quote valid until"),
    "quote.decided_at": ("上次成交", "Last deal"),
    "service-record.done_on": ("上次服务", "Last service"),
    "purchase.bought_on": ("上次购买", "Last purchase"),
    "purchase.product_bought_on": ("上次购买（按产品）", "Last purchase (by product)"),
    "purchase.next_on": ("预计再次购买", "Next purchase expected"),
    "purchase.product_next_on": ("预计再次购买（按产品）", "Next purchase expected (by product)"),
}
_FESTIVALS = {
    "new-year": ("元旦", "New Year"),
    "lunar-new-years-eve": ("除夕", "Lunar New Year's Eve"),
    "spring": ("春节", "Spring Festival"),
    "lantern": ("元宵节", "Lantern Festival"),
    "women": ("妇女节", "Women's Day"),
    "labour": ("劳动节", "Labour Day"),
    "children": ("儿童节", "Children's Day"),
    "dragon-boat": ("端午节", "Dragon Boat Festival"),
    "qixi": ("七夕", "Qixi"),
    "teachers": ("教师节", "Teachers' Day"),
    "mid-autumn": ("中秋节", "Mid-Autumn Festival"),
    "national": ("国庆节", "National Day"),
    "double-ninth": ("重阳节", "Double Ninth"),
    "laba": ("腊八节", "Laba"),
    "christmas": ("圣诞节", "Christmas"),
}
_HAPPENINGS = {
    "customer-created": ("新建客户", "A customer was added"),
    "quote-approved": ("报价审批通过", "A quote was approved"),
    "quote-accepted": ("客户接受报价", "A quote was accepted"),
    "service-done": ("完成一次服务", "A service was done"),
    "purchased": ("客户购买", "Something was bought"),
}
_UNITS = {
    "minute": ("分钟", "minutes"),
    "hour": ("小时", "hours"),
    "day": ("天", "days"),
    "week": ("周", "weeks"),
    "month": ("个月", "months"),
}
_WAYS = {"sms": ("短信", "SMS"), "mail": ("邮件", "mail"), "wechat": ("微信", "WeChat")}
_BIRTHDAY = ("生日", "Birthday")
_YEARLY = ("每年的{}", "Every year: {}")
_GONE = ("已删除的字段", "A field that is gone")
_SAME_DAY, _AT_ONCE = ("当天", "On the day"), ("马上", "At once")
_BEFORE, _AFTER = ("提前 {} {}", "{} {} before"), ("{} {}后", "{} {} after")
_SEND, _TASK = ("发{}", "send {}"), ("安排任务“{}”", "task: {}")
_OR, _AND, _THEN = ("，发不了再发", ", else "), ("，并", ", and "), ("；", "; ")

_SLOT = re.compile(r"\{\{\s*([a-z_.]+)\s*(?:\|[^{}]*)?\}\}")
Tell = Callable[[Mapping[str, Any]], str]


def teller(reader: Actor) -> tuple[Tell, Tell]:
    """What tells of a rule what it waits for, and what it does."""
    place = int(reader.locale == "en")
    own: dict[str, str] = {
        f"{record}.{key}": f"{_KINDS[record][place]}·{field.label}"
        for record in sources.OWN_FIELDS
        for key, field in catalogue.now(reader, record).fields.items()
    }

    def waits(rule: Mapping[str, Any]) -> str:
        return _waits(rule["trigger"], own, place)

    def does(rule: Mapping[str, Any]) -> str:
        return _THEN[place].join(_step(one, place) for one in rule["steps"])

    return waits, does


def _waits(trigger: Mapping[str, Any], own: Mapping[str, str], place: int) -> str:
    if trigger["kind"] == "festival":
        return _FESTIVALS[trigger["festival"]][place]
    if trigger["kind"] == "event":
        return _HAPPENINGS[trigger["happening"]][place]
    if trigger["kind"] == "birthday":
        return _BIRTHDAY[place]
    word = trigger["field"]
    name = _DATES[word][place] if word in _DATES else own.get(word, _GONE[place])
    return _YEARLY[place].format(name) if trigger.get("yearly") else name


def _step(step: Mapping[str, Any], place: int) -> str:
    return f"{_when(step, place)} {_AND[place].join(_doing(step, place))}"


def _when(step: Mapping[str, Any], place: int) -> str:
    amount, by_clock = step["amount"], step["unit"] in {"minute", "hour"}
    if amount == 0:
        return _AT_ONCE[place] if by_clock else f"{_SAME_DAY[place]} {step['at']}"
    words = _BEFORE if amount < 0 else _AFTER
    span = words[place].format(abs(amount), _UNITS[step["unit"]][place])
    return span if by_clock else f"{span} {step['at']}"


def _doing(step: Mapping[str, Any], place: int) -> Sequence[str]:
    ways = [_WAYS[one["way"]][place] for one in step["choices"]]
    sent = [_SEND[place].format(_OR[place].join(ways))] if ways else []
    return [*sent, *([_TASK[place].format(_named(step["task"], place))] if step["task"] else [])]


def _named(task: str, place: int) -> str:
    """A text in which variables stand by what people call them."""
    locale = "en" if place else "zh-CN"
    return _SLOT.sub(
        lambda met: f"〔{VARIABLES[met[1]].label(locale)}〕" if met[1] in VARIABLES else met[0], task
    )
