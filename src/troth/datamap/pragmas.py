"""What SQLite says of its tables in its own words: foreign keys with what they do on delete, and keys that are never NULL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, text

from troth.model.schema import Foreign

_COLUMNS = (
    "select m.name, c.name, c.type, c.pk from sqlite_master m, pragma_table_info(m.name) c "
    "where m.type = 'table' order by m.name, c.pk"
)
_FOREIGN = (
    'select m.name, f.id, f."table", f."from", f."to", f.on_delete from sqlite_master m, pragma_foreign_key_list(m.name) f '
    "where m.type = 'table' order by m.name, f.id, f.seq"
)
_INDEXED = "select distinct m.name from sqlite_master m, pragma_index_list(m.name) i where m.type = 'table' and i.origin = 'pk'"
_TABLES = "select name, sql from sqlite_master where type = 'table'"
_SPARSE = (
    "select m.name, s.sql from sqlite_master m, pragma_index_list(m.name) i join sqlite_master s on s.name = i.name "
    "where m.type = 'table' and i.\"unique\" and s.sql is not null and (i.partial or "
    "exists (select 1 from pragma_index_xinfo(i.name) x where x.cid = -2))"
)
_BODY = re.compile(r"\((.*?)(?:\)\s*where\b.*)?$", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r'"[^"]+"|`[^`]+`|\[[^\]]+\]|\w+')
_NO_ROW_NUMBER = re.compile(r"\bwithout\s+rowid\b[^)]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pragmas:
    """What the pragmas of one file say.

    Attributes:
        foreign: the foreign keys by table, in the spelling of the tables and columns that they point to.
        numbered: tables whose key is the number of the row itself.
        unnumbered: tables without such a number, whose key is never NULL.
        sparse: by table, the columns of unique indexes on an expression or of some rows only.
    """

    foreign: Mapping[str, tuple[Foreign, ...]]
    numbered: frozenset[str]
    unnumbered: frozenset[str]
    sparse: Mapping[str, tuple[str, ...]]

    def never_null(self, table: str, key: tuple[str, ...]) -> tuple[str, ...]:
        """The columns of a primary key, where SQLite keeps NULL out of it; for any other key it does not."""
        return key if table in self.numbered or table in self.unnumbered else ()


def read_pragmas(connection: Connection) -> Pragmas:
    """Ask for all tables at once; a foreign key that stands behind its column is in no text that can be relied on."""
    keys: dict[str, list[tuple[str, str]]] = {}
    spelled: dict[str, dict[str, str]] = {}
    for table, column, kind, place in connection.execute(text(_COLUMNS)):
        spelled.setdefault(table.lower(), {})[column.lower()] = column
        if place:
            keys.setdefault(table, []).append((column, kind))
    written = {name: sql or "" for name, sql in connection.execute(text(_TABLES))}
    indexed = {name for (name,) in connection.execute(text(_INDEXED))}
    unnumbered = frozenset(name for name, sql in written.items() if _NO_ROW_NUMBER.search(sql))
    numbered = frozenset(
        name
        for name, columns in keys.items()
        if len(columns) == 1 and columns[0][1].upper() == "INTEGER" and name not in indexed
    )
    names = {name.lower(): name for name in written}
    columns = {name: tuple(column for column, _ in some) for name, some in keys.items()}
    found: dict[str, list[Foreign]] = {}
    for (table, _), some in groupby(connection.execute(text(_FOREIGN)), key=lambda row: (row[0], row[1])):
        parts = list(some)
        called, there, action = str(parts[0][2]), parts[0][4], str(parts[0][5])
        target = names.get(called.lower(), called)
        here = tuple(part[3] for part in parts)
        named = tuple(part[4] for part in parts)
        aimed = columns.get(target, here) if there is None else named
        aimed = tuple(spelled.get(target.lower(), {}).get(name.lower(), name) for name in aimed)
        if len(aimed) == len(here):  # one that does not fit its target is none, and SQLite refuses to use it
            one = Foreign(here, target, aimed, "" if action == "NO ACTION" else action)
            found.setdefault(table, []).append(one)
    foreign = {
        table: tuple(sorted(some, key=lambda one: (*one.columns, one.relation)))
        for table, some in found.items()
    }
    sparse: dict[str, set[str]] = {}
    for table, sql in connection.execute(text(_SPARSE)):
        body = _BODY.search(sql)
        words = [word.strip('"`[]').lower() for word in _WORD.findall(body.group(1) if body else "")]
        own = spelled.get(table.lower(), {})
        sparse.setdefault(table, set()).update(own[word] for word in words if word in own)
    loose = {table: tuple(sorted(some)) for table, some in sparse.items()}
    return Pragmas(foreign, numbered - unnumbered, unnumbered, loose)
