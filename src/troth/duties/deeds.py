"""What happened and what was done about it: every `must` of the policy as an event, a deed and a deadline.

An event is an entry of kind `event`: `action` names it in the policy's words ("breach-confirmed"), `detail.argument` and
`detail.facts` say what is known of the case. A deed is an entry of kind `deed`: `detail.rule` names the rule it keeps,
`detail.of` the event it answers, `detail.record` what the rule asks to be recorded. What is owed follows from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from troth.duties.deadlines import Source, promised
from troth.duties.workdays import Calendar
from troth.evidence.ledger import Ledger
from troth.model.condition import FactValue, truth
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.policy import Deadline, Policy, Promise, Rule, Span, vocabulary_of

KINDS = ("event", "deed")
_BY_ROWS = frozenset(
    {"remind", "erase", "anonymise", "aggregate"}
)  # whose moment is a column, looked at by rounds
State = Literal["kept", "late", "open", "overdue", "unknown"]


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that an event started, or that recurs, and where it stands.

    Attributes:
        promise: the promise.
        rule: the rule ("incident-response/2").
        event: number of the entry that started it; -1 for a duty that recurs by itself.
        since: when it began.
        due: by when; None where the rule gives no time.
        deed: number of the entry that kept it; -1 while none has.
        done: when that was.
        state: kept; late (done after its time); open; overdue; unknown (a fact it depends on is not known).
        missing: the facts that are not known.
    """

    promise: str
    rule: str
    event: int
    since: datetime
    due: datetime | None
    deed: int
    done: datetime | None
    state: State
    missing: tuple[str, ...] = ()


