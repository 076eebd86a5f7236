"""The ledger in a PostgreSQL database: for a team, with several workers that append.

`lock table … in exclusive mode` on the heads lets one writer in at a time; readers never wait. Entries
go in with binary COPY. `synchronous_commit` is on for the writer's session whatever the server's
default, so an acknowledged entry is durable.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Self

import psycopg
from psycopg import errors

from troth.evidence.errors import LedgerBusy, LedgerDamaged
from troth.evidence.heads import Head, Signer, parse
from troth.evidence.ledger import (
    Line,
    Prepared,
    Projection,
    Row,
    Run,
    T,
    Tail,
    check_end,
    check_meta,
    extend,
    make,
    pick,
    prepare,
    project,
    resume,
)
from troth.model.address import read_address
from troth.model.entry import Entry, decode
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from troth.evidence.merkle import Node

_TABLES = (
    "create table ledger_meta (key text primary key, value text not null)",
    "create table ledger_entry (seq bigint primary key, body text not null, hashes bytea not null)",
    "create table ledger_head (size bigint primary key, note text not null)",
)
_Line = tuple[int, str, bytes]
_LINES = "insert into ledger_entry select * from unnest(?::bigint[], ?::text[], ?::bytea[])"
_CHUNK = 2_000  # entries read at a time, so memory stays flat
_COPY_FROM = 8  # lines from which COPY is faster than an insert


class PostgresLedger:
    """A ledger in PostgreSQL; satisfies `Ledger`, `Archive` and `Tables`. Safe to share between threads.

    Args:
        url: `postgresql://…`; it never appears in a message.
        signer: signs the heads and makes the tables where they are missing; without one, reading only.
        projections: tables that follow from the entries.
        verifiers: further public keys that heads may be signed with (older keys of the ring).
        patience: seconds to wait for another writer.

    Raises:
        LedgerDamaged: the ledger is not as it was written, or the database holds none.
        TrothError: the server does not answer; written by a newer Troth; the ledger of another name.
    """

    name = "the ledger"

    def __init__(
        self,
        url: str,
        *,
        signer: Signer | None = None,
        projections: Sequence[Projection] = (),
        verifiers: Iterable[str] = (),
        patience: float = 10.0,
    ) -> None:
        self.place = self._url = read_address(url).url
        self._signer, self._projections = signer, tuple(projections)
        self._writing, self._reading = threading.Lock(), threading.Lock()
        self._patience = patience
        self._tail: Tail | None = None
        with ExitStack() as opened, self._words():
            self._writer = opened.enter_context(closing(self._connect())) if signer else None
            if signer:
                self._make(signer)
            self._reader = opened.enter_context(closing(self._connect()))
            meta: dict[str, str] = dict(self.query("select key, value from ledger_meta"))
            check_meta(self.name, meta, signer)
            self.origin = meta["origin"]
            known = (signer.verifier, *verifiers) if signer else (*self.verifiers(), *verifiers)
            self._check(known)
            opened.pop_all()  # all is well: they stay open until close()

    def close(self) -> None:
        """Close both connections; everything acknowledged is in the database."""
        with self._writing, self._reading:
            self._reader.close()
            if self._writer:
                self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, entries: Sequence[Entry]) -> int:
        """See `Ledger.append`."""
        return self.commit(prepare(entries))

    def commit(self, batch: Sequence[Prepared]) -> int:
        """Write entries that were prepared before; see `Ledger.append`."""
        if not batch:
            return self.size()
        with self._transaction() as (cursor, signer):
            return self._put(_runner(cursor), batch, signer, lambda lines: _insert(cursor, lines))

    def join(self, run: Run, entries: Sequence[Entry]) -> int:
        """See `Kept.join`."""
        if not self._signer:
            raise _read_only(self.name)
        return self._put(run, prepare(entries), self._signer, lambda lines: run(_LINES, _columns(lines)))

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[Entry]:
        """See `Ledger.read`."""
        return map(decode, self.bodies(start, stop))

    def bodies(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """See `Archive.bodies`."""
        stop = self.size() if stop is None else stop
        sql = "select seq, body from ledger_entry where seq >= ? and seq < ? order by seq limit ?"
        while rows := self.query(sql, (start, stop, _CHUNK)):
            start = rows[-1][0] + 1
            yield from (row[1].encode() for row in rows)

    def size(self) -> int:
        """See `Ledger.size`."""
        return self.head().size

    def head(self) -> Head:
        """See `Ledger.head`."""
        with self._reading, self._words():
            return _head(_runner(self._fresh_reader().cursor()), self.origin)

    def heads(self) -> Iterator[Head]:
        """See `Archive.heads`."""
        size = 0
        sql = "select size, note from ledger_head where size > ? order by size limit ?"
        while rows := self.query(sql, (size, _CHUNK)):
            size = rows[-1][0]
            yield from (parse(note) for _, note in rows)

    def nodes(self, wanted: Sequence[Node]) -> list[bytes]:
        """See `Ledger.nodes`."""
        with self._reading, self._words():
            return _nodes(_runner(self._fresh_reader().cursor()), wanted)

    def verifiers(self) -> tuple[str, ...]:
        """See `Archive.verifiers`."""
        rows = self.query("select value from ledger_meta where key = ?", ("verifiers",))
        return tuple(rows[0][0].split()) if rows else ()

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """See `Tables.query`."""
        with self._reading, self._words():
            return _runner(self._fresh_reader().cursor())(sql, values)

    def write(self, work: Callable[[Run], T]) -> T:
        """See `Tables.write`."""
        with self._transaction() as (cursor, _):
            return work(_runner(cursor))

    def scrub(self) -> str:
        """Vacuum the subject keys; says what may still hold bytes of them, in words."""
        with self._reading, self._words():
            run = _runner(self._fresh_reader().cursor())
            if run("select to_regclass('subject_key')::text", ())[0][0]:
                run("vacuum (index_cleanup on) subject_key", ())
        return "the write-ahead log of the database server, until it is recycled"

    def _connect(self) -> psycopg.Connection[Row]:
        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=10)
        run = _runner(connection.cursor())
        run("select set_config('lock_timeout', ?, false)", (f"{int(self._patience * 1000)}ms",))
        run("set synchronous_commit = on", ())
        run("set client_encoding = 'UTF8'", ())
        return connection

    def _fresh_reader(self) -> psycopg.Connection[Row]:
        if self._reader.closed:  # the server was restarted
            self._reader = self._connect()
        return self._reader

    def _make(self, signer: Signer) -> None:
        """Tables and the public key of this signer, where they are not there yet."""
        with self._transaction() as (cursor, _):
            run = _runner(cursor)
            # two processes that start at once: the second waits and then finds the tables
            run("select pg_advisory_xact_lock(hashtext('troth ledger tables'))", ())
            there = run("select to_regclass('ledger_meta')::text", ())[0][0]
            make(run, self.name, signer, tables=() if there else _TABLES, projections=self._projections)

    def _check(self, verifiers: Iterable[str]) -> None:
        with self._reader.transaction():
            run = _runner(self._reader.cursor())
            run("set transaction isolation level repeatable read, read only", ())
            rows = run("select seq, body, hashes from ledger_entry order by seq desc limit 1", ())
            last = Line(*rows[0]) if rows else None
            head = _head(run, self.origin)
            ends_well = (last.seq + 1 if last else 0) == head.size
            tail = resume(head, lambda wanted: _nodes(run, wanted)) if ends_well else Tail(head)
            check_end(self.name, tail, last, verifiers)

    def _put(
        self, run: Run, batch: Sequence[Prepared], signer: Signer, insert: Callable[[Sequence[_Line]], object]
    ) -> int:
        """Number a batch and write it, inside of a transaction."""
        tail = self._newest(run)
        if not batch:
            return tail.head.size
        grown, lines = extend(tail, batch, signer)
        insert(lines)
        run("insert into ledger_head values (?, ?)", (grown.head.size, grown.head.note))
        project(run, self._projections, tail.head.size, batch)
        # Harmless when the transaction is undone: a tail counts only while its head is the newest of the database.
        self._tail = grown
        return tail.head.size

    def _newest(self, run: Run) -> Tail:
        """The tail as the database has it, behind the lock: somebody else may have appended since."""
        run("lock table ledger_head in exclusive mode", ())
        head, tail = _head(run, self.origin), self._tail
        if tail is None or tail.head.note != head.note:
            tail = resume(head, lambda wanted: _nodes(run, wanted))
        return tail

    @contextmanager
    def _transaction(self) -> Iterator[tuple[psycopg.Cursor[Row], Signer]]:
        if not self._writer or not self._signer:
            raise _read_only(self.name)
        with self._writing, self._words():
            if self._writer.closed:  # the server was restarted
                self._writer = self._connect()
            with self._writer.transaction():
                yield self._writer.cursor(), self._signer

    @contextmanager
    def _words(self) -> Iterator[None]:
        """Say what PostgreSQL says in the user's words, without its address or any value."""
        try:
            yield
        except psycopg.Error as error:
            raise _translated(error, self.name) from None


