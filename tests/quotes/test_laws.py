"""Laws that hold for every quote there can be."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from app.core.money import MOST
from app.quotes.arithmetic import (
    MOST_LINES,
    NONE,
    WHOLE,
    Discount,
    Figures,
    Line,
    amount_of,
    work_out,
)
from tests.quotes.test_arithmetic import line, totals

BIGINT = 2**63 - 1


def half_up(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


quantities = some.decimals("0.0001", 100_000, places=4)
prices = some.integers(0, 10**8)
rates = some.integers(0, WHOLE)
tax_rates = some.sampled_from([0, 100, 300, 600, 900, 1300])
discounts = some.builds(Discount, rate=rates)
lines = some.builds(
    Line,
    quantity=quantities,
    unit_price=prices,
    tax_rate=tax_rates,
    discount=discounts,
    floor_price=some.none() | prices,
    unit_cost=some.none() | prices,
)
quotes = some.lists(lines, min_size=0, max_size=12)


@dataclass(frozen=True)
class Quote:
    """A quote there could be."""

    lines: list[Line]
    discount: Discount
    with_tax: bool

    def worked_out(self, lines: list[Line] | None = None, discount: Discount | None = None) -> Figures:
        return work_out(
            self.lines if lines is None else lines,
            discount=self.discount if discount is None else discount,
            with_tax=self.with_tax,
        )

    def agreed(self, discount: Discount) -> int:
        """What prices add up to in the end: with tax, or without."""
        figures = self.worked_out(discount=discount)
        return figures.gross if self.with_tax else figures.net


any_quote = some.builds(Quote, quotes, discounts, some.booleans())
# The same cases each time, however slow the machine.
law = settings(deadline=None, derandomize=True, database=None)


@law
@given(any_quote)
def test_everything_adds_up(quote: Quote) -> None:
    figures = quote.worked_out()
    for parts in (figures.lines, figures.rates):
        assert figures.net == sum(part.net for part in parts)
        assert figures.tax == sum(part.tax for part in parts)
        assert figures.gross == sum(part.gross for part in parts) == figures.net + figures.tax
    agreed = figures.gross if quote.with_tax else figures.net
    assert agreed == figures.list_amount - figures.line_discounts - figures.discount
    assert all(one.gross == one.net + one.tax for one in figures.lines)


@law
@given(any_quote)
def test_agrees_with_decimal_arithmetic(quote: Quote) -> None:
    figures = quote.worked_out()
    with localcontext(prec=60):
        off = [Decimal(WHOLE - one.discount.rate) / WHOLE for one in quote.lines]
        agreed = [
            half_up(one.quantity * one.unit_price * left) for one, left in zip(quote.lines, off, strict=True)
        ]
        whole = half_up(sum(agreed) * (Decimal(WHOLE - quote.discount.rate) / WHOLE))
        taken = sum(agreed) - whole
        assert figures.discount == taken
        for one, amount, worked_out in zip(quote.lines, agreed, figures.lines, strict=True):
            exact = Decimal(taken * amount) / sum(agreed) if sum(agreed) else Decimal(0)
            assert abs(worked_out.shared_discount - exact) < 1
            left = amount - worked_out.shared_discount
            rate = Decimal(one.tax_rate) / WHOLE
            net = half_up(left / (1 + rate)) if quote.with_tax else left
            assert worked_out.net == net
            assert worked_out.tax == (left - net if quote.with_tax else half_up(net * rate))


@law
@given(any_quote)
def test_nothing_is_negative_or_beyond_its_column(quote: Quote) -> None:
    figures = quote.worked_out()
    for part in (figures, *figures.rates, *figures.lines):
        assert 0 <= part.net <= part.gross <= BIGINT
        assert part.tax >= 0
    for one in figures.lines:
        assert 0 <= one.discount <= one.list_amount
        assert 0 <= one.shared_discount <= one.list_amount - one.discount


@law
@given(any_quote, some.randoms())
def test_the_order_of_lines_changes_no_total(quote: Quote, chance: Any) -> None:
    one = quote.worked_out()
    other = quote.worked_out(chance.sample(quote.lines, len(quote.lines)))
    assert totals(one) == totals(other)
    assert (one.rates, one.cost) == (other.rates, other.cost)


@law
@given(some.lists(some.tuples(some.integers(1, 1000).map(Decimal), prices)))
def test_twice_the_quantity_costs_twice_as_much(of_each: list[tuple[Decimal, int]]) -> None:
    of_lines = [Line(quantity=quantity, unit_price=unit_price) for quantity, unit_price in of_each]
    doubled = [one._replace(quantity=one.quantity * 2) for one in of_lines]
    once, twice = (work_out(some_lines, with_tax=False) for some_lines in (of_lines, doubled))
    assert twice.net == 2 * once.net


@law
@given(any_quote, some.integers(0, WHOLE), some.integers(0, WHOLE))
def test_a_larger_discount_never_costs_more(quote: Quote, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert quote.agreed(Discount(rate=more)) <= quote.agreed(Discount(rate=less))


@law
@given(any_quote, some.data())
def test_an_amount_is_taken_off_to_the_cent(quote: Quote, data: Any) -> None:
    before = quote.agreed(NONE)
    amount = data.draw(some.integers(0, before))
    assert quote.agreed(Discount(amount=amount)) == before - amount


@law
@given(quantities, prices)
def test_what_is_sold_at_its_floor_is_not_below_it(quantity: Decimal, price: int) -> None:
    at_floor = Line(quantity=quantity, unit_price=price, floor_price=price)
    assert work_out([at_floor], with_tax=True).below_floor is False
    lower = at_floor._replace(floor_price=price + 1)
    below = amount_of(quantity, price + 1) > amount_of(quantity, price)
    assert work_out([lower], with_tax=True).below_floor is below


@law
@given(some.lists(some.just(line("1", MOST // MOST_LINES, tax_rate=WHOLE)), max_size=MOST_LINES))
def test_the_largest_quote_fits(of_lines: list[Line]) -> None:
    assert work_out(of_lines, with_tax=False).gross <= 2 * MOST < 2**53
