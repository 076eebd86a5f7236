"""Rows of several people, and rows that only look so: whose they are, what is given, and what an erasure leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from tests.enforcement.test_probes import CUSTOMERS, PEOPLE, erased, given
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.preview import dry_run
from troth.model.outcome import Identity, Person

ADA = "ada@example.org"
PLACED = ["orders.customer_id -> customers.id", "orders.billing ~> customers.email"]


@pytest.mark.parametrize("null", ["", " not null"])
def test_address_of_nobody_in_ones_own_row(url: str, tmp_path: Path, null: str) -> None:
    """An order with another billing address is the customer's, unless the address is another customer's."""
    scene.run(
        url,
        PEOPLE,
        f"create table orders (id integer not null primary key, customer_id integer{null} references customers (id),"
        " billing varchar(100), address varchar(100))",
        "insert into orders values (1, 1, 'accounts@work.example', 'Main St 5'), (2, 1, null, 'x'),"
        " (3, 2, 'desk@work.example', 'y'), (4, 1, 'BOB@example.org', 'z')",
    )
    text = CUSTOMERS + table("main.orders", "owned", paths=PLACED, billing="contact.email", address="content")
    outcome, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert [row["id"] for row in found["orders"]] == [1, 2]  # type: ignore[attr-defined]
    assert outcome.counts["main.orders"] == {"collected": 2, "shared": 1}
    after = erased(tmp_path, {"main": url}, text, by(email=ADA))
    left = scene.rows(url, "orders")
    assert left[0] == (3, 2, "desk@work.example", "y")
    assert after.word == "done"
    assert left[1] == (4, 1 if null else None, "BOB@example.org", "z")
    assert ADA not in {row[1] for row in scene.rows(url, "customers")}


def test_whose_address_it_is_asks_for_it(url: str, tmp_path: Path) -> None:
    """Who asks by the billing address of somebody's order is taken out of it, and the order stays."""
    scene.run(
        url,
        PEOPLE,
        "create table orders (id integer not null primary key, customer_id integer not null, billing varchar(100))",
        "insert into orders values (1, 1, 'accounts@work.example')",
    )
    text = CUSTOMERS + table("main.orders", "owned", paths=PLACED, billing="contact.email")
    outcome = erased(tmp_path, {"main": url}, text, by(email="accounts@work.example"))
    assert (outcome.word, outcome.counts) == ("done", {"main.orders": {"separated": 1}})
    assert scene.rows(url, "orders") == [(1, 1, None)]


def test_one_column_with_two_paths(url: str, tmp_path: Path) -> None:
    """What names a person by one path of a column is nobody else's because the other path does not know it."""
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(100), login varchar(40),"
        " second varchar(100))",
        "insert into customers values (1, 'ada@example.org', 'ada', 'ada@home.example'),"
        " (2, 'bob@example.org', 'bob', 'bob@home.example')",
        "create table notes (id integer not null primary key, contact varchar(100), body varchar(40))",
        "insert into notes values (1, 'Ada@example.org', 'a'), (2, 'bob@example.org', 'b'), (3, 'ADA', 'c'),"
        " (4, 'bob', 'd')",
        "create table mails (id integer not null primary key, sender varchar(100), receiver varchar(100))",
        "insert into mails values (1, 'ada@example.org', 'ADA@home.example'),"
        " (2, 'ada@example.org', 'bob@home.example'), (3, 'ada@example.org', 'stranger@nowhere.example')",
    )
    text = (
        table(
            "main.customers", "subject", email="contact.email", login="ident.username", second="contact.email"
        )
        + table(
            "main.notes",
            "owned",
            paths=["notes.contact ~> customers.email", "notes.contact ~> customers.login"],
            contact="contact.email",
            body="message",
        )
        + table(
            "main.mails",
            "owned",
            paths=["mails.sender ~> customers.email", "mails.receiver ~> customers.email"],
            sender="contact.email",
            receiver="contact.email",
        )
    )
    outcome, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert [row["id"] for row in found["notes"]] == [1, 3]  # type: ignore[attr-defined]
    assert [row["id"] for row in found["mails"]] == [1]  # type: ignore[attr-defined]
    assert outcome.counts["main.mails"] == {"collected": 1, "shared": 2}
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert [row[0] for row in scene.rows(url, "notes")] == [2, 4]
    assert scene.rows(url, "mails") == [
        (2, None, "bob@home.example"), (3, None, "stranger@nowhere.example"),
    ]  # fmt: skip


