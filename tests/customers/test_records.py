"""Customers are made, shown and changed; what is wrong is named field by field and nothing is kept."""

from typing import Any

import pytest

from tests.customers.desk import change, customer, deeds, faults, names, shown
from tests.support.client import Company
from tests.support.people import hire

FULL: dict[str, Any] = {
    "kind": "company",
    "name": "澄江机械有限公司",
    "type": "partner",
    "tier": "gold",
    "stage": "intent",
    "source": "展会",
    "industry": "制造",
    "region": "江苏",
    "address": "苏州市工业园区星湖街 1 号",
    "website": "https://example.com/about",
    "credit_code": "91320594MA1ABCDE0F",
    "employees": 120,
    "founded_year": 2008,
    "founding_day": "03-08",
    "annual_revenue": {"amount": 1_234_567_00, "currency": "CNY"},
    "phones": [{"number": "+8613812345678", "label": "总机"}, {"number": "+862168888888", "label": ""}],
    "email": "office@example.com",
    "tags": ["重点", "老客户"],
    "remark": "第一行\n第二行",
}
EMPTY: dict[str, Any] = {
    "tier": None, "source": None, "industry": None, "region": None, "address": None, "website": None,
    "credit_code": None, "employees": None, "founded_year": None, "founding_day": None,
    "annual_revenue": None, "phones": [], "email": None, "tags": [], "remark": None, "parent_id": None,
}  # fmt: skip


def test_keeps_everything_that_is_told(company: Company) -> None:
    answer = company.admin.post("/customers", FULL)
    assert answer.status_code == 201
    body = answer.json
    assert {name: body[name] for name in FULL} == FULL
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"/api/v1/customers/{body['id']}"
    me = {"id": company.user_id, "name": "秦明远"}
    assert (body["version"], body["owner"], body["created_by"], body["parent"]) == (1, me, me, None)
    assert body["department"]["name"] == "澄川科技"
    assert (body["collaborators"], body["contact_count"], body["child_count"]) == ([], 0, 0)
    assert body["can"] == {"update": True, "delete": True, "transfer": True, "share": True, "merge": True}
    again = company.admin.get(f"/customers/{body['id']}")
    assert (again.json, again.headers["ETag"]) == (body, '"1"')


def test_a_row_of_the_list_shows_the_same_as_the_record(company: Company) -> None:
    made = company.admin.post("/customers", FULL).json
    [row] = company.admin.get("/customers").json["items"]
    assert row == {name: made[name] for name in row}
    assert set(made) - set(row) == {"collaborators", "contact_count", "child_count", "created_by", "can"}


def test_a_name_is_enough(company: Company) -> None:
    made = customer(company.admin, "  云岫   ")
    assert (made["name"], made["kind"], made["type"], made["stage"]) == (
        "云岫", "company", "end_customer", "potential",
    )  # fmt: skip
    assert {name: made[name] for name in EMPTY if name != "parent_id"} == {
        name: value for name, value in EMPTY.items() if name != "parent_id"
    }


def test_changes_only_what_is_told(company: Company) -> None:
    made = company.admin.post("/customers", FULL).json
    answer = company.admin.patch(f"/customers/{made['id']}", {"stage": "deal"}, version=1)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    after = answer.json
    differing = {name for name in made if made[name] != after[name]}
    assert differing == {"stage", "version", "updated_at"}
    assert deeds(company.admin, made)[0] == ("updated", ["stage"])


def test_null_empties_a_field(company: Company) -> None:
    made = company.admin.post("/customers", FULL).json
    after = change(company.admin, made, **{**EMPTY, "phones": [], "tags": []})
    assert after.status_code == 200
    expected = {name: value for name, value in EMPTY.items() if name != "parent_id"}
    assert {name: after.json[name] for name in expected} == expected


def test_saving_what_is_there_already_changes_nothing(company: Company) -> None:
    made = company.admin.post("/customers", FULL).json
    answer = company.admin.patch(f"/customers/{made['id']}", FULL, version=1)
    assert (answer.status_code, answer.json) == (200, made)
    assert [deed for deed, _ in deeds(company.admin, made)] == ["created"]


