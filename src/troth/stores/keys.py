"""Rows by their keys in a write, and the last look at it: a key names one row, never none, several where they are meant."""

from __future__ import annotations

from collections.abc import Sequence

from troth.model.schema import Schema
from troth.stores.chain import Dialect, as_read, field_of
from troth.stores.errors import StoreRefused
from troth.stores.walk import Row, Write


def nameless(table: str) -> StoreRefused:
    """What is said of a row whose key holds NULL: other rows may have the same, so nothing names it."""
    return StoreRefused(
        f"a row of {table} has NULL in its key, so nothing names it", hint="give it a key of its own"
    )


def whole(schema: Schema, write: Write, rows: Sequence[Row]) -> None:
    """See that every key is whole; asked only where the database lets NULL into one.

    Raises:
        StoreRefused: a key holds NULL; nothing was written.
    """
    relation, width = schema.relation(write.table), len(write.key)
    if all((field := relation.field(name)) is not None and not field.nullable for name in write.key):
        return
    if any(None in row[:width] for row in rows):
        raise nameless(write.table)


def counted(write: Write, rows: Sequence[Row], touched: int) -> int:
    """The number of rows that were touched.

    Raises:
        StoreRefused: more rows were touched than named; the caller undoes them.
    """
    if touched > len(rows) and not write.several:
        raise StoreRefused(
            f"the key of {write.table} names several rows at once",
            hint="name unique columns as key in the map",
        )
    return touched


def matched(dialect: Dialect, write: Write, alias: str) -> str:
    """The condition that a row is one of the given ones `g`; where several are meant, the collation alone does not tell."""
    pairs = [(name, f"{alias}.{dialect.quote(name)}", f"g.v{n}") for n, name in enumerate(write.key, 1)]
    told = [
        as_read(dialect, field_of(dialect.schema, write.table, name), here, given)
        if write.several
        else f"{here} = {given}"
        for name, here, given in pairs
    ]
    return " and ".join(told) + empty(dialect, write, f"{alias}.")


def empty(dialect: Dialect, write: Write, before: str = "") -> str:
    """The rest of a condition: what has to be NULL in a row beside its key."""
    return "".join(f" and {before}{dialect.quote(name)} is null" for name in write.blank)
