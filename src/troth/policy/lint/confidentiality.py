"""Promises to keep data to oneself, against sentences that pass it on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_opposites, english_security
from troth.policy.lint.chinese_words import OTHERS
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.recipients import opened
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 5(1)(a), 13(1)(e); PIPL Art. 7, 17, 23; PDPO DPP1(3), DPP3; Cal. Civ. 1798.100, 1798.115"

_SECRET = Phrase(
    r"\b(?:strictly|absolutely|completely|entirely|fully|always|totally) (?:confidential|private|secret)|"
    r"\b(?:remain|kept|keep|stays?|be) (?:it |them |your \w+ |"
    r"\w+ )?(?:\w+ ){0,3}?(?:strictly )?confidential\b(?!ity)|"
    r"\bprivate and will never|\bin (?:the )?strict(?:est)? confidence|严格保密|绝对保密",
)
_NEVER_PASS = Phrase(
    r"\b(?:not|never|n't) in any (?:way|form|manner) (?:share|disclose|sell|give|pass|release|distribute)\b|\b(?:not|never|n't) (?:share|disclose|give|pass|release|reveal)\b.{0,60}\bin any (?:way|form|manner)\b|"
    r"\b(?:not|never) (?:\w+ )?(?:disclose|share|reveal|pass on|give out) any (?:\w+ ){0,2}?(?:information|data|details)\.?$|"
    r"(?!不会为[^，。；]{0,12}目的)(?:绝不|不会|决不|从不|不得)(?:向|对|把|将)?.{0,12}(?:任何|外部|他人|第三方|外界|其他).{0,12}(?:透露|交给|泄露|告知|提供|出示|分享|共享)|"
    r"\b(?:not|never|n\'t)\b.{0,30}\b(?:sell|share|disclose|give|pass|transfer)\b.{0,60}\b(?:under any circumstances|in "
    r"any case|at all|whatsoever|ever)\b|"
    r"\b(?:keep|stays?|remains?) (?:it |them |this |your \w+ |only )*(?:to ourselves|between us|with us alone|in our "
    r"hands)\b|\b(?:nobody|no one) (?:else|outside)\b.{0,40}\b(?:gets|get|sees?|receives?|read|access)|\b(?:not|never|"
    r"n\'t)\b(?:[ ,]+\w+){0,4}?[ ,]+(?:hand|divulge|expose|show|lend)\b.{0,60}\b(?:third|anyone|anybody|others|outside|"
    r"else|nobody)|"
    r"\b(?:not|never|don't|won't|doesn't|nor)\b(?:[ ,]+\w+){0,4}?[ ,]+(?:share|disclose|give|pass|provide|"
    r"transfer|release|reveal|sold|shared|disclosed|given|passed|provided|sell|rent|trade)\b.{0,90}?"
    r"\b(?:third|3rd|anyone|anybody|any (?:\w+ )?(?:person|party|parties|company|organi[sz]ation)|others|other (?:\w+ )?(?:compan\w+|firms|people|persons|parties|"
    r"organi[sz]ations)|"
    r"outside|else|nobody)|\bnever be (?:disclosed|shared|passed|given|sold)|"
    r"\bno (?:personal )?(?:data|information) (?:is|will be|are) (?:ever )?(?:shared|disclosed|passed|"
    r"given|transferred|sold)|"
    r"(?!不会为[^，。；]{0,12}目的)(?:不会|绝不|不(?!适用|表示|意味|说明|包括|包含|构成|代表|负责|承担|影响|限|仅|时|定期|断|久|同意|对(?:第三方|任何)|得以任何))(?:向|与|将)?.{0,18}(?:第三方|任何人|他人|任何(?:公司|机构|单位|个人|组织)|其他(?:公司|机构|单位|个人|组织)).{0,20}(?:提供|共享|披露|出售|分享)|(?:不会|"
    r"绝不)(?!为[^，。；]{0,12}目的).{0,6}(?:向|与)?任何?第三方|"
    r"不会.{0,12}(?:提供|共享|披露)给.{0,6}第三方",
)
_SELL_ONLY = Phrase(
    r"\b(?:not|never|don't|won't|doesn't)\b(?:[ ,]+\w+){0,3}?[ ,]+(?:sell|rent|trade|lease)(?:,? (?:or |"
    r"nor )?(?:sell|rent|trade|lease))*\b|"
    r"^(?!.*(?:共享|分享|提供|透露|披露|公开|转让|交给|泄露|传输)).*不(?:会|得)?.{0,18}(?:出售|出租|售卖|贩卖|买卖)",
)
_OWN_USE = Phrase(
    r"\bfor (?:their|its|the third part\w+) (?:own|direct|independent)|\bfor (?:\w+ )?(?:marketing|"
    r"advertising|promotional|commercial)|\bcross-context|\bfor money|\bprofit",
)
_PASSING = Phrase(
    r"(?:交给|交由|转交|透露给|移交给?)|"
    r"\b(?:share|shares|shared|hand|hands|handed|turn|turned|disclose|discloses|disclosed|transfer|"
    r"transferred|provide|provided|pass|passed|release|give|given|engage|cooperate|sell|"
    r"available)\b.{0,110}\b"
    r"(?:with|to|from|by)\b.{0,60}\b(?:third|affiliat\w*|partners?|providers?|vendors?|subsidiar\w*|"
    r"compan(?:y|ies)|advertis\w*|authorit\w*|officials|agenc\w*|private parties|new owners?|investors?|"
    r"processors?|contractors?|insurers?|institutes?|banks?|merchant|registr(?:y|ies)|courts?|litigants|"
    r"tax|auditors?|advis[eo]rs?|mixpanel|mailchimp|google|firebase|stripe|facebook|meta)|"
    r"\b(?:engage|cooperate with)\b.{0,30}\b(?:third|government|law enforcement|partners)|"
    r"\bmay (?:\w+[ /]+){0,3}?disclose (?:your|personal|customer|user)|(?:共享|提供|披露|分享|转让).{0,20}(?:信息|数据)|(?:关联公司|合作伙伴|"
    r"第三方).{0,12}(?:共享|提供|分享)",
)
_SELLING = Phrase(
    r"(?<!you )\b(?:share|provide|give|furnish|pass|disclose|transfer|hand|make)\w*\b[^;]{0,160}\b(?:in (?:return|exchange) (?:for|give|we)|in return|(?:in exchange )?for "
    r"(?:(?:a|an|which we (?:\w+ )*?a) )?(?:\w+ )?(?:fee|commission|compensation|consideration|remuneration)s?\b|we (?:are paid|earn|receive an?\b)|pays? us|"
    r"(?<!you )(?:give|gives|grant|grants) us (?:credit|money|a |discount|free|access|in )\w*|credits? us|revenue share)|\b(?:data|information|records?|lists?|history|profiles?|habits|activity)\b.{0,40}\b(?:licen[cs]ed|"
    r"leased|rented|monetised|monetized|sold) to\b|"
    r"\b(?:for a (?:fee|commission)|in return for (?:payment|money))\b.{0,60}\b(?:data|information)|\b(?:data|"
    r"information)\b.{0,60}\b(?:for a (?:fee|commission)|in return for (?:payment|money))\b|"
    r"\b(?:may|will|can|to|we|and|or) (?:also )?(?:sell|rent|lease|monetis|monetiz)\w*\b(?! (?:advert\w*|ads?\b|space\b))(?! (?:to|only|through|advert\w*|ads?\b|space|online|hosting|domain|goods|products|services|our|the|all|"
    r"its|substantially|or transfer|your) (?:business|company|assets|products|services|or))|"
    r"\bsells? (?:your|personal|user|customer)|\bin exchange for (?:money|payment|consideration)|出售您的",
    Frame("your-data 4 monetise", "refusing"),
    Frame("commission 6 give 5 contact-data"),
)
_HARMLESS = Phrase(
    r"\banonymous|\baggregat|\banonymi[sz]ed|\bde-identified|\bstatistic|匿名",
)
_FOLLOWED = Phrase(
    r"^(?:however|except|but|the (?:only )?exceptions?|this does not|we (?:may|will|do) (?:only )?(?:share|"
    r"disclose).{0,40}(?:only|following)|only)\b|following (?:cases|circumstances|situations)|但|除",
)
_MARKET = Phrase(r"market|advertis|promot|newsletter|\bads?\b|mailings")
_CONTRACT_ONLY = Phrase(
    r"\b(?:not|never|prohibited|forbidden)\b.{0,40}\b(?:they|processor|provider|partner|these (?:third|"
    r"compan|part))",
)


# asked of the reader, not promised to
_PLEASE = Phrase(r"\bplease (?:\w+ )?(?:not|never|don't)\b")


def _unlimited(doc: Document, hit: Hit) -> bool:
    reading = hit.reading
    if (
        reading.exempted
        or _PLEASE.search(reading.low)
        or reading.consented
        or _OWN_USE.search(reading.low)
        or (_HARMLESS.search(reading.low) and "personal" not in reading.low)
    ):
        return False
    follower = doc.readings[reading.index + 1 : reading.index + 2]
    return not any(_FOLLOWED.search(r.low) and not r.heading for r in follower) and not _partner_duty(reading)


def _partner_duty(reading: Reading) -> bool:
    others = {"they", "partners", "processors", "employees", "staff", "bound"} & reading.words
    required = {"required", "obliged", "must"} & reading.words and {
        "companies",
        "vendors",
        "providers",
        "recipients",
        "contractors",
        "suppliers",
    } & reading.words
    return bool(others or required) and "we" not in reading.words


# advice to the reader
_YOURS = Phrase(
    r"\byou\b[^.;]{0,60}\bnot (?:to )?(?:share|disclose|give|reveal) your (?:\w+ )?(?:password|pin|log-?in)"
)


def promises(doc: Document) -> list[Hit]:
    """Sentences that promise to pass personal data to nobody."""
    hits = {
        h.reading.index: h
        for h in (*doc.hits(_SECRET), *doc.hits(_NEVER_PASS))
        if _unlimited(doc, h) and not _SELL_ONLY.search(h.reading.low) and not _YOURS.search(h.reading.low)
    }
    hits |= {
        h.reading.index: h
        for h in doc.hits(_SELL_ONLY)
        if _unlimited(doc, h)
        and {"share", "disclose", "transfer", "give", "provide", "release"} & h.reading.words
        and not _shared_sale(h.reading)
    }
    hits |= {
        h.reading.index: h
        for h in said(doc, english_opposites.NEVER_SHARED, hits.values())
        if _unlimited(doc, h)
        and not (_SELL_ONLY.search(h.reading.low) and not _SHARING.search(h.reading.low))
    }
    return [
        h
        for h in hits.values()
        if not h.reading.told
        and h.reading.index
        and not _abroad(h.reading)
        and not _TOLD_NOT_TO.search(h.reading.low)
        and not _NO_FEATURE.search(h.reading.low)
    ]


# what people may ask for, not what is promised to all ("you can tell us not to sell or share your data")
_TOLD_NOT_TO = Phrase(
    r"\b(?:tell|ask|instruct|direct|request|require|order|demand)\w*\b(?: \w+){0,3} not to\b|要求我们不|告知我们不|(?:无关|不相关)的?(?:第三方|第三人)"
)
# what a site does not offer its visitors ("the site does not let visitors post to each other") is no promise of secrecy
_NO_FEATURE = Phrase(
    r"\b(?:not|never|n't) (?:\w+ )?(?:require|ask|need|oblige|force|want|expect)s? (?:you|users|visitors|customers|people) to\b|\b(?:ensure|make sure|see to it|check) that (?:the |our |these |those |all |any )?(?:\w+ )?(?:third[- ]part(?:y|ies)|providers?|partners?|services?|vendors?|processors?)\b|"
    r"\b(?:not|never|n't) (?:\w+ )?(?:share|disclose|pass|sell|exchange|transfer)\w* (?:the |this |our |such |any )?cookies?\b|"
    r"\b(?:not|never|n't) (?:\w+ )?(?:enable|allow|permit|let|offer|provide)s? (?:\w+ )?(?:visitors|users|customers|members|you|people)\b[^.;]{0,40}\b(?:communicat\w*|post|chat|comment|upload|interact|message)\b"
)
# what a law asks of others is told, not done
_LAW_TOLD = Phrase(
    r"\b(?:law|act|statute|regulation)(?:'s)? (?:\w+ )?(?:reach|requires?|obliges?|applies|stretch\w*)\b[^.;]{0,60}\b(?:a person|an? \w+ or|companies|persons|operators?|businesses|beyond)\b"
)
_SHARING = Phrase(r"\b(?:shar|disclos|transfer|giv|provid|releas|pass|hand|reveal|forward)\w*\b")


def _abroad(reading: Reading) -> bool:
    return (
        bool({"countries", "country", "places", "borders", "eea", "elsewhere"} & reading.words)
        or "境外" in reading.low
    )


def _shared_sale(reading: Reading) -> bool:
    return "cross-context" in reading.low or "advertising" in reading.words


_WHO = Phrase(
    r"\b(?:third[- ]part\w+|affiliat\w+|partners?|providers?|vendors?|subsidiar\w+|group (?:companies|entities)|resellers?|"
    r"advertis\w+|"
    r"agenc\w+|authorit\w+|officials|brokers?|investors?|processors?|contractors?|insurers?|institutes?|researchers?|"
    r"registr(?:y|ies)|"
    r"banks?|courts?|litigants|auditors?|advis[eo]rs?|suppliers?|networks|marketers?|sponsors?|consultants?|sister compan\w+|"
    r"law enforcement|government|new owners?|buyers?|mixpanel|mailchimp|google|firebase|stripe|facebook|meta)\b|关联公司|"
    r"合作伙伴|第三方",
)
_REACHED = Phrase(
    r"\b(?:have|has|get|gets|gain|gains|given|granted) (?:\w+ )?access\b|\bcan (?:see|view|read)\b",
)


def _handed(doc: Document) -> list[Hit]:
    """Sentences with a giving verb or access, and somebody who gets it."""
    return [
        h
        for h in doc.hits(_WHO)
        if (h.reading.does("share") or _REACHED.search(h.reading.low))
        and (h.reading.personal or h.reading.data or h.reading.cjk or "information" in h.reading.words)
        and not {"receive", "obtain", "links", "websites", "sites", "their"} & h.reading.words
        and not _SAFEGUARD.search(h.reading.low)
    ]


_SAFEGUARD = Phrase(
    r"\b(?:prohibited|obliged|bound|contractually|agreements? with|require (?:them|our|these|all)|must (?:not|keep|treat)|"
    r"only access)\b|"
    r"\bcredit card\b.{0,30}\bpassed directly|\bunauthori[sz]ed",
)


def passing(doc: Document) -> list[Hit]:
    """Sentences that pass personal data on."""
    found = {h.reading.index: h for h in _handed(doc)} | {h.reading.index: h for h in doc.hits(_PASSING)}
    return [
        h
        for h in found.values()
        if not (_HARMLESS.search(h.reading.low) and "personal" not in h.reading.words)
        and (
            h.reading.does("share")
            or {"engage", "cooperate"} & h.reading.words
            or "available to" in h.reading.low
            or _REACHED.search(h.reading.low)
            or h.reading.cjk
        )
        and not h.reading.refuses & {"share"}
        and not h.reading.told
        and not _consent_only(h.reading)
        and "from third" not in h.words.lower()
        and "you provide" not in h.words.lower()
        and (not h.reading.cjk or _hands_on(h.reading))
    ]


def _hands_on(reading: Reading) -> bool:
    """Whether a Chinese sentence says that somebody else gets data, not what people give or what a text explains."""
    return _CJK_TAKER.search(reading.low) is not None and _CJK_READS.search(reading.low) is None


_CJK_TAKER = Phrase(
    rf"{OTHERS}|有关部门|政府|机关|(?:交给|交由|转交|透露给|移交|提供给|分享给|共享给|披露给|传给|发送给|转发|经由)"
)
# where people go on their own, and what others tell them
_CJK_READS = Phrase(
    r"第三方[^。；，,]{0,16}(?:网站|链接|代码托管)|从[^。；]{0,40}(?:第三方|合作伙伴)[^。；]{0,30}(?:获得|获取|取得|收集)|提供给我们|第三方[^。；，,]{0,10}提供的(?:链接|内容|产品|服务|功能)|(?:参见|参阅|请参阅|阅读|了解)[^。；，,]{0,12}第三方|(?:收到|来自|接收)[^。；]{0,24}第三方|在向第三方|向第三方(?:网站|提供[^。；]{0,6}之前)|(?:您|用户)(?:可以?)?(?:选择)?(?:是否)?(?:访问|使用)[^。；]{0,8}第三方"
)


def _consent_only(reading: Reading) -> bool:
    return "consent" in reading.words and ("only" in reading.words or "with" in reading.words)


_HANDED_OUT = Phrase(
    r"\b(?:receives?|gets?|(?:is|are) (?:given|shown|told|sent)|get a copy|gets? your|can see|may see|learns?)\b.{0,20}\b(?:the|your|a|all|every|each|full)\b.{0,40}\b(?:names?|e-?mail|"
    r"identit\w+|phone|address\w*|contact|details|records?|lists?|files?|cop(?:y|ies))\b",
)


_EXCEPTED = Phrase(r"除外|情形(?:外|之外)|[:：]\s*$")


def _without_consent(doc: Document) -> tuple[list[Hit], list[Hit]]:
    """Sharing only with consent, and sharing for the ends of others without it."""
    only = [
        h
        for h in doc.hits(_NEVER_PASS)
        if h.reading.consented
        and not h.reading.told
        and not _PARTNERS.search(h.reading.low)
        and not _HARMLESS.search(h.reading.low)
        and not _EXCEPTED.search(h.reading.low)
        and not _TOLD_NOT_TO.search(h.reading.low)
    ]
    chosen = {h.reading.index for h in only}
    free = [h for h in opened(doc) if h.reading.index not in chosen]
    return only, _unrelated(only, free)


_LAW_ONLY = Phrase(
    r"\b(?:except|unless|other than)\b[^.;]{0,20}\b(?:in response to|as required by|where required by|when required by|required by|(?:obliged|compelled|ordered|forced) (?:to do so )?by|by order|to comply with|under)\b[^.;]{0,30}\b(?:law|laws|subpoena|court|legal|formal|judicial|government\w*|regulat\w+)\b"
)


def _but_for_law(doc: Document) -> tuple[list[Hit], list[Hit]]:
    """Sharing only where the law asks, and sharing for the ends of others."""
    only = [
        h
        for h in doc.hits(_NEVER_PASS)
        if _LAW_ONLY.search(h.reading.low)
        and not h.reading.told
        and not h.reading.consented
        and not _partner_duty(h.reading)
    ]
    chosen = {h.reading.index for h in only}
    if not only:
        return only, []
    free = {h.reading.index: h for h in (*opened(doc), *doc.hits(_PUBLISHED)) if not h.reading.consented}
    return only, [h for index, h in sorted(free.items()) if index not in chosen and not h.reading.refuses]


_UNAFFILIATED = Phrase(r"\b(?:un|non-?)affiliated\b|\bnot affiliated\b")
_KIN = Phrase(r"\b(?:affiliate\w*|subsidiar\w+|parent compan\w+|sister compan\w+|group compan\w+)\b")


def _unrelated(only: list[Hit], free: list[Hit]) -> list[Hit]:
    """What goes to others than the company's own kin, where the promise is about outsiders."""
    if not all(_UNAFFILIATED.search(h.reading.low) for h in only):
        return free
    return [h for h in free if not _KIN.search(h.reading.low)]


