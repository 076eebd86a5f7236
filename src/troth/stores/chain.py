"""The SQL text of a walk: the joins that are the same in every engine, spelled by the engine's dialect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from troth.model.datamap import Condition, Link
from troth.model.schema import Field, Schema
from troth.stores.walk import Value, Walk

Texts: TypeAlias = dict[tuple[str, Walk, str], tuple[str, str, tuple[Value, ...]]]
"""Statements that were worked out before, by what they are for, walk and given relation: a plan asks the same again."""
_MOST_TEXTS = 500
_NUMBERS = frozenset({"integer", "number"})
_WRITTEN = frozenset({"json", "array"})


class Dialect(Protocol):
    """How an engine spells what a walk needs."""

    schema: Schema
    join: str
    mark: str
    texts: Texts

    def table(self, name: str) -> str:
        """The quoted name of a table."""
        ...

    def quote(self, name: str) -> str:
        """The quoted name of a column."""
        ...

    def text(self, expression: str) -> str:
        """The expression as text."""
        ...

    def alike(self, left: str, right: str) -> str:
        """The condition that two texts are the same letters; case may be left to the database."""
        ...

    def exact(self, left: str, right: str) -> str:
        """The condition that two texts are the same letters in the same case, whatever a collation takes for equal."""
        ...

    def written(self, left: str, right: str) -> str:
        """The condition that two values of JSON or arrays are written alike, where the database may know no equality."""
        ...


def field_of(schema: Schema, table: str, column: str) -> Field:
    """What the database says of a column; text where it says nothing."""
    # Asked for every statement, and hardly any schema has such views.
    view = next((one for one in schema.copied if one.name == table), None) if schema.copied else None
    return (view or schema.relation(table)).field(column) or Field(column)


def given_fields(schema: Schema, walk: Walk) -> list[Field]:
    """The columns that given values are compared with."""
    table = walk.table if walk.upward else walk.tables[-1]
    return [field_of(schema, table, column) for column in walk.fixed]


def by_position(dialect: Dialect, walk: Walk) -> str:
    """The ORDER BY that gives rows asked for by key in the order of the keys; empty for every other walk."""
    by_key = not walk.joins and dialect.schema.relation(walk.table).identifies(walk.fixed)
    return " order by g.p" if by_key else ""


def wanted_table(walk: Walk) -> str:
    """The table whose columns are asked for."""
    return walk.tables[-1] if walk.upward else walk.table


def source(dialect: Dialect, walk: Walk, given: str) -> tuple[str, str, tuple[Value, ...]]:
    """The FROM clause of a walk.

    Args:
        dialect: how the engine spells it.
        walk: what is asked.
        given: SQL of the relation `(p, v1, v2, ...)` of given values; empty for a guess.

    Returns:
        FROM with WHERE, the alias of the row whose columns are wanted, and the values of its marks. The alias
        of the row whose columns are fixed is `tN` or `t0`, see `fixed_alias`.
    """
    return known(dialect, ("source", walk, given), lambda: _source(dialect, walk, given))


def known(
    dialect: Dialect,
    asked: tuple[str, Walk, str],
    work: Callable[[], tuple[str, str, tuple[Value, ...]]],
) -> tuple[str, str, tuple[Value, ...]]:
    """A statement, or a part of one, as it was worked out before, or is now."""
    if asked[2] and not asked[2].startswith("("):
        return work()  # a table of given values, whose name never comes again
    found = dialect.texts.get(asked)
    if found is None:
        if len(dialect.texts) >= _MOST_TEXTS:
            dialect.texts.clear()
        found = dialect.texts[asked] = work()
    return found


def _source(dialect: Dialect, walk: Walk, given: str) -> tuple[str, str, tuple[Value, ...]]:
    aliases = [f"t{number}" for number in range(len(walk.joins) + 1)]
    ends = _ends(dialect, walk, aliases[0 if walk.upward else -1]) if given else []
    order = list(range(len(aliases))) if walk.upward else list(reversed(range(len(aliases))))
    parts: list[str] = [f"{given} g"] if given else []
    for place, number in enumerate(order):
        table = f"{dialect.table(walk.tables[number])} {aliases[number]}"
        on = ends if place == 0 else []
        if place:
            on = _equal(dialect, walk.joins[min(number, order[place - 1])], min(number, order[place - 1]))
        parts.append(f"{dialect.join if parts else ''} {table}{' on ' + ' and '.join(on) if on else ''}")
    where, values = _conditions(dialect, walk)
    text = " ".join(parts) + (f" where {' and '.join(where)}" if where else "")
    return text, aliases[-1 if walk.upward else 0], tuple(values)


def parted(dialect: Dialect, walk: Walk, given: str) -> tuple[str, str, tuple[Value, ...]]:
    """A walk for a statement that writes its near table `t0`.

    Returns:
        The other relations, the condition that ties `t0` to them, and the values of its marks.
    """
    return known(dialect, ("parted", walk, given), lambda: _parted(dialect, walk, given))


def _parted(dialect: Dialect, walk: Walk, given: str) -> tuple[str, str, tuple[Value, ...]]:
    last = len(walk.joins)
    ends = _ends(dialect, walk, f"t{last}")
    parts = [f"{given} g"]
    for number in range(last, 0, -1):
        on = ends if number == last else _equal(dialect, walk.joins[number], number)
        table = f"{dialect.table(walk.tables[number])} t{number}"
        parts.append(f"{dialect.join} {table} on {' and '.join(on)}")
    tied = _equal(dialect, walk.joins[0], 0) if walk.joins else ends
    where, values = _conditions(dialect, walk)
    return " ".join(parts), " and ".join([*tied, *where]), tuple(values)


def fixed_alias(walk: Walk) -> str:
    """The alias of the table whose columns are fixed."""
    return "t0" if walk.upward else f"t{len(walk.joins)}"


def _ends(dialect: Dialect, walk: Walk, alias: str) -> list[str]:
    """The conditions that a row's fixed columns are the given values."""
    table = walk.table if walk.upward else walk.tables[-1]
    pairs = [(f"{alias}.{dialect.quote(name)}", f"g.v{n}") for n, name in enumerate(walk.fixed, 1)]
    if walk.exact:
        return [
            as_read(dialect, field_of(dialect.schema, table, name), *pair)
            for name, pair in zip(walk.fixed, pairs, strict=True)
        ]
    loose = _declared(dialect, table, walk.fixed)
    return [
        dialect.alike(*pair)
        if not loose and field_of(dialect.schema, table, name).kind == "text"
        else f"{pair[0]} = {pair[1]}"
        for name, pair in zip(walk.fixed, pairs, strict=True)
    ]


