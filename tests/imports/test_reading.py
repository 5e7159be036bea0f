"""Whatever a spreadsheet program saved is read; what is no table is refused with what to do."""

import csv
from io import BytesIO
from pathlib import Path

import pytest

from app.core.errors import Invalid
from app.imports import encodings, records, sniffing
from app.imports.records import LONGEST_CELL, LONGEST_LINE, LONGEST_ROW, Record
from app.imports.sniffing import Layout

TABLE = "公司名称,备注\n澄川科技,客户资料和联系人\n云岫智能,展会认识，对备件感兴趣\n"
TRADITIONAL = "公司名稱,備註\n臺灣積體電路,這是我們公司的資料\n聯發科技,會議記錄與聯絡電話\n"
TWO_ROWS = [["a", "b"], ["1", "2"]]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept.csv"


def keep(raw: bytes, kept: Path) -> str:
    """Keep the canonical form of a file; returns the encoding it was in."""
    stream = BytesIO(raw)
    encoding = encodings.detect(stream)
    with kept.open("wb") as target:
        encodings.rewrite(stream, encoding, target)
    return encoding


def look(raw: bytes | str, kept: Path) -> Layout:
    keep(raw.encode() if isinstance(raw, str) else raw, kept)
    return sniffing.look(kept, kept.stat().st_size, blank_name=lambda number: f"第 {number} 列")


def read(raw: str, kept: Path, delimiter: str = ",") -> list[Record]:
    keep(raw.encode(), kept)
    return list(records.read(kept, delimiter))


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        (TABLE.encode(), "utf-8", TABLE),
        (TABLE.encode("utf-8-sig"), "utf-8-sig", TABLE),
        (TABLE.encode("gbk"), "gb18030", TABLE),
        ((TABLE + "㐀𠀀\n").encode("gb18030"), "gb18030", TABLE + "㐀𠀀\n"),
        (TRADITIONAL.encode("big5"), "big5", TRADITIONAL),
        (TABLE.encode("utf-16"), "utf-16", TABLE),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "utf-16", TABLE),
        (TABLE.replace("\n", "\r\n").encode(), "utf-8", TABLE),
        (TABLE.replace("\n", "\r").encode(), "utf-8", TABLE),
        (b"plain,ascii\n1,2", "utf-8", "plain,ascii\n1,2"),
    ],
)
def test_keeps_any_encoding_in_one_form(raw: bytes, encoding: str, text: str, kept: Path) -> None:
    assert keep(raw, kept) == encoding
    assert kept.read_bytes() == text.encode()


def test_finds_chinese_that_begins_late(kept: Path) -> None:
    text = "name,remark\n" + "plain,text\n" * 200_000 + "澄川,备注\n"
    assert keep(text.encode("gbk"), kept) == "gb18030"
    assert kept.read_bytes().endswith("澄川,备注\n".encode())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file-empty"),
        (b" \r\n\t\n", "file-empty"),
        (b"PK\x03\x04" + bytes(100), "file-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "file-workbook"),
        (b"\x1f\x8b\x08" + bytes(100), "file-not-text"),
        (b"%PDF-1.7\n", "file-not-text"),
        (b"<html><table><tr><td>name", "file-not-text"),
        (b"name,phone\nA\0B,1\n", "file-not-text"),
        (b"name\n" + b"x" * 3_000_000 + b"\0", "file-not-text"),
        (TABLE.encode("utf-16-le"), "file-not-text"),
        (b"\xff\xfea\x00\x00\x00b\x00", "file-not-text"),
        (b"\xff\xfe\x00\x00" + TABLE.encode("utf-32-le"), "file-not-text"),
        (b"\xff\xfea\x00\x00\xd8", "file-not-text"),
        (b"name\n\xed\xa0\x80,\xff\xff\n", "file-encoding"),
        (b"name\n\x81", "file-encoding"),
        (bytes(range(1, 256)), "file-encoding"),
    ],
)
def test_refuses_what_is_no_text(raw: bytes, code: str, kept: Path) -> None:
    with pytest.raises(Invalid) as refused:
        keep(raw, kept)
    assert [(p.field, p.code) for p in refused.value.problems] == [("file", code)]


@pytest.mark.parametrize("delimiter", sniffing.DELIMITERS)
def test_finds_the_delimiter(delimiter: str, kept: Path) -> None:
    rows = [["公司", "电话", "备注"], ["甲", "1", "带, 和; 的"], ["乙", "2", ""]]
    quoted = [[f'"{cell}"' if set(cell) & {",", ";"} else cell for cell in row] for row in rows]
    layout = look("\n".join(delimiter.join(row) for row in quoted), kept)
    assert layout.delimiter == delimiter
    assert layout.names == ["公司", "电话", "备注"]
    assert [record.cells for record in layout.rows] == rows[1:]


