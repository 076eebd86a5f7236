"""The law misstated: contracts that are said not to be needed, identifiers that are said not to be personal data."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_laws as kinds
from troth.policy.lint.document import Document
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said


def misstated(doc: Document) -> Iterator[Finding]:
    """A sentence about the law that is not so (rule law-misstated)."""
    hits = said(doc, kinds.MISSTATED)
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
