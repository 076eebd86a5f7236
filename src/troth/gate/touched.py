"""Which columns a statement reads, uses and writes, seen from SQLAlchemy's own tree of it; plain SQL text is not read.

The tree is the one that is rendered, so columns that the ORM adds (eager loads, keys) are in it too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Delete, Insert, Update, UpdateBase, ValuesBase
from sqlalchemy.sql.elements import (
    AbstractTextClause,
    BinaryExpression,
    BindParameter,
    ClauseElement,
    ColumnClause,
    Extract,
    FunctionFilter,
    Over,
    TableValuedColumn,
    _textual_label_reference,
)
from sqlalchemy.sql.functions import FunctionElement, count
from sqlalchemy.sql.selectable import AliasedReturnsRows, Exists, Select, TableClause, TextualSelect, Values

from troth.gate.wording import EVERY, says_nothing

Place = tuple[str, str]
"""A table, with its schema as "schema.table", and a column of it."""

_MOST = 20_000  # elements of a statement, parts that stand in several places counted each time
_WORD = re.compile(r"\w")
_NO_ANSWER = (operators.function_as_comparison_op, operators.match_op, operators.not_match_op)
"""Comparisons for SQLAlchemy whose value is not only true or false."""


@dataclass(slots=True)
class Touched:
    """What a statement touches.

    Attributes:
        shown: columns whose values leave the database.
        used: columns that are only compared, sorted by or computed with.
        written: columns that get values, each with the parameter that alone gives its value; "" where SQL or several may.
        tables: every table that stands in it.
        aliases: by table, the names it also has in the statement.
        texts: pieces of SQL text inside it; they may touch what they name.
        kind: "select", "insert", "update", "delete", "text" or "other".
    """

    shown: set[Place] = field(default_factory=set)
    used: set[Place] = field(default_factory=set)
    written: dict[Place, str] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    texts: set[str] = field(default_factory=set)
    kind: str = "other"

    def rename(self, called: Callable[[str], str]) -> None:
        """Call every table otherwise, in the words of whoever reads this."""
        self.shown = {(called(table), column) for table, column in self.shown}
        self.used = {(called(table), column) for table, column in self.used}
        self.written = {(called(table), column): one for (table, column), one in self.written.items()}
        self.tables = set(map(called, self.tables))
        self.aliases = defaultdict(set, {called(table): names for table, names in self.aliases.items()})


def touched(compiled: SQLCompiler) -> Touched:
    """What a compiled statement touches."""
    state = getattr(compiled, "compile_state", None)
    given = getattr(state, "statement", None)
    statement: Any = given if isinstance(given, ClauseElement) else compiled.statement
    found = Touched(kind=_kind(statement))
    if isinstance(statement, (AbstractTextClause, TextualSelect)):
        found.texts.add(compiled.string)
        return found
    everything = list(islice(_everything(statement), _MOST + 1))
    asked, starred = set[int](), set[int]()
    if len(everything) <= _MOST:
        asked, starred = _only(everything, _asked), _only(everything, _starred)
    else:  # parts that stand in several places are looked at once, and taken for more than they may be
        everything = _each_once(statement)
    seen: Counter[Place] = Counter()
    for one in everything:
        _take(one, found, seen, starred)
        if isinstance(one, Select) and id(one) not in asked:
            for column in one.selected_columns:
                _output(column, found, seen, starred)
        elif isinstance(one, UpdateBase):
            seen.subtract(_write(one, compiled if one is statement else None, found))
            for value in _afterwards(one):
                _take(value, found, seen, starred)
            for shown in _returned(one):
                _output(shown, found, seen, starred)
        for piece in _pieces(one):
            _output(piece, found, seen, starred)
    seen.update(_by_name(everything))
    found.used = {place for place, times in seen.items() if times > 0} - found.shown
    return found


def _by_name(everything: list[Any]) -> Iterator[Place]:
    """The columns that `order_by("email")` may mean: those of that name in all tables of the statement."""
    names = {one.element for one in everything if isinstance(one, _textual_label_reference)}
    for table in everything if names else ():
        if isinstance(table, TableClause):
            yield from ((name_of(table), table.c[name].name) for name in names if name in table.c)


def _kind(statement: Executable | ClauseElement) -> str:
    for kind, name in ((Insert, "insert"), (Update, "update"), (Delete, "delete")):
        if isinstance(statement, kind):
            return name
    return "text" if isinstance(statement, (AbstractTextClause, TextualSelect)) else "select"


def _everything(element: Any) -> Iterator[Any]:
    """Every element of a tree, also those that SQLAlchemy's own walk leaves out."""
    for one in visitors.iterate(element):
        yield one
        for left_out in (*_pieces(one), *_rows(one)):
            yield from _everything(left_out)


