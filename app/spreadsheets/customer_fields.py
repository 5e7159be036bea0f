"""What a column of a customer file can become."""

from collections.abc import Mapping

from app.spreadsheets.vocabulary import Choice, Field

_KINDS = (
    Choice(
        "company", "企业", "Company",
        sure="公司 单位 组织 机构 法人 corporate organization organisation business",
    ),
    Choice(
        "person", "个人", "Person",
        sure="自然人 散客 individual",
    ),
)  # fmt: skip
_TYPES = (
    Choice(
        "end_customer", "终端客户", "End customer",
        sure="最终客户 最终用户 直客 直销客户 enduser enduse",
        likely="客户 终端 直接客户 customer client 用户",
    ),
    Choice(
        "channel", "渠道商", "Channel",
        sure="渠道 经销商 代理商 分销商 reseller distributor dealer agent",
        likely="代理 经销 分销 批发商 贸易商",
    ),
    Choice(
        "supplier", "供应商", "Supplier",
        sure="供货商 vendor",
        likely="供应 厂商 采购",
    ),
    Choice(
        "competitor", "竞争对手", "Competitor",
        sure="竞品 竞争者 同行 rival",
    ),
    Choice(
        "media", "媒体", "Media",
        sure="press",
        likely="公关 媒介",
    ),
    Choice(
        "partner", "合作伙伴", "Partner",
        sure="伙伴 合作方 合作商",
        likely="合作 生态 战略",
    ),
    Choice(
        "other", "其他", "Other",
        sure="其它 others",
        likely="未知 未分类 普通客户 unknown",
    ),
)  # fmt: skip
_TIERS = (
    Choice(
        "platinum", "铂金", "Platinum",
        sure="白金 钻石 diamond vip",
        likely="A A类 A级 战略 战略客户 大客户 一级 key ka S S级 五星 特级",
    ),
    Choice(
        "gold", "黄金", "Gold",
        sure="金牌 金",
        likely="B B类 B级 重点 重点客户 重要 重要客户 二级 important high 高 四星 优质",
    ),
    Choice(
        "normal", "普通", "Normal",
        sure="一般 普通客户 一般客户 standard regular",
        likely="C C类 C级 三级 medium 中 三星 银 银牌 silver",
    ),
    Choice(
        "poor", "低价值", "Poor",
        sure="较差 差 劣质 low",
        likely="D D类 D级 四级 低 一星 二星 铜 bronze",
    ),
)  # fmt: skip
_STAGES = (
    Choice(
        "potential", "潜在", "Potential",
        sure="潜在客户 prospect lead",
        likely="新客户 线索 初步接触 待跟进 未联系 new open",
    ),
    Choice(
        "intent", "有意向", "Intent",
        sure="意向 意向客户 interested qualified",
        likely="跟进中 洽谈 谈判 报价 已联系 方案 contacted negotiation proposal",
    ),
    Choice(
        "deal", "已成交", "Won",
        sure="成交 deal 成交客户 签约 已签约 won customer closedwon",
        likely="老客户 合作中 正式客户 active existing 复购",
    ),
    Choice(
        "lost", "已流失", "Lost",
        sure="流失 流失客户 churned closedlost",
        likely="失败 放弃 停止合作 无效 inactive dead 输单",
    ),
)  # fmt: skip

