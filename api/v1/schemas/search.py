"""What the search box finds, on the wire."""

from api.v1.schemas.session import Ref
from app.assets.drafts import LONGEST as LONGEST_OF_ASSET
from app.assets.states import AssetState
from app.customers.states import Stage
from app.expenses.drafts import LONGEST
from app.expenses.states import ClaimState
from app.http.fields import Choice, Id, Many, Part, Shape, Text
from app.insights.search import MAX_LIMIT
from app.products.states import ProductState
from app.quotes.states import QuoteState


class CustomerHit(Shape):
    """A customer that was found."""

    id = Id(required=True)
    name = Text(required=True, max=200)
    stage = Choice(Stage, required=True)
    owner = Part(Ref, required=True, allow_none=True)
    matched = Choice(("name", "pinyin", "initials", "phone"), required=True, allow_none=True)


class ContactHit(Shape):
    """A contact who was found."""

    id = Id(required=True)
    name = Text(required=True, max=200)
    title = Text(required=True, allow_none=True, max=200)
    customer = Part(Ref, required=True, allow_none=True)


class ProductHit(Shape):
    """A product that was found."""

    id = Id(required=True)
    name = Text(required=True, max=200)
    code = Text(required=True, allow_none=True, max=50)
    specification = Text(required=True, allow_none=True, max=500)
    state = Choice(ProductState, required=True)


class QuoteHit(Shape):
    """A quote that was found."""

    id = Id(required=True)
    title = Text(required=True, max=120)
    number = Text(required=True, max=40)
    state = Choice(QuoteState, required=True)
    customer = Part(Ref, required=True, allow_none=True)


class AssetHit(Shape):
    """An asset that was found."""

    id = Id(required=True)
    name = Text(required=True, max=LONGEST_OF_ASSET["name"])
    serial = Text(required=True, allow_none=True, max=LONGEST_OF_ASSET["serial"])
    state = Choice(AssetState, required=True)
    customer = Part(Ref, required=True, allow_none=True)


class ExpenseClaimHit(Shape):
    """An expense claim that was found."""

    id = Id(required=True)
    title = Text(required=True, max=LONGEST["title"])
    number = Text(required=True, max=40)
    state = Choice(ClaimState, required=True)
    owner = Part(Ref, required=True, allow_none=True)


class SearchResult(Shape):
    """What was found of each kind."""

    customers = Many(Part(CustomerHit), required=True, max=MAX_LIMIT)
    contacts = Many(Part(ContactHit), required=True, max=MAX_LIMIT)
    products = Many(Part(ProductHit), required=True, max=MAX_LIMIT)
    assets = Many(Part(AssetHit), required=True, max=MAX_LIMIT)
    quotes = Many(Part(QuoteHit), required=True, max=MAX_LIMIT)
    expense_claims = Many(Part(ExpenseClaimHit), required=True, max=MAX_LIMIT)