def test_answer_of_another_customer_stays_in_the_case(url: str, tmp_path: Path) -> None:
    """What another customer wrote in a case that stays without its person is left as it is, in the case."""
    scene.run(
        url,
        PEOPLE,
        "create table cases (id integer not null primary key, customer_id integer, subject varchar(40))",
        "insert into cases values (1, 1, 'printer'), (2, 2, 'router')",
        "create table answers (id integer not null primary key, case_id integer, customer_id integer, body varchar(40))",
        "insert into answers values (1, 1, 1, 'it is broken'), (2, 1, 2, 'mine too'), (3, 1, null, 'we look at it'),"
        " (4, 2, 1, 'it works here')",
    )
    text = (
        CUSTOMERS
        + table(
            "main.cases",
            "shared",
            paths=["cases.customer_id => customers.id"],
            customer_id="ident.id",
            subject="message",
        )
        + table(
            "main.answers",
            "owned",
            paths=[
                "answers.customer_id => customers.id",
                "answers.case_id => cases.id ; cases.customer_id => customers.id",
            ],
            customer_id="ident.id",
            body="message",
        )
    )
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert scene.rows(url, "cases") == [(1, None, None), (2, 2, "router")]
    assert scene.rows(url, "answers") == [(2, 1, 2, "mine too"), (4, 2, None, "it works here")]
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "nothing found"


def test_second_address_of_another_account(url: str, tmp_path: Path) -> None:
    """The other address of another account, in whatever table of persons, is somebody else's also in one's own row."""
    scene.run(
        url,
        PEOPLE,
        "create table guests (email varchar(100) not null primary key)",
        "insert into guests values ('guest@example.org')",
        "create table orders (id integer not null primary key, customer_id integer, billing varchar(100))",
        "insert into orders values (1, 1, 'guest@example.org'), (2, 1, 'nobody@example.org')",
    )
    text = (
        CUSTOMERS
        + table("main.guests", "subject", key=["email"], email="contact.email")
        + table("main.orders", "owned", paths=PLACED, billing="contact.email")
    )
    _, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert [row["id"] for row in found["orders"]] == [2]  # type: ignore[attr-defined]
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert scene.rows(url, "orders") == [(1, None, "guest@example.org")]


def test_address_that_one_table_of_accounts_shares(url: str, tmp_path: Path) -> None:
    """An address that somebody else has in one of two tables of accounts is theirs, and no rest of who was erased."""
    scene.run(
        url,
        PEOPLE,
        "create table payers (id integer not null primary key, email varchar(100))",
        "insert into payers values (7, 'ada@example.org')",
        "insert into customers (id, email) values (9, 'ada@example.org')",
    )
    text = CUSTOMERS + table("main.payers", "subject", email="contact.email")
    one = Person((Identity("main.customers.id", "1"), Identity("main.payers.id", "7")))
    outcome = erased(tmp_path, {"main": url}, text, one)
    assert (outcome.word, outcome.residue) == ("done", {})
    assert scene.rows(url, "payers") == []
    assert 9 in [row[0] for row in scene.rows(url, "customers")]


MESSAGES = """
create table messages (id integer not null primary key, sender integer not null, receiver integer not null, body varchar(100),
 foreign key (sender) references customers (id), foreign key (receiver) references customers (id));
insert into messages values (1, 1, 2, 'from ada@example.org'), (2, 2, 1, 'hi'), (3, 1, 1, 'mine'),
 (4, 2, 3, 'ada@example.org is away')
"""
ENDS = ["messages.sender -> customers.id", "messages.receiver -> customers.id"]
KEPT = CUSTOMERS.replace(
    'email = { category = "contact.email"', 'email = { category = "contact.email", mask = "keep"'
)


def test_rows_that_can_not_be_separated(url: str, tmp_path: Path) -> None:
    """What can not let go of an account that can not lose its name stays, and the person can be found until it is done."""
    scene.run(url, PEOPLE, MESSAGES)
    text = KEPT + table("main.messages", "owned", paths=ENDS, body="message")
    with scene.project(tmp_path, {"main": url}, text) as project:
        plan = plan_erasure(project, CITED)
        _, reasons = dry_run(project, [by(email=ADA)], plan)
        outcome = erase(project, [by(email=ADA)], plan)[0]
    why = "rows are shared with another person and can not be separated"
    assert ("main.messages", why) in {(one.place, one.why) for one in reasons}
    assert outcome.word == "partly"
    assert {(one.place, one.why) for one in outcome.reasons} == {
        ("main.messages", why), ("main.customers", "it waits for main.messages"),
    }  # fmt: skip
    assert outcome.counts == {"main.messages": {"deleted": 1}}
    left = scene.rows(url, "messages")
    assert left[:2] == [(1, 1, 2, "from ada@example.org"), (2, 2, 1, "hi")]
    assert left[-1] == (4, 2, 3, "ada@example.org is away")
    assert len(left) == 3
    assert scene.rows(url, "customers")[0] == (1, ADA, "Ada")
    scene.run(url, "delete from messages where id < 3")
    again = erased(tmp_path, {"main": url}, text, by(email=ADA))
    assert again.word == "partly"  # her address in the message of others is still found
    assert again.residue == {"main.messages.body": 1}
    assert ADA not in {row[1] for row in scene.rows(url, "customers")}


