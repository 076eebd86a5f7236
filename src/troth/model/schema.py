"""What a live database says about itself: tables, columns, keys and a bounded sample of values.

    Schema ── Relation (a table) ── Field (a column)
                   ├── Foreign     a declared foreign key
                   └── Index       an index, unique or not

These values are read from the database and never edited; the reviewed statement about them is a `DataMap`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from troth.model.errors import NotFound

Engine = Literal["postgresql", "mariadb", "sqlite"]
Kind = Literal[
    "text", "integer", "number", "boolean", "time", "date", "json", "binary", "uuid", "network", "array",
    "vector", "other",
]  # fmt: skip


SHAPES = frozenset(
    "GEOMETRY POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMETRYCOLLECTION".split()
)
"""Types of MariaDB for places and areas."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Field:
    """A column as the database declares it.

    Attributes:
        name: its name, in the spelling of the database.
        type: the SQL type as the database writes it ("VARCHAR(255)").
        kind: the family of the type, the same on all engines.
        length: longest text in characters, None where the type sets no limit.
        nullable: whether NULL is allowed.
        default: the SQL text of the default, empty when there is none.
        comment: the comment kept with the column.
        labels: the values an enumeration or a CHECK (column IN (...)) allows, in the order declared.
        charset: the letters that it can hold, where the database has others than all of Unicode ("latin1" on MariaDB).
        folds: whether the database compares its texts without regard to case, and perhaps to accents and blanks behind them.
        counted: whether the database numbers it by itself (AUTO_INCREMENT, a sequence, an identity).
        computed: the SQL text from which the database computes it, so that nobody can write it; empty where it is written.
        parts: the names of what a composite value is made of (PostgreSQL).
        refuses: the masks ("empty", "token") that a check of the database refuses.
        tail: what a random text must end in for such a check.
        samples: values of sampled rows; position i is the same row in every field of the relation.
    """

    name: str
    type: str = "TEXT"
    kind: Kind = "text"
    length: int | None = None
    nullable: bool = True
    default: str = ""
    comment: str = ""
    labels: tuple[str, ...] = ()
    charset: str = ""
    folds: bool = False
    counted: bool = False
    computed: str = ""
    parts: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    tail: str = ""
    samples: tuple[object, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A declared foreign key: `columns` of its relation point to `target` columns of `relation`.

    `full`: its columns are NULL all together or not at all (MATCH FULL of PostgreSQL).
    """

    columns: tuple[str, ...]
    relation: str
    target: tuple[str, ...]
    on_delete: str = ""
    full: bool = False
    on_update: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """An index on `columns`, in index order; partial indexes are left out."""

    columns: tuple[str, ...]
    unique: bool = False


@dataclass(frozen=True)
class Relation:
    """A table as the database declares it.

    Attributes:
        name: its name; "schema.table" outside the default schema of a PostgreSQL database.
        fields: its columns in table order.
        key: the columns of the primary key; empty when the table has none.
        unique: the column sets that are unique besides the key.
        foreign: declared foreign keys.
        indexes: all indexes, the primary key not among them.
        rows: number of rows; an estimate unless `exact`.
        exact: whether `rows` was counted.
        comment: the comment kept with the table.
        readable: False when the rows could not be read (no permission), so nothing was sampled.
        lasting: whether what is written there stays although the rest is undone (MyISAM and Aria on MariaDB).
        versioned: whether the database keeps earlier versions of its rows itself (MariaDB, `with system versioning`).
        sparse: columns of unique indexes on an expression, or of some rows only: two equal values may not fit, though they
            name no row.
        keeps: the writes ("delete", "update") that a trigger, a rule or a row policy may leave undone without an error.
        hides: whether row policies may hide rows of it from the user of the store.
        denied: what the user of the store may not do with it ("select", "update", "delete"), as far as it is known.
        heirs: the tables that inherit it (PostgreSQL, not its partitions): their rows stand in it too.
    """

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    foreign: tuple[Foreign, ...] = ()
    indexes: tuple[Index, ...] = ()
    rows: int = 0
    exact: bool = True
    comment: str = ""
    readable: bool = True
    versioned: bool = False
    lasting: bool = False
    sparse: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    hides: bool = False
    denied: tuple[str, ...] = ()
    heirs: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The column of that name, in the spelling of the database; None when there is none."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {one.name: one for one in reversed(self.fields)}

    def sources(self, name: str) -> frozenset[str]:
        """The columns from which the database computes this one, through others that it computes too."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = self.field(waiting.pop())
            if one is None or not one.computed:
                continue
            words = {word.lower() for word in _WORD.findall(one.computed)}
            new = {each.name for each in self.fields if each.name.lower() in words} - found
            found |= new
            waiting += new
        return frozenset(found - {name})

    def repeats(self, name: str) -> bool:
        """Whether the same value may stand in a column of many rows, as far as unique columns and indexes go."""
        held = {one for columns in self.unique for one in columns}
        return name not in {*self.sparse, *held} and not any(name in self.sources(one) for one in held)

    def identifies(self, columns: tuple[str, ...]) -> bool:
        """Whether values of these columns name at most one row (primary key or unique)."""
        wanted = set(columns)
        keys = [self.key, *self.unique, *(i.columns for i in self.indexes if i.unique)]
        return any(key and set(key) <= wanted for key in keys)

    def bound_with(self, name: str) -> tuple[str, ...]:
        """The columns that are NULL together with a column or not at all, itself among them; empty where there are none."""
        found = [
            one.columns for one in self.foreign if one.full and len(one.columns) > 1 and name in one.columns
        ]
        return tuple(dict.fromkeys(other for columns in found for other in columns))

    def key_problem(self, columns: tuple[str, ...], led: Collection[str] = ()) -> str:
        """Why these columns can not be relied on to name one row, in words; empty where they can.

        The primary key always can: where the database lets NULL into it (SQLite), the row is refused that has it.

        Args:
            columns: the columns.
            led: those that hold a value in every row that is asked about.
        """
        if self.key and set(columns) == set(self.key):
            return ""
        for name in columns:
            field = self.field(name)
            if field is None:
                return f"{name} is not there"
            if field.nullable and name not in led:
                return f"{name} may be NULL, and NULL names no row"
        if not self.identifies(columns):
            return f"nothing keeps {', '.join(columns)} unique, so other rows may have the same"
        return ""

    def led_key(self, led: Collection[str]) -> tuple[str, ...]:
        """What names a row where some columns hold a value: see `row_key`."""
        choices = [one for one in self.unique if not self.key_problem(one, led)]
        return self.key or min(choices, key=lambda one: (len(one), one), default=())

    @property
    def row_key(self) -> tuple[str, ...]:
        """What names a row: the primary key, else the shortest unique columns that are never NULL; empty for nothing."""
        return self.led_key(())

    def indexed(self, columns: tuple[str, ...]) -> bool:
        """Whether an index (or key) starts with these columns in any order, so that a lookup need not scan."""
        keys = [self.key, *self.unique, *(i.columns for i in self.indexes)]
        return any(set(key[: len(columns)]) == set(columns) for key in keys if key)


@dataclass(frozen=True)
class Schema:
    """Everything Troth read about one store.

    Attributes:
        store: the name of the store in the project.
        engine: which database it is.
        relations: its tables, sorted by name.
        copies: materialised views, which hold copies of rows of other tables.
        problems: what could not be read, in the user's words, without values.
        copied: the columns of those views.
        closed: the schemas of a PostgreSQL database that the user of the store may not use, so that their tables are not
            among the relations.
    """

    store: str
    engine: Engine
    relations: tuple[Relation, ...]
    copies: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    copied: tuple[Relation, ...] = ()
    closed: tuple[str, ...] = ()

    def relation(self, name: str) -> Relation:
        """The table of that name, in the spelling of the database.

        Raises:
            NotFound: no such table; the hint names tables that are spelled alike.
        """
        found = self._by_name.get(name)
        if found is not None:
            return found
        alike = [one.name for one in self.relations if one.name.lower() == name.lower()]
        raise NotFound(f"the store {self.store} has no table {name}", hint=", ".join(alike))

    @cached_property
    def _by_name(self) -> Mapping[str, Relation]:
        return {one.name: one for one in reversed(self.relations)}
