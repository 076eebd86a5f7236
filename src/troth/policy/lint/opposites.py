"""Pairs of statements that need more than kinds of words: ages, languages, who answers for the data, what the text covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from troth.model.finding import Finding, Severity
from troth.policy.lint.document import Document
from troth.policy.lint.names import ENTITY
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_NUMBERS = {
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
}
_AGE = re.compile(
    rf"\b(1[2-9]|2[01]|{'|'.join(_NUMBERS)})\b(?! (?:days|hours|months|weeks|countries|million|languages|%))"
)
_CHILD = Phrase(
    r"\b(?:child(?:ren)?(?:'s)?|minors?|kids?'?|pupils?|students?|teen\w*|underage|youngsters?|juveniles?|under[- ]?(?:the age of )?(?:1[2-8]|thirteen|sixteen|"
    r"eighteen)s?|(?:younger|less) than (?:1[2-8]|thirteen|sixteen|eighteen)|below (?:the age of )?(?:1[2-8]|thirteen|sixteen|eighteen))\b"
)
_REFUSED = Phrase(
    r"\b(?:not|never|no|nobody|n't|cannot)\b[^.;]{0,60}\b(?:collect|gather|process|store[ds]?|accept|take|keep|hold|request|solicit|allow|permit|register|give us|"
    r"submit|provide|collected|processed)\b|\b(?:we )?(?:delete|erase|remove) any (?:\w+ ){0,3}?(?:data|information)\b"
)
_TAKEN = Phrase(
    r"\b(?:asks?|asked|collect(?:s|ed)?|record(?:s|ed)?|store[ds]?|keep|require[ds]?|include[ds]?|shows?|register(?:s|ed)?|enter(?:ing|ed)?|add(?:ing)?|take part|participate|"
    r"approve|sign up|create|join|may (?:only )?use|can (?:only )?use|allowed|profiles?)\b"
)
_REPAIRED = Phrase(
    r"\b(?:discover|become aware|becomes aware|learn|believe|notice|realise|realize|find out|suspect|inadvertent\w*|mistake|contact us|delet\w+|eras\w+|remov\w+|"
    r"how to protect|supervis\w+|own responsibility|card|purchases?|buy)\b"
)


@dataclass(frozen=True, slots=True)
class _Minors:
    reading: Reading
    ages: frozenset[int]


def ages_of(low: str) -> frozenset[int]:
    """The ages between 12 and 21 that a sentence names."""
    return frozenset(_NUMBERS.get(m[1]) or int(m[1]) for m in _AGE.finditer(low))


def children(doc: Document) -> Iterator[Finding]:
    """No data of children, and children who register, take part or are recorded (rule children-conflict)."""
    told = [r for r in doc.body if not r.cjk and _CHILD.search(r.low)]
    refused = [
        _Minors(r, ages_of(r.low))
        for r in told
        if _REFUSED.search(r.low) and not r.exempted and "without" not in r.words and "sell" not in r.words
    ]
    taken = [
        _Minors(r, ages_of(r.low))
        for r in told
        if _TAKEN.search(r.low)
        and not _REFUSED.search(r.low)
        and not _REPAIRED.search(r.low)
        and not ({"not", "never", "no", "cannot"} & r.words)
        and "domains" not in r.words
    ]
    for claim in refused:
        for deed in taken:
            if claim.reading.index == deed.reading.index:
                continue
            if claim.ages and deed.ages and not _overlap(claim, deed):
                continue
            if bool(claim.ages) is not bool(deed.ages) and not _named_child(deed.reading):
                continue
            yield _pair(
                "children-conflict",
                "warn",
                "no data of children is taken, and children take part",
                (claim.reading, deed.reading),
                hint="say which data of children is handled, for what, and with whose consent",
                law="16 CFR 312; GDPR Art. 8; PIPL Art. 31",
            )
            return


def _overlap(claim: _Minors, deed: _Minors) -> bool:
    """Whether the second one is about children whom the first one keeps out."""
    if _BELOW.search(deed.reading.low) and not _SPAN.search(deed.reading.low):
        return max(deed.ages) <= max(claim.ages)
    return min(deed.ages) < max(claim.ages)


_SPAN = Phrase(r"\b(?:between|from|to|aged? (?:1\d)[ -]+(?:1\d))\b")
_RECORDED = Phrase(
    r"\b(?:(?:child|pupil|kid|student|minor)(?:ren)?'?s?'? (?:first )?(?:name|age|profiles?|accounts?|data|grades?|date)|when a child|children (?:can|may)|add (?:their )?child\w*)\b"
)


def _named_child(reading: Reading) -> bool:
    return _RECORDED.search(reading.low) is not None


_BELOW = Phrase(
    r"\b(?:under|below|younger than|less than)(?: the)?(?: age)?(?: of)? (?:1\d|thirteen|fourteen|fifteen|sixteen|eighteen)\b"
)
_LEAST = Phrase(
    r"\b(?:at least|minimum age|reached the age|attained the age|(?:1\d|sixteen|eighteen)(?: years)?(?: of age| old)? (?:or|and) (?:over|older|above)|older than|over (?:1\d|"
    r"thirteen|sixteen|eighteen)|aged? (?:1\d|sixteen|eighteen) (?:or|and))\b"
)
_SERVICE = Phrase(
    r"\b(?:use|used|using|intended|meant|open|register|join|account|accounts|welcome|access|service|services|site|website|users?)\b"
)
_OTHERWISE = Phrase(
    r"\b(?:consent|parents?|guardians?|parental|permission|supervision|buy|purchas\w+|alcohol|gambl\w+|usa|united states|california|europe\w*|eu|countr\w+|"
    r"contract|legal age|opt[- ]?in|sell|sale|marketing|apply|applicants?|job|employ\w*|between)\b"
)


_CHINESE_NUMBERS = {"十二": 12, "十三": 13, "十四": 14, "十六": 16, "十八": 18, "二十": 20}
_CHINESE_MINIMUM = re.compile(
    r"(?:须|应|必须)?年?满 ?(\d{2}|十[二三四六八]|二十) ?周?岁[^。；，]{0,10}(?:方可|才能|即可|可以|才可)[^。；]{0,6}(?:注册|使用|开通|开户)|"
    r"(?:未满|不满) ?(\d{2}|十[二三四六八]|二十) ?周?岁[^。；，]{0,8}(?:不得|不能|不可|请勿|禁止)[^。；，]{0,6}(?:注册|使用|开通|开户)"
)


def _minimum(reading: Reading) -> int | None:
    """The age from which somebody may use the service, where the sentence tells one."""
    low = reading.low
    if reading.cjk:
        found = [m[1] or m[2] for m in _CHINESE_MINIMUM.finditer(low)] if "监护" not in low else []
        return (_CHINESE_NUMBERS.get(found[0]) or int(found[0])) if len(found) == 1 else None
    ages = ages_of(low)
    if len(ages) != 1 or _OTHERWISE.search(low) or not _SERVICE.search(low):
        return None
    below = _BELOW.search(low) is not None
    denied = bool(
        {"not", "never", "no", "cannot", "removed", "closed", "nobody", "prohibited"} & reading.words
    )
    if below and denied and not {"collect", "knowingly", "solicit"} & reading.words:
        return min(ages)
    if not below and _LEAST.search(low):
        return min(ages)
    return None


def minimum_ages(doc: Document) -> Iterator[Finding]:
    """Two ages from which the service may be used (rule children-age-conflict)."""
    found = [(age, r) for r in doc.body if (age := _minimum(r)) is not None]
    for place, (age, one) in enumerate(found):
        for other_age, other in found[place + 1 :]:
            if age != other_age:
                yield _pair(
                    "children-age-conflict",
                    "warn",
                    f"from {age} on, and from {other_age} on",
                    (one, other),
                    hint="keep one age limit, the one of the law that applies",
                    law="16 CFR 312; GDPR Art. 8",
                )
                return


_LANGUAGE = (
    "english german french spanish italian dutch chinese polish czech danish swedish norwegian finnish portuguese russian japanese korean "
    "turkish greek hungarian romanian bulgarian croatian malay arabic hebrew thai lithuanian latvian estonian slovak slovenian ukrainian"
).split()
_VERSION = re.compile(
    rf"\b({'|'.join(_LANGUAGE)})(?:[- ]language)? (?:version|text|original|wording|edition|one)\b(?! and)",
    re.IGNORECASE,
)
_WINS = Phrase(
    r"\b(?:prevail\w*|govern\w*|authoritative|binding|precedence|decisive|controls?|controlling|applies|apply|is valid|definitive|leading|counts)\b"
)
_OTHER_TEXT = Phrase(r"\b(?:terms (?:of|and)|agreement|contract|order form|licence|license)\b")


def versions(doc: Document) -> Iterator[Finding]:
    """Two language versions of which each prevails (rule language-conflict)."""
    found: list[tuple[str, Reading]] = []
    for reading in doc.body:
        if reading.cjk or not _WINS.search(reading.low) or _OTHER_TEXT.search(reading.low):
            continue
        winners = [m[1] for m in _VERSION.finditer(reading.low)]
        if winners:
            found.append((winners[-1], reading))
    for place, (language, one) in enumerate(found):
        for other_language, other in found[place + 1 :]:
            if language != other_language:
                yield _pair(
                    "language-conflict",
                    "block",
                    "two language versions each prevail",
                    (one, other),
                    hint="name the one version that prevails",
                    law="GDPR Art. 12(1)",
                )
                return


_CONTROLS = Phrase(
    r"\b(?:(?:data )?controllers?|(?:responsible|answerable|accountable) for (?:the (?:processing|handling|protection) of )?(?:your|personal|all|the)? ?(?:personal )?(?:data|information)|"
    r"decides? (?:why|how|about)|controlled by|responsible (?:party|entity|body))\b"
)
_OTHER_ROLE = Phrase(
    r"\b(?:joint(?:ly)?|processors?|representatives?|sister|parent|group|affiliat\w*|subsidiar\w*|payment|card|for (?:all )?(?:other )?(?:customers|users|residents) (?:in|outside|of)|if you (?:are|live|reside)|"
    r"customers in|users in|residents|depending|own (?:purposes|policies)|independent|separate|third[- ]part\w+|registr(?:y|ies)|partners?|their|formerly|trading as|all other customers|acquir\w+)\b"
)


def controllers(doc: Document) -> Iterator[Finding]:
    """Two companies that each answer for the data (rule controller-identity)."""
    found: list[tuple[str, Reading]] = []
    for reading in doc.body:
        if reading.cjk or not _CONTROLS.search(reading.low) or _OTHER_ROLE.search(reading.low):
            continue
        names = [(m[0] or "").strip(" ,.") for m in ENTITY.finditer(reading.text)]
        if len(set(names)) == 1:
            found.append((names[0], reading))
    for place, (name, one) in enumerate(found):
        for other_name, other in found[place + 1 :]:
            if _squeezed(name) != _squeezed(other_name) and not _related(doc, name, other_name):
                yield _pair(
                    "controller-identity",
                    "block",
                    "two companies answer for the data, and nothing says how they belong together",
                    (one, other),
                    hint="name the one legal entity that is responsible, with its address, and use that name throughout",
                    law="GDPR Art. 13(1)(a); PIPL Art. 17(1)(1)",
                )
                return


def _squeezed(name: str) -> str:
    return re.sub(r"\W|limited|ltd|incorporated|inc", "", name.lower())


def _related(doc: Document, name: str, other: str) -> bool:
    return any(name in r.text and other in r.text for r in doc.readings)


def _pair(  # noqa: PLR0913 - a finding has these parts
    rule: str, severity: Severity, says: str, readings: Sequence[Reading], *, hint: str, law: str
) -> Finding:
    return report(
        f"contradiction/{rule}",
        severity,
        readings,
        f"{says}: {quote(r.text for r in readings)}",
        hint=hint,
        law=law,
    )


LATE = (children, minimum_ages, versions, controllers)
