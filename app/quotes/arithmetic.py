"""What a quote comes to. Pure: integers and Decimals in, integers (minor units) out; see docs/adr/0015.

How it is rounded, and in which order:

1. A line's amount is quantity × unit price × (1 − discount), worked out exactly and rounded once, half up.
   A discount that is an amount is taken off quantity × unit price, which is rounded in the same way.
2. The discount of the whole is taken off the sum of the lines; a share of it is rounded so that the sum that
   remains is half up. It is spread over the lines in proportion to their amounts, by the largest remainder:
   the lines add up to the total exactly. Equal remainders: the larger amount first, then the lower tax rate,
   then the earlier line; so no total depends on the order of the lines.
3. Tax is worked out for each line and rounded half up. Where prices are without tax, a line's net is its
   amount and the tax comes on top; where they are with tax, its gross is its amount, and net is what remains
   without the tax in it. Totals, and totals by rate, are sums of lines.

Nothing is negative but a margin, so that "half up" is "away from zero"; so is that of a margin's share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from app.core.errors import FieldProblem, Invalid, invalid
from app.core.money import MOST, share_of, shares
from app.core.quantities import DECIMALS, MOST_QUANTITY, in_parts

WHOLE = 10_000
"""A hundred per cent, in basis points; and one unit, in ten-thousandths."""
MOST_LINES = 500
LEAST_MARGIN_RATE = -100 * WHOLE
"""A loss of a hundred times the price; what is sold for nearly nothing is told as no worse than that."""
_BOUNDS = {"unit_price": MOST, "tax_rate": WHOLE, "floor_price": MOST, "unit_cost": MOST}
_Fault = tuple[str, str, tuple[tuple[str, object], ...]]
"""Where, a code, and the facts of its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """What is taken off: a share in basis points, or an amount in minor units; never both."""

    rate: int = 0
    amount: int = 0


NONE = Discount()


# A tuple: there are hundreds in a quote, and they are made three times as fast as other frozen things.
class Line(NamedTuple):
    """One line to be worked out; prices in minor units for one unit, rates in basis points."""

    quantity: Decimal
    unit_price: int
    tax_rate: int = 0
    discount: Discount = NONE
    floor_price: int | None = None
    """Below which one unit should not be sold; with or without tax as the unit price is."""
    unit_cost: int | None = None
    """What one unit costs, without tax; None: nobody knows."""


