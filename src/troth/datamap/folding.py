"""Columns whose texts a database compares without regard to case: `Bob` and `bob` are one there, and two in another column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, text

from troth.model.schema import Engine, Relation

_POSTGRES = """
    select case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname, a.attname
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = a.atttypid join pg_type b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
        left join pg_collation o on o.oid = a.attcollation
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')
        and (b.typname = 'citext' or not o.collisdeterministic)
"""
_MARIADB = """
    select table_name, column_name from information_schema.columns where table_schema = database()
        and collation_name is not null and collation_name not regexp '(_bin|_cs)$'
"""
_SQLITE = "select name, sql from sqlite_master where type = 'table'"


def folded(connection: Connection, kind: Engine, relations: Iterable[Relation]) -> list[Relation]:
    """The tables with what is known of how their texts are compared.

    Args:
        connection: the database.
        kind: which engine it is.
        relations: the tables.
    """
    some = list(relations)
    if kind == "sqlite":
        written = {str(name): str(sql or "") for name, sql in connection.execute(text(_SQLITE))}
        known = {
            (one.name, field.name)
            for one in some
            for field in one.fields
            if _nocase(field.name, written.get(one.name, ""))
        }
    else:
        query = _POSTGRES if kind == "postgresql" else _MARIADB
        known = {(str(table), str(column)) for table, column in connection.execute(text(query))}
    tables = {table for table, _ in known}
    return [
        replace(
            one,
            fields=tuple(
                replace(each, folds=True) if (one.name, each.name) in known else each for each in one.fields
            ),
        )
        if one.name in tables
        else one
        for one in some
    ]


def _nocase(column: str, sql: str) -> bool:
    """Whether the text of a table says of a column, before its next comma, that case does not count."""
    if "nocase" not in sql.lower() and "rtrim" not in sql.lower():
        return False
    name = rf"[\"`\[]{re.escape(column)}[\"`\]]|\b{re.escape(column)}\b"
    return bool(re.search(rf"(?:{name})\s[^,]*\bcollate\s+[\"`\[]?(?:nocase|rtrim)\b", sql, re.IGNORECASE))
