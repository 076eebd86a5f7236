"""Kill -9 before and after every single write of an erasure over two stores; the end is always the same."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.model.outcome import Person

MAIN = """
create table customers (id integer not null primary key, email varchar(100) not null, name varchar(50), address_id integer);
create table addresses (id integer not null primary key, customer_id integer not null, street varchar(50),
  foreign key (customer_id) references customers (id));
create table tickets (id integer not null primary key, mail varchar(100), subject varchar(40));
create table posts (id integer not null primary key, author integer, reader integer, body varchar(60));
create table profiles (id integer not null primary key, customer_id integer not null, nick varchar(40) not null,
  foreign key (customer_id) references customers (id), unique (nick));
insert into customers values (1, 'ada@example.org', 'Ada', 1), (2, 'bob@example.org', 'Bob', 2),
  (3, 'cleo@example.org', 'Cleo', 3);
insert into addresses values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c');
insert into tickets values (1, 'Ada@example.org', 'help'), (2, 'bob@example.org', 'help'), (3, 'cleo@example.org', 'x');
insert into posts values (1, 1, 2, 'by ada@example.org'), (2, 1, 1, 'mine'), (3, 2, 3, 'theirs'), (4, 3, 1, 'for ada');
insert into profiles values (1, 1, 'ada'), (2, 2, 'bob')
"""
LOGS = """
create table visits (id integer not null primary key, ticket_id integer, page varchar(40));
create table traffic (id integer not null primary key, mail varchar(100), bytes integer);
insert into visits values (1, 1, '/a'), (2, 1, '/b'), (3, 2, '/c'), (4, 3, '/d');
insert into traffic values (1, 'ADA@EXAMPLE.ORG', 5), (2, 'bob@example.org', 6), (3, 'ada@example.org', 7)
"""
MAP = (
    table("main.customers", "subject", email="contact.email/token", name="contact.name/null")
    + table("main.addresses", "owned", paths=["addresses.customer_id -> customers.id"], street="contact.address")
    + table(
        "main.tickets", "shared", paths=["tickets.mail ~> customers.email"],
        mail="contact.email/null", subject="message/empty",
    )
    + table(
        "main.posts", "owned",
        paths=["posts.author => customers.id", "posts.reader => customers.id"], body="message",
    )
    + table("main.profiles", "shared", paths=["profiles.customer_id -> customers.id"], nick="ident.username/token")
    + table(
        "logs.visits", "owned",
        paths=["visits.ticket_id => ext:main.tickets.id ; tickets.mail ~> customers.email"], page="web",
    )
    + table("logs.traffic", "owned", paths=["traffic.mail ~> ext:main.customers.email"], mail="contact.email")
)  # fmt: skip
ADA = by(email="ada@example.org")
OTHERS = {
    "main.customers": (1, "2 3"), "main.addresses": (1, "2 3"), "main.tickets": (0, "2 3"), "logs.visits": (0, "3 4"),
    "main.posts": (0, "3"), "logs.traffic": (0, "2"), "main.profiles": (0, "2"),
}  # fmt: skip


def in_child(work: Callable[[], None]) -> int:
    """Run work in a process of its own and give the signal that ended it, 0 for none."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the child failed"
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def killer(at: int) -> Callable[[str], None]:
    """Something that watches writes and kills its process at one of them."""
    left = at

    def watch(event: str) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    return watch


def erasing(folder: Path, urls: dict[str, str], watch: Callable[[str], None], people: list[Person]) -> None:
    """Erase people in this process."""
    with scene.project(folder, urls, MAP, watch=watch) as project:
        erase(project, people, plan_erasure(project, CITED))


def untouched(
    before: dict[str, list[tuple[object, ...]]], after: dict[str, list[tuple[object, ...]]]
) -> None:
    """Check that rows of others are as they were."""
    for place, (_, keys) in OTHERS.items():
        for key in keys.split():
            assert [row for row in after[place] if row[0] == key] == [
                row for row in before[place] if row[0] == key
            ]


def kill_everywhere(folder: Path, fresh: Callable[[Path], dict[str, str]], people: list[Person]) -> int:
    """Kill an erasure at every write, resume it, and compare; gives the number of kills."""
    clean = folder / "clean"
    clean.mkdir()
    urls = fresh(clean)
    before = scene.state(urls)
    events: list[str] = []
    erasing(clean, urls, events.append, people)
    end = scene.state(urls)
    untouched(before, end)
    for at in range(len(events)):
        place = folder / f"kill{at}"
        place.mkdir()
        shutil.copy(clean / "keys.json", place / "keys.json")
        urls = fresh(place)
        assert in_child(partial(erasing, place, urls, killer(at), people)) == signal.SIGKILL
        killed = scene.state(urls)
        untouched(before, killed)
        with scene.project(place, urls, MAP) as project:
            told = [one.outcome for one in project.ledger.read() if one.kind == "erased"]
            assert not told or killed == end, events[at]
            resume(project)
            if not any(one.kind == "erased" for one in project.ledger.read()):
                erase(project, people, plan_erasure(project, CITED))
            erased = [one for one in project.ledger.read() if one.kind == "erased"]
            assert [(one.outcome, dict(one.counts)) for one in erased] == [("done", COUNTS)] * len(people), (
                events[at]
            )
            steps = [(one.object, dict(one.counts)) for one in project.ledger.read() if one.kind == "step"]
            assert len(steps) == len({step[0] for step in steps}), events[at]
            assert project.journal.jobs() == []
        assert scene.state(urls) == end, events[at]
        shutil.rmtree(place)
    return len(events)


COUNTS = {"deleted": 6, "masked": 3, "separated": 2}


def test_kill_on_two_files(tmp_path: Path) -> None:
    """Two SQLite stores: after any kill and a resume, the same rows are left as without it."""
    made = tmp_path / "made"
    made.mkdir()
    for name, text in (("main", MAIN), ("logs", LOGS)):
        (made / f"{name}.db").touch()
        scene.run(f"sqlite:///{made / name}.db", text)

    def fresh(place: Path) -> dict[str, str]:
        for name in ("main", "logs"):
            shutil.copy(made / f"{name}.db", place / f"{name}.db")
        return {name: f"sqlite:///{place / name}.db" for name in ("main", "logs")}

    assert kill_everywhere(tmp_path, fresh, [ADA]) > 40


@pytest.mark.slow
def test_kill_on_two_servers(postgres_url: str, mariadb_url: str, tmp_path: Path) -> None:
    """PostgreSQL and MariaDB together: after any kill and a resume, the same rows are left as without it."""
    scene.run(postgres_url, MAIN)
    scene.run(mariadb_url, LOGS)

    def fresh(place: Path) -> dict[str, str]:
        for url, text in ((postgres_url, MAIN), (mariadb_url, LOGS)):
            tables = [part.split()[2] for part in text.split(";") if part.strip().startswith("create table")]
            inserts = [part for part in text.split(";") if part.strip().startswith("insert")]
            scene.run(url, *(f"delete from {name}" for name in reversed(tables)), *inserts)
        return {"main": postgres_url, "logs": mariadb_url}

    assert kill_everywhere(tmp_path, fresh, [ADA]) > 40
