"""What a policy says about how long data is kept, sorted out: duties to erase, permissions that end, minima, bans.

    must erase X 24 months after account-closed        a duty with a clock of its own
    may store X until 13 months after collection       a permission that ends: nothing permits keeping X afterwards
    when storage-period-end must erase X within 24 h   a duty at the end of whatever permission there was
    must retain X at-least 6 months after collection   a minimum: not earlier
    must erase X after legal-minimum from periods.csv  a minimum and a duty, looked up by data category
    never erase X if held                              a ban

GDPR Art. 5(1)(e): kept no longer than is necessary; where nothing permits storing any more, it is not.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from troth.model.condition import ALWAYS, Condition, Test, both, tests
from troth.model.errors import TrothError
from troth.model.finding import Finding
from troth.model.plan import Citation
from troth.model.policy import UNITS, Exemption, Policy, Promise, Rule, Span, choices_of, vocabulary_of
from troth.model.vocabulary import Vocabulary

ENDS = frozenset({"storage-period-end", "legal-minimum", "purpose-ended", "scheduled"})
"""Events that mean the end of whatever period there was."""
_ERASE = {"erase": "erase", "anonymise": "anonymise"}
_KEEP = frozenset({"store", "retain", "keep"})
_AT_REQUEST = ("request",)
TEST = "anonymisation-test"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something has to go.

    Attributes:
        rule: id of the rule.
        citation: its promise and sentences.
        act: erase or anonymise.
        covers: data terms it is about, with all below them.
        clock: the event its period runs from; empty for the end of the permissions.
        keep: not before so long after the event; None: at once.
        within: at the latest so long after it.
        prompt: it is due as soon as the event has happened; otherwise `within` is a limit that is used.
        condition: which rows.
        exceptions, holds: see the policy.
        k: rows that have to look alike.
        fallback: it is owed where the test of an anonymisation failed.
        table: file of legal periods.
    """

    rule: str
    citation: Citation
    act: Literal["erase", "anonymise"]
    covers: frozenset[str]
    clock: str = ""
    keep: Span | None = None
    within: Span | None = None
    prompt: bool = True
    condition: Condition = ALWAYS
    exceptions: tuple[Exemption, ...] = ()
    holds: tuple[Exemption, ...] = ()
    k: int = 0
    fallback: bool = False
    table: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """Data may (a permission) or has to (a minimum) be kept for so long after an event.

    Attributes:
        rule: id of the rule, or the law of a table.
        citation: its promise and sentences.
        covers: data terms it is about.
        clock: the event; empty: the one that the duty runs from.
        span: how long.
        condition: which rows.
        purposes: what they are kept for.
        law: the law that a table of legal periods names.
    """

    rule: str
    citation: Citation
    covers: frozenset[str]
    clock: str
    span: Span
    condition: Condition = ALWAYS
    purposes: tuple[str, ...] = ()
    law: str = ""


@dataclass(frozen=True, slots=True)
class Ban:
    """Data may not be erased, or may be kept, while a condition holds."""

    rule: str
    citation: Citation
    covers: frozenset[str]
    condition: Condition
    exceptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Periods:
    """Everything that a policy says about retention.

    Attributes:
        policy: SHA-256 of the compiled policy.
        lasting: permissions to keep data while the account is in some state, for as long as it is; `condition` says which.
        unheard: rules that look a period up in a table that is not given, with the reason.
        choices: by fact that is a choice, the values that it can have.
    """

    duties: tuple[Duty, ...]
    permits: tuple[Stay, ...]
    minima: tuple[Stay, ...]
    bans: tuple[Ban, ...]
    unheard: tuple[tuple[str, Citation, str], ...] = ()
    policy: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lasting: tuple[Ban, ...] = ()


