"""What rules would do: told beforehand, person by person, and what keeps them from working."""

from datetime import date, timedelta
from typing import Any

from tests.assets.site import customer, serve
from tests.care.clockwork import EVENING, at, planned, stay_signed_in, sweep
from tests.care.site import after_service, birthday, contact, message, rule, switch, task, try_rule
from tests.message_templates.desk import active
from tests.support.client import Company
from tests.support.people import hire, role_id
from tests.support.statements import sent

Json = dict[str, Any]


def preview(company: Company, path: str = "/care-preview") -> Json:
    answer = company.admin.get(path)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def test_tells_who_would_get_what_and_when_and_what_stands_in_the_way(company: Company) -> None:
    lin = contact(company.admin, "林夕", date(1990, 3, 5), email="lin@example.com")
    zhou = contact(company.admin, "周舟", date(1990, 3, 9))
    contact(company.admin, "何川", date(1990, 9, 1))
    made = switch(company, rule(company.admin, birthday()))
    found = preview(company)
    told = [(one["contact"]["id"], one["way"], one["reason"]) for one in found["items"]]
    assert told == [(lin["id"], "mail", None), (zhou["id"], None, "no-address")]
    assert found["items"][0]["at"].startswith("2027-03-05T01:00:00")
    assert [(one["day"], one["count"]) for one in found["days"]] == [("2027-03-05", 1), ("2027-03-09", 1)]
    assert (found["ways"], found["stopped"], found["total"]) == ({"sms": 0, "mail": 1, "wechat": 0}, 1, 2)
    assert preview(company, f"/care-rules/{made['id']}/preview?days=2")["total"] == 1
    assert planned(company) == []


def test_tells_of_steps_of_plans_and_of_what_is_to_be_done(company: Company) -> None:
    shop = customer(company.admin)
    contact(company.admin, "林夕", customer_id=shop["id"], is_primary=True, email="lin@example.com")
    switch(company, rule(company.admin, after_service(message(amount=7), task(amount=14))))
    serve(company.admin, shop, done_on="2027-03-04")
    found = preview(company)
    assert [(one["way"], one["task"]) for one in found["items"]] == [
        ("mail", None),
        (None, "给{{contact.name}}打电话"),
    ]


def test_takes_as_many_statements_for_many_people_as_for_one(company: Company) -> None:
    contact(company.admin, "林夕", date(1990, 3, 5), email="lin@example.com")
    switch(company, rule(company.admin, birthday()))
    with sent() as few:
        preview(company)
    for day in range(6, 12):
        contact(company.admin, f"周{day}", date(1990, 3, day), email=f"zhou{day}@example.com")
    with sent() as many:
        assert preview(company)["total"] == 7
    assert len(many) == len(few)


def test_is_not_switched_on_without_a_template_in_use(company: Company) -> None:
    contact(company.admin, "林夕", date(1990, 3, 5))
    made = rule(company.admin, birthday())
    refused = company.admin.post(f"/care-rules/{made['id']}/switch", {"on": True})
    faults = [(one["field"], one["code"]) for one in refused.json["errors"]]
    assert (refused.status_code, faults) == (
        422,
        [("steps.0.choices.0.template_id", "care-template-off")],
    )
    [told] = company.admin.get(f"/care-rules/{made['id']}/check").json["items"]
    assert told["message"] == "所选的消息模板没有启用"
    assert company.admin.get(f"/care-rules/{made['id']}").json["state"] == "draft"


def test_is_not_switched_on_for_nobody(company: Company) -> None:
    words = active(company.admin, way="mail", purpose="care", name="祝福")
    step = message(choices=[{"way": "mail", "template_id": words["id"]}])
    made = rule(company.admin, birthday(steps=[step]))
    refused = company.admin.post(f"/care-rules/{made['id']}/switch", {"on": True})
    assert [one["code"] for one in refused.json["errors"]] == ["care-nobody"]


def test_a_template_of_another_purpose_is_refused(company: Company) -> None:
    contact(company.admin, "林夕", date(1990, 3, 5))
    words = active(company.admin, way="mail", purpose="service", name="提醒")
    step = message(choices=[{"way": "mail", "template_id": words["id"]}])
    made = rule(company.admin, birthday(steps=[step]))
    refused = company.admin.post(f"/care-rules/{made['id']}/switch", {"on": True})
    assert [one["code"] for one in refused.json["errors"]] == ["care-template-of-other-purpose"]


