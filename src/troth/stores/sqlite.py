"""SQLite: one file, one writer; given values stand in tables of the connection's own memory."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from troth.model.datamap import Mask
from troth.model.schema import Field, Schema
from troth.stores.chain import (
    Texts,
    by_position,
    field_of,
    fixed_alias,
    given_fields,
    known,
    loops,
    source,
    staged,
)
from troth.stores.errors import FREE, StoreBusy, StoreGone, StoreRefused
from troth.stores.keys import counted, empty, matched, whole
from troth.stores.sqlite_sweep import SqliteSweep
from troth.stores.walk import ESCAPE, Asked, Hints, Row, Take, Taken, Value, Walk, Write, like_literal

PATIENCE_SECONDS = 5.0
_MOST_ARGUMENTS = 60  # columns that json_object takes as arguments (127 at the most)
# KiB at the most; with SQLite's 2,000 a large delete writes and reads its pages several times
_CACHE = 65_536
_FEW = 20  # rows that stand in the statement itself; more go into a table
_LITTLE = 1_000  # rows that are written by a list of their keys; more go through a table
_MOST_HINTS = 40  # more are looked for by their shape, so that the statement stays short
# Full-width letters and digits, and characters without width, that may spell a value in another way.
_ODD_TEXT = "*[\uff10-\uff19\uff20-\uff3a\uff41-\uff5a\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"
_SEPARATORS = " -().+/"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # signs that no text for people has
_PACKED = frozenset({"binary", "other"})  # kinds of columns that may hold bytes; LIKE ends at a zero in them

# Which columns are compared with texts, given rows with their numbers, and their relation with its marks.
_Known = tuple[list[bool], tuple[Sequence[Row], Sequence[int]], tuple[str, list[Value]]]


class SqliteStore(SqliteSweep):
    """A store in an SQLite file; see `troth.stores.walk.Store`.

    Args:
        path: the file; it must be there.
        schema: what introspection read.
        patience: seconds to wait for another writer.

    Raises:
        StoreGone: there is no such file.
    """

    join = "cross join"  # keeps the order of the tables: from what is given to what is asked
    mark = "?"

    def __init__(self, path: str | Path, schema: Schema, *, patience: float = PATIENCE_SECONDS) -> None:
        self.schema, self.name, self._numbers = schema, schema.store, 0
        self.texts: Texts = {}
        if not Path(path).is_file():
            raise StoreGone(f"the file of the store {self.name} is not there", hint="check its path")
        with self._words():
            place = Path(path).resolve().as_uri() + "?mode=rw"
            self._link = sqlite3.connect(place, uri=True, isolation_level=None, timeout=patience)
            for pragma in (
                "foreign_keys=on",
                "secure_delete=on",
                "temp_store=memory",
                f"cache_size=-{_CACHE}",
            ):
                self._link.execute(f"pragma {pragma}")
            self._link.create_function("troth_read", 1, _text_of, deterministic=True)
            self._link.create_function("troth_show", 1, _plain, deterministic=True)

    def close(self) -> None:
        """See `Store.close`."""
        self._link.close()

    def table(self, name: str) -> str:
        """See `Dialect.table`."""
        return self.quote(name)

    def quote(self, name: str) -> str:
        """See `Dialect.quote`."""
        return '"' + name.replace('"', '""') + '"'

    def text(self, expression: str) -> str:
        """See `Dialect.text`."""
        return f"cast({expression} as text)"

    def alike(self, left: str, right: str) -> str:
        """See `Dialect.alike`."""
        return f"{left} = {right}"

    def exact(self, left: str, right: str) -> str:
        """See `Dialect.exact`; the collation finds the rows by its index."""
        return f"({left} = {right} and {left} = {right} collate binary)"

    def written(self, left: str, right: str) -> str:
        """See `Dialect.written`."""
        return self.exact(left, right)

    @contextlib.contextmanager
    def transaction(self, *, deferred: bool = False) -> Iterator[None]:
        """See `Store.transaction`."""
        with self._words():
            self._link.execute("begin immediate")
        try:
            if deferred:
                self._link.execute("pragma defer_foreign_keys=on")
            yield
            with self._words():
                self._link.execute("commit")
        finally:
            if self._link.in_transaction:
                self._link.execute("rollback")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`."""
        with self._words():
            self._link.execute("begin")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):  # nothing was written, so nothing can be lost
                self._link.execute("rollback")

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """See `Store.savepoint`."""
        with self._words():
            self._link.execute("savepoint step")
        try:
            yield
        except BaseException:
            if self._link.in_transaction:
                self._link.execute("rollback to step")
                with contextlib.suppress(sqlite3.Error):  # a full disk; there is nothing to keep any more
                    self._link.execute("release step")
            raise
        try:
            if self._link.in_transaction:
                self._link.execute("release step")
        except sqlite3.Error as error:
            self._link.execute("rollback to step")
            raise translate(error, self.name) from None

    def find(self, walk: Walk, given: Sequence[Row], numbers: Sequence[int] | None = None) -> Iterator[Row]:
        """See `Store.find`."""
        fields = given_fields(self.schema, walk)
        with self._given(given, fields, numbers=numbers) as (relation, marks), self._words():
            sql, values = self._find_text(walk, relation)
            yield from self._link.execute(sql, [*marks, *values])

    def guess(self, walk: Walk, hints: Hints) -> Iterator[Row]:
        """See `Store.guess`."""
        text, alias, values = source(self, walk, "")
        table = walk.table if walk.upward else walk.tables[-1]
        kinds = [field_of(self.schema, table, name).kind for name in walk.fixed]
        fixed = [f"{fixed_alias(walk)}.{self.quote(name)}" for name in walk.fixed]
        shown = list(map(self.text, fixed))
        if not hints.whole and not hints.every:
            shown = [
                _read(name) if kind in _PACKED else self.text(name)
                for name, kind in zip(fixed, kinds, strict=True)
            ]
            fixed = [
                one if kind in _PACKED else name for one, name, kind in zip(shown, fixed, kinds, strict=True)
            ]
        wanted = [f"{alias}.{self.quote(name)}" for name in walk.want]
        glue = "and" if " where " in text else "where"
        columns = ", ".join([*wanted, *shown])
        head = f"select {columns} from {text} {glue}"
        branches = self._guess_text(fixed, [kind == "binary" for kind in kinds], hints)
        if hints.whole:
            # One SELECT for each way to spell a value: SQLite uses an index on an expression here, and never under OR.
            sql = " union ".join(f"{head} {clause}" for clause, _ in branches)
            marks = [mark for _, some in branches for mark in (*values, *some)]
        else:
            sql = f"{head} ({' or '.join(clause for clause, _ in branches) or '0'})"
            marks = [*values, *(mark for _, some in branches for mark in some)]
        with self._words():
            yield from self._link.execute(sql, marks)

    def stream(self, walk: Walk, given: Sequence[Row]) -> Iterator[bytes]:
        """See `Store.stream`."""
        if len(walk.want) > _MOST_ARGUMENTS or loops(walk):
            for row in self.find(walk, given):
                yield json.dumps(
                    dict(zip(walk.want, map(_plain, row[1:]), strict=True)), ensure_ascii=False
                ).encode()
            return
        with self._given(given, given_fields(self.schema, walk)) as (relation, marks), self._words():
            sql, _, values = known(
                self, ("stream", walk, relation), lambda: self._stream_text(walk, relation)
            )
            for (line,) in self._link.execute(sql, [*marks, *values]):
                yield line.encode()

    def _stream_text(self, walk: Walk, relation: str) -> tuple[str, str, tuple[Value, ...]]:
        text, alias, values = source(self, walk, relation)
        pairs = []
        for name in walk.want:
            column = f"{alias}.{self.quote(name)}"
            pairs.append(
                f"{_literal(name)}, case typeof({column}) when 'blob' then troth_show({column}) else {column} end"
            )
        return f"select json_object({', '.join(pairs)}) from {text}{by_position(self, walk)}", alias, values

    def run(self, write: Write, rows: Sequence[Row]) -> int:
        """See `Store.run`."""
        whole(self.schema, write, rows)
        return counted(write, rows, self._run(write, rows))

    def _run(self, write: Write, rows: Sequence[Row]) -> int:
        fields = [field_of(self.schema, write.table, name) for name in write.key]
        if len(fields) == 1 and not write.each and all(type(row[0]) is int for row in rows):
            # Numbers as one text of JSON are half the work of a table of them.
            head = f"delete from {self.table(write.table)}"
            if not write.deletes:
                head = f"update {self.table(write.table)} set {', '.join(self._sets(write))}"
            query = f"{head} where {self.quote(write.key[0])} in (select value from json_each(?)){empty(self, write)}"
            with self._words():
                return self._link.execute(query, (json.dumps([row[0] for row in rows]),)).rowcount
        with self._given(rows, fields, extra=len(write.each)) as (relation, marks), self._words():
            return self._link.execute(self._write_text(write, fields, relation), marks).rowcount

    def take(self, takes: Sequence[Take]) -> list[list[Taken]]:
        """See `Taker.take`."""
        with contextlib.ExitStack() as opened, self._words():
            taken, known = list[list[Taken]](), list[_Known]()
            for write, walk, rows, numbers in takes:
                fields = given_fields(self.schema, walk)
                texts = [one.kind == "text" for one in fields]
                # Most takes start from the same rows, so their relation stays until all are done.
                given = next(
                    (one for kinds, same, one in known if kinds == texts and same == (rows, numbers)), None
                )
                if given is None:
                    given = opened.enter_context(self._given(rows, fields, numbers=numbers))
                    known.append((texts, (rows, numbers), given))
                taken.append(self._taken(write, walk, numbers, *given))
            return taken

    def _taken(
        self, write: Write, walk: Walk, numbers: Sequence[int], relation: str, marks: Sequence[Value]
    ) -> list[Taken]:
        table, key = self.table(write.table), self.quote(write.key[0])
        head = (
            f"delete from {table}" if write.deletes else f"update {table} set {', '.join(self._sets(write))}"
        )
        text, alias, values = source(self, walk, relation)
        asked = [*marks, *values]
        first = list[Taken]()
        if write.deletes and len(set(numbers)) == 1:
            few = f"select {alias}.{key} from {text} limit {_LITTLE}"
            query = f"{head} where {key} in ({few}) returning {key}"
            rows = self._link.execute(query, asked).fetchall()
            first = [(numbers[0], len(rows), _keys(rows, walk.table))] if rows else []
            if len(rows) < _LITTLE:
                return first
        found = f"select g.p as p, {alias}.{key} as k from {text}"
        some = self._link.execute(f"{found} limit {_LITTLE + 1}", asked).fetchall()
        if len(some) <= _LITTLE:
            return _both(first, self._take_some(f"{head} where {key}", walk.table, some))
        try:
            self._link.execute(f"create temp table taken as {found}", asked)
            where, more = f"{key} in (select k from temp.taken)", list[Value]()
            if write.deletes and (rest := self._beyond(walk)):
                # Along the index of the link, which is half the work of going from key to key.
                inner, _, values = source(self, rest, relation)
                where = f"{self.quote(walk.joins[0].columns[0])} in (select t0.{self.quote(rest.want[0])} from {inner})"
                more = [*marks, *values]
            return _both(first, self._take_many(f"{head} where {where}", more, walk.table, numbers))
        finally:
            with contextlib.suppress(sqlite3.Error):  # a rollback has already taken it away
                self._link.execute("drop table if exists temp.taken")

    def _take_many(
        self, write: str, marks: Sequence[Value], table: str, numbers: Sequence[int]
    ) -> list[Taken]:
        """Write the rows whose keys stand in a table of their own."""
        odd = "select count(*), sum(typeof(k) <> 'integer') from temp.taken"
        rows, others = self._link.execute(odd).fetchone()
        if others:
            raise StoreRefused(f"a key of {table} is no whole number")
        if self._link.execute(write, marks).rowcount != rows:
            raise StoreRefused(f"rows of {table} changed while they were written")
        if len(set(numbers)) > 1:
            each = "select p, count(*), group_concat(k) from temp.taken group by p"
            return self._link.execute(each).fetchall()
        keys = self._link.execute("select group_concat(k) from temp.taken").fetchone()[0]
        return [(numbers[0], rows, keys)] if rows else []

    def _take_some(self, head: str, table: str, found: Sequence[Row]) -> list[Taken]:
        """Write a few rows that were found; a table of them would cost more than the rows themselves."""
        keys: dict[int, list[str]] = {}
        for person, key in found:
            if type(key) is not int:
                raise StoreRefused(f"a key of {table} is no whole number")
            keys.setdefault(int(person or 0), []).append(str(key))
        if not found:
            return []
        listed = json.dumps([key for _, key in found])
        if self._link.execute(f"{head} in (select value from json_each(?))", (listed,)).rowcount != len(
            found
        ):
            raise StoreRefused(f"rows of {table} changed while they were written")
        return [(person, len(some), ",".join(some)) for person, some in keys.items()]

    def _beyond(self, walk: Walk) -> Walk | None:
        """The walk without its first table, where one whole number ties that to the rest and nothing else does."""
        if not walk.joins or walk.joins[0].conditions or len(walk.joins[0].columns) > 1:
            return None
        link = walk.joins[0]
        ends = (
            field_of(self.schema, link.table, link.columns[0]),
            field_of(self.schema, link.target, link.target_columns[0]),
        )
        if any(one.kind != "integer" for one in ends):
            return None
        return Walk(link.target, walk.joins[1:], walk.fixed, link.target_columns, conditions=walk.conditions)

    def remain(self, asked: Sequence[Asked]) -> bool:
        """See `Taker.remain`."""
        parts: list[str] = []
        found: list[Value] = []
        with contextlib.ExitStack() as opened, self._words():
            for walk, given in asked:
                fields = given_fields(self.schema, walk)
                if 0 < len(given) <= _FEW:
                    relation, marks = _listed(given, fields, range(len(given)))
                else:
                    relation, marks = opened.enter_context(self._given(given, fields))
                text, _, values = source(self, walk, relation)
                parts.append(f"exists (select 1 from {text})")
                found += [*marks, *values]
            return bool(parts and self._link.execute(f"select {' or '.join(parts)}", found).fetchone()[0])

    def purge(self, tables: Sequence[str]) -> str:  # noqa: ARG002 - the file is one whole
        """See `Store.purge`."""
        with self._words():
            busy = self._link.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        return "the write-ahead log, because somebody else is reading" if busy else ""

    def _find_text(self, walk: Walk, relation: str) -> tuple[str, tuple[Value, ...]]:
        if loops(walk):
            head, last, values = staged(self, walk, relation)
            columns = "".join(f", x{n}" for n in range(1, len(walk.want) + 1))
            return f"{head}select p{columns} from {last}", values
        text, alias, values = source(self, walk, relation)
        columns = "".join(f", {alias}.{self.quote(name)}" for name in walk.want)
        distinct = "distinct " if walk.distinct else ""
        return f"select {distinct}g.p{columns} from {text}", values

    def _guess_text(
        self, columns: Sequence[str], packed: Sequence[bool], hints: Hints
    ) -> list[tuple[str, Sequence[Value]]]:
        """The conditions of which one has to hold, each with the values of its marks."""
        found: list[tuple[str, Sequence[Value]]] = []
        short = len(hints.words) + len(hints.tails) <= _MOST_HINTS
        for column, bare in zip(columns, packed, strict=True):
            if hints.every:
                found.append((f"{column} <> ''", ()))
                continue
            # Most texts are plain ASCII, and comparing two lengths costs less than a pattern.
            beyond = f"length(cast({column} as blob)) <> length({column})"
            odd = f"{beyond} and ({hints.varied:d} or {column} glob '{_ODD_TEXT}')"
            escaped = f"{column} glob '*{ESCAPE}*'"
            if hints.whole or not bare:  # an image has every odd letter somewhere
                found.append((f"{column} glob '*[^!-~]*'" if hints.whole else f"({odd} or {escaped})", ()))
            if hints.words and hints.whole:
                found.append(
                    (f"lower({column}) in (select value from json_each(?))", (json.dumps(hints.words),))
                )
            elif short:
                found += [(f"{column} like ? escape '\\'", (_anywhere(word),)) for word in hints.words]
            elif hints.words:
                mails = all("@" in word for word in hints.words)
                found.append((f"{column} like '%@%'" if mails else f"{column} <> ''", ()))
            if hints.alone and not bare:
                found += self._alone_text(column, hints, short=short)
            if hints.tails:
                found += self._tails_text(column, hints, short=short)
        return found

    def _alone_text(self, column: str, hints: Hints, *, short: bool) -> list[tuple[str, Sequence[Value]]]:
        if short:
            return [(f"{column} like ? escape '\\'", (pattern,)) for pattern in hints.starts]
        one = f"lower(trim(replace({column}, '  ', ' '))) in (select value from json_each(?))"
        bound = f"length(cast({column} as blob)) <= {hints.most_alone}"
        return [(f"({bound} and {one})", (json.dumps(hints.alone),))]

    def _tails_text(self, column: str, hints: Hints, *, short: bool) -> list[tuple[str, Sequence[Value]]]:
        digits = column
        for separator in _SEPARATORS:
            digits = f"replace({digits}, '{separator}', '')"
        if hints.whole:
            return [(f"substr({digits}, -7) in (select value from json_each(?))", (json.dumps(hints.tails),))]
        if short:
            near = f"{column} glob ? and instr({digits}, ?) > 0"
            return [(f"({near})", (hints.spread(tail, "*"), tail)) for tail in hints.tails]
        return [(f"{digits} glob '*{'[0-9]' * 7}*'", ())]

    def _write_text(self, write: Write, fields: Sequence[Field], relation: str) -> str:
        table = self.table(write.table)
        match = matched(self, write, table)
        if write.deletes:
            # Only where a collation folds letters: with another one than its own a column is not found by its index.
            named = [
                self.quote(one.name) + " collate binary" * (write.several and one.folds) for one in fields
            ]
            names = ", ".join(named)
            values = ", ".join(f"v{n}" for n in range(1, len(fields) + 1))
            left = names if len(fields) == 1 else f"({names})"
            rest = empty(self, write)
            return f"delete from {table} where {left} in (select {values} from {relation}){rest}"
        sets = self._sets(write)
        sets += [f"{self.quote(name)} = g.v{len(fields) + n}" for n, name in enumerate(write.each, 1)]
        return f"update {table} set {', '.join(sets)} from {relation} g where {match}"

    def _sets(self, write: Write) -> list[str]:
        return [
            f"{self.quote(one.column)} = {_masked(field_of(self.schema, write.table, one.column), one.mask)}"
            for one in write.changes
        ]

    @contextlib.contextmanager
    def _given(
        self,
        rows: Sequence[Row],
        fields: Sequence[Field],
        *,
        extra: int = 0,
        numbers: Sequence[int] | None = None,
    ) -> Iterator[tuple[str, list[Value]]]:
        """A relation of the given rows, behind their numbers, and its marks: a few in words, more in a table in memory.

        Its columns have no type: SQLite turns a text into a number for a column of numbers, and never the reverse.
        """
        self._numbers += 1
        name = f"temp.given{self._numbers}"
        width = len(fields) + extra
        called = numbers if numbers is not None else range(len(rows))
        if 0 < len(rows) <= _FEW:
            yield _listed(rows, fields, called)
            return
        rows = _typed(rows, fields)
        if (
            width == 1
            and all(n == m for n, m in enumerate(called))
            and {type(one) for (one,) in rows} == {int}
        ):
            # Whole numbers in their order as one text of JSON, which is less work than a table.
            yield "(select key as p, value as v1 from json_each(?))", [json.dumps([one for (one,) in rows])]
            return
        columns = "".join(f", v{n}" for n in range(1, width + 1))
        with self._words():
            self._link.execute(f"create temp table given{self._numbers} (p{columns})")
            marks = ", ".join("?" * (width + 1))
            filled = ((number, *row) for number, row in zip(called, rows, strict=True))
            self._link.executemany(f"insert into {name} values ({marks})", filled)
        try:
            yield name, []
        finally:
            with contextlib.suppress(sqlite3.Error):  # a rollback has already taken it away
                self._link.execute(f"drop table if exists {name}")

    @contextlib.contextmanager
    def _words(self) -> Iterator[None]:
        """Say in our words what the database says in its own; it may name columns, and never repeats a value here."""
        try:
            yield
        except sqlite3.Error as error:
            raise translate(error, self.name) from None


