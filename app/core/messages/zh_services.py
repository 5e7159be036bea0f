"""Chinese, about what customers have and what is done for them."""

SERVICES: dict[str, str] = {
    "warranty-from-nowhere": "填写质保起始日、安装日期或购买日期，才能按月数算出质保到期日",
    "not-done-yet": "服务日期不能晚于今天",
    "due-before-done": "下次日期应晚于服务日期",
    "asset-of-another-customer": "这台设备不属于所选的客户",
}
