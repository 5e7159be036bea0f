"""Workbooks come in as text files do: their cells as they are typed, their sheets by choice."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from app.imports import storage, workbook_child, workbooks
from tests.imports.conftest import Desk

Rows = Sequence[Sequence[Any]]
LIST: Rows = [["公司名称", "手机"], ["澄川科技", "13800138000"], ["云岫智能", "13900139000"]]


def workbook(**sheets: Rows) -> bytes:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, value in enumerate(row):
                    sheet.write(y, x, value) if not isinstance(value, str) else sheet.write_string(
                        y, x, value
                    )
    return kept.getvalue()


def uploaded(desk: Desk) -> set[str]:
    return {path.suffix for path in storage._uploads.glob(f"{desk.company.slug}/*")}


def test_reads_typed_cells(desk: Desk) -> None:
    raw = workbook(
        名单=[
            ["公司名称", "员工人数", "成立年份", "年营收", "手机", "备注"],
            ["澄川科技", 1280.0, date(2008, 3, 1), 350000.5, 13800138000, "=1+1"],
            ["云岫智能", "50人", 1996, "35万", "13900139000", "第一行\n第二行"],
            ["'90 年代", None, None, None, None, True],
        ]
    )
    wanted = desk.upload(raw, "客户.xlsx")
    assert (wanted["encoding"], wanted["sheet"], wanted["sheets"]) == ("Excel", "名单", ["名单"])
    assert wanted["row_count_estimate"] == 3
    job = desk.start(wanted)
    desk.work()
    assert desk.job(job["id"])["succeeded"] == 3, desk.rows(job)
    shown = [desk.browser.get(f"/customers/{row['record_id']}").json for row in desk.rows(job)]
    assert [
        (c["name"], c["employees"], c["founded_year"], c["annual_revenue"] and c["annual_revenue"]["amount"])
        for c in shown
    ] == [
        ("澄川科技", 1280, 2008, 35_000_050),
        ("云岫智能", 50, 1996, 35_000_000),
        ("'90 年代", None, None, None),
    ]
    assert [c["remark"] for c in shown] == ["=1+1", "第一行\n第二行", "TRUE"]
    assert [[p["number"] for p in c["phones"]] for c in shown] == [["+8613800138000"], ["+8613900139000"], []]


def test_rows_keep_their_numbers_below_empty_ones(desk: Desk) -> None:
    raw = workbook(名单=[[], [], ["公司名称"], ["甲"], [], ["乙"]])
    job = desk.bring_in(raw)
    assert [(row["row"], row["label"]) for row in desk.rows(job)] == [(4, "甲"), (6, "乙")]


def test_another_sheet_can_be_chosen(desk: Desk) -> None:
    wanted = desk.upload(workbook(说明=[["看下一页"], ["谢谢"]], 空=[], 名单=LIST), "客户.xlsx")
    assert (wanted["sheet"], wanted["sheets"]) == ("说明", ["说明", "空", "名单"])
    path = f"/imports/{wanted['id']}/sheet"

    def choose(sheet: str, version: int) -> Any:
        return desk.browser.put(path, {"sheet": sheet}, headers={"If-Match": f'"{version}"'})

    refused = choose("没有", wanted["version"])
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "unknown-sheet")
    refused = choose("空", wanted["version"])
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "sheet")
    assert desk.browser.get(f"/imports/{wanted['id']}").json["sheet"] == "说明"

    chosen = choose("名单", wanted["version"])
    assert chosen.status_code == 200, chosen.json
    assert chosen.json["mapping"]["columns"] == {"0": "name", "1": "mobile"}
    assert choose("说明", wanted["version"]).status_code == 412
    job = desk.start(chosen.json)
    assert choose("说明", chosen.json["version"] + 1).json["code"] == "import-started"
    desk.work()
    assert [row["label"] for row in desk.rows(desk.job(job["id"]))] == ["澄川科技", "云岫智能"]


def test_failed_rows_come_back_as_they_stood(desk: Desk) -> None:
    job = desk.bring_in(workbook(名单=[["公司名称", "员工人数"], ["甲", "很多"]]))
    file = desk.browser.get(f"/imports/{job['import_id']}/errors.csv").data.decode("utf-8-sig")
    assert file.split("\r\n")[1].startswith("甲,很多,")


def test_discarding_removes_the_workbook_too(desk: Desk) -> None:
    wanted = desk.upload(workbook(名单=LIST), "客户.xlsx")
    assert uploaded(desk) == {".book", ".csv"}
    gone = desk.browser.delete(f"/imports/{wanted['id']}", version=wanted["version"])
    assert gone.status_code == 204
    assert uploaded(desk) == set()


def zipped(parts: dict[str, bytes]) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return kept.getvalue()


def replaced(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A good workbook with one part changed."""
    with zipfile.ZipFile(BytesIO(workbook(名单=LIST))) as book:
        parts = {part: book.read(part) for part in book.namelist()}
    return zipped({**parts, name: change(parts[name])})


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "no workbook": (zipped({"a.txt": b"x"}), "file-not-text"),
    "half a file": (workbook(名单=LIST)[:900], "file-workbook-broken"),
    "only the mark": (b"PK\x03\x04", "file-workbook-broken"),
    "no sheet": (zipped({"xl/workbook.xml": b"<x/>"}), "file-workbook-broken"),
    "broken xml": (replaced(SHEET, lambda part: part[: len(part) // 2]), "file-workbook-broken"),
    "compound rubbish": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "file-workbook-broken"),
    "far corner": (
        replaced(SHEET, lambda part: part.replace(b'r="B3"', b'r="XFD1048576"')), "file-workbook-too-large",
    ),
    "no rows": (workbook(名单=[["公司名称"]]), "file-no-rows"),
    "empty": (workbook(名单=[]), "file-empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_are_refused_and_leave_nothing(desk: Desk, name: str) -> None:
    raw, code = HOSTILE[name]
    answer = desk.send(raw, "客户.xlsx")
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, code), answer.json
    assert uploaded(desk) == set()


def test_a_bomb_is_not_unpacked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "read", lambda *_args, **_options: pytest.fail("unpacked"))
    monkeypatch.setattr(workbooks, "LARGEST_INSIDE", 50_000_000)
    bomb = zipped({"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b"\0" * 60_000_000})
    assert len(bomb) < 100_000
    answer = desk.send(bomb, "客户.xlsx")
    assert answer.json["errors"][0]["code"] == "file-workbook-too-large"


def test_the_reader_has_little_memory_and_time() -> None:
    assert workbook_child.MEMORY <= 1536 * 1024 * 1024
    assert workbook_child.SECONDS < 60


def test_dates_and_times_are_written_as_people_sort_them() -> None:
    assert workbook_child._text(datetime(2026, 3, 18, 7, 5)) == "2026-03-18 07:05:00"  # noqa: DTZ001
    assert workbook_child._text(datetime(2026, 3, 18)) == "2026-03-18"  # noqa: DTZ001
    assert workbook_child._text(0.1) == "0.1"
    assert workbook_child._text(1e20) == "1e+20"
