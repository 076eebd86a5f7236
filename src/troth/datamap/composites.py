"""Composite types of PostgreSQL: a column that holds a street, a city and a postal code in one value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, text

from troth.model.schema import Engine, Relation

_PARTS = """
    select case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname, a.attname,
        format_type(b.oid, null), array_agg(p.attname order by p.attnum)
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = a.atttypid join pg_type b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
        join pg_attribute p on p.attrelid = b.typrelid and p.attnum > 0 and not p.attisdropped
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and b.typtype = 'c'
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    group by 1, 2, 3
"""


def composed(connection: Connection, kind: Engine, relations: Iterable[Relation]) -> list[Relation]:
    """The tables with the names of what the values of their composite columns are made of.

    Args:
        connection: the database.
        kind: which engine it is; only PostgreSQL has such types.
        relations: the tables.
    """
    if kind != "postgresql":
        return list(relations)
    parts = {(row[0], row[1]): (row[2], tuple(row[3])) for row in connection.execute(text(_PARTS))}
    tables = {table for table, _ in parts}
    return [
        replace(
            one,
            fields=tuple(
                replace(field, type=found[0].upper(), parts=found[1])
                if (found := parts.get((one.name, field.name)))
                else field
                for field in one.fields
            ),
        )
        if one.name in tables
        else one
        for one in relations
    ]
