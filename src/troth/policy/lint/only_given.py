"""Only what people give is collected, and data comes from elsewhere or without their knowledge."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_DATA = r"(?:information|data|details|particulars)"
_TAKE = r"(?:collect|gather|obtain|receive|acquire|store|hold|request|record)"
_WILLING = r"(?:knowingly(?: and \w+)?|voluntarily|willingly(?: and \w+)?|freely|actively|deliberately|choose to|decide to|yourself|explicitly)"
_ONLY = Phrase(
    rf"\bonly {_TAKE}s? (?:\w+ ){{0,3}}?{_DATA} (?:that |which |if |when |where )?(?:you|users|customers|visitors) (?:have )?(?:{_WILLING} )?(?:provide|give|submit|suppl|enter|send|tell|disclose|share)\w*|"
    rf"\b{_TAKE}s? (?:\w+ ){{0,5}}?only (?:if|when|where) (?:you|users|customers|visitors|they) (?:\w+ ){{0,3}}?(?:provide|give|submit|supply|enter|visit|apply|register|sign|order|contact|subscribe|fill)\w*|"
    rf"\bonly {_DATA} (?:that |which )?(?:we|\w+) {_TAKE}s? is (?:the |what |that )?(?:\w+ )?(?:{_DATA} )?(?:you|users|customers) (?:{_WILLING} )?(?:provide|give|submit|supply)\w*|"
    rf"\b(?:not|never) {_TAKE} (?:any |your )?(?:\w+ ){{0,5}}?(?:except|unless) (?:when|where|if)? ?(?:such |this |the |it |that )?(?:\w+ )?(?:{_DATA} )?is (?:\w+ )?(?:provided|given|supplied|volunteered|submitted)\b|"
    rf"\b(?:not|never) {_TAKE} (?:any |your )?(?:\w+ ){{0,2}}?{_DATA} (?:about you |from you )?(?:unless|except (?:when|where|what|if)) (?:you|users|customers|visitors) (?:{_WILLING} )?(?:provide|give|submit|supply|choose|send|register)\w*"
)
# the answer to "when do we collect?" names forms, and nothing that goes on unseen
_FORMS = Phrase(
    rf"\b{_TAKE}s? (?:\w+ ){{0,2}}?{_DATA} (?:from|about) (?:you|users|visitors|customers) (?:only )?when (?:you|they) (?:\w+ )?(?:register|fill|enter|subscribe|place|submit|sign|order|complete|contact|open)\w*"
)
_WHEN = Phrase(r"^\W*(?:[\d.]+\W+)?when (?:do|does|is|are|will) (?:\w+ ){0,3}?(?:collect|gather|obtain)\w*")
_UNSEEN = Phrase(
    r"\b(?:surf|brows|navigat)\w*\b|\bcookies?\b|\bautomatic\w*|\bip address\w*|\blogs?\b|\bvisit\w*"
)
_SURFED = Phrase(
    rf"\b{_DATA}\b[^.;]{{0,20}}\b{_TAKE} from you when you\b[^.;]{{0,160}}\b(?:surf|browse|navigate)\b|\bcookies?\b[^.;]{{0,160}}\b(?:capture|remember|understand|record|track)\w*\b[^.;]{{0,60}}\b(?:certain {_DATA}|preferences|activity|behaviou?r|visits?)"
)
# nothing without people's knowledge, and identifiers that are set unasked
_KNOWN = Phrase(
    rf"\b(?:not|never) {_TAKE} (?:any |your )?(?:\w+ ){{0,3}}?{_DATA} (?:\w+ ){{0,3}}?without (?:your|the user's|their|users'?) (?:\w+ )?(?:knowledge|permission)|"
    rf"\b{_DATA} (?:will be|is|are|shall be) (?:only )?{_TAKE}(?:ed|d)? (?:only )?with your (?:full |express )?knowledge\b"
)
_NUMBERED = Phrase(
    rf"\b(?:cookies?|servers?|scripts?|we|site)\b[^.;]{{0,80}}\b(?:store|set|assign|place|record|log)\w*\b[^.;]{{0,30}}\b(?:unique|identif\w+|random) (?:\w+ )?(?:numbers?|ids?|identifiers?|codes?)\b|\bautomatically (?:\w+ )?{_TAKE}\w*\b|\bautomatically (?:log|record|track|receiv)\w*"
)
# what people volunteer, and nothing from other sources
_VOLUNTEERED = Phrase(
    rf"\b{_TAKE}s? (?:only )?(?:the |any )?(?:personal )?{_DATA} (?:that |which )?(?:you|users|visitors) (?:may |choose to |voluntarily )?(?:volunteer|provide voluntarily|give us voluntarily|disclose voluntarily)\w*"
)
_NO_OTHER = Phrase(r"\b(?:not|never)\b[^.;]{0,60}\bfrom (?:any )?other (?:sources?|parties|places)\b")
_BY_ITSELF = Phrase(
    rf"\bautomatically (?:\w+ )?(?:log|collect|record|gather|receive|track)\w* (?:\w+ ){{0,3}}?(?:personal|your) {_DATA}|\blink {_DATA} automatically\b"
)
_PERSONAL = r"(?:personal(?:ly)?(?:[- ]identif\w+)?|identif\w+|your|customers?'?s?|credit|financial)"
_ELSEWHERE = Phrase(
    rf"\b{_PERSONAL} (?:\w+ )?{_DATA}\b[^.;]{{0,40}}\b(?:may|can|will|is|are|be)\b[^.;]{{0,40}}\b(?:collected|gathered|obtained|used)\b[^.;]{{0,40}}\bwithout (?:the |your |their )?(?:\w+ )?(?:knowledge|consent)|"
    rf"\b{_TAKE}\w*\b[^.;]{{0,60}}\bwithout (?:the |your |their )?(?:knowledge|consent)|"
    rf"\b(?:may|can|will|also|we|sometimes) (?:also )?{_TAKE}s? (?:\w+ ){{0,6}}?(?:about you |on you )?from (?:other|third|outside|public\w*|credit|fraud|commercial|our (?:business )?partners|affiliates|social)\b|"
    r"\b(?:receive|obtain|request|get)s? (?:\w+ ){0,5}?(?:credit (?:reports?|checks?|scores?|reference)|background checks?)\b|\b(?:evaluat|assess|check|determin)\w*\b[^.;]{0,40}\b(?:credit\w*|financial (?:status|standing|situation)|solvency)\b|"
    rf"\b{_TAKE}s?\b[^.;]{{0,20}}\b{_DATA},? (?:including|such as|like)\b[^.;]{{0,80}}\bip address\w*|"
    rf"\b{_TAKE}s? (?:\w+ ){{0,3}}?ip address\w*|\bip address\w*\b[^.;]{{0,60}}\b(?:is|are) (?:automatically )?(?:collected|logged|recorded|gathered|stored)\b|"
    rf"\b{_DATA} (?:\w+ ){{0,5}}?{_TAKE}\w* from you through (?:\w+ )?(?:correspondence|e-?mails?|telephone|letters?|calls?)"
)
_UNPERSONAL = Phrase(
    r"\bnon-?(?: ?personal\w*| ?identif\w*)|\banonym\w+|\baggregat\w+|\bnot (?:personal|identif)\w*"
)
_FREE = Phrase(r"\b(?:never|not|nor|no)\b[^.;]{0,60}\bfrom (?:other|third|outside)|\bchild(?:ren)?\b")


def conflict(doc: Document) -> Iterator[Finding]:
    """Only what is given, and more (rule source-conflict)."""
    only = [
        h
        for h in doc.hits(_ONLY)
        if not h.reading.told and not _FREE.search(h.reading.low) and "cookie" not in h.words.lower()
    ]
    if not only:
        return
    chosen = {h.reading.index for h in only}
    more = [
        h
        for h in doc.hits(_ELSEWHERE)
        if h.reading.index not in chosen
        and not h.reading.told
        and not h.reading.refuses & {"collect", "use", "retain"}
        and not _UNPERSONAL.search(h.reading.low)
        and not _FREE.search(h.reading.low)
    ]
    if more:
        yield report(
            "contradiction/source-conflict",
            "block",
            (*of(only), *of(more)),
            f"only what people give is collected ({quoted(only)}), and more comes in ({quoted(more)})",
            hint="name every source, also what is read automatically and what others tell",
            law="GDPR Art. 5(1)(a), 13-14; PIPL Art. 7, 17; FTC Act 5",
        )


def _sides(doc: Document) -> Iterator[tuple[list[Hit], list[Hit]]]:
    forms = [
        h
        for h in doc.hits(_FORMS)
        if _WHEN.search(" ".join(h.reading.sentence.section[-1:]).lower())
        and not _UNSEEN.search(h.reading.low)
    ]
    yield forms, list(doc.hits(_SURFED)) if forms else []
    known = [
        h for h in doc.hits(_KNOWN) if "unless" not in h.reading.words and not _FREE.search(h.reading.low)
    ]
    yield known, list(doc.hits(_NUMBERED)) if known else []
    given = [
        h for h in doc.hits(_VOLUNTEERED) if any(_NO_OTHER.search(r.low) for r in doc.near(h.reading, 1, 1))
    ]
    yield given, list(doc.hits(_BY_ITSELF)) if given else []


def unseen(doc: Document) -> Iterator[Finding]:
    """What people type in, or know of, and what is read while they look (rule source-conflict)."""
    for given, more in _sides(doc):
        chosen = {h.reading.index for h in given}
        more_ = [
            h
            for h in more
            if h.reading.index not in chosen
            and not h.reading.refuses & {"collect", "retain"}
            and not h.reading.told
        ]
        if given and more_:
            yield report(
                "contradiction/source-conflict",
                "block",
                (*of(given), *of(more_)),
                f"data is said to come from what people give and know ({quoted(given)}), and more is read unseen ({quoted(more_)})",
                hint="name every source, also what is read automatically",
                law="GDPR Art. 5(1)(a), 13-14; PIPL Art. 7, 17; FTC Act 5",
            )


DETECTORS = (conflict, unseen)
