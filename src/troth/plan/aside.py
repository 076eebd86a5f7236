"""The paths by which rows only tell of somebody whose they are not, also over the rows that they hang on.

notifications.user_id -> users.id                            whose it is
notifications.o_id => users.id [type='User']                 whom it is about
deliveries.notice_id -> notifications.id ; (the same two)    what hangs on it goes with it
"""

from __future__ import annotations

from collections.abc import Mapping

from troth.model.datamap import Path, Table
from troth.model.rowset import about
from troth.model.schema import Schema
from troth.plan.order import Node
from troth.plan.table import live, through


def aside(table: Table, tables: Mapping[Node, Table], schemas: Mapping[str, Schema]) -> tuple[int, ...]:
    """The numbers of these paths; whose a row is, another path of the same table says.

    Args:
        table: what the map says of a table.
        tables: the same of every table that holds rows of persons.
        schemas: the live schemas by name of store.
    """
    relation = live(schemas, table)
    own = about(table, relation) if relation is not None else ()
    return tuple(
        number
        for number, path in enumerate(table.paths)
        if number in own or _hanging(table, path, tables, schemas)
    )


def _hanging(table: Table, path: Path, tables: Mapping[Node, Table], schemas: Mapping[str, Schema]) -> bool:
    """Whether a path leads over a row that only tells of whom it ends at, and another one to whose that row is."""
    if len(path.links) < 2:
        return False
    before, last = path.links[:-1], path.links[-1:]
    there = tables.get(through(path, table.store)[-2])
    relation = live(schemas, there) if there is not None else None
    if there is None or relation is None:
        return False
    told = any(there.paths[number].links == last for number in about(there, relation))
    return told and any(one.links == (*before, *there.paths[0].links) for one in table.paths)
