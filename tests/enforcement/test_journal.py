"""Tests of the journal on SQLite and PostgreSQL: what it holds of a job, after a crash too, and what is gone at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.lines import OTHER, SUBJECT, ring
from troth.enforcement.chunk import Chunk
from troth.enforcement.journal import Job, Journal
from troth.enforcement.sweepbook import Progress, SweepBook
from troth.evidence.errors import KeyMissing
from troth.evidence.ledger import Run
from troth.evidence.open import open_ledger
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Reason

FIXED = Job(0, "erasure", "open", "2026-11-22T09:30:00Z", "ab" * 32, 7, "")
DETAILS = {"people": [["email", "jo@mail.example.org"]], "step": 3}
ROWS = ((0, 17, "jo@mail.example.org"), (0, 18, b"\x00\xff"), (1, 19, None))
CHUNK = Chunk(0, 1, 2, "deleted", "main.people", ROWS)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a journal that is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'journal.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def journal(address: str) -> Iterator[Journal]:
    """An open journal."""
    with Journal(address, ring()) as opened:
        yield opened


def begun(journal: Journal) -> int:
    """A job of two persons whose rows are saved."""
    job = journal.start("erasure", [SUBJECT, OTHER], DETAILS, fixed=FIXED)
    assert journal.save(job, [CHUNK, replace(CHUNK, kind="masked", rows=ROWS[:1])]) == 4
    return job


def test_a_job_is_found_again(address: str, journal: Journal) -> None:
    """Everything that is needed to go on with a job is there for the process that comes after."""
    job = begun(journal)
    with Journal(address, ring()) as later:
        assert later.jobs() == [replace(FIXED, id=job)]
        assert (later.subjects(job), later.details(job)) == ([SUBJECT, OTHER], DETAILS)
        first, second = (number for number, _, _ in later.pending(job))
        assert later.pending(job) == [(first, 2, "deleted"), (second, 2, "masked")]
        assert later.rows(job, first) == list(ROWS)
        later.update(job, {"step": 4})
    assert journal.details(job) == {"step": 4}


def test_rows_are_counted_when_they_are_written(journal: Journal) -> None:
    """The tally counts what was written, and leaves out persons whose rows were left."""
    job = begun(journal)
    first, second = (number for number, _, _ in journal.pending(job))
    assert journal.tally(job) == {}
    journal.mark({first: [1]})
    assert journal.tally(job) == {0: {"main.people": {"deleted": 2}}}
    assert [row for rows in journal.handled(job, 2) for row in rows] == list(ROWS[:2])
    journal.fault(job, {(1, "main.people"): "is locked"})
    journal.fault(job, {(1, "main.people"): "is still locked"})
    assert journal.faults_by_person(job) == {1: (Reason("main.people", "is still locked"),)}
    journal.retry(job)
    assert journal.faults_by_person(job) == {}
    assert [number for number, _, _ in journal.pending(job)] == [first, second]
    journal.mark({first: [], second: []})
    assert journal.tally(job) == {
        0: {"main.people": {"deleted": 2, "masked": 1}},
        1: {"main.people": {"deleted": 1}},
    }
    assert type(journal.tally(job)[0]["main.people"]["deleted"]) is int


def test_keys_of_a_save_that_failed(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept in memory of a save that was undone is never taken for the keys of the next one."""
    job = journal.start("erasure", [SUBJECT, OTHER], DETAILS, fixed=FIXED)
    monkeypatch.setattr("troth.enforcement.journal.WARM", 4)

    def search() -> Iterator[Chunk]:
        yield CHUNK
        raise TrothError("locked")

    with pytest.raises(TrothError, match="locked"):
        journal.save(job, search())
    rows = ((0, 21), (0, 22))
    journal.save(job, [replace(CHUNK, rows=rows)])
    ((number, _, _),) = journal.pending(job)
    assert journal.rows(job, number) == list(rows)


