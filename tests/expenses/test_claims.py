"""Expense claims: making and changing them, what they come to, and who sees them."""

from typing import Any

import pytest

from tests.expenses.claims import claim, deeds, kind, line, now, receipt, submit, try_claim, try_submit
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


def test_adds_up_and_tells_what_was_spent(company: Company, seller: Colleague) -> None:
    whom = customer(seller.browser)
    offered = quote(seller.browser, whom)
    trip = line(seller.browser, 55_000, tax=4_541, city="上海", receipts=[receipt(seller.browser)])
    meal = line(seller.browser, 28_650, of="餐饮招待", quote_id=offered["id"], description="项目沟通")
    made = claim(seller.browser, trip, meal, remark="三月")
    assert (made["state"], made["line_count"], made["receipt_count"]) == ("draft", 2, 1)
    assert made["amount"] == {"amount": 83_650, "currency": "CNY"}
    assert made["tax"] == {"amount": 4_541, "currency": "CNY"}
    assert made["kinds"] == ["交通", "餐饮招待"]
    assert made["number"].startswith("BX-")
    # What is spent for a quote is spent for its customer.
    assert made["lines"][1]["customer"] == {"id": whom["id"], "name": "澜图软件"}
    assert made["lines"][0]["receipts"][0]["file"]["name"] == "发票.pdf"
    assert made["owner"]["name"] == "林知夏"
    assert deeds(company, made) == ["created"]
    listed = seller.browser.get("/expense-claims").json["items"][0]
    assert (listed["number"], listed["editable"], listed["payable"]) == (made["number"], True, False)


def test_lines_are_changed_as_a_whole(company: Company, seller: Colleague) -> None:
    first = line(seller.browser, receipts=[receipt(seller.browser, "一")])
    made = claim(seller.browser, first, line(seller.browser, of="差旅补贴"))
    kept, path = made["lines"][1], f"/expense-claims/{made['id']}"
    gone = made["lines"][0]["receipts"][0]["file"]["id"]
    new = {"id": kept["id"], **line(seller.browser, 9_900, of="住宿")}
    new["receipts"] = [receipt(seller.browser, "二", invoice_number="123 456")]
    changed = seller.browser.patch(path, {"lines": [new]}, version=made["version"])
    assert changed.status_code == 200, changed.json
    assert [(one["id"], one["amount"]) for one in changed.json["lines"]] == [(kept["id"], 9_900)]
    assert changed.json["amount"]["amount"] == 9_900
    assert seller.browser.get(f"/attachments/{gone}").status_code == 404
    assert deeds(company, made) == ["updated", "created"]
    # Sending the same again changes nothing.
    again = {**new, "receipts": [{**new["receipts"][0], "invoice_code": None}]}
    same = seller.browser.patch(path, {"lines": [again]}, version=changed.json["version"])
    assert same.json["version"] == changed.json["version"]
    stale = seller.browser.patch(path, {"title": "别的"}, version=made["version"])
    assert stale.status_code == 412


def test_names_everything_that_cannot_be_taken(company: Company, seller: Colleague) -> None:
    foreign = customer(company.admin, "别人的客户")
    one = receipt(seller.browser, "一", invoice_code="011", invoice_number="88-77")
    same = receipt(seller.browser, "二", invoice_code="０１１", invoice_number="8877")
    answer = try_claim(
        seller.browser,
        line(seller.browser, 100, tax=101, receipts=[one]),
        line(seller.browser, customer_id=foreign["id"], receipts=[same]),
        line(seller.browser, receipts=[receipt(company.admin, "三")]),
    )
    assert _problems(answer) == {
        "lines.0.tax": "tax-above-amount",
        "lines.1.customer_id": "unknown-reference",
        "lines.1.receipts.0.file_id": "receipt-twice",
        "lines.2.receipts.0.file_id": "unknown-reference",
    }
    assert seller.browser.get("/expense-claims").json["items"] == []


def test_needs_what_its_kinds_need(seller: Colleague) -> None:
    made = claim(seller.browser, line(seller.browser), line(seller.browser, of="餐饮招待"))
    assert _problems(try_submit(seller.browser, made)) == {
        "lines.0.receipts": "receipt-needed",
        "lines.1.receipts": "receipt-needed",
        "lines.1.customer_id": "customer-needed",
    }
    empty = dict(seller.browser.post("/expense-claims", {"title": "空"}).json)
    assert try_submit(seller.browser, empty).json["code"] == "empty-expense-claim"
    assert now(seller.browser, made)["state"] == "draft"


def test_belongs_to_whoever_spent_the_money(company: Company, seller: Colleague) -> None:
    made = claim(seller.browser)
    other = hire(company, "sales").browser
    finance = hire(company, "finance").browser
    path = f"/expense-claims/{made['id']}"
    assert other.get(path).status_code == 404
    assert other.get("/expense-claims").json["items"] == []
    seen = finance.get(path)
    assert seen.json["can"] == {"update": False, "submit": False, "delete": False, "pay": True}
    for by in (finance, company.admin):
        assert by.patch(path, {"title": "改"}, version=made["version"]).status_code == 403
        assert by.post(f"{path}/submission", {}, version=made["version"]).status_code == 403
        assert by.delete(path, version=made["version"]).status_code == 403
    assert hire(company, "viewer").browser.get("/expense-claims").status_code == 403
    assert now(seller.browser, made) == made


