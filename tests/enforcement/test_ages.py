"""The oldest row of a table, on every engine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.enforcement import scene
from troth.enforcement.ages import Oldest, ages, oldest
from troth.model.sweep import Every, Hop, Past, Sweep, SweepPlan

LIMIT = "2026-01-01T00:00:00.000000Z"
MAP = scene.table("main.visit", "subject", id="ident.id/keep")


def made(url: str, *moments: str) -> None:
    """A table of visits at these moments."""
    scene.run(url, "create table visit (id integer not null primary key, at timestamp null, day date null)")
    for number, moment in enumerate(moments):
        scene.run(url, f"insert into visit values ({number}, {moment}, null)")


def test_oldest(url: str, tmp_path: Path) -> None:
    """The earliest moment counts; empty cells and what a mask left there do not, and an empty column has none."""
    made(url, "'2026-03-01 10:00:00'", "null", "'2025-12-24 18:30:00'", "'1970-01-01 12:00:00'")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert oldest(project, "main", "visit", "at") == datetime(2025, 12, 24, 18, 30, tzinfo=UTC)
        assert oldest(project, "main", "visit", "day") is None


def test_which_tables(url: str, tmp_path: Path) -> None:
    """A table is shown where its rows are deleted by their own age; what another row decides as well is said."""
    made(url, "'2026-03-01 10:00:00'")
    own, other = Past((), "at", LIMIT), Past((Hop("people", (("id", "id"),)),), "closed", LIMIT)

    def sweep(table: str, action: str, *parts: Past) -> Sweep:
        due = Every(parts)
        return Sweep(
            "main",
            table,
            ("id",),
            "alter" if action == "alter" else "delete",
            due,
            due,
            rule=f"r/{len(parts)}",
        )

    plan = SweepPlan(
        (sweep("visit", "delete", own, other), sweep("visit", "delete", own), sweep("visit", "alter", own))
    )
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        found = ages(project, plan)
        moment = datetime(2026, 3, 1, 10, tzinfo=UTC)
        assert found == (Oldest("main.visit", "at", moment, datetime(2026, 1, 1, tzinfo=UTC), "r/1", True),)
        (waiting,) = ages(project, SweepPlan(plan.sweeps[:1]))
        assert not waiting.alone
        assert ages(project, SweepPlan((sweep("visit", "delete", other), plan.sweeps[2]))) == ()
