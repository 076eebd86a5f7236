"""An account whose e-mail address stands inside JSON, beside other things."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure
from troth.model.outcome import Outcome, Person

TEXT = table("main.users", "subject", login="ident.username", extra="blob//json") + table(
    "main.orders", "owned", paths=["orders.user_id -> users.id"], total="order"
)


def shop(url: str, kind: str) -> None:
    """Ada, whose boss is Bob, and Bob; each with an order, and notes that nobody's key leads from."""
    scene.run(
        url,
        f"create table users (id integer not null primary key, login varchar(40), extra {kind})",
        "create table orders (id integer not null primary key, user_id integer not null, total integer,"
        " foreign key (user_id) references users (id))",
        "create table notes (id integer not null primary key, body varchar(100))",
        """insert into users values
        (1, 'ada', '{"email": "Ada@example.org", "boss_email": "bob@example.org", "cc": ["dora@example.org"]}'),
        (2, 'bob', '{"email": "bob@example.org"}')""",
        "insert into orders values (1, 1, 5), (2, 2, 6)",
        "insert into notes values (1, 'bob@example.org and dora@example.org called')",
    )


def erased(url: str, folder: Path, person: Person) -> Outcome:
    """The outcome of an erasure."""
    folder.mkdir(exist_ok=True)
    with scene.project(folder, {"main": url}, TEXT) as project:
        return erase(project, [person], plan_erasure(project, CITED))[0]


@pytest.mark.parametrize("kind", ["varchar(200)", "json"])
def test_found_by_the_own_address(url: str, tmp_path: Path, kind: str) -> None:
    """The address of the account itself finds it, in any spelling; that of a boss or in a list finds nobody."""
    shop(url, kind)
    assert erased(url, tmp_path / "list", by(email="dora@example.org")).counts == {}
    outcome = erased(url, tmp_path / "own", by(email=" ada@EXAMPLE.org"))
    assert outcome.word == "done"
    assert [row[0] for row in scene.rows(url, "users")] == [2]
    assert scene.rows(url, "orders") == [(2, 2, 6)]


def test_searched_for_afterwards(url: str, tmp_path: Path) -> None:
    """Whoever is asked for by a login is not called done while the address of their JSON stands in a text."""
    shop(url, "varchar(200)")
    scene.run(url, "insert into notes values (2, 'tell ada@example.org')")
    outcome = erased(url, tmp_path, by(login="ada"))
    assert (outcome.word, outcome.residue) == ("partly", {"main.notes.body": 1})


def test_address_of_two_accounts(url: str, tmp_path: Path) -> None:
    """An address that another account has in its JSON too names both, so nobody's texts are searched for it."""
    shop(url, "varchar(200)")
    scene.run(
        url,
        """insert into users values (3, 'carl', '{"email": "ada@example.org"}')""",
        "insert into notes values (2, 'tell ada@example.org')",
    )
    outcome = erased(url, tmp_path, by(login="ada"))
    assert outcome.word == "done"
    assert [row[0] for row in scene.rows(url, "users")] == [2, 3]
