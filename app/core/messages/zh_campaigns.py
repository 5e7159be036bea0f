"""Chinese, about campaigns."""

CAMPAIGNS = {
    "campaign-begun": "这次群发已经开始，不能再修改；可以复制一份再改",
    "campaign-under-way": "群发正在进行，请先取消再删除",
    "campaign-over": "这次群发已经结束了",
    "campaign-not-sending": "群发现在的状态不能这样操作，请刷新后再看",
    "too-many-campaign-drafts": "草稿太多了，最多 200 个，请先删掉不用的",
    "campaign-count-unconfirmed": "这次群发会发给 {count} 人，请确认人数后再开始",
    "campaign-moment-past": "开始时间已经过了，请重新选择",
    "campaign-template-off": "所选的消息模板没有启用",
    "campaign-template-of-other-way": "所选模板不是这个渠道的模板",
    "campaign-template-of-other-purpose": "所选模板的用途和群发的用途不一样",
    "campaign-field-gone": "筛选条件里用到的字段已经不存在了，请重新选择",
    "campaign-trial-nowhere": "所选同事没有可用的邮箱或手机号，没有发出",
    "campaign-trial-wordless": "所选的消息模板没有启用，不能试发",
    "followed-link-dead": "这个链接已经失效",
    "campaign-nobody": "没有人符合筛选条件",
    "campaign-value-missing": "模板里有变量在群发里填不出来；请换一个模板，或给变量写上备用文字",
    "campaign-not-approved": "短信模板还没有通过审核，等审核通过后再发",
}
