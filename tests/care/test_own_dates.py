"""Rules that go by dates which a company has added to what stands at customers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.assets.site import customer
from tests.care.clockwork import EVENING, at, planned, sweep
from tests.care.site import birthday, contact, message, rule, switch, try_rule
from tests.support.client import Company

Json = dict[str, Any]
KINDS = {
    "asset": ("/assets", {"name": "压机"}),
    "service-record": (
        "/service-records",
        {"kind": "repair", "content": "换了滤芯", "done_on": "2027-01-05"},
    ),
    "purchase": ("/purchases", {"name": "滤芯", "bought_on": "2027-01-05"}),
}


def define(company: Company, entity: str, key: str = "c_inspection") -> None:
    told = {"entity": entity, "label": "年检日期", "kind": "date", "key": key}
    answer = company.admin.post("/fields", told)
    assert answer.status_code == 201, answer.json


def shop(company: Company) -> tuple[Json, Json]:
    """A customer with somebody there."""
    made = customer(company.admin, "澜图软件")
    mail = {"email": "lin@example.com"}
    return made, contact(company.admin, "林夕", customer_id=made["id"], is_primary=True, **mail)


def make(company: Company, entity: str, where: Json, inspected: str, **facts: Any) -> Json:
    path, basis = KINDS[entity]
    told = {**basis, "customer_id": where["id"], "custom": {"c_inspection": inspected}, **facts}
    answer = company.admin.post(path, told)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def reminder(entity: str, *, yearly: bool = False) -> Json:
    """A rule three days before the inspection."""
    trigger = {"kind": "date", "field": f"{entity}.c_inspection", "yearly": yearly}
    return birthday(name="年检提醒", purpose="service", trigger=trigger, steps=[message(amount=-3)])


@pytest.mark.parametrize("entity", KINDS)
def test_a_rule_goes_by_a_date_of_the_companys_own(company: Company, entity: str) -> None:
    define(company, entity)
    at_shop, lin = shop(company)
    make(company, entity, at_shop, "2027-03-08")
    make(company, entity, at_shop, "2027-04-08")
    switch(company, rule(company.admin, reminder(entity)))
    sweep(company)
    assert [(one["contact"], one["about"], one["due_at"]) for one in planned(company)] == [
        (lin["id"], entity, datetime(2027, 3, 5, 1, tzinfo=UTC)),
    ]
    with at(EVENING + timedelta(days=1)):
        sweep(company)
    assert len(planned(company)) == 1


def test_what_is_out_of_use_is_not_inspected(company: Company) -> None:
    define(company, "asset")
    at_shop, _ = shop(company)
    made = make(company, "asset", at_shop, "2027-03-08")
    switch(company, rule(company.admin, reminder("asset")))
    change = {"state": "retired"}
    answer = company.admin.patch(f"/assets/{made['id']}", change, version=made["version"])
    assert answer.status_code == 200, answer.json
    sweep(company)
    assert planned(company) == []


def test_an_inspection_can_come_round_every_year(company: Company) -> None:
    define(company, "asset")
    at_shop, lin = shop(company)
    make(company, "asset", at_shop, "2020-03-08")
    switch(company, rule(company.admin, reminder("asset", yearly=True)))
    sweep(company)
    assert [(one["contact"], one["due_at"]) for one in planned(company)] == [
        (lin["id"], datetime(2027, 3, 5, 1, tzinfo=UTC)),
    ]


def test_dates_are_offered_by_their_names(company: Company) -> None:
    for entity in KINDS:
        define(company, entity)
    offered = {one["word"]: one for one in company.admin.get("/care-dates").json["items"]}
    for entity in KINDS:
        found = offered[f"{entity}.c_inspection"]
        assert (found["record"], found["label"], found["yearly"]) == (entity, "年检日期", True)


def test_rules_are_narrowed_by_fields_of_the_companys_own(company: Company) -> None:
    told = {"entity": "asset", "label": "线体", "kind": "text", "key": "c_line", "filterable": True}
    assert company.admin.post("/fields", told).status_code == 201
    define(company, "asset")
    from app.jobs import slices
    from tenants.context import tenant_scope

    with company.app.app_context(), tenant_scope(company.tenant_id):
        slices.work_a_while()
    at_shop, lin = shop(company)
    make(company, "asset", at_shop, "2027-03-08", custom={"c_inspection": "2027-03-08", "c_line": "甲线"})
    make(company, "asset", at_shop, "2027-03-08", custom={"c_inspection": "2027-03-08", "c_line": "乙线"})
    records = {"field": "c_line", "op": "eq", "value": "甲线"}
    switch(company, rule(company.admin, {**reminder("asset"), "audience": {"records": records}}))
    sweep(company)
    assert [one["contact"] for one in planned(company)] == [lin["id"]]
    records = {"field": "c_nothing", "op": "eq", "value": "甲线"}
    refused = try_rule(company.admin, {**reminder("asset"), "audience": {"records": records}})
    assert refused.status_code == 422
