"""What says nothing about anybody, and follows one person: cookies and logs called nameless beside unique numbers and profiles."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_WHO = r"(?:you(?: personally)?|users?|visitors?|customers?|subscribers?|members?|clients?|persons?|people|(?:an |any |the )?individuals?|anybody|anyone)"
_PERSONAL = r"(?:personal(?:ly)?(?:[- ]identif\w+)?|identif\w+|private)"
_DATA = r"(?:information|data|details)"
_NOT = r"(?:(?:do(?:es)?|will|can|is|are|have|has|shall|may) (?:not|never)|cannot|can't|don't|doesn't|won't|never)"
_CARRIER = Phrase(
    r"\bcookies?\b|\blog (?:files?|data)\b|\blogs\b|\b(?:ip|internet protocol)\b|\bweb beacons?\b|\bpixels?\b|\banalytics\b|\bstatistic\w*|\btraffic\b|\bbrows\w+|\bpages\b|\bvisits?\b|\bautomatic\w*|"
    r"\btrack\w*|\busage\b|\breport\w*"
)
# said of the carrier itself: it holds, collects or reveals nothing on a person
_NOTHING = Phrase(
    rf"\bcookies?\b[^.;]{{0,60}}\b{_NOT}\b[^.;]{{0,24}}\b(?:contain|collect|stor|hold|includ|gather|record|carr|reveal|read|captur|sav)\w*\b (?:any |your )?{_PERSONAL} {_DATA}|"
    rf"\bcookies? (?:\w+ ){{0,3}}?(?:contains?|collects?|stores?|holds?|gathers?|records?) no {_PERSONAL} {_DATA}|"
    rf"\bonly {_PERSONAL} {_DATA} (?:that )?(?:a |our |these )?cookies? (?:can|may|will|could) (?:contain|hold|store|include) is (?:the |what )?(?:{_DATA} )?(?:that )?(?:you|supplied|provided|given|the user|users)\b|"
    rf"\b(?:none|nothing)\b[^.;]{{0,90}}\b(?:log|cookie|ip address)\w*\b[^.;]{{0,60}}\b(?:link|tied|connect|associat|identif)\w*|"
    rf"\b{_NOT} (?:\w+ )?(?:correlate|associate|link|connect|combine|match|tie|relate|merge|attribute)\b[^.;]{{0,60}}\b(?:with|to|and)\b (?:any |the |our |specific |other )*(?:{_DATA} (?:about|on|of) )?(?:particular |specific |single |an )*(?:individual|{_PERSONAL}|{_WHO})\b|"
    rf"\b{_NOT} (?:\w+ )?(?:track|record|log|follow|monitor|store) (?:what|where|which \w+|how|when|the (?:usage |surfing |browsing )?(?:patterns|habits|behaviou?r|movements) of) (?:an? |any |particular |single |particular )*(?:individual )?(?:users?|visitors?|customers?|people|persons?|individuals?)\b|"
    rf"\b(?:is|are) not (?:\w+ )?identifiable (?:to|with|as) (?:any |a |one |an )?(?:particular |specific |single |individual )*(?:{_WHO}|person|user)\b|"
    rf"\b(?:log|cookie|ip address|internet protocol|usage|traffic|track|statistic|such|these|this|the)\w*\b(?:[^.;]|\betc\.){{0,60}}\b(?:is|are|will be) (?:not|never|in no way|not in any way) (?:be )?(?:linked|tied|connected|associated|matched|combined|correlated) (?:to|with)\b[^.;]{{0,40}}\b(?:personal\w*|identif\w*|individual\w*|you\b|name)|"
    rf"\bno {_PERSONAL} {_DATA} (?:is|are|will be|gets?) (?:\w+ )?(?:included|collected|stored|contained|recorded|sent|transmitted|gathered|involved|logged)\b|"
    rf"\b{_NOT} (?:be (?:used )?(?:to )?)?(?:personally |directly )?identify (?:or track )?(?:any |individual |our |the )*{_WHO}\b|"
    rf"\b(?:such|this|these|the|that) {_DATA} (?:is|are) not (?:personally |directly )?identif\w+\b|\b{_DATA}\b[^.;]{{0,80}}\bon a non-personal(?:ly identifiable)? basis\b|"
    rf"\b(?:not|never) (?:be )?used to (?:personally )?identify (?:any |individual |our |the )*{_WHO}\b|"
    rf"\b{_WHO} (?:who )?(?:will |shall |always |at all times |\w+ )*(?:remains?|stays?|are|is) (?:at all times |always |completely |totally |entirely |fully )?anonymous\b|"
    rf"\b(?:identify|recogni[sz]e|track|know) {_WHO} (?:only )?anonymously\b"
)
_SUPPLIED = Phrase(
    rf"\bonly {_PERSONAL} {_DATA} (?:that )?(?:a |our |these |the )?cookies? (?:can|may|will|could) (?:contain|hold|store|include) is\b"
)
_HEDGED = Phrase(
    r"\b(?:unless|except|on (?:its|their) own|by (?:itself|themselves)|alone|in itself|in themselves|until|without your|if you|generally|usually|typically|normally|strictly necessary)\b|"
    r"\b(?:processors?|providers?|partners?|google|they|third part\w+) (?:may|must|will|can|shall|are|is|do|does) not\b"
)
# one person, or one device, told apart from all others
_UNIQUE = r"(?:unique|individual|distinct|random)"
_ONE = Phrase(
    rf"\b{_UNIQUE},? (?:(?:and|or) \w+ |\w+,? )?(?:identif\w+(?: (?:code|number|string))?|ids?|user ids?|tracking ids?|user codes?|codes?|numbers?|users?|visitors?)\b|\btracking (?:ids?|codes?|numbers?) (?:(?:that |which )?(?:is|are) )?unique\b|"
    rf"\b(?:tied|linked|connected|associated|correlated?|combined?|matched|merged?)\b[^.;]{{0,60}}\b(?:with|to)\b (?:\w+ ){{0,4}}?(?:about (?:individual |the |a |each )?(?:users?|you|visitors?|customers?)|individual (?:users?|visitors?|customers?)|your (?:account|profile|name)|personal(?:ly)? (?:identif\w+ )?{_DATA})\b|"
    r"\b(?:relate|link|tie|connect|match|associate|correlate|combine|attribute)s? (?:your|their|his|a user's|the user's|users'|each user's|a visitor's|visitors') (?:use|usage|visits?|activit\w+|browsing|clicks?|behaviou?r|movements?|views?|page views|sessions?)\b[^.;]{0,50}\b(?:to|with)\b|"
    r"\b(?:we|do|does|may|will|can|also) (?:also )?(?:link|tie|combine|connect|associate|match|merge) (?:this |the |these |such |that )?(?:automatically[- ]?(?:collected|logged|gathered)|log|usage|traffic|cookie|collected)[^.;]{0,40}\b(?:to|with) (?:personal|other|your|the)\b|"
    r"\b(?:ads?|advertis\w+|banners?|offers) (?:that (?:are|is) |which are )?(?:tailored|matched|adapted|adjusted|targeted|personali[sz]ed) to (?:you|your|their|his|the user's|users'|each|individual)\b|"
    r"\bcookies? (?:\w+ ){0,2}?to personali[sz]e\b|"
    r"\buser (?:identification|id|tracking) (?:codes?|numbers?|strings?)\b|\b(?:user|subscriber|customer|visitor|member|client|person)-specific\b|"
    r"\btrack (?:user|visitor|customer|subscriber)'s (?:movements?|activit\w+|visits?)\b|\bcookies?\b[^.;]{0,90}\blog in a password\b|\bcookie\b[^.;]{0,60}\bcontaining (?:information|data) about the (?:user|visitor)\b|"
    r"\btrack (?:a|an|each|every|the|individual|your) (?:user|subscriber|visitor|customer|member|client|individual)?(?:'s)? ?(?:movements?|activit\w+|behaviou?r|visits?|navigation|path|users?|visitors?)\b|"
    r"\b(?:identif(?:y|ies)|recogni[sz]es?|distinguish\w*) (?:you|your (?:computer|device|browser)|the (?:computer|device|user|visitor)|a (?:user|visitor|returning \w+)|each (?:user|visitor))\b|"
    r"\bwhich (?:\w+ )?(?:you|the user|a user|a subscriber|the subscriber|a visitor) (?:accesses|access|visits?|views?|looks? at)\b|"
    r"\b(?:user|visitor|customer|subscriber)s?'s? profiles?\b|\bprofiles? (?:of|about|on) (?:each|the|a|individual|your|our) (?:user|visitor|customer|usage|interest)\w*|\bpseudonym\w*|"
    r"\b(?:information|data) about (?:a|the|each) (?:\w+ )?(?:subscriber|user|customer|visitor|client|member)'s (?:identity|location|whereabouts)\b|"
    r"\bcookies?\b[^.;]{0,80}\b(?:your|the user's|a user's|login|log-in) (?:\w+ )?(?:passwords?|user ?names?|credentials|e-?mail address|log-?in (?:data|details|name))\b"
)
_MANY = Phrase(
    r"\b(?:aggregat\w*|in total|statistical only|unique (?:visitors|users|visits) (?:count|number)|number of (?:\w+ )?(?:unique|individual))\b"
)
_REFUSED = Phrase(r"\b(?:not|never|cannot|can ?not|nor|neither|without|no)\b|n't\b")
# logs with their addresses go out, and nothing personal is said to be in them
_SENT = Phrase(
    r"\b(?:log files?|logs|ip address\w*|log data)\b[^.;]{0,60}\b(?:transmitted|sent|shared|passed|forwarded|made available|given)\b|\b(?:transmit|send|share|pass|forward)\w*\b[^.;]{0,60}\b(?:log files?|logs|ip address\w*|log data)\b"
)
_LISTED = Phrase(
    r"(?<!non-)(?<!non )\b(?:personal(?:ly)?(?:[- ]identif\w+)?|identif\w+) (?:information|data)\b[^.;]{0,30}\b(?:includes?|such as|means|consists? of|like|are|is|for example|e\.g)\b[^.]{0,160}\b(?:ip|internet protocol) address"
)
_ADDRESS = Phrase(r"\b(?:ip|internet protocol) address")
_COOKIE = Phrase(r"\bcookies?\b")


# figures counted over many people, of which no log or cookie is spoken
_COUNTED = Phrase(r"\baggregat\w*\b")
_READ_OFF = Phrase(
    r"\bcookies?\b|\blogs?\b|\baddress\w*\b|\btrack\w*\b|\bbeacons?\b|\btraffic\b|\banalytics\b|\bbrows\w+\b"
)


def _claims(doc: Document) -> list[Hit]:
    """Sentences that call what is read from visitors nameless."""
    return [
        h
        for h in doc.hits(_NOTHING)
        if not h.reading.told
        and not _HEDGED.search(h.reading.low)
        and not (_COUNTED.search(h.reading.low) and not _READ_OFF.search(h.reading.low))
        and any(_CARRIER.search(r.low) for r in doc.near(h.reading, 2, 0))
    ]


def _opposed(doc: Document, claim: Hit, other: Hit) -> bool:
    """Whether a sentence that follows one person is about what the claim is about."""
    if claim.reading.index == other.reading.index:
        return False
    if _COOKIE.search(claim.reading.low) and not _ADDRESS.search(claim.reading.low):
        return any(_COOKIE.search(r.low) for r in doc.near(other.reading, 2, 0))
    return any(_CARRIER.search(r.low) for r in doc.near(other.reading, 2, 0))


def _single(hit: Hit) -> bool:
    low = hit.reading.low
    before = low[: low.find(hit.words.lower())]
    return not _REFUSED.search(before) and not _MANY.search(low) and not hit.reading.told


def _about_addresses(doc: Document, reading: Reading) -> bool:
    return any(_ADDRESS.search(r.low) for r in doc.near(reading, 1, 0))


def nameless(doc: Document) -> Iterator[Finding]:
    """Cookies, logs or addresses that say nothing about anybody, and single people followed (rule nameless-conflict)."""
    claims = _claims(doc)
    if not claims:
        return
    ones = [h for h in doc.hits(_ONE) if _single(h)]
    listed = [h for h in doc.hits(_LISTED) if not h.reading.refuses]
    sides: dict[int, Hit] = {}
    for claim in claims:
        sides |= {h.reading.index: h for h in ones if _opposed(doc, claim, h)}
        if _about_addresses(doc, claim.reading):
            sides |= {h.reading.index: h for h in listed if h.reading.index != claim.reading.index}
        sides |= {
            h.reading.index: h
            for h in doc.hits(_SENT)
            if h.reading in doc.near(claim.reading, 1, 0) and h.reading.index != claim.reading.index
        }
    # "it holds nothing personal", and a sentence on what of it the user supplied
    inside = [h for h in claims if _SUPPLIED.search(h.reading.low)]
    if inside and len(inside) < len(claims):
        claims = [h for h in claims if h not in inside]
        sides |= {h.reading.index: h for h in inside if any(_COOKIE.search(c.reading.low) for c in claims)}
    chosen = {h.reading.index for h in claims}
    against = [h for index, h in sorted(sides.items()) if index not in chosen]
    if against:
        yield report(
            "contradiction/nameless-conflict",
            "block",
            (*of(claims), *of(against)),
            f"it says nothing about anybody ({quoted(claims)}), and single people are told apart ({quoted(against)})",
            hint="treat identifiers, addresses and what is read with them as personal data, and say so",
            law="GDPR Art. 4(1), Rec. 26, 30; PIPL Art. 4; FTC Act 5",
        )


DETECTORS = (nameless,)
