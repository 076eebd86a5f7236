"""Read the text of a path: `a.(x,y) -> b.(x,y) ; b.user ~> ext:accounts.user.login [kind='mail']`."""

from __future__ import annotations

import re
from itertools import pairwise

from troth.model.datamap import Arrow, Condition, Link, Path
from troth.model.errors import TrothError

_LINK = re.compile(r"(\S+)\.(\([^)]*\)|[^.\s]+)\s*(->|=>|~>)\s*(\S+)\.(\([^)]*\)|[^.\s]+)(?:\s*\[(.*)\])?")
_ONE = re.compile(r"\s*([^\s=]+)\s*=\s*'((?:[^']|'')*)'\s*")
_MANY = re.compile(r"\s*([^\s=]+)\s+in\s+\(\s*('(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*)\s*\)\s*")
_INSIDE = re.compile(r"\s*inside\s+(?:JSON\s+)?(\$\S*|array|text)\s*")
_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_ARROWS: dict[str, Arrow] = {"->": "->", "=>": "=>", "~>": "~>"}


def parse_path(text: str, *, confidence: float = 1.0, reason: str = "") -> Path:
    """The path that `text` writes down; `str(path)` gives the text back.

    Raises:
        TrothError: a step is not in the notation of `troth.model.datamap`, or does not start where the one
        before ends.
    """
    links = tuple(parse_link(step) for step in _steps(text))
    for before, after in pairwise(links):
        if before.target != after.table:
            raise TrothError(f"the path jumps from {before.target} to {after.table}", hint=text)
    return Path(links, confidence, reason)


def parse_link(text: str) -> Link:
    """The link that `text` writes down.

    Raises:
        TrothError: it is not in the notation of `troth.model.datamap`.
    """
    match = _LINK.fullmatch(text.strip())
    if match is None:
        raise TrothError(
            f"not a step of a path: {text.strip()}",
            hint="write table.column -> table.column; -> declared key, => same id, ~> same natural value",
        )
    table, columns, arrow, target, target_columns, note = match.groups()
    store, target = _store(target)
    sides = _columns(columns), _columns(target_columns)
    if len(sides[0]) != len(sides[1]):
        raise TrothError(f"the two sides have different numbers of columns: {text.strip()}")
    conditions, inside = _notes(note or "")
    return Link(table, sides[0], _ARROWS[arrow], target, sides[1], store, conditions, inside)


def _steps(text: str) -> list[str]:
    """Split at ` ; ` outside of quotes and brackets, because a condition may hold any text."""
    steps, depth, quoted, start = [], 0, False, 0
    for at, char in enumerate(text):
        if char == "'" and depth:
            quoted = not quoted
        elif not quoted and char in "[]":
            depth += 1 if char == "[" else -1
        elif char == ";" and not depth and not quoted:
            steps.append(text[start:at])
            start = at + 1
    return [*steps, text[start:]]


def _store(target: str) -> tuple[str, str]:
    if not target.startswith("ext:"):
        return "", target
    store, _, table = target.removeprefix("ext:").partition(".")
    if not table:
        raise TrothError(f"a row of another store is written ext:store.table.column, not {target}")
    return store, table


def _columns(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.strip("()").split(","))


def _notes(text: str) -> tuple[tuple[Condition, ...], str]:
    conditions: list[Condition] = []
    inside, rest = "", text
    while rest.strip():
        if match := _INSIDE.match(rest):
            inside = match.group(1)
        elif match := _ONE.match(rest):
            conditions.append(Condition(match.group(1), (match.group(2).replace("''", "'"),)))
        elif match := _MANY.match(rest):
            values = tuple(value.replace("''", "'") for value in _QUOTED.findall(match.group(2)))
            conditions.append(Condition(match.group(1), values))
        else:
            raise TrothError(
                f"not a condition of a link: {rest.strip()}",
                hint="write [column='value'] or [inside JSON $.member]",
            )
        rest = rest[match.end() :].strip().removeprefix("and ")
    return tuple(conditions), inside
