"""What a file is, by its bytes: only what is known and harmless is taken.

A file's name never decides what it is; but it must not say otherwise, as that is how people are fooled.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from app.core.errors import invalid
from app.files import archives, texts
from app.files.states import FileKind

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken."""

    kind: FileKind
    media_type: str
    extensions: tuple[str, ...]
    """The first is the usual one."""
    shown: bool = False
    """Whether browsers may show it in the page's own tab."""


def _picture(media_type: str, *extensions: str, shown: bool = True) -> FileType:
    return FileType(FileKind.PICTURE, media_type, extensions, shown)


def _audio(media_type: str, *extensions: str) -> FileType:
    return FileType(FileKind.AUDIO, media_type, extensions)


PDF = FileType(FileKind.DOCUMENT, "application/pdf", ("pdf",), shown=True)
PLAIN = FileType(FileKind.TEXT, "text/plain", ("txt", "md", "log"))
CSV = FileType(FileKind.TEXT, "text/csv", ("csv", "tsv"))
RAR = FileType(FileKind.ARCHIVE, "application/vnd.rar", ("rar",))
SEVEN_ZIP = FileType(FileKind.ARCHIVE, "application/x-7z-compressed", ("7z",))
ZIP = FileType(FileKind.ARCHIVE, "application/zip", ("zip",))
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PACKED = {
    archives.Packed.WORD: FileType(
        FileKind.DOCUMENT, f"{_OFFICE}.wordprocessingml.document", ("docx", "dotx")
    ),
    archives.Packed.SHEET: FileType(FileKind.DOCUMENT, f"{_OFFICE}.spreadsheetml.sheet", ("xlsx", "xltx")),
    archives.Packed.SLIDES: FileType(
        FileKind.DOCUMENT, f"{_OFFICE}.presentationml.presentation", ("pptx", "ppsx", "potx")
    ),
    archives.Packed.OPEN_DOCUMENT: FileType(
        FileKind.DOCUMENT, "application/vnd.oasis.opendocument", ("odt", "ods", "odp")
    ),
    archives.Packed.OFD: FileType(FileKind.DOCUMENT, "application/ofd", ("ofd",)),
    archives.Packed.PLAIN: ZIP,
}
_COMPOUND = FileType(
    FileKind.DOCUMENT,
    "application/x-ole-storage",
    ("doc", "xls", "ppt", "wps", "et", "dps", "dot", "xlt", "pps"),
)
# What Word, Excel and PowerPoint call the stream that makes a compound file theirs.
_COMPOUND_STREAMS = tuple(
    name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document")
)
_COMPOUND_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "Macros"))

_SIGNATURES: tuple[tuple[re.Pattern[bytes], FileType], ...] = tuple(
    (re.compile(pattern, re.DOTALL), type_)
    for pattern, type_ in (
        (rb"\xff\xd8\xff", _picture("image/jpeg", "jpg", "jpeg", "jfif")),
        (rb"\x89PNG\r\n\x1a\n", _picture("image/png", "png")),
        (rb"GIF8[79]a", _picture("image/gif", "gif")),
        (rb"RIFF.{4}WEBP", _picture("image/webp", "webp")),
        (rb"BM.{4}\0\0\0\0.{4}[\x0c\x28\x6c\x7c]\0\0\0", _picture("image/bmp", "bmp", shown=False)),
        (rb"II\*\0|MM\0\*", _picture("image/tiff", "tif", "tiff", shown=False)),
        (rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", _picture("image/heic", "heic", "heif", shown=False)),
        (rb"%PDF-[12]\.\d", PDF),
        (rb"Rar!\x1a\x07", RAR),
        (rb"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
        (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2\xfa]", _audio("audio/mpeg", "mp3")),
        (rb"RIFF.{4}WAVE", _audio("audio/wav", "wav")),
        (rb"OggS\0", _audio("audio/ogg", "ogg", "oga", "opus")),
        (rb"fLaC\0", _audio("audio/flac", "flac")),
        (rb"#!AMR", _audio("audio/amr", "amr")),
        (rb".{4}ftypM4[AB] ", _audio("audio/mp4", "m4a")),
        (rb"\xff[\xf1\xf9]", _audio("audio/aac", "aac")),
    )
)

SHOWN = frozenset(
    {
        PDF.media_type,
        *(one.media_type for _, one in _SIGNATURES if one.kind is FileKind.PICTURE and one.shown),
    }
)
"""What browsers may show in the page's own origin; all else is only saved."""


def decide(stream: IO[bytes], extension: str) -> FileType:
    """What a file is.

    :param stream: can be rewound
    :param extension: of its name, in lower case, without the dot; "" if there is none
    :raises Invalid: naming `file`, when it is nothing that is taken, or its name says it is something else
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head:
        raise invalid("file", "attachment-empty")
    type_ = _recognised(stream, head, extension)
    if type_ is None:
        raise invalid("file", "file-type-refused")
    if extension and extension not in _fitting(type_):
        raise invalid("file", "file-name-misleads", extension=extension, actual=type_.extensions[0])
    return type_


def _recognised(stream: IO[bytes], head: bytes, extension: str) -> FileType | None:
    for pattern, type_ in _SIGNATURES:
        if pattern.match(head):
            return type_
    special: dict[bytes, Callable[[IO[bytes]], FileType | None]] = {
        b"PK\x03\x04": lambda packed: _PACKED[archives.look(packed)],
        b"PK\x05\x06": lambda packed: _PACKED[archives.look(packed)],
        b"\xd0\xcf\x11\xe0": _compound,
    }
    if (look := special.get(head[:4])) is not None:
        return look(stream)
    if not texts.is_plain(stream):
        return None
    return CSV if extension in CSV.extensions else PLAIN


def _compound(stream: IO[bytes]) -> FileType | None:
    """An old Office file; installers and the like are compound files too."""
    stream.seek(0)
    content = stream.read()
    if any(name in content for name in _COMPOUND_MACROS):
        raise invalid("file", "file-has-macros")
    return _COMPOUND if any(name in content for name in _COMPOUND_STREAMS) else None


def _fitting(type_: FileType) -> set[str]:
    """The extensions that a file of a type may have: of pictures any picture's, people mix those up."""
    if type_.kind is FileKind.PICTURE:
        return {e for _, one in _SIGNATURES if one.kind is FileKind.PICTURE for e in one.extensions}
    return set(type_.extensions)
