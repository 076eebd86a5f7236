"""Sentences in which a company admits that it keeps the law only in part, or leaves the check to its readers."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_LAWS = r"(?:gdpr|general data protection regulation|ccpa|cpra|pipl|pdp[oa]|pipeda|coppa|hipaa|dpdp\w*|privacy (?:laws?|act|ordinance|regulations?|principles)|data protection (?:laws?|act|ordinance|regulations?|rules|principles)|applicable (?:laws?|regulations?)|the (?:law|act|ordinance|regulation)|legal requirements)"
_PARTLY = r"(?:largely|mostly|mainly|generally|substantially|partially|partly|broadly|essentially|almost|nearly|as far as (?:possible|practicable|we can)|where (?:possible|practicable|feasible)|to the extent (?:possible|practicable|feasible)|wherever possible)"
_ADMITTED = Phrase(
    rf"\b{_PARTLY}\b[^.;]{{0,20}}\b(?:compl(?:y|ies|ied|iant|iance)|factored|implemented|incorporated|adopted|aligned|conform\w*|follow(?:s|ed)?|meets?|observe[sd]?|adhere[sd]?|reflects?|in line|in accordance)\b[^.;]{{0,40}}\b{_LAWS}\b|"
    rf"\b(?:compl(?:y|ies|iant)|factored|conform\w*|adhere|follow|observe)\b[^.;]{{0,12}}\b{_LAWS}\b,?[^.;]{{0,8}}\b(?:as far as (?:possible|practicable|we can)|where (?:possible|practicable|feasible)|wherever possible|to the extent (?:possible|practicable|feasible)|in most (?:cases|respects))\b|"
    rf"\b(?:we|it|company|team|\w+) (?:\w+ )?(?:tr(?:y|ies)|attempts?|strives?|seeks?|aims?|endeavou?rs?|intends?|hopes?|(?:do|does) (?:our|its) best|makes? (?:every|an|reasonable) efforts?) to (?:\w+ )?(?:comply|be compliant|conform|adhere|follow|observe|meet)\b[^.;]{{0,20}}\b{_LAWS}\b|"
    rf"\b(?:not|n't) (?:yet |currently |fully )?(?:been )?(?:fully|completely|entirely|yet) (?:\w+ )?(?:compl(?:y|iant)|implemented|comply)\b[^.;]{{0,40}}\b{_LAWS}\b|"
    rf"\b(?:as far as we (?:know|are aware)|to the best of our knowledge),?[^.;]{{0,60}}\b(?:compl(?:y|ies|iant)|conform\w*|adhere\w*)\b|"
    rf"\b(?:working|on (?:our|the) way|in the process of)\b[^.;]{{0,30}}\b(?:compl(?:y|iant|iance)|implementing)\b[^.;]{{0,30}}\b{_LAWS}\b|"
    r"(?:基本|大致|大体|大部分|部分)(?:上)?(?:符合|遵守|遵循|满足)[^。；，,]{0,20}(?:法|条例|gdpr|规定|要求)|(?:尽量|尽可能|力求|努力|争取)(?:做到)?(?:符合|遵守|遵循|满足)[^。；，,]{0,20}(?:法律|法规|条例|gdpr|保护法)"
)
_OTHERS = Phrase(
    r"\b(?:require|ask|oblige|expect|third[- ]part\w+|vendors?|providers?|partners?|you|users|customers) (?:\w+ )?to (?:comply|adhere|follow|observe|meet)\b|要求(?:第三方|其|合作)"
)


def partial(doc: Document) -> Iterator[Finding]:
    """Compliance promised in part or as an attempt (rule compliance-partial)."""
    hits = [h for h in doc.hits(_ADMITTED) if not h.reading.told and not _OTHERS.search(h.words.lower())]
    if hits:
        yield report(
            "risky-promise/compliance-partial",
            "warn",
            of(hits),
            f"the text admits that the law is kept only in part: {quoted(hits)}",
            hint="close the gaps before publication, and say what is done instead of how far the law is met",
            law="GDPR Art. 5(2), 24; PIPL Art. 51; FTC Act s. 5",
        )


_WHOLLY = Phrase(
    rf"\b(?:compl(?:y|ies|ied|iant|iance)|adhere[sd]?|conform\w*|follow(?:s|ed)?|meets?|observe[sd]?|fulfil\w*)\b (?:\w+ ){{0,2}}?(?:all|each|every) (?:\w+ (?:and |or )?){{0,3}}?(?:requirements?|recommendations?|guidelines?|rules|provisions|obligations|standards|principles|regulations|laws)\b[^.;]{{0,60}}\b{_LAWS}\b|"
    rf"\b(?:in )?(?:full|complete|total|perfect|strict|absolute|100 ?%) (?:compliance|conformity|accordance|adherence) with (?:\w+ ){{0,4}}?{_LAWS}\b|"
    rf"\b(?:fully|completely|totally|strictly|perfectly|entirely|always|at all times) (?:compl(?:y|ies|iant)|conform\w*|adhere[sd]?|follow(?:s|ed)?|meets?|observe[sd]?)\b[^.;]{{0,24}}\b{_LAWS}\b|"
    r"(?:完全|严格|百分之百|100%|全面)(?:符合|遵守|遵循|满足)[^。；，]{0,24}(?:所有|全部|一切)[^。；，]{0,12}(?:法律|法规|条例|规定|要求)|(?:符合|遵守|遵循|满足)[^。；，]{0,10}(?:gdpr|保护法|条例|法律法规)[^。；，]{0,6}的?(?:所有|全部|一切|各项)(?:规定|要求|建议|指引)"
)
_NO_STATE = Phrase(
    r"\b(?:you|users?|customers?|members?|visitors?|they|suppliers?|partners?|vendors?|part(?:y|ies)|to|shall|must|should|ensure|committed|obliged|required|need|audit\w*|if|where|when|whether|once|not|n't)\b|要求|致力|应当|须"
)


def _before(hit: Hit) -> str:
    """The words before the wording: whether it is asked, wished or stated."""
    low = hit.reading.low
    place = low.find(hit.words.lower())
    return low[max(0, place - _BEFORE) : place]


def wholly(doc: Document) -> Iterator[Finding]:
    """Compliance in every point stated as a fact (rule absolute-claim)."""
    hits = [
        h
        for h in doc.hits(_WHOLLY)
        if not h.reading.told and not _OTHERS.search(h.reading.low) and not _NO_STATE.search(_before(h))
    ]
    if hits:
        yield report(
            "unenforceable/absolute-claim",
            "warn",
            of(hits),
            f"the law is said to be kept in every point, which nobody can promise: {quoted(hits)}",
            hint="say what is done; the law is no recommendation, and one error makes the sentence untrue",
            law="GDPR Art. 5(1)(a), 5(2), 24; FTC Act s. 5; PIPL Art. 51",
        )


_BEFORE = 24
# "whatever you send us is treated as non-confidential"
_OPEN_MAIL = Phrase(
    r"\b(?:communications?|materials?|messages?|e-?mails?|comments?|submissions?|suggestions?|anything|whatever|information|data)\b[^;]{0,200}\b(?:treated|regarded|considered|deemed|handled|be|is|are) (?:as )?(?:being )?(?:non-?\s?confidential|not confidential|non-?\s?proprietary)\b"
)
_FORUM = Phrase(
    r"\b(?:forums?|blogs?|public areas?|bulletin boards?|chat ?rooms?|feedback|ideas|aggregat\w+|anonym\w+|statistic\w*)\b"
)


def unprotected(doc: Document) -> Iterator[Finding]:
    """Messages of customers that are said not to be confidential (rule messages-unprotected)."""
    hits = [h for h in doc.hits(_OPEN_MAIL) if not h.reading.told and not _FORUM.search(h.reading.low)]
    if hits:
        yield report(
            "risky-promise/messages-unprotected",
            "warn",
            of(hits),
            f"what people write is said not to be confidential: {quoted(hits)}",
            hint="messages are personal data like all other; protect them, and say so",
            law="GDPR Art. 5(1)(f), 32; PDPO DPP4; PIPL Art. 51",
        )


_HELD = Phrase(
    r"\b(?:id (?:numbers?|documents?|cards?)|passports?|identity (?:documents?|numbers?|cards?)|national id\w*|social security numbers?|copies of (?:\w+ )?ids?)\b"
)
_MEASURE = Phrase(
    r"\b(?:measures?|safeguards|encrypt\w*|firewalls?|ssl|tls|secur(?:e|ed|ely|ity)|access (?:is|to) (?:\w+ ){0,6}(?:restricted|limited)|precautions?|unauthori[sz]ed)\b"
)


# a certificate is a product, a log a reason to collect, and what a processor does is not the company's doing
_NO_GUARD = Phrase(
    r"\(?ssl\)? certificates?\b|\bas a security measure\b|\b(?:encrypted|stored|secured|protected)[^.;]{0,40} by (?:paypal|stripe|our (?:\w+ )?(?:processor|gateway|provider)|the (?:\w+ )?(?:processor|gateway))\b"
)
_LONG = 50
_CONTACT = frozenset({"name", "email", "phone", "address", "payment", "card", "order", "birth", "bank"})


def unguarded(doc: Document) -> Iterator[Finding]:
    """Identity papers held, and not a word on how they are guarded (rule security-missing)."""
    held = [h for h in doc.hits(_HELD) if not h.reading.refuses and not h.reading.told]
    # a text that speaks at length of everything else
    held = held or [
        Hit(r, r.text)
        for r in (doc.body if len(doc.readings) > _LONG else ())
        if not r.refuses and not r.told and len(r.data & _CONTACT) > 1 and r.does("collect", "retain")
    ]
    if held and not doc.chinese and not any(_MEASURE.search(_NO_GUARD.sub(" ", r.low)) for r in doc.readings):
        yield report(
            "missing-mandatory/security-missing",
            "warn",
            of(held),
            f"such data is held, and nothing says how it is guarded or who is told of a breach: {quoted(held)}",
            hint="name the measures in general terms, and say who is told when they fail",
            law="GDPR Art. 5(1)(f), 32; POPIA s. 19, 22; PDPO DPP4; PIPL Art. 51, 57",
        )


DETECTORS = (unprotected, unguarded, partial, wholly)
