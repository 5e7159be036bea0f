"""What quotes said before, on the wire."""

from marshmallow import fields

from api.v1.schemas.quotes import DiscountShape, FiguresOut, LineOut, Sums
from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES
from app.http.fields import (
    INT4_MAX,
    Choice,
    Day,
    Id,
    Instant,
    Many,
    MoneyShape,
    Part,
    QueryWhole,
    Shape,
    Text,
    Whole,
    Yes,
)
from app.quotes.arithmetic import MOST_LINES
from app.quotes.drafts import LONGEST, LONGEST_IN_LINE


class VersionBrief(Shape):
    """A version of a quote, and what became of it."""

    revision = Whole(required=True)
    outcome = Text(required=True, allow_none=True, max=20)
    note = Text(required=True, allow_none=True, max=2000, multiline=True)
    submitted_by = Part(Ref, required=True, allow_none=True)
    submitted_at = Instant(required=True, allow_none=True)
    gross = Part(MoneyShape, required=True)


class VersionList(Shape):
    """All versions of a quote, the latest first; the draft, if it is one, among them."""

    items = Many(Part(VersionBrief), required=True)


class VersionWhole(Sums):
    """A version of a quote, whole."""

    revision = Whole(required=True)
    title = Text(required=True, max=LONGEST["title"])
    currency = Choice(sorted(CURRENCIES), required=True)
    with_tax = Yes(required=True)
    customer = Part(Ref, required=True)
    contact = Part(Ref, required=True, allow_none=True)
    valid_until = Day(required=True, allow_none=True)
    terms = Text(required=True, allow_none=True, max=LONGEST["terms"], multiline=True)
    remark = Text(required=True, allow_none=True, max=LONGEST["remark"], multiline=True)
    discount = Part(DiscountShape, required=True)
    figures = Part(FiguresOut, required=True)
    lines = Many(Part(LineOut), required=True, max=MOST_LINES)


class ChangeOut(Shape):
    """A field before and after."""

    field = Text(required=True, max=40)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class LineChange(Shape):
    """A line that is other than it was."""

    id = Id(required=True)
    name = Text(required=True, max=LONGEST_IN_LINE["name"])
    changes = Many(Part(ChangeOut), required=True)


class Differences(Shape):
    """What of one version is other in another."""

    header = Many(Part(ChangeOut), required=True)
    totals = Many(Part(ChangeOut), required=True)
    added = Many(Part(LineOut), required=True, max=MOST_LINES)
    removed = Many(Part(LineOut), required=True, max=MOST_LINES)
    changed = Many(Part(LineChange), required=True, max=MOST_LINES)


class DifferencesQuery(Shape):
    """Which two versions."""

    before = QueryWhole(required=True, min=1, max=INT4_MAX)
    after = QueryWhole(required=True, min=1, max=INT4_MAX)
