"""What a column of a contact file can become."""

from app.spreadsheets.vocabulary import Choice, Field

_GENDERS = (
    Choice("male", "男", "Male", sure="先生 男士 男性 m mr"),
    Choice("female", "女", "Female", sure="女士 小姐 女性 f ms mrs"),
)
_LANGUAGES = (
    Choice("zh-CN", "中文", "Chinese", sure="汉语 普通话 zh cn 简体中文"),
    Choice("en", "英文", "English", sure="英语 eng"),
)
_ROLES = (
    Choice("decision_maker", "决策人", "Decides", sure="决策者 决策 拍板人 decisionmaker"),
    Choice("influencer", "影响者", "Influences", sure="影响人 影响 influencer"),
    Choice("user", "使用者", "Uses", sure="使用人 最终用户 user"),
    Choice("purchaser", "采购", "Purchases", sure="采购人 采购者 purchaser buyer"),
    Choice("finance", "付款", "Pays", sure="财务 付款人 finance"),
    Choice("gatekeeper", "把关人", "Gatekeeper", sure="守门人"),
    Choice("other", "其他", "Other", sure="其它"),
)

FIELDS = (
    Field(
        "name", "text", "姓名", "Name",
        headings="联系人 联系人姓名 联系人名称 名字 contact contactname fullname",
    ),
    Field(
        "customer", "customer", "所属客户", "Customer",
        headings="客户名称 公司 公司名称 单位 客户 company account accountname",
    ),
    Field("title", "text", "职务", "Title", headings="职位 岗位 头衔 jobtitle position"),
    Field("department_name", "text", "所在部门", "Department", headings="部门 dept"),
    Field(
        "role", "choice", "采购角色", "Buying role",
        headings="角色 决策角色 关键决策人 buyingrole", choices=_ROLES,
    ),
    Field(
        "language", "choice", "语言", "Language", headings="沟通语言 联系语言 preferredlanguage lang",
        choices=_LANGUAGES,
    ),
    Field("gender", "choice", "性别", "Gender", headings="称呼 sex", choices=_GENDERS),
    Field("mobile", "phones", "手机", "Mobile", headings="手机号 手机号码 移动电话 mobilephone cellphone"),
    Field("phone", "phones", "电话", "Phone", headings="电话号码 联系电话 座机 固定电话 tel telephone"),
    Field("email", "email", "邮箱", "E-mail", headings="电子邮箱 电子邮件 邮件 mail emailaddress"),
    Field("wechat", "text", "微信", "WeChat", headings="微信号 wechatid wx"),
    Field("birthday", "birthday", "生日", "Birthday", headings="出生日期 birth birthdate dateofbirth"),
    Field("is_primary", "yes", "首要联系人", "Primary contact", headings="主要联系人 primary isprimary"),
    Field("remark", "text", "备注", "Remark", headings="说明 描述 note notes comment"),
    Field("owner", "colleague", "负责人", "Owner", headings="", imported=False),
    Field("department", "department", "部门", "Department of owner", headings="", imported=False),
    Field("created_at", "instant", "创建时间", "Created", headings="创建日期", imported=False),
    Field("updated_at", "instant", "更新时间", "Updated", headings="更新日期 最后修改时间", imported=False),
    Field("id", "id", "系统编号", "Record ID", headings="guanxiid"),
)  # fmt: skip
