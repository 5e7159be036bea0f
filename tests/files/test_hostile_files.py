"""Whatever is sent as a file: a refusal that names it and leaves nothing, or a harmless file."""

import hashlib
import struct
import zlib
from io import BytesIO

import pytest

from app.core import file_names
from tests.contacts.people import customer
from tests.files.shelf import bmp_header, code_of, listed, lying, packed, painted, png_header, upload
from tests.support.client import Company
from tests.support.store import Store

PNG, JPEG, GIF = painted(), painted("JPEG"), painted("GIF")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WIDE = "WordDocument".encode("utf-16-le")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
MACROS = packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
DOCX = packed("[Content_Types].xml", "word/document.xml")


def _many(entries: int, length: int) -> bytes:
    """A ZIP file whose end claims a monstrous directory."""
    return (
        b"PK\x03\x04"
        + b"\0" * 26
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, length, 4, 0)
    )


def _text_bomb() -> bytes:
    """A PNG with metadata that inflates to a hundred megabytes."""
    body = b"zTXt" + b"Comment\0\0" + zlib.compress(b"\0" * 100_000_000, 9)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return PNG[:33] + chunk + PNG[33:]


REFUSED = {
    "nothing": (b"", "空.txt", "attachment-empty"),
    "svg": (SVG, "图.svg", "file-type-refused"),
    "svg as png": (SVG, "图.png", "file-type-refused"),
    "svg as txt": (SVG, "图.txt", "file-type-refused"),
    "svg behind a comment": (b"  \n<!-- x -->" + SVG, "图.txt", "file-type-refused"),
    "svg behind a declaration": (b'<?xml version="1.0"?>' + SVG, "图.txt", "file-type-refused"),
    "html": (HTML, "页.html", "file-type-refused"),
    "html as txt": (HTML, "页.txt", "file-type-refused"),
    "html as csv": (b"\n\n  <HTML>" + HTML, "页.csv", "file-type-refused"),
    "html in utf-16": (b"\xff\xfe" + HTML.decode().encode("utf-16-le"), "页.txt", "file-type-refused"),
    "shell": (b"#!/bin/sh\nrm -rf /\n", "脚本.txt", "file-type-refused"),
    "batch": (b"@echo off\r\ndel *\r\n", "脚本.txt", "file-type-refused"),
    "batch by name": (b"dir\r\n", "脚本.bat", "file-name-misleads"),
    "script by name": (b"alert(1)", "脚本.js", "file-name-misleads"),
    "program": (b"MZ" + b"\0" * 200, "程序.exe", "file-type-refused"),
    "program as picture": (b"MZ" + b"\0" * 200, "程序.png", "file-type-refused"),
    "elf": (b"\x7fELF" + b"\0" * 200, "程序", "file-type-refused"),
    "java class": (b"\xca\xfe\xba\xbe" + b"\0" * 50, "A.class", "file-type-refused"),
    "jar": (packed("META-INF/MANIFEST.MF", "A.class"), "程序.zip", "file-type-refused"),
    "apk": (packed("AndroidManifest.xml", "classes.dex"), "程序.zip", "file-type-refused"),
    "rtf": (b"{\\rtf1\\ansi x}", "文.txt", "file-type-refused"),
    "postscript": (b"%!PS-Adobe-3.0\n", "文.txt", "file-type-refused"),
    "macros": (MACROS, "表.docx", "file-has-macros"),
    "macros by name": (MACROS, "表.docm", "file-has-macros"),
    "old macros": (
        OLE + b"\0" * 600 + WIDE + "_VBA_PROJECT".encode("utf-16-le"),
        "表.doc",
        "file-has-macros",
    ),
    "installer": (OLE + b"\0" * 600 + "Installer".encode("utf-16-le"), "装.msi", "file-type-refused"),
    "installer as doc": (OLE + b"\0" * 600, "装.doc", "file-type-refused"),
    "png as exe": (PNG, "图.exe", "file-name-misleads"),
    "png as html": (PNG, "图.html", "file-name-misleads"),
    "png as pdf": (PNG, "图.pdf", "file-name-misleads"),
    "pdf as png": (b"%PDF-1.4\n", "文.png", "file-name-misleads"),
    "docx as zip": (DOCX, "文.zip", "file-name-misleads"),
    "zip as docx": (packed("a.txt"), "文.docx", "file-name-misleads"),
    "turned name": (PNG, "照片\u202egpj.exe", "file-name-misleads"),
    "pdf behind junk": (b"\0\0junk%PDF-1.4\n", "文.pdf", "file-type-refused"),
    "html before pdf": (HTML + b"%PDF-1.4\n", "文.pdf", "file-type-refused"),
    "half a png": (PNG[:20], "图.png", "picture-damaged"),
    "only a signature": (b"\x89PNG\r\n\x1a\n", "图.png", "picture-damaged"),
    "a png without its picture": (png_header(10, 10), "图.png", "picture-damaged"),
    "half a jpeg": (painted("JPEG", (400, 400))[:300], "图.jpg", "picture-damaged"),
    "a gif that is script": (b"GIF89a=1;alert(1)//", "图.gif", "picture-damaged"),
    "a webp without content": (b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0", "图.webp", "picture-damaged"),
    "a huge png": (png_header(60_000, 60_000), "图.png", "picture-too-large"),
    "a png beyond numbers": (png_header(2**31 - 1, 2**31 - 1), "图.png", "picture-too-large"),
    "a huge bmp": (bmp_header(50_000, 50_000), "图.bmp", "picture-too-large"),
    "a picture with inflating words": (_text_bomb(), "图.png", "picture-damaged"),
    "zip with a monstrous directory": (_many(65_000, 4_000_000_000), "包.zip", "file-damaged"),
    "zip with too many entries": (_many(30_000, 1000), "包.zip", "file-damaged"),
    "zip without an end": (packed("a.txt")[:-10], "包.zip", "file-damaged"),
    "zip of zeros": (b"PK\x03\x04" + b"\0" * 500, "包.zip", "file-damaged"),
    "zip whose directory lies": (_many(3, 60), "包.zip", "file-damaged"),
    "text with NUL": (b"abc\0def", "文.txt", "file-type-refused"),
    "text with a late NUL": (b"a" * 300_000 + b"\0", "文.txt", "file-type-refused"),
    "text with escapes": (b"abc\x07\x08def", "文.txt", "file-type-refused"),
    "bytes that are no text": (b"a\xff\xff\xff\xffb" * 50, "文.txt", "file-type-refused"),
    "noise": (bytes(range(256)) * 20, "文.bin", "file-type-refused"),
    "odd utf-16": (b"\xff\xfe\x00\xd8\x00\xd8a", "文.txt", "file-type-refused"),
    "video": (b"\0\0\0\x20ftypisom" + b"\0" * 50, "片.mp4", "file-type-refused"),
    "flash": (b"FWS\x09" + b"\0" * 50, "片.swf", "file-type-refused"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + b"\0" * 80, "链.lnk", "file-type-refused"),
    "disk image": (b"\0" * 5000, "盘.iso", "file-type-refused"),
    "gzip": (b"\x1f\x8b\x08\0" + b"\0" * 50, "包.gz", "file-type-refused"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_is_refused_by_name_and_leaves_nothing(
    company: Company, store: Store, case: tuple[bytes, str, str]
) -> None:
    content, name, code = case
    made = customer(company.admin)
    before = store.snapshot(company.tenant_id)
    assert code_of(upload(company.admin, made, content, name)) == code
    assert store.snapshot(company.tenant_id) == before
    assert lying(company) == set()


TAKEN = {
    "a picture with a page behind it": (PNG + HTML, "图.png", "image/png"),
    "a gif with an archive behind it": (GIF + packed("a.txt"), "图.gif", "image/gif"),
    "a jpeg called png": (JPEG, "图.png", "image/jpeg"),
    "a pdf with a script in it": (
        b"%PDF-1.7\n/OpenAction /JavaScript (app.alert(1))",
        "文.pdf",
        "application/pdf",
    ),
    "an archive that would inflate": (packed("零", content=b"\0" * 20_000_000), "包.zip", "application/zip"),
    "text in gb 18030": ("报价单\n".encode("gb18030"), "文.txt", "text/plain"),
    "text in utf-16": ("\ufeff报价单".encode("utf-16-le"), "文.txt", "text/plain"),
    "a table with a formula": (b"=cmd|' /C calc'!A0\n", "表.csv", "text/csv"),
    "a word file": (DOCX, "文.docx", None),
    "an old word file": (OLE + b"\0" * 600 + WIDE, "文.doc", "application/x-ole-storage"),
    "an invoice": (packed("OFD.xml", "Doc_0/Document.xml"), "发票.ofd", "application/ofd"),
    "a recording": (b"#!AMR\n" + b"\x3c" * 60, "通话.amr", "audio/amr"),
}


@pytest.mark.parametrize("case", TAKEN.values(), ids=TAKEN)
def test_what_is_taken_is_what_its_bytes_say(company: Company, case: tuple[bytes, str, str | None]) -> None:
    content, name, media = case
    made = customer(company.admin)
    answer = upload(company.admin, made, content, name)
    assert answer.status_code == 201, answer.json
    assert media in {answer.json["media_type"], None}
    sent = company.admin.get(f"/attachments/{answer.json['id']}/content")
    assert sent.data == content
    assert sent.mimetype in {
        "image/png",
        "image/gif",
        "image/jpeg",
        "application/pdf",
        "application/octet-stream",
    }
    assert sent.headers["X-Content-Type-Options"] == "nosniff"


NAMES = {
    "../../etc/passwd.png": "passwd.png",
    "..\\..\\windows\\system32\\图.png": "图.png",
    "/etc/图.png": "图.png",
    "C:\\temp\\图.png": "图.png",
    "图\r\nX-Evil: 1.png": "图X-Evil_ 1.png",
    '图"; filename="a.html.png': "图_; filename=_a.html.png",
    "con.png": "filecon.png",
    ".png": "png.png",
    "..": "file.png",
    "图": "图.png",
    "图.png. . .": "图.png",
    "<img src=x onerror=alert(1)>.png": "_img src=x onerror=alert(1)_.png",
    "长" * 300 + ".png": "长" * 146 + ".png",
    "图\u200b\u202e.png": "图.png",
    "Ａ.PNG": "Ａ.PNG",
    "e\u0301.png": "é.png",
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_made_harmless(name: str) -> None:
    assert file_names.with_extension(file_names.harmless(name), "png") == NAMES[name]


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "<b>.png", "长" * 300 + ".png", "图"])
def test_a_file_lies_where_no_name_can_lead(company: Company, name: str) -> None:
    made = customer(company.admin)
    answer = upload(company.admin, made, PNG, name)
    assert answer.status_code == 201, answer.json
    assert listed(company.admin, made) == [NAMES.get(name, "_b_.png")]
    assert company.admin.get(f"/attachments/{answer.json['id']}/content").data == PNG
    digest = hashlib.sha256(PNG).hexdigest()
    assert lying(company) == {digest, f"{digest}.thumb"}


def test_a_form_without_a_file_is_refused(company: Company) -> None:
    made = customer(company.admin)
    path = f"/records/customer/{made['id']}/attachments"
    for data in ({}, {"file": "text"}, {"other": (BytesIO(PNG), "图.png")}, {"file": (BytesIO(PNG), "")}):
        answer = company.admin.post(path, data=data, content_type="multipart/form-data")
        assert answer.status_code == 422, data
        assert "file" in {fault["field"] for fault in answer.json["errors"]}
    assert listed(company.admin, made) == []
