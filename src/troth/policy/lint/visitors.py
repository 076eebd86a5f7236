"""Visitors of a website whom the text covers, without a word on what the site records of them."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_SITE = r"(?:our|the|this|its|any of our|your use of our) (?:\w+ )?(?:web ?)?sites?"
_VISITING = Phrase(
    rf"\b(?:people|persons|those|anyone|everyone|users?|visitors?|individuals|customers|you) (?:who |that |when you )?(?:access|visit|brows|us|view)(?:e|es|s|ing)?\b (?:or \w+ )?{_SITE}\b|"
    rf"\bvisitors (?:to|of) {_SITE}\b|访问(?:本|我们的?)?网站的(?:用户|访客|人)|(?:网站|本站)(?:的)?访客"
)
_COVERED = Phrase(
    r"\b(?:policy|statement|notice|document)\b[^.;]{0,60}\b(?:appl(?:y|ies)|covers?|explains?|describes?|summary|sets? out|govern\w*|relates?)\b|\b(?:collect|hold|manage|gather|handle|keep|process)\w*\b[^.;]{0,60}\b(?:on|about|from|of)\b|(?:适用于|涵盖)"
)
_RECORDED = Phrase(
    r"cookie|\blog(?:s|ged|ging)?\b(?! ?in)|log files?|\bip\b|internet protocol|analytics|\bbrowser|beacon|\btraffic\b|clickstream|statistic|\bautomatic\w*|\btrack\w*|日志|浏览器|ip ?地址|统计|自动"
)


def unrecorded(doc: Document) -> Iterator[Finding]:
    """Visitors covered, and nothing about logs, cookies and analytics (rule visitors-missing)."""
    hits = [
        h
        for h in doc.hits(_VISITING)
        if (_COVERED.search(h.reading.low) or _COVERED.search(h.reading.lead)) and not h.reading.told
    ]
    if hits and not any(_RECORDED.search(r.low) for r in doc.readings):
        yield report(
            "missing-mandatory/visitors-missing",
            "warn",
            of(hits),
            f"visitors of the website are covered, and nothing says what the site records of them: {quoted(hits)}",
            hint="say which logs, cookies and statistics the site keeps, or that it keeps none",
            law="GDPR Art. 13(1)(c), (e); ePrivacy 5(3); PIPL Art. 17; Cal. B&P 22575(b)(1)",
        )


_ONLINE = Phrase(
    r"\b(?:web ?sites?|online|on-line|account (?:information )?page|control panel|portal|web hosting|content delivery|cdn|registration process|e-?commerce)\b"
)
_READ = Phrase(
    r"cookie|\blog(?:s|ged|ging)?\b(?! ?in)|log files?|\bip\b|internet protocol|analytics|\bbrowser|beacon|\btraffic\b|clickstream|statistic|\bautomatic\w*|\btrack\w* (?:\w+ )?(?:users?|visitors?|you|activit|technolog|code|pixel)"
)
_LEAST = 15


def silent(doc: Document) -> Iterator[Finding]:
    """A service on the web, and not a word on cookies, logs or statistics (rule visitors-missing)."""
    if not doc.places & {"EU", "UK", "US", "US-CA"} or len(doc.body) < _LEAST or not doc.says(_ONLINE):
        return
    if any(True for _ in unrecorded(doc)) or any(_READ.search(r.low) for r in doc.readings):
        return
    yield report(
        "missing-mandatory/visitors-missing",
        "warn",
        (),
        "the service runs on the web, and nothing is said on cookies, logs or statistics",
        hint="say which logs, cookies and statistics the site keeps, or that it keeps none",
        law="GDPR Art. 13(1)(c), (e); ePrivacy 5(3); Cal. B&P 22575(b)(1)",
    )


DETECTORS = (unrecorded, silent)