def _read_only(name: str) -> TrothError:
    return TrothError(f"{name} is open for reading only", hint="open it with the signing key of its key ring")


def _translated(error: psycopg.Error, name: str) -> TrothError:
    if isinstance(error, errors.LockNotAvailable | errors.DeadlockDetected | errors.SerializationFailure):
        return LedgerBusy(f"another process is writing to {name}; nothing was written", hint="try again")
    if isinstance(error, errors.UndefinedTable):
        return LedgerDamaged("this database holds no ledger of Troth", hint="`troth init` makes one")
    if isinstance(error, errors.DiskFull):
        return TrothError(f"the disk of {name} is full; nothing was written", hint="make room and try again")
    if isinstance(error, errors.InsufficientPrivilege):
        return TrothError(f"the database refuses this user the tables of {name}", hint="grant the rights")
    if isinstance(error, errors.DataCorrupted | errors.IndexCorrupted):
        return LedgerDamaged(f"{name} is damaged", hint="export a bundle and run `troth verify` on it")
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return TrothError(
            f"the database server of {name} does not answer",
            hint="look at the server and the address; whether the last batch was written shows in its size",
        )
    return TrothError(
        f"{name} could not be used: SQLSTATE {error.sqlstate or 'none'}", hint="please report it"
    )


@cache
def _marks(sql: str) -> str:
    """The statement with psycopg's marks, in which a `%` of ours stands twice; ours hold no `?` in literals."""
    return sql.replace("%", "%%").replace("?", "%s")


