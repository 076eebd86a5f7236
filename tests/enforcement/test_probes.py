"""The probes that other systems fail, on every engine: each must end right, or say what is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import access, plan_access
from troth.enforcement.afterwards import replay
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.model.outcome import Outcome, Person
from troth.model.plan import Hold

PEOPLE = """
create table customers (id integer not null primary key, email varchar(100) not null, name varchar(50));
insert into customers values (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', 'Bob'), (3, 'cleo@example.org', 'Cleo')
"""
CUSTOMERS = table("main.customers", "subject", email="contact.email", name="contact.name")


def erased(folder: Path, urls: dict[str, str], text: str, person: Person) -> Outcome:
    """The outcome of erasing one person."""
    with scene.project(folder, urls, text) as project:
        return erase(project, [person], plan_erasure(project, CITED))[0]


def given(folder: Path, urls: dict[str, str], text: str, person: Person) -> tuple[Outcome, dict[str, object]]:
    """The outcome of an access request and the rows it gave, by table."""
    with scene.project(folder, urls, text) as project:
        outcome = access(project, person, plan_access(project, CITED), folder / "bundle")
    found = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in (folder / "bundle" / "data").rglob("*.json")
    }
    return outcome, found


def test_probe_a_refused_mask(url: str, tmp_path: Path) -> None:
    """A column that refuses its mask leaves the request open, names the table, and the person can still be found."""
    scene.run(
        url,
        PEOPLE,
        "create table tickets (id integer not null primary key, customer_id integer, body varchar(100) not null)",
        "create table notes (id integer not null primary key, customer_id integer, body varchar(100))",
        "insert into tickets values (1, 1, 'help'), (2, 2, 'more help')",
        "insert into notes values (1, 1, 'called'), (2, 2, 'called too')",
    )
    path = "tickets.customer_id => customers.id"
    text = (
        CUSTOMERS
        + table("main.notes", "owned", paths=["notes.customer_id => customers.id"], body="message")
        + table("main.tickets", "shared", paths=[path], body="message/null")
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert outcome.word == "partly"
    assert ("main.tickets", "the column body can not hold the mask null: it may not be NULL") in {
        (one.place, one.why) for one in outcome.reasons
    }
    assert scene.rows(url, "notes") == [(2, 2, "called too")]
    assert scene.rows(url, "customers")[0] == (1, "ada@example.org", "Ada")
    again = erased(
        tmp_path,
        {"main": url},
        text.replace(
            'body = { category = "message", mask = "null"', 'body = { category = "message", mask = "empty"'
        ),
        by(email="ada@example.org"),
    )
    assert again.word == "done"
    assert scene.rows(url, "tickets") == [(1, None, ""), (2, 2, "more help")]
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]


def test_probe_a_refused_at_run_time(url: str, tmp_path: Path) -> None:
    """A table that refuses while it runs keeps the identity, names no value, and a second try finishes the rest."""
    scene.run(
        url,
        PEOPLE,
        "create table tickets (id integer not null primary key, customer_id integer, body varchar(100))",
        "create table notes (id integer not null primary key, customer_id integer, body varchar(100))",
        "insert into tickets values (1, 1, 'help'), (2, 2, 'more help')",
        "insert into notes values (1, 1, 'called'), (2, 2, 'called too')",
    )
    text = (
        CUSTOMERS
        + table("main.notes", "owned", paths=["notes.customer_id => customers.id"], body="message")
        + table("main.tickets", "shared", paths=["tickets.customer_id => customers.id"], body="message/null")
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        plan = plan_erasure(project, CITED)
        scene.run(url, "drop table tickets")
        outcome = erase(project, [by(email="ada@example.org")], plan)[0]
        assert outcome.word == "partly"
        assert "main.tickets" in {one.place for one in outcome.reasons} | {"store" for one in outcome.reasons}
        assert not any("ada" in one.why.lower() for one in outcome.reasons)
        assert scene.rows(url, "customers")[0][1] == "ada@example.org"
        scene.run(
            url,
            "create table tickets (id integer not null primary key, customer_id integer, body varchar(100))",
            "insert into tickets values (1, 1, 'help'), (2, 2, 'more help')",
        )
        (finished,) = resume(project)
        assert finished.word == "done"
    assert scene.rows(url, "tickets") == [(1, None, None), (2, 2, "more help")]
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]
    assert scene.rows(url, "notes") == [(2, 2, "called too")]


def test_probe_b_unreachable(url: str, tmp_path: Path) -> None:
    """A table without a way to the person hurts that table only, and is named."""
    scene.run(
        url,
        PEOPLE,
        "create table leads (id integer not null primary key, phone varchar(30))",
        "create table notes (id integer not null primary key, customer_id integer, body varchar(100))",
        "insert into notes values (1, 1, 'called'), (2, 2, 'called too')",
    )
    text = (
        CUSTOMERS
        + table("main.leads", "owned", phone="contact.phone")
        + table("main.notes", "owned", paths=["notes.customer_id => customers.id"], body="message")
    )
    outcome, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert outcome.word == "partly"
    assert [one.place for one in outcome.reasons] == ["main.leads"]
    assert found["notes"] == [{"id": 1, "customer_id": 1, "body": "called"}]
    after = erased(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert after.word == "partly"
    assert {one.place for one in after.reasons} == {"main.customers", "main.leads"}
    assert scene.rows(url, "notes") == [(2, 2, "called too")]


def test_probe_c_self_reference(url: str, tmp_path: Path) -> None:
    """Rows that point to rows of their own table are followed to the end, circles included, and other people's stay."""
    scene.run(
        url,
        PEOPLE,
        """create table folders (id integer not null primary key, owner_id integer, parent_id integer,
            name varchar(40), foreign key (parent_id) references folders (id),
            foreign key (owner_id) references customers (id))""",
        "insert into folders values (1, 1, null, 'a'), (2, null, 1, 'b'), (3, null, 2, 'c'), (4, null, 3, 'd'),"
        " (5, 2, null, 'e'), (6, 2, 3, 'f'), (7, null, 5, 'g')",
        "update folders set parent_id = 4 where id = 1",
    )
    paths = [
        "folders.owner_id -> customers.id",
        "folders.parent_id -> folders.id ; folders.owner_id -> customers.id",
    ]
    text = CUSTOMERS + table("main.folders", "owned", paths=paths, name="content")
    outcome, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert [row["id"] for row in found["folders"]] == [1, 2, 3, 4]  # type: ignore[attr-defined]
    assert outcome.counts["main.folders"] == {"collected": 4, "shared": 1}
    after = erased(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert after.word == "done", after
    assert scene.rows(url, "folders") == [
        (5, 2, None, "e"), (6, 2, None, "f"), (7, None, 5, "g"),
    ]  # fmt: skip


def test_probe_c_circle_of_tables(url: str, tmp_path: Path) -> None:
    """Two tables that point to each other are erased by owner; another customer's server is never followed."""
    scene.run(
        url,
        PEOPLE,
        "create table servers (id integer not null primary key, customer_id integer not null, last_usage integer)",
        "create table samples (id integer not null primary key, server_id integer not null, bytes integer)",
        "insert into servers values (10, 1, 101), (20, 2, 102)",
        "insert into samples values (101, 10, 5), (102, 20, 6), (103, 10, 7)",
        "update servers set last_usage = 102 where id = 10",
    )
    text = (
        CUSTOMERS
        + table("main.servers", "owned", paths=["servers.customer_id => customers.id"], id="service")
        + table(
            "main.samples",
            "owned",
            paths=["samples.server_id => servers.id ; servers.customer_id => customers.id"],
            bytes="usage",
        )
    )
    _, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert [row["id"] for row in found["samples"]] == [101, 103]  # type: ignore[attr-defined]
    assert erased(tmp_path, {"main": url}, text, by(email="ada@example.org")).word == "done"
    assert scene.rows(url, "servers") == [(20, 2, 102)]
    assert scene.rows(url, "samples") == [(102, 20, 6)]


def test_foreign_keys_in_a_circle(url: str, tmp_path: Path) -> None:
    """Declared foreign keys in a circle are let go before the rows are deleted."""
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(100) not null, main_address integer)",
        "create table addresses (id integer not null primary key, customer_id integer not null, street varchar(50),"
        " foreign key (customer_id) references customers (id))",
    )
    if not url.startswith("sqlite"):
        scene.run(url, "alter table customers add foreign key (main_address) references addresses (id)")
    scene.run(
        url,
        "insert into customers values (1, 'ada@example.org', null), (2, 'bob@example.org', null)",
        "insert into addresses values (1, 1, 'a'), (2, 2, 'b')",
        "update customers set main_address = id",
    )
    text = table("main.customers", "subject", email="contact.email") + table(
        "main.addresses", "owned", paths=["addresses.customer_id -> customers.id"], street="contact.address"
    )
    assert erased(tmp_path, {"main": url}, text, by(email="ada@example.org")).word == "done"
    assert scene.rows(url, "customers") == [(2, "bob@example.org", 2)]
    assert scene.rows(url, "addresses") == [(2, 2, "b")]


