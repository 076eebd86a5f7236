"""What happens to the rows of a table whose period is over, and what else may keep them: restrictions, other rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from troth.model.datamap import Column, DataMap, Link, Table
from troth.model.mark import RESTRICTED, parse_mark
from troth.model.plan import Citation
from troth.model.schema import Relation, Schema
from troth.model.sweep import (
    AGREED,
    Alter,
    Among,
    Cell,
    Clause,
    Every,
    How,
    Known,
    Obstacle,
    Past,
    Referred,
    Sweep,
)
from troth.plan.fit import fitting
from troth.plan.rowtest import Seat, way_up
from troth.plan.table import live, relation_of

ANYBODY = "?"
"""The name of an `Among` that no keys can answer: while anybody is restricted, it is not known."""
PERSON = "restricted-person"
"""The obstacle that keeps rows of persons whose data is restricted."""

_CALLED = frozenset({"contact.email", "contact.phone", "ident.username", "ident.official"})


class Ended(Protocol):
    """Columns of a table whose period is over; see `troth.plan.retention.Unit`."""

    @property
    def columns(self) -> frozenset[str]:
        """Their names."""
        ...

    @property
    def due(self) -> Clause:
        """The rows."""
        ...

    @property
    def overdue(self) -> Clause:
        """Those that should be gone."""
        ...

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What keeps rows."""
        ...

    @property
    def rule(self) -> str:
        """The rule."""
        ...

    @property
    def citation(self) -> Citation:
        """Its sentences."""
        ...

    @property
    def reason(self) -> str:
        """Why, in words."""
        ...


def linking(table: Table) -> frozenset[str]:
    """The columns by which a row leads to its person."""
    return frozenset(name for path in table.paths for name in path.links[0].columns)


def obstacles_of_table(seat: Seat) -> Iterator[Obstacle]:
    """What the map and the ledger say: a row marked as restricted, or of a person whose data is restricted."""
    for one in (seat.table, *_above(seat)):
        text = one.marks.get(RESTRICTED)
        way = way_up(seat, one.name)
        if text and way is not None:
            mark = parse_mark(text)
            words: tuple[tuple[str, ...], tuple[str, ...]] = (
                ("1", "t", "true", "y", "yes"), ("0", "f", "false", "n", "no"),
            )  # fmt: skip
            if mark.yes:
                words = (mark.yes.casefold(),), (mark.no.casefold(),)
            yes, no = (words[1], words[0]) if mark.negated else words
            timed = _is_time(seat, one, mark.column)
            clause: Clause = Cell(
                way, mark.column, yes, no, empty=mark.negated, other=not mark.negated if timed else None
            )
            yield Obstacle("held", RESTRICTED, clause, "the row is marked as restricted")
    yield Obstacle("held", PERSON, _person(seat), "the data of the person is restricted")


def agreed(sweep: Sweep, since: Iterable[str]) -> Iterator[Obstacle]:
    """What keeps rows of whoever agreed to one of some versions from a sweep of a version before them."""
    for one in sweep.obstacles:
        if one.name == PERSON and isinstance(one.clause, Among):
            clause = replace(one.clause, name=f"{AGREED}{','.join(sorted(since))}:{one.clause.name}")
            yield Obstacle("excepted", "agreed", clause, "the person agreed to the version that holds")


def _is_time(seat: Seat, table: Table, column: str) -> bool:
    relation = relation_of(seat.schemas, table.store, table.name)
    found = relation.field(column) if relation else None
    return found is not None and found.kind in {"time", "date"}


def _above(seat: Seat) -> Iterator[Table]:
    """The mapped tables of the same store on the way to the person."""
    for one in seat.map.tables:
        if one.store == seat.table.store and one.name != seat.table.name and way_up(seat, one.name):
            yield one


def _person(seat: Seat) -> Clause:
    """The test whether a row is of one of the persons whose keys are given at the run."""
    table = seat.table
    # Where no path tells whose a row is, a column of addresses or logins does.
    if table.role == "subject" or (table.searched and _telling(table)):
        return Among((), table.key, f"{table.store}.{table.name}|{','.join(table.key)}")
    for number, link in enumerate(table.paths[0].links if table.paths else ()):
        last = number == len(table.paths[0].links) - 1
        if not last and not link.store and not link.inside and link.arrow != "~>":
            continue
        if not last or link.inside or (link.arrow == "~>" and not link.store):
            break
        way = () if number == 0 else way_up(seat, link.table)
        if way is None:
            break
        place = f"{link.store or table.store}.{link.target}"
        name = f"{place}|{','.join(link.target_columns)}"
        if link.arrow == "~>" and len(link.columns) == 1:
            name += f"|{table.store}.{link.table}|{link.columns[0]}"  # where a value may be spelled in another way
        return Among(way, link.columns, name)
    return Among((), table.key, ANYBODY)