_PARTNERS = Phrase(r"\b(?:market|advertis|promot)\w*|\b(?:they|partners must|processors)\b")


def secrecy(doc: Document) -> Iterator[Finding]:
    """Secrecy or no sharing, against sharing (rule confidentiality-conflict)."""
    kept = promises(doc)
    chosen = {h.reading.index for h in kept}
    given = [h for h in passing(doc) if h.reading.index not in chosen]
    given += [
        h for h in doc.hits(_TAKEOVER) if h.reading.index not in chosen | {g.reading.index for g in given}
    ]
    if kept:
        given += said(doc, english_opposites.SHARED, (*kept, *given))
    named = {h.reading.index for h in (*kept, *given)}
    given += [
        h
        for h in doc.hits(_WORKED)
        if kept and h.reading.index not in named and not h.reading.refuses and not h.reading.told
    ]
    named |= {h.reading.index for h in given}
    if kept:
        given += [
            h
            for h in doc.hits(_HANDED_OUT)
            if h.reading.index not in named
            and not {"computer", "server", "device"} & h.reading.words
            and not {"we", "us", "you"}
            & frozenset(h.reading.low[: h.reading.low.find(h.words.lower())].split())
        ]
    given += [
        h
        for h in doc.hits(_PUBLISHED)
        if h.reading.index not in named | {g.reading.index for g in given} and not h.reading.refuses
    ]
    if not (kept and given):
        kept, given = _without_consent(doc)
    if not (kept and given):
        kept, given = _but_for_law(doc)
    given = [h for h in given if not _LAW_TOLD.search(h.reading.low)]
    if kept and given:
        yield report(
            "contradiction/confidentiality-conflict",
            "block",
            (*of(kept), *of(given)),
            f"the text promises to keep data to itself ({quoted(kept)}) and passes it on ({quoted(given)})",
            hint="name the recipients and purposes, and promise secrecy only towards everybody else",
            law=LAW,
        )


