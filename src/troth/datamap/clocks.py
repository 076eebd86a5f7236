"""Whether the clocks that a map names can be read: the column is there, is a moment, and is found without reading all rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from troth.model.datamap import Table, clock_column
from troth.model.errors import NotFound
from troth.model.finding import Finding, Severity
from troth.model.instant import is_clock, is_nil_date
from troth.model.schema import Relation, Schema

KIND = "data-map"
LARGE = 10_000  # rows; reading a smaller table whole costs nothing that anybody notices
_MOMENTS = frozenset({"time", "date"})
_LIKE_MOMENTS = frozenset({"integer", "text"})


def check_events(table: Table, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """What is wrong with the clocks of a table: blocking where one can not be read, a warning where it is slow."""
    for event, text in table.events.items():
        name, column = clock_column(text)
        holder = name or table.name
        relation = _holder(table, holder, schemas)
        if name and name != table.name and name not in _onward(table):
            hint = "name a column of the table itself, or of a table that its first path leads to in the same store"
            yield _found("block", f"no path leads from {table.place} to {name}, which starts {event}", hint)
        elif relation is None or relation.field(column) is None:
            yield _found("block", f"{holder}.{column} starts {event} and is not there", "correct the event")
        else:
            yield from _fit(table, relation, event, column)
            yield from _unread(table, relation, event, column)


def _unread(table: Table, relation: Relation, event: str, column: str) -> Iterator[Finding]:
    field = relation.field(column)
    cells = field.samples if field else ()
    if field and field.kind in _MOMENTS:
        cells = tuple(
            one for one in cells if not is_nil_date(one)
        )  # MariaDB's way to say that nothing has happened
    if bad := sum(not is_clock(cell) for cell in cells):
        place = f"{table.store}.{relation.name}.{column}"
        message = f"{bad:,} of {len(cells):,} sampled values of {place}, which starts {event}, are no moment"
        yield _found("warn", message, "such rows stay for ever: write them as ISO 8601, or empty them")


def _fit(table: Table, relation: Relation, event: str, column: str) -> Iterator[Finding]:
    field = relation.field(column)
    kind = field.kind if field else "other"
    if kind in _LIKE_MOMENTS:
        hint = "numbers are read as seconds or milliseconds since 1970, texts as ISO 8601 or such numbers; everything else stays"
        yield _found(
            "warn", f"{table.store}.{relation.name}.{column} starts {event} and is {kind}, no time", hint
        )
    elif kind not in _MOMENTS:
        yield _found(
            "block",
            f"{table.store}.{relation.name}.{column} starts {event} and is no time",
            "name a column of a time",
        )
    if relation.name == table.name and relation.rows > LARGE and not relation.indexed((column,)):
        message = (
            f"{relation.name} has no index on {column}, so every sweep reads all its {relation.rows} rows"
        )
        yield Finding(KIND, "no-index", "warn", message, f"create index on {relation.name} ({column})")


def _holder(table: Table, name: str, schemas: Mapping[str, Schema]) -> Relation | None:
    try:
        return schemas[table.store].relation(name)
    except (KeyError, NotFound):
        return None


def _onward(table: Table) -> set[str]:
    """The tables of the same store that the first path leads through."""
    found: set[str] = set()
    for link in table.paths[0].links if table.paths else ():
        if link.store or link.inside:
            break
        found.add(link.target)
    return found


def _found(severity: Severity, message: str, hint: str) -> Finding:
    return Finding(KIND, "clock", severity, message, hint)
