"""Two tables of persons whose keys have the same name: number 7 of one is not number 7 of the other."""

from __future__ import annotations

from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by, table
from troth.enforcement.agree import say
from troth.enforcement.choices import object_to, release
from troth.enforcement.project import Project
from troth.evidence.restriction import Use, restricted
from troth.evidence.state import consent_of
from troth.model.outcome import Person

PEOPLE = """
create table customers (id integer not null primary key, email varchar(60));
create table staff (id integer not null primary key, boss_id integer, email varchar(60));
insert into customers values (7, 'ada@example.org'), (8, 'bob@example.org');
insert into staff values (7, 8, 'cleo@example.org'), (9, 7, 'dora@example.org')
"""
APART = table("main.customers", "subject", email="contact.email") + table(
    "main.staff", "subject", email="contact.email"
)
LINKED = table("main.customers", "subject", email="contact.email") + table(
    "main.staff", "subject", paths=["staff.boss_id => customers.id"], email="contact.email"
)
ADA, CLEO = by(email="ada@example.org"), by(email="cleo@example.org")
WHOLE = by(**{"main.customers.id": "7"}), by(**{"main.staff.id": "7"})


def _stopped(project: Project, person: Person) -> bool:
    return restricted(project.ledger, [project.pseudonym(person)], Use("newsletter"), NOW) is not None


def _agreed(project: Project, person: Person) -> bool:
    return consent_of(project.ledger, [project.pseudonym(person)], "newsletter") is not None


def test_apart(url: str, tmp_path: Path) -> None:
    """What one says is not said by the other; the bare number, which may be either, is known by a no alone."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, APART) as project:
        say(project, ADA, "give", "newsletter", CITED)
        assert [_agreed(project, one) for one in (*WHOLE, by(id="7"))] == [True, False, False]
        object_to(project, CLEO, "newsletter", CITED)
        assert [_stopped(project, one) for one in (ADA, CLEO, *WHOLE)] == [False, True, False, True]
        assert _stopped(project, by(id="7"))
        release(project, CLEO, CITED, reason="objection")
        assert not _stopped(project, by(id="7"))


def test_one_hangs_on_the_other(url: str, tmp_path: Path) -> None:
    """The bare number means the table that the other hangs on, as it does in a request."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, LINKED) as project:
        object_to(project, CLEO, "newsletter", CITED)
        assert [_stopped(project, one) for one in (CLEO, *WHOLE)] == [True, False, True]
        assert not _stopped(project, by(id="7"))
        object_to(project, ADA, "newsletter", CITED)
        assert _stopped(project, by(id="7"))


def test_key_of_several_columns(url: str, tmp_path: Path) -> None:
    """A part of a key names nobody: the customers of one branch are not one person."""
    scene.run(
        url,
        "create table members (branch integer not null, no integer not null, email varchar(60), primary key (branch, no))",
        "insert into members values (1, 1, 'ada@example.org'), (1, 2, 'bob@example.org')",
    )
    text = table("main.members", "subject", key=("branch", "no"), email="contact.email")
    with scene.project(tmp_path, {"main": url}, text) as project:
        object_to(project, ADA, "newsletter", CITED)
        assert _stopped(project, ADA)
        assert not _stopped(project, by(branch="1"))