def _each_once(element: Any) -> list[Any]:
    """The same, however often a part of it stands in others, as queries do that are put together of common ones."""
    found: dict[int, Any] = {}
    left = [element]
    while left:
        one = left.pop()
        if id(one) not in found:
            found[id(one)] = one
            left += [*one.get_children(), *_pieces(one), *_rows(one)]
    return list(found.values())


def _pieces(one: Any) -> Iterator[Any]:
    """What `prefix_with` and `suffix_with` put into a statement."""
    if isinstance(one, TableClause):  # `prefixes` of a table stand in its definition only
        return
    for name in ("_prefixes", "_suffixes"):
        for piece, _dialect in one.__dict__.get(name, ()):
            yield piece


def _rows(one: Any) -> Iterator[ClauseElement]:
    """The values of several rows that are SQL themselves."""
    listed = one._multi_values if isinstance(one, Insert) else one._data if isinstance(one, Values) else ()  # noqa: SLF001
    for rows in listed:
        for row in rows:
            for value in row.values() if isinstance(row, Mapping) else row:
                element = value.__clause_element__() if hasattr(value, "__clause_element__") else value
                if isinstance(element, ClauseElement):
                    yield element


def _only(everything: list[Any], within: Callable[[Any], Iterator[Any]]) -> set[int]:
    """The ids of the elements that stand within certain others, and nowhere else too."""
    times = Counter(map(id, everything))
    inside = Counter(id(inner) for one in everything for inner in within(one))
    return {one for one, found in inside.items() if times[one] <= found}


def _asked(one: Any) -> Iterator[Select[Any]]:
    """The select of which only is asked whether it has rows."""
    inner: Any = one.element if isinstance(one, Exists) else None
    while inner is not None and not isinstance(inner, Select):
        inner = getattr(inner, "element", None)
    if inner is not None:
        yield inner


def _starred(one: Any) -> Iterator[Any]:
    """The elements where `*` stands for no value: within `count` and directly in what is only asked for."""
    if isinstance(one, count):
        yield from visitors.iterate(one)
    for select in _asked(one):
        yield from select._raw_columns  # noqa: SLF001 - SQLAlchemy has no public name for it


def _output(element: Any, found: Touched, seen: Counter[Place], starred: set[int]) -> None:
    """Note what comes back with one element of an answer, and what it is only worked out from."""
    if isinstance(element, TableClause):
        found.shown.add((name_of(element), EVERY))
    shown: Counter[Place] = Counter()
    left = [(element, shown)]
    known: dict[tuple[int, bool], Any] = {}  # holds the elements too, so that no other gets their number
    while left:
        one, into = left.pop()
        if (id(one), into is shown) in known:
            continue
        known[id(one), into is shown] = one
        _take(one, found, into, starred)
        if isinstance(one, (count, Exists)) or _compares(one):
            into = seen
        kept = one.element if isinstance(one, Over) else one.func if isinstance(one, FunctionFilter) else None
        left += [
            (inner, into if kept is None or inner is kept else seen)
            for inner in (*one.get_children(), *_pieces(one), *_rows(one), *_made_of(one))
        ]
    found.shown |= set(shown)


def _made_of(one: Any) -> Iterator[Any]:
    """What a column is made of where it belongs to a function or to listed rows, such as `json_each(...)`."""
    table = one.scalar_alias if isinstance(one, TableValuedColumn) else getattr(one, "table", None)
    while isinstance(table, AliasedReturnsRows):
        table = table.element
    if isinstance(one, ColumnClause) and isinstance(table, Values):
        yield from _rows(table)
    elif isinstance(one, ColumnClause) and isinstance(table, FunctionElement):
        yield table


def _compares(one: Any) -> bool:
    """Whether the value of an element is only true or false."""
    return (
        isinstance(one, BinaryExpression)
        and operators.is_comparison(one.operator)
        and not isinstance(one.operator, operators.custom_op)
        and one.operator not in _NO_ANSWER
    )


def _take(one: Any, found: Touched, into: Counter[Place], starred: set[int]) -> None:
    """Note what one element of the tree names."""
    for text in _texts(one):
        if not says_nothing(text) and not (id(one) in starred and text.strip() == EVERY):
            found.texts.add(text)
    if isinstance(one, TableValuedColumn):
        into.update((name, EVERY) for name in _tables(one.scalar_alias))
    elif isinstance(one, ColumnClause):
        tables = list(_tables(one.table)) if one.table is not None else []
        into.update((table, one.name) for table in tables)
    elif isinstance(one, TableClause):
        found.tables.add(name_of(one))
    elif isinstance(one, AliasedReturnsRows):
        for name in _tables(one):
            found.tables.add(name)
            found.aliases[name].add(str(one.name))


