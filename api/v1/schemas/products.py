"""Products and their categories on the wire."""

from typing import Any

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.core.money import MOST as MOST_MONEY
from app.http.fields import Choice, Custom, Id, Instant, Many, MoneyShape, Part, Shape, Text, Whole, Yes
from app.products.categories import LAST, LONGEST_NAME, MOST
from app.products.drafts import LONGEST, MOST_TAX
from app.products.states import ProductState


class Price(MoneyShape):
    """What a product costs somebody."""

    amount = Whole(required=True, min=0, max=MOST_MONEY, metadata={"description": "In minor units"})


def _optional(name: str, **more: Any) -> Text:
    return Text(max=LONGEST[name], allow_none=True, **more)


def _tax_rate(**more: Any) -> Whole:
    told = {"description": "In basis points: 1300 are 13 %"}
    return Whole(allow_none=True, min=0, max=MOST_TAX, metadata=told, **more)


class ProductPatch(Shape):
    """What is to be changed of a product; null empties a field."""

    name = Text(min=1, max=LONGEST["name"])
    code = _optional("code")
    category_id = Id(allow_none=True)
    unit = _optional("unit")
    specification = _optional("specification", multiline=True)
    description = _optional("description", multiline=True)
    list_price = Part(Price)
    cost = Part(Price, allow_none=True)
    floor_price = Part(Price, allow_none=True)
    tax_rate = _tax_rate()
    image_id = Id(allow_none=True, metadata={"description": "A picture that was uploaded and waits"})
    custom = Custom("product")


class ProductIn(ProductPatch):
    """A product to be made."""

    name = Text(required=True, min=1, max=LONGEST["name"])
    list_price = Part(Price, required=True)


class ProductOut(Shape):
    """A product in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    code = _optional("code", required=True)
    category = Part(Ref, required=True, allow_none=True)
    unit = _optional("unit", required=True)
    specification = _optional("specification", required=True, multiline=True)
    description = _optional("description", required=True, multiline=True)
    list_price = Part(Price, required=True)
    cost = Part(Price, required=True, allow_none=True, metadata={"description": "Null without the right"})
    floor_price = Part(
        Price, required=True, allow_none=True, metadata={"description": "Null without the right"}
    )
    tax_rate = _tax_rate(required=True)
    state = Choice(ProductState, required=True)
    image = Part(Ref, required=True, allow_none=True)
    custom = Custom("product", required=True)
    editable = Yes(required=True, metadata={"description": "Whether the reader may change it"})
    created_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)


class ProductCan(Shape):
    """What the reader may do with a product."""

    update = Yes(required=True)
    delete = Yes(required=True)


class ProductWhole(ProductOut):
    """A product with what its page shows."""

    can = Part(ProductCan, required=True)


class ProductPage(Shape):
    """A page of products."""

    items = Many(Part(ProductOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class CategoryIn(Shape):
    """A new category; without a parent it stands at the top."""

    name = Text(required=True, min=1, max=LONGEST_NAME)
    parent_id = Id(allow_none=True)


class CategoryPatch(Shape):
    """What is to be changed of a category."""

    name = Text(min=1, max=LONGEST_NAME)
    parent_id = Id(allow_none=True)
    position = Whole(min=0, max=LAST)


class CategoryOut(Shape):
    """A category; the tree is what `parent_id` says."""

    id = Id(required=True)
    version = Whole(required=True)
    parent_id = Id(required=True, allow_none=True)
    name = Text(required=True, max=LONGEST_NAME)
    position = Whole(required=True)
    product_count = Whole(required=True, metadata={"description": "Products right in it, not below it"})


class CategoryTree(Shape):
    """All categories, siblings in their order."""

    items = Many(Part(CategoryOut), required=True, max=MOST)
