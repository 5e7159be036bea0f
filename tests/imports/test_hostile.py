"""Hostile files get an answer that names `file`, or errors at their rows; never a fault of ours."""

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.v1 import imports as door
from tests.imports.conftest import Desk, multipart
from tests.support.statements import sent
from tests.support.store import Store

GOOD = "公司名称,备注\n澄川科技,好\n"


def bomb() -> bytes:
    """A small archive with much inside, under an innocent name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    return packed.getvalue()


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "only spaces": b"  \n\t\n",
    "NUL bytes": b"name,remark\nA\0,B\n",
    "NUL at the end": GOOD.encode() + b"\0",
    "random bytes": bytes(range(256)) * 40,
    "a bomb": bomb(),
    "a gzip bomb": gzip.compress(b"0" * 20_000_000),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "a picture and a table": b"\x89PNG\r\n\x1a\n" + GOOD.encode(),
    "a program": b"\x7fELF" + bytes(100),
    "a page": b"<!DOCTYPE html><table><tr><td>name</td></tr></table>",
    "a workbook as XML": b'<?xml version="1.0"?><Workbook/>',
    "UTF-16 without its mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "half a character in UTF-16": b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00",
    "lone surrogates in UTF-8": b"name\n\xed\xa0\x80\xed\xb0\x80,\xff\n",
    "lone surrogates in UTF-16": b"\xff\xfen\x00\n\x00\x00\xd8\n\x00",
    "NUL in UTF-16": ("name\nA\0B\n").encode("utf-16"),
    "cut in the middle of a character": GOOD.encode()[:-3] + b"\xe5\xa5",
    "only a heading": "公司名称,备注\n".encode(),
    "only delimiters": b",,,\n,,,\n" * 100,
    "thousands of columns": b",".join([b"c"] * 100_000) + b"\n1\n",
    "one endless heading": b"x" * 10_000_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_kept(
    desk: Desk, store: Store, raw: bytes
) -> None:
    answer = desk.send(raw, "客户.csv")
    assert answer.status_code == 422, answer.data[:200]
    assert [error["field"] for error in answer.json["errors"]] == ["file"]
    assert answer.json["errors"][0]["message"] != ""
    assert store.rows("SELECT 1 FROM imports WHERE tenant_id = %s", desk.company.tenant_id) == []
    assert kept(desk) == []


def kept(desk: Desk) -> list[Path]:
    folder = Path(desk.company.app.config["SETTINGS"].data_dir) / "uploads" / desk.company.slug
    return list(folder.glob("*"))


ODD: dict[str, bytes] = {
    "one column and a line of ten megabytes": b"name\n" + b"x" * 10_000_000 + b"\nB\n",
    "a cell of a megabyte": ('公司名称\n"' + "长" * 300_000 + '"\n乙\n').encode(),
    "a quote that never closes": ('公司名称,备注\n"甲,一\n' + "乙,二\n" * 1000).encode(),
    "quotes everywhere": b"name,remark\n" + b'""""",""\n"a"b",c\n' * 500,
    "a row of thousands of cells": b"name,remark\n" + b"1," * 50_000 + b"\nB,2\n" * 3,
    "control characters": "公司名称\n甲\x01乙\x1f\n丙\u202e丁\n".encode(),
    "formulas": b"name,remark\n=cmd|'/C calc'!A0,+1\n@SUM(1),-1\n",
    "names as long as they come": ("公司名称\n" + "长" * 201 + "\n" + "好" * 200 + "\n").encode(),
    "numbers beyond all bounds": ("公司名称,年营业额,员工人数\n甲,9e999,9999999999999999999\n").encode(),
    "four-byte characters": "公司名称\n𠮷野家\U0010ffff\n".encode(),
    "endless blank lines": b"name\n" + b"\n" * 200_000 + b"A\n",
    "carriage returns": b"name\rA\rB\r",
}


