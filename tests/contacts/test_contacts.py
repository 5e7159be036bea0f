"""Contacts: made, shown, changed, listed and found."""

from typing import Any

import pytest

from tests.contacts.people import contact, customer, deeds, names, shown
from tests.support.client import Company
from tests.support.statements import sent

WHOLE = {
    "name": "单田芳",
    "gender": "female",
    "title": "采购总监",
    "department_name": "采购部",
    "role": "decision_maker",
    "phones": [{"number": "138 0000 1234", "label": "手机"}, {"number": "0755-2688 1234"}],
    "email": "shan@example.com",
    "wechat": "shantianfang",
    "birthday": {"calendar": "lunar", "month": 6, "day": 1, "leap": True, "year": 1979},
    "remark": "喜欢评书\n不喝酒",
}


def test_keeps_everything_that_was_sent(company: Company) -> None:
    there = customer(company.admin)
    answer = company.admin.post("/contacts", {**WHOLE, "customer_id": there["id"], "is_primary": True})
    assert answer.status_code == 201
    made = answer.json
    assert answer.headers["Location"] == f"/api/v1/contacts/{made['id']}"
    assert answer.headers["ETag"] == '"1"'
    assert made == shown(company.admin, made["id"])
    me = {"id": company.user_id, "name": "秦明远"}
    kept = {name: made[name] for name in WHOLE}
    assert kept == {
        **WHOLE,
        "phones": [
            {"number": "+8613800001234", "label": "手机"},
            {"number": "+8675526881234", "label": ""},
        ],
    }
    assert made["customer"] == {"id": there["id"], "name": "澄江机械有限公司"}
    assert (made["owner"], made["created_by"], made["is_primary"]) == (me, me, True)
    assert made["can"] == {"update": True, "delete": True, "move": True, "merge": True}
    assert company.admin.get(f"/customers/{there['id']}").json["contact_count"] == 1


def test_belongs_to_whoever_made_it_without_a_customer(company: Company) -> None:
    made = contact(company.admin)
    assert made["customer"] is None
    assert made["owner"]["id"] == company.user_id
    assert made["department"] == {"id": made["department"]["id"], "name": company.name}


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"name": ""}, "name", "required"),
        ({"name": "长" * 51}, "name", "too-long"),
        ({"name": None}, "name", "null"),
        ({"gender": "none"}, "gender", "not-a-choice"),
        ({"role": "boss"}, "role", "not-a-choice"),
        ({"phones": [{"number": "call me"}]}, "phones.0.number", "invalid-phone"),
        ({"phones": [{"number": "13800001234"}, {"number": "x"}]}, "phones.1.number", "invalid-phone"),
        ({"email": "nobody"}, "email", "invalid-email"),
        ({"title": "a\u0000b"}, "title", "bad-character"),
        ({"birthday": {"calendar": "lunar", "month": 2}}, "birthday.day", "required"),
        ({"birthday": {"calendar": "lunar", "month": 2, "day": 32}}, "birthday.day", "out-of-range"),
        ({"birthday": {"calendar": "solar", "month": 2, "day": 30}}, "birthday.day", "no-such-day"),
        (
            {"birthday": {"calendar": "lunar", "month": 2, "day": 1, "leap": True, "year": 2024}},
            "birthday.leap",
            "no-such-leap-month",
        ),
        ({"is_primary": True}, "is_primary", "primary-needs-customer"),
        ({"customer_id": "01a20007-7fb3-73b0-9cfe-606978e570ee"}, "customer_id", "unknown-reference"),
        ({"owner_id": "01a20007-7fb3-73b0-9cfe-606978e570ee"}, "owner_id", "unknown-field"),
    ],
)
def test_refuses_what_cannot_be(company: Company, sent: dict[str, Any], field: str, code: str) -> None:
    answer = company.admin.post("/contacts", {"name": "单田芳", **sent})
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]
    made = contact(company.admin, "李雪琴")
    changed = company.admin.patch(f"/contacts/{made['id']}", sent, version=1)
    assert changed.status_code == 422
    assert [(error["field"], error["code"]) for error in changed.json["errors"]] == [(field, code)]
    assert shown(company.admin, made["id"]) == made
    assert names(company.admin) == ["李雪琴"]


