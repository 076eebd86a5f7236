"""What a database says of its own tables, so that two of them can be compared."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from troth.state.link import open_link

_POSTGRES = (
    """select table_name, column_name, data_type, is_nullable, column_default, is_identity, identity_generation
    from information_schema.columns where table_schema = current_schema()""",
    """select conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = current_schema()::regnamespace""",
    "select tablename, indexname, indexdef from pg_indexes where schemaname = current_schema()",
)


def catalog(address: str) -> set[tuple[Any, ...]]:
    """Every table, column, key and index; the first of each tuple is the table."""
    with closing(open_link(address)) as link:
        if link.engine == "postgresql":
            return {row for sql in _POSTGRES for row in link.query(sql)}
        rows = link.query("select tbl_name, type, name, sql from sqlite_master")
    return {(table, kind, name, "".join((sql or "").split()).lower()) for table, kind, name, sql in rows}


def tables(address: str) -> set[str]:
    """The names of the tables."""
    return {row[0] for row in catalog(address)}
