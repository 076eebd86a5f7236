"""The published text again: the policy file without its tags and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from troth.policy.source import CJK, Line, Source

_CJK = re.compile(rf"[{CJK}]")
_ENDS = "”’\"'"
_STARTS = "“‘\"'"


def plain(source: Source) -> str:
    """The text as it is published: paragraphs apart by an empty line, bullets and labels on lines of their own."""
    return "\n\n".join("\n".join(rows) for rows in paragraphs(source.lines)) + "\n"


def paragraphs(lines: Sequence[Line]) -> list[list[str]]:
    """The rows of text of every paragraph, in order; a heading is a paragraph of one row."""
    found: list[list[list[str]]] = []
    last = 0
    for line in lines:
        sentence = line.sentence
        if sentence.paragraph != last or not found:
            found.append([[sentence.text]])
        elif sentence.element in {"bullet", "label"}:
            found[-1].append([sentence.text])
        else:
            found[-1][-1].append(sentence.text)
        last = sentence.paragraph
    return [["".join(_spaced(row)) for row in rows] for rows in found]


def _spaced(row: Sequence[str]) -> Iterator[str]:
    yield row[0]
    for before, after in pairwise(row):
        yield gap(before, after) + after


def gap(before: str, after: str) -> str:
    """What stands between two sentences: a space, but nothing in Chinese, which has none there.

    Quotation marks belong to both scripts, so the characters inside them decide.
    """
    last, first = before.rstrip(_ENDS)[-1:], after.lstrip(_STARTS)[:1]
    return "" if _CJK.match(last) and _CJK.match(first) else " "
