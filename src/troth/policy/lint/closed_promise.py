"""Data that goes to its owner, to courts or with consent only, and helpers that get it far away in the text."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_GIVE = r"(?:disclos|shar|releas|reveal|giv|provid|transfer|pass|divulg)\w*"
_DATA = r"(?:data|information|details|content|contents|records?)"
_NEVER = Phrase(
    # to nobody but the owner
    rf"\b(?:not|never|n't)\b[^.;]{{0,40}}\b{_GIVE}\b[^.;]{{0,50}}\b{_DATA}\b[^.;]{{0,20}}\b(?:to|with) (?:anyone|anybody|any (?:\w+ )?(?:person|party)|others|third[- ]part\w+)\b[^.;]{{0,10}}\b(?:other than|except|but|apart from|besides)\b[^.;]{{0,20}}\b(?:owner|holder|yourself|you|user|customer|subject)\b|"
    # only in these cases
    rf"\b(?:will|shall|may|we) only {_GIVE}\b[^.;]{{0,40}}\b{_DATA}\b[^.;]{{0,20}}\b(?:in|under) (?:the )?(?:following|these|two|three|four|very few|rare)\b|"
    # only with consent or for the law
    rf"\b(?:not|never|n't)\b[^.;]{{0,20}}\b{_GIVE}\b[^.;]{{0,60}}\b{_DATA}\b[^.;]{{0,60}}\b(?:except (?:with|upon)|unless (?:with|upon|we (?:have|give|gave|obtain)|you (?:give|have given|agree))|without)\b[^.;]{{0,40}}\b(?:permission|consent|approval|prior notice|notice and choice)\b|"
    rf"\b{_DATA}\b[^.;]{{0,10}}\b(?:is|are|will be|shall be) (?:not|never) (?:\w+ )?(?:shared|disclosed|released|passed|given|provided|transferred)\b[^.;]{{0,40}}\bunless\b[^.;]{{0,30}}\b(?:consent|permission|notice)\b|"
    rf"\bwe do not {_GIVE} (?:personal|your|customer) {_DATA} (?:with|to) third[- ]part(?:y|ies)\W*$"
)
# a promise with doors: other parts of the text, helpers named in it
_DOOR = Phrase(
    r"\b(?:described|set out|stated|listed|specified|disclosed|outlined|elsewhere|this (?:privacy )?(?:policy|statement|notice)|providers?|processors?|agents?|contractors?|suppliers?|assist|as needed to provide|"
    r"marketing|advertis\w+|sell|rent|children|child|password)\b"
)
_HELPER = r"(?:payment (?:processor|gateway|provider)s?|processors?|gateways?|registrars?|registr(?:y|ies)|sponsors?|(?:third ?[-–] ?party|outside|external) (?:[\w-]+ ){0,3}?(?:services?|providers?|compan(?:y|ies)|vendors?|systems?|software|partners?)|service providers?|providers?|contractors?|vendors?|resellers?|couriers?|partners?|affiliates?|anti-?fraud \w+|fraud \w+ service|subcontractors?)"
_HANDED = Phrase(
    rf"\b(?:shared?|sharing|transmit\w*|transfer\w*|sent|send|pass(?:ed)?|forward\w*|provided?|supplied|disclosed?|outsourced|given|handed|stored|copied)\b[^.;]{{0,90}}\b(?:with|to|at|by)\b (?:the |our |a |an |its |these |such |certain )?(?:[\w/&-]+ ){{0,3}}?{_HELPER}\b"
)
_NOT_THAT = Phrase(
    r"\b(?:not|never|no|nor|neither|cannot|aggregat\w+|anonym\w+|court|law|legal\w*|subpoena|merg\w+|acqui\w+|unless|only (?:if|with|after)|with your (?:\w+ )?(?:consent|permission)|you (?:may|can|choose|share|provide))\b|n't\b"
)
_ITEMS = 12


def _follows(doc: Document, promise: Reading, other: Reading) -> bool:
    """Whether it belongs to the cases that the promise itself lists."""
    listing = promise.low.rstrip().endswith(":") or {"following", "these"} & promise.words
    if not listing or not promise.index < other.index <= promise.index + _ITEMS:
        return False
    return not any(r.heading for r in doc.readings[promise.index : other.index + 1])


def broken(doc: Document) -> Iterator[Finding]:
    """Disclosed to the owner, by consent or for the law only, and helpers get it (rule confidentiality-conflict)."""
    kept = [h for h in doc.hits(_NEVER) if not h.reading.told and not _DOOR.search(h.reading.low)]
    if not kept:
        return
    chosen = {h.reading.index for h in kept}
    given = [
        h
        for h in doc.hits(_HANDED)
        if h.reading.index not in chosen
        and not h.reading.told
        and not _NOT_THAT.search(h.reading.low)
        and (h.reading.personal or h.reading.data or _MATTER.search(h.reading.low))
        and not any(_follows(doc, k.reading, h.reading) for k in kept)
    ]
    if given:
        yield report(
            "contradiction/confidentiality-conflict",
            "block",
            (*of(kept), *of(given)),
            f"data goes to nobody without consent or order ({quoted(kept)}), and helpers get it ({quoted(given)})",
            hint="name the helpers in the promise: who gets which data, for what, under which contract",
            law="GDPR Art. 5(1)(a), 13(1)(e), 28; PIPL Art. 7, 17, 21; FTC Act 5; PIPEDA 4.3",
        )


_MATTER = Phrase(rf"\b(?:{_DATA}|copy|message|names?|transactions?)\b")

DETECTORS = (broken,)
