"""What a column of a file of assets can be."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (Choice("in_use", "在用", "In use"), Choice("retired", "停用", "Retired"))
_UNITS = (Choice("day", "天", "Days"), Choice("month", "月", "Months"))


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("name", "text", "设备名称", "Asset"),
    _told("customer", "customer", "客户", "Customer"),
    _told("contact", "customer", "联系人", "Contact"),
    _told("product", "customer", "产品", "Product"),
    _told("model", "text", "型号", "Model"),
    _told("serial", "text", "序列号", "Serial number"),
    _told("state", "choice", "状态", "State", _STATES),
    _told("location", "text", "安装位置", "Location"),
    _told("bought_on", "text", "购买日期", "Bought"),
    _told("installed_on", "text", "安装日期", "Installed"),
    _told("warranty_from", "text", "质保开始", "Warranty from"),
    _told("warranty_until", "text", "质保到期", "Warranty until"),
    _told("maintenance_every", "whole", "保养间隔", "Maintenance every"),
    _told("maintenance_unit", "choice", "间隔单位", "Interval in", _UNITS),
    _told("last_maintained_on", "text", "上次保养", "Last maintained"),
    _told("maintenance_due_on", "text", "下次保养", "Maintenance due"),
    _told("contract_number", "text", "服务合同号", "Service contract"),
    _told("contract_from", "text", "服务合同开始", "Contract from"),
    _told("contract_until", "text", "服务合同到期", "Contract until"),
    _told("owner", "colleague", "负责人", "Owner"),
    _told("department", "department", "部门", "Department"),
    _told("remark", "text", "备注", "Remark"),
    _told("created_by", "colleague", "创建人", "Created by"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
