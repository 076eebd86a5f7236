"""What the front matter of a draft should say: the name of the provider and the version, guessed from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from troth.model.errors import NotFound
from troth.model.sentence import Sentence

# "云栈科技（杭州）有限公司（以下简称“我们”）", and what may stand before such a name in its sentence
_COMPANY = re.compile(
    r"([^\s，,。；;：:、“”‘’\"「」《》]{2,40}?(?:公司|集团|集團|事务所|事務所|中心))\s?[（(](?:以下|下)?(?:[统統合均])?(?:[简簡]?[称稱])"
)
_LED = re.compile(r"^.*(?:由|是|使用|访问|訪問|欢迎|歡迎)(?=.{4})")


def guess_provider(sentences: Sequence[Sentence], title: str = "") -> str:
    """The name the text gives its company: where it says so, else most often; else the title; "" where it names none."""
    named = re.compile(
        r"[(（][\"“‘']([A-Z][\w .&-]{1,40}?),?[\"”’'],? (?:or )?[\"“‘'](?i:we|us|our|the company),?[\"”’']"
    )
    for one in sentences:
        if found := named.search(one.text):
            return found[1]
    for one in sentences:
        if found := _COMPANY.search(one.text):
            return _LED.sub("", found[1])
    name = r"\b([A-Z][\w&.-]{1,40}(?:\s+(?:[A-Z][\w&.-]{1,40}|of)){0,6})"
    after = (
        r"(?=\s+(?:may|will|collects|uses|understands|does|is committed|respects|values)\b|,\s+we\b|[’']s?\s)"
    )
    pattern = re.compile(name + after)
    counts = Counter(found for one in sentences for found in pattern.findall(one.text))
    named_often = (name for name, _ in counts.most_common() if name not in _LAWFUL_PLACES)
    common = [name for name in named_often if name.split()[0] not in _NOT_NAMES]
    titles = [*(one.text for one in sentences[:3]), title]
    return common[0] if common else next(filter(None, map(_titled, titles)), "")


# "Singapore's PDPA", "California's CCPA"
_LAWFUL_PLACES = frozenset(
    ("Singapore", "California", "Hong Kong", "China", "Europe", "Virginia", "Colorado", "Malaysia")
)
_NOT_TITLES = frozenset(
    "Website Online Web Site Data Customer Customers User Users Consumer General Global Full Updated Draft".split()
) | {"本网站", "我们的", "网站", "本", "平台", "用户", "个人信息"}


def _titled(text: str) -> str:
    """The name beside the words "privacy policy" in a title: "Example 隐私政策", "Privacy Policy - Example"."""
    what = (
        r"(?:privacy (?:policy|notice|statement)|隐私(?:权)?(?:保护)?(?:政策|声明|协议)|"
        r"隱私(?:權)?(?:政策|聲明)|私隱(?:政策)?(?:聲明)?|个人信息保护(?:政策|声明|规则)|個人資料(?:保護|私隱)?(?:政策|聲明))"
    )
    apart = r"\s*[-–—|:：·]?\s*"
    name = r"([^\s《》\"“”‘’「」(（][^《》\"“”「」。|]{0,40}?)"
    pattern = rf"{name}(?:['’]s)?{apart}{what}|{what}(?:\s+(?:of|for)\s+|{apart}){name}"
    found = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
    word = next((part.strip(" -–—|:：·的") for part in found.groups() if part), "") if found else ""
    known = word.split()[0].title() in _NOT_NAMES | _NOT_TITLES if word else True
    return "" if known else word


_NOT_NAMES = frozenset(
    {
        "We",
        "You",
        "This",
        "The",
        "It",
        "If",
        "Your",
        "Our",
        "These",
        "They",
        "Cookies",
        "Personal",
        "Information",
        "In",
        "Site",
        "Sites",
        "Website",
        "Service",
        "Services",
        "User",
        "Users",
        "Customer",
        "Customers",
        "Icann",
        "ICANN",
    }
)


def guess_version(sentences: Sequence[Sentence]) -> str:
    """The date that a line such as "Last updated: 1 May 2026" gives, as it stands; "" where there is none."""
    lead = r"(?:updated?|effective|revised|version|更新日期|生效日期|发布日期|版本)[^:：\d]{0,24}?[:：]?\s*(?:date[:：]?\s*)?"
    numeric = r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?日)?"
    named = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?\b[A-Z][a-z]{2,8}\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4}"
    since = rf"\b(?:applies|in force|valid) (?:from|since|as of)\s+({numeric}|{named})|自\s?({numeric})\s?起"
    date = rf"({numeric}|{named}|\d+(?:\.\d+)+)"
    for pattern in (lead + date, since):
        for one in sentences:
            found = re.search(pattern, one.text, re.IGNORECASE)
            if found:
                return next(part for part in found.groups() if part)
    return ""


def guess_language(sentences: Sequence[Sentence]) -> str:
    """`zh` where a quarter of the characters is Chinese, else `en`."""
    chinese = sum(len(re.findall(r"[\u4e00-\u9fff]", one.text)) for one in sentences)
    return "zh" if chinese * 4 > sum(len(one.text) for one in sentences) else "en"


_LAWS = (
    ("eu", r"(?<!UK[ -])GDPR|(?<!UK )General Data Protection Regulation|DSGVO|通用数据保护条例|通用資料保[護障]條例"),
    ("uk", r"UK[ -]GDPR|UK General Data Protection Regulation|Data Protection Act 2018"),
    ("us", r"COPPA|Children['’]s Online Privacy Protection|VCDPA|Virginia Consumer Data Protection Act|Colorado Privacy Act"),
    ("us-ca", r"CCPA|CPRA|CalOPPA|California (?:Consumer Privacy|Privacy Rights|Online Privacy Protection) Act|加州消费者隐私"),
    ("hk", r"PDPO|Personal Data \(Privacy\) Ordinance|[Cc]ap\. ?486|个人资料[（(]私隐[）)]条例|個人資料[（(]私隱[）)]條例"),
    ("cn", r"PIPL|Personal Information Protection Law|个人信息保护法|個人信息保護法|中华人民共和国(?:网络安全法|数据安全法)"),
    ("sg", r"PDPA|Personal Data Protection Act"),
)  # fmt: skip
_NOT_OURS = re.compile(
    r"\b(?:not|never|nor)\b[^.;]{0,30}\b(?:apply|applicable|subject|fall)|不适用|不適用", re.IGNORECASE
)
_OTHER_PDPA = re.compile(r"Malaysia|Thailand|Thai|Taiwan|Protection Act,? (?:2010|B\.E\.)")


def guess_jurisdictions(sentences: Sequence[Sentence]) -> list[str]:
    """The places whose privacy laws a text names as laws that count; an address or a country alone names none."""
    said = "\n".join(one.text for one in sentences if not _NOT_OURS.search(one.text))
    found = [place for place, names in _LAWS if re.search(rf"(?<![A-Za-z])(?:{names})(?![A-Za-z])", said)]
    # several countries call their law PDPA
    if "sg" in found and _OTHER_PDPA.search(said) and "Singapore" not in said:
        found.remove("sg")
    return found


_REGIMES = {
    "eu": "EU", "european-union": "EU", "eea": "EU", "uk": "UK", "united-kingdom": "UK", "us": "US", "united-states": "US",
    "us-ca": "US-CA", "california": "US-CA", "hk": "HK", "hong-kong": "HK", "cn": "CN", "china": "CN", "mainland-china": "CN",
    "sg": "SG", "singapore": "SG",
}  # fmt: skip


def regimes(names: Sequence[object]) -> tuple[str, ...]:
    """The codes of the laws that apply in named places ("hong-kong": "HK").

    Raises:
        NotFound: a place is not one whose law lint knows.
    """
    codes = []
    for name in names:
        word = _word(name)
        if word not in _REGIMES:
            known = ", ".join(sorted(_REGIMES))
            raise NotFound(f"`{name}` is not a jurisdiction that lint knows", hint=f"one of {known}")
        codes.append(_REGIMES[word])
    return tuple(dict.fromkeys(codes))


def declared(front: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of the laws that the front matter names under `jurisdictions`; places lint does not know are left out."""
    named = front.get("jurisdictions", [])
    words = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
    return regimes([word for word in words if _word(word) in _REGIMES])


def unknown(front: Mapping[str, Any]) -> tuple[str, ...]:
    """The jurisdictions in the front matter that lint does not know."""
    named = front.get("jurisdictions", [])
    return (
        tuple(str(name) for name in named if _word(name) not in _REGIMES)
        if isinstance(named, list)
        else (str(named),)
    )


def _word(name: object) -> str:
    return str(name).strip().casefold().replace(" ", "-").replace("_", "-")
