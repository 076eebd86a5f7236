"""Say yes or no to a purpose, and close an account: choices of a person that the stores follow in the same run.

    entry ─▶ consent_state, in the transaction of the entry     counts for every decision from then on
    marks ─▶ columns of the stores                              the application's own switches follow

Taking a consent back is `choices.withdraw`; it takes no more than giving it does (GDPR Art. 7(3), PIPL Art. 15).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from troth.enforcement.against import Against, Weighed
from troth.enforcement.alter import Alter
from troth.enforcement.anchors import number
from troth.enforcement.choices import Choice, choose, entry_of, is_known, named
from troth.enforcement.columns import stream
from troth.enforcement.known import aliases, every_alias, under
from troth.enforcement.project import Node, Project
from troth.enforcement.switches import switches
from troth.enforcement.trace import Trace, trace
from troth.model.condition import FactValue
from troth.model.datamap import Table, clock_column
from troth.model.entry import Entry
from troth.model.errors import NotFound, TrothError
from troth.model.instant import MILLI, is_clock, micros, moment_of
from troth.model.mark import parse_fact
from troth.model.outcome import Outcome, Person
from troth.model.plan import Citation, Step
from troth.model.schema import Field
from troth.model.vocabulary import Vocabulary, load
from troth.plan.access import compile_access
from troth.stores.walk import Row, Walk

_NOTHING: Weighed = ([], (), frozenset())
SAYS = {"give": True, "refuse": False}
"""What can be said to a purpose, and whether it is a yes."""
CLOSED = "account-closed"
_STATUS = "account-status"
_LOOKED = 1_000  # rows whose form is looked at


def say(  # noqa: PLR0913 - a word on a purpose has as many parts
    project: Project,
    person: Person,
    word: str,
    purpose: str,
    citation: Citation,
    *,
    scope: str = "",
    channel: str = "",
    vocabulary: Vocabulary | None = None,
) -> Outcome:
    """Record a yes or a no to a purpose, under every name the person is known by; the marks of the map follow.

    A visitor of whom no row is known is recorded under the identity that is given, and no column has to follow.
    A yes without a scope ends an objection to the same purpose, with an entry that says so. One to a broader purpose stands:
    then the marks stay off, and the outcome names it. So does a no to one channel, one list or a narrower purpose: its
    marks alone stay off.

    Args:
        project: the stores, journal and ledger; the ledger is opened with `CONSENTS`.
        person: who says it.
        word: "give" (an explicit yes) or "refuse".
        purpose: what for, as the vocabulary names it.
        citation: the sentence that asks for consent.
        scope: a channel, recipient or list; empty for all.
        channel: how it was said ("account-settings").
        vocabulary: that of the policy; the shipped one where none is given.

    Raises:
        NotFound: the vocabulary has no such purpose, or the word is another one.
        TrothError: another process is working, or the journal does not work.
    """
    if word not in SAYS:
        raise NotFound(f"`{word[:20]}` is nothing to say to a purpose", hint=f"say {' or '.join(SAYS)}")
    words = vocabulary or load()
    key = words.get("purpose", purpose).key
    detail: dict[str, Any] = {"purpose": key}
    detail |= {name: value for name, value in (("scope", scope), ("channel", channel)) if value}
    detail |= {"form": "explicit"} if word == "give" else {}
    one = replace(entry_of(project, "consent", word, citation), detail=detail)
    overruled = Against(project, words, key, citation) if word == "give" else None
    if not is_known(project, person):
        entries = [replace(one, subject=project.pseudonym(person))]
        ended, standing, _ = overruled.weighed(under(project, person), scope) if overruled else _NOTHING
        entries += ended
        first = project.write("ledger choice", lambda: project.ledger.append(entries))
        return Outcome(
            "partly" if standing else "done",
            project.pseudonym(person),
            reasons=standing,
            entries=tuple(range(first, first + len(entries))),
        )
    follow = switches(project.beyond or project.map, words, key, scope, on=SAYS[word])
    choice = Choice(word, citation, lambda _: [], switches=follow, stops=not SAYS[word])

    def said(found: Trace) -> list[Entry]:
        entries = [
            replace(one, subject=subject) for subject in aliases(project, found, shared=not SAYS[word])
        ]
        ended, standing, off = (
            overruled.weighed(every_alias(project, found, shared=True), scope) if overruled else _NOTHING
        )
        if standing:
            choice.against = standing
            choice.switches = {} if off is None else {one: on for one, on in follow.items() if one not in off}
        return entries + ended

    choice.said = said
    return choose(project, person, choice)


def close(
    project: Project, person: Person, citation: Citation, *, detail: Mapping[str, Any] | None = None
) -> Outcome:
    """Close the account of a person: the columns that the map names show it, and the event `account-closed` is written.

    The map says where: a table of persons whose `events` name the column of `account-closed`, and whose `facts` name that
    of `account-status`. Both are set in one transaction a store.

    Args:
        project: the stores, journal and ledger.
        person: whose account.
        citation: the sentence that promises it.
        detail: more for the event.

    Raises:
        TrothError: no table of the map says how an account is closed, or another process is working.
    """
    if not any(_closing(table) for table in project.map.subjects()):
        raise TrothError(
            "the map does not say how an account is closed",
            hint=f'write events = {{ {CLOSED} = "closed_at" }}',
        )

    def said(found: Trace) -> list[Entry]:
        event = replace(entry_of(project, "event", CLOSED, citation), outcome="happened")
        return named(project, found, event, dict(detail or {}))

    choice = Choice("close", citation, said, more=lambda found: tuple(_closed(project, found)))
    return choose(project, person, choice)


def facts(
    project: Project, person: Person, names: Iterable[str], citation: Citation
) -> dict[str, set[FactValue]]:
    """What the rows of a person show of some facts ("order-status"), each with all of its values.

    Args:
        project: the stores and the map with its `facts`.
        person: whose.
        names: the facts.
        citation: the sentence that asks for it.
    """
    wanted = set(names)
    plan = compile_access(project.map, project.schemas, citation)
    found = trace(project, [person], plan.steps)
    found.seek()
    seen: dict[str, set[FactValue]] = {name: set() for name in wanted}
    for step in plan.steps:
        table = project.map.table(step.store, step.table)
        for name in wanted & table.facts.keys():
            fact = parse_fact(table.facts[name])
            for cell in _cells(project, found, step, fact.column):
                value = fact.read(cell, project.clock())
                if value is not None:
                    seen[name].add(value)
    return seen


def _closing(table: Table) -> str:
    """The column of a table of persons that shows when the account was closed."""
    place, column = clock_column(table.events[CLOSED]) if CLOSED in table.events else ("", "")
    return column if not place else ""


def _closed(project: Project, found: Trace) -> Iterator[tuple[Alter, tuple[Row, ...]]]:
    moment = project.clock().astimezone(UTC)
    rows: dict[Node, list[Row]] = {}
    for node, anchors in found.anchors.rows.items():
        rows[node] = [anchor.key for anchor in anchors.values()]
    for node, keys in sorted(rows.items()):
        table = project.map.table(*node)
        column = _closing(table)
        relation = project.schemas[table.store].relation(table.name)
        shown = relation.field(column) if column else None
        if shown is None:
            continue
        fresh = tuple(_still_open(project, table, column, keys))
        if not fresh:
            continue
        yield _alter(table, column, _spelled(project, table, shown, moment)), fresh
        if _STATUS in table.facts:
            fact = parse_fact(table.facts[_STATUS])
            word = next((their for their, ours in fact.words.items() if ours == "closed"), "closed")
            yield _alter(table, fact.column, word), fresh


def already_closed(project: Project, person: Person) -> bool:
    """Whether every account of a person that can be closed is closed: its time is past, and its state says so.

    Args:
        project: the stores and the map.
        person: whose account.

    Raises:
        TrothError: an identity names no column.
    """
    found = trace(project, [person], compile_access(project.map, project.schemas, Citation()).steps)
    found.seek()
    rows = {node: [one.key for one in anchors.values()] for node, anchors in found.anchors.rows.items()}
    tables = [(project.map.table(*node), keys) for node, keys in rows.items() if keys]
    closing = [(table, _closing(table), keys) for table, keys in tables if _closing(table)]
    return bool(closing) and not any(_still_open(project, *one) for one in closing)


def _still_open(project: Project, table: Table, column: str, keys: Sequence[Row]) -> list[Row]:
    """The rows of accounts that are not closed; an account with an old time and another state was opened again."""
    fact = parse_fact(table.facts[_STATUS]) if _STATUS in table.facts else None
    walk = Walk(table.name, fixed=table.key, want=(column, *((fact.column,) if fact else ())), upward=True)
    now = project.clock()
    closed: set[tuple[str, ...]] = set()
    for row in project.stores[table.store].find(walk, list(keys), list(range(len(keys)))):
        place, cell, *state = row
        moment = moment_of(cell)
        if moment is not None and moment <= now and (fact is None or fact.read(state[0], now) == "closed"):
            closed.add(tuple(map(str, keys[number(place)])))
    return [key for key in keys if tuple(map(str, key)) not in closed]


def _spelled(project: Project, table: Table, shown: Field, moment: datetime) -> str:
    """A moment in the form that the other values of a column have; where there is none, as its type asks for."""
    if shown.kind == "date":
        return moment.date().isoformat()
    rows = stream(project, table.store, table.name, (shown.name,))
    cells = [str(row[0]).strip() for row in islice(rows, _LOOKED) if is_clock(row[0]) and row[0]]
    other = next(iter(cells), "")
    if shown.kind in {"integer", "number"} or other.isdigit():
        seconds = micros(moment) // 1_000_000
        return str(seconds * 1_000 if other.isdigit() and int(other) >= MILLI else seconds)
    if len(other) == len("2026-01-01"):
        return moment.date().isoformat()
    zone = "" if shown.kind == "time" else "Z" if other.endswith("Z") else "+00:00" if "+" in other else ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S" if "T" in other else "%Y-%m-%d %H:%M:%S") + zone


def _alter(table: Table, column: str, value: str) -> Alter:
    return Alter(table.store, table.name, table.key, column, value, None, what="closed")


def _cells(project: Project, found: Trace, step: Step, column: str) -> Iterator[object]:
    keys: Sequence[Row] = sorted({row[1:] for row in found.rows(step)}, key=str)
    if not keys:
        return
    walk = Walk(step.table, (), step.key, (column,), upward=True)
    for _, *values in project.stores[step.store].find(walk, keys, list(range(len(keys)))):
        yield values[0]
