"""Rows of a table that name a case of disclosure in one cell and leave its limits open in the other: "Mergers | assets pass"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_CELLS = re.compile(r"\s\|\s")
_SALE = Phrase(
    r"\b(?:business|corporate|company) (?:transfers?|sales?|transactions?|changes?)\b|\bmergers?\b|\bacquisitions?\b|\b(?:sale|transfer) of (?:the |our )?(?:business|company|assets)\b|\bsuccessors?\b|\bbankruptcy\b|\bbuyers? of\b|合并|收购|并购|重组|破产|资产转让"
)
_GUARD = Phrase(
    r"\b(?:notif\w+|notice|inform\w*|tell you|consent|bound|honou?r|undertak\w+|same (?:level|protection|terms)|under this policy|object|choice|days)\b|告知|通知|同意|约束|继续"
)
_OWN = Phrase(
    r"\b(?:protect\w*|defen[cd]e?\w*|enforc\w+|safeguard\w*|investigat\w+)\b(?: of)?[^|.;]{0,50}\b(?:rights?|safety|security|propert(?:y|ies)|interests?|terms|polic(?:y|ies)|fraud|reputation)\b|(?:保护|维护|捍卫|执行)[^|。；]{0,16}(?:权益|权利|利益|财产|安全|条款|协议)"
)
_TESTED = Phrase(
    r"\b(?:court|law|laws|legal (?:claims?|obligation|basis|proceedings?)|order|subpoena|warrant|statut\w+|required|article|art\.|consent|establish\w*, exercise|encrypt\w*|passwords?|hash\w*)\b|法律|法院|依法|同意"
)
# the table, or the section, is about who gets data
_PASSING = Phrase(
    r"\b(?:disclos\w*|shar(?:e|es|ed|ing)|recipients?|transfer(?:red)?|third[- ]part\w+|who (?:gets|receives|has access))\b|披露|共享|提供|接收方|第三方"
)
_ROWS = 8


def _passing(doc: Document, row: Reading) -> bool:
    """Whether the table says who gets data: in its head, or in the headings above it."""
    if row.sentence.section and _PASSING.search(row.sentence.section[-1].lower()):
        return True
    above = doc.readings[max(0, row.index - _ROWS) : row.index]
    for reading in reversed(above):
        if reading.heading or not _CELLS.search(reading.text):
            return _PASSING.search(reading.low) is not None
        if _PASSING.search(_CELLS.split(reading.low)[0]):
            return True
    return False


def rows(doc: Document) -> Iterator[Finding]:
    """Rows on a sale of the company without guard, and on own rights without test (business-transfer-unconditional, disclosure-open)."""
    cells = [r for r in doc.body if " | " in r.low]
    sold = [
        r
        for r in cells
        if _SALE.search(r.low) and not _GUARD.search(r.low) and not r.refuses and _passing(doc, r)
    ]
    if sold:
        yield report(
            "risky-promise/business-transfer-unconditional",
            "warn",
            sold,
            f"when the company is sold the data moves without notice, consent or duty of the buyer: {quote(r.text for r in sold)}",
            hint="promise notice before the transfer, and bind the buyer to this policy",
            law="GDPR Art. 5(1)(a)-(b), 6(1), 14; PIPL Art. 22; PDPO DPP3; Cal. Civ. 1798.140(ad)(2)(C)",
        )
    own = [
        r
        for r in cells
        if r not in sold
        and _OWN.search(r.low)
        and not _TESTED.search(r.low)
        and not r.refuses
        and _passing(doc, r)
    ]
    if own:
        yield report(
            "undefined-term/disclosure-open",
            "warn",
            own,
            f"data is disclosed on a ground that nobody can check: {quote(r.text for r in own)}",
            hint="disclose where a named law or a checked order asks for it; name any further case and its test",
            law="GDPR Art. 5(1)(a)-(b), 6(1); PIPL Art. 13, 23; PDPO DPP3, s. 58",
        )


DETECTORS = (rows,)
