"""Accounts by other names: a second address in a table of the application, and a number that is none."""

from __future__ import annotations

from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.scene import by, table
from tests.enforcement.test_probes import CUSTOMERS, PEOPLE, erased, given
from troth.datamap.mapfile import write_map
from troth.datamap.propose import propose

MAP = CUSTOMERS + table(
    "main.addresses",
    "owned",
    paths=["addresses.customer_id -> customers.id", "addresses.mail ~> customers.email"],
    mail="contact.email",
)


def test_copy_with_nothing_in_it(url: str, tmp_path: Path) -> None:
    """Who asks by an address that only a row of somebody's account has gets no empty copy that is called done."""
    scene.run(
        url, PEOPLE,
        "create table addresses (id integer not null primary key, customer_id integer not null references customers (id),"
        " mail varchar(60) not null)",
        "insert into addresses values (1, 1, 'ada@example.org'), (2, 1, 'second@example.org')",
    )  # fmt: skip
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    outcome, _ = given(tmp_path / "one", {"main": url}, MAP, by(email="second@example.org"))
    assert (outcome.word, [one.place for one in outcome.reasons]) == ("partly", ["main.addresses"])
    assert "ask by their account too" in outcome.reasons[0].why
    outcome, found = given(tmp_path / "two", {"main": url}, MAP, by(email="ada@example.org"))
    assert outcome.word == "done"
    assert len(found["addresses"]) == 2  # type: ignore[arg-type]


def test_account_whose_number_is_an_empty_text(url: str, tmp_path: Path) -> None:
    """An account without a number is erased like any other; a number of nothing is no name to know it by."""
    scene.run(
        url, "create table people (code varchar(10) not null primary key, email varchar(60))",
        "insert into people values ('', 'ada@example.org'), ('B-2', 'bob@example.org')",
        "create table visits (id integer not null primary key, code varchar(10))", "insert into visits values (1, 'B-2')",
    )  # fmt: skip
    text = table("main.people", "subject", key=("code",), code="ident.id", email="contact.email") + table(
        "main.visits", "owned", paths=["visits.code ~> people.code"], code="ident.id"
    )
    assert erased(tmp_path, {"main": url}, text, by(email="ada@example.org")).word == "done"
    assert scene.rows(url, "people") == [("B-2", "bob@example.org")]


def test_account_that_nothing_names(url: str, tmp_path: Path) -> None:
    """Users of a list server are known by their addresses alone: who has no user there is not waited for."""
    scene.run(
        url, PEOPLE, "create table users (id integer not null primary key, password varchar(20))",
        "create table addresses (id integer not null primary key, user_id integer references users (id), mail varchar(60))",
        "insert into users values (1, 'x'), (2, 'y')",
        "insert into addresses values (1, 1, 'bob@example.org'), (2, null, 'ada@example.org'), (3, 2, 'dan@example.org')",
    )  # fmt: skip
    text = (
        CUSTOMERS
        + table("main.users", "subject", password="secret")
        + table("main.addresses", "subject", paths=["addresses.user_id -> users.id"], mail="contact.email")
    )
    for mail in ("ada@example.org", "cleo@example.org", "bob@example.org"):
        assert erased(tmp_path, {"main": url}, text, by(email=mail)).word == "done"
    assert [row[0] for row in scene.rows(url, "users")] == [2]
    assert [row[0] for row in scene.rows(url, "addresses")] == [3]
    assert scene.rows(url, "customers") == []


def test_addresses_in_a_table_of_their_own(url: str, tmp_path: Path) -> None:
    """Where accounts have no address, who asks by one of several in a table of its own gets and loses the whole account."""
    scene.run(
        url,
        "create table accounts (id integer not null primary key, login varchar(40) not null)",
        "insert into accounts values (1, 'ada.l'), (2, 'bob.h')",
        "create table account_emails (id integer not null primary key, account_id integer not null, email varchar(60) not null)",
        "insert into account_emails values (1, 1, 'ada@example.org'), (2, 1, 'ada@home.example'), (3, 2, 'bob@example.org')",
        "create table notes (id integer not null primary key, account_id integer not null, body varchar(60))",
        "insert into notes values (1, 1, 'mine'), (2, 2, 'write to ada@home.example')",
    )
    text = write_map(propose(scene.described({"main": url})).map).partition("version = 1\n")[2]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    outcome, found = given(tmp_path / "one", {"main": url}, text, by(email="ada@home.example"))
    assert outcome.word == "done"
    assert sorted(found) == ["account_emails", "accounts", "notes"]
    assert len(found["account_emails"]) == 2  # type: ignore[arg-type]
    after = erased(tmp_path / "two", {"main": url}, text, by(email="ada@example.org"))
    assert scene.rows(url, "accounts") == [(2, "bob.h")]
    assert scene.rows(url, "account_emails") == [(3, 2, "bob@example.org")]
    assert scene.rows(url, "notes") == [(2, 2, "write to ada@home.example")]
    assert after.word == "partly"  # the other address stands in what somebody else wrote
