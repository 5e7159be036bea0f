"""The index over custom fields: rows for what is filled in, and lists found by them."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from app.core.bulk import insert_many
from app.core.db import db
from app.core.filter_values import Kind
from app.core.filters import Field, Op, Shortlist
from app.core.keyset import Aside, SortKey, plain_text
from app.fields.catalogue import Catalogue, CustomField
from app.fields.models import FieldValue
from app.fields.states import FieldKind
from app.lists.pages import CAP
from tenants.context import require_tenant_id

_LONGEST_WORD = 200
_MICRO = 10**6
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def word_of(value: Any) -> str:
    """A text or choice as the index has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return unicodedata.normalize("NFKC", str(value)).casefold()[:_LONGEST_WORD]


def _micro(value: Any) -> int:
    return int(Decimal(str(value)) * _MICRO)


def _days(value: Any) -> int:
    return date.fromisoformat(value).toordinal()


def _seconds(value: Any) -> int:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return int((at - _EPOCH).total_seconds())


_NUMBERS: dict[FieldKind, Callable[[Any], int]] = {
    FieldKind.NUMBER: _micro,
    FieldKind.MONEY: lambda value: int(value["amount"] if isinstance(value, Mapping) else value),
    FieldKind.DATE: _days,
    FieldKind.DATE_TIME: _seconds,
}


def rows(record_id: UUID, catalogue: Catalogue, custom: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The index rows of what is filled in on one record."""
    made: list[dict[str, Any]] = []
    for key, value in custom.items():
        field = catalogue.fields.get(key)
        if field is None or not field.indexed:
            continue
        for position, one in enumerate(value if isinstance(value, list) else [value]):
            made.append(_row(record_id, field, position, one))
    return made


def _row(record_id: UUID, field: CustomField, position: int, value: Any) -> dict[str, Any]:
    number = _NUMBERS.get(field.holds)
    return {
        "tenant_id": require_tenant_id(),
        "record_id": record_id,
        "field_id": field.id,
        "position": position,
        "word": word_of(value) if number is None or field.unique else None,
        "number": number(value) if number else None,
        "sole": field.unique,
    }


def put(made: Iterable[dict[str, Any]]) -> None:
    """Write index rows; one statement."""
    insert_many(FieldValue, list(made))


def replace(
    record_id: UUID, catalogue: Catalogue, custom: Mapping[str, Any], changed: Collection[str]
) -> None:
    """Bring the index of one record in step with fields that have changed."""
    touched = [catalogue.fields[key] for key in changed if catalogue.fields[key].indexed]
    if not touched:
        return
    db.session.execute(
        delete(FieldValue).where(
            FieldValue.record_id == record_id, FieldValue.field_id.in_([field.id for field in touched])
        )
    )
    put(rows(record_id, catalogue, {one.key: custom[one.key] for one in touched if one.key in custom}))


def replace_many(customs: Mapping[UUID, Mapping[str, Any]], catalogue: Catalogue) -> None:
    """Bring the index of whole records in step; two statements, or none."""
    if any(field.indexed for field in catalogue.fields.values()) and customs:
        drop(customs.keys())
        put(row for record_id, custom in customs.items() for row in rows(record_id, catalogue, custom))


def drop(record_ids: Collection[UUID]) -> None:
    """Forget what was filled in on records that are gone."""
    db.session.execute(delete(FieldValue).where(FieldValue.record_id.in_(list(record_ids))))


_MEMBER = "EXISTS (SELECT 1 FROM jsonb_array_elements_text(r.custom->{key}) m (word) WHERE m.word {match})"
_SQL: dict[FieldKind, tuple[Kind, str]] = {
    FieldKind.TEXT: (Kind.TEXT, "(r.custom->>{key})"),
    FieldKind.NUMBER: (Kind.NUMBER, "(r.custom->>{key})::numeric"),
    FieldKind.MONEY: (Kind.WHOLE, "(r.custom->{key}->>'amount')::bigint"),
    FieldKind.DATE: (Kind.DATE, "(r.custom->>{key})"),
    FieldKind.DATE_TIME: (Kind.INSTANT, "(r.custom->>{key})::timestamptz"),
    FieldKind.CHOICE: (Kind.CHOICE, "(r.custom->>{key})"),
    FieldKind.MULTI_CHOICE: (Kind.MEMBER, _MEMBER),
    FieldKind.YES_NO: (Kind.YES, "(r.custom->>{key})"),
    FieldKind.USER: (Kind.ID, "(r.custom->>{key})::uuid"),
    FieldKind.DEPARTMENT: (Kind.ID, "(r.custom->>{key})::uuid"),
    FieldKind.RECORD: (Kind.ID, "(r.custom->>{key})::uuid"),
}


def filter_of(field: CustomField) -> Field:
    """How lists are filtered by a field."""
    kind, sql = _SQL[field.holds]
    return Field(
        field.key, kind, sql, tuple(field.options), key=field.key, shortlist=partial(_shortlist, field)
    )


_LIST = (
    "SELECT v.record_id FROM field_values v WHERE v.tenant_id = %(tenant)s AND v.field_id = %(few_field)s "
)
# A value between two that the index can tell apart must not lose its neighbours.
_BY_ORDER = {Op.EQ: "=", Op.GT: ">=", Op.GTE: ">=", Op.LT: "<=", Op.LTE: "<="}


def _shortlist(field: CustomField, op: Op, value: Any) -> Shortlist | None:
    number = _NUMBERS.get(field.holds)
    if op is Op.IN:
        among: Any = [number(one) if number else word_of(one) for one in value]
        compared = "v.number = ANY (%(few_value)s::bigint[])" if number else "v.word = ANY (%(few_value)s)"
    elif number and op in _BY_ORDER:
        among, compared = _bounded(number(value)), f"v.number {_BY_ORDER[op]} %(few_value)s::bigint"
    elif op is Op.EQ:
        among, compared = word_of(value), "v.word = %(few_value)s"
    else:
        return None
    key = (str(field.id), op, tuple(among) if isinstance(among, list) else among)
    params = {"few_field": field.id, "few_value": among}
    return Shortlist(f"{_LIST}AND {compared} LIMIT {CAP}", params, key, bound=compared)


_MOST_RANKS = 10_000
_RANKS = "%(sort_words)s::text[]"
_MINE = "v.tenant_id = %(tenant)s AND v.field_id = %(sort_field)s"


def sort_of(field: CustomField) -> SortKey | None:
    """How lists are sorted by a field; None for what has no order, or more than one value.

    Choices come in the order of their options, text as it is written, letter by letter.
    """
    params: dict[str, Any] = {"sort_field": field.id}
    if field.holds in _NUMBERS:
        return SortKey(
            field.key, "v.number", _whole, Aside("field_values", "v.number", "v.number", _MINE, params)
        )
    if field.holds in {FieldKind.TEXT, FieldKind.YES_NO}:
        return SortKey(
            field.key, "v.word", plain_text, Aside("field_values", "v.word", "v.word", _MINE, params)
        )
    if field.holds is not FieldKind.CHOICE:
        return None
    params["sort_words"] = [word_of(value) for value in field.options]
    rank = f"array_position({_RANKS}, v.word)"
    return SortKey(field.key, rank, _rank, Aside("field_values", "v.word", rank, _MINE, params, ranks=_RANKS))


def _rank(text: str) -> int:
    return max(0, min(int(text), _MOST_RANKS))


def _whole(text: str) -> int:
    return _bounded(int(text))


def _bounded(number: int) -> int:
    return max(-(2**63), min(number, 2**63 - 1))
