"""Claims on their way: asked about, sent back, rejected, granted, paid; no receipt is paid for twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.expenses.claims import claim, deeds, line, now, receipt, submit, try_pay, try_submit
from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


@pytest.fixture
def finance(company: Company) -> Colleague:
    return hire(company, "finance", name="周宁")


def _ask_the_boss(company: Company, **node: Any) -> None:
    asked = {
        "id": "boss", "type": "approve", "name": "总经理审批",
        "who": [{"by": "people", "ids": [company.user_id]}], **node,
    }  # fmt: skip
    dear = {"field": "amount", "op": "gte", "value": 10_000}
    end = {"id": "end", "type": "end", "name": "通过", "outcome": "granted"}
    arms = [
        {"id": "dear", "name": "100 元起", "when": dear, "nodes": [asked]},
        {"id": "else", "name": "其他", "nodes": [end]},
    ]
    flow = company.admin.post("/approval-flows", {"kind": "expense-claim", "name": "报销审批"}).json
    path, drawing = (
        f"/approval-flows/{flow['id']}",
        {"nodes": [{"id": "sum", "type": "branch", "name": "金额", "arms": arms}]},
    )
    headers = {"If-Match": f'"{flow["version"]}"'}
    drawn = company.admin.put(f"{path}/draft", {"definition": drawing}, headers=headers).json
    answer = company.admin.post(f"{path}/publication", version=drawn["version"])
    assert answer.status_code == 200, answer.json


def _waiting(company: Company) -> Json:
    return dict(company.admin.get("/approvals/to-decide?kind=expense-claim").json["items"][0])


def _say(company: Company, item: Json, decision: str, comment: str | None = None) -> None:
    seat = item["seat"]
    said = {"decision": decision, "comment": comment}
    answer = company.admin.post(f"/approval-seats/{seat['id']}/decision", said, version=seat["version"])
    assert answer.status_code == 200, answer.json


def test_is_sent_back_rejected_changed_and_granted(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company)
    made = claim(seller.browser)
    assert submit(seller.browser, made)["in_approval"] is True
    item = _waiting(company)
    assert item["facts"]["total"] == {"amount": 12_800, "currency": "CNY"}
    assert item["facts"]["lines"][0]["kind"] == "差旅补贴"
    frozen = seller.browser.patch(
        f"/expense-claims/{made['id']}", {"title": "改"}, version=now(seller.browser, made)["version"]
    )
    assert frozen.json["code"] == "expense-claim-not-draft"
    _say(company, item, "send-back", "补一下说明")
    assert [now(seller.browser, made)[name] for name in ("state", "returned")] == ["draft", "sent_back"]
    submit(seller.browser, made)
    _say(company, _waiting(company), "reject", "不符合规定")
    assert now(seller.browser, made)["state"] == "rejected"
    again = now(seller.browser, made)
    changed = seller.browser.patch(
        f"/expense-claims/{made['id']}", {"title": "上海出差，已核对"}, version=again["version"]
    )
    assert changed.json["state"] == "draft"
    submit(seller.browser, made)
    _say(company, _waiting(company), "approve")
    assert now(seller.browser, made)["state"] == "approved"
    told = ["approved", "submitted", "updated", "rejected", "submitted", "sent_back", "submitted", "created"]
    assert deeds(company, made) == told


def test_what_was_sent_back_and_deleted_is_asked_about_no_more(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company)
    made = claim(seller.browser)
    submit(seller.browser, made)
    _say(company, _waiting(company), "send-back", "补一下说明")
    path = f"/expense-claims/{made['id']}"
    changed = seller.browser.patch(path, {"title": "不要了"}, version=now(seller.browser, made)["version"])
    assert seller.browser.delete(path, version=changed.json["version"]).status_code == 204
    mine = seller.browser.get("/approvals/mine").json["items"]
    assert [one["state"] for one in mine] == ["withdrawn"]
    back = seller.browser.post(f"/recycle-bin/expense-claim/{made['id']}/restoration", {})
    assert back.status_code == 200, back.json
    assert submit(seller.browser, made)["in_approval"] is True


def test_a_small_one_passes_and_one_without_a_flow_too(company: Company, seller: Colleague) -> None:
    assert submit(seller.browser, claim(seller.browser))["state"] == "approved"
    _ask_the_boss(company)
    small = claim(seller.browser, line(seller.browser, 9_999, of="差旅补贴"))
    assert submit(seller.browser, small)["state"] == "approved"
    assert submit(seller.browser, claim(seller.browser))["state"] == "submitted"


def test_is_taken_back_by_whoever_submitted_it(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company)
    made = claim(seller.browser)
    submit(seller.browser, made)
    taken = seller.browser.delete(f"/expense-claims/{made['id']}/submission")
    assert (taken.json["state"], taken.json["returned"]) == ("draft", "withdrawn")
    assert company.admin.get("/approvals/to-decide").json["items"] == []
    again = seller.browser.delete(f"/expense-claims/{made['id']}/submission")
    assert again.json["code"] == "expense-claim-not-submitted"


def test_whoever_is_asked_sees_the_receipts_and_not_the_claim(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    asked = hire(company, "service")
    _ask_the_boss(company, who=[{"by": "people", "ids": [asked.id]}])
    made = claim(seller.browser, line(seller.browser, receipts=[receipt(seller.browser)]))
    submit(seller.browser, made)
    item = asked.browser.get("/approvals/to-decide").json["items"][0]
    file = item["facts"]["receipts"][0]
    assert file["name"] == "发票.pdf"
    path = f"/approval-files/{file['id']}/content"
    assert asked.browser.get(path).data.startswith(b"%PDF")
    assert asked.browser.get(f"/expense-claims/{made['id']}").status_code == 404
    assert asked.browser.get(f"/attachments/{file['id']}/content").status_code == 404
    assert finance.browser.get(path).status_code == 404
    other = receipt(asked.browser, "别的")["file_id"]
    assert asked.browser.get(f"/approval-files/{other}/content").status_code == 404


def test_whom_a_step_keeps_the_receipts_from_opens_none(company: Company, seller: Colleague) -> None:
    asked = hire(company, "service")
    _ask_the_boss(company, who=[{"by": "people", "ids": [asked.id]}], fields={"receipts": "hidden"})
    brought = receipt(seller.browser)
    submit(seller.browser, claim(seller.browser, line(seller.browser, receipts=[brought])))
    item = asked.browser.get("/approvals/to-decide").json["items"][0]
    assert "receipts" not in item["facts"]
    path = f"/approval-files/{brought['file_id']}/content"
    assert asked.browser.get(path).status_code == 404
    assert seller.browser.get(path).status_code == 200


def test_a_receipt_is_claimed_once_by_what_it_contains_and_by_its_number(
    company: Company, seller: Colleague
) -> None:
    first = claim(
        seller.browser, line(seller.browser, receipts=[receipt(seller.browser, "一", invoice_number="A-77")])
    )
    by_file = claim(seller.browser, line(seller.browser, receipts=[receipt(seller.browser, "一")]))
    colleague = hire(company, "sales").browser
    by_number = claim(colleague, line(colleague, receipts=[receipt(colleague, "二", invoice_number="a77")]))
    assert first["lines"][0]["receipts"][0]["taken"] is None
    submit(seller.browser, first)
    refused = try_submit(seller.browser, by_file)
    assert (refused.status_code, refused.json["code"]) == (409, "receipt-claimed")
    assert first["number"] in refused.json["detail"]
    told = now(seller.browser, by_file)["lines"][0]["receipts"][0]["taken"]
    assert told == {"claim": {"id": first["id"], "name": first["number"]}}
    # Whoever may not know of a claim learns no number.
    refused = try_submit(colleague, by_number)
    assert (refused.status_code, refused.json["code"]) == (409, "receipt-claimed-by-another")
    assert first["number"] not in refused.text
    assert now(colleague, by_number)["lines"][0]["receipts"][0]["taken"] == {"claim": None}
    assert now(seller.browser, by_file)["state"] == now(colleague, by_number)["state"] == "draft"


def test_what_was_taken_back_can_be_claimed_by_another(company: Company, seller: Colleague) -> None:
    _ask_the_boss(company)
    paper = receipt(seller.browser, "一")
    first = claim(seller.browser, line(seller.browser, receipts=[paper]))
    submit(seller.browser, first)
    colleague = hire(company, "sales").browser
    second = claim(colleague, line(colleague, receipts=[receipt(colleague, "一")]))
    assert try_submit(colleague, second).status_code == 409
    assert seller.browser.delete(f"/expense-claims/{first['id']}/submission").status_code == 200
    assert submit(colleague, second)["state"] == "submitted"
    assert try_submit(seller.browser, first).json["code"] == "receipt-claimed-by-another"


def test_of_many_at_a_time_one_has_the_receipt(company: Company, seller: Colleague) -> None:
    claims = [
        claim(seller.browser, line(seller.browser, receipts=[receipt(seller.browser, "一")]))
        for _ in range(4)
    ]

    def go(made: Json) -> int:
        browser = Browser(company.app)
        browser.client._cookies = seller.browser.client._cookies
        return try_submit(browser, made).status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(go, claims)) == [200, 409, 409, 409]


def test_is_paid_with_others_and_unpaid_with_a_reason(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    due = [submit(seller.browser, claim(seller.browser)) for _ in range(2)]
    assert try_pay(seller.browser, *due).status_code == 403
    assert try_pay(finance.browser, *due, {"id": company.user_id, "version": 1}).status_code == 422
    stale = {**due[1], "version": due[1]["version"] - 1}
    assert try_pay(finance.browser, due[0], stale).json["errors"][0]["field"] == "claims.1.version"
    assert {now(seller.browser, one)["state"] for one in due} == {"approved"}
    paid = try_pay(finance.browser, *due, reference="工行 0325-01")
    assert paid.status_code == 201, paid.json
    assert [one["state"] for one in paid.json["items"]] == ["paid", "paid"]
    again = try_pay(finance.browser, *paid.json["items"])
    assert again.json["code"] == "expense-claim-not-approved"
    rung = [one["kind"] for one in seller.browser.get("/notifications").json["items"]]
    assert rung.count("expense-claim-paid") == 2
    path = f"/expense-claims/{due[0]['id']}/payment-reversal"
    assert seller.browser.post(path, {"reason": "退我"}).status_code == 403
    back = finance.browser.post(path, {"reason": "账号写错，银行退回"})
    assert (back.status_code, back.json["state"], back.json["paid_on"]) == (200, "approved", None)
    kept = back.json["payments"][0]
    assert (kept["reference"], kept["reversal_reason"]) == ("工行 0325-01", "账号写错，银行退回")
    assert try_pay(finance.browser, back.json).status_code == 201
    assert deeds(company, due[0])[:3] == ["paid", "payment-reversed", "paid"]
    assert finance.browser.post(f"/expense-claims/{due[1]['id']}/payment-reversal", {}).status_code == 422


def test_the_flow_lets_the_submitter_choose(company: Company, seller: Colleague, finance: Colleague) -> None:
    path = f"/expense-claims/{claim(seller.browser)['id']}"
    assert seller.browser.get(f"{path}/submission").json == {"choices": []}
    _ask_the_boss(company, who=[{"by": "choice", "most": 1}])
    [choice] = seller.browser.get(f"{path}/submission").json["choices"]
    assert (choice["node"], choice["name"], choice["most"]) == ("boss", "总经理审批", 1)
    version = seller.browser.get(path).json["version"]
    chosen = {"chosen": {"boss": [finance.id]}}
    answer = seller.browser.post(f"{path}/submission", chosen, version=version)
    assert answer.status_code == 200, answer.json
    asked = finance.browser.get("/approvals/to-decide?kind=expense-claim").json["items"]
    assert [one["title"] for one in asked] == [f"{answer.json['number']} 上海出差"]
    assert finance.browser.get(f"{path}/submission").json == {"choices": []}
