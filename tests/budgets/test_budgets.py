"""Budgets through the front door: arranged by few, seen as far as expenses are, copied once."""

from typing import Any

import pytest

from tests.budgets.plans import budget, now, spent, try_budget
from tests.expenses.claims import claim, kind, submit
from tests.support.client import Browser, Company
from tests.support.people import Colleague, department, hire, role_id
from tests.support.statements import sent

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


def _names(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/budgets{query}")
    assert answer.status_code == 200, answer.json
    return [one["name"] for one in answer.json["items"]]


def _role(company: Company, scope: str) -> str:
    """Somebody who sees and arranges expenses as far as a scope reaches."""
    granted = {"expense:read": scope, "expense:manage": "all", "expense:create": "all"}
    answer = company.admin.post("/roles", {"name": f"预算员 {scope}", "permissions": granted})
    assert answer.status_code == 201, answer.json
    return str(answer.json["name"])


def test_is_made_changed_archived_and_told(company: Company) -> None:
    made = budget(company, 100_000, note="含会展")
    assert [made[name] for name in ("department", "kind", "percent", "over", "editable")] == [
        None, None, 0, False, True,
    ]  # fmt: skip
    path = f"/budgets/{made['id']}"
    changed = company.admin.patch(path, {"amount": 50_000, "archived": True}, version=made["version"])
    assert (changed.json["amount"]["amount"], changed.json["archived"]) == (50_000, True)
    stale = company.admin.patch(path, {"amount": 1}, version=made["version"])
    assert stale.status_code == 412
    assert now(company, made)["amount"]["amount"] == 50_000
    told = company.admin.get(f"{path}/timeline").json["items"]
    assert [one["kind"] for one in told] == ["updated", "created"]
    assert {one["field"] for one in told[0]["changes"]} == {"amount", "archived"}
    assert _names(company.admin, "?archived=false") == []


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"name": "  "}, "name", "required"),
        ({"last_day": "2025-12-31"}, "last_day", "ends-before-its-beginning"),
        ({"first_day": "1999-01-01"}, "first_day", "too-far"),
        ({"kind_id": "00000000-0000-7000-8000-000000000000"}, "kind_id", "unknown-reference"),
        ({"department_id": "00000000-0000-7000-8000-000000000000"}, "department_id", "unknown-reference"),
    ],
)
def test_refuses_what_makes_no_sense(company: Company, wrong: Json, field: str, code: str) -> None:
    answer = try_budget(company.admin, **wrong)
    assert answer.status_code == 422, answer.json
    assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [(field, code)]
    assert _names(company.admin) == []


def test_whoever_reads_only_their_own_expenses_sees_and_arranges_none(
    company: Company, seller: Colleague
) -> None:
    made = budget(company)
    for path in ("", f"/{made['id']}", f"/{made['id']}/months", f"/{made['id']}/outlays"):
        assert seller.browser.get(f"/budgets{path}").status_code == 403
    assert seller.browser.get("/budget-totals").status_code == 403
    assert try_budget(seller.browser).status_code == 403
    copied = seller.browser.post("/budget-copies", {"first_day": "2026-01-01", "last_day": "2026-03-31"})
    assert copied.status_code == 403
    changed = seller.browser.patch(f"/budgets/{made['id']}", {"amount": 1}, version=made["version"])
    assert changed.status_code == 404
    assert [one["name"] for one in company.admin.get("/budgets").json["items"]] == [made["name"]]
    assert now(company, made)["amount"]["amount"] == 100_000


def test_is_seen_and_arranged_as_far_as_expenses_are_read(company: Company) -> None:
    east = department(company, "华东")
    team, west = department(company, "华东一组", east), department(company, "华南")
    mine, below = (
        budget(company, name=name, department_id=where) for name, where in (("东", east), ("组", team))
    )
    other, whole = budget(company, name="南", department_id=west), budget(company, name="全公司")
    boss = hire(company, _role(company, "subtree"), name="周东", department_id=east).browser
    lead = hire(company, _role(company, "department"), name="林东", department_id=east).browser
    assert set(_names(boss)) == {"东", "组"}
    assert _names(lead) == ["东"]
    assert [one["count"] for one in boss.get("/budget-totals").json["items"]] == [2]
    for hidden in (other, whole):
        assert boss.get(f"/budgets/{hidden['id']}").status_code == 404
        refused = boss.patch(f"/budgets/{hidden['id']}", {"amount": 1}, version=hidden["version"])
        assert refused.status_code == 404
    assert lead.get(f"/budgets/{below['id']}/outlays").status_code == 404
    for where, code in ((west, "unknown-reference"), (None, "required")):
        refused = try_budget(boss, department_id=where)
        assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [("department_id", code)]
    moved = boss.patch(f"/budgets/{mine['id']}", {"department_id": None}, version=mine["version"])
    assert moved.status_code == 422
    assert try_budget(boss, name="新", department_id=team).status_code == 201
    assert set(_names(company.admin)) == {"东", "组", "南", "全公司", "新"}


