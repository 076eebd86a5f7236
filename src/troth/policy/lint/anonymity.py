"""Data called nameless by a narrower measure than the one that makes data personal elsewhere in the text."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_ALONE = r"(?:on (?:its|their) own|by (?:itself|themselves)|alone|in isolation|directly|direct|specifically|immediately)"
_POINTS = r"(?:associat|identif|link|trac(?:e|ed|eable|ing)\b|tied\b|attribut|connect|recogni[sz]|relat)\w*"
_REFUSED = r"(?:not|cannot|never|\w+n't|unable|without)"
_IDENTIFIER = r"(?:ip address|internet protocol|device id|device type|device identifier|unique identifier|unique device|advertising id|cookie|mac address|geo-?location|zip code|browser)"

# not enough to name somebody by itself: what the law calls personal as soon as something is added
_NARROW = Phrase(
    rf"\b{_REFUSED}\b[^.;]{{0,60}}\b{_ALONE}\b[^.;]{{0,60}}\b{_POINTS}|"
    rf"\b{_REFUSED}\b[^.;]{{0,40}}\b{_POINTS}[^.;]{{0,60}}\b(?:on (?:its|their) own|by (?:itself|themselves)|in isolation|directly)\b|"
    rf"\b{_ALONE}\b[^.;]{{0,24}}\b{_REFUSED}\b[^.;]{{0,50}}\b{_POINTS}|"
    r"(?:单独|本身|自身|仅凭|直接)[^。；]{0,16}(?:不能|无法|不会|不足以|不可)[^。；]{0,16}(?:识别|辨识|辨认|关联|联系|对应|确定)|"
    r"(?:不能|无法|不会|不足以|不可)[^。；，]{0,10}(?:单独|直接|仅凭)[^。；]{0,24}(?:识别|辨识|辨认|关联|联系|对应|确定)"
)
_BOTH_WAYS = Phrase(
    r"\bindirectly\b|\bcombin\w+|\btogether with|\bother information\b|\bindirect\b|间接|结合|组合"
)
_NAMELESS = Phrase(
    r"\bnon-? ?(?:personal|identif)\w*|\banonym\w+|\bde-?identif\w+|\baggregat\w+|\bnot personal(?:ly)?\b|\bother (?:information|data)\b|"
    r"非个人|匿名|去标识|脱敏|不属于个人|非私人|不是个人"
)
# what others would read as personal, listed as nameless
_LISTED = Phrase(
    rf"\b(?:non-? ?personal(?:ly)?(?:[- ]identif\w+)?|anonymous|non-? ?identif\w+) (?:information|data)\b[^.;]{{0,60}}\b(?:such as|includ\w+|like|for example|e\.g|consists? of|means|are|is)\b[^.]{{0,120}}\b{_IDENTIFIER}s?\b|"
    r"非个人(?:化)?(?:信息|资料|数据)[^。；]{0,20}(?:包括|如|例如|指|是)[^。]{0,60}(?:ip ?地址|设备标识|设备识别|mac|cookie)"
)
# the wide measure: who can be identified indirectly, or by an identifier of a device
_WIDE = Phrase(
    r"\bpersonal(?:ly identifiable)? (?:information|data)\b[^.]{0,200}\b(?:directly or indirectly|directly and indirectly|indirectly|online identifiers?|reasonably (?:be )?(?:linked|linkable|associated)|in combination with|combined with other)\b|"
    r"\bidentif\w+(?: \w+){0,5},? (?:either )?directly or (?:\w+ )?indirectly\b|\b(?:directly or indirectly|directly and indirectly)(?: \w+){0,5} identif\w+|"
    r"\bpersonal(?:ly identifiable)? (?:information|data)\b[^.]{0,40}\b(?:means|includes?|such as|may include|can include)\b[^.]{0,200}\b(?:ip address|internet protocol|device id|device identifier|unique device|online identifier|cookie)|"
    r"(?:个人信息|个人资料|个人数据)[^。]{0,60}(?:直接或(?:者)?间接|单独或(?:者)?与其他|结合其他|与其他信息结合)|(?:个人信息|个人资料|个人数据)[^。；]{0,14}(?:包括|是指|如|有)[^。]{0,120}(?:ip ?地址|设备标识|设备识别码|cookie|mac)|直接或(?:者)?间接[^。；]{0,12}(?:识别|辨识|确定)"
)
_DENIED = Phrase(
    r"\b(?:not|\w+n't|never) (?:\w+ ){0,3}(?:includ|constitut|consider|contain|mean)\w*|\bexclud\w+|\bother than personal|不(?:包括|属于|包含|含)"
)
# once it is put beside a name it counts as personal, so the two measures meet
_RESCUED = Phrase(
    r"\b(?:combin|link|associat|merg|connect|match)\w*\b[^.]{0,140}\b(?:treat|regard|consider|handl|deem|be)\w*\b[^.]{0,40}\bpersonal\b|"
    r"\b(?:treat|regard|consider|handl|deem)\w*\b[^.]{0,60}\bpersonal(?:ly identifiable)? (?:information|data)\b[^.]{0,90}\b(?:combin|link|associat|merg|connect|match)\w*|"
    r"(?:结合|合并|关联|组合)[^。]{0,60}(?:视为|作为|属于|按照|当作|构成)[^。]{0,12}个人"
)
_FREE = Phrase(
    r"\b(?:any|all|whatever|other) (?:\w+ )?(?:purposes?|reasons?|use)\b|\bwithout (?:restriction|limitation)\b|\bunrestricted|\bat (?:our|its) (?:sole )?discretion|"
    r"\b(?:share|disclose|sell|publish|transfer|provide)\b|任何(?:用途|目的)|不受限制|自由(?:使用|处理)|共享|披露|公开"
)
_NEAR = 2


def _nameless(doc: Document, reading: Reading) -> bool:
    """Whether it is about data that the text calls nameless, in these words or in the heading above."""
    titles = " ".join(reading.sentence.section[-1:]).lower()
    around = " ".join(r.low for r in doc.near(reading, 1, 1))
    return _NAMELESS.search(f"{titles} {around}") is not None


def _narrow(doc: Document) -> list[Hit]:
    hits = [
        h
        for h in doc.hits(_NARROW)
        if not _BOTH_WAYS.search(h.reading.low) and not h.reading.told and _nameless(doc, h.reading)
    ]
    known = {h.reading.index for h in hits}
    return hits + [h for h in doc.hits(_LISTED) if h.reading.index not in known]


def narrower(doc: Document) -> Iterator[Finding]:
    """Nameless by a narrow measure, personal by a wide one (rule definition-conflict)."""
    narrow = _narrow(doc)
    if not narrow or doc.says(_RESCUED):
        return
    chosen = {h.reading.index for h in narrow}
    wide = [
        h for h in doc.hits(_WIDE) if h.reading.index not in chosen and not _DENIED.search(h.words.lower())
    ]
    if not wide:
        return
    free = [
        r
        for h in narrow
        for r in doc.near(h.reading, 0, _NEAR)
        if not r.heading and _NAMELESS.search(r.low) and _FREE.search(r.low) and not r.refuses
    ]
    yield report(
        "contradiction/definition-conflict",
        "block" if free else "warn",
        (*of(narrow), *free, *of(wide)),
        f"data counts as nameless when it names nobody by itself ({quoted(narrow)}), and as personal when it does so "
        f"indirectly ({quoted(wide)})",
        hint="call nameless only what nobody can be identified with, also together with other data",
        law="GDPR Art. 4(1), Rec. 26; PIPL Art. 4, 73",
    )


_SELF = Phrase(
    r"\banonymous (?:demographic )?(?:information|data)\b[^.;]{0,60}\bnot unique to you\b[^.;]{0,12}\b(?:such as|like|including)\b[^.;]{0,30}\byour\b|"
    r"\b(?:non-?\s?identifi(?:able|ed)|anonymous|unidentifiable|non-?\s?identifying),? personal (?:data|information)\b|\bpersonal (?:data|information)[^.;]{0,30}\b(?:and|or) non-?\s?identifiable personal\b"
)


_DENYING = Phrase(r"\b(?:not|never|no such|nor|neither)\b|n't\b")


def contradictory(doc: Document) -> Iterator[Finding]:
    """Personal data that is called not identifiable (rule definition-conflict)."""
    hits = [
        h
        for h in doc.hits(_SELF)
        if not _DENYING.search(h.reading.low[: h.reading.low.find(h.words.lower())])
    ]
    if hits:
        yield report(
            "contradiction/definition-conflict",
            "warn",
            of(hits),
            f"what identifies nobody is not personal, and what is personal identifies somebody: {quoted(hits)}",
            hint="sort each kind of data by whether people can be identified with it, also together with other data",
            law="GDPR Art. 4(1), Rec. 26; PIPL Art. 4, 73",
        )


DETECTORS = (narrower, contradictory)
