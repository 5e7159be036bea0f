"""Who sees a contact follows its customer, or its own owner where there is no customer."""

from typing import Any

import pytest

from tests.contacts.people import contact, customer, deeds, names, role, shown, worker
from tests.support.client import Browser, Company
from tests.support.people import change, department, hire


def can(browser: Browser, contact_id: str) -> dict[str, bool]:
    return shown(browser, contact_id)["can"]


@pytest.fixture
def house(company: Company) -> dict[str, Any]:
    """Two departments, one below the other, with an owner of one customer with one contact in the lower."""
    upper = department(company, "华东区")
    lower = department(company, "苏州办", upper)
    owner = worker(company, name="主人", department_id=lower)
    there = customer(owner.browser)
    made = contact(owner.browser, customer_id=there["id"], phones=[{"number": "13800001234"}])
    return {"upper": upper, "lower": lower, "owner": owner, "customer": there, "contact": made}


@pytest.mark.parametrize(
    ("scope", "place", "sees"),
    [
        ("own", "lower", False),
        ("department", "lower", True),
        ("department", "upper", False),
        ("subtree", "upper", True),
        ("subtree", None, True),
        ("all", "upper", True),
    ],
)
def test_scope_decides(company: Company, house: dict[str, Any], scope: str, place: str, sees: bool) -> None:  # noqa: FBT001
    placed = {"department_id": house[place]} if place else {}
    browser = worker(company, scope, name="同事", **placed).browser
    contact_id = house["contact"]["id"]
    found = ["单田芳"] if sees else []
    assert names(browser) == found
    assert names(browser, "/contacts?q=1234") == found
    assert browser.get("/contacts?total=true").json["total"]["count"] == len(found)
    for path in ("", "/timeline", "/relationships"):
        assert browser.get(f"/contacts/{contact_id}{path}").status_code == (200 if sees else 404)
    answer = browser.patch(f"/contacts/{contact_id}", {"title": "经理"}, version=1)
    assert answer.status_code == (200 if sees else 404)
    assert shown(company.admin, contact_id)["title"] == ("经理" if sees else None)


def test_contacts_are_never_seen_farther_than_customers(company: Company, house: dict[str, Any]) -> None:
    wide = role(company, "宽", {"contact:read": "all", "contact:update": "all", "customer:read": "own"})
    browser = hire(company, wide).browser
    assert names(browser) == []
    assert browser.get(f"/contacts/{house['contact']['id']}").status_code == 404
    blind = hire(company, role(company, "盲", {"contact:read": "all"})).browser
    assert blind.get("/contacts").status_code == 403
    assert blind.get(f"/contacts/{house['contact']['id']}").status_code == 403
    assert names(company.admin) == ["单田芳"]


@pytest.mark.parametrize(
    ("reading", "count"),
    [
        ({"customer:read": "all"}, None),
        ({"customer:read": "all", "contact:read": "own"}, 0),
        ({"customer:read": "all", "contact:read": "department"}, 1),
        ({"customer:read": "subtree", "contact:read": "department"}, 1),
        ({"customer:read": "department", "contact:read": "all"}, 1),
        ({"customer:read": "all", "contact:read": "all"}, 1),
    ],
)
def test_a_customer_counts_the_contacts_that_one_sees(
    company: Company, house: dict[str, Any], reading: dict[str, str], count: int | None
) -> None:
    browser = hire(company, role(company, "读者", reading), department_id=house["lower"]).browser
    assert browser.get(f"/customers/{house['customer']['id']}").json["contact_count"] == count


def test_with_a_shared_customer_come_its_contacts_and_their_number(
    company: Company, house: dict[str, Any]
) -> None:
    reading = {"customer:read": "subtree", "contact:read": "own"}
    other = hire(company, role(company, "协作", reading), department_id=house["upper"])
    path = f"/customers/{house['customer']['id']}"
    assert other.browser.get(path).json["contact_count"] == 0
    owner = house["owner"].browser
    headers = {"If-Match": f'"{owner.get(path).json["version"]}"'}
    shared = owner.put(f"{path}/collaborators", {"user_ids": [other.id]}, headers=headers)
    assert shared.status_code == 200
    assert other.browser.get(path).json["contact_count"] == 1


