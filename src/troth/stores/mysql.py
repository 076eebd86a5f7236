"""MariaDB and MySQL: given values stand in temporary tables that copy the types of the columns they are compared with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pymysql
from pymysql.cursors import SSCursor

from troth.model.datamap import Mask
from troth.model.schema import SHAPES, Field, Schema
from troth.stores.chain import (
    Texts,
    by_position,
    field_of,
    fixed_alias,
    given_fields,
    loops,
    source,
    staged,
    wanted_table,
)
from troth.stores.errors import FREE, StoreBusy, StoreGone, StoreRefused, forbidden
from troth.stores.keys import counted, matched, whole
from troth.stores.mysql_sweep import MysqlSweep, zero
from troth.stores.unchecked import Unchecked
from troth.stores.walk import ESCAPE, Hints, Row, Value, Walk, Write

CONNECT_SECONDS = 5
LOCK_SECONDS = 5
_CONTROL = r"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]"  # signs that no text for people has
_HALF = (
    r"\\xED[\\xA0-\\xBF]"  # half of a letter of UTF-16, which MariaDB takes for a letter and nobody else does
)
_MOST_HINTS = 40  # more are looked for by their shape, so that the statement stays short
_ODD_TEXT = "[\uff10-\uff19\uff20-\uff3a\uff41-\uff5a\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"


class MysqlStore(MysqlSweep):
    """A store in MariaDB or MySQL; see `troth.stores.walk.Store`.

    Args:
        address: host, port, user, password and database, as PyMySQL takes them.
        schema: what introspection read.
        patience: seconds to wait for a lock.

    Raises:
        StoreGone: the server can not be reached or refuses the user.
    """

    join = "straight_join"  # keeps the order of the tables: from what is given to what is asked
    mark = "%s"

    def __init__(self, address: dict[str, Any], schema: Schema, *, patience: float = LOCK_SECONDS) -> None:
        self._reading: SSCursor | None = None
        self._unchecked: Unchecked | None = None
        self.schema, self.name, self._numbers = schema, schema.store, 0
        self.texts: Texts = {}
        with self._words():
            self._link = pymysql.connect(
                **address, charset="utf8mb4", autocommit=True, connect_timeout=CONNECT_SECONDS
            )
            self._do(f"set session innodb_lock_wait_timeout = {max(1, int(patience))}")
            # A value that a column can not hold must be an error, never a silently shortened one; a TIMESTAMP is read and
            # written as UTC wherever the server stands; and no limit of the server cuts rows off.
            self._do(
                "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', "
                f"sql_select_limit = {2**64 - 1}, sql_big_selects = 1, sql_safe_updates = 0"
            )

    def close(self) -> None:
        """See `Store.close`."""
        with contextlib.suppress(pymysql.Error):  # it is gone already
            self._link.close()

    def table(self, name: str) -> str:
        """See `Dialect.table`."""
        return self.quote(name)

    def quote(self, name: str) -> str:
        """See `Dialect.quote`."""
        return "`" + name.replace("`", "``").replace("%", "%%") + "`"

    def text(self, expression: str) -> str:
        """See `Dialect.text`."""
        return f"cast({expression} as char)"

    def alike(self, left: str, right: str) -> str:
        """See `Dialect.alike`; the collation finds the rows by its index, and its folded letters are told apart."""
        one, other = (f"convert(lower({side}) using utf8mb4) collate utf8mb4_bin" for side in (left, right))
        return f"({left} = {right} and {one} = {other})"

    def exact(self, left: str, right: str) -> str:
        """See `Dialect.exact`; the collation finds the rows by its index."""
        one, other = (f"cast(convert({side} using utf8mb4) as binary)" for side in (left, right))
        return f"({left} = {right} and {one} = {other})"

    def written(self, left: str, right: str) -> str:
        """See `Dialect.written`."""
        return self.exact(left, right)

    @contextlib.contextmanager
    def transaction(self, *, deferred: bool = False) -> Iterator[None]:
        """See `Store.transaction`."""
        with self._words():
            self._do("set transaction isolation level repeatable read")
            self._do("start transaction")
            if deferred:
                self._do("set session foreign_key_checks = 0")
                self._unchecked = Unchecked(self.schema, self.find, self._run)
        done = False
        try:
            yield
            if self._unchecked is not None:
                self._unchecked.end()
            with self._words():
                self._do("commit")
            done = True
        finally:
            self._unchecked = None
            with contextlib.suppress(pymysql.Error):  # the connection is gone, and the transaction with it
                if not done:
                    self._do("rollback")
                if deferred:
                    self._do("set session foreign_key_checks = 1")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`."""
        with self._words():
            self._do("set transaction isolation level repeatable read")
            self._do("start transaction with consistent snapshot")
        try:
            yield
        finally:
            with contextlib.suppress(pymysql.Error):  # nothing was written, so nothing can be lost
                self._do("rollback")

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """See `Store.savepoint`."""
        with self._words():
            self._do("savepoint step")
        try:
            yield
        except BaseException:
            with contextlib.suppress(pymysql.Error):  # a deadlock has already rolled everything back
                self._do("rollback to savepoint step")
            raise
        with self._words():
            self._do("release savepoint step")

    def find(self, walk: Walk, given: Sequence[Row], numbers: Sequence[int] | None = None) -> Iterator[Row]:
        """See `Store.find`."""
        with self._given_walk(walk, given, numbers) as relation:
            if loops(walk):
                text, last, values = staged(self, walk, relation)
                columns = [f"x{n}" for n in range(1, len(walk.want) + 1)]
                query = f"{text}select p{self._out(walk, columns)} from {last}"
            else:
                text, alias, values = source(self, walk, relation)
                columns = [f"{alias}.{self.quote(name)}" for name in walk.want]
                distinct = "distinct " if walk.distinct else ""
                # A snapshot does not show what was committed since, and a cascade would take it along.
                lock = " lock in share mode" if walk.settled else ""
                query = f"select {distinct}g.p{self._out(walk, columns)} from {text}{lock}"
            yield from self._rows(query, values)

    def guess(self, walk: Walk, hints: Hints) -> Iterator[Row]:
        """See `Store.guess`."""
        text, alias, values = source(self, walk, "")
        if walk.ever and not walk.joins and self.schema.relation(walk.table).versioned:
            table = self.table(walk.table)
            text = text.replace(table, f"{table} for system_time all", 1)
        fixed = [f"convert({fixed_alias(walk)}.{self.quote(name)} using utf8mb4)" for name in walk.fixed]
        wanted = [f"{alias}.{self.quote(name)}" for name in walk.want]
        table = walk.table if walk.upward else walk.tables[-1]
        packed = [field_of(self.schema, table, name).kind == "binary" for name in walk.fixed]
        clauses, marks = self._guess_text(fixed, packed, hints)
        glue = "and" if " where " in text else "where"
        shown = [
            f"{fixed_alias(walk)}.{self.quote(name)}" if bare else one
            for name, one, bare in zip(walk.fixed, fixed, packed, strict=True)
        ]
        columns = ", ".join([self._out(walk, wanted).removeprefix(", "), *shown] if wanted else shown)
        for row in self._rows(f"select {columns} from {text} {glue} ({clauses})", [*values, *marks]):
            if any(packed):
                cells = (
                    one.decode(errors="replace") if isinstance(one, bytes) else one
                    for one in row[len(wanted) :]
                )
                yield (*row[: len(wanted)], *cells)
            else:
                yield row

    def stream(self, walk: Walk, given: Sequence[Row]) -> Iterator[bytes]:
        """See `Store.stream`."""
        table = wanted_table(walk)
        with self._given_walk(walk, given) as relation:
            if loops(walk):
                head, alias, values = staged(self, walk, relation)
                text, columns = alias, [f"{alias}.x{n}" for n in range(1, len(walk.want) + 1)]
            else:
                head = ""
                text, alias, values = source(self, walk, relation)
                columns = [f"{alias}.{self.quote(name)}" for name in walk.want]
            pairs = [
                f"{_literal(name)}, {_json(column, field_of(self.schema, table, name))}"
                for name, column in zip(walk.want, columns, strict=True)
            ]
            query = f"{head}select json_object({', '.join(pairs)}) from {text}{by_position(self, walk)}"
            for row in self._rows(query, values):
                yield str(row[0]).encode()

    def run(self, write: Write, rows: Sequence[Row]) -> int:
        """See `Store.run`."""
        whole(self.schema, write, rows)
        if self._unchecked is None:
            return counted(write, rows, self._run(write, rows))
        if write.deletes:
            self._unchecked.before(write, rows)
            return counted(write, rows, self._run(write, rows))
        moved = self._unchecked.moving(write, rows)
        touched = counted(write, rows, self._run(write, rows))
        self._unchecked.follow(moved)
        return touched

    def _run(self, write: Write, rows: Sequence[Row]) -> int:
        table = self.table(write.table)
        with self._given(rows, write.table, (*write.key, *write.each)) as relation, self._words():
            joined = f"{relation} g straight_join {table} t on {matched(self, write, 't')}"
            if write.deletes:
                return self._do(f"delete t from {joined}")
            sets = [
                f"t.{self.quote(one.column)} = {_masked(field_of(self.schema, write.table, one.column), one.mask)}"
                for one in write.changes
            ]
            sets += [
                f"t.{self.quote(name)} = g.v{len(write.key) + n}" for n, name in enumerate(write.each, 1)
            ]
            return self._do(f"update {joined} set {', '.join(sets)}")

    def purge(self, tables: Sequence[str]) -> str:
        """See `Store.purge`."""
        with self._words():
            for name in sorted(set(tables)):
                self._do(f"alter table {self.table(name)} force")
        return "the undo and redo logs and the binary log until they are recycled"

    def _out(self, walk: Walk, columns: Sequence[str]) -> str:
        table = wanted_table(walk)
        out = ""
        for expression, name in zip(columns, walk.want, strict=True):
            plain = field_of(self.schema, table, name).kind in {"text", "integer", "binary", "boolean"}
            out += f", {expression}" if plain else f", cast({expression} as char)"
        return out

    def _guess_text(
        self, columns: Sequence[str], packed: Sequence[bool], hints: Hints
    ) -> tuple[str, list[Value]]:
        clauses: list[str] = []
        marks: list[Value] = []
        short = len(hints.words) + len(hints.tails) <= _MOST_HINTS
        listed = ", ".join(["%s"] * len(hints.words))
        for column, bare in zip(columns, packed, strict=True):
            if hints.every:
                clauses.append(f"{column} <> ''")
                continue
            if bare and short and not hints.whole:
                # An image has every odd letter somewhere: in bytes only what stands there plainly is looked for.
                clauses += [f"locate(%s, lower({column})) > 0"] * len(hints.words)
                clauses += [f"{column} regexp %s"] * len(hints.tails)
                marks += [*hints.words, *map(hints.near, hints.tails)]
                continue
            if hints.whole:
                clauses.append(f"(length({column}) <> char_length({column}) or {column} like '%% %%')")
            else:
                clauses.append(f"(length({column}) <> char_length({column}) and (%s or {column} regexp %s))")
                clauses.append(f"locate(%s, {column}) > 0")
                marks += [int(hints.varied), _ODD_TEXT, ESCAPE]
            if hints.words and hints.whole:
                clauses.append(f"lower({column}) in ({listed})")
                marks += hints.words
            elif short:
                clauses += [f"locate(%s, lower({column})) > 0"] * len(hints.words)
                marks += hints.words
            elif hints.words:
                mails = all("@" in word for word in hints.words)
                clauses.append(f"locate('@', {column}) > 0" if mails else f"{column} <> ''")
            if hints.alone and not hints.whole:
                some = ", ".join(["%s"] * len(hints.alone))
                one = f"lower(trim(replace({column}, '  ', ' '))) in ({some})"
                clauses.append(f"(length({column}) <= {hints.most_alone} and {one})")
                marks += hints.alone
            digits = f"regexp_replace({column}, '[^0-9]', '')"
            if hints.tails and hints.whole:
                clauses.append(f"right({digits}, 7) in ({', '.join(['%s'] * len(hints.tails))})")
                marks += hints.tails
            elif short:
                clauses += [f"({column} like %s and locate(%s, {digits}) > 0)"] * len(hints.tails)
                marks += [one for tail in hints.tails for one in (hints.spread(tail, "%"), tail)]
            elif hints.tails:
                clauses.append(f"char_length({digits}) >= 7")
        return " or ".join(clauses) or "false", marks

    @contextlib.contextmanager
    def _given_walk(
        self, walk: Walk, given: Sequence[Row], numbers: Sequence[int] | None = None
    ) -> Iterator[str]:
        table = walk.table if walk.upward else walk.tables[-1]
        names = tuple(field.name for field in given_fields(self.schema, walk))
        with self._given(given, table, names, numbers) as relation:
            yield relation

    @contextlib.contextmanager
    def _given(
        self,
        rows: Sequence[Row],
        table: str,
        columns: Sequence[str],
        numbers: Sequence[int] | None = None,
    ) -> Iterator[str]:
        """A temporary table of the given rows behind their numbers, with the very types of the columns."""
        self._numbers += 1
        name = f"troth_given_{self._numbers}"
        copied = "".join(f", {self.quote(column)} as v{n}" for n, column in enumerate(columns, 1))
        fields = [field_of(self.schema, table, column) for column in columns]
        called = numbers if numbers is not None else range(len(rows))
        filled = [(n, *row) for n, row in zip(called, rows, strict=True) if all(map(_castable, row, fields))]
        with self._words():
            self._do(
                f"create temporary table {name} as select cast(0 as signed) as p{copied} "
                f"from {self.table(table)} limit 0"
            )
            if filled:
                marks = ", ".join(["%s"] * (len(columns) + 1))
                with self._link.cursor() as cursor:
                    cursor.executemany(f"insert into {name} values ({marks})", filled)
        try:
            yield name
        finally:
            with contextlib.suppress(pymysql.Error):  # the connection is gone, and the table with it
                self._do(f"drop temporary table if exists {name}")

    def _do(self, query: str) -> int:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.close()  # nobody will read its rows to the end: whoever did has met an error
        with self._link.cursor() as cursor:
            return int(cursor.execute(query, ()))

    def _rows(self, query: str, values: Sequence[Value]) -> Iterator[Row]:
        with self._words(), self._link.cursor(SSCursor) as cursor:
            self._reading = cursor
            cursor.execute(query, tuple(values))
            yield from cursor
            self._reading = None

    @contextlib.contextmanager
    def _words(self) -> Iterator[None]:
        try:
            yield
        except pymysql.Error as error:
            raise translate(error, self.name, [one.name for one in self.schema.relations]) from None