def test_goes_to_the_bin_and_comes_back_as_long_as_nobody_agreed(company: Company, seller: Colleague) -> None:
    made = claim(seller.browser)
    path = f"/expense-claims/{made['id']}"
    assert seller.browser.delete(path, version=made["version"]).status_code == 204
    assert seller.browser.get(path).status_code == 404
    item = seller.browser.get("/recycle-bin?type=expense-claim").json["items"][0]
    assert item["name"] == f"{made['number']} 上海出差"
    assert company.admin.get("/recycle-bin?type=expense-claim").json["items"] == []
    back = seller.browser.post(f"/recycle-bin/expense-claim/{made['id']}/restoration", {})
    assert back.status_code == 200, back.json
    paid_for = submit(seller.browser, made)
    refused = seller.browser.delete(path, version=paid_for["version"])
    assert (refused.status_code, refused.json["code"]) == (409, "expense-claim-not-draft")
    assert now(seller.browser, made)["state"] == "approved"


def test_is_purged_with_its_receipts(company: Company) -> None:
    made = claim(company.admin, line(company.admin, receipts=[receipt(company.admin)]))
    path, file = f"/expense-claims/{made['id']}", made["lines"][0]["receipts"][0]["file"]["id"]
    assert company.admin.get(f"/attachments/{file}").status_code == 200
    assert company.admin.delete(path, version=made["version"]).status_code == 204
    version = company.admin.get("/recycle-bin?type=expense-claim").json["items"][0]["version"]
    gone = company.admin.delete(f"/recycle-bin/expense-claim/{made['id']}", version=version)
    assert gone.status_code == 204, gone.json
    assert company.admin.get("/recycle-bin?type=expense-claim").json["items"] == []
    assert company.admin.get(path).status_code == 404
    assert company.admin.get(f"/attachments/{file}").status_code == 404


def test_another_currency_asks_for_the_lines_and_tells_the_former_in_their_own(
    company: Company, seller: Colleague
) -> None:
    made = claim(seller.browser, line(seller.browser, 12_800, of="差旅补贴"))
    path = f"/expense-claims/{made['id']}"
    bare = seller.browser.patch(path, {"currency": "USD"}, version=made["version"])
    assert _problems(bare) == {"lines": "required"}
    assert now(seller.browser, made) == made
    dollars = [{"id": made["lines"][0]["id"], **line(seller.browser, 1_800, of="差旅补贴")}]
    changed = seller.browser.patch(path, {"currency": "USD", "lines": dollars}, version=made["version"])
    assert changed.json["amount"] == {"amount": 1_800, "currency": "USD"}
    trail = f"/audit-records?subject_type=expense-claim&subject_id={made['id']}"
    told = company.admin.get(trail).json["items"][0]["changes"]
    lines = next(one for one in told if one["field"] == "lines")
    assert ("CNY" in str(lines["before"]), "USD" in str(lines["before"])) == (True, False)
    assert ("CNY" in str(lines["after"]), "USD" in str(lines["after"])) == (False, True)


def test_a_page_takes_as_many_statements_as_one_row(company: Company, seller: Colleague) -> None:
    claim(seller.browser)
    seller.browser.get("/expense-claims")
    with sent() as first:
        seller.browser.get("/expense-claims")
    for _ in range(4):
        claim(seller.browser)
    with sent() as then:
        assert len(seller.browser.get("/expense-claims").json["items"]) == 5
    assert len(then) == len(first)


def test_outlasts_the_customer_it_was_spent_for(company: Company) -> None:
    whom = customer(company.admin)
    offered = quote(company.admin, whom)
    made = claim(company.admin, line(company.admin, of="差旅补贴", quote_id=offered["id"]))
    path = f"/customers/{whom['id']}"
    version = company.admin.get(path).json["version"]
    assert company.admin.delete(path, version=version).status_code == 204
    version = company.admin.get("/recycle-bin?type=customer").json["items"][0]["version"]
    gone = company.admin.delete(f"/recycle-bin/customer/{whom['id']}", version=version)
    assert gone.status_code == 204, gone.json
    left = now(company.admin, made)["lines"][0]
    assert (left["customer"], left["quote"], left["amount"]) == (None, None, 12_800)


def test_kinds_are_arranged_and_archived(company: Company, seller: Colleague) -> None:
    names = [one["name"] for one in seller.browser.get("/expense-kinds").json["items"]]
    assert names[:3] == ["交通", "住宿", "餐饮招待"]
    assert seller.browser.post("/expense-kinds", {"name": "培训"}).status_code == 403
    made = company.admin.post("/expense-kinds", {"name": "培训", "needs_receipt": False})
    assert made.status_code == 201, made.json
    assert (
        company.admin.post("/expense-kinds", {"name": " 培训 "}).json["errors"][0]["code"] == "already-exists"
    )
    used = claim(seller.browser, line(seller.browser, of="培训"))
    gone = company.admin.patch(
        f"/expense-kinds/{made.json['id']}", {"archived": True}, version=made.json["version"]
    )
    assert gone.json["archived"] is True
    assert _problems(try_claim(seller.browser, line(seller.browser, of="培训"))) == {
        "lines.0.kind_id": "expense-kind-archived"
    }
    # What says so already goes on saying so.
    kept = {**line(seller.browser, 5_000, of="培训"), "id": used["lines"][0]["id"]}
    answer = seller.browser.patch(f"/expense-claims/{used['id']}", {"lines": [kept]}, version=used["version"])
    assert answer.status_code == 200, answer.json
    assert kind(seller.browser, "培训")["position"] == 100
