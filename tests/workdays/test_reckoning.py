"""Counting in working time: weekends, breaks, public holidays and the days worked in their place."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.workdays.reckoning import FURTHEST, Week

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
WEEK = Week(zone=SHANGHAI)


def _at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-16 09:30", 2, "2026-03-16 11:30"),
        ("2026-03-16 11:00", 2, "2026-03-16 14:00"),
        ("2026-03-16 17:00", 2, "2026-03-17 10:00"),
        ("2026-03-20 17:00", 2, "2026-03-23 10:00"),
        ("2026-03-21 10:00", 1, "2026-03-23 10:00"),
        ("2026-03-16 03:00", 8, "2026-03-16 18:00"),
        # The first of October begins a week off; Saturday the tenth is worked in place of one of its days.
        ("2026-09-30 17:00", 2, "2026-10-08 10:00"),
        ("2026-10-09 17:00", 2, "2026-10-10 10:00"),
    ],
)
def test_working_hours_pass_only_while_one_works(start: str, hours: int, end: str) -> None:
    assert WEEK.after_hours(_at(start), timedelta(hours=hours)) == _at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-16 15:30", 1, "2026-03-17 15:30"),
        ("2026-03-20 15:30", 1, "2026-03-23 15:30"),
        ("2026-03-21 10:00", 1, "2026-03-24 09:00"),
        ("2026-03-16 12:30", 1, "2026-03-17 13:00"),
        ("2026-09-30 10:00", 2, "2026-10-09 10:00"),
    ],
)
def test_a_working_day_later_is_the_same_time_of_day(start: str, days: int, end: str) -> None:
    assert WEEK.after_days(_at(start), days) == _at(end)


def test_what_the_company_says_of_a_day_counts_more_than_anything_else() -> None:
    week = replace(WEEK, exceptions={date(2026, 3, 17): False, date(2026, 3, 21): True})
    assert week.after_hours(_at("2026-03-16 17:00"), timedelta(hours=2)) == _at("2026-03-18 10:00")
    assert week.after_days(_at("2026-03-20 10:00"), 1) == _at("2026-03-21 10:00")
    plain = replace(WEEK, public_holidays=False)
    assert plain.after_days(_at("2026-09-30 10:00"), 1) == _at("2026-10-01 10:00")
    assert plain.after_days(_at("2026-10-09 10:00"), 1) == _at("2026-10-12 10:00")


def test_a_year_that_was_not_announced_yet_has_plain_weeks() -> None:
    assert WEEK.after_days(_at("2039-09-30 10:00"), 1) == _at("2039-10-03 10:00")


def test_who_never_works_is_not_waited_for_without_end() -> None:
    never = replace(WEEK, weekdays=frozenset(), public_holidays=False)
    start = _at("2026-03-16 10:00")
    assert never.after_hours(start, timedelta(hours=1)) == start + FURTHEST
    assert never.after_days(start, 1) == start + FURTHEST


def test_clocks_that_are_put_forward_keep_the_time_of_day() -> None:
    week = Week(zone=LONDON, public_holidays=False)
    assert week.after_days(_at("2026-03-27 10:00", LONDON), 1) == _at("2026-03-30 10:00", LONDON)


@given(
    some.integers(0, 330 * 24 * 60).map(lambda minutes: _at("2026-01-01") + timedelta(minutes=minutes)),
    some.integers(1, 60),
)
def test_counting_back_undoes_counting_forth(start: datetime, hours: int) -> None:
    end = WEEK.after_hours(start, timedelta(hours=hours))
    back = WEEK.before_hours(end, timedelta(hours=hours))
    assert WEEK.after_hours(back, timedelta(hours=hours)) == end
    assert WEEK.after_hours(back, timedelta(0)) == WEEK.after_hours(start, timedelta(0))
