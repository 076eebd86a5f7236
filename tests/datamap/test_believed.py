"""What values and emptiness say against a name: shared names, recipients that are no addresses, keys that may be empty."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from troth.datamap.introspect import introspect
from troth.datamap.propose import propose
from troth.model.datamap import DataMap
from troth.model.schema import Field, Foreign, Relation, Schema

_TABLES = """
create table customers (id integer not null primary key, email varchar(80) not null unique, full_name varchar(60),
  personalisation boolean not null, show_recommendations boolean);
create table orders (id integer not null primary key, customer_id integer not null references customers (id));
create table invoices (id integer not null primary key, order_id integer not null references orders (id), billed varchar(60));
create table cards (id integer not null primary key, customer_id integer not null references customers (id),
  card_number_sealed varchar(60));
create table payments (id integer not null primary key, invoice_id integer not null references invoices (id),
  card_id integer references cards (id));
create table parcels (id integer not null primary key, order_id integer not null references orders (id),
  recipient varchar(60), sent_to varchar(60));
create table tickets (id integer not null primary key, customer_id integer references customers (id),
  subject varchar(60), requester_email varchar(80));
create table messages (id integer not null primary key, ticket_id integer not null references tickets (id),
  author_type varchar(10) not null, author_id integer, body text);
create table notes (id integer not null primary key, object_type varchar(10) not null, object_id integer not null, body text);
create table identity_checks (id integer not null primary key, customer_id integer not null references customers (id),
  document_number varchar(60))
