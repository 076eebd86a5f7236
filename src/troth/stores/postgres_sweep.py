"""Retention in PostgreSQL: stretches of an index, so that locks are short; partitions are detached and dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from troth.model.instant import COUNTED, LEAST, MILLI, MOST, PLAIN, ZONED
from troth.model.schema import Field, Schema
from troth.model.sweep import Alter, Clause
from troth.stores.castable import braced
from troth.stores.errors import StoreBusy
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
    part_of,
    sets_of,
    where_of,
)
from troth.stores.walk import Row

_UPPER = re.compile(r"TO \('([^']*)'\)$")
_WAIT_MILLISECONDS = 10  # for the lock that a drop needs: who comes behind it in the queue waits as long
_PARTITIONS = """
    select case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname,
        pg_get_expr(c.relpartbound, c.oid)
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    where i.inhparent = %s::regclass and c.relkind in ('r', 'p') and not i.inhdetachpending
"""


class PostgresSweep:
    """See `troth.stores.sift.Sweeping`."""

    pace = 0.010
    mark = "%s"
    unbound = ""
    schema: Schema
    name: str
    _link: psycopg.Connection

    if TYPE_CHECKING:  # what the store has that this is a part of

        def table(self, name: str) -> str:
            """See `Dialect.table`."""
            ...

        def place(self, name: str) -> str:
            """The quoted name alone."""
            ...

        def quote(self, name: str) -> str:
            """See `Dialect.quote`."""
            ...

        def text(self, expression: str) -> str:
            """See `Dialect.text`."""
            ...

        def _rows(self, query: str, values: Sequence[object]) -> Iterator[Row]: ...

        def _words(self) -> AbstractContextManager[None]: ...

    def rest(self, took: float) -> float:  # noqa: ARG002 - others wait for rows and not for the whole database
        """See `Sweeping.rest`."""
        return 0.0

    def earlier(self, column: str, field: Field, before: str, *, sure: bool = False) -> SQL:
        """See `Tongue.earlier`; times without a zone are UTC."""
        if field.kind in {"integer", "number"}:
            second = datetime.fromisoformat(before).timestamp()
            return (
                f"({column} < %s::{'int8' if field.kind == 'integer' else 'float8'} and "
                f"(({column} >= {LEAST} and {column} < {MILLI} "
                f"and {column} < %s::float8) or {column} >= {MILLI}))"
            ), [int(second * 1000), second]
        if field.kind == "text":
            return _compared(column, "<", before)
        return (f"({column} < %s)" if sure else f"({column} < %s and {column} > '-infinity')"), [before]

    def later(self, column: str, field: Field, now: str) -> SQL:
        """See `Tongue.later`."""
        if field.kind in {"integer", "number"}:
            second = datetime.fromisoformat(now).timestamp()
            seconds = f"when {column} >= {LEAST} and {column} < {MILLI} then {column} > %s::float8"
            millis = f"when {column} >= {MILLI} and {column} < {MOST} then {column} > %s::float8"
            return f"(case {seconds} {millis} end)", [second, second * 1000]
        if field.kind in {"time", "date"}:
            return f"({column} > %s)", [now]
        return _compared(column if field.kind == "text" else self.text(column), ">", now)

    def readable(self, column: str, field: Field) -> str:
        """See `Tongue.readable`."""
        if field.kind in {"integer", "number"}:
            return f"({column} = 0 or {column} >= {LEAST} and {column} < {MOST})"
        if field.kind in {"time", "date"}:
            return "(1=1)"
        text = f"trim({column if field.kind == 'text' else self.text(column)})"
        return f"({text} ~ '{PLAIN}' or {text} ~ '{ZONED}' or {text} ~ '{COUNTED}')"

    def become(self, column: str, field: Field, how: Alter) -> str:
        """See `Tongue.become`."""
        match how.how:
            case "null":
                return "null"
            case "empty":
                return "'{}'" if braced(field) else "''"
            case "token":
                random = "md5(random()::text || clock_timestamp()::text)"
                return f"'~' || substr({random}, 1, {_token(field) - 1}) || '{field.tail}'"
            case "network":
                return _network(column, field)
            case "month" | "year":
                first = f"date_trunc('{how.how}', {column})"
                return f"({first})::date" if field.kind == "date" else first
            case "place":
                return f"round(({column})::numeric, 1)"
            case _:
                nil = "'00000000-0000-0000-0000-000000000000'"
                zeros = {"time": "'1970-01-01 00:00:00'", "date": "'1970-01-01'", "network": "'0.0.0.0'"}
                return zeros.get(field.kind, {"boolean": "false", "uuid": nil}.get(field.kind, "0"))

    def differs(self, column: str, field: Field, how: Alter) -> str:
        """See `Tongue.differs`."""
        if how.how == "token":
            return (
                f"not coalesce({column} like '~%%{field.tail}' and length({column}) = {_whole(field)}, false)"
            )
        if how.how == "null":
            return f"{column} is not null"
        if how.how == "empty" and braced(field):
            return f"({column})::text is distinct from '{{}}'"  # JSON has no equality of its own
        if how.how == "network" and field.kind == "text":
            full = f"{column} is distinct from {self.become(column, field, how)}"
            return f"(case when {_four(column)} then right({column}, 2) <> '.0' else {full} end)"
        if how.how == "place":
            return f"({column})::numeric is distinct from {self.become(column, field, how)}"
        return f"{column} is distinct from {self.become(column, field, how)}"

    @contextmanager
    def eased(self) -> Iterator[None]:
        """See `Sweeping.eased`; a later commit that waits for the disk waits for all before it."""
        with self._words():
            self._link.execute("set synchronous_commit = off")
        try:
            yield
        finally:
            with self._words():
                self._link.execute("reset synchronous_commit")
                # A commit without any change would not wait.
                self._link.execute("select pg_logical_emit_message(true, 'troth', 'swept')")

    def tally(self, one: Stretch, counted: Sequence[Clause]) -> list[int]:
        """See `Sweeping.tally`."""
        spelling = Spelling(self, one.given)
        columns, head = counted_of(self, one, counted, spelling)
        where, values = where_of(self, one, spelling)
        with self._words():
            query = f"select {columns} from {self.table(one.table)} where {where}"
            row = self._link.execute(_composed(query), [*head, *values]).fetchone()
        return [int(number) for number in row or ()]

    def extent(self, one: Stretch, counted: Sequence[Clause], near: str = "") -> tuple[list[int], int, int]:
        """See `Sweeping.extent`."""
        spelling = Spelling(self, one.given)
        columns, head = counted_of(self, one, counted, spelling)
        where, values = where_of(self, one, spelling)
        key, rows = order_of(self, one)[-1], f"{self.table(one.table)} where {where}"
        # Not the bare key, so that the planner does not walk the whole of it for the least one.
        ends, marks = f"min({key} + 0), max({key} + 0)", [*head, *values]
        if near:
            # The counts come from the index alone where the table has been vacuumed.
            clock = self.quote(near)
            ends = ", ".join(
                f"(select {key} from {rows} order by {clock} {way} limit 1)" for way in ("asc", "desc")
            )
            marks = [*head, *values, *values, *values]
        with self._words():
            row = (
                self._link.execute(_composed(f"select {columns}, {ends} from {rows}"), marks).fetchone() or ()
            )
        *counts, first, last = (int(number or 0) for number in row)
        return counts, min(first, last), max(first, last)

    def remains(self, one: Stretch) -> bool:
        """See `Sweeping.remains`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        # Counted, because a planner that wants the first row only may read a whole table for it.
        query = f"select count(*) from {self.table(one.table)} where {where}"
        with self._words():
            row = self._link.execute(_composed(query), values).fetchone()
        return row is None or row[0] > 0

    def edge(self, one: Stretch, size: int) -> Row | None:
        """See `Sweeping.edge`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        columns = order_of(self, one)
        told = ", ".join(f"({column})::text" for column in columns)
        query = (
            f"select {told} from {self.table(one.table)} where {where} "
            f"order by {', '.join(columns)} limit 1 offset {size - 1}"
        )
        with self._words():
            return self._link.execute(_composed(query), values).fetchone()

    def keys(self, one: Stretch) -> Iterator[Row]:
        """See `Sweeping.keys`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        columns = ", ".join(f"({column})::text" for column in order_of(self, one))
        yield from self._rows(f"select {columns} from {self.table(one.table)} where {where}", values)

    def sweep(self, one: Stretch) -> int:
        """See `Sweeping.sweep`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        table = self.table(one.table)
        head = f"update {table} set {sets_of(self, one)}" if one.alters else f"delete from {table}"
        with self._words():
            return self._link.execute(_composed(f"{head} where {where}"), values).rowcount

    def parts(self, table: str, column: str) -> list[Part]:
        """See `Sweeping.parts`."""
        place = self.place(table).replace("%%", "%")
        with self._words():
            row = self._link.execute(
                "select pg_get_partkeydef(to_regclass(%s)), current_setting('TimeZone')", (place,)
            ).fetchone()
            key = str(row[0] or "") if row else ""
            if key not in {f"RANGE ({column})", f"RANGE ({self.quote(column)})"}:
                return []
            found = []
            for name, bound in self._link.execute(_PARTITIONS, (place,)).fetchall():
                upper = _UPPER.search(bound or "")
                if upper and (moment := self._moment(upper.group(1))):
                    found.append(Part(name, moment))
        return sorted(found, key=lambda part: part.before)

    def part_tally(self, one: Stretch, part: str, counted: Sequence[Clause]) -> list[int]:
        """See `Sweeping.part_tally`."""
        columns, values = part_of(one, counted, Spelling(self, one.given), named(self, part))
        query = f"select {columns} from {self.table(part)}"
        with self._words():
            row = self._link.execute(_composed(query), values).fetchone() or (0, 0)
        return [row[0], row[0] - row[1], *row[2:]]

    def drop_part(self, table: str, part: str) -> bool:
        """See `Sweeping.drop_part`.

        It is detached first, because dropping what is no part of the table any more holds nobody up. Whoever wants
        the table waits behind this for some milliseconds at most: then the lock is given up, and the partition is
        detached step by step, which waits for the work under way but lets everybody read and write on. A default
        partition does not allow that; there it is tried again.
        """
        parent, child = self.place(table), self.place(part)
        with self._words():
            there = self._link.execute("select to_regclass(%s)", (child.replace("%%", "%"),)).fetchone()
            if not there or there[0] is None:
                return False
            self._detach(parent, child)
            with self._impatient():
                self._link.execute(_composed(f"drop table {child}"))
        return True

    def _detach(self, parent: str, child: str) -> None:
        state = self._link.execute(
            "select i.inhdetachpending, p.partdefid <> 0 from pg_inherits i "
            "join pg_partitioned_table p on p.partrelid = i.inhparent where i.inhrelid = to_regclass(%s)",
            (child.replace("%%", "%"),),
        ).fetchone()
        if state is None:
            return  # it is a table of its own by now
        detach = f"alter table {parent} detach partition {child}"
        pending, default = state
        if not pending:
            try:
                with self._impatient():
                    self._link.execute(_composed(detach))
            except psycopg.errors.LockNotAvailable:
                if default:
                    raise
            else:
                return
        try:
            self._link.execute(_composed(f"{detach} {'finalize' if pending else 'concurrently'}"))
        except psycopg.errors.ObjectNotInPrerequisiteState as error:
            raise StoreBusy(
                f"a partition of the store {self.name} is being detached", hint="it is tried again"
            ) from error

    @contextmanager
    def _impatient(self) -> Iterator[None]:
        """A lock that is not given at once is not waited for."""
        before = self._link.execute("show lock_timeout").fetchone()
        self._link.execute(_composed(f"set lock_timeout = {_WAIT_MILLISECONDS}"))
        try:
            yield
        finally:
            self._link.execute(
                "select set_config('lock_timeout', %s, false)", (before[0] if before else "5s",)
            )

    def likeness(self, one: Stretch, columns: Sequence[str], k: int) -> Likeness:
        """See `Sweeping.likeness`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        inner = f"select count(*) as n from {self.table(one.table)} where {where} group by {grouped(self, columns)}"
        query = (
            "select coalesce(sum(n), 0), count(*), coalesce(min(n), 0), "
            f"coalesce(sum(case when n < {k} then n else 0 end), 0) from ({inner}) s"
        )
        with self._words():
            row = self._link.execute(_composed(query), values).fetchone()
        return Likeness(*map(int, row or (0, 0, 0, 0)))

    def sweep_unlike(self, one: Stretch, columns: Sequence[str], k: int) -> int:
        """See `Sweeping.sweep_unlike`."""
        bare = Stretch(one.table, one.order, one.where, given=one.given)
        where, values = where_of(self, bare, Spelling(self, one.given))
        table, alias = self.table(one.table), named(self, one.table)
        listed = grouped(self, columns)
        rare = f"select {listed} from {table} where {where} group by {listed} having count(*) < {k}"
        alike = " and ".join(
            f"{alias}.{self.quote(name)} is not distinct from r.{self.quote(name)}" for name in columns
        )
        head = f"update {table} set {sets_of(self, one)}" if one.alters else f"delete from {table}"
        again, more = where_of(self, one, Spelling(self, one.given))
        query = f"{head} where {again} and exists (select 1 from ({rare}) r where {alike})"
        with self._words():
            return self._link.execute(_composed(query), [*more, *values]).rowcount

    def _moment(self, bound: str) -> str:
        """A bound of a partition as a moment in UTC; empty where it is none."""
        try:
            moment = datetime.fromisoformat(bound)
        except ValueError:
            return ""
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _compared(column: str, than: str, moment: str) -> SQL:
    """How the moment that a text means lies to another; NULL where it means none."""
    text, clock = f"trim({column})", datetime.fromisoformat(moment)
    second = clock.timestamp()
    cases = (
        f"when {text} ~ '{PLAIN}' then {text}::timestamp {than} %s::timestamp",
        f"when {text} ~ '{ZONED}' then {text}::timestamptz {than} %s::timestamptz",
        f"when {text} ~ '{COUNTED}' and length({text}) = 10 then {text}::int8 {than} %s::float8",
        f"when {text} ~ '{COUNTED}' then {text}::int8 {than} %s::float8",
    )
    bare = clock.replace(tzinfo=None).isoformat()
    return f"(case {' '.join(cases)} end)", [bare, moment, second, second * 1000]


