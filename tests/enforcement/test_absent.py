"""A no counts at once where a store can not be reached, and what is to be written there follows once it can."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by, table
from troth.enforcement.agree import say
from troth.enforcement.choices import object_to, release, restrict, resume, withdraw
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.project import Project
from troth.evidence.restriction import Use, restricted
from troth.evidence.state import consent_of
from troth.model.entry import Entry, utc
from troth.model.outcome import Person
from troth.stores.errors import StoreBusy, StoreGone

PEOPLE = """
create table customers (id integer not null primary key, email varchar(60), mails integer, stopped integer);
insert into customers values (1, 'ada@example.org', 1, 0), (2, 'bob@example.org', 1, 0)
"""
OTHERS = """
create table contacts (id integer not null primary key, mail varchar(60), login varchar(20), wants integer);
insert into contacts values (5, 'Ada@example.org', 'lovelace', 1), (6, 'bob@example.org', 'hope', 1)
"""
MAP = table(
    "main.customers",
    "subject",
    email="contact.email",
    marks={"direct-marketing": "mails", "restricted": "stopped"},
) + table(
    "crm.contacts", "subject", mail="contact.email", login="ident.username", marks={"newsletter": "wants"}
)
ADA = by(email="ada@example.org")


class Gone:
    """A store whose database is not there."""

    def __getattr__(self, name: str) -> Any:
        """Everything fails."""
        raise StoreGone("the database crm can not be reached")


@contextmanager
def opened(tmp_path: Path, url: str, other_url: str) -> Iterator[tuple[Project, Project]]:
    """The project as it is, and while one store is away."""
    scene.run(url, PEOPLE)
    scene.run(other_url, OTHERS)
    with scene.project(tmp_path, {"main": url, "crm": other_url}, MAP) as project:
        gone: Any = Gone()
        yield project, replace(project, stores={**project.stores, "crm": gone})


def stopped(project: Project, person: Person, purpose: str = "direct-marketing") -> bool:
    """Whether an objection or a restriction stops a purpose for somebody."""
    return restricted(project.ledger, [project.pseudonym(person)], Use(purpose), NOW) is not None


def wants(url: str) -> list[int]:
    """The switch of the other store."""
    return [row[3] for row in scene.rows(url, "contacts")]


def test_objection(url: str, other_url: str, tmp_path: Path) -> None:
    """An objection counts in ledger and reachable stores at once; the other store and its names follow."""
    with opened(tmp_path, url, other_url) as (project, away):
        outcome = object_to(away, ADA, "direct-marketing", CITED)
        assert outcome.word == "partly"
        assert {one.place for one in outcome.reasons} == {"crm"}
        assert stopped(project, ADA)
        assert [row[2] for row in scene.rows(url, "customers")] == [0, 1]
        assert not stopped(project, by(login="lovelace"))
        assert resume(away) == ()
        assert wants(other_url) == [1, 1]
        assert [one.word for one in resume(project)] == ["done"]
        assert wants(other_url) == [0, 1]
        assert stopped(project, by(login="lovelace"))
        assert not stopped(project, by(login="hope"))
        assert resume(project) == ()
        assert project.journal.jobs() == []
        told = [
            one.action
            for one in project.ledger.read()
            if one.kind == "restricted" and one.subject == project.pseudonym(ADA)
        ]
        assert told.count("object") == 1


def test_known_there_alone(url: str, other_url: str, tmp_path: Path) -> None:
    """Whom only the store that is away knows takes a consent back at once, under the name that was given."""
    with opened(tmp_path, url, other_url) as (project, away):
        who = by(login="lovelace")
        say(project, who, "give", "newsletter", CITED)
        outcome = withdraw(away, who, "newsletter", CITED)
        assert outcome.word == "partly"
        consent = consent_of(project.ledger, [project.pseudonym(who)], "newsletter")
        assert consent is not None
        assert consent.status == "withdrawn"
        assert [one.word for one in resume(project)] == ["done"]
        assert wants(other_url) == [0, 1]
        assert [row[2] for row in scene.rows(url, "customers")] == [0, 1]


def test_what_was_said_since_counts(url: str, other_url: str, tmp_path: Path) -> None:
    """A yes that comes before the store is back is not undone by what follows of the no."""
    with opened(tmp_path, url, other_url) as (project, away):
        withdraw(away, ADA, "direct-marketing", CITED)
        restrict(away, ADA, CITED, reason="accuracy")
        assert [row[3] for row in scene.rows(url, "customers")] == [1, 0]
        # Another door of the house, which needs no store, takes the yes.
        detail = {"purpose": "newsletter", "form": "explicit"}
        yes = Entry(
            time=utc(NOW), kind="consent", actor="shop", action="give", subject=project.pseudonym(ADA), detail=detail,
        )  # fmt: skip
        project.ledger.append([yes])
        assert [one.word for one in resume(project)] == ["done", "done"]
        consent = consent_of(project.ledger, [project.pseudonym(ADA)], "newsletter")
        assert consent is not None
        assert consent.status == "given"
        assert wants(other_url) == [1, 1]


def test_yes_and_release_wait(url: str, other_url: str, tmp_path: Path) -> None:
    """A yes, and the end of a restriction, are refused as long as a store is away: nothing stops while they wait."""
    with opened(tmp_path, url, other_url) as (project, away):
        size = project.ledger.size()
        with pytest.raises(StoreGone, match="can not be reached"):
            say(away, ADA, "give", "newsletter", CITED)
        with pytest.raises(StoreGone, match="can not be reached"):
            release(away, ADA, CITED)
        assert project.ledger.size() == size


class Locked:
    """A store that answers, and in which somebody holds a lock on the tables."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:
        """Transactions begin and end; whatever reads or writes waits in vain."""
        if name in {"snapshot", "transaction"}:
            return getattr(self.store, name)
        raise StoreBusy("rows of the store crm are locked by somebody else", store="crm")


