"""Kill -9 before and after every single write of a sweep; the end and its evidence are always the same."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.test_kill import in_child
from tests.retention import shop
from troth.enforcement.project import Project
from troth.enforcement.sweep import resume, sweep
from troth.model.schema import Schema

ROWS = """
insert into customers values (1, 'ada@example.org', 'Ada', 'x', '2020-01-01 00:00:00'),
  (2, 'bob@example.org', 'Bob', 'y', null), (3, 'cleo@example.org', 'Cleo', 'z', '2026-11-01 00:00:00'),
  (4, 'dan@example.org', 'Dan', 'q', '2024-01-01 00:00:00'), (5, 'eve@example.org', 'Eve', 'r', '2020-01-01 00:00:00');
insert into orders values (1, 1, 10, 'a', '2023-11-21 23:59:59'), (2, 1, 10, 'a', '2023-11-22 00:00:00'),
  (3, 2, 5, 'b', '2020-01-01 00:00:00'), (4, 3, 5, 'b', '2019-01-01 00:00:00'), (5, 4, 1, 'c', null);
insert into disputes values (1, 4, 'open'), (2, 3, 'closed');
insert into samples values (1, 1, '10.1.2.3', 100, 'x', '2025-01-05 01:02:03'),
  (2, 1, '10.1.2.99', 50, 'x', '2025-01-06 00:00:00'), (3, 2, '10.1.2.7', 7, 'y', '2025-01-06 00:00:00'),
  (4, 2, '10.9.9.9', 8, 'y', '2025-01-06 00:00:00'), (5, 2, '2001:db8:1:2::5', 8, 'y', '2026-11-06 00:00:00');
insert into tickets values (1, 1, 'help', '2025-01-01 00:00:00'), (1, 2, 'help', '2026-01-01 00:00:00'), (2, 1, 'x', null)
"""
TABLES = ("orders", "disputes", "samples", "tickets", "customers")


def refill(url: str) -> None:
    """The rows of the shop in place of what was there."""
    scene.run(url, *(f"delete from {name}" for name in TABLES), ROWS)


class Fuse:
    """Kills the process when the event of a number comes; without a number it only listens."""

    def __init__(self, number: int = -1) -> None:
        self.number = number
        self.heard: list[str] = []

    def __call__(self, event: str) -> None:
        """Hear an event."""
        if len(self.heard) == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
        self.heard.append(event)


def state(url: str, schemas: dict[str, Schema]) -> dict[str, list[tuple[str, ...]]]:
    """All rows, random texts without their letters."""
    found = scene.state({"main": url}, schemas)
    return {
        name: sorted(tuple("~" if cell.startswith("~") else cell for cell in row) for row in rows)
        for name, rows in found.items()
    }


def proof(project: Project) -> list[tuple[object, ...]]:
    """What the evidence says, without its numbers."""
    return [
        (entry.kind, entry.object, tuple(sorted(entry.counts.items())), entry.outcome, str(entry.detail))
        for entry in project.ledger.read(0)
    ]


def in_project(
    folder: Path, url: str, schemas: dict[str, Schema], watch: Callable[[str], None], *, again: bool = False
) -> list[tuple[object, ...]]:
    """Sweep, or go on with it, and give the evidence."""
    with scene.project(folder, {"main": url}, shop.MAP, watch=watch, schemas=schemas) as project:
        if again:
            resume(project)
        else:
            sweep(project, shop.plan(project))
        return proof(project)


def chosen(heard: list[str], *, every: bool) -> list[int]:
    """The events to be killed at: all, or the first of each name where a server makes each try slow."""
    return (
        list(range(len(heard)))
        if every
        else sorted({event: n for n, event in reversed(list(enumerate(heard)))}.values())
    )


def test_killed_at_every_write(url: str, tmp_path: Path) -> None:
    """Whenever a sweep is killed, going on leads to the same rows and the same evidence, each entry once."""
    scene.run(url, shop.tables(url))
    schemas = scene.described({"main": url})
    refill(url)
    fuse = Fuse()
    folder = tmp_path / "whole"
    folder.mkdir()
    wanted = in_project(folder, url, schemas, fuse)
    end = state(url, schemas)
    assert len(fuse.heard) > 30
    for number in chosen(fuse.heard, every=url.startswith("sqlite")):
        refill(url)
        folder = tmp_path / "killed"
        folder.mkdir()

        def killed(folder: Path = folder, number: int = number) -> None:
            in_project(folder, url, schemas, Fuse(number))

        assert in_child(killed) == signal.SIGKILL
        found = in_project(folder, url, schemas, scene.quiet, again=True)
        if not found:  # nothing had begun, so nothing is open
            found = in_project(folder, url, schemas, scene.quiet)
        assert state(url, schemas) == end, number
        assert found == wanted, number
        shutil.rmtree(folder)


def test_a_new_sweep_finishes_the_old_one(tmp_path: Path) -> None:
    """A sweep that was killed is finished and told before the next one begins."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, shop.tables(url))
    schemas = scene.described({"main": url})
    refill(url)

    def killed() -> None:
        in_project(tmp_path, url, schemas, Fuse(9))

    assert in_child(killed) == signal.SIGKILL
    found = in_project(tmp_path, url, schemas, scene.quiet)
    assert [one[0] for one in found].count("plan") == 2
    assert sum(dict(one[2]).get("deleted", 0) for one in found if one[1] == "main.tickets") == 1  # type: ignore[call-overload]
