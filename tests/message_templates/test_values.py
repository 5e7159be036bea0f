"""What variables come to for people."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.contacts.salutations import salutation
from app.core.db import db
from app.insights import message_values
from app.insights.message_values import Subject
from tenants import rls
from tenants.context import tenant_scope
from tests.assets.site import asset, customer, serve
from tests.support.client import Company
from tests.support.statements import sent

Json = dict[str, Any]
TODAY = date(2026, 3, 8)


@pytest.mark.parametrize(
    ("name", "gender", "locale", "said"),
    [
        ("张建国", "male", "zh-CN", "张先生"),
        ("欧阳雪", "female", "zh-CN", "欧阳女士"),
        ("李雷", None, "zh-CN", "李雷"),
        ("John Smith", "male", "zh-CN", "John Smith先生"),
        ("John Smith", "male", "en", "Mr. Smith"),
        ("张建国", "female", "en", "Ms. 张"),
    ],
)
def test_people_are_addressed_as_is_usual(name: str, gender: str | None, locale: str, said: str) -> None:
    assert salutation(name, gender, locale) == said


def values(app: Flask, company: Company, subjects: list[Subject]) -> tuple[list[dict[str, str]], int]:
    """The values, and how many statements they took."""
    with app.app_context(), tenant_scope(company.tenant_id), sent() as statements:
        found = message_values.of(rls.driver_of(db.session()), company.tenant_id, subjects)
    return found, len([one for one in statements if one.startswith("SELECT") and "set_config" not in one])


def subject(
    contact: Json, kind: str | None = None, about: Json | None = None, locale: str = "zh-CN"
) -> Subject:
    """Somebody to be written to."""
    return Subject(UUID(contact["id"]), kind, UUID(about["id"]) if about else None, TODAY, locale)


def test_what_is_known_is_told_in_the_language_of_the_message(app: Flask, company: Company) -> None:
    at = customer(company.admin)
    person = company.admin.post(
        "/contacts", {"name": "张建国", "gender": "male", "title": "经理", "customer_id": at["id"]}
    ).json
    pump = asset(company.admin, at, name="空压机", serial="SN1", warranty_until="2026-04-01")
    done = serve(company.admin, at, asset_id=pump["id"], kind="repair", done_on="2026-03-01")
    found, _ = values(
        app,
        company,
        [
            subject(person, "asset", pump),
            subject(person, "service-record", done, "en"),
            subject(person),
        ],
    )
    [of_asset, of_service, plain] = found
    always = {
        "company.name": "澄川科技", "today.date": "2026年3月8日", "today.year": "2026",
        "contact.name": "张建国", "contact.salutation": "张先生", "contact.title": "经理",
        "customer.name": at["name"],
    }  # fmt: skip
    assert {name: plain[name] for name in always} == always
    assert of_asset == plain | {
        "asset.name": "空压机", "asset.serial": "SN1", "asset.warranty_until": "2026年4月1日",
    }  # fmt: skip
    assert of_service["service.kind"] == "repair"
    assert of_service["service.done_on"] == "1 March 2026"
    assert of_service["today.date"] == "8 March 2026"
    assert of_service["service.asset"] == "空压机"


def test_many_people_take_as_many_statements_as_one(app: Flask, company: Company) -> None:
    at = customer(company.admin)
    people = [
        company.admin.post("/contacts", {"name": f"客{n}", "customer_id": at["id"]}).json for n in range(5)
    ]
    pump = asset(company.admin, at)
    one, few = values(app, company, [subject(people[0], "asset", pump)])
    many, more = values(app, company, [subject(person, "asset", pump) for person in people])
    assert (len(one), len(many)) == (1, 5)
    assert few == more
    assert [found["contact.name"] for found in many] == [f"客{n}" for n in range(5)]


def test_nothing_is_known_of_people_of_another_company(
    app: Flask, company: Company, other_company: Company
) -> None:
    theirs = other_company.admin.post("/contacts", {"name": "别家"}).json
    [found], _ = values(app, company, [subject(theirs)])
    assert set(found) == {"company.name", "today.date", "today.year"}