def _runner(cursor: psycopg.Cursor[Row]) -> Run:
    def run(sql: str, values: Sequence[Any] = ()) -> list[Row]:
        cursor.execute(_marks(sql), values)
        return cursor.fetchall() if cursor.description else []

    return run


def _head(run: Run, origin: str) -> Head:
    rows = run("select note from ledger_head order by size desc limit 1", ())
    return parse(rows[0][0]) if rows else Head(origin)


def _nodes(run: Run, wanted: Sequence[Node]) -> list[bytes]:
    sql = "select seq, hashes from ledger_entry where seq = any(?)"
    stored: dict[int, bytes] = dict(run(sql, ([node.last for node in wanted],)))
    return pick(stored, wanted)


def _columns(lines: Sequence[_Line]) -> tuple[list[int], list[str], list[bytes]]:
    return [line[0] for line in lines], [line[1] for line in lines], [line[2] for line in lines]


def _insert(cursor: psycopg.Cursor[Row], lines: Sequence[_Line]) -> None:
    if len(lines) < _COPY_FROM:
        cursor.executemany("insert into ledger_entry values (%s, %s, %s)", lines)
        return
    with cursor.copy("copy ledger_entry from stdin (format binary)") as copy:
        copy.set_types(["int8", "text", "bytea"])
        for line in lines:
            copy.write_row(line)
