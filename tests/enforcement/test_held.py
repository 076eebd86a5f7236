"""Erasure that must wait: what no hold covers goes at once, the rest is restricted and goes when the hold ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by, table
from tests.house.tree import HOUSE
from troth.enforcement.held import ended, erase_or_hold, finish_held, look, place, reasons
from troth.enforcement.project import Project
from troth.evidence.restriction import Use, restricted, running
from troth.model.policy import Policy
from troth.policy.bind import compile_file

PEOPLE = """
create table customers (id integer not null primary key, email varchar(60), frozen integer);
create table orders (id integer not null primary key, customer_id integer, state varchar(20), keep_until varchar(30));
create table items (id integer not null primary key, order_id integer, what varchar(20));
create table tickets (id integer not null primary key, customer_id integer, body varchar(20));
insert into customers values (1, 'ada@example.org', 0), (2, 'bob@example.org', 0);
insert into orders values (1, 1, 'pending', null), (2, 1, 'shipped', null), (3, 2, 'pending', null), (4, 1, 'Shipped ', null);
insert into items values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c'), (4, 4, 'd');
insert into tickets values (1, 1, 'help'), (2, 2, 'help')
"""
FACTS = {"order-status": "state: new, pending = open; due = unpaid; * = completed"}
ORDERS = "orders.customer_id => customers.id"


def mapped(facts: dict[str, str]) -> str:
    """The map, with what an order shows."""
    return (
        table("main.customers", "subject", email="contact.email", marks={"restricted": "frozen"})
        + table("main.orders", "owned", paths=[ORDERS], facts=facts, state="order")
        + table("main.items", "owned", paths=[f"items.order_id => orders.id ; {ORDERS}"], what="order")
        + table("main.tickets", "owned", paths=["tickets.customer_id => customers.id"], body="message")
    )


MAP = mapped(FACTS)
ADA = by(email="ada@example.org")


def policy() -> Policy:
    """A policy with holds: legal retention, open order, dispute (Hong Kong Cloud, VI(III))."""
    path = HOUSE / "samples" / "hkcloud" / "policy.troth.md"
    return compile_file(path.read_bytes(), path.name).policy


def ids(url: str) -> dict[str, list[int]]:
    """The rows that are there."""
    return {
        name: [row[0] for row in scene.rows(url, name)]
        for name in ("customers", "orders", "items", "tickets")
    }


def stops(project: Project, purpose: str) -> str:
    """The hold that stops a purpose for the person; empty where none does."""
    found = restricted(project.ledger, [project.pseudonym(ADA)], Use(purpose), NOW)
    return found.reason if found else ""


def test_open_order(url: str, tmp_path: Path) -> None:
    """An open order waits with what hangs on it; everything else goes at once, and the rest when it is shipped."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase_or_hold(project, ADA, policy(), CITED)
        assert outcome.word == "partly"
        assert "open order: order state is open or unpaid" in {one.why for one in outcome.reasons}
        assert ids(url) == {"customers": [1, 2], "orders": [1, 3], "items": [1, 3], "tickets": [2]}
        assert stops(project, "direct-marketing") == "open-order"
        assert stops(project, "delivery-of-goods") == ""
        assert [row[2] for row in scene.rows(url, "customers")] == [1, 0]
        again = finish_held(project, policy(), CITED)
        assert [one.word for one in again] == ["partly"]
        told = [
            (one.kind, one.action) for one in project.ledger.read() if one.kind in {"restricted", "released"}
        ]
        assert told == [("restricted", "hold")]
        scene.run(url, "update orders set state = 'shipped' where id = 1")
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["done"]
        assert ids(url) == {"customers": [2], "orders": [3], "items": [3], "tickets": [2]}
        assert running(project.ledger) == []
        assert project.journal.jobs() == []
        last = [
            (one.kind, one.detail.get("reason")) for one in project.ledger.read() if one.kind == "released"
        ]
        assert last == [("released", "open-order")]


