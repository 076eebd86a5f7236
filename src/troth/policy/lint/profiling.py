"""Automated evaluation of people: unexplained, or denied elsewhere in the text."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_MACHINE = (
    r"(?:automat\w*|algorithm\w*|machine[- ]learning|artificial intelligence|\bai\b|ai-\w+|(?:the |our |a |an )(?:\w+ "
    r")?(?:system|engine|model|program|software|bot|script|classifier|platform)|scoring|computer|neural|statistical model|"
    r"predictive|profil(?:e|es|ing))"
)
_VERDICT = (
    r"(?:scor(?:e|es|ed|ing)|rat(?:e|es|ed|ing)|rank(?:s|ed|ing)?|grad(?:e|es|ed|ing)|tiers?|assign(?:s|ed)?|classif(?:y|ies|ied)|"
    r"categori[sz]e[sd]?|segment(?:s|ed)?|evaluat\w*|predict\w*|estimat\w*|eligib\w*|creditworth\w*|credit ?(?:limit|line|"
    r"worthiness)|accept(?:s|ed)?|declin(?:e|es|ed)|reject(?:s|ed)?|approv(?:e|es|ed)|refus(?:e|es|ed)|suspend(?:s|ed)?|"
    r"block(?:s|ed)?|terminat(?:e|es|ed)|den(?:y|ies|ied)|price[sd]?|pricing|discounts?|premium|offered|decid(?:e|es|ed)|"
    r"decisions?|determin\w*|qualif\w*|challenged?|lock(?:s|ed)?|throttl\w*|ban(?:s|ned)?|kick(?:s|ed)?|trust|portraits?|profiles?|risks?|assess\w*|recommend\w*|"
    r"identify|detect)"
)
_AUTOMATED = Phrase(
    rf"\b{_MACHINE}\b.{{0,90}}\b{_VERDICT}\b|\b(?:habits|patterns|behaviou?r|history|records)\b.{{0,60}}\b(?:recommend|tailor|"
    rf"price|decide|push)\w*|"
    rf"\b{_VERDICT}\b.{{0,70}}\b(?:by|through|using|with|via) (?:\w+ ){{0,3}}?{_MACHINE}|"
    r"\bdetermine (?:your )?(?:qualification|eligibility|creditworthiness)|\b(?:credit|risk|trust|reputation|fraud|abuse|behaviou?r|"
    r"customer|lead)[- ](?:scor|rating|rank|grad)\w*|\bpersonali[sz]ed (?:\w+ ){0,2}recommendations\b|\bevaluate your credit|"
    r"\bcredit ?worthiness|\buser portraits?\b|(?:算法|自动化决策|画像|机器学习|模型|系统(?:会)?|(?<!其他)程序(?!所提供)|自动(?!收集|采集|记录|获取|接收|保存|删除|登录|续)|人工智能).{0,40}(?:推荐|评估|决策|"
    r"识别(?!码|信息|号)|评分|打分|等级|分级|决定|定价|价格|额度|信用|拒绝|画像)|(?:用户|客户|行为)画像|大数据.{0,12}(?:定价|评分|评估)|"
    r"自动.{0,8}(?:判断|判定|限制|封禁|冻结)",
    Frame("machine 6 judge 6 person-word"),
    Frame("judge 4 by-machine 3 machine"),
    Frame("machine 3 to-judge"),
)
_EXPLAINED = Phrase(
    r"\b(?:logic involved|meaningful information|human (?:review|intervention|being)|not (?:use|make|subject|carry out|"
    r"take).{0,40}(?:automated|profiling)|contest|no automated|no profiling|how the (?:decision|score)|reviewed by (?:a|an|our) "
    r"(?:\w+ ){0,2}?(?:person|human|employee|member|staff|analyst|agent)|(?:person|employee|member of|analyst|human)\b.{0,60}\b(?:takes?|"
    r"makes?|decides?|reviews?|checks?|confirms?)|ask (?:for )?(?:a |an )?(?:person|human|review))\b|人工(?:复核|介入|审核|处理)|"
    r"拒绝.{0,10}自动化|(?:关闭|停用|退出).{0,8}(?:个性化|推荐|画像)",
)
_HARD = Phrase(
    r"scor|rat(?:e|es|ed|ing)\b|rank|grad|tier|eligib|creditworth|credit|accept|declin|reject|approv|refus|suspend|block|terminat|"
    r"den(?:y|ies|ied)|throttl|ban|kick|pric|discount|offered|decid|decision|determin|qualif|challeng|lock|portrait|profil|risk|assess|evaluat|predict|"
    r"estimat|assign|identif|detect|recommend|分|等级|决|价|额度|信用|拒绝|画像|评估|识别|judg|判断|判定|限制|封禁"
)
_PERSONS = Phrase(
    r"\b(?:you|your|customers?|users?|clients?|visitors?|individuals?|applicants?|applications?|orders?|sign-?ups?|accounts?|"
    r"players?|gamers?|campaigns?|senders?|tenants?|subscribers?|persons?|people|members?|requests?|sellers?|buyers?|bidders?|tenants?|reputation|creditworthiness|habits|"
    r"behaviou?r|purchases?|eligibility|qualification)\b|您|用户|客户|会员|消费",
)
_MACHINERY = Phrase(
    r"\b(?:malware|ransomware|spam|virus\w*|attacks?|ddos|intrusions?|bugs?|errors|capacity|jobs?|files?|traffic|uptime|outages?|"
    r"bots?|renew\w*|log(?:s|ged)?|backups?|patch\w*|encrypt\w*|delet\w*|cookies?|collect\w*|record\w*|transmit\w*|receiv\w*|"
    r"messages?|reply|replies|acknowledg\w*)\b|恶意程序|病毒|木马|诈骗信息|漏洞|自动识别等",
)


def automated(doc: Document) -> list[Hit]:
    """Sentences in which a machine judges people."""
    return [
        h
        for h in doc.hits(_AUTOMATED)
        if not h.reading.refuses
        and not {"browser", "browsers"} & h.reading.words
        and not _informing(h.reading)
        and _PERSONS.search(h.reading.low)
        and _HARD.search(h.words.lower())
        and not _harmless(h)
        and not _NO_AUTOMATION.search(h.reading.low)
    ]


def _harmless(hit: Hit) -> bool:
    """Whether the machine only works on machines: filters, attacks, backups, or obtains a score from others."""
    low = hit.reading.low
    if "assigned" in hit.words.lower() and "number" in low:
        return True
    about = (
        _MACHINERY.search(low) is not None
        and not _SERIOUS.search(hit.words.lower())
        and not _RATED.search(low)
    )
    return about or hit.reading.told


_RATED = Phrase(
    r"\b(?:trust|risk|credit|fraud|bad|low|high)[- ]scor|\bscorers?\b|\brank(?:s|ed|ing)?\b.{0,30}\brisk|\brate[sd]? (?:each|every|you|customers)"
)
_SERIOUS = Phrase(
    r"recommend|security risks|scor|rank|tier|eligib|credit|accept|declin|reject|approv|suspend|terminat|pric|discount|decid|decision|qualif|profil|risk|"
    r"portrait|evaluat|assess|等级|价|额度|信用|画像|评"
)


def profiling(doc: Document) -> Iterator[Finding]:
    """Automated evaluation without logic, effect or objection (rule profiling-undisclosed)."""
    hits = [h for h in automated(doc) if not any(_EXPLAINED.search(r.low) for r in doc.near(h.reading, 1, 2))]
    if not hits or any(
        _EXPLAINED.search(r.low) and _AUTOMATED.search(r.low) and not _informing(r) for r in doc.body
    ):
        return
    serious = [h for h in hits if "recommendation" not in h.words.lower()]
    if not serious:
        return
    yield report(
        "missing-mandatory/profiling-undisclosed",
        "warn",
        of(hits),
        f"people are evaluated automatically, and nothing explains the logic, the effect or how to object: {quoted(hits)}",
        hint="explain the logic and the consequences, and offer objection and human review",
        law="GDPR Art. 13(2)(f), 22; PIPL Art. 24, 55; Cal. Civ. 1798.185(a)(15)",
    )


def _informing(reading: Reading) -> bool:
    return ("informed" in reading.words and "existence" in reading.words) or bool(
        {"right", "rights"} & reading.words
    )


_TOLD_ABOUT = Phrase(
    r"\b(?:inform\w*|told|tell|know|learn|notified|explanation|explain\w*|information (?:about|on|regarding))\b[^.;]{0,80}\b(?:automated (?:individual )?(?:decision|processing)|profiling)"
)
_STATED = Phrase(
    r"\b(?:we|it|company|provider) (?:\w+ ){0,3}?(?:use|uses|using|make|makes|carry|carries|take|takes|engage|engages|perform|performs|conduct|conducts|apply|applies|base)\b[^.;]{0,80}\b(?:automat\w+|profil\w+|algorithm\w*)|"
    r"\b(?:there (?:is|are)|no) (?:\w+ ){0,4}?(?:automated|profiling)|\b(?:automated (?:individual )?decision\w*|profiling)\b[^.;]{0,60}\b(?:takes? place|is (?:not )?(?:used|carried|performed|made)|are (?:not )?(?:used|made|taken))"
)


_CREDIT = Phrase(
    r"\b(?:request|obtain|receive|collect|ask|check|search|consult|exchange|share)\w*\b[^.;]{0,80}\b(?:credit (?:reference|reporting|rating|scoring) (?:agenc|bureau|compan)\w*|credit (?:bureaus?|agenc\w+)|fraud prevention agenc\w*)\b"
)


def rated(doc: Document) -> Iterator[Finding]:
    """Credit agencies asked about people, and nothing on what follows from the answer (rule profiling-undisclosed)."""
    hits = [h for h in doc.hits(_CREDIT) if not h.reading.refuses and not h.reading.told]
    told = any(
        _EXPLAINED.search(r.low) or _NO_AUTOMATION.search(r.low) or _AUTOMATION.search(r.low)
        for r in doc.body
    )
    if hits and doc.places & {"EU", "UK"} and not told:
        yield report(
            "missing-mandatory/profiling-undisclosed",
            "warn",
            of(hits),
            f"agencies are asked about people, and nothing says which data comes back and who decides with it: {quoted(hits)}",
            hint="name the agencies, the data and the effect of the answer, and say whether a person decides",
            law="GDPR Art. 14(1)(d), 14(2)(f)-(g), 22",
        )


_AUTOMATION = Phrase(r"\bautomat\w+ (?:\w+ )?(?:decision|processing|evaluation)|\bprofiling\b|\bcredit scor")


def unsaid(doc: Document) -> Iterator[Finding]:
    """A right to hear of automated decisions in a text that does not say whether there are any (rule profiling-undisclosed)."""
    promised = [h for h in doc.hits(_TOLD_ABOUT) if not _STATED.search(h.reading.low)]
    if promised and not doc.says(_STATED) and not doc.says(_NO_AUTOMATION) and not automated(doc):
        yield report(
            "missing-mandatory/profiling-undisclosed",
            "warn",
            of(promised),
            f"people may ask about automated decisions, and the text does not say whether any are made: {quoted(promised)}",
            hint="say that there are none, or explain the logic and the consequences",
            law="GDPR Art. 13(2)(f), 14(2)(g), 22",
        )


_TAILORED = Phrase(
    r"\bpersonali[sz]ed (?:\w+ ){0,2}?(?:experience|content|recommendations?|ads?|advertis\w+|offers?|services?)\b|\b(?:personali[sz]e|tailor|customi[sz]e) (?:\w+ ){0,3}?(?:content|recommendations?|ads?|advertis\w+|offers?)\b|"
    r"个性化(?:的)?(?:推荐|展示|推送|广告|内容|营销)|(?:推荐|推送|展示)(?:您)?(?:可能)?感兴趣的|(?:精准|定向)(?:推荐|推送|营销)|定制化?(?:的)?(?:页面|内容|推荐)|更(?:加)?相关的(?:广告|服务|内容)"
)
_RISK = Phrase(
    r"\b(?:anti-?fraud|fraud (?:prevention|detection|control)|loss prevention|risk (?:control|management|assessment))\b[\w ,-]{0,30}?\b(?:programs?|programmes?|systems?|models?|engines?|tools?|mechanisms?)\b|"
    r"(?:风控|反欺诈|风险控制)(?:系统|模型|策略|机制|引擎)"
)
_SWITCH = Phrase(
    r"\b(?:turn(?:ed|ing)? off|switch(?:ed|ing)? off|disabl\w+|deactivat\w+|opt[- ]?out|object|unsubscrib\w+)\b|关闭|停用|退出|拒绝|不针对|退订|取消"
)


# settings that people choose themselves judge nobody
_SETTINGS = Phrase(r"定制化?[^。；]{0,8}(?:例如|如|包括)?[^。；]{0,4}(?:首选)?语言")


def _switches(reading: Reading) -> bool:
    """Whether a sentence offers a switch, in Chinese not that of the browser for cookies."""
    return _SWITCH.search(reading.low) is not None and not (reading.cjk and "cookie" in reading.low)


def tailored(doc: Document) -> Iterator[Finding]:
    """Content chosen for a person, or programs that judge risk, without logic or switch (rule profiling-undisclosed)."""
    chosen = [
        h
        for h in doc.hits(_TAILORED)
        if not h.reading.refuses
        and not h.reading.told
        and not h.reading.consented
        and not _SETTINGS.search(h.reading.low)
    ]
    judged = [h for h in doc.hits(_RISK) if not h.reading.refuses]
    asked = bool(chosen and judged) or bool(
        chosen and "CN" in doc.places and any(h.reading.cjk for h in chosen)
    )
    switched = any(_switches(r) for h in chosen for r in doc.near(h.reading, 1, 2)) or doc.says(_EXPLAINED)
    if asked and not switched and not any(True for _ in profiling(doc)):
        yield report(
            "missing-mandatory/profiling-undisclosed",
            "warn",
            of((*chosen, *judged)),
            f"content or risks are judged person by person, and no logic, effect or switch is named: {quoted((*chosen, *judged))}",
            hint="say which data decides and with which effect, and offer a way to switch it off",
            law="GDPR Art. 13(2)(f), 21(1), 22; PIPL Art. 24, 55",
        )


def both_ways(doc: Document) -> Iterator[Finding]:
    """No automated decisions, and automated decisions (rule never-vs-may)."""
    none = [r for r in doc.body if _NO_AUTOMATION.search(r.low)]
    some = [
        h
        for h in doc.hits(_AUTOMATED)
        if h.reading not in none
        and _DECIDES.search(h.words.lower())
        and not any(_EXPLAINED.search(r.low) for r in doc.near(h.reading, 0, 1) if r not in none)
        and not h.reading.refuses
        and not _informing(h.reading)
        and "right" not in h.reading.words
    ]
    if none and some:
        yield report(
            "contradiction/never-vs-may",
            "block",
            (*none, *of(some)),
            f"no automated decisions ({quoted([Hit(r, r.text) for r in none])}) and automated decisions ({quoted(some)})",
            hint="keep the sentence that is true",
            law="GDPR Art. 13(2)(f), 22",
        )


_NO_AUTOMATION = Phrase(
    r"\b(?:not|never|no)\b.{0,40}\b(?:automated (?:individual )?(?:decision|processing)|profil(?:e|ing))",
)
_DECIDES = Phrase(r"decid|decision|profil|scoring|pric|accept|declin|reject|approv|决|价|画像")

DETECTORS = (profiling, rated, unsaid, tailored, both_ways)
