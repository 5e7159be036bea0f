"""What is in a ZIP file, by its directory alone: nothing is ever unpacked."""

import struct
import zipfile
from typing import IO
from zipfile import ZipInfo

MOST_PARTS = 20_000
_LARGEST_DIRECTORY = 2 * 1024 * 1024
_TAIL = 66_000
"""In so many last bytes the end of the directory begins: a comment can be 65,535 bytes."""
_END, _END_SIZE = b"PK\x05\x06", 22
_LONG_END, _LONG_END_SIZE = b"PK\x06\x06", 56
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20


class BadZip(Exception):
    """It is none, it is damaged, or its directory is monstrous."""


def parts(stream: IO[bytes]) -> list[ZipInfo]:
    """The entries of a ZIP file's directory, which is looked at before anything reads it whole.

    :raises BadZip: if it cannot be trusted
    """
    entries, length = _announced(stream)
    if entries > MOST_PARTS or length > _LARGEST_DIRECTORY:
        raise BadZip
    try:
        with zipfile.ZipFile(stream) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise BadZip from None


def _announced(stream: IO[bytes]) -> tuple[int, int]:
    """How many entries the directory has and how long it is, as its end says in the short or long form."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise BadZip
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    long_at = at - _LOCATOR_SIZE - _LONG_END_SIZE
    if tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR):
        # Whoever reads the directory believes the long form, wherever there is one.
        if long_at < 0 or not tail.startswith(_LONG_END, long_at):
            raise BadZip
        entries, length = struct.unpack_from("<QQ", tail, long_at + 32)
    return entries, length
