"""The journal: what is under way, saved before the first write, so that a kill at any moment loses nothing.

    job        one request of one or many persons
    chunk      keys of rows that one step works on; sealed, because a key can be a person's name
    tally      how many rows of which person a chunk holds
    fault      a table that was left as it was, and why
    erased     pseudonyms of everybody who was erased, to be replayed on a restored backup

The keys and the identities are sealed with a key of the job's own, wrapped under the key ring; it is destroyed,
and the rows are gone, when the job is finished.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, Self, TypeVar

from troth.evidence.keyring import KeyRing
from troth.evidence.keys import SubjectKeys
from troth.evidence.ledger import Run
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Reason
from troth.stores.walk import Row

SCHEMA = 1
WARM = (
    50_000  # rows kept in memory between saving and writing them, so that they need not be unsealed at once
)
T = TypeVar("T")
_TABLES = """
create table if not exists journal_meta (key text primary key, value text not null) without rowid;
create table if not exists job (
    id integer primary key autoincrement, purpose text not null, state text not null, created text not null,
    digest text not null, start integer not null, sealed blob, outcome text not null default '');
create table if not exists job_person (
    job integer not null, person integer not null, subject text not null, primary key (job, person)) without rowid;
create index if not exists job_state on job (state);
create table if not exists chunk (
    id integer primary key, job integer not null, round integer not null, step integer not null, kind text not null,
    rows integer not null, state text not null, sealed blob);
create index if not exists chunk_job on chunk (job, state);
create table if not exists tally (
    chunk integer not null, job integer not null, person integer not null, place text not null, what text not null,
    rows integer not null, done integer not null default 0, primary key (chunk, person)) without rowid;
create index if not exists tally_job on tally (job);
create table if not exists fault (
    job integer not null, person integer not null, place text not null, why text not null,
    primary key (job, person, place)) without rowid;
create table if not exists erased (
    pseudonym text not null, job integer not null, at text not null, primary key (pseudonym, job)) without rowid;
create table if not exists subject_key (subject text primary key, version bigint not null, wrapped text not null);
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One request under way.

    Attributes:
        id: its number; 0 before it is saved.
        purpose: "erasure" or "replay".
        state: "open" until everything is done or told; then "done".
        created: RFC 3339.
        digest: SHA-256 of its plan.
        start: size of the ledger when it began.
        outcome: its last outcome word.
    """

    id: int
    purpose: str
    state: str
    created: str
    digest: str
    start: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Keys of rows that one step works on.

    Attributes:
        id: its number, 0 until it is saved.
        round: the search that found them.
        step: number of the step in the plan.
        kind: what happens to the rows: "deleted", "masked", "unlinked", "separated".
        place: `store.table`.
        rows: for each row the number of the person, then its key.
    """

    id: int
    round: int
    step: int
    kind: str
    place: str
    rows: tuple[Row, ...]


