"""What can be said about one table before anything is planned for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from troth.model.datamap import Link, Path, Table
from troth.model.errors import NotFound
from troth.model.rowset import set_key
from troth.model.schema import Relation, Schema


def live(schemas: Mapping[str, Schema], table: Table) -> Relation | None:
    """The table as the database has it; None where it is not there."""
    return relation_of(schemas, table.store, table.name)


def relation_of(schemas: Mapping[str, Schema], store: str, name: str) -> Relation | None:
    """The table of that name in a store; None where it is not there."""
    try:
        return schemas[store].relation(name)
    except (KeyError, NotFound):
        return None


def sets(table: Table, relation: Relation | None) -> Table:
    """The table with the columns that name rows together as its key, where nothing names a single one."""
    key = set_key(table, relation) if relation is not None else ()
    return replace(table, key=key) if key else table


def unerased(table: Table, relation: Relation | None) -> str:
    """Why no erasure can handle this table, in words; empty where one can. It needs not tell rows of the same person apart."""
    if relation is not None and set_key(table, relation):
        return _unseen(relation) or _pathless(table)
    return unfit(table, relation)


def unfit(table: Table, relation: Relation | None) -> str:
    """Why no request can handle this table, in words; empty where one can."""
    return unswept(table, relation) or _pathless(table)


def unswept(table: Table, relation: Relation | None) -> str:
    """Why not even rows that are past their period can go from this table, whosever they are; empty where they can."""
    if problem := _unseen(relation):
        return problem
    if relation is not None and not table.key:
        return "nothing names a row of this table, so work could not be resumed; add a primary key: `troth map check` says how"
    return _nameless(table, relation)


def ungiven(table: Table, relation: Relation | None, schemas: Mapping[str, Schema]) -> str:
    """Why the rows of a table can not be given to their person; empty where they can.

    A row needs no name to be given, unless it may be of several people: then one has to be told from another.
    """
    problem = _unseen(relation) or _pathless(table)
    if problem or (table.role != "subject" and exclusive(table, schemas)):
        return problem
    if relation is not None and set_key(table, relation):
        return ""
    if not table.key:
        return "nothing names a row of this table, so rows of other people could not be told apart; add a primary key"
    return _nameless(table, relation)


def absent(table: Table, schemas: Mapping[str, Schema]) -> str:
    """What the map says of a table and the database does not have any more, in words; empty where all of it is there."""
    relation = live(schemas, table)
    if relation is None:
        return _unseen(relation)
    there = {field.name for field in relation.fields}
    clocks = [name for name in table.events.values() if "." not in name]
    for name in (*table.key, *(one.name for one in table.columns), *clocks):
        if name not in there:
            return f"the map names the column {name}, which is not in the database"
    return ""


def astray(table: Table, schemas: Mapping[str, Schema]) -> str:
    """The first step of the paths of a table that the database does not have any more, in words; empty where all lead on."""
    for path in table.paths:
        store = table.store
        for link in path.links:
            for name, columns in ((link.table, link.columns), (link.target, link.target_columns)):
                store = link.store or store if name == link.target else store
                found = relation_of(schemas, store, name)
                gone = set(columns) - {field.name for field in found.fields} if found is not None else {""}
                if gone:
                    what = f"{store}.{name}.{min(gone)}".rstrip(".")
                    return f"a path of the map goes through {what}, which is not in the database"
    return ""


def named(table: Table, relation: Relation) -> bool:
    """Whether the key of the map names a row."""
    return bool(table.key) and not _nameless(table, relation)


def _unseen(relation: Relation | None) -> str:
    if relation is None:
        return "the map names this table and the database does not have it"
    if relation.hides:
        return "row policies hide rows of this table from the database user; give it a policy of its own, using (true)"
    return ""


def _nameless(table: Table, relation: Relation | None) -> str:
    if relation is None or not table.key:
        return ""
    if missing := sorted(set(table.key) - {field.name for field in relation.fields}):
        return f"the map names the key column {missing[0]}, which is not in the database"
    if problem := relation.key_problem(table.key, table.led):
        return f"the key of the map does not name a row: {problem}; correct key in the map"
    return ""


def _pathless(table: Table) -> str:
    if table.role != "subject" and not table.paths:
        return "no path leads from this table to a person; add one to the map"
    return ""


def exclusive(table: Table, schemas: Mapping[str, Schema]) -> bool:
    """Whether the schema alone shows that a row leads to one person at the most.

    True for a table of persons without paths, and for a single path on which every step leads to one row.
    """
    if not table.paths:
        return True
    return len(table.paths) == 1 and table.role != "subject" and narrow(table.paths[0], table.store, schemas)


def told(table: Table, there: Table, link: Link, schemas: Mapping[str, Schema]) -> bool:
    """Whether a row shows by its own paths whether what it hangs on by a link is somebody else's as well.

    Args:
        table: what the map says of the row.
        there: what it says of what the link leads to.
        link: the first step of a path of `table`.
        schemas: the live schemas by name of store.
    """
    rests = [path.links[1:] for path in table.paths if path.links[0] == link]
    return exclusive(there, schemas) or all(path.links in rests for path in there.paths)


def narrow(path: Path, store: str, schemas: Mapping[str, Schema]) -> bool:
    """Whether every step of a path leads from one row to one row at the most."""
    for link in path.links:
        here = relation_of(schemas, store, link.table)
        store = link.store or store
        target = relation_of(schemas, store, link.target)
        # Two spellings of one natural value may stand in a unique column, so equality by meaning is never narrow.
        if link.inside or link.arrow == "~>" or link.table == link.target:
            return False
        if target is None or not target.identifies(link.target_columns):
            return False
        # What takes `Bob` and `bob` for one leads to two rows where they are two.
        if here is not None and _folds(here, link.columns) > _folds(target, link.target_columns):
            return False
    return True


def _folds(relation: Relation, columns: tuple[str, ...]) -> bool:
    fields = [relation.field(name) for name in columns]
    return any(one is not None and one.folds for one in fields)


def through(path: Path, store: str) -> tuple[tuple[str, str], ...]:
    """The tables that a path leads through after its own, with their stores."""
    found = []
    for link in path.links:
        store = link.store or store
        found.append((store, link.target))
    return tuple(found)
