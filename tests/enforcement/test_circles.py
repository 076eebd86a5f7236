"""Panels of servers: keys that run in a circle, guests of a server, and slots that a server only rents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by
from tests.enforcement.test_probes import erased
from troth.datamap.mapfile import write_map
from troth.datamap.propose import propose
from troth.enforcement.rectify import Correction, rectify

ADA = "ada@example.org"
USERS = """
create table users (id integer not null primary key, email varchar(60) not null unique, password varchar(60));
insert into users values (1, 'ada@example.org', 'x'), (2, 'bob@example.org', 'y')
"""
SERVERS = """
create table servers (id integer not null primary key, owner_id integer not null references users (id), name varchar(40));
insert into servers values (7, 1, 'ada-web'), (8, 2, 'bob-web')
"""
GUESTS = """
create table guests (id integer not null primary key, user_id integer not null references users (id) on delete cascade,
  server_id integer not null references servers (id) on delete cascade, {more} varchar(40));
insert into guests values (1, 2, 7, 'console'), (2, 1, 8, 'files')
"""


def mapped(url: str) -> str:
    """The map that is proposed, with its questions answered by what stands there."""
    return write_map(propose(scene.described({"main": url})).map).partition("version = 1\n")[2]


@pytest.mark.parametrize(("more", "done"), [("permissions", True), ("remark", False)])
def test_guests_of_a_server(url: str, tmp_path: Path, more: str, done: bool) -> None:
    """Who only has a part in a server loses it with the server; where a guest's row says more, the server waits."""
    scene.run(url, USERS, SERVERS, GUESTS.format(more=more))
    outcome = erased(tmp_path, {"main": url}, mapped(url), by(email=ADA))
    assert (outcome.word == "done") is done
    servers = [(8, 2, "bob-web")] if done else [(7, 1, "ada-web"), (8, 2, "bob-web")]
    assert scene.rows(url, "servers") == servers
    assert [row[0] for row in scene.rows(url, "guests")] == ([] if done else [1])


def test_guests_are_asked_about(url: str) -> None:
    """A proposal asks whether the rows of guests may go with somebody's server."""
    scene.run(url, USERS, SERVERS, GUESTS.format(more="permissions"))
    questions = propose(scene.described({"main": url})).map.questions
    assert any("may a row of main.guests go with its row of servers" in one for one in questions)