@pytest.mark.parametrize(
    "spelled",
    ["ADA@EXAMPLE.ORG", "  ada@example.org ", "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada\u200b@example.org"],
    ids=["capitals", "spaces", "full-width", "invisible"],
)
def test_probe_d_spelling(url: str, tmp_path: Path, spelled: str) -> None:
    """An identity spelled otherwise finds the person, and rows that spell it otherwise are found too."""
    scene.run(
        url, PEOPLE, "create table letters (email varchar(100) not null primary key, language varchar(5))"
    )
    engine = scene.database(url)
    with engine.begin() as link:
        for mail in (spelled, "bob@example.org"):
            link.exec_driver_sql(
                "insert into letters values (?, 'en')"
                if url.startswith("sqlite")
                else "insert into letters values (%s, 'en')",
                (mail,),
            )
    engine.dispose()
    text = CUSTOMERS + table(
        "main.letters",
        "owned",
        key=["email"],
        paths=["letters.email ~> customers.email"],
        email="contact.email",
    )
    outcome, found = given(tmp_path, {"main": url}, text, by(email=spelled))
    assert outcome.word == "done"
    assert len(found["letters"]) == len(found["customers"]) == 1  # type: ignore[arg-type]
    assert erased(tmp_path, {"main": url}, text, by(email=spelled)).word == "done"
    assert scene.rows(url, "letters") == [("bob@example.org", "en")]
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]


