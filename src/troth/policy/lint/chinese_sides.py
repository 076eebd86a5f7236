"""Contradictions in Chinese: how a promise and what another sentence does all the same are set against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troth.model.finding import Finding, Severity
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

# A promise with a condition does not contradict what happens under the condition.
CONDITION = r"除|未经|未得|同意|授权|许可|另有|以下|法律|法规|法庭|司法|例外|要求"


# an exception for whatever the company tells is none
_HOLLOW = Phrase(r"，?除非[^。；]{0,40}(?:(?:发出|作出)[^。；，]{0,4}通知|已?(?:告知|通知)您)[^。；，]{0,12}")
NONE = Phrase(r"(?!)")


@dataclass(frozen=True, slots=True)
class Sides:
    """Two statements that can not both be kept.

    Attributes:
        rule: rule of the finding, a contradiction.
        severity: block, warn or info.
        wrong: what the two say, with a place for the words of each.
        promised: wordings of the promise.
        spared: what makes the promise conditional.
        done: wordings of what is done all the same.
    """

    rule: str
    severity: Severity
    wrong: str
    promised: Phrase
    spared: Phrase
    done: Wording

    def found(self, doc: Document) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        """The sentences of either side."""
        one = tuple(
            h
            for h in (*doc.hits(self.promised), *_headed(doc, self.promised))
            if h.reading.cjk and not self.spared.search(_HOLLOW.sub("", h.reading.low))
        )
        if not one:
            return (), ()
        kept = {h.reading.index for h in one}
        return one, tuple(h for h in self.done.found(doc) if h.reading.index not in kept)


def _headed(doc: Document, promised: Phrase) -> Iterator[Hit]:
    """Promises that a heading makes: "we collect nothing"."""
    for r in doc.readings:
        match = promised.search(r.low) if r.heading else None
        if match:
            yield Hit(r, match[0])


def done(said: str, spared: str) -> Wording:
    """What is done all the same, and what makes it harmless."""
    return Wording("contradiction/", "block", "", "", "", Phrase(said), Phrase(spared))


_HINT = "keep one of the two, or say when the exception applies"
_LAW = "GDPR Art. 5(1)(a), 12(1); PIPL Art. 7, 17; PDPO DPP1(3), DPP3"


def clashes(doc: Document, pairs: Iterable[Sides]) -> Iterator[Finding]:
    """Those of the pairs of which a text holds both sides."""
    if not any(r.cjk for r in doc.body):
        return
    for sides in pairs:
        one, other = sides.found(doc)
        if one and other:
            yield report(
                f"contradiction/{sides.rule}",
                sides.severity,
                (*of(one), *of(other)),
                sides.wrong.format(quoted(one), quoted(other)),
                hint=_HINT,
                law=_LAW,
            )
