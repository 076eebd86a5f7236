"""Signals of a browser: a refusal that the text promises to hear."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_SIGNAL = r"(?:do[- ]not[- ]track|dnt)\b"
# the signal is named as the way out
_WAY_OUT = Phrase(
    rf"\b(?:opt(?:ing)?[- ]?out|refus\w+|prevent\w*|stop\w*|disabl\w+|block\w*|avoid\w*|declin\w+|object\w*|switch off|turn off|control\w*)\b[^.]{{0,120}}\b(?:using|use|by|via|through|with|enabl\w+|activat\w+|set\w*|turn\w*)\b[^.]{{0,60}}\b{_SIGNAL}|"
    rf"\b(?:enabl|activat|set|turn|us|switch)\w*\b[^.]{{0,40}}\b{_SIGNAL}[^.]{{0,80}}\b(?:to (?:opt[- ]?out|refuse|prevent|stop|disable|block|avoid)|(?:will|and) (?:not|opt|stop|no longer))\b|"
    r"(?:启用|开启|打开|使用|设置)[^。；]{0,16}(?:do not track|dnt|不(?:要|被)?跟踪|请勿(?:跟踪|追踪)|禁止追踪|不追踪)[^。；]{0,40}(?:拒绝|退出|停止|禁用|避免|阻止|不会|尊重您)"
)
# the signal is said to be obeyed
_OBEYED = Phrase(
    rf"\b(?:honou?rs?|respects?|compl(?:y|ies) with|obeys?|supports?|responds? to|recogni[sz]es?|adheres? to|follows?|abides? by|observes?)\b[^.;]{{0,50}}\b{_SIGNAL}|"
    r"(?:响应|遵守|遵循|尊重|支持|遵从)[^。；]{0,24}(?:do not track|dnt|不(?:要|被)?跟踪|请勿(?:跟踪|追踪)|禁止追踪|不追踪)"
)
_NOT_OBEYED = Phrase(
    r"\b(?:not|\w+n't|never|no|cannot|unable|nor|whether|if|how|some|most|third[- ]part\w+|they|may)\b|\bhow (?:we|do)\b|不(?:会|能|支持|响应)|无法|未"
)
_HOW = Phrase(r"^\W*(?:how|does|do|whether|what|some|most|many)\b|\?\s*$")
# tracking that a signal would have to switch off
_TRACKED = Phrase(
    r"\bgoogle (?:analytics|ads|adsense|tag)|\banalytics (?:cookies|services?|providers?|tools?|software)|\bre-?(?:target|market)ing|\b(?:targeted|interest-based|behaviou?ral|personali[sz]ed|third[- ]party) (?:ads|advertis\w+)|\badvertis\w+ (?:cookies|networks?|partners)|"
    r"(?<!not )\ballow\w* third[- ]part\w+ behaviou?ral tracking|\bdoubleclick|\bfacebook pixel|\bmeta pixel|\bhotjar|\b(?:third[- ]part\w+|partners|advertisers)\b[^.;]{0,60}\bcookies|\btrack\w*\b[^.;]{0,60}\b(?:visitors|users|activit|behaviou?r|movement)|百度统计|友盟|谷歌分析|广告(?:投放|联盟|商)"
)
_UNTRACKED = Phrase(r"\b(?:not|never|\w+n't|no|without)\b|不(?:会|使用)|未")


def promised(doc: Document) -> Iterator[Finding]:
    """A browser signal that is promised to be heard (rule dnt-promise)."""
    out = [h for h in doc.hits(_WAY_OUT) if not _denied(h)]
    known = {h.reading.index for h in out}
    obeyed = [h for h in doc.hits(_OBEYED) if h.reading.index not in known and not _denied(h)]
    tracked = [
        h
        for h in doc.hits(_TRACKED)
        if not _UNTRACKED.search(h.words.lower()) and not h.reading.refuses and not _signalled(h)
    ]
    if not tracked:
        obeyed = []
    if out or obeyed:
        yield report(
            "risky-promise/dnt-promise",
            "warn",
            (*of(out), *of(obeyed), *of(tracked if obeyed else [])),
            f"the signal of a browser is said to be obeyed: {quoted([*out, *obeyed])}; cookies and every tracker of others must "
            "then really be off",
            hint="test it, or say plainly which signals are heard and what they switch off; Global Privacy Control has to be in California",
            law="Cal. B&P 22575(b)(5); 11 CCR 7025; FTC Act 5",
        )


def _signalled(hit: Hit) -> bool:
    return "do not track" in hit.reading.low or "dnt" in hit.reading.words


def _denied(hit: Hit) -> bool:
    """Whether the sentence says that the signal is not heard, or leaves it open."""
    low = hit.reading.low
    if _HOW.search(low):
        return True
    signal = _NAMED.search(low)
    return signal is not None and _NOT_OBEYED.search(low[: signal.start()]) is not None


_NAMED = Phrase(
    r"do[- ]not[- ]track(?! (?:what|which|where|how|users?|individuals?|visitors?|people|customers?|you\b|your|the|any|our|their|persons?|personal)\b)|dnt\b|不(?:要|被)?(?:跟踪|追踪)|请勿(?:跟踪|追踪)|禁止追踪"
)

# advertising that follows people to other websites
_ACROSS = Phrase(
    r"\b(?:target\w*|show|serve|deliver|display)\b[^.;]{0,40}\b(?:ads?|advertis\w+)\b[^.;]{0,60}\bon (?:other|third[- ]party|different) (?:web ?)?sites\b|\b(?:re-?target|re-?market)ing\b|\badvertising networks?(?:\(s\))?\b[^.;]{0,60}\b(?:cookies?|ads?|provide|serve|deliver)\b|"
    r"\b(?:ad|ads|advertising) (?:system|server|partner|provider|compan\w+|network|agenc\w+)s?\b[^.;]{0,60}\bcookies?\b|\bcookies?\b[^.;]{0,80}\b(?:ads?|advertis\w+|banners?) (?:impressions?|clicks?|click rates?|views)\b|"
    r"\b(?:cookies?|pixels?)\b[^.;]{0,60}\badvertising networks?\b|\b(?:interest-based|behaviou?ral) advertis\w+"
)


def unheard(doc: Document) -> Iterator[Finding]:
    """Advertising across websites in the United States, and nothing on browser signals (rule signals-missing)."""
    if "US" not in doc.places or "US-CA" in doc.places or doc.says(_NAMED) or doc.says(_CONTROL):
        return
    hits = [
        h
        for h in doc.hits(_ACROSS)
        if not h.reading.refuses and not h.reading.told and "opt" not in h.reading.words
    ]
    if hits:
        yield report(
            "missing-mandatory/signals-missing",
            "warn",
            of(hits),
            f"people are followed to other websites, and nothing says how browser signals are treated: {quoted(hits)}",
            hint="say how the site responds to Do Not Track and the Global Privacy Control, and how Californians refuse the sharing",
            law="Cal. Bus. & Prof. 22575(b)(5); Cal. Civ. 1798.120, 1798.135(b)",
        )


_CONTROL = Phrase(r"\bglobal privacy control\b|\bgpc\b|\bopt-out preference signal")

# no cookie at all under the signal, and pages that do not work without one
_NO_COOKIE = Phrase(
    rf"\b(?:not|never|no)\b[^.;]{{0,60}}\bcookies?\b[^.;]{{0,60}}\b{_SIGNAL}|\b{_SIGNAL}[^.;]{{0,60}}\b(?:not|never|no)\b[^.;]{{0,40}}\b(?:set|place|plant|use|store|send|drop)?\w* ?(?:any )?cookies?\b"
)
_NEEDED = Phrase(
    r"\bcookies?\b[^.;]{0,60}\b(?:shopping cart|cart|basket|log(?:ged)? ?in|session|sign(?:ed)? in|client area)\b|\b(?:disable|turn(?:ing)? off|refuse|reject|block)\w*\b[^.]{0,40}\bcookies?\b[^.]{0,120}\b(?:not (?:function|work)|disabled|unavailable|will turn off)\b"
)


def cookieless(doc: Document) -> Iterator[Finding]:
    """No cookies for whoever sends the signal, and a service that needs them (rule never-vs-may)."""
    none = [
        h
        for h in doc.hits(_NO_COOKIE)
        if not _EXCEPT.search(h.reading.low) and not _HOW.search(h.reading.low)
    ]
    chosen = {h.reading.index for h in none}
    needed = [h for h in doc.hits(_NEEDED) if h.reading.index not in chosen]
    if none and needed:
        yield report(
            "contradiction/never-vs-may",
            "block",
            (*of(none), *of(needed)),
            f"no cookies for whoever sends the signal ({quoted(none)}), and a service that needs them ({quoted(needed)})",
            hint="except the cookies that the service needs, and say which",
            law="Cal. B&P 22575(b)(5); FTC Act 5; GDPR Art. 5(1)(a)",
        )


_EXCEPT = Phrase(
    r"\b(?:necessary|essential|required|unless|except|tracking cookies|advertising cookies|analytics cookies|third[- ]party cookies|do not (?:respond|honou?r|support|recogni[sz]e)|non-\w+ cookies)\b"
)

DETECTORS = (promised, unheard, cookieless)
