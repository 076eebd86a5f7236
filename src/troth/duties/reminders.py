"""Reminders before and after a day that the stores know: a domain that expires, as the policy promises it.

    must remind registrant about expiry-notice by email ~30 days before domain-expiry
    must remind registrant about expiry-notice by email within ~5 days of domain-expiry if domain-status is expired

The rule names the event; the map says which column shows it (`events`), and by which column a condition is read (`facts`).
Each reminder goes out once; its deed holds a keyed digest of the row and the day, so a domain that was renewed is
reminded of its new day. Where a later reminder is due as well, the earlier one is not sent any more.

registers/reminders.toml   [[reminders]]  table = "operations.domain_reminders"  row = "domain_id"  sent = "sent_at"
                           of = "operations.domains"       # what an older system has sent counts
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from troth.duties.deeds import deed, length
from troth.duties.letters import LANGUAGES, Letter, write_day
from troth.duties.post import Post, PostRefused
from troth.duties.signinlog import moment
from troth.enforcement.columns import Owner, owners, stream
from troth.enforcement.project import Project
from troth.evidence.pseudonym import pseudonyms
from troth.model.condition import ALWAYS, FactValue, tests, truth
from troth.model.datamap import Table, clock_column
from troth.model.errors import NotFound
from troth.model.mark import parse_fact
from troth.model.outcome import Identity
from troth.model.policy import Policy, Promise, Rule, vocabulary_of
from troth.stores.walk import Row, Value

BACK = timedelta(days=31)
"""So long after the day a reminder is still looked for."""
GRACE = timedelta(days=1)
"""Reminders go out once a day."""
_CHUNK = 500
_MOMENTS = frozenset({"time", "date"})


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that the policy promises of one row.

    Attributes:
        promise: the promise; `rule`: its rule.
        place: the table; `key`: the row.
        day: the day it is about.
        due: from when on it has to be sent.
        until: after which it comes too late.
        mark: keyed digest of row and day, as the deed holds it.
        old: the same under older keys of the ring.
        title: what it is about, as the store writes it; only for the letter.
    """

    promise: Promise
    rule: Rule
    table: Table
    key: Row = field(repr=False)
    day: datetime
    due: datetime
    until: datetime
    mark: str
    old: tuple[str, ...] = ()
    title: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is owed now.

    Attributes:
        rows: rows that have such a day.
        owed: reminders whose time has come, the sent ones too.
        sent: those of them that were sent.
        nobody: rows whose time has come and that lead to nobody, such as those that an erasure left without their person.
    """

    rows: int
    owed: tuple[Reminder, ...]
    sent: tuple[Reminder, ...]
    nobody: int = 0

    @property
    def waiting(self) -> tuple[Reminder, ...]:
        """What has to be sent."""
        done = {(one.mark, one.rule.id) for one in self.sent}
        return tuple(one for one in self.owed if (one.mark, one.rule.id) not in done)


def reminding(policy: Policy) -> tuple[tuple[Promise, Rule], ...]:
    """The rules that promise a reminder around the day of an event."""
    return tuple(
        (promise, rule)
        for promise in policy.promises
        if promise.draft is None
        for rule in promise.rules
        if rule.mode == "must"
        and rule.verb == "remind"
        and rule.deadline is not None
        and rule.deadline.event
        and rule.deadline.kind in {"before", "within", "after"}
    )


def look(project: Project, policy: Policy, register: Mapping[str, Any] | None = None) -> Looked:
    """Every reminder that is owed now, and whether it was sent; nothing is written.

    Args:
        project: map, stores, ledger and clock.
        policy: the policy.
        register: `registers/reminders.toml`, where an older system has sent some.

    Raises:
        StoreGone: a store can not be reached.
    """
    now = project.clock()
    done = _deeds(project)
    rows, owed, sent = 0, [], []
    by_event: dict[str, list[tuple[Promise, Rule]]] = {}
    for promise, rule in reminding(policy):
        assert rule.deadline is not None  # noqa: S101 - chosen so
        by_event.setdefault(rule.deadline.event, []).append((promise, rule))
    for event, rules in by_event.items():
        for table in project.map.tables:
            text = table.events.get(event, "")
            if not text or clock_column(text)[0]:
                continue
            before = _older(project, table, register or {})
            for key, day, known, title in _days(project, policy, (table, text, rules)):
                rows += 1
                found = _current(project, (table, key, day, title), rules, known, now)
                if found is None:
                    continue
                owed.append(found)
                marks = {found.mark, *found.old}
                if any((mark, found.rule.id) in done for mark in marks) or _was(before, found):
                    sent.append(found)
    found_all = Looked(rows, tuple(owed), tuple(sent))
    lost = {(one.mark, one.rule.id) for one, owner in _owned(project, found_all.waiting) if owner is None}
    left = tuple(one for one in owed if (one.mark, one.rule.id) not in lost)
    return Looked(rows, left, tuple(sent), len(lost))


def send(  # noqa: PLR0913 - what a letter needs, by name
    project: Project,
    policy: Policy,
    post: Post,
    found: Sequence[Reminder],
    *,
    language: str = "en",
    silent: frozenset[str] = frozenset(),
) -> tuple[int, dict[str, int]]:
    """Send reminders; gives how many left, and by reason how many did not.

    Each one that left has its deed before the next is sent; one that did not is tried again in the next round.

    Args:
        project: the open project.
        policy: the policy that promises them.
        post: takes letters away.
        found: from `look(...).waiting`.
        language: of letters to people of whom none is known.
        silent: pseudonyms of persons whose data may not be used now.
    """
    count, left = 0, dict[str, int]()
    for one, owner in _owned(project, found):
        why = "the row leads to nobody"
        if owner is not None:
            why = _sent(project, policy, post, (one, owner, language), silent)
        if why:
            left[why] = left.get(why, 0) + 1
        else:
            count += 1
    return count, left


def _sent(
    project: Project, policy: Policy, post: Post, about: tuple[Reminder, Owner, str], silent: frozenset[str]
) -> str:
    """Send one reminder; why not, empty where it left."""
    one, owner, language = about
    to = next((each for each in owner.identities if each.kind == "email"), None)
    person = owner.person
    if to is None or person is None:
        return "there is no e-mail address"
    names = {
        each
        for named in owner.identities
        for each in pseudonyms(project.ring.pseudonym, named.kind, named.value)
    }
    if names & silent:
        return "the data of the person is restricted"
    said = owner.value("language-preference").casefold()
    chosen = next((each for each in LANGUAGES if said.startswith(each)), language)
    at = project.clock()
    text = letter(policy, one, chosen, project.clock())
    try:
        left = post.send(
            Identity("email", to.value),
            text,
            at=at,
            name=f"reminder-{one.mark[:24]}-{one.rule.id.rpartition('/')[2]}",
        )
    except PostRefused:
        return "the letter did not leave"
    record = {item.what: one.mark for item in one.rule.record if item.what not in {"time", "channel"}}
    record |= {"channel": left.channel, "proof": left.proof, "row": one.mark}
    project.ledger.append(
        [
            deed(
                policy,
                one.rule.id,
                at=at,
                actor=project.actor,
                subject=project.pseudonym(person),
                record=record,
            )
        ]
    )
    return ""


def letter(policy: Policy, one: Reminder, language: str, now: datetime) -> Letter:
    """The reminder in words: what ends, when, and what to do.

    Args:
        policy: for the name of the house.
        one: the reminder.
        language: "en" or "zh".
        now: decides whether the day is past.
    """
    name = f"{language}/{'expired' if one.day <= now else 'expiring'}.txt.j2"
    text = _template(name).render(
        provider=_flat(policy.provider),
        title=_flat(one.title),
        day=write_day(one.day.date(), language),
        days=max((one.day.date() - now.date()).days, 0),
    )
    subject, _, body = text.partition("\n")
    return Letter(subject, body.strip() + "\n")


def _current(
    project: Project,
    row: tuple[Table, Row, datetime, str],
    rules: Sequence[tuple[Promise, Rule]],
    known: Mapping[str, FactValue],
    now: datetime,
) -> Reminder | None:
    """The newest reminder of a row whose time has come; None while none has, or its day is long past."""
    table, key, day, title = row
    if now > day + BACK:
        return None
    best: Reminder | None = None
    for promise, rule in rules:
        assert rule.deadline is not None  # noqa: S101 - chosen so
        span = length(rule.deadline.span) if rule.deadline.span else timedelta(0)
        due, until = (day - span, day) if rule.deadline.kind == "before" else (day, day + span)
        if rule.deadline.kind == "after":
            due, until = day + span, day + BACK
        if due > now or truth(rule.condition, known) is not True:
            continue
        if best is None or due > best.due:
            marks = _marks(project, table, key, day)
            best = Reminder(promise, rule, table, key, day, due, until, marks[0], marks[1:], title)
    return best


def _days(
    project: Project, policy: Policy, about: tuple[Table, str, Sequence[tuple[Promise, Rule]]]
) -> Iterator[tuple[Row, datetime, dict[str, FactValue], str]]:
    """Every row with its day, the facts that conditions ask for, and what it is called."""
    table, clock, rules = about
    named = {test.fact for _, rule in rules if rule.condition != ALWAYS for test in tests(rule.condition)}
    facts = {name: parse_fact(table.facts[name]) for name in sorted(named & table.facts.keys())}
    columns = dict.fromkeys((*table.key, clock, *(one.column for one in facts.values())))
    title = _title(project, policy, table, rules)
    if title:
        columns[title] = None
    places = {name: number for number, name in enumerate(columns)}
    now = project.clock()
    for row in stream(project, table.store, table.name, tuple(columns)):
        seconds = moment(row[places[clock]])
        if seconds is None:
            continue
        known = {name: one.read(row[places[one.column]], now) for name, one in facts.items()}
        key = tuple(row[places[name]] for name in table.key)
        yield key, datetime.fromtimestamp(seconds, UTC), known, _text(row[places[title]]) if title else ""


def _title(project: Project, policy: Policy, table: Table, rules: Sequence[tuple[Promise, Rule]]) -> str:
    """The column that says what a row is: the first text that holds what the rule asks to be recorded."""
    words = vocabulary_of(policy)
    terms = {
        below
        for _, rule in rules
        for item in rule.record
        if words.find("data", item.what)
        for below in words.covers("data", item.what)
    }
    relation = project.schemas[table.store].relation(table.name)
    for column in table.columns:
        found = relation.field(column.name)
        if terms.intersection(column.terms) and found is not None and found.kind == "text":
            return column.name
    return ""


def _owned(project: Project, found: Sequence[Reminder]) -> Iterator[tuple[Reminder, Owner | None]]:
    """Reminders with their persons."""
    by_table: dict[tuple[str, str], list[Reminder]] = {}
    for one in found:
        by_table.setdefault((one.table.store, one.table.name), []).append(one)
    for some in by_table.values():
        for start in range(0, len(some), _CHUNK):
            part = some[start : start + _CHUNK]
            known = owners(project, part[0].table, [one.key for one in part])
            yield from ((one, known.get(number)) for number, one in enumerate(part))


def _deeds(project: Project) -> set[tuple[str, str]]:
    """The marks of the reminders that were sent, each with its rule."""
    found = set()
    for one in project.ledger.read():
        if one.kind == "deed" and one.action == "remind":
            record = one.detail.get("record", {})
            found.add((str(record.get("row", "")), str(one.detail.get("rule", ""))))
    return found


def _marks(project: Project, table: Table, key: Row, day: datetime) -> tuple[str, ...]:
    text = f"{table.place}|{'|'.join(map(str, key))}|{day.date().isoformat()}"
    return pseudonyms(project.ring.pseudonym, "reminder", text)


def _older(project: Project, table: Table, register: Mapping[str, Any]) -> Mapping[str, list[float]]:
    """When an older system has reminded of each row, by the first column of its key."""
    found: dict[str, list[float]] = {}
    for one in register.get("reminders", []):
        if one.get("of") != table.place:
            continue
        store, _, name = str(one.get("table", "")).partition(".")
        try:
            rows = stream(project, store, name, (str(one.get("row")), str(one.get("sent"))))
            for row, sent in rows:
                seconds = moment(sent)
                if row is not None and seconds is not None:
                    found.setdefault(str(row), []).append(seconds)
        except (KeyError, NotFound):
            continue
    return found


def _was(before: Mapping[str, list[float]], one: Reminder) -> bool:
    """Whether an older system sent this reminder: not before its time had come, give or take a day."""
    start = (one.due - GRACE).timestamp()
    return any(seconds >= start for seconds in before.get(str(one.key[0]) if one.key else "", ()))


def _text(value: Value) -> str:
    return "" if value is None else str(value)


@cache
def _template(name: str) -> Template:
    loader = Environment(loader=PackageLoader("troth.duties"), autoescape=False, undefined=StrictUndefined)  # noqa: S701 - plain text
    return loader.get_template(name)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:120].strip()
