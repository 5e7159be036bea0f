"""Rules that go by what customers buy: so long after the last purchase, or around the next one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.care.clockwork import EVENING, at, planned, sweep
from tests.care.site import birthday, contact, message, rule, switch, task
from tests.message_templates.desk import active
from tests.quotes.office import customer, valve
from tests.support.client import Company
from tests.support.statements import sent

Json = dict[str, Any]


def shop(company: Company, name: str = "澜图软件") -> tuple[Json, Json]:
    """A customer with somebody there."""
    made = customer(company.admin, name)
    mail = {"email": "lin@example.com"}
    return made, contact(company.admin, f"林夕 {name}", customer_id=made["id"], is_primary=True, **mail)


def buy(company: Company, where: Json, *days: str, **facts: Any) -> None:
    """What was bought there on some days."""
    for day in days:
        told = {"customer_id": where["id"], "name": "滤芯", "bought_on": day, **facts}
        answer = company.admin.post("/purchases", told)
        assert answer.status_code == 201, answer.json


def reminder(field: str, amount: int, **facts: Any) -> Json:
    """A rule so many days before or after a date of purchases."""
    return birthday(
        name="该补货了", trigger={"kind": "date", "field": f"purchase.{field}"},
        steps=[message(amount=amount)], **facts,
    )  # fmt: skip


def due(company: Company) -> list[tuple[str, datetime]]:
    return [(one["contact"], one["due_at"]) for one in planned(company)]


def morning(month: int, day: int) -> datetime:
    """Nine o'clock in Shanghai."""
    return datetime(2027, month, day, 1, tzinfo=UTC)


def test_days_after_the_last_purchase_and_not_after_those_before(company: Company) -> None:
    at_shop, lin = shop(company)
    buy(company, at_shop, "2027-02-03", "2027-02-04")
    switch(company, rule(company.admin, reminder("bought_on", 30)))
    sweep(company)
    # Thirty days after the first of them is the 5th.
    assert due(company) == [(lin["id"], morning(3, 6))]
    assert [one["about"] for one in planned(company)] == ["purchase"]


def test_whoever_buys_again_in_time_is_not_reminded(company: Company) -> None:
    at_shop, _ = shop(company)
    buy(company, at_shop, "2027-02-03")
    switch(company, rule(company.admin, reminder("bought_on", 30)))
    buy(company, at_shop, "2027-03-04")
    sweep(company)
    assert due(company) == []


def test_the_last_purchase_of_one_product(company: Company) -> None:
    at_shop, lin = shop(company)
    product = valve(company.admin)
    buy(company, at_shop, "2027-02-03", product_id=product["id"], name=None)
    buy(company, at_shop, "2027-03-01")
    only = {"and": [{"field": "product_id", "value": product["id"]}]}
    wanted = reminder("product_bought_on", 30, audience={"whom": "own", "records": only})
    switch(company, rule(company.admin, wanted))
    sweep(company)
    assert due(company) == [(lin["id"], morning(3, 5))]


def test_before_the_next_purchase_is_expected_by_the_middle_of_the_gaps(company: Company) -> None:
    at_shop, lin = shop(company)
    # 40 and 25 days: 33 in the middle, so the 9th of March.
    buy(company, at_shop, "2026-12-01", "2027-01-10", "2027-02-04", "2027-02-04")
    two_only, _ = shop(company, "两次而已")
    buy(company, two_only, "2027-01-01", "2027-02-04")
    switch(company, rule(company.admin, reminder("next_on", -4)))
    sweep(company)
    assert due(company) == [(lin["id"], morning(3, 5))]


def test_after_the_expected_day_has_passed_without_a_purchase(company: Company) -> None:
    at_shop, lin = shop(company)
    # Every ten days, and so again on the 26th of February.
    buy(company, at_shop, "2027-01-27", "2027-02-06", "2027-02-16")
    switch(company, rule(company.admin, reminder("next_on", 7)))
    sweep(company)
    assert due(company) == [(lin["id"], morning(3, 5))]


def test_each_product_has_its_own_rhythm(company: Company) -> None:
    at_shop, lin = shop(company)
    buy(company, at_shop, "2027-01-27", "2027-02-06", "2027-02-16", name="滤芯")
    buy(company, at_shop, "2027-01-04", "2027-01-24", "2027-02-13", name="润滑油")
    switch(company, rule(company.admin, reminder("product_next_on", 0)))
    with at(EVENING + timedelta(hours=1)):
        sweep(company)
    # The filters were due on the 26th of February, the oil is on the 5th of March.
    assert due(company) == [(lin["id"], morning(3, 5))]


def test_the_preview_tells_whom_it_would_meet_and_in_what_words(company: Company) -> None:
    at_shop, lin = shop(company)
    buy(
        company, at_shop, "2027-01-04", "2027-01-24", "2027-02-13", quantity="10", unit="套", reference="DD-7"
    )
    words = active(
        company.admin, way="mail", name="补货",
        body="{{purchase.bought_on}}的{{purchase.name}} {{purchase.quantity}}（{{purchase.reference}}）",
    )  # fmt: skip
    choices = [{"way": "mail", "template_id": words["id"]}]
    made = rule(company.admin, {**reminder("next_on", 2), "steps": [message(amount=2, choices=choices)]})
    [item] = company.admin.get(f"/care-rules/{made['id']}/preview").json["items"]
    assert (item["contact"]["id"], item["text"]) == (lin["id"], "2027年2月13日的滤芯 10 套（DD-7）")
    assert datetime.fromisoformat(item["due_at"]) == morning(3, 7)


def test_the_preview_of_a_task_tells_whom_it_is_about(company: Company) -> None:
    at_shop, lin = shop(company)
    buy(company, at_shop, "2027-03-01")
    made = rule(company.admin, {**reminder("bought_on", 9), "steps": [task(amount=9)]})
    [item] = company.admin.get(f"/care-rules/{made['id']}/preview").json["items"]
    assert (item["contact"], item["customer"], item["task"]) == (
        {"id": lin["id"], "name": lin["name"]}, at_shop["name"], "给{{contact.name}}打电话",
    )  # fmt: skip


def test_asks_in_statements_that_do_not_grow_with_the_customers(company: Company) -> None:
    made = rule(company.admin, reminder("product_next_on", 2))
    path = f"/care-rules/{made['id']}/preview"

    def add(number: int) -> None:
        at_shop, _ = shop(company, f"客户 {number}")
        buy(company, at_shop, "2027-01-04", "2027-01-24", "2027-02-13")

    add(0)
    with sent() as few:
        assert company.admin.get(path).json["total"] == 1
    for number in range(1, 5):
        add(number)
    with sent() as many:
        assert company.admin.get(path).json["total"] == 5
    assert len(many) == len(few)


def test_a_return_of_a_purchase_means_nothing(company: Company) -> None:
    wanted = reminder("next_on", 0)
    wanted["trigger"]["yearly"] = True
    answer = company.admin.post("/care-rules", wanted)
    assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [
        ("trigger.yearly", "not-for-this-trigger")
    ]
    assert company.admin.get("/care-rules").json["items"] == []
