"""The roles every new company starts with."""

from dataclasses import dataclass

from app.access.permissions import Permission, Scope

ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class BuiltInRole:
    """A role as provisioned; names in both languages, permissions with their scope."""

    code: str
    name_zh: str
    name_en: str
    description_zh: str
    description_en: str
    permissions: dict[Permission, Scope]


_LOOKING = (
    Permission.CUSTOMER_READ,
    Permission.CONTACT_READ,
    Permission.ACTIVITY_READ,
    Permission.PRODUCT_READ,
)
_RECORDS = (
    Permission.CUSTOMER_READ,
    Permission.CUSTOMER_UPDATE,
    Permission.CONTACT_READ,
    Permission.CONTACT_UPDATE,
)
_TASKS = (Permission.TASK_CREATE, Permission.TASK_READ, Permission.TASK_UPDATE)
_ACTIVITIES = (
    Permission.ACTIVITY_CREATE,
    Permission.ACTIVITY_DELETE,
    Permission.ACTIVITY_READ,
    Permission.ACTIVITY_UPDATE,
)
_QUOTES = (
    Permission.QUOTE_CREATE,
    Permission.QUOTE_DELETE,
    Permission.QUOTE_READ,
    Permission.QUOTE_SUBMIT,
    Permission.QUOTE_UPDATE,
)
_ASSETS = (
    Permission.ASSET_CREATE,
    Permission.ASSET_DELETE,
    Permission.ASSET_READ,
    Permission.ASSET_UPDATE,
)
_CLAIMS = (Permission.EXPENSE_CREATE, Permission.EXPENSE_READ)
_TALK = (Permission.COMMENT_CREATE, Permission.ATTACHMENT_CREATE)
_WRITE = (
    *_RECORDS,
    *_ACTIVITIES,
    *_TASKS,
    Permission.CUSTOMER_CREATE,
    Permission.CONTACT_CREATE,
    Permission.CONTACT_DELETE,
    Permission.PRODUCT_READ,
    *_QUOTES,
    *_ASSETS,
    *_CLAIMS,
    *_TALK,
)


def _grant(scope: Scope, *permissions: Permission) -> dict[Permission, Scope]:
    return {p: scope if p.scoped else Scope.ALL for p in permissions}


BUILT_IN = (
    BuiltInRole(
        ADMINISTRATOR,
        "管理员",
        "Administrator",
        "可以做任何事，包括设置企业与权限",
        "May do everything, settings included",
        dict.fromkeys(Permission, Scope.ALL),
    ),
    BuiltInRole(
        "manager",
        "主管",
        "Manager",
        "管理本部门及下级部门的客户",
        "Leads a department and those below it",
        _grant(
            Scope.SUBTREE,
            *_WRITE,
            Permission.ACTIVITY_ANNOTATE,
            Permission.ACTIVITY_EXPORT,
            Permission.APPROVAL_READ,
            Permission.ASSET_EXPORT,
            Permission.CONTACT_EXPORT,
            Permission.CONTACT_MERGE,
            Permission.CUSTOMER_DELETE,
            Permission.CUSTOMER_EXPORT,
            Permission.CUSTOMER_MERGE,
            Permission.CUSTOMER_TRANSFER,
            Permission.CUSTOMER_IMPORT,
            Permission.EXPENSE_EXPORT,
            Permission.JOB_CANCEL,
            Permission.JOB_READ,
            Permission.PRODUCT_COST,
            Permission.PRODUCT_EXPORT,
            Permission.QUOTE_EXPORT,
            Permission.TASK_EXPORT,
            Permission.USER_INVITE,
            Permission.VIEW_SHARE,
        ),
    ),
    BuiltInRole(
        "sales",
        "销售",
        "Sales",
        "跟进自己的客户",
        "Works with their own customers",
        _grant(
            Scope.OWN,
            *_WRITE,
            Permission.CONTACT_MERGE,
            Permission.CUSTOMER_DELETE,
            Permission.CUSTOMER_IMPORT,
            Permission.CUSTOMER_MERGE,
            Permission.JOB_READ,
        ),
    ),
    BuiltInRole(
        "service",
        "客服",
        "Service",
        "查看全部客户，更新联系人，登记设备与服务",
        "Sees all customers, keeps contacts, assets and service records up to date",
        {
            **_grant(
                Scope.ALL, *_RECORDS, Permission.CONTACT_CREATE, Permission.PRODUCT_READ, *_ASSETS, *_TALK
            ),
            **_grant(Scope.OWN, *_ACTIVITIES, *_TASKS, *_CLAIMS),
            Permission.ACTIVITY_READ: Scope.ALL,
        },
    ),
    BuiltInRole(
        "finance",
        "财务",
        "Finance",
        "查看全部客户，支付报销，管理费用类型",
        "Sees all customers, pays what is claimed back, arranges kinds of expense",
        {
            **_grant(
                Scope.ALL,
                *_LOOKING,
                *_TALK,
                Permission.PRODUCT_COST,
                Permission.ASSET_READ,
                Permission.QUOTE_READ,
            ),
            **_grant(
                Scope.ALL,
                *_CLAIMS,
                Permission.EXPENSE_EXPORT,
                Permission.EXPENSE_MANAGE,
                Permission.EXPENSE_PAY,
            ),
            **_grant(Scope.OWN, *_TASKS),
        },
    ),
    BuiltInRole(
        "marketing",
        "市场",
        "Marketing",
        "查看全部客户，导入名单，管理客户消息",
        "Sees all customers, imports lists, manages messages to customers",
        {
            **_grant(
                Scope.ALL,
                *_LOOKING,
                *_TALK,
                Permission.CUSTOMER_CREATE,
                Permission.CUSTOMER_IMPORT,
                Permission.JOB_READ,
                Permission.MESSAGE_MANAGE,
            ),
            **_grant(Scope.OWN, *_TASKS, *_CLAIMS),
        },
    ),
    BuiltInRole(
        "viewer",
        "只读",
        "Viewer",
        "只能查看",
        "Looks, changes nothing",
        _grant(Scope.ALL, *_LOOKING, Permission.ASSET_READ, Permission.QUOTE_READ),
    ),
)
