"""The address of a database that Troth keeps for itself: a file, `sqlite:///file` or `postgresql://…`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from troth.model.errors import TrothError

_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database of Troth's own is.

    Attributes:
        path: the SQLite file; none on PostgreSQL.
        url: `postgresql://…` for libpq, which may hold a password and is never shown; empty for a file.
    """

    path: Path | None
    url: str = field(default="", repr=False)


def read_address(address: str | Path) -> Address:
    """The address that a user wrote.

    Args:
        address: a file, `sqlite:///file` (`sqlite:////file` from the root) or `postgresql://…`.

    Raises:
        TrothError: it names an engine on which Troth does not keep its own tables, or no file.
    """
    scheme, found, rest = str(address).partition("://")
    if isinstance(address, Path) or not found:
        path = str(address)
    elif scheme in _POSTGRES:
        return Address(None, f"postgresql://{rest}")
    elif scheme == "sqlite":
        path = rest.removeprefix("/")
    else:
        raise TrothError(
            f"Troth can not keep its own tables in `{scheme}`",
            hint="use a file, sqlite:///file or postgresql://…",
        )
    if not path or path == ":memory:":
        raise TrothError("the address names no file", hint="for example sqlite:///state.db")
    return Address(Path(path))
