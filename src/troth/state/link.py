"""A connection to the tables that Troth keeps for itself, the same on every engine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from troth.model.address import read_address

T = TypeVar("T")
_PAUSE = 0.05  # seconds between two tries of a lock
Row = tuple[Any, ...]
Run = Callable[[str, Sequence[Any]], list[Row]]
"""Runs one statement, with `?` for each value on every engine, and gives the rows it returned."""


class Link(Protocol):
    """One connection; threads take turns on it.

    Every method raises `TrothError` when the database does not work, in words that hold no value and no address.
    """

    @property
    def engine(self) -> str:
        """`sqlite` or `postgresql`."""
        ...

    @property
    def place(self) -> str:
        """Which database it is: the same text for everything that can share a transaction with it; never shown."""
        ...

    @property
    def inside(self) -> bool:
        """Whether it is inside of a transaction."""
        ...

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of one statement with `?` for each value."""
        ...

    def write(self, work: Callable[[Run], T]) -> T:
        """Do some work in one durable transaction; work inside of work is one transaction."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows, inside of `write`."""
        ...

    def scrub(self) -> str:
        """Overwrite the bytes of deleted rows; says what may still hold some, empty where nothing does."""
        ...

    def alone(self, refusal: str, patience: float = 0.0) -> AbstractContextManager[None]:
        """Hold the database for one process, until the end or until the process dies.

        Args:
            refusal: the message where another process holds it.
            patience: so many seconds are waited for the other process to end.

        Raises:
            Taken: another process holds it all that time.
        """
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


def until(taken: Callable[[], bool], patience: float) -> bool:
    """Try until it is taken or the patience, in seconds, is over; whether it was taken."""
    end = time.monotonic() + patience
    while not taken():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


def open_link(address: str | Path, *, name: str = "") -> Link:
    """A connection to an address; an SQLite file is made, readable by its owner only, where there is none.

    Args:
        address: a file, `sqlite:///file` or `postgresql://…`.
        name: what messages call it; "the state" and the name of the file where none is given.

    Raises:
        TrothError: the address is wrong, the file can not be made, the server does not answer.
    """
    # One of them is enough, and importing the driver of the other takes time at every start.
    place = read_address(address)
    if place.path is not None:
        from troth.state.sqlite import SqliteLink  # noqa: PLC0415

        return SqliteLink(place.path, name or f"the state {place.path.name}")
    from troth.state.postgres import PostgresLink  # noqa: PLC0415

    return PostgresLink(place.url, name or "the state")