def test_changes_fields_and_tells_which(company: Company) -> None:
    there = customer(company.admin)
    made = contact(company.admin, **{**WHOLE, "customer_id": there["id"]})
    changes = {"name": "单立人", "title": "", "wechat": None, "birthday": None, "email": "shan@example.com"}
    answer = company.admin.patch(f"/contacts/{made['id']}", changes, version=1)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2"'
    expected = {**made, "name": "单立人", "title": None, "wechat": None, "birthday": None, "version": 2}
    assert answer.json == {**expected, "updated_at": answer.json["updated_at"]}
    kind, label, fields = deeds(company.admin, f"/contacts/{made['id']}/timeline")[0]
    assert (kind, label, sorted(fields)) == ("updated", "单立人", ["birthday", "name", "title", "wechat"])
    on_customer = deeds(company.admin, f"/customers/{there['id']}/timeline")
    assert [(kind, label) for kind, label, _ in on_customer] == [
        ("updated", "单立人"),
        ("created", "单田芳"),
        ("created", "澄江机械有限公司"),
    ]


def test_writes_nothing_when_nothing_changes(company: Company) -> None:
    made = contact(company.admin, **WHOLE)
    answer = company.admin.patch(f"/contacts/{made['id']}", {**WHOLE, "is_primary": False}, version=1)
    assert (answer.status_code, answer.json) == (200, made)
    assert len(deeds(company.admin, f"/contacts/{made['id']}/timeline")) == 1


def test_wants_to_know_the_version(company: Company) -> None:
    made = contact(company.admin)
    path = f"/contacts/{made['id']}"
    for answer in (company.admin.patch(path, {"title": "总监"}), company.admin.delete(path)):
        assert (answer.status_code, answer.json["code"]) == (428, "version-required")
    assert shown(company.admin, made["id"]) == made


def test_says_field_by_field_who_was_first(company: Company) -> None:
    there = customer(company.admin)
    made = contact(company.admin, title="经理", birthday={"calendar": "solar", "month": 5, "day": 4})
    company.admin.patch(f"/contacts/{made['id']}", {"title": "总监", "customer_id": there["id"]}, version=1)
    mine = {"title": "主管", "wechat": "s", "customer_id": None, "birthday": made["birthday"]}
    answer = company.admin.patch(f"/contacts/{made['id']}", mine, version=1)
    assert (answer.status_code, answer.json["code"]) == (412, "stale")
    assert answer.json["conflicts"] == [
        {"field": "customer_id", "yours": None, "theirs": there["id"]},
        {"field": "title", "yours": "主管", "theirs": "总监"},
        {"field": "wechat", "yours": "s", "theirs": None},
    ]
    assert answer.json["current"]["version"] == 2
    assert answer.json["changed_by"] == {"id": company.user_id, "name": "秦明远"}
    assert shown(company.admin, made["id"])["title"] == "总监"


FRAGMENTS = ["单", "田芳", "单田芳", "shantianfang", "shan tian", "stf", "1234", "13800001234", "dantian"]


@pytest.mark.parametrize("q", FRAGMENTS)
def test_is_found_by_any_fragment(company: Company, q: str) -> None:
    contact(company.admin, **WHOLE)
    contact(company.admin, "王建国", phones=[{"number": "13911119999"}])
    assert names(company.admin, f"/contacts?q={q}") == ["单田芳"]


def test_is_found_by_its_new_name_and_number_only(company: Company) -> None:
    made = contact(company.admin, **WHOLE)
    changed = {"name": "曾志伟", "phones": [{"number": "13700005678"}]}
    assert company.admin.patch(f"/contacts/{made['id']}", changed, version=1).status_code == 200
    for q, found in {"zengzhiwei": 1, "5678": 1, "志伟": 1, "单田": 0, "1234": 0}.items():
        assert len(names(company.admin, f"/contacts?q={q}")) == found, q


