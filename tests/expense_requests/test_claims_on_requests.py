"""Claims that draw on a request: what was granted, what others drew, what is left, what is above that."""

from typing import Any

import pytest

from tests.expense_requests.requests import close, line, now, request, submit
from tests.expenses import claims
from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


@pytest.fixture
def granted(seller: Colleague) -> Json:
    """A request of 1,000.00 yuan that was granted."""
    return submit(seller.browser, request(seller.browser, line(seller.browser, 100_000)))


def _claim(browser: Browser, granted: Json, amount: int) -> Json:
    return claims.claim(browser, claims.line(browser, amount, of="差旅补贴"), request_id=granted["id"])


def _sums(claim: Json) -> dict[str, int]:
    return {name: claim["drawing"][name]["amount"] for name in ("granted", "others", "left", "over")}


def _problems(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.json
    return {one["field"]: one["code"] for one in answer.json["errors"]}


def test_a_claim_draws_on_what_was_granted(seller: Colleague, granted: Json) -> None:
    first = _claim(seller.browser, granted, 60_000)
    assert first["request"] == {"id": granted["id"], "name": f"{granted['number']} 广州展会"}
    assert _sums(first) == {"granted": 100_000, "others": 0, "left": 100_000, "over": 0}
    second = _claim(seller.browser, granted, 70_000)
    # A draft draws nothing yet.
    assert _sums(second)["others"] == 0
    claims.submit(seller.browser, first)
    assert _sums(claims.now(seller.browser, second)) == {
        "granted": 100_000, "others": 60_000, "left": 40_000, "over": 30_000,
    }  # fmt: skip
    drawn = now(seller.browser, granted)
    assert (drawn["drawn"]["amount"], drawn["left"]["amount"], drawn["used_up"]) == (60_000, 40_000, False)
    # Above what is left is told, not refused.
    assert claims.submit(seller.browser, second)["state"] == "approved"
    drawn = now(seller.browser, granted)
    assert (drawn["drawn"]["amount"], drawn["left"]["amount"]) == (130_000, 0)
    listed = seller.browser.get(f"/expense-claims?request_id={granted['id']}").json["items"]
    assert {one["id"] for one in listed} == {first["id"], second["id"]}


def test_whoever_decides_reads_how_much_it_is_above(
    company: Company, seller: Colleague, granted: Json
) -> None:
    claims.submit(seller.browser, _claim(seller.browser, granted, 60_000))
    asked = {
        "id": "boss", "type": "approve", "name": "总经理审批",
        "who": [{"by": "people", "ids": [company.user_id]}],
    }  # fmt: skip
    above = {"field": "over_request", "op": "gt", "value": 0}
    end = {"id": "end", "type": "end", "name": "通过", "outcome": "granted"}
    arms = [
        {"id": "above", "name": "超出申请", "when": above, "nodes": [asked]},
        {"id": "else", "name": "其他", "nodes": [end]},
    ]
    nodes = [{"id": "sum", "type": "branch", "name": "超出", "arms": arms}]
    flow = company.admin.post("/approval-flows", {"kind": "expense-claim", "name": "报销审批"}).json
    path, headers = f"/approval-flows/{flow['id']}", {"If-Match": f'"{flow["version"]}"'}
    drawn = company.admin.put(f"{path}/draft", {"definition": {"nodes": nodes}}, headers=headers).json
    assert company.admin.post(f"{path}/publication", version=drawn["version"]).status_code == 200
    assert claims.submit(seller.browser, _claim(seller.browser, granted, 40_000))["state"] == "approved"
    assert claims.submit(seller.browser, _claim(seller.browser, granted, 2_500))["state"] == "submitted"
    facts = company.admin.get("/approvals/to-decide?kind=expense-claim").json["items"][0]["facts"]
    assert facts["above_request"] == {"amount": 2_500, "currency": "CNY"}
    assert facts["request"] == f"{granted['number']} 广州展会"


def test_only_a_granted_one_of_ones_own_in_the_same_currency(
    company: Company, seller: Colleague, granted: Json
) -> None:
    draft = request(seller.browser)
    foreign = submit(company.admin, request(company.admin))
    for named, code in ((draft, "expense-request-not-open"), (foreign, "unknown-reference")):
        assert _problems(claims.try_claim(seller.browser, request_id=named["id"])) == {"request_id": code}
    # Who sees somebody's request does not draw on it.
    refused = claims.try_claim(company.admin, request_id=granted["id"])
    assert _problems(refused) == {"request_id": "unknown-reference"}
    dollars = claims.try_claim(seller.browser, request_id=granted["id"], currency="USD")
    assert _problems(dollars) == {"request_id": "expense-request-other-currency"}
    assert seller.browser.get("/expense-claims").json["items"] == []


def test_nothing_draws_on_what_is_closed(seller: Colleague, granted: Json) -> None:
    made = _claim(seller.browser, granted, 10_000)
    assert close(seller.browser, granted).json["state"] == "closed"
    assert _problems(claims.try_submit(seller.browser, made)) == {"request_id": "expense-request-not-open"}
    stands = claims.now(seller.browser, made)
    assert (stands["state"], stands["drawing"]["open"]) == ("draft", False)
    # What named it already can be changed otherwise, and let go of it.
    path = f"/expense-claims/{made['id']}"
    renamed = seller.browser.patch(path, {"title": "广州"}, version=made["version"])
    assert renamed.status_code == 200, renamed.json
    freed = seller.browser.patch(path, {"request_id": None}, version=renamed.json["version"])
    assert (freed.json["request"], freed.json["drawing"]) == (None, None)
    assert claims.submit(seller.browser, made)["state"] == "approved"


def test_is_not_closed_while_a_claim_on_it_may_come_back(
    company: Company, seller: Colleague, granted: Json
) -> None:
    flow = company.admin.post("/approval-flows", {"kind": "expense-claim", "name": "报销审批"}).json
    path, headers = f"/approval-flows/{flow['id']}", {"If-Match": f'"{flow["version"]}"'}
    who = [{"by": "people", "ids": [company.user_id]}]
    nodes = [{"id": "boss", "type": "approve", "name": "总经理审批", "who": who}]
    drawn = company.admin.put(f"{path}/draft", {"definition": {"nodes": nodes}}, headers=headers).json
    assert company.admin.post(f"{path}/publication", version=drawn["version"]).status_code == 200
    made = claims.submit(seller.browser, _claim(seller.browser, granted, 10_000))
    refused = close(seller.browser, granted)
    assert (refused.status_code, refused.json["code"]) == (409, "expense-request-in-approval")
    assert now(seller.browser, granted)["state"] == "approved"
    assert seller.browser.delete(f"/expense-claims/{made['id']}/submission").status_code == 200
    assert close(seller.browser, granted).json["state"] == "closed"


def test_is_used_up_when_its_last_claim_is_paid(company: Company, seller: Colleague, granted: Json) -> None:
    finance = hire(company, "finance").browser
    first, second = (_claim(seller.browser, granted, 20_000) for _ in range(2))
    paid = claims.try_pay(finance, claims.submit(seller.browser, first))
    assert paid.status_code == 201, paid.json
    assert now(seller.browser, granted)["used_up"] is False
    assert claims.try_pay(finance, claims.submit(seller.browser, second)).status_code == 201
    left = now(seller.browser, granted)
    assert (left["used_up"], left["state"], left["left"]["amount"]) == (True, "approved", 60_000)
    assert close(seller.browser, granted).json["used_up"] is False


def test_the_trail_tells_on_what_a_claim_draws(company: Company, seller: Colleague, granted: Json) -> None:
    made = claims.claim(seller.browser)
    path = f"/expense-claims/{made['id']}"
    changed = seller.browser.patch(path, {"request_id": granted["id"]}, version=made["version"])
    assert changed.status_code == 200, changed.json
    trail = company.admin.get(f"/audit-records?subject_type=expense-claim&subject_id={made['id']}").json
    told = {"field": "request", "before": None, "after": f"{granted['number']} 广州展会"}
    assert trail["items"][0]["changes"] == [told]
