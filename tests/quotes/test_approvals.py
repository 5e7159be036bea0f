"""Quotes on their way through a flow: asked about, sent back and corrected, granted, taken back."""

from typing import Any

import pytest

from tests.quotes.office import change, customer, go, line, quote, valve, withdraw
from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire

Json = dict[str, Any]
CHEAP = {"discount": {"rate": 3_000}}
"""Below the floor of the valve."""


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


@pytest.fixture
def made(company: Company, seller: Colleague) -> Json:
    """A quote below the floor, of a salesperson in a company whose administrator is asked about such."""
    asked = {
        "id": "boss", "type": "approve", "name": "总经理审批",
        "who": [{"by": "people", "ids": [company.user_id]}],
    }  # fmt: skip
    low = {"field": "below_floor", "op": "eq", "value": True}
    arms = [
        {"id": "low", "name": "低于底价", "when": low, "nodes": [asked]},
        {
            "id": "else",
            "name": "其他",
            "nodes": [{"id": "end", "type": "end", "name": "通过", "outcome": "granted"}],
        },
    ]
    flow = company.admin.post("/approval-flows", {"kind": "quote", "name": "报价审批"}).json
    path, nodes = (
        f"/approval-flows/{flow['id']}",
        [{"id": "price", "type": "branch", "name": "价格", "arms": arms}],
    )
    drawn = company.admin.put(
        f"{path}/draft", {"definition": {"nodes": nodes}}, headers={"If-Match": f'"{flow["version"]}"'}
    ).json
    headers = {"If-Match": f'"{drawn["version"]}"'}
    assert company.admin.post(f"{path}/publication", headers=headers).status_code == 200
    product = valve(company.admin)
    return quote(seller.browser, customer(seller.browser), line(product, **CHEAP))


def _waiting(company: Company) -> list[Json]:
    return list(company.admin.get("/approvals/to-decide?kind=quote").json["items"])


def _say(company: Company, item: Json, decision: str, comment: str | None = None) -> Json:
    seat = item["seat"]
    answer = company.admin.post(
        f"/approval-seats/{seat['id']}/decision",
        {"decision": decision, "comment": comment},
        headers={"If-Match": f'"{seat["version"]}"'},
    )
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def _state(browser: Browser, made: Json) -> tuple[str, int, bool]:
    now = browser.get(f"/quotes/{made['id']}").json
    return now["state"], now["revision"], now["in_approval"]


def test_is_asked_about_corrected_and_granted(company: Company, seller: Colleague, made: Json) -> None:
    go(seller.browser, made, "submission")
    assert _state(seller.browser, made) == ("submitted", 1, True)
    item = _waiting(company)[0]
    assert (item["facts"]["below_floor"], item["facts"]["customer"]) == (True, "澜图软件")
    assert _say(company, item, "send-back", "折扣太大")["state"] == "returned"
    assert _state(seller.browser, made) == ("draft", 2, False)
    now = seller.browser.get(f"/quotes/{made['id']}").json
    change(seller.browser, now, title="备件，二期")
    go(seller.browser, made, "submission")
    again = _waiting(company)
    assert [one["id"] for one in again] == [item["id"]]
    assert _say(company, again[0], "approve")["state"] == "granted"
    assert _state(seller.browser, made) == ("approved", 2, False)


@pytest.mark.parametrize("by_another", [False, True])
def test_what_was_sent_back_and_deleted_is_asked_about_no_more(
    company: Company, seller: Colleague, made: Json, *, by_another: bool
) -> None:
    go(seller.browser, made, "submission")
    _say(company, _waiting(company)[0], "send-back", "折扣太大")
    version = seller.browser.get(f"/quotes/{made['id']}").json["version"]
    browser = company.admin if by_another else seller.browser
    assert browser.delete(f"/quotes/{made['id']}", version=version).status_code == 204
    mine = seller.browser.get("/approvals/mine").json["items"]
    assert [one["state"] for one in mine] == ["withdrawn"]


def test_a_quote_that_nobody_need_look_at_is_approved_at_once(
    company: Company, seller: Colleague, made: Json
) -> None:
    dear = quote(seller.browser, customer(seller.browser, "云岫智能"), line(valve(company.admin, "闸阀")))
    assert go(seller.browser, dear, "submission")["state"] == "approved"
    assert _waiting(company) == []


