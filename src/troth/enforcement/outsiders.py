"""Persons who have a row in no store of the project: services that know a project, tenant or account by its number alone.

A path that ends at `ext:elsewhere.tenant.id` leads to such a one. Requests name them by the column that holds the number
(`tenant_id=...`); what leads to another number is somebody else's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from troth.model.datamap import ELSEWHERE, DataMap, Link, Table
from troth.model.outcome import Person
from troth.model.schema import Field, Relation, Schema

UNNAMED = "rows here lead to somebody by the number in `{}` alone; name it in the request, too"
"""Said of persons elsewhere whose number a request does not give."""

_REASON = "no store of the project holds them; other rows name them by number"


@dataclass(frozen=True, slots=True)
class Outsiders:
    """A map whose paths to persons elsewhere end at tables of persons, and the schema of these tables.

    Attributes:
        map: the map with them; the one that was given where there are none.
        schema: their tables, each with one key and the other words for it; None where there are none.
    """

    map: DataMap
    schema: Schema | None = None


def outsiders(one: DataMap, stores: Collection[str]) -> Outsiders:
    """The persons that a map leads to elsewhere.

    Args:
        one: the map as it was reviewed.
        stores: the stores of the project; one of them may be called as the place where nobody is.
    """
    if ELSEWHERE in stores:
        return Outsiders(one)
    words: dict[str, dict[str, int]] = {}
    for link in _ends(one):
        found = words.setdefault(link.target, {})
        found[link.columns[0]] = found.get(link.columns[0], 0) + 1
    if not words:
        return Outsiders(one)
    # The word that most tables use is the key, so that a bare `id` goes on to mean the persons of the project.
    named = {table: sorted(some, key=lambda name: (-some[name], name)) for table, some in words.items()}
    keys = {table: some[0] for table, some in named.items()}
    tables = tuple(
        Table(ELSEWHERE, table, "subject", key=(some[0],), harmless=tuple(some), reason=_REASON)
        for table, some in sorted(named.items())
    )
    relations = tuple(
        Relation(table, tuple(Field(name) for name in some), key=(some[0],))
        for table, some in sorted(named.items())
    )
    own = (
        replace(
            table,
            paths=tuple(
                replace(path, links=tuple(_led(link, keys) for link in path.links)) for path in table.paths
            ),
            references=tuple(_led(link, keys) for link in table.references),
        )
        for table in one.tables
    )
    return Outsiders(replace(one, tables=(*own, *tables)), Schema(ELSEWHERE, "sqlite", relations))


def _ends(one: DataMap) -> Iterator[Link]:
    for table in one.tables:
        for path in table.paths:
            link = path.links[-1]
            if link.store == ELSEWHERE and link.arrow == "~>" and len(link.columns) == 1 and not link.inside:
                yield link


def _led(link: Link, keys: Mapping[str, str]) -> Link:
    """A link that ends elsewhere with its end at the key."""
    if link.store != ELSEWHERE or link.target not in keys:
        return link
    return replace(link, target_columns=(keys[link.target],))


def words_of(table: Table) -> tuple[str, ...]:
    """What an identity is called that names somebody elsewhere: the columns, alone or behind their table."""
    return tuple(
        word for name in table.harmless for word in (name, f"{table.name}.{name}", f"{table.place}.{name}")
    )


def unnamed(one: DataMap, person: Person) -> Iterator[tuple[Table, str]]:
    """The tables of persons elsewhere by which a request does not name its person, each with the word that would."""
    for table in one.subjects():
        if table.store == ELSEWHERE and not {one.kind for one in person.identities} & set(words_of(table)):
            yield table, table.key[0]


def numbers(one: DataMap, person: Person) -> Iterator[tuple[Table, str]]:
    """The numbers by which a request names its person elsewhere, each with the table that it is of."""
    for table in one.subjects():
        words = set(words_of(table)) if table.store == ELSEWHERE else set()
        for identity in person.identities:
            if identity.kind in words:
                yield table, identity.value
