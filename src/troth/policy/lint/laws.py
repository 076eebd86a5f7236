"""The law misstated: contracts that are said not to be needed, identifiers that are said not to be personal data."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_laws as kinds
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

# American law wants the consent of parents obtained and verified, not requested
_ASKED_ONLY = Phrase(
    r"\b(?:without|unless|until|before)\b[^.;]{0,20}\b(?:request|ask|seek)\w* (?:for )?(?:\w+ )?(?:parental|parents?'?|guardian'?s?) (?:consent|permission|approval)\b"
)


def misstated(doc: Document) -> Iterator[Finding]:
    """A sentence about the law that is not so (rule law-misstated)."""
    hits = [*said(doc, kinds.MISSTATED), *(h for h in doc.hits(_ASKED_ONLY) if doc.places & {"US", "US-CA"})]
    if hits:
        yield report(
            "risky-promise/law-misstated",
            "warn",
            of(hits),
            f"the law does not say this: {quoted(hits)}",
            hint="take the sentence out, or have a lawyer word it with the article it relies on",
            law="GDPR Art. 3, 4(1), 28, Recitals 26, 30; PIPL Art. 3, 4; Cal. Civ. 1798.140(v)",
        )


DETECTORS = (misstated,)
