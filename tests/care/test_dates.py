"""Whose day it is, and when a step falls due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies

from app.care import dates, festivals
from app.care.dates import Offset, Stretch
from app.care.festivals import Festival
from app.care.states import Shift, Unit
from app.contacts.birthdays import Birthday, Calendar
from app.workdays.reckoning import Week

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
WEEK = Week(zone=SHANGHAI)
DAYS = strategies.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def patterns_of(calendar, month, day, *, leap):
    return (calendar.value, month, day, leap)


@given(
    DAYS,
    strategies.sampled_from(list(Calendar)),
    strategies.integers(1, 12),
    strategies.integers(1, 30),
    strategies.booleans(),
)
def test_finds_each_birthday_on_the_day_on_which_it_comes_round(start, calendar, month, day, leap):
    if calendar is Calendar.SOLAR:
        leap, day = False, min(day, 29 if month == 2 else 30)
    kept = Birthday(calendar=calendar, month=month, day=day, leap=leap)
    on = kept.next_on(start)
    mine = patterns_of(calendar, month, day, leap=leap)
    assert mine in dates.birthdays_on(on)
    for other in range(1, (on - start).days + 1):
        assert mine not in dates.birthdays_on(on - timedelta(days=other))


def test_greets_the_29th_of_february_on_the_28th_of_a_common_year():
    mine = patterns_of(Calendar.SOLAR, 2, 29, leap=False)
    assert mine in dates.birthdays_on(date(2027, 2, 28))
    assert mine not in dates.birthdays_on(date(2028, 2, 28))
    assert mine in dates.birthdays_on(date(2028, 2, 29))


def test_tells_a_leap_month_from_the_plain_one():
    # 25 July 2025 begins the leap sixth month, 23 June 2028 the leap fifth.
    assert dates.birthdays_on(date(2025, 7, 25))[1:] == [("lunar", 6, 1, True)]
    assert dates.birthdays_on(date(2028, 6, 23))[1:] == [("lunar", 5, 1, True)]
    # In a year without it the leap month is the plain one.
    assert ("lunar", 6, 1, True) in dates.birthdays_on(date(2026, 7, 14))
    assert ("lunar", 6, 1, True) not in dates.birthdays_on(date(2025, 6, 25))


def test_tells_the_lunar_year_of_a_birthday_that_falls_twice_into_a_solar_one():
    first, again = date(2022, 1, 10), date(2022, 12, 30)
    assert ("lunar", 12, 8, False) in dates.birthdays_on(first)
    assert ("lunar", 12, 8, False) in dates.birthdays_on(again)
    assert [dates.birthday_year("lunar", day) for day in (first, again)] == ["L2021", "L2022"]
    assert dates.birthday_year("solar", first) == "2022"


def test_knows_the_days_of_festivals():
    expected = {
        Festival.LUNAR_NEW_YEARS_EVE: date(2027, 2, 5),
        Festival.SPRING: date(2027, 2, 6),
        Festival.LANTERN: date(2027, 2, 20),
        Festival.DRAGON_BOAT: date(2027, 6, 9),
        Festival.QIXI: date(2027, 8, 8),
        Festival.MID_AUTUMN: date(2027, 9, 15),
        Festival.DOUBLE_NINTH: date(2027, 10, 8),
        Festival.NATIONAL: date(2027, 10, 1),
    }
    for festival, day in expected.items():
        assert festivals.between(festival, date(2027, 1, 1), date(2027, 12, 31)) == [day]


@given(strategies.integers(2020, 2060))
def test_the_eve_is_the_day_before_the_spring_festival(year):
    eve = festivals.DAYS[Festival.LUNAR_NEW_YEARS_EVE](year)
    assert eve + timedelta(days=1) == festivals.DAYS[Festival.SPRING](year + 1)


def test_finds_festivals_of_the_lunar_year_before():
    found = festivals.between(Festival.LABA, date(2022, 1, 1), date(2022, 12, 31))
    assert found == [date(2022, 1, 10), date(2022, 12, 30)]


@given(
    DAYS,
    strategies.integers(-13, 13),
    strategies.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH]),
    strategies.sampled_from(list(Shift)),
)
def test_finds_the_anchor_of_every_due_step(anchor, amount, unit, shift):
    offset = Offset(amount=amount, unit=unit, at=time(9), shift=shift)
    moment = dates.due_at(anchor, offset, WEEK)
    found = dates.anchors(Stretch(moment - timedelta(seconds=1), moment), offset, WEEK)
    assert found[anchor] == moment
    assert set(found.values()) == {moment}


def test_stretches_that_meet_share_nothing():
    at = datetime(2027, 3, 1, 1, tzinfo=UTC)
    before, after = Stretch(at - timedelta(days=1), at), Stretch(at, at + timedelta(days=1))
    first, second = (dates.anchors(one, Offset(), WEEK) for one in (before, after))
    assert set(first) == {date(2027, 3, 1)}
    assert set(second) == {date(2027, 3, 2)}


def test_shifts_off_days_without_work():
    # 1 to 7 October 2026 is a holiday; 20 September is worked although it is a Sunday.
    weekend = date(2026, 9, 20)
    assert dates.due_day(weekend, Offset(shift=Shift.BEFORE), WEEK) == weekend
    national = date(2026, 10, 1)
    assert dates.due_day(national, Offset(shift=Shift.BEFORE), WEEK) == date(2026, 9, 30)
    assert dates.due_day(national, Offset(shift=Shift.AFTER), WEEK) == date(2026, 10, 8)
    assert dates.due_day(national, Offset(), WEEK) == national


def test_a_month_too_short_has_a_last_day():
    assert dates.moved(date(2027, 1, 31), 1, Unit.MONTH) == date(2027, 2, 28)
    assert dates.moved(date(2027, 3, 31), -1, Unit.MONTH) == date(2027, 2, 28)
    assert dates.moved(date(2027, 1, 31), 2, Unit.WEEK) == date(2027, 2, 14)


def test_reckons_on_the_company_s_clock():
    day = date(2027, 3, 1)
    assert dates.due_at(day, Offset(at=time(9)), WEEK) == datetime(2027, 3, 1, 1, tzinfo=UTC)
    assert dates.due_at(day, Offset(at=time(9)), Week(zone=BERLIN)) == datetime(2027, 3, 1, 8, tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out_is_still_a_moment():
    # 28 March 2027: 02:00 becomes 03:00 in Berlin.
    missing = dates.due_at(date(2027, 3, 28), Offset(at=time(2, 30)), Week(zone=BERLIN))
    assert missing == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    twice = dates.due_at(date(2027, 10, 31), Offset(at=time(2, 30)), Week(zone=BERLIN))
    assert twice == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_what_is_reckoned_from_an_event_is_never_due_before_it():
    evening = datetime(2027, 3, 1, 12, tzinfo=UTC)
    same_day = Offset(at=time(9))
    assert dates.due_after(evening, same_day, WEEK) == evening
    week_on = Offset(amount=1, unit=Unit.WEEK, at=time(9))
    assert dates.due_after(evening, week_on, WEEK) == datetime(2027, 3, 8, 1, tzinfo=UTC)
    soon = Offset(amount=90, unit=Unit.MINUTE)
    assert dates.due_after(evening, soon, WEEK) == evening + timedelta(minutes=90)


def test_a_greeting_is_over_with_its_day():
    due = datetime(2027, 3, 1, 1, tzinfo=UTC)
    assert dates.expires(due, None, same_day=True, zone=SHANGHAI) == datetime(2027, 3, 1, 16, tzinfo=UTC)
    assert dates.expires(due, None, same_day=False, zone=SHANGHAI) == due + timedelta(days=3)
    assert dates.expires(due, 5, same_day=True, zone=SHANGHAI) == due + timedelta(hours=5)
