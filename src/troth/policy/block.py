"""A block of a text as it came in: a heading, a paragraph, a bullet, a row of a table, or a line of unknown role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "bold", "paragraph", "bullet", "row", "line"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text, in text order.

    Attributes:
        kind: what the markup says it is; `line` where there is no markup (plain text), `bold` for a paragraph that is
            bold as a whole, as headings are where their author did not mark them.
        text: its characters as they stood; a line break inside is where the file wrapped the line. The cells of a
            row are apart by tabs, the paragraphs in a cell by line breaks.
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
    """A text that came in.

    Attributes:
        blocks: its blocks in text order.
        title: the title the file gives itself, if any.
        lost: what a reader of the file may see and its text does not hold, in words ("2 pictures").
    """

    blocks: tuple[Block, ...]
    title: str = ""
    lost: tuple[str, ...] = ()


def table_row(cells: Sequence[Sequence[Block]], line: int) -> tuple[Block, ...]:
    """The blocks of one row of a table.

    A row is one block, so that its cells stay together. Where a table only lays out the page (a row with one cell,
    cells with headings or with tables in them), the blocks of its cells are those of the page.

    Args:
        cells: the blocks of each cell.
        line: where the row stands.
    """
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(block.kind in {"heading", "row"} for cell in filled for block in cell):
        return tuple(block for cell in filled for block in cell)
    text = "\t".join("\n".join(" ".join(block.text.split()) for block in cell) for cell in filled)
    return (Block("row", text, line),)


def words(text: str) -> frozenset[str]:
    """The set of the words of a text: how lists of words are written down in the modules around this one."""
    return frozenset(text.split())