def _telling(table: Table) -> bool:
    """Whether a column holds what people are called by, and nothing else."""
    return any(one.category in _CALLED and one.form == "plain" for one in table.columns)


def delete_row(one: DataMap, schemas: Mapping[str, Schema], table: Table, unit: Ended) -> Sweep:
    """The rows go, those excepted to which other rows still point."""
    waits = tuple(
        Obstacle("waits", each.table, each, f"a row of {each.table} still points to it")
        for each in _pointing(one, schemas, table)
    )
    return _sweep(table, live(schemas, table), unit, (*unit.obstacles, *waits))


def mask_columns(
    table: Table, relation: Relation, unit: Ended, alters: Sequence[Alter] = ()
) -> tuple[Sweep | None, tuple[tuple[str, str], ...]]:
    """Columns of the rows that stay are masked, or changed as given; and the columns that no mask fits, with why."""
    problems: list[tuple[str, str]] = []
    found = list(alters)
    for column in table.columns if not alters else ():
        if column.name in unit.columns:
            if relation.sources(column.name) & unit.columns:
                continue  # the database computes it again from what is masked here
            mask, problem = _mask(table, relation, column)
            if problem:
                problems.append((column.name, problem))
            elif mask is not None:
                found.append(Alter(column.name, mask))
    if not found:
        return None, tuple(problems)
    return _sweep(table, relation, unit, unit.obstacles, tuple(found)), tuple(problems)


_MASKS: dict[str, How] = {"null": "null", "empty": "empty", "zero": "zero", "token": "token"}


def _mask(table: Table, relation: Relation, column: Column) -> tuple[How | None, str]:
    wanted = column.mask if column.mask != "keep" else ""
    mask, problem = fitting(relation, column.name, wanted if table.role != "owned" else "")
    if mask == "keep":
        return None, problem or "no mask fits it"
    return _MASKS.get(mask), problem


def _sweep(
    table: Table,
    relation: Relation | None,
    unit: Ended,
    obstacles: tuple[Obstacle, ...],
    alters: tuple[Alter, ...] = (),
) -> Sweep:
    order, before = _bound(unit.due, relation)
    own = Past((), order, before)
    return Sweep(
        table.store, table.name, table.key, "alter" if alters else "delete", unit.due, unit.overdue,
        obstacles=tuple(one for one in obstacles if one.clause != Known(False)),
        alters=alters,
        order=order if relation is not None and relation.indexed((order,)) else "",
        before=before,
        rule=unit.rule,
        citation=unit.citation,
        reason=unit.reason,
        whole=not alters and bool(before) and unit.due == own,
    )  # fmt: skip


def _bound(due: Clause, relation: Relation | None) -> tuple[str, str]:
    """The column of the table itself that bounds the rows that are due, and the bound; an indexed one first."""
    parts = due.parts if isinstance(due, Every) else (due,)
    own = [part for part in parts if isinstance(part, Past) and not part.way]
    own.sort(key=lambda part: relation is None or not relation.indexed((part.column,)))
    return (own[0].column, own[0].before) if own else ("", "")


def _pointing(one: DataMap, schemas: Mapping[str, Schema], table: Table) -> Iterator[Referred]:
    """What may point to rows of a table in its store: declared keys, and the ways of other tables of the map."""
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for relation in schemas[table.store].relations:
        for foreign in relation.foreign:
            if foreign.relation == table.name:
                pairs = tuple(zip(foreign.columns, foreign.target, strict=True))
                if (relation.name, pairs) not in seen:
                    seen.add((relation.name, pairs))
                    yield Referred(relation.name, pairs)
    for other in one.personal():
        for link in _links(other):
            here = other.store == table.store and link.target == table.name
            pairs = tuple(zip(link.columns, link.target_columns, strict=True))
            exact = not link.store and not link.inside and link.arrow != "~>"
            new = (other.name, pairs) not in seen and live(schemas, other) is not None
            if here and exact and new and link.table == other.name:
                seen.add((other.name, pairs))
                yield Referred(other.name, pairs, link.conditions)


def _links(table: Table) -> Iterator[Link]:
    for path in table.paths:
        yield path.links[0]
