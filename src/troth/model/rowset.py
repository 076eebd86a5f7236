"""What stands for a key where nothing names a single row: the columns by which rows lead to their persons.

Rows that have the same in these columns lead to the same persons. An erasure treats them alike, so it needs not tell one
from another; a period that ends row by row and a correction do.
"""

from __future__ import annotations

from collections.abc import Iterable

from troth.model.datamap import Link, Table
from troth.model.schema import Relation, Schema

_MERE = frozenset({"time", "date", "boolean"})
"""Kinds of columns that say nothing of anybody by themselves."""
_UNEQUAL = frozenset({"json", "array", "vector", "other"})
"""Kinds of columns that are not compared with what was read from them."""


def set_key(table: Table, relation: Relation) -> tuple[str, ...]:
    """The columns that name rows together, in the order of the paths; empty where one row can be named, or they can not.

    They are those that the first steps of the paths start with, and those that say which rows take these steps.

    Args:
        table: what the map says; its own key is empty.
        relation: the table as the database has it.
    """
    if table.key or table.role not in {"owned", "shared"} or relation.led_key(table.led):
        return ()
    found: list[str] = []
    for path in table.paths:
        link = path.links[0]
        if link.inside or link.target == table.name:
            return ()
        found += [*link.columns, *(one.column for one in link.conditions if relation.field(one.column))]
    return _compared(relation, found)


def either(table: Table, relation: Relation) -> bool:
    """Whether rows only tie things together, so that they go with whichever of two people leaves: a member of a project.

    Nothing else stands in such a row but when it was made, a switch, or one of some listed values; a number of its own makes
    it a thing that others may speak of.
    """
    links = [path.links[0] for path in table.paths]
    if table.role != "owned" or any(one.inside or one.arrow == "~>" for one in links):
        return False
    ends = {one.columns for one in (*links, *table.references)} | {one.columns for one in relation.foreign}
    bound = {name for columns in ends for name in columns}
    bound |= {one.column for link in links for one in link.conditions}
    rest = [one for one in relation.fields if one.name not in bound]
    return len(ends) > 1 and all(one.kind in _MERE or one.labels for one in rest)


def link_key(relation: Relation, link: Link) -> tuple[str, ...]:
    """What names rows by one reference of theirs: the key where there is one, else all rows with the same reference at once.

    Empty where they can not be named.
    """
    if relation.row_key or link.inside:
        return relation.row_key
    near = [one.column for one in link.conditions if relation.field(one.column)]
    return _compared(relation, (*link.columns, *near))


def _compared(relation: Relation, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns, each once; nothing where one of them can not be compared with what was read from it."""
    found = tuple(dict.fromkeys(columns))
    fields = [relation.field(name) for name in found]
    return found if all(one is not None and one.kind not in _UNEQUAL for one in fields) else ()


def key_statement(schema: Schema, relation: Relation) -> str:
    """What gives the rows of a table a key, in words and the SQL of its database.

    Args:
        schema: whose table it is.
        relation: the table.
    """
    names = {one.name.lower() for one in relation.fields}
    name = next(one for one in ("id", "row_id", "troth_row_id") if one not in names)
    if schema.engine == "postgresql":
        quoted = '"' + relation.name.replace('"', '""').replace(".", '"."', 1) + '"'
        return f"alter table {quoted} add column {name} bigint generated always as identity primary key"
    if schema.engine == "sqlite":
        return f"make the table anew with `{name} integer primary key` as a column and copy its rows; SQLite can not add one"
    quoted = "`" + relation.name.replace("`", "``") + "`"
    return f"alter table {quoted} add column {name} bigint not null auto_increment primary key"
