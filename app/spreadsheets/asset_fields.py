"""What a column of a file of assets can be."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (
    Choice("in_use", "在用", "In use", sure="使用中 正常 运行中 运行 启用 active", likely="良好 完好"),
    Choice("retired", "停用", "Retired", sure="报废 已报废 已停用 退役 拆除", likely="闲置 封存"),
)
_UNITS = (
    Choice("day", "天", "Days", sure="日 d"),
    Choice("month", "月", "Months", sure="个月 m"),
)


def _told(name: str, kind: Kind, zh: str, en: str) -> Field:
    return Field(name, kind, zh, en, headings="", imported=False)


FIELDS = (
    Field(
        "name", "text", "设备名称", "Asset",
        headings="设备 名称 品名 资产名称 资产 机器名称 机型名称 产品名称 仪器名称 assetname "
        "equipment equipmentname machine",
    ),
    Field(
        "customer", "customer", "客户", "Customer",
        headings="客户名称 所属客户 公司 公司名称 单位名称 使用单位 用户单位 最终用户 customername "
        "company account accountname",
        needed=True,
    ),
    Field("contact", "contact", "联系人", "Contact", headings="联系人姓名 现场联系人 设备负责人 contactname"),
    Field(
        "product", "product", "产品", "Product",
        headings="产品编号 产品编码 物料编码 物料号 商品编码 货号 sku productcode partnumber "
        "itemno",
    ),
    Field(
        "model", "text", "型号", "Model",
        headings="设备型号 规格型号 规格 机型 产品型号 modelno modelnumber",
    ),
    Field(
        "serial", "text", "序列号", "Serial number",
        headings="sn 出厂编号 机身号 机号 机器编号 设备编号 设备编码 资产编号 条码 serial serialno "
        "serialnumber",
    ),
    Field("state", "choice", "状态", "State", headings="设备状态 使用状态 运行状态 status", choices=_STATES),
    Field(
        "location", "text", "安装位置", "Location",
        headings="安装地点 安装地址 位置 地点 使用地点 存放地点 site installedat",
    ),
    Field(
        "bought_on", "day", "购买日期", "Bought",
        headings="购买时间 采购日期 购置日期 购机日期 销售日期 出货日期 发货日期 purchasedate "
        "boughton",
    ),
    Field(
        "installed_on", "day", "安装日期", "Installed",
        headings="安装时间 装机日期 验收日期 投用日期 启用日期 installdate installedon",
    ),
    Field(
        "warranty_from", "day", "质保开始", "Warranty from",
        headings="质保开始日期 质保起 保修开始 保修开始日期 保修起始日 warrantystart",
    ),
    Field(
        "warranty_months", "months", "质保月数", "Warranty months",
        headings="质保期 质保时长 保修期 保修期限 质保期限 保修月数 warrantymonths warrantyperiod",
    ),
    Field(
        "warranty_until", "day", "质保到期", "Warranty until",
        headings="质保到期日 质保到期日期 质保截止 质保截止日期 质保止 保修到期 保修到期日 "
        "保修截止 保修截止日期 过保日期 warrantyend warrantyexpiry",
    ),
    Field(
        "maintenance_every", "interval", "保养间隔", "Maintenance every",
        headings="保养周期 维保周期 维护周期 检修周期 maintenanceinterval",
    ),
    Field(
        "maintenance_unit", "choice", "间隔单位", "Interval in",
        headings="周期单位 保养周期单位", choices=_UNITS,
    ),
    _told("last_maintained_on", "day", "上次保养", "Last maintained"),
    _told("maintenance_due_on", "day", "下次保养", "Maintenance due"),
    Field(
        "contract_number", "text", "服务合同号", "Service contract",
        headings="合同号 合同编号 服务合同 维保合同 维保合同号 contractnumber",
    ),
    Field(
        "contract_from", "day", "服务合同开始", "Contract from",
        headings="合同开始 合同开始日期 合同起 维保开始 contractstart",
    ),
    Field(
        "contract_until", "day", "服务合同到期", "Contract until",
        headings="合同到期 合同到期日 合同截止 合同结束 维保到期 维保截止 contractend",
    ),
    _told("owner", "colleague", "负责人", "Owner"),
    _told("department", "department", "部门", "Department"),
    Field("remark", "text", "备注", "Remark", headings="说明 备注说明 remarks note notes"),
    _told("created_by", "colleague", "创建人", "Created by"),
    _told("created_at", "instant", "创建时间", "Created"),
    _told("updated_at", "instant", "更新时间", "Updated"),
    Field("id", "id", "系统编号", "Record ID", headings="guanxiid"),
)  # fmt: skip
