"""What the rows of a person show of what a policy asks: their facts and their moments, read in one moment of the stores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from troth.enforcement import rowsets
from troth.enforcement.anchors import number
from troth.enforcement.known import every_alias
from troth.enforcement.minima import Clock, Dated
from troth.enforcement.needed import by_key
from troth.enforcement.project import Project
from troth.enforcement.search import CHUNK
from troth.enforcement.trace import Trace, trace
from troth.model.condition import FactValue
from troth.model.datamap import Condition, Table
from troth.model.mark import Fact, meant, parse_fact
from troth.model.outcome import Person
from troth.model.plan import Citation, Step
from troth.model.vocabulary import Vocabulary
from troth.plan.access import compile_copy
from troth.stores.walk import Row, Value, Walk

Cells = tuple[Value, ...]
_MOST_VALUES = 200  # different values of a column that a plan names one by one


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of one table show: the facts by name, and the different cells with the keys of their rows."""

    table: Table
    facts: Mapping[str, Fact]
    cells: Mapping[Cells, Sequence[Row]]

    def shown(self, cells: Cells, now: datetime, words: Vocabulary) -> dict[str, FactValue]:
        """The facts that a row with these cells shows; a word that the fact does not know shows nothing."""
        read = {
            name: meant(fact.read(cell, now), words.find("fact", name))
            for (name, fact), cell in zip(self.facts.items(), cells, strict=True)
        }
        # An empty cell leaves it to what is known of the case; one that can not be read says that nobody knows.
        empty = {
            name for (name, fact), cell in zip(self.facts.items(), cells, strict=True) if fact.empty(cell)
        }
        return {name: value for name, value in read.items() if value is not None or name not in empty}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found of a person: their rows that show facts or moments, their pseudonyms, and whether anybody was found."""

    rows: tuple[Rows, ...]
    aliases: tuple[str, ...]
    known: bool
    dated: tuple[Dated, ...] = ()


def seen_of(project: Project, person: Person, asked: Sequence[Clock] = ()) -> Seen:
    """What the rows of a person show.

    Args:
        project: the stores and the map with its `facts`.
        person: whose rows.
        asked: the clocks by which rows are asked for their moments.

    Raises:
        TrothError: an identity names no column.
    """
    steps = [one for one in compile_copy(project.map, project.schemas, Citation()).steps if one.key]
    found = trace(project, [person], steps)
    rows: list[Rows] = []
    dated: list[Dated] = []
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.enter_context(project.stores[name].snapshot())
        found.seek()
        known = bool(found.anchors.found())
        for step in steps:
            table = project.map.table(step.store, step.table)
            dated += [
                _dated(project, found, step, one) for one in asked if one.node == (step.store, step.table)
            ]
            if table.facts:
                facts = {name: parse_fact(said) for name, said in table.facts.items()}
                cells = _cells(project, found, step, tuple(fact.column for fact in facts.values()))
                rows.append(Rows(table, facts, cells))
                known = known or bool(cells)
            elif not known:
                known = any(True for _ in found.rows(step))
    return Seen(tuple(rows), every_alias(project, found), known, tuple(dated))


def _dated(project: Project, found: Trace, step: Step, clock: Clock) -> Dated:
    """The moments of the rows of a step by a clock."""
    keys = sorted({row[1:] for row in found.rows(step)}, key=str)
    walk = Walk(step.table, clock.links, step.key, (clock.column,), upward=True, distinct=True)
    cells: set[Value] = set()
    read = 0
    for start in range(0, len(keys) if clock.column else 0, CHUNK):
        some = keys[start : start + CHUNK]
        for row in rowsets.find(project.stores[step.store], walk, some, several=step.several):
            cells.add(row[1])
            read += 1
    return Dated(clock, frozenset(cells - {None}), None in cells or read < len(keys))


def _cells(
    project: Project, found: Trace, step: Step, columns: tuple[str, ...]
) -> Mapping[Cells, Sequence[Row]]:
    keys = sorted({row[1:] for row in found.rows(step)}, key=str)
    walk = Walk(step.table, fixed=step.key, want=columns)
    cells: dict[Cells, list[Row]] = {}
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        for row in rowsets.find(project.stores[step.store], walk, some, several=step.several):
            cells.setdefault(row[1:], []).append(some[number(row[0])])
    return cells


def apart(rows: Rows, covered: Iterable[Cells], wanted: set[str]) -> Condition | None:
    """The rows that the hold does not cover, by the values of the column that tells, or by their keys; None for no such rows."""
    columns, kept = [fact.column for fact in rows.facts.values()], set(covered)
    left = [key for cells, keys in rows.cells.items() if cells not in kept for key in keys]
    places = [place for place, name in enumerate(rows.facts) if name in wanted]
    if len({columns[place] for place in places}) != 1:
        return by_key(rows.table.key, left)
    place = places[0]
    held = {cells[place] for cells in kept}
    free = {cells[place] for cells in rows.cells} - held
    if len(free) > _MOST_VALUES or any(isinstance(one, bytes | float | None) for one in free):
        return by_key(rows.table.key, left)
    return Condition(columns[place], tuple(sorted(map(str, free)))) if free else None