def test_composed_letters(url: str, tmp_path: Path) -> None:
    """A letter with its accent in one character or in two is the same letter."""
    scene.run(
        url,
        "create table users (id integer not null primary key, login varchar(40))",
        "insert into users values (1, 'Ren\u00e9e'), (2, 'Rene')",
    )
    text = table("main.users", "subject", login="ident.username")
    assert erased(tmp_path, {"main": url}, text, by(login="RENE\u0301E")).word == "done"
    assert scene.rows(url, "users") == [(2, "Rene")]


def test_probe_d_unknown(url: str, tmp_path: Path) -> None:
    """Who is not known is told so; nothing is called done."""
    scene.run(url, PEOPLE)
    before = scene.rows(url, "customers")
    outcome, found = given(tmp_path, {"main": url}, CUSTOMERS, by(email="nobody@example.org"))
    assert (outcome.word, found) == ("nothing found", {})
    assert erased(tmp_path, {"main": url}, CUSTOMERS, by(email="nobody@example.org")).word == "nothing found"
    assert scene.rows(url, "customers") == before


def test_probe_e_composite(url: str, tmp_path: Path) -> None:
    """A reference of two columns is one reference: a row that shares only one of them is somebody else's."""
    scene.run(
        url,
        """create table customers (id integer not null primary key, brand varchar(8) not null, no integer not null,
            email varchar(100) not null, unique (brand, no))""",
        "insert into customers values (1, 'de', 1, 'ada@example.org'), (2, 'de', 2, 'bob@example.org'),"
        " (3, 'fr', 1, 'cleo@example.org')",
        "create table invoices (id integer not null primary key, brand varchar(8), no integer, total integer)",
        "insert into invoices values (1, 'de', 1, 10), (2, 'de', 2, 20), (3, 'fr', 1, 30), (4, 'de', 1, 40)",
    )
    text = table("main.customers", "subject", email="contact.email") + table(
        "main.invoices", "owned", paths=["invoices.(brand,no) => customers.(brand,no)"], total="order"
    )
    _, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert [row["id"] for row in found["invoices"]] == [1, 4]  # type: ignore[attr-defined]
    assert erased(tmp_path, {"main": url}, text, by(email="ada@example.org")).word == "done"
    assert scene.rows(url, "invoices") == [(2, "de", 2, 20), (3, "fr", 1, 30)]


