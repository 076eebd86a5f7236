"""Versions of the policy: announced with their difference, everybody told in time, and in force only after that.

announced  an event `policy-change` with text, reason, day and what it means (`decision/compare`); the register is written
told       a letter to every account holder, each with a proof
published  a deed of the duty to publish, once the pages hold the text
in force   only when the gate of the policy (`block apply new-version until ...`) lets it pass
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from troth.decision.compare import Comparison, compare
from troth.duties.deeds import event, length
from troth.duties.delivery import Addressee, Delivered, Mailing, deliver, everybody, told
from troth.duties.keeping import answering, done_for, events, facts_of, kept, owes
from troth.duties.letters import Letter, write_day
from troth.duties.post import Post
from troth.duties.wording import worded
from troth.enforcement.project import Project
from troth.model.condition import Condition, FactValue, truth
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person
from troth.model.policy import Policy, Rule, vocabulary_of

CHANGE, USED = "policy-change", "use-after-change"
ABOUT = ("account-holder", "account-holders", "change-notice", "new-version")
REASONS: Mapping[str, Mapping[str, str]] = {
    "law": {"en": "the law changed", "zh": "法律法规变化"},
    "technology": {"en": "our technology changed", "zh": "技术变化"},
    "practice": {"en": "what we do with data changes", "zh": "数据处理方式变化"},
    "new-use": {"en": "a new use of data", "zh": "新增数据用途"},
    "business": {"en": "our business changed", "zh": "业务变化"},
    "correction": {"en": "a correction", "zh": "文字更正"},
    "other": {"en": "other reasons", "zh": "其他原因"},
}
"""Why a version changes, as people are told, by the values of the fact `change-reason`."""
_DAY = timedelta(days=1)
_OLD = frozenset({"thing:last-accepted-version", "last-accepted-version"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of the policy as the ledger knows it.

    Attributes:
        name: its version ("2026-12-01").
        seq: the event that announced it.
        policy: hash of the compiled policy.
        before: hash of the one it follows.
        text: SHA-256 of the published text.
        effective: the day it comes into force.
        announced: when it was announced.
        reason: why, a value of the fact `change-reason`.
        material, weakens: what the comparison says.
    """

    name: str
    seq: int
    policy: str
    before: str
    text: str
    effective: date
    announced: datetime
    reason: str
    material: bool
    weakens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is announced: the versions, the day, the reason, who answers for it."""

    old: Policy
    new: Policy
    effective: date
    reason: str
    owner: str


def text_of(policy: Policy) -> str:
    """The sentences of a policy, one a line, with single blanks."""
    return "\n".join(" ".join(one.sentence.text.split()) for one in policy.sentences)


def digest_of(policy: Policy) -> str:
    """SHA-256 of the sentences of a policy, hex."""
    return hashlib.sha256(text_of(policy).encode()).hexdigest()


def announce(project: Project, news: News) -> Version:
    """Announce a version: the event with what it means, and the entry of the register of versions.

    Args:
        project: clock and ledger.
        news: what.

    Raises:
        TrothError: the text changed and its version did not, the version was announced before, the day has passed, or the
            reason is none of the policy's.
    """
    new, now = news.new, project.clock()
    words = vocabulary_of(new).find("fact", "change-reason")
    if words and news.reason not in words.values:
        raise TrothError(
            f"`{news.reason[:20]}` is no reason of a change", hint=f"one of {', '.join(words.values)}"
        )
    if new.version == news.old.version and digest_of(new) != digest_of(news.old):
        raise TrothError("the text changed and its version did not", hint="give the new text a new date")
    if any(one.name == new.version for one in versions(project.ledger.read())):
        raise TrothError(f"the version {new.version} was announced before")
    if news.effective <= now.date():
        raise TrothError("the day on which the version comes into force has passed", hint="name a later one")
    found = compare(news.old, new)
    detail = {
        "version": new.version, "hash": new.hash, "before": news.old.hash, "text": digest_of(new),
        "effective": news.effective.isoformat(), "reason": news.reason, "material": found.material, "weakens": found.weakens,
        "changes": len(found.changes),
    }  # fmt: skip
    facts = _meaning(new, found) | {"change-reason": news.reason}
    started = event(CHANGE, at=now, actor=news.owner, facts=facts, detail=detail)
    project.ledger.append([started])
    settle(project, new)
    return version(project.ledger.read(), new.version)


def _meaning(policy: Policy, found: Comparison) -> dict[str, FactValue]:
    """The facts of a change: a kind of promise that changed, one that makes it material where there is one."""
    kinds = sorted({change.promise_kind for change in found.changes})
    cases: list[dict[str, FactValue]] = [{"changed-kind": kind, "weakens": found.weakens} for kind in kinds]
    if policy.material is not None:
        cases.sort(key=lambda case: truth(policy.material, case) is not True if policy.material else False)
    return cases[0] if cases else {"changed-kind": "none", "weakens": False}


def settle(project: Project, policy: Policy) -> None:
    """Write the register of every version that was announced and has no entry there yet."""
    entries = tuple(project.ledger.read())
    done = done_for(entries)
    for one in events(entries, CHANGE):
        known = {
            "policy-id": str(one.detail.get("hash", "")), "effective-date": str(one.detail.get("effective", "")),
            "reason": str(one.detail.get("reason", "")), "owner": one.actor,
            "policy-diff": f"{one.detail.get('changes', 0)} changes from {str(one.detail.get('before', ''))[:12]}",
        }  # fmt: skip
        made = kept(policy, one, ["register"], known, at=project.clock(), actor=one.actor)
        fresh = [each for each in made if each.detail["rule"] not in done.get(one.seq, set())]
        if fresh:
            project.ledger.append(fresh)


def versions(entries: Iterable[Entry]) -> tuple[Version, ...]:
    """Every version that was announced, in order."""
    return tuple(_version(one) for one in events(entries, CHANGE) if one.detail.get("version"))


def version(entries: Iterable[Entry], name: str) -> Version:
    """The version of a name.

    Raises:
        NotFound: it was not announced.
    """
    found = next((one for one in versions(entries) if one.name == name), None)
    if found is None:
        raise NotFound(f"the version `{name[:30]}` was not announced", hint="troth notices announce")
    return found


def _version(one: Entry) -> Version:
    detail = one.detail
    return Version(
        name=str(detail["version"]), seq=one.seq, policy=str(detail["hash"]), before=str(detail["before"]),
        text=str(detail["text"]), effective=date.fromisoformat(str(detail["effective"])),
        announced=datetime.fromisoformat(one.time), reason=str(detail["reason"]), material=bool(detail["material"]),
        weakens=bool(detail["weakens"]),
    )  # fmt: skip


def about(name: str) -> str:
    """What notices about a version are about."""
    return f"policy version {name}"


def in_force(one: Version) -> datetime:
    """The moment a version comes into force: the beginning of its day, UTC."""
    return datetime.combine(one.effective, datetime.min.time(), UTC)


def lead(policy: Policy, facts: Mapping[str, FactValue]) -> timedelta:
    """How long before its day everybody must know of a version, the longest of the duties that are owed."""
    spans = [
        length(rule.deadline.span)
        for _, rule in answering(policy, CHANGE, ["notify"], about=ABOUT)
        if rule.deadline and rule.deadline.span and rule.deadline.kind == "before" and owes(rule, facts)
    ]
    return max(spans, default=timedelta(0))


def announced(
    project: Project, entries: Iterable[Entry], now: datetime, *, policy: Policy
) -> dict[str, tuple[set[str], bool]]:
    """By version: who has to be told of it (pseudonyms), and whether the time to tell them is over.

    Account holders are the persons whose account is open and was there when the version was announced.
    """
    found: dict[str, tuple[set[str], bool]] = {}
    every = tuple(entries)
    starts = {one.seq: one for one in events(every, CHANGE)}
    for one in versions(every):
        last = in_force(one) - lead(policy, facts_of(starts[one.seq]))
        who = {each.subject for each in everybody(project, open_only=True, there=one.announced)}
        found[about(one.name)] = (who, now > last)
    return found


def tell(  # noqa: PLR0913 - what a mailing needs, by name
    project: Project,
    policy: Policy,
    name: str,
    post: Post,
    *,
    changes: tuple[str, ...] = (),
    own: Path | None = None,
    language: str = "en",
    rate: float = 0.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Delivered:
    """Tell every account holder of a version who does not know it yet; when all are told the duty is kept.

    Args:
        project: map, stores, ledger, clock.
        policy: the new version.
        name: its version.
        post: takes letters away.
        changes: what changes, in words for people.
        own: folder with the letters of the house.
        language: of letters to persons of whom none is on file.
        rate: letters a second.
        sleep: waits.

    Raises:
        NotFound: the version was not announced.
    """
    one = version(project.ledger.read(), name)
    rules = answering(policy, CHANGE, ["notify"], about=ABOUT)
    promise = rules[0][0] if rules else None

    def letter(to: Addressee) -> Letter:
        words = {
            "provider": policy.provider, "effective": write_day(one.effective, to.language),
            "reason": REASONS.get(one.reason, {}).get(to.language, one.reason),
            "changes": [each for each in changes if each.strip()],
        }  # fmt: skip
        return worded("policy-change", to.language, words, own)

    mailing = Mailing(
        about=about(name), action="change-notice", message="important-notice", letter=letter, rate=rate,
        promise=promise.id if promise else "", sentences=promise.sentences if promise else (),
    )  # fmt: skip
    people = everybody(project, language, open_only=True, there=one.announced)
    found = deliver(project, post, policy, people, mailing, sleep=sleep)
    _settle_told(project, policy, one)
    return found


def _settle_told(project: Project, policy: Policy, one: Version) -> None:
    entries = tuple(project.ledger.read())
    good, _ = told(entries, about(one.name))
    who, _ = announced(project, entries, project.clock(), policy=policy)[about(one.name)]
    if not who or who - good.keys():
        return
    started = next(each for each in entries if each.seq == one.seq)
    proofs = "\n".join(str(good[each].detail.get("proof", "")) for each in sorted(who))
    people, last = f"{len(who)} account holders", max(good[each].time for each in who)
    known = {
        **_of(one), "channel": "email", "recipient": people, "subject-reference": people, "persons-count": len(who),
        "notice": about(one.name), "notice-time": last,
    }  # fmt: skip
    made = kept(
        policy, started, ["notify"], known, at=project.clock(), actor=project.actor, about=ABOUT,
        digest=hashlib.sha256(proofs.encode()).hexdigest(),
    )  # fmt: skip
    done = done_for(entries).get(one.seq, set())
    fresh = [each for each in made if each.detail["rule"] not in done]
    if fresh:
        project.ledger.append(fresh)


def _of(one: Version) -> dict[str, str | int | bool]:
    """What a rule about a version may ask to be recorded of it."""
    return {
        "policy-id": one.policy, "policy-version": one.name, "document-hash": one.text, "reason": one.reason,
        "change-reason": one.reason, "effective-date": one.effective.isoformat(),
        "materiality": "material" if one.material else "minor",
    }  # fmt: skip


def published(  # noqa: PLR0913 - what a publication is, by name
    project: Project, policy: Policy, name: str, *, actor: str, digest: str = "", pages: Sequence[str] = ()
) -> tuple[int, ...]:
    """Note that the pages hold the text of a version; gives the deeds. `crawl` in `pages` says whether they do.

    Args:
        project: clock and ledger.
        policy: the new version.
        name: its version.
        actor: role of who published it.
        digest: SHA-256 of the text, hex.
        pages: where it stands.

    Raises:
        NotFound: the version was not announced, or the policy asks for no publication.
    """
    one = version(project.ledger.read(), name)
    started = next(iter(project.ledger.read(one.seq, one.seq + 1)))
    known = {**_of(one), "page": ", ".join(pages) or "every page of the register", "channel": "website"}
    made = kept(policy, started, ["publish"], known, at=project.clock(), actor=actor, digest=digest)
    if not made:
        raise NotFound("the policy asks for no publication of a version")
    first = project.ledger.append(made)
    return tuple(range(first, first + len(made)))


def state(project: Project, policy: Policy, name: str) -> dict[str, FactValue]:
    """What is known of a version: published-everywhere, notice-sent, notice-days, and what the comparison says of it."""
    entries = tuple(project.ledger.read())
    one = version(entries, name)
    who, _ = announced(project, entries, project.clock(), policy=policy)[about(name)]
    good, _ = told(entries, about(name))
    done = done_for(entries).get(one.seq, set())
    pages = [rule.id for _, rule in answering(policy, CHANGE, ["publish"])]
    times = [datetime.fromisoformat(good[each].time) for each in who if each in good]
    days = (in_force(one) - max(times)) // _DAY if times else (in_force(one) - one.announced) // _DAY
    started = next(each for each in entries if each.seq == one.seq)
    return {
        **facts_of(started),
        "policy-change": "material" if one.material else "minor",
        "published-everywhere": bool(pages) and done.issuperset(pages),
        "notice-sent": not who - good.keys(),
        "notice-days": max(0, days),
    }


def gates(policy: Policy) -> Iterator[Rule]:
    """The rules that keep a version from coming into force: until something is true, or while something is."""
    for promise in policy.promises:
        for rule in promise.rules:
            if rule.verb != "apply" or not {"thing:new-version", "new-version"}.intersection(rule.things):
                continue
            if (rule.mode == "block" and rule.until is not None) or rule.mode == "never":
                yield rule


def keeps(policy: Policy) -> Condition | None:
    """What ends the old version for a person, where a rule of the policy says that it goes on; None where none does."""
    for promise in policy.promises:
        for rule in (each for one in promise.rules for each in (one, *one.then)):
            if rule.mode == "must" and rule.verb == "apply" and _OLD.intersection(rule.things):
                return rule.until
    return None


def closed(policy: Policy, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """The rules that keep a version with these facts from coming into force; empty where it may.

    What is not said of `published-everywhere`, `notice-sent` and `notice-days` is not so. A `never` of which nobody knows
    whether it bites, because it asks what each person has said, is decided with each person, and not for the version.
    """
    least: dict[str, FactValue] = {"published-everywhere": False, "notice-sent": False, "notice-days": 0}
    known = least | {name: value for name, value in facts.items() if value is not None}
    return tuple(rule.id for rule in gates(policy) if _shut(rule, known))


def _shut(rule: Rule, facts: Mapping[str, FactValue]) -> bool:
    if rule.until is not None:
        return truth(rule.until, facts) is not True
    spared = any(truth(one.condition, facts) is not False for one in rule.exceptions)
    return truth(rule.condition, facts) is True and not spared


def pass_gate(
    project: Project, policy: Policy, name: str, *, told: Mapping[str, FactValue] | None = None
) -> None:
    """Let a version come into force, or not.

    Args:
        project: clock, ledger and stores.
        policy: the new version.
        name: its version.
        told: what else the house knows of the case; what the ledger shows counts before it.

    Raises:
        TrothError: its day has not come, or a rule of the policy keeps it back; the rule and what is lacking are named.
    """
    one, facts = version(project.ledger.read(), name), dict(told or {}) | state(project, policy, name)
    shut = closed(policy, facts)
    if shut:
        lacking = ", ".join(f"{key} is {str(value).lower()}" for key, value in facts.items())
        raise TrothError(f"the version {name} may not come into force: {', '.join(shut)}", hint=lacking)
    if project.clock() < in_force(one):
        raise TrothError(f"the version {name} comes into force on {one.effective}")


def applying(entries: Iterable[Entry], at: datetime) -> Version | None:
    """The version in force at a moment; None before the first that was announced."""
    found = [one for one in versions(entries) if in_force(one) <= at]
    return max(found, key=lambda one: (one.effective, one.seq), default=None)


def used(project: Project, policy: Policy, person: Person, *, notice: str = "") -> tuple[int, ...]:
    """Note that somebody went on using the service under the version in force: which one, and never a consent.

    Args:
        project: clock and ledger.
        policy: the policy.
        person: who.
        notice: name of the letter that told them.

    Raises:
        NotFound: no version was announced and came into force.
    """
    entries = tuple(project.ledger.read())
    one = applying(entries, project.clock())
    if one is None:
        raise NotFound("no version that was announced is in force")
    subject, now = project.pseudonym(person), project.clock()
    letter = notice or str(
        getattr(told(entries, about(one.name))[0].get(subject), "detail", {}).get("name", "")
    )
    shown = Entry(
        time=utc(now), kind="acceptance", actor=project.actor, action="show", subject=subject, policy=one.policy,
        outcome="applied", detail={"version": one.name},
    )  # fmt: skip
    started = event(
        USED, at=now, actor=project.actor, subject=subject, detail={"version": one.name, "policy": one.policy}
    )
    first = project.ledger.append([shown, started])
    number = first + 1
    known: dict[str, Any] = {
        "subject-reference": subject,
        "policy-id": one.policy,
        "notice": letter or "none",
    }
    made = kept(
        policy, next(iter(project.ledger.read(number, number + 1))), ["register"], known, at=now, actor=project.actor,
        subject=subject,
    )  # fmt: skip
    if made:
        project.ledger.append(made)
    return tuple(range(first, first + 2 + len(made)))
