"""A case stays when the person who opened it leaves, and so do its entries, with who else wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure

REFERENCES = 'references = ["entries.author => users.id"]\n'


def test_entries_of_a_case_stay_in_it(url: str, tmp_path: Path) -> None:
    """Nobody else's entry loses its case or its author; the author goes where she is the one who leaves."""
    scene.run(
        url,
        "create table users (id integer not null primary key, email varchar(100))",
        "create table tickets (id integer not null primary key, opener integer not null default 0, subject varchar(50))",
        "create table entries (id integer not null primary key, ticket integer, author integer not null default 0,"
        " body varchar(50))",
        "insert into users values (1, 'ada@example.org'), (2, 'bob@example.org')",
        "insert into tickets values (1, 1, 'of ada'), (2, 2, 'of bob')",
        "insert into entries values (1, 1, 1, 'a'), (2, 1, 2, 'b'), (3, 2, 2, 'c'), (4, 2, 1, 'd')",
    )
    way = "tickets.opener => users.id"
    entries = table(
        "main.entries",
        "shared",
        paths=[f"entries.ticket => tickets.id ; {way}"],
        author="ident.id/zero",
        body="message/null",
    )
    text = (
        table("main.users", "subject", email="contact.email")
        + table("main.tickets", "shared", paths=[way], opener="ident.id/zero", subject="message/null")
        + entries.replace("[table.columns]", REFERENCES + "[table.columns]")
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert outcome.word == "done"
    assert scene.rows(url, "users") == [(2, "bob@example.org")]
    assert scene.rows(url, "tickets") == [(1, 0, None), (2, 2, "of bob")]
    assert scene.rows(url, "entries") == [(1, 1, 0, None), (2, 1, 2, None), (3, 2, 2, "c"), (4, 2, 0, "d")]


@pytest.mark.parametrize("role", ["shared", "owned"])
@pytest.mark.parametrize("second", ["integer not null", "integer"])
def test_case_of_two(url: str, tmp_path: Path, role: str, second: str) -> None:
    """A case of two that can let go of neither stays with its entries, the account without a name, and this is told."""
    scene.run(
        url,
        "create table users (id integer not null primary key, email varchar(100) not null unique, name varchar(30))",
        f"create table tickets (id integer not null primary key, opener integer not null, other {second},"
        " subject varchar(50), foreign key (opener) references users (id), foreign key (other) references users (id))",
        "create table entries (id integer not null primary key, ticket integer not null, body varchar(50),"
        " foreign key (ticket) references tickets (id))",
        "insert into users values (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', 'Bob')",
        "insert into tickets values (1, 1, 2, 'both'), (2, 1, 1, 'ada'), (3, 2, 2, 'bob'), (4, 1, 2, 'ada@example.org')",
        "insert into entries values (1, 1, 'x'), (2, 2, 'y'), (3, 3, 'z'), (4, 4, 'from ada@example.org')",
    )
    ways = ["tickets.opener -> users.id", "tickets.other -> users.id"]
    text = (
        table("main.users", "subject", email="contact.email/token", name="contact.name/null")
        + table("main.tickets", "shared", paths=ways, subject="message/null")
        + table(
            "main.entries", role,
            paths=[f"entries.ticket -> tickets.id ; {way}" for way in ways],
            body="message/null" if role == "shared" else "message",
        )
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, text) as project:
        first = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
        told = [one.detail.get("stays") for one in project.ledger.read() if one.object == "main.users"]
        names = [row[2] for row in scene.rows(url, "users")]
        bodies = [row[2] for row in scene.rows(url, "entries")]
        then = erase(project, [by(email="bob@example.org")], plan_erasure(project, CITED))[0]
    assert (first.word, first.reasons, then.word) == ("done", (), "done")
    assert told == ["rows of tickets stay and must point to a row here"]
    assert names == [None, "Bob"]
    assert bodies == (["x", None, "z", "from [erased]"] if role == "shared" else ["x", "z", "from [erased]"])
    assert [row[2] for row in scene.rows(url, "users")] == [None, None]
    assert [row[3] for row in scene.rows(url, "tickets")] == [None] * 4