def translate(error: sqlite3.Error, store: str) -> StoreBusy | StoreRefused | StoreGone:
    """What an error of SQLite means for the caller."""
    code = getattr(error, "sqlite_errorname", "") or ""
    said = str(error)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(f"the store {store} is locked by another program", hint=FREE, store=store)
    if code == "SQLITE_CONSTRAINT_NOTNULL":
        return StoreRefused(f"the column {said.rpartition('.')[2]} may not be NULL")
    if code in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}:
        return StoreRefused(f"the values of {said.rpartition(': ')[2]} must be unique")
    if code == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return StoreRefused("rows that stay still point to it")
    if code == "SQLITE_CONSTRAINT_TRIGGER":
        return StoreRefused("a trigger of the database refuses it")
    if code.startswith("SQLITE_CONSTRAINT"):
        return StoreRefused("a check of the database refuses it")
    if code == "SQLITE_FULL":
        return StoreRefused("the disk is full")
    if code.startswith("SQLITE_READONLY"):
        return StoreRefused("the file may not be written")
    if "no such table" in said or "no such column" in said:
        return StoreRefused("the table has changed since it was read", hint="read the schema again")
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return StoreGone(f"the file of the store {store} can not be read", hint="check the file and its disk")
    return StoreRefused("the database answers with an error")


