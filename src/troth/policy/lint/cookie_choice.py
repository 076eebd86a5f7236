"""The choice about cookies: offered and taken back, and offered for what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_COOKIE = Phrase(r"\bcookies?\b|cookie")
_REFUSE = r"(?:refus|reject|declin|block|disabl|deactivat|delet|opt[- ]?out|turn\w* off|switch\w* off|disagree|not (?:to )?(?:accept|allow|agree|consent|want|wish)|without|withdr[ae]w|choose not)"
_CHOICE = Phrase(
    r"\b(?:right|free|freedom|entitled|at liberty|option|choice|choose|able|up to you|decide)\b[^.;]{0,60}\b(?:accept|refus|reject|declin|allow|block|disable|control|choos)\w*\b[^.;]{0,60}\bcookies?\b|"
    r"\bcookies? (?:is|are) (?:\w+ )?(?:optional|voluntary|not (?:required|mandatory|compulsory))|\b(?:you (?:may|can)) (?:\w+ )?(?:refuse|reject|decline)\b[^.;]{0,40}\bcookies?\b|"
    r"(?:有权|可以?|自由|自主|自行)[^。；]{0,12}(?:选择|决定|拒绝|接受|管理)[^。；]{0,20}cookie|cookie[^。；]{0,16}(?:可以?|由您|有权)[^。；，]{0,8}(?:选择|决定|拒绝)"
)
_WHOLE = r"(?:(?:the|our|this|its|any of our|these) )?(?:\w+ )?(?:services?|web ?sites?|sites?|platform|products?|apps?|applications?|software|portal|control panel)"
# the whole service, and for certain; that some parts may fail is a fact and no threat
_LOST = Phrase(
    rf"\b(?:will|can|shall|are|is|would)(?: ?not| no longer|n't)(?: be)?(?: able| allowed| permitted| entitled)?(?: to)? (?:use|access|visit|enter|register|open|order)(?: or \w+)? {_WHOLE}\b(?!'|’| (?:features|functions|properly|fully|as|to (?:its|their|the) full))|"
    rf"\b(?:must|have to|need to|required to) (?:accept|allow|enable|agree to|consent to) (?:\w+ ){{0,3}}cookies\b[^.;]{{0,30}}\b(?:to|in order to|for) (?:use|access|visit|us|the use)|"
    rf"\b(?:must|should|please|have to|need to|by) (?:not |stop |cease |discontinue |refrain from |leav\w+ )(?:us(?:e|ing)|access(?:ing)?|visit(?:ing)?|accept(?:ing)? the terms) ?{_WHOLE}?\b|"
    r"(?:将|会|则|就)?(?:无法|不能|不得|不可)(?:继续|再)?(?:正常)?(?:使用|访问|登录|浏览)(?:我们的?|本|该)?(?:公司|平台|网站|站|产品|应用|软件)?(?:的)?(?:全部|任何|所有|一切)?(?:网站|服务|产品|平台|应用)|"
    r"(?:请|应|须)(?:立即)?(?:停止|不要|勿|离开)(?:使用|访问|浏览)?(?:我们的?|本)(?:网站|服务|平台|产品)"
)
_PARTLY = Phrase(
    r"\b(?:some|certain|parts?|portions?|features?|functions?|functionality|fully|full|all (?:of )?the|all (?:aspects|areas|sections)|may|might|could|optimal|properly|correctly|as (?:easily|intended)|advantage|personali[sz]\w+|interactive|essential cookies|necessary cookies)\b|"
    r"部分|某些|可能|功能|个别|一些|完整|最佳|体验|必要的?cookie|必需的?cookie"
)
_REFUSING = Phrase(
    rf"\b{_REFUSE}\w*\b|\bdo so\b|\bdo not\b|\bdon't\b|拒绝|关闭|禁用|不接受|停用|不同意|清除|删除"
)
_OPTIONAL = Phrase(
    r"\bnon-? ?essential|\bnot (?:strictly )?(?:essential|necessary|required)\b|\boptional\b|\banaly\w+|\badvertis\w+|\bmarketing\b|\btarget\w*|\bpreferences?\b|\bpersonali[sz]\w+|\bperformance\b|\bstatistic\w*|"
    r"非必要|非必需|分析|广告|偏好|统计|推荐|个性化"
)
_NEAR = 2


def _takes_back(doc: Document, choice: Reading) -> Iterator[Hit]:
    near = doc.near(choice, 0, _NEAR)
    for hit in doc.hits(_LOST):
        low = hit.reading.low
        about = _COOKIE.search(low) is not None or hit.reading in near
        if about and _REFUSING.search(low) and not _PARTLY.search(low):
            yield hit


def lost(doc: Document) -> Iterator[Finding]:
    """A choice about cookies that costs the whole service (rule cookie-choice-conflict)."""
    choices = [h for h in doc.hits(_CHOICE) if not _wanted(h.reading)]
    if not choices:
        return
    costs = {h.reading.index: h for c in choices for h in _takes_back(doc, c.reading)}
    optional = [
        r
        for r in doc.body
        if _COOKIE.search(r.low) and _OPTIONAL.search(r.low) and r.index not in costs and not r.refuses
    ]
    if costs and optional:
        named = [r for r in optional if "essential" in r.low or "必" in r.low]
        yield report(
            "contradiction/cookie-choice-conflict",
            "block",
            (*of(choices), *of(costs.values()), *(named or optional)),
            f"cookies can be refused ({quoted(choices)}), and who refuses them loses the service ({quoted(list(costs.values()))})",
            hint="let only the cookies go with the service that it can not run without",
            law="ePrivacy Dir. Art. 5(3); GDPR Art. 7(4); PIPL Art. 16",
        )


def _wanted(reading: Reading) -> bool:
    """Whether it offers the choice that the law asks for: before anything is set."""
    return bool({"banner", "consent"} & reading.words)


_CONVENIENT = Phrase(
    r"\b(?:cookies?|information (?:stored|contained|kept) in (?:a |the )?cookies?)\b[^.;]{0,50}\b(?:us(?:e|ed)|serves?|set|placed|stored|there|exists?)\b[^.;]{0,30}\b(?:convenien\w+|necessary|essential|log(?:ged)?[- ]?in|session|remember|functional|preferences|function properly|operat\w+|easier)\b|"
    r"\bus(?:e|es|ing)\b[^.;]{0,30}\bcookies?\b[^.;]{0,40}\b(?:convenien\w+|necessary|essential|log(?:ged)?[- ]?in|session|remember|functional|preferences|function properly|operat\w+|easier)\b|"
    r"\bcookies?\b[^.;]{0,20}\b(?:essential|necessary) cookies\b|cookie[^。；]{0,24}(?:便利|方便|必要|必需|登录状态|保持登录)"
)
_SOLD = Phrase(
    r"\badvertis\w+|\bads\b|\bmarket\w*|\banaly\w+|\bbehaviou?r\w*|\bprofil\w+|\binterests?\b|\bgoogle\b|\bre-?target\w*|\bthird[- ]part\w+|\bpartners?\b|\bbeacons?\b|\bpixels?\b|\bstatistic\w*|\bdouble-?click|\bmeasur\w*|\btraffic\b|\bpromot\w*|\btrends\b|广告|分析|统计|营销|第三方|画像"
)
_INDUSTRY = Phrase(
    r"\b(?:opt(?:ing)?[- ]?out)\b[^.]{0,120}\b(?:interest-based|targeted|behaviou?ral|personali[sz]ed|online) (?:ads?|advertis\w+)|\bopt(?:ing)?[- ]?out\b[^.]{0,60}\btracking\b|\bopt(?:ing)?[- ]?out\b[^.]{0,160}\b(?:digital advertising alliance|network advertising initiative|aboutads|networkadvertising|youronlinechoices)|"
    r"(?:退出|关闭|拒绝)[^。；]{0,24}(?:定向|个性化|兴趣)(?:的)?广告"
)
_LINK = Phrase(r"\b(?:aboutads\.info|networkadvertising\.org|youronlinechoices|optout\.)")


def unneeded(doc: Document) -> Iterator[Finding]:
    """Cookies for convenience only, and a way out of advertising that is nowhere (rule cookie-conflict)."""
    ways = doc.hits(_INDUSTRY)
    if not ways:
        return
    cookies = [h for h in doc.hits(_CONVENIENT) if not h.reading.told]
    about = {h.reading.index for h in ways}
    told = [r for r in doc.body if _COOKIE.search(r.low) and r.index not in about]
    if (
        not cookies
        or any(_SOLD.search(r.low) for r in told)
        or any(_SOLD.search(h.reading.low) for h in cookies)
    ):
        return
    if any(_ADS.search(r.low) for r in doc.body if r.index not in about and not r.refuses):
        return
    links = [n for h in ways for n in doc.near(h.reading, 0, 1)[1:] if _LINK.search(n.low)]
    yield report(
        "contradiction/cookie-conflict",
        "warn",
        (*of(cookies), *of(ways), *links),
        f"cookies serve the visitor only ({quoted(cookies)}), and tracking or advertising can be opted out of ({quoted(ways)})",
        hint="say which cookies track, or take the way out of advertising away",
        law="GDPR Art. 5(1)(a), 13(1)(c); ePrivacy Dir. Art. 5(3)",
    )


_ADS = Phrase(
    r"\b(?:interest-based|targeted|behaviou?ral|personali[sz]ed|third[- ]party) (?:ads?|advertis\w+)|\badvertis\w+ (?:partners|networks|cookies)|\bgoogle analytics\b|\bweb beacons?\b|广告"
)

DETECTORS = (lost, unneeded)
