"""Cookies: consent before what is not necessary, credentials kept in cookies, contradictions."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_opposites, english_security
from troth.policy.lint.consent import BY_USE
from troth.policy.lint.document import Document
from troth.policy.lint.excuses import asked
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

_COOKIE = Phrase(
    r"\bcookies?\b|\btracking (?:technolog|code|pixel|link|image|tag)|\brepeat visitor|\bweb beacons?\b|cookie"
)
_OPTIONAL = Phrase(
    r"\bpersistent cookies?\b[^.;]{0,40}\b(?:usage|statistic|visits|preferences)\b|\b(?:repeat|returning|previous) visitors?\b|\bidentify (?:an? )?e-?mails? (?:\w+ )*opened|\bheat ?maps?\b|\bsession replay|\bpixels?\b|\bstatistic\w*|\bretarget|\bremarket|\ba/b test|统计|投放|推送|"
    r"\banaly\w+|\badvertis|\bads\b|\bmarketing|\btrack\w*|\bbehaviou?r|\bprofil|\bpersonali[sz]|"
    r"\bmeasur\w*|\bbrowsing habits|\bnavigate|\binterests|\bnon-essential|分析|广告|偏好|画像|"
    r"\bdemographic|\bhow (?:they|you|users|visitors) behave|\b(?:visited|been to) our (?:web ?)?sites? before|\bwhich pages\b|\buser-specific\b|\bcustomi[sz]e\b|\bidentify (?:\w+ )?personally\b",
    Frame("understand 4 preferences"),
    Frame("compile 3 nameless"),
    Frame("learn 6 popular"),
    Frame("partner-word 4 cookie-word"),
)
_ASKED = Phrase(
    r"\b(?:switch|turn)(?:ed)? (?:\w+ )?on\b|\bpress (?:\"|')?accept|\bonly (?:when|after|once|if) you\b|"
    r"\bconsent|\bcookie (?:banner|settings|notice|preferences|choices|policy)|\bonly if you (?:agree|"
    r"accept|allow)|\bopt[- ]?in\b|\bwhen you (?:accept|agree)|\bpermission|同意",
)
_BROWSER = Phrase(
    r"\bbrowser(?:'s)?\b|\bopt[- ]?out\b|\bplug-?in\b|\bnot accepting\b|\bdo not track\b|浏览器",
)
_ONLY_SETTING = Phrase(
    r"\b(?:manage|reject|refuse|delete|clear|block|disable|control|opt[- ]?out|remove|accept|exercise|"
    r"turn off|change|set)\w*\b|清除|禁用|关闭|拒绝|管理|设置",
)
_REFUSED = Phrase(
    r"\b(?:not|never|n't|no)\b[^.;]{0,40}\b(?:trackers?|tracking (?:cookies?|technolog\w+)|marketing cookies?|advertising cookies?)\b|"
    r"\b(?:not|no|never|without|n't)\b.{0,30}\b(?:advertis|analy|track|marketing|cookies)|不使用|未使用|"
    r"\b(?:save|remember|store|keep)s?\b[^.;]{0,40}\b(?:user ?names?|passwords?|log-?in|user ?ids?)\b[^.;]{0,60}\b(?:re-?enter|log(?:ged)? in|again|each time|every time)|"
    r"\bkeep(?:s|ing)? track of (?:\w+ ){0,3}?(?:log-?ins?|sessions?|cart|basket|orders?)\b(?! .{0,80}\b(?:visit|brows|interest|advert|analy))",
)


_AGREED = Phrase(r"\bconsent|\bbanner|\bpermission|\bopt[- ]?in\b|\bwhen you (?:accept|agree)|同意")


# a site of others that explains browsers is no choice on this one
_ABOUT_SITE = Phrase(r"\b(?:all)?aboutcookies\.(?:org|com)\b|\byouronlinechoices\b")


def _real_choice(reading: Reading) -> bool:
    low = reading.low
    if (_BROWSER.search(low) or _ABOUT_SITE.search(low)) and not (_AGREED.search(low) or asked(low)):
        return False
    return (
        (_ASKED.search(low) is not None or asked(low))
        and not BY_USE.search(low)
        and "not accepting" not in low
        and "by using" not in low
    )


_LOADED = Phrase(
    r"\b(?:starts?|loads?|runs?|begins?|kicks? in)\b.{0,20}\bwhen you (?:arrive|land|visit|open|come)|"
    r"\b(?:load\w*|set|start\w*|placed|stored|active|run|runs|drop\w*|fire\w*|sent)\b.{0,30}\b(?:when(?:ever)?|as soon as|before|the moment|upon|by default|automatically|on)\b.{0,30}"
    r"\b(?:page|site|website|visit|arriv\w*|opens?|loads?|choos\w*|choice|decid\w*|consent)",
)


_BACK = Phrase(
    r"^(?:these|they|this|such|we (?:may )?use (?:this|these|such|the) (?:information|data|files))\b"
)


def _continues(doc: Document, reading: Reading) -> bool:
    """Whether it goes on about the cookies of the sentence before."""
    before = doc.readings[reading.index - 1 : reading.index]
    return bool(before) and _BACK.search(reading.low) is not None and "cookie" in before[0].low


# the name of the text, which makes no sentence one about cookies
_TITLE = Phrase(
    r"\b(?:privacy|data protection)(?: policy)? (?:and|&|/) cookies? (?:policy|notice|statement)\b"
)


# what never leaves the device of the reader, in a part on cookies
_OWN_DISK = Phrase(
    r"(?:仅|只|均)[^。；，]{0,4}(?:保存|存储|储存|存)(?:在|于)[^。；，]{0,4}(?:设备|本地|手机|浏览器)"
)


_SETTING = Phrase(
    r"^(?![^。]*(?:分析|统计|广告|行为|兴趣|画像|推荐|营销|跟踪|追踪|第三方|google))[^。]*(?:偏好|登录|语言|安全|设置)"
)


def no_consent(doc: Document) -> Iterator[Finding]:
    """Optional cookies without consent (rule cookie-consent-missing)."""
    cookies = [
        r
        for r in doc.body
        if (
            _COOKIE.search(_TITLE.regex.sub(" ", r.low))
            or _in_cookie_part(r)
            or _continues(doc, r)
            or "cookies" in r.lead.split()
        )
        and not (r.cjk and (doc.explains(r) or _OWN_DISK.search(r.low)))
    ]
    optional = [
        r for r in cookies if _OPTIONAL.search(r.low) and not _REFUSED.search(r.low) and not _settings(r)
    ]
    # not the name of the service, as in "Beacon" or "Tracker"
    title = doc.readings[0].low
    tracked = said(doc, english_security.TRACKED, optional)
    more = [h.reading for h in tracked if not (h.reading.cjk and h.words.lower() in title)]
    optional += [r for r in more if not _REFUSED.search(r.low) and not _settings(r)]
    at_once = [r for r in optional if _LOADED.search(r.low) and not _real_choice(r) and "only" not in r.words]
    if not optional or (any(_real_choice(r) for r in cookies) and not at_once):
        return
    optional = at_once if any(_real_choice(r) for r in cookies) else optional
    choices = [r for r in cookies if _BROWSER.search(r.low) and _ONLY_SETTING.search(r.low)] or [
        r for r in cookies if r.low.startswith("you can ")
    ]
    # the law of the mainland asks for consent to what reads people, not to what remembers a setting
    if doc.chinese and not doc.places & {"EU", "UK"} and all(_SETTING.search(r.low) for r in optional):
        return
    functional = doc.places == frozenset({"US", "US-CA"}) and not any(_strong(r) for r in optional)
    if functional:
        return
    yield report(
        "risky-promise/cookie-consent-missing",
        "warn",
        (*choices, *optional),
        "cookies that the service does not need are set without consent; the choice left is to change "
        "browser settings, to opt out or to leave",
        hint="set only necessary cookies before the visitor has agreed in a banner, and let consent be withdrawn as easily",
        law="ePrivacy Dir. Art. 5(3); GDPR Art. 4(11), 7; PIPL Art. 13, 14",
    )


def _strong(reading: Reading) -> bool:
    return any(word in reading.low for word in ("analy", "advertis", "behavio", "profil"))


def _settings(reading: Reading) -> bool:
    return (
        "settings" in reading.words
        and "browser" in reading.words
        and ("manage" in reading.words or "through" in reading.words)
    )


def _in_cookie_part(reading: Reading) -> bool:
    return (
        any("cookie" in _TITLE.regex.sub(" ", title.lower()) for title in reading.sentence.section[-1:])
        and not reading.heading
    )


_CREDENTIAL = Phrase(
    r"\b(?:passwords?|account names?|log-?in (?:names?|data|credentials))\b[^.;]{0,70}\b(?:contained|stored|kept|held|saved|recorded)\b[^.;]{0,12}\bcookies?\b|"
    r"\bremember(?:s|ing)? your (?:\w+ )?passwords?\b|"
    r"(?:fill|auto-?fill|stor|sav|contain|keep|hold|record|retain)\w*\b.{0,50}\b(?:log-?in (?:information|"
    r"details|data|credentials|name)|passwords?|credentials)|(?:密码|登录信息).{0,10}(?:cookie|保存|自动填)|自动填(?:写|"
    r"充).{0,10}(?:密码|登录)",
    Frame("login-data 4 saving 4 cookie"),
    Frame("cookie 2 saving 4 login-data"),
)


def credentials(doc: Document) -> Iterator[Finding]:
    """Login data in cookies (rule credential-in-cookie)."""
    hits = [
        h
        for h in doc.hits(_CREDENTIAL)
        if _COOKIE.search(h.reading.low)
        and not h.reading.refuses & {"retain", "collect"}
        and "whether" not in h.words.lower()
        and ("remember" not in h.words.lower() or "password" in h.words.lower())
    ]
    if hits:
        guarded = [
            r for r in doc.body if "encrypt" in r.acts and ("passwords" in r.words or "password" in r.words)
        ]
        yield report(
            "risky-promise/credential-in-cookie",
            "block",
            (*of(hits), *guarded),
            f"login data is kept in cookies: {quoted(hits)}",
            hint="keep a random session identifier in the cookie and nothing else",
            law="GDPR Art. 32; PIPL Art. 51",
        )


_NONE = Phrase(
    r"\b(?:not|never|n't) (?:\w+ly )?(?:use|set|place|store|employ) (?:any )?(?:cookies?|"
    r"tracking)(?: or [\w ]+)?(?:\.|,|;|$| on| at all)|\bno cookies\b|不使用(?:任何)?cookie(?! ?(?:来)?(?:进行|用于|用作|作|收集|跟踪|追踪|投放))",
)
_SOME = Phrase(
    r"\b(?:use|uses|set|sets|setting|place|places|placing|store|stores|our|these) (?:\w+ ){0,3}cookies?\b"
)
_SURFACE = Phrase(
    r"\b(?:(?:\w+ )?pages?|documentation|dashboard|panel|portal|console|blog|forum|api|apps?|shop|client area)\b"
)


def _elsewhere(one: Reading, other: Reading) -> bool:
    """Whether two sentences are about different parts of the service."""
    here, there = ({m[0] for m in _SURFACE.finditer(r.low)} for r in (one, other))
    return bool(here and there) and not here & there


# what cookies hold is not passed on: they are there
_ON_COOKIES = Phrase(
    r"\bcookies? (?:information|data|contents?)\b|\b(?:shar|disclos|sell|pass|transfer|giv|exchang|rent)\w*\b[^.;]{0,40}\bcookies?\b"
)


# a tool that does without cookies promises nothing for the rest of the site
_TOOL = Phrase(
    r"\b(?:analytics|statistics|tool|software|script|counter|plausible|matomo|fathom|umami|player|map|font)\b[^.;]{0,40}\b(?:without|no|uses no|does not (?:use|set)) (?:\w+ )?cookies\b"
)


def both(doc: Document) -> Iterator[Finding]:
    """No cookies, and cookies (rule never-vs-may)."""
    none = [h for h in doc.hits(_NONE) if not h.reading.exempted and not h.reading.told]
    none += [
        h
        for h in said(doc, english_opposites.NO_COOKIES, none)
        if not h.reading.exempted
        and not _ON_COOKIES.search(h.reading.low)
        and "may or may not" not in h.reading.low
        and not _TOOL.search(h.reading.low)
    ]
    some = [
        h
        for h in doc.hits(_SOME)
        if h.reading.index not in {n.reading.index for n in none}
        and not _REFUSED.search(h.reading.low)
        and not h.reading.told
    ]
    if none:
        some += said(doc, english_opposites.SOME_COOKIES, (*none, *some))
    some = [h for h in some if not all(_elsewhere(n.reading, h.reading) for n in none)]
    if none and some:
        yield report(
            "contradiction/never-vs-may",
            "block",
            (*of(none), *of(some)),
            f"no cookies ({quoted(none)}) and cookies ({quoted(some)})",
            hint="keep the sentence that is true",
            law="GDPR Art. 5(1)(a)",
        )


_ONLY = Phrase(
    r"\b(?:only|solely|exclusively|purely|merely|just) (?:\w+ )?(?:use|uses|used|set|sets|place|places|store|stores|serve|serves)?s? ?(?:\w+ ){0,3}?cookies?\b.{0,40}\b(?:to|for|which|that)\b|"
    r"\bcookies?\b.{0,60}\b(?:only|solely|exclusively|purely|merely|for no other|nothing (?:more|else) than|strictly necessary|essential|session cookies only)\b"
)
# who can read a cookie says nothing on what it is for
_READ_BY = Phrase(
    r"\bonly (?:be )?(?:\w+ )?(?:read|readable|retrieved|accessed|accessible|opened|seen|sent)\b[^.;]{0,30}\b(?:by|from|to|through)\b"
)
_USED = Phrase(r"\bcookies?\b")
_PURPOSE = Phrase(r"\b(?:to|for|in order to|so that|which|identifying)\b")
_EXTRA_USE = Phrase(
    r"\b(?:also|advertis\w+|ads|market\w+|analy\w+|statistic\w*|track\w*|rewards?|affiliates?|referr\w+|commission\w*|credit(?:ed)?|profil\w+|personali[sz]\w+|interests?|measur\w+|better experience|preferences|promotion\w*|third[- ]part\w+|partners?|google|facebook|meta|remarket\w*|retarget\w*)\b"
)


def _listed(doc: Document, lead: Reading, other: Reading) -> bool:
    """Whether a sentence stands in the list that a limit with a colon introduces."""
    if lead.low.rstrip()[-1:] != ":" or other.index <= lead.index:
        return False
    between = doc.readings[lead.index + 1 : other.index + 1]
    return not any(r.heading for r in between) and between[0].sentence.element == "bullet"


_HOLDS = Phrase(
    r"\bonly (?:\w+ ){0,2}(?:information|data) (?:that )?a cookie (?:may|can) (?:contain|hold)"
)  # what is in it


def exclusive(doc: Document) -> Iterator[Finding]:
    """Cookies for one purpose only, and cookies for another (rule never-vs-may)."""
    limits = [
        h
        for h in doc.hits(_ONLY)
        if not h.reading.told
        and not _ONLY_SETTING.search(h.reading.low)
        and not _EXTRA_USE.search(h.reading.low)
        and not _READ_BY.search(h.reading.low)
        and not _HOLDS.search(h.reading.low)
        and not h.reading.consented
        and "store" not in h.words.lower()
        and not h.reading.refuses & {"retain"}
    ]
    if not limits:
        return
    chosen = {h.reading.index for h in limits}
    others = [
        h
        for h in doc.hits(_USED)
        if h.reading.index not in chosen
        and not any(_listed(doc, n.reading, h.reading) for n in limits)
        and h.reading.does("use", "share", "collect")
        and _PURPOSE.search(h.reading.low)
        and _EXTRA_USE.search(h.reading.low)
        and not h.reading.refuses
        and not h.reading.consented
        and not h.reading.told
        and not _ONLY_SETTING.search(h.reading.low)
        and not all(_elsewhere(n.reading, h.reading) for n in limits)
    ]
    if others:
        yield report(
            "contradiction/never-vs-may",
            "block",
            (*of(limits), *of(others)),
            f"cookies for one purpose only ({quoted(limits)}), and cookies for more ({quoted(others)})",
            hint="list every purpose of cookies in one place",
            law="GDPR Art. 5(1)(a)",
        )


DETECTORS = (no_consent, exclusive, credentials, both)