def test_no_hold(url: str, tmp_path: Path) -> None:
    """Without an open order nothing waits and nothing is restricted."""
    scene.run(url, PEOPLE, "update orders set state = 'shipped'")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert erase_or_hold(project, ADA, policy(), CITED).word == "done"
        assert running(project.ledger) == []
    assert ids(url) == {"customers": [2], "orders": [3], "items": [3], "tickets": [2]}


def test_facts_of_the_case(url: str, tmp_path: Path) -> None:
    """A dispute that the caller knows of holds everything, and everything goes once it is settled."""
    scene.run(url, PEOPLE, "update orders set state = 'shipped'")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase_or_hold(project, ADA, policy(), CITED, facts={"dispute-status": "open"})
        assert outcome.word == "partly"
        assert ids(url)["tickets"] == [1, 2]
        assert stops(project, "delivery-of-goods") == ""
        assert stops(project, "analytics") == "dispute"
        subject = project.pseudonym(ADA)
        still = finish_held(project, policy(), CITED, facts={subject: {"dispute-status": "open"}})
        assert [one.word for one in still] == ["partly"]
        done = finish_held(project, policy(), CITED, facts={subject: {"dispute-status": "closed"}})
        assert [one.word for one in done] == ["done"]
    assert ids(url) == {"customers": [2], "orders": [3], "items": [3], "tickets": [2]}


def test_expected_end(url: str, tmp_path: Path) -> None:
    """A date in the row says when a legal minimum is expected to end; the restriction lasts until somebody looks."""
    scene.run(url, PEOPLE, "update orders set keep_until = '2027-03-01' where id in (1, 2)")
    dated = mapped({"legal-minimum": "keep_until: future = running; * = expired"})
    with scene.project(tmp_path, {"main": url}, dated) as opened:
        found = look(opened, ADA, policy())
        assert [(one.name, one.places) for one in found.holds] == [
            ("legal-retention", ("main.items", "main.orders"))
        ]
        assert str(found.holds[0].until)[:10] == "2027-03-01"
        assert reasons(found.holds)[0].why.endswith("expected until 2027-03-01")
        assert erase_or_hold(opened, ADA, policy(), CITED).word == "partly"
        assert ended(opened, ADA, NOW) == ()
        later = NOW + timedelta(days=200)
        assert {one.reason for one in ended(opened, ADA, later)} == {"legal-retention"}
        project = replace(opened, clock=lambda: later)
        assert restricted(project.ledger, [project.pseudonym(ADA)], Use("analytics"), later) is not None
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["done"]
    assert ids(url)["orders"] == [3]


def test_undecided(url: str, tmp_path: Path) -> None:
    """A hold whose facts nothing shows does not hold, and is named with the facts that are missing."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, mapped({})) as project:
        found = look(project, ADA, policy())
    assert found.holds == ()
    assert found.undecided == {
        "dispute": ("dispute-status",), "legal-retention": ("legal-minimum",), "open-order": ("order-status",),
    }  # fmt: skip


def test_nobody(url: str, tmp_path: Path) -> None:
    """An unknown person is nothing found, and no hold is recorded."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = erase_or_hold(project, by(email="nobody@example.org"), policy(), CITED)
        assert outcome.word == "nothing found"
        assert running(project.ledger) == []


