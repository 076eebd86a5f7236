"""References that were emptied along with other rows: after a kill it is looked up which of them lasted, so that none is lost.

The rows that were pointed to are gone by then, so nothing finds these any more but their keys in the journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from troth.enforcement.anchors import number
from troth.enforcement.chunk import NO_STEP, number_of
from troth.enforcement.project import Project
from troth.stores.walk import Row, Walk


def saved(project: Project, job: int) -> list[int]:
    """The numbers of the chunks of such rows that nobody has noted as written."""
    return [chunk for chunk, step, _ in project.journal.pending(job) if step == NO_STEP]


def settle(project: Project, job: int) -> None:
    """Note of such rows, whose writes a kill or a lock stopped, those that were written; the others are found again.

    Args:
        project: the stores and the journal.
        job: the job that is gone on with; nothing of it was written again yet.
    """
    changed: dict[int, dict[int, int]] = {}
    for chunk in saved(project, job):
        rows = project.journal.rows(job, chunk)
        lasted = Counter(number_of(row) for row in _emptied(project, project.journal.place_of(chunk), rows))
        changed[chunk] = {person: lasted[person] for person in {number_of(row) for row in rows}}
    if changed:
        written: dict[int, set[int]] = {chunk: set() for chunk in changed}
        project.write("journal marks", lambda: _mark(project, written, changed))


def _mark(project: Project, written: dict[int, set[int]], changed: dict[int, dict[int, int]]) -> int:
    project.journal.mark(written, changed)
    return len(written)


def _emptied(project: Project, place: str, rows: Sequence[Row]) -> list[Row]:
    """Those of the rows that are there and whose column is NULL."""
    store, _, table = place.partition(".")
    relation = project.schemas[store].relation(table)
    found: list[Row] = []
    for column in sorted({str(row[-1]) for row in rows}):
        some = [row for row in rows if row[-1] == column]
        walk = Walk(table, fixed=relation.row_key, want=(column,))
        cells = project.stores[store].find(walk, [row[1:-1] for row in some])
        found += [some[number(at)] for at, cell in cells if cell is None]
    return found
