"""A made-up address, for those who want to see how a letter would look."""

ADDRESSES = {
    "zh-CN": {
        "postcode": "215021",
        "address": "江苏省苏州市工业园区星湖街 218 号",
        "customer": "苏州宏远机械有限公司",
        "addressee": "张建国 先生 收",
    },
    "en": {
        "postcode": "215021",
        "address": "218 Xinghu Street, Suzhou Industrial Park, Jiangsu",
        "customer": "Hongyuan Machinery",
        "addressee": "Zhang Jianguo",
    },
}
