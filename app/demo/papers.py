"""Papers that the people of a demonstration put beside their work: drawn and written here, a few kB each."""

from collections.abc import Callable, Sequence
from io import BytesIO

import xlsxwriter
from PIL import Image, ImageDraw

_INK, _PALE, _BLUE, _RED = "#171B24", "#DDE1E8", "#2C4FA3", "#BF3529"
_NEEDS = (
    ("序号", "设备", "数量", "备注"),
    (1, "数控车床", 4, "二期车间"),
    (2, "空压机", 2, "备用一台"),
    (3, "除尘系统", 1, "随主机安装"),
)
_SPARES = (
    ("物料号", "名称", "单价（元）", "交期（天）"),
    ("CC-1001", "主轴轴承组", 4860, 15),
    ("CC-1002", "伺服电机 2.2 kW", 7200, 21),
    ("CC-1007", "气动三联件", 385, 3),
    ("CC-1012", "防护罩密封条", 128, 3),
)


def _plan() -> bytes:
    """A workshop seen from above, with the places for new machines in blue."""
    picture = Image.new("RGB", (960, 640), "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    for at in range(40, 960, 40):
        pen.line((at, 40, at, 600), fill="#EEF0F4")
    for at in range(40, 640, 40):
        pen.line((40, at, 920, at), fill="#EEF0F4")
    pen.rectangle((40, 40, 920, 600), outline=_INK, width=6)
    pen.line((620, 40, 620, 400), fill=_INK, width=4)
    pen.arc((560, 540, 680, 660), 180, 270, fill=_INK, width=3)
    for number, (x, y) in enumerate([(90, 90), (90, 250), (90, 410), (340, 90), (340, 250)], 1):
        new = number > 3
        pen.rectangle(
            (x, y, x + 180, y + 110),
            fill="#E7EDFA" if new else _PALE,
            outline=_BLUE if new else _INK,
            width=3,
        )
        pen.text((x + 68, y + 40), f"A{number}", fill=_BLUE if new else _INK, font_size=30)
    pen.rectangle((680, 100, 860, 340), outline=_INK, width=3)
    pen.text((730, 200), "B1", fill=_INK, font_size=34)
    pen.line((40, 622, 920, 622), fill=_RED, width=2)
    pen.text((430, 604), "24 000", fill=_RED, font_size=18)
    return _saved(picture, "PNG")


def _plate() -> bytes:
    """The plate of an old machine, as somebody would take a picture of it."""
    picture = Image.new("RGB", (900, 600), "#59616D")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((70, 60, 830, 540), 24, fill="#C9CED6", outline="#343B46", width=8)
    for x in (110, 790):
        for y in (100, 500):
            pen.ellipse((x - 14, y - 14, x + 14, y + 14), fill="#7B838F", outline="#343B46", width=3)
    lines = ("CNC  LATHE  CK6150", "No.  2019-0417", "380 V   50 Hz   11 kW", "2 850 kg", "MADE IN CHINA")
    for number, line in enumerate(lines):
        pen.text((170, 120 + number * 76), line, fill="#20262F", font_size=46 if number == 0 else 36)
        pen.line((170, 178 + number * 76, 730, 178 + number * 76), fill="#9AA1AE", width=2)
    return _saved(picture, "JPEG")


def _leaflet() -> bytes:
    """A page about a machine, with its curve of torque."""
    picture = Image.new("RGB", (827, 1169), "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 827, 150), fill=_BLUE)
    pen.text((60, 50), "CC-200  SPINDLE UNIT", fill="#FFFFFF", font_size=40)
    for number, line in enumerate(("12 000 rpm", "22 kW  /  118 Nm", "HSK-A63", "IP54")):
        pen.text((60, 200 + number * 56), line, fill=_INK, font_size=32)
    pen.line((100, 520, 100, 960, 740, 960), fill=_INK, width=3)
    pen.line([(100, 600), (360, 600), (480, 720), (600, 820), (740, 880)], fill=_BLUE, width=5, joint="curve")
    pen.text((110, 530), "Nm", fill=_INK, font_size=24)
    pen.text((690, 975), "rpm", fill=_INK, font_size=24)
    return _saved(picture, "PDF")


def _saved(picture: Image.Image, kind: str) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind)
    return stream.getvalue()


def _book(rows: Sequence[Sequence[str | int]], sheet: str) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(sheet)
    page.set_column(0, 3, 18)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


PAPERS: Sequence[tuple[str, Callable[[], bytes]]] = (
    ("车间平面图.png", _plan),
    ("需求清单.xlsx", lambda: _book(_NEEDS, "需求")),
    ("旧设备铭牌.jpg", _plate),
    ("主轴单元样本.pdf", _leaflet),
    ("备件报价.xlsx", lambda: _book(_SPARES, "报价")),
)
"""Names, and what makes them."""
