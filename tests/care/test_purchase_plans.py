"""Plans that begin with a purchase, that a purchase makes needless, and that only some records begin."""

from datetime import timedelta
from typing import Any

import pytest

from tests.assets.site import customer, serve
from tests.care.clockwork import EVENING, at, planned, stay_signed_in
from tests.care.site import after_service, contact, message, rule, switch, try_rule
from tests.care.test_plans import later, runs
from tests.care.test_purchases import buy
from tests.quotes.office import go, line, quote, valve
from tests.support.client import Company

Json = dict[str, Any]
WEEK = timedelta(weeks=1)
PURCHASED = {"kind": "event", "happening": "purchased"}


@pytest.fixture
def shop(company: Company) -> Json:
    """A customer with somebody there."""
    made = customer(company.admin)
    return {**made, "contact": contact(company.admin, "林夕", customer_id=made["id"], is_primary=True)}


def after_purchase(company: Company, **facts: Any) -> Json:
    wanted = after_service(message(amount=1, unit="week"), name="购买回访", **{"trigger": PURCHASED, **facts})
    return switch(company, rule(company.admin, wanted))


def accept(company: Company, made: Json) -> None:
    for step in ("submission", "sending"):
        go(company.admin, made, step)
    go(company.admin, made, "outcome", {"outcome": "accepted", "reason": None})


def about(company: Company) -> list[tuple[str, str]]:
    return [(run["about_kind"], run["about_label"]) for run in runs(company)]


def test_a_purchase_begins_a_plan_for_whoever_bought(company: Company, shop: Json) -> None:
    after_purchase(company)
    buy(company, shop, "2027-03-04")
    [run] = runs(company)
    assert (run["customer"]["id"], run["contact"]["id"]) == (shop["id"], shop["contact"]["id"])
    assert about(company) == [("purchase", "滤芯")]


def test_an_accepted_quote_of_several_products_is_one_deal(company: Company, shop: Json) -> None:
    after_purchase(company)
    lines = [line(valve(company.admin, name)) for name in ("球阀", "蝶阀")]
    accept(company, quote(company.admin, shop, *lines))
    bought = company.admin.get("/purchases").json["items"]
    assert len(bought) == 2
    assert about(company) == [("purchase", "球阀")]


def test_the_lines_of_one_order_are_one_deal_and_another_order_is_another(
    company: Company, shop: Json
) -> None:
    after_purchase(company)
    for name in ("滤芯", "润滑油"):
        buy(company, shop, "2027-03-04", name=name, reference="DD-7")
    assert about(company) == [("purchase", "滤芯")]
    buy(company, shop, "2027-03-04", reference="DD-8")
    assert len(runs(company)) == 2


def test_what_was_bought_long_ago_begins_nothing(company: Company, shop: Json) -> None:
    after_purchase(company)
    buy(company, shop, "2027-01-31")
    assert runs(company) == []
    buy(company, shop, "2027-02-01")
    assert len(runs(company)) == 1


def test_only_purchases_of_a_product_begin_a_plan(company: Company, shop: Json) -> None:
    product = valve(company.admin)
    only = {"and": [{"field": "product_id", "value": product["id"]}]}
    after_purchase(company, audience={"whom": "own", "records": only})
    buy(company, shop, "2027-03-04")
    assert runs(company) == []
    buy(company, shop, "2027-03-04", product_id=product["id"], name=None)
    assert about(company) == [("purchase", "球阀")]


def test_of_a_deal_only_what_is_meant_counts(company: Company, shop: Json) -> None:
    first, second = valve(company.admin, "球阀"), valve(company.admin, "蝶阀")
    only = {"and": [{"field": "product_id", "value": second["id"]}]}
    after_purchase(company, audience={"whom": "own", "records": only})
    accept(company, quote(company.admin, shop, line(first), line(second)))
    assert about(company) == [("purchase", "蝶阀")]


def test_only_some_services_begin_a_plan(company: Company, shop: Json) -> None:
    only = {"and": [{"field": "kind", "value": "repair"}]}
    audience = {"whom": "own", "records": only}
    switch(company, rule(company.admin, after_service(message(amount=1), audience=audience)))
    serve(company.admin, shop, kind="maintenance", done_on="2027-03-04")
    assert runs(company) == []
    serve(company.admin, shop, kind="repair", done_on="2027-03-04")
    assert [run["about_kind"] for run in runs(company)] == ["service-record"]


def test_a_plan_that_begins_with_a_customer_knows_no_other_record(company: Company) -> None:
    only = {"and": [{"field": "product_id", "value": None}]}
    trigger = {"kind": "event", "happening": "customer-created"}
    answer = try_rule(
        company.admin, after_service(message(), trigger=trigger, audience={"whom": "own", "records": only})
    )
    assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [
        ("audience.records", "not-for-this-trigger")
    ]
    assert company.admin.get("/care-rules").json["items"] == []


def test_buying_again_ends_a_plan_and_the_rest_of_its_deal_does_not(company: Company, shop: Json) -> None:
    after_purchase(company, stops=["purchase"])
    buy(company, shop, "2027-03-04", reference="DD-7")
    with at(EVENING + timedelta(hours=1)):
        stay_signed_in(company)
        buy(company, shop, "2027-03-04", name="润滑油", reference="DD-7")
    [run] = later(company, EVENING + timedelta(days=2))
    assert run["state"] == "running"
    with at(EVENING + timedelta(days=3)):
        stay_signed_in(company)
        buy(company, shop, "2027-03-07", reference="DD-9")
    ended = {run["about_label"]: run["ended_because"] for run in later(company, EVENING + WEEK)[1:]}
    assert ended == {"滤芯": "purchase"}


def test_the_purchases_of_an_accepted_quote_do_not_end_what_it_began(company: Company, shop: Json) -> None:
    accepted = {"kind": "event", "happening": "quote-accepted"}
    after_purchase(company, trigger=accepted, stops=["purchase", "quote-accepted"])
    accept(company, quote(company.admin, shop, line(valve(company.admin))))
    [run] = later(company, EVENING + WEEK)
    assert (run["state"], run["steps"][0]["state"]) == ("running", "under-way")
    assert len(planned(company)) == 1


def test_a_second_service_ends_the_plan_of_the_first_and_begins_its_own(company: Company, shop: Json) -> None:
    switch(company, rule(company.admin, after_service(message(amount=1, unit="week"), stops=["service"])))
    serve(company.admin, shop, done_on="2027-03-04")
    with at(EVENING + timedelta(hours=1)):
        stay_signed_in(company)
        serve(company.admin, shop, done_on="2027-03-04")
    assert sorted(run["state"] for run in later(company, EVENING + WEEK)) == ["ended", "running"]
