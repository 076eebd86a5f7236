"""Counts over whole tables, for checks: nothing is changed, and no value leaves the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from troth.enforcement.columns import stream
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, kind_of, normal
from troth.enforcement.project import Project
from troth.enforcement.sweep import Tally, dry_run, store_of
from troth.evidence.pseudonym import pseudonyms
from troth.model.datamap import Table
from troth.model.sweep import Clause, Known, Sweep, SweepPlan, every
from troth.stores.sift import Likeness, Stretch

EVERY = Known(True)


def count(project: Project, table: Table, where: Clause = EVERY) -> int:
    """The rows of a table that certainly pass a test.

    Raises:
        TrothError: the store can not be asked.
    """
    return rows(project, table.store, table.name, where)


def rows(project: Project, store: str, table: str, where: Clause = EVERY) -> int:
    """As `count`, for a table that the map need not know."""
    relation = project.schemas[store].relation(table)
    order = relation.key or (relation.fields[0].name,)
    return store_of(project, store).tally(Stretch(table, order, where), ())[0]


def overdue(project: Project, plan: SweepPlan, restricted: Collection[str] = ()) -> tuple[Tally, ...]:
    """For every step of a plan, the rows that should be gone already: `free` are those that nothing keeps.

    Args:
        project: the stores.
        plan: from `compile_sweep`.
        restricted: pseudonyms of the persons whose data may not be erased now.
    """
    late = replace(plan, sweeps=tuple(replace(one, due=one.overdue) for one in plan.sweeps))
    found = dry_run(project, late, restricted)
    return tuple(replace(one, sweep=step) for one, step in zip(found, plan.sweeps, strict=True))


def likeness(project: Project, one: Sweep) -> Likeness:
    """How the rows that a step makes anonymous look alike, those that it has still to change among them."""
    order = one.key or (one.order,)
    return store_of(project, one.store).likeness(
        Stretch(one.table, order, every(one.due, one.free)), one.measure, one.k
    )


def returned(project: Project, gone: Collection[str]) -> dict[str, tuple[int, int]]:
    """By `store.table.column` that names people: the rows that name somebody of a list, and the rows that were read.

    Args:
        project: the stores.
        gone: pseudonyms of persons who should not be there, as the journal keeps them.
    """
    keys = project.ring.pseudonym
    wanted = frozenset(gone)
    kinds = {
        category: [kind for kind, one in CATEGORIES.items() if one == category] for category in IDENTITIES
    }
    found: dict[str, tuple[int, int]] = {}
    for table in project.map.personal():
        relation = project.schemas[table.store].relation(table.name)
        for column in table.columns:
            if column.category not in IDENTITIES or relation.field(column.name) is None:
                continue
            bad = total = 0
            known: dict[str, bool] = {}
            for (cell,) in stream(project, table.store, table.name, (column.name,)):
                total += 1
                text = "" if cell is None else str(cell)
                if text not in known:
                    plain = normal(kind_of(column.category), cell)
                    named = (
                        [("value", plain), *((one, text) for one in kinds[column.category])] if plain else []
                    )
                    known[text] = any(
                        one in wanted for what, value in named for one in pseudonyms(keys, what, value)
                    )
                bad += known[text]
            found[f"{table.place}.{column.name}"] = (bad, total)
    return found
