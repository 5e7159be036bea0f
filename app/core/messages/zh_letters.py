"""Chinese, about letters."""

LETTERS = {
    "too-many-letters": "信函太多了，最多 500 封，请先删掉不用的",
    "letter-too-many": "一次最多打印 {max} 份，请把条件收窄，分几次打印",
    "letter-address-hidden": "你不能查看客户地址，所以不能打印信函",
    "letter-nobody": "没有人符合条件",
    "letter-no-such-label": "这种标签纸一张只有 {max} 格",
    "letter-variable-of-record": "信函里不能用变量“{variable}”，它要与某条记录有关",
    "letter-not-a-postcode": "邮编是 6 位数字",
    "letter-no-address": "没有地址",
    "letter-do-not-contact": "要求勿扰",
    "letter-minor": "未成年人",
    "letter-same-customer": "同一客户已有一份",
    "letter-value-missing": "缺资料：{variables}",
    "letter-contact-gone": "联系人已删除",
}
