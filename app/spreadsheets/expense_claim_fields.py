"""What a column of a file of expense claims can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (
    Choice("draft", "草稿", "Draft"),
    Choice("submitted", "审批中", "In approval"),
    Choice("approved", "待付款", "To be paid"),
    Choice("rejected", "已驳回", "Rejected"),
    Choice("paid", "已付款", "Paid"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("number", "text", "报销单号", "Number"),
    _told("title", "text", "报销事由", "Claim"),
    _told("state", "choice", "状态", "State", _STATES),
    _told("amount", "money", "报销金额", "Amount"),
    _told("tax", "money", "其中税额", "Of that tax"),
    _told("kinds", "tags", "费用类型", "Kinds"),
    _told("line_count", "whole", "明细条数", "Lines"),
    _told("receipt_count", "whole", "票据张数", "Receipts"),
    _told("request", "text", "费用申请", "Request"),
    _told("owner", "colleague", "报销人", "Claimed by"),
    _told("department", "department", "部门", "Department"),
    _told("submitted_at", "instant", "提交时间", "Submitted"),
    _told("approved_at", "instant", "审批通过时间", "Approved"),
    _told("paid_on", "text", "付款日期", "Paid on"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
