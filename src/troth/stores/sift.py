"""What a retention sweep asks of a store, and the SQL of its tests of rows, spelled by each engine's tongue.

tally      how many rows, and how many of them pass further tests; `extent` between which keys, too
edge       the key up to which the next so many rows stand
sweep      delete or change the rows of a stretch of keys, in one short transaction
parts      partitions of a period, or tables of one; dropped whole by `drop_part`
likeness   how many rows look alike (k-anonymity); `sweep_unlike` deletes or empties the rest
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, runtime_checkable

from troth.model.datamap import Condition
from troth.model.schema import Field, Schema
from troth.model.sweep import (
    Alter,
    Among,
    Cell,
    Clause,
    Either,
    Every,
    Hop,
    Known,
    Neither,
    Number,
    Past,
    Referred,
    Unread,
    Unsure,
    Way,
)
from troth.stores.chain import field_of
from troth.stores.walk import Row, Value

Given: TypeAlias = Mapping[str, Sequence[Row]]
"""Keys by the name that an `Among` has."""
ANYBODY = "?"
SQL: TypeAlias = tuple[str, list[Value]]
"""A text and the values of its marks."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a table that pass a test, between two keys.

    Attributes:
        table: the table.
        order: the columns that rows are ordered by; the last ones name a row.
        where: the test.
        alters: what the rows become; empty: they go.
        after, upto: the keys between which they stand, the first one not included; None: no bound.
        given: keys that the test asks for.
    """

    table: str
    order: tuple[str, ...]
    where: Clause
    alters: tuple[Alter, ...] = ()
    after: Row | None = None
    upto: Row | None = None
    given: Given = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A partition, or a table of one period.

    Attributes:
        name: its name.
        before: every moment in it lies before this one, RFC 3339.
        bounded: the database itself sees to that.
    """

    name: str
    before: str
    bounded: bool = True


@dataclass(frozen=True, slots=True)
class Likeness:
    """How rows look alike by some columns: rows, groups of equal ones, the smallest group, rows in groups below k."""

    rows: int
    groups: int
    smallest: int
    short: int


@runtime_checkable
class Sweeping(Protocol):
    """What a store does for a retention sweep; every call is a transaction of its own."""

    pace: float
    """Seconds that a write should take, so that nobody waits for its rows for 20 ms."""

    def rest(self, took: float) -> float:
        """How long to pause after a write that took so long, so that other writers get their turn; both in seconds."""
        ...

    def eased(self) -> AbstractContextManager[None]:
        """Writes inside need not wait for the disk one by one; all of them are durable at the end."""
        ...

    def tally(self, one: Stretch, counted: Sequence[Clause]) -> list[int]:
        """The rows of a stretch, then for each further test the number of them that certainly or possibly pass it.

        For a stretch with `alters` only rows that would change count.
        """
        ...

    def extent(self, one: Stretch, counted: Sequence[Clause], near: str = "") -> tuple[list[int], int, int]:
        """As `tally`, with the least and the greatest key of the rows, which are whole numbers.

        Args:
            one: the rows.
            counted: further tests.
            near: an indexed column that alone decides which rows they are. The keys may then be those of its first
                and last row, which are the right ones where keys follow it, and save a pass over the rows.
        """
        ...

    def remains(self, one: Stretch) -> bool:
        """Whether a stretch has a row."""
        ...

    def edge(self, one: Stretch, size: int) -> Row | None:
        """The key of the row number `size` of a stretch in its order; None where it has fewer rows."""
        ...

    def keys(self, one: Stretch) -> Iterator[Row]:
        """The keys of the rows of a stretch by its `order`, in no order, while they come; the same in every run."""
        ...

    def sweep(self, one: Stretch) -> int:
        """Delete or change the rows of a stretch; gives how many.

        Raises:
            StoreRefused: the database does not let it happen.
            StoreBusy: a lock was not given in time; nothing happened.
        """
        ...

    def parts(self, table: str, column: str) -> list[Part]:
        """The partitions of a table by ranges of one column of moments, and periods that a table of its own holds."""
        ...

    def part_tally(self, one: Stretch, part: str, counted: Sequence[Clause]) -> list[int]:
        """The rows of a partition, those that do not certainly pass the test of the stretch, then as for `tally`.

        Where some do not pass, the rest may count them or not.
        """
        ...

    def drop_part(self, table: str, part: str) -> bool:
        """Drop a partition; False where it is gone already.

        Raises:
            StoreBusy: somebody works on the table; nothing happened.
        """
        ...

    def likeness(self, one: Stretch, columns: Sequence[str], k: int) -> Likeness:
        """How the rows of a stretch look alike by some columns."""
        ...

    def sweep_unlike(self, one: Stretch, columns: Sequence[str], k: int) -> int:
        """Delete (or change as `alters` says) the rows of a stretch that look like fewer than k."""
        ...