@pytest.mark.parametrize("role", ["owned", "shared"])
def test_rows_behind_which_an_account_stays(url: str, tmp_path: Path, role: str) -> None:
    """Rows of two people that can not let go of one of them lead to an account without a name, and lose what names the person."""
    scene.run(url, PEOPLE, MESSAGES)
    text = CUSTOMERS + table("main.messages", role, paths=ENDS, body="message/null")
    outcome = erased(tmp_path, {"main": url}, text, by(email=ADA))
    assert outcome.residue == {"main.messages.body": 1}  # her address in the message of others
    assert {one.place for one in outcome.reasons} == {"main.messages.body"}
    assert outcome.counts["main.customers"] == {"masked": 1}
    left = {row[0]: row[1:] for row in scene.rows(url, "messages")}
    assert left[1][:2] == (1, 2)
    assert ADA not in left[1][2]
    assert (left[2], left[4]) == ((2, 1, "hi"), (2, 3, "ada@example.org is away"))
    assert left.get(3) == (None if role == "owned" else (1, 1, None))
    assert ADA not in {row[1] for row in scene.rows(url, "customers")}


def test_others_do_not_wait_for_rows_of_one(url: str, tmp_path: Path) -> None:
    """Of two people erased at once, only the one whose row can not be separated waits."""
    scene.run(
        url,
        PEOPLE,
        "create table calls (id integer not null primary key, caller integer not null, callee integer not null)",
        "create table notes (id integer not null primary key, customer_id integer, body varchar(40))",
        "insert into calls values (1, 1, 2), (2, 3, 3)",
        "insert into notes values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')",
    )
    text = (
        KEPT
        + table(
            "main.calls",
            "owned",
            paths=["calls.caller => customers.id", "calls.callee => customers.id"],
            id="usage",
        )
        + table("main.notes", "owned", paths=["notes.customer_id => customers.id"], body="message")
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        some = erase(project, [by(email=ADA), by(email="cleo@example.org")], plan_erasure(project, CITED))
    assert [one.word for one in some] == ["partly", "done"]
    assert scene.rows(url, "calls") == [(1, 1, 2)]
    assert scene.rows(url, "notes") == [(2, 2, "b")]
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 2]


def test_owner_of_a_row_by_number(url: str, tmp_path: Path) -> None:
    """Where the map says that 0 is nobody, whoever a ticket belongs to leaves it, and whoever stands in its cc stays."""
    scene.run(
        url,
        PEOPLE,
        "create table tickets (id integer not null primary key, userid integer not null, email varchar(60) not null, "
        "cc varchar(90) not null, body varchar(60))",
        f"insert into tickets values (1, 1, '{ADA}', 'bob@example.org', 'hi'), (2, 2, 'bob@example.org', '{ADA}', 'ho')",
    )
    text = CUSTOMERS + table(
        "main.tickets",
        "shared",
        paths=[
            "tickets.userid => customers.id",
            "tickets.email ~> customers.email",
            "tickets.cc ~> customers.email [inside array]",
        ],
        userid="ident.id/zero",
        email="contact.email/empty",
        cc="contact.email/empty",
        body="message/null",
    )
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert scene.rows(url, "tickets") == [
        (1, 0, "", "bob@example.org", "hi"),
        (2, 2, "bob@example.org", "", "ho"),
    ]


def test_ids_that_are_texts_lead_to_nobody_by_a_random_one(url: str, tmp_path: Path) -> None:
    """Who trusts somebody by an id that may not be empty leaves the row, and what hangs on it stays the other's."""
    scene.run(
        url,
        "create table users (id varchar(32) not null primary key, email varchar(60))",
        "insert into users values ('u1', 'ada@example.org'), ('u2', 'bob@example.org')",
        "create table trusts (id varchar(32) not null primary key, trustor_id varchar(32) not null,"
        " trustee_id varchar(32) not null)",
        "insert into trusts values ('t1', 'u1', 'u2'), ('t2', 'u2', 'u1')",
        "create table trust_roles (trust_id varchar(32) not null, role_id varchar(32) not null,"
        " primary key (trust_id, role_id))",
        "insert into trust_roles values ('t1', 'r'), ('t2', 'r')",
    )
    text = (
        table("main.users", "subject", id="ident.id/keep", email="contact.email")
        + table(
            "main.trusts",
            "shared",
            paths=["trusts.trustor_id => users.id", "trusts.trustee_id => users.id"],
            trustor_id="ident.id/token",
            trustee_id="ident.id/token",
        )
        + table(
            "main.trust_roles",
            "owned",
            key=["trust_id", "role_id"],
            paths=[
                "trust_roles.trust_id => trusts.id ; trusts.trustor_id => users.id",
                "trust_roles.trust_id => trusts.id ; trusts.trustee_id => users.id",
            ],
        )
    )
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    (_, gone, left), (_, stays, lost) = scene.rows(url, "trusts")
    assert (left, stays) == ("u2", "u2")
    assert len(gone) == len(lost) == 12
    assert gone != lost
    assert scene.rows(url, "trust_roles") == [("t1", "r"), ("t2", "r")]
    assert scene.rows(url, "users") == [("u2", "bob@example.org")]


