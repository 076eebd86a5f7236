"""What rows that stay have to be found by: of tables that no hold covers, everything else goes at once.

invoices (held) ─▶ orders ─▶ customers      an order without a held invoice goes
contacts of another store                   go, where the customer is found without them
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from troth.enforcement import rowsets
from troth.enforcement.absent import lacking
from troth.enforcement.pointed import pointed
from troth.enforcement.project import Node, Project
from troth.enforcement.search import CHUNK
from troth.enforcement.trace import Trace, trace
from troth.model.datamap import Condition, Path
from troth.model.errors import TrothError
from troth.model.outcome import Person
from troth.model.plan import Plan, Step
from troth.plan.table import through
from troth.stores.walk import Row, Walk

MOST = 2_000
"""Rows that a plan names one by one; of more, all stay."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What goes although rows of the person wait.

    Attributes:
        spare: by table, the rows that nothing which stays is found by.
        loose: the tables of persons by which nothing that stays has to be found.
        apart: by table that a hold covers, the rows that may go of those that no hold keeps; None for none of them. Where
            a table is not in it, all may.
    """

    spare: Mapping[Node, Condition]
    loose: frozenset[Node]
    apart: Mapping[Node, Condition | None] = field(default_factory=dict)


def rest_of(project: Project, person: Person, plan: Plan, covered: frozenset[str]) -> Rest:
    """What of a plan with holds need not wait.

    Args:
        project: the stores.
        person: whose erasure it is.
        plan: the plan with holds, and with the steps that take the rows no hold covers.
        covered: the tables that holds cover, `store.table`.
    """
    kept = {_node(step): step for step in plan.steps if step.action == "keep"}
    found = trace(project, [person], plan.steps)
    found.seek()
    parents = {node: step for node, step in kept.items() if not step.identity and step.place not in covered}
    free = _spare(project, found, plan, kept, parents) if parents else {}
    steps = {_node(step): step for step in plan.steps if step.action == "delete" and not step.reference}
    past = {node: _keys(found, step) for node, step in steps.items() if node in kept and node not in parents}
    held = pointed(project, found, plan, {**free, **past})
    spare = {
        node: by_key(kept[node].key, sorted(rows - held.get(node, set()), key=str))
        for node, rows in free.items()
    }
    apart = {
        node: by_key(kept[node].key, sorted(past[node] - rows, key=str))
        for node, rows in held.items()
        if node in past
    }
    named = {node: condition for node, condition in spare.items() if condition is not None}
    return Rest(named, _loose(project, person, found, plan, covered), apart)


def by_key(key: Sequence[str], rows: Sequence[Row]) -> Condition | None:
    """The condition that names rows by their key; None where one column does not, or there are too many."""
    values = [row[0] for row in rows]
    plain = all(isinstance(one, int | str) for one in values)
    if len(key) != 1 or not plain or not 0 < len(values) <= MOST:
        return None
    return Condition(key[0], tuple(sorted(map(str, values))))


def _node(step: Step) -> Node:
    return step.store, step.table


def _keys(found: Trace, step: Step) -> set[Row]:
    return {row[1:] for row in found.rows(step)}


def _spare(
    project: Project, found: Trace, plan: Plan, kept: Mapping[Node, Step], parents: Mapping[Node, Step]
) -> dict[Node, set[Row]]:
    """By table that stays only to find others by, the rows that no row which stays leads to."""
    going = {_node(step): step for step in plan.steps if step.action != "keep" and not step.reference}
    stay: dict[Node, set[Row]] = {node: set() for node in parents}
    whole: set[Node] = set()  # tables of which nobody can tell which rows are led to
    todo = [
        (node, _keys(found, step) - (_keys(found, going[node]) if node in going else set()))
        for node, step in kept.items()
        if node not in parents and not step.identity
    ]
    while todo:
        node, rows = todo.pop()
        for path in kept[node].paths if rows else ():
            for target, reached in _reached(project, kept[node], path, sorted(rows, key=str)):
                if target not in parents or target in whole:
                    continue
                if reached is None:
                    whole.add(target)
                    todo.append((target, _keys(found, parents[target])))
                elif new := reached - stay[target]:
                    stay[target] |= new
                    todo.append((target, new))
    return {node: _keys(found, step) - stay[node] for node, step in parents.items() if node not in whole}


def _reached(
    project: Project, step: Step, path: Path, rows: Sequence[Row]
) -> Iterator[tuple[Node, set[Row] | None]]:
    """The rows of each table on a path that rows of a step lead to; None where only values or loops lead on."""
    store = step.store
    exact = True
    for place, link in enumerate(path.links, 1):
        exact = exact and not (link.store or link.inside or link.arrow == "~>" or link.table == link.target)
        store = link.store or store
        table = project.map.table(store, link.target)
        if not exact or not table.key:
            yield (store, link.target), None
            continue
        walk = Walk(step.table, path.links[:place], step.key, table.key, upward=True, distinct=True)
        reached: set[Row] = set()
        for start in range(0, len(rows), CHUNK):
            some = rows[start : start + CHUNK]
            near = project.stores[step.store]
            reached |= {row[1:] for row in rowsets.find(near, walk, some, several=step.several)}
        yield (store, link.target), reached


def _loose(
    project: Project, person: Person, found: Trace, plan: Plan, covered: frozenset[str]
) -> frozenset[Node]:
    """The tables of persons that no way of a row which stays leads through, where the person is found without them."""
    if plan.skipped:
        return frozenset()
    kept = {_node(step): step for step in plan.steps if step.action == "keep"}
    needed = {node for node, step in kept.items() if not step.identity or step.place in covered}
    todo = list(needed)
    while todo:
        here = todo.pop()
        for path in kept[here].paths if here in kept else ():
            new = set(through(path, here[0])) - needed
            needed |= new
            todo += new
    loose = frozenset(kept) - needed
    return loose if loose and _known_without(project, person, found, loose) else frozenset()


def _known_without(project: Project, person: Person, found: Trace, loose: frozenset[Node]) -> bool:
    """Whether the other rows that are the person are found where these tables have none."""
    without = replace(project, map=lacking(project.map, loose.__contains__), shapes={})
    again = trace(without, [person], ())
    try:
        again.seek()
    except TrothError:
        return False  # what the request names stands only there
    others = {node: set(rows) for node, rows in found.anchors.rows.items() if rows and node not in loose}
    same = {node: set(rows) for node, rows in again.anchors.rows.items() if rows} == others
    return bool(others) and same and not found.anchors.unasked and not again.anchors.unasked
