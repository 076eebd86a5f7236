"""What happens around an erasure: rows that arrive, locks, several people at once, evidence, what comes after."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by, table
from troth.enforcement.access import Style, access, plan_access
from troth.enforcement.afterwards import purge, replay
from troth.enforcement.erase import erase, plan_erasure, resume
from troth.enforcement.journal import Journal
from troth.enforcement.preview import dry_run
from troth.model.errors import Taken, TrothError
from troth.model.outcome import Person
from troth.stores.errors import StoreGone

PEOPLE = """
create table customers (id integer not null primary key, email varchar(100) not null, secret varchar(50));
create table notes (id integer not null primary key, customer_id integer, body varchar(100));
insert into customers values (1, 'ada@example.org', 'x'), (2, 'bob@example.org', 'y'), (3, 'cleo@example.org', 'z');
insert into notes values (1, 1, 'one'), (2, 2, 'two'), (3, 3, 'three'), (4, 1, 'four')
"""
MAP = table("main.customers", "subject", email="contact.email", secret="secret") + table(
    "main.notes", "owned", paths=["notes.customer_id => customers.id"], body="message"
)
ADA, BOB = by(email="ada@example.org"), by(email="bob@example.org")


def test_rows_that_arrive(url: str, tmp_path: Path) -> None:
    """Rows that the application writes while the erasure runs are erased too, before the identity goes."""
    scene.run(url, PEOPLE)
    arrived: list[str] = []

    def watch(event: str) -> None:
        if event == "- commit main" and len(arrived) < 3:
            arrived.append(event)
            scene.run(url, f"insert into notes values ({100 + len(arrived)}, 1, 'late')")

    with scene.project(tmp_path, {"main": url}, MAP, watch=watch) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert outcome.word == "done"
    assert outcome.counts["main.notes"]["deleted"] == 5
    assert [row[0] for row in scene.rows(url, "notes")] == [2, 3]


def test_rows_that_never_stop(url: str, tmp_path: Path) -> None:
    """An application that writes faster than rows are erased leaves the request open and says so."""
    scene.run(url, PEOPLE)
    count = iter(range(100, 1000))

    def watch(event: str) -> None:
        if event == "- commit main":
            scene.run(url, f"insert into notes values ({next(count)}, 1, 'again')")

    with scene.project(tmp_path, {"main": url}, MAP, watch=watch) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
        assert outcome.word == "partly"
        assert "new rows arrive faster than they are erased" in {one.why for one in outcome.reasons}
        assert len(project.journal.jobs()) == 1


def test_lock_is_waited_for(url: str, tmp_path: Path) -> None:
    """A lock that somebody holds for a moment is waited for."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as opened:
        project = replace(opened, tries=6, patience=0.3)
        engine = scene.database(url)
        link = engine.connect()
        transaction = link.begin()
        link.execute(sql("update notes set body = 'held' where id = 1"))
        timer = threading.Timer(1.0, transaction.rollback)
        if not url.startswith("sqlite"):
            timer.start()
        else:  # a connection of SQLite stays in its thread
            transaction.rollback()
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
        timer.cancel()
        link.close()
        engine.dispose()
    assert outcome.word == "done"
    assert [row[0] for row in scene.rows(url, "notes")] == [2, 3]


