"""Hostile files, made anew for each run with a fixed seed: the same two hundred and more every time."""

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile.disguises import Hostile, documents, packed, pictures, png

SEED = 20261122
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_SHEET = (
    '<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)
_HEADING = '<row r="1"><c r="A1" t="inlineStr"><is><t>公司名称</t></is></c></row>'


def corpus() -> list[Hostile]:
    """All of them."""
    dice = random.Random(SEED)  # noqa: S311
    makers = (_texts, _encodings, _workbooks, _archives, pictures, documents, _names)
    return [one for maker in makers for one in maker(dice)] + list(_mutations(dice))


def xlsx(
    rows: str = _HEADING, *, before: str = "", name: str = "Sheet1", extra: dict[str, bytes] | None = None
) -> bytes:
    """A workbook of one sheet."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.encode(),
        "_rels/.rels": _RELS.format(kind="officeDocument", target="xl/workbook.xml").encode(),
        "xl/workbook.xml": _BOOK.format(name=name).encode(),
        "xl/_rels/workbook.xml.rels": _RELS.format(kind="worksheet", target="worksheets/sheet1.xml").encode(),
        "xl/worksheets/sheet1.xml": _SHEET.format(before=before, rows=rows).encode(errors="surrogatepass"),
    }
    return packed({**parts, **(extra or {})})


def _cell(text: str, kind: str = "inlineStr") -> str:
    return f'{_HEADING}<row r="2"><c r="A2" t="{kind}">{text}</c></row>'


def _texts(dice: random.Random) -> Iterator[Hostile]:
    """Tables whose cells, lines and quotes are not what they should be."""
    for number, formula in enumerate(
        ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=HYPERLINK(\"http://x\")",
         "=DDE(\"cmd\")", "%0A=1", "'=1", "={1,2}", "=IMPORTXML(1)", "|calc", "=WEBSERVICE(1)")
    ):  # fmt: skip
        quoted = formula.replace('"', '""')
        yield Hostile(f"formula {number}", f'公司名称,备注\n"{quoted}","{quoted}"\n'.encode(), "表.csv")
    for width in (200, 201, 5_000, 100_000):
        yield Hostile(f"{width} columns", b",".join([b"c"] * width) + b"\n1\n", "宽.csv")
    for length in (201, 100_000, 2_000_000):
        yield Hostile(f"a cell of {length}", f"公司名称\n{'长' * length}\n".encode(), "长.csv")
    for number, raw in enumerate(
        (b"", b"\n", b"\xef\xbb\xbf", b'"', b'""', b'"\n', b",", b"\0", b"\x1a", b"name\n\0\n",
        b"name\n\x01\n",
         b"sep=\n", b"sep=\"\na", b'name\n"' + b"x\n" * 2000, b'a"b"c\n' * 300, b"\r" * 5000,
         b"name" + b"\n" * 5000,
         b"name\n" + b"," * 3000 + b"\n", b"name;a|b\tc\n1;2|3\t4\n", b"\\x41\n\\0\n",
         b"name\nnull\nNaN\nundefined\n")
    ):  # fmt: skip
        yield Hostile(f"odd text {number}", raw, "怪.csv")
    for number, text in enumerate(
        ("<script>alert(1)</script>", "' OR 1=1--", "'; DROP TABLE customers;--", "${7*7}", "{{7*7}}",
        "%s%n%x",
         "../../etc/passwd", "\u202egnp.exe", "\u200b\u200b", "Ｗｉｄｅ", "𠮷野家", "\U0010ffff",
         "A\u0300" * 60,
         "1e999", "-1", "0x41", "999999999999999999999", "NaN", "2026-02-30", "１２３", "\u0660\u0661")
    ):  # fmt: skip
        row = ",".join([text] * 6)
        yield Hostile(
            f"value {number}", f"公司名称,手机,邮箱,员工人数,年营业额,标签\n{row}\n".encode(), "值.csv"
        )
    noise = bytes(dice.randrange(256) for _ in range(4000))
    yield Hostile("noise", noise, "噪.csv")


def _encodings(dice: random.Random) -> Iterator[Hostile]:
    """One text in many encodings, cut, mixed and mislabelled."""
    text = "公司名称,备注\n澄川科技,好\n云岫智能,另一位客户的备注\n"
    for codec in ("gbk", "big5", "gb18030", "utf-16", "utf-16-le", "utf-32", "utf-7", "shift_jis", "cp1252"):
        raw = text.encode(codec, errors="ignore")
        yield Hostile(f"in {codec}", raw, "码.csv")
        yield Hostile(f"in {codec}, cut", raw[: len(raw) - 3], "码.csv")
    yield Hostile("UTF-16 mark and UTF-8", b"\xff\xfe" + text.encode(), "码.csv")
    yield Hostile("lone surrogates", b"name\n\xed\xa0\x80\xed\xb0\x80\n", "码.csv")
    yield Hostile("overlong", b"name\n\xc0\xaf\xe0\x80\xaf\n", "码.csv")


def _workbooks(_dice: random.Random) -> Iterator[Hostile]:
    """Workbooks whose XML means harm, or is none."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    outside = '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'
    web = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>'
    yield Hostile("a billion laughs", xlsx(_cell("<is><t>&e9;</t></is>"), before=laughs), "笑.xlsx")
    yield Hostile("an entity from disk", xlsx(_cell("<is><t>&e9;</t></is>"), before=outside), "外.xlsx")
    yield Hostile("an entity from the web", xlsx(before=web), "网.xlsx")
    for name, rows in {
        "broken XML": "<row><c>", "deep nesting": "<row>" * 20_000,
        "a million columns": '<row r="1"><c r="XFD1"'
        ' t="inlineStr"><is><t>x</t></is></c></row>',
        "a row beyond all": '<row r="1"><c r="A1048576"><v>1</v></c>'
        "</row>", "a cell beyond all": '<row r="1"><c r="ZZZZZ99999999999"><v>1</v></c></row>',
        "a cell without a place": '<row><c r=""><v>1</v></c></row>',
        "negative rows": '<row r="-1"><c r="A-1"/></row>',
        "formula cells": _cell("<f>1+1</f><v>2</v>", "n"), "an error cell": _cell("<v>#REF!</v>", "e"),
        "a shared string that is not there": _cell("<v>99999999</v>", "s"), "a number that is none": _cell(
        "<v>1e99999</v>", "n"), "a date beyond time": _cell("<v>-99999999</v>", "d"),
        "an illegal character": _cell(
        "<is><t>_x0000__x001f_</t></is>"), "a long cell": _cell(f"<is><t>{'长' * 40_000}</t></is>"),
        "merged everywhere": _HEADING, "empty rows": "<row/>" * 5000, "NUL in XML": "<row>\0</row>",
    }.items():  # fmt: skip
        yield Hostile(name, xlsx(rows), "表.xlsx")
    yield Hostile("a sheet named like a path", xlsx(name="../../etc/passwd"), "表.xlsx")
    yield Hostile("a sheet without a name", xlsx(name=""), "表.xlsx")
    good = xlsx(_HEADING + '<row r="2"><c r="A2" t="inlineStr"><is><t>澄川科技</t></is></c></row>')
    for share in (0.3, 0.7, 0.97):
        yield Hostile(f"{share:.0%} of a workbook", good[: int(len(good) * share)], "半.xlsx")
    yield Hostile("a workbook behind a page", b"<html></html>" + good, "双.xlsx")
    yield Hostile("a workbook before a script", good + b"<script>alert(1)</script>", "双.xlsx")
    yield Hostile("a workbook named CSV", good, "表.csv")
    yield Hostile("a sheet that is a bomb", xlsx("<row/>" * 2_000_000), "弹.xlsx")
    yield Hostile("two workbooks", good + good, "双.xlsx")
    for missing in ("xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml"):
        with zipfile.ZipFile(io.BytesIO(good)) as book:
            parts = {name: book.read(name) for name in book.namelist() if name != missing}
        yield Hostile(f"a workbook without {missing}", packed(parts), "缺.xlsx")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for size in (8, 512):
        yield Hostile(f"an old workbook of {size}", ole + b"\xff" * size, "旧.xls")


def end_of(entries: int, length: int, offset: int = 4) -> bytes:
    """What says that a ZIP directory has so many entries and bytes."""
    return struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, length, offset, 0)


