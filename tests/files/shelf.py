"""Files for tests: made, sent through the front door, and looked for on disk."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.support.client import Browser, Company
from tests.support.pictures import painted

__all__ = [
    "bmp_header",
    "bring",
    "code_of",
    "hang",
    "listed",
    "lying",
    "packed",
    "painted",
    "png_header",
    "upload",
]


def upload(
    browser: Browser,
    record: dict[str, Any],
    content: bytes,
    name: str,
    kind: str = "customer",
    **headers: str,
) -> Any:
    """The answer to hanging a file on a record."""
    return browser.post(
        f"/records/{kind}/{record['id']}/attachments",
        data={"file": (BytesIO(content), name)},
        headers=headers or None,
    )


def hang(browser: Browser, record: dict[str, Any], name: str = "合影.png", kind: str = "customer") -> Any:
    """A picture that hangs on a record."""
    answer = upload(browser, record, painted(), name, kind)
    assert answer.status_code == 201, answer.json
    return answer.json


def bring(browser: Browser, name: str = "合影.png", content: bytes | None = None) -> Any:
    """A file that waits to be hung somewhere."""
    answer = browser.post("/uploads", data={"file": (BytesIO(content or painted()), name)})
    assert answer.status_code == 201, answer.json
    return answer.json


def listed(browser: Browser, record: dict[str, Any], kind: str = "customer") -> list[str]:
    """The names of a record's files, the latest first."""
    answer = browser.get(f"/records/{kind}/{record['id']}/attachments")
    assert answer.status_code == 200, answer.json
    return [item["name"] for item in answer.json["items"]]


def lying(company: Company) -> set[str]:
    """The files of a company on disk."""
    folder: Path = company.app.config["SETTINGS"].data_dir / "files" / company.slug
    return {path.name for path in folder.rglob("*") if path.is_file()}


def code_of(answer: Any) -> str:
    """Why a file was refused."""
    assert answer.status_code == 422, answer.json
    (fault,) = answer.json["errors"]
    assert fault["field"] == "file"
    assert fault["message"] != fault["code"]
    return str(fault["code"])


def packed(*names: str, content: bytes = b"x") -> bytes:
    """A ZIP file with these entries."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return target.getvalue()


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that claims to be so large."""
    import zlib

    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    )


def bmp_header(width: int, height: int) -> bytes:
    """The beginning of a BMP that claims to be so large."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head
