"""Birthdays by both calendars: which days exist, and when each comes round next."""

from datetime import date, timedelta

import pytest

from app.contacts.birthdays import Birthday, Calendar
from app.core.errors import Invalid

SOLAR, LUNAR = Calendar.SOLAR, Calendar.LUNAR
TODAY = date(2026, 3, 18)


def solar(month: int, day: int, year: int | None = None) -> Birthday:
    return Birthday(calendar=SOLAR, month=month, day=day, year=year)


def lunar(month: int, day: int, year: int | None = None, *, leap: bool = False) -> Birthday:
    return Birthday(calendar=LUNAR, month=month, day=day, year=year, leap=leap)


@pytest.mark.parametrize(
    ("birthday", "today", "expected"),
    [
        (solar(3, 18), date(2026, 3, 18), date(2026, 3, 18)),
        (solar(3, 17), date(2026, 3, 18), date(2027, 3, 17)),
        (solar(12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        (solar(2, 29, 2000), date(2026, 1, 1), date(2026, 2, 28)),
        (solar(2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        # The first day of a lunar year.
        (lunar(1, 1), date(2026, 1, 1), date(2026, 2, 17)),
        (lunar(1, 1), date(2026, 2, 18), date(2027, 2, 6)),
        (lunar(8, 15), date(2025, 1, 1), date(2025, 10, 6)),
        # The end of a lunar year lies in the next solar one.
        (lunar(12, 8), date(2026, 1, 1), date(2026, 1, 26)),
        (lunar(12, 8), date(2026, 1, 27), date(2027, 1, 15)),
        # Born in a leap month: the leap month where there is one, else the plain one.
        (lunar(6, 1, 2025, leap=True), date(2025, 7, 1), date(2025, 7, 25)),
        (lunar(6, 1), date(2025, 7, 1), date(2026, 7, 14)),
        (lunar(6, 1, leap=True), date(2026, 1, 1), date(2026, 7, 14)),
        (lunar(2, 10, 2023, leap=True), date(2023, 3, 1), date(2023, 3, 31)),
        # The 30th of a month of 29 days is the 29th: the last day of the year 2025 by the lunar calendar.
        (lunar(12, 30), date(2026, 2, 1), date(2026, 2, 16)),
    ],
)
def test_comes_round_next(birthday: Birthday, today: date, expected: date) -> None:
    assert birthday.next_on(today) == expected


@pytest.mark.parametrize(
    "birthday",
    [
        solar(2, 29),
        solar(2, 29, 2000),
        solar(3, 18, 2026),
        lunar(1, 30),
        lunar(2, 29, 2023, leap=True),
        lunar(6, 30, leap=True),
        lunar(6, 30, 1979, leap=True),
        lunar(1, 30, 2026),
        lunar(1, 29, 2024),
    ],
)
def test_takes_days_that_exist(birthday: Birthday) -> None:
    birthday.check(today=TODAY)


@pytest.mark.parametrize(
    ("birthday", "field", "code"),
    [
        (solar(2, 30), "birthday.day", "no-such-day"),
        (solar(2, 29, 1999), "birthday.day", "no-such-day"),
        (solar(4, 31), "birthday.day", "no-such-day"),
        (solar(13, 1), "birthday.month", "out-of-range"),
        (solar(0, 1), "birthday.month", "out-of-range"),
        (solar(1, 0), "birthday.day", "no-such-day"),
        (solar(1, 1, 1899), "birthday.year", "out-of-range"),
        (solar(1, 1, 2027), "birthday.year", "out-of-range"),
        (solar(3, 19, 2026), "birthday.year", "birthday-to-come"),
        (Birthday(calendar=SOLAR, month=6, day=1, leap=True), "birthday.leap", "leap-month-is-lunar"),
        (lunar(1, 31), "birthday.day", "no-such-day"),
        (lunar(1, 30, 2024), "birthday.day", "no-such-day"),
        (lunar(13, 1), "birthday.month", "out-of-range"),
        (lunar(2, 30, 2023, leap=True), "birthday.day", "no-such-day"),
        (lunar(2, 30, leap=True), "birthday.day", "no-such-day"),
        (lunar(2, 1, 2024, leap=True), "birthday.leap", "no-such-leap-month"),
        (lunar(12, 1, leap=True), "birthday.leap", "no-such-leap-month"),
        (lunar(12, 1, 2026), "birthday.year", "birthday-to-come"),
    ],
)
def test_refuses_days_that_do_not_exist(birthday: Birthday, field: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        birthday.check(today=TODAY)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]


@pytest.mark.parametrize(
    "birthday", [lunar(m, 30, leap=leap) for m in range(1, 13) for leap in (False, True)]
)
def test_comes_round_in_every_lunar_year(birthday: Birthday) -> None:
    day, gaps = birthday.next_on(date(1999, 12, 31)), set[int]()
    while day.year < 2099:
        following = birthday.next_on(day + timedelta(days=1))
        gaps.add((following - day).days)
        day = following
    # Eleven to fourteen moons, give or take a day of clamping.
    assert gaps <= {*range(324, 328), *range(353, 357), *range(382, 386), *range(411, 415)}