def test_shared_row(url: str, tmp_path: Path) -> None:
    """A row of two people is not given, not erased, and no longer names the one who leaves."""
    scene.run(
        url,
        PEOPLE,
        """create table messages (id integer not null primary key, sender_id integer, receiver_id integer,
            receiver_mail varchar(100), body varchar(100))""",
        "insert into messages values (1, 1, 2, 'bob@example.org', 'hello'),"
        " (2, 2, 1, 'ADA@example.org', 'hello ada@example.org'), (3, 1, 1, 'ada@example.org', 'note to myself'),"
        " (4, 2, 3, 'cleo@example.org', 'hi')",
    )
    paths = ["messages.sender_id => customers.id", "messages.receiver_id => customers.id"]
    text = CUSTOMERS + table(
        "main.messages", "owned", paths=paths, receiver_mail="contact.email", body="message"
    )
    outcome, found = given(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert [row["id"] for row in found["messages"]] == [3]  # type: ignore[attr-defined]
    assert outcome.counts["main.messages"] == {"collected": 1, "shared": 2}
    after = erased(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert after.word == "done"
    assert after.counts["main.messages"] == {"deleted": 1, "separated": 2}
    assert scene.rows(url, "messages") == [
        (1, None, 2, "bob@example.org", "hello"),
        (2, 2, None, None, "hello [erased]"),
        (4, 2, 3, "cleo@example.org", "hi"),
    ]


def test_shared_row_that_can_not_be_separated(url: str, tmp_path: Path) -> None:
    """Where the person can not be taken out of a row, nor their account lose its name, it is said and the request stays open."""
    scene.run(
        url,
        PEOPLE,
        "create table calls (id integer not null primary key, caller integer not null, callee integer not null)",
        "insert into calls values (1, 1, 2), (2, 1, 1)",
    )
    text = CUSTOMERS.replace(
        'category = "contact.email"', 'category = "contact.email", mask = "keep"'
    ) + table(
        "main.calls",
        "owned",
        paths=["calls.caller => customers.id", "calls.callee => customers.id"],
        id="usage",
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert outcome.word == "partly"
    assert "main.calls" in {one.place for one in outcome.reasons}
    assert scene.rows(url, "calls") == [(1, 1, 2)]


def test_polymorphic(url: str, tmp_path: Path) -> None:
    """A row belongs to a person only if its type says that the number is a person's."""
    scene.run(
        url,
        PEOPLE,
        "create table notes (id integer not null primary key, what varchar(20), number varchar(20), body varchar(40))",
        "insert into notes values (1, 'Customer', '1', 'x'), (2, 'Server', '1', 'y'), (3, 'Customer', '2', 'z'),"
        " (4, 'Customer', 'none', 'u')",
    )
    text = CUSTOMERS + table(
        "main.notes", "owned", paths=["notes.number => customers.id [what='Customer']"], body="message"
    )
    assert erased(tmp_path, {"main": url}, text, by(email="ada@example.org")).word == "done"
    assert [row[0] for row in scene.rows(url, "notes")] == [2, 3, 4]


def test_members_of_json_and_lists(url: str, tmp_path: Path) -> None:
    """A person named inside JSON or a list is found; a value that only looks alike is not."""
    scene.run(
        url,
        PEOPLE,
        "create table events (id integer not null primary key, payload varchar(200))",
        "create table teams (id integer not null primary key, members varchar(200), title varchar(40))",
    )
    engine = scene.database(url)
    mark = "?" if url.startswith("sqlite") else "%s"
    with engine.begin() as link:
        for number, payload in enumerate(
            [
                '{"email": "Ada@Example.org"}',
                '{"email": "dada@example.org"}',
                '{"note": "ada@example.org"}',
                "no json",
            ],
            1,
        ):
            link.exec_driver_sql(f"insert into events values ({mark}, {mark})", (number, payload))
        for number, names in enumerate(["[1, 2]", "[11, 2]", "[1]"], 1):
            link.exec_driver_sql(f"insert into teams values ({mark}, {mark}, 'team')", (number, names))
    engine.dispose()
    text = (
        CUSTOMERS
        + table(
            "main.events",
            "owned",
            paths=["events.payload ~> customers.email [inside JSON $.email]"],
            payload="log//json",
        )
        + table(
            "main.teams",
            "owned",
            paths=["teams.members => customers.id [inside array]"],
            members="service//json",
        )
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert [row[0] for row in scene.rows(url, "events")] == [2, 3, 4]
    assert [row[:2] for row in scene.rows(url, "teams")] == [(1, "[2]"), (2, "[11, 2]")]
    assert outcome.word == "partly"
    assert outcome.residue == {"main.events.payload": 1}


def test_soft_deleted_and_shadow_rows(url: str, tmp_path: Path) -> None:
    """Rows that the application hides and rows of an archive go like all others."""
    scene.run(
        url,
        PEOPLE,
        "create table archive (id integer not null primary key, email varchar(100), gone_at varchar(20))",
        "insert into archive values (1, 'ada@example.org', '2020-01-01'), (9, 'Ada@example.org', null),"
        " (2, 'bob@example.org', null)",
    )
    text = CUSTOMERS + table("main.archive", "subject", email="contact.email")
    assert erased(tmp_path, {"main": url}, text, by(email="ada@example.org")).word == "done"
    assert [row[0] for row in scene.rows(url, "archive")] == [2]


def test_rows_without_an_account(url: str, tmp_path: Path) -> None:
    """A person who is only known by an address in some table is found by that address."""
    scene.run(
        url,
        PEOPLE,
        "create table letters (email varchar(100) not null primary key)",
        "insert into letters values ('guest@example.org'), ('bob@example.org')",
    )
    text = CUSTOMERS + table(
        "main.letters",
        "owned",
        key=["email"],
        paths=["letters.email ~> customers.email"],
        email="contact.email",
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email="guest@example.org"))
    assert outcome.word == "done"
    assert scene.rows(url, "letters") == [("bob@example.org",)]


ACCOUNTS = (
    "create table accounts (id integer not null primary key, joined varchar(20))",
    "create table addresses (email varchar(100) not null primary key, account_id integer references accounts(id))",
    (
        "create table logins (realm integer not null, name varchar(60) not null, account_id integer references accounts(id),"
        " primary key (realm, name))"
    ),
    "create table visits (id integer not null primary key, account_id integer references accounts(id), note varchar(40))",
    "insert into accounts values (1, '2020'), (2, '2021'), (3, '2022')",
    (
        "insert into addresses values ('ada@example.org', 1), ('countess@example.org', 1), ('bob@example.org', 2),"
        " ('guest@example.org', null)"
    ),
    "insert into logins values (1, 'lovelace', 1), (1, 'robert', 2), (2, 'robert', 3)",
    "insert into visits values (1, 1, 'a'), (2, 2, 'b'), (3, 1, 'c'), (4, 3, 'd')",
)
ACCOUNT_MAP = (
    table("main.accounts", "subject", joined="login")
    + table(
        "main.addresses", "subject", key=["email"], paths=["addresses.account_id -> accounts.id"],
        email="contact.email",
    )
    + table(
        "main.logins", "owned", key=["realm", "name"], paths=["logins.account_id -> accounts.id"],
        name="ident.username",
    )
    + table("main.visits", "owned", paths=["visits.account_id -> accounts.id"], note="message")
)  # fmt: skip


@pytest.mark.parametrize("named", [{"email": "Ada@example.org"}, {"login": "lovelace"}])
def test_account_that_only_its_address_names(url: str, tmp_path: Path, named: dict[str, str]) -> None:
    """An account without a name of its own is found by its address or login in a table that hangs on it, and goes whole."""
    scene.run(url, *ACCOUNTS)
    outcome = erased(tmp_path, {"main": url}, ACCOUNT_MAP, by(**named))
    assert outcome.word == "done", outcome.reasons
    assert [row[0] for row in scene.rows(url, "accounts")] == [2, 3]
    assert [row[0] for row in scene.rows(url, "addresses")] == ["bob@example.org", "guest@example.org"]
    assert [row[1] for row in scene.rows(url, "logins")] == ["robert", "robert"]
    assert [row[0] for row in scene.rows(url, "visits")] == [2, 4]


def test_address_without_an_account(url: str, tmp_path: Path) -> None:
    """An address that belongs to no account is erased alone, and the request is done."""
    scene.run(url, *ACCOUNTS)
    before = {name: scene.rows(url, name) for name in ("accounts", "logins", "visits")}
    assert erased(tmp_path, {"main": url}, ACCOUNT_MAP, by(email="guest@example.org")).word == "done"
    assert {name: scene.rows(url, name) for name in before} == before
    assert len(scene.rows(url, "addresses")) == 3


def test_account_that_a_backup_brings_back(url: str, tmp_path: Path) -> None:
    """An account that only a login names is known again in a restored backup, and goes again, nobody else."""
    scene.run(url, *ACCOUNTS)
    with scene.project(tmp_path, {"main": url}, ACCOUNT_MAP) as project:
        plan = plan_erasure(project, CITED)
        assert erase(project, [by(login="lovelace")], plan)[0].word == "done"
        after = scene.state({"main": url})
        scene.run(
            url,
            "insert into accounts values (1, '2020')",
            "insert into logins values (1, 'Lovelace', 1)",
            "insert into visits values (1, 1, 'a')",
        )
        assert [one.word for one in replay(project, plan)] == ["done"]
    assert scene.state({"main": url}) == after


def test_login_that_two_accounts_have(url: str, tmp_path: Path) -> None:
    """A login that names two accounts names nobody: nothing is touched and the outcome says what to ask by."""
    scene.run(url, *ACCOUNTS)
    before = scene.state({"main": url})
    outcome = erased(tmp_path, {"main": url}, ACCOUNT_MAP, by(login="robert"))
    assert outcome.word == "partly"
    assert any("several accounts have this name" in one.why for one in outcome.reasons)
    assert scene.state({"main": url}) == before
    assert erased(tmp_path, {"main": url}, ACCOUNT_MAP, by(id="3")).word == "done"
    assert [row[0] for row in scene.rows(url, "accounts")] == [1, 2]


def test_residue_is_found_and_proved(url: str, tmp_path: Path) -> None:
    """A value in a column that the map calls harmless is found afterwards and written down."""
    scene.run(
        url,
        PEOPLE,
        "create table tags (id integer not null primary key, label varchar(100))",
        "insert into tags values (1, 'vip'), (2, 'from Ada@Example.org, urgent'), (3, 'dada@example.org')",
    )
    text = CUSTOMERS + '[none.main]\ntags = { key = ["id"], harmless = ["id", "label"] }\n'
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
        findings = [entry for entry in project.ledger.read() if entry.kind == "finding"]
    assert outcome.residue == {"main.tags.label": 1}
    assert outcome.word == "partly"
    assert [(one.object, one.counts, one.sentences, one.outcome) for one in findings] == [
        ("main.tags.label", {"rows": 1}, ("s7", "s8"), "broken")
    ]


def test_references_of_rows_that_stay(url: str, tmp_path: Path) -> None:
    """A row of somebody else that points to the person keeps everything but that reference."""
    scene.run(
        url,
        PEOPLE,
        "create table plans (id integer not null primary key, name varchar(20), made_by integer,"
        " foreign key (made_by) references customers (id))",
        "insert into plans values (1, 'small', 1), (2, 'large', 2)",
    )
    outcome = erased(tmp_path, {"main": url}, CUSTOMERS, by(email="ada@example.org"))
    assert outcome.word == "done"
    assert outcome.counts["main.plans"] == {"unlinked": 1}
    assert scene.rows(url, "plans") == [(1, "small", None), (2, "large", 2)]


def test_row_that_has_to_stay(url: str, tmp_path: Path) -> None:
    """Where rows that stay must point to the person's row, it stays without a name."""
    scene.run(
        url,
        PEOPLE,
        "create table tickets (id integer not null primary key, customer_id integer not null, subject varchar(40),"
        " foreign key (customer_id) references customers (id))",
        "insert into tickets values (1, 1, 'help'), (2, 2, 'help')",
    )
    text = table("main.customers", "subject", email="contact.email/token", name="contact.name/null") + table(
        "main.tickets", "shared", paths=["tickets.customer_id -> customers.id"], subject="message/null"
    )
    outcome = erased(tmp_path, {"main": url}, text, by(email="ada@example.org"))
    assert outcome.word == "done"
    number, mail, name = scene.rows(url, "customers")[0]
    assert (number, name) == (1, None)
    assert len(mail) == 12
    assert mail.isalnum()
    assert scene.rows(url, "tickets") == [(1, 1, None), (2, 2, "help")]
    assert erased(tmp_path, {"main": url}, text, by(email="ada@example.org")).word == "nothing found"


def test_hold_keeps_its_table_and_the_way_to_it(url: str, tmp_path: Path) -> None:
    """A table that must stay keeps its rows and the identity; the rest goes, and the reason is told."""
    scene.run(
        url,
        PEOPLE,
        "create table invoices (id integer not null primary key, customer_id integer, total integer)",
        "create table notes (id integer not null primary key, customer_id integer, body varchar(40))",
        "insert into invoices values (1, 1, 10), (2, 2, 20)",
        "insert into notes values (1, 1, 'x'), (2, 2, 'y')",
    )
    text = (
        CUSTOMERS
        + table("main.invoices", "owned", paths=["invoices.customer_id => customers.id"], total="order")
        + table("main.notes", "owned", paths=["notes.customer_id => customers.id"], body="message")
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        hold = Hold("main.invoices", "tax law asks for ten years")
        plan = plan_erasure(project, CITED, [hold])
        outcome = erase(project, [by(email="ada@example.org")], plan)[0]
        assert outcome.word == "partly"
        assert ("main.invoices", "tax law asks for ten years") in {
            (one.place, one.why) for one in outcome.reasons
        }
        assert len(scene.rows(url, "invoices")) == 2
        assert scene.rows(url, "notes") == [(2, 2, "y")]
        released = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
        assert released.word == "done"
        assert project.journal.jobs() == []
    assert scene.rows(url, "invoices") == [(2, 2, 20)]
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]


def test_two_stores(url: str, other_url: str, tmp_path: Path) -> None:
    """Rows of another store are found by natural value; the identity goes last of all."""
    scene.run(url, PEOPLE)
    scene.run(
        other_url,
        "create table usage (id integer not null primary key, mail varchar(100), bytes integer)",
        "create table details (id integer not null primary key, usage_id integer, url varchar(100))",
        "insert into usage values (1, 'ADA@example.org', 5), (2, 'bob@example.org', 6)",
        "insert into details values (1, 1, '/a'), (2, 1, '/b'), (3, 2, '/c')",
    )
    path = "usage.mail ~> ext:main.customers.email"
    text = (
        CUSTOMERS
        + table("logs.details", "owned", paths=[f"details.usage_id => usage.id ; {path}"], url="web")
        + table("logs.usage", "owned", paths=[path], mail="contact.email")
    )
    urls = {"main": url, "logs": other_url}
    events: list[str] = []
    with scene.project(tmp_path, urls, text, watch=events.append) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    assert outcome.word == "done"
    assert outcome.counts == {
        "logs.details": {"deleted": 2}, "logs.usage": {"deleted": 1}, "main.customers": {"deleted": 1},
    }  # fmt: skip
    assert scene.rows(other_url, "usage") == [(2, "bob@example.org", 6)]
    assert scene.rows(other_url, "details") == [(3, 2, "/c")]
    assert events.index("+ deleted main.customers") > events.index("- deleted logs.usage")


def test_replay_counts_people(url: str, tmp_path: Path) -> None:
    """Who comes back from a backup with several addresses is one person, and each of their rows is counted once."""
    people = (
        "create table users (id integer not null primary key, email varchar(90), phone varchar(40), login varchar(40));"
        "create table notes (id integer not null primary key, user_id integer)"
    )
    filled = (
        "insert into users values (1, 'ada@example.org', '+85291234567', 'ada_l'),"
        " (2, 'bob@example.org', '+85261112222', 'bob_h');"
        "insert into notes values (1, 1), (2, 1), (3, 2)"
    )
    scene.run(url, people, filled)
    text = table(
        "main.users", "subject", email="contact.email", phone="contact.phone", login="ident.username"
    ) + table("main.notes", "owned", paths=["notes.user_id => users.id"])
    with scene.project(tmp_path, {"main": url}, text) as project:
        plan = plan_erasure(project, CITED)
        first = erase(project, [by(login="ada_l"), by(email="bob@example.org")], plan)
        scene.run(url, filled)
        outcomes = replay(project, plan)
        told = [entry for entry in project.ledger.read() if entry.kind == "restored"]
        steps = [entry for entry in project.ledger.read() if entry.kind == "step"]
    assert [one.word for one in outcomes] == ["done", "done"]
    assert {one.subject for one in outcomes} == {one.subject for one in first}
    assert told[0].counts["returned"] == 2
    assert [entry.counts for entry in steps if entry.object == "main.users"] == [{"deleted": 2}] * 2
    assert [entry.counts for entry in steps if entry.object == "main.notes"] == [{"deleted": 3}] * 2
    assert scene.rows(url, "users") == scene.rows(url, "notes") == []


def test_replay_leaves_who_shares_a_number(url: str, tmp_path: Path) -> None:
    """A telephone number of two accounts brings nobody down with the one who was erased, neither before nor after a backup."""
    people = (
        "create table users (id integer not null primary key, email varchar(90), phone varchar(40));"
        "create table notes (id integer not null primary key, user_id integer, body varchar(90))"
    )
    filled = (
        "insert into users values (1, 'ada@example.org', '+85291234567'), (2, 'bob@example.org', '+852 9123 4567');"
        "insert into notes values (1, 1, 'hello'), (2, 2, 'call +85291234567')"
    )
    scene.run(url, people, filled)
    text = table("main.users", "subject", email="contact.email", phone="contact.phone")
    text += table("main.notes", "owned", paths=["notes.user_id => users.id"], body="message")
    with scene.project(tmp_path, {"main": url}, text) as project:
        plan = plan_erasure(project, CITED)
        first = erase(project, [by(email="ada@example.org")], plan)
        assert (first[0].word, dict(first[0].residue)) == ("done", {})
        left = [scene.rows(url, "users"), scene.rows(url, "notes")]
        assert [len(rows) for rows in left] == [1, 1]
        scene.run(url, "delete from users; delete from notes", filled)
        assert [one.word for one in replay(project, plan)] == ["done"]
        assert [scene.rows(url, "users"), scene.rows(url, "notes")] == left