def test_phones_are_kept_in_one_form_and_each_once(company: Company) -> None:
    given = [{"number": "138 1234 5678", "label": "手机"}, {"number": "+8613812345678"}, {"number": "12345"}]
    made = customer(company.admin, phones=given)
    assert made["phones"] == [
        {"number": "+8613812345678", "label": "手机"},
        {"number": "12345", "label": ""},
    ]


def test_one_tag_is_one_tag_however_it_is_spelled(company: Company) -> None:
    customer(company.admin, "甲公司", tags=["VIP", "Ｖｉｐ", " vip "])
    made = customer(company.admin, "乙公司", tags=["vip", "新客"])
    assert made["tags"] == ["VIP", "新客"]
    assert names(company.admin, "tag=viP&sort=name") == ["甲公司", "乙公司"]
    assert company.admin.get("/customer-facets").json["tags"] == [
        {"name": "VIP", "count": 2},
        {"name": "新客", "count": 1},
    ]


WRONG: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"name": ""}, ("name", "required")),
    ({"name": "   "}, ("name", "required")),
    ({"name": None}, ("name", "null")),
    ({"name": "长" * 201}, ("name", "too-long")),
    ({"name": "甲\x00乙"}, ("name", "bad-character")),
    ({"name": "甲\n乙"}, ("name", "bad-character")),
    ({"name": 5}, ("name", "not-text")),
    ({"kind": "animal"}, ("kind", "not-a-choice")),
    ({"type": None}, ("type", "null")),
    ({"tier": "best"}, ("tier", "not-a-choice")),
    ({"stage": 1}, ("stage", "not-text")),
    ({"website": "ftp://example.com"}, ("website", "invalid-url")),
    ({"email": "nobody"}, ("email", "invalid-email")),
    ({"employees": -1}, ("employees", "out-of-range")),
    ({"employees": 1.5}, ("employees", "not-a-number")),
    ({"employees": True}, ("employees", "not-a-number")),
    ({"founded_year": 99999}, ("founded_year", "out-of-range")),
    ({"founding_day": "02-30"}, ("founding_day", "not-a-day-of-the-year")),
    ({"founding_day": "3-8"}, ("founding_day", "not-a-day-of-the-year")),
    ({"founding_day": "2009-03-08"}, ("founding_day", "not-a-day-of-the-year")),
    ({"founding_day": 308}, ("founding_day", "not-text")),
    ({"annual_revenue": {"amount": -1}}, ("annual_revenue.amount", "out-of-range")),
    ({"annual_revenue": {"amount": 1, "currency": "ZZZ"}}, ("annual_revenue.currency", "not-a-choice")),
    ({"annual_revenue": {"amount": 10**18}}, ("annual_revenue.amount", "out-of-range")),
    ({"phones": [{"number": "12345"}, {"number": "abc"}]}, ("phones.1.number", "invalid-phone")),
    ({"phones": [{"label": "手机"}]}, ("phones.0.number", "required")),
    ({"phones": "12345"}, ("phones", "not-a-list")),
    ({"phones": [{"number": "12345"}] * 21}, ("phones", "too-many")),
    ({"tags": ["长" * 31]}, ("tags.0", "too-long")),
    ({"tags": [str(i) for i in range(31)]}, ("tags", "too-many")),
    ({"parent_id": "nonsense"}, ("parent_id", "not-an-id")),
    ({"parent_id": "01980000-0000-7000-8000-000000000000"}, ("parent_id", "unknown-reference")),
    ({"colour": "red"}, ("colour", "unknown-field")),
    ({"remark": "长" * 5001}, ("remark", "too-long")),
]


@pytest.mark.parametrize(("sent", "fault"), WRONG)
def test_names_what_cannot_be_taken(company: Company, sent: dict[str, Any], fault: tuple[str, str]) -> None:
    answer = company.admin.post("/customers", {"name": "澄江", **sent})
    assert faults(answer) == [fault]
    assert names(company.admin) == []
    made = customer(company.admin)
    assert faults(change(company.admin, made, **sent)) == [fault]
    assert shown(company.admin, made) == made


