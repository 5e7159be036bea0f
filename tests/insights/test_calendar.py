"""The calendar: days at a glance, and one's tasks in a calendar of one's own."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from icalendar import Calendar

from app.insights import calendar as insight
from tests.activities.people import activity, task
from tests.contacts.people import customer
from tests.support.client import Browser, Company, sign_up
from tests.support.people import change, department, hire
from tests.support.statements import sent
from tests.tasks.frozen import MORNING, at, utc

WEEK = {"first": "2037-03-16", "days": "7"}


@pytest.fixture
def morning(app: Flask) -> Iterator[Company]:
    """A company on the morning of a Wednesday."""
    with at(MORNING):
        yield sign_up(app)


def look(browser: Browser, **asked: Any) -> dict[str, Any]:
    answer = browser.get("/calendar", query_string={**WEEK, **asked})
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def names(shown: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """The titles of what is due, of what is planned, and what was done."""
    return (
        [one["title"] for one in shown["tasks"]],
        [one["title"] for one in shown["planned"]],
        [one["gist"] for one in shown["activities"]],
    )


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path.removeprefix('/api/v1')}?{parts.query}"


def test_shows_what_is_due_planned_and_done_on_some_days(morning: Company) -> None:
    about = customer(morning.admin)
    task(morning.admin, "周一零点", due_at=utc(2037, 3, 15, 16))
    task(morning.admin, "周日深夜", due_at=utc(2037, 3, 22, 15, 59))
    task(morning.admin, "上周", due_at=utc(2037, 3, 15, 15, 59))
    task(morning.admin, "下周", due_at=utc(2037, 3, 22, 16))
    made = task(morning.admin, "晨会", due_at=utc(2037, 3, 19, 1), repeat={"every": "day"})
    activity(morning.admin, about["id"], content="谈" * 300)
    shown = look(morning.admin)
    assert names(shown) == (["周一零点", "晨会", "周日深夜"], ["晨会"] * 3, ["谈" * 120])
    assert shown["tasks"][1] == made
    assert [(one["task_id"], one["due_at"]) for one in shown["planned"]] == [
        (made["id"], utc(2037, 3, day, 1)) for day in (20, 21, 22)
    ]
    assert shown["activities"][0]["customer"] == {"id": about["id"], "name": about["name"]}
    assert shown["cut"] is False


def test_no_more_is_planned_than_is_left_of_a_series(morning: Company) -> None:
    task(morning.admin, "三次", due_at=utc(2037, 3, 17, 1), repeat={"every": "day", "count": 3})
    assert [one["due_at"] for one in look(morning.admin)["planned"]] == [
        utc(2037, 3, 18, 1),
        utc(2037, 3, 19, 1),
    ]
    assert look(morning.admin, first="2037-03-19")["planned"][0]["due_at"] == utc(2037, 3, 19, 1)
    assert look(morning.admin, first="2037-03-20")["planned"] == []


def test_of_colleagues_as_far_as_one_sees_them(morning: Company) -> None:
    lower = department(morning, "苏州办")
    seller, other = (hire(morning, "sales", department_id=lower) for _ in range(2))
    chief = hire(morning, "manager", department_id=lower).browser
    task(seller.browser, "拜访", due_at=utc(2037, 3, 18, 4))
    task(morning.admin, "自己的", due_at=utc(2037, 3, 18, 5))
    assert names(look(chief, owner_id=seller.id))[0] == ["拜访"]
    assert names(look(chief, owner_id=morning.user_id))[0] == []
    assert names(look(other.browser, owner_id=seller.id))[0] == []
    both = {**WEEK, "owner_id": [seller.id, morning.user_id]}
    assert names(morning.admin.get("/calendar", query_string=both).json)[0] == ["拜访", "自己的"]


def test_another_company_sees_none_of_it(morning: Company, app: Flask) -> None:
    task(morning.admin, due_at=utc(2037, 3, 18, 4))
    stranger = sign_up(app).admin
    assert names(look(stranger, owner_id=morning.user_id)) == ([], [], [])


def test_says_when_there_is_more_than_it_shows(morning: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insight, "MOST", 2)
    for _ in range(3):
        task(morning.admin, due_at=utc(2037, 3, 18, 4))
    shown = look(morning.admin)
    assert (len(shown["tasks"]), shown["cut"]) == (2, True)


def test_many_days_cost_no_more_statements(morning: Company) -> None:
    counts = []
    for number in (1, 12):
        for _ in range(number):
            task(morning.admin, due_at=utc(2037, 3, 18, 4), repeat={"every": "day"})
        with sent() as statements:
            look(morning.admin, days="42")
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"days": "63"}, "days", "out-of-range"),
        ({"first": "2037-02-30"}, "first", "not-a-day"),
        ({"first": "0001-01-01"}, "first", "too-far"),
        ({"first": "9999-12-31"}, "first", "too-far"),
        ({"owner_id": "me"}, "owner_id.0", "not-an-id"),
    ],
)
def test_refuses_what_are_no_days(morning: Company, asked: dict[str, str], field: str, code: str) -> None:
    answer = morning.admin.get("/calendar", query_string={**WEEK, **asked})
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]


def feed(company: Company, **facts: str) -> str:
    """The path of a new address."""
    answer = company.admin.post("/calendar/feed", **facts)
    assert answer.status_code == 201, answer.json
    return path_of(answer.json["address"])


def events(app: Flask, path: str) -> list[tuple[str, str]]:
    """What a calendar without a session reads under an address: title and beginning."""
    answer = Browser(app).get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    read = Calendar.from_ical(answer.data)
    return sorted((str(e["summary"]), e["dtstart"].to_ical().decode()) for e in read.walk("VEVENT"))


def test_ones_tasks_are_read_by_a_calendar_of_ones_own(morning: Company, app: Flask) -> None:
    seller = hire(morning, "sales")
    task(morning.admin, "寄样品, 两份", due_at=utc(2037, 3, 18, 4), detail="第一行\n第二行")
    task(morning.admin, "别人的", due_at=utc(2037, 3, 18, 4), owner_id=seller.id)
    done = task(morning.admin, "做完了", due_at=utc(2037, 3, 18, 4))
    morning.admin.post(f"/tasks/{done['id']}/completion")
    task(morning.admin, "周报", due_at=utc(2037, 3, 20, 10), repeat={"every": "week", "count": 3})
    assert events(app, feed(morning)) == [
        ("周报", "20370320T100000Z"),
        ("周报", "20370327T100000Z"),
        ("周报", "20370403T100000Z"),
        ("寄样品, 两份", "20370318T040000Z"),
    ]


def test_what_has_not_changed_is_not_sent_again(morning: Company, app: Flask) -> None:
    made = task(morning.admin, due_at=utc(2037, 3, 18, 4))
    path, phone = feed(morning), Browser(app)
    tag = phone.get(path).headers["ETag"]
    again = phone.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    change(morning.admin, f"/tasks/{made['id']}", title="寄两份样品")
    assert phone.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_an_address_is_renewed_and_revoked(morning: Company, app: Flask) -> None:
    assert morning.admin.get("/calendar/feed").json == {"since": None}
    first = feed(morning)
    second = feed(morning)
    phone = Browser(app)
    assert [phone.get(path).status_code for path in (first, second)] == [404, 200]
    assert morning.admin.get("/calendar/feed").json["since"] is not None
    for _ in range(2):
        assert morning.admin.delete("/calendar/feed").status_code == 204
    assert phone.get(second).status_code == 404
    actions = [r["action"] for r in morning.admin.get("/audit-records?subject_type=task_feed").json["items"]]
    assert actions == ["revoked", "created", "created"]


def test_an_address_is_shown_once(morning: Company) -> None:
    sending = {"headers": {"Idempotency-Key": "once-and-never-again"}}
    shown = morning.admin.post("/calendar/feed", **sending).json
    again = morning.admin.post("/calendar/feed", **sending).json
    assert "/calendar/feed.ics?token=" in shown["address"]
    assert again == {**shown, "address": None}


def test_whoever_has_left_or_may_not_read_gives_nothing_away(morning: Company, app: Flask) -> None:
    seller = hire(morning, "sales")
    path = path_of(seller.browser.post("/calendar/feed").json["address"])
    phone = Browser(app)
    assert phone.get(path).status_code == 200
    change(morning.admin, f"/users/{seller.id}", state="disabled")
    assert phone.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "no-such-company.secret", "..", "%E2%80%AE.x"])
def test_an_address_that_was_made_up_opens_nothing(app: Flask, morning: Company, token: str) -> None:
    assert Browser(app).get(f"/calendar/feed.ics?token={token}").status_code == 404
    assert Browser(app).get(f"{feed(morning)}x").status_code == 404
