"""Let go of the rows of a table that is kept which nothing keeps: the same steps as without the holds, for those rows only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from troth.model.datamap import Condition, Path
from troth.model.plan import Plan, Step

Free = Mapping[tuple[str, str], Condition]
"""By store and table: the values of one column whose rows are free to go."""
Held = tuple[Collection[str], Free]
"""The tables that a hold covers, `store.table`, and which of their rows it does not."""


def narrowed(held: Plan, unheld: Plan, holds: Sequence[Held], spare: Free) -> Plan:
    """The plan with holds, and beside each table that is kept the step that takes its free rows.

    A row is free when each hold that covers its table lets it go: its table, or one that it is found by, is in `free`
    and its column holds one of the values. Of a table that no hold covers, and that is kept because rows that stay are
    found by it, those rows go that nothing which stays leads to.

    Args:
        held: the plan with the holds.
        unheld: the plan without them.
        holds: what each hold covers and lets go.
        spare: which rows go of tables that no hold covers.
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
            extra.append(replace(step, paths=tuple(path for path in paths if path is not None)))
    # Before everything that is kept or is the person, in the order they have among themselves.
    goes = [step for step in held.steps if step.action != "keep" and not step.identity]
    rest = [step for step in held.steps if step not in goes]
    order = {_named(step): number for number, step in enumerate(unheld.steps)}
    steps = sorted([*goes, *extra], key=lambda step: order.get(_named(step), -1))
    return replace(held, steps=(*steps, *rest), deferred=held.deferred or unheld.deferred)


def _named(step: Step) -> tuple[str, bool, tuple[str, ...]]:
    return (
        step.place,
        step.reference,
        tuple(change.column for change in step.changes) if step.reference else (),
    )


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
