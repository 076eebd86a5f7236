"""The text of a Word file (Office Open XML, ECMA-376) as blocks."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import docx
from lxml import etree

from troth.model.errors import Place, SourceError
from troth.policy.block import Block, BlockKind, Intake, table_row
from troth.policy.source import fold
from troth.policy.word_styles import W, WordStyles, is_on, styles_of, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document

UNPACKED_BYTES = 64 * 1024 * 1024
"""Most that a Word file may unpack to, in bytes."""

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES = f"{_CHOICES}AlternateContent"
# Elements that only wrap what they hold: tracked insertions, content controls, links, fields, smart tags.
_WRAPPERS = frozenset(
    {
        f"{W}{name}"
        for name in (
            "ins",
            "moveTo",
            "sdtContent",
            "customXml",
            "smartTag",
            "hyperlink",
            "fldSimple",
            "dir",
            "bdo",
        )
    }
    | {f"{_CHOICES}Choice", f"{_CHOICES}Fallback"}
)
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SHOWN = 40  # characters of a header or footer that a message shows


def read_docx(data: bytes, here: Place) -> Intake:
    """The paragraphs, list items and table rows of a Word file, then its footnotes and endnotes.

    Tracked changes are read as accepted. What a reader may see and the text does not hold is named in `lost`.

    Args:
        data: the bytes of the file.
        here: the file, for messages; lines of the result are numbers of paragraphs.

    Raises:
        SourceError: the file is no Word file, is damaged, or unpacks to more than `UNPACKED_BYTES`.
    """
    _check_archive(data, here)
    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(_styles(document))
        blocks = reader.flow(document.element.body)
        for part in ("footnotes", "endnotes"):
            blocks += reader.notes(part, _part(document, part))
        lost = (*reader.lost(), *_around(document))
        title = fold(document.core_properties.title or "")
    except Exception as error:  # the reader of a damaged package raises many kinds, all mean the same
        raise SourceError(
            "the Word file is damaged", here, hint="open and save it again in Word, or give its text"
        ) from error
    return Intake(tuple(blocks), title, lost)


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


def _part(document: Document, name: str) -> etree._Element | None:
    """The root of a part that the document refers to, if there is one."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/" + name):
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _styles(document: Document) -> WordStyles:
    return styles_of(document.styles.element, _part(document, "numbering"))


def _around(document: Document) -> list[str]:
    """What stands around the text: headers, footers, comments."""
    found = {
        (what, text): None
        for section in document.sections
        for what, part in (("header", section.header), ("footer", section.footer))
        if (text := fold(" ".join(paragraph.text for paragraph in part.paragraphs)))
    }
    lost = [f'{what}: "{text if len(text) <= _SHOWN else text[:_SHOWN] + " …"}"' for what, text in found]
    comments = _part(document, "comments")
    count = 0 if comments is None else len(comments.findall(f"{W}comment"))
    return lost + ([_counted(count, "comment")] if count else [])


def _counted(number: int, what: str) -> str:
    first, *rest = re.split(r"(?= of | that )", what, maxsplit=1)
    return f"{number} {first}{'s' if number > 1 else ''}{''.join(rest)}"


