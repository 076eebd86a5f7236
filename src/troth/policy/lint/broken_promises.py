"""A sentence that promises something absolute, and one in quite other words that breaks it.

Which promise a sentence makes and which one it breaks is learned, as `likeness` learns what reviewers mark: one pair of weights tells
promises and breaches from everything else, and one for each matter tells what they are about. A pair counts where both are likely
and speak of one matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from troth.model.finding import Finding
from troth.policy.lint.denials import denies
from troth.policy.lint.document import Document
from troth.policy.lint.likeness import held
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_SCALE = 1000
_LIKELY = {
    False: -4.4,
    True: -4.4,
}  # of a pair, as a logarithm, from which on it counts; by whether it is Chinese
_EITHER = 1.5  # odds between the two, as a logarithm, within which a sentence can be either
_UNLIKE = -1.6  # odds of a mark below which a sentence breaks no promise
_ASKS = Phrase(r"[?？]\s*$")
_FEWEST = {False: 4, True: 6}  # words, or Chinese signs, of a sentence that promises or breaks something
_ABSOLUTE = Phrase(
    r"\b(?:never|no|nobody|none|nothing|not|neither|nor|only|every|everything|everyone|all|always|any|without|free|entire\w*|complete\w*|"
    r"exclusively|solely|just|cannot|refus\w*|each|hash\w*|alone)\b|n't\b|\bat any time\b|不|仅|只|无|没|均|所有|一律|全|随时|绝|从|任何|都|免|未"
)

_EXPLAINED = frozenset({"sale", "share"})
"""Matters in which the next sentence often says what a promise does not cover."""
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


@dataclass(frozen=True, slots=True)
class Sides:
    """The learned weights of promises (`+`) and breaches (`-`), of any matter and of each.

    Attributes:
        labels: `+` and `-`, then each matter with either sign.
        biases: by label.
        weights: by feature, the labels that it speaks for or against, each with how much.
    """

    labels: tuple[str, ...]
    biases: tuple[float, ...]
    weights: Mapping[str, tuple[tuple[int, float], ...]]

    def scores(self, low: str, *, chinese: bool) -> dict[str, float]:
        """The odds of each label, as logarithms."""
        found = list(self.biases)
        for name in held(low, chinese=chinese):
            for label, weight in self.weights.get(name, ()):
                found[label] += weight
        return dict(zip(self.labels, found, strict=True))


@cache
def sides(*, chinese: bool) -> Sides:
    """The weights of a language, from the table in this package."""
    name = f"promises_{'zh' if chinese else 'en'}.tsv"
    return parsed(files("troth.policy.lint").joinpath(name).read_text("utf-8"))


def parsed(table: str) -> Sides:
    """The weights of a table: the labels with their biases, then lines of a feature and its weights as `number=weight`."""
    first, *lines = [line for line in table.splitlines() if not line.startswith("# ")]
    known = [one.split("=") for one in first.split("\t")]
    weights = {}
    for line in lines:
        name, *own = line.split("\t")
        pairs = (one.split("=") for one in own)
        weights[name] = tuple((int(label), int(value) / _SCALE) for label, value in pairs)
    return Sides(
        tuple(label for label, _ in known), tuple(int(value) / _SCALE for _, value in known), weights
    )


def written(learned: Sides, remark: str) -> str:
    """The table of learned weights, with a remark in its first line."""
    known = zip(learned.labels, learned.biases, strict=True)
    lines = [f"# {remark}", "\t".join(f"{label}={round(bias * _SCALE)}" for label, bias in known)]
    for name, own in sorted(learned.weights.items()):
        lines.append("\t".join([name, *(f"{label}={round(weight * _SCALE)}" for label, weight in own)]))
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Said:
    """How likely a sentence is a promise or a breach, and of which matter: logarithms of probabilities."""

    reading: Reading
    whole: float
    matters: Mapping[str, float]


def broken(doc: Document, told: Sequence[Finding], odds: Mapping[str, float]) -> Iterator[Finding]:
    """A promise and the sentence that breaks it, where no contradiction names both yet; each sentence in one pair at the most.

    Args:
        doc: the text.
        told: what was found.
        odds: its sentences as `resembling.weighed` gives them.
    """
    known = [{s.id for s in finding.sentences} for finding in told if finding.kind == "contradiction"]
    promises, breaches = list[_Said](), list[_Said]()
    for reading in doc.body:
        if (
            not _ASKS.search(reading.low)
            and (len(reading.low) if reading.cjk else len(reading.low.split())) >= _FEWEST[reading.cjk]
        ):
            scores = sides(chinese=reading.cjk).scores(reading.low, chinese=reading.cjk)
            lead = scores["+"] - scores["-"]
            if lead > -_EITHER and _ABSOLUTE.search(reading.low) and not reading.exempted:
                promises.append(_said(reading, scores, "+"))
            likely = odds.get(reading.sentence.id, _UNLIKE) > _UNLIKE
            if lead < _EITHER and likely and not reading.told and not denies(reading):
                breaches.append(_said(reading, scores, "-"))
    pairs = []
    for one in promises:
        for other in breaches:
            if one.reading is not other.reading:
                weight, matter = max((one.matters[name] + other.matters[name], name) for name in MATTERS)
                total = one.whole + other.whole + 2 * weight
                if total >= _LIKELY[one.reading.cjk]:
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


def _said(reading: Reading, scores: Mapping[str, float], sign: str) -> _Said:
    own = {name: scores[name + sign] for name in MATTERS}
    most = max(own.values())
    total = most + math.log(sum(math.exp(score - most) for score in own.values()))
    whole = -math.log1p(math.exp(-max(-30.0, min(30.0, scores[sign]))))
    return _Said(reading, whole, {name: score - total for name, score in own.items()})