def test_a_period_is_copied_to_the_next_once(company: Company) -> None:
    first = budget(company, 100_001, name="一")
    budget(company, 20_000, name="二", currency="JPY")
    budget(company, name="别的", last_day="2026-02-28")
    asked = {"first_day": "2026-01-01", "last_day": "2026-03-31", "percent": 150}
    answer = company.admin.post("/budget-copies", asked)
    assert answer.status_code == 200, answer.json
    assert answer.json == {"count": 2, "first_day": "2026-04-01", "last_day": "2026-06-30"}
    fresh = company.admin.get("/budgets?first_day=2026-04-01&sort=name").json["items"]
    assert {(one["name"], one["amount"]["amount"]) for one in fresh} == {("一", 150_002), ("二", 30_000)}
    assert company.admin.post("/budget-copies", asked).json["count"] == 0
    late = budget(company, name="补")
    once = company.admin.post("/budget-copies", asked)
    assert once.json["count"] == 1
    assert len(_names(company.admin)) == 7
    told = company.admin.get(f"/budgets/{fresh[0]['id']}/timeline").json["items"]
    assert [one["kind"] for one in told] == ["created"]
    assert {first["version"], late["version"], now(company, first)["version"]} == {1}


def test_as_many_statements_for_many_budgets_as_for_one(company: Company, seller: Colleague) -> None:
    department(company, "华东")
    daily = kind(company.admin, "差旅补贴")["id"]
    counts = []
    for names in (["一"], [f"预算 {i}" for i in range(20)]):
        for name in names:
            budget(company, name=name, kind_id=daily)
        company.admin.get("/budgets")
        with sent() as statements:
            company.admin.get("/budgets?limit=100")
        listed = len(statements)
        made = claim(seller.browser, *(spent(seller.browser, 100) for _ in range(len(names))))
        with sent() as statements:
            submit(seller.browser, made)
        counts.append((listed, len(statements)))
    assert counts[0] == counts[1]


def test_pages_by_key_and_finds_what_is_over(company: Company, seller: Colleague) -> None:
    for i, amount in enumerate((30_000, 10_000, 20_000)):
        budget(company, amount, name=f"{i}")
    submit(seller.browser, claim(seller.browser, spent(seller.browser, 15_000)))
    assert _names(company.admin, "?over=true") == ["1"]
    assert _names(company.admin, "?sort=left") == ["1", "2", "0"]
    first = company.admin.get("/budgets?sort=left&limit=2&total=true").json
    assert (len(first["items"]), first["total"]["count"]) == (2, 3)
    assert _names(company.admin, f"?sort=left&limit=2&cursor={first['next_cursor']}") == ["0"]
    [total] = company.admin.get("/budget-totals?over=false").json["items"]
    assert [total[name]["amount"] for name in ("amount", "used", "reserved", "left")] == [
        50_000,
        30_000,
        0,
        20_000,
    ]
    assert (total["count"], total["over_count"]) == (2, 0)


def test_a_department_with_a_budget_stays(company: Company) -> None:
    east = department(company, "华东")
    made = budget(company, department_id=east)
    version = company.admin.get(f"/departments/{east}").json["version"]
    refused = company.admin.delete(f"/departments/{east}", version=version)
    assert refused.json["code"] == "department-not-empty"
    assert now(company, made)["department"]["name"] == "华东"


def test_the_finance_role_sees_them_all(company: Company) -> None:
    budget(company)
    finance = hire(company, "finance", name="周宁")
    assert role_id(company, "finance")
    assert _names(finance.browser) == ["一季度差旅"]
    assert try_budget(finance.browser, name="又一个").status_code == 201
