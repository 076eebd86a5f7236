"""Foreign keys that delete or change rows by themselves: nobody else's row goes with a row of the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.datamap.mapfile import write_map
from troth.datamap.propose import propose
from troth.enforcement.erase import erase, plan_erasure
from troth.model.outcome import Outcome
from troth.model.schema import Foreign

ADA = by(email="ada@example.org")
USERS = """
create table users (id integer not null primary key, email varchar(100));
insert into users values (1, 'ada@example.org'), (2, 'bob@example.org')
"""
PERSON = table("main.users", "subject", email="contact.email")


def erased(url: str, folder: Path, text: str) -> Outcome:
    """Ada, erased."""
    with scene.project(folder, {"main": url}, text) as project:
        return erase(project, [ADA], plan_erasure(project, CITED))[0]


@pytest.mark.parametrize("owner", ["", " on delete cascade", " on delete set null"])
@pytest.mark.parametrize("group", ["integer not null", "integer"])
def test_group_of_several_people(url: str, tmp_path: Path, owner: str, group: str) -> None:
    """A group stays, without its owner, for the members that would go with it; or its other members are let go."""
    scene.run(
        url,
        USERS,
        f"create table grp (id integer not null primary key, title varchar(100), owner_id integer,"
        f" foreign key (owner_id) references users (id){owner})",
        f"create table member (id integer not null primary key, grp_id {group}, user_id integer not null,"
        " foreign key (grp_id) references grp (id) on delete cascade,"
        " foreign key (user_id) references users (id))",
        "insert into grp values (1, 'of ada', 1), (2, 'of bob', 2)",
        "insert into member values (1, 1, 1), (2, 1, 2), (3, 2, 2), (4, 2, 1)",
    )
    text = (
        PERSON
        + table("main.grp", "owned", paths=["grp.owner_id -> users.id"], title="content")
        + table("main.member", "owned", paths=["member.user_id -> users.id"], grp_id="service")
    )
    outcome = erased(url, tmp_path, text)
    assert outcome.word == "done"
    assert outcome.counts["main.member"]["deleted"] == 2
    assert scene.rows(url, "users") == [(2, "bob@example.org")]
    if group == "integer":
        assert scene.rows(url, "grp") == [(2, "of bob", 2)]
        assert scene.rows(url, "member") == [(2, None, 2), (3, 2, 2)]
    else:
        assert outcome.counts["main.grp"] == {"masked": 1}
        assert scene.rows(url, "grp") == [(1, None, None), (2, "of bob", 2)]
        assert scene.rows(url, "member") == [(2, 1, 2), (3, 2, 2)]


@pytest.mark.parametrize("group", ["integer not null", "integer"])
def test_both_ways_in_the_map(url: str, tmp_path: Path, group: str) -> None:
    """Where the map finds every row that would go, a row of two people is let go, or stays with what it must point to."""
    scene.run(
        url,
        USERS,
        "create table grp (id integer not null primary key, owner_id integer not null,"
        " foreign key (owner_id) references users (id))",
        f"create table member (id integer not null primary key, grp_id {group}, user_id integer not null,"
        " foreign key (grp_id) references grp (id) on delete cascade,"
        " foreign key (user_id) references users (id))",
        "insert into grp values (1, 1)",
        "insert into member values (1, 1, 1), (2, 1, 2)",
    )
    owner = "grp.owner_id -> users.id"
    paths = ["member.user_id -> users.id", f"member.grp_id -> grp.id ; {owner}"]
    text = PERSON + table("main.grp", "owned", paths=[owner]) + table("main.member", "owned", paths=paths)
    outcome = erased(url, tmp_path, text)
    assert outcome.word == "done"
    if group == "integer":
        assert scene.rows(url, "grp") == []
        assert scene.rows(url, "member") == [(2, None, 2)]
    else:
        assert scene.rows(url, "grp") == [(1, 1)]
        assert scene.rows(url, "member") == [(2, 1, 2)]
        assert scene.rows(url, "users") == [(1, None), (2, "bob@example.org")]


def test_lines_of_own_orders(url: str, tmp_path: Path) -> None:
    """Rows that can only be those of the same person go as before, on every way that shows it."""
    scene.run(
        url,
        USERS,
        "create table orders (id integer not null, user_id integer not null, unique (id, user_id), primary key (id),"
        " foreign key (user_id) references users (id) on delete cascade)",
        "create table items (id integer not null primary key, order_id integer not null,"
        " foreign key (order_id) references orders (id) on delete cascade)",
        "create table parcels (id integer not null primary key, order_id integer not null, user_id integer not null,"
        " foreign key (order_id, user_id) references orders (id, user_id) on delete cascade)",
        "create table tags (id integer not null primary key, order_id integer not null,"
        " foreign key (order_id) references orders (id) on delete cascade)",
        "insert into orders values (1, 1), (2, 2)",
        "insert into items values (1, 1), (2, 2)",
        "insert into parcels values (1, 1, 1), (2, 2, 2)",
        "insert into tags values (1, 1), (2, 2)",
    )
    text = (
        PERSON
        + table("main.orders", "owned", paths=["orders.user_id -> users.id"], id="order")
        + table(
            "main.items",
            "owned",
            paths=["items.order_id -> orders.id ; orders.user_id -> users.id"],
            id="order",
        )
        + table("main.parcels", "owned", paths=["parcels.user_id => users.id"], id="order")
        + table("main.tags", "none")
    )
    outcome = erased(url, tmp_path, text)
    assert outcome.word == "done"
    assert {place: counts for place, counts in outcome.counts.items() if counts} == {
        f"main.{name}": {"deleted": 1} for name in ("users", "orders", "items", "parcels")
    }
    assert scene.rows(url, "orders") == [(2, 2)]
    for name in ("items", "parcels", "tags"):
        assert [row[0] for row in scene.rows(url, name)] == [2]


@pytest.mark.parametrize("link", ["integer not null", "integer"])
def test_cascade_over_several_tables(url: str, tmp_path: Path, link: str) -> None:
    """A cascade through a table that holds nothing of anybody is followed to the rows of somebody else behind it."""
    scene.run(
        url,
        USERS,
        "create table posts (id integer not null primary key, body varchar(100), user_id integer not null,"
        " foreign key (user_id) references users (id) on delete cascade)",
        "create table tags (id integer not null primary key, post_id integer not null,"
        " foreign key (post_id) references posts (id) on delete cascade)",
        f"create table votes (id integer not null primary key, tag_id {link}, user_id integer not null,"
        " foreign key (tag_id) references tags (id) on delete cascade,"
        " foreign key (user_id) references users (id) on delete cascade)",
        "insert into posts values (1, 'hello', 1)",
        "insert into tags values (1, 1)",
        "insert into votes values (1, 1, 1), (2, 1, 2)",
    )
    text = (
        PERSON
        + table("main.posts", "owned", paths=["posts.user_id -> users.id"], body="content")
        + table("main.tags", "none")
        + table("main.votes", "owned", paths=["votes.user_id -> users.id"], tag_id="content")
    )
    outcome = erased(url, tmp_path, text)
    assert outcome.word == "done"
    if link == "integer":
        assert scene.rows(url, "votes") == [(2, None, 2)]
        assert scene.rows(url, "posts") == []
        assert scene.rows(url, "users") == [(2, "bob@example.org")]
    else:
        assert scene.rows(url, "votes") == [(2, 1, 2)]
        assert scene.rows(url, "posts") == [(1, None, 1)]
        assert scene.rows(url, "users") == [(1, None), (2, "bob@example.org")]


@pytest.mark.parametrize("role", ["", "staff"])
def test_cascade_into_tables_of_nobody_known(url: str, tmp_path: Path, role: str) -> None:
    """Rows of a table that no map names, or of the operator's own people, do not go with a row of the person."""
    scene.run(
        url,
        USERS,
        "create table calls (id integer not null primary key, user_id integer not null,"
        " foreign key (user_id) references users (id) on delete cascade)",
        "insert into calls values (1, 1)",
    )
    outcome = erased(url, tmp_path, PERSON + (table("main.calls", role) if role else ""))
    assert outcome.word == "done"
    assert scene.rows(url, "calls") == [(1, 1)]
    assert scene.rows(url, "users") == [(1, None), (2, "bob@example.org")]