@pytest.mark.parametrize("scope", ["own", "all"])
def test_the_trail_tells_of_contacts_no_farther_than_of_customers(
    company: Company, house: dict[str, Any], scope: str
) -> None:
    whole = {"audit:read": "all", "contact:read": "all", "customer:read": scope}
    browser = hire(company, role(company, "审计", whole)).browser
    told = browser.get(f"/audit-records?subject_id={house['contact']['id']}").json["items"]
    assert [line["action"] for line in told] == (["created"] if scope == "all" else [])


def test_a_customers_timeline_tells_of_contacts_only_to_their_readers(
    company: Company, house: dict[str, Any]
) -> None:
    path = f"/customers/{house['customer']['id']}/timeline"
    narrow = role(company, "窄", {"customer:read": "all", "contact:read": "own"})
    browser = hire(company, narrow).browser
    assert [label for _, label, _ in deeds(browser, path)] == ["澄江机械有限公司"]
    only = hire(company, role(company, "只看客户", {"customer:read": "all"})).browser
    assert [label for _, label, _ in deeds(only, path)] == ["澄江机械有限公司"]
    assert [label for _, label, _ in deeds(house["owner"].browser, path)] == ["单田芳", "澄江机械有限公司"]
    own = customer(company.admin, "云岫智能科技")
    contact(company.admin, "安娜", customer_id=own["id"])
    assert (
        company.admin.post(
            f"/customers/{own['id']}/transfer",
            {"owner_id": browser.get("/session").json["user"]["id"]},
            headers={"If-Match": '"1"'},
        ).status_code
        == 200
    )
    told = deeds(browser, f"/customers/{own['id']}/timeline")
    assert ("created", "安娜") in {(kind, label) for kind, label, _ in told}


def test_collaborators_read_and_edit_but_take_nothing_away(company: Company, house: dict[str, Any]) -> None:
    friend = worker(company, name="协作", department_id=house["upper"])
    there, contact_id = house["customer"], house["contact"]["id"]
    shared = house["owner"].browser.put(
        f"/customers/{there['id']}/collaborators", {"user_ids": [friend.id]}, headers={"If-Match": '"1"'}
    )
    assert shared.status_code == 200, shared.json
    browser = friend.browser
    assert names(browser) == names(browser, "/contacts?q=stf") == ["单田芳"]
    assert can(browser, contact_id) == {"update": True, "delete": False, "move": False, "merge": False}
    assert browser.patch(f"/contacts/{contact_id}", {"title": "经理"}, version=1).status_code == 200
    assert contact(browser, "安娜", customer_id=there["id"])["owner"]["id"] == house["owner"].id
    own = customer(browser, "云岫智能科技")
    for sent in ({"customer_id": own["id"]}, {"customer_id": None}):
        moved = browser.patch(f"/contacts/{contact_id}", sent, version=2)
        assert (moved.status_code, moved.json["code"]) == (403, "forbidden")
    deleted = browser.delete(f"/contacts/{contact_id}", version=2)
    assert (deleted.status_code, deleted.json["code"]) == (403, "forbidden")
    kept = shown(house["owner"].browser, contact_id)
    assert (kept["version"], kept["title"], kept["customer"]["id"]) == (2, "经理", there["id"])


def test_contacts_without_a_customer_are_their_makers(company: Company, house: dict[str, Any]) -> None:
    owner = house["owner"].browser
    alone = contact(owner, "散人")
    assert names(owner) == ["散人", "单田芳"]
    other = worker(company, name="同事", department_id=house["lower"]).browser
    assert other.get(f"/contacts/{alone['id']}").status_code == 404
    assert names(company.admin) == ["散人", "单田芳"]


def test_takes_contacts_only_to_customers_one_sees(company: Company, house: dict[str, Any]) -> None:
    other = worker(company, name="同事", department_id=house["lower"]).browser
    there = house["customer"]["id"]
    refused = other.post("/contacts", {"name": "安娜", "customer_id": there})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "unknown-reference")
    alone = contact(other, "散人")
    refused = other.patch(f"/contacts/{alone['id']}", {"customer_id": there}, version=1)
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "customer_id")
    assert shown(other, alone["id"]) == alone
    assert names(house["owner"].browser, f"/customers/{there}/contacts") == ["单田芳"]


