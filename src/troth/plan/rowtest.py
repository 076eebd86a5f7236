"""Conditions of a policy as tests of rows: where the map shows a fact, in the table itself or in one beside it.

A fact is looked for in the table, then on its way to the person, then in any other table of the same person. What
is shown nowhere and given by nobody is not known, and what is not known keeps a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from troth.model.condition import All, Any_, Condition, Facts, Not, Test, truth
from troth.model.datamap import Condition as RowCondition
from troth.model.datamap import DataMap, Link, Table, clock_column
from troth.model.mark import NO, YES, Fact, parse_fact
from troth.model.schema import Schema
from troth.model.sweep import (
    Cell,
    Clause,
    Hop,
    Known,
    Number,
    Past,
    Way,
    either,
    every,
    neither,
)
from troth.plan.table import relation_of

_SINCE = "since-"


@dataclass(frozen=True, slots=True)
class Today:
    """When a plan is made.

    Attributes:
        now: the moment, with its zone.
        zone: where days begin and end.
        given: facts of the policy that are the same for every row of which no column says otherwise.
    """

    now: datetime
    zone: tzinfo = UTC
    given: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """A table whose rows are tested.

    Attributes:
        map, schemas: what the stores hold.
        table: the table.
        today: the moment.
        terms: the data terms of the columns that are meant, for `data is ...`.
        worked: facts that the planner itself has worked out, as tests of the row.
        choices: by fact, the values that it can have; a word that is none of them shows nothing.
    """

    map: DataMap
    schemas: Mapping[str, Schema]
    table: Table
    today: Today
    terms: frozenset[str] = frozenset()
    worked: Mapping[str, Mapping[str | bool, Clause]] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def row_clause(condition: Condition, seat: Seat) -> Clause:
    """The test of a row that a condition means; not known where a fact is shown nowhere."""
    match condition:
        case Test():
            return _test(condition, seat)
        case Not():
            return neither(row_clause(condition.part, seat))
        case All():
            return every(*(row_clause(part, seat) for part in condition.parts))
        case Any_():
            return either(*(row_clause(part, seat) for part in condition.parts))


def unknown_facts(condition: Condition, seat: Seat) -> tuple[str, ...]:
    """The facts of a condition that nothing shows, in its order."""
    match condition:
        case Test():
            return (condition.fact,) if _test(condition, seat) == Known(None) else ()
        case Not():
            return unknown_facts(condition.part, seat)
        case All() | Any_():
            found = [name for part in condition.parts for name in unknown_facts(part, seat)]
            return tuple(dict.fromkeys(found))


def _test(test: Test, seat: Seat) -> Clause:
    if test.fact in seat.worked:
        known = seat.worked[test.fact]
        return either(*(known.get(_plain(value), Known(False)) for value in test.values))
    if test.fact == "data":
        return Known(bool(seat.terms.intersection(map(str, test.values))))
    found = [_read(test, seat, way, parse_fact(text)) for way, text in shown(seat, test.fact)]
    if found:
        return either(*found)
    if test.fact in seat.today.given:
        return Known(truth(test, seat.today.given))
    if test.fact.startswith(_SINCE) and test.op != "in":
        return _since(test, seat)
    return Known(None)


def _plain(value: object) -> str | bool:
    return value if isinstance(value, bool) else str(value)


def _since(test: Test, seat: Seat) -> Clause:
    clock = clock_of(seat, test.fact.removeprefix(_SINCE))
    if clock is None:
        return Known(None)
    moment = seat.today.now.astimezone(UTC) - timedelta(days=float(test.values[0]))
    past = Past(*clock, stamp(moment))
    return past if test.op in {">", ">="} else neither(past)


def stamp(moment: datetime) -> str:
    """A moment as clauses hold it: UTC, with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def clock_of(seat: Seat, event: str) -> tuple[Way, str] | None:
    """The way to the column that holds the moment of an event, and its name; None where no column does."""
    if event not in seat.table.events:
        return None
    table, column = clock_column(seat.table.events[event])
    way = way_up(seat, table or seat.table.name)
    holder = relation_of(seat.schemas, seat.table.store, table or seat.table.name)
    if way is None or holder is None or holder.field(column) is None:
        return None
    return way, column