def test_a_locked_table(url: str, other_url: str, tmp_path: Path) -> None:
    """A no counts at once while a table is locked, keeps nobody else back, and is written there when the lock has ended."""
    with opened(tmp_path, url, other_url) as (project, _):
        locked: Any = Locked(project.stores["crm"])
        busy = replace(project, stores={**project.stores, "crm": locked}, tries=2, patience=0.01)
        for person in (ADA, by(email="bob@example.org")):
            outcome = object_to(busy, person, "direct-marketing", CITED)
            assert (outcome.word, {one.place for one in outcome.reasons}) == ("partly", {"crm"})
            assert stopped(project, person)
        assert [row[2] for row in scene.rows(url, "customers")] == [0, 0]
        assert wants(other_url) == [1, 1]
        assert resume(busy) == ()
        assert [one.word for one in resume(project)] == ["done", "done"]
        assert wants(other_url) == [0, 0]
        assert project.journal.jobs() == []


def test_store_that_goes_away_in_the_middle(tmp_path: Path) -> None:
    """An erasure whose search broke off says that a store is away, not that its person is spelled wrong, and goes on later."""
    urls = {name: f"sqlite:///{tmp_path / name}.db" for name in ("main", "crm")}
    for name in urls:
        (tmp_path / f"{name}.db").touch()
    scene.run(urls["main"], PEOPLE)
    scene.run(urls["crm"], OTHERS)
    lost: dict[str, Any] = {}

    def watch(what: str) -> None:
        if what == "- ledger plan":
            gone: Any = Gone()
            gone.schema = project.schemas["crm"]
            lost.update(crm=gone)

    with scene.project(tmp_path, urls, MAP, watch=watch) as project:
        stores: Any = ChainMap(lost, dict(project.stores))
        away = replace(project, stores=stores)
        (outcome,) = erase(away, [ADA], plan_erasure(away, CITED))
        assert (outcome.word, [one.place for one in outcome.reasons]) == ("partly", ["store"])
        lost.clear()
    with scene.project(tmp_path, urls, MAP) as project:
        (outcome,) = erase(project, [ADA], plan_erasure(project, CITED))
        assert outcome.word == "done"
    assert [
        [row[0] for row in scene.rows(urls[name], table_)]
        for name, table_ in (("main", "customers"), ("crm", "contacts"))
    ] == [[2], [6]]
