"""How an import ends: told, stopped, taken over, or done to the last row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from app.core import clock
from app.core.uow import unit_of_work
from app.imports import running
from app.jobs import leases, slices
from tenants.context import tenant_scope
from tests.imports.conftest import Desk, Json
from tests.support.client import Company
from tests.support.people import change, hire, role_id
from tests.support.statements import sent
from tests.support.store import Store


def names(store: Store, desk: Desk) -> list[str]:
    """The company's customers, in the order they came in."""
    query = "SELECT name FROM customers WHERE tenant_id = %s ORDER BY id"
    return [row["name"] for row in store.rows(query, store.tenant_id(desk.company.slug))]


def test_the_trail_tells_of_every_customer_and_from_where(desk: Desk, store: Store) -> None:
    job = desk.bring_in("公司名称\n甲\n乙\n")
    told = store.rows(
        "SELECT action, subject_type, subject_label, actor_id::text AS who, ip FROM audit_records"
        " WHERE tenant_id = %s AND subject_type IN ('customer', 'import') ORDER BY id",
        store.tenant_id(desk.company.slug),
    )
    assert {(row["who"], row["ip"]) for row in told} == {(desk.company.user_id, "127.0.0.1")}
    assert [(row["action"], row["subject_type"], row["subject_label"]) for row in told] == [
        ("created", "import", "客户.csv"),
        ("started", "import", "客户.csv"),
        ("imported", "customer", "甲"),
        ("imported", "customer", "乙"),
    ]
    assert job["created_by"]["id"] == desk.company.user_id


def test_the_bell_tells_of_the_end(desk: Desk) -> None:
    job = desk.bring_in("公司名称,手机\n甲,\n乙,1\n")
    bell = desk.browser.get("/notifications").json["items"][0]
    assert (bell["kind"], bell["title"], bell["body"], bell["link"]) == (
        "import-finished", "导入完成：客户.csv", "成功 1 行，失败 1 行，跳过 0 行。", f"/jobs/{job['id']}",
    )  # fmt: skip


def test_another_company_sees_nothing_of_it(desk: Desk, other_company: Company) -> None:
    job = desk.bring_in("公司名称\n甲\n")
    stranger = other_company.admin
    for path in (f"/imports/{job['import_id']}", f"/imports/{job['import_id']}/errors.csv"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/imports/{job['import_id']}/run").status_code == 404
    assert stranger.get("/customers").json["items"] == []


def test_stops_when_the_permission_is_lost_midway(
    desk: Desk, company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 5)
    monkeypatch.setattr(slices, "SLICE_SECONDS", 0)
    colleague = hire(company, "sales")
    seller = Desk(company, colleague.browser)
    job = seller.start(seller.upload("公司名称\n" + "".join(f"客户 {n} 号\n" for n in range(20))))
    for _ in range(3):
        seller.work()
    assert seller.job(job["id"])["done"] == 10
    changed = change(company.admin, f"/users/{colleague.id}", role_ids=[role_id(company, "viewer")])
    assert changed.status_code == 200
    seller.work()
    ended = seller.job(job["id"])
    assert (ended["state"], ended["done"]) == ("failed", 10)
    assert ended["error"] == "你没有这项权限，可向管理员申请"
    assert len(names(store, seller)) == 10


def test_stops_within_a_chunk_when_cancelled(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 5)
    monkeypatch.setattr(slices, "SLICE_SECONDS", 0)
    job = desk.start(desk.upload("公司名称\n" + "".join(f"客户 {n} 号\n" for n in range(20))))
    for _ in range(2):
        desk.work()
    stopped = desk.browser.post(f"/jobs/{job['id']}/cancellation").json
    assert (stopped["state"], stopped["done"]) == ("cancelled", 5)
    desk.work()
    assert len(names(store, desk)) == 5
    assert desk.browser.get("/notifications").json["items"][0]["kind"] == "import-cancelled"


def test_a_zombie_in_the_middle_of_a_chunk_brings_nothing_in(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = desk.start(desk.upload("公司名称\n" + "".join(f"客户 {n} 号\n" for n in range(20))))
    take_rows = running.arrivals.take

    def fall_asleep(*arguments: Any, **named: Any) -> Any:
        results = take_rows(*arguments, **named)
        monkeypatch.setattr(running.arrivals, "take", take_rows)
        store.rows("UPDATE jobs SET lease_token = NULL, lease_until = NULL WHERE id = %s", UUID(job["id"]))
        return results

    monkeypatch.setattr(running.arrivals, "take", fall_asleep)
    desk.work()
    assert names(store, desk) == []
    desk.work()
    assert len(names(store, desk)) == 20
    assert desk.job(job["id"])["done"] == 20


def test_a_hundred_rows_take_as_many_statements_as_few(desk: Desk, company: Company) -> None:
    hire(company, "sales", name="陈屿")
    columns = "公司名称,手机,负责人,上级公司,标签,备注"

    def row(n: int) -> str:
        return f"客户 {n} 号,13{n:09d},陈屿,客户 {n + 1} 号,标签 {n % 7},{'坏' if n % 9 else ''}\n"

    def taken(first: int, count: int) -> int:
        content = columns + "\n" + "".join(row(n) for n in range(first, first + count))
        return statements_of_a_chunk(desk, content)

    taken(2000, 12)
    assert taken(3000, 11) == taken(4000, 100)
    assert taken(5000, 110) == taken(6000, 200)
    # The tags of a further hundred, its rows, and whether a plan begins with them.
    assert taken(7000, 400) - taken(8000, 300) == 3


def statements_of_a_chunk(desk: Desk, content: str) -> int:
    job = desk.start(desk.upload(content))
    with desk.company.app.app_context(), tenant_scope(desk.company.tenant_id):
        with unit_of_work():
            lease = leases.take()
        assert lease is not None
        slices._chunk(lease)
        with sent() as statements:
            slices._chunk(lease)
        with unit_of_work():
            leases.release(lease)
    desk.work()
    assert desk.job(job["id"])["failed"] == 0
    return len(statements)


def test_twenty_thousand_rows_come_in_once_each(desk: Desk, store: Store) -> None:
    count = 20_000
    rows = "".join(f"客户 {n:05d} 号有限公司,138{n:08d},{n % 5000:04d}\n" for n in range(count))
    wanted = desk.upload(f"公司名称;手机;员工人数\n{rows}".replace(",", ";").encode("gb18030"))
    assert (wanted["delimiter"], wanted["row_count_estimate"]) == (";", count)
    job = desk.start(wanted)
    deadline = clock.now().timestamp() + 100
    while desk.job(job["id"])["state"] in {"queued", "running"} and clock.now().timestamp() < deadline:
        desk.work()
    job = desk.job(job["id"])
    assert (job["state"], job["total"], job["succeeded"]) == ("succeeded", count, count)
    found = store.rows(
        "SELECT count(*) AS n, count(DISTINCT name) AS names, sum(employees) AS employees"
        " FROM customers WHERE tenant_id = %s",
        store.tenant_id(desk.company.slug),
    )
    assert found == [{"n": count, "names": count, "employees": sum(n % 5000 for n in range(count))}]
    assert _rows(store, job) == {"n": count, "low": 2, "high": count + 1}


def _rows(store: Store, job: Json) -> Mapping[str, Any]:
    query = "SELECT count(*) AS n, min(row) AS low, max(row) AS high FROM job_rows WHERE job_id = %s"
    return store.rows(query, UUID(job["id"]))[0]
