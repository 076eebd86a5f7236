"""Rows that are free to go while others of the person are kept, and to which a row that stays still points: they stay as well.

invoices (kept) ─▶ orders (past)      the order stays until its invoice goes

The database would refuse them, empty the reference of the invoice, or delete the invoice along with its order; and where
no foreign key is declared, the invoice could not be found any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from troth.enforcement.project import Node, Project
from troth.enforcement.search import CHUNK
from troth.enforcement.trace import Trace
from troth.model.datamap import Link
from troth.model.plan import Plan, Step
from troth.plan.tie import ties
from troth.stores.walk import Row, Walk


@dataclass(frozen=True, slots=True)
class _Way:
    """How rows of a table point to rows of another one of the same store."""

    source: Node
    links: tuple[Link, ...]


def pointed(
    project: Project, found: Trace, plan: Plan, goes: Mapping[Node, set[Row]]
) -> dict[Node, set[Row]]:
    """Of rows that go while others are kept, those that have to stay because a row that stays points to them.

    Args:
        project: the stores.
        found: whose rows they are.
        plan: what goes and what is kept.
        goes: by table of which rows are kept, the rows that would go.
    """
    left = {node: set(rows) for node, rows in goes.items()}
    kept = {(step.store, step.table): step for step in plan.steps if step.action == "keep"}
    gone = {
        (step.store, step.table): {row[1:] for row in found.rows(step)}
        for step in plan.steps
        if step.action == "delete" and not step.identity and (step.store, step.table) not in kept
    }
    together = {
        (step.store, step.table): step.key
        for step in plan.steps
        if step.several and (step.store, step.table) in gone
    }
    ways = {node: list(_ways(project, kept, node)) for node in goes}
    changed = True
    while changed:
        changed = False
        for node, rows in left.items():
            for way in ways[node] if rows else ():
                going = left.get(way.source, set()) | gone.get(way.source, set())
                key = together.get(way.source, ())
                if held := _held(project, (way, key), kept[node], rows, going):
                    rows.difference_update(held)
                    changed = True
    return {node: rows - left[node] for node, rows in goes.items() if rows - left[node]}


def _ways(project: Project, kept: Mapping[Node, Step], node: Node) -> Iterator[_Way]:
    """What may point to rows of a table: declared keys that hold a row back or take it along, and the ways of kept rows."""
    nobodys = {(one.store, one.name) for one in project.map.tables if one.role == "none"}
    for tie in ties(project.schemas, nobodys, node):
        along = tie.cascades and tie.source in nobodys
        if tie.source in kept or not (tie.empties or along):
            yield _Way(tie.source, tie.links)
    for source, step in kept.items():
        for path in step.paths if source[0] == node[0] and source != node else ():
            for place, link in enumerate(path.links, 1):
                if link.store or link.inside or link.arrow == "~>":
                    break
                if link.target == node[1]:
                    yield _Way(source, path.links[:place])


def _held(
    project: Project, source: tuple[_Way, tuple[str, ...]], target: Step, rows: set[Row], going: set[Row]
) -> set[Row]:
    """The rows to which one that stays points; the columns that name rows together come with the way."""
    way, together = source
    named_by = together or project.schemas[way.source[0]].relation(way.source[1]).row_key
    key = named_by or way.links[0].columns
    walk = Walk(way.source[1], way.links, target.key, key)
    held: set[Row] = set()
    named = sorted(rows, key=str)
    for start in range(0, len(named), CHUNK):
        some: Sequence[Row] = named[start : start + CHUNK]
        for row in project.stores[way.source[0]].find(walk, some):
            if not named_by or row[1:] not in going:
                held.add(some[int(str(row[0]))])
    return held