@pytest.mark.parametrize(
    ("text", "names", "heading_row", "rows"),
    [
        ("公司\n甲\n乙\n", ["公司"], 1, [["甲"], ["乙"]]),
        ("\n\n公司,电话\n甲,1\n", ["公司", "电话"], 3, [["甲", "1"]]),
        ("客户名单\n\n公司,电话,区域\n甲,1,2\n", ["公司", "电话", "区域"], 3, [["甲", "1", "2"]]),
        ("sep=;\n公司;电话\n甲,乙;1\n", ["公司", "电话"], 2, [["甲,乙", "1"]]),
        ("电话,电话,\n1,2,3\n", ["电话", "电话 (2)", "第 3 列"], 1, [["1", "2", "3"]]),
        ("公司\n甲,1\n乙,2\n", ["公司", "第 2 列"], 1, [["甲", "1"], ["乙", "2"]]),
        ('"公司\n名称",电话\n甲,1\n', ["公司 名称", "电话"], 1, [["甲", "1"]]),
    ],
)
def test_finds_the_heading(
    text: str, names: list[str], heading_row: int, rows: list[list[str]], kept: Path
) -> None:
    layout = look(text, kept)
    assert (layout.names, layout.heading.number) == (names, heading_row)
    assert [record.cells for record in layout.rows] == rows
    assert layout.row_count_estimate == len(rows)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("公司,电话\n", "file-no-rows"),
        ("公司,电话\n,\n ,\n", "file-no-rows"),
        ("\n,,\n,,\n", "file-no-heading"),
        (",".join(f"c{i}" for i in range(201)) + "\n1\n", "too-many-columns"),
        ("a,b\n" + ",".join("1" for _ in range(5000)) + "\n", "too-many-columns"),
    ],
)
def test_refuses_what_is_no_table(text: str, code: str, kept: Path) -> None:
    with pytest.raises(Invalid) as refused:
        look(text, kept)
    assert [(p.field, p.code) for p in refused.value.problems] == [("file", code)]


def test_estimates_the_rows_of_a_large_file(kept: Path) -> None:
    layout = look("公司,电话\n" + "甲,13800138000\n" * 30_000, kept)
    assert layout.row_count_estimate == 30_000


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2", TWO_ROWS),
        ("a,b\n\n1,2\n\n", [["a", "b"], [], ["1", "2"], []]),
        ('a,b\n"1 ""x""","2\n3"\n', [["a", "b"], ['1 "x"', "2\n3"]]),
        ('a, "b, c"\n', [["a", "b, c"]]),
        ('a,12" 显示器\n', [["a", '12" 显示器']]),
        ("a\n1,2,3\n", [["a"], ["1", "2", "3"]]),
    ],
)
def test_reads_rows_as_spreadsheets_write_them(text: str, rows: list[list[str]], kept: Path) -> None:
    found = read(text, kept)
    assert [record.cells for record in found] == rows
    assert [record.number for record in found] == list(range(1, len(rows) + 1))
    assert [record.fault for record in found] == [None] * len(rows)


def test_goes_on_from_any_row(kept: Path) -> None:
    everything = read('公司,备注\n甲,"一\n二"\n\n乙,三\n丙,"四"\n', kept)
    for place, record in enumerate(everything):
        rest = list(records.read(kept, ",", offset=record.end, after=record.number))
        assert rest == everything[place + 1 :]


def test_gives_up_only_the_line_of_a_quote_that_never_closes(kept: Path) -> None:
    found = read('a,b\n1,"2\n3,4\n5,6\n', kept)
    assert [(r.number, r.fault) for r in found] == [
        (1, None),
        (2, "row-unclosed-quote"),
        (3, None),
        (4, None),
    ]
    assert found[1].cells == ['1,"2']
    assert [r.cells for r in found[2:]] == [["3", "4"], ["5", "6"]]


def test_gives_up_only_the_line_of_an_endless_cell(kept: Path) -> None:
    found = read('a,b\n1,"2\n' + "3,4\n" * LONGEST_CELL, kept)
    assert [r.fault for r in found[:4]] == [None, "row-unclosed-quote", None, None]
    assert len(found) == 2 + LONGEST_CELL


@pytest.mark.parametrize("length", [LONGEST_CELL + 1, LONGEST_LINE, 3 * LONGEST_LINE + 7])
def test_passes_over_lines_that_are_too_long(length: int, kept: Path) -> None:
    found = read(f"a,b\n1,{'x' * length}\n3,4\n", kept)
    assert [(r.number, r.fault) for r in found] == [(1, None), (2, "row-too-long"), (3, None)]
    assert found[2].cells == ["3", "4"]
    assert len(found[1].cells[0]) <= 200


def test_a_row_of_many_lines_does_not_fill_the_memory(kept: Path) -> None:
    found = read('a","b\n' * 600_000, kept)
    assert [r.fault for r in found] == ["row-too-long", None]
    assert len(found[1].cells) < LONGEST_ROW // 6


def test_many_stray_quotes_do_not_cost_a_second_look_each(kept: Path) -> None:
    found = read('a","b\n' * 200_000 + 'x"y"z,"w', kept)
    assert {r.fault for r in found} == {"row-unclosed-quote"}
    assert len(found) == 20


def test_reads_what_the_csv_module_writes(kept: Path, tmp_path: Path) -> None:
    rows = [["a", 'b"c', "d\ne", " f", "g,h", ""], ["", "", "", "", "", "x"]]
    written = tmp_path / "written.csv"
    with written.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert [r.cells for r in read(written.read_text(), kept)] == [
        ["a", 'b"c', "d\ne", "f", "g,h", ""],
        ["", "", "", "", "", "x"],
    ]
