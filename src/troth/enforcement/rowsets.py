"""Rows in which nothing names a single one: they are found and written by the columns that lead to their persons.

A cell of such a key may be NULL. NULL equals nothing, so rows that have it are asked for by their other columns, those with
NULL in the same columns at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from troth.enforcement.anchors import number
from troth.model.plan import Change, Step
from troth.stores.walk import Row, Store, Value, Walk, Write

_BLANK = frozenset({"", b"", "\\x", "{}", "[]"})
"""How the databases show what is empty: a text, bytes, JSON, an array."""
_ASKED = 5_000  # sets whose rows are counted at a time


def find(store: Store, walk: Walk, keys: Sequence[Row], *, several: bool) -> Iterator[Row]:
    """As `Store.find`, with the position of each key; where rows are named together, NULL in a key is an empty cell."""
    walk = replace(walk, exact=several)
    if not several or not _lacking(keys):
        yield from store.find(walk, keys)
        return
    for held, blank, some in _alike(walk.fixed, keys):
        part = replace(walk, fixed=held, blank=blank)
        places = [place for place, _ in some]
        yield from store.find(part, [row for _, row in some], places)


def stream(store: Store, walk: Walk, keys: Sequence[Row], *, several: bool) -> Iterator[bytes]:
    """As `Store.stream`; where rows are named together, NULL in a key is an empty cell."""
    walk = replace(walk, exact=several)
    if not several or not _lacking(keys):
        yield from store.stream(walk, keys)
        return
    for held, blank, some in _alike(walk.fixed, keys):
        yield from store.stream(replace(walk, fixed=held, blank=blank), [row for _, row in some])


def run(store: Store, write: Write, rows: Sequence[Row]) -> int:
    """As `Store.run`; where rows are named together, NULL in a key is an empty cell."""
    width = len(write.key)
    keys = [row[:width] for row in rows] if write.each else rows
    if not write.several or not _lacking(keys):
        return store.run(write, rows)
    return sum(
        store.run(
            replace(write, key=held, blank=blank), [(*key, *rows[place][width:]) for place, key in some]
        )
        for held, blank, some in _alike(write.key, keys)
    )


def each(store: Store, step: Step, rows: Iterable[Row]) -> list[Row]:
    """Every key once for each row that it names and that is still to be written: not for those that a mask has been put into.

    Args:
        store: where the rows are.
        step: a step whose rows are named together.
        rows: the number of a person, then the key.
    """
    found: list[Row] = []
    known = sorted(set(rows), key=str)
    told = step.action == "mask" and all(one.mask in {"null", "empty"} for one in step.changes)
    changes = step.changes if told else ()
    walk = Walk(step.table, fixed=step.key, want=tuple(one.column for one in changes) or step.key[:1])
    for start in range(0, len(known), _ASKED):
        some = known[start : start + _ASKED]
        keys = [row[1:] for row in some]
        found += [
            some[number(row[0])]
            for row in find(store, walk, keys, several=True)
            if not changes or not all(map(_masked, changes, row[1:]))
        ]
    return found


def going(step: Step, ours: Mapping[int, Collection[int]], others: Mapping[int, Collection[int]]) -> set[int]:
    """The positions of rows that only tie things and go with what leaves: with a person, or with a thing that is nobody else's.

    Args:
        step: their step.
        ours: by number of a path, the positions of rows that lead by it to ours, as `Trace.owners` gives them.
        others: the same of those that lead to others.
    """
    found: set[int] = set()
    for link in {step.paths[n].links[0] for n in step.either}:
        beyond = [n for n, path in enumerate(step.paths) if path.links[0] == link]
        found |= set().union(*(ours[n] for n in beyond)).difference(*(others[n] for n in beyond))
    return found


def _masked(change: Change, cell: Value) -> bool:
    if change.mask == "null":
        return cell is None
    return (cell.strip() if isinstance(cell, str) else cell) in _BLANK


def _lacking(rows: Sequence[Row]) -> bool:
    return any(None in row for row in rows)


def _alike(
    columns: Sequence[str], rows: Sequence[Row]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], list[tuple[int, Row]]]]:
    """Rows with NULL in the same columns: the columns that hold a value, the others, and the rows with their positions."""
    found: dict[tuple[bool, ...], list[tuple[int, Row]]] = {}
    for place, row in enumerate(rows):
        found.setdefault(tuple(cell is None for cell in row), []).append((place, row))
    for pattern, some in found.items():
        held = [n for n, lacks in enumerate(pattern) if not lacks]
        if not held:
            continue  # a row that leads to nobody
        blank = tuple(columns[n] for n, lacks in enumerate(pattern) if lacks)
        cells = itemgetter(*held) if len(held) > 1 else lambda row, n=held[0]: (row[n],)
        yield tuple(columns[n] for n in held), blank, [(place, cells(row)) for place, row in some]
