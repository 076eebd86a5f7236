"""What a store says of its own protection: how this connection is encrypted, and who may read which table."""

from __future__ import annotations

import contextlib
import ipaddress
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from troth.datamap.connect import engine_of, reading

EVERY = "*"
"""Every table of the store."""


@dataclass(frozen=True, slots=True)
class Wire:
    """How a store is reached.

    Attributes:
        host: its host as the address names it; empty for a file.
        local: nothing leaves the machine: a file, a socket, or the loopback network.
        protocol: version of TLS ("TLSv1.3"); empty where the connection is plain.
    """

    host: str
    local: bool
    protocol: str = ""

    @property
    def safe(self) -> bool:
        """Whether nobody between here and the store can read along: TLS 1.2 or newer (RFC 8996), or nobody is between."""
        return self.local or self.protocol in {"TLSv1.2", "TLSv1.3"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may read a table.

    Attributes:
        name: the account or role of the database; "everybody on the machine" for a file.
        table: as the schema names it, or `EVERY`.
        owner: whether that is an administrator of the whole server.
    """

    name: str
    table: str
    owner: bool = False


_PG_READERS = """
select r.rolname, case when n.nspname = current_schema() then c.relname else n.nspname || '.' || c.relname end, r.rolsuper
from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join pg_roles r
where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^(pg_|information_schema)' and r.rolcanlogin
  and (r.rolsuper or (has_schema_privilege(r.oid, n.oid, 'usage') and (has_table_privilege(r.oid, c.oid, 'select')
       or has_any_column_privilege(r.oid, c.oid, 'select'))))
order by 1, 2
"""
_MARIA_READERS = """
select grantee, '*', 1 from information_schema.user_privileges where privilege_type = 'SELECT'
union select grantee, '*', 0 from information_schema.schema_privileges
  where privilege_type = 'SELECT' and database() like table_schema
union select grantee, table_name, 0 from information_schema.table_privileges
  where privilege_type = 'SELECT' and table_schema = database()
union select grantee, table_name, 0 from information_schema.column_privileges
  where privilege_type = 'SELECT' and table_schema = database()
order by 1, 2
"""
_MARIA_ROLES = "select user, host, role from mysql.roles_mapping"


def wire(url: str) -> Wire:
    """How a store is reached, as the server itself sees this connection.

    Args:
        url: the address of the store, with its password; it is not shown.

    Raises:
        TrothError: the store can not be reached.
    """
    kind, parsed = engine_of(url)
    host = parsed.host or str(parsed.query.get("host", ""))
    if kind == "sqlite":
        return Wire("", True)
    local = is_local(host)
    with reading(url) as link:
        if kind == "postgresql":
            row = link.execute(
                text("select ssl, version from pg_stat_ssl where pid = pg_backend_pid()")
            ).first()
            return Wire(host, local, str(row[1] or "") if row and row[0] else "")
        said = {
            str(one[0]).lower(): str(one[1]) for one in link.execute(text("show session status like 'ssl_%'"))
        }
        return Wire(host, local, said.get("ssl_version", "") if said.get("ssl_cipher") else "")


def is_local(host: str) -> bool:
    """Whether a host is this machine: no name, a socket, `localhost`, or an address of the loopback network."""
    if not host or host.startswith("/") or host.lower() in {"localhost", "localhost.localdomain"}:
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def readers(url: str) -> tuple[Reader, ...]:
    """Who may read which table of a store, as its grants say; for a file, who may read the file.

    A member of a role that may read counts as well. An account that may not see the grants of others gets its own.

    Raises:
        TrothError: the store can not be reached.
    """
    kind, parsed = engine_of(url)
    if kind == "sqlite":
        return tuple(_of_file(Path(parsed.database or "")))
    with reading(url) as link:
        if kind == "postgresql":
            return tuple(
                Reader(str(who), str(table), bool(owner))
                for who, table, owner in link.execute(text(_PG_READERS))
            )
        return tuple(dict.fromkeys(_of_mariadb(link)))


def _of_mariadb(link: Connection) -> Iterator[Reader]:
    granted = [
        (str(who), str(table), bool(owner)) for who, table, owner in link.execute(text(_MARIA_READERS))
    ]
    members: dict[str, list[str]] = {}
    with contextlib.suppress(DBAPIError):  # only administrators may ask who has which role
        for user, host, role in link.execute(text(_MARIA_ROLES)):
            members.setdefault(str(role), []).append(f"{user}@{host}")
    for who, table, owner in granted:
        name, _, host = who.replace("'", "").partition("@")
        if host:
            yield Reader(f"{name}@{host}", table, owner)
        for member in members.get(name, ()) if not host else ():
            yield Reader(member, table, owner)


def _of_file(path: Path) -> Iterator[Reader]:
    mode = path.stat().st_mode
    if mode & stat.S_IROTH and _reachable(path):
        yield Reader("everybody on the machine", EVERY)
    if mode & stat.S_IRGRP and _reachable(path, stat.S_IXGRP):
        yield Reader("the group of the file", EVERY)


def _reachable(path: Path, bit: int = stat.S_IXOTH) -> bool:
    """Whether others can enter every folder above a file; one that is closed keeps them out."""
    return all(one.stat().st_mode & bit for one in path.resolve().parents)
