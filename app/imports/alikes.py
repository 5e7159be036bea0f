"""Rows that may speak of the same as others do, or as what is there: told before anything is made."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.core import phones
from app.core.db import db
from app.core.errors import Invalid
from app.core.phones import normalise
from app.core.search import fold
from app.customers import queries as customers
from app.customers import references
from app.imports import matching, people, traces
from app.imports.models import Import, ImportKey
from app.imports.people import Target
from app.imports.plan import Row
from app.imports.results import SUCCEEDED
from app.imports.work import Work
from app.spreadsheets.registry import CONTACT, CUSTOMER

SHOWN = 50
"""So many are told of each kind of likeness."""
_ROWS_SHOWN = 10
WAYS = (matching.PHONE, "email", matching.CREDIT_CODE, matching.NAME)
Alike = dict[str, Any]


def note(work: Work, rows: Sequence[Row]) -> list[Alike]:
    """Keep what rows are recognised by; tells which of them resemble customers that are there."""
    done = [row for row in rows if work.told[row.number].outcome is SUCCEEDED]
    way = work.rules.get("match_by", matching.NAME)
    keys = {row.number: [*_keys(work, row)] for row in done}
    noted = [(kind, key, number) for number, several in keys.items() for kind, key in several]
    noted += [(way, key, row.number) for row in done for key in matching.keys_of(row, way)]
    noted += [(CONTACT, people.key_of(one), one.row.number) for row in done if (one := _person(work, row))]
    traces.note_keys(work.wanted, noted)
    if work.wanted.type != CUSTOMER:
        return []
    fresh = {row.number: row for row in done if work.told[row.number].record_id is None}
    return _resembling(work, fresh, keys, way)


def _person(work: Work, row: Row) -> Target | None:
    if work.wanted.type == CONTACT:
        return people.target_of(work, row)
    return people.target_beside(row) if row.contact else None


def _keys(work: Work, row: Row) -> Iterator[tuple[str, str]]:
    hidden = work.actor.hides(work.wanted.type)
    if "phones" not in hidden:
        for text in (*row.values.get("mobile", ()), *row.values.get("phone", ())):
            if number := _number(text):
                yield matching.PHONE, number
    if row.values.get("email"):
        yield "email", str(row.values["email"]).lower()
    if row.values.get("credit_code"):
        yield matching.CREDIT_CODE, str(row.values["credit_code"])
    if fold(row.name):
        yield matching.NAME, fold(row.name)


def _number(text: str) -> str | None:
    try:
        return normalise(text)
    except Invalid:
        return None


def _resembling(
    work: Work, fresh: Mapping[int, Row], keys: Mapping[int, Sequence[tuple[str, str]]], way: str
) -> list[Alike]:
    """Rows that would make a customer, with the customers that have the same number, address or code."""
    asked: dict[str, set[str]] = defaultdict(set)
    for number in fresh:
        for kind, key in keys[number]:
            if kind not in {way, matching.NAME}:
                asked[kind].add(key)
    found = {kind: customers.recognised(work.actor, kind, several) for kind, several in asked.items()}
    if way != matching.NAME:
        found[matching.NAME] = customers.named(work.actor, {row.name for row in fresh.values()})
    pairs = [
        (kind, key, number, ids)
        for number in fresh
        for kind, key in keys[number]
        if (ids := found.get(kind, {}).get(key))
    ][:SHOWN]
    names = references.parents({one for *_, ids in pairs for one in ids}, of=work.actor)
    return [
        {
            "kind": kind,
            "value": _shown(kind, key),
            "rows": [number],
            "label": fresh[number].name[:200],
            "records": [{"id": str(one), "name": names[one]} for one in ids[:3] if one in names],
        }
        for kind, key, number, ids in pairs
    ]


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
