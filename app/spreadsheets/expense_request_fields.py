"""What a column of a file of expense requests can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (
    Choice("draft", "草稿", "Draft"),
    Choice("submitted", "审批中", "In approval"),
    Choice("approved", "已批准", "Granted"),
    Choice("rejected", "已驳回", "Rejected"),
    Choice("closed", "已关闭", "Closed"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("number", "text", "申请单号", "Number"),
    _told("title", "text", "申请事由", "Request"),
    _told("state", "choice", "状态", "State", _STATES),
    _told("amount", "money", "申请金额", "Amount"),
    _told("drawn", "money", "已报销金额", "Claimed"),
    _told("left", "money", "剩余金额", "Left"),
    _told("kinds", "tags", "费用类型", "Kinds"),
    _told("line_count", "whole", "明细条数", "Lines"),
    _told("city", "text", "城市", "City"),
    _told("starts_on", "text", "开始日期", "From"),
    _told("ends_on", "text", "结束日期", "Until"),
    _told("owner", "colleague", "申请人", "Asked by"),
    _told("department", "department", "部门", "Department"),
    _told("submitted_at", "instant", "提交时间", "Submitted"),
    _told("approved_at", "instant", "审批通过时间", "Granted at"),
    _told("closed_at", "instant", "关闭时间", "Closed at"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