def long_end_of(entries: int, length: int) -> bytes:
    """The same in the long form, with a short form behind it that says otherwise."""
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, length, 4)
    return record + struct.pack("<4sIQI", b"PK\x06\x07", 0, 30, 1) + end_of(1, 46)


def _archives(dice: random.Random) -> Iterator[Hostile]:
    """ZIP files that lie about themselves."""
    local = b"PK\x03\x04" + b"\0" * 26
    for entries, length in (
        (65_535, 2**32 - 1),
        (65_535, 46),
        (1, 2**32 - 1),
        (0, 0),
        (30_000, 100),
        (3, 46),
    ):
        yield Hostile(f"a directory of {entries} in {length}", local + end_of(entries, length), "谎.xlsx")
        yield Hostile(f"the same as a parcel {entries}-{length}", local + end_of(entries, length), "谎.zip")
    for entries, length in ((2**63, 2**63), (10**6, 46 * 10**6), (1, 2**40)):
        yield Hostile(f"a long directory of {entries}", local + long_end_of(entries, length), "谎.zip")
    many = packed({f"{n}.xml": b"" for n in range(6000)}, zipfile.ZIP_STORED)
    yield Hostile("six thousand parts", many, "多.xlsx")
    bomb = packed({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 30_000_000})
    yield Hostile("a bomb", bomb, "弹.xlsx")
    yield Hostile("a bomb as a parcel", bomb, "弹.zip")
    nested = bomb
    for _ in range(5):
        nested = packed({"inner.zip": nested})
    yield Hostile("a parcel in a parcel", nested, "套.zip")
    for name in (
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\windows\\x",
        "a" * 60_000,
        "a\0b",
        "con",
        "x/../../y",
    ):
        yield Hostile(f"a part named {name[:12]!r}", packed({name: b"x"}), "径.zip")
    lying = bytearray(packed({"xl/workbook.xml": b"<x/>" * 100}))
    at = lying.find(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 2**32 - 1)
    yield Hostile("a part that lies about its size", bytes(lying), "谎.xlsx")
    lying[at + 20 : at + 24] = struct.pack("<I", 1)
    yield Hostile("a part that lies twice", bytes(lying), "谎.xlsx")
    comment = packed({"a.txt": b"x"})[:-2] + struct.pack("<H", 65_535) + b"PK\x05\x06" * 16_000
    yield Hostile("an end in the comment", comment, "注.zip")
    yield Hostile("a gzip bomb", gzip.compress(b"0" * 30_000_000, mtime=0), "弹.csv")
    for number in range(12):
        raw = bytearray(packed({"xl/workbook.xml": b"<x/>" * 50, "a.txt": b"y" * 50}))
        for _ in range(6):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        yield Hostile(f"a shaken parcel {number}", bytes(raw), "摇.zip")


