"""Rights that only people of one place get, in a text that serves others too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

# Places whose law on the protection of data gives general rights; that of a federal state of America covers its residents only.
_PLACE = (
    r"(?:the )?(?:european?(?: economic area| union| countr\w+)?|europeans|e\.?e\.?a\.?|e\.?u\.?|gdpr countr\w+|u\.?k\.?|united kingdom|great britain|british|germany|german|france|french|"
    r"netherlands|dutch|switzerland|swiss|ireland|irish|singapore\w*|australian?|canada|canadian|brazil\w*|indian?|malaysian?|hong kong|mainland china|china|chinese|japan\w*|south african?)"
)
_PERSONS = r"(?:residents?|citizens?|nationals?|individuals?|persons?|people|users?|customers?|clients?|visitors?|data subjects?|subscribers?|consumers?|members?)"
_THERE = rf"\b(?:{_PLACE} {_PERSONS}|{_PERSONS} (?:\w+ ){{0,4}}?(?:of|in|from|within) {_PLACE}|(?:reside|residing|resident|live|living|located|based|domiciled) (?:\w+ ){{0,2}}?(?:of|in|within) {_PLACE})(?:,? |\b)"
_LIMITED = Phrase(
    rf"\b(?:if|where|when|only|for|to|as)\b[^.;]{{0,30}}{_THERE}|^\W*(?:\w+ ){{0,2}}?{_THERE}|{_THERE}[^.;]{{0,12}}\bonly\b|\brights? of (?:\w+ and )?{_THERE}"
)
_RIGHT = Phrase(
    r"\brights?\b(?! reserved)|\b(?:may|can|entitled to) (?:\w+ )?(?:request|ask|access|obtain|demand|object|require)\b"
)
_GIVEN = Phrase(
    r"\b(?:have|has|enjoy|exercise|entitled|grant\w*|given|afford\w*|get|receive|may|can|following|acknowledg\w*|recogni[sz]es?)\b"
)
_OFFERED = Phrase(r"\b(?:access|cop(?:y|ies)|delet\w+|eras\w+|rectif\w+|portab\w+|restrict\w+|object\w*)\b")
# a right of everybody: to see what is held, or rights as such
_GENERAL = Phrase(
    r"\b(?:you|users?|customers?|individuals?|everyone|everybody|anyone|persons?|data subjects?|members?|clients?)\b[^.;]{0,40}\brights?\b(?! reserved)[^.;]{0,120}\b(?:access|delet\w+|eras\w+|rectif\w+|correct\w*|object\w*|portab\w+|cop(?:y|ies)|know)\b|"
    r"\b(?:you|users?|customers?|individuals?|everyone|everybody|anyone|persons?|members?|clients?)\b[^.;]{0,30}\b(?:may|can|could|request|ask)\b[^.;]{0,60}\b(?:access to|a copy|copies|see|know|told|information (?:we|that we|which we)|what (?:\w+ ){0,3}?(?:we|is) (?:hold|have|store|held|stored))\b[^.;]{0,80}|"
    r"\b(?:give|provide|grant|allow) you (?:with )?access to\b|\b(?:regardless|irrespective) of (?:where|your (?:residence|location|place))|\bwherever you (?:live|are|reside)\b|\b(?:all|any) (?:users|customers|individuals|persons|people|clients)\b[^.;]{0,40}\brights?\b"
)
_NOT_OWN = Phrase(
    r"\b(?:cookies?|third[- ]part\w+|we (?:reserve|have)|our rights|intellectual|copyright|browser|order to access|when you access|unsubscrib\w+|marketing|log ?in)\b"
)
_ELSEWHERE = Phrase(
    r"\b(?:california\w*|virginia|colorado|connecticut|utah|nevada|ccpa|cpra|lgpd|other (?:countries|jurisdictions|states))\b"
)


def _reach(doc: Document, hit: Hit) -> range:
    """The units that the limit holds for: what the sentence introduces, up to the next heading."""
    end = hit.reading.index + 1
    if hit.reading.low.rstrip()[-1:] == ":" or "following" in hit.reading.words:
        while end < len(doc.readings) and not doc.readings[end].heading:
            end += 1
    return range(hit.reading.index, end)


def _clause(hit: Hit) -> str:
    """The words from the limit to the end of its clause."""
    low = hit.reading.low
    return re.split(r"[.;]", low[low.find(hit.words.lower()) :], maxsplit=1)[0]


def _headed(reading: Reading) -> bool:
    """Whether a heading limits the section to people of a place or to a law."""
    title = " ".join(reading.sentence.section).lower()
    return bool(_LIMITED.search(title) or _ELSEWHERE.search(title) or "gdpr" in title)


def territorial(doc: Document) -> Iterator[Finding]:
    """Rights for residents of one place, and none for others (rule rights-territorial)."""
    limited = [
        Hit(r.reading, r.reading.text[m.start() : m.end()].strip())
        for r in doc.hits(_RIGHT)
        for m in (_LIMITED.search(r.reading.low),)
        if m
    ]
    limited = [
        h
        for h in limited
        if _RIGHT.search(_clause(h))
        and _GIVEN.search(_clause(h))
        and not h.reading.told
        and not h.reading.refuses
        and not _ELSEWHERE.search(h.reading.low)
        and not _contacting(h.reading)
        and not _EVERYBODY.search(h.reading.low)
    ]
    limited = [h for h in limited if any(_OFFERED.search(doc.readings[n].low) for n in _reach(doc, h))]
    if not limited or doc.says(_ELSEWHERE):
        return
    covered = {n for h in limited for n in _reach(doc, h)}
    others = [
        h
        for h in doc.hits(_GENERAL)
        if h.reading.index not in covered
        and not _headed(h.reading)
        and not _NOT_OWN.search(h.reading.low)
        and not h.reading.refuses
    ]
    if not others:
        yield report(
            "risky-promise/rights-territorial",
            "warn",
            of(limited),
            f"only people of one place get these rights, and the text serves others too: {quoted(limited)}",
            hint="give the rights to everybody, or name for each place the rights that its law gives; the GDPR covers "
            "whoever deals with an office in the Union",
            law="GDPR Art. 3(1), 12-22; Cal. Civ. 1798.100-125; PIPL Art. 44-47; Privacy Act 1988 (Cth) APP 12-13",
        )


_CONTACT = Phrase(r"\b(?:representative|complain\w*|supervisory|authorit\w+|ombuds\w+|commissioner)\b")


_EVERYBODY = Phrase(
    r"\b(?:and|or|as well as|like) (?:all|any|every) (?:other|others)\b|\b(?:and|or) (?:everybody|everyone|anyone) (?:else)?|\bwherever you (?:live|are)\b"
)


def _contacting(reading: Reading) -> bool:
    """Whether it tells people of a place only whom to write to or where to complain."""
    return _CONTACT.search(reading.low) is not None and not _OFFERED.search(reading.low)


DETECTORS = (territorial,)