def test_lock_that_stays(url: str, tmp_path: Path) -> None:
    """A lock that nobody lets go of leaves everything as it was and the job open; later it is finished."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as opened:
        project = replace(opened, tries=2)
        engine = scene.database(url)
        with engine.connect() as link:
            transaction = link.begin()
            link.execute(sql("update notes set body = 'held' where id = 1"))
            outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
            transaction.rollback()
        engine.dispose()
        assert outcome.word == "partly"
        assert "locked" in outcome.reasons[0].why
        assert len(scene.rows(url, "notes")) == 4
        assert [one.word for one in resume(project)] == ["done"]
    assert [row[0] for row in scene.rows(url, "notes")] == [2, 3]


def test_several_people_at_once(url: str, tmp_path: Path) -> None:
    """A batch gives each person an outcome of their own, in the order asked."""
    scene.run(url, PEOPLE)
    nobody = by(email="nobody@example.org")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcomes = erase(project, [BOB, nobody, ADA], plan_erasure(project, CITED))
        told = [(one.subject, one.outcome) for one in project.ledger.read() if one.kind == "erased"]
    assert [one.word for one in outcomes] == ["done", "nothing found", "done"]
    assert [one.counts.get("main.notes", {}) for one in outcomes] == [{"deleted": 1}, {}, {"deleted": 2}]
    assert told == [(one.subject, one.word) for one in outcomes]
    assert [row[0] for row in scene.rows(url, "customers")] == [3]


def test_a_fault_hurts_its_person_only(url: str, tmp_path: Path) -> None:
    """In a batch, a row that can not be deleted keeps its own person back and nobody else."""
    scene.run(
        url,
        PEOPLE,
        "create table marks (note_id integer not null, kind integer not null, primary key (note_id),"
        " foreign key (note_id) references notes (id))",
        "insert into marks values (2, 1)",
    )
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        plan = replace(plan_erasure(project, CITED), skipped=())
        kept = tuple(replace(step, action="delete", changes=()) for step in plan.steps)
        outcomes = erase(project, [ADA, BOB], replace(plan, steps=kept))
    assert [one.word for one in outcomes] == ["done", "partly"]
    assert {one.place for one in outcomes[1].reasons} == {"main.customers", "main.notes"}
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]
    assert [row[0] for row in scene.rows(url, "notes")] == [2, 3]


def test_key_given_to_somebody_else(url: str, tmp_path: Path) -> None:
    """A key that was saved and then given to another person's row is not erased on resume."""
    scene.run(url, PEOPLE)

    class KilledError(Exception):
        """The process ends here."""

    def watch(event: str) -> None:
        if event == "+ journal marks":
            raise KilledError

    with (
        pytest.raises(KilledError),
        scene.project(tmp_path, {"main": url}, MAP, watch=watch) as project,
    ):
        erase(project, [ADA], plan_erasure(project, CITED))
    scene.run(url, "insert into notes values (1, 2, 'of somebody else')")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert [one.word for one in resume(project)] == ["done"]
    assert scene.rows(url, "notes")[0] == (1, 2, "of somebody else")


def test_dry_run_writes_nothing(url: str, tmp_path: Path) -> None:
    """A preview counts the rows of each step and changes nothing anywhere."""
    scene.run(url, PEOPLE)
    before = scene.state({"main": url})
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        steps, reasons = dry_run(project, [ADA], plan_erasure(project, CITED))
        assert [(one.step.place, one.rows, one.shared) for one in steps] == [
            ("main.notes", 2, 0), ("main.customers", 1, 0),
        ]  # fmt: skip
        assert reasons == ()
        assert project.ledger.size() == 0
        assert project.journal.jobs() == []
    assert scene.state({"main": url}) == before


def test_nothing_personal_is_kept(url: str, tmp_path: Path) -> None:
    """Journal and ledger hold no identity in clear, neither while a job is open nor after it."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        plan = plan_erasure(project, CITED)
        scene.run(url, "drop table notes")
        assert erase(project, [ADA], plan)[0].word == "partly"
        for name in ("journal.db", "journal.db-wal", "ledger.db", "ledger.db-wal"):
            assert b"ada@example" not in (tmp_path / name).read_bytes().lower()
        sealed = project.journal.query("select sealed from job")[0][0]
        scene.run(
            url,
            "create table notes (id integer not null primary key, customer_id integer, body varchar(100))",
        )
        assert resume(project)[0].word == "done"
        assert project.journal.query("select sealed from job")[0][0] is None
        assert project.journal.query("select wrapped from job")[0][0] is None
        assert sealed is not None


def test_evidence_cites(url: str, tmp_path: Path) -> None:
    """Every entry names promise, sentences and policy; the plan is fixed before anything runs."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        plan = plan_erasure(project, CITED)
        outcome = erase(project, [ADA], plan)[0]
        entries = list(project.ledger.read())
    assert [one.kind for one in entries] == ["plan", "step", "step", "erased"]
    assert {(one.promise, one.sentences, one.policy) for one in entries} == {
        ("erase-on-request", ("s7", "s8"), "ab" * 32)
    }
    assert entries[0].digest == plan.digest
    assert [(one.object, dict(one.counts)) for one in entries[1:3]] == [
        ("main.customers", {"deleted": 1}), ("main.notes", {"deleted": 2}),
    ]  # fmt: skip
    assert outcome.entries == (1, 2, 3)


