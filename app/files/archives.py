"""What a ZIP file is packed for, from its directory; nothing is ever unpacked."""

from enum import Enum, auto
from typing import IO

from app.core import zips
from app.core.errors import invalid
from app.core.zips import BadZip


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
    try:
        return [part.filename for part in zips.parts(stream)]
    except BadZip:
        raise invalid("file", "file-damaged") from None