def test_an_address_that_must_be_unique_is_separated(url: str, tmp_path: Path) -> None:
    """An address in another's row that is neither empty nor given twice becomes a random text, and nothing waits."""
    scene.run(
        url,
        PEOPLE,
        "create table marks (id integer not null primary key, userid integer not null, email varchar(60) not null,"
        " unique (userid, email))",
        f"insert into marks values (1, 2, '{ADA}'), (2, 2, 'bob@example.org'), (3, 1, '{ADA}')",
    )
    ways = ["marks.userid => customers.id", "marks.email ~> customers.email"]
    text = CUSTOMERS + table("main.marks", "owned", paths=ways, email="contact.email")
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    (_, owner, left), other = scene.rows(url, "marks")
    assert (owner, len(left)) == (2, 12)
    assert other == (2, 2, "bob@example.org")
    assert ADA not in str(scene.state({"main": url}))


def test_contacts_are_persons_of_their_own(url: str, tmp_path: Path) -> None:
    """A customer whose contacts must point to her leaves a row without her name; her contacts stay, and leave by themselves."""
    scene.run(
        url,
        PEOPLE,
        "create table contacts (id integer not null primary key, userid integer not null references customers (id),"
        " email varchar(60) not null)",
        "insert into contacts values (1, 1, 'helper@example.net'), (2, 2, 'other@example.net')",
    )
    text = CUSTOMERS + table("main.contacts", "subject", email="contact.email")
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert ADA not in str(scene.state({"main": url}))
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 2, 3]
    assert scene.rows(url, "contacts") == [(1, 1, "helper@example.net"), (2, 2, "other@example.net")]
    assert erased(tmp_path, {"main": url}, text, by(email="helper@example.net")).word == "done"
    assert scene.rows(url, "contacts") == [(2, 2, "other@example.net")]


def test_two_accounts_with_one_address(url: str, tmp_path: Path) -> None:
    """Of two accounts with one address one is erased; what is the other's keeps the address, and nothing of hers is left."""
    both = "family@example.org"
    scene.run(
        url,
        "create table customers (id integer not null primary key, login varchar(20), email varchar(60), name varchar(40))",
        "create table tickets (id integer not null primary key, userid integer not null, email varchar(60) not null, "
        "body varchar(90))",
        "create table letters (email varchar(60) not null primary key, wanted integer)",
        f"insert into customers values (1, 'adahope', '{both}', 'Ada Hope'), (2, 'bobhope', '{both}', 'Bob Hope'), "
        "(3, 'cleohope', 'cleo@example.org', 'Cleo')",
        f"insert into tickets values (1, 1, '{both}', 'I am adahope, {both}'), (2, 2, '{both}', 'write to {both}, not adahope')",
        f"insert into letters values ('{both}', 1)",
    )
    text = (
        table(
            "main.customers",
            "subject",
            login="ident.username/token",
            email="contact.email/null",
            name="contact.name/null",
        )
        + table(
            "main.tickets",
            "owned",
            paths=["tickets.userid => customers.id", "tickets.email ~> customers.email"],
            email="contact.email",
            body="message",
        )
        + table(
            "main.letters",
            "owned",
            key=("email",),
            paths=["letters.email ~> customers.email"],
            email="contact.email",
        )
    )
    outcome = erased(tmp_path, {"main": url}, text, by(login="adahope"))
    assert (outcome.word, outcome.reasons, dict(outcome.residue)) == ("done", (), {})
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]
    ((number, owner, email, body),) = scene.rows(url, "tickets")
    assert (number, owner, email) == (2, 2, both)
    assert body.startswith(f"write to {both}, not ")
    assert "adahope" not in body
    assert scene.rows(url, "letters") == [(both, 1)]
    assert erased(tmp_path, {"main": url}, text, by(email=both)).word == "done"
    assert [len(scene.rows(url, name)) for name in ("customers", "tickets", "letters")] == [1, 0, 0]


LISTS = [
    (f"{ADA},stranger@nowhere.example", "stranger@nowhere.example"),
    (f"{ADA}, bob@example.org; cleo@example.org", "bob@example.org; cleo@example.org"),
    (f'["bob@example.org", "{ADA}"]', '["bob@example.org"]'),
    (f"{{{ADA},bob@example.org}}", "{bob@example.org}"),
    (f"bob@example.org {ADA}", "bob@example.org"),
    (f"Ada <{ADA}>, A Stranger <s@nowhere.example>", "A Stranger <s@nowhere.example>"),
    (ADA, None),
]


def test_lists_of_several_people(url: str, tmp_path: Path) -> None:
    """A person is taken out of a list, however it is written; whoever else stands in it stays, customer or not."""
    scene.run(
        url,
        PEOPLE,
        "create table lists (id integer not null primary key, recipients varchar(200), title varchar(40))",
    )
    engine = scene.database(url)
    mark = "?" if url.startswith("sqlite") else "%s"
    with engine.begin() as link:
        for number, (cell, _) in enumerate(LISTS, 1):
            link.exec_driver_sql(f"insert into lists values ({mark}, {mark}, 'list')", (number, cell))
    engine.dispose()
    text = CUSTOMERS + table(
        "main.lists",
        "shared",
        paths=["lists.recipients ~> customers.email [inside array]"],
        recipients="contact.email",
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email=ADA))
    assert outcome.word == "done"
    assert outcome.counts["main.lists"] == {"masked": 1, "separated": 6}
    assert [row[1] for row in scene.rows(url, "lists")] == [rest for _, rest in LISTS]