def as_read(dialect: Dialect, field: Field, here: str, given: str) -> str:
    """The condition that a cell is what was read from it before.

    Args:
        dialect: how the engine spells it.
        field: what the database says of its column.
        here: the cell.
        given: what was read.
    """
    if field.kind in _WRITTEN:
        return dialect.written(here, given)
    return dialect.exact(here, given) if field.kind == "text" else f"{here} = {given}"


def _declared(dialect: Dialect, table: str, columns: Sequence[str]) -> bool:
    """Whether columns are a foreign key that the database itself keeps: what it takes for equal is one row then."""
    return any(one.columns == tuple(columns) for one in dialect.schema.relation(table).foreign)


def _equal(dialect: Dialect, link: Link, near: int) -> list[str]:
    exact = link.arrow != "->"
    return [
        same(
            dialect,
            (f"t{near}.{dialect.quote(here)}", field_of(dialect.schema, link.table, here)),
            (f"t{near + 1}.{dialect.quote(there)}", field_of(dialect.schema, link.target, there)),
            exact=exact,
        )
        for here, there in zip(link.columns, link.target_columns, strict=True)
    ]


def same(dialect: Dialect, here: tuple[str, Field], there: tuple[str, Field], *, exact: bool = False) -> str:
    """The condition that two columns are equal, as text where the database would not compare them.

    Args:
        dialect: how the engine spells it.
        here: a column and what the database says of it.
        there: the other one.
        exact: whether the same letters are meant, where a collation takes others for equal too.
    """
    (left, one), (right, other) = here, there
    if exact and one.kind == other.kind == "text":
        return dialect.alike(left, right)
    if one.kind == other.kind or {one.kind, other.kind} <= _NUMBERS:
        return f"{left} = {right}"
    return f"{dialect.text(left)} = {dialect.text(right)}"


def placed(dialect: Dialect, walk: Walk) -> list[tuple[int, Condition]]:
    """Every condition with the number of the table it is about."""
    found = [(len(walk.joins), condition) for condition in walk.conditions]
    for number, link in enumerate(walk.joins):
        here = dialect.schema.relation(link.table)
        found += [
            (number if here.field(condition.column) else number + 1, condition)
            for condition in link.conditions
        ]
    return found


def _conditions(dialect: Dialect, walk: Walk) -> tuple[list[str], list[Value]]:
    where: list[str] = []
    values: list[Value] = []
    for number, condition in placed(dialect, walk):
        where.append(condition_text(dialect, walk.tables[number], f"t{number}", condition))
        values += condition.values
    return where + [f"{fixed_alias(walk)}.{dialect.quote(name)} is null" for name in walk.blank], values


def condition_text(dialect: Dialect, table: str, alias: str, condition: Condition) -> str:
    """The SQL of a condition, with a mark for each of its values."""
    column = f"{alias}.{dialect.quote(condition.column)}"
    if field_of(dialect.schema, table, condition.column).kind != "text":
        column = dialect.text(column)
    marks = ", ".join([dialect.mark] * len(condition.values))
    return f"{column} in ({marks})"


