"""The rows that a sweep spares because their person's data may not be erased now, or not yet under the version agreed to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from troth.enforcement.agreement import agreed_to
from troth.enforcement.meaning import CATEGORIES, hints, kind_of, normal
from troth.enforcement.project import Project
from troth.evidence.pseudonym import pseudonyms
from troth.model.datamap import DataMap, Table
from troth.model.errors import NotFound, TrothError
from troth.model.sweep import AGREED, Among, SweepPlan, leaves
from troth.stores.sift import ANYBODY
from troth.stores.walk import Hints, Row, Walk

MOST = 20_000
"""Rows of people who agreed that one statement can name; of more nobody can tell which they are, and all rows stay."""


def spared(project: Project, plan: SweepPlan, restricted: Collection[str]) -> dict[str, list[Row]]:
    """The keys of rows that a plan asks for by name: those of restricted persons, by their pseudonyms, and of who agreed."""
    found: dict[str, list[Row]] = {ANYBODY: [(1,)]} if restricted else {}
    asked = {one.name for sweep in plan.sweeps for one in leaves(sweep.free) if isinstance(one, Among)}
    yes: dict[str, set[str]] = {}
    for name in sorted(asked - {ANYBODY}):
        bare, wanted = name, set(restricted)
        if name.startswith(AGREED):
            since, _, bare = name.removeprefix(AGREED).partition(":")
            if since not in yes:
                yes[since] = agreed_to(project.ledger, since.split(","))
            wanted = yes[since]
        if not wanted:
            continue
        rows = set() if bare == ANYBODY else _named(project, bare, wanted)
        unclear = bare == ANYBODY or len(rows) > MOST
        found[name] = [()] if unclear and name != bare else sorted(rows, key=str)
    return found


def _named(project: Project, name: str, wanted: set[str]) -> set[Row]:
    """The rows that a name asks for, of persons by their pseudonyms."""
    place, columns, *source = name.split("|")
    table = _table(project.map, place)
    if table is None:
        return set()
    rows = set(_rows_of(project, table, tuple(columns.split(",")), wanted))
    return rows | (_spelled(project, table, columns, source, rows) if len(source) == 2 else set())


def _spelled(
    project: Project, target: Table, column: str, source: Sequence[str], rows: Collection[Row]
) -> set[Row]:
    """The values of a column that mean one of those of another table, however they are spelled."""
    place, name = source
    table = _table(project.map, place)
    known = target.column(column)
    kind = kind_of(known.category) if known else "text"
    meant = {normal(kind, row[0]) for row in rows} - {""}
    if table is None or not meant:
        return set()
    walk = Walk(table.name, fixed=(name,), want=(name,))
    cells = project.stores[table.store].guess(walk, hints(kind, meant, whole=True))
    return {(row[0],) for row in cells if normal(kind, row[0]) in meant}


def _table(one: DataMap, place: str) -> Table | None:
    store, _, name = place.partition(".")
    try:
        return one.table(store, name)
    except NotFound:
        return None


def _rows_of(project: Project, table: Table, columns: Sequence[str], wanted: set[str]) -> Iterator[Row]:
    """The rows of persons whose pseudonym is wanted, by these columns."""
    kinds: dict[str, list[str]] = {}
    for kind, category in CATEGORIES.items():
        kinds.setdefault(category, []).append(kind)
    relation = project.schemas[table.store].relation(table.name)
    for column in table.columns:
        if relation.field(column.name) is None:
            continue
        walk = Walk(table.name, want=tuple(columns), fixed=(column.name,))
        for row in project.stores[table.store].guess(walk, Hints(every=True)):
            cell = str(row[-1])
            keyed = table.key == (column.name,) and table.role == "subject"
            words = project.map.key_words(table, shared=True) if keyed else (column.name,)
            for kind in (*kinds.get(column.category, ()), *words):
                if not wanted.isdisjoint(_names(project, kind, cell)):
                    yield row[:-1]


def _names(project: Project, kind: str, cell: str) -> list[str]:
    try:
        return list(pseudonyms(project.ring.pseudonym, kind, cell))
    except TrothError:  # nothing of the value is left in normal form
        return []
