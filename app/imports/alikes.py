"""Rows that may speak of the same as others do, or as what is there: told before anything is made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.core import phones
from app.core.db import db
from app.core.search import fold
from app.customers import duplicates
from app.customers.duplicates import Likeness, Traits
from app.customers.states import CustomerKind
from app.imports import matching, people, soles, traces
from app.imports.models import Import, ImportKey
from app.imports.people import Target
from app.imports.plan import Row
from app.imports.results import SUCCEEDED
from app.imports.work import Work
from app.spreadsheets.registry import CONTACT, CUSTOMER, PRODUCT, STANDING

SHOWN = 50
"""So many are told of each kind of likeness."""
_ROWS_SHOWN = 10
WAYS = (matching.PHONE, "email", matching.CREDIT_CODE, matching.NAME)
Alike = dict[str, Any]


def note(work: Work, rows: Sequence[Row]) -> list[Alike]:
    """Keep what rows are recognised by; tells which of them resemble customers that are there."""
    done = [row for row in rows if work.told[row.number].outcome is SUCCEEDED]
    way = work.rules.get("match_by", matching.NAME)
    told_by = _TOLD_BY.get(work.wanted.type, _keys)
    keys = {row.number: [*told_by(work, row), *soles.keys_of(work, row)] for row in done}
    noted = [(kind, key, number) for number, several in keys.items() for kind, key in several]
    noted += [(way, key, row.number) for row in done for key in matching.keys_of(row, way)]
    noted += [(CONTACT, people.key_of(one), one.row.number) for row in done if (one := _person(work, row))]
    traces.note_keys(work.wanted, noted)
    if work.wanted.type != CUSTOMER:
        return []
    fresh = {row.number: row for row in done if work.told[row.number].record_id is None}
    return _resembling(work, fresh, way)


def _person(work: Work, row: Row) -> Target | None:
    if work.wanted.type == CONTACT:
        return people.target_of(work, row)
    return people.target_beside(row) if row.contact else None


def _code(_work: Work, row: Row) -> Iterator[tuple[str, str]]:
    if key := fold(str(row.values.get("code", ""))):
        yield matching.CODE, key


def _keys(work: Work, row: Row) -> Iterator[tuple[str, str]]:
    hidden = work.actor.hides(work.wanted.type)
    if "phones" not in hidden:
        for text in (*row.values.get("mobile", ()), *row.values.get("phone", ())):
            if number := duplicates.number_of(text):
                yield matching.PHONE, number
    if row.values.get("email"):
        yield "email", str(row.values["email"]).lower()
    if row.values.get("credit_code"):
        yield matching.CREDIT_CODE, str(row.values["credit_code"]).upper()
    if fold(row.name):
        yield matching.NAME, fold(row.name)


def _nothing(_work: Work, _row: Row) -> Iterator[tuple[str, str]]:
    yield from ()


_TOLD_BY: Mapping[str, Callable[[Work, Row], Iterator[tuple[str, str]]]] = {
    PRODUCT: _code, **dict.fromkeys(STANDING, _nothing),
}  # fmt: skip
"""By what rows are told apart, of kinds that have no phone numbers and addresses."""


def _resembling(work: Work, fresh: Mapping[int, Row], way: str) -> list[Alike]:
    """Rows that would make a customer, with those one sees that have something in common with it."""
    traits = [
        Traits(
            name=row.name,
            phones=[*row.values.get("mobile", ()), *row.values.get("phone", ())],
            email=str(row.values.get("email", "")),
            credit_code=str(row.values.get("credit_code", "")),
            company=row.values.get("kind") != CustomerKind.PERSON,
        )
        for row in fresh.values()
    ]
    found = zip(fresh.values(), duplicates.likely_duplicates(work.actor, traits), strict=True)
    alike: list[Alike] = []
    for row, several in found:
        for kind in WAYS:
            same = [one for one in several if one.by == kind and one.seen and kind != way]
            if same:
                alike.append(_told(row, kind, same))
    return alike[:SHOWN]


def _told(row: Row, kind: str, same: Sequence[Likeness]) -> Alike:
    values = {**row.values, "phone": "、".join((*row.values.get("mobile", ()), *row.values.get("phone", ())))}
    return {
        "kind": kind,
        "value": str(values[kind])[:200],
        "rows": [row.number],
        "label": row.name[:200],
        "records": [{"id": str(one.record_id), "name": one.name} for one in same[:3]],
    }


def _shown(kind: str, key: str) -> str:
    return phones.shown(key) if kind == matching.PHONE else key


def within(wanted: Import) -> list[Alike]:
    """Rows of the file that have something in common by which people are told apart."""
    way = wanted.mapping.get("match_by", matching.NAME)
    kinds = [kind for kind in WAYS if kind not in {way, matching.NAME} or wanted.type == CONTACT]
    rows = db.session.execute(
        select(ImportKey.kind, ImportKey.key, func.array_agg(ImportKey.row), func.min(ImportKey.row))
        .where(ImportKey.import_id == wanted.id, ImportKey.kind.in_(set(kinds) - {matching.NAME}))
        .group_by(ImportKey.kind, ImportKey.key)
        .having(func.count() > 1)
        .order_by(func.min(ImportKey.row))
        .limit(SHOWN)
    )
    return [
        {
            "kind": kind,
            "value": _shown(kind, key),
            "rows": sorted(several)[:_ROWS_SHOWN],
            "label": "",
            "records": [],
        }
        for kind, key, several, _ in rows
    ]
