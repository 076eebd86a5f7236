"""Matters that are told by what meets in a sentence: each names its rule, its wordings, and what makes it harmless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from troth.model.finding import Finding, Severity
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.meetings import Meeting
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import Statement
from troth.policy.lint.terms import told_next


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of statement that a lawyer marks.

    Attributes:
        rule: its class and rule ("risky-promise/rights-fee").
        severity: how bad it is.
        message: what is wrong; the words of the text follow.
        hint: what to do about it.
        law: the article that asks for it.
        ways: the wordings, each enough alone.
        harmless: what makes a sentence harmless, whichever wording it has.
        unless: what makes the whole matter harmless, wherever it stands in the text.
        duties: whether what readers are told to do counts too.
        allowed: codes of the regimes whose law allows it; it is left alone where no other regime applies.
        listed: whether a list or examples after the sentence make it harmless.
    """

    rule: str
    severity: Severity
    message: str
    hint: str
    law: str
    ways: Sequence[Meeting | Statement]
    harmless: Phrase | None = None
    unless: Phrase | None = None
    duties: bool = False
    allowed: frozenset[str] = frozenset()
    listed: bool = False

    def __call__(self, doc: Document) -> Iterator[Finding]:
        """The finding, where the text says it."""
        if doc.places and doc.places <= self.allowed:
            return
        hits: dict[int, Hit] = {}
        for way in self.ways:
            for hit in way.found(doc):
                hits.setdefault(hit.reading.index, hit)
        kept = [hits[index] for index in sorted(hits) if self._counts(hits[index])]
        if self.listed:
            kept = [h for h in kept if not _goes_on(doc, h) and not told_next(doc, h.reading)]
        if kept and not (self.unless and doc.says(self.unless)):
            yield report(
                self.rule,
                self.severity,
                of(kept),
                f"{self.message}: {quoted(kept)}",
                hint=self.hint,
                law=self.law,
            )

    def _counts(self, hit: Hit) -> bool:
        if hit.reading.cjk or (hit.reading.told and not self.duties):
            return False
        return not (self.harmless and self.harmless.search(hit.reading.low))


_EXAMPLES = Phrase(
    r"^\W*(?:(?:this|these|such \w+|it|they|examples) (?:may )?includes?|for (?:example|instance)|such as|namely|that is)\b"
)


def _goes_on(doc: Document, hit: Hit) -> bool:
    """Whether the next unit is an item of its list, or gives examples."""
    return any(
        r.sentence.element == "bullet" or _EXAMPLES.search(r.low)
        for r in doc.readings[hit.reading.index + 1 : hit.reading.index + 2]
    )


def joined(found: Sequence[Finding], more: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, each with what a matter of its rule adds; a matter that nobody else has found stands by itself."""
    all_of = list(found)
    for new in more:
        same = [n for n, old in enumerate(all_of) if (old.kind, old.rule) == (new.kind, new.rule)]
        named = {s.id for n in same for s in all_of[n].sentences}
        fresh = tuple(s for s in new.sentences if s.id not in named)
        if not same:
            all_of.append(new)
        elif fresh:
            old = all_of[same[0]]
            words = new.message.partition(": ")[2]
            both = tuple(sorted((*old.sentences, *fresh), key=lambda s: s.line))
            all_of[same[0]] = replace(old, sentences=both, message=f"{old.message}; also {words}")
    return tuple(all_of)
