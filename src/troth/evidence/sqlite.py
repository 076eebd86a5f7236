"""The ledger in one SQLite file: the default, no server needed.

WAL, so readers never wait for the writer; `synchronous=FULL`, so an entry that was acknowledged survives a
power cut; `secure_delete`, so that a destroyed key leaves no bytes behind. `begin immediate` is the lock that
lets one writer in at a time, across processes too.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

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
from troth.model.entry import Entry, decode
from troth.model.errors import NotFound, TrothError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from troth.evidence.merkle import Node

_TABLES = (
    "create table ledger_meta (key text primary key, value text not null) without rowid",
    "create table ledger_entry (seq integer primary key, body text not null, hashes blob not null)",
    "create table ledger_head (size integer primary key, note text not null)",
)
_PRAGMAS = ("synchronous=full", "secure_delete=on", "wal_autocheckpoint=1000", "temp_store=memory")
_CHUNK = 2_000  # entries read at a time: no reader holds a snapshot for long
_WIDEST = 1_024  # rows in one insert; a power of two, so that few statements serve every batch


class SqliteLedger:
    """A ledger in an SQLite file; satisfies `Ledger`, `Archive` and `Tables`. Safe to share between threads.

    Args:
        path: the file; made, readable by its owner only, if it is not there and there is a signer.
        signer: signs the heads; without one the ledger is open for reading only.
        projections: tables that follow from the entries.
        verifiers: further public keys that heads may be signed with (older keys of the ring).
        patience: seconds to wait for another writer.

    Raises:
        NotFound: there is no such file, and no signer to make one.
        LedgerDamaged: the file is cut short, changed, or no ledger.
        TrothError: written by a newer Troth, or the ledger of another name.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        signer: Signer | None = None,
        projections: Sequence[Projection] = (),
        verifiers: Iterable[str] = (),
        patience: float = 10.0,
    ) -> None:
        self.path, self.name = Path(path), Path(path).name
        self.place = str(self.path.resolve())
        self._signer, self._projections = signer, tuple(projections)
        self._writing, self._reading = threading.Lock(), threading.Lock()
        self._patience = patience
        self._tail: Tail | None = None
        _check_file(self.path, may_make=signer is not None)
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
        """Close the file; everything acknowledged is in it."""
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
        with self._transaction() as (run, signer):
            return self._put(run, batch, signer)

    def join(self, run: Run, entries: Sequence[Entry]) -> int:
        """See `Kept.join`."""
        if not self._signer:
            raise _read_only(self.name)
        return self._put(run, prepare(entries), self._signer)

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[Entry]:
        """See `Ledger.read`."""
        return map(decode, self.bodies(start, stop))

    def bodies(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """See `Archive.bodies`."""
        stop = self.size() if stop is None else stop
        sql = (
            "select seq, cast(body as blob) from ledger_entry where seq >= ? and seq < ? order by seq limit ?"
        )
        while rows := self.query(sql, (start, stop, _CHUNK)):
            start = rows[-1][0] + 1
            yield from (row[1] for row in rows)

    def size(self) -> int:
        """See `Ledger.size`."""
        return self.head().size

    def head(self) -> Head:
        """See `Ledger.head`."""
        return _head(self.query, self.origin, self._tail)

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
            return _nodes(_runner(self._reader.cursor()), wanted)

    def verifiers(self) -> tuple[str, ...]:
        """See `Archive.verifiers`."""
        rows = self.query("select value from ledger_meta where key = ?", ("verifiers",))
        return tuple(rows[0][0].split()) if rows else ()

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """See `Tables.query`."""
        with self._reading, self._words():
            return self._reader.execute(sql, values).fetchall()

    def write(self, work: Callable[[Run], T]) -> T:
        """See `Tables.write`."""
        with self._transaction() as (run, _):
            return work(run)

    def scrub(self) -> str:
        """Overwrite what was deleted, in the file and its log; says what may still hold bytes, in words."""
        with self._writing, self._words():
            if not self._writer:
                raise _read_only(self.name)
            busy, _, _ = self._writer.execute("pragma wal_checkpoint(truncate)").fetchone()
            return f"the log of {self.name}, while somebody reads it" if busy else ""

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=self._patience, isolation_level=None, check_same_thread=False
        )
        # a body damaged into something that is not UTF-8 is still read, and then does not match its hash
        connection.text_factory = _text
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")
        if not self._signer:
            connection.execute("pragma query_only=on")
        return connection

    def _make(self, signer: Signer) -> None:
        """Tables and the public key of this signer, where they are not there yet."""
        if self._writer and self._writer.execute("pragma journal_mode=wal").fetchone()[0] != "wal":
            raise TrothError(f"{self.name} can not be put into WAL mode", hint="use a local disk")
        with self._transaction() as (run, _):
            there = run("select 1 from sqlite_master where name = ?", ("ledger_meta",))
            make(run, self.name, signer, tables=() if there else _TABLES, projections=self._projections)

    def _check(self, verifiers: Iterable[str]) -> None:
        # one snapshot, so that a writer in between is not taken for damage
        self._reader.execute("begin")
        try:
            run = _runner(self._reader.cursor())
            rows = run("select seq, body, hashes from ledger_entry order by seq desc limit 1", ())
            head = _head(run, self.origin)
            last = Line(*rows[0]) if rows else None
            if last is None or last.seq + 1 == head.size:
                check_end(self.name, resume(head, lambda n: _nodes(run, n)), last, verifiers)
            else:
                check_end(self.name, Tail(head), last, verifiers)
        finally:
            self._reader.execute("rollback")

    def _put(self, run: Run, batch: Sequence[Prepared], signer: Signer) -> int:
        """Number a batch and write it, inside of a transaction that holds the lock of the writer."""
        tail = self._newest(run)
        if not batch:
            return tail.head.size
        grown, lines = extend(tail, batch, signer)
        _insert(run, lines)
        run("insert into ledger_head values (?, ?)", (grown.head.size, grown.head.note))
        project(run, self._projections, tail.head.size, batch)
        # Harmless when the transaction is undone: a tail counts only while its head is the newest of the database.
        self._tail = grown
        return tail.head.size

    def _newest(self, run: Run) -> Tail:
        """The tail as the database has it: another process, or another connection, may have appended since."""
        tail = self._tail
        head = _head(run, self.origin, tail)
        if tail is None or tail.head.note != head.note:
            tail = resume(head, lambda wanted: _nodes(run, wanted))
        return tail

    @contextmanager
    def _transaction(self) -> Iterator[tuple[Run, Signer]]:
        if not self._writer or not self._signer:
            raise _read_only(self.name)
        with self._writing, self._words():
            self._writer.execute("begin immediate")
            try:
                yield _runner(self._writer.cursor()), self._signer
                self._writer.execute("commit")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("rollback")
                raise

    @contextmanager
    def _words(self) -> Iterator[None]:
        """Say what SQLite says in the user's words."""
        try:
            yield
        except sqlite3.Error as error:
            raise _translated(error, self.name) from error


