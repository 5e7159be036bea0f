"""The ledger of an advance: paid out, returned, reversed; never below nothing, never above the whole."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.advances.loans import (
    advance,
    day,
    deeds,
    ledger,
    lent,
    now,
    submit,
    try_pay_out,
    try_return,
    try_reverse,
)
from tests.support.client import Browser, Company
from tests.support.people import Colleague
from tests.support.statements import sent

Json = dict[str, Any]


def test_is_paid_out_with_others_as_it_was_seen(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    due = [submit(seller.browser, advance(seller.browser, amount=amount)) for amount in (100, 200)]
    assert try_pay_out(seller.browser, *due).status_code == 403
    unknown = {"id": company.user_id, "version": 1}
    assert try_pay_out(finance.browser, *due, unknown).json["errors"][0]["field"] == "advances.2.id"
    stale = {**due[1], "version": due[1]["version"] - 1}
    assert try_pay_out(finance.browser, due[0], stale).json["errors"][0]["field"] == "advances.1.version"
    assert {now(seller.browser, one)["state"] for one in due} == {"approved"}
    paid = try_pay_out(finance.browser, *due, reference="工行 0320-01")
    assert [(one["state"], one["outstanding"]["amount"]) for one in paid.json["items"]] == [
        ("outstanding", 100),
        ("outstanding", 200),
    ]
    assert try_pay_out(finance.browser, *paid.json["items"]).json["code"] == "advance-not-approved"
    [entry] = now(seller.browser, due[0])["entries"]
    assert (entry["reference"], entry["made_by"]["name"], entry["done_on"]) == (
        "工行 0320-01",
        "周宁",
        "2026-03-20",
    )
    rung = [one["kind"] for one in seller.browser.get("/notifications").json["items"]]
    assert rung.count("advance-paid") == 2
    assert deeds(company, due[0])[0] == "paid"


def test_is_returned_in_parts_until_it_is_settled(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    made = lent(seller.browser, finance.browser)
    assert try_return(seller.browser, made, 1).status_code == 403
    assert try_return(finance.browser, made, 300_001).json["errors"][0]["code"] == "more-than-owed"
    part = try_return(finance.browser, made, 120_000, reference="现金")
    assert (part.json["state"], part.json["outstanding"]["amount"]) == ("outstanding", 180_000)
    rest = try_return(finance.browser, made, 180_000)
    assert (rest.json["state"], rest.json["outstanding"]["amount"]) == ("settled", 0)
    assert try_return(finance.browser, made, 1).json["errors"][0]["code"] == "more-than-owed"
    assert ledger(seller.browser, made) == [
        ("payout", 300_000, 300_000),
        ("return", -120_000, 180_000),
        ("return", -180_000, 0),
    ]
    assert deeds(company, made)[:3] == ["money-returned", "money-returned", "paid"]


def test_what_was_a_mistake_is_reversed_and_stays(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    made = lent(seller.browser, finance.browser)
    try_return(finance.browser, made, 300_000)
    payout, repaid = now(finance.browser, made)["entries"]
    assert (payout["reversible"], repaid["reversible"]) == (False, True)
    assert try_reverse(seller.browser, repaid).status_code == 403
    assert try_reverse(finance.browser, payout).json["code"] == "advance-drawn-on"
    assert try_reverse(finance.browser, repaid, "  ").status_code == 422
    back = try_reverse(finance.browser, repaid, "是另一个人还的")
    assert (back.json["state"], back.json["outstanding"]["amount"]) == ("outstanding", 300_000)
    reversal = back.json["entries"][-1]
    assert (reversal["reverses_id"], reversal["reason"]) == (repaid["id"], "是另一个人还的")
    for gone in (repaid, reversal):
        assert try_reverse(finance.browser, gone).json["code"] == "advance-entry-reversed"
    undone = try_reverse(finance.browser, payout, "账号错误被退回")
    assert (undone.json["state"], undone.json["paid_on"]) == ("approved", None)
    assert try_pay_out(finance.browser, undone.json).status_code == 201
    assert [amount for _, amount, _ in ledger(seller.browser, made)] == [
        300_000,
        -300_000,
        300_000,
        -300_000,
        300_000,
    ]
    assert deeds(company, made)[:4] == ["paid", "payout-reversed", "return-reversed", "money-returned"]


def test_what_was_paid_out_once_keeps_its_ledger(seller: Colleague, finance: Colleague) -> None:
    made = lent(seller.browser, finance.browser)
    try_reverse(finance.browser, made["entries"][0])
    path = f"/advances/{made['id']}"
    taken = seller.browser.delete(f"{path}/submission").json
    refused = seller.browser.delete(path, version=taken["version"])
    assert (refused.status_code, refused.json["code"]) == (409, "advance-paid-once")
    assert len(now(seller.browser, made)["entries"]) == 2
    # What it tells of was paid in this currency.
    dollars = seller.browser.patch(path, {"currency": "USD"}, version=taken["version"])
    assert [(one["field"], one["code"]) for one in dollars.json["errors"]] == [
        ("currency", "advance-paid-once")
    ]
    assert now(seller.browser, made)["amount"] == {"amount": 300_000, "currency": "CNY"}
    again = submit(seller.browser, made)
    assert try_pay_out(finance.browser, again).status_code == 201


def _another(company: Company, one: Colleague) -> Browser:
    browser = Browser(company.app)
    browser.client._cookies = one.browser.client._cookies
    return browser


def test_of_eight_who_pay_it_out_at_a_time_one_does(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    made = submit(seller.browser, advance(seller.browser))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: try_pay_out(_another(company, finance), made), range(8)))
    assert sorted(one.status_code for one in answers) == [201, *[422] * 7]
    assert ledger(seller.browser, made) == [("payout", 300_000, 300_000)]


def test_of_eight_who_return_it_at_a_time_no_more_comes_back_than_is_owed(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    made = lent(seller.browser, finance.browser)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: try_return(_another(company, finance), made, 100_000), range(8)))
    assert sorted(one.status_code for one in answers) == [200, 200, 200, *[422] * 5]
    assert now(seller.browser, made)["state"] == "settled"
    assert ledger(seller.browser, made)[-1] == ("return", -100_000, 0)


def test_many_are_paid_out_in_as_many_statements_as_one(seller: Colleague, finance: Colleague) -> None:
    def pay(count: int) -> int:
        due = [submit(seller.browser, advance(seller.browser, due_on=day(9 + n))) for n in range(count)]
        with sent() as statements:
            assert try_pay_out(finance.browser, *due).status_code == 201
        return len(statements)

    pay(1)
    assert pay(6) == pay(1)
