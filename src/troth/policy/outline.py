"""Where the promises of a policy file stand: for the commands that write into the file and touch nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lark import Token

from troth.policy.parse import parse_block
from troth.policy.rules import Node
from troth.policy.source import Block, Source


@dataclass(frozen=True, slots=True)
class Standing:
    """The lines of a promise, counted from 1.

    Attributes:
        promise: its id.
        first: the line that begins with `promise`.
        last: its last line that is neither empty nor a comment.
        item: the first line below the head, whose indentation the others share.
        seals: lines of its seals; `drafts`: lines that say it is a draft.
    """

    promise: str
    first: int
    last: int
    item: int
    seals: tuple[int, ...] = ()
    drafts: tuple[int, ...] = ()


def outline(source: Source) -> tuple[Standing, ...]:
    """The promises of a file in the order they stand in.

    Raises:
        SourceError: a block can not be parsed.
    """
    return tuple(one for block in source.blocks for one in _block(block, source.file))


def _block(block: Block, file: str) -> Iterator[Standing]:
    tree = parse_block(block.text, file, block.line)
    rows = block.text.split("\n")
    nodes = cast("list[Node]", tree.children)
    starts = [_line(node) for node in nodes] + [len(rows) + 1]
    for node, following in zip(nodes, starts[1:], strict=True):
        if node.data != "promise":
            continue
        name, _, _, *items = node.children
        last = following - 1
        while rows[last - 1].strip() == "" or rows[last - 1].lstrip().startswith("#"):
            last -= 1
        above = block.line - 1
        lines = {
            kind: tuple(_line(item) + above for item in cast("list[Node]", items) if item.data == kind)
            for kind in ("seal", "draft")
        }
        item = _line(cast("Node", items[0])) + above
        yield Standing(str(name), _line(node) + above, last + above, item, lines["seal"], lines["draft"])


def _line(node: Node) -> int:
    """The line of the block on which a statement begins."""
    return next(token.line or 1 for token in node.scan_values(lambda value: isinstance(value, Token)))
