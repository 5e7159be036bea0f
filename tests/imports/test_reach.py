"""The rows of an import name customers, so others see it no further than they see customers."""

import pytest

from tests.imports.conftest import Desk
from tests.support.client import Browser, Company
from tests.support.people import hire

FILE = "客户名称\n云岫智能装备有限公司\n"


def reader(company: Company, **grants: str) -> Browser:
    role = company.admin.post("/roles", {"name": "查看任务", "permissions": grants})
    assert role.status_code == 201, role.json
    return hire(company, "查看任务").browser


def doors(job: dict[str, object]) -> list[str]:
    return [f"/jobs/{job['id']}", f"/jobs/{job['id']}/rows", f"/imports/{job['import_id']}"]


@pytest.mark.parametrize(
    "grants",
    [
        {"job:read": "all"},
        {"job:read": "all", "customer:read": "own"},
        {"job:read": "own", "customer:read": "all"},
    ],
    ids=["no customers", "own customers", "own jobs"],
)
def test_others_do_not_see_it(desk: Desk, company: Company, grants: dict[str, str]) -> None:
    job = desk.bring_in(FILE)
    browser = reader(company, **grants)
    assert browser.get("/jobs").json["items"] == []
    assert [browser.get(path).status_code for path in doors(job)] == [404, 404, 404]


def test_whoever_sees_all_customers_and_jobs_sees_it(desk: Desk, company: Company) -> None:
    job = desk.bring_in(FILE)
    browser = reader(company, **{"job:read": "all", "customer:read": "all"})
    assert [item["id"] for item in browser.get("/jobs").json["items"]] == [job["id"]]
    assert [browser.get(path).status_code for path in doors(job)] == [200, 200, 200]
    assert [row["label"] for row in browser.get(doors(job)[1]).json["items"]] == ["云岫智能装备有限公司"]
