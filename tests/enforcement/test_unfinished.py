"""Erasures that stay open: gone on with as they must be now, never counted twice, and closed when they are over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.enforcement.project import Project
from troth.model.plan import Hold

PEOPLE = """
create table customers (id integer not null primary key, email varchar(60), phone varchar(30));
create table orders (id integer not null primary key, customer_id integer, note varchar(60));
create table pages (id integer not null primary key, body varchar(100));
insert into customers values (1, 'bob@example.org', null), (2, 'ada@example.org', '+852 5123 4567');
insert into orders values (1, 2, 'a'), (2, 2, 'b'), (3, 1, 'c');
insert into pages values (1, 'written by ada@example.org'), (2, 'nobody')
"""


def mapped(key: str = "id") -> str:
    """The map; without a key of the orders they can not be touched."""
    return table("main.customers", "subject", email="contact.email", phone="contact.phone") + table(
        "main.orders",
        "owned",
        key=[key] if key else [],
        paths=["orders.customer_id => customers.id"],
        note="message",
    )


ADA = by(email="ada@example.org")
CALLS = "create table calls (id integer not null primary key, phone varchar(40), about varchar(40))"
CALLED = table(
    "main.calls", "owned", paths=["calls.phone ~> customers.phone"], phone="contact.phone", about="message"
)


def gone_on(project: Project) -> list[str]:
    """The words of the same erasure, asked for once more, and of its reasons."""
    (outcome,) = erase(project, [ADA], plan_erasure(project, CITED))
    return [outcome.word, *(one.why for one in outcome.reasons)]


def test_done_after_a_rest(url: str, tmp_path: Path) -> None:
    """An erasure that deleted rows and left a rest ends as done when the rest is gone, in one job however often it is tried."""
    scene.run(url, PEOPLE)
    rest = ["partly", "a value of the person still stands here"]
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        assert [gone_on(project) for _ in range(3)] == [rest, rest, rest]
        assert [job.id for job in project.journal.jobs()] == [1]
        scene.run(url, "delete from pages where id = 1")
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
        assert (outcome.word, outcome.total("deleted")) == ("done", 3)
        assert project.journal.jobs() == []
        assert project.pseudonym(ADA) in project.journal.erased()


def test_another_plan_takes_over(url: str, tmp_path: Path) -> None:
    """A table that is mended later is erased by a job that knows what the first one knew, and neither stays open."""
    scene.run(url, PEOPLE, "update pages set body = 'call +852 5123 4567' where id = 1")
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        assert gone_on(project)[0] == "partly"
    scene.run(url, "create table visits (id integer not null primary key, email varchar(60))")
    with scene.project(tmp_path, {"main": url}, mapped("")) as project:  # the number is not in the request
        assert gone_on(project)[0] == "partly"
        assert len(project.journal.jobs()) == 1
        scene.run(url, "delete from pages where id = 1")
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        assert gone_on(project) == ["done"]
        assert project.journal.jobs() == []
        assert project.pseudonym(ADA) in project.journal.erased()


def test_a_hold_that_began_since(url: str, tmp_path: Path) -> None:
    """The old plan of a job that stayed open is not carried out again once a hold keeps what it would delete."""
    scene.run(url, PEOPLE, CALLS)
    with scene.project(tmp_path, {"main": url}, mapped() + CALLED) as project:
        assert gone_on(project)[0] == "partly"
        scene.run(url, "insert into calls values (1, '+85251234567', 'late')")
        held = plan_erasure(project, CITED, [Hold("main.calls", "a dispute", "", CITED)])
        assert erase(project, [ADA], held)[0].word == "partly"
    assert [row[0] for row in scene.rows(url, "calls")] == [1]


def test_key_of_a_person_given_away(url: str, tmp_path: Path) -> None:
    """The number of a deleted person that somebody new has got leads to nothing of theirs when the rest is tried again."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        assert gone_on(project)[0] == "partly"
        scene.run(
            url,
            "insert into customers values (2, 'dora@example.org', null)",
            "insert into orders values (9, 2, 'of Dora')",
        )
        assert gone_on(project)[0] == "partly"
        assert [one.word for one in resume(project)] == ["partly"]
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 2]
    assert [row[0] for row in scene.rows(url, "orders")] == [3, 9]


def test_key_given_away_after_a_takeover(url: str, tmp_path: Path) -> None:
    """So it is where another plan took the job over: what the first job deleted is not found by its key by the second."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        assert gone_on(project)[0] == "partly"
        plan = plan_erasure(project, replace(CITED, sentences=("s9",)))
        assert erase(project, [ADA], plan)[0].word == "partly"
        scene.run(
            url,
            "insert into customers values (2, 'dora@example.org', null)",
            "insert into orders values (9, 2, 'of Dora')",
        )
        assert erase(project, [ADA], plan)[0].word == "partly"
        assert [one.word for one in resume(project)] == ["partly"]
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 2]
    assert [row[0] for row in scene.rows(url, "orders")] == [3, 9]


def test_jobs_of_the_past(url: str, tmp_path: Path) -> None:
    """A job that is open although a later one has erased the same person to the end is closed, and nothing is written."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        assert gone_on(project)[0] == "partly"
        scene.run(url, "delete from pages where id = 1")
        assert gone_on(project) == ["done"]
        for statement in (
            "update job set id = 2",
            "insert into job select 1, purpose, 'open', created, digest, start, sealed, 'partly', version, wrapped from job",
            "insert into job_person select 2, person, subject from job_person",
        ):
            project.journal.write(lambda run, sql=statement: run(sql, ()))  # type: ignore[misc]
        assert resume(project) == ()
        assert project.journal.jobs() == []


@pytest.mark.parametrize("other", [False, True])
def test_who_comes_back_is_a_new_customer(url: str, tmp_path: Path, *, other: bool) -> None:
    """Once the own row of a person is gone, an account with the same address is a new customer's, whatever is still left."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, mapped()) as project:
        assert gone_on(project)[0] == "partly"
        scene.run(
            url,
            "insert into customers values (7, 'ADA@example.org', '+852 5123 4567')",
            "insert into orders values (9, 7, 'new')",
        )
        plan = plan_erasure(project, CITED if not other else replace(CITED, sentences=("s9",)))
        erase(project, [ADA], plan)
        resume(project)
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 7]
    assert [row[0] for row in scene.rows(url, "orders")] == [3, 9]


def test_what_is_written_for_somebody_gone(url: str, tmp_path: Path) -> None:
    """Rows that come in under a name of somebody whose own row is gone are erased by the next try."""
    scene.run(url, PEOPLE, CALLS)
    with scene.project(tmp_path, {"main": url}, mapped() + CALLED) as project:
        assert gone_on(project)[0] == "partly"
        scene.run(
            url,
            "insert into calls values (1, '+85251234567', 'late'), (2, '+85251230000', 'of nobody')",
            "delete from pages where id = 1",
        )
        assert gone_on(project) == ["done"]
    assert [row[0] for row in scene.rows(url, "calls")] == [2]
