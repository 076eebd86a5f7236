"""Rows of two people that can not let go of one of them: whoever leaves is done, and who is left keeps the row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.enforcement.test_kill import in_child, killer
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.model.outcome import Outcome

DOMAINS = """
create table customers (id integer not null primary key, email varchar(60){unique}, name varchar(40));
insert into customers values (1, 'ada@example.org', 'Ada Lovelace'), (2, 'bob@example.org', 'Bob Bones'),
 (3, 'cleo@example.org', 'Cleo');
create table domains (id integer not null primary key, name varchar(60), owner_id integer not null, admin_id integer not null,
 registrant varchar(60), mail varchar(60){keys});
insert into domains values (1, 'one.example', 1, 2, 'Ada Lovelace', 'ada@example.org'),
 (2, 'two.example', 2, 1, 'Bob Bones', 'x'), (3, 'three.example', 1, 1, 'Ada Lovelace', 'y'),
 (4, 'four.example', 2, 2, 'Bob Bones', 'z');
create table records (id integer not null primary key, domain_id integer not null, content varchar(60));
insert into records values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c'), (4, 4, 'd')
"""
KEYS = ", foreign key (owner_id) references customers (id), foreign key (admin_id) references customers (id)"


def mapped(arrow: str) -> str:
    """The map with declared keys or without."""
    ways = [f"domains.{name} {arrow} customers.id" for name in ("owner_id", "admin_id")]
    return (
        table("main.customers", "subject", email="contact.email", name="contact.name")
        + table("main.domains", "owned", paths=ways, registrant="contact.name/null", mail="message")
        + table("main.records", "owned", paths=[f"records.domain_id => domains.id ; {way}" for way in ways], content="dns")
    )  # fmt: skip


def made(url: str, arrow: str, unique: str = "") -> str:
    """The tables; gives the map."""
    scene.run(url, DOMAINS.format(keys=KEYS if arrow == "->" else "", unique=unique))
    return mapped(arrow)


def erased(url: str, folder: Path, text: str, name: str) -> Outcome:
    """Somebody, erased."""
    with scene.project(folder, {"main": url}, text) as project:
        return erase(project, [by(email=f"{name}@example.org")], plan_erasure(project, CITED))[0]


@pytest.mark.parametrize("arrow", ["->", "=>"])
@pytest.mark.parametrize("unique", ["", " not null unique"])
def test_one_after_another(url: str, tmp_path: Path, arrow: str, unique: str) -> None:
    """The first one's account stays without a name, and goes out of the rows; with the second one the rows go too."""
    text = made(url, arrow, unique)
    outcome = erased(url, tmp_path, text, "ada")
    assert (outcome.word, outcome.reasons, outcome.residue) == ("done", (), {})
    assert outcome.counts["main.customers"] == {"masked": 1}
    assert outcome.counts["main.domains"] == {"deleted": 1, "separated": 1}
    assert scene.rows(url, "domains") == [
        (1, "one.example", 1, 2, None, None),
        (2, "two.example", 2, 1, "Bob Bones", "x"),
        (4, "four.example", 2, 2, "Bob Bones", "z"),
    ]
    assert [row[0] for row in scene.rows(url, "records")] == [1, 2, 4]
    left = scene.rows(url, "customers")[0]
    assert (left[0], left[2]) == (1, None)
    assert "ada@" not in str(left[1] or "")
    outcome = erased(url, tmp_path, text, "bob")
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert outcome.counts["main.customers"] == {"deleted": 1}
    assert (scene.rows(url, "domains"), scene.rows(url, "records")) == ([], [])
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 3]


