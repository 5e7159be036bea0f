"""Price books on the wire."""

from decimal import Decimal

from marshmallow import fields

from api.v1.schemas.paging import PageQuery
from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES, MOST
from app.core.search import MAX_QUERY
from app.customers.states import Tier
from app.http.fields import Choice, Day, Id, Instant, Many, Part, Quantity, Shape, Text, Whole, Yes
from app.prices.drafts import LONGEST_NAME, MOST_CUSTOMERS, MOST_PRODUCTS, MOST_STEPS
from app.prices.pricing import LEAST_RATE, MOST_RATE
from app.prices.states import LIST_PRICE, BookKind, BookState
from app.products.drafts import LONGEST

_MINOR = {"description": "In minor units of the book's currency"}
_LAST_DAY = {"description": "The last day, by the company's clock; null: until further notice"}
_TIERS = {"description": "For whom a book of kind `tier` is; of no meaning for others"}
_CUSTOMERS = {"description": "For whom a book of kind `customer` is; of no meaning for others"}
_RATE = {"description": "In basis points: -500 makes everything five per cent cheaper"}
_FLOOR = {"description": "Null without the right"}


def _amount(**more: object) -> Whole:
    return Whole(min=0, max=MOST, **{"metadata": _MINOR, **more})


class PriceBookPatch(Shape):
    """What is to be different."""

    name = Text(min=1, max=LONGEST_NAME)
    valid_from = Day()
    valid_until = Day(allow_none=True, metadata=_LAST_DAY)
    tiers = Many(Choice(Tier), max=len(Tier), metadata=_TIERS)
    customer_ids = Many(Id(), max=MOST_CUSTOMERS, metadata=_CUSTOMERS)


class PriceBookIn(PriceBookPatch):
    """A price book to be made."""

    name = Text(required=True, min=1, max=LONGEST_NAME)
    kind = Choice(BookKind, required=True)
    currency = Choice(sorted(CURRENCIES), load_default="CNY")
    valid_from = Day(required=True)


class PriceBookOut(Shape):
    """A price book in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST_NAME)
    kind = Choice(BookKind, required=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    tiers = Many(Choice(Tier), required=True)
    valid_from = Day(required=True)
    valid_until = Day(required=True, allow_none=True, metadata=_LAST_DAY)
    state = Choice(BookState, required=True)
    product_count = Whole(required=True)
    customer_count = Whole(required=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)


class PriceBookDetail(PriceBookOut):
    """A price book with the customers it is for, as far as its reader sees them."""

    customers = Many(Part(Ref), required=True)


class PriceBookQuery(PageQuery):
    """Which price books."""

    state = Choice(BookState)
    kind = Choice(BookKind)


class PriceBookPage(Shape):
    """A page of price books, the newest first."""

    items = Many(Part(PriceBookOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class StepIn(Shape):
    """What one unit costs from a quantity on."""

    from_quantity = Quantity(load_default=Decimal(0), metadata={"description": "0: any quantity"})
    unit_price = _amount(required=True)
    floor_price = _amount(allow_none=True, load_default=None)


class ProductPricesIn(Shape):
    """All prices of one product in a book; none: it stands there no longer."""

    product_id = Id(required=True)
    steps = Many(Part(StepIn), required=True, max=MOST_STEPS)


class PricesPatch(Shape):
    """What some products cost; the others stay as they are."""

    products = Many(Part(ProductPricesIn), required=True, min=1, max=MOST_PRODUCTS)


class PriceLine(Shape):
    """A price in a book."""

    product = Part(Ref, required=True)
    code = Text(required=True, allow_none=True, max=50)
    unit = Text(required=True, allow_none=True, max=20)
    list_price = _amount(
        required=True, allow_none=True, metadata={"description": "Null if in another currency, or hidden"}
    )
    from_quantity = Quantity(required=True)
    unit_price = _amount(required=True)
    floor_price = _amount(required=True, allow_none=True, metadata=_FLOOR)


class PriceLinePage(Shape):
    """A page of the prices of a book, each product's together."""

    items = Many(Part(PriceLine), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class PriceLineQuery(PageQuery):
    """Which prices of a book."""

    q = Text(max=MAX_QUERY, metadata={"description": "A fragment of the name, code or specification"})


class UnpricedQuery(PriceLineQuery):
    """Which products a book could still take up."""

    category_id = Id(metadata={"description": "In this category or below it"})


class UnpricedProduct(Shape):
    """A product without a price in a book."""

    id = Id(required=True)
    name = Text(required=True, max=LONGEST["name"])
    code = Text(required=True, allow_none=True, max=LONGEST["code"])
    unit = Text(required=True, allow_none=True, max=LONGEST["unit"])
    specification = Text(required=True, allow_none=True, max=LONGEST["specification"])
    list_price = _amount(
        required=True, allow_none=True, metadata={"description": "Null if in another currency, or hidden"}
    )


class UnpricedPage(Shape):
    """A page of products without a price in a book, the latest first."""

    items = Many(Part(UnpricedProduct), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class BookPrice(Shape):
    """What a product costs in one price book."""

    price_book = Part(Ref, required=True)
    kind = Choice(BookKind, required=True)
    tiers = Many(Choice(Tier), required=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    valid_from = Day(required=True)
    valid_until = Day(required=True, allow_none=True, metadata=_LAST_DAY)
    from_quantity = Quantity(required=True)
    unit_price = _amount(required=True)
    floor_price = _amount(required=True, allow_none=True, metadata=_FLOOR)


class BookPricePage(Shape):
    """A page of the prices of a product, those of each book together."""

    items = Many(Part(BookPrice), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Adjustment(Shape):
    """By how much all prices of a book go up or down."""

    rate = Whole(required=True, min=LEAST_RATE, max=MOST_RATE, metadata=_RATE)
    with_floors = Yes(load_default=False, metadata={"description": "Whether floor prices go along"})


class CopyIn(Shape):
    """What is different in the copy."""

    name = Text(required=True, min=1, max=LONGEST_NAME)
    valid_from = Day(required=True)
    valid_until = Day(allow_none=True, load_default=None, metadata=_LAST_DAY)
    rate = Whole(min=LEAST_RATE, max=MOST_RATE, load_default=0, metadata=_RATE)


class PriceQuery(Shape):
    """What, for whom, and when."""

    quantity = Quantity(min="0.0001", load_default=Decimal(1))
    customer_id = Id()
    currency = Choice(sorted(CURRENCIES), metadata={"description": "Left out: the product's own"})
    on = Day(metadata={"description": "Left out: today, by the company's clock"})


class PriceFound(Shape):
    """What a product costs somebody; nulls where there is no price in the currency asked for."""

    product_id = Id(required=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    source = Choice([*BookKind, LIST_PRICE], required=True, allow_none=True)
    unit_price = _amount(required=True, allow_none=True)
    list_price = _amount(required=True, allow_none=True)
    floor_price = _amount(required=True, allow_none=True, metadata=_FLOOR)
    cost = _amount(required=True, allow_none=True, metadata=_FLOOR)
    tax_rate = Whole(required=True, allow_none=True)
    from_quantity = Quantity(required=True, allow_none=True)
    price_book = Part(Ref, required=True, allow_none=True)
