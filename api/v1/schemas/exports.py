"""Exports on the wire."""

from marshmallow import fields

from app.core.filters import MOST_TESTS
from app.core.search import MAX_QUERY
from app.exports.models import SOURCES, Format
from app.http.fields import Choice, Many, Shape, Text

MOST_FIELDS = 200


class ExportIn(Shape):
    """A list, what is asked of it, and how it shall be written down."""

    type = Choice(SOURCES, required=True)
    format = Choice(Format, load_default=Format.XLSX.value)
    field_names = Many(
        Text(min=1, max=64),
        max=MOST_FIELDS,
        load_default=list,
        metadata={"description": "Columns in their order; none: all there are"},
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


class ExportColumn(Shape):
    """What can stand in a column."""

    name = Text(required=True, max=64)
    label = Text(required=True, max=100)


class ExportColumns(Shape):
    """What can stand in the columns of a file, in its usual order."""

    items = Many(fields.Nested(ExportColumn), required=True)


class ExportColumnsQuery(Shape):
    """Of what records."""

    type = Choice(SOURCES, required=True)
