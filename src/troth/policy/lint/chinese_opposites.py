"""Contradictions between Chinese claims: what is refused and done, promised for all and kept for some, free and not free."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import chinese_choosing, chinese_giving, chinese_taking
from troth.policy.lint.chinese_claims import claims
from troth.policy.lint.document import Document
from troth.policy.lint.report import of, quoted, report

CLASHES = (*chinese_taking.CLASHES, *chinese_giving.CLASHES, *chinese_choosing.CLASHES)
_LAW = "GDPR Art. 5(1)(a), 12(1); PIPL Art. 7, 17; PDPO DPP1(3), DPP3"


def contradictions(doc: Document) -> Iterator[Finding]:
    """Claims of one Chinese text that can not both be kept."""
    if not any(r.cjk for r in doc.body):
        return
    said = claims(doc)
    for clash in CLASHES:
        pairs = [
            (a, b)
            for a in said
            if clash.one(a)
            for b in said
            if a.reading.index != b.reading.index and clash.other(b) and clash.meet(a, b)
        ]
        if pairs:
            ones, others = tuple(a.hit for a, _ in pairs), tuple(b.hit for _, b in pairs)
            yield report(
                f"contradiction/{clash.rule}",
                clash.severity,
                (*of(ones), *of(others)),
                clash.wrong.format(quoted(ones), quoted(others)),
                hint="keep one of the two, or say when the exception applies",
                law=_LAW,
            )


DETECTORS = (contradictions,)
