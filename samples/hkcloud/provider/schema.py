"""The tables in one notation, and what each engine is told to make them.

    customers                           a table
      id int key                        a column: name, type, then `key`, `!` (NOT NULL), `unique`, `-> table.column`
      unique (brand, customer_no)       several columns: key, unique, index, `refer (a, b) -> table (a, b)`
      months sampled_at                 partitioned by month of this column where the engine can

Types: int, big, num(digits,places), text(length), long, bool, time (UTC, without zone), date, json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

_COLUMN = re.compile(r"(\w+) (\w+)(?:\(([\d,]+)\))?(.*)")
_REFER = re.compile(r"refer \(([^)]*)\) -> (\w+) \(([^)]*)\)")
_TYPES = {
    "int": ("INTEGER", "INTEGER", "INT"),
    "big": ("BIGINT", "BIGINT", "BIGINT"),
    "num": ("NUMERIC(%)", "NUMERIC(%)", "DECIMAL(%)"),
    "text": ("VARCHAR(%)", "VARCHAR(%)", "VARCHAR(%)"),
    "long": ("TEXT", "TEXT", "TEXT"),
    "bool": ("BOOLEAN", "BOOLEAN", "BOOLEAN"),
    "time": ("DATETIME", "TIMESTAMP", "DATETIME"),
    "date": ("DATE", "DATE", "DATE"),
    "json": ("JSON", "JSONB", "JSON"),
}
ENGINES = ("sqlite", "postgresql", "mariadb")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is a type of the notation, `size` what stands in its brackets."""

    name: str
    kind: str
    size: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the notation; `months` is the column whose months are its partitions, empty when it has none."""

    name: str
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    references: tuple[Reference, ...] = field(default=())
    months: str = ""


def read(notation: str) -> dict[str, Table]:
    """The tables of a text, by name, in its order."""
    tables: dict[str, Table] = {}
    for line in notation.splitlines():
        said = line.strip()
        if said and line == said:
            tables[said] = Table(said)
        elif said:
            name = next(reversed(tables))
            tables[name] = _with(tables[name], said)
    return tables


def _with(table: Table, said: str) -> Table:
    """The table and what one more line says of it."""
    if match := _REFER.fullmatch(said):
        one = Reference(_names(match[1]), match[2], _names(match[3]))
        return replace(table, references=(*table.references, one))
    word, _, rest = said.partition(" ")
    if rest.startswith("(") or word == "months":
        names = _names(rest.strip("()"))
        if word == "key":
            return replace(table, key=names)
        if word == "unique":
            return replace(table, unique=(*table.unique, names))
        if word == "index":
            return replace(table, indexes=(*table.indexes, names))
        return replace(table, months=rest)
    match = _COLUMN.fullmatch(said)
    if match is None:
        raise ValueError(said)
    flags = match[4].split()
    column = Column(match[1], match[2], match[3] or "", "!" in flags or "key" in flags)
    table = replace(table, columns=(*table.columns, column))
    if "key" in flags:
        table = replace(table, key=(column.name,))
    if "unique" in flags:
        table = replace(table, unique=(*table.unique, (column.name,)))
    if "->" in flags:
        target, _, there = flags[flags.index("->") + 1].partition(".")
        table = replace(table, references=(*table.references, Reference((column.name,), target, (there,))))
    return table


def _names(said: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in said.split(","))


def create(table: Table, engine: str, months: tuple[str, ...]) -> Iterator[str]:
    """What makes a table, before its rows come.

    Args:
        table: the table.
        engine: one of `ENGINES`.
        months: the first days of the months its partitions cover, in order ("2026-01-01").
    """
    parts = [_column(one, engine) for one in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [f"UNIQUE ({', '.join(one)})" for one in table.unique]
    if engine == "sqlite":
        parts += [_reference(one) for one in table.references]
    made = f"CREATE TABLE {table.name} ({', '.join(parts)})"
    if not table.months or engine == "sqlite":
        yield made + (" DEFAULT CHARSET=utf8mb4" if engine == "mariadb" else "")
    elif engine == "postgresql":
        yield f"{made} PARTITION BY RANGE ({table.months})"
        yield from _partitions(table, months)
    else:
        ends = ", ".join(
            f"PARTITION p{start[:4]}_{start[5:7]} VALUES LESS THAN (TO_DAYS('{end}'))"
            for start, end in pairwise(months)
        )
        last = "PARTITION p_rest VALUES LESS THAN MAXVALUE"
        yield (
            f"{made} DEFAULT CHARSET=utf8mb4 PARTITION BY RANGE (TO_DAYS({table.months})) ({ends}, {last})"
        )


def _partitions(table: Table, months: tuple[str, ...]) -> Iterator[str]:
    for start, end in pairwise(months):
        name = f"{table.name}_{start[:4]}_{start[5:7]}"
        yield f"CREATE TABLE {name} PARTITION OF {table.name} FOR VALUES FROM ('{start}') TO ('{end}')"
    yield f"CREATE TABLE {table.name}_rest PARTITION OF {table.name} DEFAULT"


def finish(table: Table, engine: str) -> Iterator[str]:
    """Indexes and foreign keys, which are made faster once the rows are there."""
    known = {table.key, *table.unique}
    wanted = dict.fromkeys((*(one.columns for one in table.references), *table.indexes))
    named = {
        f"ix_{table.name}_{'_'.join(columns)}": ", ".join(columns)
        for columns in wanted
        if not any(one[: len(columns)] == columns for one in known)
    }
    keys = [f"ADD {_reference(one)}" for one in table.references] if engine != "sqlite" else []
    if engine == "mariadb":  # which goes through the whole table for each statement
        indexes = [f"ADD INDEX {name} ({columns})" for name, columns in named.items()]
        if indexes or keys:
            yield f"ALTER TABLE {table.name} {', '.join([*indexes, *keys])}"
        return
    for name, columns in named.items():
        yield f"CREATE INDEX {name} ON {table.name} ({columns})"
    for key in keys:
        yield f"ALTER TABLE {table.name} {key}"


def _column(one: Column, engine: str) -> str:
    written = _TYPES[one.kind][ENGINES.index(engine)].replace("%", one.size)
    return f"{one.name} {written}{' NOT NULL' if one.required else ''}"


def _reference(one: Reference) -> str:
    return f"FOREIGN KEY ({', '.join(one.columns)}) REFERENCES {one.table} ({', '.join(one.target)})"
