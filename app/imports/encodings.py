"""From whatever a spreadsheet program saved to one canonical text: UTF-8, no byte order mark, LF.

Everything later (sniffing, previewing, importing, resuming in the middle) reads only the canonical file, so
that the place of a row is simply a number of bytes. Nothing here holds more than a few blocks in memory.
"""

import codecs
import io
from collections import Counter
from collections.abc import Iterator
from typing import IO

from app.core.errors import Invalid, invalid

BLOCK = 1024 * 1024
_SAMPLE = 256 * 1024

_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OTHER_FORMATS = (
    b"%PDF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"BZh",
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"{\\rtf")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The codec, its two-byte form, and the lead bytes of that form's symbols and everyday characters.
_CHINESE = (("gb18030", "gb2312", range(0xA1, 0xD8)), ("big5", "big5", range(0xA1, 0xC7)))


def not_text() -> Invalid:
    """The refusal of a file that holds something else than text."""
    return invalid("file", "file-not-text")


def detect(stream: IO[bytes]) -> str:
    """The encoding of a whole text file.

    :raises Invalid: naming `file`, when it is empty, another format, or in no encoding we read
    """
    stream.seek(0)
    head = stream.read(_SAMPLE)
    _refuse_other_formats(head)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if encoding is None or not _reads(stream, encoding):
                raise not_text()
            return encoding
    if any(b"\0" in block for block in _blocks(stream)):
        raise not_text()
    if _reads(stream, "utf-8"):
        return "utf-8"
    fitting = [
        (_everyday_share(head, codec, form, leads), codec)
        for codec, form, leads in _CHINESE
        if _reads(stream, codec)
    ]
    if not fitting:
        raise invalid("file", "file-encoding")
    return max(fitting, key=lambda scored: scored[0])[1]


def rewrite(source: IO[bytes], encoding: str, target: IO[bytes]) -> int:
    """Write the canonical form of `source` to `target`; returns its size in bytes.

    :raises Invalid: naming `file`, when the text contains NUL
    """
    size = 0
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    for block in _blocks(source, closing=True):
        text = decoder.decode(block, final=not block)
        if "\0" in text:
            raise not_text()
        size += target.write(text.encode())
    return size


def shown(encoding: str) -> str:
    """An encoding as people know it."""
    return {"utf-8-sig": "UTF-8", "gb18030": "GBK"}.get(encoding, encoding.upper())


def _refuse_other_formats(head: bytes) -> None:
    if not head.strip():
        raise invalid("file", "file-empty")
    if head.startswith(_WORKBOOKS):
        raise invalid("file", "file-workbook")
    if head.startswith(_OTHER_FORMATS) or head.lstrip().lower().startswith(_MARKUP):
        raise not_text()


def _blocks(stream: IO[bytes], *, closing: bool = False) -> Iterator[bytes]:
    stream.seek(0)
    while block := stream.read(BLOCK):
        yield block
    if closing:
        yield b""


def _reads(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in _blocks(stream, closing=True):
            decoder.decode(block, final=not block)
    except UnicodeError:
        return False
    return True


def _everyday_share(head: bytes, codec: str, form: str, leads: range) -> float:
    """How much of a text consists of everyday characters, when read in one of two Chinese encodings."""
    counted = Counter(c for c in head.decode(codec, errors="ignore") if not c.isascii())
    everyday = sum(n for c, n in counted.items() if c.encode(form, errors="ignore")[:1] in _bytes(leads))
    return everyday / max(1, counted.total())


def _bytes(leads: range) -> set[bytes]:
    return {bytes([lead]) for lead in leads}