def _composed(text: str) -> sql.SQL:
    return sql.SQL(text)  # built from quoted names and marks only


def _whole(field: Field) -> int:
    """Length of that text with its tail."""
    return _token(field) + len(field.tail)


def _token(field: Field) -> int:
    """Length of the random text in place of a value that must stay unique, without its tail."""
    return min((field.length or 99) - len(field.tail), 33)


def _network(column: str, field: Field) -> str:
    """The network of an address; what is no address becomes empty."""
    if field.kind == "network":
        width = f"case family({column}) when 4 then 24 else 48 end"
        return f"network(set_masklen({column}, least({width}, masklen({column}))))"
    four = _four(column)
    colon = r"^([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}$|^(?=.*::)(?!.*::.*::)(?!.*:::)([0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}$"
    none = "null" if field.nullable else "''"
    return (
        f"case when {four} then rtrim({column}, '0123456789') || '0' "
        f"when {column} ~ '{colon}' then host(network(set_masklen(({column})::inet, 48))) else {none} end"
    )


def _four(column: str) -> str:
    """That a text is written like an address of version 4; a regular expression would take ten times as long."""
    dots = f"length({column}) - length(replace({column}, '.', '')) = 3"
    return f"(translate({column}, '0123456789.', '') = '' and {dots} and right({column}, 1) <> '.')"
