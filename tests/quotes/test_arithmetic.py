"""What a quote comes to."""

from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import Invalid
from app.core.money import MOST
from app.core.quantities import MOST_QUANTITY
from app.quotes.arithmetic import (
    LEAST_MARGIN_RATE,
    MOST_LINES,
    NONE,
    WHOLE,
    Discount,
    Figures,
    Line,
    work_out,
)


def line(quantity: str = "1", unit_price: int = 10_000, **facts: Any) -> Line:
    return Line(quantity=Decimal(quantity), unit_price=unit_price, **facts)


def totals(figures: Figures) -> tuple[int, ...]:
    return (figures.list_amount, figures.discount, figures.net, figures.tax, figures.gross)


def test_prices_without_tax_get_it_on_top() -> None:
    figures = work_out([line("3", 33_333, tax_rate=1300)], with_tax=False)
    assert (figures.net, figures.tax, figures.gross) == (99_999, 13_000, 112_999)


def test_prices_with_tax_have_it_inside() -> None:
    figures = work_out([line("1", 11_300, tax_rate=1300)], with_tax=True)
    assert (figures.net, figures.tax, figures.gross) == (10_000, 1_300, 11_300)


@pytest.mark.parametrize(
    ("quantity", "unit_price", "amount"),
    [("0.5", 1, 1), ("0.4999", 1, 0), ("1.5", 3, 5), ("0.3333", 100, 33), ("2.2250", 1_000, 2_225)],
)
def test_half_of_the_smallest_unit_goes_up(quantity: str, unit_price: int, amount: int) -> None:
    assert work_out([line(quantity, unit_price)], with_tax=False).net == amount


def test_a_discount_is_rounded_with_its_line_once() -> None:
    # 0.5 × 0.01 × 50 % is a quarter of a fen; rounded twice, it would be a whole one.
    figures = work_out([line("0.5", 1, discount=Discount(rate=5000))], with_tax=False)
    assert (figures.list_amount, figures.line_discounts, figures.net) == (1, 1, 0)


def test_tax_is_the_sum_of_the_lines_as_on_an_invoice() -> None:
    three = [line("1", 50, tax_rate=100)] * 3
    figures = work_out(three, with_tax=False)
    # 0.5 fen on each line goes up on each; 1.5 fen on all together would make 2.
    assert ([one.tax for one in figures.lines], figures.tax) == ([1, 1, 1], 3)


def test_the_discount_of_the_whole_is_spread_by_the_largest_remainder() -> None:
    figures = work_out(
        [line(unit_price=100), line(unit_price=200), line(unit_price=200)],
        discount=Discount(amount=11),
        with_tax=False,
    )
    assert [one.shared_discount for one in figures.lines] == [2, 5, 4]
    assert (figures.discount, figures.net) == (11, 489)


def test_of_equal_remainders_the_lower_tax_rate_gets_the_cent() -> None:
    low, high = line(unit_price=100, tax_rate=600), line(unit_price=100, tax_rate=1300)
    for order in ([low, high], [high, low]):
        figures = work_out(order, discount=Discount(amount=1), with_tax=False)
        assert [(rate.tax_rate, rate.net) for rate in figures.rates] == [(600, 99), (1300, 100)]


def test_totals_by_rate_stand_from_low_to_high() -> None:
    figures = work_out([line(tax_rate=1300), line(tax_rate=600), line("2", tax_rate=1300)], with_tax=False)
    assert [(r.tax_rate, r.net, r.tax, r.gross) for r in figures.rates] == [
        (600, 10_000, 600, 10_600),
        (1300, 30_000, 3_900, 33_900),
    ]


def test_the_margin_is_known_when_all_costs_are() -> None:
    known = line("2", 10_000, unit_cost=6_000, tax_rate=1300)
    figures = work_out([known], with_tax=False)
    assert (figures.cost, figures.margin, figures.margin_rate) == (12_000, 8_000, 4_000)
    figures = work_out([known, line()], with_tax=False)
    assert (figures.cost, figures.margin, figures.margin_rate) == (None, None, None)
    assert [one.margin for one in figures.lines] == [8_000, None]