_PUBLISHED = Phrase(
    r"\b(?:public(?:ly)?(?: \w+)?|published|publish\w*|look-?up)\b.{0,30}\bwhois\b|\bwhois\b.{0,60}\b(?:public\w*|publish\w*|not private|available|accessible (?:by|to) (?:any|every|all|the)|anyone|everybody|world)\b|"
    r"\b(?:names?|address\w*|contact|registrant|personal)\b.{0,60}\b(?:publicly (?:accessible|available|visible)|made public|published|visible to (?:everybody|everyone|anyone))\b|\bpublicly (?:accessible|available)\b.{0,60}\b(?:names?|address\w*|contact|registrant)\b"
)
_WORKED = Phrase(
    r"\b(?:infrastructure|hosting|cloud|network|analytics|payment|support|service|data cent\w+)? ?(?:providers?|partners?|vendors?|processors?|subcontractors?|"
    r"third[- ]part(?:y|ies)|suppliers?)\b(?: \w+){0,6}? (?:may |can |will |do )?(?:process|receive|handle|see|store|access|analy[sz]e)s?\b.{0,40}\b(?:data|"
    r"information|address\w*|records|logs|details)\b",
)
_TAKEOVER = Phrase(r"\btransferred to the (?:new owner|buyer|acquir)\w*")


