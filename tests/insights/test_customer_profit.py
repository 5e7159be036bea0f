"""What a customer is worth after the cost of serving it, as far as each reader may know."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.core import clock
from tests.contacts.people import role
from tests.expenses.claims import claim, now, submit, try_pay
from tests.expenses.claims import line as spent
from tests.quotes.office import customer, go, line, quote, valve
from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire
from tests.support.statements import sent

Json = dict[str, Any]
UNKNOWN = {"cost": None, "uncosted": None, "profit": None}


def _sold(browser: Browser, whom: Json, *lines: Json, at: datetime, **facts: Any) -> Json:
    """A quote that the customer accepted."""
    made = quote(browser, whom, *lines, **facts)
    go(browser, made, "submission")
    with clock.pretending(at):
        return go(browser, made, "outcome", {"outcome": "accepted", "reason": None})


def _spent_for(browser: Browser, whom: Json, amount: int, day: str, **facts: Any) -> Json:
    made = claim(
        browser, spent(browser, amount, of="差旅补贴", customer_id=whom["id"], spent_on=day), **facts
    )
    return submit(browser, made)


def _profit(browser: Browser, whom: Json) -> Json:
    answer = browser.get(f"/customers/{whom['id']}/profit")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


def _year(year: int, month: int = 6) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC)


def test_takes_cost_and_expenses_from_the_revenue_year_by_year(company: Company) -> None:
    whom, other = customer(company.admin), customer(company.admin, "别的客户")
    ball = valve(company.admin)
    # Ten for 100.00 each, tax included: 884.96 without 13 %; they cost 60.00 each.
    first = _sold(company.admin, whom, line(ball, "10"), at=_year(2025))
    free = _sold(company.admin, whom, line(None, name="安装", unit_price=11_300), at=_year(2026))
    _sold(company.admin, other, line(ball, "99"), at=_year(2026))
    quote(company.admin, whom, line(ball, "7"))
    made = _spent_for(company.admin, whom, 12_345, "2026-03-01")
    assert try_pay(company.admin, now(company.admin, made)).status_code == 201
    _spent_for(company.admin, whom, 655, "2025-12-31")
    claim(company.admin, spent(company.admin, 99_999, of="差旅补贴", customer_id=whom["id"]))  # a draft
    with sent() as statements:
        found = _profit(company.admin, whom)
    net = [first["net"]["amount"], free["net"]["amount"]]
    assert first["cost"]["amount"] == 60_000
    assert free["cost"] is None
    [yuan] = found["currencies"]
    assert [(one["year"], one["revenue"], one["cost"], one["uncosted"]) for one in yuan["years"]] == [
        (2025, net[0], 60_000, 0),
        (2026, net[1], 0, 1),
    ]
    assert [(one["quotes"], one["lines"], one["expenses"], one["profit"]) for one in yuan["years"]] == [
        (1, 1, 655, net[0] - 60_000 - 655),
        (1, 1, 12_345, net[1] - 12_345),
    ]
    assert yuan["total"] == {
        "quotes": 2,
        "revenue": sum(net),
        "cost": 60_000,
        "uncosted": 1,
        "lines": 2,
        "expenses": 13_000,
        "profit": sum(net) - 60_000 - 13_000,
    }
    assert [(one["number"], one["accepted_on"]) for one in found["quotes"]] == [
        (free["number"], "2026-06-01"),
        (first["number"], "2025-06-01"),
    ]
    assert [(one["claim"]["number"], one["amount"], one["kind"]) for one in found["lines"]] == [
        (made["number"], 12_345, "差旅补贴"),
        (found["lines"][1]["claim"]["number"], 655, "差旅补贴"),
    ]
    assert (found["quotes_counted"], found["costs_counted"], found["expenses_counted"]) == (True, True, "all")
    assert found["cut"] is False
    about = [one for one in statements if "FROM quotes" in str(one) or "FROM expense_lines" in str(one)]
    assert len(about) == 4


def test_a_year_begins_where_the_company_is(company: Company) -> None:
    whom = customer(company.admin)
    at = datetime(2025, 12, 31, 20, tzinfo=UTC)
    _sold(company.admin, whom, line(valve(company.admin)), at=at)
    [yuan] = _profit(company.admin, whom)["currencies"]
    assert [one["year"] for one in yuan["years"]] == [2026]


def test_currencies_stand_apart(company: Company) -> None:
    whom = customer(company.admin)
    _sold(company.admin, whom, line(valve(company.admin)), at=_year(2026))
    _spent_for(company.admin, whom, 500, "2026-03-01", currency="USD")
    _spent_for(company.admin, whom, 700, "2026-03-01")
    found = _profit(company.admin, whom)["currencies"]
    assert [(one["currency"], one["total"]["quotes"], one["total"]["expenses"]) for one in found] == [
        ("CNY", 1, 700),
        ("USD", 0, 500),
    ]
    assert found[1]["total"]["profit"] == -500


def test_who_sees_no_costs_learns_neither_them_nor_the_profit(company: Company, seller: Colleague) -> None:
    whom = customer(seller.browser)
    made = _sold(seller.browser, whom, line(valve(company.admin)), at=_year(2026))
    _spent_for(seller.browser, whom, 300, "2026-03-01")
    found = _profit(seller.browser, whom)
    assert (found["costs_counted"], found["expenses_counted"]) == (False, "seen")
    assert found["currencies"][0]["total"] == {
        "quotes": 1,
        "revenue": company.admin.get(f"/quotes/{made['id']}").json["net"]["amount"],
        "lines": 1,
        "expenses": 300,
        **UNKNOWN,
    }
    assert found["quotes"][0]["cost"] is None


def test_only_expenses_of_claims_that_the_reader_sees_are_counted(
    company: Company, seller: Colleague
) -> None:
    whom = customer(seller.browser)
    mine = _spent_for(seller.browser, whom, 300, "2026-03-01")
    _spent_for(company.admin, whom, 90_000, "2026-03-01")
    found = _profit(seller.browser, whom)
    assert (found["currencies"][0]["total"]["expenses"], found["currencies"][0]["total"]["lines"]) == (300, 1)
    assert [one["claim"]["id"] for one in found["lines"]] == [mine["id"]]
    assert _profit(company.admin, whom)["currencies"][0]["total"]["expenses"] == 90_300


def test_what_one_may_not_read_at_all_is_unknown_and_not_nought(company: Company) -> None:
    whom = customer(company.admin)
    _sold(company.admin, whom, line(valve(company.admin)), at=_year(2026))
    _spent_for(company.admin, whom, 300, "2026-03-01")
    read = {"customer:read": "all"}
    quotes = hire(company, role(company, "看报价", {**read, "quote:read": "all"})).browser
    found = _profit(quotes, whom)
    total = found["currencies"][0]["total"]
    assert (total["quotes"], total["lines"], total["expenses"], total["profit"]) == (1, None, None, None)
    assert (found["expenses_counted"], found["lines"]) == ("none", [])
    spending = hire(company, role(company, "看报销", {**read, "expense:read": "all"})).browser
    found = _profit(spending, whom)
    total = found["currencies"][0]["total"]
    assert (total["quotes"], total["revenue"], total["expenses"], total["profit"]) == (None, None, 300, None)
    assert (found["quotes_counted"], found["costs_counted"], found["quotes"]) == (False, False, [])
    neither = hire(company, role(company, "看客户", read)).browser
    assert neither.get(f"/customers/{whom['id']}/profit").status_code == 403


def test_a_customer_that_one_does_not_see_has_no_profit(company: Company, seller: Colleague) -> None:
    whom = customer(company.admin)
    _spent_for(company.admin, whom, 300, "2026-03-01")
    assert seller.browser.get(f"/customers/{whom['id']}/profit").status_code == 404
