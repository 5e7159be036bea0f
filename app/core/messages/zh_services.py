"""Chinese, about what customers have and what is done for them."""

SERVICES: dict[str, str] = {
    "warranty-from-nowhere": "填写质保起始日、安装日期或购买日期，才能按月数算出质保到期日",
    "not-bought-yet": "购买日期不能晚于今天",
    "not-done-yet": "服务日期不能晚于今天",
    "due-before-done": "下次日期应晚于服务日期",
    "asset-of-another-customer": "这台设备不属于所选的客户",
    "message-cannot-be-sent": "现在发不出去，请先看预览里的原因",
    "message-on-its-way": "已经在发送或已有结果，不能取消",
    "message-not-over": "这条消息还在发送或已经送达，不用重新发送",
    "template-not-in-use": "有模板没有启用或已删除",
    "purposes-differ": "几个模板的用途要相同",
    "too-many-sms-accounts": "短信账号最多 {max} 个",
    "template-no-sms": "只有短信模板需要服务商审核",
    "sms-not-approved": "这个模板在这个账号下还没有通过审核",
    "key-plain": "密钥里只有英文字母、数字和符号，不能有空格或汉字",
    "signature-bare": "签名不要带括号",
    "callback-unreadable": "内容无法识别",
}
