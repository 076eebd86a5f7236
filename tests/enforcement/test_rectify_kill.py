"""Kill -9 before and after every single write of a correction over two stores; the end is always the same."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.enforcement.test_kill import in_child, killer
from troth.enforcement.rectify import Correction, rectify, resume
from troth.model.schema import Schema

MAIN = """
create table customers (id integer not null primary key, email varchar(60) not null, name varchar(30), unique (email));
create table tickets (id integer not null primary key, mail varchar(60), author varchar(30));
insert into customers values (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', 'Bob');
insert into tickets values (1, 'Ada@example.org', 'Ada'), (2, 'bob@example.org', 'Ada'), (3, 'ada@example.org', 'Eve')
"""
LOGS = """
create table traffic (id integer not null primary key, mail varchar(60), bytes integer);
insert into traffic values (1, 'ADA@example.org', 5), (2, 'bob@example.org', 6), (3, 'ada@example.org', 7)
"""
MAP = (
    table("main.customers", "subject", email="contact.email", name="contact.name")
    + table(
        "main.tickets", "shared", paths=["tickets.mail ~> customers.email"], mail="contact.email",
        author="contact.name",
    )
    + table("logs.traffic", "owned", paths=["traffic.mail ~> ext:main.customers.email"], mail="contact.email")
)  # fmt: skip
ADA = by(email="ada@example.org")
NEW = [Correction("email", "countess@example.com"), Correction("name", "Ada King")]
END = {
    "main.customers": [("1", "countess@example.com", "Ada King"), ("2", "bob@example.org", "Bob")],
    "main.tickets": [
        ("1", "countess@example.com", "Ada King"), ("2", "bob@example.org", "Ada"), ("3", "countess@example.com", "Eve"),
    ],
    "logs.traffic": [
        ("1", "countess@example.com", "5"), ("2", "bob@example.org", "6"), ("3", "countess@example.com", "7"),
    ],
}  # fmt: skip


def correct(
    folder: Path, urls: dict[str, str], schemas: dict[str, Schema], watch: Callable[[str], None] = scene.quiet
) -> None:
    """Correct the person in this process."""
    with scene.project(folder, urls, MAP, watch=watch, schemas=schemas) as project:
        rectify(project, ADA, NEW, CITED)


def kill_everywhere(folder: Path, fresh: Callable[[Path], dict[str, str]]) -> int:
    """Kill a correction at every write, resume it, and compare; gives the number of kills."""
    (folder / "clean").mkdir()
    urls = fresh(folder / "clean")
    schemas = scene.described(urls)
    before = scene.state(urls, schemas)
    events: list[str] = []
    correct(folder / "clean", urls, schemas, events.append)
    assert scene.state(urls, schemas) == END
    for at, event in enumerate(events):
        place = folder / f"kill{at}"
        place.mkdir()
        shutil.copy(folder / "clean" / "keys.json", place / "keys.json")
        urls = fresh(place)
        assert in_child(partial(correct, place, urls, schemas, killer(at))) == signal.SIGKILL
        killed = scene.state(urls, schemas)
        for store in ("main.", "logs."):
            some = {name: rows for name, rows in killed.items() if name.startswith(store)}
            assert some in (
                {name: before[name] for name in some},
                {name: END[name] for name in some},
            ), event
        with scene.project(place, urls, MAP, schemas=schemas) as project:
            told = [one for one in project.ledger.read() if one.kind == "rectified"]
            assert killed == END or not told, event
            resumed = resume(project)
            if not resumed and killed == before:
                rectify(project, ADA, NEW, CITED)
            told = [one for one in project.ledger.read() if one.kind == "rectified"]
            assert [(one.outcome, dict(one.counts)) for one in told] == [
                ("done", {"cells": 7, "places": 5})
            ], event
            assert project.journal.jobs() == []
        assert scene.state(urls, schemas) == END, event
        shutil.rmtree(place)
    return len(events)


def test_kill_on_two_files(tmp_path: Path) -> None:
    """Two SQLite stores: after any kill each store is before or after, and a resume ends as a run without it."""
    made = tmp_path / "made"
    made.mkdir()
    for name, text in (("main", MAIN), ("logs", LOGS)):
        (made / f"{name}.db").touch()
        scene.run(f"sqlite:///{made / name}.db", text)

    def fresh(place: Path) -> dict[str, str]:
        for name in ("main", "logs"):
            shutil.copy(made / f"{name}.db", place / f"{name}.db")
        return {name: f"sqlite:///{place / name}.db" for name in ("main", "logs")}

    assert kill_everywhere(tmp_path, fresh) > 20


@pytest.mark.slow
def test_kill_on_two_servers(postgres_url: str, mariadb_url: str, tmp_path: Path) -> None:
    """PostgreSQL and MariaDB together: after any kill and a resume, the end is that of a run without it."""
    scene.run(postgres_url, MAIN)
    scene.run(mariadb_url, LOGS)

    def fresh(place: Path) -> dict[str, str]:
        for url, text in ((postgres_url, MAIN), (mariadb_url, LOGS)):
            tables = [part.split()[2] for part in text.split(";") if part.strip().startswith("create table")]
            inserts = [part for part in text.split(";") if part.strip().startswith("insert")]
            scene.run(url, *(f"delete from {name}" for name in reversed(tables)), *inserts)
        return {"main": postgres_url, "logs": mariadb_url}

    assert kill_everywhere(tmp_path, fresh) > 20
