"""What the demo companies sell, in their drawers."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from app.access.actor import Actor
from app.core.money import Money
from app.demo import drawings
from app.files import arrivals, uploads
from app.files import services as files
from app.products import categories, queries, services
from app.products.drafts import ProductDraft
from app.products.states import ProductState

VAT, SERVICE_VAT = 1300, 600


@dataclass(frozen=True, slots=True)
class Good:
    """A product of the story; amounts in whole yuan or dollars."""

    code: str
    name: str
    specification: str
    unit: str
    price: float
    cost: float = 0
    floor: float = 0
    retired: bool = False


Shelf = dict[tuple[str, str], tuple[Good, ...]]
"""By category, and the category within it."""

SPARE_PARTS: Shelf = {
    ("传动件", "轴承"): (
        Good("ZC-6204", "深沟球轴承 6204", "20×47×14 mm，双面密封", "套", 28, 15.4, 21),
        Good("ZC-6308", "深沟球轴承 6308", "40×90×23 mm，C3 游隙", "套", 86, 47, 66),
        Good("ZC-7210", "角接触球轴承 7210", "50×90×20 mm，P5 级", "套", 320, 188, 250),
        Good("ZC-30212", "圆锥滚子轴承 30212", "60×110×23.75 mm", "套", 145, 82, 112),
    ),
    ("传动件", "同步带"): (
        Good("TD-8M-1200", "圆弧齿同步带 8M-1200", "齿距 8 mm，宽 30 mm", "条", 168, 76, 120),
        Good("TD-5M-600", "圆弧齿同步带 5M-600", "齿距 5 mm，宽 15 mm", "条", 62, 27, 44),
    ),
    ("气动元件", ""): (
        Good("QD-SC63", "标准气缸 SC63×100", "缸径 63 mm，行程 100 mm", "台", 385, 214, 298),
        Good("QD-4V210", "二位五通电磁阀 4V210-08", "DC 24 V，G1/4", "只", 128, 61, 96),
        Good("QD-AFC2000", "气源三联件 AFC2000", "过滤 40 μm，G1/4", "套", 176, 92, 132),
    ),
    ("密封与润滑", ""): (
        Good("MF-TC50", "骨架油封 TC50×72×8", "丁腈橡胶，耐温 −30～100 ℃", "只", 9.5, 3.8, 6.5),
        Good("MF-O88", "O 形密封圈套装 88 件", "丁腈橡胶，常用 18 种规格", "盒", 78, 31, 56),
        Good("RH-68", "抗磨液压油 68#", "18 升桶装", "桶", 420, 286, 350),
    ),
    ("电气与控制", ""): (
        Good("DK-HMI7", "7 寸触摸屏", "800×480，双串口，带以太网", "台", 1680, 980, 1320),
        Good("DK-SV750", "伺服驱动套装 750 W", "含电机、编码器线与动力线各 3 米", "套", 2960, 1850, 2400),
        Good("DK-PLC32", "可编程控制器 32 点", "16 入 16 出，晶体管输出", "台", 1250, 720, 980, retired=True),
    ),
    ("服务", ""): (
        Good("FW-XJ", "设备巡检", "每条产线每季度一次，出具报告", "次", 3200, 1500, 2600),
        Good("FW-WX", "现场维修", "工作日 4 小时到场，不含配件", "人天", 1800, 900, 1500),
    ),
}
DEVICES: Shelf = {
    ("GTX 系列", ""): (
        Good("GTX-B", "GTX Basic", "", "台", 550, 330, 450),
        Good("GTX-P", "GTX Pro", "", "台", 4821, 2900, 4000),
        Good("GTX-PP", "GTX Plus Pro", "", "台", 5482, 3300, 4600),
        Good("GTX-PB", "GTX Plus Basic", "", "台", 1096, 640, 900),
    ),
    ("MG 系列", ""): (
        Good("MG-S", "MG Special", "", "台", 55, 28, 42),
        Good("MG-A", "MG Advanced", "", "台", 3393, 2050, 2800),
    ),
    ("GTK 系列", ""): (Good("GTK-500", "GTK 500", "", "台", 26768, 17500, 23000),),
}


def stock(administrator: Actor, shelf: Shelf, currency: str) -> None:
    """Fill the catalogue of a company."""
    drawers: dict[tuple[str, str], UUID] = {}
    for (name, within), goods in shelf.items():
        above = drawers.get((name, "")) or categories.create(administrator, name=name).id
        drawers[name, ""] = above
        place = categories.create(administrator, name=within, parent_id=above).id if within else above
        for good in goods:
            _put(administrator, good, place, currency)


def _put(administrator: Actor, good: Good, category_id: UUID, currency: str) -> None:
    product_id = services.create(
        administrator,
        ProductDraft(
            name=good.name,
            code=good.code,
            category_id=category_id,
            unit=good.unit,
            specification=good.specification or None,
            list_price=Money(round(good.price * 100), currency),
            cost=Money(round(good.cost * 100), currency),
            floor_price=Money(round(good.floor * 100), currency),
            tax_rate=SERVICE_VAT if good.code.startswith("FW") else VAT,
            image_id=_photograph(administrator, good),
        ),
    )
    if good.retired:
        product = queries.get(administrator, product_id, to_change=True)
        services.set_state(administrator, product, ProductState.RETIRED)


def _photograph(administrator: Actor, good: Good) -> UUID | None:
    drawn = drawings.picture_of(good.code)
    if drawn is None:
        return None
    stream, desk = BytesIO(drawn), uploads.desk(administrator)
    arrival = arrivals.keep(administrator, desk, arrivals.look(stream, f"{good.code}.png"), stream)
    return files.attach(administrator, desk, arrival).id
