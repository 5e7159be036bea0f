"""Taking a whole import back: what nobody has touched since becomes what it was, the rest is told."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from app.imports import keeping, running, undoing
from app.jobs import slices
from tests.imports.conftest import Desk
from tests.imports.test_checks import make
from tests.imports.test_people import brief
from tests.imports.test_revisions import FULL, shown
from tests.support.client import Company
from tests.support.people import hire
from tests.support.store import Store

Json = dict[str, Any]
FILE = (
    "客户名称,行业,价值等级,手机,标签,员工人数,上级公司,联系人,联系人职务\n"
    "澄川科技,软件,铂金,13700137000,新标签,9,新集团,陈屿,总经理\n"
    "澄川科技,,,,,,,林知夏,采购\n新来的,贸易,,,,,,王芳,\n新集团,,,,,,,,\n又一家,,,,,,,,\n"
)


def undo(desk: Desk, job: Json) -> Json:
    answer = desk.browser.post(f"/imports/{job['import_id']}/undo")
    assert answer.status_code == 202, answer.json
    desk.work()
    return desk.job(answer.json["id"])


def state(desk: Desk) -> Json:
    """Every customer as it is shown, without what tells that it was written."""
    items = desk.browser.get("/customers?limit=100").json["items"]
    told = {"version", "updated_at", "updated"}
    return {one["name"]: {k: v for k, v in shown(desk, one).items() if k not in told} for one in items}


@pytest.mark.parametrize("chunk", [500, 2])
def test_takes_back_what_nobody_touched(desk: Desk, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(running, "CHUNK", chunk)
    monkeypatch.setattr(undoing, "CHUNK", max(1, chunk // 2))
    there = make(desk, "澄川科技", **{**FULL, "annual_revenue": None})
    desk.browser.post("/contacts", {"name": "陈屿", "customer_id": there["id"], "title": "经理"})
    before = state(desk)
    job = desk.bring_in(FILE, on_duplicate="update")
    assert {n: c for n, c in job["effects"].items() if c} == {
        "created": 3, "updated": 1, "contacts_created": 2, "contacts_updated": 1,
    }, desk.rows(job)  # fmt: skip
    assert shown(desk, there)["parent"]["name"] == "新集团"
    back = undo(desk, job)
    assert (back["kind"], back["state"], back["total"], back["succeeded"]) == (
        "import_undo",
        "succeeded",
        5,
        5,
    ), desk.rows(back)
    assert state(desk) == before
    assert brief(desk) == [("陈屿", "澄川科技")]
    assert [c["title"] for c in desk.browser.get("/contacts").json["items"]] == ["经理"]
    assert "陈屿" not in str(desk.browser.get("/contacts?q=林知夏").json)
    assert {one["name"] for one in desk.browser.get("/recycle-bin?type=customer").json["items"]} == {
        "新来的", "新集团", "又一家",
    }  # fmt: skip
    assert desk.browser.get("/notifications").json["items"][0]["kind"] == "import-undone"
    again = desk.browser.post(f"/imports/{job['import_id']}/undo")
    assert (again.status_code, again.json["code"]) == (409, "import-not-undoable")


def test_leaves_alone_what_somebody_touched(desk: Desk) -> None:
    there = make(desk, "澄川科技", industry="机电")
    job = desk.bring_in(
        "客户名称,行业\n澄川科技,软件\n新来的,贸易\n又一家,贸易\n第三家,贸易\n", on_duplicate="update"
    )
    made = {c["name"]: c for c in desk.browser.get("/customers").json["items"]}
    desk.browser.patch(f"/customers/{there['id']}", {"region": "华东"}, version=2)
    desk.browser.post("/contacts", {"name": "陈屿", "customer_id": made["新来的"]["id"]})
    desk.browser.delete(f"/customers/{made['第三家']['id']}", version=1)
    back = undo(desk, job)
    assert [(row["label"], row["outcome"], row["messages"]) for row in desk.rows(back)] == [
        ("澄川科技", "skipped", ["导入后有人改动过，保持现状"]),
        ("新来的", "skipped", ["导入后有人改动过，保持现状"]),
        ("又一家", "succeeded", ["已放入回收站"]),
        ("第三家", "skipped", ["记录已不在，无需撤销"]),
    ]
    assert sorted(state(desk)) == ["新来的", "澄川科技"]
    assert (shown(desk, there)["industry"], shown(desk, there)["region"]) == ("软件", "华东")


def test_goes_on_where_a_worker_died(desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    job = desk.bring_in("客户名称\n" + "".join(f"公司{n}\n" for n in range(6)))
    monkeypatch.setattr(undoing, "CHUNK", 2)
    monkeypatch.setattr(slices, "SLICE_SECONDS", 0)
    answer = desk.browser.post(f"/imports/{job['import_id']}/undo").json
    for _ in range(3):
        desk.work()
    assert desk.job(answer["id"])["done"] == 4
    desk.browser.post(f"/jobs/{answer['id']}/cancellation")
    assert len(state(desk)) == 2
    assert desk.browser.get(f"/imports/{job['import_id']}").json["undo_until"] is not None
    monkeypatch.setattr(slices, "SLICE_SECONDS", 3)
    assert undo(desk, job)["succeeded"] == 2
    assert state(desk) == {}


def test_only_whoever_did_it_and_only_for_a_week(
    desk: Desk, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.bring_in("客户名称\n甲\n")
    colleague = hire(company, "administrator").browser
    assert colleague.post(f"/imports/{job['import_id']}/undo").status_code == 403
    nothing = desk.bring_in("客户名称\n甲\n")
    assert desk.browser.post(f"/imports/{nothing['import_id']}/undo").status_code == 409
    assert desk.browser.get(f"/imports/{job['import_id']}").json["undo_until"] is not None
    monkeypatch.setattr(keeping, "KEPT", timedelta(0))
    assert desk.browser.get(f"/imports/{job['import_id']}").json["undo_until"] is None
    assert desk.browser.post(f"/imports/{job['import_id']}/undo").status_code == 409
    assert list(state(desk)) == ["甲"]


def test_what_was_kept_for_it_is_forgotten_after_that(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.bring_in("客户名称\n甲\n")
    kept = "SELECT 1 FROM import_effects WHERE tenant_id = %s"
    here = store.tenant_id(desk.company.slug)
    with desk.company.app.app_context():
        keeping.sweep()
    assert len(store.rows(kept, here)) == 1
    # Other companies of this run still need what is kept for them.
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = %s", here, keeping.QUEUE)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    with desk.company.app.app_context():
        keeping.sweep()
    assert store.rows(kept, here) == []
