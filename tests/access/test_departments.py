"""The company as a tree: made, changed, moved and pruned."""

from typing import Any
from uuid import uuid4

import pytest

from tests.access.conftest import Trail
from tests.support.client import Company
from tests.support.people import change, department, hire, invite, root_id
from tests.support.statements import sent


def tree(company: Company) -> dict[str, Any]:
    items = company.admin.get("/departments").json["items"]
    return {item["name"]: item for item in items}


def problem(answer: Any) -> tuple[int, str, str]:
    (error,) = answer.json["errors"]
    return answer.status_code, error["field"], error["code"]


def test_a_new_company_is_one_department(company: Company) -> None:
    (root,) = company.admin.get("/departments").json["items"]
    assert (root["name"], root["parent_id"], root["user_count"]) == (company.name, None, 1)


def test_makes_departments_below_the_company_and_below_each_other(company: Company, trail: Trail) -> None:
    east = department(company, "华东")
    shanghai = department(company, "上海", east)
    found = tree(company)
    assert found["华东"]["parent_id"] == root_id(company)
    assert found["上海"]["parent_id"] == east
    answer = company.admin.get(f"/departments/{shanghai}")
    assert (answer.json, answer.headers["ETag"]) == (found["上海"], '"1"')
    (record, _) = trail(company, subject_type="department")
    assert (record["action"], record["subject_id"], record["subject_label"]) == ("created", shanghai, "上海")
    assert record["changes"] == [
        {"field": "name", "before": None, "after": "上海"},
        {"field": "parent", "before": None, "after": "华东"},
    ]


def test_siblings_have_different_names(company: Company) -> None:
    east = department(company, "华东")
    assert problem(company.admin.post("/departments", {"name": "华东"})) == (422, "name", "already-exists")
    cousin = department(company, "华东", east)
    moved = change(company.admin, f"/departments/{cousin}", parent_id=None)
    assert problem(moved) == (422, "name", "already-exists")
    assert company.admin.get(f"/departments/{cousin}").json["parent_id"] == east


def test_says_who_leads(company: Company, trail: Trail) -> None:
    colleague = hire(company, "manager")
    east = department(company, "华东")
    answer = change(company.admin, f"/departments/{east}", head_ids=[colleague.id, company.user_id])
    assert answer.status_code == 200
    assert [head["name"] for head in answer.json["heads"]] == ["林知夏", "秦明远"]
    assert answer.json["version"] == 2
    changes = trail(company, action="updated", subject_type="department")[0]["changes"]
    assert changes == [{"field": "heads", "before": [], "after": ["林知夏", "秦明远"]}]
    assert change(company.admin, f"/departments/{east}", head_ids=[]).json["heads"] == []


def test_who_is_disabled_leads_nothing_meanwhile(company: Company, trail: Trail) -> None:
    colleague = hire(company, "manager")
    east = department(company, "华东")
    change(company.admin, f"/departments/{east}", head_ids=[colleague.id])
    change(company.admin, f"/users/{colleague.id}", state="disabled")
    assert tree(company)["华东"]["heads"] == []
    assert change(company.admin, f"/departments/{east}", name="东区").status_code == 200
    told = len(trail(company, action="updated", subject_type="department"))
    assert change(company.admin, f"/departments/{east}", head_ids=[]).status_code == 200
    assert len(trail(company, action="updated", subject_type="department")) == told
    change(company.admin, f"/users/{colleague.id}", state="active")
    assert tree(company)["东区"]["heads"] == [{"id": colleague.id, "name": "林知夏"}]


def test_only_active_colleagues_lead(company: Company, other_company: Company) -> None:
    colleague = hire(company, "manager")
    change(company.admin, f"/users/{colleague.id}", state="disabled")
    for stranger in (colleague.id, other_company.user_id, str(uuid4())):
        answer = company.admin.post("/departments", {"name": "华东", "head_ids": [stranger]})
        assert problem(answer) == (422, "head_ids.0", "unknown-reference")
    assert list(tree(company)) == [company.name]


def test_renames_and_reorders(company: Company, trail: Trail) -> None:
    east, west = department(company, "华东"), department(company, "华西")
    answer = change(company.admin, f"/departments/{east}", name="东区", sort_order=5)
    assert (answer.json["name"], answer.json["version"]) == ("东区", 2)
    assert list(tree(company)) == [company.name, "华西", "东区"]
    assert trail(company, subject_id=east)[0]["changes"] == [
        {"field": "name", "before": "华东", "after": "东区"},
        {"field": "sort_order", "before": 0, "after": 5},
    ]
    assert company.admin.get(f"/departments/{west}").json["version"] == 1