_WE_SOLD = r"(?:we|us|our (?:company|business|website|assets)|the (?:company|business|website|service|site|provider))"


_GOODS_SOLD = Phrase(
    r"\b(?:products?|goods|items|services|domains?|licen[cs]es|tickets|plans) (?:that (?:are|is) )?(?:being )?sold\b(?! to (?:advertis|third|partners|brokers))|\bfee\b[^.;]{0,80}\bcop(?:y|ies)\b"
)


# "in case Acme is sold": whatever it is, it is no data
_CASE_SOLD = Phrase(
    r"\b(?:if|in case|should|when|in the event(?: that)?|in the unlikely event(?: that)?)\b[^.;,]{0,60}?\b(?:is|are|were|was|be|gets?|has been|being) (?:\w+ )?(?:sold|for sale)\b"
)
_DATA_SOLD = Phrase(r"\b(?:data|information|details|lists?|records?|address\w*|profiles?)\b")
_ASSETS_SOLD = Phrase(
    r"\b(?:sell|sells|selling|sold|sale of) (?:off )?(?:(?:all|any|some|most|part|parts|a (?:part|portion|majority)|portions?|substantially all)(?: or (?:all|any|part|a (?:part|portion)|substantially all|portions?))? (?:of )?)?(?:its|our|the|their|the company's) (?:\w+ )?(?:assets|business(?:es)?|shares|stock|company|equity)\b"
)


