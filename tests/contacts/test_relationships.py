"""How contacts know each other: noted once, seen from both sides."""

from typing import Any

import pytest

from tests.contacts.people import contact, customer, names, role, worker
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent


def link(browser: Browser, one: dict[str, Any], other: dict[str, Any], kind: str, **facts: Any) -> Any:
    return browser.post(
        f"/contacts/{one['id']}/relationships", {"other_id": other["id"], "kind": kind, **facts}
    )


def known(browser: Browser, one: dict[str, Any]) -> list[tuple[str, str]]:
    answer = browser.get(f"/contacts/{one['id']}/relationships")
    assert answer.status_code == 200, answer.json
    return [(item["kind"], item["other"]["name"]) for item in answer.json["items"]]


@pytest.fixture
def two(company: Company) -> tuple[dict[str, Any], dict[str, Any]]:
    return contact(company.admin, "安娜"), contact(company.admin, "白岩")


@pytest.mark.parametrize(
    ("kind", "mirrored"),
    [
        ("superior", "subordinate"),
        ("subordinate", "superior"),
        ("colleague", "colleague"),
        ("family", "family"),
        ("introduced", "introduced"),
        ("rival", "rival"),
    ],
)
def test_is_seen_from_both_sides(company: Company, two: Any, kind: str, mirrored: str) -> None:
    # Whichever of the two was made first: what is stored must not depend on it.
    for one, other in (two, two[::-1]):
        answer = link(company.admin, one, other, kind, remark="大学同班")
        assert answer.status_code == 201
        assert answer.json == {
            "id": answer.json["id"],
            "other": {"id": other["id"], "name": other["name"]},
            "kind": kind,
            "remark": "大学同班",
            "created_at": answer.json["created_at"],
        }
        assert company.admin.get(f"/contacts/{one['id']}/relationships").json["items"] == [answer.json]
        assert known(company.admin, other) == [(mirrored, one["name"])]
        assert company.admin.delete(f"/contact-relationships/{answer.json['id']}").status_code == 204
        assert known(company.admin, one) == known(company.admin, other) == []


@pytest.mark.parametrize(("first", "again"), [("superior", "subordinate"), ("friend", "friend")])
def test_is_noted_once_from_whichever_side(company: Company, two: Any, first: str, again: str) -> None:
    one, other = two
    assert link(company.admin, one, other, first).status_code == 201
    for answer in (
        link(company.admin, one, other, first),
        link(company.admin, other, one, again),
        link(company.admin, other, one, first),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "relationship-exists")
    assert link(company.admin, one, other, "classmate").status_code == 201
    assert known(company.admin, one) == [(first, "白岩"), ("classmate", "白岩")]


def test_both_timelines_tell_it(company: Company) -> None:
    there = customer(company.admin)
    one, other = contact(company.admin, "安娜", customer_id=there["id"]), contact(company.admin, "白岩")
    made = link(company.admin, one, other, "superior").json
    company.admin.delete(f"/contact-relationships/{made['id']}")
    for side, kind, known_one in ((one, "superior", other), (other, "subordinate", one)):
        told = {"kind": kind, "contact": {"id": known_one["id"], "name": known_one["name"]}}
        items = company.admin.get(f"/contacts/{side['id']}/timeline").json["items"]
        assert [(item["kind"], item["changes"]) for item in items[:2]] == [
            ("unlinked", [{"field": "relationship", "before": told, "after": None}]),
            ("linked", [{"field": "relationship", "before": None, "after": told}]),
        ]
    timeline = company.admin.get(f"/customers/{there['id']}/timeline").json["items"]
    assert [(item["kind"], item["subject_label"]) for item in timeline[:2]] == [
        ("unlinked", "安娜"),
        ("linked", "安娜"),
    ]


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"kind": "friend"}, "other_id", "required"),
        (
            {"other_id": "01a20007-7fb3-73b0-9cfe-606978e570ee", "kind": "friend"},
            "other_id",
            "unknown-reference",
        ),
        ({"other_id": "SELF", "kind": "friend"}, "other_id", "same-contact"),
        ({"other_id": "OTHER", "kind": "enemy"}, "kind", "not-a-choice"),
        ({"other_id": "OTHER", "kind": "friend", "remark": "长" * 501}, "remark", "too-long"),
    ],
)
def test_refuses_what_cannot_be(
    company: Company, two: Any, sent: dict[str, str], field: str, code: str
) -> None:
    one, other = two
    ids = {"SELF": one["id"], "OTHER": other["id"]}
    body = {name: ids.get(value, value) for name, value in sent.items()}
    answer = company.admin.post(f"/contacts/{one['id']}/relationships", body)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]
    assert known(company.admin, one) == known(company.admin, other) == []


def test_takes_two_contacts_that_one_sees(company: Company) -> None:
    seller = worker(company, name="销售").browser
    own, hidden = contact(seller, "安娜"), contact(company.admin, "白岩")
    refused = link(seller, own, hidden, "friend")
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "unknown-reference")
    assert link(seller, hidden, own, "friend").status_code == 404
    assert known(company.admin, hidden) == []
    made = link(company.admin, hidden, own, "friend")
    assert made.status_code == 201
    assert known(seller, own) == []
    assert seller.delete(f"/contact-relationships/{made.json['id']}").status_code == 404
    assert known(company.admin, own) == [("friend", "白岩")]


def test_whoever_may_change_one_of_them_may_part_them(company: Company) -> None:
    reads_all = {"customer:read": "all", "contact:read": "all"}
    one, other = contact(company.admin, "安娜"), contact(company.admin, "白岩")
    made = link(company.admin, one, other, "friend").json
    seller = hire(company, role(company, "看全部改本人", {**reads_all, "contact:update": "own"})).browser
    refused = seller.delete(f"/contact-relationships/{made['id']}")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert known(seller, one) == [("friend", "白岩")]
    keeper = hire(company, role(company, "看全部改全部", {**reads_all, "contact:update": "all"})).browser
    assert keeper.delete(f"/contact-relationships/{made['id']}").status_code == 204
    assert known(company.admin, one) == []


def test_hides_those_in_the_bin_and_forgets_those_purged(company: Company, two: Any) -> None:
    one, other = two
    made = link(company.admin, one, other, "friend").json
    company.admin.delete(f"/contacts/{other['id']}", version=1)
    assert known(company.admin, one) == []
    assert company.admin.delete(f"/contact-relationships/{made['id']}").status_code == 404
    company.admin.post(f"/recycle-bin/contact/{other['id']}/restoration")
    assert known(company.admin, one) == [("friend", "白岩")]
    company.admin.delete(f"/contacts/{other['id']}", version=3)
    assert company.admin.delete(f"/recycle-bin/contact/{other['id']}", version=4).status_code == 204
    assert known(company.admin, one) == []
    assert names(company.admin) == ["安娜"]


def test_another_company_learns_nothing(company: Company, other_company: Company, two: Any) -> None:
    one, other = two
    made = link(company.admin, one, other, "friend").json
    assert other_company.admin.delete(f"/contact-relationships/{made['id']}").status_code == 404
    theirs = contact(other_company.admin, "陈冲")
    assert link(other_company.admin, theirs, one, "friend").status_code == 422
    assert link(other_company.admin, one, theirs, "friend").status_code == 404
    assert known(company.admin, one) == [("friend", "白岩")]


def test_takes_two_statements_however_many_there_are(company: Company) -> None:
    one = contact(company.admin, "安娜")
    for i in range(4):
        link(company.admin, one, contact(company.admin, f"朋友{i}"), "friend")
    with sent() as statements:
        assert len(known(company.admin, one)) == 4
    assert len(statements) == 2
