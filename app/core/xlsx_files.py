"""Workbooks of one sheet, written a few rows at a time: what was written stays written if the writer dies.

Rows are kept as they stand in the sheet; at the end they are put between its head and its foot. Every cell is
a typed value, never a formula, and nothing holds more than a few rows in memory.
"""

import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Cell = str | int | Decimal | datetime | None
MOST_ROWS = 1_048_575
"""Below the heading; a sheet has no more."""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (a spreadsheet's time has no zone)
_MOST_DIGITS = 15
_PLAIN, _HEADING, _MOMENT, _TEXT = 0, 1, 2, 3
_COMPRESSION = 4

# What XML cannot hold, and what spreadsheets would take for such a character.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENCODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_SHEET_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews><cols>{columns}</cols><sheetData>'
)
_SHEET_FOOT = "</sheetData></worksheet>"
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyNumberFormat="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def heading(names: Sequence[str]) -> bytes:
    """The first row of a sheet."""
    return _row([_text(name, _HEADING) for name in names])


def row(cells: Sequence[Cell]) -> bytes:
    """A further row of a sheet."""
    return _row([_cell(value) for value in cells])


def assemble(rows: Path, target: Path, *, sheet: str, widths: Sequence[int]) -> None:
    """Make a workbook of rows that were written one after another."""
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>' for i, width in enumerate(widths, 1)
    )
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as book:
        for name, content in {**_PARTS, "xl/workbook.xml": _WORKBOOK.format(name=_harmless(sheet))}.items():
            book.writestr(ZipInfo(name), _XML + content)
        head = ZipInfo("xl/worksheets/sheet1.xml")
        head.compress_type = ZIP_DEFLATED
        with book.open(head, "w", force_zip64=True) as part, rows.open("rb") as written:
            part.write(_SHEET_HEAD.format(columns=columns).encode())
            _pour(written, part)
            part.write(_SHEET_FOOT.encode())


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    shutil.copyfileobj(source, target, 256 * 1024)


def _row(cells: Sequence[str]) -> bytes:
    return f"<row>{''.join(cells)}</row>".encode()


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, datetime):
        since = value - _EPOCH
        return f'<c s="{_MOMENT}"><v>{since.days + since.seconds / 86400:.8f}</v></c>'
    if isinstance(value, int | Decimal) and len(str(value).replace(".", "")) <= _MOST_DIGITS:
        return f"<c><v>{value}</v></c>"
    return _text(str(value), _TEXT)


def _text(text: str, style: int) -> str:
    kept = escape(_ENCODED.sub("_x005F_", _ILLEGAL.sub("", text)))
    space = ' xml:space="preserve"' if kept != kept.strip() or "\n" in kept else ""
    return f'<c s="{style}" t="inlineStr"><is><t{space}>{kept}</t></is></c>'


def _harmless(sheet: str) -> str:
    return escape(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31].strip() or "1", {'"': "&quot;"})