def test_arrays_of_several_people(postgres_url: str, tmp_path: Path) -> None:
    """An array of PostgreSQL keeps its type and everybody else, also names with commas and quotes in them."""
    scene.run(
        postgres_url,
        PEOPLE,
        "create table lists (id integer not null primary key, recipients text[], owners integer[] not null)",
    )
    cells: list[tuple[list[str | None], list[int]]] = [
        ([ADA, "bob@example.org"], [1, 2]),
        (["Ada@Example.org", 'a "b", {c}@nowhere.example', None], [2]),
        (["bob@example.org"], [2, 1, 3]),
        ([ADA], [1]),
    ]
    engine = scene.database(postgres_url)
    with engine.begin() as link:
        for number, (some, owners) in enumerate(cells, 1):
            link.exec_driver_sql("insert into lists values (%s, %s, %s)", (number, some, owners))
    engine.dispose()
    paths = [
        "lists.recipients ~> customers.email [inside array]",
        "lists.owners => customers.id [inside array]",
    ]
    text = CUSTOMERS + table("main.lists", "owned", paths=paths, recipients="contact.email")
    outcome = erased(tmp_path, {"main": postgres_url}, text, by(email=ADA))
    assert outcome.word == "done"
    left: list[tuple[Any, ...]] = scene.rows(postgres_url, "lists")
    assert left == [
        (1, ["bob@example.org"], [2]),
        (2, ['a "b", {c}@nowhere.example', None], [2]),
        (3, ["bob@example.org"], [2, 3]),
    ]


def test_names_in_rows_of_several_people(url: str, tmp_path: Path) -> None:
    """A name goes out of a row that somebody else has a part in, in one column or in two; other people's names stay."""
    columns = "id integer not null primary key, client_id integer, cc varchar(90)"
    scene.run(
        url,
        "create table clients (id integer not null primary key, email varchar(90), first varchar(40), last varchar(40))",
        f"create table tickets ({columns}, name varchar(60) not null)",
        f"create table guests ({columns}, first varchar(40), last varchar(40))",
        "insert into clients values (1, 'diana@example.org', 'Diana', 'Stewart'), (2, 'bob@example.org', 'Bob', 'Stewart')",
        "insert into tickets values (1, 1, 'bob@example.org', 'DIANA Stewart'), (2, 1, 'bob@example.org', 'Bob Stewart'),"
        " (3, 1, 'bob@example.org', 'Stewart Diana'), (4, 1, 'bob@example.org', 'Diana')",
        "insert into guests values (1, 1, 'bob@example.org', 'Diana', 'Stewart'), (2, 1, 'bob@example.org', 'Bob', 'Stewart')",
    )
    ways = {
        name: [f"{name}.client_id => clients.id", f"{name}.cc ~> clients.email"]
        for name in ("tickets", "guests")
    }
    text = (
        table("main.clients", "subject", email="contact.email", first="contact.name", last="contact.name")
        + table("main.tickets", "shared", paths=ways["tickets"], name="contact.name/empty")
        + table("main.guests", "shared", paths=ways["guests"], first="contact.name", last="contact.name")
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email="diana@example.org"))
    assert outcome.counts["main.tickets"] == {"separated": 4}
    left = [(row[1], row[3]) for row in scene.rows(url, "tickets")]
    assert left == [(None, ""), (None, "Bob Stewart"), (None, ""), (None, "Diana")]
    assert [row[3:] for row in scene.rows(url, "guests")] == [(None, None), ("Bob", "Stewart")]


def test_chinese_names_in_rows_of_several_people(url: str, tmp_path: Path) -> None:
    """A Chinese name goes out of a row of several people however its two parts are put together."""
    scene.run(
        url,
        "create table clients (id integer not null primary key, email varchar(90), given varchar(40), family varchar(40))",
        "create table tickets (id integer not null primary key, client_id integer, cc varchar(90), name varchar(60))",
        "insert into clients values (1, 'wang@example.org', '小明', '王'), (2, 'bob@example.org', '大明', '王')",
        "insert into tickets values (1, 1, 'bob@example.org', '王小明'), (2, 1, 'bob@example.org', '王大明'),"
        " (3, 1, 'bob@example.org', '王 小明'), (4, 1, 'bob@example.org', '小明')",
    )
    text = table(
        "main.clients", "subject", email="contact.email", given="contact.name", family="contact.name"
    ) + table(
        "main.tickets",
        "shared",
        paths=["tickets.client_id => clients.id", "tickets.cc ~> clients.email"],
        name="contact.name",
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email="wang@example.org"))
    assert outcome.counts["main.tickets"] == {"separated": 4}
    assert [row[3] for row in scene.rows(url, "tickets")] == [None, "王大明", None, "小明"]


