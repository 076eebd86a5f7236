"""What the notice law of a place asks a text to say beyond the common core, one line a particular."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

# which data must be given, and what follows if it is not
_SUPPLY = Phrase(
    r"\b(?:obligator\w+|mandator\w+|compulsor\w+|voluntar\w+|optional\w*)\b|\b(?:need|have|required|obliged|necessary|free|forced)(?: not)? (?:for you )?to (?:provide|give|supply|submit|enter|tell|disclose|send|share|furnish|complete)\b|\b(?:not|don't|decline|refuse|fail|choose not|prefer not|rather not|decide not|unable) (?:to )?(?:provid\w*|giv\w*|suppl\w*|submit\w*|disclos\w*|tell\w*|shar\w+|furnish\w*|hand\w*)\b|"
    r"\bwithout (?:this|these|such|the|your|that|it|them)(?: \w+){0,2},? (?:\w+ )?(?:we|you|our|no|the|it)\b|\b(?:cannot|can't|can not|could not|unable to|impossible to)\b[^.;]{0,40}\bwithout (?:them|it|this|these|that|your)\b|\b(?:is|are|be) (?:\w+ )?(?:required|needed|necessary|essential) (?:to|for|in order|before|when)\b|\bfields? (?:marked|with)\b|\bmarked (?:with|by|as)\b|\bfailure to (?:provide|supply|give)|\b(?:withhold\w*|leave (?:\w+ ){1,3}(?:out|blank|empty)|whether or not (?:you|to) (?:give|provide))\b|\bnot possible without\b|"
    r"必须|必需|自愿|必填|选填|非必要|强制|(?:不|未|拒绝|没有|未能)(?:予|愿|想|希望)?(?:提供|填写|给予)|(?:可|得|能)(?:以)?(?:自由|自行)?(?:选择|决定)(?:是否|不)?提供|缺少(?:这些|该)|没有(?:这些|该)"
)
_JOB = Phrase(
    r"\b(?:officers?|manager|department|team|secretary|director|administrator|coordinator|controller|counsel|head of|desk|dpo|representative|attention|attn)\b|主任|经理|主管|专员|负责人|部门?|秘书|小组|总监"
)
_BAHASA = Phrase(
    r"\b(?:bahasa|national language)\b[^.;]{0,60}\b(?:https?:|www\.|below|second part|following|attached|overleaf|here)\b|\b(?:notis|data peribadi|anda|kami)\b[^.;]{0,80}\b(?:kami|anda|akan|dan|untuk|yang)\b|\b(?:malay|bahasa)\b[^.;]{0,30}\bversion\b[^.;]{0,40}(?:https?:|www\.|\bat\b|\.my/)"
)
_ABROAD = Phrase(
    r"(?:传输|传送|转移|提供|传|存储|发送|转往|转至|同步)[^。；，]{0,10}(?:至|到|给|往|于|在)?[^。；，]{0,6}(?:境外|海外|国外|新加坡|美国|香港|日本|德国|欧洲|其他国家)|(?:境外|海外)[^。；，]{0,10}(?:接收方|服务器|节点|服务商|公司|机构|关联方)[^。；]{0,24}(?:接收|处理|访问|存储|共享|传输|提供)|(?:跨境|出境)(?:传输|提供)"
)
_NOT_ABROAD = Phrase(
    r"不会|不(?:向|存在|涉及|传|进行)|未向|仅(?:在|存储)|均(?:在|存储)|没有|不存在|如(?:需|果|确需|未来|将来)|若|您(?:自行|主动|选择)|除非|目前(?:不|没有)"
)
_SEPARATE = Phrase(r"单独(?:的)?(?:同意|授权)|另行(?:取得|征得)|明示同意|分别同意|separate consent")
_RECEIVER = Phrase(
    r"[\u4e00-\u9fff]{2,}(?:有限)?公司|\b(?:inc|llc|ltd|limited|gmbh|pte|corp|ag|sas|bv)\b|@|接收方(?:的)?(?:名称|姓名)(?:为|是|[:：])|\b(?:aws|amazon|google|microsoft|azure|cloudflare|stripe|zendesk|alibaba|ovh|digitalocean|github|openai)\b|《|清单|列表|https?:"
)
_CCPA_SOURCES = Phrase(
    r"\bsources?\b|\bfrom (?:you|your|our|third|other|public|partners?|devices?|the (?:customer|user|person|browser))\b|\byou (?:\w+ )?(?:give|provide|submit|enter|send|share|tell|type|upload|supply)\b|\bautomatic\w*|\bthrough (?:your|the|our) (?:use|forms?|site|website|panel)|\bwhen you (?:order|register|sign|visit|contact)"
)
_ACCOUNTABLE = Phrase(
    r"\b(?:officers?|dpo|accountable|in charge of|responsible for (?:our|the|this) (?:compliance|privacy|policy)|privacy (?:manager|lead|team|contact))\b"
)
_CANADA = Phrase(r"\bpipeda\b|\bpersonal information protection and electronic documents act\b")
_HONG_KONG = Phrase(
    r"\bpdpo\b|\bcap\.? ?486\b|\bpersonal data \(privacy\) ordinance\b|个人(?:资料|数据|信息)[(（](?:私隐|隐私)[)）]条例"
)
_MALAYSIA = Phrase(
    r"\bpersonal data protection act,? (?:of )?2010\b|\bpdpa 2010\b|\bmalaysian? [\w ]{0,20}(?:pdpa|personal data)|\bsdn\.? bhd\b"
)
_EUROPE = Phrase(r"\bart(?:icle|\.)? ?6 ?\(1\) ?\(?(?:b|lit\. b)\)?")
_CCPA = Phrase(r"\bccpa\b|\bcpra\b|\bcalifornia consumer privacy act\b")


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing that a law asks a notice to say.

    Attributes:
        rule: its class and rule.
        named: the words by which the text puts itself under the law.
        there: the words that say the thing, in whatever place.
        wrong: what is missing, in plain words.
        hint: what to write.
        law: the article that asks for it.
        about: acts whose sentences are shown.
    """

    rule: str
    named: Phrase
    there: Phrase
    wrong: str
    hint: str
    law: str
    about: str = "collect"