@dataclass(slots=True)
class _Text:
    """The text of a paragraph being read: whether all of it is bold, and the boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    plain: bool = False
    boxes: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Reads the parts of a file; counts what it leaves out, and keeps the order of the notes."""

    styles: WordStyles
    number: int = 0
    left: Counter[str] = field(default_factory=Counter)
    referred: dict[str, list[str]] = field(default_factory=dict)
    open: _Text = field(default_factory=_Text)

    def lost(self) -> list[str]:
        """What was left out, in words."""
        return [_counted(count, what) for what, count in self.left.items()]

    def flow(self, parent: etree._Element) -> list[Block]:
        """The blocks of a body, a cell, a text box or a note."""
        blocks: list[Block] = []
        for node in parent:
            if node.tag == f"{W}p":
                blocks += self._paragraph(node)
            elif node.tag == f"{W}tbl":
                blocks += self._table(node)
            elif node.tag == f"{W}sdt":
                blocks += self.flow(self._control(node))
            elif node.tag == _ALTERNATIVES:
                blocks += self.flow(_alternative(node))
            elif node.tag in _WRAPPERS:
                blocks += self.flow(node)
            elif node.tag in _DELETED:
                self.left["deleted passage"] += 1
            elif node.tag == f"{W}altChunk":
                self.left["embedded document"] += 1
            elif node.tag == f"{_MATH}oMathPara":
                blocks += self._paragraph(node)
        if self.open.pieces:  # the end of the last paragraph is deleted, and nothing follows
            blocks += self._lines("paragraph", 0, self.open)
            self.open = _Text()
        return blocks

    def notes(self, part: str, root: etree._Element | None) -> list[Block]:
        """The footnotes or endnotes, in the order in which the text refers to them."""
        named = {note.get(f"{W}id") or "": note for note in ([] if root is None else root)}
        referred = list(dict.fromkeys(self.referred.get(part, [])))
        if missing := sum(one not in named for one in referred):
            self.left[f"{part.removesuffix('s')} that the file does not hold"] += missing
        return [block for one in referred if one in named for block in self.flow(named[one])]

    def _control(self, node: etree._Element) -> etree._Element:
        """The content of a content control; nothing where it only asks to be filled in."""
        content = node.find(f"{W}sdtContent")
        asks = node.find(f"{W}sdtPr/{W}showingPlcHdr")
        if asks is not None and is_on(asks):
            self.left["empty form field"] += 1
            return etree.Element("nothing")
        return content if content is not None else etree.Element("nothing")

    def _table(self, table: etree._Element) -> list[Block]:
        """The rows of a table; a cell that only carries on the one above holds nothing of its own."""
        blocks: list[Block] = []
        for row in self._inside(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.left["deleted passage"] += 1
                continue
            self.number += 1
            line = self.number
            cells = [self.flow(cell) for cell in self._inside(row, f"{W}tc") if not _carries_on(cell)]
            blocks += table_row(cells, line)
        return blocks

    def _inside(self, parent: etree._Element, tag: str) -> Iterable[etree._Element]:
        """The rows of a table or the cells of a row, also inside content controls."""
        for node in parent:
            if node.tag == tag:
                yield node
            elif node.tag == f"{W}sdt":
                yield from self._inside(self._control(node), tag)
            elif node.tag in _WRAPPERS:
                yield from self._inside(node, tag)

    def _paragraph(self, paragraph: etree._Element) -> list[Block]:
        """The blocks of a paragraph; manual line breaks separate blocks, text boxes follow."""
        self.number += 1
        text, self.open = self.open, _Text()
        self._inline(paragraph, paragraph, text)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self.open = text  # the end of the paragraph is deleted: the next one goes on with it
            return []
        if self.styles.of_contents(paragraph):
            self.left["line of a table of contents"] += 1
            return []
        blocks = self._lines(*self._kind(paragraph, text), text)
        if len(blocks) > len(text.boxes) and self.styles.counted(paragraph):
            self.left["number of a paragraph that Word counts itself"] += 1
        return blocks

    def _lines(self, kind: BlockKind, level: int, text: _Text) -> list[Block]:
        """A block for each line of a paragraph, then its text boxes."""
        lines = (line.strip() for line in re.split(r"[\n\v\f]", "".join(text.pieces)))
        return [*(Block(kind, line, self.number, level) for line in lines if line), *text.boxes]

    def _kind(self, paragraph: etree._Element, text: _Text) -> tuple[BlockKind, int]:
        """Kind and level by the paragraph's style, outline level and numbering, or by its bold words."""
        level = self.styles.heading(paragraph)
        if level:
            return "heading", level
        if self.styles.listed(paragraph):
            return "bullet", 1
        return ("paragraph" if text.plain else "bold"), 0

    def _inline(self, parent: etree._Element, paragraph: etree._Element, text: _Text) -> None:
        """Adds the text inside an element of a paragraph."""
        for node in parent:
            if node.tag == f"{W}r":
                self._run(node, paragraph, text)
            elif node.tag == f"{W}sdt":
                self._inline(self._control(node), paragraph, text)
            elif node.tag == _ALTERNATIVES:
                self._inline(_alternative(node), paragraph, text)
            elif node.tag in _WRAPPERS:
                self._inline(node, paragraph, text)
            elif node.tag in _DELETED:
                self.left["deleted passage"] += 1
            elif str(node.tag).startswith(_MATH):
                text.pieces += [part.text or "" for part in node.iter(f"{_MATH}t")]
                text.plain = True

    def _run(self, run: etree._Element, paragraph: etree._Element, text: _Text) -> None:
        """Adds the text of a run: words with the same properties."""
        hidden = self.styles.has("vanish", run, paragraph)
        if hidden and any((part.text or "").strip() for part in run.iter(f"{W}t")):
            self.left["hidden passage"] += 1
        if hidden:
            return
        said = len(text.pieces)
        self._parts(run, text)
        words = "".join(text.pieces[said:])
        if words.strip() and not self.styles.has("b", run, paragraph):
            text.plain = True

    def _parts(self, parent: etree._Element, text: _Text) -> None:
        """Adds the parts of a run: words, signs, references to notes, boxes, pictures."""
        for part in parent:
            if part.tag == f"{W}t":
                text.pieces.append(part.text or "")
            elif part.tag in _SIGNS:
                text.pieces.append(_SIGNS[part.tag])
            elif part.tag == f"{W}sym":
                self.left["symbol"] += 1
            elif part.tag in _NOTES:
                self.referred.setdefault(_NOTES[part.tag], []).append(part.get(f"{W}id") or "")
            elif part.tag == _ALTERNATIVES:
                self._parts(_alternative(part), text)
            elif part.tag in _PICTURES or part.tag == f"{W}txbxContent":
                self._drawn(part, text)
            elif part.tag == f"{W}ruby":
                for run in part.iterfind(f"{W}rubyBase/{W}r"):
                    self._parts(run, text)

    def _drawn(self, drawn: etree._Element, text: _Text) -> None:
        """Adds the text boxes of a drawing; a drawing without any is a picture, whose words cannot be read."""
        boxes = _outermost(drawn, f"{W}txbxContent")
        if not boxes:
            self.left["picture"] += 1
        before, self.open = self.open, _Text()
        for box in boxes:
            text.boxes += self.flow(box)
        self.open = before


def _alternative(node: etree._Element) -> etree._Element:
    """The first of several forms of the same content: the others are for older programs."""
    found = node.find(f"{_CHOICES}Choice")
    if found is None:
        found = node.find(f"{_CHOICES}Fallback")
    return found if found is not None else node


def _carries_on(cell: etree._Element) -> bool:
    """Whether a cell is the lower part of one that spans rows."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and value(merged) != "restart"


def _outermost(node: etree._Element, tag: str) -> list[etree._Element]:
    """The elements of a tag inside an element that stand in no other of them, without alternatives for older programs."""
    if node.tag == tag:
        return [node]
    if node.tag == _ALTERNATIVES:
        return _outermost(_alternative(node), tag)
    return [found for child in node if isinstance(child.tag, str) for found in _outermost(child, tag)]
