"""When people may be written to."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consents.calm import WEEK, Calm

SHANGHAI = ZoneInfo("Asia/Shanghai")
PARIS = ZoneInfo("Europe/Paris")
HOURS = [f"{hour:02}:{minute}" for hour in range(24) for minute in ("00", "30")]


def calm(begins: str = "09:00", ends: str = "20:30", weekdays: tuple[int, ...] = WEEK) -> Calm:
    return Calm(needs_consent=False, begins=begins, ends=ends, weekdays=weekdays)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("wanted", "comes"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T20:29:59", "2026-11-23T20:29:59"),
        ("2026-11-23T20:30", "2026-11-24T09:00"),
        ("2026-11-23T03:00", "2026-11-23T09:00"),
        ("2026-12-31T23:59", "2027-01-01T09:00"),
    ],
)
def test_what_falls_in_the_night_waits_for_the_morning(wanted: str, comes: str) -> None:
    assert calm().next_moment(at(wanted), SHANGHAI) == at(comes)


def test_what_falls_on_a_day_of_rest_waits_for_the_next_day_that_is_none() -> None:
    working = calm(weekdays=(1, 2, 3, 4, 5))
    assert working.next_moment(at("2026-11-27T21:00"), SHANGHAI) == at("2026-11-30T09:00")
    only_sundays = calm(weekdays=(7,))
    assert only_sundays.next_moment(at("2026-11-22T20:30"), SHANGHAI) == at("2026-11-29T09:00")


def test_the_clock_is_the_companys() -> None:
    moment = at("2026-11-23T08:00", PARIS)
    assert calm().next_moment(moment, SHANGHAI) == moment
    assert calm().next_moment(moment, PARIS) == at("2026-11-23T09:00", PARIS)


def test_an_hour_that_a_change_of_clocks_leaves_out_is_made_up_for_or_passed_over() -> None:
    # In Paris 02:00 to 03:00 does not exist on 2026-03-29, and comes twice on 2026-10-25.
    within_the_gap = calm(begins="02:10", ends="02:50")
    evening = at("2026-03-28T20:00", PARIS)
    assert within_the_gap.next_moment(evening, PARIS) == at("2026-03-30T02:10", PARIS)
    first = within_the_gap.next_moment(at("2026-10-24T20:00", PARIS), PARIS)
    assert first == datetime(2026, 10, 25, 0, 10, tzinfo=UTC)


@given(
    moment=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    hours=st.lists(st.sampled_from(HOURS), min_size=2, max_size=2, unique=True).map(sorted),
    days=st.sets(st.sampled_from(WEEK), min_size=1),
    zone=st.sampled_from([SHANGHAI, PARIS, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]),
)
def test_it_is_the_first_moment_that_is_allowed(
    moment: datetime, hours: list[str], days: set[int], zone: ZoneInfo
) -> None:
    rule = calm(*hours, tuple(sorted(days)))
    comes = rule.next_moment(moment, zone)
    assert comes >= moment
    assert rule.allows(comes, zone)
    # A week has at most a gap that a change of clocks can make one week longer.
    assert comes - moment <= timedelta(days=15)
    if comes > moment:
        # What begins in an hour that is left out, begins within the hour after it.
        assert not rule.allows(max(moment, comes - timedelta(minutes=61)), zone)


def test_caps_are_told_by_the_time_they_are_for() -> None:
    rule = Calm(needs_consent=True, begins="09:00", ends="18:00", per_day=1, per_month=4)
    assert rule.caps() == [(timedelta(days=1), 1), (timedelta(days=30), 4)]
    assert Calm.read(rule.told()) == rule
