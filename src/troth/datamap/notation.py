"""Read the text of a path: `a.(x,y) -> b.(x,y) ; b.user ~> ext:accounts.user.login [kind='mail']`."""

from __future__ import annotations

import re
from itertools import pairwise

from troth.model.datamap import Arrow, Condition, Link, Path
from troth.model.errors import TrothError

_NAME = r"""(?:"(?:[^"]|"")*"|[^\s.(),"'\[\];=<>~]+)"""
_TABLE = rf"(?:ext:)?{_NAME}(?:\.{_NAME})*"
_COLUMNS = rf"\({_NAME}(?:,\s*{_NAME})*\)|{_NAME}"
_LINK = re.compile(
    rf"({_TABLE})\.({_COLUMNS})\s*(->|=>|~>)\s*({_TABLE})\.({_COLUMNS})(?:\s*\[(.*)\])?", re.DOTALL
)
_PART = re.compile(_NAME)
_ONE = re.compile(rf"\s*({_NAME})\s*=\s*'((?:[^']|'')*)'\s*")
_MANY = re.compile(rf"\s*({_NAME})\s+in\s+\(\s*('(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*)\s*\)\s*")
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
    sides = _names(columns), _names(target_columns)
    if len(sides[0]) != len(sides[1]):
        raise TrothError(f"the two sides have different numbers of columns: {text.strip()}")
    conditions, inside = _notes(note or "")
    return Link(
        ".".join(_names(table)), sides[0], _ARROWS[arrow], target, sides[1], store, conditions, inside
    )


def _steps(text: str) -> list[str]:
    """Split at ` ; ` outside of quotes and brackets, because names and values may hold any text."""
    steps, depth, quote, start = [], 0, "", 0
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char == '"' or (char == "'" and depth):
            quote = char
        elif char in "[]":
            depth += 1 if char == "[" else -1
        elif char == ";" and not depth:
            steps.append(text[start:at])
            start = at + 1
    return [*steps, text[start:]]


def _store(target: str) -> tuple[str, str]:
    names = _names(target.removeprefix("ext:"))
    if not target.startswith("ext:"):
        return "", ".".join(names)
    if len(names) < 2:
        raise TrothError(f"a row of another store is written ext:store.table.column, not {target}")
    return names[0], ".".join(names[1:])


def _names(text: str) -> tuple[str, ...]:
    """The names of a table ("schema.table") or of a list of columns, without their quotes."""
    return tuple(one[1:-1].replace('""', '"') if one.startswith('"') else one for one in _PART.findall(text))


def _notes(text: str) -> tuple[tuple[Condition, ...], str]:
    conditions: list[Condition] = []
    inside, rest = "", text
    while rest.strip():
        if match := _INSIDE.match(rest):
            inside = match.group(1)
        elif match := _ONE.match(rest):
            conditions.append(Condition(_names(match.group(1))[0], (match.group(2).replace("''", "'"),)))
        elif match := _MANY.match(rest):
            values = tuple(value.replace("''", "'") for value in _QUOTED.findall(match.group(2)))
            conditions.append(Condition(_names(match.group(1))[0], values))
        else:
            raise TrothError(
                f"not a condition of a link: {rest.strip()}",
                hint="write [column='value'] or [inside JSON $.member]",
            )
        rest = rest[match.end() :].strip().removeprefix("and ")
    return tuple(conditions), inside
