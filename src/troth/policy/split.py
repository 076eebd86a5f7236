"""A text that came in, as its sentences: the units that promises are bound to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from troth.model.sentence import Element, Sentence
from troth.policy.block import Block, Intake
from troth.policy.boundary import sentences_of
from troth.policy.roles import (
    ARTICLES,
    bullet_sign,
    can_head,
    is_border,
    is_fragment,
    is_label,
    is_markdown_heading,
    is_question,
    is_row,
    is_titled,
    list_style,
    numbering,
)
from troth.policy.source import CJK, fold
from troth.policy.statement import is_statement

__all__ = ["marked", "sentences_of", "split"]

_FULL_STOP = re.compile("[.!?。！？][\"'”’)）]*$")
_HAN_STOP = ("。", "！", "？", "：", "；")
_WRAPPED_HAN = re.compile(rf"(?<=[{CJK}])[ \t]*\n[ \t]*(?=[{CJK}])")


def split(intake: Intake) -> tuple[Sentence, ...]:
    """The sentences, bullets, labels and headings of a text, in text order, named "s1", "s2", ...

    Args:
        intake: the blocks of the text, from `read_text`.

    Returns:
        Units whose texts, put together, are the text of the blocks up to white space.
    """
    roles = _roles(intake.blocks)
    outline = _Outline()
    units: list[Sentence] = []
    paragraph = 0
    for number, (block, role) in enumerate(zip(intake.blocks, roles, strict=True)):
        fresh = number == 0 or block.gap or role != "sentence" or roles[number - 1] != "sentence"
        # Chinese goes on after a stop where the line has room: a new line there is a new paragraph
        fresh = fresh or (block.kind == "line" and intake.blocks[number - 1].text.endswith(_HAN_STOP))
        paragraph += fresh
        outline.enter(block, role)
        depth = block.level if block.kind == "bullet" else 0
        for line, text, element in _units(block, role):
            name, above = f"s{len(units) + 1}", outline.above(role)
            units.append(Sentence(name, line, text, element, above, paragraph, depth))
    return tuple(units)


def marked(intake: Intake, sentences: tuple[Sentence, ...]) -> frozenset[str]:
    """Names of the headings that the file itself calls headings; the others only look like some.

    Args:
        intake: the blocks of the text.
        sentences: its units, from `split`.
    """
    said = {(block.line, _joined(block.text)) for block in intake.blocks if block.kind == "heading"}
    return frozenset(one.id for one in sentences if one.element == "heading" and (one.line, one.text) in said)


def _joined(text: str) -> str:
    """The text on one line; Chinese has no space where the file wrapped it."""
    return fold(_WRAPPED_HAN.sub("", text))


def _units(block: Block, role: Element) -> list[tuple[int, str, Element]]:
    """Line, text and element of each unit of one block."""
    if block.kind == "row":
        return [(block.line, text, role) for text in _row(block.text)]
    if role in {"heading", "label"}:
        return [(block.line, _joined(block.text), role)]
    units: list[tuple[int, str, Element]] = []
    line, seen = block.line, 0
    for start, end in sentences_of(block.text):
        line += block.text.count("\n", seen, start)
        seen = start
        text = _joined(block.text[start:end])
        element: Element = "fragment" if is_fragment(text) else "sentence"
        if role == "bullet" and not units:
            element = "bullet"
        units.append((line, text, element))
    return units


def _row(text: str) -> list[str]:
    """The units of a row of a table: borders show, and what a cell says in several sentences is several units.

    Words without a stop ("Name", "2 years") mean something only beside the other cells, so they stay with their
    neighbours: "Name | To create your account.", "To bill you. | 2 years".
    """
    units: list[str] = []
    for cell in text.split("\t"):
        pieces = [part[start:end] for part in cell.split("\n") for start, end in sentences_of(part)]
        for number, piece in enumerate(pieces):
            if not units:
                units.append(fold(piece))
            elif number or (_FULL_STOP.search(units[-1]) and _FULL_STOP.search(piece)):
                units.append(("" if number else "| ") + fold(piece))
            else:
                units[-1] += " | " + fold(piece)
    return units


def _roles(blocks: tuple[Block, ...]) -> list[Element]:
    """The role of each block; what markup leaves open is decided from its form and its neighbours."""
    texts = [_joined(block.text) for block in blocks]
    roles: list[Element] = []
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            roles.append("heading" if texts[at] else "fragment")
        elif block.kind == "bullet":
            roles.append("bullet")
        elif is_border(texts[at]):
            roles.append("fragment")
        elif block.kind == "row" or ("\t" in block.text and len(sentences_of(block.text)) == 1):
            roles.append("label")  # a row of a table is no heading: it says something
        elif is_row(texts[at]):
            roles.append("label" if len(sentences_of(block.text)) == 1 else "sentence")
        else:
            roles.append(_role(at, blocks, texts, roles))
    return roles


def _role(at: int, blocks: tuple[Block, ...], texts: list[str], roles: list[Element]) -> Element:
    """The role of a block that no markup calls a heading or a list item."""
    text = texts[at]
    if blocks[at].kind == "line" and is_markdown_heading(text):
        return "heading"
    if bullet_sign(text):
        return "bullet"
    style, _ = numbering(text)
    if (
        style
        and (list_style(style) or _in_run(at, blocks, texts, roles))
        and not _heads(at, blocks, texts, roles)
    ):
        return "bullet"
    if is_label(text):
        return "label"
    if _heads(at, blocks, texts, roles):
        return "heading"
    if can_head(text) and _listed(at, blocks, texts, roles):
        return "bullet"
    return "sentence"


def _in_run(at: int, blocks: tuple[Block, ...], texts: list[str], roles: list[Element]) -> bool:
    """Whether a numbered line is one of several in a row, as the items of a list are."""
    style, _ = numbering(texts[at])
    if style in ARTICLES:
        return False
    if at and roles[at - 1] == "bullet" and numbering(texts[at - 1])[0] == style:
        return not (blocks[at].gap and is_titled(texts[at]))
    return at + 1 < len(texts) and numbering(texts[at + 1])[0] == style and roles[-1:] != ["heading"]


def _heads(at: int, blocks: tuple[Block, ...], texts: list[str], roles: list[Element]) -> bool:
    """Whether a line is the heading of what stands below it.

    Pages and Word files say what their headings are, so a paragraph of theirs is one only if it is bold or numbered.
    """
    text, kind = texts[at], blocks[at].kind
    if not can_head(text) or at + 1 >= len(texts) or len(sentences_of(text)) > 1 or is_statement(text):
        return False
    style, _ = numbering(text)
    if kind == "bold" and not list_style(style):
        return True
    if style:
        return (
            not list_style(style)
            and not (at and roles[at - 1] == "bullet" and _in_run(at, blocks, texts, roles))
            and (is_titled(text) or is_question(text) or not _in_run(at, blocks, texts, roles))
        )
    if kind == "paragraph" or _listed(at, blocks, texts, roles):
        return False
    if is_question(text):
        return True
    below = texts[at + 1]
    return is_titled(text) or at == 0 or len(below) > len(text) or (can_head(below) and blocks[at + 1].gap)


def _listed(at: int, blocks: tuple[Block, ...], texts: list[str], roles: list[Element]) -> bool:
    """Whether an unmarked line continues a list: below a lead-in, or below another item of such a list."""
    if not at or numbering(texts[at])[0]:
        return False
    above = texts[at - 1]
    if roles[at - 1] == "sentence" and above.endswith((":", "：")):
        return not (
            blocks[at].gap
            and (is_question(texts[at]) or (is_titled(texts[at]) and len(texts[at].split()) > 1))
        )
    unsigned = roles[at - 1] == "bullet" and not bullet_sign(above) and not numbering(above)[0]
    if not unsigned or blocks[at - 1].kind == "bullet":
        return False
    return not blocks[at].gap or not (is_titled(texts[at]) or is_question(texts[at]))


@dataclass(slots=True)
class _Outline:
    """The headings above the current place; an unmarked heading finds its depth by its numbering.

    It stands below the last heading that is marked, if there is one.
    """

    path: list[tuple[int, str]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    base: int = 1
    first: bool = True
    after_heading: bool = False

    def enter(self, block: Block, role: Element) -> None:
        """Takes note of the next block."""
        if role == "heading":
            text = _joined(block.text)
            if block.kind == "heading" and block.level:
                level = self.base = block.level
                self.styles.clear()
            else:
                level = self._level(text)
            while self.path and self.path[-1][0] >= level:
                self.path.pop()
            self.path.append((level, text))
        self.after_heading = role == "heading"
        self.first = False

    def above(self, role: Element) -> tuple[str, ...]:
        """The headings above a unit with this role; a heading is not above itself."""
        names = tuple(text for _, text in self.path)
        return names[:-1] if role == "heading" else names

    def _level(self, text: str) -> int:
        """Depth of an unmarked heading, from 1; the title of the text is the only one at depth 1."""
        if is_markdown_heading(text):
            return len(text) - len(text.lstrip("#"))
        style = numbering(text)[0] or ("?" if is_question(text) else "plain")
        if self.first and style == "plain":
            return 1
        if style in self.styles:
            del self.styles[self.styles.index(style) + 1 :]
        elif (
            not self.styles
            or (self.after_heading and self.path[-1][0] > self.base)
            or (style[0] in "(（" and style[1:])
        ):
            self.styles.append(style)
        else:
            self.styles[-1] = style
        return len(self.styles) + self.base