def _names(_dice: random.Random) -> Iterator[Hostile]:
    """Harmless tables under names that are not."""
    table = "公司名称\n甲\n".encode()
    for name in (
        "../../../etc/passwd", "..\\\\..\\\\x.csv", "con.csv", "aux", ".", "..", ".htaccess",
        "a" * 5000 + ".csv",
        "x.csv\u202evsc.exe", "a\tb.csv", "<img src=x>.csv", "%2e%2e%2f.csv", "名" * 300 + ".csv",
        "x.csv;.exe",
        "\u200b.csv", "nul.txt", "COM1.csv", "x..csv", "  .csv  ", "~$表.xlsx",
    ):  # fmt: skip
        yield Hostile(f"named {name[:16]!r}", table, name)


def _mutations(dice: random.Random) -> Iterator[Hostile]:
    """Good files with some bytes changed, again and again."""
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>澄川科技</t></is></c></row>'
    good = {"表.xlsx": xlsx(_HEADING + row), "图.png": png(4, 4, (b"IDAT", zlib.compress(b"\0" * 52)))}
    for name, raw in good.items():
        for number in range(4 if name.endswith("xlsx") else 30):
            shaken = bytearray(raw)
            for _ in range(1 + number % 8):
                shaken[dice.randrange(len(shaken))] = dice.randrange(256)
            yield Hostile(f"{name} shaken {number}", bytes(shaken), name)
