"""The text of a Word file (Office Open XML, ECMA-376) as blocks."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from troth.model.errors import Place, SourceError
from troth.policy.block import Block, BlockKind, Intake
from troth.policy.source import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

UNPACKED_BYTES = 64 * 1024 * 1024
"""Most that a Word file may unpack to, in bytes."""

_HEADING = re.compile(r"heading\s*(\d)|标题\s*(\d)|標題\s*(\d)", re.IGNORECASE)
_LIST = re.compile(r"list|列表|清單", re.IGNORECASE)


def read_docx(data: bytes, here: Place) -> Intake:
    """The paragraphs, list items and table rows of a Word file.

    Args:
        data: the bytes of the file.
        here: the file, for messages; lines of the result are numbers of paragraphs.

    Raises:
        SourceError: the file is no Word file, is damaged, or unpacks to more than `UNPACKED_BYTES`.
    """
    _check_archive(data, here)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = tuple(_blocks(document))
        title = fold(document.core_properties.title or "")
    except Exception as error:  # the reader of a damaged package raises many kinds, all mean the same
        raise SourceError(
            "the Word file is damaged", here, hint="open and save it again in Word, or give its text"
        ) from error
    return Intake(blocks, title)


def _check_archive(data: bytes, here: Place) -> None:
    """Raises unless the archive is a Word file of reasonable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError("the archive is damaged", here, hint="save the file again as .docx") from error
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise SourceError(
            "the file is an archive, not a Word file", here, hint="give plain text, HTML or DOCX"
        )
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        limit = UNPACKED_BYTES // 1048576
        raise SourceError(
            f"the Word file unpacks to more than {limit} MiB", here, hint="remove pictures and save it again"
        )


def _blocks(document: Document) -> Iterator[Block]:
    """The blocks of the body in text order."""
    number = 0
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            number += 1
            yield from _paragraph(item, number)
        elif isinstance(item, Table):
            for row in item.rows:
                number += 1
                text = "\t".join(_cells(row))
                if text.strip():
                    yield Block("row", text.strip(), number)


def _cells(row: object) -> Iterator[str]:
    """The texts of a row's cells; a merged cell, which Word repeats, comes once."""
    seen: set[int] = set()
    for cell in getattr(row, "cells", ()):
        if id(cell._tc) not in seen:  # noqa: SLF001 - the only mark that two cells are one
            seen.add(id(cell._tc))  # noqa: SLF001 - see above
            yield fold(cell.text)


def _paragraph(paragraph: Paragraph, number: int) -> Iterator[Block]:
    """The block of a paragraph; manual line breaks in it separate blocks."""
    kind, level = _kind(paragraph)
    for line in re.split(r"[\n\v\f]", paragraph.text):
        if line.strip():
            yield Block(kind, line.strip(), number, level)


def _kind(paragraph: Paragraph) -> tuple[BlockKind, int]:
    """Kind and level by the paragraph's style and numbering."""
    style = paragraph.style.name if paragraph.style is not None else ""
    heading = _HEADING.search(style or "")
    if heading:
        return "heading", int(next(group for group in heading.groups() if group))
    if style in {"Title", "标题", "標題"}:
        return "heading", 1
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public way to ask for numbering
    if _LIST.search(style or "") or (properties is not None and properties.numPr is not None):
        return "bullet", 1
    return "paragraph", 0