def test_answers_to_a_comment(url: str, tmp_path: Path) -> None:
    """Answers of others stay when the comment that they answer goes, although they would go with it."""
    scene.run(
        url,
        USERS,
        "create table comments (id integer not null primary key, parent_id integer, user_id integer not null,"
        " foreign key (parent_id) references comments (id) on delete cascade,"
        " foreign key (user_id) references users (id) on delete cascade)",
        "insert into comments values (1, null, 1), (2, 1, 2), (3, 2, 1), (4, 3, 2)",
    )
    text = PERSON + table(
        "main.comments", "owned", paths=["comments.user_id -> users.id"], parent_id="content"
    )
    assert erased(url, tmp_path, text).word == "done"
    assert scene.rows(url, "comments") == [(2, None, 2), (4, None, 2)]


def test_two_people_in_one_row(url: str, tmp_path: Path) -> None:
    """A row of one person that also points to another person stays, masked where it must point to a row."""
    scene.run(
        url,
        USERS,
        "create table messages (id integer not null primary key, sender integer not null, recipient integer not null,"
        " foreign key (sender) references users (id) on delete cascade,"
        " foreign key (recipient) references users (id) on delete cascade)",
        "insert into messages values (1, 1, 2), (2, 2, 1), (3, 2, 2)",
    )
    text = PERSON + table(
        "main.messages", "owned", paths=["messages.sender -> users.id"], recipient="message"
    )
    assert erased(url, tmp_path, text).word == "done"
    assert scene.rows(url, "messages") == [(2, 2, 1), (3, 2, 2)]
    assert scene.rows(url, "users") == [(1, None), (2, "bob@example.org")]


