"""One person in several stores: a number in one, a login in the next, an address in both, and a log that has the login."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import access, plan_access
from troth.enforcement.afterwards import replay
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.onfile import filed
from troth.enforcement.project import Project
from troth.enforcement.rectify import Correction, rectify
from troth.model.errors import TrothError
from troth.model.outcome import Outcome, Person

BILLING = (
    "create table customers (number integer not null primary key, email varchar(60))",
    "create table invoices (id integer not null primary key, customer integer not null, bill_to varchar(200))",
    (
        "insert into customers values (1, 'ada@example.org'), (2, 'bob@example.org'), (3, 'desk@example.org'),"
        " (4, 'DESK@example.org')"
    ),
    *(
        f"insert into invoices values ({number}, {number}, '" + json.dumps({"email": email}) + "')"
        for number, email in ((1, "ada@example.org"), (3, "desk@example.org"), (4, "desk@example.org"))
    ),
)
PANEL = (
    "create table accounts (id integer not null primary key, customer integer not null, login varchar(20), email varchar(60))",
    "create table visits (id integer not null primary key, login varchar(20))",
    "create table points (id integer not null primary key, customer integer)",
    (
        "insert into accounts values (11, 1, 'adalove', 'private@example.org'), (12, 2, 'bobhope', 'bob@example.org'),"
        " (13, 3, 'desk-cleo', 'desk@example.org'), (14, 4, 'desk-dan', 'desk@example.org')"
    ),
    "insert into visits values (1, 'AdaLove'), (2, 'bobhope'), (3, 'desk-cleo'), (4, 'desk-dan')",
    "insert into points values (1, 1), (2, 2), (3, 3), (4, 4)",
)
MAP = (
    table("main.customers", "subject", key=["number"], email="contact.email")
    + table(
        "main.invoices",
        "owned",
        paths=[
            "invoices.customer => customers.number",
            "invoices.bill_to ~> customers.email [inside JSON $.email]",
        ],
        bill_to="blob//json",
    )
    + table(
        "other.accounts",
        "subject",
        paths=["accounts.customer ~> ext:main.customers.number"],
        login="ident.username",
        email="contact.email",
    )
    + table("other.visits", "owned", paths=["visits.login ~> accounts.login"], login="ident.username")
    + table(
        "other.points", "owned", paths=["points.customer ~> ext:main.customers.number"], customer="ident.id"
    )
)


@pytest.fixture
def project(url: str, other_url: str, tmp_path: Path) -> Iterator[Project]:
    """A project over both stores."""
    scene.run(url, *BILLING)
    scene.run(other_url, *PANEL)
    with scene.project(tmp_path, {"main": url, "other": other_url}, MAP) as one:
        yield one


def copied(project: Project, person: Person, folder: Path) -> dict[str, int]:
    """How many rows of which table the copy of a person has."""
    outcome = access(project, person, plan_access(project, CITED), folder / "bundle")
    return {place: one["collected"] for place, one in outcome.counts.items() if one.get("collected")}


def gone(project: Project, person: Person) -> Outcome:
    """A person is erased."""
    (outcome,) = erase(project, [person], plan_erasure(project, CITED))
    return outcome


def left(other_url: str) -> list[list[int]]:
    """The keys of the rows of the second store."""
    return [[row[0] for row in scene.rows(other_url, name)] for name in ("accounts", "visits", "points")]


@pytest.mark.parametrize("email", ["", "new@example.org"])
def test_login_leads_to_the_account_of_another_store(project: Project, tmp_path: Path, email: str) -> None:
    """A login finds the customer whose number its row holds, also beside an address that nobody has."""
    person = by(login="adalove", **({"email": email} if email else {}))
    found = copied(project, person, tmp_path)
    assert found == dict.fromkeys(
        ["main.customers", "main.invoices", "other.accounts", "other.visits", "other.points"], 1
    )


def test_address_of_an_account_below_another(project: Project, tmp_path: Path) -> None:
    """An address that only the account has is answered in part: whose account it is, the request does not say."""
    person = by(email="private@example.org")
    outcome = access(project, person, plan_access(project, CITED), tmp_path / "bundle")
    assert (outcome.word, [one.place for one in outcome.reasons]) == ("partly", ["other.accounts"])
    assert (
        copied(project, by(email="private@example.org", number="1"), tmp_path / "all")["other.accounts"] == 1
    )


def test_identities_of_two_people_in_two_stores_are_refused(project: Project, tmp_path: Path) -> None:
    """The address of one customer and the login of another are of different accounts."""
    with pytest.raises(TrothError, match=r"different accounts in main\.customers"):
        copied(project, by(email="bob@example.org", login="adalove"), tmp_path)


def test_login_of_another_store_tells_accounts_apart(project: Project, tmp_path: Path) -> None:
    """An address that two customers share is, with the login of one, that one; the other keeps everything."""
    person = by(email="desk@example.org", login="desk-cleo")
    assert filed(project, person).accounts == {}
    assert copied(project, person, tmp_path)["main.customers"] == 1


def test_member_that_two_accounts_share_stays(project: Project, url: str, other_url: str) -> None:
    """Who leaves takes nothing out of JSON in a row of the account that has the same address."""
    assert gone(project, by(number="3")).word == "done"
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 2, 4]
    assert scene.rows(url, "invoices")[1][:2] == (4, 4)
    assert json.loads(scene.rows(url, "invoices")[1][2]) == {"email": "desk@example.org"}
    assert left(other_url) == [[11, 12, 14], [1, 2, 4], [1, 2, 4]]


def test_only_one_store_was_restored(project: Project, url: str, other_url: str) -> None:
    """What a backup of one store brought back goes again, though the person's rows in the other are gone for good."""
    assert gone(project, by(email="ada@example.org")).word == "done"
    kept = scene.rows(url, "customers")
    scene.run(other_url, *(f"drop table {name}" for name in ("accounts", "visits", "points")), *PANEL)
    assert {one.word for one in replay(project, plan_erasure(project, CITED))} == {"done"}
    assert left(other_url) == [[12, 13, 14], [2, 3, 4], [2, 3, 4]]
    assert scene.rows(url, "customers") == kept


