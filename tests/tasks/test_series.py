"""Tasks that come back: each that is done makes the next one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.activities.people import task, titles
from tests.contacts.people import customer
from tests.support.client import Company, sign_up
from tests.support.people import change, hire
from tests.tasks.frozen import MORNING, at, dues, rung, sweep, utc

DAILY = {
    "every": "day",
    "interval": 1,
    "weekdays": [],
    "day": None,
    "month": None,
    "until": None,
    "count": None,
}
WEDNESDAY = utc(2037, 3, 18, 10)
THURSDAY, FRIDAY = utc(2037, 3, 19, 10), utc(2037, 3, 20, 10)


@pytest.fixture
def morning(app: Flask) -> Iterator[Company]:
    """A company on the morning of a Wednesday."""
    with at(MORNING):
        yield sign_up(app)


def daily(company: Company, **facts: Any) -> dict[str, Any]:
    return task(company.admin, "日报", **{"due_at": WEDNESDAY, "repeat": {"every": "day"}, **facts})


def complete(company: Company, made: dict[str, Any]) -> dict[str, Any]:
    answer = company.admin.post(f"/tasks/{made['id']}/completion")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def following(company: Company, made: dict[str, Any]) -> dict[str, Any]:
    """The one that was made when this one was done."""
    return dict(company.admin.get(f"/tasks/{complete(company, made)['next']['id']}").json)


def test_the_next_one_is_as_the_last(morning: Company) -> None:
    about = customer(morning.admin)["id"]
    made = daily(
        morning,
        detail="含拜访",
        priority="high",
        customer_id=about,
        reminders=[{"amount": 1, "unit": "hours"}],
    )
    assert (made["repeat"], made["occurrence"], made["next"]) == (DAILY, 1, None)
    done = complete(morning, made)
    assert done["next"]["due_at"] == THURSDAY
    second = morning.admin.get(f"/tasks/{done['next']['id']}").json
    fresh = ("id", "due_at", "occurrence", "created_at", "updated_at")
    assert {k: v for k, v in second.items() if k not in fresh} == {
        k: v for k, v in made.items() if k not in fresh
    }
    assert second["occurrence"] == 2
    sweep(morning, MORNING + timedelta(days=1, hours=7, minutes=1))
    assert rung(morning.admin) == [("待办提醒：日报", "2037-03-19 18:00 截止")]


def test_ticking_twice_makes_one(morning: Company) -> None:
    made = daily(morning)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: complete(morning, made), range(4)))
    assert dues(morning.admin) == [THURSDAY]


def test_taking_the_tick_back_takes_the_next_one_back(morning: Company) -> None:
    made = daily(morning)
    for _ in range(2):
        complete(morning, made)
        assert morning.admin.delete(f"/tasks/{made['id']}/completion").json["next"] is None
    assert dues(morning.admin) == [WEDNESDAY]
    complete(morning, made)
    assert dues(morning.admin) == [THURSDAY]


def test_a_next_one_that_was_changed_stays(morning: Company) -> None:
    made = daily(morning)
    second = following(morning, made)
    change(morning.admin, f"/tasks/{second['id']}", detail="已动过")
    morning.admin.delete(f"/tasks/{made['id']}/completion")
    assert dues(morning.admin) == [WEDNESDAY, THURSDAY]
    complete(morning, made)
    assert dues(morning.admin) == [THURSDAY]


def test_what_was_left_lying_comes_back_once(morning: Company) -> None:
    made = daily(morning, due_at=utc(2037, 3, 9, 10))
    assert complete(morning, made)["next"]["due_at"] == WEDNESDAY


def test_what_is_done_early_comes_back_on_its_own_day(morning: Company) -> None:
    made = daily(morning, due_at=utc(2037, 3, 31, 10), repeat={"every": "month", "day": 31})
    second = following(morning, made)
    assert second["due_at"] == utc(2037, 4, 30, 10)
    assert following(morning, second)["due_at"] == utc(2037, 5, 31, 10)


@pytest.mark.parametrize("end", [{"count": 2}, {"until": "2037-03-19"}])
def test_ends(morning: Company, end: dict[str, Any]) -> None:
    second = following(morning, daily(morning, repeat={"every": "day", **end}))
    assert complete(morning, second)["next"] is None
    assert titles(morning.admin, "/tasks?done_at.empty=true") == []


def test_keeps_the_hour_of_the_companys_clock(morning: Company) -> None:
    tenant = morning.admin.get("/tenant").json
    moved = morning.admin.patch("/tenant", {"timezone": "Europe/Berlin"}, version=tenant["version"])
    assert moved.status_code == 200, moved.json
    made = daily(morning, due_at=utc(2037, 3, 28, 8), repeat={"every": "day"})
    assert complete(morning, made)["next"]["due_at"] == utc(2037, 3, 29, 7)


def test_this_one_alone_is_changed(morning: Company) -> None:
    made = daily(morning)
    path = f"/tasks/{made['id']}"
    change(morning.admin, path, title="周三的日报", due_at=utc(2037, 3, 18, 12))
    second = following(morning, made)
    assert (second["title"], second["due_at"]) == ("日报", THURSDAY)


def test_this_one_and_the_following_are_changed(morning: Company) -> None:
    seller = hire(morning, "sales")
    made = daily(morning)
    change(
        morning.admin,
        f"/tasks/{made['id']}",
        title="晨报",
        owner_id=seller.id,
        due_at=utc(2037, 3, 19, 1),
        scope="following",
    )
    second = following(morning, made)
    assert (second["title"], second["owner"]["id"], second["due_at"]) == (
        "晨报",
        seller.id,
        utc(2037, 3, 20, 1),
    )


def test_another_rhythm_begins_with_this_one(morning: Company) -> None:
    second = following(morning, daily(morning))
    path = f"/tasks/{second['id']}"
    changed = change(morning.admin, path, repeat={"every": "week", "weekdays": ["mo"]}).json
    assert (changed["repeat"]["every"], changed["occurrence"]) == ("week", 1)
    trail = morning.admin.get(f"/audit-records?subject_id={second['id']}").json["items"][0]
    assert trail["changes"] == [
        {
            "field": "repeat",
            "before": "FREQ=DAILY;INTERVAL=1",
            "after": "FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=MO",
        }
    ]
    assert following(morning, second)["due_at"] == utc(2037, 3, 23, 10)


def test_a_series_is_ended(morning: Company) -> None:
    first = daily(morning)
    second = following(morning, first)
    ended = change(morning.admin, f"/tasks/{second['id']}", repeat=None).json
    assert (ended["repeat"], ended["occurrence"]) == (None, None)
    assert complete(morning, second)["next"] is None
    morning.admin.delete(f"/tasks/{first['id']}/completion")
    assert complete(morning, first)["next"] is None
    assert dues(morning.admin) == []


def test_one_that_is_deleted_makes_way_for_the_next(morning: Company) -> None:
    made = daily(morning)
    assert morning.admin.delete(f"/tasks/{made['id']}", version=1).status_code == 204
    assert dues(morning.admin) == [THURSDAY]


def test_one_is_deleted_with_all_that_follow(morning: Company) -> None:
    made = daily(morning)
    path = f"/tasks/{made['id']}/series"
    assert morning.admin.delete(path, version=1).status_code == 204
    assert dues(morning.admin) == []


def test_a_series_that_ended_with_one_comes_back_with_it(morning: Company) -> None:
    second = following(morning, daily(morning))
    assert morning.admin.delete(f"/tasks/{second['id']}/series", version=1).status_code == 204
    back = morning.admin.post(f"/tasks/{second['id']}/restoration").json
    assert (back["repeat"], back["occurrence"], back["next"]) == (DAILY, 2, None)
    assert complete(morning, back)["next"]["due_at"] == FRIDAY


def test_a_series_that_was_ended_before_stays_so(morning: Company) -> None:
    made = daily(morning)
    change(morning.admin, f"/tasks/{made['id']}", repeat=None)
    assert morning.admin.delete(f"/tasks/{made['id']}", version=2).status_code == 204
    assert morning.admin.post(f"/tasks/{made['id']}/restoration").json["repeat"] is None


def test_the_following_of_what_is_done_are_not_changed_there(morning: Company) -> None:
    made = daily(morning)
    second = following(morning, made)
    version = morning.admin.get(f"/tasks/{made['id']}").json["version"]
    for body, field in (
        ({"title": "晨报", "scope": "following"}, "scope"),
        ({"repeat": {"every": "week"}}, "repeat"),
    ):
        answer = morning.admin.patch(f"/tasks/{made['id']}", body, version=version)
        assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, "task-is-done")]
    assert morning.admin.get(f"/tasks/{second['id']}").json == second


def test_whoever_has_left_is_given_no_more(morning: Company) -> None:
    seller = hire(morning, "sales")
    made = daily(morning, owner_id=seller.id)
    change(morning.admin, f"/users/{seller.id}", state="disabled")
    assert following(morning, made)["owner"]["id"] == morning.user_id


@pytest.mark.parametrize(
    ("repeat", "field", "code"),
    [
        ({"every": "hour"}, "repeat.every", "not-a-choice"),
        ({"every": "day", "interval": 0}, "repeat.interval", "out-of-range"),
        ({"every": "week", "interval": 60}, "repeat.interval", "out-of-range"),
        ({"every": "day", "until": "2037-03-17"}, "repeat.until", "ends-before-it-begins"),
        ({"every": "day", "until": "soon"}, "repeat.until", "not-a-day"),
        ({"every": "year", "month": 4, "day": 31}, "repeat.day", "no-such-day"),
        ({"every": "day", "rule": "FREQ=SECONDLY"}, "repeat.rule", "unknown-field"),
    ],
)
def test_refuses_what_is_not_offered(morning: Company, repeat: Any, field: str, code: str) -> None:
    answer = morning.admin.post("/tasks", {"title": "日报", "due_at": WEDNESDAY, "repeat": repeat})
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert titles(morning.admin) == []
