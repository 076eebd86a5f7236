"""Lists: left open, or mixing uses with disclosures."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_OPEN = Phrase(
    r"\binter alia\b|, and more\b|\band more[.)]|\bto name (?:but )?a few\b|\bwhatever else\b|\band various other\b|"
    r"\b(?:including|include|includes|included),? but (?:is |are )?not limited to\b|\b(?:including|"
    r"includes?),? without limitation\b|\bwithout limitation\b|\betc\b\.?|\band so (?:on|forth)\b|"
    r"\band the like\b|\bamong (?:others|other things)\b|"
    r"\b(?:as well as|and) (?:any )?(?:other )?similar (?:information|data)\b|\bnot limited to\b|包括但不限于|"
    r"等(?:其他|相关)?(?:个人)?(?:信息|数据|资料|机构|第三方|合作伙伴)|等等",
    "inter alia|and more|a few|whatever|various|limit|etc|and so|the like|among|similar|包括但不限于|等",
)
_MATTER = frozenset({"collect", "use", "share", "retain"})
_CHANGE = Phrase(
    r"\b(?:liab|warrant|damages|law|jurisdiction|indemn)\w*", "liab|warrant|damages|law|jurisdiction|indemn"
)


def open_lists(doc: Document) -> Iterator[Finding]:
    """Lists of data, recipients or grounds that stay open (rule list-open)."""
    hits = [
        h
        for h in doc.hits(_OPEN)
        if (
            h.reading.acts & _MATTER
            or h.reading.lead
            or "information" in h.reading.words
            or h.reading.data
            or _collected_part(h.reading)
        )
        and not h.reading.told
    ]
    if hits:
        yield report(
            "open-ended/list-open",
            "warn",
            of(hits),
            f"the list stays open, so anything can be added silently: {quoted(hits)}",
            hint="close the list, or name the criterion that decides what else belongs to it",
            law="GDPR Art. 5(1)(a)-(c), 13(1)(e), 14(1)(d); PIPL Art. 6, 17(1)(2), 23; PDPO DPP1",
        )


def _collected_part(reading: Reading) -> bool:
    return any(
        "collect" in title.lower() or "data" in title.lower() for title in reading.sentence.section[-1:]
    )


_USES = Phrase(
    r"\b(?:uses?|purposes?)\b.{0,30}\b(?:include|are|following)\b.{0,20}:|\bwe (?:may )?use\b.{0,60}(?::$|"
    r"following)",
    "use|purpose",
)
_DISCLOSES = Phrase(
    r"^\W*(?:shar(?:e|ing)|disclos(?:e|ing|ure)|transfer(?:ring)?|sell(?:ing)?|"
    r"compliance with .{0,50}requests|providing (?:it|your|data|information) to|to (?:share|disclose|"
    r"transfer|sell))\b"
)
_LABEL = Phrase(r"^[A-Z][^.:!?]{2,70}: ")
_REACH = 40


def _items(doc: Document, intro: Reading) -> Iterator[Reading]:
    for r in doc.readings[intro.index + 1 : intro.index + _REACH]:
        if r.heading:
            return
        if r.sentence.element == "bullet" or _LABEL.match(r.text):
            yield r


def mixed(doc: Document) -> Iterator[Finding]:
    """A list of uses with disclosures among them (rule list-mixed)."""
    for hit in doc.hits(_USES):
        items = list(_items(doc, hit.reading))
        odd = [r for r in items if _DISCLOSES.match(r.low)]
        if odd and len(items) > len(odd):
            yield report(
                "drafting-error/list-mixed",
                "info",
                (hit.reading, *items[:1], *odd),
                f"a list of uses holds disclosures: {quote(r.text for r in odd)}",
                hint="list uses and disclosures apart, each with its recipients",
                law="GDPR Art. 12(1), 13(1)(c), 13(1)(e)",
            )


DETECTORS = (open_lists, mixed)
