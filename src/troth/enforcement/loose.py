"""References that are emptied because the row they point to goes: only of rows whose target really goes.

The row that is pointed to may be somebody else's as well. Then it is separated and stays, and what points to it stays too.
"""

from __future__ import annotations

from troth.enforcement import rowsets
from troth.enforcement.anchors import number
from troth.enforcement.project import Project
from troth.enforcement.trace import Found, Trace
from troth.model.datamap import Link
from troth.model.plan import Plan, Step
from troth.stores.walk import Row, Walk

_ASKED = 5_000  # rows whose targets are looked up at a time


def leaving(project: Project, trace: Trace, plan: Plan, step: Step, rows: set[Found]) -> set[Found]:
    """The rows of a reference whose target is deleted.

    Args:
        project: the stores.
        trace: whose rows they are.
        plan: the plan of the step.
        step: it empties a reference.
        rows: what its paths lead from; never more than these are given.
    """
    links, target = _target(plan, step)
    if target is None or not _doubtful(links, target):
        return rows
    keys = sorted({row[1:] for row in rows}, key=str)
    going: set[Row] = set()
    for start in range(0, len(keys), _ASKED):
        going |= _going(project, trace, (step, links, target), keys[start : start + _ASKED])
    return {row for row in rows if row[1:] in going}


def _target(plan: Plan, step: Step) -> tuple[tuple[Link, ...], Step | None]:
    """The links of a reference up to the row that goes, and the step that deletes it."""
    deleting = {(one.store, one.table): one for one in plan.steps if one.action == "delete" or one.pins}
    links: list[Link] = []
    for link in step.paths[0].links:
        if link.store or link.inside or link.arrow == "~>":
            break
        links.append(link)
        if found := deleting.get((step.store, link.target)):
            return tuple(links), found
    return (), None


def _doubtful(links: tuple[Link, ...], target: Step) -> bool:
    """Whether a row that the paths lead to may stay: it can be two people's, or is met more than one step away."""
    return bool(target.paths) and (not target.exclusive or any(link.table == link.target for link in links))


def _going(
    project: Project, trace: Trace, way: tuple[Step, tuple[Link, ...], Step], keys: list[Row]
) -> set[Row]:
    """The keys among these whose row points to a row that goes."""
    step, links, target = way
    store, first = project.stores[step.store], links[0]
    pointing: dict[Row, list[Row]] = {}
    named = Walk(step.table, fixed=step.key, want=first.columns, distinct=step.several)
    for row in rowsets.find(store, named, keys, several=step.several):
        if None not in row[1:]:
            pointing.setdefault(row[1:], []).append(keys[number(row[0])])
    values = list(pointing)
    walk = Walk(first.target, links[1:], first.target_columns, target.key, upward=True, distinct=True)
    sources: dict[Row, list[Row]] = {}
    for row in store.find(walk, values):
        sources.setdefault(row[1:], []).extend(pointing[values[number(row[0])]])
    targets = list(sources)
    foreign, ours, _ = trace.owners(target, targets)
    persons = trace.anchors.keys((target.store, target.table)) if target.identity else ()
    mine = set().union(*ours.values())
    return {
        key
        for place, row in enumerate(targets)
        if place not in foreign and (place in mine or row in persons)
        for key in sources[row]
    }
