"""Which rule a deed keeps: the duties of a policy found by what started them, what is done, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from troth.duties.deeds import deed
from troth.model.condition import FactValue, truth
from troth.model.entry import Entry
from troth.model.policy import Policy, Promise, Rule, vocabulary_of

Said = Mapping[str, str | int | bool]


def answering(
    policy: Policy, happened: str, verbs: Iterable[str], *, about: Iterable[str] = ()
) -> tuple[tuple[Promise, Rule], ...]:
    """The duties that an event starts and that are kept by one of these verbs.

    Args:
        policy: the policy.
        happened: the event ("breach-confirmed").
        verbs: what is done ("notify").
        about: words one of which the rule must have among its things or what it is about ("breach-notice"); any where none
            are given.
    """
    words, wanted, asked = vocabulary_of(policy), frozenset(verbs), frozenset(about)
    found = []
    for promise in policy.promises:
        for rule in promise.rules:
            if rule.mode != "must" or rule.trigger is None or rule.verb not in wanted:
                continue
            named = {one.rpartition(":")[2] for one in (*rule.things, *rule.about)}
            if happened in words.covers("event", rule.trigger.event) and (not asked or asked & named):
                found.append((promise, rule))
    return tuple(found)


def owes(rule: Rule, facts: Mapping[str, FactValue]) -> bool:
    """Whether a duty is owed in a case; where a fact is not known it is owed."""
    holds = rule.trigger is None or truth(rule.trigger.condition, facts) is not False
    excused = any(truth(one.condition, facts) for one in rule.exceptions)
    return holds and not excused and truth(rule.condition, facts) is not False


def facts_of(entry: Entry) -> Mapping[str, FactValue]:
    """What an event says of its case."""
    found = entry.detail.get("facts", {})
    return found if isinstance(found, Mapping) else {}


def said(rule: Rule, known: Said) -> dict[str, str | int | bool]:
    """Of what is known, what a rule asks to be recorded."""
    return {item.what: known[item.what] for item in rule.record if item.what in known}


def kept(  # noqa: PLR0913 - what deeds say, by name
    policy: Policy,
    started: Entry,
    verbs: Sequence[str],
    known: Said,
    *,
    at: datetime,
    actor: str,
    about: Sequence[str] = (),
    subject: str = "",
    digest: str = "",
) -> list[Entry]:
    """The deeds that keep every duty which an event started and which these verbs keep.

    Args:
        policy: the policy.
        started: the event, with its number.
        verbs: what was done.
        known: what is recorded, by item.
        at: when, with its zone.
        actor: role of who did it.
        about: as in `answering`.
        subject: keyed pseudonym of the person.
        digest: SHA-256 of a document, hex.

    Raises:
        TrothError: something that a rule asks to be recorded is not known.
    """
    facts = facts_of(started)
    return [
        deed(
            policy, rule.id, at=at, actor=actor, of=started.seq, subject=subject or started.subject,
            record=said(rule, known), digest=digest,
        )
        for _, rule in answering(policy, started.action, verbs, about=about)
        if owes(rule, facts)
    ]  # fmt: skip


def done_for(entries: Iterable[Entry]) -> dict[int, set[str]]:
    """By number of an event, the rules that some deed has kept."""
    found: dict[int, set[str]] = {}
    for one in entries:
        if one.kind == "deed" and isinstance(one.detail.get("of"), int):
            found.setdefault(int(one.detail["of"]), set()).add(str(one.detail.get("rule")))
    return found


def events(entries: Iterable[Entry], *names: str) -> Iterator[Entry]:
    """The events of these names."""
    return (one for one in entries if one.kind == "event" and one.action in names)
