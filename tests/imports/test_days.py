"""Days and spans of time as files spell them."""

from datetime import date

import pytest

from app.imports import cells, days
from app.imports.cells import Unreadable

SPRING = date(2024, 3, 18)


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-18", "2024/3/18", "2024.3.18", "2024年3月18日", "2024 年 3 月 18 号", "20240318",
        "２０２４／３／１８",
        "2024-03-18 星期一", "2024-03-18 09:41:00", "2024-03-18T00:00:00Z", "2024年3月18日 9点41分", "45369",
        "45369.5", "18/03/2024", "03/18/2024", "Mar 18, 2024", "18 March 2024", "18-Mar-2024",
        "March 18th, 2024",
    ],
)  # fmt: skip
def test_reads_a_day(written: str) -> None:
    assert days.day(written) == SPRING


@pytest.mark.parametrize(
    "written", ["昨天", "2024年3月", "2024-02-30", "24/3/18", "2024", "18", "x" * 100_000]
)
def test_takes_nothing_else_for_a_day(written: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        days.day(written)
    assert refusal.value.code == "not-a-date"


def test_does_not_guess_which_is_the_month() -> None:
    with pytest.raises(Unreadable) as refusal:
        days.day("03/04/2024")
    assert refusal.value.code == "ambiguous-day"
    assert days.day("05/05/2024") == date(2024, 5, 5)


@pytest.mark.parametrize(
    "written",
    [
        "3月8日", "3 月 8 号", "03-08", "3/8", "3.8", "０３－０８", "8 March", "Mar 8th", "8-Mar",
        "2009-03-08", "2009年3月8日", "2026-03-08 00:00:00", "20090308", "45359",
    ],
)  # fmt: skip
def test_reads_a_day_of_the_year(written: str) -> None:
    assert days.year_day(written) == "03-08"


def test_does_not_guess_the_month_of_a_whole_date_either() -> None:
    with pytest.raises(Unreadable) as refusal:
        days.year_day("03/08/2009")
    assert refusal.value.code == "ambiguous-day"


def test_the_29th_of_february_is_a_day_of_the_year() -> None:
    assert days.year_day("2月29日") == "02-29"


@pytest.mark.parametrize(
    "written", ["三月八日", "2月30日", "13-08", "8/31/", "3月", "0-8", "Ma 8", "x" * 100_000]
)
def test_takes_nothing_else_for_a_day_of_the_year(written: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        days.year_day(written)
    assert refusal.value.code == "not-a-year-day"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24", (24, None)), ("24个月", (24, "month")), ("2年", (24, "month")), ("一年半", (18, "month")),
        ("两年", (24, "month")),
        ("十二个月", (12, "month")), ("半年", (6, "month")), ("每季度", (3, "month")),
        ("每6个月一次", (6, "month")), ("90天", (90, "day")),
        ("2周", (14, "day")), ("2 years", (24, "month")),
        ("30 days", (30, "day")),
    ],
)  # fmt: skip
def test_reads_a_span(written: str, meant: tuple[int, str | None]) -> None:
    assert days.interval(written) == meant


@pytest.mark.parametrize("written", ["0", "1.5月", "终身", "3-5年", "每", " " * 50, "1" * 100_000])
def test_takes_nothing_else_for_a_span(written: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        days.interval(written)
    assert refusal.value.code == "not-a-span"


def test_a_warranty_is_told_in_months() -> None:
    assert (days.months("3年"), days.months("18")) == (36, 18)
    with pytest.raises(Unreadable):
        days.months("90天")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3", ("3", "")),
        ("1,200.5 米", ("1200.5", "米")),
        ("2箱", ("2", "箱")),
        ("约 12 台套", ("12", "台套")),
    ],
)
def test_reads_a_quantity_with_its_unit(written: str, meant: tuple[str, str]) -> None:
    number, unit = cells.quantity(written)
    assert (str(number), unit) == meant


@pytest.mark.parametrize("written", ["一批", "-3", "3x4", "1.5e3", "9" * 100_000])
def test_takes_nothing_else_for_a_quantity(written: str) -> None:
    with pytest.raises(Unreadable):
        cells.quantity(written)
