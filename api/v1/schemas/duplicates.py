"""Duplicates and merges on the wire."""

from marshmallow import fields

from api.v1.schemas.contacts import ContactOut
from api.v1.schemas.customers import CustomerOut
from api.v1.schemas.session import Ref
from app.customers.drafts import LONGEST, MOST_PHONES
from app.http.fields import Choice, Id, Instant, Many, Part, QueryWhole, Shape, Table, Text, Whole, Yes
from app.merging import marks, services
from app.merging.kinds import KINDS

WAYS = ("name", "phone", "email", "credit_code")


class Traits(Shape):
    """What somebody is about to enter."""

    type = Choice(KINDS, required=True)
    name = Text(max=LONGEST["name"], load_default="")
    person = Yes(load_default=False, metadata={"description": "A person's name alone says nothing"})
    phones = Many(Text(max=64), max=MOST_PHONES, load_default=list)
    email = Text(max=LONGEST["email"], load_default="")
    credit_code = Text(max=LONGEST["credit_code"], load_default="")
    besides_id = Id(load_default=None, allow_none=True, metadata={"description": "The record itself"})


class Hint(Shape):
    """A record that may be the same; without `record` if the reader may not see it."""

    by = Choice(WAYS, required=True)
    record = Part(Ref, required=True, allow_none=True)
    owner = Part(Ref, required=True, allow_none=True)


class HintList(Shape):
    """Who may be the same."""

    items = Many(Part(Hint), required=True)


class Asked(Shape):
    """How many owners were told."""

    count = Whole(required=True)


class GroupQuery(Shape):
    """Which groups."""

    type = Choice(KINDS, required=True)
    by = Choice(WAYS, load_default="name")
    limit = QueryWhole(min=1, max=50, load_default=20)
    cursor = Text(max=2000, load_default="")


class CustomerGroup(Shape):
    """Customers that look alike."""

    key = Text(required=True, max=500)
    count = Whole(required=True)
    records = Many(Part(CustomerOut), required=True)


class ContactGroup(Shape):
    """Contacts that look alike."""

    key = Text(required=True, max=500)
    count = Whole(required=True)
    records = Many(Part(ContactOut), required=True)


class GroupPage(Shape):
    """A page of groups, by their keys."""

    customers = Many(Part(CustomerGroup), required=True)
    contacts = Many(Part(ContactGroup), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)


class MarkIn(Shape):
    """Records that look alike and are not the same."""

    type = Choice(KINDS, required=True)
    alike_ids = Many(Id(), min=2, max=marks.MOST, required=True)


class Mark(Shape):
    """By what it is taken back."""

    id = Id(required=True)


class MergeRecord(Shape):
    """A record as it was looked at."""

    id = Id(required=True)
    version = Whole(required=True, min=1)


class MergeIn(Shape):
    """Records that become one."""

    type = Choice(KINDS, required=True)
    master_id = Id(required=True, metadata={"description": "The one that stays"})
    records = Many(
        Part(MergeRecord),
        min=2,
        max=services.MOST,
        required=True,
        metadata={"description": "All of them, the master among them, as they were looked at"},
    )
    choices = Table(
        Text(min=1, max=64),
        Id(),
        max=200,
        load_default=dict,
        metadata={"description": "Whose value a field takes; own fields as custom.<key>"},
    )


class LeftOver(Shape):
    """What could not be put back."""

    what = Text(required=True, max=200)
    count = Whole(required=True)


class MergeCan(Shape):
    """What the reader may do with a merge."""

    undo = Yes(required=True)


class Merge(Shape):
    """Records that have become one."""

    id = Id(required=True)
    type = Choice(KINDS, required=True)
    master = Part(Ref, required=True)
    merged = Many(Part(Ref), required=True)
    merged_by = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    undone_at = Instant(required=True, allow_none=True)
    left_over = Many(Part(LeftOver), required=True)
    can = Part(MergeCan, required=True)


class MergeQuery(Shape):
    """Which merges."""

    type = Choice(KINDS, required=True)
    limit = QueryWhole(min=1, max=100, load_default=20)
    cursor = Text(max=100, load_default=None)


class MergePage(Shape):
    """A page of merges, the newest first."""

    items = fields.List(Part(Merge), required=True)
    next_cursor = Text(required=True, allow_none=True, max=100)
