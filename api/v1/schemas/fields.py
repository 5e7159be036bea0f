"""Fields that a company adds to its records, on the wire."""

from marshmallow import fields as raw

from api.v1.schemas.session import Ref
from app.fields.formulas import LONGEST as LONGEST_FORMULA
from app.fields.layouts import LONGEST_TITLE, MOST_SECTIONS
from app.fields.readings import MOST_DECIMALS
from app.fields.rights import RIGHTS
from app.fields.services import LONGEST, MOST
from app.fields.states import RESULTS, FieldKind
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Table, Text, Whole, Yes

ENTITIES = (
    "customer",
    "contact",
    "activity",
    "task",
    "product",
    "quote",
    "asset",
    "service-record",
    "purchase",
)


def _open(*, most: int = 20, **more: object) -> Table:
    return Table(Text(min=1, max=40), raw.Raw(allow_none=True), max=most, **more)


class FieldPatch(Shape):
    """What is to be changed of a field."""

    label = Text(min=1, max=LONGEST["label"])
    help = Text(max=LONGEST["help"], allow_none=True)
    settings = _open(metadata={"description": "What the kind asks for: options, decimals, a formula …"})
    rules = _open(
        most=3, metadata={"description": "{visible, required, read_only}: filters over the record's fields"}
    )
    default = raw.Raw(allow_none=True)
    required = Yes()
    unique = Yes()
    filterable = Yes(metadata={"description": "Lists can be filtered by it; its values are indexed"})


class FieldIn(FieldPatch):
    """A field to be added."""

    entity = Choice(ENTITIES, required=True)
    kind = Choice(FieldKind, required=True)
    label = Text(required=True, min=1, max=LONGEST["label"])
    key = Text(
        min=1,
        max=LONGEST["key"],
        metadata={"description": "Its name for machines; by default from the label"},
    )


class FieldOut(Shape):
    """A field as its administrator sees it."""

    id = Id(required=True)
    version = Whole(required=True)
    entity = Choice(ENTITIES, required=True)
    key = Text(required=True, max=LONGEST["key"])
    label = Text(required=True, max=LONGEST["label"])
    help = Text(required=True, allow_none=True, max=LONGEST["help"])
    kind = Choice(FieldKind, required=True)
    settings = _open(required=True)
    rules = _open(required=True, most=3)
    default = raw.Raw(required=True, allow_none=True)
    required = Yes(required=True)
    unique = Yes(required=True)
    filterable = Yes(required=True)
    ready = Yes(required=True, metadata={"description": "False while records are brought in step with it"})
    retired_at = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)


class FieldList(Shape):
    """All fields of a kind of record, retired ones too."""

    items = Many(Part(FieldOut), required=True)


class Section(Shape):
    """A section of a form."""

    title = Text(required=True, allow_none=True, max=LONGEST_TITLE)
    names = Many(Text(min=1, max=64), required=True, max=MOST + 100, data_key="fields", attribute="fields")


class LayoutIn(Shape):
    """The order of a kind of record's fields."""

    sections = Many(Part(Section), required=True, min=1, max=MOST_SECTIONS)


class Rights(Shape):
    """What roles may not do with the fields of a kind of record."""

    rights = Table(
        Text(min=1, max=40),
        Table(Text(min=1, max=64), Choice(RIGHTS), max=400),
        required=True,
        max=200,
        metadata={"description": "Role to field to right; what is left out may be written"},
    )


class FormulaIn(Shape):
    """A formula that is being written."""

    expression = Text(required=True, min=1, max=LONGEST_FORMULA, multiline=True)
    result = Choice(RESULTS, required=True)
    decimals = Whole(min=0, max=MOST_DECIMALS, load_default=2)
    key = Text(
        max=LONGEST["key"],
        load_default=None,
        allow_none=True,
        metadata={"description": "Of the field whose formula it is: no formula reads itself"},
    )


class FormulaTrial(Shape):
    """What came of trying a formula."""

    fault = Text(required=True, allow_none=True, max=500, metadata={"description": "Why it cannot be read"})
    at = Whole(required=True, allow_none=True, metadata={"description": "Where not, counted from one"})
    record = Part(Ref, required=True, allow_none=True, metadata={"description": "For which it was computed"})
    value = raw.Raw(
        required=True, allow_none=True, metadata={"description": "What it comes to; null for nothing"}
    )


class DescribedField(Shape):
    """A field as forms and lists need it; what a built-in one looks like, pages know."""

    name = Text(required=True, max=64)
    built_in = Yes(required=True)
    essential = Yes(required=True)
    compared = Text(
        required=True,
        allow_none=True,
        max=20,
        metadata={"description": "How conditions compare it; null for what they cannot"},
    )
    writable = Yes(required=True, metadata={"description": "Whether the reader may write it"})
    choices = Many(Text(max=64))
    label = Text(max=LONGEST["label"])
    help = Text(max=LONGEST["help"], allow_none=True)
    kind = Choice(FieldKind)
    settings = _open()
    rules = _open(most=3)
    default = raw.Raw(allow_none=True)
    required = Yes()
    unique = Yes()
    read_only = Yes()


class DescribedFilter(Shape):
    """Something that lists can be filtered by."""

    name = Text(required=True, max=64)
    kind = Text(required=True, max=20)
    ops = Many(Text(max=20), required=True)
    choices = Many(Text(max=64), required=True)


class Description(Shape):
    """What a kind of record is made of."""

    entity = Choice(ENTITIES, required=True)
    layout_version = Whole(required=True)
    sections = Many(Part(Section), required=True)
    described = Many(Part(DescribedField), required=True, data_key="fields", attribute="fields")
    filters = Many(Part(DescribedFilter), required=True)
    sorts = Many(Text(max=64), required=True)