def periods_of(policy: Policy, tables: Mapping[str, str] | None = None) -> Periods:
    """What a policy says about retention.

    Args:
        policy: the compiled policy.
        tables: texts of the tables of legal periods by file name, CSV with the columns `data`, `period`, `event`
            and `law` ("order-information,36 months,order-completed,E-Commerce Law art. 31").

    Raises:
        TrothError: a table is malformed; with its name and line.
    """
    vocabulary = vocabulary_of(policy)
    duties: list[Duty] = []
    permits: list[Stay] = []
    minima: list[Stay] = []
    bans: list[Ban] = []
    lasting: list[Ban] = []
    unheard: list[tuple[str, Citation, str]] = []
    for promise, rule in _rules(policy):
        citation = Citation(promise.id, promise.sentences, policy.hash)
        covers = _covered(vocabulary, rule.things)
        if rule.mode == "must" and rule.verb in _ERASE and covers:
            table = rule.deadline.table if rule.deadline else ""
            if table and table not in (tables or {}):
                unheard.append((rule.id, citation, f"the table of legal periods {table} is not there"))
                continue
            if table:
                minima += _looked_up(vocabulary, table, (tables or {})[table], citation, covers)
            duties += _duty(rule, citation, covers)
        elif rule.verb in _KEEP and rule.mode in {"may", "only"} and covers and _of_account(rule):
            lasting.append(Ban(rule.id, citation, covers, rule.condition, rule.exceptions))
        elif rule.verb in _KEEP and rule.deadline and covers:
            permits += _permit(rule, citation, covers)
            minima += _minimum(rule, citation, covers)
        elif rule.mode == "never" and rule.verb in _ERASE and covers:
            bans.append(Ban(rule.id, citation, covers, rule.condition, rule.exceptions))
    return Periods(
        tuple(duties),
        tuple(permits),
        tuple(minima),
        tuple(bans),
        tuple(unheard),
        policy.hash,
        choices_of(vocabulary),
        tuple(lasting),
    )


def _of_account(rule: Rule) -> bool:
    """Whether the state of the account, and nothing else, decides how long a permission lasts."""
    return rule.deadline is None and {test.fact for test in tests(rule.condition)} == {"account-status"}


def _rules(policy: Policy) -> Iterator[tuple[Promise, Rule]]:
    for promise in policy.promises:
        if promise.draft is None:
            for rule in promise.rules:
                yield promise, rule


def _covered(vocabulary: Vocabulary, things: tuple[str, ...]) -> frozenset[str]:
    """The data terms below things; what is no data (a service, a register) has none."""
    found: set[str] = set()
    for thing in things:
        if ":" not in thing:
            found |= vocabulary.covers("data", thing)
        elif thing.startswith("data:"):
            found |= vocabulary.covers("data", thing.removeprefix("data:"))
    return frozenset(found)


def _duty(rule: Rule, citation: Citation, covers: frozenset[str]) -> Iterator[Duty]:
    event = rule.trigger.event if rule.trigger else ""
    if event.startswith(_AT_REQUEST):
        return  # a person asks, and is answered by a request of its own
    condition = both(rule.condition, *([rule.trigger.condition] if rule.trigger else []))
    fallback = any(test.fact == TEST for test in tests(condition))
    k = next((int(one.number) for one in rule.measures if one.key == "k-anonymity" and one.number), 0)
    duty = Duty(
        rule.id, citation, "erase" if rule.verb == "erase" else "anonymise", covers,
        clock="" if event in ENDS else event, condition=_without(condition, TEST), exceptions=rule.exceptions,
        holds=rule.holds, k=k, fallback=fallback,
    )  # fmt: skip
    deadline = rule.deadline
    if deadline is None or deadline.kind in {"at-once", "every"}:
        yield replace(duty, within=deadline.span if deadline and deadline.kind == "every" else None)
    elif deadline.kind == "within":
        prompt = rule.trigger is not None
        yield replace(duty, within=deadline.span, clock=deadline.event or duty.clock, prompt=prompt)
    elif deadline.kind in {"after", "at-least"}:
        yield replace(duty, keep=deadline.span, clock=deadline.event or duty.clock)
    elif deadline.kind == "table":
        yield replace(duty, table=deadline.table, clock="" if deadline.event in ENDS else deadline.event)


def _without(condition: Condition, fact: str) -> Condition:
    """A condition without its tests of one fact, where they stand in a conjunction."""
    parts = getattr(condition, "parts", None)
    if isinstance(condition, Test):
        return ALWAYS if condition.fact == fact else condition
    if parts is not None and type(condition) is type(ALWAYS):
        return both(*(_without(part, fact) for part in parts))
    return condition


def _permit(rule: Rule, citation: Citation, covers: frozenset[str]) -> Iterator[Stay]:
    deadline = rule.deadline
    if rule.mode in {"may", "only"} and deadline and deadline.kind == "after" and deadline.span:
        yield Stay(rule.id, citation, covers, deadline.event, deadline.span, rule.condition)


def _minimum(rule: Rule, citation: Citation, covers: frozenset[str]) -> Iterator[Stay]:
    deadline = rule.deadline
    if rule.mode == "must" and deadline and deadline.kind == "at-least" and deadline.span:
        event = deadline.event or (rule.trigger.event if rule.trigger else "")
        yield Stay(rule.id, citation, covers, event, deadline.span, rule.condition, rule.purposes)


