"""What exported files are called."""

from datetime import datetime

from app.spreadsheets.registry import (
    ACTIVITY,
    ADVANCE,
    ASSET,
    CARE_RULE,
    CONTACT,
    CUSTOMER,
    EXPENSE_CLAIM,
    EXPENSE_REQUEST,
    OUTREACH_MESSAGE,
    PRODUCT,
    PURCHASE,
    QUOTE,
    SERVICE_RECORD,
    TASK,
)

_NOUNS = {
    CUSTOMER: ("客户", "Customers"),
    CONTACT: ("联系人", "Contacts"),
    ACTIVITY: ("跟进", "Follow-ups"),
    TASK: ("待办", "Tasks"),
    PRODUCT: ("产品", "Products"),
    QUOTE: ("报价", "Quotes"),
    ASSET: ("设备", "Assets"),
    SERVICE_RECORD: ("服务记录", "Service records"),
    PURCHASE: ("购买记录", "Purchases"),
    ADVANCE: ("借款", "Advances"),
    EXPENSE_CLAIM: ("报销单", "Expense claims"),
    OUTREACH_MESSAGE: ("消息记录", "Messages"),
    CARE_RULE: ("关怀规则", "Care rules"),
    EXPENSE_REQUEST: ("费用申请", "Expense requests"),
}


def noun(record_type: str, locale: str) -> str:
    """What the rows are."""
    return _NOUNS[record_type][locale == "en"]


def filename(record_type: str, suffix: str, locale: str, at: datetime) -> str:
    """A name that says what is inside and of when it is."""
    return f"{noun(record_type, locale)} {at:%Y-%m-%d %H%M}.{suffix}"
