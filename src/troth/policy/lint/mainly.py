"""What is said of the main part alone, so that the rest stays open: "primarily collected from"."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_MOST = r"(?:primarily|mainly|mostly|chiefly|largely|predominantly|principally|generally|usually|typically|for the most part)"
_FROM = r"(?::|from|when(?:ever)?|through|via|by (?:means|way)|if you|directly|in the following|as follows|on the following)"
_SOURCES = Phrase(
    rf"\b(?:information|data|details)\b[^.;:]{{0,20}} (?:is|are) {_MOST} (?:collected|obtained|gathered|received|acquired|sourced) ?{_FROM}|"
    rf"\b(?:information|data|details)\b[^.;:]{{0,20}} (?:is|are) (?:collected|obtained|gathered|received|acquired) {_MOST} ?{_FROM}|"
    rf"\bwe {_MOST} (?:collect|obtain|gather|receive|get) (?:\w+ ){{0,4}}?(?:information|data|details)\b[^.;:]{{0,30}}{_FROM}|"
    rf"\bwe (?:collect|obtain|gather|receive|get) (?:\w+ ){{0,4}}?(?:information|data|details)\b[^.;:]{{0,20}} {_MOST} {_FROM}|"
    r"\b(?:main|primary|principal|chief) sources? of (?:\w+ ){0,3}?(?:information|data)\b|"
    r"(?:信息|资料|数据)[^。；，]{0,6}主要(?:来源于|来自|通过)[^。；]{0,24}(?:收集|获取|取得|：|:)|(?:收集|获取|取得)[^。；]{0,16}(?:信息|资料|数据)[^。；，]{0,6}主要(?:来源|途径|渠道)"
)
# the rest is told, or there is none
_REST = Phrase(
    r"\b(?:other sources|we also|additionally|in addition|sometimes|otherwise|only|exclusively|solely|the rest|third[- ]part(?:y|ies))\b|其他(?:来源|途径|渠道)|此外|仅"
)


def sources(doc: Document) -> Iterator[Finding]:
    """The main sources, and nothing on the others (rule source-open)."""
    hits = [
        h
        for h in doc.hits(_SOURCES)
        if not h.reading.told
        and not h.reading.refuses
        and not any(_REST.search(r.low) for r in doc.near(h.reading, 0, 1))
    ]
    if hits:
        yield report(
            "open-ended/source-open",
            "warn",
            of(hits),
            f"only the main sources are named, so any other stays possible: {quoted(hits)}",
            hint="name every source, also the rare ones",
            law="GDPR Art. 13, 14(2)(f); Cal. Civ. 1798.110(a)(2); PIPL Art. 17",
        )


DETECTORS = (sources,)