def minima_of(policy: Policy, tables: Mapping[str, str]) -> tuple[Stay, ...]:
    """The minima of a policy: those that it states itself (`at-least`), and those of its tables of legal periods.

    Args:
        policy: the compiled policy.
        tables: as for `periods_of`.

    Raises:
        TrothError: a table is malformed, or is not there, so that nobody knows what may go.
    """
    rules = [(promise, rule) for promise, rule in _rules(policy) if _states_minimum(rule) or _table(rule)]
    words = vocabulary_of(policy) if rules else None
    found: list[Stay] = []
    for promise, rule in rules:
        covers = _covered(words, rule.things) if words is not None else frozenset[str]()
        citation = Citation(promise.id, promise.sentences, policy.hash)
        if words is None or not covers:
            continue
        if not (table := _table(rule)):
            found += _minimum(rule, citation, covers)
        elif table in tables:
            found += _looked_up(words, table, tables[table], citation, covers)
        else:
            raise TrothError(
                f"the table of legal periods {table} is not there, so nobody knows what may be erased",
                hint="put it beside troth.toml",
            )
    return tuple(found)


def _states_minimum(rule: Rule) -> bool:
    deadline = rule.deadline
    return rule.verb in _KEEP and rule.mode == "must" and deadline is not None and deadline.kind == "at-least"


def _table(rule: Rule) -> str:
    """The table of legal periods that a duty to erase looks its period up in; empty for none."""
    erases = rule.mode == "must" and rule.verb in _ERASE
    return rule.deadline.table if erases and rule.deadline else ""


def tables_of(policy: Policy) -> tuple[str, ...]:
    """The names of the tables of legal periods that a policy looks periods up in, sorted."""
    return tuple(sorted({table for _, rule in _rules(policy) if (table := _table(rule))}))


def minimum_names(policy: Policy) -> frozenset[str]:
    """What the minima of a policy are called where they hold an erasure back."""
    return frozenset(
        _named(promise.id) for promise, rule in _rules(policy) if _states_minimum(rule) or _table(rule)
    )


def minimum_name(least: Stay) -> str:
    """What a minimum is called where it holds an erasure back."""
    return _named(least.citation.promise)


def _named(promise: str) -> str:
    return f"minimum-period-{promise}"


def _looked_up(
    vocabulary: Vocabulary, name: str, text: str, citation: Citation, covers: frozenset[str]
) -> Iterator[Stay]:
    """The minima of a table of legal periods, for the data of the rule that looks it up."""
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            amount, unit = (row["period"] or "").split()
            span = Span(float(amount), unit.rstrip("s"))
            term = vocabulary.get("data", (row["data"] or "").strip()).key
            event = (row.get("event") or "").strip()
            clock = vocabulary.get("event", event).key if event else ""
        except (ValueError, KeyError, TrothError) as error:
            raise TrothError(
                f"line {number} of {name} is no legal period",
                hint="write a header data,period,event,law and lines such as order-information,36 months,order-completed,law",
            ) from error
        if span.unit not in UNITS:
            raise TrothError(
                f"line {number} of {name} has a period of an unknown unit", hint=", ".join(UNITS)
            )
        about = vocabulary.covers("data", term) & covers
        if about:
            law = (row.get("law") or "").strip()
            yield Stay(f"{name} line {number}", citation, about, clock, span, law=law)


def contradictions(periods: Periods, naming: Callable[[Iterable[str]], str] = min) -> tuple[Finding, ...]:
    """Where a minimum is longer than the time in which the same data has to be gone: no sweep can keep both.

    A duty that waits for holds or leaves exceptions out keeps to the minimum by them; two different conditions may be
    about different rows.

    Args:
        periods: of the policy.
        naming: which of several data terms the message names.
    """
    found = []
    for least in periods.minima:
        limits: list[tuple[Duty | Stay, Span | None]] = [
            *((one, one.within or one.keep) for one in periods.duties),
            *((one, one.span) for one in periods.permits),
        ]
        for one, most in limits:
            shared = one.covers & least.covers
            if not shared or most is None or one.clock != least.clock or least.span.days <= most.days:
                continue
            apart = one.condition != least.condition and ALWAYS not in (one.condition, least.condition)
            excused = isinstance(one, Duty) and (one.holds or one.exceptions)
            if not apart and not excused:
                found.append(_crossed(naming(shared), least, one.rule, most, one.citation.promise))
    return tuple(dict.fromkeys(found))


def _crossed(term: str, least: Stay, rule: str, most: Span, promise: str) -> Finding:
    return Finding(
        "retention", "minimum-over-maximum", "block",
        f"{term} is kept for at least {least.span} by {least.rule} and for at most {most} by {rule}, "
        f"both from {least.clock or 'the same event'}",
        hint="shorten the minimum or lengthen the maximum",
        promise=promise,
    )  # fmt: skip
