"""Everything kept for years after the end, and nothing says which law wants that."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report
from troth.policy.lint.spans import spans

_LONG = 5 * 365
_ALL = Phrase(
    r"\b(?:all|your|any|the|customers?'?|users?'?) (?:\w+ ){0,2}?(?:personal )?(?:data|information|details)\b"
)
_AFTER = Phrase(
    r"\b(?:after|from|following|since|upon|beyond)\b[^.;]{0,60}\b(?:end|clos\w+|terminat\w+|cancel\w+|expir\w+|cooperation|relationship|contract|deletion|last (?:login|order|activity|contact))\b"
)
# what the law, an audit or a dispute asks for, and what is a part of the data
_WHY = Phrase(
    r"\b(?:law|laws|legal\w*|statut\w+|tax|taxes|fiscal|accounting|bookkeeping|invoices?|billing|transactions?|payments?|audit\w*|limitation|claims?|disputes?|regulat\w+|require[ds]?|oblig\w+|anti-money|records? of|anonym\w+|aggregat\w+|logs?|tickets?|correspondence|maximum)\b"
)


def _bare(doc: Document, reading: Reading) -> bool:
    """Whether neither the sentence nor its neighbours name what the years are for."""
    return not any(_WHY.search(r.low) for r in doc.near(reading, 1, 1) if not r.heading and not r.lead)


def years(doc: Document) -> Iterator[Finding]:
    """All data kept five years and more after the end, without a reason (rule retention-excess)."""
    if doc.chinese:
        return
    found = [
        r
        for r in doc.body
        if r.does("retain")
        and any(span >= _LONG for span in spans(r.low))
        and _ALL.search(r.low)
        and _AFTER.search(r.low)
        and _bare(doc, r)
        and not r.told
    ]
    if found:
        yield report(
            "risky-promise/retention-excess",
            "warn",
            found,
            f"everything is kept for years after the end, and no law or purpose is named for it: {quote(r.text for r in found)}",
            hint="keep for years only what a named law or claim needs, and erase passwords and what people volunteered at the end",
            law="GDPR Art. 5(1)(c), (e), 17(1)(a); PIPL Art. 6, 19; PDPO DPP2(2)",
        )


DETECTORS = (years,)
