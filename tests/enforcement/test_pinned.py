"""Rows that others may have to point to: masked where one really does, deleted where none does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.enforcement.test_kill import in_child, killer
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.model.outcome import Outcome

PEOPLE = """
create table people (id integer not null primary key, email varchar(60) not null, login varchar(20) not null unique);
insert into people values (1, 'ada@example.org', 'ada.1'), (2, 'bob@example.org', 'bob.1')
"""
SERVERS = """
create table servers (id integer not null primary key, login varchar(20) not null, label varchar(40), parent integer,
 foreign key (login) references people (login), foreign key (parent) references servers (id));
create table notes (id integer not null primary key, person_id integer not null, body varchar(40));
create table invoices (id integer not null primary key, number varchar(20), server_id integer not null,
 foreign key (server_id) references servers (id){rule});
create table addresses (id integer not null primary key, ip varchar(40), server_id integer,
 foreign key (server_id) references servers (id));
insert into servers values (1, 'ada.1', 'a', null), (2, 'ada.1', 'b', 1), (3, 'bob.1', 'c', null), (4, 'ada.1', 'd', 2);
insert into notes values (1, 1, 'first')
"""
MAP = (
    table("main.people", "subject", email="contact.email/empty", login="ident.username/token")
    + table("main.servers", "owned", paths=["servers.login -> people.login"], label="content/null")
    + table("main.notes", "owned", paths=["notes.person_id => people.id"], body="content")
)
ADA = by(email="ada@example.org")
RULES = ("", " on delete cascade")


def erased(url: str, folder: Path, text: str = MAP) -> Outcome:
    """Ada, erased."""
    with scene.project(folder, {"main": url}, MAP) as project:
        return erase(project, [ADA], plan_erasure(project, CITED))[0]


def made(url: str, rule: str, *more: str) -> None:
    """The tables, with some rows."""
    scene.run(url, PEOPLE, SERVERS.format(rule=rule), *more)


@pytest.mark.parametrize("rule", RULES)
def test_nothing_points_to_them(url: str, tmp_path: Path, rule: str) -> None:
    """Where no row is there that must be pointed from, all rows of the person go, and so does the person."""
    made(url, rule, "insert into invoices values (1, 'r3', 3)", "insert into addresses values (1, '::3', 3)")
    outcome = erased(url, tmp_path)
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert outcome.counts["main.servers"] == {"deleted": 3}
    assert outcome.counts["main.people"] == {"deleted": 1}
    assert scene.rows(url, "servers") == [(3, "bob.1", "c", None)]
    assert scene.rows(url, "people") == [(2, "bob@example.org", "bob.1")]
    assert scene.rows(url, "invoices") == [(1, "r3", 3)]
    assert scene.rows(url, "addresses") == [(1, "::3", 3)]


@pytest.mark.parametrize("rule", RULES)
def test_one_of_them_is_needed(url: str, tmp_path: Path, rule: str) -> None:
    """The row that one which stays points to is masked, the others go, and references that may be empty are emptied."""
    rows = "insert into addresses values (1, '::2', 2), (2, '::4', 4), (3, '::3', 3), (4, '::4', 4)"
    made(url, rule, "insert into invoices values (1, 'r2', 2), (2, 'r3', 3)", rows)
    outcome = erased(url, tmp_path)
    # The account is named by a row that stays, and may not be NULL there.
    assert outcome.word == "partly"
    assert outcome.counts["main.servers"] == {"deleted": 2, "masked": 1, "unlinked": 1}
    assert outcome.counts["main.addresses"] == {"unlinked": 2}
    assert scene.rows(url, "servers") == [(2, "ada.1", None, None), (3, "bob.1", "c", None)]
    assert scene.rows(url, "invoices") == [(1, "r2", 2), (2, "r3", 3)]
    assert scene.rows(url, "addresses") == [(1, "::2", 2), (2, "::4", None), (3, "::3", 3), (4, "::4", None)]


@pytest.mark.parametrize("invoice", [4, 0])
def test_killed_anywhere(url: str, tmp_path: Path, invoice: int) -> None:
    """After a kill at any write, and a resume, the same rows are gone, masked and let go of, and are counted as such."""
    told, left = set(), set()
    for at in range(0, 200, 1 if url.startswith("sqlite") else 3):  # a server takes its time
        folder = tmp_path / str(at)
        folder.mkdir()
        for name in ("addresses", "invoices", "notes", "servers", "people") if at else ():
            scene.run(url, f"drop table {name}")
        made(
            url,
            "",
            f"insert into invoices select 1, 'r', id from servers where id = {invoice}",
            "insert into addresses values (2, '::2', 2), (3, null, 2), (4, '::4', null)",
        )
        scene.run(url, "update servers set parent = null", "delete from servers where id = 3")

        def work(folder: Path = folder, at: int = at) -> None:
            with scene.project(folder, {"main": url}, MAP, watch=killer(at)) as project:
                erase(project, [ADA], plan_erasure(project, CITED))

        killed = in_child(work)
        with scene.project(folder, {"main": url}, MAP) as project:
            outcomes = [*resume(project), *erase(project, [ADA], plan_erasure(project, CITED))]
        if killed and outcomes[0].word != "nothing found":  # else it was told before
            told.add((outcomes[0].word, str(outcomes[0].counts)))
        left.add(str([scene.rows(url, name) for name in ("people", "servers", "addresses")]))
        if not killed:
            break
    assert "(2, 'bob@example.org', 'bob.1')" in left.copy().pop()  # whose number is that of the address
    assert at > 5
    assert "'main.addresses': {'unlinked': 2}" in str(told)
    assert (len(told), len(left)) == (1, 1), (told, left)


def test_row_of_somebody_else_comes_meanwhile(postgres_url: str, mariadb_url: str, tmp_path: Path) -> None:
    """A row that begins to point to one after the search is not taken along by the cascade: the row it needs stays."""
    for url in (postgres_url, mariadb_url):
        made(url, " on delete cascade")
        folder = tmp_path / url.partition(":")[0]
        folder.mkdir()
        late = iter(["insert into invoices values (9, 'late', 2)"])

        def watch(event: str, url: str = url, late: Iterator[str] = late) -> None:
            if event == "- deleted main.notes":
                for statement in late:
                    scene.run(url, statement)

        with scene.project(folder, {"main": url}, MAP, watch=watch) as project:
            outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
        assert scene.rows(url, "invoices") == [(9, "late", 2)]
        assert [row[0] for row in scene.rows(url, "servers")] == [2, 3]
        assert outcome.counts["main.servers"] == {"deleted": 2, "masked": 1, "unlinked": 1}
