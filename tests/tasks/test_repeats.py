"""The days on which a task comes back."""

from datetime import date
from typing import Any

import pytest

from app.core.errors import Invalid
from app.tasks.repeats import Repeat

FIRST = date(2026, 3, 18)  # a Wednesday


def days(start: date, number: int, **wanted: Any) -> list[date]:
    """The first times after the first one."""
    repeat, day, found = Repeat.wanted(wanted, first=start), start, []
    while len(found) < number and (following := repeat.after(day, start=start)):
        found.append(day := following)
    return found


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        ({"every": "day"}, "FREQ=DAILY;INTERVAL=1"),
        ({"every": "day", "interval": 10, "count": 5}, "FREQ=DAILY;INTERVAL=10;COUNT=5"),
        ({"every": "week"}, "FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=WE"),
        (
            {"every": "week", "interval": 2, "weekdays": ["fr", "mo", "fr"], "until": date(2026, 12, 31)},
            "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,FR;UNTIL=20261231",
        ),
        ({"every": "month"}, "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=18"),
        ({"every": "month", "day": 30}, "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ({"every": "month", "day": 31}, "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1"),
        ({"every": "year", "month": 4, "day": 30}, "FREQ=YEARLY;INTERVAL=1;BYMONTH=4;BYMONTHDAY=30"),
        ({"every": "year", "month": 2, "day": 29}, "FREQ=YEARLY;INTERVAL=1;BYMONTH=2;BYMONTHDAY=-1"),
    ],
)
def test_a_repeat_is_a_rule_and_back(wanted: dict[str, Any], rule: str) -> None:
    repeat = Repeat.wanted(wanted, first=FIRST)
    assert repeat.rule == rule
    assert Repeat.of(rule) == repeat


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY;INTERVAL=1",
        "FREQ=DAILY;INTERVAL=1;BYHOUR=9",
        "FREQ=MONTHLY;INTERVAL=1;BYDAY=2MO",
        "INTERVAL=1",
        "nonsense",
    ],
)
def test_no_other_rule_is_read(rule: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Repeat.of(rule)


def test_every_so_many_days() -> None:
    assert days(date(2028, 2, 27), 3, every="day") == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]
    assert days(FIRST, 2, every="day", interval=10) == [date(2026, 3, 28), date(2026, 4, 7)]


def test_weekdays_of_every_second_week() -> None:
    assert days(FIRST, 4, every="week", interval=2, weekdays=["mo", "we"]) == [
        date(2026, 3, 30),
        date(2026, 4, 1),
        date(2026, 4, 13),
        date(2026, 4, 15),
    ]


def test_the_31st_is_the_last_day_of_shorter_months() -> None:
    assert days(date(2028, 1, 31), 4, every="month", day=31) == [
        date(2028, 2, 29),
        date(2028, 3, 31),
        date(2028, 4, 30),
        date(2028, 5, 31),
    ]
    assert days(date(2027, 1, 30), 2, every="month") == [date(2027, 2, 28), date(2027, 3, 30)]


def test_the_leap_day_is_the_28th_in_common_years() -> None:
    assert days(date(2027, 2, 28), 2, every="year", month=2, day=29) == [date(2028, 2, 29), date(2029, 2, 28)]


def test_ends_after_a_day() -> None:
    assert days(FIRST, 9, every="day", until=date(2026, 3, 20)) == [date(2026, 3, 19), date(2026, 3, 20)]


@pytest.mark.parametrize(
    ("wanted", "field", "code"),
    [
        ({"every": "week", "interval": 53}, "repeat.interval", "out-of-range"),
        ({"every": "year", "month": 2, "day": 30}, "repeat.day", "no-such-day"),
        ({"every": "day", "count": 2, "until": date(2027, 1, 1)}, "repeat.count", "two-ends"),
        ({"every": "day", "until": date(2026, 3, 17)}, "repeat.until", "ends-before-it-begins"),
    ],
)
def test_refuses_what_is_not_offered(wanted: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        Repeat.wanted(wanted, first=FIRST)
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [(field, code)]