@pytest.mark.parametrize("raw", ODD.values(), ids=ODD)
def test_an_odd_file_comes_in_as_far_as_it_can(desk: Desk, store: Store, raw: bytes) -> None:
    answer = desk.send(raw, "客户.csv")
    assert answer.status_code in {201, 422}, answer.data[:200]
    if answer.status_code == 422:
        assert [error["field"] for error in answer.json["errors"]] == ["file"]
        return
    wanted: dict[str, Any] = dict(answer.json)
    if "name" not in wanted["mapping"]["columns"].values():
        wanted = desk.map(wanted, {**wanted["mapping"]["columns"], "0": "name"})
    job = desk.start(wanted)
    desk.work()
    job = desk.job(job["id"])
    assert job["state"] == "succeeded", job
    assert job["done"] == job["total"] == job["succeeded"] + job["failed"] + job["skipped"]
    for row in desk.rows(job, "failed"):
        assert row["messages"] != []
    made = store.rows("SELECT 1 FROM customers WHERE tenant_id = %s", desk.company.tenant_id)
    assert len(made) == job["succeeded"]
    errors = desk.browser.get(f"/imports/{job['import_id']}/errors.csv")
    assert errors.status_code == 200
    assert len(errors.data) > 0


@pytest.mark.parametrize(
    ("sent_as", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\\\..\\\\windows\\\\system.ini", "system.ini"),
        ("/absolute/path/客户.csv", "客户.csv"),
        ("..", "import"),
        ("客户\u202egnp.csv", "客户gnp.csv"),
        ("a" * 1000 + ".csv", "a" * 146 + ".csv"),
        ("<script>alert(1)</script>.csv", "script_.csv"),
    ],
)
def test_a_file_name_is_only_a_label(desk: Desk, sent_as: str, shown: str) -> None:
    answer = desk.send(GOOD, sent_as)
    assert (answer.status_code, answer.json["filename"]) == (201, shown)
    assert [path.name for path in kept(desk)] == [f"{UUID(answer.json['id'])}.csv"]


@pytest.mark.parametrize(
    ("body", "media", "fields"),
    [
        (b"", "multipart/form-data; boundary=x", ["file"]),
        (b"no parts at all", "multipart/form-data; boundary=x", ["file"]),
        (b"file=abc", "application/x-www-form-urlencoded", ["file"]),
    ],
)
def test_a_form_without_a_file_is_told_so(desk: Desk, body: bytes, media: str, fields: list[str]) -> None:
    answer = desk.browser.post("/imports", data=body, content_type=media)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == fields


def test_what_else_stands_in_the_form_is_checked(desk: Desk) -> None:
    for form, field in (({"type": "aeroplane"}, "type"), ({"colour": "red"}, "colour")):
        answer = desk.send(GOOD, "客户.csv", **form)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json["errors"]] == [field]
    assert kept(desk) == []


def test_refuses_a_file_that_is_too_large_before_reading_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "LARGEST_FILE", 1000)
    answer = desk.send("公司名称\n" + "甲\n" * 100_000)
    assert (answer.status_code, answer.json["code"]) == (413, "body-too-large")
    assert kept(desk) == []


def test_only_an_upload_may_be_larger_than_other_requests(desk: Desk) -> None:
    large = {"columns": {"0": "x" * 2_000_000}}
    wanted = desk.upload(GOOD)
    answer = desk.browser.put(f"/imports/{wanted['id']}/mapping", large, headers={"If-Match": '"1"'})
    assert answer.status_code == 413
    assert desk.upload("公司名称\n" + "甲\n" * 600_000)["row_count_estimate"] == 600_000


def test_looking_into_a_large_file_costs_no_more_statements(desk: Desk) -> None:
    def statements(rows: int) -> int:
        data, boundary = multipart(("公司名称,负责人\n" + "甲,秦明远\n" * rows).encode(), "客户.csv")
        media = f"multipart/form-data; boundary={boundary}"
        with sent() as seen:
            assert desk.browser.post("/imports", data=data, content_type=media).status_code == 201
        return len(seen)

    statements(1)
    assert statements(3) == statements(3000)
