"""Troth's own tables in a PostgreSQL database: for a team, with several workers."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from troth.model.errors import NotFound, Taken, TrothError
from troth.state.link import Row, Run, until

logging.getLogger("psycopg").addHandler(
    logging.NullHandler()
)  # else it writes on the terminal where nobody logs
T = TypeVar("T")
_PATIENCE = "10s"  # how long to wait for another writer
# A worker whose machine vanishes lets go of its locks after a minute, not after two hours.
_SETTINGS = (
    "synchronous_commit = on",
    f"lock_timeout = '{_PATIENCE}'",
    "client_encoding = 'UTF8'",
    "tcp_keepalives_idle = 30",
    "tcp_keepalives_interval = 10",
    "tcp_keepalives_count = 3",
)
_WORK = "hashtextextended(current_schema() || ' troth claim ' || ?, 0)"  # the number of a claim


class PostgresLink:
    """A connection to a PostgreSQL database; see `troth.state.link.Link`.

    Args:
        url: `postgresql://…`; it never appears in a message.
        name: what messages call it.

    Raises:
        TrothError: the server does not answer.
    """

    engine = "postgresql"

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        self.place = self._url = url
        self._turn = threading.RLock()
        self._held = False  # a lock that must not be lost unnoticed by connecting again
        self._inside = False
        self._connection = self._connect()

    @property
    def inside(self) -> bool:
        """See `Link.inside`."""
        return self._inside

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """See `Link.query`."""
        with self._turn:
            self._revive()
            return self._run(sql, values)

    def write(self, work: Callable[[Run], T]) -> T:
        """See `Link.write`."""
        with self._turn:
            if self._inside:
                return work(self._run)
            self._revive()
            self._run("begin", ())
            self._inside, ready = True, False
            try:
                done = work(self._run)
                self._run("commit", ())
                ready = True
            finally:
                self._inside = False
                if not ready:
                    with contextlib.suppress(
                        psycopg.Error
                    ):  # the connection may be gone, and with it the work
                        self._connection.execute("rollback")
        return done

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See `Link.executemany`."""
        try:
            with self._connection.cursor() as cursor:
                cursor.executemany(_marks(sql), rows)
        except psycopg.Error as error:
            raise told(error, self.name) from None

    def scrub(self) -> str:
        """See `Link.scrub`."""
        for table in ("subject_key", "job"):
            if self.query("select to_regclass(?)::text", (table,))[0][0]:
                self.query(f"vacuum (index_cleanup on) {table}")
        return "the write-ahead log of the database server, until it is recycled"

    @contextlib.contextmanager
    def alone(self, refusal: str, patience: float = 0.0) -> Iterator[None]:
        """See `Link.alone`: an advisory lock of this connection, which ends with it."""
        key = "hashtextextended(current_schema() || ' troth alone', 0)"
        if not until(lambda: bool(self.query(f"select pg_try_advisory_lock({key})")[0][0]), patience):
            raise Taken(refusal, hint="wait until it is ready")
        self._held = True
        try:
            yield
        finally:
            self._held = False
            if not self._connection.closed:
                self.query(f"select pg_advisory_unlock({key})")

    def hold(self, name: str, label: str) -> bool:
        """Take the work of that name, until this connection ends; False where another connection has it.

        Args:
            name: of the work.
            label: what this connection is called, so that others can tell who has it.
        """
        if not self.query(f"select pg_try_advisory_lock({_WORK})", (name,))[0][0]:
            return False
        self._held = True
        self.query("select set_config('application_name', ?, false)", (label,))
        return True

    def holder(self, name: str) -> str | None:
        """What the connection is called that has the work of that name; None where none has it."""
        rows = self.query(
            "select coalesce(a.application_name, '') from pg_locks l left join pg_stat_activity a on a.pid = l.pid "  # noqa: S608 - our words
            "where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.database = "
            "(select oid from pg_database where datname = current_database()) "
            f"and (l.classid::bigint << 32 | l.objid::bigint) = {_WORK}",
            (name,),
        )
        return str(rows[0][0]) if rows else None

    def close(self) -> None:
        """See `Link.close`; the server would notice a little later that the connection, and its locks, have ended."""
        with self._turn:
            if self._held and not self._connection.closed:
                with contextlib.suppress(psycopg.Error):
                    self._connection.execute("select pg_advisory_unlock_all()")
            self._connection.close()

    def _connect(self) -> psycopg.Connection[Row]:
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=10)
            connection.execute(";".join(f"set {setting}" for setting in _SETTINGS))
        except psycopg.Error as error:
            raise told(error, self.name) from None
        return connection

    def _revive(self) -> None:
        """Connect again after the server was restarted, unless a lock would be lost by it."""
        if self._connection.closed and not self._held and not self._inside:
            self._connection = self._connect()

    def _run(self, sql: str, values: Sequence[Any]) -> list[Row]:
        try:
            cursor = self._connection.execute(_marks(sql) if values else sql, values or None)
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise told(error, self.name) from None


def told(error: psycopg.Error, name: str) -> TrothError:
    """What PostgreSQL says, in the user's words, without its address or any value."""
    if isinstance(error, errors.LockNotAvailable | errors.DeadlockDetected | errors.SerializationFailure):
        return TrothError(f"{name} is in use by another process", hint="nothing was written; run it again")
    if isinstance(error, errors.UndefinedTable):
        return NotFound(f"{name} has no tables yet", hint="`troth init` makes them")
    why, hint = f"SQLSTATE {error.sqlstate}", "nothing is lost; run it again"
    if error.sqlstate is None:
        why, hint = (
            "the database server does not answer",
            "look at the server and the address; nothing is lost",
        )
    elif isinstance(error, errors.DiskFull):
        why = "the disk is full"
    elif isinstance(error, errors.InsufficientPrivilege):
        why, hint = "the database refuses this user its tables", "grant the rights and run it again"
    elif isinstance(error, errors.InvalidCatalogName | errors.InvalidPassword | errors.OperationalError):
        hint = "look at the server and the address; nothing is lost"
    return TrothError(f"{name} does not work: {why}", hint=hint)


@cache
def _marks(sql: str) -> str:
    """The statement with psycopg's marks, in which a `%` of ours stands twice; ours hold no `?` in literals."""
    return sql.replace("%", "%%").replace("?", "%s")