def test_filters_and_sorts(company: Company) -> None:
    there = customer(company.admin)
    contact(company.admin, "安娜", role="user", customer_id=there["id"], title="工程师")
    contact(company.admin, "白岩", role="finance", gender="male")
    contact(company.admin, "陈冲", role="user", gender="female")
    assert names(company.admin) == ["陈冲", "白岩", "安娜"]
    assert names(company.admin, "/contacts?sort=name") == ["安娜", "白岩", "陈冲"]
    assert names(company.admin, "/contacts?role=user&sort=name") == ["安娜", "陈冲"]
    assert names(company.admin, "/contacts?role.ne=user") == ["白岩"]
    assert names(company.admin, f"/contacts?customer_id={there['id']}") == ["安娜"]
    assert names(company.admin, "/contacts?customer_id.empty=true&sort=name") == ["白岩", "陈冲"]
    assert names(company.admin, "/contacts?title.contains=工程") == ["安娜"]
    counted = company.admin.get("/contacts?gender=female&total=true").json["total"]
    assert counted == {"count": 1, "capped": False}
    refused = company.admin.get("/contacts?role=boss")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "role")


def test_pages_follow_one_another(company: Company) -> None:
    for i in range(5):
        contact(company.admin, f"联系人{i}")
    seen, cursor = [], ""
    while cursor is not None:
        page = company.admin.get(f"/contacts?limit=2{cursor and '&cursor=' + cursor}").json
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [f"联系人{i}" for i in (4, 3, 2, 1, 0)]


def test_lists_the_contacts_of_a_customer(company: Company, other_company: Company) -> None:
    there, elsewhere = customer(company.admin), customer(company.admin, "云岫智能科技")
    contact(company.admin, "安娜", customer_id=there["id"])
    contact(company.admin, "白岩", customer_id=elsewhere["id"])
    contact(company.admin, "陈冲", customer_id=there["id"])
    assert names(company.admin, f"/customers/{there['id']}/contacts") == ["陈冲", "安娜"]
    assert names(company.admin, f"/customers/{there['id']}/contacts?q=安娜") == ["安娜"]
    assert names(company.admin, f"/customers/{there['id']}/contacts?customer_id={elsewhere['id']}") == []
    assert other_company.admin.get(f"/customers/{there['id']}/contacts").status_code == 404


def test_takes_one_statement_to_read(company: Company) -> None:
    there = customer(company.admin)
    made = [contact(company.admin, f"联系人{i}", customer_id=there["id"]) for i in range(3)]
    names(company.admin)
    statements_of = {
        "/contacts": 1,
        "/contacts?q=联系": 1,
        f"/contacts/{made[0]['id']}": 1,
        f"/customers/{there['id']}/contacts": 2,
    }
    for path, count in statements_of.items():
        with sent() as statements:
            assert company.admin.get(path).status_code == 200
        assert len(statements) == count, (path, statements)


def test_takes_few_statements_to_write(company: Company) -> None:
    there = customer(company.admin)
    with sent() as statements:
        made = contact(company.admin, **{**WHOLE, "customer_id": there["id"]})
    # The customer, the time zone, the agenda, the contact, its grams, the trail, the answer.
    assert len(statements) == 7
    with sent() as statements:
        changed = company.admin.patch(f"/contacts/{made['id']}", {"title": "总监"}, version=1)
    assert changed.status_code == 200
    # The contact, locked; its change, the trail, the answer.
    assert len(statements) == 4


def test_the_same_key_makes_one_contact(company: Company) -> None:
    key = {"Idempotency-Key": "contact-0001"}
    first = company.admin.post("/contacts", {"name": "单田芳"}, headers=key)
    again = company.admin.post("/contacts", {"name": "单田芳"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    assert names(company.admin) == ["单田芳"]
