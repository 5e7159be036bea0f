"""What a column of a file of advances can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (
    Choice("draft", "草稿", "Draft"),
    Choice("submitted", "审批中", "In approval"),
    Choice("approved", "待付款", "To be paid out"),
    Choice("outstanding", "未还清", "Outstanding"),
    Choice("settled", "已还清", "Settled"),
    Choice("rejected", "已驳回", "Rejected"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("number", "text", "借款单号", "Number"),
    _told("title", "text", "借款事由", "Advance"),
    _told("state", "choice", "状态", "State", _STATES),
    _told("amount", "money", "借款金额", "Amount"),
    _told("outstanding", "money", "未还金额", "Outstanding"),
    _told("due_on", "text", "应还日期", "To be settled by"),
    _told("overdue", "yes", "逾期", "Overdue"),
    _told("owner", "colleague", "借款人", "Borrowed by"),
    _told("department", "department", "部门", "Department"),
    _told("submitted_at", "instant", "提交时间", "Submitted"),
    _told("approved_at", "instant", "审批通过时间", "Approved"),
    _told("paid_on", "text", "付款日期", "Paid out on"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
