"""Minimum periods that keep a person's rows back from an erasure: which rows, until when, and by which sentence.

    policy: must retain ip-address at-least 6 months after collection
            must erase order-information after legal-minimum from periods.csv
    map:    events = { collection = "seen_at" }

Each row is asked by its own clock. A row whose clock can not be read is not known to be past anything: somebody has to say
how long it is since the event (`since-collection`, in days) before anything of the person is erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from troth.enforcement.project import Node, Project
from troth.model.condition import FactValue, tests, truth
from troth.model.datamap import Condition, DataMap, Link, Table, clock_column
from troth.model.instant import moment_of
from troth.model.moment import later
from troth.model.plan import Citation
from troth.model.policy import Policy
from troth.plan.periods import Stay, minima_of, minimum_name
from troth.plan.table import relation_of
from troth.stores.walk import Value

COLLECTED = "collection"
"""The event that a period runs from where its rule names none."""
_MOST_VALUES = 2_000  # different moments of rows that are past; of more, all wait until the last one is


@dataclass(frozen=True, slots=True)
class Clock:
    """A minimum about the rows of a table, and where the moment that it runs from stands.

    Attributes:
        least: the minimum.
        table: whose rows it is about.
        holder, links: the table that has the moment and the way there; none of both where nothing shows it.
        column: the column.
    """

    least: Stay
    table: Table
    holder: str = ""
    links: tuple[Link, ...] = ()
    column: str = ""

    @property
    def node(self) -> Node:
        """The table that it is about."""
        return self.table.store, self.table.name

    @property
    def since(self) -> str:
        """The fact that tells how many days ago the event was."""
        return f"since-{self.least.clock or COLLECTED}"


@dataclass(frozen=True, slots=True)
class Dated:
    """The different moments of a person's rows by one clock, and whether some row has none."""

    clock: Clock
    cells: frozenset[Value]
    bare: bool


@dataclass(slots=True)
class Kept:
    """What the minima of one promise keep.

    Attributes:
        citation, purposes: of the promise.
        words: what is kept, for how long.
        nodes: the tables.
        ends: when each row may go.
        free: by table, the column and the values of rows that are past; None where two clocks do not agree.
    """

    citation: Citation
    purposes: dict[str, None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    nodes: set[Node] = field(default_factory=set)
    ends: list[datetime | None] = field(default_factory=list)
    free: dict[Node, tuple[str, frozenset[str]] | None] = field(default_factory=dict)

    @property
    def until(self) -> datetime | None:
        """When the last row may go; None where nobody knows."""
        known = [one for one in self.ends if one is not None]
        return max(known) if known and len(known) == len(self.ends) else None

    def conditions(self) -> dict[Node, Condition]:
        """By table, which rows may go."""
        return {
            node: Condition(one[0], tuple(sorted(one[1])))
            for node, one in self.free.items()
            if one is not None and 0 < len(one[1]) <= _MOST_VALUES
        }

    def let_go(self, node: Node, column: str, values: frozenset[str]) -> None:
        """Note which rows a clock lets go: those that every clock of the table does."""
        before = self.free.get(node, (column, values))
        same = before is not None and before[0] == column
        self.free[node] = (column, before[1] & values) if before is not None and same else None


def clocks(project: Project, policy: Policy) -> tuple[Clock, ...]:
    """The minima of a policy for each table that holds what they are about."""
    return tuple(
        _clock(project, least, table)
        for least in minima_of(policy, project.tables)
        for table in project.map.personal()
        if any(least.covers.intersection(column.terms) for column in table.columns)
    )


def _clock(project: Project, least: Stay, table: Table) -> Clock:
    bare = Clock(least, table)
    event = least.clock or COLLECTED
    if event not in table.events:
        return bare
    name, column = clock_column(table.events[event])
    holder = name or table.name
    links: list[Link] = []
    for link in table.paths[0].links if table.paths and holder != table.name else ():
        if link.store or link.inside or link.arrow == "~>":
            return bare
        links.append(link)
        if link.target == holder:
            break
    relation = relation_of(project.schemas, table.store, holder)
    there = holder == table.name or (links and links[-1].target == holder)
    if not there or relation is None or relation.field(column) is None:
        return bare
    return Clock(least, table, holder, tuple(links), column)


def unread(
    one: DataMap, policy: Policy, facts: Mapping[str, FactValue], tables: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The minima whose event no column of a table shows, with the fact that somebody would have to tell."""
    found: dict[str, set[str]] = {}
    for least in minima_of(policy, tables):
        event = least.clock or COLLECTED
        since = f"since-{event}"
        for table in one.personal():
            about = any(least.covers.intersection(column.terms) for column in table.columns)
            if about and event not in table.events and since not in facts:
                found.setdefault(minimum_name(least), set()).add(since)
    return {name: tuple(sorted(some)) for name, some in found.items()}


def weighed(
    dated: Iterable[Dated], facts: Mapping[str, FactValue], now: datetime
) -> tuple[dict[str, Kept], dict[str, set[str]]]:
    """What is kept by name of its minimum, and the facts that leave one undecided.

    Args:
        dated: the moments of a person's rows.
        facts: what is known of the case.
        now: the time, with its zone.
    """
    kept: dict[str, Kept] = {}
    missing: dict[str, set[str]] = {}
    for one in dated:
        least, name = one.clock.least, minimum_name(one.clock.least)
        applies = truth(least.condition, facts)
        if applies is False or not (one.cells or one.bare):
            continue
        running = dict(_running(one, facts, now))
        if applies is None and set(running.values()) != {False}:
            missing.setdefault(name, set()).update(
                {test.fact for test in tests(least.condition)} - set(facts)
            )
        if "unknown" in running.values():
            missing.setdefault(name, set()).add(one.clock.since)
        ends = [end for end in running.values() if end is not False and end != "unknown"]
        if not ends:
            continue
        found = kept.setdefault(name, Kept(least.citation))
        found.purposes |= dict.fromkeys(least.purposes)
        law = f" ({least.law})" if least.law else ""
        found.words[f"kept for at least {least.span} after {least.clock or COLLECTED}{law}"] = None
        found.nodes.add(one.clock.node)
        found.ends += [end if isinstance(end, datetime) else None for end in ends]
        past = frozenset(str(cell) for cell, end in running.items() if end is False and cell is not None)
        held = {str(cell) for cell, end in running.items() if end is not False}
        if one.clock.column:
            found.let_go((one.clock.table.store, one.clock.holder), one.clock.column, past - held)
    return kept, missing


def unclocked(dated: Iterable[Dated], name: str) -> set[str]:
    """The tables with rows of which nothing shows when a minimum began."""
    return {
        one.clock.table.place
        for one in dated
        if minimum_name(one.clock.least) == name
        and (one.bare or any(moment_of(cell) is None for cell in one.cells))
    }


def _running(
    one: Dated, facts: Mapping[str, FactValue], now: datetime
) -> Iterator[tuple[Value, datetime | bool | str]]:
    """For each moment when its period ends: False where that is over, True where only a fact tells that it runs."""
    span, days = one.clock.least.span, facts.get(one.clock.since)
    for cell in (*one.cells, *([None] if one.bare else [])):
        moment = moment_of(cell)
        if moment is not None:
            end = later(moment, span, now.tzinfo or UTC)
            yield cell, end if end > now else False
        elif isinstance(days, int | float) and not isinstance(days, bool):
            yield cell, days < span.days
        else:
            yield cell, "unknown"
