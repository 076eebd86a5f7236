"""Accepting the suggestions of a draft: a person has read them and says they are right."""

from __future__ import annotations

import re

from troth.model.errors import NotFound
from troth.policy.outline import outline
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
        SourceError: the file, or a block in it, can not be read.
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
            r"\s*\?[\d.]*(?=\s*\})|\?[\d.]*\s*", "", rows[at][line.tag.column - 1 :]
        )
    promises = {name for line in chosen.values() for name, _ in line.tag.names}
    drafts = {line for one in outline(source) if one.promise in promises for line in one.drafts}
    kept = [row for number, row in enumerate(rows, 1) if number not in drafts]
    return "\n".join(kept), len(chosen)
