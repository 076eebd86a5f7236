"""Whose a row is in the end: accounts of one store that belong to a person of another count as that person."""

from __future__ import annotations

from collections.abc import Sequence

from troth.enforcement.columns import Owner, owners
from troth.enforcement.project import Project
from troth.model.datamap import Table
from troth.stores.walk import Row

_MOST = 4  # accounts that stand one behind the other


def roots(project: Project, table: Table, keys: Sequence[Row]) -> dict[int, Owner]:
    """The person of each row, by its place in `keys`, followed until nothing stands behind; see `owners`.

    Args:
        project: map and stores.
        table: the table of the rows.
        keys: the rows, by the values of the table's key.
    """
    found = owners(project, table, keys)
    for _ in range(_MOST):
        onward: dict[str, list[tuple[int, Row]]] = {}
        for place, one in found.items():
            if one.table.paths and one.table.key and one.table.place != table.place:
                row = tuple(one.values[name] for name in one.table.key)
                onward.setdefault(one.table.place, []).append((place, row))
        moved = False
        for place_name, some in onward.items():
            behind = next(one for one in project.map.tables if one.place == place_name)
            for number, owner in owners(project, behind, [row for _, row in some]).items():
                found[some[number][0]] = owner
                moved = moved or owner.table.place != place_name
        if not moved:
            break
    return found