class LineFigures(NamedTuple):
    """What a line comes to; amounts in minor units."""

    list_amount: int
    """Before any discount; with or without tax as the prices are."""
    discount: int
    """Its own."""
    shared_discount: int
    """Its part in the discount of the whole."""
    net: int
    tax: int
    gross: int
    cost: int | None
    below_floor: bool
    """Whether, after all discounts, it brings less than its quantity at the floor price."""

    @property
    def margin(self) -> int | None:
        """What is earned; None where the cost is not known."""
        return None if self.cost is None else self.net - self.cost

    @property
    def margin_rate(self) -> int | None:
        """The margin as a share of the net, in basis points; None where there is none."""
        return _margin_rate(self.net, self.cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFigures:
    """What the lines of one tax rate come to."""

    tax_rate: int
    net: int
    tax: int
    gross: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a quote comes to; amounts in minor units."""

    lines: tuple[LineFigures, ...]
    rates: tuple[RateFigures, ...]
    """By tax rate, the lowest first."""
    list_amount: int
    line_discounts: int
    discount: int
    """Of the whole."""
    net: int
    tax: int
    gross: int
    cost: int | None
    """None as soon as the cost of one line is not known."""

    @property
    def below_floor(self) -> bool:
        """Whether any line is: another that brings more does not make up for it."""
        return any(line.below_floor for line in self.lines)

    @property
    def margin(self) -> int | None:
        """What is earned; None where not all costs are known."""
        return None if self.cost is None else self.net - self.cost

    @property
    def margin_rate(self) -> int | None:
        """The margin as a share of the net, in basis points; None where there is none."""
        return _margin_rate(self.net, self.cost)


def work_out(lines: Sequence[Line], *, discount: Discount = NONE, with_tax: bool) -> Figures:
    """What a quote of these lines comes to.

    :param discount: of the whole, after those of the lines
    :param with_tax: whether prices, floor prices and discounts are told with tax
    :raises Invalid: naming each field that cannot be worked with, as in `lines.3.quantity`
    """
    _check(lines, discount)
    parts = [in_parts(line.quantity) for line in lines]
    listed = [_amount(many, line.unit_price) for line, many in zip(lines, parts, strict=True)]
    _check_amounts(lines, parts, listed)
    amounts = [
        _after_own_discount(line, many, full) for line, many, full in zip(lines, parts, listed, strict=True)
    ]
    spread = _spread(lines, amounts, discount)
    figures = tuple(
        _line(line, many, full, amount, shared, with_tax=with_tax)
        for line, many, full, amount, shared in zip(lines, parts, listed, amounts, spread, strict=True)
    )
    costs = [line.cost for line in figures if line.cost is not None]
    return Figures(
        lines=figures,
        rates=_by_rate(lines, figures),
        list_amount=sum(listed),
        line_discounts=sum(line.discount for line in figures),
        discount=sum(spread),
        net=sum(line.net for line in figures),
        tax=sum(line.tax for line in figures),
        gross=sum(line.gross for line in figures),
        cost=sum(costs) if len(costs) == len(figures) else None,
    )


def amount_of(quantity: Decimal, unit_price: int) -> int:
    """What a quantity costs at a price, half up."""
    return _amount(in_parts(quantity), unit_price)


def _amount(parts: int, unit_price: int) -> int:
    return share_of(unit_price, parts, WHOLE)


def _after_own_discount(line: Line, parts: int, listed: int) -> int:
    if line.discount.amount:
        return listed - line.discount.amount
    return share_of(line.unit_price, parts * (WHOLE - line.discount.rate), WHOLE * WHOLE)


def _spread(lines: Sequence[Line], amounts: Sequence[int], discount: Discount) -> list[int]:
    whole = sum(amounts)
    if discount.amount > whole:
        raise invalid("discount.amount", "discount-too-large", max=whole)
    taken = discount.amount or whole - share_of(whole, WHOLE - discount.rate, WHOLE)
    ranks = [line.tax_rate for line in lines]
    return shares(taken, amounts, ranks)


def _line(line: Line, parts: int, listed: int, amount: int, shared: int, *, with_tax: bool) -> LineFigures:
    left = amount - shared
    net = share_of(left, WHOLE, WHOLE + line.tax_rate) if with_tax else left
    tax = left - net if with_tax else share_of(net, line.tax_rate, WHOLE)
    floor = None if line.floor_price is None else _amount(parts, line.floor_price)
    return LineFigures(
        list_amount=listed,
        discount=listed - amount,
        shared_discount=shared,
        net=net,
        tax=tax,
        gross=net + tax,
        cost=None if line.unit_cost is None else _amount(parts, line.unit_cost),
        below_floor=floor is not None and left < floor,
    )


def _by_rate(lines: Sequence[Line], figures: Sequence[LineFigures]) -> tuple[RateFigures, ...]:
    sums: dict[int, list[LineFigures]] = {}
    for line, worked_out in zip(lines, figures, strict=True):
        sums.setdefault(line.tax_rate, []).append(worked_out)
    return tuple(
        RateFigures(
            tax_rate=rate,
            net=sum(line.net for line in there),
            tax=sum(line.tax for line in there),
            gross=sum(line.gross for line in there),
        )
        for rate, there in sorted(sums.items())
    )


def _margin_rate(net: int, cost: int | None) -> int | None:
    if cost is None or net == 0:
        return None
    rate = share_of(abs(net - cost), WHOLE, net)
    return rate if net >= cost else max(-rate, LEAST_MARGIN_RATE)


def _check(lines: Sequence[Line], discount: Discount) -> None:
    if len(lines) > MOST_LINES:
        raise invalid("lines", "too-many", max=MOST_LINES)
    faults = [
        FieldProblem(f"lines.{place}.{name}", code, facts)
        for place, line in enumerate(lines)
        for name, code, facts in _faults(line)
    ]
    faults += [FieldProblem(*fault) for fault in _discount_faults(discount)]
    if faults:
        raise Invalid(*faults)


def _faults(line: Line) -> list[_Fault]:
    found = _quantity_faults(line.quantity)
    for name, most in _BOUNDS.items():
        number = getattr(line, name)
        if number is not None and not 0 <= number <= most:
            found.append((name, *_out_of(most)))
    return found + _discount_faults(line.discount)


def _quantity_faults(quantity: Decimal) -> list[_Fault]:
    if not quantity.is_finite() or not 0 < quantity <= MOST_QUANTITY:
        return [("quantity", "out-of-range", (("min", "0.0001"), ("max", MOST_QUANTITY)))]
    if quantity != round(quantity, DECIMALS):
        return [("quantity", "too-many-decimals", (("max", DECIMALS),))]
    return []


def _discount_faults(discount: Discount) -> list[_Fault]:
    found: list[_Fault] = []
    if not 0 <= discount.rate <= WHOLE:
        found.append(("discount.rate", *_out_of(WHOLE)))
    if not 0 <= discount.amount <= MOST:
        found.append(("discount.amount", *_out_of(MOST)))
    if discount.rate and discount.amount:
        found.append(("discount.amount", "two-discounts", ()))
    return found


def _out_of(most: int) -> tuple[str, tuple[tuple[str, object], ...]]:
    return "out-of-range", (("min", 0), ("max", most))


def _check_amounts(lines: Sequence[Line], parts: Sequence[int], listed: Sequence[int]) -> None:
    """No sum of a quote is beyond what money can be, be it of prices or of costs."""
    faults = []
    for place, (line, full) in enumerate(zip(lines, listed, strict=True)):
        if full > MOST:
            faults.append(invalid(f"lines.{place}.quantity", "sum-too-large", max=MOST))
        elif line.discount.amount > full:
            faults.append(invalid(f"lines.{place}.discount.amount", "discount-too-large", max=full))
    costs = sum(
        _amount(many, line.unit_cost) for line, many in zip(lines, parts, strict=True) if line.unit_cost
    )
    if not faults and max(sum(listed), costs) > MOST:
        faults.append(invalid("lines", "sum-too-large", max=MOST))
    if faults:
        raise Invalid(*(problem for fault in faults for problem in fault.problems))
