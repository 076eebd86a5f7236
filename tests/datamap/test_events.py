"""When the clock of a row starts: proposed from names, checked against the live schema, written and read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.enforcement.scene import run
from troth.datamap.check import check
from troth.datamap.events import suggest
from troth.datamap.introspect import introspect
from troth.datamap.mapfile import read_map, write_map
from troth.datamap.propose import propose
from troth.model.errors import TrothError
from troth.model.schema import Field, Relation

SHOP = """
create table customers (id integer not null primary key, email varchar(100), name varchar(60), created_at timestamp,
  closed_at timestamp, last_login_at timestamp);
create table orders (id integer not null primary key, customer_id integer not null, total integer,
  placed_at timestamp, paid_at timestamp, completed_at timestamp,
  foreign key (customer_id) references customers (id));
create table tickets (id integer not null primary key, customer_id integer not null, subject varchar(80),
  resolved_at timestamp, foreign key (customer_id) references customers (id));
create table usage_samples (id integer not null primary key, customer_id integer not null, bytes integer, ts timestamp,
  foreign key (customer_id) references customers (id))
"""


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """The URL of a small shop."""
    (tmp_path / "shop.db").touch()
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    run(url, SHOP)
    return url


def test_proposed_from_names(shop: str) -> None:
    """Columns that name an event start its clock, and rows below an account end with it."""
    proposal = propose({"shop": introspect(shop, store="shop")}, person="shop.customers")
    events = {table.name: dict(table.events) for table in proposal.map.tables}
    assert events["customers"] == {
        "account-closed": "closed_at", "collection": "created_at", "last-sign-in": "last_login_at",
    }  # fmt: skip
    assert events["orders"]["order-completed"] == "completed_at"
    assert events["orders"]["order-placed"] == "placed_at"
    assert events["orders"]["account-closed"] == "customers.closed_at"
    assert events["tickets"]["ticket-closed"] == "resolved_at"
    assert events["usage_samples"]["collection"] == "ts"


def test_proposal_gives_reasons(shop: str) -> None:
    """Every proposed clock comes with a confidence and a reason."""
    proposal = propose({"shop": introspect(shop, store="shop")}, person="shop.customers")
    listed = [one for table in proposal.as_json()["tables"] for one in table["events"]]
    assert listed
    assert all(one["reason"] and 0 < one["confidence"] <= 1 for one in listed)


@pytest.mark.parametrize(
    ("table", "column", "event"),
    [
        ("订单", "完成时间", "order-completed"),
        ("用户", "注销时间", "account-closed"),
        ("gongdan", "guanbishijian", "ticket-closed"),
        ("consents", "withdrawn_at", "consent-withdrawn"),
        ("domains", "expires_at", "domain-expiry"),
        ("payments", "paid_at", "payment-made"),
        ("servers", "terminated_at", "service-ended"),
        ("logs", "ts", "collection"),
    ],
)  # fmt: skip
def test_names_of_two_languages(table: str, column: str, event: str) -> None:
    """English, Chinese and pinyin names of times are understood."""
    found = suggest(Relation(table, (Field(column, "DATETIME", "time"),)))
    assert event in {one.event for one in found}


def test_no_time_is_no_clock() -> None:
    """A column that is no moment starts no clock, whatever its name says."""
    relation = Relation(
        "orders", (Field("completed", "BOOLEAN", "boolean"), Field("paid", "INTEGER", "integer"))
    )
    assert suggest(relation) == ()


def test_file_keeps_events(shop: str) -> None:
    """A map with clocks reads back as it was written."""
    one = propose({"shop": introspect(shop, store="shop")}, person="shop.customers").map
    assert read_map(write_map(one)) == one


def test_file_refuses_a_clock_without_column() -> None:
    """A clock that names no column is refused with its place."""
    text = 'version = 1\n[[table]]\nstore = "a"\nname = "b"\nrole = "owned"\nevents = { collection = "b." }\n'
    with pytest.raises(TrothError, match="names no column"):
        read_map(text)


@pytest.mark.parametrize(
    ("event", "severity", "words"),
    [
        ("missing_at", "block", "is not there"),
        ("subject", "warn", "no time"),
        ("orders.completed_at", "block", "no path leads"),
        ("customers.closed_at", "", ""),
    ],
)
def test_check_of_clocks(shop: str, event: str, severity: str, words: str) -> None:
    """A clock that can not be read blocks, one that is no time is warned of, one over the path is fine."""
    text = f"""version = 1
[[table]]
store = "shop"
name = "tickets"
role = "owned"
key = ["id"]
paths = ["tickets.customer_id -> customers.id"]
events = {{ account-closed = "{event}" }}
"""
    found = [
        one for one in check(read_map(text), {"shop": introspect(shop, store="shop")}) if one.rule == "clock"
    ]
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert all(words in one.message for one in found)


def test_the_only_moment_of_a_row() -> None:
    """The one time that is never empty starts the clock of collection, unless it says when a row changed or ends."""
    number = Field("id", "INTEGER", "integer", nullable=False)
    for name, event in (("viewed_at", "collection"), ("updated_at", ""), ("expires_at", "")):
        found = suggest(Relation("pages", (number, Field(name, "TIMESTAMP", "time", nullable=False))))
        assert [one.event for one in found if one.event == "collection"] == [event] * bool(event)
    two = tuple(Field(name, "TIMESTAMP", "time", nullable=False) for name in ("first_seen_at", "shown_at"))
    assert "collection" not in {one.event for one in suggest(Relation("pages", (number, *two)))}


def test_samples_that_are_no_moment(tmp_path: Path) -> None:
    """A clock whose sampled values are no moments is named once with their number, by its store, and never with a value."""
    (tmp_path / "shop.db").touch()
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    run(url, SHOP.replace("closed_at timestamp", "closed_at text"))
    run(
        url,
        "insert into customers (id, closed_at) values (1, '31/12/2010'), (2, ''), (3, '1262304000'), (4, null)",
    )
    schemas = {"shop": introspect(url, store="shop")}
    one = propose(schemas).map
    far = {"account-closed": "customers.closed_at"}
    tables = tuple(
        replace(each, events={"account-closed": "closed_at"} if each.role == "subject" else far)
        for each in one.tables
    )
    found = [each.message for each in check(replace(one, tables=tables), schemas) if each.rule == "clock"]
    assert found == [
        "2 of 4 sampled values of shop.customers.closed_at, which starts account-closed, are no moment",
        "shop.customers.closed_at starts account-closed and is text, no time",
    ]
