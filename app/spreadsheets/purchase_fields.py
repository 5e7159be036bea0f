"""What a column of a file of purchases can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_SOURCES = (Choice("hand", "手工登记", "By hand"), Choice("quote", "报价成交", "Quote"))


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("bought_on", "text", "购买日期", "Bought on"),
    _told("customer", "customer", "客户", "Customer"),
    _told("contact", "customer", "联系人", "Contact"),
    _told("name", "text", "购买内容", "What was bought"),
    _told("product", "customer", "产品", "Product"),
    _told("quantity", "text", "数量", "Quantity"),
    _told("unit", "text", "单位", "Unit"),
    _told("amount", "money", "金额", "Amount"),
    _told("source", "choice", "来源", "Source", _SOURCES),
    _told("reference", "text", "单号", "Reference"),
    _told("remark", "text", "备注", "Remark"),
    _told("owner", "colleague", "负责人", "Owner"),
    _told("department", "department", "部门", "Department"),
    _told("created_by", "colleague", "创建人", "Created by"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