@pytest.mark.parametrize("role", ["owned", "shared"])
def test_answer_about_guests(url: str, tmp_path: Path, role: str) -> None:
    """The answer to that question is the role of their table."""
    scene.run(url, USERS, SERVERS, GUESTS.format(more="permissions"))
    head, _, rest = mapped(url).partition('name = "guests"\nrole = "owned"')
    text = f'{head}name = "guests"\nrole = "{role}"{rest}'
    assert (erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done") is (role == "owned")


CIRCLE = """
create table boxes (id integer not null primary key, owner_id integer not null references users (id),
  main_disk integer not null);
create table disks (id integer not null primary key, box_id integer not null, label varchar(40),
  foreign key (box_id) references boxes (id){late});
create table marks (id integer not null primary key, box_id integer not null references boxes (id) on delete cascade,
  colour varchar(10));
create table shelves (id integer not null primary key, box_id integer, size integer,
  foreign key (box_id) references boxes (id) on delete set null);
insert into boxes values (7, 1, 70), (8, 2, 80);
insert into disks values (70, 7, 'of ada'), (80, 8, 'of bob');
insert into marks values (1, 7, 'red'), (2, 8, 'blue');
insert into shelves values (1, 7, 3), (2, 8, 3);
alter table boxes add foreign key (main_disk) references disks (id){late}
"""


@pytest.mark.parametrize(("engine", "late"), [("postgres_url", " deferrable"), ("mariadb_url", "")])
def test_what_keys_say_in_a_circle(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str, late: str
) -> None:
    """Where keys run in a circle, rows that go with a row and keys that are emptied with it still do what they say."""
    url: str = request.getfixturevalue(engine)
    scene.run(url, USERS, CIRCLE.format(late=late))
    text = scene.table("main.users", "subject", email="contact.email", password="secret")
    text += scene.table("main.boxes", "owned", paths=["boxes.owner_id -> users.id"], owner_id="ident.id")
    over = "disks.box_id -> boxes.id ; boxes.owner_id -> users.id"
    text += scene.table("main.disks", "owned", paths=[over], label="message")
    text += scene.table("main.marks", "none") + scene.table("main.shelves", "none")
    outcome = erased(tmp_path, {"main": url}, text, by(email=ADA))
    assert outcome.word == "done"
    assert [row[0] for row in scene.rows(url, "boxes")] == [8]
    assert [row[0] for row in scene.rows(url, "disks")] == [80]
    assert scene.rows(url, "marks") == [(2, 8, "blue")]
    assert scene.rows(url, "shelves") == [(1, None, 3), (2, 8, 3)]


def test_slot_that_is_rented(url: str, tmp_path: Path) -> None:
    """The address of a slot stays for the next server when the one that has it goes."""
    scene.run(
        url,
        USERS,
        SERVERS,
        "create table slots (id integer not null primary key, node integer not null, ip varchar(40) not null, port integer"
        " not null, server_id integer, notes varchar(40), unique (node, ip, port),"
        " foreign key (server_id) references servers (id) on delete set null)",
        "insert into slots values (1, 1, '192.0.2.7', 80, 7, 'mine'), (2, 1, '192.0.2.8', 80, 8, 'his'),"
        " (3, 1, '192.0.2.9', 80, null, null)",
    )
    assert erased(tmp_path, {"main": url}, mapped(url), by(email=ADA)).word == "done"
    assert scene.rows(url, "slots") == [
        (1, 1, "192.0.2.7", 80, None, None),
        (2, 1, "192.0.2.8", 80, 8, "his"),
        (3, 1, "192.0.2.9", 80, None, None),
    ]


NAMELESS = """
create table events (actor_id integer not null, target_id integer, code varchar(20) collate utf8mb4_general_ci, unique (code));
create table notes (id integer not null primary key, code varchar(20) collate utf8mb4_general_ci,
  foreign key (code) references events (code) on delete cascade);
insert into events values (1, null, 'ada'), (1, 2, 'both'), (2, null, 'bob');
insert into notes values (1, 'ÁDA'), (2, 'both'), (3, 'bob')
"""


def test_rows_without_a_key_in_a_circle(mariadb_url: str, tmp_path: Path) -> None:
    """What hangs on a row goes with that row alone, however spelled, and not with another of the same person that stays."""
    scene.run(mariadb_url, USERS, CIRCLE.format(late=""), NAMELESS)
    text = scene.table("main.users", "subject", email="contact.email", password="secret")
    text += scene.table("main.boxes", "owned", paths=["boxes.owner_id -> users.id"], owner_id="ident.id")
    over = "disks.box_id -> boxes.id ; boxes.owner_id -> users.id"
    text += scene.table("main.disks", "owned", paths=[over], label="message")
    text += scene.table("main.marks", "none") + scene.table("main.shelves", "none")
    ways = ["events.actor_id => users.id", "events.target_id => users.id"]
    text += scene.table("main.events", "owned", key=[], paths=ways) + scene.table("main.notes", "none")
    outcome = erased(tmp_path, {"main": mariadb_url}, text, by(email=ADA))
    assert outcome.word == "done"
    assert scene.rows(mariadb_url, "events", "3") == [(2, None, "bob"), (1, 2, "both")]
    assert scene.rows(mariadb_url, "notes") == [(2, "both"), (3, "bob")]


ADDRESSES = """
create table users (email varchar(40) not null primary key, name varchar(20));
create table posts (id integer not null primary key, author varchar(40),
  foreign key (author) references users (email) on update cascade);
create table pins (id integer not null primary key, who varchar(40) not null unique,
  foreign key (who) references users (email) on update cascade);
create table notes (id integer not null primary key, pin varchar(40), foreign key (pin) references pins (who) on update cascade);
create table hints (id integer not null primary key, who varchar(40),
  foreign key (who) references users (email) on update set null);
insert into users values ('ada@example.org', 'Ada'), ('bob@example.org', 'Bob');
insert into posts values (1, 'ada@example.org'), (2, 'bob@example.org');
insert into pins values (1, 'ada@example.org'), (2, 'bob@example.org');
insert into notes values (1, 'ada@example.org'), (2, 'ada@example.org'), (3, 'bob@example.org');
insert into hints values (1, 'ada@example.org'), (2, 'bob@example.org')
"""
MAPPED = (
    scene.table("main.users", "subject", key=["email"], email="contact.email", name="contact.name")
    + scene.table("main.posts", "owned", paths=["posts.author -> users.email"])
    + "".join(scene.table(f"main.{name}", "none") for name in ("pins", "notes", "hints"))
)


def test_what_keys_say_of_a_change(url: str, tmp_path: Path) -> None:
    """Where both ends of a key are corrected, other keys still do what they say of a change: they follow it, or are emptied."""
    scene.run(url, ADDRESSES)
    with scene.project(tmp_path, {"main": url}, MAPPED) as project:
        done = rectify(project, by(email=ADA), [Correction("email", "zoe@example.com")], CITED)
    assert done.outcome.word == "done"
    zoe, bob = "zoe@example.com", "bob@example.org"
    assert scene.rows(url, "posts") == scene.rows(url, "pins") == [(1, zoe), (2, bob)]
    assert scene.rows(url, "notes") == [(1, zoe), (2, zoe), (3, bob)]
    assert scene.rows(url, "hints") == [(1, None), (2, bob)]


def test_keys_that_let_nothing_change(url: str, tmp_path: Path) -> None:
    """A key that says nothing of a change refuses it as long as a row points to the old value, and all stays as it was."""
    scene.run(
        url,
        ADDRESSES,
        "create table seals (id integer not null primary key, who varchar(40), foreign key (who) references users (email))",
        "insert into seals values (1, 'ada@example.org')",
    )
    before = scene.state({"main": url})
    with scene.project(tmp_path, {"main": url}, MAPPED + scene.table("main.seals", "none")) as project:
        done = rectify(project, by(email=ADA), [Correction("email", "zoe@example.com")], CITED)
    assert done.outcome.word == "partly"
    assert scene.state({"main": url}) == before


@pytest.mark.parametrize(("engine", "late"), [("postgres_url", " deferrable"), ("mariadb_url", "")])
def test_masked_account_in_a_circle(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str, late: str
) -> None:
    """Where keys run in a circle, what points to the login of an account that stays without a name follows the random text."""
    url: str = request.getfixturevalue(engine)
    scene.run(
        url,
        "create table users (id integer not null primary key, email varchar(60) not null unique,"
        " login varchar(40) not null unique)",
        "insert into users values (1, 'ada@example.org', 'ada'), (2, 'bob@example.org', 'bob')",
        CIRCLE.format(late=late),
        "create table cases (id integer not null primary key, user_id integer not null references users (id), said varchar(40))",
        "create table names (id integer not null primary key, login varchar(40) not null,"
        " foreign key (login) references users (login) on update cascade)",
        "insert into cases values (1, 1, 'help')",
        "insert into names values (1, 'ada'), (2, 'bob')",
    )
    text = scene.table("main.users", "subject", email="contact.email/token", login="ident.username/token")
    text += scene.table("main.boxes", "owned", paths=["boxes.owner_id -> users.id"], owner_id="ident.id")
    over = "disks.box_id -> boxes.id ; boxes.owner_id -> users.id"
    text += scene.table("main.disks", "owned", paths=[over], label="message")
    text += scene.table("main.cases", "shared", paths=["cases.user_id -> users.id"], said="message/null")
    text += "".join(scene.table(f"main.{name}", "none") for name in ("marks", "shelves", "names"))
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    (login,) = {row[2] for row in scene.rows(url, "users") if row[0] == 1}
    assert login not in {"ada", None}
    assert scene.rows(url, "names") == [(1, login), (2, "bob")]
