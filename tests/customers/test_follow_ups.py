"""A customer tells when it was last followed up, and when the next step is due."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from tests.activities.people import activity, moment, task
from tests.contacts.people import contact, customer
from tests.support.client import Browser, Company
from tests.support.people import change, hire
from tests.support.statements import sent

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Browser:
    return hire(company, "sales").browser


@pytest.fixture
def there(seller: Browser) -> Json:
    return customer(seller)


def told(browser: Browser, there: Json) -> tuple[str | None, str | None]:
    """The last follow-up and the next step; the customer itself has not changed."""
    shown = browser.get(f"/customers/{there['id']}")
    assert (shown.json["version"], shown.headers["ETag"]) == (there["version"], f'"{there["version"]}"')
    assert shown.json["updated_at"] == there["updated_at"]
    return shown.json["last_activity_at"], shown.json["next_step_at"]


def found(browser: Browser, query: str) -> list[str]:
    answer = browser.get(f"/customers?{query}")
    assert answer.status_code == 200, answer.json
    return [item["name"] for item in answer.json["items"]]


def test_the_last_follow_up_is_the_latest_that_counts(seller: Browser, there: Json) -> None:
    assert told(seller, there) == (None, None)
    old, new = moment(days=9), moment(days=2)
    first = activity(seller, there["id"], happened_at=old)
    assert told(seller, there)[0] == old
    person = contact(seller, customer_id=there["id"])
    second = activity(seller, contact_id=person["id"], happened_at=new)
    assert told(seller, there)[0] == new
    path = f"/activities/{second['id']}"
    assert seller.delete(path, version=1).status_code == 204
    assert told(seller, there)[0] == old
    assert seller.post(f"/recycle-bin/activity/{second['id']}/restoration").status_code in {200, 204}
    assert told(seller, there)[0] == new
    earlier = moment(days=20)
    assert change(seller, path, happened_at=earlier).status_code == 200
    assert told(seller, there)[0] == old
    assert seller.delete(f"/activities/{first['id']}", version=1).status_code == 204
    assert told(seller, there)[0] == earlier


def test_the_next_step_is_the_first_that_is_open(seller: Browser, there: Json) -> None:
    soon, later = moment(days=-1), moment(days=-9)
    near = task(seller, customer_id=there["id"], due_at=soon)
    task(seller, customer_id=there["id"], due_at=later)
    assert told(seller, there) == (None, soon)
    assert seller.post(f"/tasks/{near['id']}/completion").status_code == 200
    assert told(seller, there)[1] == later
    assert seller.delete(f"/tasks/{near['id']}/completion").status_code == 200
    assert told(seller, there)[1] == soon
    elsewhere = customer(seller, "别处公司")
    assert change(seller, f"/tasks/{near['id']}", customer_id=elsewhere["id"]).status_code == 200
    assert (told(seller, there)[1], told(seller, elsewhere)[1]) == (later, soon)
    version = seller.get(f"/tasks/{near['id']}").json["version"]
    assert seller.delete(f"/tasks/{near['id']}", version=version).status_code == 204
    assert told(seller, elsewhere)[1] is None


def test_what_is_about_a_contact_alone_counts_for_its_customer(seller: Browser, there: Json) -> None:
    due, at = moment(days=-3), moment(days=3)
    person = contact(seller, "无主之人")
    activity(seller, contact_id=person["id"], happened_at=at)
    task(seller, contact_id=person["id"], due_at=due)
    assert told(seller, there) == (None, None)
    assert change(seller, f"/contacts/{person['id']}", customer_id=there["id"]).status_code == 200
    assert told(seller, there) == (at, due)
    assert change(seller, f"/contacts/{person['id']}", customer_id=None).status_code == 200
    assert told(seller, there)[1] is None


def test_a_series_that_goes_on_has_a_next_step(seller: Browser, there: Json) -> None:
    made = task(seller, customer_id=there["id"], repeat={"every": "day", "interval": 3})
    assert told(seller, there)[1] == made["due_at"]
    assert seller.post(f"/tasks/{made['id']}/completion").status_code == 200
    following = seller.get(f"/tasks/{made['id']}").json["next"]
    assert told(seller, there)[1] == following["due_at"] > made["due_at"]


def test_lists_find_who_was_forgotten(seller: Browser) -> None:
    names = ("从未", "很久", "刚刚")
    made = {name: customer(seller, name) for name in names}
    activity(seller, made["很久"]["id"], happened_at=moment(days=40))
    activity(seller, made["刚刚"]["id"])
    task(seller, customer_id=made["刚刚"]["id"], due_at=moment(days=-2))
    task(seller, customer_id=made["很久"]["id"], due_at=moment(days=2))
    assert found(seller, "sort=last_activity_at") == ["从未", "很久", "刚刚"]
    assert found(seller, "sort=-last_activity_at") == ["刚刚", "很久", "从未"]
    assert found(seller, "sort=next_step_at") == ["很久", "刚刚", "从未"]
    assert found(seller, "last_activity_at.lt=-30d&sort=last_activity_at") == ["从未", "很久"]
    assert found(seller, "last_activity_at.gte=-30d") == ["刚刚"]
    assert found(seller, "last_activity_at.empty=true") == ["从未"]
    assert found(seller, "next_step_at.lt=0d") == ["很久"]
    assert found(seller, "next_step_at.gte=0d") == ["刚刚"]
    assert found(seller, "next_step_at.empty=true") == ["从未"]
    tree = {"or": [
        {"field": "last_activity_at", "op": "empty", "value": True},
        {"and": [{"field": "next_step_at", "op": "lt", "value": "1d"}, {"field": "name", "value": "很久"}]},
    ]}  # fmt: skip
    assert sorted(found(seller, f"filter={json.dumps(tree)}")) == ["从未", "很久"]


def test_pages_go_on_behind_those_without_a_time(seller: Browser) -> None:
    for name in "甲乙丙":
        customer(seller, name)
    seen: list[str] = []
    for sort in ("last_activity_at", "-next_step_at"):
        cursor = ""
        for _ in range(3):
            page = seller.get(f"/customers?sort={sort}&limit=1&cursor={cursor}").json
            seen += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert cursor is None
    assert sorted(seen) == ["丙", "丙", "乙", "乙", "甲", "甲"]


@pytest.mark.parametrize("value", ["-30", "30days", "d", "-12345d"])
def test_only_whole_days_are_told_from_today(seller: Browser, value: str) -> None:
    answer = seller.get(f"/customers?last_activity_at.lt={value}")
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [("last_activity_at.lt", "not-a-time")]


def test_today_is_that_of_the_company(company: Company) -> None:
    there = customer(company.admin)
    now = clock.now()
    for zone, ahead in (("Pacific/Kiritimati", 14), ("Pacific/Niue", -11)):
        shown = company.admin.get("/tenant")
        answer = company.admin.patch("/tenant", {"timezone": zone}, version=shown.json["version"])
        assert answer.status_code == 200, answer.json
        here = now + timedelta(hours=ahead)
        start = here.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=ahead)
        made = activity(company.admin, there["id"], happened_at=f"{start:%Y-%m-%dT%H:%M:%S.000000Z}")
        assert found(company.admin, "last_activity_at.gte=0d") == [there["name"]]
        assert found(company.admin, "last_activity_at.gte=1d") == []
        assert company.admin.delete(f"/activities/{made['id']}", version=1).status_code == 204


def test_keeping_it_true_costs_two_statements(seller: Browser, there: Json) -> None:
    def kept() -> int:
        with sent() as statements:
            activity(seller, there["id"], next_step={"title": "再访", "due_at": moment(days=-1)})
        return sum(one.startswith("UPDATE customers r SET") for one in statements)

    assert [kept(), kept()] == [2, 2]
