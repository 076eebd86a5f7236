"""What a sweep can not read: clocks that hold no moment, and cells that do not tell whether something keeps a row.

Such rows stay, and nobody would notice: they are counted by place and told, never named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from troth.enforcement.project import Project
from troth.model.plan import Citation
from troth.model.sweep import Cell, Clause, Past, Sweep, SweepPlan, Unread, Unsure, every, leaves
from troth.stores.sift import Stretch, Sweeping
from troth.stores.walk import Row

_TYPED = frozenset({"time", "date"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """Rows of which a sweep can not say whether they have to go.

    Attributes:
        sweep: the step that would take them.
        place: `store.table.column` of a clock, or `store.table`.
        rows: how many.
        why: in words, without the number.
    """

    sweep: Sweep
    place: str
    rows: int
    why: str

    @property
    def rule(self) -> str:
        """The rule that asks for the step."""
        return self.sweep.rule

    @property
    def citation(self) -> Citation:
        """The sentences that ask for the step."""
        return self.sweep.citation


def doubts(
    project: Project, plan: SweepPlan, given: Mapping[str, Sequence[Row]], gone: Collection[str] = ()
) -> tuple[Doubt, ...]:
    """What a plan can not read in the stores now; nothing is written.

    Args:
        project: the stores.
        plan: from `compile_sweep`.
        given: keys that the plan asks for by name.
        gone: tables that were dropped whole, `store.table`.

    Raises:
        StoreGone: a store can not be reached.
    """
    found: dict[tuple[str, str, str], Doubt] = {}
    counted: dict[tuple[str, Clause], int] = {}
    for one in plan.sweeps:
        store = project.stores[one.store]
        if not isinstance(store, Sweeping) or one.place in gone:
            continue
        for place, why, where in (*_clocks(project, one), *_keepers(one)):
            if (one.place, where) not in counted:
                counted[one.place, where] = store.tally(Stretch(one.table, one.key, where, given=given), ())[
                    0
                ]
            if rows := counted[one.place, where]:
                found.setdefault((place, why, one.rule), Doubt(one, place, rows, why))
    return tuple(found.values())


def _clocks(project: Project, one: Sweep) -> Iterator[tuple[str, str, Clause]]:
    schema = project.schemas[one.store]
    for past in dict.fromkeys(each for each in leaves(one.due) if isinstance(each, Past)):
        holder = past.way[-1].table if past.way else one.table
        field = schema.relation(holder).field(past.column)
        if field is None or (field.kind in _TYPED and schema.engine != "sqlite"):
            continue
        why = "what should be a moment can not be read, so no period begins and the rows stay"
        yield f"{one.store}.{holder}.{past.column}", why, Unread(past.way, past.column)


def _keepers(one: Sweep) -> Iterator[tuple[str, str, Clause]]:
    for obstacle in one.obstacles:
        if any(isinstance(each, Cell) for each in leaves(obstacle.clause)):
            why = f"no word that is known tells whether {obstacle.name} keeps a row, so the rows stay"
            yield one.place, why, every(one.due, Unsure(obstacle.clause))
