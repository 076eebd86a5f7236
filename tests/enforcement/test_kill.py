"""Kill -9 before and after every single write of an erasure over two stores; the end is always the same."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.enforcement.project import Project
from troth.model.outcome import Person
from troth.model.schema import Schema

MAIN = """
create table customers (id integer not null primary key, email varchar(100) not null, name varchar(50), address_id integer);
create table addresses (id integer not null primary key, customer_id integer not null, street varchar(50),
  foreign key (customer_id) references customers (id));
create table tickets (id integer not null primary key, mail varchar(100), subject varchar(40));
create table posts (id integer not null primary key, author integer, reader integer, body varchar(60));
create table profiles (id integer not null primary key, customer_id integer not null, nick varchar(40) not null,
  foreign key (customer_id) references customers (id), unique (nick));
create table follows (follower integer not null, followed integer not null,
  foreign key (follower) references customers (id), foreign key (followed) references customers (id));
create table likes (customer_id integer, post integer);
create table watchers (customer_id integer, nick varchar(40));
create table copies (receivers varchar(90), page varchar(40));
insert into customers values (1, 'ada@example.org', 'Ada', 1), (2, 'bob@example.org', 'Bob', 2),
  (3, 'cleo@example.org', 'Cleo', 3);
insert into addresses values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c');
insert into tickets values (1, 'Ada@example.org', 'help'), (2, 'bob@example.org', 'help'), (3, 'cleo@example.org', 'x');
insert into posts values (1, 1, 2, 'by ada@example.org'), (2, 1, 1, 'mine'), (3, 2, 3, 'theirs'), (4, 3, 1, 'for ada');
insert into profiles values (1, 1, 'ada'), (2, 2, 'bob');
insert into follows values (1, 2), (3, 1), (2, 3), (1, 2);
insert into likes values (1, 1), (1, 1), (2, 1), (null, 1);
insert into watchers values (1, 'adi'), (1, 'adi'), (2, 'bo');
insert into copies values ('ada@example.org', 'a'), ('Ada@example.org,bob@example.org', 'ada@example.org'),
  ('Ada@example.org,bob@example.org', 'b'), ('cleo@example.org', 'c')
