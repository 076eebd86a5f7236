"""Rules and terms of the company that the text leans on and does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.english_documents import ELSEWHERE
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.references import documents
from troth.policy.lint.report import of, quoted, report

_LAW = "GDPR Art. 12(1); PIPL Art. 17(1)"

_LEANING = (
    r"(?:in (?:accordance|line|compliance|keeping) with|according to|pursuant to|consistent with|as (?:required|set out|provided|permitted) (?:by|in)|subject to|under|"
    r"(?:violat(?:e|es|ed|ing|ions?)|breach(?:es)?|infring\w+)(?: of)?|comply with|complies with|enforce)"
)
_RULES = r"(?:policies and procedures|policies|procedures|guidelines|rules and regulations|rules|standards)"
_OWN = Phrase(
    rf"\b{_LEANING} (?:any of )?(?:our|its|the company's|established|internal|existing|our established|our internal|our own|company)(?: (?!privacy|cookie|data protection)[\w-]+){{0,2}} {_RULES}\b"
)
_NOT_OURS = Phrase(
    r"\b(?:privacy|cookies?|this|these|industry|legal|law|statutory|accounting|professional|international|their|third|other|registry|registries|icann|card|pci|iso)\b"
)
_TERMS = Phrase(
    r"\b(?:(?:chang|modif|amend|updat|revis)\w+ (?:to|of|in)|violat\w+(?: of)?|breach(?:es|ing)?(?: of)?|enforc\w+|infring\w+(?: of)?) (?:any of )?our (?:\w+ )?(?:terms (?:of (?:service|use|sale)|and conditions|& conditions)|user agreement|(?:customer|service|subscription|hosting|membership|registration) agreement|acceptable use policy|fair use policy)\b|"
    r"(?:违反|变更|修改|更新|执行)[^。；，,《]{0,6}(?:我们|本公司|本平台|本网站)的?(?:用户协议|服务条款|服务协议|使用条款)"
)
_SITE = Phrase(r"https?:|www\.|\.(?:com|net|org|io|cn|hk|cloud|eu|de|uk)/")
_SIGNING = Phrase(r"\b(?:accept\w*|agree\w*|consent\w*|read)\b|同意|接受")


_ADVICE = Phrase(r"\byou (?:should|must|are (?:required|obliged) to|agree)\b|\bplease\b")


def _held(doc: Document, name: str) -> bool:
    """Whether a heading carries the name, or a sentence that names it shows a link."""
    return any(name in r.low and (r.heading or _SITE.search(r.low)) for r in doc.readings)


def _of_company(doc: Document) -> Iterator[Hit]:
    """Rules under the company's own name: "violations of Frost policies"."""
    for party in doc.parties:
        name = re.escape(party.name.lower())
        spot = re.compile(rf"\b{_LEANING} (?:any of )?(?:the )?{name}(?:'s?)? (?:[a-z-]+ )?{_RULES}\b")
        for reading in doc.body:
            match = spot.search(reading.low)
            if match and not _NOT_OURS.search(match[0].replace(party.name.lower(), " ")):
                yield Hit(reading, match[0])


def procedures(doc: Document) -> Iterator[Finding]:
    """Internal rules that decide and that nobody can read (rule reference-unresolved)."""
    hits = [h for h in doc.hits(_OWN) if not _NOT_OURS.search(h.words.lower())]
    hits += [h for h in _of_company(doc) if h.reading not in {x.reading for x in hits}]
    known = {h.reading.index for kind in ELSEWHERE for h in kind.found(doc)}
    hits = [
        h
        for h in hits
        if h.reading.index not in known
        and not h.reading.told
        and not _SITE.search(h.reading.low)
        and not _ADVICE.search(h.reading.low)
    ]
    if hits:
        yield report(
            "dangling-reference/reference-unresolved",
            "warn",
            of(hits),
            f"rules of the company decide, and are neither linked nor part of the text: {quoted(hits)}",
            hint="link the rules, or say here what they say",
            law=_LAW,
        )


def terms(doc: Document) -> Iterator[Finding]:
    """The company's terms, named and not linked (rule reference-unresolved)."""
    hits = [
        h
        for h in doc.hits(_TERMS)
        if not _SITE.search(h.reading.low)
        and not _SIGNING.search(h.reading.low)
        and not _held(doc, re.sub(r"^.*\bour |^.*(?:我们|本公司|本平台|本网站)的?", "", h.words.lower()))
    ]
    if hits:
        yield report(
            "dangling-reference/reference-unresolved",
            "info",
            of(hits),
            f"the text names terms of the company that it does not link: {quoted(hits)}",
            hint="link them where they are first named",
            law=_LAW,
        )


# rules that decide what the text says, under their titles
_TITLE = r"((?:Terms (?:of (?:Service|Use|Sale)|(?:and|&) Conditions)|Acceptable Use Polic(?:y|ies)|(?:User|Customer|Hosting|Service|Services|Registration|Subscriber) Agreement|Code of Conduct)(?: \([A-Z]{2,4}\))?)"
_DECIDES = re.compile(
    rf"\b(?:[Ee]xcept|[Oo]ther than|[Uu]nless|meaning|meanings|defined|ascribed|together with|enforc\w+|[Vv]iolat\w+(?: of)?|required (?:by|under)|provided (?:in|under)|according to|subject to|in accordance with|pursuant to|guarantee|part of|incorporated (?:in|into))\b[^.;]{{0,90}}?\b{_TITLE}"
)


_APART = Phrase(r"\bnot (?:form |a |be )?part of\b")


def leaned(doc: Document) -> Iterator[Finding]:
    """Terms by their title that decide, and that nobody can open (rule reference-unresolved)."""
    found: dict[str, list[Hit]] = {}
    for reading in doc.body:
        for match in _DECIDES.finditer(reading.text):
            title = re.sub(r" \([A-Z]+\)$", "", match[1])
            if (
                not _SITE.search(reading.low)
                and not _APART.search(reading.low)
                and not _held(doc, title.lower())
            ):
                found.setdefault(title, []).append(Hit(reading, match[1]))
    known = (
        {r.id for find in (procedures, terms, documents) for f in find(doc) for r in f.sentences}
        if found
        else set()
    )
    hits = [h for hs in found.values() for h in hs if h.reading.sentence.id not in known]
    if hits and not doc.says(_LINKED):
        yield report(
            "dangling-reference/reference-unresolved",
            "info",
            of(hits),
            f"the text leans on rules that it does not link: {quoted(hits)}",
            hint="link them where they are first named",
            law=_LAW,
        )


_LINKED = Phrase(r"\[[^\]]{3,60}\]\(|\b(?:here|this link)\b[^.;]{0,20}\b(?:terms|policy)\b")

DETECTORS = (procedures, terms, leaned)
