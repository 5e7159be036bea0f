"""What each permission is called and means; groups together, reading before changing."""

from dataclasses import dataclass

from app.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Words:
    """A label and what it means, in both languages."""

    label_zh: str
    description_zh: str
    label_en: str
    description_en: str


_P = Permission
WORDS = {
    _P.CUSTOMER_READ: Words("查看客户", "在所选范围内查看", "See customers", "Within the chosen scope"),
    _P.CUSTOMER_CREATE: Words("新建客户", "新客户归自己负责", "Create customers", "They belong to oneself"),
    _P.CUSTOMER_UPDATE: Words("修改客户", "在所选范围内修改", "Change customers", "Within the chosen scope"),
    _P.CUSTOMER_DELETE: Words(
        "删除客户", "移到回收站，也可以恢复", "Delete customers", "To the recycle bin, and back from it"
    ),
    _P.CUSTOMER_PURGE: Words(
        "彻底删除",
        "从回收站彻底删除，不能恢复",
        "Delete for ever",
        "From the recycle bin; there is no way back",
    ),
    _P.CUSTOMER_TRANSFER: Words(
        "转移客户", "交给别的同事负责", "Transfer customers", "Hand them to a colleague"
    ),
    _P.APPROVAL_READ: Words(
        "查看审批",
        "半公开的流程，按所选范围查看提交人的审批",
        "See approvals",
        "Those of half-open flows, by whoever is within the chosen scope",
    ),
    _P.APPROVAL_MANAGE: Words(
        "处理卡住的审批",
        "查看全部审批，改派审批人，终止审批",
        "Free stuck approvals",
        "See all of them, say who decides, end them",
    ),
    _P.APPROVAL_FLOW_MANAGE: Words(
        "设计审批流程",
        "绘制、试走、发布和停用审批流程",
        "Draw approval flows",
        "Draw, try, publish and retire them",
    ),
    _P.VIEW_SHARE: Words(
        "共享视图",
        "把列表视图共享给角色、部门或全员，并设为默认",
        "Share views",
        "With roles, departments or everybody, and as the default",
    ),
    _P.CUSTOMER_MERGE: Words(
        "合并客户",
        "把重复的客户合成一位，可以撤销",
        "Merge customers",
        "Make one of duplicates; it can be undone",
    ),
    _P.CONTACT_MERGE: Words(
        "合并联系人",
        "把重复的联系人合成一位，可以撤销",
        "Merge contacts",
        "Make one of duplicates; it can be undone",
    ),
    _P.FIELD_MANAGE: Words(
        "管理字段",
        "增改自定义字段，调整页面布局",
        "Manage fields",
        "Custom fields and how pages are laid out",
    ),
    _P.CUSTOMER_IMPORT: Words(
        "导入客户和联系人", "从文件导入", "Import customers and contacts", "From a file"
    ),
    _P.CUSTOMER_EXPORT: Words(
        "导出客户",
        "导出为文件，不超出能看到的客户",
        "Export customers",
        "To a file, no farther than customers are seen",
    ),
    _P.CONTACT_READ: Words(
        "查看联系人",
        "在所选范围内查看，不超出能看到的客户",
        "See contacts",
        "Within the chosen scope, no farther than customers are seen",
    ),
    _P.CONTACT_CREATE: Words("新建联系人", "为能看到的客户添加", "Create contacts", "Of customers one sees"),
    _P.CONTACT_UPDATE: Words("修改联系人", "在所选范围内修改", "Change contacts", "Within the chosen scope"),
    _P.CONTACT_DELETE: Words(
        "删除联系人", "移到回收站，也可以恢复", "Delete contacts", "To the recycle bin, and back from it"
    ),
    _P.CONTACT_EXPORT: Words(
        "导出联系人",
        "导出为文件，不超出能看到的联系人",
        "Export contacts",
        "To a file, no farther than contacts are seen",
    ),
    _P.ACTIVITY_READ: Words(
        "查看跟进",
        "在所选范围内查看，不超出能看到的客户",
        "See activities",
        "Within the chosen scope, no farther than customers are seen",
    ),
    _P.ACTIVITY_CREATE: Words("写跟进", "为能看到的客户写跟进", "Note activities", "At customers one sees"),
    _P.ACTIVITY_UPDATE: Words(
        "修改跟进", "“本人”指自己写的", "Change activities", "“Own” are those one has written"
    ),
    _P.ACTIVITY_DELETE: Words(
        "删除跟进",
        "移到回收站，也可以恢复；“本人”指自己写的",
        "Delete activities",
        "To the recycle bin, and back; “own” are those one has written",
    ),
    _P.ACTIVITY_ANNOTATE: Words(
        "批注跟进",
        "在所选范围内批注同事写的跟进",
        "Annotate activities",
        "Colleagues', within the chosen scope",
    ),
    _P.ACTIVITY_EXPORT: Words(
        "导出跟进",
        "导出为文件，不超出能看到的跟进",
        "Export activities",
        "To a file, no farther than activities are seen",
    ),
    _P.COMMENT_CREATE: Words(
        "写评论",
        "在能看到的记录上评论、提及同事",
        "Write comments",
        "On records one sees, mentioning colleagues",
    ),
    _P.ATTACHMENT_CREATE: Words(
        "上传附件",
        "给能看到的记录上传，删除自己上传的",
        "Upload files",
        "To records one sees; delete those one has uploaded",
    ),
    _P.TASK_READ: Words(
        "查看待办",
        "自己的、自己安排的，和所选范围内同事的",
        "See tasks",
        "One's own, those one has set, and colleagues' within the chosen scope",
    ),
    _P.TASK_CREATE: Words("新建待办", "给自己或同事", "Set tasks", "For oneself and colleagues"),
    _P.TASK_UPDATE: Words(
        "修改待办",
        "完成、修改自己的和所选范围内的",
        "Change tasks",
        "Tick off and change one's own, and those within the chosen scope",
    ),
    _P.TASK_EXPORT: Words(
        "导出待办",
        "导出为文件，不超出能看到的待办",
        "Export tasks",
        "To a file, no farther than tasks are seen",
    ),
    _P.PRODUCT_READ: Words("查看产品", "查看产品和目录价", "See products", "And their list prices"),
    _P.PRODUCT_COST: Words(
        "查看成本和底价",
        "没有这一项，页面、筛选和文件里都没有成本和底价",
        "See cost and floor price",
        "Without it they stand in no page, filter or file",
    ),
    _P.PRODUCT_MANAGE: Words(
        "管理产品",
        "新建、修改、停用、删除产品，整理分类",
        "Manage products",
        "Create, change, retire and delete them, and keep their categories",
    ),
    _P.PRICE_BOOK_MANAGE: Words(
        "管理价目表",
        "新建、修改、启用和停用价目表",
        "Manage price books",
        "Make, change, activate and retire them",
    ),
    _P.PRODUCT_EXPORT: Words("导出产品", "导出为文件", "Export products", "To a file"),
    _P.QUOTE_READ: Words(
        "查看报价", "不超出能看到的客户", "See quotes", "No farther than customers are seen"
    ),
    _P.QUOTE_CREATE: Words("新建报价", "给能看到的客户报价", "Make quotes", "To customers whom one sees"),
    _P.QUOTE_UPDATE: Words("修改报价", "只有草稿能改", "Change quotes", "As long as they are drafts"),
    _P.QUOTE_SUBMIT: Words(
        "提交报价",
        "提交、撤回，记下发送和客户的答复",
        "Submit quotes",
        "And withdraw them, and tell what became of them",
    ),
    _P.QUOTE_DELETE: Words("删除报价", "放入回收站", "Delete quotes", "To the recycle bin"),
    _P.ASSET_READ: Words(
        "查看设备与服务",
        "客户的设备和服务记录，不超出能看到的客户",
        "See assets and service",
        "No farther than customers are seen",
    ),
    _P.ASSET_CREATE: Words(
        "登记设备与服务", "为能看到的客户登记", "Note assets and service", "At customers whom one sees"
    ),
    _P.ASSET_UPDATE: Words(
        "修改设备与服务", "在所选范围内修改", "Change assets and service", "Within the chosen scope"
    ),
    _P.ASSET_DELETE: Words("删除设备与服务", "放入回收站", "Delete assets and service", "To the recycle bin"),
    _P.ASSET_EXPORT: Words(
        "导出设备与服务",
        "导出为文件，不超出能看到的设备和服务记录",
        "Export assets and service",
        "To a file, no farther than they are seen",
    ),
    _P.QUOTE_EXPORT: Words(
        "导出报价",
        "导出为文件，不超出能看到的报价",
        "Export quotes",
        "To a file, no farther than they are seen",
    ),
    _P.EXPENSE_READ: Words(
        "查看报销", "报销单、费用申请和借款", "See expense claims", "Requests and advances too"
    ),
    _P.EXPENSE_CREATE: Words(
        "报销费用",
        "新建、修改、提交和删除自己的报销单、费用申请和借款",
        "Claim expenses",
        "Make, change, submit and delete one's own claims, requests and advances",
    ),
    _P.EXPENSE_PAY: Words(
        "支付报销", "登记付款、核销和还款，错了可以冲销", "Pay expense claims", "And reverse mistakes"
    ),
    _P.EXPENSE_MANAGE: Words("设置费用", "费用类型和规则", "Arrange expenses", "Their kinds and rules"),
    _P.EXPENSE_EXPORT: Words(
        "导出报销",
        "导出为文件，不超出能看到的报销单、费用申请和借款",
        "Export expense claims",
        "To a file, no farther than they are seen",
    ),
    _P.MESSAGE_MANAGE: Words(
        "管理客户消息",
        "发送规则、退订与屏蔽名单",
        "Manage messages to customers",
        "Their rules, and the addresses that nothing is sent to",
    ),
    _P.JOB_READ: Words(
        "查看任务", "查看导入等任务的进度和结果", "See jobs", "Progress and results of imports"
    ),
    _P.JOB_CANCEL: Words(
        "取消任务", "在所选范围内取消进行中的任务", "Cancel jobs", "Within the chosen scope"
    ),
    _P.USER_READ: Words(
        "查看同事", "查看同事的登录名、角色和邀请", "See colleagues", "Sign-in names, roles and invitations"
    ),
    _P.USER_INVITE: Words(
        "邀请同事", "邀请新同事，权限不超过自己", "Invite colleagues", "With no more rights than oneself"
    ),
    _P.USER_MANAGE: Words(
        "管理同事",
        "调整权限不超过自己的同事的部门、角色和状态",
        "Manage colleagues",
        "Department, roles and state of those with no more rights than oneself",
    ),
    _P.DEPARTMENT_MANAGE: Words(
        "管理部门", "新建、修改、移动和删除部门", "Manage departments", "Create, change, move and delete them"
    ),
    _P.ROLE_MANAGE: Words(
        "管理角色", "新建和修改角色，权限不超过自己", "Manage roles", "Granting no more than one has oneself"
    ),
    _P.TENANT_MANAGE: Words(
        "企业设置", "修改企业名称、语言和时区", "Company settings", "Its name, language and time zone"
    ),
    _P.AUDIT_READ: Words(
        "查看操作日志", "查看谁在什么时候做了什么", "Read the audit trail", "Who did what, and when"
    ),
}