def test_mask_that_changes_nothing(url: str, tmp_path: Path) -> None:
    """A row that stays as it is, because nothing of it is masked, is not deleted."""
    scene.run(
        url,
        USERS,
        "create table pools (id integer not null primary key, user_id integer not null, title varchar(20))",
        "insert into pools values (1, 1, 'pool'), (2, 2, 'pool')",
    )
    text = PERSON + table("main.pools", "shared", paths=["pools.user_id => users.id"], title="content/keep")
    assert erased(url, tmp_path, text).word == "done"
    assert scene.rows(url, "pools") == [(1, 1, "pool"), (2, 2, "pool")]


def test_proposed_map(url: str, tmp_path: Path) -> None:
    """The map as it is proposed keeps the members of a group whose owner leaves."""
    scene.run(
        url,
        USERS,
        "create table grp (id integer not null primary key, owner_id integer references users (id))",
        "create table grp_member (grp_id integer not null references grp (id) on delete cascade,"
        " user_id integer not null references users (id), primary key (grp_id, user_id))",
        "insert into grp values (1, 1), (2, 2)",
        "insert into grp_member values (1, 1), (1, 2), (2, 2), (2, 1)",
    )
    text = write_map(propose(scene.described({"main": url})).map)
    assert erased(url, tmp_path, text.replace("version = 1\n", "", 1)).word == "done"
    assert sorted(scene.rows(url, "grp_member")) == [(1, 2), (2, 2)]


@pytest.mark.parametrize("spelled", ["users", "USERS (ID)"])
def test_rule_behind_a_column(tmp_path: Path, spelled: str) -> None:
    """What SQLite does on delete is read where it stands behind a column, with and without columns, in any case."""
    path = tmp_path / "a.db"
    path.touch()
    scene.run(
        f"sqlite:///{path}",
        USERS,
        f"create table notes (id integer primary key, user_id integer references {spelled} on delete cascade)",
    )
    notes = scene.described({"a": f"sqlite:///{path}"})["a"].relation("notes")
    assert notes.foreign == (Foreign(("user_id",), "users", ("id",), "CASCADE"),)
    assert [one.nullable for one in notes.fields] == [False, True]


