"""Erasure that must wait: which holds of the policy apply to a person's rows, and what happens when they end.

    policy: hold open-order: order-status in [open, unpaid] at-most 90 days
    map:    facts = { order-status = "state: new, pending = open; due = unpaid; * = completed" }

A row shows facts through the columns that the map names; facts of the case (a dispute, a litigation) are given by
the caller. A hold covers the rows that make its condition true, or whose cells say nothing that the policy knows, and what
is found by them; a word about the case says what their cells leave open. Where no row can show it and the
case alone makes it true, it covers everything that the rule is about, or the data that the hold names
(`data is order-information and ...`). What no hold covers is erased at once. What a
hold covers is restricted to the purposes of the hold until a later look finds that the condition has ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from troth.enforcement.about import Facts
from troth.enforcement.choices import Choice, choose, entry_of, named, released
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.known import every_alias
from troth.enforcement.minima import Kept, clocks, unclocked, unread, weighed
from troth.enforcement.needed import Rest, rest_of
from troth.enforcement.project import Project
from troth.enforcement.shown import Cells, Rows, Seen, apart, seen_of
from troth.enforcement.switches import switches_beside
from troth.enforcement.trace import Trace
from troth.evidence.restriction import Restriction, beside, restrictions_of, standing_of
from troth.model.condition import ALWAYS, NEVER, All, Any_, FactValue, Not, Test, tests, truth
from troth.model.condition import Condition as Expression
from troth.model.datamap import Condition, DataMap, Table
from troth.model.entry import Entry, utc
from troth.model.instant import moment_of
from troth.model.mark import RESTRICTED
from troth.model.moment import later
from troth.model.outcome import Identity, Outcome, Person, Reason
from troth.model.plan import Citation, Hold, Plan
from troth.model.policy import Exemption, Policy, Promise, Rule, vocabulary_of
from troth.model.vocabulary import Vocabulary
from troth.plan.narrow import Held, narrowed
from troth.plan.table import through
from troth.policy.plain import Speech

_NONE: Mapping[str, str] = MappingProxyType({})
DATA = "data"
"""What a condition asks of the data that it is about, as `data is order-information`."""
_EVERYTHING = frozenset({"all-of-subject", "personal-data"})
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A hold of the policy that applies to a person now.

    Attributes:
        name: as the policy calls it ("open-order").
        places: the tables it covers, `store.table`.
        purposes: what the data may still be used for meanwhile.
        until: when it is expected to end; None where nobody knows.
        words: why, in the words that the person is told.
        citation: the promise it stands in.
        free: by store and table, the rows it does not cover.
    """

    name: str
    places: tuple[str, ...]
    purposes: tuple[str, ...]
    until: datetime | None
    words: str
    citation: Citation
    free: Mapping[Node, Condition]


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the policy and a person's rows says.

    Attributes:
        holds: those that apply.
        undecided: by name of a hold, the facts that nothing shows: nobody knows whether it holds. It is not among
            `holds`; who carries an erasure out waits until somebody has said it.
        doubtful: by name of such a hold, the tables that it may keep.
        known: whether anybody was found.
        rest: what goes of tables that no hold covers and that rows which stay are found by; None where nothing is held.
        agreed: the consents that stand: pseudonym, purpose and scope.
    """

    holds: tuple[Standing, ...] = ()
    undecided: Mapping[str, tuple[str, ...]] | None = None
    known: bool = False
    rest: Rest | None = None
    agreed: tuple[tuple[str, str, str], ...] = ()
    doubtful: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def look(
    project: Project,
    person: Person,
    policy: Policy,
    *,
    facts: Mapping[str, FactValue] | None = None,
    usual: Collection[str] = (),
) -> Look:
    """Which holds of a policy apply to a person now.

    The holds of rules that answer a request for erasure count where there are any; otherwise those of every rule
    that erases.

    Args:
        project: the stores and the map with its `facts`.
        person: whose erasure it is.
        policy: the compiled policy.
        facts: facts of the case by key ("dispute-status": "open").
        usual: which of them the house says of every case. Where rows of the person show such a fact, they decide.

    Raises:
        TrothError: an identity names no column.
    """
    seen = seen_of(project, person, clocks(project, policy))
    words = Facts(policy)
    recorded, agreed = standing_of(project.ledger, seen.aliases)
    current = _running(recorded)
    found: dict[str, Standing] = {}
    undecided: dict[str, set[str]] = {}
    doubtful: dict[str, set[str]] = {}
    for promise, rule in _erasing(policy):
        for hold in rule.holds:
            one = _Case(project, words, promise, rule, hold, dict(facts or {}), seen, frozenset(usual))
            standing, missing = one.standing(current.get(hold.name))
            if standing is not None:
                found[hold.name] = _together(found.get(hold.name), standing)
            elif missing:
                undecided.setdefault(hold.name, set()).update(missing)
                doubtful.setdefault(hold.name, set()).update(one.may_keep())
    kept, unclear = weighed(seen.dated, facts or {}, project.clock())
    for name, least in kept.items():
        found[name] = _least(project, name, least)
    left = {name: tuple(sorted(some)) for name, some in sorted(undecided.items()) if name not in found}
    # Rows that are known to be kept decide nothing about those whose clock can not be read.
    left |= {name: tuple(sorted(some)) for name, some in sorted(unclear.items())}
    doubtful |= {name: unclocked(seen.dated, name) for name in unclear}
    holds = tuple(found[name] for name in sorted(found))
    covered = frozenset(place for one in holds for place in one.places)
    plan = _waiting(project, Citation(), holds, None) if covered and seen.known else None
    rest = rest_of(project, person, plan, covered) if plan else None
    where = {name: tuple(sorted(doubtful[name])) for name in left}
    return Look(holds, left, seen.known, rest, agreed, where)


def untold(
    one: DataMap, policy: Policy, facts: Mapping[str, FactValue], tables: Mapping[str, str] = _NONE
) -> Mapping[str, tuple[str, ...]]:
    """The holds of a policy that no row can decide, with the facts that no column of the map tells.

    Args:
        one: the data map.
        policy: the compiled policy.
        facts: what the house says of every case.
        tables: the tables of legal periods that the policy names.
    """
    columns = [frozenset(table.facts) for table in one.personal() if table.facts]
    words, found = vocabulary_of(policy), dict[str, set[str]]()
    for _, rule in _erasing(policy):
        for hold in rule.holds:
            for condition in {_about(hold.condition, table, words) for table in one.personal()}:
                found.setdefault(hold.name, set()).update(_missing(condition, facts, columns))
    told = {name: tuple(sorted(some)) for name, some in sorted(found.items()) if some}
    return told | unread(one, policy, facts, tables)


def _about(condition: Expression, table: Table, words: Vocabulary) -> Expression:
    """A condition as it is asked of a table: whether it is about data of the table is known."""
    match condition:
        case Test(fact=fact, values=values) if fact == DATA:
            terms = {term for column in table.columns for term in column.terms}
            covered = {key for value in values for key in (str(value), *words.covers("data", str(value)))}
            return ALWAYS if terms & covered else NEVER
        case Not():
            return Not(_about(condition.part, table, words))
        case All() | Any_():
            return type(condition)(tuple(_about(part, table, words) for part in condition.parts))
        case _:
            return condition


def _missing(
    condition: Expression, facts: Mapping[str, FactValue], columns: Iterable[frozenset[str]]
) -> set[str]:
    """The facts that leave a condition undecided, whatever rows there are; none where the rows of one table can tell."""
    if truth(condition, facts) is not None:
        return set()
    wanted = {test.fact for test in tests(condition)}
    shown = list(columns)
    if any(wanted <= {*one, *facts} for one in shown if one & wanted):
        return set()
    # Facts of two tables are not put together, so where each is shown by another table all of them are missing.
    return wanted - set(facts).union(*shown) or wanted - set(facts) or wanted


def plan_waiting(project: Project, citation: Citation, seen: Look) -> Plan:
    """The plan of an erasure with holds: held rows stay, and what they are found by; everything else goes."""
    return _waiting(project, citation, seen.holds, seen.rest)


def _waiting(project: Project, citation: Citation, holds: Sequence[Standing], rest: Rest | None) -> Plan:
    by_place: dict[str, Hold] = {}
    for one in holds:
        for place in one.places:
            until = utc(one.until) if one.until else ""
            words = f"{one.words}{f', expected until {until[:10]}' if until else ''}"
            before = by_place.get(place)
            reason = f"{before.reason}; {words}" if before else words
            by_place[place] = Hold(place, reason, max(until, before.until if before else ""), one.citation)
    loose = rest.loose if rest else frozenset[Node]()
    plan = plan_erasure(project, citation, by_place.values(), loose=loose)
    if not by_place:
        return plan
    every: list[Held] = [(one.places, one.free) for one in holds]
    for node, condition in rest.apart.items() if rest else ():
        every.append(((".".join(node),), {node: condition} if condition is not None else {}))
    return narrowed(plan, plan_erasure(project, citation), every, rest.spare if rest else {}, project.schemas)


def erase_or_hold(
    project: Project,
    person: Person,
    policy: Policy,
    citation: Citation,
    *,
    facts: Mapping[str, FactValue] | None = None,
) -> Outcome:
    """Erase what no hold covers, and restrict the rest to the purposes of its holds.

    Holds that have ended since an earlier look are released first, so calling it again finishes what waited. A hold
    that is undecided keeps nothing back: look first, and decide what to do with it.

    Args:
        project: the stores, journal and ledger.
        person: whom.
        policy: the compiled policy.
        citation: the sentence that asks for the erasure.
        facts: facts of the case by key.

    Returns:
        The outcome of the erasure; `partly` while anything is held, with the hold and its expected end as reasons.

    Raises:
        TrothError: see `erase`.
    """
    return erase_waiting(project, person, citation, look(project, person, policy, facts=facts))


def erase_waiting(project: Project, person: Person, citation: Citation, seen: Look) -> Outcome:
    """As `erase_or_hold`, after a look that the caller has judged.

    What the person agreed to ends with their data: nothing rests on the consent of somebody who is to be forgotten. Their
    no to a purpose stays, so that the address is left alone whoever writes it down again.

    Raises:
        TrothError: see `erase`.
    """
    if seen.agreed:  # before the rows go: after a kill nobody could say under which names they had agreed
        one = entry_of(project, "consent", "expire", citation)
        over = [
            replace(one, subject=subject, detail={"purpose": purpose, **({"scope": scope} if scope else {})})
            for subject, purpose, scope in seen.agreed
        ]
        project.write("ledger choice", lambda: project.ledger.append(over))
    if seen.known:
        loose = seen.rest.loose if seen.rest else frozenset[Node]()
        place(project, person, seen.holds, citation, loose=loose)
    return erase(project, [person], plan_waiting(project, citation, seen))[0]


def finish_held(
    project: Project,
    policy: Policy,
    citation: Citation,
    *,
    facts: Mapping[str, Mapping[str, FactValue]] | None = None,
) -> tuple[Outcome, ...]:
    """Look again at every erasure that waits, and finish those whose holds have ended.

    Args:
        project: the stores, journal and ledger.
        policy: the compiled policy.
        citation: the sentence that asks for the erasure.
        facts: facts of the case by pseudonym of the person.

    Raises:
        TrothError: see `erase`.
    """
    waiting: dict[str, Person] = {}
    for job in project.journal.jobs():
        if job.purpose == "erasure":
            people = project.journal.details(job.id)["people"]
            for subject, some in zip(project.journal.subjects(job.id), people, strict=True):
                waiting[subject] = Person(tuple(Identity(kind, value) for kind, value in some))
    return tuple(
        erase_or_hold(project, person, policy, citation, facts=(facts or {}).get(subject))
        for subject, person in waiting.items()
    )


def place(
    project: Project,
    person: Person,
    holds: Sequence[Standing],
    citation: Citation,
    *,
    loose: Collection[Node] = (),
) -> Outcome:
    """Record the holds of a person as restrictions, and end those that are recorded and apply no more.

    What is left of the person serves the purposes of their holds and nothing else. Each entry names its hold, the
    tables it covers and its expected end; the application's mark follows where the map names one.

    Args:
        project: the stores, journal and ledger.
        person: whose.
        holds: those that apply.
        citation: the sentence that asks for the erasure.
        loose: tables of persons whose rows go now: the number of such a row may be another's soon.
    """
    choice = Choice("hold", citation, lambda _: [], silent=True)
    purposes = sorted({purpose for one in holds for purpose in one.purposes})

    def said(found: Trace) -> list[Entry]:
        every = restrictions_of(project.ledger, every_alias(project, found, shared=True))
        current = [one for one in every if one.action == "hold"]
        names = {one.name for one in holds}
        over = [one for one in current if one.reason not in names]
        # Names of rows that are gone by now stand in the same entry, and are free again with the others.
        entries = released(project, citation, beside(project.ledger, over))
        left = replace(found, anchors=found.anchors.without(loose))
        standing = {one.reason: one for one in current}
        for one in holds:
            detail: dict[str, Any] = {"reason": one.name, "allowed": purposes, "places": list(one.places)}
            detail |= {"until": utc(one.until)} if one.until else {}
            before = standing.get(one.name)
            if before is None or (before.until, before.allowed) != (detail.get("until", ""), tuple(purposes)):
                entries += named(project, left, entry_of(project, "restricted", "hold", one.citation), detail)
        others = any(one.action == "restrict" for one in every)
        # Not every store has a mark for restricted data: what no hold is for is switched off wherever it has a switch.
        off = dict.fromkeys(switches_beside(project.map, purposes), False)
        released_now = {RESTRICTED: False} if current and not others else {}
        choice.marks = {**off, RESTRICTED: True} if holds else released_now
        return entries

    choice.said = said
    return choose(project, person, choice)


def ended(project: Project, person: Person, now: datetime) -> tuple[Restriction, ...]:
    """The recorded holds of a person whose expected end has come; the next look decides whether they really ended.

    Until then the restriction goes on: a date that was expected ends nothing by itself.
    """
    found = seen_of(project, person)
    current = restrictions_of(project.ledger, found.aliases)
    return tuple(
        one
        for one in current
        if one.action == "hold" and one.until and datetime.fromisoformat(one.until) <= now
    )


def _running(recorded: Iterable[Restriction]) -> dict[str, Restriction]:
    """The recorded holds by name, the oldest of each."""
    found: dict[str, Restriction] = {}
    for one in recorded:
        if one.action == "hold":
            found.setdefault(one.reason, one)
    return found


def _erasing(policy: Policy) -> list[tuple[Promise, Rule]]:
    """The rules with holds that erase: those that answer a request where there are any."""
    every = [
        (promise, rule)
        for promise in policy.promises
        for rule in promise.rules
        if rule.verb == "erase" and rule.mode == "must" and rule.holds
    ]
    asked = [
        (promise, rule)
        for promise, rule in every
        if rule.trigger and rule.trigger.event.endswith("request-erase")
    ]
    return asked or every


@dataclass(frozen=True, slots=True)
class _Case:
    """One hold of one rule, asked about one person."""

    project: Project
    words: Facts
    promise: Promise
    rule: Rule
    hold: Exemption
    facts: Mapping[str, FactValue]
    seen: Seen
    usual: frozenset[str]

    def standing(self, before: Restriction | None) -> tuple[Standing | None, set[str]]:
        """The hold where it applies; otherwise the facts that nothing shows."""
        now = self.project.clock()
        limit = None
        if self.hold.most:
            limit = later(datetime.fromisoformat(before.since) if before else now, self.hold.most)
            if limit <= now:
                return None, set()
        if (whole := self._whole(self.facts)) and not self._shown_by_rows(now):
            return self._standing(tuple(sorted(whole)), {}, limit), set()
        places_, free, ends = set[str](), dict[Node, Condition](), list[datetime]()
        unread: list[str] = []
        for rows in self.seen.rows:
            condition = self._of(rows.table)
            said = {
                cells: truth(condition, {**self.facts, **rows.shown(cells, now, self.words.words)})
                for cells in rows.cells
            }
            # Where the columns should tell and a cell says nothing that the policy knows, the row stays, as in a sweep.
            doubt = {test.fact for test in tests(condition)} <= {*rows.facts, *self.facts}
            covered = [cells for cells, one in said.items() if one or (one is None and doubt)]
            if not covered:
                continue
            if None in {said[cells] for cells in covered}:
                unread.append(rows.table.place)
            node = (rows.table.store, rows.table.name)
            places_ |= {rows.table.place, *_found_by(self.project, node)}
            ends += [end for cells in covered for end in self._ends(rows, cells)]
            if one := apart(rows, covered, {test.fact for test in tests(condition)}):
                free[node] = one
        if places_:
            end = max(ends) if ends else None
            standing = self._standing(
                tuple(sorted(places_)), free, min(filter(None, (end, limit)), default=None)
            )
            if unread:
                told = f"{standing.words}, or what {', '.join(unread)} says of it is not known"
                standing = replace(standing, words=told)
            return standing, set()
        columns = [frozenset(rows.facts) for rows in self.seen.rows]
        every = {self._of(table) for table in self.project.map.personal()}
        return None, set().union(*(_missing(one, self.facts, columns) for one in every))

    def may_keep(self) -> set[str]:
        """The tables that the hold would cover, if its facts were so."""
        return {
            table.place
            for table in self.project.map.personal()
            if self._of(table) != NEVER and self._concerns(table)
        }

    def _of(self, table: Table) -> Expression:
        """The condition as it is asked of a table."""
        return _about(self.hold.condition, table, self.words.words)

    def _whole(self, facts: Mapping[str, FactValue]) -> set[str]:
        """The tables that facts of the case alone hold, and those that are found by them."""
        every = [
            table
            for table in self.project.map.personal()
            if truth(self._of(table), facts) and self._concerns(table)
        ]
        below = {place for table in every for place in _found_by(self.project, (table.store, table.name))}
        return below.union(table.place for table in every)

    def _shown_by_rows(self, now: datetime) -> bool:
        """Whether rows of the person show what the condition asks, so that a word of the case only says what they leave open.

        What the house says of every case is such a word. What somebody says of this one is, where a row leaves it open;
        otherwise they know more than the rows do.
        """
        wanted = {test.fact for test in tests(self.hold.condition)}
        tellers = [rows for rows in self.seen.rows if rows.cells and wanted & rows.facts.keys()]
        told = wanted & {name for rows in tellers for name in rows.facts}
        if not told or self._whole({name: self.facts[name] for name in self.facts.keys() - told}):
            return False
        said = (told & self.facts.keys()) - self.usual
        rest = {name: self.facts[name] for name in self.facts.keys() - said}
        return not said or any(
            truth(self._of(rows.table), {**rest, **rows.shown(cells, now, self.words.words)}) is None
            for rows in tellers
            for cells in rows.cells
        )

    def _standing(
        self, places: tuple[str, ...], free: Mapping[Node, Condition], end: datetime | None
    ) -> Standing:
        speech = Speech(self.words.words, "en")
        words = f"{self.hold.name.replace('-', ' ')}: {speech.condition(self.hold.condition)}"
        purposes = dict.fromkeys(purpose for rule in self.rule.held for purpose in rule.purposes)
        citation = Citation(self.promise.id, self.promise.sentences, self.words.policy.hash)
        return Standing(self.hold.name, places, tuple(purposes), end, words, citation, free)

    def _concerns(self, table: Table) -> bool:
        things = {thing.rpartition(":")[2] for thing in self.rule.things}
        terms = {term for column in table.columns for term in column.terms}
        return bool(things & _EVERYTHING) or self.words.concerns(self.rule, terms)

    def _ends(self, rows: Rows, cells: Cells) -> Iterator[datetime]:
        """The times in the cells at which a fact of the condition turns."""
        now = self.project.clock()
        named_ = {test.fact for test in tests(self.hold.condition)}
        for (name, fact), cell in zip(rows.facts.items(), cells, strict=True):
            if name in named_ and "future" in fact.words and cell is not None:
                moment = moment_of(cell)
                if moment is not None and moment > now:
                    yield moment


def _found_by(project: Project, node: Node) -> Iterator[str]:
    """The tables whose rows are found by rows of a table."""
    for table in project.map.personal():
        if (
            any(node in through(path, table.store) for path in table.paths)
            and (table.store, table.name) != node
        ):
            yield table.place


def _least(project: Project, name: str, kept: Kept) -> Standing:
    """A minimum that keeps rows of a person, with everything that is found by them."""
    places = {f"{store}.{table}" for store, table in kept.nodes}
    places |= {place for node in kept.nodes for place in _found_by(project, node)}
    words, purposes = " and ".join(kept.words), tuple(kept.purposes)
    return Standing(
        name, tuple(sorted(places)), purposes, kept.until, words, kept.citation, kept.conditions()
    )


def _together(one: Standing | None, other: Standing) -> Standing:
    """The same hold of two rules: both their tables, and only what neither covers is free."""
    if one is None:
        return other
    free = {node: one.free[node] for node in one.free if other.free.get(node) == one.free[node]}
    until = max(one.until, other.until) if one.until and other.until else None
    places = tuple(sorted({*one.places, *other.places}))
    purposes = tuple(dict.fromkeys((*one.purposes, *other.purposes)))
    return replace(one, places=places, purposes=purposes, until=until, free=free)


def reasons(holds: Sequence[Standing]) -> tuple[Reason, ...]:
    """What a person is told of the holds: each place with the hold and its expected end."""
    return tuple(
        Reason(where, f"{one.words}{f', expected until {utc(one.until)[:10]}' if one.until else ''}")
        for one in holds
        for where in one.places
    )
