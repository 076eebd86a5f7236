"""Troth's own tables in an SQLite file: WAL, durable, deleted bytes overwritten.

Nothing here opens the file beside SQLite: closing any handle of it would drop the locks that SQLite holds for
this process (POSIX locks belong to the process, not to the handle).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from troth.model.errors import NotFound, Taken, TrothError
from troth.state.link import Row, Run, until

T = TypeVar("T")
_PATIENCE = 10.0  # seconds to wait for another writer
_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "secure_delete=on",
    "wal_autocheckpoint=1000",
    "temp_store=memory",
)


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read, where there is none.

    Raises:
        TrothError: its folder is not there, or may not be written.
    """
    if path.exists():
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise TrothError(
            f"{path.name} can not be made", hint="look at its folder: is it there, may it be written?"
        ) from error


class SqliteLink:
    """A connection to an SQLite file; see `troth.state.link.Link`.

    Args:
        path: the file; made if it is not there.
        name: what messages call it.

    Raises:
        TrothError: it can not be opened or made.
    """

    engine = "sqlite"

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name, self.place = path, name, str(path.resolve())
        self._turn, self._single = threading.RLock(), threading.Lock()
        self._alone: int | None = None
        make_file(path)
        try:
            self._connection = sqlite3.connect(
                path, isolation_level=None, timeout=_PATIENCE, check_same_thread=False
            )
            for pragma in _PRAGMAS:
                self._connection.execute(f"pragma {pragma}")
        except sqlite3.Error as error:
            raise told(error, name) from error

    @property
    def inside(self) -> bool:
        """See `Link.inside`."""
        return self._connection.in_transaction

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """See `Link.query`."""
        with self._turn:
            return self._run(sql, values)

    def write(self, work: Callable[[Run], T]) -> T:
        """See `Link.write`."""
        with self._turn:
            if self._connection.in_transaction:
                return work(self._run)
            self._run("begin immediate", ())
            try:
                done = work(self._run)
                self._run("commit", ())
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
        return done

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See `Link.executemany`."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise told(error, self.name) from error

    def scrub(self) -> str:
        """See `Link.scrub`."""
        with self._turn:
            busy = self._run("pragma wal_checkpoint(truncate)", ())[0][0]
        return f"the write-ahead log of {self.name}" if busy else ""

    @contextlib.contextmanager
    def alone(self, refusal: str, patience: float = 0.0) -> Iterator[None]:
        """See `Link.alone`: a lock of the kernel on a file of its own, which ends with the process."""
        busy = Taken(refusal, hint="wait until it is ready")
        # the lock of the kernel holds for all threads of a handle
        if not until(lambda: self._single.acquire(blocking=False), patience):
            raise busy
        try:
            if self._alone is None:
                self._alone = os.open(f"{self.path}-alone", os.O_CREAT | os.O_RDWR, 0o600)
            handle = self._alone
            if not until(lambda: _locked(handle), patience):
                raise busy
            try:
                yield
            finally:
                if self._alone is not None:  # closing it has let go of the lock
                    fcntl.flock(self._alone, fcntl.LOCK_UN)
        finally:
            self._single.release()

    def close(self) -> None:
        """See `Link.close`."""
        with self._turn:
            self._connection.close()
            if self._alone is not None:
                os.close(self._alone)
                self._alone = None

    def _run(self, sql: str, values: Sequence[Any]) -> list[Row]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise told(error, self.name) from error


def _locked(handle: int) -> bool:
    """Whether the lock of the kernel on an open file was free and is ours now."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def told(error: sqlite3.Error, name: str) -> TrothError:
    """What SQLite says, in the user's words."""
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return TrothError(f"{name} is in use by another process", hint="nothing was written; run it again")
    why, hint = "the file can not be read or written", "nothing is lost; run it again"
    if code.startswith("SQLITE_FULL"):
        why = "the disk is full"
    elif code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        hint = "nothing is lost; Troth needs to write this file and its folder: check the permissions"
    elif code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        why, hint = "the file is damaged or no database", "restore it from its copy"
    elif "no such table" in str(error):
        return NotFound(f"{name} has no tables yet", hint="`troth init` makes them")
    return TrothError(f"{name} does not work: {why}", hint=hint)
