"""Chinese, about care rules and the plans that people are in."""

CARE: dict[str, str] = {
    "too-many-care-rules": "关怀规则太多了，最多 100 条",
    "care-run-over": "这个计划已经结束了",
    "care-step-settled": "这一步已经完成或跳过了",
    "only-every-year": "这个日子没有年份，只能设成每年都提醒",
    "not-for-this-trigger": "这种触发方式不能这样设置",
    "step-does-nothing": "这一步至少要发一条消息，或安排一个任务",
    "unknown-variable": "没有“{name}”这个变量",
    "care-field-gone": "用到的字段已经不存在了，请重新选择",
    "care-template-off": "所选的消息模板没有启用",
    "care-template-of-other-way": "所选模板不是这个渠道的模板",
    "care-template-of-other-purpose": "所选模板的用途和规则的用途不一样",
    "care-nobody": "按现在的条件，一年之内没有人会收到，请检查触发和适用对象",
    "care-value-missing": "模板里有变量在这种场合填不出来；请换一个模板，或给变量写上备用文字",
    "care-not-approved": "短信模板还没有通过审核，等审核通过后再启用",
}
