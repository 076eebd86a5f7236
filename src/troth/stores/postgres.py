"""PostgreSQL: given values travel as arrays, rows come in a stream, lines of JSON by COPY."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

import psycopg
from psycopg import errors, sql

from troth.model.datamap import Mask
from troth.model.schema import Field, Schema
from troth.stores.bytea import as_shown, as_text, read_rows
from troth.stores.castable import INTEGERS, braced, castable
from troth.stores.chain import (
    Texts,
    by_position,
    field_of,
    fixed_alias,
    given_fields,
    loops,
    parted,
    source,
    staged,
    wanted_table,
)
from troth.stores.errors import FREE, StoreBusy, StoreGone, StoreRefused, forbidden
from troth.stores.keys import counted, empty, matched, whole
from troth.stores.postgres_guess import Guess
from troth.stores.postgres_sweep import PostgresSweep
from troth.stores.walk import Asked, Hints, Row, Take, Taken, Value, Walk, Write

logging.getLogger("psycopg").addHandler(
    logging.NullHandler()
)  # else it writes on the terminal where nobody logs
T = TypeVar("T")
CONNECT_SECONDS = 5
LOCK_SECONDS = 5
_OPTIONS = "-c client_encoding=UTF8 -c intervalstyle=iso_8601 -c work_mem=64MB"
_BATCH = 5_000  # rows fetched at a time
_TYPES = """
    select case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname, a.attname,
        case format_type(b.oid, null) when 'character' then 'bpchar' when '"char"' then 'text'
            else format_type(b.oid, null) end
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = a.atttypid left join pg_type d on d.oid = t.typbasetype
        join pg_type b on b.oid = coalesce(nullif(d.typbasetype, 0), nullif(t.typbasetype, 0), t.oid)
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f')
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
"""


class PostgresStore(PostgresSweep):
    """A store in PostgreSQL; see `troth.stores.walk.Store`.

    Args:
        url: `postgresql://user@host/database`.
        schema: what introspection read.
        patience: seconds to wait for a lock.

    Raises:
        StoreGone: the server can not be reached or refuses the user.
    """

    join = "join"
    mark = "%s"

    def __init__(self, url: str, schema: Schema, *, patience: float = LOCK_SECONDS) -> None:
        self.schema, self.name = schema, schema.store
        self.texts: Texts = {}
        self._heirs = frozenset(one.name for one in schema.relations if one.heirs)
        self._running: list[Generator[Any, None, None]] = []
        with self._words():
            self._link = psycopg.connect(
                url.replace("postgresql+psycopg://", "postgresql://", 1),
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                options=f"-c lock_timeout={int(patience * 1000)} {_OPTIONS}",
                prepare_threshold=None,  # a plan made without the values would not know how many there are
            )
            self._utf8 = self._link.info.parameter_status("server_encoding") == "UTF8"
            self._types: dict[tuple[str, str], str] = {
                (row[0], row[1]): row[2] for row in self._link.execute(_TYPES)
            }

    def close(self) -> None:
        """See `Store.close`."""
        self._link.close()

    def table(self, name: str) -> str:
        """See `Dialect.table`; rows of tables that inherit this one are theirs, and their keys may be the same."""
        return f"only {self.place(name)}" if name in self._heirs else self.place(name)

    def place(self, name: str) -> str:
        """The quoted name alone, for statements that are not about rows."""
        return ".".join(self.quote(part) for part in name.split(".", 1))

    def quote(self, name: str) -> str:
        """See `Dialect.quote`."""
        return '"' + name.replace('"', '""').replace("%", "%%") + '"'

    def text(self, expression: str) -> str:
        """See `Dialect.text`."""
        return f"({expression})::text"

    def alike(self, left: str, right: str) -> str:
        """See `Dialect.alike`."""
        return f"{left} = {right}"

    def exact(self, left: str, right: str) -> str:
        """See `Dialect.exact`."""
        return f"""({left} = {right} and {left}::text = {right}::text collate "C")"""

    def written(self, left: str, right: str) -> str:
        """See `Dialect.written`."""
        return f"""({left}::text = {right}::text collate "C")"""

    @contextlib.contextmanager
    def transaction(self, *, deferred: bool = False) -> Iterator[None]:
        """See `Store.transaction`."""
        with self._words():
            self._link.execute("begin isolation level repeatable read")
        try:
            if deferred:
                self._link.execute("set constraints all deferred")
            yield
            with self._words():
                self._link.execute("commit")
        finally:
            self._leave()
            if (
                not self._link.closed
                and self._link.info.transaction_status != psycopg.pq.TransactionStatus.IDLE
            ):
                with contextlib.suppress(
                    psycopg.Error
                ):  # the connection is gone, and the transaction with it
                    self._link.execute("rollback")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`."""
        with self._words():
            self._link.execute("begin isolation level repeatable read read only")
        try:
            yield
        finally:
            self._leave()
            with contextlib.suppress(psycopg.Error):  # nothing was written, so nothing can be lost
                self._link.execute("rollback")

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """See `Store.savepoint`."""
        with self._words():
            self._link.execute("savepoint step")
        try:
            yield
        except BaseException:
            self._leave()
            with contextlib.suppress(psycopg.Error):  # the connection is gone, and the transaction with it
                self._link.execute("rollback to savepoint step")
            raise
        with self._words():
            self._link.execute("release savepoint step")

    def find(self, walk: Walk, given: Sequence[Row], numbers: Sequence[int] | None = None) -> Iterator[Row]:
        """See `Store.find`."""
        relation, arrays = self._given(given, self._given_types(walk), numbers)
        if loops(walk):
            text, last, values = staged(self, walk, relation)
            columns = [f"x{n}" for n in range(1, len(walk.want) + 1)]
            query = f"{text}select p{self._out(walk, columns)} from {last}"
        else:
            text, alias, values = source(self, walk, relation)
            columns = [f"{alias}.{self.quote(name)}" for name in walk.want]
            distinct = "distinct " if walk.distinct else ""
            query = f"select {distinct}g.p{self._out(walk, columns)} from {text}"
        yield from self._rows(query, [*arrays, *values])

    def guess(self, walk: Walk, hints: Hints) -> Iterator[Row]:
        """See `Store.guess`."""
        text, alias, values = source(self, walk, "")
        table = walk.table if walk.upward else walk.tables[-1]
        fields = [field_of(self.schema, table, name) for name in walk.fixed]
        plain = not hints.whole and not hints.every
        packed = [plain and field.kind == "binary" for field in fields]
        fixed = [
            self._cell(f"{fixed_alias(walk)}.{self.quote(field.name)}", field, packed=bare)
            for field, bare in zip(fields, packed, strict=True)
        ]
        wanted = [f"{alias}.{self.quote(name)}" for name in walk.want]
        clauses, marks = Guess(hints, utf8=self._utf8).text(fixed, packed)
        glue = "and" if " where " in text else "where"
        columns = ", ".join([self._out(walk, wanted).removeprefix(", "), *fixed] if wanted else fixed)
        rows = self._rows(f"select {columns} from {text} {glue} ({clauses})", [*values, *marks])
        yield from read_rows(rows, packed) if any(packed) else rows

    def stream(self, walk: Walk, given: Sequence[Row]) -> Iterator[bytes]:
        """See `Store.stream`."""
        relation, arrays = self._given(given, self._given_types(walk))
        table = wanted_table(walk)

        def shown(place: str, name: str) -> str:
            packed = self._utf8 and field_of(self.schema, table, name).kind == "binary"
            return f"{as_shown(place) if packed else place} as {self.quote(name)}"

        if loops(walk):
            text, last, values = staged(self, walk, relation)
            columns = ", ".join(shown(f"x{n}", name) for n, name in enumerate(walk.want, 1))
            inner = f"select {columns} from {last}"
        else:
            text, alias, values = source(self, walk, relation)
            head = ""
            columns = ", ".join(shown(f"{alias}.{self.quote(name)}", name) for name in walk.want)
            inner = f"select {columns} from {text}{by_position(self, walk)}"
        head = text if loops(walk) else ""
        query = f"copy ({head}select row_to_json(r) from ({inner}) r) to stdout"
        with self._words():
            yield from self._as_they_come(self._copied(query, [*arrays, *values]))

    def _copied(self, query: str, values: Sequence[object]) -> Generator[bytes, None, None]:
        with self._link.cursor().copy(_composed(query), values) as copy:
            rest = b""
            for block in copy:
                # COPY doubles the backslashes of the JSON text; everything else is escaped in it already.
                lines = (rest + bytes(block)).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    yield line.replace(b"\\\\", b"\\")

    def run(self, write: Write, rows: Sequence[Row]) -> int:
        """See `Store.run`."""
        whole(self.schema, write, rows)
        return counted(write, rows, self._run(write, rows))

    def _run(self, write: Write, rows: Sequence[Row]) -> int:
        types = [self._type(write.table, name) for name in (*write.key, *write.each)]
        table = self.table(write.table)
        if self._plain(write, types):
            # An array of numbers is the one form for which the planner never reads the whole table.
            arrays: list[object] = [_listed(row[0] for row in rows)]
            head = f"delete from {table}" if write.deletes else f"update {table} set {self._sets(write)}"
            query = f"{head} where {self.quote(write.key[0])} = any(%s::int8[]){empty(self, write)}"
        else:
            relation, arrays = self._given(rows, types)
            match = matched(self, write, "t")
            query = f"update {table} t set {self._sets(write)} from {relation} g where {match}"
            if write.deletes:
                query = f"delete from {table} t using {relation} g where {match}"
        with self._words():
            return self._link.execute(_composed(query), arrays).rowcount

    def take(self, takes: Sequence[Take]) -> list[list[Taken]]:
        """See `Taker.take`."""
        texts = [self._take_text(*one) for one in takes]
        # Sent without waiting for one another: half the time of a few rows is the way to the server and back.
        # Not the first: libpq would go on giving rows in pieces where a stream of them came just before.
        at_once = len(texts) > 1 and psycopg.capabilities.has_pipeline()
        alone = texts[:1] if at_once else texts
        with self._words():
            asked = [self._link.execute(_composed(query), marks) for query, marks in alone]
            if at_once:
                asked += self._piped(texts[1:])
            return [cursor.fetchall() for cursor in asked]

    def _piped(self, texts: Sequence[tuple[str, list[object]]]) -> list[psycopg.Cursor[Any]]:
        """Run statements without waiting for one another."""
        asked: list[psycopg.Cursor[Any]] = []
        refused: psycopg.Error | None = None
        try:
            with self._link.pipeline():
                try:
                    asked += [self._link.execute(_composed(query), marks) for query, marks in texts]
                except psycopg.Error as error:
                    refused = error  # seen by the pipeline, it would write what comes after into the log
        except psycopg.Error as error:
            raise refused or error from None
        if refused is not None:
            raise refused
        return asked

    def _take_text(
        self, write: Write, walk: Walk, given: Sequence[Row], numbers: Sequence[int]
    ) -> tuple[str, list[object]]:
        """The statement of one take, with the values of its marks."""
        relation, arrays = self._given(given, self._given_types(walk), numbers)
        others, where, values = parted(self, walk, relation)
        table, key = f"{self.table(write.table)} t0", f"t0.{self.quote(write.key[0])}"
        head = (
            f"delete from {table} using" if write.deletes else f"update {table} set {self._sets(write)} from"
        )
        # The keys are put together in the database: one line a person, however many rows; sorted only for several.
        person, told, end = "g.p as p, ", "p", "group by p"
        if len(set(numbers)) == 1:
            person, told, end = "", str(int(numbers[0])), "having count(*) > 0"
        query = (
            f"with taken as ({head} {others} where {where} returning {person}{key} as k) "
            f"select {told}, count(*), string_agg(k::text, ',') from taken {end}"
        )
        return query, [*arrays, *values]

    def remain(self, asked: Sequence[Asked]) -> bool:
        """See `Taker.remain`."""
        counts: list[str] = []
        marks: list[object] = []
        for walk, given in asked:
            relation, arrays = self._given(given, self._given_types(walk))
            text, _, values = source(self, walk, relation)
            # Counted, because a planner that wants the first row only may read a whole table for it.
            counts.append(f"(select count(*) from {text})")
            marks += [*arrays, *values]
        if not counts:
            return False
        with self._words():
            row = self._link.execute(_composed(f"select {' + '.join(counts)}"), marks).fetchone()
        return row is None or row[0] > 0

    def purge(self, tables: Sequence[str]) -> str:
        """See `Store.purge`."""
        refused: list[str] = []
        with self._words():
            for name in sorted(set(tables)):

                def hear(told: object, name: str = name) -> None:
                    # PostgreSQL only warns where it leaves a table out
                    if getattr(told, "severity_nonlocalized", "") == "WARNING":
                        refused.append(name)

                self._link.add_notice_handler(hear)
                try:
                    self._link.execute(_composed(f"vacuum (index_cleanup on) {self.place(name)}"))
                finally:
                    self._link.remove_notice_handler(hear)
        if refused:
            raise StoreRefused(
                f"the database does not let this user vacuum {refused[0]}",
                hint="let its owner do it, or `grant maintain` on the table",
            )
        return "index pages until REINDEX, and the write-ahead log and its archives until they are recycled"

    def copies_of(self, tables: Sequence[str]) -> tuple[str, ...]:
        """See `Copier.copies_of`."""
        with self._words():
            return tuple(row[0] for row in self._link.execute(_COPIES, (list(tables),)))

    def refresh(self, view: str) -> None:
        """See `Copier.refresh`; readers of a view with a unique index do not wait."""
        with self._words():
            row = self._link.execute(_KEYED, (self.place(view).replace("%%", "%"),)).fetchone()
            how = "concurrently " if row and row[0] else ""
            self._link.execute(_composed(f"refresh materialized view {how}{self.place(view)}"))

    def _plain(self, write: Write, types: Sequence[str]) -> bool:
        """Whether rows are named by one whole number, and all get the same."""
        nullable = field_of(self.schema, write.table, write.key[0]).nullable
        return len(write.key) == 1 and types[0] in INTEGERS and not write.each and not nullable

    def _sets(self, write: Write) -> str:
        sets = [
            f"{self.quote(one.column)} = {_masked(field_of(self.schema, write.table, one.column), one.mask)}"
            for one in write.changes
        ]
        sets += [f"{self.quote(name)} = g.v{len(write.key) + n}" for n, name in enumerate(write.each, 1)]
        return ", ".join(sets)

    def _type(self, table: str, column: str) -> str:
        return self._types.get((table, column), "text")

    def _given_types(self, walk: Walk) -> list[str]:
        table = walk.table if walk.upward else walk.tables[-1]
        return [self._type(table, field.name) for field in given_fields(self.schema, walk)]

    def _given(
        self, rows: Sequence[Row], types: Sequence[str], numbers: Sequence[int] | None = None
    ) -> tuple[str, list[object]]:
        """The relation of given values in their columns' types, and its arrays; a value that is none of the type goes."""
        called = numbers if numbers is not None else range(len(rows))
        kept = list(zip(called, rows, strict=True))
        if set(map(type, chain.from_iterable(rows))) != {int}:
            kept = [pair for pair in kept if all(map(castable, pair[1], types))]
        if len(kept) == 1:
            # One row is a constant for the planner, which is done with it sooner.
            number, row = kept[0]
            casts = "".join(
                f", %s::text::{kind} as v{n}" if kind not in INTEGERS else f", %s::{kind} as v{n}"
                for n, kind in enumerate(types, 1)
            )
            return f"(select %s::int4 as p{casts})", [number, *map(_sent, row, types)]
        arrays: list[object] = [_listed(n for n, _ in kept)]
        for place, kind in enumerate(types):
            column = [_sent(row[place], kind) for _, row in kept]
            arrays.append(_listed(column) if kind in INTEGERS else column)
        names = [f"v{n}" for n in range(1, len(types) + 1)]
        casts = "".join(f", {name}::{kind} as {name}" for name, kind in zip(names, types, strict=True))
        marks = "".join(", %s::int8[]" if kind in INTEGERS else ", %s::text[]" for kind in types)
        inner = f"unnest(%s::int4[]{marks}) as u(p{''.join(', ' + name for name in names)})"
        return f"(select p{casts} from {inner})", arrays

    def _out(self, walk: Walk, columns: Sequence[str]) -> str:
        table = wanted_table(walk)
        out = ""
        for expression, name in zip(columns, walk.want, strict=True):
            whole = self._type(table, name) in INTEGERS
            out += f", {expression}" if whole else f", ({expression})::text"
        return out

    def _cell(self, column: str, field: Field, *, packed: bool) -> str:
        if packed:  # bytes as text: what is ASCII as it is, everything else by its number
            return as_text(column)
        return f"array_to_json({column})::text" if field.kind == "array" else f"({column})::text"

    def _rows(self, query: str, values: Sequence[object]) -> Iterator[Row]:
        with self._words():
            yield from self._as_they_come(self._streamed(query, values))

    def _streamed(self, query: str, values: Sequence[object]) -> Generator[Row, None, None]:
        with self._link.cursor() as cursor:
            yield from cursor.stream(_composed(query), values, size=_BATCH)

    def _as_they_come(self, rows: Generator[T, None, None]) -> Iterator[T]:
        """Rows that are read while they come; meanwhile the connection can do nothing else."""
        self._running.append(rows)
        try:
            yield from rows
        finally:
            if rows in self._running:
                self._running.remove(rows)

    def _leave(self) -> None:
        """Stop rows that nobody will read to the end, because whoever did has met an error; a rollback would wait for them."""
        while self._running:
            with contextlib.suppress(psycopg.Error):
                self._running.pop().close()

    @contextlib.contextmanager
    def _words(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            known = getattr(self, "schema", None)
            names = [one.name for one in known.relations] if known else []
            raise translate(error, getattr(self, "name", "store"), names) from None


_SHOWN = "case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname"
_COPIES = (
    "with recursive made (oid, depth) as (select c.oid, 0 from pg_class c join pg_namespace n on n.oid = c.relnamespace "
    f"where {_SHOWN} = any(%s) union select r.ev_class, made.depth + 1 from made join pg_depend d on d.refobjid = made.oid "
    "and d.refclassid = 'pg_class'::regclass and d.classid = 'pg_rewrite'::regclass "
    "join pg_rewrite r on r.oid = d.objid and r.ev_class <> made.oid) "
    f"select {_SHOWN} from made join pg_class c on c.oid = made.oid join pg_namespace n on n.oid = c.relnamespace "
    "where c.relkind = 'm' and c.relispopulated group by c.oid, n.nspname, c.relname order by max(made.depth), c.oid"
)
_KEYED = (
    "select exists (select from pg_index where indrelid = %s::regclass and indisunique and indisvalid "
    "and indpred is null and indexprs is null)"
)


def _listed(numbers: Iterable[object]) -> str:
    """Whole numbers as the text of an array, which costs far less than a list of them."""
    return "{" + ",".join(["NULL" if one is None else str(one) for one in numbers]) + "}"


def _composed(text: str) -> sql.SQL:
    return sql.SQL(text)  # built from quoted names and marks only


def _masked(field: Field, mask: Mask) -> str:
    if mask == "null":
        return "null"
    if mask == "empty":
        return "'{}'" if braced(field) else "''"
    zeros = {
        "time": "'1970-01-01 00:00:00'", "date": "'1970-01-01'", "network": "'0.0.0.0'", "boolean": "false",
        "uuid": "'00000000-0000-0000-0000-000000000000'",
    }  # fmt: skip
    return zeros.get(field.kind, "0")


def _sent(value: Value, kind: str) -> int | str | None:
    if value is None:
        return None
    if kind in INTEGERS:
        return int(value)
    return "\\x" + value.hex() if isinstance(value, bytes) else str(value)


def translate(
    error: psycopg.Error, store: str, tables: Iterable[str] = ()
) -> StoreBusy | StoreRefused | StoreGone:
    """What an error of PostgreSQL means for the caller; only names of tables and columns are passed on."""
    diagnosis = error.diag
    table, column = diagnosis.table_name or "", diagnosis.column_name or ""
    match error:
        case errors.LockNotAvailable() | errors.DeadlockDetected() | errors.SerializationFailure():
            return StoreBusy(f"rows of the store {store} are locked by somebody else", hint=FREE, store=store)
        case errors.NotNullViolation():
            return StoreRefused(f"the column {column} may not be NULL")
        case errors.ForeignKeyViolation():
            return StoreRefused(f"rows of {table} that stay still point to it")
        case errors.UniqueViolation():
            return StoreRefused(f"the constraint {diagnosis.constraint_name} wants unique values")
        case errors.CheckViolation():
            return StoreRefused(f"the check {diagnosis.constraint_name} refuses it")
        case errors.StringDataRightTruncation():
            return StoreRefused("a value is longer than its column")
        case errors.InsufficientPrivilege() | errors.ReadOnlySqlTransaction():
            return forbidden(store, diagnosis.message_primary or "", tables)
        case errors.RaiseException():
            return StoreRefused("a trigger of the database refuses it")
        case errors.DiskFull():
            return StoreRefused("the disk of the database is full")
        case errors.UndefinedTable() | errors.UndefinedColumn() | errors.DatatypeMismatch():
            return StoreRefused("the table has changed since it was read", hint="read the schema again")
        case psycopg.OperationalError() | psycopg.InterfaceError():
            return StoreGone(
                f"the store {store} can not be reached", hint="check the server, user and password"
            )
    return StoreRefused(f"the database answers with error {error.sqlstate or 'unknown'}")
