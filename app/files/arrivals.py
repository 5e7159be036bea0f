"""How a file arrives: looked at, then laid in its place, before anything refers to it.

A content's row comes first and is committed, then the content itself, then what refers to it: whatever
dies in between leaves a row without references, which a sweep finds together with what it stands for.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import IO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.access.actor import Actor
from app.access.rules import guarded
from app.config import Settings
from app.core import clock, file_names
from app.core.db import db
from app.core.errors import invalid
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.files import pictures, policies, queries, storage, sweeping, types
from app.files.models import Blob
from app.files.states import FileKind
from app.files.types import FileType
from app.records.kinds import Record
from tenants import current

MOST_ON_ONE = 200
_TOUCHED_ENOUGH = timedelta(minutes=10)
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What an installation takes, in bytes."""

    largest: int
    quota: int


_limits = Limits(20 * _MEGABYTE, 10 * 1024 * _MEGABYTE)


def configure(settings: Settings) -> None:
    """Say what is taken; called once by the factory."""
    global _limits  # noqa: PLW0603
    _limits = Limits(settings.file_megabytes * _MEGABYTE, settings.files_gigabytes * 1024 * _MEGABYTE)


def limits() -> Limits:
    """What this installation takes."""
    return _limits


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was looked at and lies in its place."""

    blob_id: UUID
    name: str
    type: FileType
    size: int
    has_thumbnail: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at."""

    name: str
    type: FileType
    size: int
    sha256: str
    thumbnail: bytes | None


@guarded(policies.add)
def expect(_actor: Actor, record: Record) -> None:
    """Make sure that one more file may come to a record.

    :raises Invalid: naming `file`, when there are too many
    """
    most = record.kind.most_files or MOST_ON_ONE
    if queries.count_on(record.kind.word, record.id) >= most:
        raise invalid("file", "too-many-files", max=most)


def look(stream: IO[bytes], filename: str) -> Looked:
    """Look at a file: its type by its bytes, its hash, a thumbnail if it is a picture.

    :param stream: can be rewound
    :raises Invalid: naming `file`, when it is nothing that is taken
    """
    size = stream.seek(0, 2)
    if size > _limits.largest:
        raise invalid("file", "file-too-large", max=_limits.largest // _MEGABYTE)
    name = file_names.harmless(filename)
    type_ = types.decide(stream, file_names.extension_of(name))
    readable = type_.kind is FileKind.PICTURE and type_.media_type != "image/heic"
    thumbnail = pictures.thumbnail(stream) if readable else None
    stream.seek(0)
    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    return Looked(file_names.with_extension(name, type_.extensions[0]), type_, size, sha256, thumbnail)


@guarded(policies.add)
def keep(actor: Actor, record: Record, looked: Looked, stream: IO[bytes]) -> Arrival:
    """Lay a content in its place, if it does not lie there yet; opens its own units of work.

    :raises Invalid: naming `file`, when the record or the company has no room left
    :raises Unavailable: when the place does not take it
    """
    with unit_of_work():
        _demand_room(record, looked.size)
        blob_id, slug = _touch(actor, looked), current.slug()
    store, key = storage.store(), storage.key_of(slug, looked.sha256)
    if not store.has(key):
        if looked.thumbnail is not None:
            _put(storage.thumbnail_of(slug, looked.sha256), looked.thumbnail)
        store.put(key, stream, looked.size)
    return Arrival(blob_id, looked.name, looked.type, looked.size, looked.thumbnail is not None)


def _demand_room(record: Record, size: int) -> None:
    most = record.kind.most_bytes
    if most is not None and queries.bytes_on(record.kind.word, record.id) + size > most:
        raise invalid("file", "files-too-large-together", max=most // _MEGABYTE)


def _put(key: str, content: bytes) -> None:
    storage.store().put(key, BytesIO(content), len(content))


def _touch(actor: Actor, looked: Looked) -> UUID:
    """The row of a content, which no sweep takes for a while."""
    at = clock.now()
    known = db.session.scalar(select(Blob.id).where(Blob.sha256 == looked.sha256))
    if known is None and queries.stored() + looked.size > _limits.quota:
        raise invalid("file", "no-room-left", max=_limits.quota // _MEGABYTE // 1024)
    sweeping.note(at)
    values = {
        "id": new_id(),
        "sha256": looked.sha256,
        "size": looked.size,
        "stored_by_id": actor.id,
        "touched_at": at,
    }
    made = insert(Blob).values(values)
    blob_id = db.session.scalar(
        made.on_conflict_do_update(
            index_elements=["tenant_id", "sha256"],
            set_={"touched_at": at},
            where=Blob.touched_at < at - _TOUCHED_ENOUGH,
        ).returning(Blob.id)
    )
    if blob_id is None:
        blob_id = db.session.scalars(select(Blob.id).where(Blob.sha256 == looked.sha256)).one()
    return blob_id