class Tongue(Protocol):
    """How an engine spells what a test of rows needs."""

    schema: Schema
    mark: str
    unbound: str
    """What stands before a column so that the planner seeks no index for it; empty where it uses all bounds at once."""

    def table(self, name: str) -> str:
        """The quoted name of a table."""
        ...

    def quote(self, name: str) -> str:
        """The quoted name of a column."""
        ...

    def text(self, expression: str) -> str:
        """The expression as text."""
        ...

    def earlier(self, column: str, field: Field, before: str, *, sure: bool = False) -> SQL:
        """That the moment in a column lies before another; false or NULL where it is none.

        Args:
            column: how the statement calls it.
            field: what it is.
            before: the other moment, RFC 3339.
            sure: it is a moment for certain, so that nobody has to look.
        """
        ...

    def later(self, column: str, field: Field, now: str) -> SQL:
        """That the moment in a column lies after another, RFC 3339; NULL where it is none."""
        ...

    def readable(self, column: str, field: Field) -> str:
        """That a column, which is not NULL, holds a moment, or the number 0, which stands for none."""
        ...

    def differs(self, column: str, field: Field, how: Alter) -> str:
        """That a column does not hold what it is to become."""
        ...

    def become(self, column: str, field: Field, how: Alter) -> str:
        """What a column becomes."""
        ...