class Journal:
    """The journal in an SQLite file of Troth's own; one process works on it at a time.

    Args:
        path: the file; made, readable by its owner only, if it is not there.
        ring: wraps the keys of the jobs.
        random: gives so many random bytes.

    Raises:
        TrothError: it was written by a newer Troth, or it can not be read.
    """

    def __init__(self, path: Path, ring: KeyRing, random: Callable[[int], bytes] = os.urandom) -> None:
        self.path = path
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._words():
            self._link = sqlite3.connect(path, isolation_level=None, timeout=10)
            for pragma in ("journal_mode=wal", "synchronous=full", "secure_delete=on"):
                self._link.execute(f"pragma {pragma}")
            self._link.executescript(_TABLES)
            self._link.execute("insert or ignore into journal_meta values ('schema', ?)", (str(SCHEMA),))
            found = int(self.query("select value from journal_meta where key = 'schema'")[0][0])
        if found > SCHEMA:
            raise TrothError(f"the journal {path.name} was written by a newer Troth", hint="update Troth")
        self._keys = SubjectKeys(self, ring, random)
        self._warm: dict[int, tuple[Row, ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._link.close()

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """See `troth.evidence.ledger.Tables`."""
        with self._words():
            return self._link.execute(sql, values).fetchall()

    def write(self, work: Callable[[Run], T]) -> T:
        """See `troth.evidence.ledger.Tables`."""

        def run(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            return self._link.execute(sql, values).fetchall()

        with self._words():
            if self._link.in_transaction:  # work inside of work is one transaction
                return work(run)
            self._link.execute("begin immediate")
            try:
                done = work(run)
                self._link.execute("commit")
            finally:
                if self._link.in_transaction:
                    self._link.execute("rollback")
        return done

    def scrub(self) -> str:
        """See `troth.evidence.ledger.Tables`."""
        with self._words():
            busy = self._link.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        return "the journal's write-ahead log" if busy else ""

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the journal for one process, until the end or until the process dies.

        Raises:
            TrothError: another process is working.
        """
        with self.path.open("rb+") as file:
            # Byte 2**62 lies outside of what SQLite itself locks; the kernel lets go of it when we are killed.
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 2**62)
            except OSError as error:
                raise TrothError(
                    "another process is carrying out a request", hint="wait until it is ready"
                ) from error
            yield

    def start(self, purpose: str, subjects: Sequence[str], details: Mapping[str, Any], *, fixed: Job) -> int:
        """A new job with its sealed details; durable when it returns.

        Args:
            purpose: "erasure" or "replay".
            subjects: the pseudonyms of the persons; their numbers are their positions.
            details: what is needed to go on with it.
            fixed: a job without number, for its time, the digest of its plan, and the size of the ledger.
        """

        def work(run: Run) -> int:
            row = run(
                "insert into job (purpose, state, created, digest, start) values (?, 'open', ?, ?, ?) returning id",
                (purpose, fixed.created, fixed.digest, fixed.start),
            )[0]
            job = int(row[0])
            self._link.executemany(
                "insert into job_person values (?, ?, ?)",
                [(job, number, subject) for number, subject in enumerate(subjects)],
            )
            self.update(job, details)
            return job

        return self.write(work)

    def update(self, job: int, details: Mapping[str, Any]) -> None:
        """Replace the sealed details of a job."""

        def work(run: Run) -> None:
            sealed = self._keys.seal(f"job-{job}", "job", details)
            run("update job set sealed = ? where id = ?", (sealed, job))

        self.write(work)

    def details(self, job: int) -> dict[str, Any]:
        """The sealed details of an open job."""
        sealed = self.query("select sealed from job where id = ?", (job,))[0][0]
        return self._keys.open(f"job-{job}", "job", sealed)

    def subjects(self, job: int) -> list[str]:
        """The pseudonyms of the persons of a job, in the order of their numbers."""
        rows = self.query("select subject from job_person where job = ? order by person", (job,))
        return [row[0] for row in rows]

    def jobs(self, state: str = "open") -> list[Job]:
        """The jobs in a state, oldest first."""
        sql = (
            "select id, purpose, state, created, digest, start, outcome from job where state = ? order by id"
        )
        return [Job(*row) for row in self.query(sql, (state,))]

    def job(self, number: int) -> Job:
        """The job of that number.

        Raises:
            NotFound: there is none.
        """
        rows = self.query(
            "select id, purpose, state, created, digest, start, outcome from job where id = ?", (number,)
        )
        if not rows:
            raise NotFound(f"the journal has no job {number}")
        return Job(*rows[0])

    def save(self, job: int, chunks: Iterable[Chunk]) -> int:
        """Save the keys of rows before they are written; durable when it returns. Gives the number of rows."""
        total = 0
        left = iter(chunks)
        first = next(left, None)
        if first is None:
            return 0

        def work(run: Run) -> None:
            nonlocal total
            for chunk in chain([first], left):
                total += len(chunk.rows)
                sealed = self._keys.seal(f"job-{job}", "chunk", {"columns": _packed(chunk.rows)})
                number = run(
                    "insert into chunk (job, round, step, kind, rows, state, sealed) "
                    "values (?, ?, ?, ?, ?, 'saved', ?) returning id",
                    (job, chunk.round, chunk.step, chunk.kind, len(chunk.rows), sealed),
                )[0][0]
                if sum(map(len, self._warm.values())) + len(chunk.rows) <= WARM:
                    self._warm[number] = chunk.rows
                counts = Counter(map(itemgetter(0), chunk.rows))
                self._link.executemany(
                    "insert into tally (chunk, job, person, place, what, rows) values (?, ?, ?, ?, ?, ?)",
                    [(number, job, person, chunk.place, chunk.kind, rows) for person, rows in counts.items()],
                )

        self.write(work)
        return total

    def pending(self, job: int) -> list[tuple[int, int, str]]:
        """The chunks whose rows were saved and not yet written: number, step and kind, in order."""
        return [
            (row[0], row[1], row[2])
            for row in self.query(
                "select id, step, kind from chunk where job = ? and state = 'saved' order by step, id", (job,)
            )
        ]

    def rows(self, job: int, chunk: int) -> list[Row]:
        """The rows of a chunk: the number of the person, then the key."""
        if chunk in self._warm:
            return list(self._warm.pop(chunk))
        sealed = self.query("select sealed from chunk where id = ?", (chunk,))[0][0]
        return _unpacked(self._keys.open(f"job-{job}", "chunk", sealed)["columns"])

    def handled(self, job: int, step: int) -> Iterator[list[Row]]:
        """The rows of a step that were written already, chunk by chunk."""
        sql = "select id, state from chunk where job = ? and step = ? and state <> 'saved' order by id"
        for number, state in self.query(sql, (job, step)):
            rows = self.rows(job, number)
            if state == "left":
                people = self.query("select person from tally where chunk = ? and done = 1", (number,))
                written = {person for (person,) in people}
                rows = [row for row in rows if row[0] in written]
            yield rows

    def mark(self, chunks: Mapping[int, Iterable[int]]) -> None:
        """Note that the rows of chunks are written.

        Args:
            chunks: by number of a chunk, the persons whose rows in it were left as they were.
        """

        def work(run: Run) -> None:
            for number, failed in chunks.items():
                left = sorted(set(failed))
                run("update chunk set state = ? where id = ?", ("left" if left else "done", number))
                run("update tally set done = 1 where chunk = ?", (number,))
                for person in left:
                    run("update tally set done = 0 where chunk = ? and person = ?", (number, person))

        if chunks:
            self.write(work)

    def tally(self, job: int) -> dict[int, dict[str, dict[str, int]]]:
        """Rows that were written, by person, place and what happened to them."""
        found: dict[int, dict[str, dict[str, int]]] = {}
        sql = (
            "select person, place, what, sum(rows) from tally where job = ? and done = 1 "
            "group by 1, 2, 3 order by 1, 2, 3"
        )
        for person, place, what, rows in self.query(sql, (job,)):
            found.setdefault(person, {}).setdefault(place, {})[what] = rows
        return found

    def fault(self, job: int, faults: Mapping[tuple[int, str], str]) -> None:
        """Note whose rows of which table were left as they were, and why."""
        rows = [(job, person, place, why) for (person, place), why in sorted(faults.items())]

        def work(_: Run) -> None:
            self._link.executemany("insert or replace into fault values (?, ?, ?, ?)", rows)

        if rows:
            self.write(work)

    def faults_by_person(self, job: int) -> dict[int, tuple[Reason, ...]]:
        """Whose rows of which tables were left as they were, and why."""
        found: dict[int, tuple[Reason, ...]] = {}
        rows = self.query("select person, place, why from fault where job = ? order by person, place", (job,))
        for person, place, why in rows:
            found[person] = (*found.get(person, ()), Reason(place, why))
        return found

    def retry(self, job: int) -> None:
        """Forget the faults of a job, because it is tried again."""
        self.write(
            lambda run: [
                run("delete from fault where job = ?", (job,)),
                run("update chunk set state = 'saved' where job = ? and state = 'left'", (job,)),
            ]
        )

    def finish(self, job: int, outcome: str, *, erased: Iterable[tuple[str, str]] = (), done: bool) -> None:
        """Note how a job ended; where it is done, its keys and identities are destroyed.

        Args:
            job: its number.
            outcome: its outcome word.
            erased: pseudonyms to replay on a restored backup, with the time of the erasure.
            done: False keeps it open, with everything needed to go on.
        """
        rows = [(pseudonym, job, at) for pseudonym, at in sorted(set(erased))]

        def work(run: Run) -> None:
            state = "done" if done else "open"
            run("update job set outcome = ?, state = ? where id = ?", (outcome, state, job))
            self._link.executemany("insert or ignore into erased values (?, ?, ?)", rows)
            if done:
                run("update job set sealed = null where id = ?", (job,))
                run("update chunk set sealed = null where job = ?", (job,))
                run("delete from subject_key where subject = ?", (f"job-{job}",))

        self.write(work)

    def erased(self, since: str = "") -> set[str]:
        """The pseudonyms of everybody erased since a time, RFC 3339; of all where none is given."""
        return {row[0] for row in self.query("select pseudonym from erased where at >= ?", (since,))}

    @contextlib.contextmanager
    def _words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
            why = "the disk is full" if full else "the file can not be read or written"
            raise TrothError(
                f"the journal {self.path.name} does not work: {why}", hint="nothing is lost; run it again"
            ) from error


def _packed(rows: Sequence[Row]) -> list[list[Any]]:
    """Rows as columns of JSON; bytes become an object, which no other value is."""
    found = []
    for column in zip(*rows, strict=True):
        held = list(column)
        if bytes in set(map(type, held)):
            held = [{"hex": value.hex()} if isinstance(value, bytes) else value for value in held]
        found.append(held)
    return found


def _unpacked(columns: Sequence[Sequence[Any]]) -> list[Row]:
    found = []
    for column in columns:
        plain = column
        if dict in set(map(type, column)):
            plain = [bytes.fromhex(value["hex"]) if isinstance(value, dict) else value for value in column]
        found.append(plain)
    return list(zip(*found, strict=True))