"""
LOGS = """
create table visits (id integer not null primary key, ticket_id integer, page varchar(40));
create table traffic (id integer not null primary key, mail varchar(100), bytes integer);
create table hits (mail varchar(100), visitor integer, page varchar(40));
insert into visits values (1, 1, '/a'), (2, 1, '/b'), (3, 2, '/c'), (4, 3, '/d');
insert into traffic values (1, 'ADA@EXAMPLE.ORG', 5), (2, 'bob@example.org', 6), (3, 'ada@example.org', 7);
insert into hits values ('Ada@example.org', null, '/a'), ('ada@example.org', 1, '/b'), ('ada@example.org', 2, '/c'),
  (null, 1, '/d'), ('bob@example.org', 2, '/e'), (null, null, '/f')
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
    + table(
        "main.follows", "owned", key=[],
        paths=["follows.follower -> customers.id", "follows.followed -> customers.id"],
    )
    + table(
        "main.watchers", "shared", key=[], paths=["watchers.customer_id => customers.id"], nick="ident.username/null"
    )
    + table("main.likes", "owned", key=[], paths=["likes.customer_id => customers.id"])
    + table(
        "main.copies", "owned", key=[], paths=["copies.receivers ~> customers.email [inside array]"],
        receivers="contact.email", page="web",
    )
    + table(
        "logs.hits", "owned", key=[],
        paths=["hits.mail ~> ext:main.customers.email", "hits.visitor => ext:main.customers.id"], mail="contact.email",
    )
)  # fmt: skip
ADA = by(email="ada@example.org")
OTHERS = {
    "main.customers": (1, "2 3"), "main.addresses": (1, "2 3"), "main.tickets": (0, "2 3"), "logs.visits": (0, "3 4"),
    "main.posts": (0, "3"), "logs.traffic": (0, "2"), "main.profiles": (0, "2"),
    "main.follows": (0, "2"), "main.likes": (0, "2 None"), "main.watchers": (0, "2"), "main.copies": (0, "cleo@example.org"),
    "logs.hits": (0, "bob@example.org"),
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


@dataclass(frozen=True)
class Case:
    """One erasure: where its files are, its stores, whom it erases."""

    folder: Path
    urls: dict[str, str]
    schemas: dict[str, Schema]
    people: tuple[Person, ...]
    address: str = ""  # of ledger and journal together

    def open(self, watch: Callable[[str], None] = scene.quiet) -> AbstractContextManager[Project]:
        """The project."""
        return scene.project(
            self.folder, self.urls, MAP, watch=watch, schemas=self.schemas, state=self.address
        )

    def erase(self, watch: Callable[[str], None]) -> None:
        """Erase the people in this process."""
        with self.open(watch) as project:
            erase(project, self.people, plan_erasure(project, CITED))

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        """All rows of all stores."""
        return scene.state(self.urls, self.schemas)


def untouched(
    before: dict[str, list[tuple[object, ...]]], after: dict[str, list[tuple[object, ...]]]
) -> None:
    """Check that rows of others are as they were."""
    for place, (_, keys) in OTHERS.items():
        for key in keys.split():
            assert [row for row in after[place] if row[0] == key] == [
                row for row in before[place] if row[0] == key
            ]


def kill_everywhere(
    folder: Path,
    fresh: Callable[[Path], dict[str, str]],
    people: tuple[Person, ...],
    address: Callable[[Path], str] = lambda _: "",
    stride: int = 1,
) -> int:
    """Kill an erasure at every write, resume it, and compare; gives the number of writes.

    Args:
        folder: for everything that is made.
        fresh: makes the stores of one try, in a folder.
        people: who is erased.
        address: where ledger and journal of one try are, by its folder.
        stride: kill at every write, every second, every third.
    """
    (folder / "clean").mkdir()
    urls = fresh(folder / "clean")
    clean = Case(folder / "clean", urls, scene.described(urls), people, address(folder / "clean"))
    before = clean.state()
    events: list[str] = []
    clean.erase(events.append)
    end = clean.state()
    untouched(before, end)
    for at, event in list(enumerate(events))[::stride]:
        place = folder / f"kill{at}"
        place.mkdir()
        shutil.copy(clean.folder / "keys.json", place / "keys.json")
        case = Case(place, fresh(place), clean.schemas, people, address(place))
        assert in_child(partial(case.erase, killer(at))) == signal.SIGKILL
        killed = case.state()
        untouched(before, killed)
        resumed(case, event, nothing_left=killed == end)
        assert case.state() == end, event
        shutil.rmtree(place)
    return len(events)


def resumed(case: Case, event: str, *, nothing_left: bool) -> None:
    """Go on after a kill and check what the ledger says, before and after."""
    with case.open() as project:
        assert nothing_left or not any(one.kind == "erased" for one in project.ledger.read()), event
        resume(project)
        if not any(one.kind == "erased" for one in project.ledger.read()):
            erase(project, case.people, plan_erasure(project, CITED))
        told = [(one.outcome, dict(one.counts)) for one in project.ledger.read() if one.kind == "erased"]
        assert told == [("done", COUNTS)] * len(case.people), event
        steps = [one.object for one in project.ledger.read() if one.kind == "step"]
        assert len(steps) == len(set(steps)), event
        assert project.journal.jobs() == []


COUNTS = {"deleted": 15, "masked": 5, "separated": 5}


def files(folder: Path) -> Callable[[Path], dict[str, str]]:
    """Two SQLite stores, made once and copied for every try."""
    made = folder / "made"
    made.mkdir()
    for name, text in (("main", MAIN), ("logs", LOGS)):
        (made / f"{name}.db").touch()
        scene.run(f"sqlite:///{made / name}.db", text)

    def fresh(place: Path) -> dict[str, str]:
        for name in ("main", "logs"):
            shutil.copy(made / f"{name}.db", place / f"{name}.db")
        return {name: f"sqlite:///{place / name}.db" for name in ("main", "logs")}

    return fresh


def test_kill_on_two_files(tmp_path: Path) -> None:
    """Two SQLite stores: after any kill and a resume, the same rows are left as without it."""
    assert kill_everywhere(tmp_path, files(tmp_path), (ADA,)) > 40


def test_kill_with_one_state_file(tmp_path: Path) -> None:
    """Ledger and journal in one SQLite file: after a kill and a resume, the same rows are left as without it."""

    def address(place: Path) -> str:
        return str(place / "state.db")

    assert kill_everywhere(tmp_path, files(tmp_path), (ADA,), address, stride=2) > 40


def test_kill_with_state_on_a_server(postgres_url: str, tmp_path: Path) -> None:
    """Ledger and journal on PostgreSQL: after a kill and a resume, the same rows are left as without it."""

    def address(place: Path) -> str:
        scene.run(postgres_url, f"create schema {place.name}")
        return f"{postgres_url}?options=-csearch_path%3D{place.name}"

    assert kill_everywhere(tmp_path, files(tmp_path), (ADA,), address, stride=3) > 40


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

    assert kill_everywhere(tmp_path, fresh, (ADA,)) > 40


def test_kill_on_a_server_and_a_file(postgres_url: str, tmp_path: Path) -> None:
    """PostgreSQL and a file together, in one pass: after any kill and a resume, the same rows are left as without it."""
    scene.run(postgres_url, MAIN)
    take = files(tmp_path)

    def fresh(place: Path) -> dict[str, str]:
        tables = [part.split()[2] for part in MAIN.split(";") if part.strip().startswith("create table")]
        inserts = [part for part in MAIN.split(";") if part.strip().startswith("insert")]
        scene.run(postgres_url, *(f"delete from {name}" for name in reversed(tables)), *inserts)
        return {"main": postgres_url, "logs": take(place)["logs"]}

    assert kill_everywhere(tmp_path, fresh, (ADA,), stride=2) > 40


def test_number_that_is_given_again(url: str, tmp_path: Path) -> None:
    """Whoever gets the number of an account that a killed process has erased keeps all of it when the work is gone on with."""
    scene.run(
        url,
        "create table users (id integer not null primary key, email varchar(60) not null)",
        "create table imports (file varchar(20), user_id integer, foreign key (user_id) references users (id))",
        "create table logins (user_id integer, ip varchar(40))",
        "insert into users values (1, 'ada@example.org'), (2, 'bob@example.org')",
        "insert into imports values ('a', 1), ('b', 2)",
        "insert into logins values (1, '10.0.0.1'), (2, '10.0.0.2')",
    )
    text = table("main.users", "subject", email="contact.email") + table("main.imports", "none", key=[])
    text += table("main.logins", "owned", key=[], paths=["logins.user_id => users.id"], ip="network")

    def watch(event: str) -> None:
        if event == "+ journal marks":
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        with scene.project(tmp_path, {"main": url}, text, watch=watch) as project:
            erase(project, [ADA], plan_erasure(project, CITED))

    assert in_child(work) == signal.SIGKILL
    assert [row[0] for row in scene.rows(url, "users")] == [2]
    scene.run(
        url,
        "insert into users values (1, 'dan@example.org')",
        "insert into imports values ('d', 1)",
        "insert into logins values (1, '10.0.0.9')",
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        assert [one.word for one in resume(project)] == ["done"]
    left = scene.state({"main": url})
    assert left["main.users"] == [("1", "dan@example.org"), ("2", "bob@example.org")]
    assert left["main.imports"] == [("a", "None"), ("b", "2"), ("d", "1")]
    assert left["main.logins"] == [("1", "10.0.0.9"), ("2", "10.0.0.2")]
