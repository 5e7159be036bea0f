"""Values that only one record may have: while a file is tried out, rows further up have them already."""

from collections.abc import Iterator, Sequence

from app.core.errors import FieldProblem
from app.fields import readings
from app.fields.index import word_of
from app.fields.readings import Unfit
from app.imports import traces
from app.imports.plan import Column, Row
from app.imports.work import Work


def keys_of(work: Work, row: Row) -> Iterator[tuple[str, str]]:
    """What a row would take, as kind and key among what is kept of rows tried out."""
    for _, _, kind, key in _claims(work, [row]):
        yield kind, key


def refuse_taken(work: Work, rows: Sequence[Row]) -> None:
    """Note what is wrong with rows that want what rows of earlier chunks would have taken."""
    claims = [*_claims(work, rows)]
    taken = {
        (kind, key)
        for kind in {kind for _, _, kind, _ in claims}
        for key in traces.seen(work.wanted, kind, {one for _, _, other, one in claims if other == kind})
    }
    for part, column, kind, key in claims:
        if (kind, key) in taken:
            facts = (("value", part.texts[column.name][:100]),)
            part.problems.append(FieldProblem(column.field.name, "already-exists", facts))


def _claims(work: Work, rows: Sequence[Row]) -> Iterator[tuple[Row, Column, str, str]]:
    """The part of the row that claims a value, its column, and kind and key of the claim."""
    columns = [one for one in work.plan.columns if one.field.own and one.field.own.unique]
    for row in rows:
        for column in columns:
            part = row.contact if column.of_contact else row
            own = column.field.own
            if part is None or own is None or column.name not in part.values:
                continue
            try:
                value = readings.read(own, part.values[column.name])
            except Unfit:
                continue  # told where the record is checked
            yield part, column, f"sole {own.id}", word_of(value)[: traces.LONGEST_KEY]
