"""Rows that are masked because others may have to point to them: where nothing does when their turn comes, they go.

mask servers     invoices.server_id may not be NULL, and invoices stay
  server 1  <- invoice 7    stays, masked
  server 2                  goes
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from troth.enforcement.anchors import number
from troth.enforcement.project import Project
from troth.model.plan import Change, Pin, Step
from troth.stores.walk import Row, Walk, Write


@dataclass(slots=True)
class Parting:
    """What became of rows.

    Attributes:
        gone: the keys of those that are deleted.
        emptied: by `store.table` and a column that was emptied, the keys of rows whose reference to one of them it was, each
            behind the key of that one.
    """

    gone: set[Row] = field(default_factory=set)
    emptied: dict[tuple[str, str], list[tuple[Row, Row]]] = field(default_factory=dict)

    def add(self, other: Parting) -> None:
        """Note what became of other rows as well."""
        self.gone |= other.gone
        for where, pairs in other.emptied.items():
            self.emptied.setdefault(where, []).extend(pairs)


def release(project: Project, step: Step, keys: Sequence[Row], parting: Parting) -> Iterator[list[Row]]:
    """Keys of rows that nothing points to, some at a time: the caller deletes them before the next are asked for.

    What points to another row of the same table goes before it. References that may be NULL are emptied right before
    what they point to goes.

    Args:
        project: the stores.
        step: it masks rows, and has pins.
        keys: the rows.
        parting: what was emptied is noted there.

    Raises:
        StoreRefused: the database does not let it happen.
    """
    left = list(keys)
    while left:
        held: set[Row] = set()
        loose: list[tuple[Pin, dict[Row, list[Row]]]] = []
        for pin in step.pins:
            pointing = _pointing(project, step, pin, [key for key in left if key not in held])
            if pin.empties:
                loose.append((pin, pointing))
            else:
                held.update(pointing)
        free = [key for key in left if key not in held]
        if not free:
            return
        for pin, pointing in loose:
            _empty(project, pin, {key: rows for key, rows in pointing.items() if key not in held}, parting)
        yield free
        left = [key for key in left if key in held]


def _pointing(project: Project, step: Step, pin: Pin, keys: Sequence[Row]) -> dict[Row, list[Row]]:
    """By key of a row, the keys of rows that point to it; a row that points to itself alone goes as a whole."""
    if not keys:
        return {}
    links, last = pin.path.links, pin.path.links[-1]
    ends: Mapping[Row, list[Row]] = {key: [key] for key in keys}
    if last.target_columns != step.key:
        ends = {}
        walk = Walk(step.table, fixed=step.key, want=last.target_columns)
        for row in project.stores[step.store].find(walk, keys):
            if None not in row[1:]:
                ends.setdefault(row[1:], []).append(keys[number(row[0])])
    relation = project.schemas[pin.store].relation(links[0].table)
    want = relation.row_key or links[0].columns
    near = tuple(
        one for one in last.conditions if project.schemas[pin.store].relation(last.table).field(one.column)
    )
    walk = Walk(
        links[0].table, links[:-1], last.columns, want, conditions=near, distinct=True, settled=pin.cascades,
    )  # fmt: skip
    given = list(ends)
    itself = (pin.store, links[0].table, want) == (step.store, step.table, step.key)
    found: dict[Row, list[Row]] = {}
    for row in project.stores[pin.store].find(walk, given) if given else ():
        for key in ends[given[number(row[0])]]:
            if not (itself and row[1:] == key):
                found.setdefault(key, []).append(row[1:])
    return found


def _empty(project: Project, pin: Pin, pointing: Mapping[Row, Sequence[Row]], parting: Parting) -> None:
    """Empty the references of rows that point to rows which go."""
    pairs = [(key, row) for key, rows in pointing.items() for row in rows]
    if not pairs:
        return
    table = pin.path.links[0].table
    relation = project.schemas[pin.store].relation(table)
    write = Write(table, relation.row_key, tuple(Change(name, "null") for name in pin.empties))
    place = f"{pin.store}.{table}"
    store, rows = project.stores[pin.store], list(dict.fromkeys(row for _, row in pairs))
    project.write(f"unlinked {place}", lambda: store.run(write, rows))
    parting.emptied.setdefault((place, pin.empties[0]), []).extend(pairs)
