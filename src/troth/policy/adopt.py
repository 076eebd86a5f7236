"""Accepting the suggestions of a draft: a person has read them and says they are right."""

from __future__ import annotations

import re

from troth.model.errors import NotFound
from troth.policy.source import read


def adopt(text: str, file: str, names: set[str], every: bool, over: float) -> tuple[str, int]:
    """The file with suggestions accepted, and how many there were.

    Args:
        text: the policy file.
        file: its name, for messages.
        names: sentences whose suggestions are right.
        every: accept all of them.
        over: with `every`, only those at least this sure.

    Raises:
        NotFound: a named sentence has no suggestion.
    """
    source = read(text, file)
    chosen = {
        line.sentence.id: line
        for line in source.lines
        if line.tag.suggested is not None
        and (line.sentence.id in names or (every and line.tag.suggested >= over))
    }
    missing = sorted(names - chosen.keys())
    if missing:
        raise NotFound(
            f"sentence `{missing[0]}` has no suggestion to accept",
            hint=f"`troth policy check {file}` lists them",
        )
    rows = text.split("\n")
    for line in chosen.values():
        at = line.sentence.line - 1
        rows[at] = rows[at][: line.tag.column - 1] + re.sub(
            r"\?[\d.]*\s*", "", rows[at][line.tag.column - 1 :]
        )
    promises = {name for line in chosen.values() for name, _ in line.tag.names}
    return "\n".join(_undraft(rows, promises)), len(chosen)


def _undraft(rows: list[str], promises: set[str]) -> list[str]:
    kept, inside = [], False
    for row in rows:
        head = re.match(r"\s*promise\s+(\S+)", row)
        if head:
            inside = head[1] in promises
        if not (inside and re.match(r"\s+draft\s+~?[\d.]", row)):
            kept.append(row)
    return kept
