"""Alembic runs the revisions that a state database has not got yet, without an ini file and without a word."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from troth.model.address import Address
from troth.model.errors import TrothError
from troth.state import postgres, sqlite

_FOLDER = Path(__file__).parent
_PATIENCE = 30.0  # seconds to wait for another process that migrates
_TURN = threading.Lock()  # Alembic keeps what it works on in module variables


def upgrade(place: Address, name: str) -> None:
    """Run every revision that is missing, in one transaction behind a lock.

    Args:
        place: the state database.
        name: what messages call it.

    Raises:
        TrothError: a newer Troth has written it, and nothing was changed; it can not be reached, read or written.
    """
    engine = _engine(place)
    try:
        with _TURN, engine.begin() as connection:
            _upgrade(connection, name)
    except DBAPIError as error:
        raise _told(error, name) from None
    finally:
        engine.dispose()


def script() -> Config:
    """Where the revisions are, for Alembic."""
    config = Config()
    for option, value in (
        ("script_location", str(_FOLDER)),
        ("version_locations", str(_FOLDER / "revisions")),
        ("path_separator", "newline"),
    ):
        config.set_main_option(option, value.replace("%", "%%"))
    return config


def _upgrade(connection: Connection, name: str) -> None:
    config = script()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    found = set(MigrationContext.configure(connection).get_current_heads())
    if not found <= known:
        raise TrothError(
            f"{name} was written by a newer Troth; nothing was changed",
            hint="update Troth, or name another state",
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _engine(place: Address) -> Engine:
    """An engine whose transactions begin with the lock that lets one process in at a time."""
    path = place.path
    if path is not None:
        engine = create_engine(
            "sqlite://",
            poolclass=NullPool,
            creator=lambda: sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE),
        )
        lock = "begin immediate"
    else:
        engine = create_engine(
            "postgresql+psycopg://",
            poolclass=NullPool,
            creator=lambda: psycopg.connect(place.url, connect_timeout=10),
        )
        # the lock under which ledger and journal make their tables where nobody migrates
        lock = "select pg_advisory_xact_lock(hashtext('troth ledger tables'))"
    event.listen(engine, "begin", lambda connection: connection.execute(text(lock)))
    return engine


def _told(error: DBAPIError, name: str) -> TrothError:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return sqlite.told(cause, name)
    if isinstance(cause, psycopg.Error):
        return postgres.told(cause, name)
    return TrothError(f"{name} does not work: {type(cause).__name__}")
