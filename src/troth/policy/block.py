"""A block of a text as it came in: a heading, a paragraph, a bullet, or a line of unknown role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "bullet", "line"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text, in text order.

    Attributes:
        kind: what the markup says it is; `line` where there is no markup (plain text, table rows).
        text: its characters as they stood; a line break inside is where the file wrapped the line.
        line: line of the file it starts on, from 1 (number of the paragraph in a DOCX).
        level: level of a heading from 1, depth of a list from 1, otherwise 0.
        gap: whether white space sets it apart from the block before it.
    """

    kind: BlockKind
    text: str
    line: int
    level: int = 0
    gap: bool = True


@dataclass(frozen=True, slots=True)
class Intake:
    """A text that came in: its blocks in text order and the title the file gives itself, if any."""

    blocks: tuple[Block, ...]
    title: str = ""


def words(text: str) -> frozenset[str]:
    """The set of the words of a text: how lists of words are written down in the modules around this one."""
    return frozenset(text.split())