_WIDE = frozenset({"ucs2", "utf16", "utf16le", "utf32"})
_BUSY = frozenset({1205, 1213, 1020})
_GONE = frozenset({1045, 1049, 2002, 2003, 2006, 2013, 2014, 1053, 1927})
_NO_DATABASE = 1044  # a right over the whole database is asked for tables that are none yet
_FORBIDDEN = frozenset({1044, 1142, 1143, 1227, 1370})
_REFUSED = {
    1048: "a column that may not be NULL would become so",
    1364: "a column that may not be NULL would become so",
    1451: "rows that stay still point to it",
    1452: "a row that it points to is not there",
    1062: "values that must be unique would be the same",
    1290: "the server takes no writes",
    1792: "the server takes no writes",
    1406: "a value is longer than its column",
    1265: "a value does not fit its column",
    1644: "a trigger of the database refuses it",
    4025: "a check of the database refuses it",
    3819: "a check of the database refuses it",
    1114: "the table or the disk is full",
    1146: "the table has changed since it was read",
    1054: "the table has changed since it was read",
}


def translate(
    error: pymysql.Error, store: str, tables: Iterable[str] = ()
) -> StoreBusy | StoreRefused | StoreGone:
    """What an error of MariaDB or MySQL means for the caller; its own text may quote values and is not passed on."""
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    if number in _BUSY:
        return StoreBusy(f"rows of the store {store} are locked by somebody else", hint=FREE, store=store)
    if number in _GONE or isinstance(error, pymysql.InterfaceError):
        return StoreGone(f"the store {store} can not be reached", hint="check the server, user and password")
    if number in _FORBIDDEN:
        if number == _NO_DATABASE:
            return StoreRefused(
                f"the database user of the store {store} may not create temporary tables",
                hint="grant it create temporary tables on the database",
            )
        # The text names the user and the host first, which may be called as a table is.
        return forbidden(store, str(error.args[-1]).rpartition(" for ")[2], tables)
    return StoreRefused(_REFUSED.get(number, f"the database answers with error {number}"))


