"""Whom an identity names: two people are never taken for one, whatever letters a database takes for equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import access, plan_access
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.known import every_alias
from troth.enforcement.onfile import filed, on_file
from troth.enforcement.trace import trace
from troth.evidence.pseudonym import pseudonym
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person

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


SHARED = (
    "create table users (id integer not null primary key, login varchar(40) not null unique, email varchar(90))",
    "create table orders (id integer not null primary key, user_id integer not null, note varchar(50))",
    "create table letters (id integer not null primary key, email varchar(90))",
    (
        "insert into users values (1, 'cyrano', 'desk@example.org'), (2, 'deedee', 'Desk@example.org'),"
        " (3, 'eveline', 'eve@example.org')"
    ),
    "insert into orders values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')",
    "insert into letters values (1, 'desk@example.org'), (2, 'eve@example.org')",
)
SHARED_TEXT = (
    table("main.users", "subject", login="ident.username", email="contact.email")
    + table("main.orders", "owned", paths=["orders.user_id => users.id"], note="message")
    + table("main.letters", "owned", paths=["letters.email ~> users.email"], email="contact.email")
)


@pytest.mark.parametrize(
    "person",
    [
        by(login="cyrano", email="eve@example.org"),
        by(email="eve@example.org", login="cyrano"),
        by(id="1", login="eveline"),
        Person((Identity("login", "cyrano"), Identity("login", "eveline"))),
    ],
)
def test_identities_of_two_people_are_refused(url: str, tmp_path: Path, person: Person) -> None:
    """A request whose identities are of two accounts is refused before anything is read out or written."""
    scene.run(url, *SHARED)
    before = scene.state({"main": url})
    with scene.project(tmp_path, {"main": url}, SHARED_TEXT) as project:
        with pytest.raises(TrothError, match=r"different accounts in main\.users"):
            access(project, person, plan_access(project, CITED), tmp_path / "bundle")
        with pytest.raises(TrothError, match=r"different accounts in main\.users"):
            erase(project, [by(login="deedee"), person], plan_erasure(project, CITED))
    assert scene.state({"main": url}) == before


@pytest.mark.parametrize("second", [{"login": "cyrano"}, {"id": "1"}, {"main.users.id": "1"}])
def test_second_identity_tells_accounts_apart(url: str, tmp_path: Path, second: dict[str, str]) -> None:
    """An address that two accounts share names the one that the other identity names, and takes nothing of the other."""
    scene.run(url, *SHARED)
    person = by(email="desk@example.org", **second)
    with scene.project(tmp_path, {"main": url}, SHARED_TEXT) as project:
        assert len(filed(project, person).accounts) == 0
        assert filed(project, by(email="desk@example.org")).accounts == {"main.users": 2}
        outcome = access(project, person, plan_access(project, CITED), tmp_path / "bundle")
        assert outcome.counts["main.users"]["collected"] == outcome.counts["main.orders"]["collected"] == 1
        assert outcome.counts["main.letters"] == {"collected": 0, "shared": 1}
        erase(project, [person], plan_erasure(project, CITED), residual=False)
    assert [row[0] for row in scene.rows(url, "users")] == [2, 3]
    assert [row[0] for row in scene.rows(url, "orders")] == [2, 3]
    assert [row[0] for row in scene.rows(url, "letters")] == [1, 2]


def test_two_identities_that_several_accounts_share(url: str, tmp_path: Path) -> None:
    """Two identities, each of several accounts, name the one account that has both."""
    scene.run(
        url,
        "create table users (id integer not null primary key, phone varchar(40), email varchar(90))",
        "insert into users values (1, '+44 20 7946 0958', 'desk@example.org'), (2, '+44 20 7946 0958', 'two@example.org'),"
        " (3, null, 'desk@example.org')",
    )
    text = table("main.users", "subject", phone="contact.phone", email="contact.email")
    person = by(email="desk@example.org", phone="+442079460958")
    with scene.project(tmp_path, {"main": url}, text) as project:
        assert filed(project, person).person == by(**{"main.users.id": "1"})
        erase(project, [person], plan_erasure(project, CITED), residual=False)
    assert [row[0] for row in scene.rows(url, "users")] == [2, 3]


BILLED = (
    "create table customers (id integer not null primary key, name varchar(40))",
    "create table contacts (id integer not null primary key, customer_id integer not null, email varchar(90))",
    "create table tickets (id integer not null primary key, contact_id integer not null, body varchar(90))",
    "insert into customers values (1, 'Ada'), (2, 'Bob')",
    "insert into contacts values (2, 1, 'ada@example.org'), (3, 2, 'bob@example.org')",
    "insert into tickets values (5, 2, 'of Ada'), (6, 3, 'of Bob')",
)


def test_bare_key_means_the_table_that_others_hang_on(url: str, tmp_path: Path) -> None:
    """A number without its table is one of the accounts, and never that of another account's contact."""
    scene.run(url, *BILLED)
    text = (
        table("main.customers", "subject", name="contact.name")
        + table(
            "main.contacts", "subject", paths=["contacts.customer_id -> customers.id"], email="contact.email"
        )
        + table("main.tickets", "owned", paths=["tickets.contact_id => contacts.id"], body="message")
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = access(project, by(id="2"), plan_access(project, CITED), tmp_path / "bundle")
        counts = {place: one["collected"] for place, one in outcome.counts.items()}
        assert counts == {"main.customers": 1, "main.contacts": 1, "main.tickets": 1}
        erase(project, [by(id="2")], plan_erasure(project, CITED), residual=False)
    assert scene.rows(url, "contacts") == [(2, 1, "ada@example.org")]
    assert scene.rows(url, "tickets") == [(5, 2, "of Ada")]


def test_bare_key_of_several_tables_is_refused(url: str, tmp_path: Path) -> None:
    """A number that two tables of persons have, neither below the other, is refused with what to write instead."""
    scene.run(url, *BILLED)
    text = table("main.customers", "subject", name="contact.name") + table(
        "main.contacts", "subject", email="contact.email"
    )
    before = scene.state({"main": url})
    with scene.project(tmp_path, {"main": url}, text) as project:
        with pytest.raises(TrothError, match="several tables of persons") as refused:
            erase(project, [by(id="2")], plan_erasure(project, CITED))
        assert "`main.contacts.id` or `main.customers.id`" in refused.value.hint
        told = access(project, by(**{"contacts.id": "2"}), plan_access(project, CITED), tmp_path / "bundle")
        assert told.counts["main.contacts"]["collected"] == 1
        assert "main.customers" not in told.counts
    assert scene.state({"main": url}) == before


def test_bare_key_beside_requests_with_more(url: str, tmp_path: Path) -> None:
    """What a number alone means does not change where another request of the same batch names more beside one."""
    scene.run(url, *BILLED)
    text = table("main.customers", "subject", name="contact.name") + table(
        "main.contacts", "subject", paths=["contacts.customer_id -> customers.id"], email="contact.email"
    )
    other = by(email="nobody@example.org", id="9")
    with scene.project(tmp_path, {"main": url}, text) as project:
        first, _ = erase(project, [by(id="2"), other], plan_erasure(project, CITED), residual=False)
    assert first.word == "done"
    assert first.counts == {"main.customers": {"deleted": 1}, "main.contacts": {"deleted": 1}}
    assert scene.rows(url, "contacts") == [(2, 1, "ada@example.org")]


def test_values_that_a_column_can_not_hold(postgres_url: str, tmp_path: Path) -> None:
    """A number, a date or a UUID that is none names nobody, and a list of addresses in an account is not asked."""
    scene.run(
        postgres_url,
        "create type mood as enum ('glad', 'sad')",
        "create table people (id uuid primary key, no integer, email text, others text[], seen inet, born date,"
        " made timestamptz, mood mood, cost numeric, mac macaddr, open boolean)",
        "insert into people values ('00000000-0000-4000-8000-000000000001', 5, 'ada@example.org',"
        " '{mum@example.org}', '203.0.113.7', '1980-01-02', '2026-01-02 03:04:05+00', 'glad', 1.5, '08:00:2b:01:02:03',"
        " true)",
    )
    text = table("main.people", "subject", email="contact.email", others="contact.email//json")
    right = {
        "id": "00000000-0000-4000-8000-000000000001", "no": "5", "email": "Ada@example.org", "seen": "203.0.113.7",
        "born": "1980-01-02", "made": "2026-01-02 04:04:05+01", "mood": "glad", "cost": "1.50",
        "mac": "08-00-2b-01-02-03", "open": "t",
    }  # fmt: skip
    wrong = {
        "id": "5", "no": "five", "email": "mum@example.org", "others": "{mum@example.org}", "seen": "999.1.1.1",
        "born": "1980-02-30", "made": "yesterday at noon", "mood": "angry", "cost": "much", "mac": "08:00", "open": "maybe",
    }  # fmt: skip
    with scene.project(tmp_path, {"main": postgres_url}, text) as project:
        plan = plan_access(project, CITED)
        for place, (kind, value) in enumerate([*right.items(), *wrong.items()]):
            outcome = access(project, by(**{kind: value}), plan, tmp_path / f"copy{place}")
            assert (kind, outcome.word) == (kind, "done" if right.get(kind) == value else "nothing found")


def test_link_to_a_key_that_a_text_can_not_be(postgres_url: str, tmp_path: Path) -> None:
    """A text that links to a UUID may hold other things too; these lead nowhere and stop nothing."""
    scene.run(
        postgres_url,
        "create domain mail as text check (value ~ '@')",
        "create table people (id uuid primary key, email mail)",
        "insert into people values ('00000000-0000-4000-8000-000000000001', 'ada@example.org')",
        "create table notes (id integer primary key, about text, mail text)",
        "insert into notes values (1, '00000000-0000-4000-8000-000000000001', 'none'), (2, 'old-17', 'ada@example.org'),"
        " (3, '', null)",
    )
    text = table("main.people", "subject", email="contact.email") + table(
        "main.notes", "owned", paths=["notes.about => people.id", "notes.mail => people.email"]
    )
    with scene.project(tmp_path, {"main": postgres_url}, text) as project:
        outcome = access(project, by(email="ada@example.org"), plan_access(project, CITED), tmp_path / "copy")
    assert outcome.counts["main.notes"] == {"collected": 2, "shared": 0}
