"""Sentences in which somebody else than the company acts: readers, courts, parents, hackers.

What a detector finds in their words is no act of the company: "you may use the servers for any lawful purpose" opens no
purpose, and "the court may at its discretion" leaves nothing to the company.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

# Rules about what the company does or leaves open; who else does it breaks none of them.
_OF_THE_COMPANY = frozenset(
    {
        "absolute-claim",
        "business-transfer-unconditional",
        "disclosure-open",
        "list-open",
        "password-encryption",
        "purpose-open",
        "recipient-open",
        "retention-vague",
        "sole-discretion",
        "source-open",
        "unaware-processing",
        "unilateral-change",
    }
)
_READER = r"(?:you|users|customers|members|subscribers|visitors|registrants|clients|each (?:user|customer))"
_READER_ACTS = Phrase(
    rf"^\W*(?:(?:however|but|also|in addition|therefore|for example),? )?{_READER} (?:\w+ )?(?:may|can|could|might|shall|must|should|are free to|are (?:not )?allowed to|need to|have to)"
    r"(?: not| never| always| only| also)?(?: be)? (?:us|transfer|obtain|share|publish|post|send|tell|sell|monitor|write|keep|store|give|upload|host|resell|move|read|visit|get)(?:e|ing)?\b"
)
_OTHER_ACTS = Phrase(
    r"^\W*(?:the |a |any |your )?(?:courts?|judges?|parents?|guardians?|browsers?|prices?|fees|plans|products?|features|availability|no(?:body| one| third party)(?= may use))(?: (?:may|can|will|must|shall|might|are|is)\b| and \w+ (?:may|can|are)\b)|"
    r"\b(?:may|can|could|might) be (?:\w+ (?:and|or) )?(?:read|seen|viewed|accessed|intercepted) by (?:other|third|hackers|unauthori[sz]ed|anyone)\b|"
    r"\bat (?:the|their) (?:\w+ )?(?:discretion|option|choice) of (?:the )?(?:parents?|guardians?|court|judge|user|customer|recipient|registry|authority)\b"
)
# then the company acts too
_COMPANY = Phrase(r"\b(?:we|our (?:staff|company|partners|affiliates))\b|\bby us\b")


def _elsewhere(reading: Reading) -> bool:
    return (_READER_ACTS.search(reading.low) is not None or _OTHER_ACTS.search(reading.low) is not None) and (
        _COMPANY.search(reading.low) is None
    )


def company_only(doc: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without the sentences in which the company does not act, and without those that have no other."""
    for finding in findings:
        if finding.rule not in _OF_THE_COMPANY or not finding.sentences:
            yield finding
            continue
        kept = tuple(s for s in finding.sentences if not _elsewhere(doc.of(s)))
        if kept:
            yield finding if len(kept) == len(finding.sentences) else replace(finding, sentences=kept)
