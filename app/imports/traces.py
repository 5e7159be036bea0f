"""What a run leaves to itself: the keys of rows that were tried out, and what was done to which record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, select

from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.imports.models import Import, ImportEffect, ImportKey
from tenants import rls

LONGEST_KEY = 200
_NOTE = """
INSERT INTO import_effects (tenant_id, import_id, record_id, kind, row, created, version, at, before)
SELECT tenant_id, import_id, record_id, kind, row, created, version, at, before
FROM json_populate_recordset(CAST(NULL AS import_effects), CAST(%(rows)s AS json))
ON CONFLICT (tenant_id, import_id, record_id)
DO UPDATE SET version = excluded.version, before = excluded.before || import_effects.before
"""
_FOLLOW = """
UPDATE import_effects e SET version = c.version FROM customers c
WHERE e.tenant_id = %(tenant)s AND e.import_id = %(import)s AND e.record_id = ANY (%(ids)s)
AND c.tenant_id = e.tenant_id AND c.id = e.record_id AND c.version = e.version + 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one row did to one record."""

    record_id: UUID
    kind: str
    row: int
    version: int = 1
    before: Mapping[str, Any] | None = None
    """What stood in the fields that it changed; None of a record that it made."""


def note(wanted: Import, effects: Sequence[Effect]) -> None:
    """Keep what was done, so that it can be taken back; one statement, or none."""
    if not effects:
        return
    at = clock.now()
    rows = [
        {
            "tenant_id": wanted.tenant_id,
            "import_id": wanted.id,
            "record_id": one.record_id,
            "kind": one.kind,
            "row": one.row,
            "created": one.before is None,
            "version": one.version,
            "at": at,
            "before": one.before or {},
        }
        for one in effects
    ]
    rls.driver_of(db.session()).execute(_NOTE, {"rows": orjson.dumps(rows).decode()})


def follow(wanted: Import, record_ids: Collection[UUID]) -> None:
    """Note that customers have one more version, by our own doing."""
    params = {"tenant": wanted.tenant_id, "import": wanted.id, "ids": list(record_ids)}
    rls.driver_of(db.session()).execute(_FOLLOW, params)


def touched(wanted: Import, record_ids: Collection[UUID]) -> set[UUID]:
    """Those of some records to which earlier rows of the file did something."""
    if not record_ids:
        return set()
    rows = db.session.scalars(
        select(ImportEffect.record_id).where(
            ImportEffect.import_id == wanted.id, ImportEffect.record_id.in_(record_ids)
        )
    )
    return set(rows)


def seen(wanted: Import, kind: str, keys: Collection[str]) -> set[str]:
    """Those of some keys that rows tried out in earlier chunks have."""
    if not keys:
        return set()
    rows = db.session.scalars(
        select(ImportKey.key).where(
            ImportKey.import_id == wanted.id, ImportKey.kind == kind, ImportKey.key.in_(keys)
        )
    )
    return set(rows)


def note_keys(wanted: Import, keys: Iterable[tuple[str, str, int]]) -> None:
    """Keep what rows are recognised by (kind, key, row) while a file is tried out; one statement, or none."""
    insert_many(
        ImportKey,
        [
            {
                "tenant_id": wanted.tenant_id,
                "import_id": wanted.id,
                "kind": kind,
                "key": key[:LONGEST_KEY],
                "row": row,
            }
            for kind, key, row in sorted(set(keys))
        ],
    )


def forget_keys(import_id: UUID) -> None:
    """Drop the keys of a file that was tried out."""
    db.session.execute(delete(ImportKey).where(ImportKey.import_id == import_id))
