"""The text of a PDF of ours, as a reader that copies from it finds it."""

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_RUN = re.compile(rb"(?:\S+ ){5}(\S+) cm|\bBT\b(.*?)\nET\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ONE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def text_of(pdf: bytes) -> str:
    """All text in the order in which it is set, a line for each height; of papers in one font."""
    assert pdf.startswith(b"%PDF-")
    streams = [_unpacked(found) for found in _STREAM.findall(pdf)]
    maps = [stream for stream in streams if b"begincmap" in stream]
    assert len(maps) == 1, "more than one font"
    letters = _letters(maps[0])
    runs = [_runs(stream, letters) for stream in streams if stream.startswith(b"q ")]
    return "\n".join(runs)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _letters(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, to in _ONE.findall(block):
            found[int(code, 16)] = bytes.fromhex(to.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, to in _RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(to, 16) + step)
    return found


def _runs(content: bytes, letters: dict[int, str]) -> str:
    text, height = "", b""
    for found in _RUN.finditer(content):
        if found[1] is not None:
            text += "" if found[1] == height else "\n"
            height = found[1]
            continue
        for shown in _strings(found[2]):
            codes = _ESCAPE.sub(_plain, shown)
            text += "".join(letters[int.from_bytes(codes[i : i + 2])] for i in range(0, len(codes), 2))
    return text


def _strings(content: bytes) -> Iterator[bytes]:
    """What stands in brackets; brackets within are balanced, or escaped."""
    depth, start = 0, 0
    for match in re.finditer(rb"\\.|[()]", content, re.DOTALL):
        if match[0] == b"(":
            depth, start = depth + 1, start if depth else match.end()
        elif match[0] == b")":
            depth -= 1
            if depth == 0:
                yield content[start : match.start()]


def _plain(escape: re.Match[bytes]) -> bytes:
    said = escape[1]
    return bytes([int(said, 8)]) if said.isdigit() else _NAMED.get(said, said)