def _texts(one: Any) -> Iterator[str]:
    """The SQL text that an element carries."""
    if isinstance(one, ColumnClause):
        if one.is_literal or one.table is None:
            yield one.name
        return
    carried = one.__dict__
    if isinstance(carried.get("text"), str):
        yield carried["text"]
    for hint in (
        *carried.get("_hints", {}).values(),
        *(text for _, text in carried.get("_statement_hints", ())),
    ):
        yield hint.replace("%(name)s", " ")
    for name in ("operator", "modifier"):
        if isinstance(carried.get(name), operators.custom_op) and _WORD.search(carried[name].opstring):
            yield carried[name].opstring
    if isinstance(one, Extract) and not one.field.isidentifier():
        yield one.field


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


def _returned(statement: UpdateBase) -> Iterator[Any]:
    """What comes back of the rows that a statement writes; their keys come back to every writer."""
    yield from statement._returning  # noqa: SLF001 - SQLAlchemy has no public name for it
    for name in ("_return_defaults_columns", "_supplemental_returning"):
        for column in getattr(statement, name, None) or ():
            if not getattr(column, "primary_key", False):
                yield column


def _write(statement: UpdateBase, compiled: SQLCompiler | None, found: Touched) -> list[Place]:
    """Note what a statement writes; gives the columns that stand in its tree only because they are written.

    Args:
        statement: it.
        compiled: the same, compiled; None where it stands inside another.
        found: what the whole statement touches.
    """
    columns = {str(column.key): column for column in statement.table.c}
    targets = list(_tables(statement.table)) or list(
        {one for each in columns.values() for one in _tables(each.table)}
    )
    found.tables.update(targets)
    if not isinstance(statement, ValuesBase):
        return []

    def places(key: Any) -> list[Place]:
        column = key if isinstance(key, ColumnClause) else columns.get(str(getattr(key, "key", key)))
        if column is None:
            return [(table, str(key)) for table in targets]
        of_its_own = list(_tables(column.table)) if column.table is not None else []
        return [(table, column.name) for table in of_its_own or targets]

    told = list(_given(statement, compiled, columns)) or [(EVERY, "")] * isinstance(statement, Insert)
    for key, parameter in told:
        for place in places(key):
            agreed = found.written.get(place, parameter) == parameter
            found.written[place] = parameter if agreed else ""
    set_here = statement._values or ()  # noqa: SLF001 - SQLAlchemy has no public name for it
    return [place for key in set_here if isinstance(key, ColumnClause) for place in places(key)]


def _given(
    statement: ValuesBase, compiled: SQLCompiler | None, columns: Mapping[str, Any]
) -> Iterator[tuple[Any, str]]:
    """The columns that a statement sets, as columns or names, each with the parameter that gives its value, "" for SQL."""
    copied = getattr(statement, "_select_names", None)
    one_row = compiled is not None and not statement._multi_values and copied is None  # noqa: SLF001
    for key, value in (statement._values or {}).items():  # noqa: SLF001
        yield key, _parameter(key, value) if one_row else ""
    for rows in statement._multi_values:  # noqa: SLF001
        for row in rows:
            yield from ((key, "") for key in (row if isinstance(row, dict) else (EVERY,)))
    yield from ((key, "") for key in copied or ())
    yield from ((getattr(key, "key", key), "") for key in _conflict(statement))
    for key in (compiled.column_keys if compiled is not None else None) or ():
        if key in columns:
            yield key, key if one_row else ""
    if copied is None or getattr(statement, "include_insert_from_select_defaults", True):
        yield from ((key, key if one_row else "") for key in _by_default(statement, columns))


def _parameter(key: Any, value: Any) -> str:
    """The name under which the value of a column is sent; "" where it is SQL."""
    if not isinstance(value, BindParameter):
        return ""
    return str(getattr(key, "key", key)) if value.unique else str(value.key)


def _by_default(statement: ValuesBase, columns: Mapping[str, Any]) -> Iterator[str]:
    """The columns that the application's own definition of the table fills where a statement says nothing of them."""
    name = "default" if isinstance(statement, Insert) else "onupdate"
    for key, column in columns.items():
        made = getattr(column, name, None)
        if made is not None and not made.is_sequence and not column.primary_key:
            yield key


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
