"""Columns of a table, read row by row, and whose a row is: what checks and detectors look at, without changing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from troth.enforcement.meaning import CATEGORIES
from troth.enforcement.project import Project
from troth.enforcement.trace import segments
from troth.model.datamap import Table
from troth.model.outcome import Identity, Person
from troth.stores.walk import Hints, Row, Value, Walk

_FIRST = ("contact.email", "contact.phone", "ident.username")
"""The categories that name a person in evidence, the best first."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The row that is the person of another row.

    Attributes:
        table: the table of persons.
        values: what its columns hold, by name.
        words: the words under which evidence knows somebody by the key of the row.
    """

    table: Table
    values: dict[str, Value] = field(repr=False)
    words: tuple[str, ...] = ()

    @property
    def identities(self) -> tuple[Identity, ...]:
        """What names the person: addresses and logins, then the key of the row."""
        found: dict[Identity, None] = {}
        words = {category: kind for kind, category in reversed(CATEGORIES.items())}
        for category in _FIRST:
            for column in self.table.columns:
                value = self.values.get(column.name)
                if column.category == category and value is not None and str(value).strip():
                    found[Identity(words[category], str(value))] = None
        for name in self.words or self.table.key:
            value = self.values.get(self.table.key[0] if self.words else name)
            if value is not None:
                found[Identity(name, str(value))] = None
        return tuple(found)

    @property
    def person(self) -> Person | None:
        """The person, None where nothing names them."""
        return Person(self.identities) if self.identities else None

    def value(self, term: str) -> str:
        """The first value of a column that holds a term of the vocabulary; empty where there is none."""
        for column in self.table.columns:
            value = self.values.get(column.name)
            if term in column.terms and value is not None:
                return str(value)
        return ""


def stream(project: Project, store: str, table: str, columns: Sequence[str]) -> Iterator[Row]:
    """Some columns of every row of a table, in no order, without holding the rows in memory.

    Times and other types that are neither number nor bytes come as text. In a table without a primary key, rows that are
    empty in all these columns are left out.

    Args:
        project: the open stores.
        store: name of the store.
        table: name of the table.
        columns: which, as the database spells them.

    Raises:
        TrothError: the table can not be read any more.
    """
    # asked by a column that every row has, which is the one condition that is true of all of them on every engine
    key = project.schemas[store].relation(table).key
    walk = Walk(table, fixed=key[:1] or tuple(columns), want=tuple(columns))
    for row in project.stores[store].guess(walk, Hints(every=True, whole=False)):
        yield row[: len(columns)]


def owners(project: Project, table: Table, keys: Sequence[Row]) -> dict[int, Owner]:
    """The person of each row, by its place in `keys`; rows that lead to nobody are left out.

    The first path of the map is walked, also into another store; a link by equal meaning is walked where both sides
    are spelled alike.

    Args:
        project: map and stores.
        table: the table of the rows.
        keys: the rows, by the values of the table's key.
    """
    store, name, fixed = table.store, table.name, table.key
    given: list[tuple[int, Row]] = list(enumerate(keys))
    parts = segments(table.paths[0], store) if table.paths else ()
    for place, part in enumerate(parts):
        inside = not (part.last.store or part.last.arrow == "~>" or part.last.inside)
        if inside and place == len(parts) - 1:
            return _persons(project, (store, part.last.target), Walk(name, part.links, fixed), given)
        walk = Walk(name, part.links[:-1], fixed, part.last.columns, upward=True)
        reached = _found(project, store, walk, given)
        given = [(number, tuple(values)) for number, *values in reached if None not in values]
        store = part.last.store or store
        name, fixed = part.last.target, part.last.target_columns
    if table.role != "subject" and not parts:
        return {}
    return _persons(project, (store, name), Walk(name, (), fixed), given)


def _persons(
    project: Project, place: tuple[str, str], walk: Walk, given: Sequence[tuple[int, Row]]
) -> dict[int, Owner]:
    table = project.map.table(*place)
    names = tuple(dict.fromkeys((*table.key, *(one.name for one in table.columns))))
    asked = Walk(walk.table, walk.joins, walk.fixed, names, upward=True)
    found: dict[int, Owner] = {}
    for number, *values in _found(project, place[0], asked, given):
        found.setdefault(
            number, Owner(table, dict(zip(names, values, strict=True)), project.map.key_words(table))
        )
    return found


def _found(
    project: Project, store: str, walk: Walk, given: Sequence[tuple[int, Row]]
) -> list[tuple[int, *tuple[Value, ...]]]:
    if not given:
        return []
    rows, numbers = [row for _, row in given], [number for number, _ in given]
    return [(int(str(row[0])), *row[1:]) for row in project.stores[store].find(walk, rows, numbers)]
