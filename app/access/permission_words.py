"""What permissions are called, for the page on which roles are made."""

from app.access.permission_texts import WORDS
from app.access.permissions import Permission

_GROUPS = {
    "customer": ("客户", "Customers"),
    "contact": ("联系人", "Contacts"),
    "activity": ("跟进", "Follow-ups"),
    "comment": ("评论", "Comments"),
    "attachment": ("附件", "Files"),
    "task": ("待办", "To-dos"),
    "approval": ("审批", "Approvals"),
    "approval-flow": ("审批流程", "Approval flows"),
    "product": ("产品", "Products"),
    "price-book": ("价目表", "Price books"),
    "quote": ("报价", "Quotes"),
    "asset": ("设备与服务", "Assets and service"),
    "expense": ("费用报销", "Expenses"),
    "message": ("客户消息", "Messages to customers"),
    "view": ("视图", "Views"),
    "field": ("字段", "Fields"),
    "job": ("任务", "Jobs"),
    "user": ("同事", "Colleagues"),
    "department": ("部门", "Departments"),
    "role": ("角色", "Roles"),
    "tenant": ("企业", "Company"),
    "audit": ("操作日志", "Audit log"),
}


def group(permission: Permission, locale: str) -> str:
    """The heading under which a permission stands."""
    return area(permission.resource, locale)


def area(resource: str, locale: str) -> str:
    """What the permissions about a resource are called together."""
    return _GROUPS[resource][locale == "en"]


def label(permission: Permission, locale: str) -> str:
    """What a permission is called."""
    words = WORDS[permission]
    return words.label_en if locale == "en" else words.label_zh


def description(permission: Permission, locale: str) -> str:
    """What a permission means."""
    words = WORDS[permission]
    return words.description_en if locale == "en" else words.description_zh


def place(permission: Permission) -> tuple[int, int]:
    """Where a permission stands in the list: groups together, reading before changing."""
    return list(_GROUPS).index(permission.resource), list(WORDS).index(permission)
