"""The published text again: the policy file without its tags and blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from troth.policy.source import CJK, Line, Source

_CJK_END = re.compile(rf"[{CJK}]$")
_CJK_START = re.compile(rf"^[{CJK}]")


def plain(source: Source) -> str:
    """The text as it is published: paragraphs apart by an empty line, bullets and labels on lines of their own."""
    return "\n\n".join("\n".join(rows) for rows in paragraphs(source.lines)) + "\n"


def paragraphs(lines: Sequence[Line]) -> list[list[str]]:
    """The rows of text of every paragraph, in order; a heading is a paragraph of one row."""
    found: list[list[str]] = []
    last = 0
    for line in lines:
        sentence = line.sentence
        if sentence.paragraph != last or not found:
            found.append([sentence.text])
        elif sentence.element in {"bullet", "label"}:
            found[-1].append(sentence.text)
        else:
            found[-1][-1] = join(found[-1][-1], sentence.text)
        last = sentence.paragraph
    return found


def join(before: str, after: str) -> str:
    """Two pieces of running text as one: with a space, but for Chinese, which has none between sentences."""
    space = "" if _CJK_END.search(before) and _CJK_START.search(after) else " "
    return before + space + after
