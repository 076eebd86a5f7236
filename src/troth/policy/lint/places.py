"""Which privacy regimes a text falls under, from the laws, places and telephone numbers it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_NAMED = {
    "EU": Phrase(
        r"(?<!uk )\bgdpr\b|general data protection regulation|european union|european economic area|\beea\b|\beu\b|dsgvo|"
        r"\b(?:germany|france|netherlands|ireland|austria|spain|italy|belgium|denmark|sweden|finland|poland|norway|iceland|liechtenstein|portugal|greece|"
        r"luxembourg|czech republic|hungary|romania|bulgaria|croatia|slovenia|slovakia|estonia|latvia|lithuania|cyprus|malta)\b|欧盟",
    ),
    "UK": Phrase(
        r"uk gdpr|united kingdom|\bico\b|information commissioner's office|data protection act 2018|\bengland\b",
    ),
    "US-CA": Phrase(r"california|\bccpa\b|\bcpra\b"),
    "US": Phrase(
        r"united states|\bu\.s\.|\busa\b|\bcoppa\b|california|\b(?:oregon|texas|delaware|colorado|nevada|washington|new york|"
        r"ohio|indiana|florida|illinois|massachusetts|virginia|georgia|arizona|utah|michigan|minnesota|pennsylvania|new jersey|north carolina|tennessee|"
        r"iowa|missouri|wisconsin|idaho|montana|wyoming|kansas|maryland|connecticut)\b",
    ),
    "HK": Phrase(
        r"hong kong|\bpdpo\b|cap\. ?486|personal data \(privacy\) ordinance|香港",
    ),
    "CN": Phrase(
        r"people's republic|\bprc\b|mainland china|\bpipl\b|personal information protection law|cybersecurity law|"
        r"中华人民共和国|个人信息保护法|网络安全法|中国",
    ),
    "SG": Phrase(r"singapore|\bpdpa\b"),
    "IN": Phrase(
        r"\binformation technology act,? (?:of )?2000\b|\breasonable security practices\b|\bdigital personal data protection act\b"
    ),
    "MY": Phrase(r"\bmalaysian?\b|personal data protection act,? 2010"),
}
_IMPLIED = {
    "CN": Phrase(
        r"(?<!\d)400[- ]?\d{3}[- ]?\d{4}(?!\d)|\+86|\bapplets?\b|official accounts?\b|real[- ]name|wechat|alipay|"
        r"(?<!interactive )mini[- ]programs?",
    ),
    "US-CA": Phrase(r"\bca,? 9\d{4}\b"),
    "HK": Phrase(r"\.hk\b|hong kong|\+852"),
    "SG": Phrase(r"\.sg\b|\+65"),
    "IN": Phrase(
        r"\+91[ -]?\d|\b(?:private|pvt\.?) (?:limited|ltd\.?)\b[^.;]{0,160}\bindia\b|\b\d{3} ?\d{3}[\s,.-]+india\b"
    ),
    "EU": Phrase(
        r"\beuropean (?:residents?|citizens?)\b|\bresidents? of europe\b|\bgmbh\b|\bb\.v\.|supervisory authority|\.(?:de|fr|nl|eu|at)\b",
    ),
    "UK": Phrase(r"\.co\.uk\b|\+44"),
    "US": Phrase(
        r",? (?:inc\.?|llc)(?: |,|\.|$)|\bzip code\b|"
        r"(?<=[\s,](?:a[lkzr]|c[ot]|d[ce]|fl|ga|hi|i[dlna]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy]) )\d{5}\b"
    ),
}


_STORED = Phrase(
    r"\b(?:copies|keeps?|servers?|stored?|transfer\w*|data cent\w+|hosted|hosting|providers?|located on|processed in|contractors?|team|locations? (?:are|is|include))\b",
)
_SHIELD = Phrase(r"safe harbo|privacy shield|received from the (?:eu|european)")
_LAW = Phrase(
    r"gdpr|regulation|\bact\b|ordinance|\blaw\b|pdpa|pdpo|pipl|ccpa|保护法",
)


# a mailbox is no law ("pdpo@"), and a place that is not served no regime
_MAILBOX = re.compile(r"\b[\w.+-]+@[\w.-]*")
_NOT_SERVED = Phrase(
    r"\b(?:not|never|n't|no)\b[^.;]{0,40}\b(?:aim|offer|direct|target|intend|address|market|serv|sell|provid)\w*\b[^.;]{0,60}\b(?:residents?|citizens?|persons|people|customers|consumers|users|individuals|union|countries)\b|"
    r"\b(?:customers|visitors|users|clients|people|nodes?|partners?)\b[^.;]{0,20}\b(?:come from|from|in|include)\b (?:the )?(?:mainland china|china|european union|eu|europe|eea)\b(?![^.;]{0,80}\b(?:rights?|may|law|gdpr|regulation|pipl)\b)|"
    r"(?:节点|机房|服务器|客户|用户|线路|合作伙伴)[^。；，]{0,8}(?:位于|在|来自|包括|部署于|设于)[^。；，]{0,4}中国"
)


# the form of a helper's company says where the helper is at home
_HELPER = Phrase(
    r"\b(?:passed|given|sent|handed) to\b|\b(?:escrow|tickets|payments?|invoices|newsletter|shipping|billing|backups?|e-?mail delivery) ?(?:\(|:|by|through|agent)|^[^:]{0,40}\b(?:gmbh|b\.v\.)[^:]{0,20}: |\|"
)
_OTHER_LAW = Phrase(
    r"\bpdpo\b|cap\.? ?486|personal data \(privacy\) ordinance|个人资料[（(][隐私]{2}[)）]条例|\bpdpa\b|personal data protection act|个人数据保护法"
)
_MAINLAND_LAW = Phrase(
    r"\bpipl\b|personal information protection law|cybersecurity law|data security law|laws? of (?:the )?(?:people's republic|prc|mainland|china)|(?:prc|chinese|mainland) laws?|个人信息保护法|网络安全法|数据安全法|网信|工信"
)


# the law of Taiwan, whose name is the mainland's once its characters are simplified
_TAIWAN = Phrase(r"個人資料保護法|個資法")


def infer(readings: Sequence[Reading], names: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The regimes a text names, and those it only implies.

    A place that is part of the provider's own name ("Hong Kong Cloud") implies a regime and does not name it; a
    place where servers stand or data is sent to does neither.
    """
    low = "\n".join(_MAILBOX.sub(" ", r.low) for r in readings)
    own = "\n".join(_MAILBOX.sub(" ", r.low) for r in readings if not _HELPER.search(r.low))
    living = "\n".join(
        _MAILBOX.sub(" ", r.low)
        for r in readings
        if (_LAW.search(r.low) or not _STORED.search(r.low))
        and not _SHIELD.search(r.low)
        and not _NOT_SERVED.search(r.low)
        and (" | " not in r.low or _LAW.search(r.low))  # where the helpers of a table sit
    )
    for name in names:
        living = living.replace(name, " ")
    named = {code for code, phrase in _NAMED.items() if phrase.search(living)}
    if "CN" in named and _TAIWAN.search("\n".join(r.text for r in readings)):
        taiwan = "\n".join(r.low for r in readings if not _TAIWAN.search(r.text))
        named = {*(named if _NAMED["CN"].search(taiwan) else named - {"CN"}), "TW"}
    if "MY" in named and "singapore" not in living:
        named.discard("SG")  # two countries call their law PDPA
    implied = {code for code, phrase in _IMPLIED.items() if phrase.search(low)}
    if "EU" in implied and not _IMPLIED["EU"].search(own):
        implied.discard("EU")
    if _OTHER_LAW.search(living) and not _MAINLAND_LAW.search(living):
        # who follows the law of Hong Kong or Singapore names the mainland as a place
        named.discard("CN")
        implied.discard("CN")
    return frozenset(named), frozenset(implied - named)
