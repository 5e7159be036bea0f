"""Which rows an export has, and who may have it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.core import clock, kept_files
from app.exports import running, storage
from app.jobs import slices
from tests.exports.conftest import Counter
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store


def names(rows: list[list[str]]) -> list[str]:
    return [row[0] for row in rows[1:]]


def test_has_what_the_list_has_in_its_order(counter: Counter) -> None:
    for name, stage in (("甲", "deal"), ("乙", "intent"), ("丙", "deal"), ("丁", "lost")):
        counter.customer(name, stage=stage)
    tree = {"and": [{"field": "stage", "op": "in", "value": ["deal", "intent"]}]}
    assert names(counter.rows(filter=tree, sort="created_at", field_names=["name"])) == ["甲", "乙", "丙"]
    assert names(counter.rows(filter=tree, sort="-created_at", field_names=["name"])) == ["丙", "乙", "甲"]
    assert names(counter.rows(q="丁", field_names=["name"])) == ["丁"]
    assert names(counter.rows(q="没有", field_names=["name"])) == []


def test_tells_how_far_it_is_and_what_came_of_it(counter: Counter, store: Store) -> None:
    for name in "甲乙丙":
        counter.customer(name)
    job = counter.ask()
    assert (job["kind"], job["state"], job["file"]) == ("export", "queued", None)
    counter.work()
    job = counter.job(job)
    assert (job["state"], job["total"], job["done"], job["succeeded"]) == ("succeeded", 3, 3, 3)
    assert job["file"]["name"] == job["title"]
    assert job["file"]["size"] == len(counter.fetch(job))
    told = store.rows(
        "SELECT action, changes FROM audit_records WHERE subject_type = 'export' AND tenant_id = %s "
        "ORDER BY at, id",
        store.tenant_id(counter.company.slug),
    )
    assert [(row["action"], row["changes"]) for row in told] == [
        ("started", []),
        ("exported", [{"field": "rows", "before": None, "after": 3}]),
        ("downloaded", []),
    ]
    [bell] = counter.browser.get("/notifications").json["items"]
    assert (bell["kind"], bell["link"]) == ("export-finished", f"/jobs/{job['id']}")


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"field_names": ["name", "password"]}, "field_names.1"),
        ({"filter": {"field": "password", "value": "x"}}, "filter.field"),
        ({"sort": "password"}, "sort"),
        ({"type": "user"}, "type"),
        ({"format": "exe"}, "format"),
        ({"q": "a\u0000b"}, "q"),
    ],
)
def test_refuses_what_no_list_takes(counter: Counter, wanted: dict[str, Any], field: str) -> None:
    answer = counter.browser.post("/exports", {"type": "customer", **wanted})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert counter.browser.get("/jobs").json["items"] == []


def role(company: Company, **grants: str) -> Counter:
    answer = company.admin.post("/roles", {"name": "导出", "permissions": grants})
    assert answer.status_code == 201, answer.json
    return Counter(company, hire(company, "导出").browser)


def test_takes_a_permission(company: Company) -> None:
    seller = Counter(company, hire(company, "sales").browser)
    answer = seller.browser.post("/exports", {"type": "customer"})
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert seller.browser.get("/jobs").json["items"] == []
    own = role(company, **{"customer:read": "own", "customer:export": "all"})
    assert own.browser.post("/exports", {"type": "contact"}).status_code == 403


def test_reaches_as_far_as_both_permissions(counter: Counter, company: Company) -> None:
    counter.customer("别人的")
    grants = {"customer:read": "all", "customer:export": "own", "customer:create": "all"}
    own = role(company, **grants)
    own.customer("自己的")
    assert names(own.rows(field_names=["name"])) == ["自己的"]
    assert sorted(names(counter.rows(field_names=["name"]))) == ["别人的", "自己的"]


def test_stops_when_the_permission_is_taken_away(counter: Counter, company: Company) -> None:
    own = role(company, **{"customer:read": "all", "customer:export": "all"})
    job = own.ask()
    found = company.admin.get("/roles").json["items"]
    made = next(one for one in found if one["name"] == "导出")
    changed = company.admin.patch(
        f"/roles/{made['id']}", {"permissions": {"customer:read": "all"}}, version=made["version"]
    )
    assert changed.status_code == 200, changed.json
    own.work()
    assert own.job(job)["state"] == "failed"
    assert own.browser.get(f"/jobs/{job['id']}/file").status_code == 404


def test_nobody_else_fetches_the_file(counter: Counter, company: Company, other_company: Company) -> None:
    job = counter.ask()
    counter.work()
    colleague = hire(company, "administrator").browser
    assert colleague.get(f"/jobs/{job['id']}").json["file"] is None
    assert colleague.get(f"/jobs/{job['id']}/file").json["code"] == "export-gone"
    assert other_company.admin.get(f"/jobs/{job['id']}/file").status_code == 404
    assert counter.fetch(job)


def test_the_file_is_kept_a_week(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    job = counter.ask()
    counter.work()
    path = storage.place(counter.company.slug, UUID(job["id"]), "csv")
    assert path.is_file()
    assert storage.tidy() == 0
    now = clock.now()
    monkeypatch.setattr(kept_files.time, "time", lambda: now.timestamp() + 8 * 24 * 3600)
    assert storage.tidy() >= 1
    assert not path.exists()
    assert counter.browser.get(f"/jobs/{job['id']}/file").status_code == 404
    monkeypatch.setattr(storage, "KEPT", timedelta(0))
    assert counter.job(job)["file"] is None


@pytest.fixture
def one_slice_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE_SECONDS", 1e-9)
    monkeypatch.setattr(running, "CHUNK", 2)


@pytest.mark.usefixtures("one_slice_a_turn")
def test_what_is_edited_meanwhile_is_neither_missed_nor_doubled(counter: Counter) -> None:
    made = [counter.customer(name) for name in ("甲", "乙", "丙", "丁", "戊")]
    job = counter.ask(field_names=["name"], sort="-updated_at")
    for _ in range(3):  # which rows, and two slices of them
        counter.work()
    first, last = made[0], made[-1]
    assert counter.browser.patch(f"/customers/{first['id']}", {"name": "甲甲"}, version=1).status_code == 200
    assert counter.browser.patch(f"/customers/{last['id']}", {"name": "戊戊"}, version=1).status_code == 200
    for _ in range(4):
        counter.work()
    assert counter.fetch(job).decode("utf-8-sig").split() == ["客户名称", "戊", "丁", "丙", "乙", "甲甲"]


@pytest.mark.usefixtures("one_slice_a_turn")
def test_goes_on_behind_the_last_slice_that_was_committed(counter: Counter) -> None:
    for name in ("甲", "乙", "丙", "丁", "戊"):
        counter.customer(name)
    job = counter.ask(field_names=["name"], sort="created_at")
    for _ in range(2):
        counter.work()
    part = storage.place(counter.company.slug, UUID(job["id"]), "part")
    # A worker wrote more and died before it could commit.
    with part.open("ab") as file:
        file.write("丙\r\n丁\r\n一半".encode())
    for _ in range(5):
        counter.work()
    assert counter.fetch(job).decode("utf-8-sig").split() == ["客户名称", "甲", "乙", "丙", "丁", "戊"]
    assert {path.suffix for path in part.parent.glob(f"{job['id']}.*")} == {".csv"}


@pytest.mark.usefixtures("one_slice_a_turn")
@pytest.mark.parametrize("lost", ["part", "ids"])
def test_fails_when_what_was_written_is_gone(counter: Counter, lost: str) -> None:
    counter.customer("甲")
    job = counter.ask()
    counter.work()
    storage.place(counter.company.slug, UUID(job["id"]), lost).unlink()
    for _ in range(3):
        counter.work()
    assert counter.job(job)["error"] == "写到一半的文件不见了，请重新导出"


@pytest.mark.usefixtures("one_slice_a_turn")
def test_a_cancelled_one_leaves_nothing_behind(counter: Counter) -> None:
    counter.customer("甲")
    job = counter.ask()
    counter.work()
    part = storage.place(counter.company.slug, UUID(job["id"]), "part")
    assert part.is_file()
    assert counter.browser.post(f"/jobs/{job['id']}/cancellation").status_code == 200
    assert counter.job(job)["state"] == "cancelled"
    assert list(part.parent.glob(f"{job['id']}.*")) == []


def test_a_workbook_that_would_not_hold_the_rows_is_refused(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.xlsx_files.MOST_ROWS", 1)
    counter.customer("甲")
    counter.customer("乙")
    job = counter.ask(format="xlsx")
    counter.work()
    job = counter.job(job)
    assert (job["state"], job["done"]) == ("failed", 0)


def test_a_slice_takes_a_few_statements_however_many_rows(counter: Counter) -> None:
    def statements() -> int:
        job = counter.ask()
        with sent() as said:
            counter.work()
        assert counter.job(job)["state"] == "succeeded"
        return len(said)

    counter.customer("甲", tags=["a"])
    few = statements()
    for n in range(20):
        counter.customer(f"公司{n}", tags=["b", f"c{n}"])
    assert statements() == few


def test_tasks_go_out_as_far_as_one_may_take_them(company: Company, counter: Counter) -> None:
    due = "2099-03-18T10:00:00Z"
    seller = hire(company, "sales")
    for title, owner in (("=1+1", None), ("发报价", seller.id)):
        company.admin.post("/tasks", {"title": title, "due_at": due} | ({"owner_id": owner} if owner else {}))
    mine = {"field": "mine", "op": "eq", "value": True}
    asked = {
        "type": "task",
        "filter": mine,
        "field_names": ["title", "due_at", "priority", "owner", "contact"],
    }
    assert counter.rows(**asked) == [
        ["事项", "截止时间", "优先级", "负责人", "联系人"],
        ["'=1+1", "2099-03-18 18:00:00", "普通", company.admin.get("/session").json["user"]["name"], ""],
    ]
    refused = seller.browser.post("/exports", {"type": "task"})
    assert (refused.status_code, seller.browser.get("/jobs").json["items"]) == (403, [])


def test_follow_ups_go_out_with_what_managers_said(company: Company, counter: Counter) -> None:
    seller = hire(company, "sales", name="陈屿")
    host = seller.browser.post("/customers", {"name": "甲"}).json
    step = {"title": "寄样品", "due_at": "2099-03-18T10:00:00Z"}
    facts = {"customer_id": host["id"], "happened_at": "2026-01-05T02:00:00Z", "next_step": step}
    made = seller.browser.post("/activities", {"kind": "visit", "content": "=看了\n车间", **facts}).json
    company.admin.post(f"/activities/{made['id']}/annotations", {"text": "先别报价"})
    me = company.admin.get("/session").json["user"]["name"]
    names = ["happened_at", "kind", "customer", "content", "author", "next_step", "next_step_at"]
    assert counter.rows(type="activity", field_names=[*names, "annotations"]) == [
        ["沟通时间", "跟进方式", "客户", "跟进内容", "跟进人", "下一步", "下一步时间", "主管批注"],
        [
            "2026-01-05 10:00:00", "拜访", "甲", "'=看了\n车间", "陈屿", "寄样品", "2099-03-18 18:00:00",
            f"{me}：先别报价",
        ],
    ]  # fmt: skip
    refused = seller.browser.post("/exports", {"type": "activity"})
    assert (refused.status_code, seller.browser.get("/jobs").json["items"]) == (403, [])
