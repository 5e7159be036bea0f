"""What is charged to which budget: bound when submitted, used when granted, freed when not; never twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.budgets.plans import ask_the_boss, budget, decide, figures, now, spent, try_budget
from tests.expense_requests import requests
from tests.expenses.claims import claim, kind, submit, try_submit
from tests.expenses.claims import now as claim_now
from tests.support.client import Company
from tests.support.people import Colleague, change, department, hire

Json = dict[str, Any]
MARCH = {"starts_on": "2026-03-18", "ends_on": "2026-03-20"}


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


def test_claims_are_reserved_then_used_and_freed_when_they_come_back(
    company: Company, seller: Colleague
) -> None:
    ask_the_boss(company, "expense-claim")
    made, hers = budget(company), claim(seller.browser, spent(seller.browser, 30_000))
    assert figures(company, made) == (0, 0, 100_000)
    submit(seller.browser, hers)
    assert figures(company, made) == (0, 30_000, 70_000)
    seller.browser.delete(f"/expense-claims/{hers['id']}/submission")
    assert figures(company, made) == (0, 0, 100_000)
    for decision, expected in (
        ("send-back", (0, 0, 100_000)), ("reject", (0, 0, 100_000)), ("approve", (30_000, 0, 70_000)),
    ):  # fmt: skip
        assert submit(seller.browser, hers)["state"] == "submitted"
        decide(company, decision)
        assert figures(company, made) == expected


def test_a_budget_covers_its_days_kind_currency_and_departments(company: Company) -> None:
    east = department(company, "华东")
    team, west = department(company, "华东一组", east), department(company, "华南")
    daily = kind(company.admin, "差旅补贴")["id"]
    hers = hire(company, "sales", name="林知夏", department_id=team)
    whole, above = budget(company), budget(company, department_id=east, kind_id=daily)
    others = [
        budget(company, department_id=west),
        budget(company, kind_id=kind(company.admin, "通讯")["id"]),
        budget(company, last_day="2026-03-17"),
        budget(company, first_day="2026-03-19"),
        budget(company, currency="USD"),
    ]
    submit(hers.browser, claim(hers.browser, spent(hers.browser, 4_000)))
    edges = (spent(hers.browser, 500, spent_on=day) for day in ("2026-01-01", "2026-03-31", "2026-04-01"))
    submit(hers.browser, claim(hers.browser, *edges))
    assert [figures(company, one)[0] for one in (whole, above)] == [5_000, 5_000]
    assert [figures(company, one)[0] for one in others] == [0, 0, 500, 500, 0]
    change(company.admin, f"/users/{hers.id}", department_id=west)
    assert [figures(company, one)[0] for one in (above, others[0])] == [5_000, 0]


def test_a_budget_that_is_made_later_counts_what_was_spent_before(
    company: Company, seller: Colleague
) -> None:
    submit(seller.browser, claim(seller.browser, spent(seller.browser, 30_000)))
    assert figures(company, budget(company)) == (30_000, 0, 70_000)


def test_a_claim_on_a_request_takes_what_was_reserved_and_no_more(
    company: Company, seller: Colleague
) -> None:
    made = budget(company)
    line = requests.line(seller.browser, 50_000, of="差旅补贴")
    granted = requests.submit(seller.browser, requests.request(seller.browser, line, **MARCH))
    assert figures(company, made) == (0, 50_000, 50_000)
    first = claim(seller.browser, spent(seller.browser, 20_000), request_id=granted["id"])
    submit(seller.browser, first)
    assert figures(company, made) == (20_000, 30_000, 50_000)
    second = claim(seller.browser, spent(seller.browser, 45_000), request_id=granted["id"])
    submit(seller.browser, second)
    assert figures(company, made) == (65_000, 0, 35_000)
    other = requests.submit(seller.browser, requests.request(seller.browser, line, **MARCH))
    assert figures(company, made) == (65_000, 50_000, -15_000)
    assert requests.close(seller.browser, other).status_code == 200
    assert figures(company, made) == (65_000, 0, 35_000)
    months = company.admin.get(f"/budgets/{made['id']}/months").json["items"]
    assert months == [{"month": "2026-03", "used": 65_000, "reserved": 0}]


def test_kinds_of_claim_and_request_may_differ_within_a_budget(company: Company, seller: Colleague) -> None:
    whole, daily = budget(company), budget(company, kind_id=kind(company.admin, "差旅补贴")["id"])
    line = requests.line(seller.browser, 50_000, of="通讯")
    granted = requests.submit(seller.browser, requests.request(seller.browser, line, **MARCH))
    submit(seller.browser, claim(seller.browser, spent(seller.browser, 20_000), request_id=granted["id"]))
    assert figures(company, whole) == (20_000, 30_000, 50_000)
    assert figures(company, daily) == (20_000, 0, 80_000)


def test_a_stop_lets_nothing_go_over_and_says_what_is_left(company: Company, seller: Colleague) -> None:
    made = budget(company, 10_000, mode="stop", name="差旅")
    submit(seller.browser, claim(seller.browser, spent(seller.browser, 6_000)))
    dear = claim(seller.browser, spent(seller.browser, 4_001))
    refused = try_submit(seller.browser, dear)
    assert (refused.status_code, refused.json["code"]) == (409, "budget-exceeded")
    assert refused.json["detail"] == "“差旅”预算不够：剩余 40.00 CNY，这次需要 40.01 CNY"
    assert claim_now(seller.browser, dear)["state"] == "draft"
    assert figures(company, made) == (6_000, 0, 4_000)
    change(company.admin, f"/budgets/{made['id']}", archived=True)
    assert submit(seller.browser, dear)["state"] == "approved"


def test_a_stop_lets_claims_draw_on_what_a_request_reserved(company: Company, seller: Colleague) -> None:
    made = budget(company, 50_000, mode="stop")
    line = requests.line(seller.browser, 50_000, of="差旅补贴")
    granted = requests.submit(seller.browser, requests.request(seller.browser, line, **MARCH))
    assert (
        requests.try_submit(
            seller.browser,
            requests.request(seller.browser, requests.line(seller.browser, 1, of="差旅补贴"), **MARCH),
        ).json["code"]
        == "budget-exceeded"
    )
    drawing = claim(seller.browser, spent(seller.browser, 50_000), request_id=granted["id"])
    assert submit(seller.browser, drawing)["state"] == "approved"
    above = claim(seller.browser, spent(seller.browser, 1), request_id=granted["id"])
    assert try_submit(seller.browser, above).json["code"] == "budget-exceeded"
    assert figures(company, made) == (50_000, 0, 0)


def test_whoever_is_asked_is_told_and_the_flow_can_tell_too(company: Company, seller: Colleague) -> None:
    ask_the_boss(company, "expense-claim", {"field": "over_budget", "op": "eq", "value": True})
    made = budget(company, 10_000, name="差旅")
    assert submit(seller.browser, claim(seller.browser, spent(seller.browser, 9_000)))["state"] == "approved"
    above = claim(seller.browser, spent(seller.browser, 3_000))
    assert submit(seller.browser, above)["in_approval"] is True
    (item,) = company.admin.get("/approvals/to-decide").json["items"]
    assert item["facts"]["above_budget"] == [
        {
            "budget": "差旅",
            "left": {"amount": 1_000, "currency": "CNY"},
            "over": {"amount": 2_000, "currency": "CNY"},
        }
    ]
    shown = now(company, made)
    assert (shown["over"], shown["percent"], figures(company, made)) == (True, 120, (9_000, 3_000, -2_000))


def test_whoever_decides_about_a_request_is_told_too(company: Company, seller: Colleague) -> None:
    ask_the_boss(company, "expense-request", {"field": "over_budget", "op": "eq", "value": True})
    budget(company, 10_000, name="差旅")
    made = requests.request(seller.browser, requests.line(seller.browser, 12_000, of="差旅补贴"), **MARCH)
    assert requests.submit(seller.browser, made)["in_approval"] is True
    (item,) = company.admin.get("/approvals/to-decide").json["items"]
    assert item["facts"]["above_budget"][0]["over"] == {"amount": 2_000, "currency": "CNY"}


def test_is_told_while_one_writes(company: Company, seller: Colleague) -> None:
    budget(company, 10_000, name="差旅", mode="stop")
    daily = kind(company.admin, "差旅补贴")["id"]

    def trial(amount: int, **more: Any) -> Any:
        lines = [{"kind_id": daily, "on": "2026-03-18", "amount": amount}]
        return seller.browser.post("/budget-trials", {"lines": lines, **more})

    def money(amount: int) -> Json:
        return {"amount": amount, "currency": "CNY"}

    expected = {"budget": "差旅", "mode": "stop", "left": money(10_000), "over": money(2_000)}
    assert trial(12_000).json == {"items": [expected]}
    assert trial(12_000, currency="USD").json == {"items": []}
    own = claim(seller.browser, spent(seller.browser, 9_000))
    submit(seller.browser, own)
    assert trial(500).json["items"][0]["left"] == money(1_000)
    assert trial(9_500, claim_id=own["id"]).json["items"][0]["over"] == money(0)
    other = hire(company, "sales", name="顾辰")
    hidden = claim(other.browser, spent(other.browser, 100))
    assert trial(1, claim_id=hidden["id"]).status_code == 404


def test_outlays_are_named_to_whoever_may_see_them(company: Company) -> None:
    east = department(company, "华东")
    team = department(company, "华东一组", east)
    made = budget(company, department_id=east)
    granted = {"expense:read": "department", "expense:create": "all"}
    role = company.admin.post("/roles", {"name": "部门负责人", "permissions": granted}).json["name"]
    lead = hire(company, role, name="林东", department_id=east)
    hers = hire(company, "sales", name="林知夏", department_id=team)
    done = submit(hers.browser, claim(hers.browser, spent(hers.browser, 900), spent(hers.browser, 800)))
    (one, _two) = company.admin.get(f"/budgets/{made['id']}/outlays").json["items"]
    assert one["record"] == {"id": done["id"], "name": f"{done['number']} 上海出差"}
    assert [one[name] for name in ("record_type", "state", "spent_on")] == [
        "expense-claim",
        "used",
        "2026-03-18",
    ]
    seen = lead.browser.get(f"/budgets/{made['id']}/outlays?limit=1").json
    assert [seen["items"][0][name] for name in ("record", "owner")] == [None, None]
    assert seen["items"][0]["department"]["name"] == "华东一组"
    rest = lead.browser.get(f"/budgets/{made['id']}/outlays?limit=1&cursor={seen['next_cursor']}").json
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)


def test_eight_at_once_never_overdraw_a_stop(company: Company) -> None:
    people = [hire(company, "sales", name=f"同事{i}") for i in range(8)]
    whole = budget(company, 25_000, mode="stop")
    narrow = budget(company, 35_000, mode="stop", kind_id=kind(company.admin, "差旅补贴")["id"])
    made = [claim(one.browser, spent(one.browser, 10_000)) for one in people]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda pair: try_submit(pair[0].browser, pair[1]), zip(people, made, strict=True))
        )
    assert sorted(one.status_code for one in answers) == [200] * 2 + [409] * 6
    assert figures(company, whole) == (20_000, 0, 5_000)
    assert figures(company, narrow) == (20_000, 0, 15_000)
    assert try_budget(company.admin, name="之后").status_code == 201
