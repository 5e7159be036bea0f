"""What a column of a file of products can be."""

from app.core.money import CURRENCIES
from app.spreadsheets.vocabulary import Choice, Field

_STATES = (Choice("active", "在售", "On sale"), Choice("retired", "已停用", "Retired"))
_CALLED = {
    "CNY": ("人民币", "RMB 元 ¥ ￥ yuan"),
    "USD": ("美元", "美金 $ US$"),
    "EUR": ("欧元", "€"),
    "HKD": ("港币", "港元 HK$"),
    "JPY": ("日元", "日圆"),
    "GBP": ("英镑", "£"),
    "TWD": ("新台币", "台币 NT$"),
    "SGD": ("新加坡元", "新币 S$"),
}

FIELDS = (
    Field(
        "name", "text", "产品名称", "Product",
        headings="品名 名称 产品 产品名 商品 商品名称 物料名称 货品名称 productname item itemname",
    ),
    Field(
        "code", "text", "产品编号", "Code",
        headings="编号 编码 产品编码 商品编号 商品编码 物料编码 物料号 货号 sku productcode "
        "partnumber itemno",
    ),
    Field(
        "category", "category", "分类", "Category",
        headings="类别 品类 产品分类 产品类别 产品系列 系列 商品分类 series productline productcategory",
    ),
    Field(
        "specification", "text", "规格", "Specification",
        headings="规格型号 型号规格 型号 产品规格 spec specs model",
    ),
    Field("unit", "text", "单位", "Unit", headings="计量单位 销售单位 uom unitofmeasure"),
    Field(
        "list_price", "money", "目录价", "List price",
        headings="价格 单价 售价 销售价 销售单价 销售价格 标价 标准价 标准售价 含税单价 "
        "price unitprice salesprice sellingprice standardprice",
    ),
    Field(
        "floor_price", "money", "底价", "Floor price",
        headings="最低价 最低售价 最低销售价 minimumprice minprice",
    ),
    Field(
        "cost", "money", "成本", "Cost",
        headings="成本价 单位成本 采购价 进价 进货价 costprice unitcost purchaseprice",
    ),
    Field("tax_rate", "percent", "税率", "Tax rate", headings="增值税率 vat vatrate"),
    Field("state", "choice", "状态", "State", headings="", choices=_STATES, imported=False),
    Field(
        "description", "text", "说明", "Description",
        headings="产品说明 描述 产品描述 备注 remark note notes",
    ),
    Field("created_by", "colleague", "创建人", "Created by", headings="", imported=False),
    Field("created_at", "instant", "创建时间", "Created", headings="", imported=False),
    Field("updated_at", "instant", "更新时间", "Updated", headings="", imported=False),
    Field("id", "id", "系统编号", "Record ID", headings="guanxiid"),
)  # fmt: skip
CURRENCY = Field(
    "currency", "choice", "币种", "Currency", headings="货币 币别",
    choices=tuple(Choice(code, _CALLED[code][0], code, sure=_CALLED[code][1]) for code in CURRENCIES),
    aside=True,
)  # fmt: skip
"""In which currency the amounts of a row are, where their cells do not say it."""
