"""What was spent, in numbers: summed, divided and compared, of what the reader sees, and of nothing else."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.core import clock
from app.insights.periods import Period
from tests.expenses.claims import claim, kind, line, submit, try_pay
from tests.quotes.office import customer
from tests.support.client import Browser, Company
from tests.support.people import Colleague, department, hire
from tests.support.statements import sent

Json = dict[str, Any]
MARCH = "first=2026-03-01&last=2026-03-31"


def _spend(browser: Browser, *spent: tuple[int, str], whom: Json | None = None, **facts: Any) -> Json:
    """A claim of allowances, approved at once: how much, and on which day."""
    named = {"customer_id": whom["id"]} if whom else {}
    lines = [line(browser, amount, of="差旅补贴", spent_on=day, **named) for amount, day in spent]
    return submit(browser, claim(browser, *lines, **facts))


def _asked(browser: Browser, query: str = MARCH) -> Json:
    answer = browser.get(f"/expense-statistics?{query}")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def _named(groups: Json) -> list[tuple[str | None, int, int, int]]:
    return [
        (one["of"] and one["of"]["name"], one["amount"], one["lines"], one["before"])
        for one in groups["items"]
    ]


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


def test_adds_up_a_period_in_every_way_and_compares_it(company: Company, seller: Colleague) -> None:
    whom = customer(seller.browser)
    _spend(seller.browser, (10_000, "2026-03-01"), (2_000, "2026-03-31"), whom=whom)
    _spend(seller.browser, (4_000, "2026-02-28"), (70_000, "2026-01-31"), (80_000, "2026-04-01"))
    _spend(company.admin, (500, "2026-03-15"))
    claim(seller.browser, line(seller.browser, 9_999, of="差旅补贴", spent_on="2026-03-02"))  # a draft
    with sent() as statements:
        found = _asked(company.admin)
    assert (found["currency"], found["currencies"]) == ("CNY", ["CNY"])
    assert found["before"] == {"first": "2026-02-01", "last": "2026-02-28"}
    assert found["total"] == {"amount": 12_500, "lines": 3, "before": 4_000}
    assert _named(found["people"]) == [("林知夏", 12_000, 2, 4_000), ("秦明远", 500, 1, 0)]
    assert _named(found["customers"]) == [("澜图软件", 12_000, 2, 0), (None, 500, 1, 4_000)]
    assert _named(found["kinds"]) == [("差旅补贴", 12_500, 3, 4_000)]
    [month] = found["months"]
    assert (month["month"], month["amount"], month["lines"], month["before"]) == ("2026-03", 12_500, 3, 4_000)
    assert [(one["of"]["name"], one["amount"]) for one in month["kinds"]] == [("差旅补贴", 12_500)]
    assert found["people"]["rest"] is None
    assert len([one for one in statements if "expense_lines" in str(one)]) == 2
    year = _asked(company.admin, "first=2026-01-01&last=2026-12-31")
    assert [one["month"] for one in year["months"]] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert [one["amount"] for one in year["months"]] == [70_000, 4_000, 12_500, 80_000]


def test_is_narrowed_to_one_of_each(company: Company, seller: Colleague) -> None:
    south = department(company, "华南")
    below = department(company, "广州", south)
    far = hire(company, "sales", name="叶舟", department_id=below)
    whom = customer(seller.browser)
    _spend(seller.browser, (100, "2026-03-02"), whom=whom)
    _spend(far.browser, (20, "2026-03-02"))
    travel = kind(company.admin, "差旅补贴")["id"]
    other = kind(company.admin, "交通")["id"]
    for query, amount in (
        (f"owner_id={far.id}", 20),
        (f"department_id={south}", 20),
        (f"department_id={below}", 20),
        (f"customer_id={whom['id']}", 100),
        (f"kind_id={travel}", 120),
        (f"kind_id={other}", 0),
        (f"kind_id={travel}&owner_id={seller.id}", 100),
    ):
        assert _asked(company.admin, f"{MARCH}&{query}")["total"]["amount"] == amount, query


def test_counts_by_the_day_of_payment_and_by_state(company: Company, seller: Colleague) -> None:
    paid = _spend(seller.browser, (100, "2026-02-10"))
    assert try_pay(company.admin, paid, paid_on="2026-03-05").status_code == 201
    _spend(seller.browser, (20, "2026-03-10"))
    assert _asked(company.admin, f"{MARCH}&by=paid")["total"] == {"amount": 100, "lines": 1, "before": 0}
    assert _asked(company.admin)["total"] == {"amount": 20, "lines": 1, "before": 100}
    assert _asked(company.admin, f"{MARCH}&state=paid")["total"] == {"amount": 0, "lines": 0, "before": 100}
    refused = company.admin.get(f"/expense-statistics?{MARCH}&state=draft")
    assert refused.status_code == 422


def test_currencies_are_never_added_up(company: Company) -> None:
    _spend(company.admin, (100, "2026-03-02"), currency="USD")
    _spend(company.admin, (7, "2026-03-02"), (8, "2026-03-03"))
    found = _asked(company.admin)
    assert (found["currency"], found["currencies"], found["total"]["amount"]) == ("CNY", ["CNY", "USD"], 15)
    assert _asked(company.admin, f"{MARCH}&currency=USD")["total"]["amount"] == 100
    assert _asked(company.admin, f"{MARCH}&currency=EUR")["total"]["amount"] == 0


def test_tells_only_of_claims_and_customers_that_the_reader_sees(company: Company, seller: Colleague) -> None:
    foreign = customer(company.admin, "别人的客户")
    _spend(company.admin, (900, "2026-03-02"), whom=foreign)
    made = _spend(seller.browser, (100, "2026-03-02"), whom=customer(seller.browser, "早先的客户"))
    taken = made["lines"][0]["customer"]["id"]
    given = company.admin.post(
        f"/customers/{taken}/transfer",
        {"owner_id": company.user_id},
        version=company.admin.get(f"/customers/{taken}").json["version"],
    )
    assert given.status_code == 200, given.json
    found = _asked(seller.browser)
    assert found["total"]["amount"] == 100
    assert found["customers"]["items"] == [
        {"of": None, "hidden": True, "amount": 100, "lines": 1, "before": 0}
    ]
    asked = seller.browser.get(f"/expense-statistics?{MARCH}&customer_id={taken}")
    assert (asked.status_code, asked.json["errors"][0]["code"]) == (422, "unknown-reference")
    company.admin.post("/roles", {"name": "只看待办", "permissions": {"task:read": "own"}})
    outsider = hire(company, "只看待办").browser
    assert outsider.get(f"/expense-statistics?{MARCH}").status_code == 403


def test_refuses_days_that_make_no_period(company: Company) -> None:
    for query, field in (
        ("first=2026-03-02&last=2026-03-01", "last"),
        ("first=2020-01-01&last=2026-03-01", "last"),
        ("first=1800-01-01&last=2026-03-01", "first"),
    ):
        refused = company.admin.get(f"/expense-statistics?{query}")
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("days", "today", "before"),
    [
        (("2026-03-01", "2026-03-31"), "2026-05-01", ("2026-02-01", "2026-02-28")),
        (("2026-03-01", "2026-03-31"), "2026-03-30", ("2026-02-01", "2026-02-28")),
        (("2026-11-01", "2026-11-30"), "2026-11-22", ("2026-10-01", "2026-10-22")),
        (("2026-10-01", "2026-12-31"), "2026-11-22", ("2026-07-01", "2026-08-22")),
        (("2025-01-01", "2025-12-31"), "2026-11-22", ("2024-01-01", "2024-12-31")),
        (("2026-03-10", "2026-03-19"), "2026-11-22", ("2026-02-28", "2026-03-09")),
        (("2026-03-10", "2026-03-19"), "2026-03-12", ("2026-02-28", "2026-03-02")),
        (("2027-01-01", "2027-01-31"), "2026-11-22", ("2026-12-01", "2026-12-31")),
    ],
)
def test_compares_with_as_much_as_has_passed(
    days: tuple[str, str], today: str, before: tuple[str, str]
) -> None:
    found = Period(*map(date.fromisoformat, days)).before(date.fromisoformat(today))
    assert (found.first.isoformat(), found.last.isoformat()) == before


def test_what_the_running_month_is_compared_with_ends_today(company: Company) -> None:
    _spend(company.admin, (5, "2026-02-10"), (60, "2026-02-25"), (1, "2026-03-01"))
    with clock.pretending(datetime(2026, 3, 11, tzinfo=UTC)):
        found = _asked(company.admin)
    assert found["before"] == {"first": "2026-02-01", "last": "2026-02-11"}
    assert found["total"] == {"amount": 1, "lines": 1, "before": 5}


def test_claims_are_found_by_kind_and_days(company: Company) -> None:
    early = _spend(company.admin, (5, "2026-02-10"), (6, "2026-02-25"))
    late = _spend(company.admin, (5, "2026-03-01"))
    travel, other = (kind(company.admin, name)["id"] for name in ("差旅补贴", "交通"))

    def found(query: str) -> set[str]:
        return {one["id"] for one in company.admin.get(f"/expense-claims?{query}").json["items"]}

    assert found(f"kind_id={travel}") == {early["id"], late["id"]}
    assert found(f"kind_id={other}") == set()
    assert found("spent_from.lte=2026-02-28&spent_until.gte=2026-02-20") == {early["id"]}
    assert found("spent_from.lte=2026-03-31&spent_until.gte=2026-03-01") == {late["id"]}
