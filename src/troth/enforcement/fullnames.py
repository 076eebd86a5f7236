"""Whole names that stand alone in a cell: nobody searches long texts for a name, but a cell that is one says who it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from troth.enforcement.anchors import Anchors
from troth.enforcement.meaning import NAME, normal
from troth.enforcement.namewords import chinese, cuts, together
from troth.enforcement.project import Project
from troth.model.datamap import Table
from troth.stores.walk import Hints, Value, Walk

_SHORTEST = 8  # letters of a whole name that few people share
_SIGNS = 3  # and signs of a Chinese one


def whole_names(project: Project, found: Anchors, gone: Anchors) -> dict[str, set[int]]:
    """By whole name, in normal form, the persons of a job who have it; without first names alone.

    Args:
        project: the map.
        found: the persons' own rows.
        gone: those that are gone.
    """
    names: dict[str, set[int]] = {}
    for node, rows in chain(found.rows.items(), gone.rows.items()):
        columns = _columns(project.map.table(*node))
        for anchor in rows.values():
            for name in _wholes([anchor.values.get(one) for one in columns]):
                names.setdefault(name, set()).add(anchor.person)
    return names


def silent(project: Project) -> frozenset[str]:
    """The columns, `store.table.column`, in which a name says nothing: accounts, staff, and names in rows with a way."""
    found: set[str] = set()
    for table in project.map.tables:
        own = table.role in {"subject", "staff"}
        known = [one.name for one in table.columns if own or (table.paths and one.category == NAME)]
        found.update(f"{table.place}.{one}" for one in (*known, *(table.harmless if own else ())))
    return frozenset(found)


def shared(project: Project, names: Collection[str], own: Anchors) -> set[str]:
    """Those of the names that somebody else's account has as well, so that a cell may be about the other one."""
    found: set[str] = set()
    for table in project.map.subjects() if names else ():
        columns = _columns(table)
        if not columns or table.store not in project.stores or not table.key:
            continue
        keys = own.keys((table.store, table.name))
        for column in columns:
            parts = tuple(sorted({*names, *(part for one in names for cut in cuts(one) for part in cut)}))
            walk = Walk(table.name, fixed=(column,), want=(*table.key, *columns))
            for row in project.stores[table.store].guess(walk, Hints(parts)):
                width = len(table.key)
                if row[:width] not in keys:
                    found.update(set(names).intersection(_wholes(row[width : width + len(columns)])))
    return found


def _columns(table: Table) -> list[str]:
    return [one.name for one in table.columns if one.category == NAME]


def _wholes(cells: Collection[Value]) -> Iterator[str]:
    """The whole names that stand in cells: in one of them, or a first and a last name in two."""
    parts = [part for one in cells if (part := normal("text", one))]
    pairs = [(one, other) for one in parts for other in parts if one != other and " " not in one + other]
    for name in (*parts, *(name for pair in pairs for name in together(pair))):
        bare = name.replace(" ", "")
        if chinese(bare):
            yield from (name, bare) if len(bare) >= _SIGNS else ()
        elif " " in name and len(name) >= _SHORTEST:
            yield name


def said(cell: Value, names: Mapping[str, Collection[int]]) -> frozenset[int]:
    """The persons whose whole name a cell is."""
    return frozenset(names.get(normal("text", cell), ())) if isinstance(cell, str) else frozenset()