class Spelling:
    """Writes the tests of one statement; names the relations of its sub-queries."""

    def __init__(self, tongue: Tongue, given: Given) -> None:
        self._tongue, self._given, self._number = tongue, given, 0
        self.bounded = False
        """Keys bound the rows already, so that the test itself is no bound by which an index is read."""
        self.proven: frozenset[str] = frozenset()
        """Columns of the row that hold a moment for certain, because another test has looked."""

    def clause(self, table: str, alias: str, one: Clause) -> SQL:
        """The SQL of a test of rows of `table`, which the statement calls `alias`."""
        match one:
            case Known(value):
                return ("(1=1)" if value else "(1=0)" if value is False else "(1=null)"), []
            case Neither(part):
                text, values = self.clause(table, alias, part)
                return f"(not {text})", values
            case Every(parts) | Either(parts):
                glue = " and " if isinstance(one, Every) else " or "
                told = [self.clause(table, alias, part) for part in parts]
                text = glue.join(text for text, _ in told) or ("1=1" if isinstance(one, Every) else "1=0")
                return f"({text})", [value for _, some in told for value in some]
            case Unsure(part):
                text, values = self.clause(table, alias, part)
                return f"({text} is null)", values
            case Referred():
                return self._referred(alias, one)
            case Past() | Number() | Among() | Unread() if one.way:
                end, name, source, values = self._walk(table, alias, one.way)
                text, more = self._leaf(end, name, one)
                return f"exists (select 1 from {source} and {text})", [*values, *more]
            case Cell() if one.way:
                return self._far_cell(table, alias, one)
            case _:
                return self._leaf(table, alias, one)

    def _leaf(self, table: str, alias: str, one: Clause) -> SQL:
        tongue = self._tongue
        match one:
            case Past():
                column = f"{alias}.{tongue.quote(one.column)}"
                if self.bounded and not one.way:
                    column = tongue.unbound + column
                sure = not one.way and one.column in self.proven
                return tongue.earlier(
                    column, field_of(tongue.schema, table, one.column), one.before, sure=sure
                )
            case Number():
                return f"({alias}.{tongue.quote(one.column)} {one.op} {tongue.mark})", [one.value]
            case Among():
                return self._among(table, alias, one)
            case Unread():
                column = f"{alias}.{tongue.quote(one.column)}"
                known = field_of(tongue.schema, table, one.column)
                return f"({column} is not null and not {tongue.readable(column, known)})", []
            case Cell():
                text, values = self._cell(table, alias, one)
                return f"({text} = 1)", values
            case _:
                raise AssertionError(one)

    def _among(self, table: str, alias: str, one: Among) -> SQL:
        tongue = self._tongue
        rows = self._given.get(one.name, ())
        if not rows:
            return "(1=0)", []
        if one.name == ANYBODY or not rows[0]:  # a row without a cell: nobody can tell which they are
            return "(1=null)", []
        columns = [f"{alias}.{tongue.quote(name)}" for name in one.columns]
        if any(field_of(tongue.schema, table, name).kind != "text" for name in one.columns):
            columns = [tongue.text(column) for column in columns]
        values = [str(value) for row in rows for value in row]
        if len(columns) == 1:
            return f"({columns[0]} in ({', '.join([tongue.mark] * len(values))}))", list(values)
        each = " and ".join(f"{column} = {tongue.mark}" for column in columns)
        return "(" + " or ".join([f"({each})"] * len(rows)) + ")", list(values)

    def _cell(self, table: str, alias: str, one: Cell) -> SQL:
        """1, 0 or NULL: what a cell says."""
        tongue = self._tongue
        column = f"{alias}.{tongue.quote(one.column)}"
        found = field_of(tongue.schema, table, one.column)
        word = f"lower(trim({column if found.kind == 'text' else tongue.text(column)}))"
        # MariaDB keeps a zero date where nothing has happened and NULL is not allowed.
        dated = found.kind in {"time", "date"} or (one.now and found.kind == "text")
        nil = f" or substr({word}, 1, 10) = '0000-00-00'" if dated else ""
        parts = [f"when {column} is null or {word} = ''{nil} then {_truth(one.empty)}"]
        values: list[Value] = []
        for words, says in ((one.yes, 1), (one.no, 0)):
            if words:
                parts.append(f"when {word} in ({', '.join([tongue.mark] * len(words))}) then {says}")
                values += words
        if one.now:
            text, more = tongue.later(column, found, one.now)
            past, future = (one.other if says is None else says for says in (one.past, one.future))
            parts.append(f"when {text} then {_truth(future)} when not {text} then {_truth(past)}")
            values += [*more, *more]
        return f"(case {' '.join(parts)} else {_truth(None if one.now else one.other)} end)", values

    def _far_cell(self, table: str, alias: str, one: Cell) -> SQL:
        """What the cells of other rows say: true if one says so, else not known if one says nothing, else false."""
        end, name, source, values = self._walk(table, alias, one.way)
        text, more = self._cell(end, name, one)
        said = f"case when max({text}) = 1 then 1 when count(*) > count({text}) then null else 0 end"
        # The marks of the cell come first, because it stands before the relations.
        return f"((select {said} from {source}) = 1)", [*more, *more, *values]

    def _walk(self, table: str, alias: str, way: Way) -> tuple[str, str, str, list[Value]]:
        """The last table of a way, its alias, and the relations with a WHERE that ties them to the row."""
        tongue, before, text, where = self._tongue, (table, alias), "", [""]
        values: list[Value] = []
        for hop in way:
            self._number += 1
            name = f"s{self._number}"
            tied = " and ".join(self._equal(before, (hop.table, name), pair) for pair in hop.pairs)
            text = f"{text} join {tongue.table(hop.table)} {name} on {tied}" if text else ""
            if not text:
                text, where = f"{tongue.table(hop.table)} {name}", [tied]
            for place, condition in self._conditions(before, (hop.table, name), hop):
                clause = self._condition(*place, condition)
                where.append(clause)
                values += condition.values
            before = (hop.table, name)
        return before[0], before[1], f"{text} where {' and '.join(where)}", values

    def _conditions(
        self, before: tuple[str, str], here: tuple[str, str], hop: Hop
    ) -> list[tuple[tuple[str, str], Condition]]:
        return [*((before, one) for one in hop.before), *((here, one) for one in hop.here)]

    def _condition(self, table: str, alias: str, one: Condition) -> str:
        tongue = self._tongue
        column = f"{alias}.{tongue.quote(one.column)}"
        if field_of(tongue.schema, table, one.column).kind != "text":
            column = tongue.text(column)
        return f"{column} in ({', '.join([tongue.mark] * len(one.values))})"

    def _equal(self, before: tuple[str, str], here: tuple[str, str], pair: tuple[str, str]) -> str:
        tongue = self._tongue
        one, other = field_of(tongue.schema, before[0], pair[0]), field_of(tongue.schema, here[0], pair[1])
        left, right = f"{before[1]}.{tongue.quote(pair[0])}", f"{here[1]}.{tongue.quote(pair[1])}"
        if one.kind == other.kind or {one.kind, other.kind} <= {"integer", "number"}:
            return f"{right} = {left}"
        return f"{tongue.text(right)} = {tongue.text(left)}"

    def _referred(self, alias: str, one: Referred) -> SQL:
        self._number += 1
        name = f"s{self._number}"
        tongue = self._tongue
        parts = [f"{name}.{tongue.quote(there)} = {alias}.{tongue.quote(here)}" for there, here in one.pairs]
        values: list[Value] = []
        for condition in one.conditions:
            parts.append(self._condition(one.table, name, condition))
            values += condition.values
        return f"exists (select 1 from {tongue.table(one.table)} {name} where {' and '.join(parts)})", values