def test_readers_only_read(company: Company, house: dict[str, Any]) -> None:
    viewer = hire(company, "viewer").browser
    contact_id = house["contact"]["id"]
    assert can(viewer, contact_id) == {"update": False, "delete": False, "move": False, "merge": False}
    for answer in (
        viewer.post("/contacts", {"name": "安娜"}),
        viewer.patch(f"/contacts/{contact_id}", {"title": "经理"}, version=1),
        viewer.delete(f"/contacts/{contact_id}", version=1),
        viewer.post(f"/contacts/{contact_id}/relationships", {"other_id": contact_id, "kind": "friend"}),
        viewer.get("/recycle-bin"),
    ):
        assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert shown(company.admin, contact_id) == {**house["contact"], "can": can(company.admin, contact_id)}
    assert names(company.admin) == ["单田芳"]


def test_another_company_learns_nothing(other_company: Company, house: dict[str, Any]) -> None:
    stranger, contact_id = other_company.admin, house["contact"]["id"]
    assert names(stranger) == names(stranger, "/contacts?q=1234") == []
    for answer in (
        stranger.get(f"/contacts/{contact_id}"),
        stranger.get(f"/contacts/{contact_id}/timeline"),
        stranger.get(f"/contacts/{contact_id}/relationships"),
        stranger.patch(f"/contacts/{contact_id}", {"title": "经理"}, version=1),
        stranger.delete(f"/contacts/{contact_id}", version=1),
    ):
        assert answer.status_code == 404
    refused = stranger.post("/contacts", {"name": "安娜", "customer_id": house["customer"]["id"]})
    assert refused.json["errors"][0]["code"] == "unknown-reference"
    assert shown(house["owner"].browser, contact_id) == house["contact"]


def test_goes_with_the_customer_to_its_new_owner(company: Company, house: dict[str, Any]) -> None:
    successor = worker(company, name="接手", department_id=house["upper"])
    there, contact_id = house["customer"]["id"], house["contact"]["id"]
    gone = contact(house["owner"].browser, "已删", customer_id=there)
    house["owner"].browser.delete(f"/contacts/{gone['id']}", version=1)
    given = company.admin.post(
        f"/customers/{there}/transfer", {"owner_id": successor.id}, headers={"If-Match": '"1"'}
    )
    assert given.status_code == 200, given.json
    assert names(house["owner"].browser) == []
    kept = shown(successor.browser, contact_id)
    assert kept["owner"]["id"] == successor.id
    assert (kept["department"]["name"], kept["version"]) == ("华东区", 1)
    back = successor.browser.post(f"/recycle-bin/contact/{gone['id']}/restoration")
    assert back.json["owner"]["id"] == successor.id


def test_goes_with_its_owner_to_another_department(company: Company, house: dict[str, Any]) -> None:
    alone = contact(house["owner"].browser, "散人")
    moved = change(company.admin, f"/users/{house['owner'].id}", department_id=house["upper"])
    assert moved.status_code == 200, moved.json
    for contact_id in (alone["id"], house["contact"]["id"]):
        assert shown(company.admin, contact_id)["department"]["name"] == "华东区"


def test_follows_the_customer_it_is_taken_to(company: Company, house: dict[str, Any]) -> None:
    own = customer(company.admin, "云岫智能科技")
    contact_id = house["contact"]["id"]
    moved = company.admin.patch(f"/contacts/{contact_id}", {"customer_id": own["id"]}, version=1)
    assert moved.json["owner"]["id"] == company.user_id
    assert house["owner"].browser.get(f"/contacts/{contact_id}").status_code == 404
    [line] = company.admin.get(f"/contacts/{contact_id}/timeline?limit=1").json["items"]
    assert line["changes"] == [
        {
            "field": "customer",
            "before": {"id": house["customer"]["id"], "name": "澄江机械有限公司"},
            "after": {"id": own["id"], "name": "云岫智能科技"},
        }
    ]
