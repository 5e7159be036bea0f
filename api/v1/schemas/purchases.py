"""Purchases on the wire."""

from typing import Any

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
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
from app.purchases.drafts import LONGEST
from app.purchases.states import Source
from app.purchases.summing import MOST_MONTHS, MOST_PRODUCTS

_PAST = {"description": "Not after today, by the company's clock"}
_ALL = {"description": "What was paid for all of it"}


def _text(name: str, **more: Any) -> Text:
    return Text(max=LONGEST[name], allow_none=True, multiline=name == "remark", **more)


class PurchasePatch(Shape):
    """What is to be changed of a purchase; null empties a field."""

    contact_id = Id(allow_none=True)
    product_id = Id(allow_none=True)
    name = Text(min=1, max=LONGEST["name"])
    quantity = Quantity(min="0.0001", allow_none=True)
    unit = _text("unit")
    amount = Part(MoneyShape, allow_none=True, metadata=_ALL)
    bought_on = Day(metadata=_PAST)
    reference = _text("reference")
    remark = _text("remark")
    custom = Custom("purchase")


class PurchaseIn(PurchasePatch):
    """What a customer has bought; without a name it is called as its product."""

    customer_id = Id(required=True)
    name = Text(max=LONGEST["name"], allow_none=True)
    bought_on = Day(required=True, metadata=_PAST)


class PurchaseCan(Shape):
    """What the reader may do with a purchase."""

    update = Yes(required=True)
    delete = Yes(required=True)


class PurchaseOut(Shape):
    """A purchase in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    product = Part(Ref, required=True, allow_none=True)
    quantity = Quantity(required=True, allow_none=True)
    unit = _text("unit", required=True)
    amount = Part(MoneyShape, required=True, allow_none=True, metadata=_ALL)
    bought_on = Day(required=True)
    source = Choice(Source, required=True)
    reference = _text("reference", required=True)
    quote_id = Id(required=True, allow_none=True, metadata={"description": "The quote it comes from"})
    remark = _text("remark", required=True)
    customer = Part(Ref, required=True)
    contact = Part(Ref, required=True, allow_none=True)
    custom = Custom("purchase", required=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    created_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True, metadata={"description": "Whether the reader may change it"})


class PurchaseWhole(PurchaseOut):
    """A purchase with what the reader may do with it."""

    can = Part(PurchaseCan, required=True)


class PurchasePage(Shape):
    """A page of purchases."""

    items = Many(Part(PurchaseOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class PurchaseRhythm(Shape):
    """How often something is bought, learnt from at least three days on which it was."""

    days = Whole(required=True, metadata={"description": "The middle of the gaps between purchases"})
    expected_on = Day(required=True, metadata={"description": "So many days after the last purchase"})


class PurchaseMonth(Shape):
    """What was bought in a month."""

    month = Text(required=True, max=7, metadata={"description": "As 2026-03"})
    count = Whole(required=True)
    totals = Many(Part(MoneyShape), required=True)


class ProductBought(Shape):
    """What a customer has bought of one thing."""

    name = Text(required=True, max=LONGEST["name"])
    product = Part(Ref, required=True, allow_none=True)
    count = Whole(required=True)
    last_on = Day(required=True)
    rhythm = Part(PurchaseRhythm, required=True, allow_none=True)


class PurchaseSummary(Shape):
    """What a customer has bought in all; each currency on its own."""

    count = Whole(required=True)
    last_on = Day(required=True, allow_none=True)
    totals = Many(Part(MoneyShape), required=True)
    rhythm = Part(PurchaseRhythm, required=True, allow_none=True)
    months = Many(Part(PurchaseMonth), required=True, max=MOST_MONTHS)
    products = Many(Part(ProductBought), required=True, max=MOST_PRODUCTS)
