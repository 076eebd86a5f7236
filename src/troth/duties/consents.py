"""Consents and accounts: a yes, a no, taking it back, and closing the account, each with its receipt or its deeds.

    give, refuse, withdraw   effective in the transaction of their entry, with a signed receipt (JSON-LD, JWS)
    close                    `when request-closure must close account`: at once, or when what holds it has ended
    settle                   the accounts that waited and can be closed now

What the policy asks to be recorded, confirmed and closed is found by event and verb; nothing is tied to one policy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from troth.duties.account import Matter, account_in
from troth.duties.deeds import event
from troth.duties.desk import Desk
from troth.duties.keeping import answering, done_for, kept
from troth.enforcement.about import Facts as Said
from troth.enforcement.agree import already_closed, say
from troth.enforcement.agree import close as close_in_stores
from troth.enforcement.agree import facts as facts_of
from troth.enforcement.choices import withdraw as take_back
from troth.enforcement.known import under
from troth.enforcement.onfile import filed
from troth.enforcement.receipts import receipts
from troth.evidence.bysubject import entries_of
from troth.model.condition import FactValue, tests, truth
from troth.model.entry import Entry
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Identity, Outcome, Person, Reason
from troth.model.plan import Citation
from troth.model.policy import Policy, Promise, Rule, vocabulary_of
from troth.stores.errors import StoreBusy, StoreGone

ASKED, WITHDRAWN = "request-closure", "consent-withdrawn"
CLOSURE = "closure-"
"""How the name of the file of a closing that waits begins."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What became of a word on a purpose.

    Attributes:
        outcome: what happened in ledger and stores.
        receipt: the signed receipt, JSON; empty where nobody was known.
    """

    outcome: Outcome
    receipt: bytes = b""


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of an account that somebody asked to close.

    Attributes:
        event: the entry of the request, the first where one waits already; -1 where the account was closed already, so
            that nothing was done.
        outcome: what happened; None while something holds it.
        holds: the names of what holds it.
    """

    event: int
    outcome: Outcome | None
    holds: tuple[str, ...] = ()


def give(desk: Desk, person: Person, purpose: str, *, scope: str = "", channel: str = "") -> Agreed:
    """Record an explicit yes to a purpose; it counts when this returns.

    Raises:
        NotFound: the policy knows no such purpose.
    """
    return _said(desk, person, "give", (purpose, scope, channel))


def refuse(desk: Desk, person: Person, purpose: str, *, scope: str = "", channel: str = "") -> Agreed:
    """Record a no to a purpose; it counts when this returns.

    Raises:
        NotFound: the policy knows no such purpose.
    """
    return _said(desk, person, "refuse", (purpose, scope, channel))


def withdraw(desk: Desk, person: Person, purpose: str, *, scope: str = "", channel: str = "") -> Agreed:
    """Take a consent back; the event starts what the policy owes then, and what is done at once has its deed.

    Raises:
        NotFound: the policy knows no such purpose.
    """
    words = vocabulary_of(desk.policy)
    key = words.get("purpose", purpose).key
    outcome = take_back(desk.project, person, key, _cited(desk.policy, key), scope=scope, vocabulary=words)
    if outcome.word != "nothing found":
        taken_back(desk, desk.project.pseudonym(person), Taken(key, scope, channel))
    return Agreed(outcome, receipt_of(desk, person, key, scope))


@dataclass(frozen=True, slots=True)
class Taken:
    """A consent that was taken back.

    Attributes:
        purpose: canonical key of what it was for.
        scope: a channel, recipient or list; "" for all.
        channel: how it was taken back; "" where nobody said.
        request: the request that asked for it, "" for none.
    """

    purpose: str
    scope: str = ""
    channel: str = ""
    request: str = ""


def taken_back(desk: Desk, subject: str, taken: Taken, *, since: int = 0) -> Entry:
    """The event of a consent that was taken back, with the deeds of what the policy owes at once; gives the event.

    Args:
        desk: the desk.
        subject: pseudonym of the person.
        taken: what was taken back; the event of a request is written once, also after a kill.
        since: the entry from which on an event of the same request is looked for.
    """
    asked = {"request": taken.request} if taken.request else {}
    channel = {"channel": taken.channel} if taken.channel else {}
    before = [
        one
        for one in (desk.project.ledger.read(since) if asked else ())
        if one.kind == "event" and one.action == WITHDRAWN and one.detail.get("request") == taken.request
    ]
    started = before[0] if before else _happened(desk, event(
        WITHDRAWN, at=desk.now, actor=desk.project.actor, subject=subject,
        detail={"purpose": taken.purpose, **channel, **asked},
    ))  # fmt: skip
    known = {
        "subject-reference": f"entry {started.seq}", "scope": taken.scope or taken.purpose,
        "channel": taken.channel or "unknown", "store": ", ".join(sorted(desk.project.stores)), "result": "done",
    }  # fmt: skip
    done = done_for(desk.project.ledger.read(started.seq)).get(started.seq, set())
    deeds = kept(
        desk.policy,
        started,
        ("register", "obey"),
        known,
        at=desk.now,
        actor=desk.project.actor,
        subject=subject,
    )
    fresh = [one for one in deeds if one.detail["rule"] not in done]
    if fresh:
        desk.project.ledger.append(fresh)
    return started