def test_moves_a_branch_but_never_below_itself(company: Company, trail: Trail) -> None:
    east = department(company, "华东")
    shanghai = department(company, "上海", east)
    pudong = department(company, "浦东", shanghai)
    for below in (east, shanghai, pudong):
        answer = change(company.admin, f"/departments/{east}", parent_id=below)
        assert problem(answer) == (422, "parent_id", "department-cycle")
    assert change(company.admin, f"/departments/{pudong}", parent_id=east).json["parent_id"] == east
    assert trail(company, subject_id=pudong)[0]["changes"] == [
        {"field": "parent", "before": "上海", "after": "华东"}
    ]
    assert change(company.admin, f"/departments/{east}", parent_id=pudong).status_code == 422
    assert tree(company)["华东"]["parent_id"] == root_id(company)


def test_the_company_itself_stays_on_top(company: Company) -> None:
    root, east = root_id(company), department(company, "华东")
    moved = change(company.admin, f"/departments/{root}", parent_id=east)
    assert (moved.status_code, moved.json["code"]) == (409, "department-is-root")
    deleted = company.admin.delete(f"/departments/{root}", version=1)
    assert (deleted.status_code, deleted.json["code"]) == (409, "department-is-root")
    assert change(company.admin, f"/departments/{root}", name="总公司").json["name"] == "总公司"


@pytest.mark.parametrize("occupant", ["user", "disabled user", "department", "invitation"])
def test_only_an_empty_department_is_deleted(company: Company, occupant: str) -> None:
    east = department(company, "华东")
    if occupant == "department":
        department(company, "上海", east)
    elif occupant == "invitation":
        assert invite(company, "viewer", department_id=east).status_code == 201
    else:
        colleague = hire(company, "viewer", department_id=east)
        if occupant == "disabled user":
            change(company.admin, f"/users/{colleague.id}", state="disabled")
    answer = company.admin.delete(f"/departments/{east}", version=1)
    assert (answer.status_code, answer.json["code"]) == (409, "department-not-empty")
    assert "华东" in tree(company)


def test_an_emptied_department_is_deleted(company: Company, trail: Trail) -> None:
    east = department(company, "华东")
    colleague = hire(company, "viewer", department_id=east)
    waiting = invite(company, "viewer", department_id=east).json["id"]
    change(company.admin, f"/users/{colleague.id}", department_id=root_id(company))
    assert company.admin.delete(f"/invitations/{waiting}").status_code == 204
    assert company.admin.delete(f"/departments/{east}", version=1).status_code == 204
    assert company.admin.get(f"/departments/{east}").status_code == 404
    assert company.admin.get(f"/invitations/{waiting}").json["department"] is None
    latest = trail(company, subject_id=east)[0]
    assert (latest["action"], latest["subject_label"]) == ("deleted", "华东")


def test_changes_say_which_version_they_are_based_on(company: Company) -> None:
    east = department(company, "华东")
    assert company.admin.patch(f"/departments/{east}", {"name": "东区"}).status_code == 428
    assert company.admin.delete(f"/departments/{east}").status_code == 428
    change(company.admin, f"/departments/{east}", name="东区")
    stale = company.admin.patch(f"/departments/{east}", {"name": "西区"}, version=1)
    assert stale.status_code == 412
    assert stale.json["conflicts"] == [{"field": "name", "yours": "西区", "theirs": "东区"}]
    assert stale.json["current"]["version"] == 2
    assert company.admin.delete(f"/departments/{east}", version=1).status_code == 412
    assert company.admin.get(f"/departments/{east}").json["name"] == "东区"


def test_everyone_sees_the_tree_and_few_change_it(company: Company) -> None:
    viewer, east = hire(company, "viewer").browser, department(company, "华东")
    assert viewer.get("/departments").json == company.admin.get("/departments").json
    assert viewer.post("/departments", {"name": "华西"}).status_code == 403
    assert viewer.patch(f"/departments/{east}", {"name": "西区"}, version=1).status_code == 403
    assert viewer.delete(f"/departments/{east}", version=1).status_code == 403
    assert list(tree(company)) == [company.name, "华东"]


def test_other_companies_have_no_part_in_it(company: Company, other_company: Company) -> None:
    east = department(company, "华东")
    other = other_company.admin
    assert other.get(f"/departments/{east}").status_code == 404
    assert other.patch(f"/departments/{east}", {"name": "x"}, version=1).status_code == 404
    assert other.delete(f"/departments/{east}", version=1).status_code == 404
    answer = other.post("/departments", {"name": "x", "parent_id": east})
    assert problem(answer) == (422, "parent_id", "unknown-reference")
    assert list(tree(other_company)) == [other_company.name]
    assert list(tree(company)) == [company.name, "华东"]


def test_the_tree_takes_as_many_statements_however_large_it_is(company: Company) -> None:
    counts = []
    for size in (1, 12):
        for number in range(size):
            east = department(company, f"{size}-{number}")
            change(company.admin, f"/departments/{east}", head_ids=[company.user_id])
        company.admin.get("/session")
        with sent() as statements:
            assert company.admin.get("/departments").status_code == 200
        counts.append(len(statements))
    assert counts == [3, 3]
