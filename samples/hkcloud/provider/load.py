"""Tables and rows into SQLite, PostgreSQL or MariaDB, in bulk; and a fingerprint of what stands there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from tempfile import NamedTemporaryFile
from typing import Any

from pymysql.err import NotSupportedError, OperationalError
from sqlalchemy import Engine, create_engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from samples.hkcloud.provider.chance import months_of
from samples.hkcloud.provider.schema import Column, Table, create, finish
from samples.hkcloud.provider.world import Row
from troth.model.errors import TrothError

_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
}
_ESCAPES = {9: "\\t", 10: "\\n", 92: "\\\\"}
_BULK = 5_000  # rows kept until they are written


class Loader:
    """A connection to one store that takes rows and writes them in bulk."""

    def __init__(self, url: str, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.engine, self.kind = connected(url)
        try:
            self.link: Any = self.engine.raw_connection()
        except SQLAlchemyError as error:
            raise TrothError("the store can not be opened", hint="check its address") from error
        self.rows: dict[str, list[Row]] = {name: [] for name in tables}
        self.files = True
        self.counts: dict[str, int] = dict.fromkeys(tables, 0)

    def open(self, first: int, last: int, *, replace: bool) -> None:
        """Make the tables, with partitions for the months from `first` to `last`.

        Args:
            first: seconds since 1970.
            last: the same.
            replace: whether tables of these names that are there already are dropped.

        Raises:
            TrothError: there are tables of these names already, and they are not to be replaced.
        """
        there = sorted(set(inspect(self.engine).get_table_names()) & set(self.tables))
        if there and not replace:
            raise TrothError(
                f"the store has a table `{there[0]}` already", hint="name an empty database, or say --replace"
            )
        before, cascade = {
            "sqlite": (
                ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF"),
                "",
            ),
            "postgresql": ((), " CASCADE"),
            "mariadb": (("SET foreign_key_checks = 0", "SET unique_checks = 0"), ""),
        }[self.kind]
        months = months_of(first, last)
        self._run(before)
        self._run(f"DROP TABLE IF EXISTS {name}{cascade}" for name in self.tables)
        for table in self.tables.values():
            self._run(create(table, self.kind, months))

    def put(self, name: str, row: Row) -> None:
        """Take a row of a table."""
        waiting = self.rows[name]
        waiting.append(row)
        if len(waiting) >= _BULK:
            self._write(name)

    def close(self) -> None:
        """Write what is left, make indexes and foreign keys, and part from the store."""
        for name in self.tables:
            self._write(name)
        for table in self.tables.values():
            self._run(finish(table, self.kind))
        self.link.commit()
        if self.kind == "postgresql":
            self._run(["ANALYZE"])
            self.link.commit()
        self.link.close()
        self.engine.dispose()

    def abandon(self) -> None:
        """Part from the store after a fault."""
        self.link.close()
        self.engine.dispose()

    def _run(self, statements: Iterable[str]) -> None:
        cursor = self.link.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()

    def _write(self, name: str) -> None:
        rows, self.rows[name] = self.rows[name], []
        if not rows:
            return
        self.counts[name] += len(rows)
        columns = self.tables[name].columns
        names = ", ".join(one.name for one in columns)
        cursor = self.link.cursor()
        if self.kind == "postgresql":
            with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        elif not self._load_file(cursor, f"{name} ({names})", rows):
            mark = "?" if self.kind == "sqlite" else "%s"
            marks = ", ".join([mark] * len(columns))
            cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)
        cursor.close()

    def _load_file(self, cursor: Any, target: str, rows: list[Row]) -> bool:
        """Let MariaDB read the rows from a file of ours; says whether it may, which its owner can forbid."""
        if self.kind != "mariadb" or not self.files:
            return False
        with NamedTemporaryFile("w", encoding="utf-8", newline="\n", suffix=".tsv") as file:
            file.writelines("\t".join(map(_text, row)) + "\n" for row in rows)
            file.flush()
            table, _, names = target.partition(" ")
            try:
                cursor.execute(
                    f"LOAD DATA LOCAL INFILE %s INTO TABLE {table} CHARACTER SET utf8mb4 {names}",
                    (file.name,),
                )
            except (OperationalError, NotSupportedError):
                self.files = False
        return self.files


def _text(value: object) -> str:
    """A value as MariaDB reads it from a file."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return str(int(value))
    return str(value).translate(_ESCAPES)


def connected(url: str) -> tuple[Engine, str]:
    """A pool for a store, and which engine it is.

    Raises:
        TrothError: the address names none of the three engines.
    """
    try:
        parsed = make_url(url)
        name = parsed.get_backend_name()
        driver = _DRIVERS[name]
    except (SQLAlchemyError, KeyError):
        raise TrothError(
            "the address of a store is not understood", hint="sqlite:///file, postgresql://... or mysql://..."
        ) from None
    if driver.startswith("mysql"):
        return create_engine(parsed.set(drivername=driver), connect_args={"local_infile": True}), "mariadb"
    return create_engine(parsed.set(drivername=driver)), name


def fingerprint(url: str, tables: Mapping[str, Table]) -> str:
    """The SHA-256 of all rows of a store, the same on every engine that holds the same data."""
    engine, _ = connected(url)
    digest = hashlib.sha256()
    link: Any = engine.raw_connection()
    cursor = link.cursor()
    for table in tables.values():
        cursor.execute(f"SELECT {', '.join(one.name for one in table.columns)} FROM {table.name}")
        lines = ["\t".join(map(_plain, table.columns, row)) for row in cursor.fetchall()]
        digest.update("\n".join([table.name, *sorted(lines), ""]).encode())
    cursor.close()
    link.close()
    engine.dispose()
    return digest.hexdigest()


def _plain(column: Column, value: object) -> str:
    """A value in the one spelling that all engines share."""
    if value is None:
        return "-"
    if column.kind == "num":
        return f"{Decimal(str(value)):.2f}"
    if column.kind == "bool":
        return str(int(bool(value)))
    if column.kind == "json":
        read = json.loads(value) if isinstance(value, str) else value
        return json.dumps(read, ensure_ascii=False, sort_keys=True)
    return f"={value}".replace("\n", " ")
