"""After an erasure every column that can hold a text is searched, whatever its type is called."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by
from troth.datamap.check import check
from troth.enforcement.erase import erase, plan_erasure

PEOPLE = "create table people (id integer not null primary key, email varchar(60))"
ADA = "insert into people values (1, 'ada@example.org')"
MAP = scene.table("main.people", "subject", email="contact.email")


def left(folder: Path, url: str) -> tuple[str, list[str]]:
    """What an erasure says, and where it still finds the person."""
    with scene.project(folder, {"main": url}, MAP) as project:
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
    return outcome.word, sorted(outcome.residue)


def test_columns_of_any_type_in_sqlite(tmp_path: Path) -> None:
    """SQLite keeps a text in columns without a type, and in those declared as times or numbers; all are looked at."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(
        url, PEOPLE, ADA, 'create table odd (id integer primary key, bare, named "my type", day datetime, cost numeric)',
        "insert into odd values (1, 'write to ada@example.org', null, null, null), (2, null, 'ADA@example.org', null, 5), "
        "(3, null, 'bob@example.org', 'ada@example.org', 7), (4, null, null, '2026-01-01', 'ada@example.org')",
    )  # fmt: skip
    assert left(tmp_path, url) == (
        "partly", ["main.odd.bare", "main.odd.cost", "main.odd.day", "main.odd.named"],
    )  # fmt: skip


def test_mailboxes_of_zones(tmp_path: Path, url: str) -> None:
    """A zone file writes a dot for the @, and escapes the dots before it; a server of such a name is no mailbox."""
    soa = "ns1.example.org. {} 2026010101 10800 3600 604800 3600"
    cells = {
        1: soa.format("ada.example.org."),
        2: soa.format("bob.example.org."),
        3: "10 ada.example.org.",
        4: "the mailbox is ada\\.lovelace.example.org",
        5: soa.format("Ada\\.Lovelace.example.org"),
        6: "ada.lovelace.example.org",
    }
    scene.run(
        url, PEOPLE, "insert into people values (1, 'ada@example.org'), (2, 'ada.lovelace@example.org')",
        "create table records (id integer not null primary key, content varchar(200))",
    )  # fmt: skip
    engine = scene.database(url)
    with engine.begin() as link:
        for row in cells.items():
            link.execute(text("insert into records values (:a, :b)"), dict(zip("ab", row, strict=True)))
    engine.dispose()
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        plan = plan_erasure(project, CITED)
        first = erase(project, [by(email="ada@example.org")], plan)[0]
        second = erase(project, [by(email="ada.lovelace@example.org")], plan)[0]
    assert (first.word, first.residue) == ("partly", {"main.records.content": 1})
    assert (second.word, second.residue) == ("partly", {"main.records.content": 2})


def test_domains(tmp_path: Path, postgres_url: str) -> None:
    """A domain is what it stands for, also over another domain."""
    scene.run(
        postgres_url, PEOPLE, ADA, "create domain mail as varchar(100)", "create domain mail_in as mail",
        "create table bounces (id integer primary key, address mail, other mail_in)",
        "insert into bounces values (1, 'ada@example.org', null), (2, 'bob@example.org', 'ada@example.org')",
    )  # fmt: skip
    fields = scene.described({"main": postgres_url})["main"].relation("bounces").fields
    assert [one.kind for one in fields[1:]] == ["text", "text"]
    assert left(tmp_path, postgres_url) == ("partly", ["main.bounces.address", "main.bounces.other"])


