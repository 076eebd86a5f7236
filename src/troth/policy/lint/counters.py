"""Places of the company at which people use their rights, named and not to be found."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

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


DETECTORS = (unplaced,)
