"""Believable Chinese companies and people, from a fixed seed.

Parts are combined, so that none is taken from a real register; phone numbers are in ranges with runs of zeros that
telephone companies keep for examples.
"""

from dataclasses import dataclass
from random import Random

SURNAMES = (
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 "
    "苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 "
    "顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 诸葛 上官 司徒"
).split()
GIVEN = (
    "明远 知夏 思远 一诺 启明 若溪 子墨 雨桐 浩然 欣怡 宇轩 诗涵 俊杰 梦瑶 天佑 雅婷 志强 晓燕 建国 丽华 嘉懿 煜城 懿轩 烨伟 "
    "苑博 伟泽 熠彤 鸿煊 博涛 烨霖 烨华 煜祺 智宸 正豪 昊然 明杰 立诚 立轩 立辉 峻熙 弘文 熠彤 鸿煊 烨磊 晟睿 鹏煊 松 敏 静 伟 "
    "芳 娜 强 磊 军 洋 勇 艳 杰 娟 涛 超 霞 平 刚 桂英 海燕 文博 子涵 佳琪 瑞霖 书瑶 景行 望舒 清和 予安 南乔 既白 听澜 见山"
).split()
CITIES = (
    ("杭州", "浙江", "余杭区仓前街道", "0571"), ("宁波", "浙江", "鄞州区首南街道", "0574"),
    ("苏州", "江苏", "工业园区星湖街", "0512"), ("无锡", "江苏", "新吴区太湖国际科技园", "0510"),
    ("南京", "江苏", "江宁区秣陵街道", "025"), ("上海", "上海", "嘉定区安亭镇", "021"),
    ("深圳", "广东", "南山区粤海街道", "0755"), ("广州", "广东", "黄埔区科学城", "020"),
    ("佛山", "广东", "顺德区北滘镇", "0757"), ("东莞", "广东", "松山湖园区", "0769"),
    ("泉州", "福建", "丰泽区东海街道", "0595"), ("福州", "福建", "仓山区金山街道", "0591"),
    ("成都", "四川", "武侯区天府大道", "028"), ("重庆", "重庆", "渝北区金开大道", "023"),
    ("武汉", "湖北", "东湖高新区光谷大道", "027"), ("长沙", "湖南", "岳麓区麓谷街道", "0731"),
    ("合肥", "安徽", "蜀山区望江西路", "0551"), ("西安", "陕西", "雁塔区科技路", "029"),
    ("青岛", "山东", "城阳区夏庄街道", "0532"), ("济南", "山东", "历下区经十路", "0531"),
    ("郑州", "河南", "郑东新区商务内环", "0371"), ("天津", "天津", "滨海新区第三大街", "022"),
    ("北京", "北京", "海淀区上地街道", "010"), ("沈阳", "辽宁", "浑南区创新路", "024"),
)  # fmt: skip
FIRST = "云 汇 海 启 禾 锦 楚 拓 微 科 知 鹭 山 瓷 长 澜 岚 衡 木 穗 岸 澄 曜 行 川 辙 里 秦 朗 晟 恒 景 瑞 腾 卓 越 盛 翔 璟 泓".split()
SECOND = "岫 澜 岚 衡 木 穗 拓 岸 澄 曜 行 洲 辙 里 域 图 原 舟 屿 帆 石 泽 谷 峰 源 航 信 达 通 和 润 声 格 方 圆 力 成".split()
TRADES = (
    ("智能装备", "智能制造"), ("精密制造", "精密加工"), ("供应链管理", "物流"), ("电子技术", "消费电子"),
    ("食品", "食品饮料"), ("农业科技", "农业"), ("医疗器械", "医疗器械"), ("冷链物流", "物流"),
    ("半导体材料", "半导体"), ("新能源", "新能源"), ("教育咨询", "教育"), ("国际贸易", "贸易"),
    ("汽车零部件", "汽车零部件"), ("家居", "家居"), ("测绘技术", "专业服务"), ("信息技术", "软件"),
    ("建筑工程", "建筑"), ("环保科技", "环保"), ("纺织品", "纺织"), ("包装材料", "包装"),
)  # fmt: skip
FORMS = ("有限公司", "有限公司", "有限公司", "有限公司", "股份有限公司", "（集团）有限公司")
MOBILE_PREFIXES = (
    "1380000",
    "1390000",
    "1360000",
    "1370000",
    "1500000",
    "1590000",
    "1860000",
    "1870000",
    "1880000",
)
TITLES = (
    "采购总监", "设备部经理", "总经理", "副总经理", "财务主管", "运营总监", "技术部长", "采购经理", "行政主管", "品质经理",
    "项目总监", "仓储经理", "信息中心主任", "校长助理", "店长",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company with what its name tells."""

    name: str
    short: str
    industry: str
    region: str
    address: str
    area_code: str


class Namer:
    """An endless supply of different names; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._used: set[str] = set()

    def company(self) -> CompanyName:
        """A company no one has had before."""
        while True:
            city, province, district, area_code = self.random.choice(CITIES)
            trade, industry = self.random.choice(TRADES)
            short = self.random.choice(FIRST) + self.random.choice(SECOND)
            if short[0] == short[1] or short + trade in self._used:
                continue
            self._used.add(short + trade)
            region = city if province == city else f"{province}{city}"
            return CompanyName(
                name=f"{city}{short}{trade}{self.random.choice(FORMS)}",
                short=short,
                industry=industry,
                region=region,
                address=f"{city}市{district} {self.random.randint(1, 999)} 号",
                area_code=area_code,
            )

    def person(self) -> str:
        """A person's name."""
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN)

    def mobile(self) -> str:
        """A mobile number that no one else here has."""
        while True:
            number = f"{self.random.choice(MOBILE_PREFIXES)}{self.random.randint(1, 9999):04d}"
            if number not in self._used:
                self._used.add(number)
                return number

    def wechat(self) -> str | None:
        """A WeChat account, for those who gave theirs."""
        return f"wx{self.random.randrange(10**7, 10**8)}" if self.random.random() < 0.6 else None

    def title(self) -> str:
        """A position."""
        return self.random.choice(TITLES)