SOLD = """
create table orders (id integer not null primary key, customer_id integer not null references customers (id),
 reseller_id integer, foreign key (reseller_id) references customers (id));
create table shares (id integer not null primary key, owner_id integer not null, order_id integer,
 foreign key (owner_id) references customers (id), foreign key (order_id) references orders (id));
insert into orders values (1, 1, 2), (2, 2, null);
insert into shares values (1, 3, 2), (2, 1, 1), (3, 3, 1)
"""
SOLD_MAP = (
    CUSTOMERS
    + table(
        "main.orders",
        "owned",
        paths=["orders.customer_id -> customers.id", "orders.reseller_id -> customers.id"],
    )
    + table("main.shares", "owned", paths=["shares.owner_id -> customers.id"])
)


def test_references_to_a_row_that_stays(url: str, tmp_path: Path) -> None:
    """What points to an order of two people goes on pointing to it; what points to an order that goes does not."""
    scene.run(url, PEOPLE, SOLD)
    outcome = erased(tmp_path, {"main": url}, SOLD_MAP, by(email="bob@example.org"))
    assert outcome.word == "done"
    assert outcome.counts["main.shares"] == {"unlinked": 1}
    assert scene.rows(url, "orders") == [(1, 1, None)]
    assert scene.rows(url, "shares") == [(1, 3, None), (2, 1, 1), (3, 3, 1)]


def test_references_to_a_row_of_all_who_leave(url: str, tmp_path: Path) -> None:
    """An order of two people goes where both of them are erased at once, and what pointed to it does so no more."""
    scene.run(url, PEOPLE, SOLD)
    with scene.project(tmp_path, {"main": url}, SOLD_MAP) as project:
        people = [by(email="bob@example.org"), by(email=ADA)]
        words = [one.word for one in erase(project, people, plan_erasure(project, CITED))]
    assert words == ["done", "done"]
    assert scene.rows(url, "orders") == []
    assert scene.rows(url, "shares") == [(1, 3, None), (3, 3, None)]


def test_references_of_rows_to_their_own_table(url: str, tmp_path: Path) -> None:
    """An answer to an answer keeps its place where only the first comment of a thread goes."""
    scene.run(
        url,
        PEOPLE,
        "create table comments (id integer not null primary key, parent_id integer, user_id integer not null,"
        " foreign key (parent_id) references comments (id), foreign key (user_id) references customers (id))",
        "insert into comments values (1, null, 1), (2, 1, 2), (3, 2, 3), (4, 3, 1), (5, 4, 2)",
    )
    text = CUSTOMERS + table("main.comments", "owned", paths=["comments.user_id -> customers.id"])
    outcome = erased(tmp_path, {"main": url}, text, by(email=ADA))
    assert outcome.word == "done"
    assert scene.rows(url, "comments") == [(2, None, 2), (3, 2, 3), (5, None, 2)]


THREAD = "notes.parent_id => notes.id ; "


@pytest.mark.parametrize(
    "far", ["notes.mail ~> customers.email", "notes.cc ~> customers.email [inside array]"]
)
def test_chain_that_ends_at_an_address(url: str, tmp_path: Path, far: str) -> None:
    """A chain in one table is followed to its end also where the last row names the person by an address."""
    scene.run(
        url,
        PEOPLE,
        "create table notes (id integer not null primary key, parent_id integer, mail varchar(60), cc varchar(60))",
        "insert into notes values (1, null, 'ADA@example.org', 'ADA@example.org'), (2, 1, null, null),"
        " (3, 2, null, null), (4, 3, null, null), (5, null, 'bob@example.org', 'bob@example.org'), (6, 5, null, null),"
        " (7, 6, null, null)",
    )
    text = CUSTOMERS + table("main.notes", "owned", paths=[far, THREAD + far], mail="contact.email")
    outcome, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert sorted(row["id"] for row in found["notes"]) == [1, 2, 3, 4]  # type: ignore[attr-defined]
    assert outcome.counts["main.notes"] == {"collected": 4, "shared": 0}
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert [row[0] for row in scene.rows(url, "notes")] == [5, 6, 7]


def test_chain_behind_an_address(url: str, tmp_path: Path) -> None:
    """A row is somebody else's too where an address leads to a chain that only ends at them after several steps."""
    scene.run(
        url,
        PEOPLE,
        "create table groups_ (id integer not null primary key, tag varchar(20), parent_id integer, owner_id integer)",
        "insert into groups_ values (1, null, null, 2), (2, null, 1, null), (3, 'blue', 2, null), (4, 'red', null, 1)",
        "create table posts (id integer not null primary key, tag varchar(20), author_id integer)",
        "insert into posts values (1, 'BLUE', 1), (2, 'red', 1)",
    )
    owner = "groups_.owner_id => customers.id"
    above = f"groups_.parent_id => groups_.id ; {owner}"
    text = (
        CUSTOMERS
        + table("main.groups_", "owned", paths=[owner, above], tag="content")
        + table(
            "main.posts", "owned",
            paths=["posts.author_id => customers.id", f"posts.tag ~> groups_.tag ; {above}",
                   f"posts.tag ~> groups_.tag ; {owner}"],
            tag="content",
        )
    )  # fmt: skip
    outcome, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert [row["id"] for row in found["posts"]] == [2]  # type: ignore[attr-defined]
    assert outcome.counts["main.posts"] == {"collected": 1, "shared": 1}


