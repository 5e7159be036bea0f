"""Limits through the front door: arranged by few, told while one writes, demanded when one submits."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.expenses.claims import claim, kind, line, now, submit, try_submit
from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire, role_id
from tests.support.statements import sent

Json = dict[str, Any]
DAILY = "差旅补贴"


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


def _limit(company: Company, amount: int, **facts: Any) -> Json:
    wanted = {"kind_id": kind(company.admin, DAILY)["id"], "amount": amount, "per": "line", "mode": "warn"}
    answer = company.admin.post("/expense-limits", {**wanted, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def _spent(browser: Browser, amount: int, **facts: Any) -> Json:
    return line(browser, amount, of=DAILY, **facts)


def _errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.json
    return [(one["field"], one["code"]) for one in answer.json["errors"]]


def _ask_the_boss(company: Company) -> None:
    """Whoever is above limits by more than 20 yuan in a single line is asked about."""
    flow = company.admin.post("/approval-flows", {"kind": "expense-claim", "name": "报销审批"}).json
    who = [{"by": "people", "ids": [company.user_id]}]
    asked = {"id": "boss", "type": "approve", "name": "审批", "who": who}
    dear = {"field": "over_limit", "op": "gte", "value": 2_000}
    few = {"field": "over_limit_lines", "op": "lte", "value": 1}
    end = {"id": "end", "type": "end", "name": "通过", "outcome": "granted"}
    arms = [
        {"id": "dear", "name": "超标", "when": {"and": [dear, few]}, "nodes": [asked]},
        {"id": "else", "name": "其他", "nodes": [end]},
    ]
    drawing = {"nodes": [{"id": "sum", "type": "branch", "name": "超标", "arms": arms}]}
    path, headers = f"/approval-flows/{flow['id']}", {"If-Match": f'"{flow["version"]}"'}
    drawn = company.admin.put(f"{path}/draft", {"definition": drawing}, headers=headers).json
    answer = company.admin.post(f"{path}/publication", version=drawn["version"])
    assert answer.status_code == 200, answer.json


def test_is_made_changed_archived_and_told(company: Company) -> None:
    role = role_id(company, "sales")
    made = _limit(company, 50_000, role_ids=[role], cities=["上海市", "上海", " 北京 "])
    assert [made[name] for name in ("cities", "for_everybody")] == [["上海市", "北京"], False]
    assert [one["id"] for one in made["roles"]] == [role]
    path = f"/expense-limits/{made['id']}"
    changed = company.admin.patch(path, {"amount": 60_000, "archived": True}, version=made["version"])
    assert (changed.json["amount"], changed.json["archived"]) == (60_000, True)
    stale = company.admin.patch(path, {"amount": 1}, version=made["version"])
    assert stale.status_code == 412
    told = company.admin.get(f"/audit-records?subject_type=expense-limit&subject_id={made['id']}").json[
        "items"
    ]
    assert [one["action"] for one in told] == ["updated", "created"]
    assert told[0]["subject_label"] == "差旅补贴 600.00 CNY"


def test_nobody_else_arranges_or_reads_them(company: Company, seller: Colleague) -> None:
    made = _limit(company, 50_000)
    wanted = {"kind_id": made["kind"]["id"], "amount": 1, "per": "line", "mode": "stop"}
    assert seller.browser.get("/expense-limits").status_code == 403
    assert seller.browser.post("/expense-limits", wanted).status_code == 403
    refused = seller.browser.patch(f"/expense-limits/{made['id']}", {"amount": 1}, version=1)
    assert refused.status_code == 403
    assert [one["amount"] for one in company.admin.get("/expense-limits").json["items"]] == [50_000]


def test_refuses_a_role_that_there_is_not_and_a_city_without_a_letter(company: Company) -> None:
    wanted = {"kind_id": kind(company.admin, DAILY)["id"], "amount": 1, "per": "line", "mode": "stop"}
    strange = company.admin.post("/expense-limits", {**wanted, "role_ids": [company.user_id]})
    assert _errors(strange) == [("role_ids.0", "unknown-reference")]
    empty = company.admin.post("/expense-limits", {**wanted, "cities": ["上海", "——"]})
    assert _errors(empty) == [("cities.1", "required")]
    assert company.admin.get("/expense-limits").json["items"] == []


def test_a_line_above_must_say_why(company: Company, seller: Colleague) -> None:
    _limit(company, 10_000, cities=["上海"])
    made = claim(seller.browser, _spent(seller.browser, 12_800, city="上海市"), _spent(seller.browser, 900))
    held = {"amount": 10_000, "per": "line", "mode": "warn", "before": 0, "over": 2_800}
    assert [one["limit"] for one in made["lines"]] == [held, None]
    refused = try_submit(seller.browser, made)
    assert _errors(refused) == [("lines.0.over_reason", "over-reason-needed")]
    assert "100.00 CNY" in refused.json["errors"][0]["message"]
    assert now(seller.browser, made)["state"] == "draft"
    lines = [_spent(seller.browser, 12_800, city="上海市", over_reason="展会期间涨价")]
    path = f"/expense-claims/{made['id']}"
    saved = seller.browser.patch(path, {"lines": lines}, version=made["version"])
    assert saved.json["lines"][0]["over_reason"] == "展会期间涨价"
    done = submit(seller.browser, made)
    assert (done["state"], done["lines"][0]["limit"]) == ("approved", held)


def test_what_was_submitted_keeps_the_limit_that_held(company: Company, seller: Colleague) -> None:
    limit = _limit(company, 10_000)
    made = claim(seller.browser, _spent(seller.browser, 12_800, over_reason="没有别的酒店"))
    submit(seller.browser, made)
    company.admin.patch(f"/expense-limits/{limit['id']}", {"amount": 99_000}, version=limit["version"])
    assert now(seller.browser, made)["lines"][0]["limit"]["over"] == 2_800
    later = claim(seller.browser, _spent(seller.browser, 12_800))
    assert later["lines"][0]["limit"]["over"] == 0


def test_a_stop_cannot_be_submitted_with_a_reason_either(company: Company, seller: Colleague) -> None:
    _limit(company, 10_000, mode="stop", role_ids=[role_id(company, "sales")])
    made = claim(seller.browser, _spent(seller.browser, 10_001, over_reason="老板同意了"))
    assert _errors(try_submit(seller.browser, made)) == [("lines.0.amount", "above-limit-per-line")]
    assert now(seller.browser, made)["state"] == "draft"
    other = hire(company, "finance", name="周宁")
    unbound = claim(other.browser, _spent(other.browser, 10_001))
    assert unbound["lines"][0]["limit"] is None
    assert submit(other.browser, unbound)["state"] == "approved"


def test_a_day_and_a_month_sum_what_counts_of_the_same_person(company: Company, seller: Colleague) -> None:
    _limit(company, 20_000, per="day", mode="stop")
    _limit(company, 30_000, per="month")
    submit(seller.browser, claim(seller.browser, _spent(seller.browser, 15_000)))
    claim(seller.browser, _spent(seller.browser, 90_000))
    other = hire(company, "sales", name="顾辰")
    submit(other.browser, claim(other.browser, _spent(other.browser, 20_000)))
    made = claim(
        seller.browser,
        _spent(seller.browser, 4_000),
        _spent(seller.browser, 2_500),
        _spent(seller.browser, 12_000, spent_on="2026-03-19"),
        _spent(seller.browser, 12_000, spent_on="2026-04-01"),
    )
    limits = [one["limit"] for one in made["lines"]]
    assert [(one["per"], one["before"], one["over"]) for one in limits] == [
        ("day", 15_000, 0),
        ("day", 19_000, 1_500),
        ("month", 21_500, 3_500),
        ("day", 0, 0),
    ]
    assert _errors(try_submit(seller.browser, made)) == [
        ("lines.1.amount", "above-limit-per-day"),
        ("lines.2.over_reason", "over-reason-needed"),
    ]


def test_what_came_back_counts_no_more(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company)
    _limit(company, 10_000, per="month")
    first = claim(seller.browser, _spent(seller.browser, 19_000, over_reason="加班"))
    assert submit(seller.browser, first)["state"] == "submitted"
    second = claim(seller.browser, _spent(seller.browser, 2_000))
    assert [second["lines"][0]["limit"][name] for name in ("before", "over")] == [19_000, 2_000]
    taken = seller.browser.delete(f"/expense-claims/{first['id']}/submission")
    assert taken.json["lines"][0]["limit"]["over"] == 9_000
    assert [now(seller.browser, second)["lines"][0]["limit"][name] for name in ("before", "over")] == [0, 0]


def test_two_claims_at_once_do_not_both_fit_below_a_month(company: Company, seller: Colleague) -> None:
    _limit(company, 10_000, per="month", mode="stop")
    made = [claim(seller.browser, _spent(seller.browser, 6_000)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: try_submit(seller.browser, one).status_code, made))
    assert sorted(answers) == [200, 422, 422, 422]


def test_a_hundred_lines_take_as_many_statements_as_one(company: Company, seller: Colleague) -> None:
    _limit(company, 100_000, per="month")
    few = claim(seller.browser, _spent(seller.browser, 100))
    many = claim(seller.browser, *(_spent(seller.browser, 100) for _ in range(100)))
    counts = []
    for made in (few, many):
        with sent() as statements:
            seller.browser.get(f"/expense-claims/{made['id']}")
        counts.append(len(statements))
    assert counts[0] == counts[1]
    for made in (few, many):
        version = now(seller.browser, made)["version"]
        with sent() as statements:
            answer = seller.browser.post(f"/expense-claims/{made['id']}/submission", {}, version=version)
        assert answer.status_code == 200, answer.json
        counts.append(len(statements))
    assert counts[2] == counts[3]


def test_is_tried_out(company: Company, seller: Colleague) -> None:
    everywhere = _limit(company, 35_000)
    shanghai = _limit(company, 50_000, cities=["上海"], mode="stop")
    asked = {"user_id": seller.id, "kind_id": everywhere["kind"]["id"], "amount": 60_000}
    there = company.admin.post("/expense-limit-trials", {**asked, "city": "上海市"}).json
    assert (there["limit"]["id"], there["over"]) == (shanghai["id"], 10_000)
    here = company.admin.post("/expense-limit-trials", asked).json
    assert (here["limit"]["id"], here["over"]) == (everywhere["id"], 25_000)
    other = company.admin.post("/expense-limit-trials", {**asked, "currency": "USD"}).json
    assert other == {"limit": None, "over": 0}
    assert seller.browser.post("/expense-limit-trials", asked).status_code == 403


def test_whoever_is_asked_sees_what_is_above_and_why(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company)
    _limit(company, 10_000)
    above = _spent(seller.browser, 12_800, over_reason="展会期间涨价")
    assert submit(seller.browser, claim(seller.browser, above))["in_approval"] is True
    (item,) = company.admin.get("/approvals/to-decide").json["items"]
    assert item["facts"]["above_limit"] == {"amount": 2_800, "currency": "CNY"}
    told = item["facts"]["lines"][0]
    assert [told[name] for name in ("per", "over", "over_reason")] == [
        "line",
        {"amount": 2_800, "currency": "CNY"},
        "展会期间涨价",
    ]
    assert submit(seller.browser, claim(seller.browser, _spent(seller.browser, 900)))["state"] == "approved"
