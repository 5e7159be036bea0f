"""A quote on the phone's wire."""

from app.core.money import MOST
from app.http.fields import Choice, Day, Id, Many, Part, Quantity, Shape, Text, Whole, Yes
from app.quotes.arithmetic import LEAST_MARGIN_RATE, MOST_LINES, WHOLE
from app.quotes.pricing import DEAREST
from app.quotes.states import QuoteState
from mobile_api.v1.schemas.plain import PhoneMoney, PhoneRef

_HIDDEN = {"description": "Null without the right, or where it is not known"}


def _amount(**more: object) -> Whole:
    said = {"description": "In minor units of the quote's currency"}
    return Whole(required=True, min=0, max=MOST, **{"metadata": said, **more})


class PhoneQuoteLine(Shape):
    """A line of a quote."""

    name = Text(required=True, max=300)
    specification = Text(required=True, allow_none=True, max=2000, multiline=True)
    unit = Text(required=True, allow_none=True, max=40)
    quantity = Quantity(required=True)
    unit_price = _amount()
    list_price = _amount(allow_none=True)
    net = _amount()
    gross = _amount()
    margin = Whole(required=True, allow_none=True, min=-MOST, max=MOST, metadata=_HIDDEN)
    below_floor = Yes(required=True, allow_none=True)


class PhoneOffer(Shape):
    """What a quote says, as far as its reader may know it."""

    number = Text(required=True, allow_none=True, max=40)
    revision = Whole(required=True)
    title = Text(required=True, allow_none=True, max=300)
    customer = Part(PhoneRef, required=True, allow_none=True)
    currency = Text(required=True, max=3)
    with_tax = Yes(required=True)
    valid_until = Day(required=True, allow_none=True)
    net = Part(PhoneMoney, required=True)
    tax = Part(PhoneMoney, required=True)
    gross = Part(PhoneMoney, required=True)
    margin = Part(PhoneMoney, required=True, allow_none=True, metadata=_HIDDEN)
    margin_rate = Whole(required=True, allow_none=True, min=LEAST_MARGIN_RATE, max=WHOLE, metadata=_HIDDEN)
    off_list = Whole(required=True, allow_none=True, min=DEAREST, max=WHOLE)
    below_floor = Yes(required=True, allow_none=True)
    terms = Text(required=True, allow_none=True, max=20_000, multiline=True)
    lines = Many(Part(PhoneQuoteLine), required=True, max=MOST_LINES)


class PhoneQuote(PhoneOffer):
    """A quote to be read with one thumb."""

    id = Id(required=True)
    version = Whole(required=True)
    state = Choice(QuoteState, required=True)
    owner = Part(PhoneRef, required=True, allow_none=True)