PARTICULARS = (
    Particular(
        "missing-mandatory/choice-missing",
        _HONG_KONG,
        _SUPPLY,
        "nothing says whether the data must be given or is given freely, and what follows without it",
        "say which items are obligatory, which are voluntary, and what does not work without them",
        "PDPO DPP1(3)(a)",
    ),
    Particular(
        "missing-mandatory/officer-missing",
        _HONG_KONG,
        _JOB,
        "nobody is named, by name or by job, to whom requests for access and correction go",
        "give the name or job title, and the address, of the person who handles requests",
        "PDPO DPP1(3)(b)(ii)(B)",
        "answer",
    ),
    Particular(
        "missing-mandatory/choice-missing",
        _MALAYSIA,
        _SUPPLY,
        "nothing says whether the data must be given or is given freely, and what follows without it",
        "say which items are obligatory, which are voluntary, and what does not work without them",
        "PDPA 2010 s. 7(1)(g)-(h)",
    ),
    Particular(
        "missing-mandatory/choice-missing",
        _EUROPE,
        _SUPPLY,
        "nothing says whether the contract or the law requires the data, and what follows without it",
        "say which items are required, by what, and what does not work without them",
        "GDPR Art. 13(2)(e)",
    ),
    Particular(
        "missing-mandatory/language-missing",
        _MALAYSIA,
        _BAHASA,
        "the notice stands in English alone; the law asks for the national language too",
        "add the text in Bahasa Malaysia, or link it",
        "PDPA 2010 s. 7(3)",
        "notice",
    ),
    Particular(
        "missing-mandatory/categories-missing",
        _CCPA,
        _CCPA_SOURCES,
        "nothing says from which kinds of sources the data comes",
        "name the categories of sources",
        "Cal. Civ. 1798.110(a)(2), 1798.130(a)(5)(B)",
    ),
    Particular(
        "missing-mandatory/officer-missing",
        _CANADA,
        _ACCOUNTABLE,
        "nobody is named who answers for the company's compliance",
        "give the name or title of the person who is accountable, and how to reach them",
        "PIPEDA 4.1.2, 4.8.2(a)",
        "answer",
    ),
)


def particulars(doc: Document) -> Iterator[Finding]:
    """What a named law asks for and the text does not say."""
    for one in PARTICULARS:
        if not one.named.search(doc.low):
            continue
        named = [r for r in doc.readings if one.named.search(r.low)]
        if not named or any(one.there.search(r.low) for r in doc.readings):
            continue
        shown = [r for r in doc.body if r.does(one.about) and not r.told][:2]
        if one.about == "collect" and not shown:
            continue
        yield report(one.rule, "warn", shown or named[:1], one.wrong, hint=one.hint, law=one.law)


def abroad(doc: Document) -> Iterator[Finding]:
    """The mainland: data goes abroad without separate consent, or to nobody named (rule transfer-consent)."""
    if "CN" not in doc.places or not doc.chinese:
        return
    sent = [
        h.reading
        for h in doc.hits(_ABROAD)
        if h.reading.cjk and not _NOT_ABROAD.search(h.reading.low) and not h.reading.told
    ]
    if not sent:
        return
    near: list[Reading] = [n for r in sent for n in doc.near(r, 2, 4)]
    lacking = []
    if not any(_SEPARATE.search(r.low) for r in near):
        lacking.append("separate consent")
    if not any(_RECEIVER.search(r.low) for r in near):
        lacking.append("the name and contact of the receiver")
    if lacking:
        yield report(
            "missing-mandatory/transfer-consent",
            "warn",
            sent,
            f"data goes abroad without {' and '.join(lacking)}: {quote(r.text for r in sent)}",
            hint="name the receiver, its contact, the purpose, the manner and the data, and ask for separate consent",
            law="PIPL Art. 39",
        )


DETECTORS = (particulars, abroad)