def test_a_loss_is_negative_and_ends_somewhere() -> None:
    figures = work_out([line("1", 10_000, unit_cost=10_001)], with_tax=False)
    assert (figures.margin, figures.margin_rate) == (-1, -1)
    figures = work_out([line("1", 1, unit_cost=MOST)], with_tax=False)
    assert (figures.margin, figures.margin_rate) == (1 - MOST, LEAST_MARGIN_RATE)
    figures = work_out([line("1", 0, unit_cost=1)], with_tax=False)
    assert (figures.margin, figures.margin_rate) == (-1, None)


def test_the_discount_of_the_whole_can_take_a_line_below_its_floor() -> None:
    safe, tight = line(unit_price=10_000), line(unit_price=10_000, floor_price=9_500)
    assert work_out([safe, tight], with_tax=False).below_floor is False
    figures = work_out([safe, tight], discount=Discount(rate=600), with_tax=False)
    assert [one.below_floor for one in figures.lines] == [False, True]
    assert figures.below_floor is True


def test_nothing_comes_to_nothing() -> None:
    assert totals(work_out([], discount=Discount(rate=WHOLE), with_tax=True)) == (0, 0, 0, 0, 0)
    assert totals(work_out([line()], discount=Discount(rate=WHOLE), with_tax=True))[2:] == (0, 0, 0)


@pytest.mark.parametrize(
    ("of_lines", "discount", "field", "code"),
    [
        ([line(), line("0")], NONE, "lines.1.quantity", "out-of-range"),
        ([line("-1")], NONE, "lines.0.quantity", "out-of-range"),
        ([line("NaN")], NONE, "lines.0.quantity", "out-of-range"),
        ([line("Infinity")], NONE, "lines.0.quantity", "out-of-range"),
        ([line(str(MOST_QUANTITY + 1))], NONE, "lines.0.quantity", "out-of-range"),
        ([line("1.00001")], NONE, "lines.0.quantity", "too-many-decimals"),
        ([line("1E-9000")], NONE, "lines.0.quantity", "too-many-decimals"),
        ([line(unit_price=-1)], NONE, "lines.0.unit_price", "out-of-range"),
        ([line(unit_price=MOST + 1)], NONE, "lines.0.unit_price", "out-of-range"),
        ([line(tax_rate=WHOLE + 1)], NONE, "lines.0.tax_rate", "out-of-range"),
        ([line(floor_price=-1)], NONE, "lines.0.floor_price", "out-of-range"),
        ([line(unit_cost=-1)], NONE, "lines.0.unit_cost", "out-of-range"),
        ([line(discount=Discount(rate=WHOLE + 1))], NONE, "lines.0.discount.rate", "out-of-range"),
        ([line(discount=Discount(amount=-1))], NONE, "lines.0.discount.amount", "out-of-range"),
        ([line(discount=Discount(amount=10_001))], NONE, "lines.0.discount.amount", "discount-too-large"),
        ([line(discount=Discount(rate=1, amount=1))], NONE, "lines.0.discount.amount", "two-discounts"),
        ([line()], Discount(rate=-1), "discount.rate", "out-of-range"),
        ([line()], Discount(amount=10_001), "discount.amount", "discount-too-large"),
        ([line()], Discount(rate=1, amount=1), "discount.amount", "two-discounts"),
        ([line("2", MOST)], NONE, "lines.0.quantity", "sum-too-large"),
        ([line("1", MOST), line("1", 1)], NONE, "lines", "sum-too-large"),
        ([line("2", 1, unit_cost=MOST)], NONE, "lines", "sum-too-large"),
        ([line()] * (MOST_LINES + 1), NONE, "lines", "too-many"),
    ],
)
def test_what_cannot_be_worked_with_is_named(
    of_lines: list[Line], discount: Discount, field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        work_out(of_lines, discount=discount, with_tax=False)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        work_out([line("0", -1), line(tax_rate=-1)], discount=Discount(rate=-1), with_tax=True)
    named = [problem.field for problem in refused.value.problems]
    assert named == ["lines.0.quantity", "lines.0.unit_price", "lines.1.tax_rate", "discount.rate"]