def test_whoever_is_left_is_given_the_row(url: str, tmp_path: Path) -> None:
    """A row that somebody erased goes on being pointed to from is the other one's alone, and is given."""
    text = made(url, "->")
    with scene.project(tmp_path, {"main": url}, text) as project:
        copy = access(project, by(email="bob@example.org"), plan_access(project, CITED), tmp_path / "before")
        assert copy.counts["main.domains"] == {"collected": 1, "shared": 2}
    erased(url, tmp_path, text, "ada")
    with scene.project(tmp_path, {"main": url}, text) as project:
        copy = access(project, by(email="bob@example.org"), plan_access(project, CITED), tmp_path / "after")
    assert copy.counts["main.domains"] == {"collected": 3, "shared": 0}
    given = json.loads(next((tmp_path / "after").rglob("*domains.json")).read_text())
    assert [row["registrant"] for row in given] == [None, "Bob Bones", "Bob Bones"]


def test_number_given_to_somebody_else(url: str, tmp_path: Path) -> None:
    """Where the nameless row becomes a customer again, the rows are two people's again."""
    text = made(url, "=>")
    erased(url, tmp_path, text, "ada")
    scene.run(url, "update customers set email = 'dora@example.org' where id = 1")
    outcome = erased(url, tmp_path, text, "bob")
    assert outcome.word == "done"
    assert [row[:4] for row in scene.rows(url, "domains")] == [
        (1, "one.example", 1, 2),
        (2, "two.example", 2, 1),
    ]
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 2, 3]


def test_killed_anywhere(tmp_path: Path) -> None:
    """After a kill at any write, and a resume, the first one is done, and nothing of the other one is lost."""
    ends = set()
    for at in range(200):
        folder = tmp_path / str(at)
        folder.mkdir()
        (folder / "main.db").touch()
        url = f"sqlite:///{folder / 'main.db'}"
        text = made(url, "->")

        def work(folder: Path = folder, url: str = url, text: str = text, at: int = at) -> None:
            with scene.project(folder, {"main": url}, text, watch=killer(at)) as project:
                erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))

        killed = in_child(work)
        with scene.project(folder, {"main": url}, text) as project:
            outcomes = resume(project) or erase(
                project, [by(email="ada@example.org")], plan_erasure(project, CITED)
            )
        assert outcomes[0].word != "partly"
        ends.add(str([scene.rows(url, name) for name in ("customers", "domains", "records")]))
        if not killed:
            break
    assert at > 5
    assert len(ends) == 1, ends


def test_account_that_can_not_lose_its_name(url: str, tmp_path: Path) -> None:
    """Where no mask fits the account, it is not left half erased: the rest waits and the outcome says what for."""
    text = made(url, "->").replace(
        'email = { category = "contact.email"', 'email = { category = "contact.email", mask = "keep"'
    )
    outcome = erased(url, tmp_path, text, "ada")
    assert outcome.word == "partly"
    assert scene.rows(url, "customers")[0] == (1, "ada@example.org", "Ada Lovelace")


def test_what_only_a_second_search_can_tell(url: str, tmp_path: Path) -> None:
    """A row that still leads to the person after it lost its address keeps the person's own row: the rest has to be found."""
    scene.run(
        url,
        "create table people (id integer not null primary key, email varchar(60))",
        "insert into people values (1, 'ada@example.org'), (2, 'bob@example.org')",
        "create table orders (id integer not null primary key, owner_id integer not null, mail varchar(60))",
        "insert into orders values (1, 1, 'bob@example.org')",
        "create table items (id integer not null primary key, order_id integer not null, mail varchar(60), body varchar(40))",
        "insert into items values (1, 1, 'bob@example.org', 'x')",
    )
    text = (
        table("main.people", "subject", email="contact.email/keep")
        + table("main.orders", "owned", paths=["orders.mail ~> people.email"], mail="contact.email")
        + table(
            "main.items", "owned", body="message",
            paths=["items.order_id => orders.id ; orders.owner_id => people.id", "items.mail ~> people.email"],
        )
    )  # fmt: skip
    outcome = erased(url, tmp_path, text, "ada")
    assert outcome.word == "partly"
    assert "main.items" in {one.place for one in outcome.reasons}
    assert scene.rows(url, "people") == [(1, "ada@example.org"), (2, "bob@example.org")]
    assert scene.rows(url, "items") == [(1, 1, "bob@example.org", "x")]
