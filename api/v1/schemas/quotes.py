"""Quotes on the wire."""

from typing import Any

from api.v1.schemas.approval_words import chosen
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES, MOST
from app.http.fields import (
    Choice,
    Custom,
    Day,
    Id,
    Instant,
    Many,
    MoneyShape,
    Part,
    Quantity,
    Shape,
    Text,
    Whole,
    Yes,
)
from app.prices.states import LIST_PRICE, BookKind
from app.quotes.arithmetic import LEAST_MARGIN_RATE, MOST_LINES, WHOLE
from app.quotes.drafts import LONGEST, LONGEST_IN_LINE, LONGEST_REASON
from app.quotes.pricing import DEAREST
from app.quotes.states import Outcome, QuoteState, Returned

_HIDDEN = {"description": "Null without the right, or where it is not known"}
_MINOR = {"description": "In minor units of the quote's currency"}
_LINES = {"description": "All lines, in their order; those left out are removed"}


def _amount(**more: object) -> Whole:
    return Whole(min=0, max=MOST, **{"metadata": _MINOR, **more})


def _rate(**more: object) -> Whole:
    return Whole(min=0, max=WHOLE, **{"metadata": {"description": "In basis points"}, **more})


def _in_line(name: str, **more: Any) -> Text:
    lines = name in {"specification", "note"}
    return Text(max=LONGEST_IN_LINE[name], allow_none=True, multiline=lines, **more)


class DiscountShape(Shape):
    """What is taken off: a share or an amount, never both."""

    rate = _rate(load_default=0)
    amount = _amount(load_default=0)


class LineIn(Shape):
    """A line: a product, or free text. What is left out of a product's line is as the product says."""

    id = Id(allow_none=True, load_default=None, metadata={"description": "Of a line that is there already"})
    product_id = Id(allow_none=True, load_default=None)
    name = _in_line("name", load_default=None)
    code = _in_line("code", load_default=None)
    specification = _in_line("specification", load_default=None)
    unit = _in_line("unit", load_default=None)
    quantity = Quantity(required=True, min="0.0001")
    unit_price = _amount(
        allow_none=True, load_default=None, metadata={"description": "Null: the price that holds"}
    )
    tax_rate = _rate(allow_none=True, load_default=None)
    discount = Part(DiscountShape, load_default=dict)
    unit_cost = _amount(
        allow_none=True, load_default=None, metadata={"description": "Of free text; only with the right"}
    )
    note = _in_line("note", load_default=None)


class QuotePatch(Shape):
    """What is to be changed of a draft; null empties a field."""

    customer_id = Id()
    contact_id = Id(allow_none=True)
    title = Text(min=1, max=LONGEST["title"])
    currency = Choice(sorted(CURRENCIES))
    with_tax = Yes(metadata={"description": "Whether prices are told with tax"})
    valid_until = Day(allow_none=True, metadata={"description": "The last day, by the company's clock"})
    terms = Text(max=LONGEST["terms"], allow_none=True, multiline=True)
    remark = Text(max=LONGEST["remark"], allow_none=True, multiline=True)
    discount = Part(DiscountShape, metadata={"description": "Of the whole, after those of the lines"})
    lines = Many(Part(LineIn), max=MOST_LINES, metadata=_LINES)
    custom = Custom("quote")


class QuoteIn(QuotePatch):
    """A quote to be made."""

    customer_id = Id(required=True)
    title = Text(required=True, min=1, max=LONGEST["title"])


class PreviewIn(Shape):
    """Lines to be worked out without keeping anything."""

    customer_id = Id(allow_none=True, load_default=None)
    currency = Choice(sorted(CURRENCIES), load_default="CNY")
    with_tax = Yes(load_default=True)
    discount = Part(DiscountShape, load_default=dict)
    lines = Many(Part(LineIn), required=True, max=MOST_LINES)
    quote_id = Id(
        allow_none=True,
        load_default=None,
        metadata={"description": "The quote to which lines with an id belong"},
    )