def test_only_a_log_was_restored(project: Project, other_url: str) -> None:
    """Rows of a log come back alone: the login and the number in them are known again, and nobody else's rows go."""
    assert gone(project, by(email="ada@example.org")).word == "done"
    scene.run(other_url, "insert into visits values (1, 'ADALOVE')", "insert into points values (1, 1)")
    assert {one.word for one in replay(project, plan_erasure(project, CITED))} == {"done"}
    assert left(other_url) == [[12, 13, 14], [2, 3, 4], [2, 3, 4]]


def test_log_from_before_a_correction_was_restored(project: Project, other_url: str) -> None:
    """Rows that know somebody erased by the login before it was corrected go again, with a log that was restored alone."""
    assert (
        rectify(project, by(login="adalove"), [Correction("login", "lovelace")], CITED).outcome.word == "done"
    )
    assert (
        rectify(project, by(login="lovelace"), [Correction("login", "countess")], CITED).outcome.word
        == "done"
    )
    assert gone(project, by(email="ada@example.org")).word == "done"
    scene.run(other_url, "insert into visits values (1, 'ADALOVE'), (5, 'lovelace')")
    assert {one.word for one in replay(project, plan_erasure(project, CITED))} == {"done"}
    assert left(other_url) == [[12, 13, 14], [2, 3, 4], [2, 3, 4]]


def test_login_taken_over_by_a_correction(project: Project, other_url: str) -> None:
    """Who took the login of somebody erased, or left one to them, is somebody else, and keeps what a backup knows of them."""
    assert (
        rectify(project, by(login="adalove"), [Correction("login", "lovelace")], CITED).outcome.word == "done"
    )
    assert (
        rectify(project, by(login="desk-dan"), [Correction("login", "adalove")], CITED).outcome.word == "done"
    )
    assert gone(project, by(email="ada@example.org")).word == "done"
    assert (
        rectify(project, by(login="bobhope"), [Correction("login", "lovelace")], CITED).outcome.word == "done"
    )
    scene.run(other_url, "update visits set login = 'bobhope' where id = 2")
    outcomes = replay(project, plan_erasure(project, CITED))
    assert [one.word for one in outcomes] == [
        "partly"
    ] * 2  # who is meant by these logins, somebody has to look
    assert left(other_url) == [[12, 13, 14], [2, 3, 4], [2, 3, 4]]