def test_key_that_is_an_empty_text(url: str, tmp_path: Path) -> None:
    """An account whose key has an empty part is somebody: what leads to it too is not given and not deleted."""
    scene.run(
        url,
        "create table people (area varchar(10) not null, no integer not null, email varchar(60), primary key (area, no))",
        "insert into people values ('', 1, 'ada@example.org'), ('', 2, 'bob@example.org')",
        "create table deals (id integer not null primary key, a1 varchar(10), n1 integer, a2 varchar(10), n2 integer)",
        "insert into deals values (1, '', 1, null, null), (2, '', 1, '', 2)",
    )
    text = table("main.people", "subject", key=("area", "no"), email="contact.email") + table(
        "main.deals",
        "owned",
        paths=["deals.(a1,n1) => people.(area,no)", "deals.(a2,n2) => people.(area,no)"],
    )
    outcome, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert [row["id"] for row in found["deals"]] == [1]  # type: ignore[attr-defined]
    assert outcome.counts["main.deals"] == {"collected": 1, "shared": 1}
    erased(tmp_path, {"main": url}, text, by(email=ADA))
    assert [row[0] for row in scene.rows(url, "deals")] == [2]


def test_column_that_leads_to_others_too(url: str, tmp_path: Path) -> None:
    """The column by which a row of two is found for the other one is not emptied, so the row is never deleted later."""
    scene.run(
        url,
        PEOPLE,
        "create table files (id integer not null primary key, owner_id integer, cc varchar(60))",
        "insert into files values (1, 1, 'bob@example.org'), (2, 1, null)",
        "create table marks (id integer not null primary key, file_id integer, other_id integer not null,"
        " foreign key (other_id) references files (id))",
        "insert into marks values (1, 1, 2)",
    )
    files = ["files.owner_id => customers.id", "files.cc ~> customers.email"]
    text = (
        CUSTOMERS
        + table("main.files", "owned", paths=files, cc="contact.email")
        + table(
            "main.marks", "owned",
            paths=[f"marks.{step} ; {rest}" for step in ("file_id => files.id", "other_id -> files.id") for rest in files],
        )
    )  # fmt: skip
    outcome = erased(tmp_path, {"main": url}, text, by(email=ADA))
    # What the row of two must point to stays as a row without an owner.
    assert (outcome.word, outcome.counts["main.files"]) == ("done", {"masked": 1, "separated": 1})
    assert scene.rows(url, "marks") == [(1, 1, 2)]
    assert scene.rows(url, "files") == [(1, None, "bob@example.org"), (2, None, None)]
    assert ADA not in {row[1] for row in scene.rows(url, "customers")}


def test_name_beside_an_address_in_json(url: str, tmp_path: Path) -> None:
    """Who is taken out of a list of people in JSON leaves no name beside the address; everybody else's stays."""
    kind = "jsonb" if "postgresql" in url else "text"
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(60), name varchar(50))",
        "insert into customers values (1, 'ada@example.org', 'Ada Wong'), (2, 'bob@example.org', 'Bob Chan')",
        f"create table cases (id integer not null primary key, meta {kind})",
        """insert into cases values (1, '{"watchers": [{"name": "ADA Wong", "mail": "Ada@example.org", "share": 0.10},
        {"first": "Ada", "last": "Wong", "mail": "ada@example.org"}, {"name": "Bob Chan", "mail": "bob@example.org"}],
        "sum": 12345678901234567890.125}')""",
    )
    text = CUSTOMERS + table(
        "main.cases",
        "shared",
        paths=["cases.meta ~> customers.email [inside JSON $.watchers[*].mail]"],
        meta="blob//json",
    )
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    ((_, meta),) = scene.rows(url, "cases")
    left = json.loads(meta) if isinstance(meta, str) else meta
    assert left["watchers"] == [
        {"name": None, "mail": None, "share": 0.1},
        {"first": None, "last": None, "mail": None},
        {"name": "Bob Chan", "mail": "bob@example.org"},
    ]
    told = scene.rows(
        url,
        "(select meta from cases) one" if "postgresql" not in url else "(select meta::text from cases) one",
    )
    assert "12345678901234567890.125" in told[0][0]