def test_names_all_faults_at_once(company: Company) -> None:
    answer = company.admin.post("/customers", {"employees": -1, "tier": "best", "email": "x"})
    assert sorted(faults(answer)) == [
        ("email", "invalid-email"),
        ("employees", "out-of-range"),
        ("name", "required"),
        ("tier", "not-a-choice"),
    ]


def test_large_bounds_are_grouped_and_years_are_not(company: Company) -> None:
    for sent, message in (
        ({"employees": 10**9}, "应在 0 到 10,000,000 之间"),
        ({"founded_year": 99999}, "应在 1000 到 2100 之间"),
    ):
        answer = company.admin.post("/customers", {"name": "澄江", **sent})
        assert [error["message"] for error in answer.json["errors"]] == [message]


@pytest.mark.parametrize("day", ["02-29", "12-31", "01-01"])
def test_celebrates_any_day_of_a_leap_year(company: Company, day: str) -> None:
    made = customer(company.admin, founding_day="03-08")
    changed = change(company.admin, made, founding_day=day)
    assert (changed.status_code, changed.json["founding_day"]) == (200, day)
    assert deeds(company.admin, made)[0] == ("updated", ["founding_day"])
    assert change(company.admin, changed.json, founding_day=None).json["founding_day"] is None


def test_says_in_words_what_is_no_day_of_the_year(company: Company) -> None:
    answer = company.admin.post("/customers", {"name": "澄江", "founding_day": "13-01"})
    assert [error["message"] for error in answer.json["errors"]] == ["应为一年里的某一天，例如 03-08"]
    assert names(company.admin) == []


def test_the_owner_is_not_changed_in_passing(company: Company) -> None:
    made, other = customer(company.admin), hire(company, "sales")
    assert faults(change(company.admin, made, owner_id=other.id)) == [("owner_id", "unknown-field")]
    assert shown(company.admin, made)["owner"]["id"] == company.user_id


def test_a_change_says_which_version_it_is_based_on(company: Company) -> None:
    made = customer(company.admin)
    answer = company.admin.patch(f"/customers/{made['id']}", {"stage": "deal"})
    assert (answer.status_code, answer.json["code"]) == (428, "version-required")
    assert company.admin.delete(f"/customers/{made['id']}").status_code == 428
    assert shown(company.admin, made) == made


def test_a_stale_change_is_answered_field_by_field(company: Company) -> None:
    made, colleague = customer(company.admin), hire(company, "administrator", name="卢晓")
    path = f"/customers/{made['id']}"
    theirs = {"stage": "deal", "region": "江苏"}
    assert colleague.browser.patch(path, theirs, version=1).status_code == 200
    mine = {"stage": "lost", "region": "江苏", "phones": [{"number": "12345"}]}
    answer = company.admin.patch(path, mine, version=1)
    assert (answer.status_code, answer.json["code"]) == (412, "stale")
    assert answer.json["conflicts"] == [
        {"field": "stage", "yours": "lost", "theirs": "deal"},
        {"field": "phones", "yours": [{"number": "12345", "label": ""}], "theirs": []},
    ]
    assert answer.json["current"]["version"] == 2
    assert answer.json["changed_by"] == {"id": colleague.id, "name": "卢晓"}
    assert answer.json["changed_at"][:10] == shown(company.admin, made)["updated_at"][:10]
    assert shown(company.admin, made)["stage"] == "deal"
    stale = company.admin.delete(path, version=1)
    assert (stale.status_code, stale.json["conflicts"]) == (412, [])
    assert names(company.admin) == [made["name"]]


def test_two_at_the_same_time_make_two_versions_or_none(company: Company) -> None:
    made = customer(company.admin)
    path = f"/customers/{made['id']}"
    answers = [company.admin.patch(path, {"stage": stage}, version=1) for stage in ("deal", "lost")]
    assert [answer.status_code for answer in answers] == [200, 412]


def test_the_same_key_makes_one_customer(company: Company) -> None:
    key = {"Idempotency-Key": "a-key-of-this-test"}
    first, again = (company.admin.post("/customers", {"name": "澄江"}, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert again.headers["ETag"] == '"1"'
    assert names(company.admin) == ["澄江"]
    other = company.admin.post("/customers", {"name": "另一家"}, headers=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency-mismatch")