"""
_NAMES = (
    "Ada Lovelace",
    "Grace Hopper",
    "Alan Turing",
    "Barbara Wilson",
    "Kenneth Martin",
    "Emily Clark",
    "Mary Jones",
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> DataMap:
    """What is proposed for a small shop whose names repeat."""
    file = tmp_path_factory.mktemp("believed") / "shop.db"
    link = sqlite3.connect(file)
    link.executescript(_TABLES)
    for n in range(1, 31):
        name, card = _NAMES[n % 7], n if n % 2 else None
        link.execute("insert into customers values (?, ?, ?, 1, 1)", (n, f"p{n}@example.org", name))
        link.execute("insert into orders values (?, ?)", (n, n))
        link.execute("insert into invoices values (?, ?, ?)", (n, n, name))
        link.execute("insert into cards values (?, ?, ?)", (n, n, f"enc:v1:{n:040}"))
        link.execute("insert into payments values (?, ?, ?)", (n, n, card))
        link.execute("insert into parcels values (?, ?, ?, ?)", (n, n, name, name))
        link.execute("insert into tickets values (?, ?, 'help', ?)", (n, n, f"p{n}@example.org"))
        author = ("customer", n) if n % 2 else ("staff", 1)
        link.execute("insert into messages values (?, ?, ?, ?, 'please help me with it')", (n, n, *author))
        link.execute(
            "insert into notes values (?, ?, ?, 'called back')", (n, "customer" if n % 2 else "ticket", n)
        )
        link.execute("insert into identity_checks values (?, ?, ?)", (n, n, f"enc:v1:{n:040}"))
    link.commit()
    link.close()
    return propose({"shop": introspect(f"sqlite:///{file}", store="shop")}).map


def _category(found: DataMap, table: str, column: str) -> str:
    one = found.table("shop", table).column(column)
    return one.category if one else ""


def test_names_are_no_keys(found: DataMap) -> None:
    """A column of names is no way to a person, because several people share one."""
    paths = [str(path) for table in found.tables for path in table.paths]
    assert not [path for path in paths if "full_name" in path]


def test_recipients_that_are_names(found: DataMap) -> None:
    """A recipient is called an address only where the values look like one."""
    assert _category(found, "parcels", "recipient") == "contact.name"


def test_every_row_has_a_way(found: DataMap) -> None:
    """The way over a key that is never empty comes before a shorter one over a key that may be."""
    assert str(found.table("shop", "payments").paths[0]).startswith("payments.invoice_id -> invoices.id")


def test_answers_of_the_staff(found: DataMap) -> None:
    """A message of a ticket belongs to the customer of the ticket, whoever wrote it."""
    assert str(found.table("shop", "messages").paths[0]).startswith("messages.ticket_id -> tickets.id")


def test_every_type_has_a_way(found: DataMap) -> None:
    """A note about a customer and a note about a ticket are both found."""
    assert [str(path) for path in found.table("shop", "notes").paths] == [
        "notes.object_id => customers.id [object_type='customer']",
        "notes.object_id => tickets.id [object_type='ticket'] ; tickets.customer_id -> customers.id",
        "notes.object_id => tickets.id [object_type='ticket'] ; tickets.requester_email ~> customers.email",
    ]


def test_children_take_every_way(found: DataMap) -> None:
    """Messages of a ticket that is known by its e-mail alone are reached as well."""
    assert [str(path) for path in found.table("shop", "messages").paths] == [
        "messages.ticket_id -> tickets.id ; tickets.customer_id -> customers.id",
        "messages.ticket_id -> tickets.id ; tickets.requester_email ~> customers.email",
    ]


def test_sealed_values(found: DataMap) -> None:
    """What is written encrypted is recognised by its name."""
    assert _category(found, "cards", "card_number_sealed") == "payment"
    assert _category(found, "identity_checks", "document_number") == "ident.official"


def test_switch_of_recommendations(found: DataMap) -> None:
    """The switch of personalised content is proposed as a mark."""
    marks = found.table("shop", "customers").marks
    assert marks["personalise"] == "personalisation"


def test_accounts_of_another_store(tmp_path: Path) -> None:
    """An account that names a customer of another store by number leads there, and counting numbers lead nowhere."""
    files = {"people": tmp_path / "people.db", "billing": tmp_path / "billing.db"}
    with sqlite3.connect(files["people"]) as link:
        link.execute(
            "create table customers (id integer not null primary key, email varchar(80) not null unique)"
        )
        link.execute("create table visits (id integer not null primary key, page varchar(40))")
        link.executemany(
            "insert into customers values (?, ?)", [(n, f"p{n}@example.org") for n in range(1, 1500)]
        )
        link.executemany("insert into visits values (?, '/')", [(n,) for n in range(1, 4000)])
    link.close()
    with sqlite3.connect(files["billing"]) as link:
        link.execute(
            "create table billing_accounts (id integer not null primary key, customer_id integer not null unique,"
            " billing_email varchar(80), serial_of_batch integer)"
        )
        link.execute(
            "create table bills (id integer not null primary key,"
            " billing_account_id integer not null references billing_accounts (id))"
        )
        rows = [(n, 1500 - n, f"b{n}@example.org", 1100 + n % 300) for n in range(1, 1200)]
        link.executemany("insert into billing_accounts values (?, ?, ?, ?)", rows)
    link.close()
    found = propose({name: introspect(f"sqlite:///{file}", store=name) for name, file in files.items()}).map
    paths = [str(path) for path in found.table("billing", "billing_accounts").paths]
    assert paths[0] == "billing_accounts.customer_id => ext:people.customers.id"
    assert not [path for path in paths if "visits" in path]


def test_types_whose_keys_are_of_several_kinds() -> None:
    """An id that is a text, because some keys are texts and some numbers, has a way for each type."""
    people = Relation(
        "customers",
        (
            Field(
                "id", kind="uuid", type="UUID", nullable=False, samples=tuple(f"0000-{n}" for n in range(9))
            ),
            Field("email", samples=tuple(f"p{n}@example.org" for n in range(9))),
        ),
        ("id",),
    )
    tickets = Relation(
        "tickets",
        (
            Field("id", kind="integer", nullable=False, samples=tuple(range(9))),
            Field("customer_id", kind="uuid", samples=tuple(f"0000-{n}" for n in range(9))),
        ),
        ("id",),
        foreign=(Foreign(("customer_id",), "customers", ("id",)),),
    )
    notes = Relation(
        "notes",
        (
            Field("id", kind="integer", nullable=False),
            Field("object_type", samples=("Customer", "Ticket") * 4),
            Field("object_id", samples=tuple(f"0000-{n}" if n % 2 else str(n) for n in range(1, 9))),
            Field("body"),
        ),
        ("id",),
    )
    found = propose({"s": Schema("s", "postgresql", (people, notes, tickets))}).map
    assert sorted(str(one) for one in found.table("s", "notes").paths) == [
        "notes.object_id => customers.id [object_type='Customer']",
        "notes.object_id => tickets.id [object_type='Ticket'] ; tickets.customer_id -> customers.id",
    ]