def test_bundle(url: str, tmp_path: Path) -> None:
    """A bundle holds one file a table, an index, and checksums that are right; secrets stay behind."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        style = Style(about={"main.notes": {"purpose": "customer-care", "recipients": ["support desk"]}})
        outcome = access(project, ADA, plan_access(project, CITED), tmp_path / "out.zip", style)
        access(project, ADA, plan_access(project, CITED), tmp_path / "again.zip", style)
        entry = next(one for one in project.ledger.read() if one.kind == "exported")
    assert outcome.word == "done"
    assert (tmp_path / "out.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = sorted(archive.namelist())
        index = json.loads(archive.read("index.json"))
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        customers = json.loads(archive.read("data/contact/customers.json"))
        assert entry.digest == hashlib.sha256(archive.read("SHA256SUMS")).hexdigest()
    assert names == [
        "README.html", "SHA256SUMS", "data/contact/customers.json", "data/contact/customers.vcf",
        "data/message/notes.json", "index.json", "manifest.pem", "manifest.sig", "processing.jsonld",
    ]  # fmt: skip
    assert customers == [{"id": 1, "email": "ada@example.org"}]
    described = {one["source"]: one for one in index["files"]}
    assert described["main.customers"]["withheld"] == ["secret"]
    assert described["main.notes"]["rows"] == 2
    assert described["main.notes"]["recipients"] == ["support desk"]


def test_bundle_as_tables(url: str, tmp_path: Path) -> None:
    """A bundle for a spreadsheet has a head and quotes what needs quotes."""
    scene.run(url, PEOPLE, "insert into notes values (5, 1, 'a, \"b\"')")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        access(project, ADA, plan_access(project, CITED), tmp_path / "out", Style(form="csv"))
    with (tmp_path / "out" / "data" / "message" / "notes.csv").open(newline="", encoding="utf-8") as file:
        found = sorted(csv.reader(file))
    assert found == [
        ["1", "1", "one"],
        ["4", "1", "four"],
        ["5", "1", 'a, "b"'],
        ["id", "customer_id", "body"],
    ]


def test_bundle_is_never_mixed(url: str, tmp_path: Path) -> None:
    """A folder that already holds something is refused, so that two people's data never meet."""
    scene.run(url, PEOPLE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").touch()
    with (
        scene.project(tmp_path, {"main": url}, MAP) as project,
        pytest.raises(TrothError, match="is not empty"),
    ):
        access(project, ADA, plan_access(project, CITED), tmp_path / "out")


def test_restored_backup(url: str, tmp_path: Path) -> None:
    """Who was erased and comes back with a backup is erased again; nobody else is touched."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        plan = plan_erasure(project, CITED)
        erase(project, [ADA], plan)
        scene.run(
            url,
            "insert into customers values (1, 'Ada@Example.org', 'x')",
            "insert into notes values (1, 1, 'one')",
        )
        outcomes = replay(project, plan)
        entry = next(one for one in project.ledger.read() if one.kind == "restored")
        assert replay(project, plan, since="2099-01-01T00:00:00Z") == ()
    assert [one.word for one in outcomes] == ["done"]
    assert dict(entry.counts) == {"known": 4, "returned": 1}
    assert [row[0] for row in scene.rows(url, "customers")] == [2, 3]
    assert [row[0] for row in scene.rows(url, "notes")] == [2, 3]


def test_bytes_are_gone(tmp_path: Path) -> None:
    """On SQLite the bytes of erased rows are in no file any more, and that has an entry of its own."""
    path = tmp_path / "main.db"
    path.touch()
    url = f"sqlite:///{path}"
    engine = scene.database(url)
    with engine.connect() as link:
        link.exec_driver_sql("pragma journal_mode=wal")
    engine.dispose()
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        erase(project, [ADA], plan_erasure(project, CITED))
        assert purge(project, ["main.customers", "main.notes"], CITED) == {"main": ""}
        assert [one.outcome for one in project.ledger.read() if one.kind == "purged"] == ["done"]
        for file in tmp_path.glob("main.db*"):
            assert b"ada@example.org" not in file.read_bytes()
            assert b"four" not in file.read_bytes()


def test_purge_on_servers(url: str, tmp_path: Path) -> None:
    """Where a server may still hold bytes somewhere, the evidence says where."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        erase(project, [ADA], plan_erasure(project, CITED))
        left = purge(project, ["main.customers"], CITED)["main"]
        entry = next(one for one in project.ledger.read() if one.kind == "purged")
    assert entry.outcome == ("partly" if left else "done")
    assert bool(left) != url.startswith("sqlite")


def test_unknown_kind_of_identity(url: str, tmp_path: Path) -> None:
    """An identity that no table of persons has is refused before anything is written."""
    scene.run(url, PEOPLE)
    with (
        scene.project(tmp_path, {"main": url}, MAP) as project,
        pytest.raises(TrothError, match="no column `passport`"),
    ):
        erase(project, [by(passport="1")], plan_erasure(project, CITED))


@pytest.mark.parametrize("place", ["file", "server"])
def test_one_at_a_time(
    place: str, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second process can not work on the same journal, until it dies."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, PEOPLE)
    state = postgres_url if place == "server" else str(tmp_path / "state.db")
    held = (
        "import sys, time; from troth.state.link import open_link\n"
        "with open_link(sys.argv[1]).alone('no'): print('held', flush=True); time.sleep(60)"
    )
    with scene.project(tmp_path, {"main": url}, MAP, state=state) as project:
        with subprocess.Popen([sys.executable, "-c", held, state], stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"held\n"
            monkeypatch.setattr("troth.enforcement.journal.WAIT", 0.1)
            with pytest.raises(Taken, match="another process"):
                erase(project, [ADA], plan_erasure(project, CITED))
            other.kill()
        wait_for(project.journal)
        assert erase(project, [ADA], plan_erasure(project, CITED))[0].word == "done"


def wait_for(journal: Journal) -> None:
    """Wait until nobody holds the journal: a server needs a moment to see that a process is dead."""
    for _ in range(100):
        with contextlib.suppress(TrothError), journal.alone():
            return
        time.sleep(0.05)


def test_wrong_file(tmp_path: Path) -> None:
    """A store whose file is missing is an error, never a new empty database."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, PEOPLE)
    schemas = scene.described({"main": url})
    (tmp_path / "main.db").unlink()
    with (
        pytest.raises(StoreGone, match="is not there"),
        scene.project(tmp_path, {"main": url}, MAP, schemas=schemas),
    ):
        pass
    assert not (tmp_path / "main.db").exists()


def memory(folder: Path, url: str, person: Person) -> int:
    """The most memory, in MB, of a process that reads and erases a person."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with scene.project(folder, {"main": url}, MAP) as project:
                name = "out" + person.identities[0].value[:3]
                copy = access(project, person, plan_access(project, CITED), folder / name)
                outcome = erase(project, [person], plan_erasure(project, CITED), residual=False)[0]
            code = 0 if copy.total("collected") == outcome.total("deleted") else 2
        finally:
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    assert status == 0
    return usage.ru_maxrss // 1024


@pytest.mark.slow
def test_flat_memory(url: str, tmp_path: Path) -> None:
    """A person of 300,000 rows is read and erased with the memory of a small one."""
    scene.run(url, PEOPLE)
    if url.startswith("mysql"):
        scene.run(
            url,
            "insert into notes select seq, 1, concat('a body of some length ', seq) from seq_10_to_300009",
        )
    else:
        series = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000)"
        scene.run(url, f"insert into notes {series} select i + 9, 1, 'a body of some length ' || i from n")
    small = memory(tmp_path, url, BOB)
    large = memory(tmp_path, url, ADA)
    assert large - small < 40
    assert (tmp_path / "outada" / "data" / "message" / "notes.json").stat().st_size > 15_000_000
    assert [row[0] for row in scene.rows(url, "notes")] == [3]


def test_refusal_names_no_value(url: str, tmp_path: Path) -> None:
    """What a database says about a row never reaches an outcome."""
    scene.run(
        url,
        PEOPLE,
        "create table marks (id integer not null primary key, email varchar(100) not null, customer_id integer not null,"
        " check (email <> ''))",
        "insert into marks values (1, 'ada@example.org', 1)",
    )
    text = MAP + table(
        "main.marks", "shared", paths=["marks.customer_id => customers.id"], email="contact.email/empty"
    )
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase(project, [ADA], plan_erasure(project, CITED))[0]
    assert outcome.word == "partly"
    assert "main.marks" in {one.place for one in outcome.reasons}
    assert "ada@" not in json.dumps(outcome.as_json())  # a pseudonym may hold the letters of any short name
