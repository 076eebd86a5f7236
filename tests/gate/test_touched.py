"""What the hook sees of a statement, against SQLite itself, which tells every column it reads while it prepares one."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from sqlalchemy import Executable, case, delete, exists, func, insert, select, union_all, update
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import CompileError, InvalidRequestError
from sqlalchemy.sql.compiler import SQLCompiler

from tests.gate import test_sqlalchemy as shop
from troth.gate.touched import touched
from troth.gate.wording import EVERY

TABLES = (shop.customer, shop.purchase)
TOLD = {sqlite3.SQLITE_READ: "read", sqlite3.SQLITE_UPDATE: "write"}


def by_sqlite(statement: Executable) -> dict[str, set[tuple[str, str]]]:
    """The columns that SQLite says a statement reads and updates."""
    seen: dict[str, set[tuple[str, str]]] = {"read": set(), "write": set()}

    def watch(action: int, one: str | None, other: str | None, *_: Any) -> int:
        if action in TOLD and one and other:
            seen[TOLD[action]].add((one, other))
        return sqlite3.SQLITE_OK

    with sqlite3.connect(":memory:") as connection:
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            connection.execute(f'create table "{table.name}" ({names})')
        connection.set_authorizer(watch)
        text = str(statement.compile(dialect=dialect()))  # type: ignore[attr-defined]
        connection.execute(f"explain {text}", [None] * text.count("?"))
    connection.close()
    return seen


def by_hook(statement: Executable) -> dict[str, set[tuple[str, str]]]:
    """The columns that the hook says it touches."""
    compiled = statement.compile(dialect=dialect())  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    found = touched(compiled)
    every = {(table.name, column.name) for table in TABLES for column in table.columns}

    def whole(places: set[tuple[str, str]]) -> set[tuple[str, str]]:
        return {one for one in every if one in places or (one[0], EVERY) in places}

    return {"read": whole(found.shown | found.used), "write": whole(set(found.written))}


@st.composite
def selects(draw: st.DrawFn, depth: int = 2) -> Any:
    """A select over tables, aliases, subqueries and common table expressions, joined, filtered, grouped and sorted."""
    source = draw(st.sampled_from(TABLES))
    kind = draw(
        st.sampled_from(("plain", "alias", "subquery", "cte", "join") if depth else ("plain", "alias"))
    )
    columns = list(source.c)
    made = None
    if kind == "alias":
        columns = list(source.alias().c)
    elif kind in {"subquery", "cte"}:
        inner = draw(selects(depth - 1))
        columns = list((inner.subquery() if kind == "subquery" else inner.cte()).c)
    elif kind == "join":
        other = draw(st.sampled_from(TABLES)).alias()
        columns += list(other.c)
        left, right = draw(st.sampled_from(list(source.c))), draw(st.sampled_from(list(other.c)))
        made = source.join(other, left == right)
    one = st.sampled_from(columns)
    shown = [draw(values(one, depth)).label(f"c{at}") for at in range(draw(st.integers(1, 3)))]
    statement = select(*shown)
    if made is not None:
        statement = statement.select_from(made)
    if draw(st.booleans()):
        statement = statement.where(draw(one) == draw(values(one, depth)))
    if draw(st.booleans()):
        statement = statement.order_by(func.lower(draw(one)))
    if draw(st.booleans()):
        statement = statement.order_by(draw(st.sampled_from(("email", "name", "item", "c0"))))
    if draw(st.booleans()):
        statement = statement.group_by(draw(one)).having(func.count(draw(one)) > 1)
    return statement


@st.composite
def values(draw: st.DrawFn, columns: st.SearchStrategy[Any], depth: int) -> Any:
    """A value made of columns."""
    kind = draw(
        st.sampled_from(
            (
                "plain",
                "function",
                "case",
                "count",
                "compare",
                "over",
                *(("scalar", "exists") if depth else ()),
            )
        )
    )
    one = draw(columns)
    match kind:
        case "function":
            return func.coalesce(one, draw(columns))
        case "case":
            return case((one == draw(st.sampled_from(("x", one))), draw(columns)), else_="y")
        case "count":
            return func.count(one).filter(draw(columns) != "x")
        case "compare":
            return draw(st.sampled_from((one == draw(columns), one.between("a", "z"), one.is_not(None))))
        case "over":
            return draw(st.sampled_from((func.max(one), func.row_number()))).over(
                partition_by=draw(columns), order_by=draw(columns)
            )
        case "scalar":
            return (
                draw(selects(depth - 1))
                .with_only_columns(draw(st.sampled_from(list(shop.customer.c))))
                .limit(1)
                .scalar_subquery()
            )
        case "exists":
            return exists(draw(selects(depth - 1)))
        case _:
            return one


@st.composite
def writes(draw: st.DrawFn) -> Any:
    """An insert, update or delete."""
    table = draw(st.sampled_from(TABLES))
    columns = list(table.c)
    one = st.sampled_from(columns)
    made: Any
    match draw(st.sampled_from(("update", "delete", "insert", "copy"))):
        case "update":
            made = update(table).values({draw(one): draw(values(one, 1)), draw(one): "x"})
        case "delete":
            made = delete(table)
        case "insert":
            return insert(table).values({draw(one): "x", draw(one): "y"}).returning(draw(one))
        case _:
            chosen = draw(st.lists(one, min_size=1, max_size=2, unique=True))
            source = draw(st.sampled_from(TABLES))
            return insert(table).from_select(
                [column.name for column in chosen], select(*list(source.c)[: len(chosen)])
            )
    if draw(st.booleans()):
        made = made.where(draw(one) == draw(values(one, 1)))
    return made.returning(draw(one)) if draw(st.booleans()) else made


def united(one: Any, other: Any) -> Any:
    """Both selects in one."""
    first = one.with_only_columns(shop.customer.c.name).order_by(None)
    return union_all(first, other.with_only_columns(shop.purchase.c.item).order_by(None))


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.one_of(selects(), st.builds(united, selects(1), selects(0)), writes()))
def test_nothing_is_overlooked(statement: Any) -> None:
    """Every column that SQLite reads or writes for a statement is seen by the hook."""
    try:
        told = by_sqlite(statement)
    except (sqlite3.OperationalError, InvalidRequestError, CompileError):  # a statement that no engine takes
        reject()
    seen = by_hook(statement)
    assert told["read"] - {("customer", ""), ("purchase", "")} <= seen["read"], str(statement)
    assert told["write"] <= seen["write"], str(statement)


def come_back(statement: Any) -> set[tuple[str, str]]:
    """The columns whose values are in the answer of SQLite, where every cell holds its own name."""
    with sqlite3.connect(":memory:") as connection:
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            cells = ", ".join(f"'<{table.name}.{column.name}>'" for column in table.columns)
            connection.execute(f'create table "{table.name}" ({names})')
            connection.execute(f'insert into "{table.name}" values ({cells})')
        compiled = statement.compile(dialect=dialect())
        rows = connection.execute(
            str(compiled), [compiled.params[name] for name in compiled.positiontup]
        ).fetchall()
    connection.close()
    answer = str(rows)
    return {
        (table.name, column.name)
        for table in TABLES
        for column in table.columns
        if f"<{table.name}.{column.name}>" in answer
    }


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.one_of(selects(), st.builds(united, selects(1), selects(0))))
def test_what_comes_back_is_shown(statement: Any) -> None:
    """A column whose value is in the answer of SQLite is said to be shown, not only used."""
    try:
        told = come_back(statement)
    except (sqlite3.OperationalError, InvalidRequestError, CompileError):  # a statement that no engine takes
        reject()
    found = touched(statement.compile(dialect=dialect()))
    assert told <= found.shown, str(statement)


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        (select(shop.customer.c.name), {("customer", "name")}),
        (
            select(shop.customer.c.name).where(shop.customer.c.plan == "x"),
            {("customer", "name"), ("customer", "plan")},
        ),
        (select(func.count()).select_from(shop.customer), set()),
        (update(shop.customer).values(name="x"), set()),
    ],
)
def test_nothing_is_invented(statement: Any, read: set[tuple[str, str]]) -> None:
    """A statement is not said to read what it does not read."""
    assert by_hook(statement)["read"] == read


def put_together(levels: int, source: Any = shop.customer) -> Any:
    """A query of common ones, each of which stands in the next one three times."""
    made = select(source.c.name, source.c.id).where(source.c.email == "x").cte("c0")
    for level in range(1, levels):
        other = made.alias()
        made = select(made.c.name, made.c.id).join(other, other.c.id == made.c.id).cte(f"c{level}")
    return select(made.c.name)


def test_queries_of_common_ones_are_seen_at_once() -> None:
    """A part that stands in many others is not looked at once for each way that leads to it, and nothing is overlooked."""
    start = time.process_time()
    assert by_hook(put_together(13)) == by_hook(put_together(3))
    inner = put_together(9)
    assert by_sqlite(inner)["read"] <= by_hook(inner)["read"]
    shown = touched(select(inner.scalar_subquery(), exists(inner)).compile(dialect=dialect())).shown
    assert ("customer", "name") in shown
    assert time.process_time() - start < 5
