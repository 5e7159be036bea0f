"""Whether a file is plain text that nobody would run or show as a page."""

import codecs
import re
from typing import IO

import puremagic

_BLOCK = 256 * 1024
_HEAD = 4096
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What browsers, shells and office programs would take for something to carry out.
_MARKUP = re.compile(r"\s*(?:<[!?/a-z]|#!|@echo\b|\{\\rtf|%!ps|mime-version:|powershell\b)", re.IGNORECASE)
_ACTIVE = {
    ".html",
    ".htm",
    ".svg",
    ".xml",
    ".hta",
    ".js",
    ".sh",
    ".ps1",
    ".bat",
    ".rtf",
    ".eml",
    ".mht",
    ".ps",
}


def is_plain(stream: IO[bytes]) -> bool:
    """Whether it is text in UTF-8, UTF-16 or GB 18030, without markup or commands at its beginning.

    :param stream: can be rewound
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    if head.startswith(_WIDE):
        return _begins_plainly(head, "utf-16") and _decodes(stream, "utf-16")
    if _CONTROLS.search(head) or _is_known(head):
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        stream.seek(0)
        if _decodes(stream, encoding):
            return _begins_plainly(head, encoding)
    return False


def _is_known(head: bytes) -> bool:
    try:
        return any(match.extension.lower() in _ACTIVE for match in puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return False


def _begins_plainly(head: bytes, encoding: str) -> bool:
    return _MARKUP.match(head.decode(encoding, errors="ignore")) is None


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := stream.read(_BLOCK):
            if encoding != "utf-16" and b"\0" in block:
                return False
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
