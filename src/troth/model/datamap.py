"""The data map: which columns of which tables are personal, and how a row leads to its person.

    DataMap ── Table ── Column          what a column holds, with the reason
                 └──── Path ── Link     one way from a row of the table to the row of a person

A link is written `table.column ARROW table.column [condition]`; ARROW is `->` for a declared foreign key,
`=>` for equal
ids without one and `~>` for an equal natural value (e-mail, login). Several columns are joined as a tuple:
`a.(x,y) -> b.(x,y)`. A row of another store is written `ext:store.table.column`. Links of a path are joined
with ` ; `.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from troth.model.errors import NotFound, TrothError

Arrow = Literal["->", "=>", "~>"]
Role = Literal["subject", "owned", "shared", "staff", "secret-store", "none"]
Mask = Literal["", "null", "empty", "zero", "token", "keep"]
ARROWS: tuple[Arrow, ...] = ("->", "=>", "~>")
ROLES: tuple[Role, ...] = ("subject", "owned", "shared", "staff", "secret-store", "none")
ELSEWHERE = "elsewhere"
"""The store, in paths, of persons who have a row in no store of the project."""
MASKS: tuple[Mask, ...] = ("", "null", "empty", "zero", "token", "keep")
CATEGORIES: tuple[str, ...] = (
    "ident.id", "ident.username", "ident.official", "ident.birthdate", "ident.photo",
    "contact.name", "contact.email", "contact.phone", "contact.address", "contact.company",
    "secret", "payment", "network", "device", "location", "login", "usage", "service", "dns", "order",
    "message",
    "preference", "web", "log", "blob", "content",
)  # fmt: skip
_BARE = re.compile(r"""(?!ext:)[^\s.(),"'\[\];=<>~]+""")
FORMS: tuple[str, ...] = (
    "plain", "hash", "enc", "json", "pickle", "php", "serialized", "free", "copy", "fts", "eav", "third",
    "mixed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """A row takes the link only when `column` holds one of `values`."""

    column: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        name = quoted(self.column)
        values = ["'" + value.replace("'", "''") + "'" for value in self.values]
        return f"{name}={values[0]}" if len(values) == 1 else f"{name} in ({','.join(values)})"


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a path: rows whose `columns` equal the `target_columns` of a row of `target`.

    Attributes:
        table: the table the step starts at.
        columns: its columns; compared as a tuple with `target_columns`.
        arrow: how sure the database is of it.
        target: the table the step leads to.
        target_columns: the columns there.
        store: the store of `target` when it is another one, else empty.
        conditions: which rows take this step (polymorphic links); all must hold.
        inside: where in the value of the column the key stands: a JSON path ("$.email"), "array" for a member
            of a list, "text" for anywhere in it; empty for the whole value.
    """

    table: str
    columns: tuple[str, ...]
    arrow: Arrow
    target: str
    target_columns: tuple[str, ...]
    store: str = ""
    conditions: tuple[Condition, ...] = ()
    inside: str = ""

    def __str__(self) -> str:
        target = f"ext:{quoted(self.store)}.{_table(self.target)}" if self.store else _table(self.target)
        notes = [str(one) for one in self.conditions]
        if self.inside:
            notes.append(f"inside {'JSON ' if self.inside.startswith('$') else ''}{self.inside}")
        note = f" [{' and '.join(notes)}]" if notes else ""
        return f"{_table(self.table)}.{_side(self.columns)} {self.arrow} {target}.{_side(self.target_columns)}{note}"


@dataclass(frozen=True, slots=True)
class Path:
    """A way from a row of the first link's table to a row of a person; never empty.

    Attributes:
        links: the steps in order; each starts at the table the one before leads to.
        confidence: 0 to 1.
        reason: why this is the way, in words.
    """

    links: tuple[Link, ...]
    confidence: float = 1.0
    reason: str = ""

    def __str__(self) -> str:
        return " ; ".join(str(link) for link in self.links)

    @property
    def person(self) -> tuple[str, str]:
        """The store (empty: the path's own) and the table of the person it ends at."""
        return next((link.store for link in reversed(self.links) if link.store), ""), self.links[-1].target


@dataclass(frozen=True, slots=True)
class Column:
    """A personal column.

    Attributes:
        name: its name in the database.
        category: what it says about the person, one of `CATEGORIES`.
        form: how the value is written, one of `FORMS`.
        terms: the vocabulary data terms it counts as ("email-address"), sorted.
        mask: what erasure puts in its place where the row stays; empty when the row is deleted.
        confidence: 0 to 1; 1 once a person has confirmed it.
        reason: why, in words, without any value.
    """

    name: str
    category: str
    form: str = "plain"
    terms: tuple[str, ...] = ()
    mask: Mask = ""
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What the map says about one table.

    Attributes:
        store: name of the store.
        name: name of the table.
        role: what happens to a row when its person leaves: the row is the person (`subject`), goes with the
            person
            (`owned`), stays without the person's part (`shared`), belongs to the operator's own people
            (`staff`),
            keeps keys of the system (`secret-store`), or holds nothing personal (`none`).
        key: the columns that name a row; empty when nothing does.
        columns: the personal columns, in table order.
        paths: ways to the person, best first; the first one is what requests walk, the others find rows too.
        harmless: the other columns that stood there at the review, so that a new one is noticed; in table
            order.
        references: further links to persons (authors, agents) that are emptied and never followed.
        confidence: 0 to 1.
        reason: why this role, in words.
        marks: columns of the application that follow what a person chose, by "restricted" or purpose
            ("direct-marketing"), each written as `troth.model.mark` says.
        facts: facts of the policy that a row of this table shows ("order-status"), each with the column it is
            read from, written as `troth.model.mark` says.
        events: when the clock of a row starts, by event of the policy ("order-completed"): a column of its own
            ("completed_at"), or a column of a table that its first path leads to ("customers.closed_at").
        by_value: no column leads to a person, so rows are only looked for by the values that name one.
    """

    store: str
    name: str
    role: Role = "none"
    key: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    paths: tuple[Path, ...] = ()
    references: tuple[Link, ...] = ()
    harmless: tuple[str, ...] = ()
    confidence: float = 1.0
    reason: str = ""
    marks: Mapping[str, str] = field(default_factory=dict, hash=False)
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    events: Mapping[str, str] = field(default_factory=dict, hash=False)
    by_value: bool = False

    @property
    def place(self) -> str:
        """Store and table in one word, as the command line takes it ("accounts.customer")."""
        return f"{self.store}.{self.name}"

    @property
    def searched(self) -> bool:
        """Whether requests only look through it for values: nothing leads from its rows to a person."""
        return self.by_value and not self.paths and self.role != "subject"

    @property
    def led(self) -> frozenset[str]:
        """The columns that every path starts with, so that they hold a value in each row that one finds."""
        firsts = [frozenset(path.links[0].columns) for path in self.paths if not path.links[0].inside]
        if not firsts or len(firsts) < len(self.paths) or self.role != "owned":
            return frozenset()
        return firsts[0].intersection(*firsts[1:])

    def column(self, name: str) -> Column | None:
        """The personal column of that name; None when the map calls it harmless."""
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True, slots=True)
class DataMap:
    """The reviewed statement about all stores; tables sorted by store and name.

    `questions` are what the proposal could not decide alone; an answered question is deleted from the file.
    """

    tables: tuple[Table, ...]
    questions: tuple[str, ...] = ()

    def table(self, store: str, name: str) -> Table:
        """The table of that name.

        Raises:
            NotFound: the map has no such table.
        """
        for one in self.tables:
            if (one.store, one.name) == (store, name):
                return one
        raise NotFound(f"the data map has no table {store}.{name}", hint="run troth map propose again")

    def personal(self) -> tuple[Table, ...]:
        """The tables that a request of a person touches."""
        return tuple(one for one in self.tables if one.role in {"subject", "owned", "shared"})

    def subjects(self) -> tuple[Table, ...]:
        """The tables whose row is a person or an account."""
        return tuple(one for one in self.tables if one.role == "subject")

    def key_words(self, table: Table, *, shared: bool = False) -> tuple[str, ...]:
        """The words under which evidence knows somebody by the key of their row in a table of persons.

        A row of one table is not the person whose row in another table has the same number. So the bare name of a key
        means the table that the others hang on, as in a request; the others are known by their whole name.
        A key of several columns names nobody by one of them.

        Args:
            table: the table of persons.
            shared: also the bare name where it means several tables, so that a no counts whoever is asked for by it.
        """
        if len(table.key) != 1:
            return ()
        keyed = [one for one in self.subjects() if one.key == table.key]
        first = [one for one in keyed if not one.paths] if len(keyed) > 1 else keyed
        mine = any((one.store, one.name) == (table.store, table.name) for one in first or keyed)
        bare = table.key if mine and (shared or len(first) == 1) else ()
        return *bare, f"{table.place}.{table.key[0]}"

    def numbered(self) -> tuple[Table, ...]:
        """The tables of persons whose one key other rows hold as an equal value, in another store mostly."""
        ends = {
            (link.store or one.store, link.target): None
            for one in self.tables
            for path in one.paths
            if (link := path.links[-1]).arrow == "~>" and not link.inside and len(link.target_columns) == 1
        }
        found = [one for one in self.subjects() if (one.store, one.name) in ends and len(one.key) == 1]
        return tuple(found)

    def holding(self, term: str) -> Iterator[tuple[Table, Column]]:
        """Every column that counts as the vocabulary data term `term`."""
        for table in self.tables:
            for column in table.columns:
                if term in column.terms:
                    yield table, column


def clock_column(text: str) -> tuple[str, str]:
    """The table (empty: the row's own) and the column that a clock is read from ("customers.closed_at").

    Raises:
        TrothError: it names no column.
    """
    table, _, column = text.rpartition(".")
    if not column.strip() or text.startswith("."):
        raise TrothError(
            "a clock of the map names no column", hint='write event = "column" or event = "table.column"'
        )
    return table, column


def quoted(name: str) -> str:
    """A name as paths write it: in double quotes when it holds blanks, brackets, arrows or other signs of the notation."""
    return name if _BARE.fullmatch(name) else '"' + name.replace('"', '""') + '"'


def _table(name: str) -> str:
    """A table name; the dot of "schema.table" needs no quotes."""
    return name if all(map(_BARE.fullmatch, name.split("."))) else quoted(name)


def _side(columns: tuple[str, ...]) -> str:
    return quoted(columns[0]) if len(columns) == 1 else f"({','.join(map(quoted, columns))})"
