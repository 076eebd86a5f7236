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
UNEQUAL = frozenset({"vector", "other"})
"""Kinds of columns that are not compared with what was read from them."""


def set_key(table: Table, relation: Relation) -> tuple[str, ...]:
    """The columns that name rows together, in the order of the paths; empty where one row can be named, or they can not.

    They are those that the first steps of the paths start with, and those that say which rows take these steps. A list or JSON
    in which a step looks for its person counts with all that stands in it.

    Args:
        table: what the map says; its own key is empty.
        relation: the table as the database has it.
    """
    if table.key or table.role not in {"owned", "shared"} or relation.led_key(table.led):
        return ()
    found: list[str] = []
    for path in table.paths:
        link = path.links[0]
        if link.target == table.name:
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


def kept(link: Link, relation: Relation) -> bool:
    """Whether every row takes a link, and the database itself keeps it, so that nothing is guessed."""
    fields = [relation.field(name) for name in link.columns]
    filled = all(one is not None and not one.nullable for one in fields)
    return link.arrow == "->" and not link.conditions and filled


def about(table: Table, relation: Relation) -> tuple[int, ...]:
    """The numbers of the paths by which rows tell of somebody whose they are not: a notice to one user about another.

    Every row names its person by a key; whom a number of any type means besides (`[type='User']`) has a part in it.
    """
    if table.role != "owned" or not table.paths or either(table, relation):
        return ()
    first = table.paths[0]
    if len(first.links) > 1 or not kept(first.links[0], relation):
        return ()
    return tuple(
        number
        for number, path in enumerate(table.paths)
        if len(path.links) == 1
        and path.links[0].arrow == "=>"
        and path.links[0].conditions
        and not path.links[0].inside
        and path.person == first.person
        and not set(path.links[0].columns) & set(first.links[0].columns)
    )


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
    return found if all(one is not None and one.kind not in UNEQUAL for one in fields) else ()


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
