"""Retention in MariaDB and MySQL: stretches of an index, so that locks are short; partitions are dropped whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pymysql.connections import Connection

from troth.model.instant import COUNTED, LEAST, MILLI, MOST, PLAIN, ZONED
from troth.model.schema import Field, Schema
from troth.model.sweep import Alter, Clause
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
from troth.stores.walk import Row, Value

_DAY_ZERO = 365  # to_days() of the day before 1 January of the year 1, Python's day 0
_FUNCTION = re.compile(r"(?:(to_days|unix_timestamp|year)\()?`?([^`()]+)`?\)?", re.IGNORECASE)


class MysqlSweep:
    """See `troth.stores.sift.Sweeping`."""

    pace = 0.010
    mark = "%s"
    unbound = ""
    schema: Schema
    name: str
    _link: Connection[Any]

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

        def _rows(self, query: str, values: Sequence[Value]) -> Iterator[Row]: ...

        def _words(self) -> AbstractContextManager[None]: ...

    def rest(self, took: float) -> float:  # noqa: ARG002 - others wait for rows and not for the whole database
        """See `Sweeping.rest`."""
        return 0.0

    def earlier(self, column: str, field: Field, before: str, *, sure: bool = False) -> SQL:
        """See `Tongue.earlier`; times without a zone are UTC, and the year 0 is no moment."""
        moment = datetime.fromisoformat(before)
        second = moment.timestamp()
        if field.kind in {"integer", "number"}:
            return (
                f"({column} < %s and (({column} >= {LEAST} and {column} < {MILLI} and {column} < %s) "
                f"or {column} >= {MILLI}))"
            ), [int(second * 1000), second]
        if field.kind == "text":
            return _compared(column, "<", moment)
        if field.type.upper().startswith("TIMESTAMP"):
            bound = f"{column} < from_unixtime(%s)"
            return (f"({bound})" if sure else f"({bound} and {column} > from_unixtime(1))"), [f"{second:.6f}"]
        form = "%Y-%m-%d" if field.kind == "date" else "%Y-%m-%d %H:%M:%S.%f"
        bound = f"{column} < %s"
        return (f"({bound})" if sure else f"({bound} and {column} > '1000-01-01')"), [moment.strftime(form)]

    def later(self, column: str, field: Field, now: str) -> SQL:
        """See `Tongue.later`; the year 0 is no moment."""
        moment = datetime.fromisoformat(now)
        second = moment.timestamp()
        if field.kind in {"integer", "number"}:
            seconds = f"when {column} >= {LEAST} and {column} < {MILLI} then {column} > %s"
            millis = f"when {column} >= {MILLI} and {column} < {MOST} then {column} > %s"
            return f"(case {seconds} {millis} end)", [second, second * 1000]
        if field.kind not in {"time", "date"}:
            return _compared(column if field.kind == "text" else self.text(column), ">", moment)
        if field.type.upper().startswith("TIMESTAMP"):
            return f"(case when {column} > from_unixtime(1) then {column} > from_unixtime(%s) end)", [
                f"{second:.6f}"
            ]
        form = "%Y-%m-%d" if field.kind == "date" else "%Y-%m-%d %H:%M:%S.%f"
        return f"(case when {column} > '1000-01-01' then {column} > %s end)", [moment.strftime(form)]

    def readable(self, column: str, field: Field) -> str:
        """See `Tongue.readable`; the year 0 stands for no moment as the number does."""
        if field.kind in {"integer", "number"}:
            return f"({column} = 0 or {column} >= {LEAST} and {column} < {MOST})"
        if field.kind in {"time", "date"}:
            return "(1=1)"
        text = f"trim({column if field.kind == 'text' else self.text(column)})"
        return f"({text} regexp '{PLAIN}' or {text} regexp '{ZONED}' or {text} regexp '{COUNTED}')"

    def become(self, column: str, field: Field, how: Alter) -> str:
        """See `Tongue.become`."""
        match how.how:
            case "null":
                return "null"
            case "empty":
                return "'{}'" if field.kind == "json" else "''"
            case "token":
                return f"concat('~', substr(md5(concat(uuid(), rand())), 1, {_token(field) - 1}), '{field.tail}')"
            case "network":
                return _network(column, field)
            case "month" | "year":
                form = "%%Y-%%m-01" if how.how == "month" else "%%Y-01-01"
                kind = "date" if field.kind == "date" else "datetime"
                return f"cast(date_format({column}, '{form}') as {kind})"
            case "place":
                return f"round({column}, 1)"
            case _:
                return zero(field)

    def differs(self, column: str, field: Field, how: Alter) -> str:
        """See `Tongue.differs`."""
        if how.how == "token":
            return f"not coalesce({column} like '~%%{field.tail}' and char_length({column}) = {_whole(field)}, false)"
        if how.how == "network" and field.kind == "text":
            return f"not (binary {column} <=> binary {self.become(column, field, how)})"
        return f"not ({column} <=> {self.become(column, field, how)})"

    @contextmanager
    def eased(self) -> Iterator[None]:
        """See `Sweeping.eased`; the server decides for everybody how it waits for the disk."""
        yield

    def tally(self, one: Stretch, counted: Sequence[Clause]) -> list[int]:
        """See `Sweeping.tally`."""
        spelling = Spelling(self, one.given)
        columns, head = counted_of(self, one, counted, spelling)
        where, values = where_of(self, one, spelling)
        row = self._one(f"select {columns} from {self.table(one.table)} where {where}", [*head, *values])
        return [int(str(number or 0)) for number in row]

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
        row = self._one(
            f"select {columns}, min({key}), max({key}) from {self.table(one.table)} where {where}",
            [*head, *values],
        )
        *counts, least, most = (int(str(number or 0)) for number in row)
        return counts, least, most

    def remains(self, one: Stretch) -> bool:
        """See `Sweeping.remains`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        return bool(self._one(f"select 1 from {self.table(one.table)} where {where} limit 1", values))

    def edge(self, one: Stretch, size: int) -> Row | None:
        """See `Sweeping.edge`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        columns = order_of(self, one)
        told = ", ".join(f"cast({column} as char)" for column in columns)
        found = self._one(
            f"select {told} from {self.table(one.table)} where {where} "
            f"order by {', '.join(columns)} limit 1 offset {size - 1}",
            values,
        )
        return found or None

    def keys(self, one: Stretch) -> Iterator[Row]:
        """See `Sweeping.keys`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        columns = ", ".join(f"cast({column} as char)" for column in order_of(self, one))
        yield from self._rows(f"select {columns} from {self.table(one.table)} where {where}", values)

    def sweep(self, one: Stretch) -> int:
        """See `Sweeping.sweep`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        table = self.table(one.table)
        head = f"update {table} set {sets_of(self, one)}" if one.alters else f"delete from {table}"
        return self._write(f"{head} where {where}", values)

    def parts(self, table: str, column: str) -> list[Part]:
        """See `Sweeping.parts`."""
        with self._words(), self._link.cursor() as cursor:
            cursor.execute(
                "select distinct partition_name, partition_method, partition_expression, partition_description "
                "from information_schema.partitions where table_schema = database() and table_name = %s "
                "and partition_name is not null",
                (table,),
            )
            rows = cursor.fetchall()
        found = []
        for name, method, expression, bound in rows:
            match = _FUNCTION.fullmatch(str(expression or ""))
            if match is None or match.group(2) != column or not str(method).startswith("RANGE"):
                return []
            if before := _upper(str(match.group(1) or "").lower(), str(bound)):
                found.append(Part(str(name), before))
        return sorted(found, key=lambda part: part.before)

    def part_tally(self, one: Stretch, part: str, counted: Sequence[Clause]) -> list[int]:
        """See `Sweeping.part_tally`."""
        columns, values = part_of(one, counted, Spelling(self, one.given), named(self, one.table))
        row = self._one(
            f"select {columns} from {self.table(one.table)} partition ({self.quote(part)})", values
        )
        rows, passing, *others = (int(str(number or 0)) for number in row)
        return [rows, rows - passing, *others]

    def drop_part(self, table: str, part: str) -> bool:
        """See `Sweeping.drop_part`; it does not wait for a lock, because everybody would wait behind it."""
        there = self._one(
            "select count(*) from information_schema.partitions "
            "where table_schema = database() and table_name = %s and partition_name = %s",
            [table, part],
        )
        if not there[0]:
            return False
        nowait = "nowait" if "maria" in str(self._one("select version()", [])[0]).lower() else ""
        self._write(f"alter table {self.table(table)} {nowait} drop partition {self.quote(part)}", [])
        return True

    def likeness(self, one: Stretch, columns: Sequence[str], k: int) -> Likeness:
        """See `Sweeping.likeness`."""
        where, values = where_of(self, one, Spelling(self, one.given))
        inner = f"select count(*) as n from {self.table(one.table)} where {where} group by {grouped(self, columns)}"
        row = self._one(
            "select coalesce(sum(n), 0), count(*), coalesce(min(n), 0), "
            f"coalesce(sum(case when n < {k} then n else 0 end), 0) from ({inner}) s",
            values,
        )
        rows, groups, smallest, short = (int(str(number or 0)) for number in row)
        return Likeness(rows, groups, smallest, short)

    def sweep_unlike(self, one: Stretch, columns: Sequence[str], k: int) -> int:
        """See `Sweeping.sweep_unlike`."""
        bare = Stretch(one.table, one.order, one.where, given=one.given)
        where, values = where_of(self, bare, Spelling(self, one.given))
        table, alias = self.table(one.table), named(self, one.table)
        listed = grouped(self, columns)
        rare = f"select {listed} from {table} where {where} group by {listed} having count(*) < {k}"
        alike = " and ".join(f"{alias}.{self.quote(name)} <=> r.{self.quote(name)}" for name in columns)
        head = f"update {table} set {sets_of(self, one)}" if one.alters else f"delete from {table}"
        again, more = where_of(self, one, Spelling(self, one.given))
        query = f"{head} where {again} and exists (select 1 from ({rare}) r where {alike})"
        return self._write(query, [*more, *values])

    def _one(self, query: str, values: Sequence[Value]) -> Row:
        with self._words(), self._link.cursor() as cursor:
            cursor.execute(query, tuple(values))
            return tuple(cursor.fetchone() or ())

    def _write(self, query: str, values: Sequence[Value]) -> int:
        with self._words(), self._link.cursor() as cursor:
            return int(cursor.execute(query, tuple(values)))


def _compared(column: str, than: str, moment: datetime) -> SQL:
    """How the moment that a text means lies to another; NULL where it means none."""
    text = f"trim({column})"
    clock, second = moment.replace(tzinfo=None).isoformat(" "), moment.timestamp()
    # The zone: Z, or a sign and hours, and minutes after a colon or none.
    zone = f"regexp_substr({text}, '(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')"
    bare = f"left({text}, char_length({text}) - char_length({zone}))"
    least = f"if(char_length({zone}) > 3, right({zone}, 2), 0)"
    off = f"if({zone} = 'Z', 0, if(left({zone}, 1) = '-', -1, 1) * (substr({zone}, 2, 2) * 60 + {least}))"
    cases = (
        f"when {text} regexp '{PLAIN}' then cast({text} as datetime(6)) {than} %s",
        f"when {text} regexp '{ZONED}' then cast({bare} as datetime(6)) - interval ({off}) minute {than} %s",
        f"when {text} regexp '{COUNTED}' and char_length({text}) = 10 then cast({text} as signed) {than} %s",
        f"when {text} regexp '{COUNTED}' then cast({text} as signed) {than} %s",
    )
    return f"(case {' '.join(cases)} end)", [clock, clock, second, second * 1000]


def _whole(field: Field) -> int:
    """Length of that text with its tail."""
    return _token(field) + len(field.tail)


def zero(field: Field) -> str:
    """What stands for zero in a column; a TIMESTAMP begins one second after 1970 began in UTC."""
    address = "'::'" if field.type.upper() == "INET6" else "'0.0.0.0'"
    zeros = {
        "time": "'1970-01-02 00:00:00'", "date": "'1970-01-01'", "network": address,
        "uuid": "'00000000-0000-0000-0000-000000000000'",
    }  # fmt: skip
    return zeros.get(field.kind, "0")


def _token(field: Field) -> int:
    """Length of the random text in place of a value that must stay unique, without its tail."""
    return min((field.length or 99) - len(field.tail), 33)


def _network(column: str, field: Field) -> str:
    """The network of an address; what is no address becomes empty."""
    bytes_ = f"inet6_aton({column})" if field.kind == "text" else f"inet6_aton(cast({column} as char))"
    none = "null" if field.nullable else "''" if field.kind == "text" else "'::'"
    return (
        f"case length({bytes_}) when 4 then inet6_ntoa(concat(left({bytes_}, 3), unhex('00'))) "
        f"when 16 then inet6_ntoa(concat(left({bytes_}, 6), unhex('{'00' * 10}'))) else {none} end"
    )


def _upper(function: str, bound: str) -> str:
    """The moment before which everything of a partition lies; empty where it has none."""
    text = bound.strip("'")
    try:
        match function:
            case "to_days":
                day = date.fromordinal(int(text) - _DAY_ZERO)
                return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()
            case "unix_timestamp":
                return datetime.fromtimestamp(int(text), UTC).isoformat()
            case "year":
                return datetime(int(text), 1, 1, tzinfo=UTC).isoformat()
            case _:
                return datetime.fromisoformat(text).replace(tzinfo=UTC).isoformat()
    except (ValueError, OverflowError, OSError):  # MAXVALUE, or beyond the calendar
        return ""
