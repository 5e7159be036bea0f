"""All entries of a form as a table: one column for each field that it has or had."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from app.access.actor import Actor
from app.access.models import Department, User
from app.access.rules import unlocked
from app.audit import services as audit
from app.audit.services import Entry
from app.core import xlsx_files
from app.core.db import db
from app.core.errors import invalid
from app.core.money import CURRENCIES
from app.core.xlsx_files import Cell
from app.forms import definitions, queries
from app.forms.models import Form, FormEntry
from app.forms.states import EntryState, Kind
from tenants import calendar

MOST = 5000
_HEADS = (
    ("标题", "提交人", "部门", "提交时间", "状态"),
    ("Title", "Submitter", "Department", "Submitted", "State"),
)
_STATES = {
    EntryState.RUNNING: ("审批中", "Running"),
    EntryState.RETURNED: ("已退回", "Sent back"),
    EntryState.GRANTED: ("已同意", "Granted"),
    EntryState.REJECTED: ("已驳回", "Rejected"),
    EntryState.WITHDRAWN: ("已撤回", "Withdrawn"),
}
_AT_A_TIME = 100
_KEPT = (
    FormEntry.title,
    FormEntry.owner_id,
    FormEntry.department_id,
    FormEntry.submitted_at,
    FormEntry.state,
    FormEntry.told,
)
Called = Mapping[UUID | None, str]


@unlocked("whoever manages the form: queries give no other")
def workbook(actor: Actor, form: Form) -> bytes:
    """A workbook of all entries, the latest first; every cell is a typed value, never a formula.

    :raises Invalid: if there are too many for one file
    """
    of_it = (FormEntry.form_id == form.id, FormEntry.state != EntryState.DRAFT)
    count = db.session.scalars(select(func.count(FormEntry.id)).where(*of_it)).one()
    if count > MOST:
        raise invalid("form_id", "export-too-long", max=MOST, count=count)
    told = [{"field": "rows", "before": None, "after": count}]
    audit.record(
        actor,
        Entry(
            action="exported", subject_type="form", subject_id=form.id, subject_label=form.name, changes=told
        ),
    )
    columns = _columns(form)
    heads = [*_HEADS[actor.locale == "en"], *columns.values()]
    latest = select(*_KEPT).where(*of_it).order_by(FormEntry.submitted_at.desc(), FormEntry.id.desc())
    found = db.session.execute(latest.limit(MOST).execution_options(yield_per=_AT_A_TIME))
    return _written(form.name, heads, _rows(actor, found, list(columns)))


def _written(sheet: str, heads: Sequence[str], rows: Iterator[list[Cell]]) -> bytes:
    with TemporaryDirectory() as folder:
        part, made = Path(folder, "part"), Path(folder, "made")
        with part.open("wb") as written:
            written.write(xlsx_files.heading(heads))
            written.writelines(map(xlsx_files.row, rows))
        xlsx_files.assemble(part, made, sheet=sheet, widths=[18] * len(heads))
        return made.read_bytes()


def _columns(form: Form) -> dict[str, str]:
    """By field, what its column is called: those of now first, then those it had."""
    found: dict[str, str] = {}
    for version in queries.versions(form.id):
        for one in definitions.read(version.definition):
            if one.kind is not Kind.NOTE:
                found.setdefault(one.key, one.label)
    return found


def _rows(actor: Actor, found: Iterable[Row[Any]], columns: Sequence[str]) -> Iterator[list[Cell]]:
    zone, english = calendar.zone(), actor.locale == "en"
    people, departments = _called(User), _called(Department)
    for entry in found:
        at = entry.submitted_at.astimezone(zone).replace(tzinfo=None)
        state = _STATES[EntryState(entry.state)][english]
        told = {one["name"]: one for one in entry.told}
        cells = (_cell(told.get(key)) for key in columns)
        yield [
            entry.title,
            people.get(entry.owner_id),
            departments.get(entry.department_id),
            at,
            state,
            *cells,
        ]


def _called(model: Any) -> Called:
    return {row.id: row.name for row in db.session.execute(select(model.id, model.name))}


def _cell(told: Mapping[str, Any] | None) -> Cell:
    if told is None or told["value"] is None:
        return None
    value = told["value"]
    match told["kind"]:
        case Kind.FILE:
            return "、".join(one["name"] for one in value)
        case Kind.TABLE:
            return "\n".join(_line(told["columns"], row) for row in value["rows"])
        case Kind.DATE_RANGE:
            return f"{value['from']} – {value['to']}"
    found: Cell = told.get("text") or _figure(value)
    return found


def _line(columns: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> str:
    return " | ".join(str(_figure(row.get(column["name"], ""))) for column in columns)


def _figure(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Decimal(value["amount"]).scaleb(-CURRENCIES.get(value["currency"], 2))
    return Decimal(str(value)) if isinstance(value, float) else value