def test_a_rejected_quote_is_a_draft_again(company: Company, seller: Colleague, made: Json) -> None:
    go(seller.browser, made, "submission")
    assert _say(company, _waiting(company)[0], "reject", "不卖")["state"] == "rejected"
    assert _state(seller.browser, made) == ("draft", 2, False)


def test_whoever_takes_the_quote_back_takes_it_from_those_asked(
    company: Company, seller: Colleague, made: Json
) -> None:
    go(seller.browser, made, "submission")
    assert withdraw(seller.browser, made).status_code == 200
    assert (_waiting(company), _state(seller.browser, made)) == ([], ("draft", 2, False))
    mine = seller.browser.get("/approvals/mine").json["items"]
    assert [one["state"] for one in mine] == ["withdrawn"]


def test_taking_the_approval_back_takes_the_quote_back(
    company: Company, seller: Colleague, made: Json
) -> None:
    go(seller.browser, made, "submission")
    approval = seller.browser.get("/approvals/mine").json["items"][0]
    assert seller.browser.post(f"/approvals/{approval['id']}/withdrawal", {}).status_code == 200
    assert (_waiting(company), _state(seller.browser, made)) == ([], ("draft", 2, False))


def test_whoever_may_not_know_the_cost_does_not_learn_it_by_being_asked(
    company: Company, seller: Colleague, made: Json
) -> None:
    go(seller.browser, made, "submission")
    other = hire(company, "sales", name="周思远")
    seat = _waiting(company)[0]["seat"]
    moved = company.admin.post(
        f"/approval-seats/{seat['id']}/transfer",
        {"to": other.id},
        headers={"If-Match": f'"{seat["version"]}"'},
    )
    assert moved.status_code == 200
    item = other.browser.get("/approvals/to-decide").json["items"][0]
    whole = other.browser.get(f"/approvals/{item['id']}").json
    for facts in (item["facts"], whole["facts"]):
        assert facts["below_floor"] is True
        assert facts.keys().isdisjoint({"cost", "margin", "margin_rate"})
    assert other.browser.get(f"/quotes/{made['id']}").status_code == 404


def test_whoever_submits_chooses_where_the_flow_lets_them(company: Company, seller: Colleague) -> None:
    boss, other = hire(company, "manager", name="周远"), hire(company, "manager", name="顾辰")
    limited = {"by": "choice", "most": 1, "ids": [boss.id]}
    asked = {"id": "lead", "type": "approve", "name": "主管审批", "who": [limited]}
    flow = company.admin.post("/approval-flows", {"kind": "quote", "name": "报价审批"}).json
    for deed, body in (("draft", {"definition": {"nodes": [asked]}}), ("publication", None)):
        send = company.admin.put if deed == "draft" else company.admin.post
        path, version = f"/approval-flows/{flow['id']}/{deed}", {"If-Match": f'"{flow["version"]}"'}
        flow = send(path, body, headers=version).json
    made = quote(seller.browser, customer(seller.browser), line(name="阀", unit_price=100))
    path = f"/quotes/{made['id']}/submission"
    for chosen, field in (({"lead": [other.id]}, "chosen.lead"), ({"else": [boss.id]}, "chosen.else")):
        refused = seller.browser.post(path, {"chosen": chosen}, version=made["version"])
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, field)
    assert _state(seller.browser, made) == ("draft", 1, False)
    [asked_for] = seller.browser.get(path).json["choices"]
    assert (asked_for["node"], asked_for["most"], asked_for["among"]["user_ids"]) == ("lead", 1, [boss.id])
    assert [(one["id"], one["department_name"]) for one in asked_for["people"]] == [(boss.id, company.name)]
    go(seller.browser, made, "submission", {"chosen": {"lead": [boss.id]}})
    [item] = boss.browser.get("/approvals/to-decide?kind=quote").json["items"]
    assert item["facts"]["title"] == "备件"
    assert other.browser.get("/approvals/to-decide?kind=quote").json["items"] == []


def test_one_bell_rings_for_what_was_decided(company: Company, seller: Colleague, made: Json) -> None:
    go(seller.browser, made, "submission")
    _say(company, _waiting(company)[0], "reject", "太低")
    told = [one["kind"] for one in seller.browser.get("/notifications").json["items"]]
    assert told == ["approval-rejected"]
