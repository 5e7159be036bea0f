"""What may stand in a field of a form: from what was sent to what is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.errors import FieldProblem
from app.core.money import CURRENCIES
from app.fields import filling as own_fields
from app.fields import formulas, readings
from app.fields.readings import Unfit
from app.forms.definitions import MOST_ROWS, FormField, catalogue_of, custom_of
from app.forms.states import Kind

LONGEST_SPAN = 3660


def read(one: FormField, value: Any) -> Any:
    """A value as it is kept; None for an empty one.

    :raises Unfit: if it cannot stand there
    """
    if one.kind is Kind.DATE_RANGE:
        return _span(value)
    custom = custom_of(one)
    assert custom is not None  # noqa: S101  (tables and notes are not read here)
    if one.kind is Kind.MONEY and isinstance(value, int) and not isinstance(value, bool):
        value = {"amount": value}
    found = readings.read(custom, value)
    if one.kind is Kind.MONEY and found and found["currency"] != one.money_in:
        raise Unfit("invalid-currency", at="currency")
    return found


def _span(value: Any) -> dict[str, Any] | None:
    if value is None or value in ("", []):
        return None
    if not isinstance(value, Mapping) or not value.keys() <= {"from", "to", "days"}:
        raise Unfit("not-an-object")
    if not any(value.get(end) for end in ("from", "to")):
        return None
    start, end = (_day(value.get(name), name) for name in ("from", "to"))
    if end < start:
        raise Unfit("ends-before-start", at="to")
    days = (end - start).days + 1
    if days > LONGEST_SPAN:
        raise Unfit("too-many", at="to", max=LONGEST_SPAN)
    return {"from": start.isoformat(), "to": end.isoformat(), "days": days}


def _day(value: Any, at: str) -> date:
    if value in (None, ""):
        raise Unfit("required", at=at)
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise Unfit("not-a-date", at=at)
    return found


def table(one: FormField, value: Any, at: str, problems: list[FieldProblem]) -> dict[str, Any] | None:
    """The rows of a table with what its columns come to; rows in which nothing stands are left out.

    :raises Unfit: if it is no table at all, or comes to more than can be kept
    """
    sent = value.get("rows") if isinstance(value, Mapping) else value
    if sent is None:
        return None
    if not isinstance(sent, list):
        raise Unfit("not-a-list")
    if len(sent) > MOST_ROWS:
        raise Unfit("too-many", max=MOST_ROWS)
    rows = [found for i, row in enumerate(sent) if (found := _row(one, row, f"{at}.{i}", problems))]
    return {"rows": rows, "sums": _sums(one, rows)} if rows else None


def _row(one: FormField, sent: Any, at: str, problems: list[FieldProblem]) -> dict[str, Any]:
    if not isinstance(sent, Mapping):
        problems.append(FieldProblem(at, "not-an-object"))
        return {}
    keys = {column.key for column in one.columns}
    problems += [FieldProblem(f"{at}.{str(key)[:40]}", "unknown-field") for key in sent if key not in keys]
    row: dict[str, Any] = {}
    empty = []
    for column in one.columns:
        try:
            value = _cell(one, column, sent.get(column.key), row)
        except Unfit as fault:
            problems.append(fault.problem(f"{at}.{column.key}"))
            continue
        if value is not None:
            row[column.key] = value
        elif column.required and column.kind is not Kind.FORMULA:
            empty.append(FieldProblem(f"{at}.{column.key}", "required"))
    problems += empty if row else []
    return row


def _cell(one: FormField, column: FormField, value: Any, row: Mapping[str, Any]) -> Any:
    if column.kind is not Kind.FORMULA:
        return read(column, value)
    custom = custom_of(column)
    assert custom is not None  # noqa: S101  (a formula is like a custom field)
    operands = own_fields.operands(catalogue_of(one.columns), dict(row), {})
    return own_fields.result_of(custom, formulas.parse(column.settings["expression"]).compute(operands))


def _sums(one: FormField, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        column.key: _sum(column, [row[column.key] for row in rows if column.key in row])
        for column in one.columns
        if column.summed
    }


def _sum(column: FormField, found: Sequence[Any]) -> Any:
    if column.kind is Kind.MONEY:
        amount = sum(value["amount"] for value in found)
        if abs(amount) > readings.MOST_MONEY:
            raise Unfit("out-of-range", min=-readings.MOST_MONEY, max=readings.MOST_MONEY)
        return {"amount": amount, "currency": column.money_in}
    total = sum((Decimal(str(value)) for value in found), Decimal(0))
    if not abs(total) < readings.LARGEST:
        raise Unfit("out-of-range", min=-int(readings.LARGEST), max=int(readings.LARGEST))
    return readings.plain_number(total)


def operand(value: Any) -> Any:
    """What formulas read of a part of something: days, a sum, the first or the last day."""
    if isinstance(value, Mapping):
        return Decimal(value["amount"]).scaleb(-CURRENCIES.get(value["currency"], 2))
    return date.fromisoformat(value) if isinstance(value, str) else value