def event(  # noqa: PLR0913 - what an event says, by name
    name: str,
    *,
    at: datetime,
    actor: str,
    subject: str = "",
    argument: str = "",
    facts: Mapping[str, FactValue] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """The entry of something that happened.

    Args:
        name: an event of the vocabulary ("breach-confirmed").
        at: when it happened.
        actor: role of who noted it.
        subject: keyed pseudonym of the person it is about.
        argument: the argument of the event ("recommendations").
        facts: what is known of the case, by fact; never anything personal.
        detail: more for the entry.
    """
    more: dict[str, Any] = dict(detail or {})
    if argument:
        more["argument"] = argument
    if facts:
        more["facts"] = {key: _plain(value) for key, value in facts.items()}
    return Entry(
        time=utc(at), kind="event", actor=actor, action=name, subject=subject, outcome="happened", detail=more
    )


def deed(  # noqa: PLR0913 - what a deed says, by name
    policy: Policy,
    rule: str,
    *,
    at: datetime,
    actor: str,
    of: int = -1,
    subject: str = "",
    record: Mapping[str, str | int | bool] | None = None,
    digest: str = "",
) -> Entry:
    """The entry of a duty that was carried out.

    Args:
        policy: the policy that asks for it.
        rule: id of the rule ("staff-training/3").
        at: when it was done.
        actor: role of who did it.
        of: number of the event it answers; -1 where none does.
        subject: keyed pseudonym of the person it is about.
        record: what the rule asks to be recorded, by item; never anything personal.
        digest: SHA-256 of a document kept elsewhere, hex.

    Raises:
        NotFound: the policy has no such rule.
        TrothError: the rule is no duty and asks for no record, or something that it asks to be recorded is missing.
    """
    promise, found = rule_of(policy, rule)
    if found.mode != "must" and not found.record:
        raise TrothError(
            f"`{rule}` is no duty, and asks nothing to be recorded",
            hint="`troth duties --all` lists duties",
        )
    given = dict(record or {})
    lacking = [item.what for item in found.record if item.what not in given and item.what not in _ALWAYS]
    if lacking:
        raise TrothError(f"`{rule}` asks to record {', '.join(lacking)}", hint="give each as NAME=VALUE")
    detail: dict[str, Any] = {
        "rule": rule,
        **({"of": of} if of >= 0 else {}),
        **({"record": given} if given else {}),
    }
    return Entry(
        time=utc(at), kind="deed", actor=actor, action=found.verb, subject=subject, policy=policy.hash,
        promise=promise.id, sentences=promise.sentences, outcome="done", digest=digest, detail=detail,
    )  # fmt: skip


_ALWAYS = frozenset({"time", "actor", "result", "policy-id"})
"""What every entry says by itself: when, who, that it was done, under which policy."""


def rule_of(policy: Policy, name: str) -> tuple[Promise, Rule]:
    """The rule of an id, with its promise.

    Raises:
        NotFound: the policy has no such rule.
    """
    for promise in policy.promises:
        for rule in every_rule(promise.rules):
            if rule.id == name:
                return promise, rule
    raise NotFound(f"the policy has no rule `{name[:60]}`", hint="rules are named PROMISE/NUMBER")


def every_rule(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Rules with those that follow when their holds end."""
    for rule in rules:
        yield rule
        yield from every_rule(rule.then)


def owed(
    policy: Policy, ledger: Ledger, now: datetime, where: Calendar, *, promises: Sequence[str] = ()
) -> tuple[Owed, ...]:
    """Every duty of the policy that an event of the ledger started, or that recurs and was begun, in order.

    A recurring duty counts from its last deed; one that was never done has no entry here, see `never_done`.

    Args:
        policy: the policy.
        ledger: the ledger.
        now: the time.
        where: working days and time zone of the house.
        promises: only these; all where none are named.
    """
    events: dict[str, list[Entry]] = {}
    deeds: dict[str, list[Entry]] = {}
    for entry in ledger.read():
        if entry.kind == "event":
            events.setdefault(entry.action, []).append(entry)
        elif entry.kind == "deed":
            deeds.setdefault(str(entry.detail.get("rule")), []).append(entry)
    words = vocabulary_of(policy)
    ended = {int(one.detail["of"]): one for one in events.get(BAR_ENDED, ()) if "of" in one.detail}
    found: list[Owed] = []
    for promise in policy.promises:
        if promises and promise.id not in promises:
            continue
        for rule in promise.rules:
            if rule.mode != "must":
                continue
            known = deeds.get(rule.id, [])
            starts = rule.starts
            if starts is None or (rule.trigger is None and rule.verb in _BY_ROWS):
                found += _recurring(promise, rule, known, now)
                continue
            names = words.covers("event", starts.event)
            for one in sorted((e for name in names for e in events.get(name, ())), key=lambda e: e.seq):
                found += _answered(promise, rule, one, known, (now, where, ended.get(one.seq)))
    return tuple(found)


def never_done(policy: Policy, ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """Promise and rule of every recurring duty that has no deed at all."""
    done = {str(entry.detail.get("rule")) for entry in ledger.read() if entry.kind == "deed"}
    return tuple(
        (promise.id, rule.id)
        for promise in policy.promises
        for rule in promise.rules
        if rule.mode == "must" and recurs(rule) and rule.id not in done
    )


def recurs(rule: Rule) -> bool:
    """Whether a duty is done again and again by itself."""
    return rule.trigger is None and rule.deadline is not None and rule.deadline.kind == "every"


def _recurring(promise: Promise, rule: Rule, deeds: Sequence[Entry], now: datetime) -> Iterator[Owed]:
    if not recurs(rule) or rule.deadline is None or rule.deadline.span is None or not deeds:
        return
    last = max(deeds, key=lambda one: one.time)
    since = datetime.fromisoformat(last.time)
    due = since + length(rule.deadline.span)
    state: State = "kept" if now <= due else "overdue"
    yield Owed(promise.id, rule.id, -1, since, due, last.seq, since, state)


def _answered(
    promise: Promise,
    rule: Rule,
    one: Entry,
    deeds: Sequence[Entry],
    at: tuple[datetime, Calendar, Entry | None],
) -> Iterator[Owed]:
    starts = rule.starts
    assert starts is not None  # noqa: S101 - the caller looked
    if starts.argument and starts.argument != one.detail.get("argument"):
        return
    now, where, ended = at
    facts: Mapping[str, FactValue] = one.detail.get("facts", {})
    holds = truth(starts.condition, facts)
    excused = any(truth(exemption.condition, facts) for exemption in rule.exceptions)
    if holds is False or excused or truth(rule.condition, facts) is False:
        return
    since = datetime.fromisoformat(one.time)
    start, deadline = begins(rule, facts, since, ended)
    due = None
    if deadline is not None and start is not None:
        found = promised(Source(rule.id, promise.sentences, deadline), start, where)
        due = found.moment if found else None
    done = next((each for each in deeds if each.detail.get("of") == one.seq), None)
    moment = datetime.fromisoformat(done.time) if done else None
    yield Owed(
        promise.id, rule.id, one.seq, since, due, done.seq if done else -1, moment,
        _state(due, moment, now, known=holds is not None),
    )  # fmt: skip


BAR_ENDED = "bar-ended"
"""The event that ends what held a duty back; `detail.of` is the event that started it."""


def begins(
    rule: Rule, facts: Mapping[str, FactValue], since: datetime, ended: Entry | None
) -> tuple[datetime | None, Deadline | None]:
    """From when the time of a duty counts, and which time: a hold puts it off, at most as long as the policy says.

    Args:
        rule: the duty.
        facts: what is known of the case.
        since: when the duty began.
        ended: the event that ended the hold, where it has ended.

    Returns:
        None for the moment while a hold without a longest time stands.
    """
    standing = [one for one in rule.holds if truth(one.condition, facts)]
    if not standing:
        return since, rule.deadline
    after = next((one.deadline for one in rule.then if one.deadline is not None), rule.deadline)
    ends = [since + length(one.most) for one in standing if one.most is not None]
    if ended is not None:
        ends.append(datetime.fromisoformat(ended.time))
    return (min(ends) if ends else None), after


def _state(due: datetime | None, done: datetime | None, now: datetime, *, known: bool) -> State:
    if done is not None:
        # at-once duties are due in the moment of their event; the entry of the deed comes a little later
        return "late" if due is not None and done > due + GRACE else "kept"
    if not known:
        return "unknown"
    return "overdue" if due is not None and now > due + GRACE else "open"


GRACE = timedelta(minutes=5)
"""What `at-once` may take on a machine."""


def length(span: Span) -> timedelta:
    """A span as a length of time; a month is counted as 31 days, so that nothing is called late too early."""
    days = {"month": 31.0, "quarter": 92.0, "year": 366.0}.get(span.unit)
    return timedelta(days=span.number * days if days else span.days)


def _plain(value: FactValue) -> str | int | bool | None:
    return int(value) if isinstance(value, float) else value


def moment(text: str) -> datetime:
    """The time of an entry."""
    return datetime.fromisoformat(text).astimezone(UTC)
