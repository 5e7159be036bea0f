"""Colleagues on the wire."""

from marshmallow import fields

from api.v1.schemas.paging import PageQuery, Total
from api.v1.schemas.session import Ref, RoleRef
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes

STATES = ("active", "disabled")


class UserQuery(PageQuery):
    """Which colleagues."""

    q = Text(max=100, load_default="", metadata={"description": "Name, pinyin, initials, e-mail, phone tail"})
    department_id = Id()
    state = Choice(STATES)
    total = Yes(load_default=False)


class UserPatch(Shape):
    """What is to be changed of a colleague."""

    department_id = Id(allow_none=True)
    role_ids = Many(Id(), max=20)
    state = Choice(STATES)


class UserCan(Shape):
    """What the reader may do with a colleague."""

    update = Yes(required=True)
    reset_password = Yes(required=True)
    end_sessions = Yes(required=True)


class UserOut(Shape):
    """A colleague."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=50)
    login = Text(required=True, max=254)
    department = Part(Ref, required=True, allow_none=True)
    roles = Many(Part(RoleRef), required=True)
    state = Choice(STATES, required=True)
    last_seen_at = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)
    can = Part(UserCan, required=True)


class UserPage(Shape):
    """A page of colleagues, by name."""

    items = Many(Part(UserOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    total = Part(Total, metadata={"description": "Only with `total=true`"})


class OptionQuery(Shape):
    """What was typed into a picker."""

    q = Text(max=100, load_default="")


class UserOption(Ref):
    """A colleague to choose."""

    department_name = Text(required=True, allow_none=True, max=100)


class UserOptions(Shape):
    """The first colleagues to choose from."""

    items = Many(Part(UserOption), required=True)
