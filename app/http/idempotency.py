"""The same Idempotency-Key has one effect, however often and however fast it comes.

The key is claimed in the transaction of the effect: a second request waits for the first to end, then
finds its answer (and replays it) or finds nothing (and does the work).
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, request
from sqlalchemy import Delete, LargeBinary, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.access.actor import Actor
from app.core import clock
from app.core.crypto import sign
from app.core.db import Base, db
from app.core.errors import Invalid
from app.core.uow import after_commit
from tenants import agenda, rounds
from tenants.context import require_tenant_id
from tenants.ownership import TenantOwned

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
QUEUE = "idempotency"
KEPT = timedelta(hours=48)
"""How long an answer can be replayed."""
_INSTEAD = "guanxi.kept_answer"
_KEPT_HEADERS = ("Content-Type", "ETag", "Location")


class IdempotencyKey(TenantOwned, Base):
    """A key with the answer its request was given."""

    __tablename__ = "idempotency_keys"

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class KeyMismatch(Invalid):
    """The key came before with another content."""

    code = "idempotency-mismatch"


class KeyMalformed(Invalid):
    """The key is no key."""

    code = "idempotency-key-malformed"


def sent_key() -> str | None:
    """The key that came along, if any.

    :raises KeyMalformed: when it is not 8 to 128 visible characters
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not re.fullmatch(r"[\x21-\x7e]{8,128}", key):
        raise KeyMalformed
    return key


def is_used(actor: Actor) -> bool:
    """Whether this request's key came before: then its view will not be called.

    :raises KeyMalformed: when it is no key
    """
    key = sent_key()
    if key is None:
        return False
    used = select(IdempotencyKey.key).where(IdempotencyKey.user_id == actor.id, IdempotencyKey.key == key)
    return db.session.scalar(used) is not None


def keep_instead(body: bytes) -> None:
    """Have this request's replays give another body: without what may be shown only once."""
    request.environ[_INSTEAD] = body


def once(actor: Actor, key: str, work: Callable[[], Response]) -> Response:
    """Do the work and keep its answer, or replay the answer kept under this key.

    :raises KeyMismatch: when the key was used for another request
    """
    fingerprint = _fingerprint()
    claimed = db.session.scalar(
        insert(IdempotencyKey)
        .values(user_id=actor.id, key=key, fingerprint=fingerprint, created_at=clock.now())
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    if claimed is None:
        return _replay(actor, key, fingerprint)
    _note()
    response = work()
    db.session.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.user_id == actor.id, IdempotencyKey.key == key)
        .values(
            status=response.status_code,
            headers={name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers},
            body=request.environ.get(_INSTEAD) or response.get_data(),
        )
    )
    return response


def sweep() -> None:
    """Forget keys that are too old to come again, with their answers."""
    rounds.forget(QUEUE, _old)


def _old(at: datetime, most: int) -> Delete:
    key = IdempotencyKey.user_id, IdempotencyKey.key
    old = select(*key).where(IdempotencyKey.created_at <= at - KEPT).limit(most)
    return delete(IdempotencyKey).where(tuple_(*key).in_(old))


_noted: set[tuple[int, datetime]] = set()
_MOST_NOTED = 10_000


def _note() -> None:
    # One line per tenant and day, and one statement per process for it.
    day_after = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    line = (require_tenant_id(), day_after + KEPT)
    if line not in _noted:
        agenda.note(QUEUE, line[1])
        after_commit(partial(_remember, line))


def _remember(line: tuple[int, datetime]) -> None:
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted.add(line)


def _replay(actor: Actor, key: str, fingerprint: bytes) -> Response:
    kept = db.session.scalars(
        select(IdempotencyKey).where(IdempotencyKey.user_id == actor.id, IdempotencyKey.key == key)
    ).one()
    if kept.fingerprint != fingerprint:
        raise KeyMismatch
    response = Response(kept.body, kept.status, headers=kept.headers)
    response.headers[REPLAYED] = "true"
    return response


def _fingerprint() -> bytes:
    content_type = request.content_type or ""
    seen = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    if content_type.startswith("multipart/"):
        for name, upload in sorted(request.files.items()):
            seen.update(f"{name}={upload.filename}:".encode())
            seen.update(hashlib.file_digest(upload.stream, "sha256").digest())  # type: ignore[arg-type]
            upload.stream.seek(0)
        for name, value in sorted(request.form.items()):
            seen.update(f"{name}={value}\n".encode())
    else:
        seen.update(request.get_data(cache=True))
    # Sealed, because what was sent may hold a password that a bare hash would let one guess.
    return sign("idempotency", seen.hexdigest()).encode()