def test_history_of_a_versioned_table(tmp_path: Path, mariadb_url: str) -> None:
    """What MariaDB keeps of rows that are gone is found, warned of, and over once the history is emptied."""
    scene.run(
        mariadb_url, PEOPLE + " with system versioning", ADA, "insert into people values (2, 'bob@example.org')",
        "create table letters (id integer not null primary key, email varchar(60)) with system versioning",
        "insert into letters values (1, 'ada@example.org'), (2, 'bob@example.org')",
        "update letters set email = 'carol@example.org' where id = 1",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": mariadb_url}, MAP) as project:
        warned = [one for one in check(project.map, project.schemas) if one.rule == "history-kept"]
        assert ["main.people" in one.message for one in warned] == [True]
        outcome = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
        assert outcome.word == "partly"
        assert outcome.residue == {"main.people.email": 1, "main.letters.email": 1}
        assert all("delete history from" in one.why for one in outcome.reasons)
        scene.run(mariadb_url, "delete history from people", "delete history from letters")
        again = erase(project, [by(email="ada@example.org")], plan_erasure(project, CITED))[0]
        assert (again.word, again.residue) == ("done", {})
    assert [row[1] for row in scene.rows(mariadb_url, "people")] == ["bob@example.org"]


def test_types_of_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """A composite value, XML, pairs and words to search by hold texts too; numbers and times are not read."""
    scene.run(
        postgres_url, PEOPLE, ADA, "create extension if not exists hstore",
        "create type place as (street text, mail text)",
        "create table odd (id integer primary key, at place, doc xml, found tsvector, pairs hstore, span daterange,"
        " cost money, tags place[])",
        "insert into odd values (1, '(Main St,ada@example.org)', '<to>ada@example.org</to>',"
        " to_tsvector('simple', 'to ada@example.org'), '\"to\"=>\"ada@example.org\"', '[2026-01-01,2026-01-02)', 5,"
        " '{\"(Main St,ada@example.org)\"}'), (2, '(Main St,bob@example.org)', null, null, null, null, null, null)",
    )  # fmt: skip
    assert left(tmp_path, postgres_url) == (
        "partly", ["main.odd.at", "main.odd.doc", "main.odd.found", "main.odd.pairs", "main.odd.tags"],
    )  # fmt: skip


def test_large_objects_are_warned_of(tmp_path: Path, postgres_url: str) -> None:
    """The check says of a column that may number large objects that nobody reaches their contents."""
    scene.run(
        postgres_url, "create table people (id integer primary key, email varchar(60), portrait oid)",
        "create table system (id integer primary key, relation oid)",
    )  # fmt: skip
    with scene.project(tmp_path, {"main": postgres_url}, MAP) as project:
        found = [one.message for one in check(project.map, project.schemas) if one.rule == "large-object"]
    assert len(found) == 1
    assert found[0].startswith("main.people.portrait")


PICKLED = pickle.dumps(["ada@example.org", "^.*@corp.example"]).hex()


def test_bytes_of_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """Columns of bytes are searched: a mail that is kept as bytes, and a list that a program packed."""
    scene.run(
        postgres_url, PEOPLE, ADA, "create table kept (id integer primary key, mail bytea, nonmembers bytea)",
        rf"insert into kept values (1, 'Grüße, ADA@example.org wrote'::bytea, null), (2, null, '\x{PICKLED}'),"
        " (3, 'bob@example.org'::bytea, 'ada@example.orgs'::bytea)",
    )  # fmt: skip
    assert left(tmp_path, postgres_url) == ("partly", ["main.kept.mail", "main.kept.nonmembers"])


def test_bytes_of_mariadb(tmp_path: Path, mariadb_url: str) -> None:
    """Columns of bytes are searched: a mail that is kept as bytes, and a list that a program packed."""
    scene.run(
        mariadb_url, PEOPLE, ADA, "create table kept (id integer primary key, mail longblob, nonmembers varbinary(200))",
        f"insert into kept values (1, 'Grüße, ADA@example.org wrote', null), (2, null, x'{PICKLED}'),"
        " (3, 'bob@example.org', 'ada@example.orgs'), (4, x'eda080ff20616461406578616d706c652e6f7267', null),"
        " (5, x'eda080', null)",
    )  # fmt: skip
    assert left(tmp_path, mariadb_url) == ("partly", ["main.kept.mail", "main.kept.nonmembers"])


def test_bytes_of_sqlite(tmp_path: Path) -> None:
    """Bytes are searched in columns that are declared for them, and in those that are declared for nothing."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(
        url, PEOPLE, ADA, "create table kept (id integer primary key, mail blob, bare)",
        f"insert into kept values (1, cast('Grüße, ADA@example.org wrote' as blob), null), (2, 'text', x'{PICKLED}'),"
        " (3, 'bob@example.org', x'ff00fe')",
    )  # fmt: skip
    assert left(tmp_path, url) == ("partly", ["main.kept.bare", "main.kept.mail"])


@pytest.mark.parametrize("people", [1, 70])
def test_columns_that_fold_in_postgresql(tmp_path: Path, postgres_url: str, people: int) -> None:
    """A column whose collation takes capitals for small letters is looked into, of one person and of many."""
    scene.run(
        postgres_url, PEOPLE, ADA,
        "create collation folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        'create table notes (id integer not null primary key, said varchar(90) collate "folding")',
        "insert into notes values (1, 'write to ADA@example.org'), (2, 'write to bob@example.org'), (3, 'Ada')",
        *(f"insert into people values ({n}, 'p{n}@example.org')" for n in range(2, people + 1)),
    )  # fmt: skip
    asked = [by(email="ada@example.org"), *(by(email=f"p{n}@example.org") for n in range(2, people + 1))]
    with scene.project(tmp_path, {"main": postgres_url}, MAP) as project:
        outcomes = erase(project, asked, plan_erasure(project, CITED))
    assert [(one.word, one.residue) for one in outcomes[:1]] == [("partly", {"main.notes.said": 1})]
    assert {one.word for one in outcomes[1:]} <= {"done"}
