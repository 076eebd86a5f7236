"""Promises whose exceptions stand somewhere else, or are the rule."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_ACT = r"(?:sell|share|disclose|transfer|provide|give|use|release|pass|rent|reveal|distribute)s?"
_BUT = r"(?:except|unless|other than|save)"
_SET = r"(?:provided|set (?:out|forth)|described|stated|permitted|specified|allowed|indicated|contemplated)"
_PAPER = r"(?:terms(?: (?:of|and) \w+)?|acceptable use policy|user agreement|service agreement|customer agreement|agreements?|contracts?|other (?:policies|documents)|our (?:\w+ )?policies)"
# the exceptions stand in other papers
_ELSEWHERE = Phrase(
    rf"\b(?:(?:you|users?|customers?|members?|resellers?) (?:may|must|shall|can|will|should|agree) )?(?:not|never)\b[^.;]{{0,30}}\b{_ACT}\b[^.;]{{0,140}}\b{_BUT} (?:as )?(?:otherwise )?(?:\w+ )?{_SET} (?:in|by|under|for in)\b[^.;]{{0,60}}\b{_PAPER}\b|"
    rf"\b{_BUT} (?:as )?(?:otherwise )?{_SET} (?:in|by|under)\b[^.;]{{0,60}}\b{_PAPER}\b[^.;]{{0,60}}\b(?:not|never)\b[^.;]{{0,30}}\b{_ACT}\b"
)
# nothing is done but what the text allows, and what the text allows is what it allows
_ROUND = Phrase(
    rf"\b(?:other than|except) as (?:otherwise )?{_SET} in (?:this|our|the)\b[^.;]{{0,60}}\b(?:not|never)\b[^.;]{{0,30}}\b{_ACT}\b[^.;]{{0,140}}\b(?:unless|except)\b[^.;]{{0,60}}\b(?:purposes|ways|reasons)\b[^.;]{{0,12}}\b{_SET} in (?:this|our|the)\b"
)


# what readers may not do
_READERS = Phrase(
    r"\b(?:you|users?|customers?|members?|resellers?) (?:may|must|shall|can|will|should|agree) (?:not|never)\b"
)


def elsewhere(doc: Document) -> Iterator[Finding]:
    """A refusal with exceptions in other papers, or in a circle (rule exception-open)."""
    hits = [
        h
        for p in (_ELSEWHERE, _ROUND)
        for h in doc.hits(p)
        if not h.reading.told and not _READERS.search(h.words.lower())
    ]
    if hits:
        yield report(
            "open-ended/exception-open",
            "warn",
            of(hits),
            f"what is refused is allowed somewhere else: {quoted(hits)}",
            hint="list the exceptions here, each with its purpose and recipient",
            law="GDPR Art. 12(1), 13(1)(e); Cal. Civ. 1798.100",
        )


DETECTORS = (elsewhere,)
