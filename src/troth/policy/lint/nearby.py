"""What one sentence denies and its neighbours say: nothing personal is asked or stored here, and an address of the person is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_PERSONAL = r"(?:personal(?:ly)?(?:[- ]identif\w+)?|private|customer|user) (?:data|information|details)"
_DENIED = Phrase(
    rf"\bno {_PERSONAL} (?:is|are|will be|gets?|has to be|need be) (?:\w+ )?(?:stored|kept|saved|recorded|held|collected|asked|required|needed|logged)\b|"
    rf"\b(?:do|does|will|shall) not (?:\w+ )?(?:store|keep|save|record|hold|collect|ask|require|need|log)\b[^.;]{{0,40}}\b(?:any )?{_PERSONAL}|"
    rf"\b(?:without|no need of) (?:providing|giving|submitting|entering|storing|recording) (?:any )?{_PERSONAL}"
)
_HELD = Phrase(
    r"\b(?:ip|internet protocol|e-?mail|postal|home|mac) address(?:es)?\b[^.;]{0,60}\b(?:is|are|will be|gets?) (?:\w+ )?(?:stored|kept|saved|recorded|held|collected|logged)\b|"
    r"\b(?:store|keep|save|record|hold|collect|log)s?\b[^.;]{0,40}\b(?:ip|e-?mail|postal|home|mac) address(?:es)?\b|"
    r"\b(?:your|the) (?:user ?name|full name|telephone number|phone number|name)\b[^.;]{0,40}\b(?:is|are|will be) (?:\w+ )?(?:stored|kept|recorded|logged|saved)\b"
)
_APART = Phrase(
    r"\b(?:sensitive|children|child|card|except|unless|other than|beyond|apart from|cookies?|after|until|longer|without your|third[- ]part\w+|passwords?)\b"
)
_REACH = 2


def denied(doc: Document) -> Iterator[Finding]:
    """Nothing personal is needed or stored, and a neighbour records an address (rule nameless-conflict)."""
    pairs: list[tuple[Hit, Hit]] = []
    for claim in doc.hits(_DENIED):
        if claim.reading.told or _APART.search(claim.reading.low):
            continue
        near = {r.index for r in doc.near(claim.reading, _REACH, _REACH)} - {claim.reading.index}
        pairs += [
            (claim, held)
            for held in doc.hits(_HELD)
            if held.reading.index in near
            and not held.reading.refuses
            and held.reading.sentence.section == claim.reading.sentence.section
        ]
    if pairs:
        claims, held = ({h.reading.index: h for h in side} for side in zip(*pairs, strict=True))
        yield report(
            "contradiction/nameless-conflict",
            "block",
            (*of(claims.values()), *of(held.values())),
            f"nothing personal is asked or stored ({quoted(list(claims.values()))}), and an address or a name is ({quoted(list(held.values()))})",
            hint="an address that belongs to one person is personal data; say that it is recorded, and why",
            law="GDPR Art. 4(1), 5(1)(a); PIPEDA 4.3, 4.8; PIPL Art. 4; FTC Act 5",
        )


_SESSION = Phrase(
    r"\b(?:we )?(?:only )?(?:use|uses|employ)s? (?:only )?(?:session(?: id)?|temporary) cookies?\b|\bcookies?\b[^.;]{0,40}\b(?:terminates?|expires?|(?:is|are) deleted|disappears?)\b[^.;]{0,30}\b(?:clos|leav|end)\w*"
)
_OTHERS = Phrase(
    r"\b(?:persistent|permanent|both|long-term|two (?:kinds|types)|third[- ]party) \b|\bpersistent\b"
)
_LASTING = Phrase(
    r"\b(?:stor|keep|creat|build|maintain)\w*\b[^.;]{0,80}\bcookies?\b[^.;]{0,60}\bprofiles?\b|\bprofiles?\b[^.;]{0,80}\bcookies?\b|\bcookies?\b[^.;]{0,60}\b(?:next visit|return(?:ing)?|later visits?|future visits?|years?|months?)\b"
)


def sessions(doc: Document) -> Iterator[Finding]:
    """Cookies for the session alone, and a profile that lasts (rule never-vs-may)."""
    brief = [h for h in doc.hits(_SESSION) if not h.reading.told]
    if not brief or any(_OTHERS.search(r.low) and "cookie" in r.low for r in doc.body):
        return
    chosen = {h.reading.index for h in brief}
    lasting = [h for h in doc.hits(_LASTING) if h.reading.index not in chosen and not h.reading.refuses]
    if lasting:
        yield report(
            "contradiction/never-vs-may",
            "warn",
            (*of(brief), *of(lasting)),
            f"cookies end with the session ({quoted(brief)}), and what they tell is kept or comes back ({quoted(lasting)})",
            hint="name every cookie with its time, and how long the profile is kept",
            law="GDPR Art. 5(1)(a), 13(2)(a); FTC Act 5",
        )


_TERM = re.compile(
    r"\b((?:account|customer|user|service|profile|usage|site|client|subscriber|platform|billing) (?:data|information|records?))\b"
)
_OFTEN = 5


def _explained(doc: Document, term: str) -> bool:
    name = re.escape(term)
    spot = re.compile(
        rf"\b{name}\W{{0,3}}(?:\(|means?|includes?|consists?|comprises?|refers|contains?|such as|is (?:the|any|all|what)|are (?:the|any|all)|: ?\w)|[\"“(]{name}|\b(?:collectively|together|hereinafter|referred to as|called)\W+(?:\w+\W+){{0,2}}{name}"
    )
    return any(
        spot.search(r.low) or (r.heading and term in r.low and "disclos" not in r.low) for r in doc.readings
    )


def unexplained(doc: Document) -> Iterator[Finding]:
    """A kind of data that promises rest on and nothing explains (rule term-undefined)."""
    used: dict[str, list[Reading]] = {}
    for r in doc.body:
        for term in set(_TERM.findall(r.low)):
            used.setdefault(term, []).append(r)
    for term, held in used.items():
        promised = [r for r in held if r.refuses & {"share", "sell", "use", "retain"} or "only" in r.words]
        if len(held) >= _OFTEN and len(promised) > 1 and not _explained(doc, term):
            yield report(
                "undefined-term/term-undefined",
                "warn",
                held,
                f'promises rest on a kind of data that nothing explains: "{term}"',
                hint="say which data it is, and keep to one name",
                law="GDPR Art. 12(1); PIPEDA 4.8",
            )


DETECTORS = (denied, sessions, unexplained)
