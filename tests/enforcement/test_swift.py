"""One pass over a store: what is written where it is found, what is saved when, and who is counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.enforcement.meaning import Wanted, normal, words
from troth.stores.walk import Taker

SHOP = """
create table customers (id integer not null primary key, email varchar(100) not null, phone varchar(30));
create table servers (id integer not null primary key, customer_id integer not null);
create table samples (id integer not null primary key, server_id integer not null, used integer);
create table labels (name varchar(20) not null primary key, server_id integer not null);
create table invoices (id integer not null primary key, customer_id integer, name varchar(40));
insert into customers values (1, 'ada@example.org', '+49 30 1234567'), (2, 'bob@example.org', null),
  (3, 'cleo@example.org', null);
insert into servers values (10, 1), (11, 1), (20, 2), (30, 3);
insert into samples values (1, 10, 5), (2, 11, 5), (3, 20, 5), (4, 30, 5), (5, 10, 5);
insert into labels values ('a', 10), ('b', 20), ('c', 11);
insert into invoices values (1, 1, 'Ada'), (2, 2, 'Bob'), (3, 1, 'Ada')
"""
OWN = "servers.customer_id => customers.id"
MAP = (
    table("main.customers", "subject", email="contact.email", phone="contact.phone")
    + table("main.servers", "owned", paths=[OWN])
    + table("main.samples", "owned", paths=[f"samples.server_id => servers.id ; {OWN}"], used="usage")
    + table("main.labels", "owned", key=["name"], paths=[f"labels.server_id => servers.id ; {OWN}"], name="usage")
    + table("main.invoices", "shared", paths=["invoices.customer_id => customers.id"], name="contact.name/null")
)  # fmt: skip
ADA, BOB = by(email="ada@example.org"), by(email="bob@example.org")
COUNTS = {
    "main.customers": {"deleted": 1}, "main.servers": {"deleted": 2}, "main.samples": {"deleted": 3},
    "main.labels": {"deleted": 2}, "main.invoices": {"masked": 2},
}  # fmt: skip


def test_counts_and_rows(url: str, tmp_path: Path) -> None:
    """Tables with keys of whole numbers and of texts, deleted and masked, are counted row by row for each person."""
    scene.run(url, SHOP)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcomes = erase(project, [BOB, ADA], plan_erasure(project, CITED))
    assert [one.word for one in outcomes] == ["done", "done"]
    assert outcomes[1].counts == COUNTS
    assert outcomes[0].counts["main.samples"] == {"deleted": 1}
    assert scene.rows(url, "samples") == [(4, 30, 5)]
    assert scene.rows(url, "labels") == []
    assert [row[0] for row in scene.rows(url, "servers")] == [30]
    assert [row[2] for row in scene.rows(url, "invoices")] == [None, None, None]


def test_keys_are_saved_before_anything_lasts(url: str, tmp_path: Path) -> None:
    """The keys are in the journal when the store commits; where a store can not undo, before the first write."""
    scene.run(url, SHOP)
    events: list[str] = []
    with scene.project(tmp_path, {"main": url}, MAP, watch=events.append) as project:
        erase(project, [ADA], plan_erasure(project, CITED))
        sure = isinstance(project.stores["main"], Taker)
    first = next(place for place, event in enumerate(events) if event.startswith("+ deleted"))
    assert events.index("- journal keys") < events.index("+ commit main")
    assert events.index("- ledger plan") < first
    assert sure or events.index("- journal keys") < first


@pytest.mark.parametrize("server", [False, True])
def test_state_in_one_database(tmp_path: Path, server: bool, request: pytest.FixtureRequest) -> None:
    """With ledger and journal in one database, job, plan and keys are there at once before the store commits."""
    address = str(request.getfixturevalue("postgres_url") if server else tmp_path / "state.db")
    shop = f"sqlite:///{tmp_path / 'shop.db'}"
    (tmp_path / "shop.db").touch()
    scene.run(shop, SHOP)
    events: list[str] = []
    seen: list[tuple[tuple[str, ...], int, int]] = []

    with scene.project(tmp_path, {"main": shop}, MAP, state=address) as other:

        def watch(event: str) -> None:
            jobs = other.journal.jobs()
            keys = sum(len(other.journal.pending(job.id)) for job in jobs)
            events.append(event)
            seen.append((tuple(one.kind for one in other.ledger.read()), len(jobs), keys))

        with scene.project(tmp_path, {"main": shop}, MAP, watch=watch, state=address) as project:
            (outcome,) = erase(project, [ADA], plan_erasure(project, CITED))
    assert outcome.counts == COUNTS
    commit, end = events.index("+ commit main"), events.index("- journal finish")
    assert seen[commit] == (("plan",), 1, 5)
    assert {(kinds, jobs) for kinds, jobs, _ in seen[:commit]} <= {((), 0), (("plan",), 1)}
    assert {(kinds, jobs) for kinds, jobs, _ in seen[commit:end]} == {(("plan",), 1)}
    assert seen[end] == (("plan", *["step"] * 5, "erased"), 0, 0)


def test_many_rows(url: str, tmp_path: Path) -> None:
    """Thousands of rows of several persons are written and counted as few are."""
    scene.run(url, SHOP)
    rows = ", ".join(f"({n}, {10 + n % 3 * 10}, 1)" for n in range(100, 3_400))
    scene.run(url, f"insert into samples values {rows}")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcomes = erase(project, [BOB, ADA], plan_erasure(project, CITED))
    assert [one.counts["main.samples"] for one in outcomes] == [{"deleted": 1_101}, {"deleted": 1_103}]
    assert {row[1] for row in scene.rows(url, "samples")} == {30}


@pytest.mark.parametrize("count", [999, 1_000, 1_001, 2_500])
def test_rows_of_one_person_in_turns(url: str, tmp_path: Path, count: int) -> None:
    """However many rows one person has, each goes once and is counted once, and nobody else's goes."""
    scene.run(url, SHOP)
    rows = ", ".join(f"({n}, {10 + n % 2 * 10}, 1)" for n in range(100, 100 + 2 * (count - 3)))
    scene.run(url, f"insert into samples values {rows}")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        (outcome,) = erase(project, [ADA], plan_erasure(project, CITED))
    assert (outcome.word, outcome.counts["main.samples"]) == ("done", {"deleted": count})
    left = scene.rows(url, "samples")
    assert len(left) == count - 3 + 2
    assert {row[1] for row in left} == {20, 30}


