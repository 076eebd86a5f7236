"""Rights of people: which are missing, deadlines and fees beyond the law, California's notices, named laws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.hanzi import simplified
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.gazetteer import countries
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.rights_in_words import AUSTRALIAN, IN_OTHER_WORDS, PRINCIPLES, headed
from troth.policy.lint.spans import spans

_RIGHTS: dict[str, Phrase] = {
    "access": Phrase(
        r"\b(?:inform|tell) (?:you|them|people) (?:\w+ ){0,3}?(?:the )?(?:data|information|what|which)\b|\b(?:informed|information|told) (?:\w+ ){0,3}?(?:about|of|on|which|what) (?:\w+ ){0,3}?(?:personal )?(?:data|information)\b.{0,40}\b(?:stor\w+|hold|held|kept|have)\b|"
        r"\b(?:show|access|copy of|confirm|know|view|review|inspect|see|query|obtain|consult|copy|ask what|told what|learn)\b.{0,120}\b(?:data|"
        r"information|details|account|pii|records?|hold (?:about|on) you|what we hold)\b|\b(?:ask|apply|request)\w* (?:us )?(?:for )?(?:a |the )?(?:record|details|list|particulars|statement) of (?:your|the|their|his) (?:\w+ )?(?:data|information)|\b(?:data|information)\b.{0,60}\b(?:access(?:ed|es)?|view(?:ed)?)\b|\bright (?:of|"
        r"to) access|^\W*access\b|\brequest access|\b(?:know|access), |查询|查阅|访问|复制|查明|索取",
    ),
    "correction": Phrase(
        r"\b(?:fix|put right|set right|correct|rectif|updat|edit|modif|amend)\w*\b|更正|改正|修改|补充|"
        r"\b(?:may|can|to|see|view|review|access),? (?:or |and )?change (?:or \w+ |and \w+ )?(?:your|their|his|it|them|any of)\b(?! (?:\w+ )?(?:settings|browser|mind|password|cookie|preferences))",
    ),
    "erasure": Phrase(r"\b(?:eras|delet|remov|wip)\w*\b|删除|删掉|清除|销毁"),
    "restriction": Phrase(
        r"限制(?:或|、|及|和|对)?.{0,6}处理|\brestrict\w*\b.{0,60}\b(?:processing|use|data|information|portab|object)|\b(?:right|erasure|"
        r"rectification)\b.{0,60}\brestrict\w*|^\W*restriction|"
        r"\blimit (?:the |our |its )?(?:processing|use|handling) of\b",
    ),
    "objection": Phrase(
        r"\bobject(?:ion)?s?\b(?! storage)|\b(?:disagree|oppose|opposition)\w*(?: to| with)? (?:the |our |your |such |this )?(?:processing|use|handling)\b|\bopt[- ]?out of (?:processing|the processing)|拒绝.{0,8}处理|限制",
    ),
    "portability": Phrase(
        r"\bportab\w+|, (?:or |and )?port\b|\bport (?:your|it|the|personal)\b|\b(?:machine|computer)[- ]readable|\b(?:transfer|transmit|hand) (?:your |the |their |these )?(?:personal )?data (?:over )?to another\b|\btransfer to an(?:other)? (?:alternative )?provider|"
        r"\bstructured\b|\b(?:receive|obtain|get|export|download)\b[^.;]{0,40}\bdata\b[^.;]{0,20}\bin (?:a|an) (?:\w+,? (?:and )?){0,3}?(?:common|commonly used|open|standard|usable)\b[^.;]{0,12}\bformats?\b|转移|可携|移植",
    ),
    "copy": Phrase(r"副本|复制|复本|影本|导出"),
    "stop of processing": Phrase(
        r"停止(?:对)?[^。；，]{0,12}(?:收集|处理|利用|使用)|(?:不要|不再|停用)[^。；，]{0,4}(?:使用|利用|处理)"
    ),
    "closing the account": Phrase(
        r"注销|销户|(?:删除|关闭)(?:您的|用户|此|该)?(?:个人)?(?:账号|账户|帐号|帐户)"
    ),
    "withdrawal of consent": Phrase(
        r"\b(?:withdraw\w*|revoke|take back)\b|请求停止(?:收集|处理|利用|使用)|撤回|撤销|(?:收回|取消).{0,10}(?:同意|授权)|(?:同意|授权).{0,6}(?:收回|取消)"
    ),
    "complaint to an authority": Phrase(
        r"\b(?:complain\w*|lodge)\b.{0,120}\b(?:authorit\w+|commissioner|regulator|ico|agency|office|autoriteit|ombuds\w+|cnil|garante|dpc|privacycommissi\w+|datatilsynet|"
        r"supervisor\w+|attorney general)|\bsupervisory authorit|\b(?:authorit|commissioner|"
        r"regulator)\w*\b.{0,60}\bcomplain|投诉|举报",
    ),
    "opt-out of sale or sharing": Phrase(
        r"\bopt(?:ing)?[- ]?out of (?:the )?(?:sale|sharing|selling)|\bdo not sell|\bright to opt[- ]?out",
    ),
}
_RIGHT_CUE = Phrase(
    r"\byou\b|\byour\b|\bcustomers? (?:\w+ )?(?:may|can|has|have)\b|\bindividuals?\b|\bpersons?\b|\bwe (?:give|correct|erase|delete|provide)\b|\brights?\b|\brequests?\b|\bsubject\b|^\W*\w+ (?:to|of)\b|art\.|[您你]|权|阁下|(?:用户者?|会员|客户|当事人)(?:可|有|得|如|个人)",
)
# a list of rights under "you may have the data:"
_MAY_HAVE = Phrase(r"\byou (?:\w+ )?(?:may|can|have|are entitled)\b|\brights?\b")
_LAW = {
    "EU": (
        "GDPR Art. 13(2)(b)-(d), 15-21, 77",
        (
            "access",
            "correction",
            "erasure",
            "restriction",
            "objection",
            "portability",
            "withdrawal of consent",
            "complaint to an authority",
        ),
    ),
    "UK": (
        "UK GDPR Art. 13(2)(b)-(d), 15-21, 77",
        (
            "access",
            "correction",
            "erasure",
            "restriction",
            "objection",
            "portability",
            "withdrawal of consent",
            "complaint to an authority",
        ),
    ),
    "HK": ("PDPO DPP1(3)(b)(ii), DPP6, s. 18, 22", ("access", "correction")),
    "CN": (
        "PIPL Art. 17(1)(3), 44-47",
        ("access", "correction", "erasure", "withdrawal of consent", "copy", "closing the account"),
    ),
    "TW": ("PDPA (TW) Art. 3, 8(1)(5)", ("access", "correction", "erasure", "copy", "stop of processing")),
    "SG": ("PDPA s. 16, 21, 22", ("access", "correction", "withdrawal of consent")),
    "IN": ("SPDI Rules 2011 r. 5(6)-(7)", ("access", "correction", "withdrawal of consent")),
    "MY": ("PDPA 2010 s. 7, 30, 34, 38", ("access", "correction", "withdrawal of consent")),
    "US-CA": (
        "Cal. Civ. 1798.105, 1798.106, 1798.110, 1798.120, 1798.130(a)(5)",
        ("access", "correction", "erasure", "opt-out of sale or sharing"),
    ),
}
_CORE = (
    "Cal. Civ. 1798.130(a)(5); GDPR Art. 13(2)(b); PDPO DPP1(3)(b)(ii); PIPL Art. 17(1)(3)",
    ("access", "correction", "erasure"),
)


# in Chinese the verb alone says little: one visits a site and deletes a project; here it is data that one sees or deletes
_DATA = r"(?:信息|资料|数据|副本|账户|账号|帐户|帐号|请求|权(?=利|[，。；、])|权$)"
_CJK_OFFERS = {
    "access": Phrase(
        rf"(?:查询|查阅|访问|阅览|查看|复制|知悉)[^。；]{{0,24}}{_DATA}|{_DATA}[^。；]{{0,8}}(?:查询|查阅|访问|复制)|(?:要求|请求|申请)[^。；，]{{0,6}}(?:查询|查阅|阅览)|(?:查明|得知|知道|获知|确认|告知)[^。；]{{0,12}}(?:是否|有否|有没有)[^。；，]{{0,4}}(?:持有|存有|保存|处理)|索取[^。；]{{0,8}}(?:副本|复本|资料|信息)"
    ),
    "correction": Phrase(
        rf"(?:更正|改正|修改|补充|更新)[^。；]{{0,24}}{_DATA}|{_DATA}[^。；]{{0,16}}(?:更正|改正|修改|补充)|(?:要求|请求|申请)[^。；，]{{0,6}}(?:更正|改正|修改|补充)"
    ),
    "erasure": Phrase(
        rf"(?:删除(?!项目)|删掉|清除|销毁)[^。；]{{0,24}}{_DATA}|{_DATA}[^。；]{{0,30}}(?:删除|删掉|清除)|(?:要求|请求|申请)[^。；，]{{0,6}}删除"
    ),
}


# an item of a list of rights needs no object: "4. 请求删除"
_CJK_ITEM = {
    "access": Phrase(
        r"^\W*\d*\W*(?:查询|查阅|阅览|访问)|^\W*\d*\W*(?:请求|要求|申请)[^。；]{0,6}(?:查询|查阅|阅览)"
    ),
    "correction": Phrase(r"^\W*\d*\W*(?:(?:请求|要求|申请)[^。；]{0,6})?(?:更正|补充|修改)"),
    "erasure": Phrase(r"^\W*\d*\W*(?:(?:请求|要求|申请)[^。；]{0,12})?(?:删除)"),
    "copy": Phrase(r"^\W*\d*\W*(?:(?:请求|要求|申请)[^。；]{0,6})?(?:复制|副本|复本|制给)"),
}
_ITEM_LENGTH = 20
# staff who may look, pages that people look at, and what nobody may copy
_CJK_NO_RIGHT = Phrase(
    r"(?:限制|控制|授权|有权)[^。；，]{0,6}(?:访问|接触|查阅)[^。；，]{0,8}(?:人员|员工|权限|范围)|访问(?:网站|网页|本站|我们的网站)时|(?:擅自|不得|禁止)[^。；]{0,12}复制"
)


def _listed_right(reading: Reading, right: str) -> bool:
    about = f"{reading.lead} {' '.join(simplified(title) for title in reading.sentence.section)}"
    return (
        len(reading.low) <= _ITEM_LENGTH
        and "权" in about
        and _CJK_ITEM[right].search(reading.low) is not None
    )


def _cjk_right(reading: Reading, right: str) -> bool | None:
    """Whether a Chinese sentence with the verb of a right gives it, or None where that needs a closer look."""
    if right in _CJK_ITEM and _listed_right(reading, right):
        return True
    if right in _CJK_OFFERS and not _CJK_OFFERS[right].search(reading.low):
        return False
    return False if right in {"access", "copy"} and _CJK_NO_RIGHT.search(reading.low) else None


def _offered(doc: Document, right: str) -> bool:
    if any(_offers(h.reading, right) for h in doc.hits(_RIGHTS[right])):
        return True
    if right == "correction" and any(headed(h.reading, right) for h in doc.hits(_RIGHTS[right])):
        return True
    plain = IN_OTHER_WORDS.get(right)
    return plain is not None and any(
        (_RIGHT_CUE.search(h.reading.low) is not None or "residents" in h.reading.words or "opt" in right)
        and not h.reading.told
        and not {"child", "children", "cookie", "cookies", "newsletter", "notify"} & h.reading.words
        for h in doc.hits(plain)
    )


_PERSON = frozenset("you your right rights request requests account individual individuals".split())


def _offers(reading: Reading, right: str) -> bool:
    low = reading.low
    if reading.cjk and (known := _cjk_right(reading, right)) is not None:
        return known
    if (
        not _RIGHT_CUE.search(low)
        and not (_RIGHT_CUE if reading.cjk else _MAY_HAVE).search(reading.lead)
        and not any("right" in s.lower() for s in reading.sentence.section)
    ):
        return False
    if "policy" in reading.words and "change" in reading.acts and not {"data", "information"} & reading.words:
        return False
    if right == "erasure" and (
        "does not mean" in low or "discarded" in reading.words or _OFF_LIST.search(low)
    ):
        return False
    if right == "access" and _NO_DATA.search(low):
        return False
    children = {"child", "children"} & reading.words
    if right in {"erasure", "correction", "access"} and (
        children or "cookies" in reading.words or "cookie" in reading.words
    ):
        return False
    if (
        right == "erasure"
        and "erase" in reading.acts
        and not _PERSON & reading.words
        and not _MAY_HAVE.search(reading.lead)
        and not reading.cjk
        and "art" not in low
    ):
        return False
    if right == "complaint to an authority" and _COOPERATES.search(low):
        return False
    if any(p.search(low) for p in _NOT_THEIRS.get(right, ())):
        return False
    if right == "access":
        return (
            not {"unauthorized", "unauthorised", "grant", "limited", "restricted", "employees"}
            & reading.words
            and "when you access" not in low
            and "order to access" not in low
            and not reading.refuses & {"share"}
            and not _SEE_PAGE.search(low)
            and not reading.heading
        )
    if right == "correction":
        return not {"policy", "statement", "notice"} & reading.words and (
            _CORRECTED.search(low) is not None or _RECORD.search(low) is not None or bool(reading.lead)
        )
    return True


# who else has access, what the text itself tells, and what is put right or thrown away without anybody's asking
_NOT_THEIRS = {
    "access": (
        Phrase(
            r"^(?!.*\b(?:right|request\w*)\b)(?!.*\b(?:you|users?|customers?|individuals?|members?|clients?|subscribers?)\b (?:\w+ ){0,3}?(?:have|has|get|gets) access\b).*\b(?:have|has|get|gets|need) access to\b"
        ),
        Phrase(
            r"\b(?:below|here|in this \w+|following)\b[^.;]{0,20}\bwe (?:will |shall )?(?:tell|explain|inform) you\b"
        ),
    ),
    "correction": (
        Phrase(
            r"^(?!.*\b(?:right|request\w*|your (?:information|data|details|account|profile))\b).*\bthe correct \w+"
        ),
        Phrase(
            r"^(?!.*\b(?:right|request\w*)\b).*\b(?:update our (?:own )?records|inform you (?:about|of) [^.;]{0,40}updat\w+)\b"
        ),
    ),
    "erasure": (
        Phrase(r"\b(?:delete|erase|remove)s?\b[^.;]{0,80}\b(?:up)?on our (?:request|instructions?)\b"),
    ),
}

# off a mailing list, and on a site: no data is erased or seen
_OFF_LIST = Phrase(
    r"\b(?:remove|delete|take)\w* (?:yourself|you|your (?:name|address|e-?mail(?: address)?)|them) (?:off |from )(?:these|our|the|any|this|such|all)? ?(?:\w+ )?(?:mailings?|lists?|newsletters?|e-?mails?|correspondence|communications)\b"
)
_NO_DATA = Phrase(
    r"\baccess (?:on|to) (?:the )?(?:internet|network|web)\b|\b(?:access|visit|browse|view) (?:our|the|this) (?:web ?sites?|web site|sites?|home ?page)\b[^.;]{0,60}\bwithout\b"
)
# the company's word to authorities is no right of the person
_COOPERATES = Phrase(
    r"\b(?:cooperate|co-operate|work|liaise)s? (?:fully )?with (?:the |any |appropriate |relevant |local )*(?:\w+ )?(?:regulatory |data protection |supervisory )*authorit"
)
# a pointer to another page shows nobody his data
_SEE_PAGE = Phrase(
    r"\bsee (?:this|our|the following|the) (?:\w+ )?(?:page|website|faq|article|link)\b|\bsee:? https?:"
)
_CORRECTED = Phrase(r"\b(?:fix|put right|correct(?:ion|ed|ing|s)?|rectif\w+)\b|更正|改正|修改")
_RECORD = Phrase(r"\b(?:information|data|details|account|profile|pii|same|records?|what is wrong)\b|信息")


_PROMISED = Phrase(
    r"(?:了解|知悉|说明|阐述)[^。；]{0,50}(?:拥有|享有|您)的?(?:各项)?权利|"
    r"\b(?:explains?|describes?|tells?|sets? out|learn|understand|informs?)\b[^.;]{0,120}\b(?:your|the) (?:privacy )?rights\b(?! reserved)"
)
_EARLY = 12


_SHOWN = 8


def _named(doc: Document) -> list[Reading]:
    """Where a reader looks for the missing rights: what promises them, and the sentences that name the others."""
    about = [h.reading for h in doc.hits(_PROMISED) if h.reading.index < _EARLY]
    offers = [
        h.reading
        for right in _CORE[1]
        for h in doc.hits(_RIGHTS[right])
        if _offers(h.reading, right) and _OWN.search(h.reading.low)
    ]
    offers += [
        h.reading for h in doc.hits(_CALIFORNIAN) if "right" in h.reading.low or _OWN.search(h.reading.low)
    ]
    kept = sorted({r.index: r for r in offers if r not in about}.values(), key=lambda r: r.index)
    return [*about, *kept[:_SHOWN]]


_OWN = Phrase(
    r"\b(?:you (?:may|can|have)|your rights?|right to|rights? of|request\w*|individuals? (?:may|can|have)|residents? (?:may|can|have))\b|您(?:可以|有权|可)|权利"
)


# laws under which consent is the rule, whatever the text says of it
_BY_CONSENT = ("PIPL", "PDPA s. 16", "SPDI")


def missing(doc: Document) -> Iterator[Finding]:
    """Rights that the law asks to name (rule rights-missing)."""
    wanted: dict[str, None] = {}
    laws: list[str] = []
    regimes = sorted(doc.places & _LAW.keys(), key=list(_LAW).index)
    for law, rights in [_LAW[r] for r in regimes] or [AUSTRALIAN if doc.says(PRINCIPLES) else _CORE]:
        absent = [
            r
            for r in rights
            if not _offered(doc, r)
            and (r != "copy" or doc.chinese)
            and (r != "closing the account" or _accounts(doc))
            and (r != "stop of processing" or doc.chinese)
            and (r != "withdrawal of consent" or law.startswith(_BY_CONSENT) or _uses_consent(doc))
        ]
        if absent:
            laws.append(law)
            wanted |= dict.fromkeys(absent)
    if doc.chinese and not _deadlines(doc) and not _answered_soon(doc):
        wanted["the time in which a request is answered"] = None
        laws = laws or ["PIPL Art. 50; PDPA (TW) Art. 13; PDPO s. 19"]
    if wanted:
        yield report(
            "missing-mandatory/rights-missing",
            "warn",
            _named(doc),
            f"rights of the person that the text does not mention: {', '.join(wanted)}",
            hint="name each right, how to use it, and how long an answer takes",
            law="; ".join(laws),
        )


_ACCOUNTS = Phrase(
    r"注册(?!地|商|局|资本|域名|公司|会计)[^。；]{0,12}(?:账号|账户|用户|会员)|(?:账号|账户)[^。；]{0,6}注册|创建[^。；，]{0,4}(?:账号|账户)|您的(?:账号|账户)"
)


def _accounts(doc: Document) -> bool:
    """Whether people have accounts, in Chinese."""
    return doc.chinese and doc.says(_ACCOUNTS)


def _answered_soon(doc: Document) -> bool:
    """Whether a deadline is told in words, which is a finding of its own, or for questions in general."""
    return any(
        any(word in r.low for word in ("答复", "回复", "响应", "准驳", "回应"))
        and (_VAGUE.search(r.low) or spans(r.low))
        for r in doc.body
    )


_VAGUE = Phrase(r"尽快|及时|合理(?:的)?(?:期限|时间)|尽早|一定期限")


def _uses_consent(doc: Document) -> bool:
    return any("consent" in r.words or "同意" in r.low for r in doc.body)


_ANSWERED = Phrase(
    r"\b(?:respond|reply|answer|process|comply|act|complete|deal|fulfil|handle)\w*\b.{0,80}\b(?:within|in|"
    r"no later than|up to|take)\b|\brequests?\b.{0,60}\b(?:within|up to|take)\b|答复|回复|响应|反馈|准驳|回应|处理[^。；，]{0,6}(?:请求|申请)",
)
_REQUEST = Phrase(r"\brequests?\b|\benquir|\bcomplaints?\b|请求|申请|要求|投诉|查询|联系我们|意见")
_LONGER = Phrase(r"\bextend|\bfurther|\bcomplex|\badditional|\bconfirm|延长|复杂|核实后|特殊情况")
_KINDS = frozenset("access correction deletion erasure portability unsubscribe complaint complaints".split())
_CJK_KINDS = ("查询", "更正", "删除", "注销", "投诉", "退订", "导出", "复制", "撤回")


def _deadlines(doc: Document) -> list[Reading]:
    return [
        r
        for r in doc.body
        if spans(r.low)
        and _ANSWERED.search(r.low)
        and _REQUEST.search(r.low)
        and not r.told
        and "retain" not in r.acts
    ]


def late(doc: Document) -> Iterator[Finding]:
    """Answers later than the law allows, or two deadlines (rules deadline-too-long, period-conflict)."""
    deadlines = [r for r in _deadlines(doc) if not _california(r)]
    slow = [
        r
        for r in deadlines
        if doc.places & {"EU", "UK"} and min(spans(r.low)) > 31 and not _LONGER.search(r.low)
    ]
    slow += [
        r
        for r in deadlines
        if doc.places & {"HK"} and not doc.places & {"EU", "UK"} and min(spans(r.low)) > 40
    ]
    if slow:
        yield report(
            "risky-promise/deadline-too-long",
            "warn",
            slow,
            "requests are answered later than the law allows (one month under the GDPR, 40 days under the "
            "PDPO)",
            hint="promise the statutory time or less",
            law="GDPR Art. 12(3); PDPO s. 19; Cal. Civ. 1798.130(a)(2)",
        )
    plain = [r for r in deadlines if len(spans(r.low)) == 1 and not _LONGER.search(r.low)]
    for place, one in enumerate(plain):
        for other in plain[place + 1 :]:
            if spans(one.low) != spans(other.low) and _same_duty(one, other):
                yield report(
                    "contradiction/period-conflict",
                    "block",
                    (one, other),
                    f"two deadlines for the same duty: {quoted([h for h in doc.hits(_ANSWERED) if h.reading in (one, other)])}",
                    hint="keep one deadline",
                    law="GDPR Art. 12(3)",
                )


def _same_duty(one: Reading, other: Reading) -> bool:
    """Whether two sentences are about the answer to the same kind of request."""
    if one.cjk and other.cjk:
        asked = [{kind for kind in _CJK_KINDS if kind in r.low} for r in (one, other)]
        return asked[0] == asked[1]
    return one.words & _KINDS == other.words & _KINDS and len(one.stems & other.stems) > 2


def _california(reading: Reading) -> bool:
    return "california" in reading.low or any("california" in s.lower() for s in reading.sentence.section)


_FEE = Phrase(
    r"(?:eur|usd|gbp|€|\$|£) ?\d+|"
    r"\b(?:charge|fee|fees|cost|costs|pay)\b|收费|费用",
)
_FREE = Phrase(
    r"\b(?:free of charge|no (?:fee|charge)|without charge|unfounded|excessive|repetitive|further copies|"
    r"additional copies|not charge|free)\b|免费",
)


_SMALL_FEE = Phrase(
    r"\b(?:small|modest|reasonable|nominal|administrative|administration) (?:\w+ )?(?:charge|fee)\b.{0,40}\b(?:this|service|request|copy)|\b(?:charge|fee) for this (?:service|request)\b"
)


def fees(doc: Document) -> Iterator[Finding]:
    """Money for a right that is free (rule rights-fee)."""
    if not doc.places & {"EU", "UK", "US-CA"}:
        return
    hits = [
        h
        for h in doc.hits(_FEE)
        if _REQUEST.search(h.reading.low)
        and {"access", "copy", "request", "requests"} & h.reading.words
        and not _FREE.search(h.reading.low)
        and "section" not in h.reading.words
    ]
    hits += [
        h
        for h in doc.hits(_SMALL_FEE)
        if h not in hits
        and any({"copy", "access"} & r.words for r in doc.near(h.reading, 2, 0))
        and not _FREE.search(h.reading.low)
    ]
    hits = [h for h in hits if "payment" not in h.words.lower() and "collect" not in h.reading.acts]
    if hits:
        yield report(
            "risky-promise/rights-fee",
            "warn",
            of(hits),
            f"money is asked for a right that is free: {quoted(hits)}",
            hint="charge nothing, unless a request is manifestly unfounded or excessive",
            law="GDPR Art. 12(5); Cal. Civ. 1798.130(a)(2)",
        )


_LAWS = Phrase(
    r"\b(?:laws? (?:and|or) (?:administrative )?regulations?|applicable laws?|relevant laws?|"
    r"required by (?:applicable )?law|as required by law|prohibited by law|permitted by law|"
    r"when required by law|local laws?|laws?, regulations)\b|所在(?:国|地)(?:家)?(?:的)?法律|法律(?:法规|规定)|相关法律",
)


_DECIDED = Phrase(
    r"\b(?:rights?|retain\w*|retention|kept|keep|stor\w+|breach\w*|incident\w*|delet\w+|eras\w+|consent\w*|collect\w*|use[sd]?|process\w*|"
    r"comply|complies|compliance|responsib\w+|accordance|applicable|relevant|regulations?|prohibited|permitted|notify|report\w*)\b|[\u4e00-\u9fff]"
)


# an act on privacy, data or communications, or the laws of a country by its name
_STATUTE = re.compile(
    r"\b(?:Privacy|Data|Information|Communications?|Electronic|Protection|Interception|Surveillance)\b[\w ,()&'-]{0,70}?\b(?:Act|Law|Ordinance|Code|Regulations?)\b"
)


def _named_law(doc: Document) -> bool:
    """Whether any sentence names an act, or the law of a country."""
    return any(_STATUTE.search(r.text) or (_OF_COUNTRY.search(r.low) and countries(r.low)) for r in doc.body)


_OF_COUNTRY = Phrase(
    r"\b(?:laws?|legislation|regulations?) (?:and (?:\w+ )?regulations? )?(?:of|in) (?:the )?(?:\w+ of )?[a-z]+|"
    r"\b(?:[a-z]+(?:ian|ish|ese|an|ch)) (?:data protection |privacy )?(?:laws?|legislation)\b"
)


def _ordered(hit: Hit) -> bool:
    """Whether law is only named as what may order a disclosure."""
    return "required by" in hit.words.lower() and hit.reading.does("share") and not hit.reading.exempted


# a company or a landline of the mainland: which law is meant needs no name
_MAINLAND = Phrase(
    r"(?:北京|上海|天津|重庆|深圳|广州|杭州|南京|苏州|成都|武汉|西安|长沙|厦门|青岛|合肥|郑州|珠海|宁波|无锡|[（(][\u4e00-\u9fff]{2,3}[）)])[\u4e00-\u9fff]{0,16}有限公司|"
    r"营业执照|实名认证|(?:网信|工信)部门|(?:固话|座机|电话|热线)[^。；，\d]{0,6}0\d{2,3}[- ]?\d{7,8}(?!\d)"
)


_FOREIGN = Phrase(r"所在(?:国|地|法域)|当地法|外国法|其他国家|适用的法律(?!法规)")


_SOME_LAND = Phrase(r"所在(?:的)?司法(?:管辖|辖)区")


def unnamed_law(doc: Document) -> Iterator[Finding]:
    """Laws that decide and are not named (rule jurisdiction-unspecified)."""
    hits = doc.hits(_LAWS)
    if (
        hits
        and not doc.named
        and not doc.says(_MAINLAND)
        and not (
            doc.chinese
            and "CN" in doc.places
            and not any(_FOREIGN.search(h.reading.low) for h in hits)
            and not doc.says(_SOME_LAND)
        )
        and not _named_law(doc)
        # "as the law asks", in the words of Taiwan, leaves no doubt which law is meant
        and not (
            any("蒐集" in r.text for r in doc.body) and not any(_FOREIGN.search(h.reading.low) for h in hits)
        )
        and any(_DECIDED.search(h.reading.low) and not _ordered(h) for h in hits)
    ):
        yield report(
            "missing-mandatory/jurisdiction-unspecified",
            "block",
            of(hits),
            f"rights, storage and disclosure depend on a law that is not named: {quoted(hits)}",
            hint="name the law and the country (PDPO, PIPL, GDPR, ...)",
            law="GDPR Art. 3, 13; PIPL Art. 3, 17; PDPO DPP1(3), DPP5; PDPA s. 11",
        )


_SALE = Phrase(r"\b(?:sell|sale|selling|sold)\b")
_SIGNAL = Phrase(
    r"\bdo[- ]not[- ]track\b|\bdnt\b|\bglobal privacy control\b|\bgpc\b|\bopt-out preference signal",
)


_CALIFORNIAN = Phrase(
    r"\bccpa\b|\bcpra\b|\bcalifornia (?:consumer|privacy|residents?|law|online)|\bresidents? of california|\bcaloppa\b|\b1798\.1\d\d\b|\b22575\b"
)


def california(doc: Document) -> Iterator[Finding]:
    """What California asks to state (rules sale-missing, signals-missing)."""
    if "US-CA" not in doc.places:
        return
    sale = [h for h in doc.hits(_SALE) if not {"business", "assets", "merger"} & h.reading.words]
    if not sale:
        yield report(
            "missing-mandatory/sale-missing",
            "warn",
            (),
            "nothing says whether personal information is sold or shared for advertising, and how to opt out",
            hint='state it for the last 12 months, and link "Do Not Sell or Share My Personal Information" if it is',
            law="Cal. Civ. 1798.120, 1798.130(a)(5)(C), 1798.135",
        )
    if not doc.says(_SIGNAL) and doc.says(_CALIFORNIAN):
        yield report(
            "missing-mandatory/signals-missing",
            "warn",
            (),
            "nothing says how browser signals (Do Not Track, Global Privacy Control) are treated",
            hint="say how the site responds to the signals; the Global Privacy Control must be honoured as an opt-out",
            law="Cal. Bus. & Prof. 22575(b)(5); Cal. Civ. 1798.135(b); 11 CCR 7025",
        )


DETECTORS = (missing, late, fees, unnamed_law, california)
