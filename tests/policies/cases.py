"""Cases written in the language of policies: `=== title`, then parts separated by `---` lines.

A policy part is the inside of one `troth` block, with the sentences it binds above it where a case needs its own
(lines that end in a tag group); front matter and fences are added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FRONT = '+++\nprovider = "Test"\nversion = "1"\n+++\n\n'
SENTENCE = (
    "We keep every promise within 30 days, 30 days before and 30 days after, and for 24 months, "
    "and 13 is a number. {#s1 p}\n"
)


@dataclass(frozen=True)
class Case:
    """One case: its title and its parts."""

    title: str
    parts: tuple[str, ...]


def cases(name: str) -> list[Case]:
    """The cases of a file in this folder."""
    found = []
    for piece in re.split(r"^=== ", (HERE / name).read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = piece.partition("\n")
        parts = re.split(r"^---[^\n]*\n", body, flags=re.MULTILINE)
        found.append(Case(title.strip(), tuple(part.strip("\n") + "\n" for part in parts)))
    return found


def policy_file(part: str) -> str:
    """The policy file that a part stands for."""
    prose: list[str] = []
    rules: list[str] = []
    in_rules = False
    for row in part.split("\n"):
        in_rules = in_rules or bool(re.match(r"(?:promise|define|fact|term|accept)\b", row))
        (rules if in_rules else prose).append(row)
    text = "\n".join(prose).strip("\n")
    return (
        FRONT
        + (text + "\n" if text else SENTENCE)
        + "\n```troth\n"
        + "\n".join(rules).rstrip("\n")
        + "\n```\n"
    )