def _read(test: Test, seat: Seat, way: Way, fact: Fact) -> Clause:
    if test.op != "in":
        return Number(way, fact.column, test.op, float(test.values[0]))
    wanted = {_word(value) for value in test.values}
    given = truth(test, seat.today.given)  # what an empty cell leaves to the house
    if not fact.words:
        if wanted & {"true", "false"}:
            yes, no = (YES, NO) if "true" in wanted else (NO, YES)
            return Cell(way, fact.column, yes, no, empty=given)
        if (values := seat.choices.get(test.fact)) is not None:
            rest = sorted({_word(value) for value in values} - wanted)
            return Cell(way, fact.column, tuple(sorted(wanted)), tuple(rest), empty=given)
        return Cell(way, fact.column, tuple(sorted(wanted)), empty=given, other=False)
    meant = {word: _word(ours) in wanted for word, ours in fact.words.items()}
    plain = {word: says for word, says in meant.items() if word not in {"null", "future", "past", "*"}}
    return Cell(
        way, fact.column,
        yes=tuple(sorted(word for word, says in plain.items() if says)),
        no=tuple(sorted(word for word, says in plain.items() if not says)),
        empty=meant.get("null", meant.get("*", given)),
        future=meant.get("future"), past=meant.get("past"), other=meant.get("*"),
        now=stamp(seat.today.now) if {"future", "past"} & meant.keys() else "",
    )  # fmt: skip


def _word(value: object) -> str:
    text = str(value).strip().casefold()
    return "true" if text in YES else "false" if text in NO else text


def shown(seat: Seat, fact: str) -> Iterator[tuple[Way, str]]:
    """Where a fact is shown for the rows of a table: in it, on its way, or else in all tables beside it."""
    if fact in seat.table.facts:
        yield (), seat.table.facts[fact]
        return
    others = [
        one
        for one in seat.map.tables
        if one.store == seat.table.store and fact in one.facts and _live(seat, one)
    ]
    above = [(way, one) for one in others if (way := way_up(seat, one.name)) is not None]
    if above:
        way, one = min(above, key=lambda pair: len(pair[0]))
        yield way, one.facts[fact]
        return
    for one in others:
        if (aside := way_aside(seat, one)) is not None:
            yield aside, one.facts[fact]


def _live(seat: Seat, table: Table) -> bool:
    return relation_of(seat.schemas, table.store, table.name) is not None


def way_up(seat: Seat, target: str) -> Way | None:
    """The way along the first path to a table of the same store; None where it does not lead there exactly."""
    if target == seat.table.name:
        return ()
    hops: list[Hop] = []
    for link in _near(seat.table):
        hops.append(_up(seat, link))
        if link.target == target:
            return tuple(hops)
    return None


def _near(table: Table) -> Iterator[Link]:
    """The links of the first path that stay in the store and compare values as they are."""
    for link in table.paths[0].links if table.paths else ():
        if link.store or link.inside or link.arrow == "~>":
            return
        yield link


def way_aside(seat: Seat, other: Table) -> Way | None:
    """The way to another table of the same person: up to where both ways meet, and down again."""
    mine: list[str] = [seat.table.name, *(link.target for link in _near(seat.table))]
    down: list[Link] = []
    for link in _near(other):
        down.append(link)
        if link.target in mine:
            up = way_up(seat, link.target)
            if up is None:
                return None
            return (*up, *(_down(seat, one) for one in reversed(down)))
    return None


def _up(seat: Seat, link: Link) -> Hop:
    before, here = _split(seat, link)
    return Hop(link.target, tuple(zip(link.columns, link.target_columns, strict=True)), before, here)


def _down(seat: Seat, link: Link) -> Hop:
    here, before = _split(seat, link)
    return Hop(link.table, tuple(zip(link.target_columns, link.columns, strict=True)), before, here)


def _split(seat: Seat, link: Link) -> tuple[tuple[RowCondition, ...], tuple[RowCondition, ...]]:
    """The conditions of a link: those on the table it starts at, and those on its target."""
    source = relation_of(seat.schemas, seat.table.store, link.table)
    start = tuple(one for one in link.conditions if source is not None and source.field(one.column))
    return start, tuple(one for one in link.conditions if one not in start)
