"""Pictures and documents that are not what they seem."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file, and the name it comes under."""

    what: str
    content: bytes
    filename: str


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file with these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            # Always at the same time, so that it is always the same file.
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with these chunks behind its head."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    made = [(b"IHDR", head), *chunks, (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in made
    )


def pictures(_dice: random.Random) -> Iterator[Hostile]:
    """Pictures that are too large, cut, or something else as well."""
    squeezed = zlib.compress(b"\0" * 40_000_000, 9)
    for width, height in (
        (1, 1),
        (0, 0),
        (2**31 - 1, 1),
        (100_000, 100_000),
        (2**32 - 1, 2**32 - 1),
        (9_000, 9_000),
    ):
        yield Hostile(f"a PNG of {width} by {height}", png(width, height, (b"IDAT", squeezed)), "图.png")
    for kind in (b"zTXt", b"iCCP", b"iTXt"):
        body = b"c\0\0" + (b"\1\0\0\0" if kind == b"iTXt" else b"") + squeezed
        yield Hostile(f"a PNG with an inflating {kind.decode()}", png(4, 4, (kind, body)), "图.png")
    yield Hostile("a PNG with ten thousand chunks", png(4, 4, *[(b"tEXt", b"a\0b")] * 10_000), "图.png")
    heads = {
        "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", "gif": b"GIF89a\xff\xff\xff\xff\xf7\0\0",
        "bmp": b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 2**31 - 1, -(2**31), 1, 24, 0, 0,
        0, 0, 0, 0),
        "webp": b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff",
        "tif": b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 40, "heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
        "ico": b"\0\0\1\0\xff\xff" + b"\0" * 20, "psd": b"8BPS\0\1" + b"\xff" * 20,
    }  # fmt: skip
    for suffix, head in heads.items():
        yield Hostile(f"the head of a {suffix}", head, f"图.{suffix}")
        yield Hostile(f"a {suffix} and a page", head + b"<script>alert(1)</script>" * 50, f"图.{suffix}")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for suffix in ("svg", "png", "txt", "xml"):
        yield Hostile(f"an SVG as {suffix}", svg, f"图.{suffix}")


def documents(_dice: random.Random) -> Iterator[Hostile]:
    """PDF and other documents that are cut, nested or something else."""
    pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    for name, raw in {
        "with script": pdf + b"trailer<</Root 1 0 R>>\n%%EOF", "cut": pdf[:30],
        "only its head": b"%PDF-1.7\n",
        "nested": b"%PDF-1.7\n" + b"[" * 50_000 + b"]" * 50_000, "without numbers": b"%PDF-",
        "behind a page": b"<html><script>1</script>" + pdf, "and a parcel": pdf + packed({"a.exe": b"MZ"}),
        "that inflates": pdf + b"stream\n" + zlib.compress(b"0" * 20_000_000) + b"\nendstream",
    }.items():  # fmt: skip
        yield Hostile(f"a PDF {name}", raw, "文.pdf")
    for suffix, raw in {
        "html": b"<!doctype html><script>1</script>",
        "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>',
        "rtf": b"{\\rtf1" + b"{" * 50_000, "exe": b"MZ" + bytes(500), "sh": b"#!/bin/sh\nrm -rf /\n",
        "lnk": b"L\0\0\0"
        + bytes(80), "eml": b"From: a\nSubject: b\n\n" + b"x" * 1000, "json": b"[" * 100_000,
        "yaml": b"a: &a [*a]\n",
        "ics": b"BEGIN:VCALENDAR\n" * 1000, "docx": packed({"word/document.xml": b"<x/>"}), "docm": packed(
        {"[Content_Types].xml": b"<x/>", "word/vbaProject.bin": b"x"}), "ofd": packed({"OFD.xml": b"<x"}),
        "7z":
        b"7z\xbc\xaf\x27\x1c" + bytes(100), "rar": b"Rar!\x1a\x07\x01\0",
        "mp3": b"ID3\xff\xff\xff\xff\xff\xff\xff",
        "mp4": b"\0\0\0\1ftypisom" + b"\xff" * 50, "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    }.items():  # fmt: skip
        yield Hostile(f"a {suffix}", raw, f"文.{suffix}")
