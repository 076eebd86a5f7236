"""The columns of an application that follow a choice: what is written, and in which rows."""

from __future__ import annotations

from troth.enforcement.alter import Alter
from troth.enforcement.anchors import number
from troth.enforcement.project import Project
from troth.enforcement.search import CHUNK
from troth.enforcement.trace import Trace
from troth.model.mark import NO, YES
from troth.model.outcome import Reason
from troth.model.plan import Step
from troth.plan.marks import NOW, Marking
from troth.stores.walk import Row, Walk


def alter_of(project: Project, one: Marking) -> Alter:
    """The change of a column that follows a choice."""
    step, value = one.step, one.value
    if value == NOW and one.kind in {"time", "date"}:
        moment = project.clock()
        value = moment.date().isoformat() if one.kind == "date" else moment.strftime("%Y-%m-%d %H:%M:%S")
    return Alter(step.store, step.table, step.key, step.columns[0], value, None, what="marked")


def differing(project: Project, one: Marking, keys: tuple[Row, ...]) -> tuple[Row, ...]:
    """Of some rows those in which a mark does not stand as it should."""
    if not keys:
        return ()
    step = one.step
    walk = Walk(step.table, (), step.key, (step.columns[0],), upward=True)
    cells = project.stores[step.store].find(walk, keys, list(range(len(keys))))
    return tuple(keys[number(place)] for place, cell, *_ in cells if not _stands(cell, one.value))


def _stands(cell: object, value: str | int | None) -> bool:
    if value is None or cell is None:
        return value is cell
    if isinstance(value, int):
        return str(cell).lower() in (YES if value else NO)
    return value == NOW or str(cell) == value


def own_rows(found: Trace, step: Step, reasons: list[Reason]) -> tuple[Row, ...]:
    """The rows of a step that are the person's alone; the others are named."""
    keys = sorted({row[1:] for row in found.rows(step)}, key=str)
    if step.exclusive or not step.paths:
        return tuple(keys)
    own: list[Row] = []
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        foreign = found.owners(step, some)[0]
        own += [key for place, key in enumerate(some) if place not in foreign]
    if len(own) < len(keys):
        reasons.append(Reason(f"{step.place}.{step.columns[0]}", "rows are shared with another person"))
    return tuple(own)
