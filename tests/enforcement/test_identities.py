"""Whom an identity names: two people are never taken for one, whatever letters a database takes for equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.known import every_alias
from troth.enforcement.onfile import on_file
from troth.enforcement.trace import trace
from troth.evidence.pseudonym import pseudonym

PAIRS = [
    ("kim@strasse.example", "kim@stra\u00dfe.example"),
    ("fiona@x.example", "\ufb01ona@x.example"),
    ("mason@x.example", "ma\u017fon@x.example"),
    ("irmak@x.example", "\u0131rmak@x.example"),
    ("rene@x.example", "ren\u00e9@x.example"),
    ("maria@x.example", "mari\u00aa@x.example"),
]
"""Addresses of two people, of which some form or collation of Unicode makes one."""
TEXT = (
    table("main.customers", "subject", email="contact.email")
    + table("main.orders", "owned", paths=["orders.customer_id -> customers.id"], note="message")
    + table("main.letters", "owned", paths=["letters.email ~> customers.email"], email="contact.email")
)


def filled(url: str, one: str, other: str) -> None:
    """Two customers with orders, and letters to each that only their address ties to them."""
    binary = " character set utf8mb4 collate utf8mb4_bin" if "mysql" in url or "mariadb" in url else ""
    folding = " character set utf8mb4 collate utf8mb4_unicode_ci" if binary else ""
    scene.run(
        url,
        f"create table customers (id integer not null primary key, email varchar(90){binary} not null unique)",
        "create table orders (id integer not null primary key, customer_id integer not null references customers (id),"
        " note varchar(50))",
        f"create table letters (id integer not null primary key, email varchar(90){folding})",
        f"insert into customers values (1, '{one}'), (2, '{other}')",
        "insert into orders values (1, 1, 'a'), (2, 2, 'b')",
        f"insert into letters values (1, '{one}'), (2, '{other}')",
    )


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("arrow", ["~>", "=>"])
def test_similar_addresses_are_two_people(  # noqa: PLR0913, PLR0917 - each is one thing that varies
    url: str, tmp_path: Path, one: str, other: str, first: bool, arrow: str
) -> None:
    """An erasure by an address takes nothing of the person whose address only looks like it or folds to it."""
    filled(url, one, other)
    asked, left = (one, 2) if first else (other, 1)
    with scene.project(tmp_path, {"main": url}, TEXT.replace("~>", arrow)) as project:
        assert [identity.value for identity in on_file(project, by(email=asked))] == [asked]
        outcome = access(project, by(email=asked), plan_access(project, CITED), tmp_path / "bundle")
        assert outcome.total("collected") == 3
        outcome = erase(project, [by(email=asked)], plan_erasure(project, CITED))[0]
    assert outcome.word == "done", outcome.reasons
    for name in ("customers", "orders", "letters"):
        assert [row[0] for row in scene.rows(url, name)] == [left]


def test_former_names_are_looked_up_unless_they_are_somebodys(url: str, tmp_path: Path) -> None:
    """Entries under the form a name had in older entries are found, but not where another person is spelled so."""
    filled(url, "kim@strasse.example", "kim@stra\u00dfe.example")
    person = by(email="kim@stra\u00dfe.example")
    with scene.project(tmp_path, {"main": url}, TEXT) as project:
        old = pseudonym(project.ring.pseudonym, "email", "kim@strasse.example")
        found = trace(project, [person], ())
        found.seek()
        assert old not in every_alias(project, found)
    scene.run(
        url,
        "delete from letters where id = 1; delete from orders where id = 1; delete from customers where id = 1",
    )
    with scene.project(tmp_path, {"main": url}, TEXT) as project:
        found = trace(project, [person], ())
        found.seek()
        assert old in every_alias(project, found)