def test_saved_keys_are_read_again(url: str, tmp_path: Path) -> None:
    """After a stop between the keys and the commit, the saved keys are written and counted as if nothing had happened."""
    scene.run(url, SHOP)

    class StoppedError(Exception):
        """The process ends here."""

    def watch(event: str) -> None:
        if event == "- journal keys":
            raise StoppedError

    with pytest.raises(StoppedError), scene.project(tmp_path, {"main": url}, MAP, watch=watch) as project:
        erase(project, [ADA], plan_erasure(project, CITED))
    assert len(scene.rows(url, "samples")) == 5
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        (outcome,) = resume(project)
    assert (outcome.word, outcome.counts) == ("done", COUNTS)
    assert [row[0] for row in scene.rows(url, "samples")] == [3, 4]


def test_masked_rows_are_counted_once(url: str, tmp_path: Path) -> None:
    """Rows that are masked and still lead to the person are not masked and counted again after a stop."""
    kept = SHOP.replace(
        "customer_id integer, name varchar(40)", "customer_id integer not null, name varchar(40)"
    )
    scene.run(url, kept)
    text = MAP.replace(
        'email = { category = "contact.email" }', 'email = { category = "contact.email", mask = "token" }'
    )

    class StoppedError(Exception):
        """The process ends here."""

    def watch(event: str) -> None:
        if event == "- journal marks":
            raise StoppedError

    with pytest.raises(StoppedError), scene.project(tmp_path, {"main": url}, text, watch=watch) as project:
        erase(project, [ADA], plan_erasure(project, CITED))
    with scene.project(tmp_path, {"main": url}, text) as project:
        (outcome,) = resume(project)
    assert outcome.word == "done"
    assert outcome.counts["main.invoices"] == {"masked": 2}
    assert outcome.counts["main.customers"] == {"masked": 1}
    assert [row[1:] for row in scene.rows(url, "invoices")] == [(1, None), (2, "Bob"), (1, None)]


def test_one_row_of_two_names(url: str, tmp_path: Path) -> None:
    """Two requests of a batch that name the same customer are both told what was erased."""
    scene.run(url, SHOP)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcomes = erase(project, [ADA, by(phone="0049 30 1234567")], plan_erasure(project, CITED))
    assert [one.word for one in outcomes] == ["done", "done"]
    assert outcomes[0].counts == outcomes[1].counts == COUNTS
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]


PARTS = st.sampled_from(
    ["ada@example.org", "Ada@Example.ORG", "adalovelace", "AdaLovelace", "+49 30 1234567", "0301234567", "+123456",
     "12 34 56", "0049(30)123-45 67", "301234567", "1234567", "tel", "x", " ", ".", "-", "<", ">", ",", "=", "7", "00",
     "ада", "\uff41da", "\u00a0", "\t"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=8).map("".join))
def test_quick_look_at_texts(cell: str) -> None:
    """The quick look at a cell passes over nothing that reading it in full would find."""
    wanted = Wanted()
    wanted.add(0, "email", "ada@example.org")
    wanted.add(1, "text", "Adalovelace")
    for person, phone in enumerate(("+49 30 1234567", "0301234567", "+123456"), 2):
        wanted.add(person, "phone", phone)
    named = {normal("text", cell), normal("email", cell)} & wanted.words.keys()
    called = {normal("phone", cell)} & wanted.phones.keys()
    people = {one for word in named for one in wanted.words[word]}
    people |= {one for word in called for one in wanted.phones[word]}
    if not people:
        for word in words(cell):
            people |= wanted.words.get(word, set()) | wanted.phones.get(word, set())
    assert wanted.inside(cell) == people
