"""A visit that is promised to leave no trace, and cookies, logs or partners that follow it."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_SITE = r"(?:web ?sites?|web site|sites?|home ?pages?|pages|blog|portal|shop|store)"
_COME = r"(?:visit|browse|access|view|use|surf|explore|enter|look around|look at|navigate)\w*"
_WHO = r"(?:personal(?:ly)?(?: identif\w+)? (?:data|information|details)|(?:any )?(?:data|information) about (?:yourself|themselves)|who (?:you|they) are|(?:your|their) (?:identity|name)|(?:identifying )?yourself|themselves)"
_UNSEEN = Phrase(
    rf"\b(?:users?|visitors?|guests?|readers?|you|people|anyone|everybody|customers?) (?:can|may|are able to|are free to|could),? (?:\w+,? ){{0,2}}?{_COME}[^.;]{{0,60}}\banonymously\b|"
    rf"\b(?:can|may|are able to|are free to|could) (?:\w+ ){{0,2}}?{_COME}[^.;]{{0,40}}\b{_SITE}\b[^.;]{{0,60}}\bwithout (?:\w+ )?(?:disclosing|revealing|telling|providing|giving|submitting|identifying|entering|letting us know)\b[^.;]{{0,30}}\b{_WHO}|"
    rf"\b(?:visits?|browsing|access)\b[^.;]{{0,40}}\b(?:our|the|this) {_SITE}\b[^.;]{{0,30}}\b(?:is|are|remains?|stays?) (?:\w+ )?anonymous\b|"
    r"(?:可以?|能够?)[^。；]{0,10}匿名(?:访问|浏览|使用)[^。；]{0,8}(?:网站|本站)|无需[^。；]{0,8}(?:提供|透露)[^。；]{0,8}(?:个人信息|身份)[^。；]{0,8}即可(?:访问|浏览)"
)
_FOLLOWED = Phrase(
    r"\bcookies?\b[^.;]{0,60}\b(?:personali[sz]e|recogni[sz]e (?:your|you|the|a)|track\w*|analy[sz]e (?:our|your|the)|follow|identif\w+|preferences)|"
    r"\b(?:track|recogni[sz]e|follow|identif(?:y|ies))\w* (?:you|your (?:browser|computer|device|visits?|behaviou?r)|(?:individual |each )?(?:users?|visitors?))\b|"
    r"\b(?:collect|log|record|store|capture|receive|gather)s?\b[^.;]{0,80}\b(?:ip address\w*|unique (?:\w+ )?identifiers?|identifiers)\b|\bip address\w*\b[^.;]{0,60}\b(?:is|are) (?:\w+ )?(?:collected|logged|recorded|stored)\b|"
    r"\b(?:collect|gather|obtain)\w* (?:personal(?:ly)?(?: identif\w+)? (?:information|data)) from (?:you|users|visitors)\b[^.;]{0,80}\bwhen (?:you|users|visitors|they) visit\b|"
    r"\b(?:information|data) (?:that )?we collect from you when you\b[^.;]{0,160}\b(?:surf|browse|visit|navigate)\w*|"
    r"cookie[^。；]{0,40}(?:识别|跟踪|追踪|记录)[^。；]{0,8}(?:您|用户|访客)|(?:收集|记录)[^。；]{0,20}(?:ip ?地址|设备标识)"
)
_OTHERWISE = Phrase(
    r"\b(?:not|never|\w+n't|no|unless|except|if you (?:agree|consent|log|sign|allow)|when you (?:log|sign|register)|logged[- ]in|with your consent|aggregat\w+|do not track|dnt)\b|不(?:会|收集)"
)


def followed(doc: Document) -> Iterator[Finding]:
    """Anonymous visits, and visitors who are told apart (rule nameless-conflict)."""
    unseen = [
        h
        for h in doc.hits(_UNSEEN)
        if not h.reading.refuses & {"use"}
        and "cookie" not in h.reading.low
        and "log file" not in h.reading.low
    ]
    if not unseen:
        return
    chosen = {h.reading.index for h in unseen}
    followed_ = [
        h
        for h in doc.hits(_FOLLOWED)
        if h.reading.index not in chosen and not h.reading.told and not _OTHERWISE.search(h.reading.low)
    ]
    if followed_:
        yield report(
            "contradiction/nameless-conflict",
            "warn",
            (*of(unseen), *of(followed_)),
            f"visits are said to be anonymous ({quoted(unseen)}), and visitors are told apart ({quoted(followed_)})",
            hint="say that no name is needed, and which identifiers, addresses and cookies are read all the same",
            law="GDPR Art. 4(1), 5(1)(a), Rec. 30; PIPL Art. 4; FTC Act 5",
        )


DETECTORS = (followed,)
