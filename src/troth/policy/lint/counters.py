"""Places of the company at which people use their rights, named and not to be found."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_NAMED = Phrase(
    r"(?:[Vv]ia|[Tt]hrough|[Ii]n|[Ff]rom|[Aa]t|[Uu]sing|[Oo]n|[Ll]ogging(?: into| in to)?|[Oo]pen(?:ing)?|[Ss]ubmit(?:ting)?|[Ff]il(?:e|ing)|[Cc]ontact(?:ing)?|[Vv]isit(?:ing)?) (?:a |an |the |your |our |their |respective |of )*"
    r"[\"“‘']?((?:[A-Z][a-z]+ ){0,3}(?:Help ?[Dd]esk|[A-Z][a-z]+ System|[A-Z][a-z]+ Desk|(?:Control|Client|Customer|Admin|Member) (?:Panel|Area|Portal|Cent(?:er|re)|Zone)))\b"
)
_USED = Phrase(
    r"\b(?:modif\w+|correct\w*|updat\w+|chang\w+|delet\w+|eras\w+|remov\w+|access\w*|review\w*|request\w*|opt[- ]?out|unsubscribe|withdraw\w*|object\w*|cancel\w*|preferences?)\b"
)
_OWED = Phrase(r"^\W*(?:you|users|customers) (?:must|are (?:solely )?responsible|have to|shall)\b")
_FOUND = Phrase(r"https?:|www\.|@|\.(?:com|net|org|io|cn|hk|cloud)\b")


def unplaced(doc: Document) -> Iterator[Finding]:
    """Places where a right is used, without an address (rule term-undefined)."""
    named: dict[str, list[Reading]] = {}
    for reading in doc.body:
        # who has to keep the own data up to date is told a duty
        match = (
            _NAMED.search(reading.text)
            if _USED.search(reading.low) and not _OWED.search(reading.low)
            else None
        )
        if match:
            name = match[1]
            for party in doc.parties:
                name = name.replace(f"{party.name} ", "")
            if not _FOUND.search(reading.low) and name not in {"Domain Name System", "Name System"}:
                named.setdefault(name, []).append(reading)
    lost = {
        name: readings
        for name, readings in named.items()
        if not any(name.lower() in r.low and (r.heading or _FOUND.search(r.low)) for r in doc.readings)
    }
    if lost:
        yield report(
            "undefined-term/term-undefined",
            "info",
            [r for readings in lost.values() for r in readings],
            f"people use their rights at a place that the text does not locate: {quote(lost)}",
            hint="give the address of the page, or the way to it from the first page",
            law="GDPR Art. 12(1)-(2)",
        )


_DESK = Phrase(
    r"\b(?:concerns?|questions?|complaints?|enquir(?:y|ies)|inquir(?:y|ies)|disputes?)\b[^.;]{0,100}\bcontact (?:our |the )?(?:customer (?:services?|support|care|relations)|support(?: team| department| desk)?|help ?desk|service desk|client services?)\b(?! (?:at|on|via|by|through|using|under|:))"
)


def unreachable(doc: Document) -> Iterator[Finding]:
    """A desk that hears concerns, without an address (rule contact-missing)."""
    hits = [
        h
        for h in doc.hits(_DESK)
        if not any(
            _FOUND.search(r.low) or sum(map(str.isdigit, r.low)) > _DIGITS for r in doc.near(h.reading, 0, 3)
        )
    ]
    names = {m[0] for h in hits for m in _DESK_PLACE.finditer(h.words.lower())}
    placed = any(
        name in r.low and _FOUND.search(r.low.replace(f"{name}@", "")) for r in doc.readings for name in names
    )
    if hits and not placed:
        yield report(
            "dangling-contact/contact-missing",
            "warn",
            of(hits),
            f"concerns go to a desk that the text does not locate: {quoted(hits)}",
            hint="write the mailbox, number or form of the desk beside its name",
            law="GDPR Art. 12(2), 13(1)(a); PIPL Art. 17(1)(1)",
        )


_DIGITS = 6
_DESK_PLACE = Phrase(
    r"\b(?:customer (?:services?|support|care)|support|help ?desk|service desk|client services?)\b"
)

DETECTORS = (unplaced, unreachable)
