"""Retention in SQLite: short transactions, because a file has one writer; tables of one period are dropped whole."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from troth.model.instant import micros
from troth.model.schema import Field, Schema
from troth.model.sweep import Alter, Clause
from troth.stores import coarse
from troth.stores.sift import (
    SQL,
    Likeness,
    Part,
    Spelling,
    Stretch,
    counted_of,
    grouped,
    named,
    order_of,
    sets_of,
    where_of,
)
from troth.stores.walk import Row

_PERIOD = re.compile(
    r"(?P<base>.+?)_?(?P<year>(?:19|20)\d\d)(?:[_-]?(?P<month>0[1-9]|1[0-2])(?:[_-]?(?P<day>[0-3]\d))?)?"
)
_CACHE_KIB = 65_536
_DONE = {
    "network": (
        "substr({0}, -2) = '.0' and ltrim({0}, '0123456789.') = '' and {0} glob '[0-9]*' "
        "and length({0}) - length(replace({0}, '.', '')) = 3 and instr({0}, '..') = 0"
    ),
    "month": "substr({0}, 8) = '-01 00:00:00' and substr({0}, 5, 1) = '-'",
}
"""By what becomes of a column: a quick test that only values pass which have become so."""
_SECOND, _MILLISECOND = (
    100_000_000,
    100_000_000_000,
)  # numbers below are no moments; above, they count milliseconds


class SqliteSweep:
    """See `troth.stores.sift.Sweeping`."""

    pace = 0.007
    mark = "?"
    unbound = "+"
    schema: Schema
    name: str
    _link: sqlite3.Connection
    _coarse = False

    if TYPE_CHECKING:  # what the store has that this is a part of

        def table(self, name: str) -> str:
            """See `Dialect.table`."""
            ...

        def quote(self, name: str) -> str:
            """See `Dialect.quote`."""
            ...

        def text(self, expression: str) -> str:
            """See `Dialect.text`."""
            ...

        def _words(self) -> AbstractContextManager[None]: ...

    def rest(self, took: float) -> float:
        """See `Sweeping.rest`: who finds the file locked looks again 1, 3, 8 and 18 ms after the first time.

        So that one of these falls in the pause, it has to be as long as the way from the last of them to the next.
        """
        return min(took, 0.006 if took < 0.008 else 0.011)

    def earlier(self, column: str, field: Field, before: str, *, sure: bool = False) -> SQL:
        """See `Tongue.earlier`; SQLite has no type of times, so a cell is looked at before it is compared."""
        moment = datetime.fromisoformat(before)
        second = moment.timestamp()
        numbers = (
            f"(({column} >= {_SECOND} and {column} < {_MILLISECOND} and {column} < ?) "
            f"or ({column} >= {_MILLISECOND} and {column} < ?))"
        )
        if field.kind == "integer":
            # The bound on top lets an index find the rows.
            return f"({column} < ? and typeof({column}) = 'integer' and {numbers})", [
                second * 1000, second, second * 1000,
            ]  # fmt: skip
        day = timedelta(days=1)
        # A cell may carry a zone, so only what lies a day before is past whatever its zone.
        safe = (moment.date() - day).isoformat()
        sought = (moment.date() + 2 * day).isoformat()
        said = (
            f"case typeof({column}) when 'text' then troth_instant({column}) < ? "
            f"when 'integer' then {numbers} when 'real' then {numbers} end"
        )
        # The most frequent case comes first, because it is cheap; a text with its zone may be of another day.
        dated = f"substr({column}, 5, 1) = '-'" if sure else _plain(column)
        quick = f"case when {column} < ? and {dated} then 1 else {said} end"
        return f"({column} < ? and {quick})", [
            sought, safe, micros(moment), second, second * 1000, second, second * 1000,
        ]  # fmt: skip

    def later(self, column: str, field: Field, now: str) -> SQL:  # noqa: ARG002 - the cell says what it is
        """See `Tongue.later`."""
        return f"(troth_instant({column}) > ?)", [micros(datetime.fromisoformat(now))]

    def readable(self, column: str, field: Field) -> str:
        """See `Tongue.readable`."""
        known = f"{column} = 0 or troth_instant({column}) is not null"
        if field.kind == "integer":
            return f"(typeof({column}) = 'integer' and ({known}))"
        return f"(case when {_plain(column)} then 1 else {known} end)"

    def become(self, column: str, field: Field, how: Alter) -> str:
        """See `Tongue.become`."""
        match how.how:
            case "null":
                return "null"
            case "empty":
                return {"binary": "x''", "json": "'{}'", "array": "'[]'"}.get(field.kind, "''")
            case "token":
                return f"'~' || substr(lower(hex(randomblob(16))), 1, {_token(field) - 1}) || '{field.tail}'"
            case "network":
                plain = f"{column} not glob '*[^0-9.]*' and {column} glob '*[0-9].*[0-9].*[0-9].[0-9]*'"
                dots = f"length({column}) - length(replace({column}, '.', '')) = 3"
                return f"case when {plain} and {dots} then rtrim({column}, '0123456789') || '0' else troth_network({column}) end"
            case "month":
                plain = (
                    f"length({column}) = 19 and substr({column}, 5, 1) = '-' and typeof({column}) = 'text'"
                )
                zero = f"substr({column}, 1, 7) || '-01' || substr({column}, 11, 1) || '00:00:00'"
                return f"case when {plain} then {zero} else troth_month({column}) end"
            case "year":
                return f"troth_year({column})"
            case "place":
                return f"round({column}, 1)"
            case _:
                zeros = {"time": "'1970-01-01 00:00:00'", "date": "'1970-01-01'", "network": "'0.0.0.0'"}
                nil = "'00000000-0000-0000-0000-000000000000'"
                return zeros.get(field.kind, nil if field.kind == "uuid" else "0")

    def differs(self, column: str, field: Field, how: Alter) -> str:
        """See `Tongue.differs`."""
        if how.how == "token":
            return f"not ({column} is not null and {column} glob '~*{field.tail}' and length({column}) = {_whole(field)})"
        full = f"{column} is not {self.become(column, field, how)}"
        if done := _DONE.get(how.how):  # what is as it should be is seen faster than it is worked out
            return f"(case when {done.format(column)} then 0 else {full} end)"
        return full

    @contextmanager
    def eased(self) -> Iterator[None]:
        """See `Sweeping.eased`."""
        with self._words():
            self._link.execute("pragma synchronous=normal")
        try:
            yield
        finally:
            with self._words():
                self._link.execute("pragma synchronous=full")
                self._link.execute("pragma wal_checkpoint(passive)")

    def tally(self, one: Stretch, counted: Sequence[Clause]) -> list[int]:
        """See `Sweeping.tally`."""
        spelling = Spelling(self, one.given)
        columns, head = counted_of(self, one, counted, spelling)
        where, values = where_of(self, one, spelling)
        with self._words():
            self._ready()
            row = self._link.execute(
                f"select {columns} from {self.table(one.table)} where {where}", [*head, *values]
            ).fetchone()
        return [int(number) for number in row]

    def extent(
        self,
        one: Stretch,
        counted: Sequence[Clause],
        near: str = "",  # noqa: ARG002 - the index holds the keys
    ) -> tuple[list[int], int, int]:
        """See `Sweeping.extent`."""
        spelling = Spelling(self, one.given)
        columns, head = counted_of(self, one, counted, spelling)
        where, values = where_of(self, one, spelling)
        key = order_of(self, one)[-1]
        text = f"select {columns}, min({key}), max({key}) from {self.table(one.table)} where {where}"
        with self._words():
            self._ready()
            *counts, least, most = self._link.execute(text, [*head, *values]).fetchone()
        return counts, least or 0, most or 0

    def remains(self, one: Stretch) -> bool:
        """See `Sweeping.remains`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        text = f"select 1 from {self.table(one.table)} where {where} limit 1"
        with self._words():
            self._ready()
            return self._link.execute(text, values).fetchone() is not None

    def edge(self, one: Stretch, size: int) -> Row | None:
        """See `Sweeping.edge`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        columns = ", ".join(order_of(self, one))
        text = (
            f"select {columns} from {self.table(one.table)} where {where} order by {columns} limit 1 offset ?"
        )
        with self._words():
            self._ready()
            found: Row | None = self._link.execute(text, [*values, size - 1]).fetchone()
            return found

    def keys(self, one: Stretch) -> Iterator[Row]:
        """See `Sweeping.keys`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        columns = ", ".join(order_of(self, one))
        with self._words():
            self._ready()
            yield from self._link.execute(
                f"select {columns} from {self.table(one.table)} where {where}", values
            )

    def sweep(self, one: Stretch) -> int:
        """See `Sweeping.sweep`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        table = self.table(one.table)
        head = f"update {table} set {sets_of(self, one)}" if one.alters else f"delete from {table}"
        with self._words():
            self._ready()
            return self._link.execute(f"{head} where {where}", values).rowcount

    def parts(self, table: str, column: str) -> list[Part]:  # noqa: ARG002 - the name of the table says it
        """See `Sweeping.parts`: the table itself, where its name is one of several that end in a period."""
        own = _period(table)
        base = own[0] if own else ""
        alike = [one.name for one in self.schema.relations if (_period(one.name) or ("",))[0] == base]
        if own is None or len(alike) < 2:
            return []
        with self._words():
            users = self._link.execute(
                "select count(*) from sqlite_master where type in ('view', 'trigger') and sql like ? escape '\\'",
                (f"%{table.replace('_', chr(92) + '_')}%",),
            ).fetchone()[0]
        pointed = any(key.relation == table for one in self.schema.relations for key in one.foreign)
        return [] if users or pointed else [Part(table, f"{own[1].isoformat()}T00:00:00Z", bounded=False)]

    def part_tally(self, one: Stretch, part: str, counted: Sequence[Clause]) -> list[int]:
        """See `Sweeping.part_tally`."""
        # All rows are counted fast, and those that pass are found by an index: no cell is looked at twice.
        spelling = Spelling(self, one.given)
        columns, head = counted_of(self, one, counted, spelling)
        where, values = where_of(self, one, spelling)
        table = self.table(part)
        with self._words():
            self._ready()
            rows, passing, *others = self._link.execute(
                f"select (select count(*) from {table}), {columns} from {table} where {where}",
                [*head, *values],
            ).fetchone()
        return [rows, rows - passing, *others]

    def drop_part(self, table: str, part: str) -> bool:  # noqa: ARG002 - the period is the table
        """See `Sweeping.drop_part`."""
        with self._words():
            there = self._link.execute(
                "select count(*) from sqlite_master where type = 'table' and name = ?", (part,)
            ).fetchone()[0]
            self._link.execute(f"drop table if exists {self.table(part)}")
        return bool(there)

    def likeness(self, one: Stretch, columns: Sequence[str], k: int) -> Likeness:
        """See `Sweeping.likeness`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        inner = f"select count(*) as n from {self.table(one.table)} where {where} group by {grouped(self, columns)}"
        text = (
            "select coalesce(sum(n), 0), count(*), coalesce(min(n), 0), "
            f"coalesce(sum(case when n < ? then n else 0 end), 0) from ({inner}) s"
        )
        with self._words():
            self._ready()
            return Likeness(*map(int, self._link.execute(text, [k, *values]).fetchone()))

    def sweep_unlike(self, one: Stretch, columns: Sequence[str], k: int) -> int:
        """See `Sweeping.sweep_unlike`."""
        bare = Stretch(one.table, one.order, one.where, given=one.given)
        where, values = where_of(self, bare, Spelling(self, one.given))
        table, alias = self.table(one.table), named(self, one.table)
        rare = f"select {grouped(self, columns)} from {table} where {where} group by {grouped(self, columns)} having count(*) < ?"
        alike = " and ".join(f"{alias}.{self.quote(name)} is r.{self.quote(name)}" for name in columns)
        head = f"update {table} set {sets_of(self, one)}" if one.alters else f"delete from {table}"
        again, more = where_of(self, one, Spelling(self, one.given))
        text = f"{head} where {again} and exists (select 1 from ({rare}) r where {alike})"
        with self._words():
            self._ready()
            return self._link.execute(text, [*more, *values, k]).rowcount

    def _ready(self) -> None:
        """Teach the connection the functions that SQLite does not have."""
        if not self._coarse:
            for function in (coarse.network, coarse.month, coarse.year, coarse.instant):
                name = f"troth_{function.__name__}"
                self._link.create_function(name, 1, function, deterministic=True)
            # Rows that lie close in the table lie far apart in its indexes: their pages are needed again and again.
            self._link.execute(f"pragma cache_size = -{_CACHE_KIB}")
            self._coarse = True


def _plain(column: str) -> str:
    """That a cell is a day or a time of ISO 8601 that exists, as far as the engine can say it quickly."""
    # Without a modifier 29 February of any year would come back as it is.
    return f"{column} >= '1' and date({column}, '+0 days') = substr({column}, 1, 10)"


def _whole(field: Field) -> int:
    """Length of that text with its tail."""
    return _token(field) + len(field.tail)


def _token(field: Field) -> int:
    """Length of the random text in place of a value that must stay unique, without its tail."""
    return min((field.length or 99) - len(field.tail), 33)


def _period(table: str) -> tuple[str, date] | None:
    """What a table is a period of, and the day after its last; None where its name ends in none."""
    match = _PERIOD.fullmatch(table)
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    try:
        if day:
            return match["base"], date(year, month, day) + timedelta(days=1)
        return match["base"], date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    except ValueError:
        return None
