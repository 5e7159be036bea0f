"""Bulk actions on the wire."""

from marshmallow import fields

from api.v1.schemas.consents import ConsentSaid
from api.v1.schemas.customers import Revenue
from app.bulk_actions.kinds import KINDS
from app.bulk_actions.models import Action
from app.contacts.drafts import LONGEST as LONGEST_OF_CONTACT
from app.contacts.states import BuyingRole, Gender
from app.core.filters import MOST_TESTS
from app.core.messages import LOCALES
from app.core.search import MAX_QUERY
from app.customers.drafts import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    LONGEST_TAG,
    MOST_EMPLOYEES,
    MOST_TAGS,
)
from app.customers.states import CustomerType, Stage, Tier
from app.http.fields import (
    Choice,
    Id,
    Instant,
    Many,
    Part,
    Shape,
    Table,
    Text,
    WebAddress,
    Whole,
)
from app.products.drafts import LONGEST as LONGEST_OF_PRODUCT
from app.products.drafts import MOST_TAX
from app.tasks.states import Priority

MOST_RECORDS = 1000
MOST_DAYS = 3650
_ACTIONS = [action for action in Action if action is not Action.UNDO]


class BulkChanges(Shape):
    """Fields that shall be the same for many records; null empties one. A kind of record has some of them."""

    type = Choice(CustomerType)
    tier = Choice(Tier, allow_none=True)
    stage = Choice(Stage)
    source = Text(max=LONGEST["source"], allow_none=True)
    industry = Text(max=LONGEST["industry"], allow_none=True)
    region = Text(max=LONGEST["region"], allow_none=True)
    address = Text(max=LONGEST["address"], allow_none=True)
    website = WebAddress(allow_none=True)
    employees = Whole(max=MOST_EMPLOYEES, allow_none=True)
    founded_year = Whole(min=FIRST_YEAR, max=LAST_YEAR, allow_none=True)
    annual_revenue = Part(Revenue, allow_none=True)
    gender = Choice(Gender, allow_none=True)
    language = Choice(LOCALES, allow_none=True)
    title = Text(max=LONGEST_OF_CONTACT["title"], allow_none=True)
    department_name = Text(max=LONGEST_OF_CONTACT["department_name"], allow_none=True)
    role = Choice(BuyingRole, allow_none=True)
    priority = Choice(Priority)
    due_at = Instant()
    remark = Text(max=LONGEST["remark"], multiline=True, allow_none=True)
    category_id = Id(allow_none=True)
    unit = Text(max=LONGEST_OF_PRODUCT["unit"], allow_none=True)
    tax_rate = Whole(min=0, max=MOST_TAX, allow_none=True)
    description = Text(max=LONGEST_OF_PRODUCT["description"], multiline=True, allow_none=True)
    custom = Table(
        Text(min=1, max=40),
        fields.Raw(allow_none=True),
        max=200,
        metadata={"description": "The company's own fields of that kind of record, by key"},
    )


class BulkActionIn(Shape):
    """Something to be done with many records: those named, or all that a list finds."""

    type = Choice(KINDS, required=True)
    action = Choice(_ACTIONS, required=True)
    record_ids = Many(
        Id(),
        min=1,
        max=MOST_RECORDS,
        load_default=None,
        allow_none=True,
        metadata={"description": "Which records; without it, all that the search and filter find"},
    )
    q = Text(max=MAX_QUERY, load_default="")
    filter = fields.Dict(
        keys=fields.String(),
        load_default=dict,
        metadata={
            "description": "A tree as the list's `filter` takes it, of at most "
            f"{MOST_TESTS} tests; empty: everything"
        },
    )
    sort = Text(max=64, load_default="", metadata={"description": "As the list's `sort`"})
    changes = Part(BulkChanges, load_default=dict, metadata={"description": "To edit"})
    tags_added = Many(Text(min=1, max=LONGEST_TAG), max=MOST_TAGS, load_default=list)
    tags_removed = Many(Text(min=1, max=LONGEST_TAG), max=MOST_TAGS, load_default=list)
    owner_id = Id(load_default=None, allow_none=True, metadata={"description": "To transfer: the new owner"})
    days = Whole(
        min=-MOST_DAYS,
        max=MOST_DAYS,
        load_default=0,
        metadata={"description": "To postpone: so many days later; earlier, if negative"},
    )
    consent = Part(
        ConsentSaid, load_default=None, allow_none=True, metadata={"description": "What people have said"}
    )
