"""Expense requests: making and changing them, who sees them, how they go on until they are closed."""

from typing import Any

import pytest

from app.core import events
from app.events.expenses import OutlayBound, OutlayFreed
from tests.expense_requests.requests import close, deeds, line, now, request, submit, try_request, try_submit
from tests.quotes.office import customer, quote
from tests.support.client import Company
from tests.support.people import Colleague, hire
from tests.support.statements import sent

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


def _problems(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.json
    return {one["field"]: one["code"] for one in answer.json["errors"]}


def _ask_the_boss(company: Company, **node: Any) -> None:
    asked = {
        "id": "boss", "type": "approve", "name": "总经理审批",
        "who": [{"by": "people", "ids": [company.user_id]}], **node,
    }  # fmt: skip
    flow = company.admin.post("/approval-flows", {"kind": "expense-request", "name": "费用申请"}).json
    path, headers = f"/approval-flows/{flow['id']}", {"If-Match": f'"{flow["version"]}"'}
    drawn = company.admin.put(f"{path}/draft", {"definition": {"nodes": [asked]}}, headers=headers).json
    answer = company.admin.post(f"{path}/publication", version=drawn["version"])
    assert answer.status_code == 200, answer.json


def _waiting(company: Company) -> Json:
    return dict(company.admin.get("/approvals/to-decide?kind=expense-request").json["items"][0])


def _say(company: Company, decision: str, comment: str | None = None) -> None:
    seat = _waiting(company)["seat"]
    said = {"decision": decision, "comment": comment}
    answer = company.admin.post(f"/approval-seats/{seat['id']}/decision", said, version=seat["version"])
    assert answer.status_code == 200, answer.json


def test_adds_up_what_is_to_be_spent(company: Company, seller: Colleague) -> None:
    whom = customer(seller.browser)
    offered = quote(seller.browser, whom)
    stay = line(seller.browser, 90_000, of="住宿", description="两晚")
    facts = {"starts_on": "2026-03-18", "ends_on": "2026-03-20", "city": "广州", "quote_id": offered["id"]}
    made = request(seller.browser, stay, line(seller.browser, 120_000), remark="带样品", **facts)
    assert made["number"].startswith("SQ-")
    assert (made["state"], made["line_count"], made["kinds"]) == ("draft", 2, ["交通", "住宿"])
    assert made["amount"] == made["left"] == {"amount": 210_000, "currency": "CNY"}
    assert made["drawn"]["amount"] == 0
    # What is asked for a quote is asked for its customer.
    assert made["customer"] == {"id": whom["id"], "name": "澜图软件"}
    assert (made["starts_on"], made["ends_on"], made["city"]) == ("2026-03-18", "2026-03-20", "广州")
    assert deeds(company, made) == ["created"]
    listed = seller.browser.get("/expense-requests?city=广州").json["items"]
    assert [(one["number"], one["editable"], one["used_up"]) for one in listed] == [
        (made["number"], True, False)
    ]


def test_is_changed_as_a_whole(company: Company, seller: Colleague) -> None:
    made = request(seller.browser, line(seller.browser), line(seller.browser, 50_000, of="住宿"))
    path = f"/expense-requests/{made['id']}"
    fresh = {"lines": [line(seller.browser, 30_000, of="礼品")], "city": "深圳"}
    changed = seller.browser.patch(path, fresh, version=made["version"])
    assert changed.status_code == 200, changed.json
    assert (changed.json["amount"]["amount"], changed.json["kinds"], changed.json["city"]) == (
        30_000, ["礼品"], "深圳",
    )  # fmt: skip
    same = seller.browser.patch(path, fresh, version=changed.json["version"])
    assert same.json["version"] == changed.json["version"]
    assert seller.browser.patch(path, {"title": "别的"}, version=made["version"]).status_code == 412
    assert deeds(company, made) == ["updated", "created"]


def test_the_trail_tells_that_it_is_for_somebody_else_and_not_for_whom(
    company: Company, seller: Colleague
) -> None:
    first, second = customer(seller.browser), customer(seller.browser, "云岫智能")
    made = request(seller.browser)
    path, version = f"/expense-requests/{made['id']}", made["version"]
    for whom in (first["id"], second["id"], None):
        changed = seller.browser.patch(path, {"customer_id": whom}, version=version)
        assert changed.status_code == 200, changed.json
        version = changed.json["version"]
    trail = company.admin.get(f"/audit-records?subject_type=expense-request&subject_id={made['id']}").json
    assert [one["changes"] for one in trail["items"]][:3] == [
        [{"field": "for_customer", "before": True, "after": False}],
        [{"field": "other_customer", "before": None, "after": True}],
        [{"field": "for_customer", "before": False, "after": True}],
    ]


def test_names_everything_that_cannot_be_taken(company: Company, seller: Colleague) -> None:
    foreign = customer(company.admin, "别人的客户")
    backwards = {"starts_on": "2026-03-20", "ends_on": "2026-03-18"}
    assert _problems(try_request(seller.browser, **backwards)) == {"ends_on": "ends-before-its-beginning"}
    refused = try_request(seller.browser, customer_id=foreign["id"])
    assert _problems(refused) == {"customer_id": "unknown-reference"}
    own, other = customer(seller.browser), customer(seller.browser, "云岫智能")
    mixed = {"customer_id": other["id"], "quote_id": quote(seller.browser, own)["id"]}
    assert _problems(try_request(seller.browser, **mixed)) == {"quote_id": "not-of-this-customer"}
    nothing = {"kind_id": foreign["id"], "amount": 100}
    assert _problems(try_request(seller.browser, nothing)) == {"lines.0.kind_id": "unknown-reference"}
    assert seller.browser.get("/expense-requests").json["items"] == []


def test_an_empty_one_is_not_submitted(seller: Colleague) -> None:
    empty = dict(try_request(seller.browser).json)
    assert try_submit(seller.browser, empty).json["code"] == "empty-expense-request"
    assert now(seller.browser, empty)["state"] == "draft"


def test_another_currency_asks_for_the_lines(seller: Colleague) -> None:
    made = request(seller.browser)
    path = f"/expense-requests/{made['id']}"
    refused = seller.browser.patch(path, {"currency": "USD"}, version=made["version"])
    assert _problems(refused) == {"lines": "required"}
    assert now(seller.browser, made) == made


def test_belongs_to_whoever_asks(company: Company, seller: Colleague) -> None:
    made = request(seller.browser)
    other, finance = hire(company, "sales").browser, hire(company, "finance").browser
    path = f"/expense-requests/{made['id']}"
    assert other.get(path).status_code == 404
    assert other.get("/expense-requests").json["items"] == []
    assert other.post(f"{path}/closing", {}).status_code == 404
    assert finance.get(path).json["can"] == {
        "update": False, "submit": False, "delete": False, "close": True, "claim": False,
    }  # fmt: skip
    for by in (finance, company.admin):
        assert by.patch(path, {"title": "改"}, version=made["version"]).status_code == 403
        assert by.post(f"{path}/submission", {}, version=made["version"]).status_code == 403
        assert by.delete(path, version=made["version"]).status_code == 403
    assert hire(company, "viewer").browser.get("/expense-requests").status_code == 403
    assert now(seller.browser, made) == made


def test_is_sent_back_rejected_changed_granted_and_closed(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company)
    days = {"starts_on": "2026-03-18", "ends_on": "2026-03-20"}
    made = request(seller.browser, city="广州", customer_id=customer(seller.browser)["id"], **days)
    assert submit(seller.browser, made)["in_approval"] is True
    facts = _waiting(company)["facts"]
    assert (facts["total"], facts["days"], facts["city"], facts["customer"]) == (
        {"amount": 120_000, "currency": "CNY"}, 3, "广州", "澜图软件",
    )  # fmt: skip
    path = f"/expense-requests/{made['id']}"
    frozen = seller.browser.patch(path, {"title": "改"}, version=now(seller.browser, made)["version"])
    assert frozen.json["code"] == "expense-request-not-draft"
    _say(company, "send-back", "少住一晚")
    assert [now(seller.browser, made)[name] for name in ("state", "returned")] == ["draft", "sent_back"]
    submit(seller.browser, made)
    _say(company, "reject", "不去了")
    assert now(seller.browser, made)["state"] == "rejected"
    assert close(seller.browser, made).json["code"] == "expense-request-not-open"
    submit(seller.browser, made)
    _say(company, "approve")
    assert now(seller.browser, made)["state"] == "approved"
    gone = seller.browser.delete(path, version=now(seller.browser, made)["version"])
    assert (gone.status_code, gone.json["code"]) == (409, "expense-request-not-draft")
    closed = close(seller.browser, made)
    assert (closed.status_code, closed.json["state"]) == (200, "closed")
    assert close(seller.browser, made).json["code"] == "expense-request-not-open"
    assert deeds(company, made) == [
        "closed", "approved", "submitted", "rejected", "submitted", "sent_back", "submitted", "created",
    ]  # fmt: skip


def test_whoever_arranges_expenses_closes_it(company: Company, seller: Colleague) -> None:
    made = request(seller.browser)
    assert submit(seller.browser, made)["state"] == "approved"
    manager = hire(company, "manager").browser
    assert manager.get(f"/expense-requests/{made['id']}").status_code == 200
    assert close(manager, made).status_code == 403
    assert now(seller.browser, made)["state"] == "approved"
    assert close(hire(company, "finance").browser, made).json["state"] == "closed"


def test_the_submitter_chooses_and_takes_back(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company, who=[{"by": "choice", "most": 1}])
    made = request(seller.browser)
    path = f"/expense-requests/{made['id']}/submission"
    [choice] = seller.browser.get(path).json["choices"]
    assert choice["node"] == "boss"
    answer = try_submit(seller.browser, made, chosen={"boss": [company.user_id]})
    assert answer.json["in_approval"] is True
    assert _waiting(company)["title"] == f"{made['number']} 广州展会"
    assert seller.browser.delete(path).json["returned"] == "withdrawn"
    assert company.admin.get("/approvals/to-decide?kind=expense-request").json["items"] == []


def test_goes_to_the_bin_comes_back_and_is_purged(company: Company) -> None:
    made = request(company.admin)
    path = f"/expense-requests/{made['id']}"
    assert company.admin.delete(path, version=made["version"]).status_code == 204
    assert company.admin.get(path).status_code == 404
    [item] = company.admin.get("/recycle-bin?type=expense-request").json["items"]
    assert item["name"] == f"{made['number']} 广州展会"
    back = company.admin.post(f"/recycle-bin/expense-request/{made['id']}/restoration", {})
    assert (back.status_code, back.json["state"]) == (200, "draft")
    assert company.admin.delete(path, version=back.json["version"]).status_code == 204
    version = company.admin.get("/recycle-bin?type=expense-request").json["items"][0]["version"]
    gone = company.admin.delete(f"/recycle-bin/expense-request/{made['id']}", version=version)
    assert gone.status_code == 204, gone.json
    assert company.admin.get("/recycle-bin?type=expense-request").json["items"] == []


def test_outlasts_the_customer_it_was_asked_for(company: Company) -> None:
    whom = customer(company.admin)
    made = request(company.admin, quote_id=quote(company.admin, whom)["id"])
    path = f"/customers/{whom['id']}"
    assert company.admin.delete(path, version=company.admin.get(path).json["version"]).status_code == 204
    version = company.admin.get("/recycle-bin?type=customer").json["items"][0]["version"]
    assert company.admin.delete(f"/recycle-bin/customer/{whom['id']}", version=version).status_code == 204
    left = now(company.admin, made)
    assert (left["customer"], left["quote"], left["for_another"]) == (None, None, False)
    assert left["amount"]["amount"] == 120_000


def test_a_page_takes_as_many_statements_as_one_row(seller: Colleague) -> None:
    request(seller.browser)
    seller.browser.get("/expense-requests")
    with sent() as first:
        seller.browser.get("/expense-requests")
    for _ in range(4):
        request(seller.browser)
    with sent() as then:
        assert len(seller.browser.get("/expense-requests").json["items"]) == 5
    assert len(then) == len(first)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is told of money that is bound and freed."""
    told: list[Any] = []
    for kind in (OutlayBound, OutlayFreed):
        monkeypatch.setitem(events._handlers, kind, [*events._handlers.get(kind, ()), told.append])
    return told


def test_binds_the_money_until_it_is_closed(company: Company, seller: Colleague, heard: list[Any]) -> None:
    made = request(
        seller.browser,
        line(seller.browser, 100),
        line(seller.browser, 250, of="住宿"),
        starts_on="2026-03-18",
    )
    submit(seller.browser, made)
    [bound] = heard
    assert [(one.on.isoformat(), one.amount) for one in bound.outlays] == [
        ("2026-03-18", 100),
        ("2026-03-18", 250),
    ]
    assert (bound.record[0], str(bound.record[1]), bound.currency) == ("expense-request", made["id"], "CNY")
    assert close(seller.browser, made).status_code == 200
    assert [type(one) for one in heard] == [OutlayBound, OutlayFreed]
    assert heard[1].record == bound.record
