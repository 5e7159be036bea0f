"""The company's own fields in messages: offered, checked, and said in the language of the message."""

from typing import Any

import pytest
from flask import Flask

from tests.fields.conftest import Workshop
from tests.message_templates.desk import preview, put, template, try_template
from tests.message_templates.test_values import subject, values
from tests.support.client import Company

Json = dict[str, Any]


@pytest.fixture
def workshop(company: Company) -> Workshop:
    """An administrator who shapes records."""
    return Workshop(company)


def offered(company: Company) -> dict[str, Json]:
    return {one["name"]: one for one in company.admin.get("/message-variables").json["items"]}


def person(company: Company, **facts: Any) -> Json:
    answer = company.admin.post("/contacts", {"name": "林夕", **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def test_fields_are_offered_by_the_names_people_gave_them(company: Company, workshop: Workshop) -> None:
    workshop.define("等级", "text", key="c_level")
    workshop.define("孩子生日", "date", key="c_child", entity="contact")
    workshop.define("合同编号", "text", key="c_contract", entity="quote")
    workshop.define("负责工程师", "user", key="c_engineer")
    found = offered(company)
    assert found["customer.c_level"] == {
        "name": "customer.c_level", "zh": "客户·等级", "en": "Customer: 等级", "about": None, "always": False,
    }  # fmt: skip
    assert found["contact.c_child"]["about"] is None
    assert found["quote.c_contract"]["about"] == "quote"
    assert "customer.c_engineer" not in found


def test_only_fields_that_there_are_can_stand_in_a_template(company: Company, workshop: Workshop) -> None:
    field = workshop.define("等级", "text", key="c_level")
    made = template(company.admin, body="您是{{customer.c_level|贵宾}}客户")
    assert made["variables"] == ["customer.c_level"]
    refused = try_template(company.admin, name="错的", body="您是{{customer.c_nothing}}客户")
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [
        ("body", "template-unknown-variable")
    ]
    assert [one["name"] for one in company.admin.get("/message-templates?name=错的").json["items"]] == []
    # What was retired since stays where it stands, so that the template can be archived.
    assert workshop.retire(field).status_code == 200
    assert "customer.c_level" not in offered(company)
    assert put(company.admin, made, state="archived").status_code == 200


def test_nobody_knows_the_fields_of_another_company(
    company: Company, other_company: Company, workshop: Workshop
) -> None:
    workshop.define("等级", "text", key="c_level")
    assert "customer.c_level" not in offered(other_company)
    assert try_template(other_company.admin, body="您是{{customer.c_level|贵宾}}").status_code == 422


def test_values_are_said_in_the_language_of_the_message(
    app: Flask, company: Company, workshop: Workshop
) -> None:
    made = {
        "c_count": ("number", 12000, "12,000", "12,000"),
        "c_spent": ("money", {"amount": 1_280_050, "currency": "CNY"}, "¥12,800.50", "¥12,800.50"),
        "c_since": ("date", "2026-03-18", "2026年3月18日", "18 March 2026"),
        "c_met": ("date_time", "2026-03-18T02:30:00Z", "2026年3月18日 10:30", "18 March 2026 10:30"),
        "c_member": ("yes_no", True, "是", "Yes"),
        "c_note": ("text", "老朋友", "老朋友", "老朋友"),
    }  # fmt: skip
    for key, (kind, *_) in made.items():
        workshop.define(key, kind, key=key)
    workshop.choice("关注", "价格", "交期", kind="multi_choice", key="c_cares")
    at = workshop.customer(c_cares=["o0", "o1"], **{key: value for key, (_, value, *_) in made.items()})
    lin = person(company, customer_id=at["id"])
    [zh, en], _ = values(app, company, [subject(lin), subject(lin, locale="en")])
    own = {f"customer.{key}": row for key, row in made.items()}
    assert {name: zh[name] for name in own} == {name: row[2] for name, row in own.items()}
    assert {name: en[name] for name in own} == {name: row[3] for name, row in own.items()}
    assert (zh["customer.c_cares"], en["customer.c_cares"]) == ("价格、交期", "价格, 交期")


def test_many_people_with_own_fields_take_as_many_statements_as_one(
    app: Flask, company: Company, workshop: Workshop
) -> None:
    workshop.define("爱好", "text", key="c_hobby", entity="contact")
    workshop.define("等级", "text", key="c_level")
    at = workshop.customer(c_level="金牌")
    people = [person(company, customer_id=at["id"], custom={"c_hobby": f"第{n}种"}) for n in range(4)]
    _, few = values(app, company, [subject(people[0])])
    found, many = values(app, company, [subject(one) for one in people])
    assert few == many
    assert [(one["contact.c_hobby"], one["customer.c_level"]) for one in found] == [
        (f"第{n}种", "金牌") for n in range(4)
    ]


def test_a_preview_says_what_is_known_of_somebody(company: Company, workshop: Workshop) -> None:
    workshop.define("等级", "text", key="c_level")
    lin = person(company, customer_id=workshop.customer(c_level="金牌")["id"])
    body = "尊敬的{{customer.c_level}}客户"
    assert preview(company.admin, body=body).json["text"].startswith("尊敬的等级客户")
    assert preview(company.admin, body=body, contact_id=lin["id"]).json["text"].startswith("尊敬的金牌客户")
    plain = person(company)
    shown = preview(company.admin, body=body, contact_id=plain["id"]).json
    assert shown["missing"] == ["customer.c_level"]
    assert shown["text"].startswith("尊敬的〔客户·等级〕客户")
