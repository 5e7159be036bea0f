"""What a ZIP file is packed for, from its directory; nothing is ever unpacked."""

import struct
import zipfile
from enum import Enum, auto
from typing import IO

from app.core.errors import invalid

_TAIL = 66_000
"""In so many last bytes the end of the directory begins: a comment can be 65,535 bytes."""
_LARGEST_DIRECTORY = 2 * 1024 * 1024
_MOST_ENTRIES = 20_000


class Packed(Enum):
    """What a ZIP file is."""

    WORD = auto()
    SHEET = auto()
    SLIDES = auto()
    OPEN_DOCUMENT = auto()
    OFD = auto()
    PLAIN = auto()


_FOLDERS = {"word/": Packed.WORD, "xl/": Packed.SHEET, "ppt/": Packed.SLIDES}
_PROGRAMS = ("META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex")


def look(stream: IO[bytes]) -> Packed:
    """What a ZIP file is packed for.

    :raises Invalid: naming `file`: it is a program, carries macros, is damaged or has a monstrous directory
    """
    names = _names(stream)
    found = set(names)
    if found.intersection(_PROGRAMS):
        raise invalid("file", "file-type-refused")
    if any(name.endswith(("vbaProject.bin", "vbaProjectSignature.bin")) for name in names):
        raise invalid("file", "file-has-macros")
    if "OFD.xml" in found:
        return Packed.OFD
    if "[Content_Types].xml" in found:
        for folder, packed in _FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return packed
    if "mimetype" in found and "content.xml" in found:
        return Packed.OPEN_DOCUMENT
    return Packed.PLAIN


def _names(stream: IO[bytes]) -> list[str]:
    _demand_small_directory(stream)
    try:
        with zipfile.ZipFile(stream) as packed:
            return packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise invalid("file", "file-damaged") from None


def _demand_small_directory(stream: IO[bytes]) -> None:
    """Look at what the end says of the directory before anything reads it whole."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise invalid("file", "file-damaged")
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    if entries > _MOST_ENTRIES or length > _LARGEST_DIRECTORY:
        raise invalid("file", "file-damaged")
