"""Every sentence of a policy with its status: from how checks ended, to promises, to sentences.

A promise is as its gravest check, a sentence as its gravest promise. Nothing is kept that no check has shown: a promise
without a check, a check that was not carried out and a draft that nobody accepted are *not shown*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from troth.model.entry import utc
from troth.model.policy import Binding, Policy, Promise
from troth.model.showing import GRAVITY, Figure, Shown, Status, gravest
from troth.report.pictures import Pictures

_UNSEEN = "it was not looked at"
_MOST = 3
"""So many reasons stand in the `why` of a sentence; the others stand at its promises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the policy says in plain words, in one language.

    Attributes:
        language: "en" or "zh".
        rules: by promise: each rule as lines, its sentence first.
        reasons: by sentence: why it is information only.
        checks: by check: its label.
        ways: by check: how it shows something ("enforced: it can not be done otherwise").
    """

    language: str = "en"
    rules: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cited:
    """An entry of the ledger that the report names.

    Attributes:
        seq: its number.
        time: RFC 3339, UTC.
        kind: what it is about ("check", "deed").
        action: what was done.
        outcome: how it ended.
        body: its canonical JSON.
    """

    seq: int
    time: str
    kind: str
    action: str
    outcome: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The ledger that the report rests on.

    Attributes:
        name: of the ledger.
        size: entries it holds.
        root: its Merkle root (RFC 9162), hex.
        entries: the entries that the report names, by number.
    """

    name: str = ""
    size: int = 0
    root: str = ""
    entries: Mapping[int, Cited] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with its status.

    Attributes:
        promise: the promise.
        status: its gravest check's.
        why: in words.
        checks: how each of its checks ended, the gravest first.
        rules: its rules in words.
    """

    promise: Promise
    status: Status
    why: str
    checks: tuple[Shown, ...]
    rules: tuple[tuple[str, ...], ...]

    @property
    def evidence(self) -> tuple[int, ...]:
        """Numbers of the entries that its status rests on, ascending."""
        return _numbers(self.checks)

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a promise."""
        return {
            "id": self.promise.id,
            "title": self.promise.title,
            "kind": self.promise.kind,
            "status": self.status,
            "why": self.why,
            "sentences": list(self.promise.sentences),
            "covers": [list(part) for part in self.promise.covers],
            "rules": [list(rule) for rule in self.rules],
            "checks": [one.as_json() for one in self.checks],
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its status.

    Attributes:
        binding: the sentence and what binds it.
        status: its gravest promise's; `information` where none binds it and the policy says why.
        why: in words.
        promises: the promises that bind it, in the order the text names them.
        last: number of the newest entry that something other than this report wrote; -1 where there is none.
    """

    binding: Binding
    status: Status
    why: str
    promises: tuple[Kept, ...] = ()
    last: int = -1

    @property
    def id(self) -> str:
        """The name of the sentence."""
        return self.binding.sentence.id

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all its checks."""
        return tuple(one for promise in self.promises for check in promise.checks for one in check.figures)

    @property
    def wrong(self) -> tuple[Figure, ...]:
        """The figures of its broken checks that are not as they should be; of those that say the same, the first."""
        return once(
            one
            for promise in self.promises
            for check in promise.checks
            for one in (check.figures if check.status == "broken" else ())
            if one.good is not None and one.value != one.good
        )

    @property
    def evidence(self) -> tuple[int, ...]:
        """Numbers of the entries that its status rests on, ascending."""
        return _numbers(check for promise in self.promises for check in promise.checks)

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a sentence."""
        return {
            "id": self.id,
            "text": self.binding.sentence.text,
            "operational": bool(self.promises),
            "status": self.status,
            "why": self.why,
            "figures": [one.as_json() for one in self.figures],
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A policy with the status of every sentence.

    Attributes:
        policy: the policy.
        generated: when the checks ran.
        words: the policy in plain words.
        lines: its sentences, in text order.
        promises: its promises, in text order.
        book: the ledger behind it.
        pictures: what flows where, ages of data, requests.
    """

    policy: Policy
    generated: datetime
    words: Words
    lines: tuple[Line, ...]
    promises: tuple[Kept, ...]
    book: Book
    pictures: Pictures

    @property
    def operational(self) -> tuple[Line, ...]:
        """The sentences that promise, permit or require something."""
        return tuple(one for one in self.lines if one.promises)

    @property
    def counts(self) -> dict[Status, int]:
        """How many sentences have each status, the gravest first; every status is there."""
        return {status: sum(one.status == status for one in self.lines) for status in GRAVITY}

    @property
    def broken(self) -> tuple[Line, ...]:
        """The sentences that are broken, in text order."""
        return self.having("broken")

    def having(self, status: Status) -> tuple[Line, ...]:
        """The sentences of a status, in text order."""
        return tuple(one for one in self.lines if one.status == status)

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of the report (`troth report --json`)."""
        return {
            "policy": self.policy.hash,
            "sentences": [one.as_json() for one in self.lines],
            "provider": self.policy.provider,
            "version": self.policy.version,
            "generated": utc(self.generated),
            "language": self.words.language,
            "counts": dict(self.counts),
            "promises": [one.as_json() for one in self.promises],
            "ledger": {"name": self.book.name, "entries": self.book.size, "root": self.book.root},
            "pictures": self.pictures.as_json(),
        }


def report(  # noqa: PLR0913 - what a report is made of, three of them by name
    policy: Policy,
    shown: Iterable[Shown],
    words: Words,
    *,
    generated: datetime,
    book: Book,
    pictures: Pictures,
) -> Report:
    """The report of a policy.

    Args:
        policy: the policy.
        shown: how the checks ended, each with its own entry first in `entries`.
        words: the policy in plain words.
        generated: when the checks ran, with its zone.
        book: the ledger.
        pictures: what is drawn beside the text.
    """
    ended: dict[tuple[str, str], list[Shown]] = {}
    own: set[int] = set()
    for one in shown:
        ended.setdefault((one.promise, one.check), []).append(one)
        own.update(one.entries[:1])
    promises = {one.id: kept(one, ended, words.rules.get(one.id, ())) for one in policy.promises}
    lines = tuple(_line(one, promises, words.reasons, own) for one in policy.sentences)
    return Report(
        policy=policy, generated=generated, words=words, lines=lines, promises=tuple(promises.values()),
        book=book, pictures=pictures,
    )  # fmt: skip


def kept(
    promise: Promise, ended: Mapping[tuple[str, str], list[Shown]], rules: tuple[tuple[str, ...], ...] = ()
) -> Kept:
    """A promise with its status.

    Args:
        promise: the promise.
        ended: by promise and check: how it ended, once for each time the promise names it.
        rules: its rules in words.
    """
    seen: dict[str, int] = {}
    checks = []
    for proof in promise.proofs:
        place = seen.setdefault(proof.check, 0)
        seen[proof.check] += 1
        found = ended.get((promise.id, proof.check), [])
        checks.append(
            found[place] if place < len(found) else Shown(promise.id, proof.check, "not shown", _UNSEEN)
        )
    ordered = tuple(sorted(checks, key=lambda one: GRAVITY.index(one.status)))
    if promise.draft is not None:
        status = gravest(["not shown", *(one.status for one in ordered)])
        why = _why(ordered, status) if status == "broken" else "nobody has accepted this draft"
        return Kept(promise, status, why, ordered, rules)
    if not ordered:
        return Kept(promise, "not shown", "the promise names no check", (), rules)
    status = gravest([one.status for one in ordered])
    return Kept(promise, status, _why(ordered, status), ordered, rules)


def once(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures, and of those that say the same the first."""
    found: dict[tuple[str, int, int | None], Figure] = {}
    for one in figures:
        found.setdefault((one.name, one.value, one.of), one)
    return tuple(found.values())


def _line(binding: Binding, promises: Mapping[str, Kept], reasons: Mapping[str, str], own: set[int]) -> Line:
    reason = reasons.get(binding.sentence.id, "")
    if not binding.promises:
        status: Status = "not shown" if binding.reason is None else "information"
        return Line(binding, status, reason or "nobody has bound this sentence yet")
    mine = tuple(promises[name] for name in binding.promises)
    status = gravest([one.status for one in mine])
    if binding.suggested is not None:
        status = gravest([status, "not shown"])
    checks = [check for one in mine for check in one.checks]
    whys = [one.why for one in mine if not one.checks or one.promise.draft is not None]
    why = _why(checks, status) if any(one.status == status for one in checks) else "; ".join(whys)
    last = max((number for number in _numbers(checks) if number not in own), default=-1)
    return Line(binding, status, why or "nobody has accepted this tag", mine, last)


def _why(checks: Iterable[Shown], status: Status) -> str:
    """Why the checks end in a status: what those say that do, each once; for kept ones how many there are."""
    found = list(checks)
    said = list(dict.fromkeys(one.why for one in found if one.status == status))
    if status == "kept" and len(said) > 1:
        return f"{len(found)} checks, all kept: {'; '.join(said[:1])} ..."
    more = f"; and {len(said) - _MOST} more" if len(said) > _MOST else ""
    return "; ".join(said[:_MOST]) + more


def _numbers(checks: Iterable[Shown]) -> tuple[int, ...]:
    found: set[int] = set()
    for one in checks:
        found.update(one.entries)
        found.update(number for figure in one.figures for number in figure.entries)
    return tuple(sorted(number for number in found if number >= 0))
