"""Which columns a statement reads, uses and writes, seen from SQLAlchemy's own tree of it; plain SQL text is not read.

The tree is the one that is rendered, so columns that the ORM adds (eager loads, keys) are in it too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Delete, Insert, Update, UpdateBase, ValuesBase
from sqlalchemy.sql.elements import ClauseElement, ColumnClause, TableValuedColumn, TextClause
from sqlalchemy.sql.functions import count
from sqlalchemy.sql.selectable import AliasedReturnsRows, Select, TableClause, TextualSelect

EVERY = "*"
"""Stands for every column of a table."""

Place = tuple[str, str]
"""A table, with its schema as "schema.table", and a column of it."""

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Touched:
    """What a statement touches.

    Attributes:
        shown: columns whose values leave the database.
        used: columns that are only compared, sorted by or computed with.
        written: columns that get values.
        tables: every table that stands in it.
        words: the words of SQL text inside it, in lower case; such text may touch what they name.
        kind: "select", "insert", "update", "delete", "text" or "other".
    """

    shown: set[Place] = field(default_factory=set)
    used: set[Place] = field(default_factory=set)
    written: set[Place] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    kind: str = "other"


def words_of(text: str) -> set[str]:
    """The words of a piece of SQL text, in lower case."""
    return {word.casefold() for word in _WORD.findall(text)}


def touched(compiled: SQLCompiler) -> Touched:
    """What a compiled statement touches."""
    state = getattr(compiled, "compile_state", None)
    given = getattr(state, "statement", None)
    statement: Any = given if isinstance(given, ClauseElement) else compiled.statement
    found = Touched(kind=_kind(statement))
    if isinstance(statement, (TextClause, TextualSelect)):
        found.words = words_of(compiled.string)
        return found
    everything = list(visitors.iterate(statement))
    counted = {id(inner) for one in everything if isinstance(one, count) for inner in visitors.iterate(one)}
    seen: Counter[Place] = Counter()
    for one in everything:
        _take(one, found, seen, counted)
        if isinstance(one, Select):
            for column in one.selected_columns:
                _output(column, found, counted)
        elif isinstance(one, UpdateBase):
            seen.subtract(_write(one, compiled if one is statement else None, found))
            for value in _afterwards(one):
                _take(value, found, seen, counted)
            for shown in one._returning:  # noqa: SLF001 - SQLAlchemy has no public name for it
                _output(shown, found, counted)
    found.used = {place for place, times in seen.items() if times > 0} - found.shown
    return found


def _kind(statement: Executable | ClauseElement) -> str:
    for kind, name in ((Insert, "insert"), (Update, "update"), (Delete, "delete")):
        if isinstance(statement, kind):
            return name
    return "text" if isinstance(statement, (TextClause, TextualSelect)) else "select"


def _output(element: Any, found: Touched, counted: set[int]) -> None:
    if isinstance(element, TableClause):
        found.shown.add((name_of(element), EVERY))
    shown: Counter[Place] = Counter()
    for one in visitors.iterate(element):
        _take(one, found, shown, counted)
    found.shown |= set(shown)


def _take(one: Any, found: Touched, into: Counter[Place], counted: set[int]) -> None:
    """Note what one element of the tree names."""
    if isinstance(one, TextClause):
        found.words |= words_of(one.text)
        if EVERY in one.text:
            found.words.add(EVERY)
    elif isinstance(one, TableValuedColumn):
        into.update((name, EVERY) for name in _tables(one.scalar_alias))
    elif isinstance(one, ColumnClause):
        tables = list(_tables(one.table)) if one.table is not None else []
        into.update((table, one.name) for table in tables)
        if one.table is None and not (id(one) in counted and one.name == EVERY):
            found.words |= words_of(one.name) | ({EVERY} if EVERY in one.name else set())
    elif isinstance(one, TableClause):
        found.tables.add(name_of(one))
    elif isinstance(one, AliasedReturnsRows):
        found.tables.update(_tables(one))


def _tables(element: Any) -> Iterator[str]:
    """The table behind an alias; none for a subquery, whose own columns stand in the tree."""
    while isinstance(element, AliasedReturnsRows):
        element = element.element
    if isinstance(element, TableClause):
        yield name_of(element)


def name_of(table: TableClause) -> str:
    """The name of a table as the data map has it."""
    schema = getattr(table, "schema", None)
    return f"{schema}.{table.name}" if schema else str(table.name)


def _write(statement: UpdateBase, compiled: SQLCompiler | None, found: Touched) -> list[Place]:
    """Note what a statement writes; gives the columns that stand in its tree only because they are written."""
    targets = list(_tables(statement.table))
    found.tables.update(targets)
    if not isinstance(statement, ValuesBase):
        return []
    keys = list(_given(statement))
    names = {str(getattr(key, "key", key)) for key in keys}
    known = {str(column.key): column.name for column in statement.table.c}
    if compiled is not None:
        names |= {key for key in compiled.column_keys or () if key in known}
    if isinstance(statement, Insert) and not names:
        names = {EVERY}
    found.written.update((table, known.get(name, name)) for table in targets for name in names)
    return [(table, key.name) for table in targets for key in keys if isinstance(key, ColumnClause)]


def _given(statement: ValuesBase) -> Iterator[Any]:
    """The columns that a statement sets, as columns or names."""
    yield from statement._values or ()  # noqa: SLF001 - SQLAlchemy has no public name for it
    for rows in statement._multi_values:  # noqa: SLF001
        for row in rows:
            yield from row if isinstance(row, dict) else (EVERY,)
    yield from getattr(statement, "_select_names", None) or ()
    yield from (getattr(name, "key", name) for name in _conflict(statement))


def _conflict(statement: UpdateBase) -> Mapping[Any, Any]:
    """What is set where the row is there already (`on conflict do update`, `on duplicate key update`)."""
    clause = getattr(statement, "_post_values_clause", None)
    told = getattr(clause, "update_values_to_set", None) or getattr(clause, "update", None) or {}
    return told if isinstance(told, Mapping) else dict(told)


def _afterwards(statement: UpdateBase) -> Iterator[Any]:
    """The elements of that clause, without the values of the row that was to be inserted."""
    clause = getattr(statement, "_post_values_clause", None)
    new = {id(one) for name in ("excluded", "inserted") for one in getattr(statement, name, ())}
    for value in (*_conflict(statement).values(), getattr(clause, "update_whereclause", None)):
        if isinstance(value, ClauseElement):
            yield from (one for one in visitors.iterate(value) if id(one) not in new)
