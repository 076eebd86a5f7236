"""Open a store for reading only, and say in plain words why it can not be opened."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from troth.model.errors import TrothError
from troth.model.schema import Engine

ENGINES: dict[str, tuple[Engine, str]] = {
    "postgresql": ("postgresql", "postgresql+psycopg"),
    "postgres": ("postgresql", "postgresql+psycopg"),
    "mysql": ("mariadb", "mysql+pymysql"),
    "mariadb": ("mariadb", "mysql+pymysql"),
    "sqlite": ("sqlite", "sqlite"),
}
CONNECT_SECONDS = 5
STATEMENT_SECONDS = 30
LOCK_SECONDS = 5
_HINT = "write postgresql://user@host/database, mysql://user@host/database or sqlite:///file"
# What the servers answer, in the words of a person; the server's own text may quote values, so it is never
# passed on.
_CLOSED = "this user may not read it"
_CAUSES = (
    (("password", "access denied", "authentication", "no pg_hba"), "it refuses this user or password"),
    (("does not exist", "unknown database"), "it has no such database or user"),
    (("permission denied", "command denied"), _CLOSED),
    (("not a database", "malformed"), "the file is not a SQLite database"),
    (("unable to open",), "the file can not be opened"),
    (("timeout", "timed out", "execution time exceeded"), "it did not answer in time"),
    (("locked",), "it is locked by another program"),
    (
        ("refused", "can't connect", "could not translate", "resolve", "unreachable", "no such file"),
        "nothing answers there",
    ),
)


def engine_of(url: str) -> tuple[Engine, URL]:
    """The kind of database and the URL with the driver that Troth ships.

    Raises:
        TrothError: the text is not a database URL, or names a database that Troth does not read.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise TrothError("the store's address is not a database URL", hint=_HINT) from None
    except ValueError:
        raise TrothError("the store's address has a port that is not a number", hint=_HINT) from None
    name = parsed.get_backend_name()
    if name not in ENGINES:
        raise TrothError(f"Troth does not read {name} databases", hint=_HINT)
    kind, driver = ENGINES[name]
    if kind != "sqlite" and not parsed.database:
        raise TrothError(f"the address of {place(parsed)} names no database", hint=_HINT)
    return kind, parsed.set(drivername=driver)


def place(url: URL) -> str:
    """Where a store is, without user and password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database or "memory")
    port = f":{url.port}" if url.port else ""
    return f"{url.host or 'localhost'}{port}/{url.database or ''}"


@contextlib.contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A connection that can not write and gives up on a statement after `STATEMENT_SECONDS`.

    Raises:
        TrothError: wrong URL, dead server, wrong password, missing permission; the message never holds the
        password.
    """
    kind, parsed = engine_of(url)
    if kind == "sqlite":
        parsed = _sqlite_url(parsed)
    try:
        engine = create_engine(parsed, poolclass=NullPool, connect_args=_arguments(kind))
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise TrothError(f"the address of {place(parsed)} is not complete", hint=_HINT) from None
    try:
        with engine.connect() as connection:
            if kind == "mariadb":
                _limit_mariadb(connection)
            elif kind == "sqlite":
                connection.execute(text("pragma query_only=on"))
                connection.execute(text("select count(*) from sqlite_master"))
            yield connection
    except DBAPIError as error:
        raise TrothError(
            f"can not read the store {place(engine_of(url)[1])}: {cause(error)}", hint=_advice(kind)
        ) from None
    finally:
        engine.dispose()


def cause(error: DBAPIError) -> str:
    """What the server meant, in plain words and without a value."""
    said = str(error.orig).lower()
    return next(
        (plain for words, plain in _CAUSES if any(word in said for word in words)),
        "the database answers with an error",
    )


def closed(error: DBAPIError) -> bool:
    """Whether the user of the store lacks the permission; everything else may work in a moment."""
    return cause(error) == _CLOSED


def _advice(kind: Engine) -> str:
    if kind == "sqlite":
        return "check the path of the file and who may read it"
    return "check host, port, database and user, and that the user may SELECT on its tables"


def _rolled_back(path: Path) -> None:
    """Let SQLite undo what a process that was killed had begun: a file beside its journal can not be read without that."""
    with contextlib.suppress(OSError, sqlite3.Error):
        if path.with_name(f"{path.name}-journal").stat().st_size:
            with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as link:
                link.execute("select count(*) from sqlite_master")


def _sqlite_url(url: URL) -> URL:
    """Open the file itself read-only; a missing file must be an error, never a new empty database."""
    path = Path(url.database or "")
    if not url.database or not path.is_file():
        raise TrothError(
            f"can not read the store {url.database or 'sqlite://'}: there is no such file", hint=_HINT
        )
    quoted = path.resolve().as_uri()
    _rolled_back(path.resolve())
    return url.set(database=f"{quoted}?mode=ro", query={"uri": "true"})


def _arguments(kind: Engine) -> dict[str, object]:
    if kind == "postgresql":
        limit = (
            f"-c statement_timeout={STATEMENT_SECONDS}s"
            f" -c lock_timeout={LOCK_SECONDS}s -c default_transaction_read_only=on"
        )
        return {"connect_timeout": CONNECT_SECONDS, "options": limit}
    if kind == "mariadb":
        return {"connect_timeout": CONNECT_SECONDS, "read_timeout": STATEMENT_SECONDS + 5}
    return {"timeout": CONNECT_SECONDS}


def _limit_mariadb(connection: Connection) -> None:
    connection.execute(text("set session transaction read only"))
    # Limits of the server would leave out tables and rows, and its zone would move the times of samples.
    settings = f"sql_select_limit = {2**64 - 1}, sql_big_selects = 1, time_zone = '+00:00'"
    connection.execute(text(f"set session {settings}".replace(":", r"\:")))
    # MySQL knows this limit by another name; reading without it is better than not reading.
    with contextlib.suppress(DBAPIError):
        connection.execute(text(f"set session max_statement_time={STATEMENT_SECONDS}"))
    connection.commit()
