"""How old the oldest row of each table is, against the limit that the policy gives its data; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from troth.enforcement.columns import stream
from troth.enforcement.project import Project
from troth.model.sweep import Clause, Every, Past, Sweep, SweepPlan

_MASKED = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Oldest:
    """The oldest row of a table.

    Attributes:
        place: `store.table`.
        column: the clock of the row.
        moment: the earliest value in it, UTC; None where no row has one.
        limit: what began before is past its period, UTC.
        rule: the rule that gives the limit.
        alone: the age alone decides; otherwise something else may keep such a row.
    """

    place: str
    column: str
    moment: datetime | None
    limit: datetime
    rule: str
    alone: bool


def ages(project: Project, plan: SweepPlan) -> tuple[Oldest, ...]:
    """The oldest row of every table whose rows are deleted by the age in a column of their own, by place.

    Args:
        project: the open stores.
        plan: what retention asks for now.

    Raises:
        TrothError: a table can not be read any more.
    """
    best: dict[str, tuple[Sweep, Past, bool]] = {}
    for sweep in plan.sweeps:
        found = _own(sweep) if sweep.action == "delete" else None
        if found is not None:
            known = best.get(sweep.place)
            if known is None or (found[1], found[0].before) > (known[2], known[1].before):
                best[sweep.place] = (sweep, *found)
    return tuple(
        Oldest(
            place, past.column, oldest(project, sweep.store, sweep.table, past.column),
            datetime.fromisoformat(past.before), sweep.rule, alone,
        )
        for place, (sweep, past, alone) in sorted(best.items())
    )  # fmt: skip


def oldest(project: Project, store: str, table: str, column: str) -> datetime | None:
    """The earliest moment in a column, UTC; None where it holds none. A moment without a zone counts as UTC.

    The first day of 1970 is what a mask leaves in a column that can not be empty, and is no moment of anybody.

    Raises:
        TrothError: the table can not be read any more.
    """
    least = ""
    for (value,) in stream(project, store, table, [column]):
        text = value if isinstance(value, str) else ""
        if text and (not least or text < least) and not text.startswith(_MASKED):
            least = text
    try:
        moment = datetime.fromisoformat(least)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _own(sweep: Sweep) -> tuple[Past, bool] | None:
    """The age in a column of the row itself that its deletion waits for, the longest; and whether that is all."""
    parts = tuple(_parts(sweep.due))
    own = [one for one in parts if isinstance(one, Past) and not one.way]
    if not own:
        return None
    return min(own, key=lambda one: one.before), len(own) == len(parts)


def _parts(clause: Clause) -> Iterator[Clause]:
    if isinstance(clause, Every):
        for part in clause.parts:
            yield from _parts(part)
    else:
        yield clause
