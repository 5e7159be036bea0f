"""What a column of a file of purchases can be."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_SOURCES = (
    Choice("hand", "手工登记", "By hand"),
    Choice("file", "文件导入", "From a file"),
    Choice("quote", "报价成交", "Quote"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    Field(
        "bought_on", "day", "购买日期", "Bought on",
        headings="日期 购买时间 采购日期 下单日期 下单时间 订单日期 成交日期 成交时间 销售日期 "
        "出货日期 发货日期 单据日期 开单日期 date orderdate purchasedate saledate",
        needed=True,
    ),
    Field(
        "customer", "customer", "客户", "Customer",
        headings="客户名称 所属客户 公司 公司名称 单位名称 购买单位 购货单位 往来单位 customername "
        "company account accountname buyer",
        needed=True,
    ),
    Field("contact", "contact", "联系人", "Contact", headings="联系人姓名 采购联系人 收货人 contactname"),
    Field(
        "name", "text", "购买内容", "What was bought",
        headings="产品名称 品名 名称 商品 商品名称 物料名称 货品名称 存货名称 项目 内容 item "
        "itemname productname description",
    ),
    Field(
        "product", "product", "产品", "Product",
        headings="产品编号 产品编码 商品编码 商品编号 物料编码 物料号 存货编码 货号 编码 sku "
        "productcode partnumber itemno",
    ),
    Field("quantity", "quantity", "数量", "Quantity", headings="销售数量 购买数量 出货数量 件数 qty"),
    Field("unit", "text", "单位", "Unit", headings="计量单位 销售单位 uom unitofmeasure"),
    Field(
        "amount", "money", "金额", "Amount",
        headings="总金额 总价 合计 合计金额 价税合计 含税金额 成交金额 订单金额 销售金额 销售额 "
        "实付金额 total totalamount totalprice",
    ),
    _told("source", "choice", "来源", "Source", _SOURCES),
    Field(
        "reference", "text", "单号", "Reference",
        headings="订单号 订单编号 单据编号 单据号 销售单号 出库单号 合同号 合同编号 orderno "
        "ordernumber documentno invoiceno",
    ),
    Field("remark", "text", "备注", "Remark", headings="说明 摘要 备注说明 remarks note notes"),
    _told("owner", "colleague", "负责人", "Owner"),
    _told("department", "department", "部门", "Department"),
    _told("created_by", "colleague", "创建人", "Created by"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    Field("id", "id", "系统编号", "Record ID", headings="guanxiid"),
)  # fmt: skip
