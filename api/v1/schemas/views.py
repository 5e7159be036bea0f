"""Views of lists on the wire."""

from marshmallow import fields as raw

from api.v1.schemas.session import Ref
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Table, Text, Whole, Yes
from app.views.services import LONGEST_NAME, MOST_COLUMNS, MOST_OWN, MOST_SHARED_WITH
from app.views.states import Audience

LISTS = (
    "customer",
    "contact",
    "activity",
    "task",
    "product",
    "quote",
    "asset",
    "service-record",
    "purchase",
    "expense-claim",
    "expense-request",
    "advance",
    "outreach-message",
    "campaign",
    "letter",
)
_TREE = {"description": 'A tree of the filter language; days may be told from today: "-30d"'}


class ViewColumn(Shape):
    """A column and how wide it is."""

    name = Text(required=True, min=1, max=64)
    width = Whole(allow_none=True, min=40, max=1000)


class ViewPatch(Shape):
    """What is to be changed of a view."""

    name = Text(min=1, max=LONGEST_NAME)
    filter = Table(Text(min=1, max=10), raw.Raw(allow_none=True), max=3, allow_none=True, metadata=_TREE)
    shown_columns = Many(Part(ViewColumn), max=MOST_COLUMNS)
    sort = Text(max=64)
    audience = Choice(Audience)
    role_ids = Many(Id(), max=MOST_SHARED_WITH)
    department_ids = Many(Id(), max=MOST_SHARED_WITH)
    is_default = Yes(metadata={"description": "What the company's people see first; only of shared views"})


class ViewIn(ViewPatch):
    """A view to be kept."""

    name = Text(required=True, min=1, max=LONGEST_NAME)


class Dropped(Shape):
    """Something of a view that its reader may not have, or that is there no more."""

    part = Choice(("filter", "column"), required=True)
    label = Text(required=True, allow_none=True, max=50, metadata={"description": "Null where it is hidden"})


class ViewCan(Shape):
    """What the reader may do with a view."""

    update = Yes(required=True)
    delete = Yes(required=True)


class ViewOut(Shape):
    """A view as its reader may have it."""

    id = Id(required=True)
    version = Whole(required=True)
    list = Choice(LISTS, required=True)
    name = Text(required=True, max=LONGEST_NAME)
    owner = Part(Ref, required=True, allow_none=True)
    mine = Yes(required=True)
    audience = Choice(Audience, required=True)
    role_ids = Many(Id(), required=True)
    department_ids = Many(Id(), required=True)
    filter = Table(Text(min=1, max=10), raw.Raw(allow_none=True), max=3, required=True, allow_none=True)
    shown_columns = Many(Part(ViewColumn), required=True)
    sort = Text(required=True, max=64)
    is_default = Yes(required=True)
    updated_at = Instant(required=True)
    dropped = Many(Part(Dropped), required=True)
    can = Part(ViewCan, required=True)


class Views(Shape):
    """The views of a list that the reader sees, in their own order."""

    items = Many(Part(ViewOut), required=True)
    default_view_id = Id(required=True, allow_none=True)


class ViewChoiceIn(Shape):
    """In which order one has them, and which one sees first."""

    view_ids = Many(Id(), required=True, max=MOST_OWN * 5)
    default_view_id = Id(allow_none=True, load_default=None)
