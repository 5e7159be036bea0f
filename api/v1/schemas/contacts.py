"""Contacts on the wire."""

from typing import Any

from api.v1.schemas.customers import PhoneShape
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.contacts.birthdays import FIRST_YEAR, LAST_YEAR, Calendar
from app.contacts.drafts import LONGEST
from app.contacts.relationships import LONGEST_REMARK, MOST_SHOWN
from app.contacts.states import BuyingRole, Gender, RelationshipKind
from app.core.messages import LOCALES
from app.customers.drafts import MOST_PHONES
from app.http.fields import Choice, Custom, Email, Id, Instant, Many, Part, Shape, Text, Whole, Yes

_LANGUAGE = {"description": "In which messages are written to them, where a template has words in it"}


class BirthdayShape(Shape):
    """A birthday, by the solar or the lunar calendar."""

    calendar = Choice(Calendar, required=True)
    month = Whole(required=True, min=1, max=12)
    day = Whole(required=True, min=1, max=31)
    leap = Yes(load_default=False, metadata={"description": "In a lunar leap month"})
    year = Whole(load_default=None, allow_none=True, min=FIRST_YEAR, max=LAST_YEAR)


def _optional(name: str, **more: Any) -> Text:
    return Text(max=LONGEST[name], allow_none=True, **more)


class ContactPatch(Shape):
    """What is to be changed of a contact; null empties a field."""

    customer_id = Id(allow_none=True)
    name = Text(min=1, max=LONGEST["name"])
    gender = Choice(Gender, allow_none=True)
    language = Choice(LOCALES, allow_none=True, metadata=_LANGUAGE)
    title = _optional("title")
    department_name = _optional("department_name")
    role = Choice(BuyingRole, allow_none=True, metadata={"description": "The part played when buying"})
    phones = Many(Part(PhoneShape), max=MOST_PHONES)
    email = Email(allow_none=True)
    wechat = _optional("wechat")
    birthday = Part(BirthdayShape, allow_none=True)
    is_primary = Yes(metadata={"description": "A customer has one; making another primary moves it"})
    remark = _optional("remark", multiline=True)
    custom = Custom("contact")


class ContactIn(ContactPatch):
    """A contact to be made."""

    name = Text(required=True, min=1, max=LONGEST["name"])


class ContactOut(Shape):
    """A contact in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    customer = Part(Ref, required=True, allow_none=True)
    name = Text(required=True, max=LONGEST["name"])
    gender = Choice(Gender, required=True, allow_none=True)
    language = Choice(LOCALES, required=True, allow_none=True, metadata=_LANGUAGE)
    title = _optional("title", required=True)
    department_name = _optional("department_name", required=True)
    role = Choice(BuyingRole, required=True, allow_none=True)
    phones = Many(Part(PhoneShape), required=True)
    email = _optional("email", required=True)
    wechat = _optional("wechat", required=True)
    birthday = Part(BirthdayShape, required=True, allow_none=True)
    is_primary = Yes(required=True)
    remark = _optional("remark", required=True, multiline=True)
    custom = Custom("contact", required=True)
    editable = Yes(required=True, metadata={"description": "Whether the reader may change it"})
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)


class ContactCan(Shape):
    """What the reader may do with a contact."""

    update = Yes(required=True)
    delete = Yes(required=True)
    move = Yes(required=True, metadata={"description": "To another customer"})
    merge = Yes(required=True)


class ContactWhole(ContactOut):
    """A contact with what its page shows."""

    created_by = Part(Ref, required=True, allow_none=True)
    can = Part(ContactCan, required=True)


class ContactPage(Shape):
    """A page of contacts."""

    items = Many(Part(ContactOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class RelationshipIn(Shape):
    """What another contact is to this one."""

    other_id = Id(required=True)
    kind = Choice(RelationshipKind, required=True)
    remark = Text(load_default=None, allow_none=True, max=LONGEST_REMARK, multiline=True)


class RelationshipOut(Shape):
    """What another contact is to this one, seen from here."""

    id = Id(required=True)
    other = Part(Ref, required=True)
    kind = Choice(RelationshipKind, required=True)
    remark = Text(required=True, allow_none=True, max=LONGEST_REMARK, multiline=True)
    created_at = Instant(required=True)


class RelationshipList(Shape):
    """Whom a contact knows."""

    items = Many(Part(RelationshipOut), required=True, max=MOST_SHOWN)