def test_names_every_part_of_a_rule_that_cannot_be_taken(company: Company) -> None:
    nothing = {"amount": 1, "unit": "hour", "choices": []}
    trigger = {"kind": "birthday", "festival": "spring", "yearly": True}
    refused = try_rule(
        company.admin,
        birthday(trigger=trigger, steps=[nothing, task("给{{contact.shoe}}打电话")], stops=["activity"]),
    )
    assert {(one["field"], one["code"]) for one in refused.json["errors"]} == {
        ("trigger.festival", "not-for-this-trigger"),
        ("trigger.yearly", "not-for-this-trigger"),
        ("steps.0.choices", "step-does-nothing"),
        ("steps.0.unit", "not-for-this-trigger"),
        ("steps.1.task", "unknown-variable"),
        ("stops", "not-for-this-trigger"),
    }
    assert company.admin.get("/care-rules").json["items"] == []


def test_a_changed_rule_plans_anew_what_has_not_gone_out(company: Company) -> None:
    contact(company.admin, "林夕", date(1990, 3, 5))
    made = switch(company, rule(company.admin, birthday()))
    sweep(company)
    later = [{**made["steps"][0], "at": "10:30"}]
    answer = company.admin.patch(f"/care-rules/{made['id']}", {"steps": later}, version=made["version"])
    assert answer.status_code == 200, answer.json
    assert [one["state"] for one in planned(company)] == ["cancelled"]
    sweep(company)
    [one] = planned(company)
    assert (one["state"], one["reason"], one["due_at"].hour) == ("waiting", None, 2)


def test_a_removed_rule_ends_its_plans(company: Company) -> None:
    shop = customer(company.admin)
    made = switch(company, rule(company.admin, after_service(task(amount=1))))
    serve(company.admin, shop, done_on="2027-03-04")
    now = company.admin.get(f"/care-rules/{made['id']}").json
    assert company.admin.delete(f"/care-rules/{made['id']}", version=now["version"]).status_code == 204
    [run] = company.admin.get("/care-runs").json["items"]
    assert (run["state"], run["ended_because"]) == ("ended", "rule-off")
    with at(EVENING + timedelta(days=1)):
        stay_signed_in(company)
        sweep(company)
        assert company.admin.get("/tasks").json["items"] == []


def test_only_who_manages_messages_makes_rules(company: Company) -> None:
    seller = hire(company, "sales").browser
    assert try_rule(seller, birthday()).status_code == 403
    assert seller.get("/care-preview").status_code == 403
    assert company.admin.get("/care-rules").json["items"] == []


def test_tells_nobody_what_their_rights_hide(company: Company) -> None:
    company.admin.post("/fields", {"entity": "contact", "label": "暗号", "kind": "text", "key": "c_secret"})
    contact(company.admin, "林夕", date(1990, 3, 5), email="lin@example.com", title="总监", custom={
        "c_secret": "芝麻开门",
    })  # fmt: skip
    words = active(
        company.admin, way="mail", purpose="care", body="<p>{{contact.c_secret}} {{contact.title}}</p>"
    )
    step = message(choices=[{"way": "mail", "template_id": words["id"]}])
    switch(company, rule(company.admin, birthday(steps=[step])))
    grants = dict.fromkeys(("message:manage", "contact:read", "customer:read"), "all")
    assert company.admin.post("/roles", {"name": "运营", "permissions": grants}).status_code == 201
    clerk = hire(company, "运营").browser
    rights = {role_id(company, "运营"): {"c_secret": "hidden", "title": "hidden"}}
    assert company.admin.put("/record-kinds/contact/rights", {"rights": rights}).status_code == 200
    for browser, said in ((company.admin, "芝麻开门 总监"), (clerk, "＊＊＊ ＊＊＊")):
        [found] = browser.get("/care-preview").json["items"]
        assert found["text"].strip() == said
    sweep(company)
    assert len(planned(company)) == 1
