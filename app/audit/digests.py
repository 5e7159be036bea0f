"""What seals are made of: digests anyone can compute again, and macs that only the key's holder can."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson

from app.audit.models import AuditChain, AuditRecord, AuditSeal
from app.core.crypto import derived_key, derived_keys

_PURPOSE = "audit-chain"


@lru_cache(maxsize=16)
def _id_of(key: bytes) -> str:
    return hmac.digest(key, b"id", hashlib.sha256).hex()[:16]


def key_id() -> str:
    """The name of the key that this installation seals with."""
    return _id_of(derived_key(_PURPOSE))


def known_keys() -> list[str]:
    """The names of the keys that can be checked: the one it seals with, then former ones, latest first."""
    return [_id_of(key) for key in derived_keys(_PURPOSE)]


def first(slug: str, key: str | None = None) -> bytes:
    """What a tenant's first link refers back to.

    :param key: the name of the key, if it is not the present one
    """
    return _mac(["first", slug], key)


def payload_digest(record: AuditRecord, salt: bytes) -> bytes:
    """The salted digest of all that a line says."""
    said = [
        record.id.hex,
        _moment(record.at),
        record.actor_id.hex if record.actor_id else None,
        record.actor_name,
        record.action,
        record.subject_type,
        record.subject_id.hex,
        record.subject_label,
        record.about_id.hex if record.about_id else None,
        record.changes,
        record.ip,
        record.user_agent,
        record.request_id,
        record.session_id.hex if record.session_id else None,
    ]
    if record.also_about_id:
        # Named only where there is one, so that older seals stay true.
        said.append(record.also_about_id.hex)
    return hmac.digest(salt, orjson.dumps(said, option=orjson.OPT_SORT_KEYS), hashlib.sha256)


def seal_mac(slug: str, seal: AuditSeal, *, seq: int) -> bytes:
    """The mac that a seal must carry if it stands at this place of the tenant's chain."""
    parts = [
        "seal",
        slug,
        seq,
        seal.record_id.hex,
        seal.erased,
        seal.digest.hex(),
        _moment(seal.sealed_at),
        seal.prev.hex(),
    ]
    return _mac(parts, seal.key_id)


def chain_stamp(slug: str, chain: AuditChain) -> bytes:
    """The stamp that the end of a tenant's chain must carry."""
    return _mac(["chain", slug, chain.seq, chain.mac.hex(), _moment(chain.complete_until)], chain.key_id)


def anchor_proof(slug: str, seq: int, mac: str, key: str | None = None) -> str:
    """What shows that an anchor was written by this installation."""
    return _mac(["anchor", slug, seq, mac], key).hex()


def _mac(parts: Sequence[Any], named: str | None) -> bytes:
    """:raises KeyError: if nobody told us the key of that name"""
    key = derived_key(_PURPOSE) if named is None else _key(named)
    return hmac.digest(key, orjson.dumps(parts), hashlib.sha256)


def _key(named: str) -> bytes:
    for key in derived_keys(_PURPOSE):
        if _id_of(key) == named:
            return key
    raise KeyError(named)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
