"""Imports on the wire."""

from marshmallow import fields

from app.http.fields import Choice, File, Id, Instant, Many, Part, Shape, Table, Text, Whole, Yes
from app.imports.matching import NAME, WAYS
from app.spreadsheets.registry import TYPES

ON_DUPLICATE = ("skip", "update", "create")
ON_MISSING = ("create", "skip")


class UploadIn(Shape):
    """A file, and what its rows are."""

    file = File(required=True)
    type = Choice(TYPES, load_default="customer")


class TemplateQuery(Shape):
    """What the rows are, and what kind of file it is."""

    type = Choice(TYPES, load_default="customer")
    format = Choice(("xlsx", "csv"), load_default="xlsx")


class MappingShape(Shape):
    """Which column goes where."""

    columns = Table(
        Text(max=9),
        Text(max=64, allow_none=True),
        max=200,
        required=True,
        metadata={"description": 'Field by column index, e.g. {"0": "name"}; null or absent: not imported'},
    )
    values = Table(
        Text(max=64),
        Table(Text(max=100), Text(max=64, allow_none=True), max=1000),
        max=20,
        load_default=dict,
        metadata={"description": 'What words mean, e.g. {"tier": {"重点": "gold"}}; null: leave it empty'},
    )
    match_by = Choice(
        WAYS,
        load_default=NAME,
        metadata={"description": "What customers there are already are recognised by"},
    )
    on_duplicate = Choice(ON_DUPLICATE, load_default="skip")
    on_missing = Choice(ON_MISSING, load_default="create")


class SheetIn(Shape):
    """Which sheet of a workbook."""

    sheet = Text(required=True, min=1, max=200)


class ImportColumn(Shape):
    """A column of the file."""

    index = Whole(required=True)
    name = Text(required=True, max=120)
    samples = Many(fields.String(), required=True)
    suggestion = Text(required=True, allow_none=True, max=64)
    confidence = Choice(("sure", "likely"), required=True, allow_none=True)


class FieldChoice(Shape):
    """One of the words a field takes."""

    value = Text(required=True, max=64)
    label = Text(required=True, max=100)


class ImportField(Shape):
    """What a column can become."""

    name = Text(
        required=True,
        max=64,
        metadata={"description": "`contact.` before it: of a contact beside the customer"},
    )
    label = Text(required=True, max=120)
    required = Yes(required=True)
    choices = Many(Part(FieldChoice))


class UnmappedValue(Shape):
    """A word in the file that means nothing yet."""

    value = Text(required=True, max=100)
    count = Whole(required=True)
    suggestion = Text(required=True, allow_none=True, max=64)


class CellProblem(Shape):
    """What is wrong with a cell."""

    field = Text(required=True, max=64)
    code = Text(required=True, max=64)
    message = Text(required=True, max=500)


class PreviewRow(Shape):
    """A row as it would come in."""

    row = Whole(required=True)
    values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    errors = Many(Part(CellProblem), required=True)


class ImportOut(Shape):
    """A file, what we think of it, and what was decided."""

    id = Id(required=True)
    version = Whole(required=True)
    type = Choice(TYPES, required=True)
    filename = Text(required=True, max=200)
    size = Whole(required=True, metadata={"description": "Bytes"})
    encoding = Text(required=True, max=32)
    delimiter = fields.String(required=True)
    sheets = Many(fields.String(), required=True, metadata={"description": "Of a workbook; else none"})
    sheet = Text(required=True, allow_none=True, max=200)
    row_count_estimate = Whole(required=True)
    columns = Many(Part(ImportColumn), required=True)
    field_list = Many(Part(ImportField), required=True, data_key="fields")
    mapping = Part(MappingShape, required=True)
    unmapped_values = fields.Dict(
        keys=fields.String(), values=fields.List(fields.Nested(UnmappedValue)), required=True
    )
    preview = Many(Part(PreviewRow), required=True)
    job_id = Id(required=True, allow_none=True)
    check_id = Id(
        required=True,
        allow_none=True,
        metadata={"description": "The job that has found out what would become of the rows, as mapped now"},
    )
    origin = Choice(
        ("wukong", "cordys"),
        required=True,
        allow_none=True,
        metadata={"description": "The product whose export the file was recognised as"},
    )
    used_mapping = Text(
        required=True,
        allow_none=True,
        max=60,
        metadata={"description": "The name of the kept mapping that it was read with"},
    )
    undo_id = Id(required=True, allow_none=True, metadata={"description": "The job that takes it back"})
    undo_until = Instant(
        required=True,
        allow_none=True,
        metadata={"description": "Until when it can be taken back; null: there is nothing to take back"},
    )


class KeptMappingQuery(Shape):
    """Of what records."""

    type = Choice(TYPES, load_default="customer")


class KeptMappingIn(Shape):
    """What to keep, and under which name."""

    import_id = Id(required=True)
    name = Text(required=True, min=1, max=60)


class UsedMappingIn(Shape):
    """Which mapping that was kept."""

    mapping_id = Id(required=True)


class KeptMapping(Shape):
    """A mapping that was kept for further files."""

    id = Id(required=True)
    type = Choice(TYPES, required=True)
    name = Text(required=True, max=60)
    updated_at = Instant(required=True)


class KeptMappingList(Shape):
    """All that are kept, by name."""

    items = Many(Part(KeptMapping), required=True)


class AlikeRecord(Shape):
    """A customer that is there already."""

    id = Id(required=True)
    name = Text(required=True, max=200)


class Alike(Shape):
    """Rows that may speak of the same."""

    kind = Choice(("phone", "email", "credit_code", "name"), required=True)
    value = Text(required=True, max=200)
    rows = Many(Whole(), required=True, metadata={"description": "As a spreadsheet counts"})
    label = Text(required=True, max=200, metadata={"description": "What the row would make"})
    records = Many(
        Part(AlikeRecord),
        required=True,
        metadata={"description": "Those there already; else within the file"},
    )


class AlikeList(Shape):
    """What resembles what, the first of each kind."""

    items = Many(Part(Alike), required=True)