FIELDS = (
    Field(
        "name", "text", "客户名称", "Customer name",
        headings="""名称 客户 客户名 客户全称 公司 公司名称 公司名 公司全称 企业 企业名称 企业名 单位 单位名称
        机构名称 全称 account accountname company companyname customer customername organization
        organisation organizationname client clientname businessname 客戶名稱 公司名稱 名稱""",
        hints="公司名 客户名 企业名 单位名 companyname accountname customername",
    ),
    Field(
        "kind", "choice", "性质", "Company or person",
        headings="公司或个人 客户性质 客户类别 主体类型 entitytype customerkind",
        choices=_KINDS,
    ),
    Field(
        "type", "choice", "客户类型", "Customer type",
        headings="类型 客户种类 客户分类 关系类型 accounttype relationship",
        hints="客户类 accounttype customertype",
        choices=_TYPES,
    ),
    Field(
        "tier", "choice", "价值等级", "Value tier",
        headings="""等级 级别 客户等级 客户级别 客户分级 客户评级 客户价值 重要程度 星级 level customerlevel
        grade rating tier rank priority""",
        hints="等级 分级 级别 评级",
        choices=_TIERS,
    ),
    Field(
        "stage", "choice", "客户阶段", "Stage",
        headings="""阶段 客户状态 状态 销售阶段 跟进状态 生命周期 status customerstatus lifecycle
        lifecyclestage salesstage""",
        hints="阶段 状态 status stage",
        choices=_STAGES,
    ),
    Field(
        "source", "text", "来源", "Source",
        headings="客户来源 线索来源 信息来源 获客渠道 来源渠道 leadsource origin",
        hints="来源 source",
    ),
    Field(
        "industry", "text", "行业", "Industry",
        headings="所属行业 行业类型 行业分类 所在行业 行业类别 sector vertical segment",
        hints="行业 industry sector",
    ),
    Field(
        "region", "text", "地区", "Region",
        headings="""区域 省份 省 城市 市 省市 所在地 所在地区 所在城市 所属区域 所属地区 国家 officelocation
        location city province state country area territory""",
        hints="地区 区域 省市 location region",
    ),
    Field(
        "address", "text", "地址", "Address",
        headings="""详细地址 公司地址 客户地址 联系地址 注册地址 办公地址 通讯地址 收货地址 街道 street
        streetaddress billingaddress officeaddress""",
        hints="地址 address",
    ),
    Field(
        "website", "text", "网址", "Website",
        headings="网站 官网 公司网站 公司网址 主页 公司主页 url web homepage domain 网页",
        hints="网址 网站 官网 website url",
    ),
    Field(
        "credit_code", "text", "统一社会信用代码", "Credit code",
        headings="""信用代码 社会信用代码 税号 纳税人识别号 营业执照号 工商注册号 unifiedsocialcreditcode uscc
        taxid taxnumber vat""",
        hints="信用代码 税号 识别号 taxid",
    ),
    Field(
        "employees", "whole", "人员规模", "Employees",
        headings="""人数 员工人数 员工数 员工 企业人数 公司人数 规模 公司规模 numberofemployees employeecount
        headcount staff size companysize""",
        hints="人数 employees headcount",
    ),
    Field(
        "founded_year", "year", "成立年份", "Founded",
        headings="""成立时间 成立日期 成立年 注册时间 注册日期 创立时间 创立年份 建立年份 yearestablished
        yearfounded foundedyear established establishedyear foundedin foundationyear""",
        hints="成立 创立 founded established",
    ),
    Field(
        "founding_day", "year_day", "司庆日", "Founding day",
        headings="""司庆 公司司庆 公司生日 公司周年 公司周年日 周年庆 周年纪念日 成立纪念日 公司纪念日 厂庆
        厂庆日 店庆 店庆日 companyanniversary anniversary anniversaryday companybirthday""",
        hints="司庆 厂庆 店庆 周年 纪念日 anniversary",
    ),
    Field(
        "annual_revenue", "money", "年营业额", "Annual revenue",
        headings="""年营收 营收 年收入 营业额 年销售额 销售额 营业收入 年产值 产值 revenue turnover
        annualturnover annualsales sales""",
        hints="营收 营业额 年收入 revenue turnover",
    ),
    Field(
        "mobile", "phones", "手机", "Mobile",
        headings="""手机号 手机号码 移动电话 联系手机 客户手机 联系人手机 手机1 mobilephone mobilenumber cell
        cellphone""",
        hints="手机 mobile",
    ),
    Field(
        "phone", "phones", "电话", "Phone",
        headings="""电话号码 联系电话 公司电话 办公电话 座机 固定电话 固话 客户电话 总机 联系方式 电话1 tel
        telephone phonenumber officephone workphone businessphone contactnumber 電話""",
        hints="电话 电话号 phone 联系方式",
    ),
    Field(
        "email", "email", "邮箱", "E-mail",
        headings="电子邮箱 电子邮件 邮件 公司邮箱 邮箱地址 联系邮箱 mail emailaddress companyemail",
        hints="邮箱 邮件 email",
    ),
    Field(
        "owner", "colleague", "负责人", "Owner",
        headings="""客户负责人 业务员 销售 销售员 销售人员 销售代表 客户经理 跟进人 归属人 所属销售 所有人
        所属人 业务经理 负责销售 accountowner salesperson salesrep salesagent rep accountmanager ownername
        assignedto""",
        hints="负责人 业务员 客户经理 跟进人 owner",
    ),
    Field(
        "parent", "customer", "上级公司", "Parent company",
        headings="""母公司 总公司 集团 所属集团 上级客户 上级单位 隶属 隶属公司 上级 subsidiaryof
        parentaccount parentcompany parentname group holding""",
        hints="母公司 上级 parent subsidiary",
    ),
    Field(
        "tags", "tags", "标签", "Tags",
        headings="客户标签 标记 关键词 关键字 label labels tag keyword keywords",
        hints="标签 tags labels",
    ),
    Field(
        "remark", "text", "备注", "Remark",
        headings="""说明 备注信息 描述 客户描述 备注说明 简介 公司简介 注释 其他信息 附言 remarks note notes
        comment comments description memo 備註""",
        hints="备注 描述 说明 note remark comment",
    ),
)  # fmt: skip

TOLD = (
    Field("department", "department", "部门", "Department", headings="", imported=False),
    Field("created_at", "instant", "创建时间", "Created", headings="", imported=False),
    Field("updated_at", "instant", "更新时间", "Updated", headings="", imported=False),
    Field("last_activity_at", "instant", "最近跟进", "Last follow-up", headings="", imported=False),
    Field("next_step_at", "instant", "下次跟进", "Next step", headings="", imported=False),
    Field("id", "id", "系统编号", "Record ID", headings="guanxiid"),
)
"""What cannot be typed: it is only told, or tells which record is meant."""

BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
