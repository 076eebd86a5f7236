"""Tables that nothing leads out of: looked through for what names a person, on every engine."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import access, plan_access
from troth.enforcement.blueprint import read, written
from troth.enforcement.byvalue import NAMED
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.enforcement.rectify import Correction, rectify

PEOPLE = """
create table customers (id integer not null primary key, email varchar(100) not null, name varchar(50));
insert into customers values (1, 'ada@example.org', 'Ada Lovelace'), (2, 'bob@example.org', 'Bob Moog');
create table notes (id integer not null primary key, customer_id integer, body varchar(100));
insert into notes values (1, 1, 'called'), (2, 2, 'called too');
create table leads (id integer not null primary key, email varchar(100), remark varchar(100));
insert into leads values (1, 'bob@example.org', 'from the fair'), (2, 'cleo@example.net', 'asked twice')
"""
TEXT = (
    table("main.customers", "subject", email="contact.email", name="contact.name")
    + table("main.notes", "owned", paths=["notes.customer_id => customers.id"], body="message")
    + table("main.leads", "owned", email="contact.email", remark="message").replace(
        "[table.columns]", 'found = "by value"\n[table.columns]'
    )
)


def test_nothing_there(url: str, tmp_path: Path) -> None:
    """Where no value of the person stands in such a table, access and erasure are done and the person's row goes."""
    scene.run(url, *PEOPLE.split(";"))
    with scene.project(tmp_path, {"main": url}, TEXT) as project:
        ada = by(email="ada@example.org")
        assert access(project, ada, plan_access(project, CITED), tmp_path / "copy").word == "done"
        (outcome,) = erase(project, [ada], plan_erasure(project, CITED))
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert [row[0] for row in scene.rows(url, "customers")] == [2]
    assert len(scene.rows(url, "leads")) == 2


def test_somebody_named(url: str, tmp_path: Path) -> None:
    """Where a value stands, the rest goes, the person's row waits, and the erasure ends when the row was looked at."""
    scene.run(url, *PEOPLE.split(";"))
    with scene.project(tmp_path, {"main": url}, TEXT) as project:
        people = [by(email="BOB@example.org"), by(email="ada@example.org")]
        copy = access(project, people[0], plan_access(project, CITED), tmp_path / "copy")
        assert [(one.place, one.why) for one in copy.reasons] == [("main.leads.email", NAMED)]
        bob, ada = erase(project, people, plan_erasure(project, CITED))
        assert (bob.word, ada.word) == ("partly", "done")
        assert {one.place: one.why for one in bob.reasons} == {
            "main.leads.email": NAMED,
            "main.customers": "it waits for main.leads.email",
        }
        assert not any("bob" in one.why.lower() for one in bob.reasons)
        assert [row[0] for row in scene.rows(url, "customers")] == [2]
        assert scene.rows(url, "notes") == []
        scene.run(url, "delete from leads where id = 1")
        assert {one.word for one in resume(project)} == {"done"}
    assert scene.rows(url, "customers") == []


def test_two_stores(url: str, tmp_path: Path) -> None:
    """A table of another store is looked through before the person's row of the first one goes."""
    scene.run(url, *PEOPLE.split(";"))
    other = f"sqlite:///{tmp_path / 'other.db'}"
    scene.run(
        other,
        "create table calls (id integer not null primary key, who varchar(100))",
        "insert into calls values (1, 'Caller: ada@example.org, twice')",
    )
    calls = table("other.calls", "shared", who="message/empty")
    text = TEXT + calls.replace("[table.columns]", 'found = "by value"\n[table.columns]')
    with scene.project(tmp_path, {"main": url, "other": other}, text) as project:
        (outcome,) = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))
    assert outcome.word == "partly"
    assert ("other.calls.who", NAMED) in {(one.place, one.why) for one in outcome.reasons}
    assert [row[0] for row in scene.rows(url, "customers")] == [1, 2]


def test_correction(url: str, tmp_path: Path) -> None:
    """A correction is whole unless the old value stands in such a table, which is named then."""
    scene.run(url, *PEOPLE.split(";"))
    with scene.project(tmp_path, {"main": url}, TEXT) as project:
        ada, bob = (
            rectify(
                project, by(email=f"{who}@example.org"), [Correction("email", f"{who}@example.com")], CITED
            )
            for who in ("ada", "bob")
        )
    assert (ada.outcome.word, bob.outcome.word) == ("done", "partly")
    assert [(one.place, one.why) for one in bob.outcome.reasons] == [("main.leads.email", NAMED)]


def test_plan_is_kept(tmp_path: Path) -> None:
    """The plan says which tables are looked through, and a resumed job knows it."""
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, *PEOPLE.split(";"))
    with scene.project(tmp_path, {"main": url}, TEXT) as project:
        plan = plan_erasure(project, CITED)
    assert plan.searched == ("main.leads",)
    assert plan.skipped == ()
    again = read(written(plan))
    assert (again.searched, again.digest) == (plan.searched, plan.digest)


def test_reference_that_is_emptied(url: str, tmp_path: Path) -> None:
    """Where the map says that a column of such a table is the person's address, it is emptied, and nobody has to look."""
    scene.run(url, *PEOPLE.split(";"))
    line = 'references = ["leads.email ~> customers.email"]\n'
    text = TEXT.replace('found = "by value"', line + 'found = "by value"')
    with scene.project(tmp_path, {"main": url}, text) as project:
        (outcome,) = erase(project, [by(email="bob@example.org")], plan_erasure(project, CITED))
    assert (outcome.word, outcome.reasons) == ("done", ())
    assert scene.rows(url, "leads") == [(1, None, "from the fair"), (2, "cleo@example.net", "asked twice")]


@pytest.mark.parametrize("before", ["", "x", "xy", "\x04\x0buser"])
@pytest.mark.parametrize("width", [76, 20])
def test_value_in_base64(url: str, tmp_path: Path, before: str, width: int) -> None:
    """What a program wrote in base64 is read: an address stands there wherever it begins and however lines are broken."""
    coded = base64.b64encode(f"{before}\x08bob@example.org\x09and more of it".encode()).decode()
    lines = "\n".join(coded[at : at + width] for at in range(0, len(coded), width))
    other = base64.b64encode(b"nobody's session at all, with some more in it").decode()
    scene.run(
        url,
        *PEOPLE.split(";"),
        "create table sessions (id integer not null primary key, data text)",
        f"insert into sessions values (1, '{lines}'), (2, '{other}')",
    )
    text = TEXT + table("main.sessions", "owned", data="blob//serialized").replace(
        "[table.columns]", 'found = "by value"\n[table.columns]'
    )
    scene.run(url, "delete from leads")
    with scene.project(tmp_path, {"main": url}, text) as project:
        bob, ada = erase(
            project, [by(email="bob@example.org"), by(email="ada@example.org")], plan_erasure(project, CITED)
        )
    assert [one.place for one in bob.reasons] == ["main.customers", "main.sessions.data"]
    assert (bob.word, ada.word) == ("partly", "done")
