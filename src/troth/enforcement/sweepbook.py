"""What a sweep has done so far, in the journal: numbers and names only, never a key of a row.

A sweep finds its rows by what they hold, so a kill loses nothing but the count of its last chunks; the number of rows
that a step began with is saved before its first chunk, and what is gone after a kill is counted as done.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from troth.enforcement.journal import Journal
from troth.evidence.ledger import Run

_TABLE = """
create table if not exists sweep_job (
    id {number}, state text not null, created text not null, start {int} not null,
    digest text not null, plan text not null, progress text not null default '{{}}')
"""


@dataclass(slots=True)
class Progress:
    """How far a sweep is.

    Attributes:
        step: number of the step in the plan.
        base: rows that were free to go when the step began; -1 before it has begun.
        part: the partition that is being dropped, empty for none; `rows`: the rows in it; `late`: those overdue.
        unlike: rows that look like too few others and are about to go; -1 for none.
        counts: by number of a step, rows by what happened to them.
        left: by number of a step, why rows were left.
        gone: tables that were dropped whole.
        views: views that keep copies of rows which are gone, `store.view`; the next sweep tries them again.
    """

    step: int = 0
    base: int = -1
    part: str = ""
    rows: int = 0
    late: int = 0
    unlike: int = -1
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)

    def add(self, what: str, rows: int) -> None:
        """Count rows of the present step."""
        some = self.counts.setdefault(str(self.step), {})
        some[what] = some.get(what, 0) + rows

    def count(self, what: str) -> int:
        """Rows of the present step that something happened to."""
        return self.counts.get(str(self.step), {}).get(what, 0)


@dataclass(frozen=True, slots=True)
class SweepJob:
    """A sweep under way: its number, the size of the ledger when it began, its plan as JSON, and its progress."""

    id: int
    start: int
    plan: dict[str, Any]
    progress: Progress


class SweepBook:
    """The sweeps in a journal.

    Args:
        journal: where they stand, beside the requests of people.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        journal.make(_TABLE)

    def start(self, created: str, start: int, digest: str, plan: dict[str, Any]) -> int:
        """A new sweep; durable when it returns."""
        rows = self._run(
            "insert into sweep_job (state, created, start, digest, plan) values ('open', ?, ?, ?, ?) returning id",
            (created, start, digest, json.dumps(plan)),
        )
        return int(rows[0][0])

    def open(self) -> list[SweepJob]:
        """The sweeps that a kill or an error left open, oldest first."""
        rows = self._journal.query(
            "select id, start, plan, progress from sweep_job where state = 'open' order by id"
        )
        return [
            SweepJob(number, start, json.loads(plan), Progress(**json.loads(progress)))
            for number, start, plan, progress in rows
        ]

    def save(self, job: int, progress: Progress, *, lasting: bool) -> int:
        """Save how far a sweep is; durable when it returns, or with the next thing that has to be.

        Args:
            job: its number.
            progress: how far it is.
            lasting: False where nothing is lost if a power cut takes it back, because it is found out again.
        """
        said = {name: getattr(progress, name) for name in Progress.__slots__}
        write = self._journal.write if lasting else self._journal.hasten
        write(lambda run: run("update sweep_job set progress = ? where id = ?", (json.dumps(said), job)))
        return 1

    def stale(self, job: int) -> frozenset[str]:
        """The views that the sweep before this one could not fill again, `store.view`."""
        sql = "select progress from sweep_job where id < ? order by id desc limit 1"
        rows = self._journal.query(sql, (job,))
        return frozenset(json.loads(rows[0][0]).get("views", ())) if rows else frozenset()

    def finish(self, job: int) -> int:
        """Note that a sweep is over and told."""
        self._run("update sweep_job set state = 'done' where id = ?", (job,))
        return 1

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        def work(run: Run) -> list[tuple[Any, ...]]:
            return run(sql, values)

        return self._journal.write(work)
