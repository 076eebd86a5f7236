"""A table as a workbook of one sheet (ECMA-376, Office Open XML), with a bold head that stays in place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_767
"""Characters that a cell can hold."""
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date inside the archive, so that equal tables give equal files."""

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet"'
        f' Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill'
        ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        '<xf fontId="1" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        "</cellXfs></styleSheet>"
    ),
}


def workbook(title: str, rows: Sequence[Sequence[str]], *, head: int, width: int = 32) -> bytes:
    """The bytes of an .xlsx file.

    Args:
        title: name of the sheet; cut to what a name may be.
        rows: the cells as text; nothing is a formula.
        head: number of the row, from 0, that stays in place with all above it and is bold.
        width: of each column, in characters.
    """
    columns = max((len(row) for row in rows), default=1)
    body = "".join(_row(number, row, bold=number == head + 1) for number, row in enumerate(rows, start=1))
    pane = f'<pane ySplit="{head + 1}" topLeftCell="A{head + 2}" activePane="bottomLeft" state="frozen"/>'
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<cols><col min="1" max="{columns}" width="{width}" customWidth="1"/></cols>'
        f"<sheetData>{body}</sheetData></worksheet>"
    )
    name = escape(re.sub(r"[\[\]:*?/\\']", " ", _FORBIDDEN.sub("", title))[:31] or "1", {'"': "&quot;"})
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    )
    parts = {**_PARTS, "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            info = zipfile.ZipInfo(path, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _HEAD + text)
    return out.getvalue()


def _row(number: int, cells: Sequence[str], *, bold: bool) -> str:
    style = ' s="1"' if bold else ""
    found = "".join(
        f'<c r="{_column(place)}{number}" t="inlineStr"{style}><is><t xml:space="preserve">'
        f"{escape(_FORBIDDEN.sub(' ', cell)[:_LONGEST])}</t></is></c>"
        for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{found}</row>'


def _column(place: int) -> str:
    """The letters of a column ("A", "AA")."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