def _text(raw: bytes) -> str:
    return raw.decode(errors="surrogateescape")


def _read_only(name: str) -> TrothError:
    return TrothError(f"{name} is open for reading only", hint="open it with the signing key of its key ring")


def _translated(error: sqlite3.Error, name: str) -> TrothError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerBusy(f"another process is writing to {name}; nothing was written", hint="try again")
    if code.startswith("SQLITE_FULL"):
        return TrothError(f"the disk of {name} is full; nothing was written", hint="make room and try again")
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return LedgerDamaged(
            f"{name} is damaged or cut short", hint="run `troth verify` on it; restore it from a copy"
        )
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return TrothError(f"{name} can not be written", hint="look at the rights of the file and its folder")
    if isinstance(error, sqlite3.OperationalError) and "no such table: ledger_" in str(error):
        return LedgerDamaged(f"{name} is not a ledger of Troth")
    return TrothError(f"{name} could not be used: {code or type(error).__name__}")


def _check_file(path: Path, *, may_make: bool) -> None:
    """Make the file where it may be made.

    What it holds is left to SQLite: closing a handle of our own would drop the locks that SQLite holds in this
    process for the same file, and a journal or another ledger may be open on it.
    """
    if not path.exists():
        if not may_make:
            raise NotFound(f"there is no ledger {path.name}", hint="`troth init` makes one")
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _runner(cursor: sqlite3.Cursor) -> Run:
    def run(sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return cursor.execute(sql, values).fetchall()

    return run


def _head(run: Run, origin: str, tail: Tail | None = None) -> Head:
    rows = run("select note from ledger_head order by size desc limit 1", ())
    if tail and rows and rows[0][0] == tail.head.note:
        return tail.head  # as it was written here
    return parse(rows[0][0]) if rows else Head(origin)


def _nodes(run: Run, wanted: Sequence[Node]) -> list[bytes]:
    stored: dict[int, bytes] = {}
    for start in range(0, len(wanted), _CHUNK):
        some = [node.last for node in wanted[start : start + _CHUNK]]
        stored.update(run(_select_of(len(some)), some))
    return pick(stored, wanted)


@cache
def _select_of(count: int) -> str:
    marks = ",".join("?" * count)
    return f"select seq, hashes from ledger_entry where seq in ({marks})"  # noqa: S608 - only marks


def _insert(run: Run, lines: Sequence[tuple[int, str, bytes]]) -> None:
    # One statement for many rows: the interpreter lock is given away once a statement, not once a row.
    start = 0
    while start < len(lines):
        count = min(_WIDEST, 1 << ((len(lines) - start).bit_length() - 1))
        run(_insert_of(count), list(chain.from_iterable(lines[start : start + count])))
        start += count


@cache
def _insert_of(count: int) -> str:
    return "insert into ledger_entry values " + ",".join(["(?,?,?)"] * count)  # noqa: S608 - only marks
