"""What a column of a file of service records can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_KINDS = (
    Choice("installation", "安装", "Installation"),
    Choice("maintenance", "保养", "Maintenance"),
    Choice("repair", "维修", "Repair"),
    Choice("visit", "巡检", "Visit"),
    Choice("training", "培训", "Training"),
    Choice("other", "其他", "Other"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("done_on", "text", "服务日期", "Done on"),
    _told("kind", "choice", "服务类型", "Kind", _KINDS),
    _told("customer", "customer", "客户", "Customer"),
    _told("contact", "customer", "联系人", "Contact"),
    _told("asset", "customer", "设备", "Asset"),
    _told("asset_serial", "text", "序列号", "Serial number"),
    _told("content", "text", "服务内容", "What was done"),
    _told("done_by", "colleague", "服务人员", "Done by"),
    _told("done_by_name", "text", "外部服务人员", "Done by (outside)"),
    _told("next_due_on", "text", "下次日期", "Next due"),
    _told("fee", "money", "费用", "Fee"),
    _told("owner", "colleague", "负责人", "Owner"),
    _told("department", "department", "部门", "Department"),
    _told("created_by", "colleague", "创建人", "Created by"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
