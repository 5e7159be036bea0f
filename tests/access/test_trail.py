"""The trail as its readers see it."""

from datetime import timedelta

import pytest

from app.audit import sealing
from app.core import clock
from tenants.context import tenant_scope
from tests.access.conftest import Trail
from tests.support.client import Company
from tests.support.people import change, department, hire, role_id
from tests.support.statements import sent


def test_tells_who_did_what_when_and_from_where(company: Company, trail: Trail) -> None:
    company.admin.post("/departments", {"name": "华东"}, headers={"User-Agent": "测试 browser"})
    record = trail(company)[0]
    assert record.pop("at") <= clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert record["id"]
    assert record["actor"] == {"id": company.user_id, "name": "秦明远"}
    assert record["ip"] == "127.0.0.1"
    assert (record["action"], record["subject_type"], record["subject_label"]) == (
        "created",
        "department",
        "华东",
    )


def test_pages_go_back_to_the_beginning(company: Company) -> None:
    for number in range(5):
        department(company, f"部门{number}")
    seen, cursor = [], None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = company.admin.get("/audit-records", query_string=query).json
        seen += [record["subject_label"] for record in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["部门4", "部门3", "部门2", "部门1", "部门0", "秦明远"]


def test_filters_by_actor_action_subject_and_time(company: Company, trail: Trail) -> None:
    colleague = hire(company, "administrator", name="赵一")
    east = department(company, "华东")
    colleague.browser.post("/departments", {"name": "华西"})
    change(company.admin, f"/departments/{east}", name="东区")
    assert {r["actor"]["name"] for r in trail(company, actor_id=colleague.id)} == {"赵一"}
    assert [r["subject_label"] for r in trail(company, subject_id=east)] == ["东区", "华东"]
    assert {r["action"] for r in trail(company, subject_type="department")} == {"created", "updated"}
    assert [r["subject_label"] for r in trail(company, subject_type="department", action="updated")] == [
        "东区"
    ]
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    assert trail(company, **{"at.gte": tomorrow}) == []
    assert len(trail(company, **{"at.lte": tomorrow})) == len(trail(company))


def test_is_searched_by_part_of_a_name_whatever_its_case(company: Company, trail: Trail) -> None:
    for name in ("华东 East 一部", "华东二部", "100% 部"):
        department(company, name)
    assert [r["subject_label"] for r in trail(company, q="east")] == ["华东 East 一部"]
    assert [r["subject_label"] for r in trail(company, q="华东")] == ["华东二部", "华东 East 一部"]
    assert [r["subject_label"] for r in trail(company, q="%")] == ["100% 部"]
    assert trail(company, q="华东", subject_type="role") == []


def test_says_how_far_it_is_sealed(company: Company, trail: Trail) -> None:
    assert company.admin.get("/audit-seal").json == {"count": 0, "until": None, "sealed_at": None}
    department(company, "华东")
    newest = trail(company)[0]["at"]
    with company.app.app_context(), tenant_scope(company.tenant_id):
        sealing.visit()
    department(company, "华西")
    told = company.admin.get("/audit-seal").json
    assert (told["count"], told["until"]) == (2, newest)
    assert told["sealed_at"] > newest
    assert hire(company, "manager").browser.get("/audit-seal").status_code == 403


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"at.gte": "yesterday"}, "at.gte"),
        ({"at.lte": "2026-03-18T07:00:00"}, "at.lte"),
        ({"actor_id": "x"}, "actor_id"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "WyJhdCIsIngiLCJ5Il0"}, "cursor"),
        ({"limit": "1000"}, "limit"),
        ({"tenant_id": "1"}, "tenant_id"),
    ],
)
def test_refuses_questions_that_make_no_sense(company: Company, asked: dict[str, str], field: str) -> None:
    answer = company.admin.get("/audit-records", query_string=asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_only_some_read_it(company: Company) -> None:
    assert hire(company, "manager").browser.get("/audit-records").status_code == 403


def test_tells_nothing_of_records_that_the_reader_sees_only_in_part(company: Company, trail: Trail) -> None:
    made = company.admin.post("/customers", {"name": "云岫智能装备", "kind": "company"})
    assert made.status_code == 201, made.json
    whole = {"audit:read": "all", "customer:read": "all", "contact:read": "all", "job:read": "all"}
    for name, permissions in (("全", whole), ("半", {**whole, "customer:read": "subtree"})):
        company.admin.post("/roles", {"name": name, "permissions": permissions})
    reader = hire(company, "半")
    seen = reader.browser.get("/audit-records", query_string={"limit": "100"}).json["items"]
    assert {record["subject_type"] for record in seen} == {"user", "role", "invitation"}
    assert made.json["id"] not in {record["subject_id"] for record in seen}
    asked = {"subject_id": made.json["id"]}
    assert reader.browser.get("/audit-records", query_string=asked).json["items"] == []
    change(company.admin, f"/users/{reader.id}", role_ids=[role_id(company, "全")])
    assert len(reader.browser.get("/audit-records", query_string=asked).json["items"]) == 1
    assert len(trail(company, **asked)) == 1


def test_other_companies_have_their_own(company: Company, other_company: Company, trail: Trail) -> None:
    east = department(company, "华东")
    assert trail(other_company, subject_id=east) == []
    assert trail(other_company, actor_id=company.user_id) == []


def test_takes_two_statements(company: Company) -> None:
    """The lines, and the tokens that may stand behind them."""
    department(company, "华东")
    company.admin.get("/session")
    with sent() as statements:
        assert company.admin.get("/audit-records").status_code == 200
    assert len(statements) == 2
