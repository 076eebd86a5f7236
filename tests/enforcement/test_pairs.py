"""Rows that only tie two things of a person, and rows that are named once their person is known: an address book."""

from __future__ import annotations

from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.datamap.check import check
from troth.enforcement.erase import erase, plan_erasure

BOOK = (
    "create table users (id integer not null primary key, login varchar(40) not null unique)",
    (
        "create table contacts (id integer not null primary key, user_id integer not null references users(id) on delete"
        " cascade, name varchar(60) not null)"
    ),
    (
        "create table circles (id integer not null primary key, user_id integer not null references users(id) on delete"
        " cascade, name varchar(60) not null)"
    ),
    (
        "create table members (circle_id integer not null, contact_id integer not null, primary key (circle_id, contact_id),"
        " foreign key (circle_id) references circles(id) on delete cascade,"
        " foreign key (contact_id) references contacts(id) on delete cascade)"
    ),
    (
        "create table words (user_id integer references users(id) on delete cascade, language varchar(9) not null,"
        " data varchar(99) not null, unique (user_id, language))"
    ),
    "insert into users values (1, 'ada'), (2, 'bob')",
    "insert into contacts values (11, 1, 'Cleo'), (12, 1, 'Dan'), (21, 2, 'Eve')",
    "insert into circles values (31, 1, 'work'), (32, 2, 'home')",
    "insert into members values (31, 11), (31, 12), (32, 21)",
    "insert into words values (1, 'en', 'lovelace'), (1, 'fr', 'nombre'), (2, 'en', 'hope'), (null, 'en', 'shared')",
)
OF = "{0}.user_id -> users.id"
MAP = (
    table("main.users", "subject", login="ident.username")
    + table("main.contacts", "owned", paths=[OF.format("contacts")], name="contact.name")
    + table("main.circles", "owned", paths=[OF.format("circles")], name="message")
    + table(
        "main.members", "owned", key=["circle_id", "contact_id"],
        paths=["members.circle_id -> circles.id ; circles.user_id -> users.id"],
    )
    + table("main.words", "owned", key=["user_id", "language"], paths=[OF.format("words")], data="blob")
)  # fmt: skip


def test_address_book(tmp_path: Path, url: str) -> None:
    """Contacts go although pairs that go with them might tie them to another's circle, and words that a user has once."""
    scene.run(url, *BOOK)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        blocked = [one.rule for one in check(project.map, project.schemas) if one.severity == "block"]
        outcome = erase(project, [by(login="ada")], plan_erasure(project, CITED))[0]
    assert blocked == []
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert [row[0] for row in scene.rows(url, "contacts")] == [21]
    assert scene.rows(url, "members") == [(32, 21)]
    assert sorted(row[2] for row in scene.rows(url, "words")) == ["hope", "shared"]
    assert scene.rows(url, "users") == [(2, "bob")]
