"""What follows a period: months follow months, days follow days."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.budgets.periods import following


@pytest.mark.parametrize(
    ("first", "last", "begin", "end"),
    [
        ("2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28"),
        ("2028-01-01", "2028-01-31", "2028-02-01", "2028-02-29"),
        ("2026-10-01", "2026-12-31", "2027-01-01", "2027-03-31"),
        ("2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31"),
        ("2026-01-05", "2026-01-11", "2026-01-12", "2026-01-18"),
    ],
)
def test_a_period_is_followed_by_one_of_its_kind(first: str, last: str, begin: str, end: str) -> None:
    followed = following(date.fromisoformat(first), date.fromisoformat(last))
    assert [one.isoformat() for one in followed] == [begin, end]


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_nothing_lies_between_a_period_and_the_next(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    begin, end = following(first, last)
    assert begin == last + timedelta(days=1)
    assert end >= begin
