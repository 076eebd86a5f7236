"""Let go of the rows of a held table that no hold covers: the same steps as without the hold, for those rows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from troth.model.datamap import Condition, Path
from troth.model.plan import Plan, Step

Free = Mapping[tuple[str, str], Condition]
"""By store and table: the values of one column whose rows are free to go."""


def narrowed(held: Plan, unheld: Plan, free: Free) -> Plan:
    """The plan with holds, and beside each table that is kept the step that takes its free rows.

    A row is free when its table, or the table it is found by, is in `free` and its column holds one of the values.

    Args:
        held: the plan with the holds.
        unheld: the plan without them.
        free: which rows of which held tables may go.
    """
    kept = {step.place for step in held.steps if step.action == "keep"}
    extra: list[Step] = []
    for step in unheld.steps:
        if step.place not in kept or step.identity or step.reference or not step.paths:
            continue
        paths = [_conditioned(path, step.store, free) for path in step.paths]
        if all(path is not None for path in paths):
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


def _conditioned(path: Path, store: str, free: Free) -> Path | None:
    """The path for free rows only; None where it leads through no table that tells free rows from others."""
    links = []
    found = False
    for link in path.links:
        condition = free.get((store, link.table))
        if condition is not None and not found:
            found = True
            link = replace(link, conditions=(*link.conditions, condition))  # noqa: PLW2901 - the same link, narrower
        links.append(link)
        store = link.store or store
    return replace(path, links=tuple(links)) if found else None
