"""Open a store by its address."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from troth.model.errors import TrothError
from troth.model.schema import Schema
from troth.stores.walk import Store

# Each driver is imported where it is needed: importing all of them takes longer than a small request.

_HINT = "write postgresql://user@host/database, mysql://user@host/database or sqlite:///file"


def open_store(url: str, schema: Schema, *, patience: float = 5.0) -> Store:
    """The store at an address, ready to be read and written.

    Args:
        url: `postgresql://`, `mysql://`, `mariadb://` or `sqlite:///`.
        schema: what introspection read from it.
        patience: seconds to wait for a lock.

    Raises:
        StoreGone: it can not be reached.
        TrothError: no engine of this name.
    """
    scheme = urlsplit(url).scheme.partition("+")[0]
    if scheme == "sqlite":
        from troth.stores.sqlite import SqliteStore  # noqa: PLC0415 - see above

        return SqliteStore(unquote(url.partition(":///")[2]), schema, patience=patience)
    if scheme in {"postgresql", "postgres"}:
        from troth.stores.postgres import PostgresStore  # noqa: PLC0415 - see above

        return PostgresStore("postgresql://" + url.partition("://")[2], schema, patience=patience)
    if scheme in {"mysql", "mariadb"}:
        from troth.stores.mysql import MysqlStore  # noqa: PLC0415 - see above

        parts = urlsplit(url)
        address = {
            "host": parts.hostname or "localhost",
            "port": parts.port or 3306,
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "database": unquote(parts.path.lstrip("/")),
        }
        return MysqlStore(address, schema, patience=patience)
    raise TrothError("the address of the store names no database that Troth writes", hint=_HINT)
