"""Writing the trail. Every service that changes a record calls one of these in its transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import inspect

from app.audit import sealing
from app.audit.models import AuditRecord
from app.core import clock
from app.core.bulk import insert_many
from app.core.events import publish
from app.core.ids import new_id
from app.core.origin import current_origin
from app.events.trail import Deed, TrailWritten
from tenants.context import require_tenant_id


class Doer(Protocol):
    """Whoever acts: all the trail needs to know of an actor."""

    @property
    def id(self) -> UUID | None: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class _Nobody:
    id: UUID | None = None
    name: str = ""


NOBODY = _Nobody()
"""Whoever it was: a visitor who has proved nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the trail, as a service states it."""

    action: str
    subject_type: str
    subject_id: UUID
    subject_label: str
    changes: Sequence[Mapping[str, Any]] = ()
    about_id: UUID | None = None
    also_about_id: UUID | None = None


def record(doer: Doer, entry: Entry) -> None:
    """Add one line to the trail."""
    record_many(doer, [entry])


def record_many(doer: Doer, entries: Iterable[Entry]) -> None:
    """Add many lines with one statement."""
    entries = list(entries)
    origin, at, tenant_id = current_origin(), clock.now(), require_tenant_id()
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "at": at,
            "actor_id": doer.id,
            "actor_name": doer.name,
            "action": entry.action,
            "subject_type": entry.subject_type,
            "subject_id": entry.subject_id,
            "subject_label": entry.subject_label[:200],
            "about_id": entry.about_id,
            "also_about_id": entry.also_about_id,
            "changes": list(entry.changes),
            "ip": origin.ip,
            "user_agent": (origin.user_agent or "")[:300] or None,
            "request_id": origin.request_id,
            "session_id": origin.session_id,
        }
        for entry in entries
    ]
    insert_many(AuditRecord, rows)
    sealing.note()
    publish(
        TrailWritten(
            doer_id=doer.id,
            access_version=getattr(doer, "access_version", 0),
            at=at,
            deeds=tuple(_deed(entry) for entry in entries),
        )
    )


def _deed(entry: Entry) -> Deed:
    return Deed(
        action=entry.action,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        about_id=entry.about_id,
        fields=tuple(str(change.get("field", "")) for change in entry.changes),
    )


def changes_of(entity: Any, *, ignoring: Iterable[str] = ("version", "updated_at")) -> list[dict[str, Any]]:
    """What has changed on a mapped object since it was loaded, field by field, before the flush."""
    skipped = set(ignoring)
    state = inspect(entity)
    changes = []
    for name in (attribute.key for attribute in state.mapper.column_attrs):
        history = state.attrs[name].history
        if name in skipped or not history.has_changes():
            continue
        before = history.deleted[0] if history.deleted else None
        after = history.added[0] if history.added else None
        if before != after:
            changes.append({"field": name, "before": plain(before), "after": plain(after)})
    return changes


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What has become different of what is told of a record, field by field."""
    return [
        {"field": name, "before": before.get(name), "after": value}
        for name, value in after.items()
        if value != before.get(name)
    ]


def facts_of(entity: Any, names: Iterable[str]) -> list[dict[str, Any]]:
    """A new object's telling fields, as changes from nothing."""
    return [
        {"field": name, "before": None, "after": plain(value)}
        for name in names
        if (value := getattr(entity, name)) not in (None, "", [], ())
    ]


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return "…"
    return value
