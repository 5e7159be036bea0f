"""What a column of a file of messages to people outside can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (
    Choice("waiting", "等待发送", "Waiting"),
    Choice("sending", "发送中", "Sending"),
    Choice("sent", "已发出", "Sent"),
    Choice("delivered", "已送达", "Delivered"),
    Choice("uncertain", "未确认", "Unconfirmed"),
    Choice("failed", "没发出去", "Failed"),
    Choice("suppressed", "未发送", "Not sent"),
    Choice("expired", "已过期", "Expired"),
    Choice("cancelled", "已取消", "Cancelled"),
)
_WAYS = (Choice("sms", "短信", "SMS"), Choice("mail", "邮件", "E-mail"), Choice("wechat", "微信", "WeChat"))
_PURPOSES = (
    Choice("marketing", "营销", "Marketing"),
    Choice("care", "关怀", "Care"),
    Choice("service", "服务", "Service"),
)
_REASONS = (
    Choice("do-not-contact", "对方要求勿扰", "Wants no contact"),
    Choice("minor", "对方是未成年人", "Is a minor"),
    Choice("no-address", "没有号码或邮箱", "No number or mailbox"),
    Choice("suppressed", "号码或邮箱在屏蔽名单里", "Number or mailbox is blocked"),
    Choice("withdrawn", "对方已拒绝", "Has refused"),
    Choice("no-consent", "对方还没有同意", "Has not agreed yet"),
    Choice("contact-gone", "联系人已删除", "Contact was deleted"),
    Choice("template-off", "模板已停用", "Template is off"),
    Choice("not-approved", "短信模板还没通过审核", "Text is not approved yet"),
    Choice("value-missing", "模板里的内容缺资料", "The template lacks data"),
    Choice("too-late", "过了有效期", "Too late"),
    Choice("expired", "过了有效期", "Too late"),
    Choice("quiet-hours", "到期前没有可发送的时段", "No sending hours before it expired"),
    Choice("resting", "到期前一直暂停", "It rested until it expired"),
    Choice("cap", "到期前一直达到次数上限", "Limit reached until it expired"),
    Choice("by-hand", "同事取消", "Cancelled by a colleague"),
    Choice("rule-changed", "规则改了", "The rule was changed"),
    Choice("rule-off", "规则停用了", "The rule was switched off"),
    Choice("campaign-cancelled", "群发已取消", "The campaign was cancelled"),
    Choice("stopped", "计划已结束", "The plan has ended"),
    Choice("skipped", "已跳过", "Skipped"),
    Choice("provider-down", "服务商暂时没有回应", "The provider did not answer"),
    Choice("paced", "按发送频率排队", "Queued to keep to the agreed pace"),
    Choice("limit-reached", "本月上限已用完", "The month’s limit is used up"),
    Choice("no-such-mailbox", "邮箱不存在", "No such mailbox"),
    Choice("no-answer", "服务商没有回应", "No answer from the provider"),
    Choice("interrupted", "发送时被打断", "Interrupted while sending"),
    Choice("internal", "系统出错", "System error"),
    Choice("connection", "连不上服务商", "Provider out of reach"),
    Choice("timeout", "服务商超时", "Provider timed out"),
    Choice("tls", "加密连接失败", "Encryption failed"),
    Choice("nothing-to-enclose", "附件已不在", "The attachment is gone"),
    Choice("vendor-away", "连不上短信服务商", "SMS vendor out of reach"),
    Choice("balance-used-up", "账号余额用完", "Balance is used up"),
    Choice("key-refused", "密钥不对或没有权限", "Key is wrong or lacks rights"),
    Choice("signature-refused", "签名没有通过审核", "Signature is not approved"),
    Choice("account-limit", "账号达到上限", "Account has reached its limit"),
    Choice("number-wrong", "号码不对", "Wrong number"),
    Choice("number-refuses", "对方退订或在黑名单", "Has opted out or is blocked"),
    Choice("text-refused", "内容含敏感词", "Text was refused"),
    Choice("values-refused", "变量内容不合要求", "Values were refused"),
    Choice("text-changed", "等待时模板改了", "The template was changed while it waited"),
    Choice("too-long", "内容太长", "Too long"),
    Choice("too-often", "发给这个号码太频繁", "Too often to this number"),
    Choice("too-fast", "发送太快", "Too fast"),
    Choice("refused", "服务商拒绝", "Refused by the vendor"),
    Choice("no-account", "没有可用的短信账号", "No SMS account in use"),
    Choice("undelivered", "运营商没有送达", "Not delivered by the carrier"),
    Choice("unknown-there", "服务商没有这个模板编号", "Unknown to the vendor"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("contact", "customer", "联系人", "Contact"),
    _told("customer", "customer", "客户", "Customer"),
    _told("origin", "text", "来源", "Origin"),
    _told("said", "text", "内容", "Content"),
    _told("purpose", "choice", "用途", "Purpose", _PURPOSES),
    _told("way", "choice", "方式", "Way", _WAYS),
    _told("state", "choice", "结果", "Result", _STATES),
    _told("reason", "choice", "原因", "Reason", _REASONS),
    _told("clicks", "whole", "点开的链接数", "Links followed"),
    _told("replied", "yes", "回复短信", "Replied by SMS"),
    _told("unsubscribed", "yes", "退订", "Unsubscribed"),
    _told("due_at", "instant", "计划时间", "Due"),
    _told("settled_at", "instant", "结果时间", "Settled"),
    _told("created_by", "colleague", "发送人", "Sent by"),
    _told("created_at", "instant", "生成时间", "Created"),
    _told("id", "id", "系统编号", "Record ID"),
)
