"""What a column of a file of products can be; such files are only taken out so far as pages offer it."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (Choice("active", "在售", "On sale"), Choice("retired", "已停用", "Retired"))


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("name", "text", "产品名称", "Product"),
    _told("code", "text", "产品编号", "Code"),
    _told("category", "customer", "分类", "Category"),
    _told("specification", "text", "规格", "Specification"),
    _told("unit", "text", "单位", "Unit"),
    _told("list_price", "money", "目录价", "List price"),
    _told("floor_price", "money", "底价", "Floor price"),
    _told("cost", "money", "成本", "Cost"),
    _told("tax_rate", "percent", "税率", "Tax rate"),
    _told("state", "choice", "状态", "State", _STATES),
    _told("description", "text", "说明", "Description"),
    _told("created_by", "colleague", "创建人", "Created by"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    _told("id", "id", "系统编号", "Record ID"),
)
