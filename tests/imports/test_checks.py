"""Trying a file out: everything that would become of its rows is told, and nothing is written."""

from typing import Any

import pytest

from app.imports import running
from app.jobs import slices
from tenants.context import tenant_scope
from tests.imports.conftest import Desk
from tests.support.statements import sent
from tests.support.store import Store

Json = dict[str, Any]
_WATCHED = (
    "customers", "customer_phones", "contacts", "tag_names", "customer_tags", "search_grams", "field_values",
    "import_links", "import_effects", "import_keys",
)  # fmt: skip


def check(desk: Desk, wanted: Json) -> Json:
    answer = desk.browser.post(f"/imports/{wanted['id']}/check")
    assert answer.status_code == 202, answer.json
    desk.work()
    job = desk.job(answer.json["id"])
    assert job["state"] == "succeeded", job
    return job


def everything(store: Store, desk: Desk) -> Json:
    """All that an import could write, row by row."""
    here = store.tenant_id(desk.company.slug)
    found = {name: store.rows(f"SELECT * FROM {name} WHERE tenant_id = %s", here) for name in _WATCHED}
    told = "SELECT * FROM audit_records WHERE tenant_id = %s AND subject_type IN ('customer', 'contact')"
    return {**{name: sorted(map(str, rows)) for name, rows in found.items()}, "told": store.rows(told, here)}


def make(desk: Desk, name: str, **facts: Any) -> Json:
    answer = desk.browser.post("/customers", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


FILE = (
    "客户名称,行业,手机,标签,上级公司,联系人,联系人手机\n"
    "澄川科技,软件,13800138000,新标签,,陈屿,13900139001\n"
    "澄川科技,软件,,,,林知夏,13900139002\n"
    "云岫智能,机电,,,,,\n"
    "坏号码,,1380013,,,,\n"
    "新来的,贸易,13700137000,,远方集团,王芳,139\n"
    "又一家,贸易,13800138000,,,,\n"
    "又一家,,,,,,\n"
)


def test_tells_what_would_happen_and_writes_nothing(desk: Desk, store: Store) -> None:
    make(desk, "云岫智能", industry="软件")
    before = everything(store, desk)
    wanted = desk.map(desk.upload(FILE), on_duplicate="update")
    job = check(desk, wanted)
    assert everything(store, desk) == before
    assert (job["kind"], job["succeeded"], job["failed"], job["skipped"]) == ("import_check", 4, 2, 1)
    assert {name: n for name, n in job["effects"].items() if n} == {
        "created": 2, "updated": 1, "contacts_created": 2,
    }  # fmt: skip
    rows = {row["row"]: row for row in desk.rows(job)}
    assert rows[2]["messages"] == [
        "客户名称：澄川科技", "行业：软件", "手机：13800138000", "标签：新标签",
        "联系人姓名：陈屿", "联系人手机：13900139001",
    ]  # fmt: skip
    assert rows[4]["messages"] == ["行业：软件 → 机电"]
    assert rows[5]["messages"] == ["手机：手机号应为 11 位，现在是 7 位"]
    assert rows[6]["messages"] == ["联系人手机：手机号应为 11 位，现在是 3 位"]
    assert rows[8]["messages"] == ["与前面的行同名，按设置跳过"]


def test_what_it_tells_comes_true(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    make(desk, "云岫智能", industry="软件")
    wanted = desk.map(desk.upload(FILE), on_duplicate="update")
    told = check(desk, wanted)
    done = desk.start(wanted)
    desk.work()
    done = desk.job(done["id"])
    for counted in ("total", "succeeded", "failed", "skipped", "effects"):
        assert told[counted] == done[counted], counted
    outcomes = [{row["row"]: row["outcome"] for row in desk.rows(job)} for job in (told, done)]
    assert outcomes[0] == outcomes[1]


def test_a_value_that_only_one_may_have_is_taken_by_a_row_above(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 1)
    field = {"entity": "customer", "key": "c_number", "label": "客户编号", "kind": "text", "unique": True}
    assert desk.browser.post("/fields", field).status_code == 201
    wanted = desk.upload("客户名称,客户编号\n甲公司,K-1\n乙公司,k-1\n丙公司,K-2\n")
    told = desk.rows(check(desk, wanted))
    assert [(row["row"], row["outcome"]) for row in told] == [
        (2, "succeeded"), (3, "failed"), (4, "succeeded"),
    ]  # fmt: skip
    done = desk.start(wanted)
    desk.work()
    came_true = desk.rows(done)
    assert [row["outcome"] for row in came_true] == [row["outcome"] for row in told]
    assert came_true[1]["messages"] == told[1]["messages"]


def test_a_change_of_mind_drops_what_was_found_out(desk: Desk) -> None:
    wanted = desk.upload("客户名称,行业\n甲,软件\n")
    job = check(desk, wanted)
    again = desk.browser.get(f"/imports/{wanted['id']}").json
    assert again["check_id"] == job["id"]
    assert desk.map(again, {"0": "name"})["check_id"] is None
    desk.start(again)
    late = desk.browser.post(f"/imports/{wanted['id']}/check")
    assert (late.status_code, late.json["code"]) == (409, "import-started")


def test_finds_rows_that_resemble_each_other_and_customers(desk: Desk) -> None:
    there = make(desk, "澄川集团", phones=[{"number": "13800138000"}], credit_code="91320400MA1ABCDE0X")
    wanted = desk.upload(
        "客户名称,手机,邮箱,统一社会信用代码\n"
        "甲公司,138 0013 8000,a@example.com,\n乙公司,,A@example.com,91320400MA1ABCDE0X\n丙公司,,,\n"
    )
    check(desk, wanted)
    alike = desk.browser.get(f"/imports/{wanted['id']}/alike").json["items"]
    assert [(one["kind"], one["rows"], [r["id"] for r in one["records"]]) for one in alike] == [
        ("email", [2, 3], []), ("phone", [2], [there["id"]]), ("credit_code", [3], [there["id"]]),
    ]  # fmt: skip


def test_a_chunk_takes_a_few_statements_however_many_rows(desk: Desk) -> None:
    def statements(count: int) -> int:
        rows = "\n".join(f"公司{n},软件,陈{count}{n},标签{n},139{n:08}" for n in range(count))
        wanted = desk.map(desk.upload(f"客户名称,行业,联系人,标签,手机\n{rows}\n"), on_duplicate="update")
        desk.browser.post(f"/imports/{wanted['id']}/check")
        with sent() as said, desk.company.app.app_context(), tenant_scope(desk.company.tenant_id):
            slices.work_a_while()
        return len(said)

    for n in range(3):
        make(desk, f"公司{n}")
    statements(3)
    assert statements(40) == statements(8)
