"""The phone's door: an inbox, a screen and a word, each one request."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.quotes.office import customer, go, line, quote, valve
from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire
from tests.support.statements import sent

Json = dict[str, Any]
PHONE = "/mobile/v1"
CHEAP = {"discount": {"rate": 3_000}}


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


@pytest.fixture
def flow(company: Company) -> Json:
    """Quotes are granted by the administrator."""
    who = [{"by": "people", "ids": [company.user_id]}]
    node = {"id": "boss", "type": "approve", "name": "总经理审批", "who": who}
    made = company.admin.post("/approval-flows", {"kind": "quote", "name": "报价审批"}).json
    path = f"/approval-flows/{made['id']}"
    for deed, body in (("draft", {"definition": {"nodes": [node]}}), ("publication", None)):
        call = company.admin.put if deed == "draft" else company.admin.post
        made = call(f"{path}/{deed}", body, headers={"If-Match": f'"{made["version"]}"'}).json
    return dict(made)


@pytest.fixture
def asked(company: Company, seller: Colleague, flow: Json) -> Json:
    """A quote below the floor that waits for the administrator."""
    made = quote(seller.browser, customer(seller.browser), line(valve(company.admin), "2.5", **CHEAP))
    return go(seller.browser, made, "submission")


def inbox(browser: Browser, box: str = "to-decide", **query: str) -> Json:
    answer = browser.get(f"/inbox/{box}", query_string=query, door=PHONE)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def screen(browser: Browser, approval_id: str) -> Json:
    answer = browser.get(f"/approvals/{approval_id}", door=PHONE)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def say(browser: Browser, seat: Json, decision: str, comment: str | None = None) -> TestResponse:
    body = {"decision": decision, "comment": comment}
    return browser.post(f"/approval-seats/{seat['id']}/decision", body, version=seat["version"], door=PHONE)


def test_a_box_tells_what_waits_and_counts_all(company: Company, seller: Colleague, asked: Json) -> None:
    told = inbox(company.admin)
    [row] = told["items"]
    assert told["counts"] == {"to_decide": 1, "returned": 0, "unread_copies": 0}
    assert (row["submitter"]["name"], row["facts"]["below_floor"], row["is_new"]) == ("林知夏", True, False)
    assert row["seat"]["state"] == "open"
    [mine] = inbox(seller.browser, "mine")["items"]
    assert (mine["id"], mine["seat"], mine["at"]) == (row["id"], None, "总经理审批")
    assert inbox(company.admin, q="澜图")["items"] == told["items"]
    assert inbox(company.admin, q="云岫")["items"] == []
    assert inbox(company.admin, kind="customer-transfer")["items"] == []


def test_a_full_box_takes_no_more_statements_than_one_of_one(
    company: Company, seller: Colleague, asked: Json
) -> None:
    inbox(company.admin)
    with sent() as one:
        inbox(company.admin)
    product = company.admin.get("/products").json["items"][0]
    for number in range(3):
        made = quote(seller.browser, customer(seller.browser, f"客户{number}"), line(product, **CHEAP))
        go(seller.browser, made, "submission")
    with sent() as four:
        assert len(inbox(company.admin)["items"]) == 4
    assert len(four) == len(one)


def test_the_screen_has_the_quote_as_it_was_submitted(company: Company, asked: Json) -> None:
    [row] = inbox(company.admin)["items"]
    shown = screen(company.admin, row["id"])
    offered = shown["quote"]
    assert (offered["number"], offered["revision"]) == (asked["number"], 1)
    assert offered["gross"] == asked["gross"]
    [only] = offered["lines"]
    assert (only["name"], only["quantity"], only["net"]) == ("球阀", "2.5", asked["net"]["amount"])
    assert (only["below_floor"], only["margin"]) == (True, asked["net"]["amount"] - 15_000)
    assert (shown["seat"]["step"], shown["can"]["decide"]) == ("总经理审批", True)


def test_whoever_may_not_read_the_quote_reads_what_was_submitted_without_its_cost(
    company: Company, asked: Json
) -> None:
    other = hire(company, "sales", name="周思远")
    seat = inbox(company.admin)["items"][0]["seat"]
    moved = company.admin.post(
        f"/approval-seats/{seat['id']}/transfer", {"to": other.id}, version=seat["version"]
    )
    assert moved.status_code == 200
    [row] = inbox(other.browser)["items"]
    offered = screen(other.browser, row["id"])["quote"]
    [only] = offered["lines"]
    assert (only["net"], only["margin"], only["below_floor"]) == (asked["net"]["amount"], None, True)
    assert (offered["margin"], offered["margin_rate"]) == (None, None)
    assert other.browser.get(f"/quotes/{asked['id']}", door=PHONE).status_code == 404


def test_what_a_step_hides_is_not_among_what_was_submitted(company: Company, seller: Colleague) -> None:
    other = hire(company, "manager", name="周思远")
    who = [{"by": "people", "ids": [other.id]}]
    fields = {"margin": "hidden", "margin_rate": "hidden"}
    node = {"id": "boss", "type": "approve", "name": "主管审批", "who": who, "fields": fields}
    made = company.admin.post("/approval-flows", {"kind": "quote", "name": "报价审批"}).json
    path = f"/approval-flows/{made['id']}"
    drawn = company.admin.put(
        f"{path}/draft",
        {"definition": {"nodes": [node]}},
        headers={"If-Match": f'"{made["version"]}"'},
    ).json
    company.admin.post(f"{path}/publication", version=drawn["version"])
    offer = quote(seller.browser, customer(seller.browser), line(valve(company.admin), **CHEAP))
    go(seller.browser, offer, "submission")
    [row] = inbox(other.browser)["items"]
    offered = screen(other.browser, row["id"])["quote"]
    assert (offered["margin"], offered["margin_rate"], offered["lines"][0]["margin"]) == (None, None, None)
    assert offered["below_floor"] is True


def test_one_says_yes_once_and_the_quote_goes_on(company: Company, seller: Colleague, asked: Json) -> None:
    [row] = inbox(company.admin)["items"]
    said = say(company.admin, row["seat"], "approve", "仅限本单")
    assert (said.status_code, said.json["state"], said.json["can"]["decide"]) == (200, "granted", False)
    assert seller.browser.get(f"/quotes/{asked['id']}", door=PHONE).json["state"] == "approved"
    again = say(company.admin, row["seat"], "reject", "不卖")
    assert again.status_code == 412
    assert inbox(company.admin, "decided")["items"][0]["seat"]["state"] == "approved"
    assert screen(company.admin, row["id"])["state"] == "granted"


def test_a_no_needs_a_reason(company: Company, asked: Json) -> None:
    [row] = inbox(company.admin)["items"]
    refused = say(company.admin, row["seat"], "reject")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "comment")
    assert inbox(company.admin)["items"] == [row]


def test_several_are_decided_and_each_tells_what_became_of_it(
    company: Company, seller: Colleague, asked: Json
) -> None:
    product = company.admin.get("/products").json["items"][0]
    more = quote(seller.browser, customer(seller.browser, "云岫智能"), line(product, **CHEAP))
    go(seller.browser, more, "submission")
    seats = [{name: row["seat"][name] for name in ("id", "version")} for row in inbox(company.admin)["items"]]
    stale = [seats[0], {**seats[1], "version": 9}]
    answer = company.admin.post("/approval-decisions", {"seats": stale, "decision": "approve"}, door=PHONE)
    assert [one["done"] for one in answer.json["items"]] == [True, False]
    assert [row["seat"]["id"] for row in inbox(company.admin)["items"]] == [seats[1]["id"]]


def test_a_stranger_learns_nothing(company: Company, other_company: Company, asked: Json) -> None:
    [row] = inbox(company.admin)["items"]
    other = other_company.admin
    assert other.get(f"/approvals/{row['id']}", door=PHONE).status_code == 404
    assert other.get(f"/quotes/{asked['id']}", door=PHONE).status_code == 404
    assert say(other, row["seat"], "approve").status_code == 404
    assert inbox(company.admin)["items"] == [row]