def test_marks_that_were_not_noted(journal: Journal) -> None:
    """What an error left unnoted is written again, because another process may have gone on with the job meanwhile."""
    job = begun(journal)
    with journal.alone():
        numbers = [number for number, _, _ in journal.pending(job)]
        journal.mark({number: [] for number in numbers})
        assert journal.pending(job) == []
    assert [number for number, _, _ in journal.pending(job)] == numbers
    with journal.alone():
        journal.mark({number: [] for number in numbers})
        journal.retry(job)
    assert journal.pending(job) == []


def test_a_job_of_an_older_troth(journal: Journal) -> None:
    """A job whose key stands among the keys of people is read, goes on and is finished, and the key is gone with it."""
    job = begun(journal)
    details = journal.details(job)
    rows = journal.rows(job, journal.pending(job)[0][0])

    with journal.alone():  # at its end nothing is remembered

        def as_before(run: Run) -> None:
            run("insert into subject_key select 'job-' || id, version, wrapped from job", ())
            run("update job set version = null, wrapped = null", ())

        journal.write(as_before)
    assert journal.details(job) == details
    assert list(journal.rows(job, journal.pending(job)[0][0])) == list(rows)
    journal.update(job, {"people": [], "more": 1})
    assert journal.details(job) == {"people": [], "more": 1}
    journal.finish(job, "done", done=True)
    assert journal.query("select * from subject_key") == []


def test_nothing_is_left_of_a_job_that_is_done(address: str, journal: Journal) -> None:
    """At the end of a job its key and identities are gone; who was erased is known by pseudonym."""
    job = begun(journal)
    journal.finish(job, "partly", done=False)
    assert journal.jobs()[0].outcome == "partly"
    erased = [(SUBJECT, "2026-11-22T10:00:00Z"), (OTHER, "2026-11-23T10:00:00Z")]
    journal.finish(job, "done", erased=erased, done=True)
    journal.finish(job, "done", erased=erased, done=True)
    assert (journal.jobs(), journal.job(job).state) == ([], "done")
    assert journal.erased() == {SUBJECT, OTHER}
    assert journal.erased("2026-11-23") == {OTHER}
    assert journal.query("select version, wrapped from job") == [(None, None)]
    assert journal.query("select sealed from job union all select sealed from chunk") == [(None,)] * 3
    assert bool(journal.scrub()) == address.startswith("postgresql")
    with pytest.raises(KeyMissing):
        journal.details(job)
    with pytest.raises(NotFound, match="no job 99"):
        journal.job(99)


def test_nothing_is_kept_in_clear(journal: Journal) -> None:
    """Neither identities nor keys of rows stand in the tables as they are."""
    begun(journal)
    held = [journal.query(f"select * from {name}") for name in ("job", "chunk", "tally", "job_person")]
    assert "mail.example" not in str(held)


def test_a_newer_journal(address: str) -> None:
    """A journal of a newer Troth is refused and left as it is."""
    with Journal(address, ring()) as journal:
        journal.write(lambda run: run("update journal_meta set value = '99'", ()))
    with pytest.raises(TrothError, match="written by a newer Troth"):
        Journal(address, ring())


@pytest.mark.parametrize("lasting", [True, False])
def test_sweeps(lasting: bool, address: str, journal: Journal) -> None:
    """A sweep that was begun is found again with its progress, until it is finished."""
    book = SweepBook(journal)
    job = book.start(FIXED.created, 3, "cd" * 32, {"steps": []})
    done = Progress(step=1)
    done.add("deleted", 5)
    book.save(job, done, lasting=lasting)
    with Journal(address, ring()) as later:
        assert [(one.id, one.start, one.progress) for one in SweepBook(later).open()] == [(job, 3, done)]
    book.finish(job)
    assert book.open() == []


def test_beside_a_ledger_that_is_writing(address: str, journal: Journal) -> None:
    """A journal waits for the ledger of the same database, and work of both in turns is kept."""
    with open_ledger(address, signer=ring().signer) as ledger:
        jobs = []
        for _ in range(3):
            jobs.append(begun(journal))
            ledger.write(lambda run: run("select 1", ()))
        assert [job.id for job in journal.jobs()] == jobs