def receipt_of(desk: Desk, person: Person, purpose: str, scope: str = "") -> bytes:
    """The newest receipt of a person for a purpose and scope; empty where they have said nothing."""
    key = vocabulary_of(desk.policy).get("purpose", purpose).key
    subjects = under(desk.project, person)
    made = receipts(
        entries_of(desk.project.ledger, subjects, {"consent"}), desk.project.ring, Said(desk.policy).notice()
    )
    for text in made.values():
        about = json.loads(text)["processing"]
        if (about["purpose"], about["scope"]) == (key, scope):
            return text
    return b""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A closing that waits: its event, whose account, the case, and why nobody can tell whose it is by now."""

    started: Entry
    person: Person
    case: str
    unclear: TrothError | None


def close(desk: Desk, person: Person, *, case: str, channel: str) -> Closed:
    """Close an account that a person asks to close; where something holds it, it waits and `settle` does it later.

    The identity of the person is the caller's to check. What the policy wants confirmed and recorded has its deed.

    Args:
        desk: the desk.
        person: whose account.
        case: number of the case.
        channel: how it was asked ("account-settings").

    Raises:
        TrothError: the case has no number, the policy promises nothing of the kind, or the map does not say how an account
            is closed.
    """
    if not case.strip():
        raise TrothError("the case has no number", hint="give it one, as letters name it: --case C-7")
    rule = _closing(desk.policy)[1]
    if already_closed(desk.project, person):
        subject = desk.project.pseudonym(person)
        return Closed(-1, Outcome("done", subject, reasons=(Reason("account", "it is already closed"),)))
    subject = desk.project.pseudonym(person)
    for one in _waiting(desk):
        if desk.project.pseudonym(one.person) == subject and one.unclear is None:
            # it was asked before: the same closing goes on
            standing = _holds(desk, one.person, rule)
            if standing:
                return Closed(one.started.seq, None, standing)
            return _settled(desk, one.started, one.person, one.case)
    started = _happened(desk, event(
        ASKED, at=desk.now, actor=desk.project.actor, subject=subject,
        facts=_holding(desk, person, rule), detail={"case": case, "channel": channel},
    ))  # fmt: skip
    known = {"case-number": case, "channel": channel, "result": "confirmed"}
    deeds = kept(desk.policy, started, ("confirm",), known, at=desk.now, actor=desk.project.actor)
    if deeds:
        desk.project.ledger.append(deeds)
    holds = _holds(desk, person, rule)
    if holds:
        named = [[one.kind, one.value] for one in person.identities]
        found = filed(desk.project, person)
        file = {
            "person": named, "case": case, "keyed": [[one.kind, one.value] for one in found.keyed],
            "aliases": list(found.aliases), "traits": sorted(found.traits),
            "rows": sorted(found.rows),
        }  # fmt: skip
        desk.files.save(f"{CLOSURE}{started.seq}", "", desk.now, file)
        return Closed(started.seq, None, holds)
    return Closed(started.seq, _close(desk, person, started, case))


def settle(desk: Desk) -> tuple[Closed, ...]:
    """Close every account that waited and is held by nothing any more; where nobody can tell whose it is, that is told.

    Raises:
        TrothError: another process is working, or the journal does not work.
    """
    found = []
    for one in _waiting(desk):
        if one.unclear is not None:
            subject = desk.project.pseudonym(one.person)
            why = (Reason("account", one.unclear.message),)
            found.append(Closed(one.started.seq, Outcome("partly", subject, reasons=why)))
        elif not _holds(desk, one.person, _closing(desk.policy)[1]):
            found.append(_settled(desk, one.started, one.person, one.case))
    return tuple(found)


def _settled(desk: Desk, started: Entry, person: Person, case: str) -> Closed:
    """Close an account that waited, and forget who waited."""
    found = Closed(started.seq, _close(desk, person, started, case))
    desk.files.destroy(f"{CLOSURE}{started.seq}")
    return found


def still_waiting(desk: Desk, names: Iterable[str]) -> frozenset[str]:
    """Of some files those of closings that were not carried out: without them nobody would know whose account it is."""
    mine = [name for name in names if name.startswith(CLOSURE)]
    if not mine:
        return frozenset()
    done = {
        f"{CLOSURE}{one.detail.get('of')}"
        for one in desk.project.ledger.read()
        if one.kind == "deed" and one.action == "close"
    }
    return frozenset(mine) - done


def ready(desk: Desk) -> int:
    """How many accounts that waited can be closed now; nothing is written."""
    rule = _closing(desk.policy)[1] if (waiting := _waiting(desk)) else None
    return sum(
        one.unclear is not None or (rule is not None and not _holds(desk, one.person, rule))
        for one in waiting
    )


def _waiting(desk: Desk) -> list[_Waiting]:
    entries = list(desk.project.ledger.read())
    asked = [one for one in entries if one.kind == "event" and one.action == ASKED]
    if not asked:
        return []
    if not answering(desk.policy, ASKED, ("close",)):
        return []  # nothing closes accounts under this policy, until one holds again that does
    done, rule = done_for(entries), _closing(desk.policy)[1].id
    found = []
    for one in asked:
        if rule in done.get(one.seq, set()):
            continue
        try:
            file = desk.files.open(f"{CLOSURE}{one.seq}")
        except NotFound:
            continue
        person = Person(tuple(Identity(kind, value) for kind, value in file["person"]))
        unclear: TrothError | None = None
        try:
            person, _ = account_in(desk, file, person, Matter(str(one.seq), closing=True))
        except (StoreBusy, StoreGone):
            raise
        except TrothError as error:
            unclear = error
        found.append(_Waiting(one, person, str(file.get("case", "")), unclear))
    return found


def _close(desk: Desk, person: Person, started: Entry, case: str) -> Outcome:
    promise, _ = _closing(desk.policy)
    cited = Citation(promise.id, promise.sentences, desk.policy.hash)
    outcome = close_in_stores(desk.project, person, cited, detail={"of": started.seq})
    if outcome.word != "partly":
        known = {"case-number": case, "result": outcome.word}
        deeds = kept(desk.policy, started, ("close",), known, at=desk.now, actor=desk.project.actor)
        desk.project.ledger.append(deeds)
    return outcome


def _closing(policy: Policy) -> tuple[Promise, Rule]:
    """The rule that closes accounts.

    Raises:
        TrothError: there is none.
    """
    found = answering(policy, ASKED, ("close",))
    if not found:
        raise TrothError(
            "the policy does not promise to close accounts", hint="it needs `when request-closure`"
        )
    return found[0]


def _holding(desk: Desk, person: Person, rule: Rule) -> dict[str, FactValue]:
    """The facts that holds of a rule ask for, where the rows of a person show just one value."""
    names = {test.fact for hold in rule.holds for test in tests(hold.condition)}
    seen = facts_of(desk.project, person, names, _cited(desk.policy, "")) if names else {}
    return {name: next(iter(values)) for name, values in seen.items() if len(values) == 1}


def _holds(desk: Desk, person: Person, rule: Rule) -> tuple[str, ...]:
    """The holds of a rule that some row of a person meets."""
    names = {test.fact for hold in rule.holds for test in tests(hold.condition)}
    seen = facts_of(desk.project, person, names, _cited(desk.policy, "")) if names else {}
    return tuple(
        hold.name
        for hold in rule.holds
        if any(truth(hold.condition, {name: value}) for name, values in seen.items() for value in values)
    )


def _said(desk: Desk, person: Person, word: str, about: tuple[str, str, str]) -> Agreed:
    purpose, scope, channel = about
    words = vocabulary_of(desk.policy)
    key = words.get("purpose", purpose).key
    outcome = say(
        desk.project,
        person,
        word,
        key,
        _cited(desk.policy, key),
        scope=scope,
        channel=channel,
        vocabulary=words,
    )
    return Agreed(outcome, receipt_of(desk, person, key, scope))


def _cited(policy: Policy, purpose: str) -> Citation:
    """The promise that rests on consent for a purpose; else the one about consents, else none."""
    words = vocabulary_of(policy)
    fallback = Citation("", (), policy.hash)
    for promise in policy.promises:
        for rule in promise.rules:
            covered = {one for key in rule.purposes for one in words.covers("purpose", key)}
            if purpose in covered and any("consent" in one for one in rule.bases):
                return Citation(promise.id, promise.sentences, policy.hash)
            if rule.trigger is not None and rule.trigger.event == WITHDRAWN and not fallback.promise:
                fallback = Citation(promise.id, promise.sentences, policy.hash)
    return fallback


def _happened(desk: Desk, one: Entry) -> Entry:
    """An event once it is written, with its number."""
    number = desk.project.ledger.append([one])
    return next(iter(desk.project.ledger.read(number, number + 1)))
