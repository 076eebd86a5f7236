"""Read a bounded sample of a table, spread over it, the same on every run while the rows stay the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, text

from troth.model.schema import Engine, Field, Relation

CUT = 4096  # characters of a value that are read; a format shows itself long before
PROBES = 16  # places in a big table where rows are taken
WIDE = 500  # rows of a table with unlimited text or binary columns, whose rows may be large


def read_sample(
    connection: Connection, engine: Engine, relation: Relation, *, estimate: int, limit: int
) -> Relation:
    """The relation with `rows`, `exact` and the samples of its fields filled in.

    Args:
        connection: an open connection that only reads.
        engine: which database it is.
        relation: the table as declared.
        estimate: how many rows the database believes it has; 0 when it does not know.
        limit: rows to read at most.

    Raises:
        DBAPIError: the rows can not be read.
    """
    if limit <= 0 or not relation.fields:
        return replace(relation, rows=estimate, exact=False)
    wanted = min(limit, WIDE) if any(_unlimited(one) for one in relation.fields) else limit
    rows, whole = _rows(connection, engine, relation, estimate, wanted)
    exact = whole and len(rows) < wanted
    count = len(rows) if exact else max(estimate, _count(connection, engine, relation, estimate), len(rows))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(relation.fields)
    fields = tuple(
        replace(one, samples=tuple(_plain(value) for value in values))
        for one, values in zip(relation.fields, columns, strict=True)
    )
    return replace(relation, fields=fields, rows=count, exact=exact)


def _rows(
    connection: Connection, engine: Engine, relation: Relation, estimate: int, wanted: int
) -> tuple[list[Any], bool]:
    """Sampled rows, and whether they were read from the start of the table, so that fewer than wanted are all."""
    columns = ", ".join(_expression(one, engine) for one in relation.fields)
    table = quoted(relation.name, engine)
    plain = f"select {columns} from {table} limit {wanted}"  # noqa: S608 - quoted names of the catalogue
    if engine == "postgresql" and estimate > wanted * 5:
        share = min(100.0, 300.0 * wanted / estimate)
        spread = (
            f"select {columns} from {table} tablesample system ({share:.6f}) repeatable (1) limit {wanted}"  # noqa: S608 - quoted names of the catalogue
        )
        rows = list(connection.execute(_literal(spread)))
        if len(rows) >= wanted // 2:
            return rows, False
    probe = _probe_column(relation, engine)
    if engine != "postgresql" and probe:
        spread_rows = _probed(connection, f"select {columns} from {table}", table, probe, wanted)  # noqa: S608 - quoted names of the catalogue
        if spread_rows is not None:
            return spread_rows, False
    return list(connection.execute(_literal(plain))), True


def _probed(connection: Connection, select: str, table: str, probe: str, wanted: int) -> list[Any] | None:
    """Rows from `PROBES` places along an integer key; None when the table is small enough for its start."""
    low, high = connection.execute(_literal(f"select min({probe}), max({probe}) from {table}")).one()  # noqa: S608 - quoted names of the catalogue
    if not isinstance(low, int) or not isinstance(high, int) or high - low < wanted * 4:
        return None
    step = (high - low) // PROBES
    found: list[Any] = []
    for number in range(PROBES):
        start, end = low + number * step, low + (number + 1) * step if number < PROBES - 1 else high + 1
        query = (
            f"{select} where {probe} >= {start} and {probe} < {end} order by {probe} limit {wanted // PROBES}"
        )
        found += connection.execute(_literal(query))
    return found if len(found) >= wanted // 2 else None


def _probe_column(relation: Relation, engine: Engine) -> str:
    if len(relation.key) == 1 and (column := relation.field(relation.key[0])) and column.kind == "integer":
        return quoted(column.name, engine)
    return ""


def _count(connection: Connection, engine: Engine, relation: Relation, estimate: int) -> int:
    """Rows of a table that is bigger than its sample and that the database has no estimate of."""
    if estimate:
        return estimate
    bounded = f"select count(*) from (select 1 from {quoted(relation.name, engine)} limit 1000000) as some"  # noqa: S608 - quoted names of the catalogue
    return int(connection.execute(_literal(bounded)).scalar_one())


def quoted(name: str, engine: Engine) -> str:
    """A table or column name as the engine quotes it; "schema.table" is quoted in two parts on PostgreSQL."""
    if engine == "mariadb":
        return "`" + name.replace("`", "``") + "`"
    parts = name.split(".", 1) if engine == "postgresql" else [name]
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def _literal(query: str) -> Any:
    """A name may hold a colon, which SQLAlchemy would take for a parameter."""
    return text(query.replace(":", r"\:"))


def _unlimited(one: Field) -> bool:
    return one.kind in {"binary", "json"} or (one.kind == "text" and one.length is None)


def _expression(one: Field, engine: Engine) -> str:
    name = _column(one.name, engine)
    if one.kind in {"text", "binary"}:
        return f"substr({name}, 1, {CUT})" if _unlimited(one) or (one.length or 0) > CUT else name
    if one.kind in {"boolean", "integer", "number"} or engine == "sqlite":
        return name
    if one.kind == "array":
        return name
    kind = "char" if engine == "mariadb" else "text"
    return f"substr(cast({name} as {kind}), 1, {CUT})"


def _column(name: str, engine: Engine) -> str:
    """A column name may hold a dot, which is no separator here."""
    if engine == "mariadb":
        return quoted(name, engine)
    return '"' + name.replace('"', '""') + '"'


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, (memoryview, bytearray)) else value
