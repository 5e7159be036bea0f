"""A timeline names no record that its reader may not see."""

from itertools import pairwise
from typing import Any

import pytest

from tests.contacts.people import contact, customer, worker
from tests.support.client import Browser, Company


def changes(browser: Browser, path: str) -> list[list[dict[str, Any]]]:
    """What each line of a timeline says, the oldest first."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.json
    return [item["changes"] for item in reversed(answer.json["items"])]


@pytest.fixture
def seller(company: Company) -> Browser:
    return worker(company, name="销售").browser


def test_hides_the_parents_of_a_customer(company: Company, seller: Browser) -> None:
    mine = customer(seller, "甲公司")
    hidden = [customer(company.admin, name) for name in ("集团一", "集团二")]
    path = f"/customers/{mine['id']}"
    for version, parent_id in enumerate([hidden[0]["id"], hidden[1]["id"], None], start=1):
        assert company.admin.patch(path, {"parent_id": parent_id}, version=version).status_code == 200
    named = [{"id": each["id"], "name": each["name"]} for each in hidden]
    told = [[{"field": "parent", "before": a, "after": b}] for a, b in pairwise([None, *named, None])]
    assert changes(company.admin, f"{path}/timeline")[1:] == told
    assert changes(seller, f"{path}/timeline")[1:] == [[], [], []]


def test_tells_of_the_parents_one_sees(company: Company, seller: Browser) -> None:
    mine, group = customer(seller, "甲公司"), customer(seller, "集团")
    hidden = customer(company.admin, "别的集团")
    path = f"/customers/{mine['id']}"
    assert seller.patch(path, {"parent_id": group["id"]}, version=1).status_code == 200
    assert company.admin.patch(path, {"parent_id": hidden["id"]}, version=2).status_code == 200
    named = {"id": group["id"], "name": "集团"}
    assert changes(seller, f"{path}/timeline")[1:] == [
        [{"field": "parent", "before": None, "after": named}],
        [{"field": "parent", "before": named, "after": None}],
    ]


def test_hides_whom_a_contact_knows_and_where_it_came_from(company: Company, seller: Browser) -> None:
    elsewhere, mine = customer(company.admin, "别人的公司"), customer(seller, "我的公司")
    moved = contact(company.admin, "王芳", customer_id=elsewhere["id"])
    friend = contact(company.admin, "李雷", customer_id=elsewhere["id"])
    path = f"/contacts/{moved['id']}"
    known = company.admin.post(f"{path}/relationships", {"other_id": friend["id"], "kind": "friend"})
    assert known.status_code == 201
    assert company.admin.patch(path, {"customer_id": mine["id"]}, version=1).status_code == 200
    there = {"id": mine["id"], "name": "我的公司"}
    made, linked, taken = changes(seller, f"{path}/timeline")
    assert [change["field"] for change in made] == ["name"]
    assert linked == [{"field": "relationship", "before": None, "after": {"kind": "friend", "contact": None}}]
    assert taken == [{"field": "customer", "before": None, "after": there}]
    about = {"kind": "friend", "contact": {"id": friend["id"], "name": "李雷"}}
    assert changes(company.admin, f"{path}/timeline")[1][0]["after"] == about
