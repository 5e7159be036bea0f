"""Tasks: for oneself and for colleagues, ticked off and opened again, and the day they make up."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.core import clock
from app.tasks import tidying
from tests.activities.people import moment, task, titles
from tests.contacts.people import customer
from tests.support.client import Company
from tests.support.people import change, department, hire
from tests.support.store import Store


def test_is_for_oneself_if_nobody_is_named(company: Company) -> None:
    made = task(company.admin, detail="三份", priority="high")
    assert company.admin.get(f"/tasks/{made['id']}").json == made
    assert (made["title"], made["detail"], made["priority"]) == ("寄样品", "三份", "high")
    assert made["owner"] == made["created_by"]
    assert (made["done_at"], made["can"]) == (None, {"update": True, "delete": True})


def test_a_colleague_is_told_and_may_do_it_but_not_do_away_with_it(company: Company) -> None:
    seller = hire(company, "sales")
    made = task(company.admin, "回访", owner_id=seller.id)
    (bell, *_) = seller.browser.get("/notifications").json["items"]
    assert bell["title"].endswith("给你安排了待办：回访")
    seen = seller.browser.get(f"/tasks/{made['id']}").json
    assert seen["can"] == {"update": True, "delete": False}
    assert seller.browser.delete(f"/tasks/{made['id']}", version=1).status_code == 403
    assert titles(company.admin) == ["回访"]


def test_is_ticked_off_and_opened_again(company: Company) -> None:
    made = task(company.admin)
    path = f"/tasks/{made['id']}"
    done = company.admin.post(f"{path}/completion").json
    assert (done["done_at"] is not None, done["done_by"]) == (True, made["owner"])
    assert company.admin.post(f"{path}/completion").json == done
    assert titles(company.admin, "/tasks?done_at.empty=true") == []
    opened = company.admin.delete(f"{path}/completion").json
    assert (opened["done_at"], opened["done_by"]) == (None, None)
    assert titles(company.admin, "/tasks?done_at.empty=true") == ["寄样品"]


def test_changes_are_told_and_based_on_what_was_read(company: Company) -> None:
    seller = hire(company, "sales")
    made = task(company.admin)
    path = f"/tasks/{made['id']}"
    changed = change(company.admin, path, title="寄两份样品", owner_id=seller.id).json
    assert (changed["title"], changed["owner"]["id"]) == ("寄两份样品", seller.id)
    stale = company.admin.patch(path, {"title": "不寄了"}, version=1)
    assert (stale.status_code, stale.json["conflicts"]) == (
        412,
        [{"field": "title", "yours": "不寄了", "theirs": "寄两份样品"}],
    )
    trail = company.admin.get(f"/audit-records?subject_id={made['id']}").json["items"]
    assert [change["field"] for change in trail[0]["changes"]] == ["title", "owner"]


def test_is_due_at_the_moment_meant_however_far_the_zone(company: Company) -> None:
    made = task(company.admin, "寄样品", due_at="2026-12-02T22:39:00+22:39")
    assert made["due_at"] == "2026-12-02T00:00:00Z"


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"title": ""}, "title", "required"),
        ({"due_at": None}, "due_at", "null"),
        ({"due_at": "9999-12-31T23:59:59Z"}, "due_at", "too-far"),
        ({"due_at": "0001-01-01T00:00:00Z"}, "due_at", "too-far"),
        ({"due_at": "0001-01-01T00:00:00+14:00"}, "due_at", "not-a-time"),
        ({"priority": "urgent"}, "priority", "not-a-choice"),
        ({"owner_id": "019a0000-0000-7000-8000-000000000000"}, "owner_id", "unknown-reference"),
        ({"customer_id": "019a0000-0000-7000-8000-000000000000"}, "customer_id", "unknown-reference"),
    ],
)
def test_refuses_what_cannot_be_set(company: Company, facts: dict[str, Any], field: str, code: str) -> None:
    answer = company.admin.post("/tasks", {"title": "寄样品", "due_at": moment(), **facts})
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert titles(company.admin) == []


def test_who_sees_it(company: Company) -> None:
    lower = department(company, "苏州办")
    seller = hire(company, "sales", department_id=lower)
    stranger = hire(company, "sales", department_id=lower).browser
    manager = hire(company, "manager").browser
    task(seller.browser, "自己的")
    task(company.admin, "别人安排的", owner_id=seller.id, due_at=moment(hours=-3))
    assert titles(seller.browser) == ["自己的", "别人安排的"]
    assert titles(stranger) == []
    assert titles(manager) == ["自己的", "别人安排的"]
    assert titles(company.admin, f"/tasks?owner_id={seller.id}") == ["自己的", "别人安排的"]


def test_whoever_set_it_goes_on_seeing_it(company: Company) -> None:
    one, other = hire(company, "sales"), hire(company, "sales")
    made = task(one.browser, "请帮忙", owner_id=other.id)
    assert titles(one.browser) == titles(other.browser) == ["请帮忙"]
    assert one.browser.get(f"/tasks/{made['id']}").json["can"] == {"update": True, "delete": True}
    assert one.browser.delete(f"/tasks/{made['id']}", version=1).status_code == 204
    assert titles(other.browser) == []


def test_names_no_customer_that_its_reader_may_not_see(company: Company) -> None:
    seller = hire(company, "sales")
    made = task(company.admin, owner_id=seller.id, customer_id=customer(company.admin)["id"])
    assert made["customer"] is not None
    assert seller.browser.get(f"/tasks/{made['id']}").json["customer"] is None


def test_my_day_is_by_the_companys_clock(company: Company) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    today = clock.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)

    def at(days: float) -> str:
        return (today + timedelta(days=days)).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")

    for title, days in [
        ("昨晚", -0.01),
        ("今早", 0.0),
        ("今晚", 0.99),
        ("明早", 1.0),
        ("七天后", 7.9),
        ("八天后", 8.0),
    ]:
        task(company.admin, title, due_at=at(days))
    done = task(company.admin, "做完了", due_at=at(0.5))
    company.admin.post(f"/tasks/{done['id']}/completion")
    day = company.admin.get("/my-day").json
    assert datetime.fromisoformat(day["date"]).date() == today.date()
    assert {part: [t["title"] for t in day[part]] for part in ("overdue", "today", "coming")} == {
        "overdue": ["昨晚"],
        "today": ["今早", "今晚"],
        "coming": ["明早", "七天后"],
    }


def test_another_company_sees_none_of_it(company: Company, other_company: Company) -> None:
    made = task(company.admin)
    stranger = other_company.admin
    assert (titles(stranger), stranger.get(f"/tasks/{made['id']}").status_code) == ([], 404)
    assert stranger.post(f"/tasks/{made['id']}/completion").status_code == 404
    assert company.admin.get(f"/tasks/{made['id']}").json == made


def test_tasks_follow_their_owner_into_another_department(company: Company) -> None:
    lower = department(company, "苏州办")
    chief = hire(company, "manager", department_id=lower).browser
    seller = hire(company, "sales")
    task(seller.browser, "搬家前")
    assert titles(chief) == []
    assert change(company.admin, f"/users/{seller.id}", department_id=lower).status_code == 200
    assert titles(chief) == ["搬家前"]


def test_a_viewer_sets_none(company: Company) -> None:
    viewer = hire(company, "viewer").browser
    answer = viewer.post("/tasks", {"title": "寄样品", "due_at": moment()})
    assert (answer.status_code, titles(company.admin)) == (403, [])


def test_one_that_was_deleted_comes_back_within_a_week(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, kept = task(company.admin, title="发报价"), "SELECT 1 FROM tasks WHERE tenant_id = %s"
    path, here = f"/tasks/{made['id']}", store.tenant_id(company.slug)
    assert company.admin.delete(path, version=1).status_code == 204
    assert (company.admin.get(path).status_code, company.admin.get("/tasks").json["items"]) == (404, [])
    seller = hire(company, "sales").browser
    assert seller.post(f"{path}/restoration").status_code == 404
    back = company.admin.post(f"{path}/restoration").json
    assert (back["title"], back["version"]) == ("发报价", 3)
    assert company.admin.post(f"{path}/restoration").json["version"] == 3
    company.admin.delete(path, version=3)
    # Other companies of this run still need what is kept for them.
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = %s", here, tidying.QUEUE)
    now = clock.now()
    for days, left in ((6, 1), (8, 0)):
        monkeypatch.setattr(clock, "now", lambda days=days: now + timedelta(days=days))
        with company.app.app_context():
            tidying.sweep()
        assert len(store.rows(kept, here)) == left


def test_one_that_is_being_brought_back_is_not_removed(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, here = task(company.admin, title="发报价"), store.tenant_id(company.slug)
    company.admin.delete(f"/tasks/{made['id']}", version=1)
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = %s", here, tidying.QUEUE)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + tidying.KEPT + timedelta(hours=2))

    def sweep() -> None:
        with company.app.app_context():
            tidying.sweep()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with store.connection.transaction():
            store.rows("UPDATE tasks SET deleted_at = NULL WHERE tenant_id = %s", here)
            swept = pool.submit(sweep)
            _await_a_waiter(store, swept)
        swept.result(timeout=30)
    assert store.rows("SELECT title FROM tasks WHERE tenant_id = %s", here) == [{"title": "发报价"}]


def _await_a_waiter(store: Store, swept: Future[None]) -> None:
    """Until somebody waits for what this connection holds."""
    mine = "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    while not swept.done() and not store.rows(mine):
        pass
