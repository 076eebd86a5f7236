"""Websites that the text is about: one in one sentence and several in another, or a copy of the text at a stranger's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:https?://)?(?:www\.)?([a-z\d-]{3,}\.(?:com|net|org|io|in|co|eu|de|nl|uk|ca|au|us|info|biz|cloud|host|hk|sg|my|cn|fr|ie|nz|za|jp)(?:\.[a-z]{2})?)\b(?!@)"
)
# sentences that say where the text holds
_HOLDS = Phrase(
    r"\b(?:policy|statement|notice|practices)\b[^;]{0,60}\b(?:appl(?:y|ies)|covers?|includes?|governs?|extends? to|concerns?|is for|relates? to|when you (?:visit|use|make|order|access|buy|browse))\b|"
    r"\b(?:policy|statement|notice)\b[^;]{0,20}\b(?:describes|explains|tells|sets out)\b[^;]{0,120}\bon (?:our|the|this|these) (?:web ?)?sites?\b"
)
_TOLD = Phrase(
    r"\b(?:respectively|brands?|formerly|redirect\w*|trading as|family of|group of|all of our (?:sites|websites)|also operates?)\b"
)
# the text itself, to be had at an address
_TEXT_AT = Phrase(
    r"\b(?:download|print|view|obtain|read|find|get|review)\w*\b[^.;]{0,40}\b(?:this|our|the current|a copy of (?:this|our|the)) (?:\w+ )?(?:policy|statement|notice)\b[^;]{0,30}\b(?:from|at|on|under)\b|"
    r"\b(?:this|our) (?:\w+ )?(?:policy|statement|notice)\b[^.;]{0,30}\b(?:is|can be|may be) (?:\w+ )?(?:available|found|downloaded|viewed|read|posted|published)\b[^;]{0,12}\b(?:from|at|on|under)\b"
)


def _domains(reading: Reading) -> frozenset[str]:
    return frozenset(_DOMAIN.findall(reading.low))


def several(doc: Document) -> Iterator[Finding]:
    """A text for one website, and for several (rule scope-conflict)."""
    held = [(h, _domains(h.reading)) for h in doc.hits(_HOLDS) if not h.reading.told]
    held = [(h, names) for h, names in held if names]
    one = [h for h, names in held if len(names) == 1]
    many = [
        h
        for h, names in held
        if len(names) > 1
        and any(_domains(o.reading) < names for o in one)
        and not _TOLD.search(h.reading.low)
    ]
    if one and many and not any(_TOLD.search(r.low) and len(_domains(r)) > 1 for r in doc.body):
        yield report(
            "contradiction/scope-conflict",
            "warn",
            (*of(one), *of(many)),
            f"the text is for one website ({quoted(one)}) and for several ({quoted(many)})",
            hint="name every website once, and say who runs each",
            law="GDPR Art. 13(1)(a); Cal. B&P 22575",
        )


def _own(doc: Document, name: str) -> bool:
    """Whether the domain is the publisher's: its name is in it, or other sentences use it for themselves."""
    brand = name.split(".", maxsplit=1)[0].replace("-", "")
    parties = [re.sub(r"[^a-z\d]", "", p.name.lower()) for p in doc.parties]
    titles = re.sub(r"[^a-z\d]", "", " ".join(r.low for r in doc.readings[:3] if r.heading))
    named = any(p and (p in brand or brand in p) for p in parties) or brand in titles
    return named or sum(name in r.low or "@" + name in r.low for r in doc.readings) > 1


def strange(doc: Document) -> Iterator[Finding]:
    """The text itself at an address of somebody else (rule reference-unresolved)."""
    hits: list[Hit] = []
    for hit in doc.hits(_TEXT_AT):
        match = _TEXT_AT.search(hit.reading.low)
        after = hit.reading.low[match.end() :][:60] if match else ""
        found = _DOMAIN.search(after)
        if found and not _own(doc, found[1]) and doc.parties:
            hits.append(Hit(hit.reading, found[0]))
    if hits:
        yield report(
            "dangling-reference/reference-unresolved",
            "block",
            of(hits),
            f"the text is said to be had at the address of somebody else: {quoted(hits)}",
            hint="give the own address; a copied one sends people to another company's policy",
            law="GDPR Art. 12(1)",
        )


DETECTORS = (several, strange)