FULL = """
create table invoices (region varchar(2) not null, number integer not null, user_id integer, primary key (region, number));
create table cards (id integer not null primary key, user_id integer, invoice_region varchar(2), invoice_number integer,
    foreign key (invoice_region, invoice_number) references invoices (region, number) match full);
insert into invoices values ('HK', 1, 1), ('HK', 2, 2);
insert into cards values (1, 1, 'HK', 1), (2, 2, 'HK', 1), (3, 2, 'HK', 2)
"""


@pytest.mark.parametrize("ways", [1, 2])
def test_reference_that_is_null_as_a_whole(postgres_url: str, tmp_path: Path, ways: int) -> None:
    """A foreign key that is NULL as a whole or not at all is emptied as a whole, also where it leads to the person."""
    scene.run(postgres_url, USERS, FULL)
    over = "cards.(invoice_region,invoice_number) -> invoices.(region,number) ; invoices.user_id => users.id"
    text = (
        PERSON
        + table("main.invoices", "owned", key=("region", "number"), paths=["invoices.user_id => users.id"])
        + table(
            "main.cards",
            "owned",
            paths=["cards.user_id => users.id", over][:ways],
            invoice_number="order/null",
        )
    )
    outcome = erased(postgres_url, tmp_path, text)
    assert outcome.word == "done", outcome.reasons
    assert scene.rows(postgres_url, "cards") == [(2, 2, None, None), (3, 2, "HK", 2)]
    assert scene.rows(postgres_url, "invoices") == [("HK", 2, 2)]


def test_key_that_a_mask_takes_away(url: str, tmp_path: Path) -> None:
    """A row that stays lets go of the login of a person whose row stays too, so that the login can be masked."""
    scene.run(
        url,
        "create table users (id integer not null primary key, email varchar(100), login varchar(20) not null unique)",
        "insert into users values (1, 'ada@example.org', 'ada'), (2, 'bob@example.org', 'bob')",
        "create table posts (id integer not null primary key, login varchar(20), body varchar(20),"
        " foreign key (login) references users (login))",
        "create table votes (id integer not null primary key, user_id integer not null, post_id integer not null,"
        " foreign key (post_id) references posts (id), foreign key (user_id) references users (id))",
        "insert into posts values (1, 'ada', 'a'), (2, 'bob', 'b')",
        "insert into votes values (1, 2, 1), (2, 1, 2)",
    )
    text = (
        table("main.users", "subject", email="contact.email/null", login="ident.username/token")
        + table("main.posts", "owned", paths=["posts.login -> users.login"], body="content")
        + table("main.votes", "shared", paths=["votes.user_id -> users.id"])
    )
    outcome = erased(url, tmp_path, text)
    assert outcome.word == "done", outcome.reasons
    ((_, mail, login), bob) = scene.rows(url, "users")
    assert (mail, login != "ada", bob) == (None, True, (2, "bob@example.org", "bob"))
    assert scene.rows(url, "posts") == [(1, None, None), (2, "bob", "b")]
    assert scene.rows(url, "votes") == [(1, 2, 1), (2, 1, 2)]


def test_reference_to_two_tables_of_one_person(url: str, tmp_path: Path) -> None:
    """A reference whose number is a user's and a principal's is emptied, and counted, once."""
    scene.run(
        url,
        USERS,
        "create table principals (id integer not null primary key, disabled integer)",
        "create table logs (id integer not null primary key, creator integer, owner integer)",
        "insert into principals values (1, 0), (2, 0)",
        "insert into logs values (1, 1, 2), (2, 1, 1), (3, 2, 1)",
    )
    references = ["logs.creator => users.id", "logs.creator => principals.id", "logs.owner => users.id"]
    text = (
        PERSON
        + table("main.principals", "subject", paths=["principals.id => users.id"], disabled="preference")
        + table("main.logs", "none")
        + f"references = {references!r}\n"
    )
    outcome = erased(url, tmp_path, text)
    assert outcome.word == "done"
    assert outcome.counts["main.logs"] == {"unlinked": 4}
    assert scene.rows(url, "logs") == [(1, None, 2), (2, None, None), (3, 2, None)]
