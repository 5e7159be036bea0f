"""Rows that speak of customers there are already change what is different, and nothing else."""

from typing import Any

import pytest

from app.jobs import slices
from tenants.context import tenant_scope
from tests.imports.conftest import Desk
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store

Json = dict[str, Any]
FULL: Json = {
    "kind": "company", "type": "channel", "tier": "gold", "stage": "deal", "source": "展会",
    "industry": "机电", "region": "华东", "address": "=某某路 1 号", "website": "https://example.com",
    "credit_code": "91320400MA1ABCDE0X", "employees": 1280, "founded_year": 2008,
    "founding_day": "02-29",
    "annual_revenue": {"amount": 35_000_050, "currency": "USD"}, "email": "a@example.com",
    "phones": [
        {"number": "0519-88886021", "label": "总机"}, {"number": "13800138000", "label": ""},
        {"number": "010-1234 转 12"}, {"number": "13900139000"},
    ],
    "tags": ["展会", "华东,华南", "a/b"], "remark": "第一行\n第二行，'引号' \"双\"",
}  # fmt: skip


def make(desk: Desk, name: str, **facts: Any) -> Json:
    answer = desk.browser.post("/customers", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def shown(desk: Desk, customer: Json) -> Json:
    return dict(desk.browser.get(f"/customers/{customer['id']}").json)


def export(desk: Desk, suffix: str) -> bytes:
    job = desk.browser.post("/exports", {"type": "customer", "format": suffix}).json
    desk.work()
    answer = desk.browser.get(f"/jobs/{job['id']}/file")
    assert answer.status_code == 200, answer.json
    return answer.data


def effects(job: Json) -> Json:
    """What was done, without what was not."""
    return {name: count for name, count in job["effects"].items() if count}


def trail(store: Store, desk: Desk) -> int:
    query = "SELECT count(*) AS n FROM audit_records WHERE tenant_id = %s AND subject_type = 'customer'"
    return int(store.rows(query, store.tenant_id(desk.company.slug))[0]["n"])


def update(desk: Desk, content: bytes | str, **rules: str) -> Json:
    return desk.bring_in(content, on_duplicate="update", **rules)


@pytest.mark.parametrize("match_by", ["id", "name"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_bringing_ones_own_export_in_changes_nothing(
    desk: Desk, store: Store, suffix: str, match_by: str
) -> None:
    parent = make(desk, "澄川集团")
    full = make(desk, "澄川科技", parent_id=parent["id"], **FULL)
    odd = [make(desk, name) for name in ("=1+1", "'90 年代", "_x0041_", "+86", "无名\u3000公司", "1.0")]
    before = [shown(desk, one) for one in (parent, full, *odd)]
    told = trail(store, desk)
    wanted = desk.upload(export(desk, suffix), f"客户.{suffix}")
    assert wanted["mapping"]["match_by"] == "id"
    assert wanted["mapping"]["on_duplicate"] == "update"
    if match_by == "name":
        wanted = desk.map(wanted, match_by="name", on_missing="skip")
    job = desk.start(wanted)
    desk.work()
    job = desk.job(job["id"])
    assert (job["state"], job["succeeded"], job["failed"]) == ("succeeded", 0, 0), desk.rows(job)
    assert [shown(desk, one) for one in (parent, full, *odd)] == before
    assert trail(store, desk) == told


def test_changes_what_is_different_and_tells_it(desk: Desk, store: Store) -> None:
    made = make(desk, "澄川科技", **FULL)
    same = make(desk, "云岫智能", industry="软件")
    job = update(
        desk,
        "客户名称,价值等级,行业,员工人数,手机,标签,备注\n"
        "澄川科技,铂金,机电,1300,13700137000,展会;新标签,\n云岫智能,,软件,,,,\n新来的,,贸易,,,,\n",
    )
    assert (job["succeeded"], job["skipped"], effects(job)) == (
        2,
        1,
        {"created": 1, "updated": 1, "unchanged": 1},
    )
    after = shown(desk, made)
    assert (after["tier"], after["industry"], after["employees"]) == ("platinum", "机电", 1300)
    assert [phone["number"] for phone in after["phones"]] == [
        "+8613700137000", "+8651988886021", "010-1234 转 12",
    ]  # fmt: skip
    assert (after["tags"], after["remark"]) == (["展会", "新标签"], FULL["remark"])
    assert (after["version"], shown(desk, same)["version"]) == (2, 1)
    assert desk.browser.get("/customers?q=7000").json["items"][0]["id"] == made["id"]
    assert desk.browser.get("/customers?tag=新标签").json["items"][0]["id"] == made["id"]
    assert desk.browser.get("/customers?tag=a/b").json["items"] == []
    rows = {row["label"]: row for row in desk.rows(job)}
    assert rows["澄川科技"]["messages"][0] == "价值等级：黄金 → 铂金"
    assert rows["云岫智能"]["messages"] == ["与现有资料相同，没有改动"]
    line = desk.browser.get(f"/customers/{made['id']}/timeline").json["items"][0]
    assert {change["field"] for change in line["changes"]} == {"tier", "employees", "phones", "tags"}


@pytest.mark.parametrize(
    ("match_by", "columns", "cells"),
    [
        ("id", "系统编号", "{id}"),
        ("credit_code", "统一社会信用代码", "91320400MA1ABCDE0X"),
        ("phone", "手机", "138 0013 8000"),
        ("phone", "电话", "0519-8888-6021"),
    ],
)
def test_recognises_them_by_something_else_than_the_name(
    desk: Desk, match_by: str, columns: str, cells: str
) -> None:
    made = make(desk, "澄川科技", **FULL)
    file = f"{columns},客户名称,行业\n{cells.format(id=made['id'])},澄川科技股份,软件\n"
    job = update(desk, file, match_by=match_by)
    assert (job["succeeded"], effects(job)) == (1, {"updated": 1}), desk.rows(job)
    assert (shown(desk, made)["name"], shown(desk, made)["industry"]) == ("澄川科技股份", "软件")
    assert desk.browser.get("/customers?q=股份").json["items"][0]["id"] == made["id"]


def test_who_is_not_there_can_be_left_out(desk: Desk) -> None:
    job = update(desk, "客户名称,行业\n没有的公司,软件\n", on_missing="skip")
    assert (job["skipped"], desk.rows(job)[0]["messages"]) == (1, ["没有找到这位客户，按设置跳过"])
    assert desk.browser.get("/customers").json["items"] == []


def test_a_name_is_not_needed_where_nothing_is_made(desk: Desk) -> None:
    made = make(desk, "澄川科技")
    wanted = desk.upload(f"系统编号,行业\n{made['id']},软件\n")
    refused = desk.browser.post(f"/imports/{wanted['id']}/run")
    assert refused.json["errors"][0]["code"] == "name-not-mapped"
    desk.map(wanted, on_missing="skip")
    job = desk.start(wanted)
    desk.work()
    assert effects(desk.job(job["id"])) == {"updated": 1}
    assert shown(desk, made)["industry"] == "软件"


def test_the_column_that_tells_them_apart_must_be_mapped(desk: Desk) -> None:
    wanted = desk.upload("客户名称,行业\n甲,软件\n")
    answer = desk.browser.put(
        f"/imports/{wanted['id']}/mapping",
        {**wanted["mapping"], "match_by": "credit_code"},
        headers={"If-Match": f'"{wanted["version"]}"'},
    )
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "match_by")


def test_refuses_what_it_cannot_tell_apart_or_must_not_change(desk: Desk, company: Company) -> None:
    make(desk, "同名公司")
    make(desk, "同名公司")
    colleague = hire(company, "sales")
    made = make(desk, "澄川科技")
    job = update(
        desk,
        f"客户名称,负责人,行业\n同名公司,,软件\n澄川科技,{colleague.login},软件\n",
    )
    assert [row["messages"] for row in desk.rows(job)] == [
        ["有 2 位客户符合，不能确定是哪一位"],
        ["负责人：负责人不能通过导入更改，请转移客户"],
    ]
    assert shown(desk, made)["version"] == 1


def test_nobody_changes_what_they_could_not_change_by_hand(desk: Desk, company: Company) -> None:
    others = make(desk, "别人的公司")
    grants = {"customer:read": "all", "customer:update": "own", "customer:create": "all"}
    role = {"name": "只改自己的", "permissions": {**grants, "customer:import": "all", "job:read": "own"}}
    assert company.admin.post("/roles", role).status_code == 201
    own = Desk(company, hire(company, "只改自己的").browser)
    make(own, "自己的公司")
    job = update(own, "客户名称,行业\n别人的公司,软件\n自己的公司,软件\n")
    assert [(row["outcome"], row["messages"][0]) for row in own.rows(job)] == [
        ("failed", "你不能修改这位客户"),
        ("succeeded", "行业：— → 软件"),
    ]
    assert shown(desk, others)["industry"] is None


def test_a_row_for_another_parent_moves_the_customer(desk: Desk) -> None:
    made = make(desk, "子公司")
    job = update(desk, "客户名称,上级公司\n子公司,新集团\n新集团,\n")
    assert effects(job) == {"created": 1, "updated": 1}, desk.rows(job)
    assert shown(desk, made)["parent"]["name"] == "新集团"


def test_a_chunk_takes_a_few_statements_however_many_rows(desk: Desk) -> None:
    def statements(count: int) -> int:
        rows = "\n".join(f"公司{n},软件{count},标签{count}-{n}" for n in range(count))
        wanted = desk.map(desk.upload(f"客户名称,行业,标签\n{rows}\n"), on_duplicate="update")
        job = desk.start(wanted)
        with sent() as said, desk.company.app.app_context(), tenant_scope(desk.company.tenant_id):
            slices.work_a_while()
        assert desk.job(job["id"])["failed"] == 0
        return len(said)

    for n in range(40):
        make(desk, f"公司{n}")
    statements(3)
    assert statements(40) == statements(5)
