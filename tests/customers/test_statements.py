"""No statement per row: what is sent to the database does not grow with what is shown."""

import pytest

from tests.customers.desk import House, change, customer, names, share, shown, worker
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent


def count(browser: Browser, path: str) -> int:
    """Statements of a request, but for the one that opens the transaction."""
    browser.get(path)
    with sent() as statements:
        assert browser.get(path).status_code == 200
    return len(statements)


@pytest.fixture
def full(company: Company, house: House) -> House:
    """A house with more than one page of customers, shared, tagged and below others."""
    group = customer(company.admin, "集团")
    for i in range(25):
        made = customer(
            house.seller.browser,
            f"很多公司{i:02d}",
            tags=["红", "蓝"],
            phones=[{"number": "13800001111"}, {"number": "13800002222"}],
        )
        if i % 5 == 0:
            share(company.admin, made, house.boss)
            assert change(company.admin, made, parent_id=group["id"]).status_code == 200
    return house


PATHS = (
    "/customers",
    "/customers?limit=200",
    "/customers?limit=1&sort=name",
    "/customers?tag=红&stage.in=potential,deal",
    "/customers?q=公司",
    "/customers?q=gongsi",
    "/customers?q=1111",
    "/customers?employees.gte=1",
    "/customers?total=true",
    "/customer-facets",
)


@pytest.mark.parametrize("scope", ["own", "department", "subtree", "all"])
def test_a_list_is_one_statement(company: Company, full: House, scope: str) -> None:
    browser = worker(company, scope, name="读者", department_id=full.upper).browser
    assert {path: count(browser, path) for path in PATHS} == dict.fromkeys(PATHS, 1)


def test_a_record_is_one_statement(company: Company, full: House) -> None:
    assert count(company.admin, f"/customers/{full.of_boss['id']}") == 1
    assert count(company.admin, f"/customers/{full.of_boss['id']}/timeline") == 2
    assert count(company.admin, f"/customers/{full.of_boss['id']}/children") == 2


def test_the_next_page_costs_the_same(company: Company, full: House) -> None:
    cursor = company.admin.get("/customers?limit=5").json["next_cursor"]
    assert count(company.admin, f"/customers?limit=5&cursor={cursor}") == 1


def test_making_a_customer_costs_a_few_statements(company: Company) -> None:
    customer(company.admin, "热身", tags=["红"])
    for facts in ({}, {"tags": ["红"], "phones": [{"number": f"1380000000{i}"} for i in range(9)]}):
        with sent() as statements:
            customer(company.admin, "新的", **facts)
        # The customer, its phones, tags, search keys and trail; then it is read; then the commit's own.
        assert len(statements) <= 8, statements


def test_a_search_for_what_is_common_walks_the_list_from_then_on(
    company: Company, full: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.lists import pages

    monkeypatch.setattr(pages, "CAP", 3)
    monkeypatch.setattr(pages, "_common", {})
    with sent() as statements:
        assert len(names(company.admin, "q=很多")) == 20
    assert len(statements) == 2
    with sent() as statements:
        assert len(names(company.admin, "q=很多")) == 20
    assert len(statements) == 1


def editable(browser: Browser, path: str = "/customers?sort=name") -> dict[str, bool]:
    """Which rows of a list say that they may be changed."""
    return {item["name"]: item["editable"] for item in browser.get(path).json["items"]}


def test_rows_say_who_may_change_them_in_a_statement_more_at_most(company: Company, house: House) -> None:
    share(company.admin, house.of_boss, house.seller)
    company.admin.post("/contacts", {"name": "甲联系人", "customer_id": house.of_boss["id"]})
    scopes = {
        "customer:read": "all",
        "contact:read": "all",
        "customer:update": "own",
        "contact:update": "own",
    }
    reader = {name: scope for name, scope in scopes.items() if name.endswith("read")}
    wide, blind = (
        hire(company, company.admin.post("/roles", {"name": name, "permissions": given}).json["name"])
        for name, given in (("看得远", scopes), ("只看", reader))
    )
    everything = ["上海甲公司", "苏州乙公司"]
    assert editable(company.admin) == dict.fromkeys(everything, True)
    assert editable(blind.browser) == dict.fromkeys(everything, False)
    assert editable(house.seller.browser) == dict.fromkeys(everything, True)
    assert editable(wide.browser) == dict.fromkeys(everything, False)
    mine = share(company.admin, house.of_boss, wide)
    assert editable(wide.browser) == {"上海甲公司": True, "苏州乙公司": False}
    assert editable(wide.browser, "/contacts") == {"甲联系人": True}
    assert shown(wide.browser, mine)["editable"] is True
    assert (count(wide.browser, "/customers"), count(blind.browser, "/customers")) == (2, 1)