def loops(walk: Walk) -> bool:
    """Whether a link leads from a table to itself, so that it is walked until nothing new is found."""
    return any(link.table == link.target for link in walk.joins)


def staged(dialect: Dialect, walk: Walk, given: str) -> tuple[str, str, tuple[Value, ...]]:
    """The walk as common table expressions, one a table, for chains with a link to the same table.

    Returns:
        WITH clause, the name of the last stage whose columns are `(p, x1, x2, ...)`, and the values of its
        marks.
    """
    numbers = list(range(len(walk.tables)))
    if not walk.upward:
        numbers.reverse()
    conditions: dict[int, list[Condition]] = {}
    for number, condition in placed(dialect, walk):
        conditions.setdefault(number, []).append(condition)
    stages: list[str] = []
    values: list[Value] = []
    for place, number in enumerate(numbers):
        stage = _stage(walk, numbers, place, given)
        here = conditions.get(number, [])
        # Of a table that leads to itself every row may be on the way, and only those that go on have to meet a condition.
        ends = [one for one in here if one not in stage.each] if stage.again else []
        steps = [one for one in here if one not in ends]
        told = [
            [condition_text(dialect, stage.table, "t", one) for one in some]
            for some in (ends, stage.onward, steps)
        ]
        told[-1] += [f"t.{dialect.quote(name)} is null" for name in walk.blank if not place]
        stages.append(_stage_text(dialect, stage, *told))
        marks = [value for one in (*ends, *stage.onward, *steps) for value in one.values]
        values += marks * (2 if stage.again else 1)
    return "with recursive " + ", ".join(stages) + " ", f"c{numbers[-1]}", tuple(values)


@dataclass(frozen=True, slots=True)
class _Stage:
    """One table of a staged walk: what it is joined with, on which columns, and what it hands on.

    `again` are the columns by which it is walked once more, `each` the conditions of every row that is walked to, and
    `onward` those of every row that is walked from.
    """

    number: int
    table: str
    before: str
    letter: str
    on: tuple[str, ...]
    again: tuple[str, ...]
    want: tuple[str, ...]
    each: tuple[Condition, ...] = ()
    onward: tuple[Condition, ...] = ()


def _stage(walk: Walk, numbers: Sequence[int], place: int, given: str) -> _Stage:
    number, table = numbers[place], walk.tables[numbers[place]]
    last = place == len(numbers) - 1
    if walk.upward:
        want = walk.want if last else walk.joins[number].columns
    else:
        want = walk.want if last else walk.joins[number - 1].target_columns
    if place == 0:
        return _Stage(number, table, given, "v", walk.fixed, (), want)
    link = walk.joins[min(number, numbers[place - 1])]
    on, other = link.columns, link.target_columns
    if walk.upward:
        on, other = other, on
    again = other if link.table == link.target else ()
    own = link.conditions if again else ()
    each, onward = ((), own) if walk.upward else (own, ())
    return _Stage(number, table, f"c{numbers[place - 1]}", "x", on, again, want, each, onward)


def _stage_text(
    dialect: Dialect, stage: _Stage, ends: Sequence[str], onward: Sequence[str], steps: Sequence[str]
) -> str:
    """The text of a stage: conditions of the rows that it hands on, of those it goes on from, and of every row."""
    name, number = dialect.table(stage.table), stage.number
    where = f" where {' and '.join(steps)}" if steps else ""
    out = [f"t.{dialect.quote(one)}" for one in stage.want]
    columns = _listed([f"x{n}" for n in range(1, len(out) + 1)])

    def equal(alias: str, letter: str) -> str:
        pairs = enumerate(stage.on, 1)
        return " and ".join(f"t.{dialect.quote(column)} = {alias}.{letter}{n}" for n, column in pairs)

    base = f"from {stage.before} c join {name} t on {equal('c', stage.letter)}{where}"
    if not stage.again:
        return f"c{number}(p{columns}) as (select distinct c.p{_listed(out)} {base})"
    again = [f"t.{dialect.quote(one)}" for one in stage.again]
    held = _listed([f"y{n}" for n in range(1, len(again) + 1)])
    flag = "".join(f", case when {' and '.join(some)} then 1 else 0 end" for some in (ends, onward) if some)
    flagged = (", f" if ends else "") + (", g" if onward else "")
    kept, going = " where f = 1" if ends else "", " and r.g = 1" if onward else ""
    loop = (
        f"r{number}(p{held}{columns}{flagged}) as (select c.p{_listed(again)}{_listed(out)}{flag} {base} union "
        f"select r.p{_listed(again)}{_listed(out)}{flag} from r{number} r join {name} t on {equal('r', 'y')}{going}{where})"
    )
    return f"{loop}, c{number}(p{columns}) as (select distinct p{columns} from r{number}{kept})"


def _listed(names: Sequence[str]) -> str:
    return "".join(f", {name}" for name in names)
