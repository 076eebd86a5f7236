"""The map file: TOML for review, one line a column, the same order every time; what is written reads back exactly.

    [[table]]
    store = "accounts"
    name = "customer"
    role = "subject"
    [table.columns]
    email = { category = "contact.email", terms = ["email-address"], mask = "null", confidence = 0.98,
    reason = "..." }

Tables without personal data stand at the end, one line each. Keys that say what the default says are left
out.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from troth.datamap.notation import parse_link, parse_path
from troth.model.datamap import (
    CATEGORIES,
    FORMS,
    MASKS,
    ROLES,
    Column,
    DataMap,
    Mask,
    Path,
    Role,
    Table,
    clock_column,
)
from troth.model.errors import Place, SourceError, TrothError
from troth.model.mark import parse_fact, parse_mark

VERSION = 1
HEAD = """# The data map: which columns are personal, and how a row leads to its person. Review it like code.
# role: subject | owned | shared | staff | secret-store; mask: null | empty | zero | token | keep.
# Set confidence = 1.0 on what you have confirmed, and delete a question once its answer stands below.
"""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


def write_map(one: DataMap) -> str:
    """The text of a map file; `read_map` gives the same map back."""
    lines = [HEAD + f"version = {VERSION}"]
    if one.questions:
        lines += ["questions = [", *(f"  {_text(question)}," for question in one.questions), "]"]
    for table in one.tables:
        if table.role != "none":
            lines += ["", *_table_lines(table)]
    harmless = [table for table in one.tables if table.role == "none"]
    for store in sorted({table.store for table in harmless}):
        lines += ["", f"[none.{_key(store)}]"]
        lines += [_harmless_line(table) for table in harmless if table.store == store]
    return "\n".join(lines) + "\n"


def read_map(text: str, file: str = "map.toml") -> DataMap:
    """The map that a file holds.

    Args:
        text: the text of the file.
        file: its name, for messages.

    Raises:
        SourceError: the text is no TOML, or says something a map can not say; with the line.
    """
    raw = _parsed(text, file)
    known = {"version", "questions", "table", "none"}
    if unknown := sorted(set(raw) - known):
        raise SourceError(
            f"the map has no part named {unknown[0]}",
            Place(file, _line(text, unknown[0])),
            hint=", ".join(sorted(known)),
        )
    if raw.get("version") != VERSION:
        raise SourceError(
            f"this is not a map of version {VERSION}",
            Place(file, 1),
            hint="run troth map propose with this version of Troth",
        )
    try:
        tables = sorted(_tables(raw, text, file), key=lambda one: (one.store, one.name))
        questions = _strings(raw.get("questions", []))
    except SourceError:
        raise
    except TrothError as error:
        raise SourceError(error.message, Place(file, 1), hint=error.hint) from None
    for before, after in pairwise(tables):
        if before.place == after.place:
            line = _line(text, f"name = {_text(after.name)}")
            raise SourceError(
                f"the table {after.place} stands twice in the map",
                Place(file, line),
                hint="keep one of the two",
            )
    return DataMap(tuple(tables), questions)


def _tables(raw: Mapping[str, object], text: str, file: str) -> Iterator[Table]:
    """Every table of the file; what a table can not say becomes an error with the line it starts at."""
    places = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[table]]"]
    for number, entry in enumerate(_list(raw.get("table", []))):
        line = places[number] if number < len(places) else 1
        yield _guarded(partial(_table, entry), Place(file, line))
    for store, entries in sorted(_mapping(raw.get("none", {})).items()):
        for name, entry in _mapping(entries).items():
            yield _guarded(partial(_harmless, store, name, entry), Place(file, _line(text, _key(name))))


def _table_lines(table: Table) -> list[str]:
    lines = [
        "[[table]]",
        f"store = {_text(table.store)}",
        f"name = {_text(table.name)}",
        f"role = {_text(table.role)}",
    ]
    lines += [f"key = {_texts(table.key)}"] if table.key else []
    lines += [f"confidence = {table.confidence!r}"] if table.confidence != 1.0 else []
    lines += [f"reason = {_text(table.reason)}"] if table.reason else []
    if table.paths:
        lines += ["paths = [", *(f"  {_path_text(one)}," for one in table.paths), "]"]
    if table.references:
        lines += ["references = [", *(f"  {_text(str(one))}," for one in table.references), "]"]
    lines += ['found = "by value"'] if table.by_value else []
    lines += [f"harmless = {_texts(table.harmless)}"] if table.harmless else []
    lines += [f"marks = {_pairs(table.marks)}"] if table.marks else []
    lines += [f"facts = {_pairs(table.facts)}"] if table.facts else []
    lines += [f"events = {_pairs(table.events)}"] if table.events else []
    if table.columns:
        lines += ["[table.columns]", *(_column_line(one) for one in table.columns)]
    return lines


def _column_line(one: Column) -> str:
    parts = [f"category = {_text(one.category)}"]
    parts += [f"form = {_text(one.form)}"] if one.form != "plain" else []
    parts += [f"terms = {_texts(one.terms)}"] if one.terms else []
    parts += [f"mask = {_text(one.mask)}"] if one.mask else []
    parts += [f"confidence = {one.confidence!r}"] if one.confidence != 1.0 else []
    parts += [f"reason = {_text(one.reason)}"] if one.reason else []
    return f"{_key(one.name)} = {{ {', '.join(parts)} }}"


def _harmless_line(table: Table) -> str:
    parts = [f"key = {_texts(table.key)}"] if table.key else []
    parts += [f"confidence = {table.confidence!r}"] if table.confidence != 1.0 else []
    parts += [f"reason = {_text(table.reason)}"] if table.reason else []
    parts += [f"harmless = {_texts(table.harmless)}"] if table.harmless else []
    return f"{_key(table.name)} = {{ {', '.join(parts)} }}"


def _path_text(one: Path) -> str:
    parts = [f"path = {_text(str(one))}"]
    parts += [f"confidence = {one.confidence!r}"] if one.confidence != 1.0 else []
    parts += [f"reason = {_text(one.reason)}"] if one.reason else []
    return f"{{ {', '.join(parts)} }}"


def _text(value: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"


def _pairs(pairs: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{_key(name)} = {_text(value)}" for name, value in pairs.items()) + " }"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _AT.search(str(error))
        line, column = (
            (int(match.group(1)), int(match.group(2)))
            if match and match.group(1)
            else (text.count("\n") + 1, 1)
        )
        said = _AT.sub("", str(error)).strip()
        raise SourceError(
            f"the map is not TOML: {said[:1].lower()}{said[1:]}",
            Place(file, line, column),
            hint="mend this line; `troth map propose` shows how a map is written",
        ) from None


def _guarded(build: Callable[[], Table], place: Place) -> Table:
    """Build a table; what it can not say becomes an error with the line of the table."""
    try:
        return build()
    except TrothError as error:
        raise SourceError(error.message, place, hint=error.hint) from None


def _table(raw: object) -> Table:
    entry = _mapping(raw)
    _only(
        entry,
        {
            "store",
            "name",
            "role",
            "key",
            "confidence",
            "reason",
            "paths",
            "references",
            "found",
            "harmless",
            "marks",
            "facts",
            "events",
            "columns",
        },
    )
    role = _one_of(entry.get("role"), ROLES, "role")
    columns = tuple(_column(name, one) for name, one in _mapping(entry.get("columns", {})).items())
    return Table(
        _string(entry, "store"), _string(entry, "name"), _role(role),
        key=_strings(entry.get("key", [])),
        columns=columns,
        paths=tuple(_path(one) for one in _list(entry.get("paths", []))),
        references=tuple(parse_link(one) for one in _strings(entry.get("references", []))),
        harmless=_strings(entry.get("harmless", [])),
        by_value=_one_of(entry.get("found", ""), ("", "by value"), "found") != "",
        confidence=_share(entry),
        reason=str(entry.get("reason", "")),
        marks=_words(entry, "marks", parse_mark),
        facts=_words(entry, "facts", parse_fact),
        events=_words(entry, "events", clock_column),
    )  # fmt: skip


def _harmless(store: str, name: str, raw: object) -> Table:
    entry = _mapping(raw)
    _only(entry, {"key", "confidence", "reason", "harmless"})
    return Table(
        store, name, key=_strings(entry.get("key", [])), harmless=_strings(entry.get("harmless", [])),
        confidence=_share(entry), reason=str(entry.get("reason", "")),
    )  # fmt: skip


def _column(name: str, raw: object) -> Column:
    entry = _mapping(raw)
    _only(entry, {"category", "form", "terms", "mask", "confidence", "reason"})
    return Column(
        name,
        _one_of(entry.get("category"), CATEGORIES, f"category of {name}"),
        _one_of(entry.get("form", "plain"), FORMS, f"form of {name}"),
        _strings(entry.get("terms", [])),
        _mask(_one_of(entry.get("mask", ""), MASKS, f"mask of {name}")),
        _share(entry),
        str(entry.get("reason", "")),
    )


def _path(raw: object) -> Path:
    if isinstance(raw, str):
        return parse_path(raw)
    entry = _mapping(raw)
    _only(entry, {"path", "confidence", "reason"})
    return parse_path(_string(entry, "path"), confidence=_share(entry), reason=str(entry.get("reason", "")))


def _role(value: str) -> Role:
    return next(one for one in ROLES if one == value)


def _mask(value: str) -> Mask:
    return next(one for one in MASKS if one == value)


def _one_of(value: object, allowed: tuple[str, ...], what: str) -> str:
    if value not in allowed:
        raise TrothError(
            f"the {what} is {value!r}, which is none of the known ones",
            hint=", ".join(one for one in allowed if one),
        )
    return str(value)


def _only(entry: Mapping[str, object], allowed: set[str]) -> None:
    if unknown := sorted(set(entry) - allowed):
        raise TrothError(f"the map knows no {unknown[0]} here", hint=", ".join(sorted(allowed)))


def _string(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise TrothError(f"a table of the map has no {key}")
    return value


def _strings(value: object) -> tuple[str, ...]:
    found = _list(value)
    if not all(isinstance(one, str) for one in found):
        raise TrothError("a list of names holds something that is not a name")
    return tuple(map(str, found))


def _words(entry: Mapping[str, object], key: str, parse: Callable[[str], object]) -> dict[str, str]:
    """Pairs of words, each of which can be read."""
    found = {}
    for name, value in _mapping(entry.get(key, {})).items():
        parse(str(value))
        found[name] = str(value)
    return found


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TrothError("a list is expected here", hint='write ["one", "two"]')
    return value


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TrothError("a table with keys is expected here", hint="write { key = value }")
    return value


def _share(entry: Mapping[str, object]) -> float:
    value = entry.get("confidence", 1.0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise TrothError(f"a confidence is a number from 0 to 1, not {value!r}")
    return float(value)


def _line(text: str, needle: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if needle in line), 1)
