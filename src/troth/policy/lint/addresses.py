"""IP addresses that a text calls nameless, and with which it finds people or their machines all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_IP = Phrase(r"\bip[- ]address\w*|\binternet[- ]protocol\b|\bips?\b|ip ?地址|网络地址")
_NAMELESS = r"(?:non[- ]?personal(?:ly)?(?:[- ]identif\w+)?|non[- ]?identif\w+|anonym\w+|not personal(?:ly)?|de-?identified)"
_LISTED = Phrase(
    rf"\b{_NAMELESS}\b|\b(?:do(?:es)?|can|could|will) ?n[o']t\b[^.;]{{0,20}}\b(?:personally )?identify\b|非个人|匿名|不(?:能|会|可)?(?:用于)?识别[^。；，]{{0,8}}(?:个人|身份|您)|不属于个人"
)
# the address leads to somebody, or to somebody's machine
_LEADS = Phrase(
    r"\b(?:ip[- ]address\w*|internet protocol|address)\b[^.;]{0,140}\b(?:(?:can |may |to |could |will )?(?:automatically |uniquely |personally |directly )*(?:identif(?:y|ies|ying)|trac(?:e|es|ing)|recogni[sz]e|locate|find|pinpoint)) (?:and \w+ )?(?:you\b|your (?:computer|device|machine|connection|identity|location)|(?:the|an?|individual|particular|specific|each|used|every) (?:\w+ )?(?:users?|visitors?|computers?|devices?|persons?|individuals?|customers?|machines?|abusers?|offenders?))|"
    r"\b(?:identif(?:y|ies|ying)|trac(?:e|ing)|locate|find|recogni[sz]e) (?:you|your (?:computer|device)|users?|visitors?|(?:the|an?|individual|particular) (?:\w+ )?(?:user|visitor|computer|device|person|individual)s?)\b[^.;]{0,60}\b(?:by|through|via|from|with|using|on the basis of) (?:your |their |the |its |his )?(?:ip\b|internet protocol)|"
    r"(?:ip ?地址|网络地址)[^。；]{0,30}(?:识别|追踪|定位|找到|辨认)[^。；，]{0,6}(?:您|用户|访客|个人|计算机|设备|电脑)|(?:通过|根据|凭|利用)[^。；，]{0,6}ip ?地址[^。；，]{0,12}(?:识别|追踪|定位|找到|辨认)"
)
_DENIED = re.compile(
    r"\b(?:not|never|cannot|n't|no|without|neither|nor|unless)\b[^.;]{0,60}\b(?:identif|trac|recogni|locat|find|pinpoint|link)|\b(?:approximate|general|rough)\b|不(?:会|能|可|得|用)|无法|大致"
)
_UNLESS = Phrase(
    r"\b(?:treat|regard|consider|handl|deem)\w*\b[^.]{0,60}\bpersonal (?:data|information)\b|视为[^。；]{0,6}个人"
)
_ITEMS = 12


def _nameless(doc: Document) -> list[Reading]:
    """Where an IP address is said to name nobody: in one sentence, or as an item under such a sentence."""
    found: dict[int, Reading] = {}
    for hit in doc.hits(_IP):
        r = hit.reading
        if _LISTED.search(r.low):
            found[r.index] = r
        elif r.lead and _LISTED.search(r.lead):
            found[r.index] = r
            for before in reversed(doc.readings[max(0, r.index - _ITEMS) : r.index]):
                if before.low == r.lead:
                    found[before.index] = before
                    break
    return list(found.values())


def addresses(doc: Document) -> Iterator[Finding]:
    """IP addresses listed as nameless and used to find people (rule definition-conflict)."""
    nameless = _nameless(doc)
    if not nameless or doc.says(_UNLESS):
        return
    known = {r.index for r in nameless}
    leads = [
        h
        for h in doc.hits(_LEADS)
        if h.reading.index not in known and not _DENIED.search(h.reading.low) and _IP.search(h.reading.low)
    ]
    if leads:
        yield report(
            "contradiction/definition-conflict",
            "block",
            (*nameless, *(h.reading for h in leads)),
            f"the IP address names nobody ({quote(r.text for r in nameless)}), and leads to the user or the machine "
            f"({quote(h.words for h in leads)})",
            hint="treat IP addresses as personal data",
            law="GDPR Art. 4(1), Rec. 26, 30; CJEU C-582/14; PIPL Art. 4; Cal. Civ. 1798.140(v)",
        )


DETECTORS = (addresses,)