def _castable(value: Value, field: Field) -> bool:
    """Whether a value can stand in this column; one that can not equals nothing."""
    if field.kind not in {"integer", "number", "boolean"} or not isinstance(value, str):
        return True
    try:
        float(value)
    except ValueError:
        return False
    return True


def _masked(field: Field, mask: Mask) -> str:
    if mask == "null":
        return "null"
    if mask == "empty":
        return "'{}'" if field.kind == "json" else "''"
    return zero(field)


def _json(column: str, field: Field) -> str:
    if field.kind == "binary":
        text = f"convert({column} using utf8mb4)"  # bytes that are none of its letters become others, and are not equal then
        plain = f"convert({text} using binary) = {column} and {text} not regexp '{_CONTROL}'"
        plain += f" and {column} not regexp '{_HALF}'"
        return f"if({plain}, {text}, hex({column}))"
    declared = field.type.upper()
    if declared in SHAPES:
        return f"st_astext({column})"  # its bytes are no text
    if field.charset in _WIDE:
        return f"convert({column} using utf8mb4)"  # with text of another width it makes no object
    # JSON_OBJECT writes bits as bytes, and the zeros that such a column shows before a number, which are no JSON.
    if (field.kind == "other" and declared.startswith(("BIT", "YEAR"))) or declared.endswith("ZEROFILL"):
        return f"{column} + 0"
    return column


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''").replace("%", "%%") + "'"
