"""One box finds customers, contacts, products, quotes and expense claims."""

from typing import Any

import pytest

from tests.contacts.people import contact, customer, role, worker
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent


def find(browser: Browser, q: str, **options: Any) -> dict[str, list[str]]:
    answer = browser.get("/search", query_string={"q": q, **options})
    assert answer.status_code == 200, answer.json
    return {kind: [hit.get("name") or hit["title"] for hit in hits] for kind, hits in answer.json.items()}


@pytest.fixture
def stocked(company: Company) -> Company:
    there = customer(company.admin, "澄江机械有限公司", phones=[{"number": "0755-26881234"}], stage="deal")
    contact(company.admin, "江澄", customer_id=there["id"], title="采购总监")
    contact(company.admin, "王建国", phones=[{"number": "13800001234"}])
    customer(company.admin, "长江物流")
    return company


@pytest.mark.parametrize(
    ("q", "customers", "contacts"),
    [
        ("江", ["长江物流", "澄江机械有限公司"], ["江澄"]),
        ("澄江", ["澄江机械有限公司"], []),
        ("chengjiang", ["澄江机械有限公司"], []),
        ("jc", [], ["江澄"]),
        ("1234", ["澄江机械有限公司"], ["王建国"]),
        ("没有的", [], []),
        ("", [], []),
        ("x", [], []),
    ],
)
def test_finds_every_kind(stocked: Company, q: str, customers: list[str], contacts: list[str]) -> None:
    assert find(stocked.admin, q) == {
        "customers": customers,
        "contacts": contacts,
        "products": [],
        "quotes": [],
        "expense_claims": [],
        "assets": [],
    }


def test_shows_what_tells_hits_apart(stocked: Company) -> None:
    me = {"id": stocked.user_id, "name": "秦明远"}
    found = stocked.admin.get("/search?q=1234").json
    [hit] = found["customers"]
    assert hit == {
        "id": hit["id"],
        "name": "澄江机械有限公司",
        "stage": "deal",
        "owner": me,
        "matched": "phone",
    }
    [person] = stocked.admin.get("/search?q=江澄").json["contacts"]
    there = {"id": hit["id"], "name": "澄江机械有限公司"}
    assert person == {"id": person["id"], "name": "江澄", "title": "采购总监", "customer": there}


def test_shows_names_that_begin_with_it_first(company: Company) -> None:
    for name in ("云岫智能", "苏州云岫科技", "上海云岫贸易"):
        customer(company.admin, name)
    assert find(company.admin, "云岫")["customers"] == ["云岫智能", "上海云岫贸易", "苏州云岫科技"]
    assert find(company.admin, "云岫", limit=1)["customers"] == ["云岫智能"]


def test_finds_only_what_one_may_see(stocked: Company, other_company: Company) -> None:
    seller = worker(stocked, name="销售").browser
    contact(seller, "江小白")
    assert find(seller, "江") == {
        "customers": [],
        "contacts": ["江小白"],
        "products": [],
        "quotes": [],
        "expense_claims": [],
        "assets": [],
    }
    blind = hire(stocked, role(stocked, "只看客户", {"customer:read": "all"})).browser
    nobody: dict[str, list[str]] = {
        "customers": [],
        "contacts": [],
        "products": [],
        "quotes": [],
        "expense_claims": [],
        "assets": [],
    }
    assert find(blind, "江") == {**nobody, "customers": ["长江物流", "澄江机械有限公司"]}
    nothing = hire(stocked, role(stocked, "什么也不看", {"user:invite": "all"})).browser
    assert find(nothing, "江") == find(other_company.admin, "江") == nobody


def test_finds_claims_by_number_and_words_among_those_one_may_see(company: Company) -> None:
    seller = hire(company, "sales", name="叶舟").browser
    mine = seller.post("/expense-claims", {"title": "宁波拜访", "lines": []}).json
    company.admin.post("/expense-claims", {"title": "宁波展会", "lines": []})
    assert find(company.admin, "宁波")["expense_claims"] == ["宁波展会", "宁波拜访"]
    assert find(seller, "宁波")["expense_claims"] == find(seller, "nb")["expense_claims"] == ["宁波拜访"]
    [hit] = seller.get(f"/search?q={mine['number']}").json["expense_claims"]
    assert hit == {
        "id": mine["id"],
        "title": "宁波拜访",
        "number": mine["number"],
        "state": "draft",
        "owner": mine["owner"],
    }


def test_what_lies_in_the_bin_is_not_found(stocked: Company) -> None:
    hit = stocked.admin.get("/search?q=澄江").json["customers"][0]
    assert stocked.admin.delete(f"/customers/{hit['id']}", version=1).status_code == 204
    assert find(stocked.admin, "江") == {
        "customers": ["长江物流"],
        "contacts": [],
        "products": [],
        "quotes": [],
        "expense_claims": [],
        "assets": [],
    }


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"q": "长" * 101}, "q", "too-long"),
        ({"q": "a\x00b"}, "q", "bad-character"),
        ({"q": "a", "limit": "21"}, "limit", "out-of-range"),
        ({"q": "a", "limit": "many"}, "limit", "not-a-number"),
        ({"q": "a", "kind": "customer"}, "kind", "unknown-field"),
    ],
)
def test_refuses_what_cannot_be(company: Company, query: dict[str, str], field: str, code: str) -> None:
    answer = company.admin.get("/search", query_string=query)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]


def test_takes_a_statement_for_each_kind(stocked: Company) -> None:
    find(stocked.admin, "江")
    with sent() as statements:
        find(stocked.admin, "江")
    assert len(statements) == 6
    with sent() as statements:
        find(stocked.admin, "x")
    assert statements == []