def _company_sold(doc: Document, reading: Reading) -> bool:
    """Whether it is goods or the company that is sold, by its name or as "we"."""
    if _GOODS_SOLD.search(reading.low) or _ASSETS_SOLD.search(reading.low):
        return True
    case = _CASE_SOLD.search(reading.low)
    if case and not _DATA_SOLD.search(case[0]):
        return True
    names = "|".join([_WE_SOLD, *(re.escape(p.name.lower()) for p in doc.parties)])
    return (
        re.search(
            rf"\b(?:{names}) (?:is|are|were|was|be|gets?|should be|has been|have been) (?:\w+ )?(?:sold|for sale)\b",
            reading.low,
        )
        is not None
    )


_UNKNOWN_SALE = Phrase(
    r"\b(?:no|not have|without) (?:\w+ )?knowledge (?:that|of)\b|\bpurchase (?:data|history|records?)\b|\bsell (?:servers?|domains?|domain names|hosting|machines|certificates)\b|\brent from\b"
)


def sale(doc: Document) -> Iterator[Finding]:
    """Personal data is not sold, and sold (rules confidentiality-conflict, data-sale)."""
    sold = [
        h
        for h in doc.hits(_SELLING)
        if not h.reading.refuses & {"sell", "share"}
        and not h.reading.told
        and not {"opt", "request", "right"} & h.reading.words
        and {"your", "personal", "data", "information", "customer"} & h.reading.words
        and not _company_sold(doc, h.reading)
        and not _UNKNOWN_SALE.search(h.reading.low)
    ]
    sold += [h for h in said(doc, english_security.SALE, sold) if not _company_sold(doc, h.reading)]
    if not sold:
        return
    kept = [
        h
        for h in doc.hits(_SELL_ONLY)
        if h.reading.index not in {s.reading.index for s in sold} and not h.reading.told
    ]
    if kept:
        yield report(
            "contradiction/confidentiality-conflict",
            "block",
            (*of(kept), *of(sold)),
            f"personal data is not sold ({quoted(kept)}) and sold ({quoted(sold)})",
            hint="keep the sentence that is true",
            law=LAW,
        )
    yield report(
        "risky-promise/data-sale",
        "warn",
        of(sold),
        f"personal data is sold: {quoted(sold)}",
        hint="sell nothing, or sell only with consent and offer the opt-out that the law asks for",
        law="Cal. Civ. 1798.120, 1798.135; GDPR Art. 6(1), 9; PIPL Art. 23; PDPO s. 35K",
    )


