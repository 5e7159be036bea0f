"""Anchors: where each chain ended, written outside the database, so that cutting its end shows.

One line is added for each round that sealed something; files are by month, and are never written anew.
"""

import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from app.audit import digests
from app.core import clock

_folder = Path()


@dataclass(frozen=True, slots=True)
class Anchor:
    """That a tenant's chain reached `seq` with this mac; `genuine` unless the line was changed since."""

    where: str
    tenant: str
    seq: int
    mac: bytes
    genuine: bool


def configure(folder: Path) -> None:
    """Say where anchors are kept; called once by the factory."""
    global _folder  # noqa: PLW0603
    _folder = folder


def folder() -> Path:
    """Where anchors are kept."""
    return _folder


def append(slug: str, seq: int, mac: bytes) -> None:
    """Add an anchor, and wait until the disk has it.

    :raises OSError: if it cannot be written
    """
    at = clock.now()
    line = orjson.dumps(
        {
            "at": at.isoformat(timespec="seconds"),
            "tenant": slug,
            "seq": seq,
            "mac": mac.hex(),
            "key": digests.key_id(),
            "proof": digests.anchor_proof(slug, seq, mac.hex()),
        }
    )
    _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _folder / f"{at:%Y-%m}.jsonl"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read() -> Iterator[Anchor]:
    """Every anchor there is, the oldest file first."""
    for path in sorted(_folder.glob("*.jsonl")):
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield _read_line(f"{path.name}:{number}", line)


def _read_line(where: str, line: bytes) -> Anchor:
    try:
        said = orjson.loads(line)
        slug, seq, mac = str(said["tenant"]), int(said["seq"]), str(said["mac"])
        key, proof = str(said["key"]), str(said["proof"]).encode()
        fits = key in digests.known_keys() and hmac.compare_digest(
            proof, digests.anchor_proof(slug, seq, mac, key).encode()
        )
        return Anchor(where, slug, seq, bytes.fromhex(mac), genuine=fits)
    except (ValueError, KeyError, TypeError):
        return Anchor(where, "", 0, b"", genuine=False)
