"""What a column of a file of quotes can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (
    Choice("draft", "草稿", "Draft"),
    Choice("submitted", "审批中", "In approval"),
    Choice("approved", "已同意", "Approved"),
    Choice("sent", "已发送", "Sent"),
    Choice("accepted", "已接受", "Accepted"),
    Choice("declined", "已谢绝", "Declined"),
    Choice("expired", "已过期", "Expired"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("number", "text", "报价编号", "Number"),
    _told("title", "text", "报价名称", "Quote"),
    _told("revision", "whole", "版本", "Version"),
    _told("state", "choice", "状态", "State", _STATES),
    _told("customer", "customer", "客户", "Customer"),
    _told("contact", "customer", "联系人", "Contact"),
    _told("net", "money", "不含税金额", "Net"),
    _told("tax", "money", "税额", "Tax"),
    _told("gross", "money", "含税金额", "Gross"),
    _told("off_list", "percent", "低于目录价", "Off list price"),
    _told("below_floor", "yes", "低于底价", "Below floor"),
    _told("cost", "money", "成本", "Cost"),
    _told("margin", "money", "毛利", "Margin"),
    _told("margin_rate", "percent", "毛利率", "Margin rate"),
    _told("valid_until", "text", "有效期至", "Valid until"),
    _told("owner", "colleague", "负责人", "Owner"),
    _told("department", "department", "部门", "Department"),
    _told("submitted_at", "instant", "提交时间", "Submitted"),
    _told("sent_at", "instant", "发送时间", "Sent"),
    _told("decided_at", "instant", "客户答复时间", "Decided"),
    _told("created_by", "colleague", "创建人", "Created by"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
