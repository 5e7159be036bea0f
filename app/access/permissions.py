"""Every permission there is. Alphabetical; <resource>:<action>."""

from enum import IntEnum, StrEnum


class Scope(IntEnum):
    """How far a permission reaches, from narrow to wide."""

    OWN = 1
    DEPARTMENT = 2
    SUBTREE = 3
    ALL = 4

    @property
    def word(self) -> str:
        """The scope as said on the wire: own, department, subtree, all."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Scope":
        """The scope that a word means.

        :raises KeyError: if there is none such
        """
        return cls[word.upper()]


class Permission(StrEnum):
    """One line per thing a role may be granted."""

    ACTIVITY_ANNOTATE = "activity:annotate"
    ACTIVITY_CREATE = "activity:create"
    ACTIVITY_DELETE = "activity:delete"
    ACTIVITY_EXPORT = "activity:export"
    ACTIVITY_READ = "activity:read"
    ACTIVITY_UPDATE = "activity:update"
    APPROVAL_FLOW_MANAGE = "approval-flow:manage"
    APPROVAL_MANAGE = "approval:manage"
    APPROVAL_READ = "approval:read"
    ASSET_CREATE = "asset:create"
    ASSET_DELETE = "asset:delete"
    ASSET_EXPORT = "asset:export"
    ASSET_READ = "asset:read"
    ASSET_UPDATE = "asset:update"
    ATTACHMENT_CREATE = "attachment:create"
    AUDIT_READ = "audit:read"
    COMMENT_CREATE = "comment:create"
    CONTACT_CREATE = "contact:create"
    CONTACT_DELETE = "contact:delete"
    CONTACT_EXPORT = "contact:export"
    CONTACT_MERGE = "contact:merge"
    CONTACT_READ = "contact:read"
    CONTACT_UPDATE = "contact:update"
    CUSTOMER_CREATE = "customer:create"
    CUSTOMER_DELETE = "customer:delete"
    CUSTOMER_EXPORT = "customer:export"
    CUSTOMER_IMPORT = "customer:import"
    CUSTOMER_MERGE = "customer:merge"
    CUSTOMER_PURGE = "customer:purge"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_TRANSFER = "customer:transfer"
    CUSTOMER_UPDATE = "customer:update"
    DEPARTMENT_MANAGE = "department:manage"
    EXPENSE_CREATE = "expense:create"
    EXPENSE_EXPORT = "expense:export"
    EXPENSE_MANAGE = "expense:manage"
    EXPENSE_PAY = "expense:pay"
    EXPENSE_READ = "expense:read"
    FIELD_MANAGE = "field:manage"
    JOB_CANCEL = "job:cancel"
    JOB_READ = "job:read"
    MESSAGE_MANAGE = "message:manage"
    PRICE_BOOK_MANAGE = "price-book:manage"
    PRODUCT_COST = "product:cost"
    PRODUCT_EXPORT = "product:export"
    PRODUCT_MANAGE = "product:manage"
    PRODUCT_READ = "product:read"
    QUOTE_CREATE = "quote:create"
    QUOTE_DELETE = "quote:delete"
    QUOTE_EXPORT = "quote:export"
    QUOTE_READ = "quote:read"
    QUOTE_SUBMIT = "quote:submit"
    QUOTE_UPDATE = "quote:update"
    ROLE_MANAGE = "role:manage"
    TASK_CREATE = "task:create"
    TASK_EXPORT = "task:export"
    TASK_READ = "task:read"
    TASK_UPDATE = "task:update"
    TENANT_MANAGE = "tenant:manage"
    USER_INVITE = "user:invite"
    USER_MANAGE = "user:manage"
    USER_READ = "user:read"
    VIEW_SHARE = "view:share"

    @property
    def resource(self) -> str:
        """What the permission is about."""
        return self.value.partition(":")[0]

    @property
    def reads_only(self) -> bool:
        """Whether exercising it changes nothing; such permissions survive in a read-only tenant."""
        return self.value.endswith((":read", ":export", ":cost"))

    @property
    def implied(self) -> "Permission | None":
        """What comes along with it, because it could not be exercised without."""
        return Permission.USER_READ if self in _NEEDS_COLLEAGUES else None

    @property
    def scoped(self) -> bool:
        """Whether it is granted with a data scope (records with an owner) or simply granted."""
        return self.resource in _OWNED and not self.value.endswith((":create", ":import", ":manage"))


_OWNED = {"activity", "approval", "asset", "contact", "customer", "expense", "job", "quote", "task"}
_NEEDS_COLLEAGUES = {
    Permission.ROLE_MANAGE,
    Permission.USER_INVITE,
    Permission.USER_MANAGE,
    Permission.VIEW_SHARE,
}