class LineOut(Shape):
    """A line as it is; amounts in minor units of the quote's currency."""

    id = Id(required=True, allow_none=True)
    product_id = Id(required=True, allow_none=True)
    name = Text(required=True, max=LONGEST_IN_LINE["name"])
    code = _in_line("code", required=True)
    specification = _in_line("specification", required=True)
    unit = _in_line("unit", required=True)
    quantity = Quantity(required=True)
    list_price = _amount(required=True, allow_none=True)
    unit_price = _amount(required=True)
    price_source = Choice([*BookKind, LIST_PRICE], required=True, allow_none=True)
    price_book = Part(Ref, required=True, allow_none=True)
    discount = Part(DiscountShape, required=True)
    tax_rate = _rate(required=True)
    floor_price = _amount(required=True, allow_none=True, metadata=_HIDDEN)
    unit_cost = _amount(required=True, allow_none=True, metadata=_HIDDEN)
    note = _in_line("note", required=True)
    list_amount = _amount(required=True)
    own_discount = _amount(required=True)
    shared_discount = _amount(required=True)
    net = _amount(required=True)
    tax = _amount(required=True)
    gross = _amount(required=True)
    cost = _amount(required=True, allow_none=True, metadata=_HIDDEN)
    margin = Whole(required=True, allow_none=True, min=-MOST, max=MOST, metadata=_HIDDEN)
    below_floor = Yes(required=True)


class RateOut(Shape):
    """What the lines of one tax rate come to."""

    tax_rate = _rate(required=True)
    net = _amount(required=True)
    tax = _amount(required=True)
    gross = _amount(required=True)


class FiguresOut(Shape):
    """How a quote's sum comes about."""

    list_amount = _amount(required=True)
    line_discounts = _amount(required=True)
    discount = _amount(required=True)
    rates = Many(Part(RateOut), required=True, max=MOST_LINES)


class QuoteCan(Shape):
    """What the reader may do with a quote, if its state lets them."""

    update = Yes(required=True)
    submit = Yes(required=True)
    delete = Yes(required=True)


class Sums(Shape):
    """What a quote comes to."""

    net = Part(MoneyShape, required=True)
    tax = Part(MoneyShape, required=True)
    gross = Part(MoneyShape, required=True)
    cost = Part(MoneyShape, required=True, allow_none=True, metadata=_HIDDEN)
    margin = Part(MoneyShape, required=True, allow_none=True, metadata=_HIDDEN)
    margin_rate = Whole(required=True, allow_none=True, min=LEAST_MARGIN_RATE, max=WHOLE, metadata=_HIDDEN)
    off_list = Whole(
        required=True,
        allow_none=True,
        min=DEAREST,
        max=WHOLE,
        metadata={"description": "How much cheaper than at list prices, in basis points"},
    )
    below_floor = Yes(required=True)


class QuoteOut(Sums):
    """A quote in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    number = Text(required=True, max=40)
    revision = Whole(required=True, metadata={"description": "Counts what was submitted"})
    title = Text(required=True, max=LONGEST["title"])
    state = Choice(QuoteState, required=True)
    in_approval = Yes(required=True)
    returned = Choice(Returned, required=True, allow_none=True)
    returned_note = Text(required=True, allow_none=True, max=2000, multiline=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    with_tax = Yes(required=True)
    line_count = Whole(required=True)
    customer = Part(Ref, required=True)
    contact = Part(Ref, required=True, allow_none=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    created_by = Part(Ref, required=True, allow_none=True)
    valid_until = Day(required=True, allow_none=True)
    custom = Custom("quote", required=True)
    submitted_at = Instant(required=True, allow_none=True)
    approved_at = Instant(required=True, allow_none=True)
    sent_at = Instant(required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True, metadata={"description": "Whether the reader may change it as it is"})


class QuoteWhole(QuoteOut):
    """A quote with its lines."""

    terms = Text(required=True, allow_none=True, max=LONGEST["terms"], multiline=True)
    remark = Text(required=True, allow_none=True, max=LONGEST["remark"], multiline=True)
    decline_reason = Text(required=True, allow_none=True, max=LONGEST_REASON, multiline=True)
    discount = Part(DiscountShape, required=True)
    figures = Part(FiguresOut, required=True)
    lines = Many(Part(LineOut), required=True, max=MOST_LINES)
    can = Part(QuoteCan, required=True)


class QuotePage(Shape):
    """A page of quotes."""

    items = Many(Part(QuoteOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class Preview(Sums):
    """What lines come to."""

    currency = Choice(sorted(CURRENCIES), required=True)
    figures = Part(FiguresOut, required=True)
    lines = Many(Part(LineOut), required=True, max=MOST_LINES)


class QuoteSubmissionIn(Shape):
    """What is said with a submission."""

    chosen = chosen()


class OutcomeIn(Shape):
    """What the customer says."""

    outcome = Choice(Outcome, required=True)
    reason = Text(max=LONGEST_REASON, allow_none=True, load_default=None, multiline=True)
