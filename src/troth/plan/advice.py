"""Indexes that requests need, found before anything runs: each with the statement that makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from troth.model.datamap import DataMap, Table
from troth.model.schema import Engine, Field, Relation, Schema
from troth.plan.table import relation_of

SMALL = 10_000  # rows; reading a smaller table whole costs less than a person notices
_IDENTITIES = frozenset({"contact.email", "ident.username", "ident.official"})
_LONGEST_NAME = 63  # bytes of a name in PostgreSQL; MariaDB takes 64


@dataclass(frozen=True, slots=True)
class Advice:
    """An index that is missing.

    Attributes:
        place: `store.table`.
        columns: the columns it is on.
        reason: what is slow without it.
        statement: the SQL that makes it.
    """

    place: str
    columns: tuple[str, ...]
    reason: str
    statement: str


def advise(one: DataMap, schemas: Mapping[str, Schema]) -> tuple[Advice, ...]:
    """The indexes that requests on this map need and the databases do not show, by place.

    An index on an expression is not in a schema, so those for identities are named even where they exist; their
    statements do nothing then.
    """
    found: dict[str, Advice] = {}
    for table in one.personal():
        for advice in (*_paths(table, schemas), *_identities(table, schemas)):
            found.setdefault(advice.statement, advice)
    return tuple(sorted(found.values(), key=lambda advice: (advice.place, advice.columns, advice.statement)))


def _paths(table: Table, schemas: Mapping[str, Schema]) -> Iterator[Advice]:
    for path in table.paths:
        store = table.store
        for link in path.links:
            relation = relation_of(schemas, store, link.table)
            if relation is not None and not link.inside and relation.rows > SMALL and link.arrow != "~>":
                if not relation.indexed(link.columns):
                    engine = schemas[store].engine
                    reason = f"every request reads all {relation.rows:,} rows of {link.table}"
                    columns = ", ".join(_quoted(engine, column) for column in link.columns)
                    yield _advice(engine, (store, relation), link.columns, reason, f"({columns})")
            elif relation is not None and link.arrow == "~>" and not link.inside and relation.rows > SMALL:
                yield from _folded(schemas[store].engine, (store, relation), link.columns[0])
            store = link.store or store


def _identities(table: Table, schemas: Mapping[str, Schema]) -> Iterator[Advice]:
    relation = relation_of(schemas, table.store, table.name)
    if table.role != "subject" or relation is None or relation.rows <= SMALL:
        return
    for column in table.columns:
        field = relation.field(column.name)
        if column.category in _IDENTITIES and field is not None and field.kind == "text":
            yield from _folded(schemas[table.store].engine, (table.store, relation), column.name)


def _folded(engine: Engine, place: tuple[str, Relation], column: str) -> Iterator[Advice]:
    """Two indexes by which a value is found however it is spelled: one on small letters, one on the odd spellings."""
    field = place[1].field(column) or Field(column)
    if engine == "mariadb" or field.kind != "text":
        return
    name = _quoted(engine, column)
    reason = f"a person is looked for in all {place[1].rows:,} rows of {place[1].name}"
    # A statement can use an index on an expression only where both write it in the very same way.
    text = f"({name})::text" if engine == "postgresql" else name
    odd = f"{text} collate \"C\" ~ '[^!-~]'" if engine == "postgresql" else f"{name} glob '*[^!-~]*'"
    yield _advice(engine, place, (column,), reason, f"(lower({text}))")
    yield _advice(engine, place, (column,), reason, f"({name}) where {odd}")


def _advice(
    engine: Engine, place: tuple[str, Relation], columns: tuple[str, ...], reason: str, definition: str
) -> Advice:
    store, relation = place
    table = (
        ".".join(_quoted(engine, part) for part in relation.name.split(".", 1))
        if engine == "postgresql"
        else _quoted(engine, relation.name)
    )
    mark = sha256(f"{relation.name}{definition}".encode()).hexdigest()[:8]
    name = f"troth_{'_'.join((relation.name.replace('.', '_'), *columns))}"[: _LONGEST_NAME - 9] + f"_{mark}"
    statement = f"create index if not exists {_quoted(engine, name)} on {table} {definition}"
    return Advice(f"{store}.{relation.name}", columns, reason, statement)


def _quoted(engine: Engine, name: str) -> str:
    mark = "`" if engine == "mariadb" else '"'
    return mark + name.replace(mark, mark * 2) + mark
