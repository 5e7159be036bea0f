"""Advances are written off when what was spent is paid, and owed again when that is reversed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.advances.loans import deeds, ledger, lent, now, try_return, try_reverse
from tests.expenses.claims import claim, line, submit, try_pay
from tests.expenses.claims import deeds as claim_deeds
from tests.expenses.claims import now as claim_now
from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire
from tests.support.statements import sent

Json = dict[str, Any]


def _due(browser: Browser, amount: int, **facts: Any) -> Json:
    """A claim that waits to be paid."""
    return submit(browser, claim(browser, line(browser, amount, of="差旅补贴"), **facts))


def _preview(browser: Browser, *claims: Json, **off: int) -> Json:
    asked = [{"id": one["id"], "write_off": off.get(f"at_{n}")} for n, one in enumerate(claims)]
    answer = browser.post("/expense-payment-previews", {"claims": asked})
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def _pay(browser: Browser, made: Json, off: int | None) -> Any:
    sent_ = {"claims": [{"id": made["id"], "version": made["version"], "write_off": off}]}
    return browser.post("/expense-payments", {**sent_, "paid_on": "2026-03-25"})


def _reverse(browser: Browser, made: Json) -> Json:
    answer = browser.post(f"/expense-claims/{made['id']}/payment-reversal", {"reason": "银行退回"})
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def test_the_oldest_is_written_off_first_and_the_rest_paid_out(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    first, second = (lent(seller.browser, finance.browser, amount) for amount in (30_000, 50_000))
    dollars = lent(seller.browser, finance.browser, 90_000, currency="USD")
    small, large = _due(seller.browser, 20_000), _due(seller.browser, 100_000)
    told = _preview(finance.browser, small, large)
    assert [(one["owed"], one["written_off"], one["paid_out"], one["most"]) for one in told["items"]] == [
        (80_000, 20_000, 0, 20_000),
        (60_000, 60_000, 40_000, 60_000),
    ]
    [whose] = told["people"]
    assert whose["owner"]["name"] == "林知夏"
    assert [whose[name] for name in ("claimed", "owed", "written_off", "paid_out")] == [
        120_000,
        80_000,
        80_000,
        40_000,
    ]
    assert now(seller.browser, first)["outstanding"]["amount"] == 30_000
    assert try_pay(finance.browser, small, large).status_code == 201
    assert ledger(seller.browser, first)[1:] == [("write_off", -20_000, 10_000), ("write_off", -10_000, 0)]
    assert ledger(seller.browser, second)[1:] == [("write_off", -50_000, 0)]
    assert {now(seller.browser, one)["state"] for one in (first, second)} == {"settled"}
    assert now(seller.browser, dollars)["outstanding"]["amount"] == 90_000
    paid = claim_now(seller.browser, large)
    assert [paid["payments"][0][name] for name in ("amount", "written_off", "paid_out")] == [
        100_000,
        60_000,
        40_000,
    ]
    against = [(one["advance"]["id"], one["amount"]) for one in paid["write_offs"]]
    assert against == [(first["id"], 10_000), (second["id"], 50_000)]
    entry = now(seller.browser, second)["entries"][1]
    assert entry["claim"] == {"id": large["id"], "name": f"{large['number']} 上海出差"}
    assert try_reverse(finance.browser, entry).json["code"] == "advance-entry-of-claim"
    assert (deeds(company, second)[0], claim_deeds(company, large)[0]) == ("written-off", "paid")


def test_a_payment_that_was_none_leaves_all_owed_again(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    made = lent(seller.browser, finance.browser, 30_000)
    due = _due(seller.browser, 50_000)
    try_pay(finance.browser, due)
    assert now(seller.browser, made)["state"] == "settled"
    back = _reverse(finance.browser, due)
    assert (back["state"], back["write_offs"]) == ("approved", [])
    assert (back["payments"][0]["written_off"], back["payments"][0]["reversal_reason"]) == (
        30_000,
        "银行退回",
    )
    owed = now(seller.browser, made)
    assert (owed["state"], owed["outstanding"]["amount"]) == ("outstanding", 30_000)
    assert (owed["entries"][1]["reversed"], owed["entries"][2]["reason"]) == (True, "银行退回")
    assert deeds(company, made)[:2] == ["write-off-reversed", "written-off"]
    assert try_pay(finance.browser, back).status_code == 201
    assert ledger(seller.browser, made)[-1] == ("write_off", -30_000, 0)
    # Reversed once more, only what stands is owed again.
    _reverse(finance.browser, due)
    assert ledger(seller.browser, made)[-1] == ("write_off", 30_000, 30_000)


def test_finance_writes_off_less_or_nothing(seller: Colleague, finance: Colleague) -> None:
    made = lent(seller.browser, finance.browser, 30_000)
    part, none = _due(seller.browser, 20_000), _due(seller.browser, 20_000)
    told = _preview(finance.browser, part, none, at_0=5_000, at_1=0)
    assert [(one["written_off"], one["paid_out"]) for one in told["items"]] == [(5_000, 15_000), (0, 20_000)]
    assert _pay(finance.browser, part, 5_000).status_code == 201
    assert _pay(finance.browser, none, 0).status_code == 201
    assert now(seller.browser, made)["outstanding"]["amount"] == 25_000
    assert claim_now(seller.browser, none)["payments"][0]["written_off"] == 0


def test_nobody_pays_out_other_than_was_seen(seller: Colleague, finance: Colleague) -> None:
    made = lent(seller.browser, finance.browser, 30_000)
    due = _due(seller.browser, 20_000)
    assert _preview(finance.browser, due)["items"][0]["written_off"] == 20_000
    try_return(finance.browser, made, 25_000)
    refused = _pay(finance.browser, due, 20_000)
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [
        ("claims.0.write_off", "more-than-owed")
    ]
    # Nor more than is claimed.
    assert _pay(finance.browser, due, 20_001).json["errors"][0]["code"] == "more-than-owed"
    assert claim_now(seller.browser, due)["state"] == "approved"
    assert now(seller.browser, made)["outstanding"]["amount"] == 5_000


def test_what_one_owes_pays_nobody_else_and_is_not_told_to_all(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    made = lent(seller.browser, finance.browser, 30_000)
    other = hire(company, "sales", name="顾辰")
    due = _due(other.browser, 20_000)
    told = _preview(finance.browser, due)
    assert (told["items"][0]["owed"], told["people"][0]["owner"]["name"]) == (0, "顾辰")
    own = _due(seller.browser, 20_000)
    body = {"claims": [{"id": own["id"]}]}
    assert seller.browser.post("/expense-payment-previews", body).status_code == 403
    assert hire(company, "manager").browser.post("/expense-payment-previews", body).status_code == 403
    unknown = finance.browser.post("/expense-payment-previews", {"claims": [{"id": made["id"]}]})
    assert unknown.json["errors"][0]["field"] == "claims.0.id"
    assert try_pay(finance.browser, due).status_code == 201
    assert now(seller.browser, made)["outstanding"]["amount"] == 30_000


def test_of_eight_who_pay_at_a_time_none_writes_off_what_is_not_owed(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    made = lent(seller.browser, finance.browser, 50_000)
    claims = [_due(seller.browser, 20_000) for _ in range(8)]

    def go(due: Json) -> int:
        browser = Browser(company.app)
        browser.client._cookies = finance.browser.client._cookies
        return try_pay(browser, due).status_code

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(go, claims)) == [201] * 8
    off = [claim_now(seller.browser, one)["payments"][0]["written_off"] for one in claims]
    assert sorted(off) == [0, 0, 0, 0, 0, 10_000, 20_000, 20_000]
    owed = now(seller.browser, made)
    assert (owed["state"], owed["outstanding"]["amount"]) == ("settled", 0)
    assert sum(one["amount"] for one in owed["entries"]) == 0


def test_a_hundred_are_offset_in_as_many_statements_as_two(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    first = _due(seller.browser, 1_000)

    def copies(count: int) -> list[Json]:
        made = [claim_now(seller.browser, _due(seller.browser, 1_000)) for _ in range(count)]
        lent(seller.browser, finance.browser, 400 * count)
        lent(seller.browser, finance.browser, 300 * count)
        return made

    def cost(due: list[Json]) -> tuple[int, int]:
        with sent() as looking:
            _preview(finance.browser, *due)
        with sent() as paying:
            assert try_pay(finance.browser, *due).status_code == 201
        return len(looking), len(paying)

    assert try_pay(finance.browser, first).status_code == 201
    cost(copies(2))
    assert cost(copies(100)) == cost(copies(2))
