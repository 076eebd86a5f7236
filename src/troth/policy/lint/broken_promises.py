"""A sentence that promises something absolute, and one in quite other words that breaks it.

Which promise a sentence makes and which one it breaks is learned, as `likeness` learns what reviewers mark: one pair of weights tells
promises and breaches from everything else, and one for each matter tells what they are about. A pair counts where both are likely
and speak of one matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from troth.model.finding import Finding
from troth.policy.lint.denials import denies
from troth.policy.lint.document import Document
from troth.policy.lint.learned import Weights, shipped
from troth.policy.lint.likeness import held
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

# of a pair, as a logarithm, from which on it counts; by whether it is Chinese
_LIKELY = {False: -3.0, True: -3.6}
_EITHER = 1.5  # odds between the two, as a logarithm, within which a sentence can be either
_ASKS = Phrase(r"[?？]\s*$")
_FEWEST = {False: 4, True: 6}  # words, or Chinese signs, of a sentence that promises or breaks something
MATTERS: dict[str, tuple[str, str]] = {
    "access": ("access-conflict", "few people see the data"),
    "assent": ("change-consent-conflict", "only a clear act is consent"),
    "breach": ("notice-conflict", "everybody concerned is told of a breach"),
    "buyer": ("never-vs-may", "the promises outlive a sale of the business"),
    "calls": ("never-vs-may", "calls and chats are not recorded"),
    "content": ("monitoring-conflict", "nobody looks into what customers write and store"),
    "court": ("disclosure-conflict", "authorities get data only on a lawful order"),
    "encrypted": ("never-vs-may", "everything is encrypted"),
    "erased": ("retention-conflict", "everything is gone when the account ends"),
    "free": ("access-conflict", "using a right costs nothing"),
    "logs": ("logging-conflict", "no record of use is kept"),
    "machine": ("never-vs-may", "people decide, and no machine"),
    "minimum": ("purpose-minimisation", "nothing more is asked"),
    "nameless": ("nameless-conflict", "nobody can be found in the figures"),
    "notice": ("notice-conflict", "changes are told beforehand"),
    "optin": ("optout-vs-consent", "marketing goes only to those who asked for it"),
    "optout": ("choice-conflict", "consent can be taken back, and marketing stopped, at any time"),
    "passwords": ("password-conflict", "nobody can read a password"),
    "penalty": ("access-conflict", "nobody loses anything by using a right"),
    "place": ("transfer-conflict", "the data stays in one place"),
    "profile": ("never-vs-may", "nobody's behaviour is evaluated"),
    "purpose": ("purpose-conflict", "data serves the purposes named, and no other one"),
    "sale": ("confidentiality-conflict", "data is not given for anything in return"),
    "share": ("confidentiality-conflict", "nobody else gets the data"),
    "sources": ("source-conflict", "all data comes from the person"),
    "trackers": ("cookie-conflict", "nothing of others tracks visitors"),
}
"""What promises are about: the rule that names a contradiction in it, and the promise."""


def sides(*, chinese: bool) -> Weights:
    """The weights of promises (`+`) and breaches (`-`), of any matter and then of each, from the file in this package."""
    return shipped("promises", chinese=chinese)


_ASKING = Phrase(r"\bwithout (?:informing|telling|asking|your)\b")
# what breaks no promise of a matter, however alike it sounds
_HARMLESS: dict[str, Phrase] = {
    "free": Phrase(
        r"\b(?:excessive|unfounded|repeat\w*|(?:further|additional|second|extra) cop(?:y|ies)|restor\w+|backups?|cheques?|paper)\b|恢复|备份|频繁|重复|超出合理"
    ),
    "notice": Phrase(
        r"\b(?:prices?|fees|plans)\b|\b(?:suspend|terminat)\w* (?:the |your |an? )?(?:services?|accounts?|access|spammers?)\b|\bour software\b|价格|套餐|活动|资费|暂停|终止"
    ),
    "place": Phrase(
        r"(?:如|若|确)[^。；]{0,16}(?:境外|跨境|出境)[^。；]{0,30}(?:同意|评估|遵守|依法|标准合同)|\bwe bind (?:it|them)\b"
    ),
    "purpose": _ASKING,
    "share": Phrase(
        r"\bof a general nature\b|\bnumber of visitors\b|\baggregat\w+ (?:data|information|statistics|figures)\b|统计(?:数据|信息|结果)"
    ),
}
# what a promise is limited to: customers of a place, a channel of marketing, those who are named
_LIMITED: dict[str, Phrase] = {
    "optin": Phrase(r"\b(?:by|on|over) (?:tele)?phone\b|\btext messages?\b"),
    "place": Phrase(
        r"\bof (?:eu|european|us|american|\w+ian|\w+ese) (?:customers|users|clients|residents)\b"
    ),
    "purpose": _ASKING,
    "share": Phrase(r"除[^。；，]{1,40}外"),
}


@dataclass(frozen=True, slots=True)
class _Said:
    """How likely a sentence is a promise or a breach, and of which matter: logarithms of probabilities."""

    reading: Reading
    whole: float
    matters: Mapping[str, float]


def broken(doc: Document, told: Sequence[Finding]) -> Iterator[Finding]:
    """A promise and the sentence that breaks it, where no contradiction names both yet; each sentence in one pair at the most.

    Args:
        doc: the text.
        told: what was found.
    """
    known = [{s.id for s in finding.sentences} for finding in told if finding.kind == "contradiction"]
    promises, breaches = list[_Said](), list[_Said]()
    for reading in doc.body:
        if not _ASKS.search(reading.low) and reading.length >= _FEWEST[reading.cjk]:
            weights = sides(chinese=reading.cjk)
            found = weights.scores(held(reading.low, chinese=reading.cjk)).tolist()
            scores = dict(zip(weights.labels, found, strict=True))
            lead = scores["+"] - scores["-"]
            if lead > -_EITHER and not reading.exempted:
                promises.append(_said(reading, scores, "+"))
            if lead < _EITHER and not reading.told and not denies(reading):
                breaches.append(_said(reading, scores, "-"))
    pairs = []
    for one in promises:
        for other in breaches:
            # no matter makes a pair likelier than its two sides are
            if one.reading is not other.reading and one.whole + other.whole >= _LIKELY[one.reading.cjk]:
                weight, matter = max((one.matters[name] + other.matters[name], name) for name in MATTERS)
                total = one.whole + other.whole + 2 * weight
                if total >= _LIKELY[one.reading.cjk] and not _apart(one.reading, other.reading, matter):
                    pairs.append((-total, one.reading.index, other.reading.index, matter))
    used: set[tuple[int, str]] = set()
    for _, first, second, matter in sorted(pairs):
        if (first, matter) in used or (second, "") in used:
            continue
        used |= {(first, matter), (second, "")}
        about = (doc.readings[first], doc.readings[second])
        if not any({r.sentence.id for r in about} <= ids for ids in known):
            rule, promise = MATTERS[matter]
            yield report(
                f"contradiction/{rule}",
                "warn",
                about,
                f"a promise ({promise}) that another sentence breaks: {quote(r.text for r in about)}",
                hint="keep the promise, or say in it what it does not cover",
                law="GDPR Art. 5(1)(a), 12(1); FTC Act s. 5; PIPL Art. 7",
            )


def _apart(promise: Reading, other: Reading, matter: str) -> bool:
    """Whether a sentence does nothing that a promise of this matter excludes."""
    harmless, limited = _HARMLESS.get(matter), _LIMITED.get(matter)
    return (harmless is not None and harmless.search(other.low) is not None) or (
        limited is not None and limited.search(promise.low) is not None
    )


def _said(reading: Reading, scores: Mapping[str, float], sign: str) -> _Said:
    own = {name: scores[name + sign] for name in MATTERS}
    most = max(own.values())
    total = most + math.log(sum(math.exp(score - most) for score in own.values()))
    whole = -math.log1p(math.exp(-max(-30.0, min(30.0, scores[sign]))))
    return _Said(reading, whole, {name: score - total for name, score in own.items()})