def others_marketing(doc: Document) -> Iterator[Finding]:
    """No marketing of or by others, against marketing by partners (rule thirdparty-marketing)."""
    kept = [
        h
        for h in doc.hits(_NOT_OTHERS)
        if (h.reading.refuses or "never" in h.reading.words) and "unknowingly" not in h.reading.words
    ]
    chosen = {h.reading.index for h in kept}
    given = [
        h
        for h in doc.hits(_BY_OTHERS)
        if h.reading.index not in chosen
        and not h.reading.consented
        and not h.reading.refuses & {"use", "share"}
        and not _own_products(h.reading)
        and not (_HARMLESS.search(h.reading.low) or "non-personal" in h.reading.low)
    ]
    if kept and given:
        yield report(
            "contradiction/thirdparty-marketing",
            "warn",
            (*of(kept), *of(given)),
            f"no marketing of or by others ({quoted(kept)}) and marketing by others ({quoted(given)})",
            hint="ask for consent before others market to the person, or stop it",
            law="GDPR Art. 6(1)(a), 21(2); PDPO s. 35J-35K; Cal. Civ. 1798.83, 1798.120",
        )


def _own_products(reading: Reading) -> bool:
    return "california" in reading.words or "right" in reading.words


_NOT_OTHERS = Phrase(
    r"\b(?:not|never|n't)\b.{0,110}\b(?:third[- ]part\w*|partners?|others|"
    r"advertisers?)\b.{0,60}\b(?:market|advertis|promot|own marketing|products)|"
    r"\b(?:not|never|n't)\b.{0,60}\b(?:market|advertis|promot)\w*\b.{0,40}\bthird[- ]part",
)
_BY_OTHERS = Phrase(
    r"\b(?:partners?|advertisers?|third[- ]part(?:y|ies)|affiliates?)\b(?:'s?)?.{0,50}\b(?:send you|"
    r"may send|contact you|newsletters?|promotional|market to you|to you their|own marketing|"
    r"for marketing)|"
    r"\b(?:products|services|offers|those|stuff)\b.{0,20}\b(?:of|from|by) (?:our |selected |other |"
    r"companies|trusted )*(?:partners|third|companies)|"
    r"\bshare\b.{0,60}\b(?:advertis\w+ partners|advertisers|partners)\b.{0,50}\b(?:ads|market|advertis|"
    r"promot)",
)

DETECTORS = (secrecy, sale, others_marketing)
