"""Headings that name a subject of which no sentence speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import report

# Subjects: what a heading calls them, and the words one of which a text that speaks of them can not do without.
_SUBJECTS: dict[str, tuple[Phrase, Phrase]] = {
    "web beacons": (
        Phrase(
            r"\b(?:web beacons?|pixels?(?: tags?)?|clear gifs?|web bugs?)\b|网络信标|像素标签|web ?beacon"
        ),
        Phrase(r"beacon|pixel|\bgifs?\b|web bugs?|信标|像素|图像"),
    ),
    "children": (
        Phrase(r"\b(?:child(?:ren)?(?:'s)?|minors?|kids)\b|未成年|儿童"),
        Phrase(
            r"child|minors?\b|\bkids?\b|parent|guardian|teen|\bage of\b|\byears? (?:of age|old)|under (?:the age|1\d)|adults?\b|"
            r"未成年|儿童|监护人|法定代理人|岁|孩子"
        ),
    ),
    "how long data is kept": (
        Phrase(r"\b(?:retention|how long)\b|(?:保存|存储|保留)(?:的)?(?:期限|时间|多久)"),
        Phrase(
            r"\bretain|\bretention|\bkeep|\bkept|\bstor|\bdelet|\berase|\bperiod|\blong as|\bdays?\b|\bmonths?\b|\byears?\b|"
            r"保存|保留|存储|删除|期限"
        ),
    ),
    "transfers to other countries": (
        Phrase(
            r"\b(?:international|cross-border|overseas|global|worldwide) (?:\w+ )?(?:data )?transfers?\b|\btransfers? (?:\w+ ){0,4}(?:abroad|overseas|countries|outside)\b|跨境|全球范围|出境"
        ),
        Phrase(
            r"\bcountr|\babroad|\boverseas|\binternational|\boutside|\bglobal|\bworldwide|\bborders?\b|\beea\b|\bjurisdiction|\btransferred to|\bunited|境外|境内|跨境|国家|海外|出境|中国|香港"
        ),
    ),
    "security": (
        Phrase(
            r"\b(?:data|information) (?:security|protection)\b|\bsecurity of\b|\bhow (?:do )?we (?:\w+ )?(?:protect|secure|safeguard)\b|如何保护|信息安全|安全保护"
        ),
        Phrase(r"secur|protect|safeguard|encrypt|unauthori[sz]ed|firewall|ssl|tls|安全|保护|加密|防护"),
    ),
    "marketing": (
        Phrase(r"\b(?:direct )?(?:marketing|mailings?|newsletters?)\b|营销|推广"),
        Phrase(
            r"market|mailing|newsletter|promot|advertis|\boffers?\b|\bads?\b|products? and services|营销|推广|广告|促销|商业信息|推送"
        ),
    ),
    "complaints": (
        Phrase(r"\bcomplaints?\b|投诉"),
        Phrase(
            r"complain|grievance|dispute|ombuds|supervisory|commissioner|concerns?\b|dissatisf|投诉|举报|意见|建议"
        ),
    ),
    "the legal basis": (
        Phrase(r"\b(?:legal|lawful) (?:basis|bases|grounds?)\b|法律依据|合法性基础"),
        Phrase(
            r"\bbas(?:is|es|ed)\b|\bground|legitimate|\bcontract|\bconsent|\bobligation|\blawful|依据|基础|同意|合同|法定"
        ),
    ),
    "the sale of data": (
        Phrase(
            r"\b(?:sell|sale of|selling) (?:\w+ )?(?:personal )?(?:data|information)\b|出售(?:您的)?(?:个人)?信息"
        ),
        Phrase(r"\bsell|\bsold\b|\bsale\b|\brent|\btrade|出售|售卖|转让|出租|贩卖"),
    ),
    "breaches": (
        Phrase(r"\b(?:data|security) (?:breach\w*|incidents?)\b|(?:安全|泄露)事件"),
        Phrase(r"breach|incident|compromis|unauthori[sz]ed|leak|泄露|泄漏|事件|事故"),
    ),
    "social media": (
        Phrase(r"\bsocial (?:media|networks?|networking)\b|社交(?:媒体|网络|平台)"),
        Phrase(
            r"social|facebook|twitter|linkedin|instagram|youtube|plug-?ins?|widget|\blike\b|社交|微信|微博|分享"
        ),
    ),
    "location": (
        Phrase(r"\b(?:geo-?)?location(?: data| information)?$|位置信息"),
        Phrase(r"locat|\bgeo|\bgps\b|\bcity\b|\bcountry\b|\bip address|位置|定位|地理"),
    ),
    "automated decisions": (
        Phrase(r"\bautomated (?:individual )?decision|\bprofiling\b|自动化?决策|用户画像"),
        Phrase(r"automat|profil|algorithm|\bscor|human|自动|画像|算法"),
    ),
    "SDKs": (
        Phrase(r"\bsdks?\b"),
        Phrase(r"\bsdks?\b|software development|third[- ]party|library|plug-?in|第三方|软件开发工具|插件"),
    ),
    "links to other sites": (
        Phrase(
            r"\blinks? to (?:other|third|external)|\b(?:external|third[- ]party) (?:links|web ?sites)\b|外部链接|第三方(?:链接|网站)"
        ),
        Phrase(r"\blinks?\b|\blinked\b|\blinking\b|web ?sites?|\bsites?\b|链接|网站|第三方"),
    ),
}
_ACTS: dict[str, tuple[str, str]] = {
    "share": (
        r"\bshar(?:e|ed|es|ing)\b|共享|分享",
        r"shar|provid|available|disclos|giv|pass|共享|分享|提供|委托",
    ),
    "transfer": (r"\btransfer\w*\b|转让", r"transfer|assign|mov|convey|转让|转移|合并|收购"),
    "disclose": (
        r"\b(?:publicly )?disclos\w+\b|(?:公开)?披露",
        r"disclos|publish|reveal|made public|make public|release|披露|公开|公布",
    ),
    "sell": (r"\b(?:sell|sale|selling)\b|出售", r"\bsell|\bsold|\bsale|\brent|出售|售卖"),
}
_ENUMERATION = Phrase(r",| and | or |、|与|和|及|以及|&|/")
_PASSING = 3
_GUARDED = Phrase(
    r"\b(?:unauthori[sz]ed|accidental|unlawful|improper|against|from)[\w ,]{0,60}\b(?:disclos\w+|transfer\w*|access)|(?:未经授权|防止|避免|免遭|免受|遭到)[^。；]{0,30}(?:披露|公开|泄露)"
)
_LONGEST = 90


def _below(doc: Document, title: Reading) -> str:
    """The words of the section under a heading, those of the headings in it included, what is guarded against left out."""
    own = title.sentence.section
    words = []
    for reading in doc.readings[title.index + 1 :]:
        if reading.sentence.section[: len(own)] != own:
            break
        words.append(_GUARDED.sub(" ", reading.low))
    return "\n".join(words)


_CONSENT_ASKED = Phrase(
    r"^\W*(?:\d[\d.]*\W*)?(?:for )?(?:which|what|when|where|how)\b.*\b(?:permission|consent|opt[- ]in)\b|(?:哪些|何时|什么)[^。]{0,12}(?:征得|需要|取得)[^。]{0,6}同意"
)
_CONSENT = Phrase(r"consent|permission|\bagree|opt[- ]?in|\baccept|\ballow|approv|同意|授权|许可")


def _unspoken(doc: Document, title: Reading) -> Iterator[str]:
    several = _ENUMERATION.search(title.low) is not None
    subjects = {name: words for name, (named, words) in _SUBJECTS.items() if named.search(title.low)}
    acts = {act: words for act, (named, words) in _ACTS.items() if re.search(named, title.low)}
    asks = _CONSENT_ASKED.search(title.low) is not None
    if not asks and not subjects and not (several and len(acts) >= _PASSING):
        return
    below = _below(doc, title)
    # who asks in a heading which consent is needed has to say so under it
    if asks and below and not _CONSENT.search(below):
        yield "what needs consent"
    # what follows a heading with one subject speaks of it in some words or other
    if several or not below:
        yield from (
            name for name, words in subjects.items() if not any(words.search(r.low) for r in doc.body)
        )
    if several and below and len(acts) >= _PASSING:
        yield from (f'"{act}"' for act, words in acts.items() if not re.search(words, below))


def unanswered(doc: Document) -> Iterator[Finding]:
    """A heading that names a subject of which the text does not speak (rule heading-unanswered)."""
    for title in doc.readings[1:]:
        if title.heading and len(title.text) <= _LONGEST:
            names = list(_unspoken(doc, title))
            if names:
                yield report(
                    "dangling-reference/heading-unanswered",
                    "info",
                    (title, *doc.readings[title.index + 1 : title.index + 2]),
                    f"the heading names what no sentence speaks of: {', '.join(names)}",
                    hint="say what holds, or take it out of the heading",
                    law="GDPR Art. 12(1); PIPL Art. 17(1)",
                )


DETECTORS = (unanswered,)