def test_recorded_once(url: str, tmp_path: Path) -> None:
    """A hold that goes on unchanged is recorded once; one that ended is released."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        holds = look(project, ADA, policy()).holds
        place(project, ADA, holds, CITED)
        size = project.ledger.size()
        assert place(project, ADA, holds, CITED).word == "done"
        assert project.ledger.size() == size
        place(project, ADA, (), CITED)
        assert running(project.ledger) == []
    assert [row[2] for row in scene.rows(url, "customers")] == [0, 0]


def test_two_stores(url: str, other_url: str, tmp_path: Path) -> None:
    """A hold in one store keeps its rows there, and the other store is cleared at once."""
    scene.run(url, PEOPLE)
    scene.run(other_url, "create table visits (id integer not null primary key, mail varchar(60))")
    scene.run(other_url, "insert into visits values (1, 'ada@example.org'), (2, 'bob@example.org')")
    more = MAP + table(
        "logs.visits", "owned", paths=["visits.mail ~> ext:main.customers.email"], mail="contact.email"
    )
    with scene.project(tmp_path, {"main": url, "logs": other_url}, more) as project:
        assert erase_or_hold(project, ADA, policy(), CITED).word == "partly"
    assert [row[0] for row in scene.rows(other_url, "visits")] == [2]
    assert ids(url)["orders"] == [1, 3]


def test_words_of_the_application(url: str, tmp_path: Path) -> None:
    """Case and blanks do not count, and a row whose word the policy does not know stays, which the person is told."""
    scene.run(
        url, PEOPLE, "update orders set state = 'Open' where id = 1", "update orders set state = ' UNPAID' where id = 2",
        "insert into orders values (5, 1, 'completed', null), (6, 1, 'offen', null), (7, 1, null, null), "
        "(8, 1, 'Completed', null)", "delete from orders where id = 4",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, mapped({"order-status": "state"})) as project:
        outcome = erase_or_hold(project, ADA, policy(), CITED)
    assert outcome.word == "partly"
    assert ids(url)["orders"] == [1, 2, 3, 6, 7]
    (why,) = {one.why for one in outcome.reasons if one.place == "main.orders"}
    assert why == "open order: order state is open or unpaid, or what main.orders says of it is not known"


def test_known_words_hold_nothing(url: str, tmp_path: Path) -> None:
    """Words of the policy that end a hold hold nothing, however they are written."""
    scene.run(url, PEOPLE, "update orders set state = 'COMPLETED '")
    with scene.project(tmp_path, {"main": url}, mapped({"order-status": "state"})) as project:
        assert erase_or_hold(project, ADA, policy(), CITED).word == "done"
    assert ids(url)["orders"] == [3]


def test_hold_of_rows_without_a_key(url: str, tmp_path: Path) -> None:
    """In a table without a key the column that tells keeps an open order of a person and lets the others go."""
    scene.run(
        url,
        "create table customers (id integer not null primary key, email varchar(60), frozen integer)",
        "create table orders (customer_id integer, state varchar(20))",
        "insert into customers values (1, 'ada@example.org', 0), (2, 'bob@example.org', 0)",
        "insert into orders values (1, 'pending'), (1, 'shipped'), (1, 'shipped'), (2, 'shipped')",
    )
    text = table("main.customers", "subject", email="contact.email", marks={"restricted": "frozen"}) + table(
        "main.orders", "owned", key=[], paths=[ORDERS], facts=FACTS, state="order"
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        assert erase_or_hold(project, ADA, policy(), CITED).word == "partly"
        assert sorted(scene.rows(url, "orders")) == [(1, "pending"), (2, "shipped")]
        scene.run(url, "update orders set state = 'shipped'")
        assert [one.word for one in finish_held(project, policy(), CITED)] == ["done"]
    assert scene.rows(url, "orders") == [(2, "shipped")]


def test_join_that_goes_holds_nothing(url: str, tmp_path: Path) -> None:
    """Rows without a key that go keep nothing that they point to: shipped orders go while an open one stays."""
    scene.run(
        url,
        PEOPLE,
        "create table tags (order_id integer, customer_id integer, word varchar(20),"
        " foreign key (order_id) references orders (id))",
        "insert into tags values (1, 1, 'a'), (2, 1, 'b'), (2, 1, 'b'), (3, 2, 'c')",
    )
    tags = table("main.tags", "owned", key=[], paths=["tags.customer_id => customers.id"], word="message")
    with scene.project(tmp_path, {"main": url}, MAP + tags) as project:
        outcome = erase_or_hold(project, ADA, policy(), CITED)
    assert outcome.word == "partly"
    assert outcome.counts["main.tags"] == {"deleted": 3}
    assert ids(url) == {"customers": [1, 2], "orders": [1, 3], "items": [1, 3], "tickets": [2]}
