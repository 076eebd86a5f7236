"""Two sentences that stand to one topic in opposite ways: free and charged, told and untold, asked first and done by default.

The sentence with the rarer stance is looked for first; the other one has to be about the same topic (`topics`), so that only few
sentences of a text are read for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from troth.model.finding import Finding, Severity
from troth.policy.lint import stances
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report
from troth.policy.lint.stances import Stance
from troth.policy.lint.topics import TOPICS, shared, topics

_LONGEST = 45
_LONGEST_CHINESE = 70
_STATEMENT = re.compile(r"[。！]|\.(?=\s|$)|, (?:but|however|whereas) ")
# words that stand for what the sentence before is about
_POINTS_BACK = Phrase(
    r"\b(?:so use|do so|do this|such use|this use|for this|to this)\b|如此|该等用途|此用途|上述用途|为此"
)


@dataclass(frozen=True, slots=True)
class Opposition:
    """Two stances to the same topic that a text can not both take.

    Attributes:
        rule: rule of the finding, a contradiction.
        says: the finding in words, before the quotations.
        promise: the stance of the promise.
        act: the stance that takes it back.
        about: the topics it is for.
        rare: whether the promise is the rarer of the two stances.
        severity: of the finding.
        law: the articles.
    """

    rule: str
    says: str
    promise: Stance
    act: Stance
    about: tuple[str, ...]
    rare: bool = False
    severity: Severity = "block"
    law: str = "GDPR Art. 5(1)(a), 12; PIPL Art. 7; FTC Act s. 5"


_ASKABLE = ("rights", "copy", "export", "correction", "erasure", "objection")
_CHOICES = (*_ASKABLE, "closing", "domain transfer", "withdrawal of consent", "complaint", "cookie choice")
_VOLUNTARY = ("phone number", "date of birth", "survey")
OPPOSITIONS = (
    Opposition(
        "access-conflict",
        "free of charge, and charged for",
        stances.FREE,
        stances.FEE,
        (
            *_ASKABLE,
            "closing",
            "domain transfer",
            "whois privacy",
            "withdrawal of consent",
            "newsletter",
            "marketing",
        ),
        rare=True,
        law="GDPR Art. 12(5); PIPL Art. 7",
    ),
    Opposition(
        "notice-conflict",
        "told, and done without a word",
        stances.TOLD,
        stances.UNTOLD,
        (
            "policy change",
            "authorities",
            "processors",
            "breach",
            "idle accounts",
            "suspension",
            "content check",
        ),
        severity="warn",
    ),
    Opposition(
        "never-vs-may",
        "decided by people, and by machines",
        stances.BY_PEOPLE,
        stances.BY_MACHINE,
        ("any decision", "orders", "suspension", "fraud checks", "credit"),
        law="GDPR Art. 22; PIPL Art. 24",
    ),
    Opposition(
        "optout-vs-consent",
        "only by consent, and by default",
        stances.ASKED,
        stances.BY_DEFAULT,
        (
            "newsletter",
            "text messages",
            "sales calls",
            "marketing",
            "reference",
            "directory",
            "call recording",
            "statistics cookies",
            "usage statistics",
            "profile",
            "location",
            "personalisation",
            "training",
            "passing on",
            "trial programme",
        ),
        law="GDPR Art. 4(11), 7; ePrivacy 5(3), 13; PIPL Art. 14",
    ),
    Opposition(
        "choice-conflict",
        "open at any time and to everybody, and barred or under conditions",
        stances.UNHINDERED,
        stances.HINDERED,
        (*_CHOICES, *_VOLUNTARY, "officer"),
        law="GDPR Art. 7(3), 12(2); PIPL Art. 15, 50",
    ),
    Opposition(
        "choice-conflict",
        "without disadvantage, and at a loss",
        stances.UNHARMED,
        stances.HARMED,
        (*_CHOICES, *_VOLUNTARY, "sale opt-out"),
        law="GDPR Art. 7(4); PIPL Art. 16; Cal. Civ. Code 1798.125",
    ),
)


@dataclass(frozen=True, slots=True)
class _Said:
    reading: Reading
    about: frozenset[str]


def _statements(reading: Reading) -> Iterator[str]:
    longest = _LONGEST_CHINESE if reading.cjk else _LONGEST
    for part in _STATEMENT.split(reading.low):
        size = len(part) if reading.cjk else part.count(" ")
        if part and size <= longest:
            yield part


def _taking(doc: Document, stance: Stance, about: tuple[str, ...]) -> list[_Said]:
    """The sentences that take a stance, with their topics."""
    found = []
    for hit in doc.hits(stance.said):
        said = _read(doc, hit.reading, stance, about)
        if said.about:
            found.append(said)
    return found


def _read(doc: Document, reading: Reading, stance: Stance, about: tuple[str, ...]) -> _Said:
    if reading.told or reading.lead:
        return _Said(reading, frozenset())
    back = frozenset[str]()
    if reading.index and _POINTS_BACK.search(reading.low):
        before = doc.readings[reading.index - 1]
        if before.sentence.section == reading.sentence.section:
            back = topics(before.low, about)
    held = [topics(part, about) or back for part in _statements(reading) if stance.taken(part)]
    return _Said(reading, frozenset().union(*held))


def opposed(doc: Document) -> Iterator[Finding]:
    """Findings on sentences that stand to one topic in opposite ways."""
    for opposition in OPPOSITIONS:
        first, second = (
            (opposition.promise, opposition.act) if opposition.rare else (opposition.act, opposition.promise)
        )
        rare = _taking(doc, first, opposition.about)
        if not rare:
            continue
        wanted = frozenset().union(*(said.about for said in rare))
        near = {
            hit.reading.index: hit.reading
            for name in _reached(opposition, wanted)
            for hit in doc.hits(TOPICS[name])
        }
        other = [
            said for reading in near.values() if (said := _read(doc, reading, second, opposition.about)).about
        ]
        for said in rare:
            pairs = [
                answer
                for answer in other
                if answer.reading.index != said.reading.index
                and (
                    shared(said.about, answer.about) if opposition.rare else shared(answer.about, said.about)
                )
            ]
            if pairs:
                yield _finding(opposition, said, pairs)


def _reached(opposition: Opposition, wanted: frozenset[str]) -> tuple[str, ...]:
    """The topics on which the other side may speak."""
    return tuple(
        name
        for name in opposition.about
        if shared(frozenset({name}), wanted) or shared(wanted, frozenset({name}))
    )


def _finding(opposition: Opposition, said: _Said, pairs: list[_Said]) -> Finding:
    readings = [said.reading, *(pair.reading for pair in pairs)]
    return report(
        f"contradiction/{opposition.rule}",
        opposition.severity,
        readings,
        f"{opposition.says}: {quote(r.text for r in readings)}",
        hint="say it once, with its conditions",
        law=opposition.law,
    )
