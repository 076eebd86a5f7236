"""Data gathered under one text, and judged by whatever the text says later."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.changes import LAW
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_TEXT = r"(?:(?:privacy |data protection )?(?:policy|notice|statement|declaration|information|version))"
_NOW = r"(?:in effect|in force|effective|valid|applicable|current|published|posted|available)"
_LATER = Phrase(
    rf"\b(?:information|data)\b[^.;]{{0,60}}\b(?:is|are|will be|shall be) (?:\w+ )?(?:subject to|governed by|treated (?:under|according to)|handled (?:under|according to)) (?:the|our) (?:\w+ )?{_TEXT} (?:that is |which is |then )?{_NOW} at (?:the|that|any|such) (?:given )?time\b|"
    rf"\b{_NOW} {_TEXT} is (?:always )?(?:the one|that) (?:which is |that is |being )?{_NOW} (?:\w+ ){{0,3}}?at the time of (?:your|the|each) (?:visit|use|access)|"
    rf"\b(?:changes?|amendments?|revisions?|new (?:version|text|policy)|modifications?|updated? (?:policy|version))\b[^.;]{{0,60}}\b(?:apply|applies|applicable|extend|also cover)s? (?:also |retroactively |equally )?to (?:all )?(?:\w+ )?(?:information|data)\b[^.;]{{0,60}}\b(?:already|previously|earlier|before|in the past|past|existing)\b|"
    rf"\b(?:apply|applies|extend)s? (?:\w+ )?(?:to )?(?:all )?(?:\w+ )?(?:information|data) (?:that )?(?:we )?(?:have )?(?:already|previously|earlier)\b[^.;]{{0,40}}\b(?:collected|gathered|received|held|obtained|have)|"
    r"(?:修改|变更|更新)后的?(?:政策|声明)[^。；]{0,12}适用于[^。；]{0,12}(?:此前|之前|已经|已)(?:收集|取得|获得)"
)
_FAIR = Phrase(r"\b(?:consent|agree|not|never|unless|without|only (?:to|if|with)|n't)\b|同意|不")


def applied(doc: Document) -> Iterator[Finding]:
    """New texts for old data (rule unilateral-change)."""
    hits = [h for h in doc.hits(_LATER) if not _FAIR.search(h.reading.low) and not h.reading.told]
    if hits:
        yield report(
            "risky-promise/unilateral-change",
            "warn",
            of(hits),
            f"data gathered today falls under whatever the text says later: {quoted(hits)}",
            hint="keep earlier data under the text it was gathered under, or ask before a new purpose",
            law=LAW,
        )


DETECTORS = (applied,)
