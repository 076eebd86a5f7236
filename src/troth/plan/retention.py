"""Compile what a policy says about retention into a sweep plan: which rows of which tables go, when, and what keeps them.

    Periods ─┐
    DataMap ─┼─▶ units (columns of a table whose period one rule ends) ─▶ sweeps in order, and gaps
    Schemas ─┘

A row goes when the period of every personal column that has one is over; until then single columns are masked as
their own periods end. A rule whose clock no column shows, a fact that nothing tells and a column that no rule gives
a period are gaps with names, never silence. GDPR Art. 5(1)(e), 17(1)(a), 25.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from troth.model.condition import ALWAYS, Test
from troth.model.datamap import Column, DataMap, Table
from troth.model.moment import over_before
from troth.model.plan import Citation
from troth.model.policy import Exemption, Span
from troth.model.schema import Relation, Schema
from troth.model.sweep import (
    Clause,
    Gap,
    Known,
    Obstacle,
    Past,
    Sweep,
    SweepPlan,
    either,
    every,
    neither,
)
from troth.plan.anonymous import anonymous
from troth.plan.order import Node, ordered
from troth.plan.periods import Ban, Duty, Periods, Stay
from troth.plan.rowtest import Seat, Today, clock_of, row_clause, shown, stamp, unknown_facts
from troth.plan.sweepaction import agreed, delete_row, linking, mask_columns, obstacles_of_table
from troth.plan.table import absent, astray, live, through, unfit, unswept

_MANY = 3  # tables that are named one by one
_CLOSED = "account-closed"
DAILY = Span(1, "day")
"""How often a sweep is taken to run: what is due for longer is overdue."""


@dataclass(frozen=True, slots=True)
class _Task:
    """Everything a plan is made of."""

    periods: Periods
    map: DataMap
    schemas: Mapping[str, Schema]
    today: Today
    gaps: dict[Gap, None] = field(default_factory=dict)

    def seat(self, table: Table, columns: Sequence[Column] = (), worked: Any = None) -> Seat:
        """The table as conditions are tested on it."""
        terms = frozenset(term for one in columns for term in one.terms)
        choices = self.periods.choices
        return Seat(self.map, self.schemas, table, self.today, terms, worked or {}, choices)

    def gap(
        self, place: str, reason: str, rule: str = "", citation: Citation | None = None, *, lost: bool = False
    ) -> None:
        """Note something that can not be done."""
        self.gaps[Gap(place, reason, rule, citation or Citation(), lost)] = None


@dataclass(frozen=True, slots=True)
class Unit:
    """Columns of a table whose period one rule ends.

    Attributes:
        columns: their names.
        due, overdue: rows whose period is over, and rows that should be gone.
        erases: whether they go or are made anonymous.
        clock: the event that the period runs from.
        fallback: what can not be made anonymous is deleted.
    """

    columns: frozenset[str]
    due: Clause
    overdue: Clause
    erases: bool
    obstacles: tuple[Obstacle, ...]
    rule: str
    citation: Citation
    reason: str
    k: int = 0
    fallback: bool = False
    clock: str = ""


@dataclass(frozen=True, slots=True)
class _Ask:
    """One duty about columns of a table, and the permissions whose end it waits for."""

    table: Table
    duty: Duty
    columns: Sequence[Column]
    permits: tuple[Stay, ...] = ()


def compile_sweep(periods: Periods, one: DataMap, schemas: Mapping[str, Schema], today: Today) -> SweepPlan:
    """The plan of a retention sweep at a moment.

    Args:
        periods: what the policy says about retention.
        one: the reviewed data map.
        schemas: the live schemas by name of store.
        today: the moment, where days begin, and facts that are the same for every row ("approved": True).

    Raises:
        TrothError: a period leads out of the calendar.
    """
    task = _Task(periods, one, schemas, today)
    for rule, citation, reason in periods.unheard:
        task.gap("", reason, rule, citation)
    by_node: dict[Node, list[Sweep]] = {}
    for table in one.personal():
        relation = live(schemas, table)
        if _lost(task, table) or relation is None:
            continue
        units = list(_merged(_units(task, table)))
        if not units:
            continue
        # What is only looked through for values needs no path: its periods run from a column of its own.
        if problem := unswept(table, relation) if table.searched else unfit(table, relation):
            task.gap(table.place, problem, units[0].rule, units[0].citation, lost=relation.hides)
            continue
        by_node[table.store, table.name] = list(_sweeps(task, table, relation, units))
    sequence = _sequence(task, by_node)
    sweeps = tuple(sweep for node in sequence for sweep in by_node[node])
    return SweepPlan(sweeps, tuple(_gathered(task.gaps)), periods.policy, stamp(today.now))


def beside(now: SweepPlan, before: SweepPlan, since: Iterable[str]) -> SweepPlan:
    """The plan of the version that holds with that of one before, which goes on for whoever has not agreed to what came since.

    Args:
        now: the plan of the version that holds; what it keeps for a hold or a minimum is kept under the other one too.
        before: the plan of the version before, for the same moment.
        since: hashes of the versions that take something away, from the first on: who agreed to one of them has agreed.
    """
    known = {(one.place, one.action, one.due, one.alters) for one in now.sweeps}
    found = list(now.sweeps)
    for one in before.sweeps:
        if (one.place, one.action, one.due, one.alters) not in known:
            kept = [
                each for other in now.sweeps if other.place == one.place
                for each in other.obstacles if each.kind in {"held", "minimum"}
            ]  # fmt: skip
            found.append(
                replace(one, obstacles=tuple(dict.fromkeys((*one.obstacles, *kept, *agreed(one, since)))))
            )
    return replace(now, sweeps=tuple(found))


def _lost(task: _Task, table: Table) -> bool:
    """Whether no period of a table can be kept because the database changed since the review; a gap says what is gone.

    Without a path nobody could tell whose rows they are, so those of restricted persons would not be spared.
    """
    terms = {term for one in table.columns for term in one.terms}
    asking: tuple[Duty | Stay, ...] = (*task.periods.duties, *task.periods.permits)
    first = next((one for one in asking if terms & one.covers), None)
    if first is None:
        return False
    gone, astray_at = absent(table, task.schemas), astray(table, task.schemas)
    if gone or astray_at:
        task.gap(table.place, gone or astray_at, first.rule, first.citation, lost=True)
    return bool(astray_at) or live(task.schemas, table) is None


def _gathered(gaps: Iterable[Gap]) -> Iterator[Gap]:
    """The gaps, with one for all tables where a rule fails in many of them for the same reason."""
    by_reason: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        by_reason.setdefault((gap.rule, gap.reason), []).append(gap)
    for some in by_reason.values():
        if len(some) > _MANY and some[0].rule:
            yield replace(some[0], place="", reason=f"{some[0].reason}, in {len(some)} tables")
        else:
            yield from some


def _sequence(task: _Task, by_node: Mapping[Node, object]) -> tuple[Node, ...]:
    """Tables in the order they are worked on: rows before the rows they point to."""
    needs: dict[Node, frozenset[Node]] = {}
    wishes: dict[Node, frozenset[Node]] = {}
    for table in task.map.personal():
        node = (table.store, table.name)
        relation = live(task.schemas, table)
        if node in by_node and relation is not None:
            targets = {(table.store, one.relation) for one in relation.foreign}
            needs[node] = frozenset(targets & by_node.keys())
            wishes[node] = frozenset(
                parent for path in table.paths for parent in through(path, table.store) if parent in by_node
            )
    return ordered(by_node, needs, wishes)[0]


def _units(task: _Task, table: Table) -> Iterator[Unit]:
    """What rules end in a table, rule by rule."""
    named: set[str] = set()
    fallbacks = [duty for duty in task.periods.duties if duty.fallback]
    for duty in task.periods.duties:
        if duty.fallback:
            continue
        columns = [one for one in table.columns if duty.covers.intersection(one.terms)]
        for group, permits in _groups(task, duty, columns):
            unit = _unit(task, _Ask(table, duty, group, permits))
            if unit is not None or permits or duty.condition == ALWAYS:
                named.update(one.name for one in group)
            if unit is not None:
                terms = {term for one in group for term in one.terms}
                yield replace(unit, fallback=any(one.covers & terms for one in fallbacks))
    for permit in task.periods.permits:
        columns = [
            one for one in table.columns if permit.covers.intersection(one.terms) and one.name not in named
        ]
        if columns:
            duty = Duty(permit.rule, permit.citation, "erase", permit.covers)
            named.update(one.name for one in columns)
            for group, permits in _groups(task, duty, columns):
                if (unit := _unit(task, _Ask(table, duty, group, permits))) is not None:
                    yield unit
    _unruled(task, table, named)


def _groups(
    task: _Task, duty: Duty, columns: Sequence[Column]
) -> Iterator[tuple[list[Column], tuple[Stay, ...]]]:
    """Columns with one clock: all of them, or, at the end of permissions, those with the same permissions."""
    if duty.clock:
        if columns:
            yield list(columns), ()
        return
    found: dict[tuple[Stay, ...], list[Column]] = {}
    for column in columns:
        permits = tuple(
            one for one in task.periods.permits if one.covers.intersection(column.terms)
        ) or tuple(one for one in task.periods.minima if duty.table and one.covers.intersection(column.terms))
        if permits:
            found.setdefault(permits, []).append(column)
    for permits, group in found.items():
        yield group, permits


def _unit(task: _Task, ask: _Ask) -> Unit | None:
    """What one duty means for columns of a table; None, with a gap, where it can not be carried out."""
    table, duty, columns = ask.table, ask.duty, ask.columns
    seat = task.seat(table, columns)
    bare = task.seat(table, columns, {**_ended(), **_running(task, ask)})
    due, overdue = _due(task, seat, duty, ask.permits)
    if due is None:
        return None
    when = row_clause(duty.condition, bare)
    if when == Known(None):
        facts = ", ".join(unknown_facts(duty.condition, bare))
        reason = f"nothing tells {facts} of a row, on which the rule depends"
        task.gap(table.place, reason, duty.rule, duty.citation)
        return None
    if Known(False) in (due, when):
        return None
    obstacles = tuple(_obstacles(task, ask, bare))
    _note_unknown(task, table, duty, obstacles)
    if any(one.clause == Known(True) for one in obstacles):
        return None  # an exception that names this very data
    return Unit(
        frozenset(one.name for one in columns),
        every(due, when), every(overdue, when), duty.act == "erase",
        obstacles, duty.rule, duty.citation, _said(duty, ask.permits), duty.k,
        clock=duty.clock or next((one.clock for one in ask.permits), ""),
    )  # fmt: skip


def _ended() -> dict[str, dict[str | bool, Clause]]:
    """Facts that follow from a row being due, and from its not being held (which is asked separately)."""
    yes, no = Known(True), Known(False)
    return {
        "deletion-due": {True: yes},
        "still-needed": {False: yes},
        "storage-period-end": {True: yes},
        "held": {False: yes, True: no},
    }


def _running(task: _Task, ask: _Ask) -> dict[str, dict[str | bool, Clause]]:
    """Whether a period that a law requires still runs, as a test of the row: by the policy, or by a column of the map."""
    running = either(*(clause for _, clause in _minima(task, ask)))
    seat = task.seat(ask.table, ask.columns)
    if any(True for _ in shown(seat, "legal-minimum")) or "legal-minimum" in seat.today.given:
        running = either(running, row_clause(Test("legal-minimum", "in", ("running",)), seat))
    return {"legal-minimum": {"running": running, "expired": neither(running), "none": neither(running)}}


def _due(task: _Task, seat: Seat, duty: Duty, permits: Sequence[Stay]) -> tuple[Clause | None, Clause]:
    """Rows whose period is over, and rows that should be gone; None, with a gap, where no column tells."""
    day = timedelta(days=1)
    if not duty.clock:
        late = over_before(task.today.now, duty.within or DAILY, task.today.zone)
        due = _all_over(task, seat, permits, task.today.now)
        return due, _all_over(task, seat, permits, late) or Known(False)
    clock = clock_of(seat, duty.clock)
    if clock is None:
        task.gap(seat.table.place, f"no column shows when {duty.clock} was", duty.rule, duty.citation)
        return None, Known(False)
    if duty.keep is not None:
        due_by = over_before(task.today.now, duty.keep, task.today.zone)
        late_by = over_before(task.today.now - day, duty.keep, task.today.zone)
    elif duty.prompt or duty.within is None:
        due_by = task.today.now
        late_by = over_before(task.today.now, duty.within or DAILY, task.today.zone)
    else:
        due_by = over_before(task.today.now + day, duty.within, task.today.zone)
        late_by = over_before(task.today.now, duty.within, task.today.zone)
    return Past(*clock, stamp(min(due_by, task.today.now))), Past(*clock, stamp(late_by))


def _all_over(task: _Task, seat: Seat, permits: Sequence[Stay], moment: datetime) -> Clause | None:
    """Rows for which every permission with an end has come to it."""
    parts: list[Clause] = []
    for permit in permits:
        clock = clock_of(seat, permit.clock) if permit.clock else None
        if clock is None:
            reason = (
                f"no column shows when {permit.clock or 'its period'} was, so no row is known to be past it"
            )
            task.gap(seat.table.place, reason, permit.rule, permit.citation)
            return None
        parts.append(Past(*clock, stamp(over_before(moment, permit.span, task.today.zone))))
    return every(*parts) if parts else None


def _minima(task: _Task, ask: _Ask) -> Iterator[tuple[Stay, Clause]]:
    """For each minimum of these columns, the rows for which it still runs."""
    seat = task.seat(ask.table, ask.columns)
    for least in task.periods.minima:
        if not any(least.covers.intersection(one.terms) for one in ask.columns):
            continue
        event = least.clock or ask.duty.clock or next((one.clock for one in ask.permits), "")
        clock = clock_of(seat, event)
        if clock is None:
            yield least, Known(None)
            continue
        running = neither(Past(*clock, stamp(over_before(task.today.now, least.span, task.today.zone))))
        yield least, every(running, row_clause(least.condition, seat))


def _obstacles(task: _Task, ask: _Ask, seat: Seat) -> Iterator[Obstacle]:
    for hold in ask.duty.holds:
        yield Obstacle("held", hold.name, row_clause(hold.condition, seat), _told(hold))
    for exception in ask.duty.exceptions:
        yield Obstacle("excepted", exception.name, row_clause(exception.condition, seat), _told(exception))
    yield from _forbidden(task, ask, seat)
    yield from _reopened(task, ask, seat)
    yield from obstacles_of_table(seat)


def _forbidden(task: _Task, ask: _Ask, seat: Seat) -> Iterator[Obstacle]:
    """The bans and minima of these columns."""
    for ban in task.periods.bans:
        if any(ban.covers.intersection(one.terms) for one in ask.columns):
            yield Obstacle("held", ban.rule, _banned(ban, seat), "another rule forbids it")
    for least, clause in _minima(task, ask):
        yield Obstacle("minimum", least.rule, clause, f"kept for at least {least.span}")


def _reopened(task: _Task, ask: _Ask, seat: Seat) -> Iterator[Obstacle]:
    """An account that was closed once and is in use again: another rule permits keeping its data meanwhile."""
    if _CLOSED not in {ask.duty.clock, *(one.clock for one in ask.permits)}:
        return
    for one in task.periods.lasting:
        if any(one.covers.intersection(column.terms) for column in ask.columns):
            clause = _banned(one, seat)
            if clause not in (Known(None), Known(False)):
                yield Obstacle("excepted", one.rule, clause, "another rule permits keeping it")


def _banned(ban: Ban, seat: Seat) -> Clause:
    lifted = either(*(row_clause(one.condition, seat) for one in ban.exceptions))
    return every(row_clause(ban.condition, seat), neither(lifted))


def _told(one: Exemption) -> str:
    return one.name.replace("-", " ")


def _note_unknown(task: _Task, table: Table, duty: Duty, obstacles: Sequence[Obstacle]) -> None:
    """Gaps for what keeps every row because nothing tells of it."""
    for one in obstacles:
        if one.clause == Known(None):
            reason = f"nothing tells whether {one.name} keeps a row, so every row stays"
            task.gap(table.place, reason, duty.rule, duty.citation)


def _said(duty: Duty, permits: Sequence[Stay]) -> str:
    """Why, in words."""
    if duty.clock:
        span = f"{duty.keep} after " if duty.keep else f"within {duty.within} of " if duty.within else "at "
        return f"{span}{duty.clock}"
    return " and ".join(f"{one.span} after {one.clock}" for one in permits)


def _unruled(task: _Task, table: Table, named: set[str]) -> None:
    """A gap for personal columns that no rule gives a period."""
    ties = linking(table)
    left = sorted(one.name for one in table.columns if one.name not in named and one.name not in ties)
    if left:
        fate = "goes with its row" if named else "stays"
        task.gap(table.place, f"no rule says how long {', '.join(left)} may be kept; it {fate}")


def _merged(units: Iterator[Unit]) -> Iterator[Unit]:
    """Units of the same columns, moment and deed as one: every reason to stay counts, every sentence is cited."""
    found: dict[tuple[object, ...], Unit] = {}
    for unit in units:
        mark = (unit.columns, unit.due, unit.erases)
        if mark not in found:
            found[mark] = unit
            continue
        first = found[mark]
        sentences = tuple(dict.fromkeys((*first.citation.sentences, *unit.citation.sentences)))
        known = {one.clause for one in first.obstacles}
        more = tuple(one for one in unit.obstacles if one.clause not in known)
        found[mark] = replace(
            first,
            citation=replace(first.citation, sentences=sentences),
            obstacles=(*first.obstacles, *more),
            k=max(first.k, unit.k),
            overdue=either(first.overdue, unit.overdue),
        )
    yield from found.values()


def _sweeps(task: _Task, table: Table, relation: Relation, units: Sequence[Unit]) -> Iterator[Sweep]:
    """What happens in a table: whole rows first, then columns of the rows that stay."""
    dated = frozenset(name for unit in units for name in unit.columns)
    partly: list[Unit] = []
    for unit in units:
        if unit.erases and unit.columns == dated and table.role != "shared":
            yield from _whole(task, table, relation, unit)
        else:
            partly.append(unit)
    erasing = [unit for unit in partly if unit.erases]
    if (
        len(erasing) > 1
        and table.role != "shared"
        and frozenset().union(*(u.columns for u in erasing)) == dated
    ):
        whole = replace(_together(erasing), columns=dated)
        whole = replace(whole, obstacles=whole.obstacles + _beside(task, table, whole))
        yield delete_row(task.map, task.schemas, table, whole)
    for unit in partly:
        if unit.erases:
            yield from _mask(task, table, relation, unit)
        else:
            yield from _anonymise(task, table, relation, unit)


def _whole(task: _Task, table: Table, relation: Relation, unit: Unit) -> Iterator[Sweep]:
    """Rows that go, and, where other rows may still point to them, the columns of those that have to stay."""
    beside = _beside(task, table, unit)
    sweep = delete_row(task.map, task.schemas, table, replace(unit, obstacles=unit.obstacles + beside))
    yield sweep
    if any(one.kind == "waits" for one in sweep.obstacles):
        yield from _mask(task, table, relation, unit)
    elif beside:
        yield from _mask(task, table, relation, replace(unit, columns=unit.columns - linking(table)))


def _beside(task: _Task, table: Table, unit: Unit) -> tuple[Obstacle, ...]:
    """What keeps columns of rows whose own columns are past: they have no period, and would go with the row."""
    others = [one for one in table.columns if one.terms and one.name not in unit.columns]
    duty = Duty(unit.rule, unit.citation, "erase", frozenset(), unit.clock)
    ask = _Ask(table, duty, others)
    seat = task.seat(table, others, {**_ended(), **_running(task, ask)})
    found = tuple(one for one in _forbidden(task, ask, seat) if one.clause != Known(False))
    _note_unknown(task, table, duty, found)
    return found


def _mask(task: _Task, table: Table, relation: Relation, unit: Unit) -> Iterator[Sweep]:
    sweep, problems = mask_columns(table, relation, unit)
    for name, problem in problems:
        task.gap(f"{table.place}.{name}", f"it stays: {problem}", unit.rule, unit.citation)
    if sweep is not None:
        yield sweep


def _anonymise(task: _Task, table: Table, relation: Relation, unit: Unit) -> Iterator[Sweep]:
    """Rows that are made anonymous, or, where that can not be and a rule says so, deleted."""
    how = anonymous(table, relation, unit.columns)
    if how.problem and unit.fallback and table.role != "shared":
        yield delete_row(task.map, task.schemas, table, replace(unit, reason=f"{unit.reason}; {how.problem}"))
    elif how.problem:
        task.gap(table.place, how.problem, unit.rule, unit.citation)
    elif how.alters:
        sweep, _ = mask_columns(table, relation, unit, how.alters)
        if sweep is not None:
            measure = how.measure if linking(table) <= {one.column for one in how.alters} else ()
            yield replace(sweep, measure=measure, k=unit.k, fallback=unit.fallback)


def _together(units: Sequence[Unit]) -> Unit:
    """The rows for which all of these periods are over."""
    by_column: dict[str, list[Unit]] = {}
    for unit in units:
        for name in unit.columns:
            by_column.setdefault(name, []).append(unit)
    groups = dict.fromkeys(tuple(group) for group in by_column.values())
    last = max(units, key=lambda unit: len(unit.columns))
    obstacles = dict.fromkeys(one for unit in units for one in unit.obstacles)
    sentences = dict.fromkeys(name for unit in (last, *units) for name in unit.citation.sentences)
    return replace(
        last,
        due=every(*(either(*(unit.due for unit in group)) for group in groups)),
        overdue=every(*(either(*(unit.overdue for unit in group)) for group in groups)),
        obstacles=tuple(obstacles),
        citation=replace(last.citation, sentences=tuple(sentences)),
        reason="every period of the row is over",
    )
