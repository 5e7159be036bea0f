"""What roles may not read or write stays so when it is done with many."""

from tests.bulk_actions.conftest import Bench
from tests.customers.desk import customer, role, shown
from tests.support.client import Company
from tests.support.people import hire


def test_obeys_field_rights(company: Company) -> None:
    made = customer(company.admin, "甲")
    seller = hire(company, role(company, "字段", read="all", update="all"))
    role_id = next(r["id"] for r in company.admin.get("/roles").json["items"] if r["name"] == "字段")
    kept = company.admin.put("/record-kinds/customer/rights", {"rights": {role_id: {"region": "read"}}})
    assert kept.status_code == 200, kept.json
    bench = Bench(company, seller.browser)
    sent_ = {"type": "customer", "action": "edit", "changes": {"region": "江苏"}}
    answer = bench.browser.post("/bulk-actions", sent_)
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [("changes.region", "no-field-right")]
    assert shown(company.admin, made)["region"] is None


def test_tells_nobody_of_fields_they_may_not_read(company: Company) -> None:
    field = company.admin.post("/fields", {"entity": "customer", "label": "底价", "kind": "text"}).json
    made = customer(company.admin, "甲", region="北京", custom={field["key"]: "三十万"})
    bench = Bench(company, company.admin)
    wanted = {"region": "上海", "source": "展会", "custom": {field["key"]: "四十万"}}
    job = bench.do("edit", record_ids=[made["id"]], changes=wanted)
    whole = {"job:read": "all", "customer:read": "all"}
    role_id = company.admin.post("/roles", {"name": "看任务", "permissions": whole}).json["id"]
    theirs = Bench(company, hire(company, "看任务").browser)
    assert len(theirs.rows(job)[0][2]) == 3
    hidden = {role_id: {"region": "hidden", field["key"]: "hidden"}}
    assert company.admin.put("/record-kinds/customer/rights", {"rights": hidden}).status_code == 200
    assert theirs.rows(job) == [("甲", "succeeded", ["来源：— → 展会"])]
    assert len(bench.rows(job)[0][2]) == 3