def _truth(value: bool | None) -> str:
    return "null" if value is None else "1" if value else "0"


def named(tongue: Tongue, table: str) -> str:
    """How a statement calls the rows of its own table: by the name of the table, without its schema."""
    return tongue.quote(table.rpartition(".")[2])


def where_of(tongue: Tongue, one: Stretch, spelling: Spelling) -> SQL:
    """The WHERE of a stretch: its test, its bounds, and for changes that something would change."""
    alias = named(tongue, one.table)
    spelling.bounded = one.upto is not None
    text, values = spelling.clause(one.table, alias, one.where)
    parts = [text]
    columns = [f"{alias}.{tongue.quote(name)}" for name in one.order]
    if one.after is not None:
        parts.append(_beyond(columns, tongue.mark, ">"))
        values += _marks(one.after)
    if one.upto is not None:
        parts.append(_beyond(columns, tongue.mark, "<"))
        values += _marks(one.upto)
    if one.alters:
        parts.append(changed(tongue, one))
    return " and ".join(parts), values


def changed(tongue: Tongue, one: Stretch) -> str:
    """That a row does not hold yet what it is to become."""
    alias = named(tongue, one.table)
    differing = [
        tongue.differs(
            f"{alias}.{tongue.quote(each.column)}", field_of(tongue.schema, one.table, each.column), each
        )
        for each in sorted(one.alters, key=lambda each: each.how != "null")  # the cheap ones first
    ]
    return f"({' or '.join(differing)})"


def sets_of(tongue: Tongue, one: Stretch) -> str:
    """The SET of a stretch."""
    return ", ".join(
        f"{tongue.quote(each.column)} = "
        + tongue.become(tongue.quote(each.column), field_of(tongue.schema, one.table, each.column), each)
        for each in one.alters
    )


def _beyond(columns: Sequence[str], mark: str, sign: str) -> str:
    """A tuple beyond another, written so that every engine can use an index on the first column."""
    equal = "=" if sign == "<" else ""
    inner = f"{columns[-1]} {sign}{equal} {mark}"
    for column in reversed(columns[:-1]):
        inner = f"{column} {sign}= {mark} and ({column} {sign} {mark} or ({inner}))"
    return f"({inner})"


def _marks(row: Row) -> list[Value]:
    """The values of the marks of `_beyond`."""
    return [*(value for one in row[:-1] for value in (one, one)), row[-1]]


def order_of(tongue: Tongue, one: Stretch) -> list[str]:
    """The columns a stretch is ordered by, as the statement calls them."""
    return [f"{named(tongue, one.table)}.{tongue.quote(name)}" for name in one.order]


def counted_of(tongue: Tongue, one: Stretch, counted: Sequence[Clause], spelling: Spelling) -> SQL:
    """The columns of a tally: all rows, then for each test those that it does not certainly exclude."""
    texts: list[str] = ["count(*)"]
    values: list[Value] = []
    spelling.proven = frozenset(_moments(one.where))
    for clause in counted:
        if clause == one.where:
            texts.append("count(*)")
            continue
        text, some = spelling.clause(one.table, named(tongue, one.table), clause)
        texts.append(f"count(case when not {text} then null else 1 end)")
        values += some
    spelling.proven = frozenset()
    return ", ".join(texts), values


def part_of(one: Stretch, counted: Sequence[Clause], spelling: Spelling, name: str) -> SQL:
    """The columns of a tally of a partition: all rows, those that certainly pass, then as `counted_of`."""
    text, values = spelling.clause(one.table, name, one.where)
    texts = ["count(*)", f"count(case when {text} then 1 end)"]
    for clause in counted:
        text, some = spelling.clause(one.table, name, clause)
        texts.append(f"count(case when not {text} then null else 1 end)")
        values += some
    return ", ".join(texts), values


def _moments(one: Clause) -> Iterator[str]:
    """The columns that hold a moment in every row that passes a test."""
    match one:
        case Past(way=(), column=column):
            yield column
        case Every(parts):
            for part in parts:
                yield from _moments(part)
        case _:
            return


def grouped(tongue: Tongue, columns: Sequence[str]) -> str:
    """The columns of a GROUP BY."""
    return ", ".join(map(tongue.quote, columns))
