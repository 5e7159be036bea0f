"""Customers on the wire."""

from typing import Any

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.core.phones import MAX_LENGTH
from app.customers.drafts import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    LONGEST_LABEL,
    LONGEST_TAG,
    MOST_EMPLOYEES,
    MOST_PHONES,
    MOST_REVENUE,
    MOST_TAGS,
)
from app.customers.services import MOST_COLLABORATORS
from app.customers.states import CustomerKind, CustomerType, Stage, Tier
from app.http.fields import (
    Choice,
    Custom,
    Email,
    Id,
    Instant,
    Many,
    MoneyShape,
    Part,
    Shape,
    Text,
    WebAddress,
    Whole,
    YearDay,
    Yes,
)


class PhoneShape(Shape):
    """A phone number and what it is for."""

    number = Text(required=True, min=1, max=MAX_LENGTH, metadata={"description": "E.164 where it is valid"})
    label = Text(load_default="", max=LONGEST_LABEL)


class Revenue(MoneyShape):
    """Money earned in a year."""

    amount = Whole(required=True, min=0, max=MOST_REVENUE, metadata={"description": "In minor units"})


def _optional(name: str, **more: Any) -> Text:
    return Text(max=LONGEST[name], allow_none=True, **more)


class CustomerPatch(Shape):
    """What is to be changed of a customer; null empties a field."""

    kind = Choice(CustomerKind)
    name = Text(min=1, max=LONGEST["name"])
    type = Choice(CustomerType)
    tier = Choice(Tier, allow_none=True)
    stage = Choice(Stage)
    source = _optional("source")
    industry = _optional("industry")
    region = _optional("region")
    address = _optional("address")
    website = WebAddress(allow_none=True)
    credit_code = _optional("credit_code")
    employees = Whole(allow_none=True, max=MOST_EMPLOYEES)
    founded_year = Whole(allow_none=True, min=FIRST_YEAR, max=LAST_YEAR)
    founding_day = YearDay(
        allow_none=True, metadata={"description": "The day of the year that the company celebrates, `03-08`"}
    )
    annual_revenue = Part(Revenue, allow_none=True)
    phones = Many(Part(PhoneShape), max=MOST_PHONES)
    email = Email(allow_none=True)
    parent_id = Id(allow_none=True)
    tags = Many(Text(min=1, max=LONGEST_TAG), max=MOST_TAGS)
    remark = _optional("remark", multiline=True)
    custom = Custom("customer")


class CustomerIn(CustomerPatch):
    """A customer to be made."""

    kind = Choice(CustomerKind, load_default=CustomerKind.COMPANY.value)
    name = Text(required=True, min=1, max=LONGEST["name"])
    owner_id = Id(allow_none=True, metadata={"description": "Whose it is; by default one's own"})


class CustomerOut(Shape):
    """A customer in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    kind = Choice(CustomerKind, required=True)
    name = Text(required=True, max=LONGEST["name"])
    type = Choice(CustomerType, required=True)
    tier = Choice(Tier, required=True, allow_none=True)
    stage = Choice(Stage, required=True)
    source = _optional("source", required=True)
    industry = _optional("industry", required=True)
    region = _optional("region", required=True)
    address = _optional("address", required=True)
    website = _optional("website", required=True)
    credit_code = _optional("credit_code", required=True)
    employees = Whole(required=True, allow_none=True)
    founded_year = Whole(required=True, allow_none=True)
    founding_day = YearDay(required=True, allow_none=True)
    annual_revenue = Part(Revenue, required=True, allow_none=True)
    phones = Many(Part(PhoneShape), required=True)
    email = _optional("email", required=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    parent = Part(Ref, required=True, allow_none=True)
    tags = Many(Text(max=LONGEST_TAG), required=True)
    remark = _optional("remark", required=True, multiline=True)
    custom = Custom("customer", required=True)
    editable = Yes(required=True, metadata={"description": "Whether the reader may change it"})
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    last_activity_at = Instant(
        required=True, allow_none=True, metadata={"description": "When it was last followed up"}
    )
    next_step_at = Instant(
        required=True, allow_none=True, metadata={"description": "When the first open task about it is due"}
    )


class CustomerCan(Shape):
    """What the reader may do with a customer."""

    update = Yes(required=True)
    delete = Yes(required=True)
    transfer = Yes(required=True)
    share = Yes(required=True)
    merge = Yes(required=True)


class CustomerWhole(CustomerOut):
    """A customer with what its page shows."""

    collaborators = Many(Part(Ref), required=True)
    contact_count = Whole(
        required=True,
        allow_none=True,
        metadata={"description": "How many contacts the reader sees; null for who may read none at all"},
    )
    child_count = Whole(required=True)
    created_by = Part(Ref, required=True, allow_none=True)
    can = Part(CustomerCan, required=True)


class CustomerPage(Shape):
    """A page of customers."""

    items = Many(Part(CustomerOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class TransferIn(Shape):
    """Who is to have the customer."""

    owner_id = Id(required=True)


class CollaboratorsIn(Shape):
    """With whom the customer is shared; those left out no longer."""

    user_ids = Many(Id(), required=True, max=MOST_COLLABORATORS)


class TagCount(Shape):
    """A tag and how often it is used."""

    name = Text(required=True, max=LONGEST_TAG)
    count = Whole(required=True)


class Facets(Shape):
    """Words in use, the most used first, for forms and filters to suggest."""

    sources = Many(Text(max=LONGEST["source"]), required=True)
    industries = Many(Text(max=LONGEST["industry"]), required=True)
    regions = Many(Text(max=LONGEST["region"]), required=True)
    tags = Many(Part(TagCount), required=True)
