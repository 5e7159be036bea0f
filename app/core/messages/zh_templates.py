"""Chinese, about templates of messages."""

TEMPLATES: dict[str, str] = {
    "template-unknown-variable": "没有“{variable}”这个变量，请从“插入变量”中选择",
    "template-broken-variable": "变量的大括号不完整：{near}",
    "template-empty-fallback": "变量 {variable} 的竖线后面要写缺省文字，或者去掉竖线",
    "template-long-fallback": "变量 {variable} 的缺省文字最多 {max} 个字",
    "template-two-fallbacks": "变量 {variable} 出现了多次，缺省文字要写成一样的",
    "template-link-variable": "链接地址里不能放变量，请填写完整的固定地址",
    "template-unknown-picture": "正文里有图片不是这个模板的附件，请删掉后重新插入",
    "template-line-break": "短信内容不能换行",
    "template-unsendable": "短信里不能有“{character}”，运营商会拒收（包括表情、【】和大括号）",
    "template-link": "内容里有网址。营销号码带网址容易被拦截，确实需要时请勾选“含有网址”",
    "template-purpose-fixed": "启用过的模板不能改用途，请复制一份再改",
    "too-many-message-templates": "模板太多了，请先删除或合并不用的",
    "message-template-used": "这个模板启用过，可能已经有消息用它发出，只能停用，不能删除",
    "message-template-no-draft": "启用过的模板不能退回草稿，可以停用",
    "template-not-mail": "只有邮件模板可以试发",
    "no-own-address": "你的账号没有邮箱，无法收到试发的邮件；用邮箱登录的同事可以试发",
}