def test_chain_that_others_point_to(url: str, tmp_path: Path) -> None:
    """Rows of a chain go with their person although a row of two people points to one of them."""
    rule = "" if "mysql" in url or "mariadb" in url else " on delete cascade"
    scene.run(
        url,
        PEOPLE,
        "create table notes (id integer not null primary key, mail varchar(60), parent_id integer,"
        f" foreign key (parent_id) references notes (id){rule})",
        "create table pins (id integer not null primary key, owner_id integer, note_id integer,"
        " foreign key (note_id) references notes (id))",
        "insert into notes values (1, 'ada@example.org', null), (2, null, 1), (3, null, 2), (4, 'bob@example.org', null)",
        "insert into pins values (1, 2, 3), (2, 2, 4), (3, 1, 2)",
    )
    mail, up = "notes.mail ~> customers.email", "notes.parent_id -> notes.id ; notes.mail ~> customers.email"
    text = (
        CUSTOMERS
        + table("main.notes", "owned", paths=[mail, up], mail="contact.email")
        + table(
            "main.pins", "owned",
            paths=["pins.owner_id => customers.id", f"pins.note_id -> notes.id ; {mail}", f"pins.note_id -> notes.id ; {up}"],
        )
    )  # fmt: skip
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert scene.rows(url, "notes") == [(4, "bob@example.org", None)]
    assert scene.rows(url, "pins") == [(1, 2, None), (2, 2, 4)]


def test_chain_over_rows_of_another_type(url: str, tmp_path: Path) -> None:
    """A row is somebody else's too where the chain to them leads over a row whose own link does not count."""
    scene.run(
        url,
        PEOPLE,
        "create table notes (id integer not null primary key, parent_id integer, what varchar(10), what_id integer,"
        " owner_id integer)",
        "insert into notes values (1, null, 'person', 2, null), (2, 1, 'thing', 1, null), (3, 2, 'thing', 1, 1),"
        " (4, null, 'thing', 2, 1), (5, 4, 'person', 1, null)",
    )
    what, up = "notes.what_id => customers.id [what='person']", "notes.parent_id => notes.id"
    owner = "notes.owner_id => customers.id"
    text = CUSTOMERS + table("main.notes", "owned", paths=[what, owner, f"{up} ; {what}", f"{up} ; {owner}"])
    outcome, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert sorted(row["id"] for row in found["notes"]) == [4, 5]  # type: ignore[attr-defined]
    assert outcome.counts["main.notes"] == {"collected": 2, "shared": 1}
    assert erased(tmp_path, {"main": url}, text, by(email=ADA)).word == "done"
    assert scene.rows(url, "notes") == [
        (1, None, "person", 2, None), (2, 1, "thing", 1, None), (3, 2, "thing", 1, None),
    ]  # fmt: skip


def test_steps_of_a_chain_with_a_condition(url: str, tmp_path: Path) -> None:
    """Where the link of a table to itself has a condition, every row that is found has to meet it."""
    scene.run(
        url,
        PEOPLE,
        "create table notes (id integer not null primary key, parent_id integer, kind varchar(10), owner_id integer)",
        "insert into notes values (1, null, 'post', 1), (2, 1, 'reply', null), (3, 2, 'reply', null), (4, 1, 'link', null),"
        " (5, 4, 'reply', 2)",
    )
    owner = "notes.owner_id => customers.id"
    text = CUSTOMERS + table(
        "main.notes", "owned", paths=[owner, f"notes.parent_id => notes.id [kind='reply'] ; {owner}"]
    )
    _, found = given(tmp_path, {"main": url}, text, by(email=ADA))
    assert sorted(row["id"] for row in found["notes"]) == [1, 2, 3]  # type: ignore[attr-defined]
    with scene.project(tmp_path, {"main": url}, text) as project:
        plan = plan_access(project, CITED)
        other = access(project, by(email="bob@example.org"), plan, tmp_path / "other")
    assert other.counts["main.notes"] == {"collected": 1, "shared": 0}


def test_rows_that_hold_nothing_count_for_nothing(url: str, tmp_path: Path) -> None:
    """Of rows that several take part in, those count as separated in which something of the person stood."""
    scene.run(
        url,
        PEOPLE,
        "create table tickets (id integer not null primary key, customer_id integer, body varchar(80))",
        "create table members (ticket_id integer not null references tickets (id),"
        " customer_id integer not null references customers (id), primary key (ticket_id, customer_id))",
        "insert into tickets values (1, 2, 'ask ada@example.org'), (2, 2, 'nothing of hers'), (3, 2, 'nor here')",
        "insert into members values (1, 1), (2, 1), (3, 1)",
    )
    ways = [
        "tickets.customer_id => customers.id",
        "tickets.id => members.ticket_id ; members.customer_id -> customers.id",
    ]
    text = CUSTOMERS + table("main.tickets", "shared", paths=ways, customer_id="ident.id", body="message")
    text += table(
        "main.members",
        "owned",
        paths=["members.customer_id -> customers.id"],
        key=["ticket_id", "customer_id"],
        customer_id="ident.id",
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email=ADA))
    assert outcome.word == "done"
    assert outcome.counts["main.tickets"] == {"separated": 1}
    assert [row[2] for row in scene.rows(url, "tickets")] == ["ask [erased]", "nothing of hers", "nor here"]
