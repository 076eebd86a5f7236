"""What makes a sentence harmless, rule by rule: its matter is denied, people are asked, or its words mean something else.

"We do not score customers" evaluates nobody, and "we record the call after you have said yes" records nobody unasked. One
place serves many detectors: it looks only at the sentences they report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from troth.model.finding import Finding
from troth.policy.lint.chinese_excuses import covered, hollow
from troth.policy.lint.document import Document
from troth.policy.lint.excuses_beside import BESIDE, ELSEWHERE, SENSES
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

# where another statement begins; a list of what is denied goes on behind its commas
_TURN = re.compile(
    r"[;.:：；。]|,? (?:but|however|whereas|while|although|unless|except|if)\b|[,，]? ?\band (?:we|our|the|you|they|it)\b|, (?:we|you|they|it|which|instead|only)\b|，|但"
)
_REFUSED = Phrase(
    r"\b(?:not|never|n't|no|none|nobody|nor|neither|nothing|cannot|without|refrain\w*|free of|abstain\w*|forgo)\b(?! (?:only|just|limited|later|longer)\b)|"
    r"\bof no interest\b|不(?!时|定期|断|同|仅|久|少|限于|良|当|法|正|愿|想|希望|接受)|未(?:曾|将|对|向|使用|收集|启用|进行|出售|采用)|无需|无须|没有|从未|绝无|禁止"
)
# "without your knowledge" denies nothing that is done
_NO_DENIAL = Phrase(
    r"\bwithout (?:\w+ ){0,3}?(?:notice|consent|knowledge|permission|limit\w*|end|charge)\b|\bwhether or not\b|\b(?:if|when|where|who|customers|users) (?:you |who )?do not\b|\b(?:no|any) (?:longer|later) than\b|未经|不经|无论"
)


@dataclass(frozen=True, slots=True)
class Excuse:
    """What makes the sentences of one rule harmless.

    Attributes:
        matter: what the rule is about; a sentence that denies it wherever it names it is harmless.
        asked: whether a word of leave makes it harmless, in the sentence or this many sentences around it.
        sense: the words of the rule in another sense: domains that change hands, disks that are wiped for good.
        beside: what the sentence or the next one adds that the rule asks for: notice before a sale.
    """

    matter: Phrase | None = None
    asked: int | None = None
    sense: Phrase | None = None
    beside: Phrase | None = None


# people have said yes, or are asked before
LEAVE = Phrase(
    r"\b(?:once|after|if|when|where|unless|until|provided(?: that)?|as soon as|as far as|who|for which) (?:you|they|he|she|the (?:caller|user|visitor|customer|reader|person|subscriber|other side)|visitors|customers|callers|users)?(?: (?:have|has|had))?"
    r"(?: (?:expressly|actively|explicitly|previously|already|also|not))* ?(?:agree[ds]?|consent(?:s|ed)?|accept(?:s|ed)?|allow(?:s|ed)?|approv(?:es?|ed)|permit(?:s|ted)?|said yes|say yes|says yes|said that you want|opt(?:s|ed)?[- ]?in|"
    r"tick(?:s|ed)?|click(?:s|ed)? (?:on )?[\"“'*]|switch(?:es|ed)? (?:\S+ )?on|activat(?:es?|ed)|grant(?:s|ed)?|chosen to|choose to|chose to|requested it|ask(?:s|ed)? (?:us )?(?:for|to)|sign(?:s|ed)? up for|subscribed?|"
    r"g[ai]ven? (?:us |your |his |her |their )*(?:\w+ )?(?:okay|ok|leave|approval|permission|consent|go-ahead|agreement))\b|"
    r"\b(?:with|upon|on|after|by|subject to|based on|at|through) (?:your|the caller's|the user's|the customer's|their) (?:(?:prior|express|explicit|active|separate|own|previous|written|voluntary),? (?:and )?)*(?:consent|permission|approval|agreement|request|choice|opt-in|go-ahead|leave|confirmation|wish)\b|"
    r"\byou(?: can| may)? decide (?:whether|which|in)\b|\bwe ask (?:you )?(?:first|before|whether|which)\b|\b(?:cookie|consent) (?:banner|dialog(?:ue)?|manager|tool|panel|window)\b|\bprivacy panel\b|"
    r"\b(?:off|disabled|inactive|switched off|deactivated|empty) (?:by default|at (?:the )?start|until)\b|\bdouble opt-?in\b|\bopt-?in\b|\bticked the box\b|\bhave (?:requested|ordered) (?:it|them|such)\b|\bwho requested (?:it|them)\b|"
    r"经(?:您|用户|你)[^。；，]{0,14}(?:同意|授权|许可|允许|勾选|确认)|(?:征得|取得|获得|得到)[^。；，]{0,10}(?:同意|授权|许可)|(?:您|用户|你|阁下)[^。；，]{0,6}(?:按|点击|点选|选择)[^。；，]{0,4}(?:接受|同意|允许)|(?:您|用户|你|阁下)[^。；，]{0,10}(?:勾选|开启|打开|订阅|选择接收|点击[^。；，]{0,10}同意|主动)|(?:同意|授权)(?:后|时|的情况下)"
)
# going on, or saying nothing, is no leave
_NO_LEAVE = Phrase(
    r"\b(?:do(?:es)? not|don't|have not|has not|without|unless you) (?:\w+ ){0,3}?(?:object|opt[- ]?out|refus|unsubscrib|consent|agree|permission)|\b(?:by (?:using|continuing|visiting)|continu\w+ (?:to )?(?:us|visit|brows))|\bdeemed\b|视为|即表示"
)
# a message at the start of a call tells those who talk, and a key stops it
TOLD = Phrase(
    r"\b(?:message|announcement|notice|recording)\b[^.;]{0,40}\b(?:played|start|beginning|begins|lets you know|hear)\b|\byou (?:will )?hear\b|\blets you know\b|\bpress(?:es)? \w+\b|\bafter the announcement\b|提示音|语音提示|播出?[^。；，]{0,6}提示|提示后录音|不想[^。；，]{0,4}录音"
)

_EXCUSES: dict[str, Excuse] = {
    "sensitive-consent": Excuse(
        Phrase(
            r"\b(?:sensitive|special categor\w+|biometric\w*|health|medical|genetic\w*|genes|ethnic\w*|racial|race|religio\w+|sexual|sex life|political|union|criminal|passports?|identity (?:cards?|documents?)|id cards?|nric|fin|social security|driver'?s? licen[cs]e|tax id|fingerprints?)\b|身份证|护照|证件|人脸|指纹|生物识别|健康|宗教|基因|敏感"
        ),
        sense=Phrase(
            r"不(?:抄录|记录|保存|留存|复印|影印)[^。；，]{0,6}(?:号码|副本|图像|影像)|\b(?:not|never|neither) (?:copied|noted|written down|photographed|scanned)\b"
        ),
    ),
    "profiling-undisclosed": Excuse(
        Phrase(
            r"\b(?:profil\w+|automat\w+|algorithm\w*|scor(?:e|es|ed|ing)|rat(?:e|es|ed|ing)|rank\w*|machine|recommend\w*)\b|画像|自动化|评分|打分|算法|个性化|定向|精准"
        )
    ),
    "recording-without-consent": Excuse(
        Phrase(r"\b(?:record\w*|monitor\w*|tap(?:e|es|ed|ing)|listen\w*)\b|录音"), 1
    ),
    "retention-indefinite": Excuse(
        Phrase(r"\b(?:indefinite\w*|for ?ever|permanent\w*|perpetu\w*|without (?:end|limit))\b|永久|无限期")
    ),
    "data-sale": Excuse(
        Phrase(r"\b(?:sell|sells|sale|sold|selling|rent|rents|trade|trades)\b|出售|售卖|贩卖"),
        sense=Phrase(
            r"\b(?:sell|sells|selling|rent|rents) (?:\w+,? ){0,4}?(?:servers?|domains?|domain names?|hosting|products|services|certificates|plans|machines|space|capacity)\b|\brent(?:ed)? from\b|\bpurchase (?:data|history|records?)\b"
        ),
    ),
    "business-transfer-unconditional": Excuse(
        sense=Phrase(
            r"\b(?:domains?|domain names?|servers?|(?:virtual )?machines?|projects?|hardware|disks?)\b[^.;]{0,40}\b(?:changes? hands|new (?:owner|registrant|holder))\b|\b(?:told|warned|informed|notified|written to) (?:\w+ ){0,3}?(?:\d+|\w+) days (?:ahead|before|in advance|earlier)\b"
        ),
        beside=Phrase(
            r"(?:转移|转让|出售|交割|移交)(?:之)?前[^。；，]{0,10}(?:\d+|[一二三四五六七八九十]+) ?(?:日|天)[^。；，]{0,6}通知|\b(?:days?|weeks?|months?) (?:ahead|before|prior)\b[^.;]{0,30}\b(?:files?|data|transfer|move|sale)\b"
        ),
    ),
    "sole-discretion": Excuse(
        sense=Phrase(
            r"\b(?:on|during|in|after|before) our call\b|\b(?:at your (?:own |sole )?discretion|your (?:own )?choice)\b"
        )
    ),
    "right-denied": Excuse(
        sense=Phrase(
            r"\b(?:irreversibl|irrevocabl|irretrievabl|permanent)\w* (?:and \w+ )?(?:delet|eras|destroy|wip|overwrit|remov|hash|anonymi[sz])\w*|\b(?:delet|eras|destroy|wip|overwrit|remov|hash|anonymi[sz])\w* (?:\w+ )?(?:irreversibl|irrevocabl|irretrievabl)\w*|\bwaive (?:\w+[ -]){0,3}?(?:fees?|charges?|costs?)\b|"
            # who may look or join, what a company refrains from, and what stays open otherwise
            r"\brestricted to (?:staff|those|employees|adults|personnel|persons|people|members|authori[sz]ed)\b|\bnot process (?:\w+ ){0,3}?(?:data|information) for (?:its|our|their) own\b|\brisks? that can ?not be\b|\bcomplaint\b[^.;]{0,50}\bcan ?not be resolved\b|\bhave no duty to keep\b|\bdoes not apply to (?:\w+ )?(?:data|information|content) (?:that|which)\b"
        )
    ),
    "optout-burden": Excuse(
        sense=Phrase(r"(?:邮寄|书面|来信)[^。；，]{0,4}或[^。；，]{0,6}(?:电邮|邮件|网上|电话)")
    ),
    "right-narrowed": Excuse(
        sense=Phrase(
            r"\b(?:steps|measures) (?:are )?(?:\w+ )?to (?:protect|guard|secure)\b[^;]{0,60}\bagainst\b"
        )
    ),
    "breach-narrowed": Excuse(
        sense=Phrase(
            r"\b(?:where|if|when) (?:the|a) breach (?:concerns|affects|involves|touches|relates to)\b"
        )
    ),
    "disclaimer-overbroad": Excuse(
        sense=Phrase(
            r"\b(?:do|does) not (?:claim|pretend|say) that (?:ours|it|this|they|we|our \w+) (?:is|are)\b"
        )
    ),
    "password-resend": Excuse(
        sense=Phrase(
            r"\b(?:social|external|third[- ]party|two-step|single) (?:log-?in|sign-?in)\b|\b(?:cannot|can't|can not|unable to|nobody can|no one can) (?:\w+ ){0,2}(?:look up|see|read|recover)\b|"
            r"\b(?:sends?|sent|e-?mails?|mails?|get|gets|receives?) (?:\w+ ){0,3}?links?\b|\b(?:ask|asks|need|needs|collect|collects) (?:for |you for )?(?:\w+,? (?:and )?){0,6}?passwords?\b"
        )
    ),
    "consent-silence": Excuse(sense=Phrase(r"\bdeemed consent\b[^.;]{0,20}\b(?:under|section|s\.|pdpa)")),
    "absolute-claim": Excuse(
        sense=Phrase(
            r"\bnobody (?:likes?|wants?|enjoys?) to\b|\b(?:no one|nobody) likes?\b|"
            # what nobody can promise is not promised
            r"\b(?:cannot|can't|can not|could not|couldn't|will not|won't|not going to|would(?: not|n't)?|do(?:es)? not|don't|doesn't|never|unable to|nobody can|no one can|foolish to|silly to|mislead\w*|neither|not possible to|'ll not)\b[^.;]{0,50}\b(?:promis|guarant|warrant|assur|swear|claim|represent|bet\b|believ|exclud|call|secure|pretend|say\b|tell you)\w*|"
            r"\b(?:no|none|nothing|neither|never)\b[^.;]{0,60}\b(?:immune|infallible|impenetrable|unbreakable|bomb-?proof|watertight|foolproof|invulnerable|beyond the reach|can be made|such thing|guaranteed)\b|"
            r"\b(?:no|any) (?:provider|host|company|system|server|service|measure|method|device|web ?site|network|storage|platform|safeguard)\b[^.;]{0,40}\b(?:on earth|can (?:ever )?(?:promise|guarantee|be (?:absolutely|completely|fully|perfectly)))\b|"
            r"\bcannot be (?:achieved|excluded|ruled out|promised|guaranteed)\b|\b(?:harder|more difficult)\b[^.;]{0,30}\bnone of it\b|\bvisitors? (?:are|is) (?:accompanied|escorted)\b|\bguarantee fund\b|\ball practicable steps\b"
        )
    ),
    "list-open": Excuse(
        sense=Phrase(
            r"\b(?:any or all|all or any) of the following\b|^\W*(?:[ivxlc]+\.|\d+(?:\.\d+)*\.?)? ?(?:article \d+ )?\W*(?:[\w-]+ ){1,5}?(?:of [\w-]+)?,? ?(?:etc\.?|and the like)\W*$|\b(?:no|not|nor|never|without|at no time)\b[^.;]{0,90}\bof (?:any|whatever|every) (?:kind|description|sort|nature)\b|\bamong other things (?:require|oblige)s?\b|"
            r"\b(?:damages?|claims?|loss(?:es)?|liabilit\w+|warrant\w+)\b[^.;]{0,30}\bof any kind\b|\bother site data\b|(?:合并|分立|解散|破产)[^。；]{0,12}等(?:需要|情形|情况|原因)"
        )
    ),
    "content-monitoring": Excuse(
        Phrase(r"\b(?:read|scan|index|look|inspect|view|open|monitor|analy[sz]e)\w*\b|查看|读取|扫描|监控")
    ),
    "location-tracking": Excuse(
        Phrase(r"\b(?:track|follow|locat)\w*\b|定位|位置"),
        0,
        Phrase(
            r"\b(?:track\w*|locat\w*|where)\b[^.;]{0,24}\b(?:servers?|inventory|vans?|parcels?|shipments?|equipment|hardware|disks)\b|\b(?:vans?|parcels?|shipments?|couriers?|trucks?)\b[^.;]{0,20}\btracked\b"
        ),
    ),
    "marketing-default": Excuse(
        Phrase(
            r"\b(?:market\w*|promotion\w*|newsletters?|advertis\w+|offers?|mailings?|news)\b|广告|营销|推广|推送"
        ),
        0,
    ),
    "partner-marketing": Excuse(
        Phrase(r"\b(?:market\w*|promotion\w*|advertis\w+|offers?|mailings?)\b|广告|营销|推广"), 0
    ),
    "data-ownership": Excuse(
        Phrase(r"\b(?:own|owns|owned|owner\w*|property|title|licen[cs]e|rights)\b|所有权|归")
    ),
    "data-combination": Excuse(Phrase(r"\b(?:combin|merg|join|link|match)\w*\b|合并|结合"), 0),
    "publicity-use": Excuse(Phrase(r"\b(?:publi\w+|show|display|use)\w*\b|公布|展示"), 0),
    "consent-by-use": Excuse(Phrase(r"\b(?:consent|agree\w*|accept\w*)\b|同意")),
    "purpose-open": Excuse(Phrase(r"\b(?:purposes?|uses?)\b|用途|目的")),
    "friend-data": Excuse(None, 0),
}
# a word of leave in a clause of its own does not cover what the rest of the sentence does unasked
_AND_ALSO = Phrase(r"\b(?:as well as|and also|regardless|in any case|even if|irrespective)\b|另外|无论")


def denied(low: str, matter: Phrase) -> bool:
    """Whether a sentence names a matter and denies it in every statement that does."""
    said = [(part, found) for part in _TURN.split(low) if (found := matter.search(part))]
    return bool(said) and all(_refuses(part, found.start()) for part, found in said)


# "rejects customers it does not trust" denies no rejecting
_BEHIND = Phrase(
    r"(?<!\bit )(?<!\bwe )(?<!\bthey )(?<!\byou )(?<!\bwho )\b(?:is|are|was|were|be|has|have|takes?|do|does|will|can|may|could|must) (?:\w+ )?(?:not|never|neither)\b|\bis of no interest\b|\bcannot\b|[\u4e00-\u9fff]"
)


def _refuses(part: str, place: int) -> bool:
    """Whether a statement denies the matter that stands at a place of it: the denial is ahead, or its verb behind."""
    found = _REFUSED.search(part)
    if found is None or _NO_DENIAL.search(part):
        return False
    return found.start() < place or _BEHIND.search(part[place:]) is not None


def asked(low: str) -> bool:
    """Whether a sentence says that people have been asked, or have asked."""
    return LEAVE.search(low) is not None and not _NO_LEAVE.search(low)


def _harmless(doc: Document, reading: Reading, excuse: Excuse, rule: str) -> bool:
    if excuse.matter is not None and (
        denied(reading.low, excuse.matter)
        or (
            reading.sentence.element == "bullet"
            and reading.low.lstrip("-•* ").startswith(("no ", "not ", "neither "))
        )
    ):
        return True
    if excuse.sense is not None and excuse.sense.search(reading.low):
        return True
    if excuse.beside is not None and any(excuse.beside.search(r.low) for r in doc.near(reading, 0, 1)):
        return True
    if excuse.asked is None or _AND_ALSO.search(reading.low):
        return False
    near = doc.near(reading, excuse.asked, excuse.asked)
    return any(asked(r.low) or (rule.startswith("recording") and TOLD.search(r.low)) for r in near)


def _harmless_beside(doc: Document, reading: Reading, rule: str) -> bool:
    """Whether another sense, the next sentence or a rule elsewhere makes an English sentence harmless."""
    if (sense := SENSES.get(rule)) and sense.search(reading.low):
        return True
    if (beside := BESIDE.get(rule)) and any(beside.search(r.low) for r in doc.near(reading, 0, 1)):
        return True
    elsewhere = ELSEWHERE.get(rule)
    return elsewhere is not None and doc.says(elsewhere)


def _excused(doc: Document, reading: Reading, rule: str) -> bool:
    excuse = _EXCUSES.get(rule)
    return _harmless_beside(doc, reading, rule) or (
        excuse is not None and _harmless(doc, reading, excuse, rule)
    )


def excused(doc: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without the sentences that an excuse covers, and without those that have no other."""
    for finding in findings:
        if not finding.sentences:
            yield finding
            continue
        asserted = finding.kind == "contradiction"
        kept = tuple(
            s
            for s in finding.sentences
            if not covered(doc, r := doc.of(s), finding.rule)
            and (asserted or not _excused(doc, r, finding.rule))
        )
        if kept and not hollow(doc, (doc.of(s) for s in kept), finding.rule):
            yield finding if len(kept) == len(finding.sentences) else replace(finding, sentences=kept)