def _keys(rows: Sequence[Row], table: str) -> str:
    """The keys in these rows, which are whole numbers.

    Raises:
        StoreRefused: one is not.
    """
    if any(type(key) is not int for (key,) in rows):
        raise StoreRefused(f"a key of {table} is no whole number")
    return ",".join(str(key) for (key,) in rows)


def _both(first: Sequence[Taken], rest: Sequence[Taken]) -> list[Taken]:
    """What was written in two turns; the first was of one person, as all of the rest is then."""
    if not first or not rest:
        return [*first, *rest]
    (person, some, keys), (_, more, others) = first[0], rest[0]
    return [(person, some + more, f"{keys},{others}")]


def _typed(rows: Sequence[Row], fields: Sequence[Field]) -> Sequence[Row]:
    """Given rows as their columns hold them: a number as a text where it is compared with texts."""
    texts = {place for place, one in enumerate(fields) if one.kind == "text"}
    if not texts:
        return rows
    return [tuple([_text(one, n in texts) for n, one in enumerate(row)]) for row in rows]


def _listed(rows: Sequence[Row], fields: Sequence[Field], numbers: Sequence[int]) -> tuple[str, list[Value]]:
    """A relation of a few given rows that stand in the statement itself, behind their numbers, and its marks."""
    marks = list[Value]()
    for number, row in zip(numbers, _typed(rows, fields), strict=True):
        marks += (number, *row)
    return _values(len(rows), len(rows[0])), marks


