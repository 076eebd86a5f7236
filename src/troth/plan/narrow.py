"""Let go of the rows of a table that is kept which nothing keeps: the same steps as without the holds, for those rows only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from troth.model.datamap import Condition, Path
from troth.model.plan import Plan, Step
from troth.model.schema import Schema
from troth.plan.order import Node, ordered
from troth.plan.table import relation_of, through

Free = Mapping[tuple[str, str], Condition]
"""By store and table: the values of one column whose rows are free to go."""
Held = tuple[Collection[str], Free]
"""The tables that a hold covers, `store.table`, and which of their rows it does not."""


def narrowed(
    held: Plan, unheld: Plan, holds: Sequence[Held], spare: Free, schemas: Mapping[str, Schema]
) -> Plan:
    """The plan with holds, and beside each table that is kept the step that takes its free rows.

    A row is free when each hold that covers its table lets it go: its table, or one that it is found by, is in `free`
    and its column holds one of the values. Of a table that no hold covers, and that is kept because rows that stay are
    found by it, those rows go that nothing which stays leads to.

    Args:
        held: the plan with the holds.
        unheld: the plan without them.
        holds: what each hold covers and lets go.
        spare: which rows go of tables that no hold covers.
        schemas: the live schemas by name of store.
    """
    kept = {step.place for step in held.steps if step.action == "keep"}
    extra: list[Step] = []
    for step in unheld.steps:
        if step.place not in kept or step.identity or step.reference or not step.paths:
            continue
        own = [free for places, free in holds if step.place in places]
        here = spare.get((step.store, step.table))
        own = own or ([{(step.store, step.table): here}] if here else [])
        paths = [_freed(path, step.store, own) for path in step.paths]
        if own and all(path is not None for path in paths):
            freed = tuple(path for path in paths if path is not None)
            extra.append(replace(step, paths=freed, key=_telling(step, freed, schemas)))
    # Before everything that is kept or is the person, in the order they have among themselves.
    goes = [step for step in held.steps if step.action != "keep" and not step.identity]
    rest = [step for step in held.steps if step not in goes]
    order = {_named(step): number for number, step in enumerate(unheld.steps)}
    steps = sorted([*goes, *extra], key=lambda step: order.get(_named(step), -1))
    steps, circle = _sequence(steps, {(step.store, step.table) for step in extra}, schemas)
    return replace(held, steps=(*steps, *rest), deferred=held.deferred or unheld.deferred or circle)


def _sequence(
    steps: Sequence[Step], extra: Collection[Node], schemas: Mapping[str, Schema]
) -> tuple[list[Step], bool]:
    """The steps with rows before the rows they point to: where a table is kept, no step empties its references before.

    Args:
        steps: in the order they have without the holds.
        extra: the tables of which rows are kept.
        schemas: the live schemas by name of store.
    """
    own = {(step.store, step.table): step for step in steps if not step.reference}
    # Without the holds a table that comes before what it points to had to; any other has its references emptied before.
    at = {node: number for number, node in enumerate(own)}
    needs: dict[Node, frozenset[Node]] = {}
    for node in own:
        relation = relation_of(schemas, *node)
        targets = {(node[0], one.relation) for one in (relation.foreign if relation else ())}
        needs[node] = frozenset(
            one
            for one in targets & own.keys() - {node}
            if node in extra or one in extra or at[node] < at[one]
        )
    if all(at[node] < at[one] for node, some in needs.items() for one in some):
        return list(steps), False
    ways = {
        node: {one for path in step.paths for one in through(path, node[0])} for node, step in own.items()
    }
    nodes, circle = ordered(own, needs, {node: frozenset(some & own.keys()) for node, some in ways.items()})
    found: list[Step] = []
    for node in nodes:
        before = [step for step in steps if step.reference and _leads_to(step, node)]
        found += [step for step in before if step not in found] + [own[node]]
    return [*(step for step in steps if step not in found), *found], circle


def _leads_to(step: Step, node: Node) -> bool:
    """Whether a step empties a reference to a table by which the table itself leads on: it comes right before it."""
    link = step.paths[0].links[0]
    return (step.store, step.table) == node and link.target == node[1] and link.store in {"", node[0]}


def _named(step: Step) -> tuple[str, bool, tuple[str, ...]]:
    return (
        step.place,
        step.reference,
        tuple(change.column for change in step.changes) if step.reference else (),
    )


def _telling(step: Step, paths: Sequence[Path], schemas: Mapping[str, Schema]) -> tuple[str, ...]:
    """The key of a step; where it names rows together, with what tells those that are free from those that are not."""
    relation = relation_of(schemas, step.store, step.table)
    if not step.several or relation is None:
        return step.key
    near = [one.column for path in paths for one in path.links[0].conditions]
    return tuple(dict.fromkeys((*step.key, *(name for name in near if relation.field(name)))))


def _freed(path: Path, store: str, holds: Sequence[Free]) -> Path | None:
    """The path for rows that all of these let go; None where one of them tells no free rows on it."""
    found: Path | None = path
    for free in holds:
        found = _conditioned(found, store, free) if found is not None else None
    return found


def _conditioned(path: Path, store: str, free: Free) -> Path | None:
    """The path for free rows only; None where it leads through no table that tells free rows from others."""
    links = []
    found = False
    for link in path.links:
        condition = free.get((store, link.table))
        if condition is not None and not found:
            found = True
            if condition not in link.conditions:
                link = replace(link, conditions=(*link.conditions, condition))  # noqa: PLW2901 - the same link, narrower
        links.append(link)
        store = link.store or store
    return replace(path, links=tuple(links)) if found else None