@cache
def _values(count: int, width: int) -> str:
    names = "".join(f", column{n + 1} as v{n}" for n in range(1, width + 1))
    each = ", ".join([f"({', '.join('?' * (width + 1))})"] * count)
    return f"(select column1 as p{names} from (values {each}))"


def _text(value: Value, wanted: bool) -> Value:
    return str(value) if wanted and isinstance(value, int) else value


def _masked(field: Field, mask: Mask) -> str:
    if mask == "null":
        return "null"
    if mask == "empty":
        return {"binary": "x''", "json": "'{}'", "array": "'[]'"}.get(field.kind, "''")
    zeros = {"time": "'1970-01-01 00:00:00'", "date": "'1970-01-01'", "network": "'0.0.0.0'"}
    return zeros.get(field.kind, "'00000000-0000-0000-0000-000000000000'" if field.kind == "uuid" else "0")


def _anywhere(word: str) -> str:
    """The pattern of LIKE, which knows no capitals, for a word anywhere in a text."""
    return f"%{like_literal(word)}%"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _read(column: str) -> str:
    """The expression of a column that may hold bytes as text."""
    return f"case typeof({column}) when 'blob' then troth_read({column}) else cast({column} as text) end"


def _text_of(cell: bytes) -> str:
    return cell.decode(errors="replace").replace("\0", " ")


def _plain(value: Value) -> Value:
    """A value as JSON holds it: bytes that are a text as this text, others by their numbers."""
    if not isinstance(value, bytes):
        return value
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = "\0"
    return value.hex().upper() if _CONTROL.search(text) else text
