"""Absolute and unmeasurable claims, timers without numbers, disclaimers that go too far."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.spans import spans

_LOUD = Phrase(
    r"\b(?:hundred|cent) per ?cent (?:secure|safe|protected)|"
    r"\bensur(?:e|es|ing) (?:that )?[\w ]{2,50}\bwill (?:not|never) be \w+|"
    r"\b(?:hack|bullet|fool)[- ]?proof\b|\b(?:watertight|airtight|iron-?clad|flawless|unbeatable|risk-free)\b|\b(?:maximum|"
    r"total|complete|utmost|full) (?:security|safety|protection)\b|\bcan(?:not| never) be (?:hacked|breached|stolen|leaked|"
    r"lost)|\bzero risk\b|"
    r"\brest assured\b|\bstate[- ]of[- ]the[- ]art\b(?! and)|\b(?:every|utmost|all possible|"
    r"best possible) (?:effort|care|step|measure)s?\b|\bevery effort\b|"
    r"\bto the fullest extent\b(?! (?:permitted|allowed))|"
    r"\b(?:all|every) (?:steps?|measures?) (?:reasonably )?(?:necessary|needed|possible) to ensure|"
    r"\bfully (?:protect\w*|secure\w*|guarantee\w*|safe|encrypted|anonym\w*)|"
    r"\b(?:100 ?%|completely|absolutely|totally|perfectly|entirely|always) (?:secure|safe|protected|"
    r"confidential|private|anonymous)|\babsolute (?:security|safety|protection|confidentiality)|"
    r"\b(?:bank|military|enterprise)[- ](?:grade|level)\b|\bworld[- ]class\b|\bbest[- ]in[- ]class\b|"
    r"\bsecond to none\b|\b(?:un)?(?:breakable|hackable|impenetrable)\b|\bhighest (?:possible )?(?:level|"
    r"standard|degree)s? of (?:\w+ )?(?:security|protection|safety|confidentiality|integrity)|"
    r"\bnever be (?:lost|breached|compromised|hacked|accessed|stolen|leaked)|\b(?:nobody|no one|"
    r"no-one) (?:\w+ ){0,3}can (?:ever )?(?:see|read|access)|\bguarantee(?:s|d)? (?:that |the |your |full |"
    r"complete |total )?\w+|\b(?:very )?best (?:and \w+ )?security\b|\b(?:can|do|"
    r"we) promise (?:you )?that (?:no|your|nobody)|\bno (?:hackers?|attackers?|intruders?|"
    r"criminals?) (?:will|can) (?:ever )?|"
    r"绝对安全|(?:保证|确保).{0,12}(?:绝对|百分之百|万无一失)|绝对保障",
    "hundred|cent per|"
    "ensur|"
    "proof|watertight|airtight|iron|flawless|unbeatable|risk|maximum|total|complete|utmost|full|cannot be|can never be|"
    "rest assured|state|effort|care|step|measure|fullest|fully|100|complete|absolute|totally|perfectly|"
    "entirely|always|bank|military|enterprise|world|best|second to|able|highest|never|nobody|no one|no-one|"
    "promise|no hacker|no attacker|no intruder|no criminal|guarantee|绝对|百分之百|万无一失",
)
_QUIET = Phrase(
    r"\bensur(?:e|es|ing) (?:that )?[\w ]{2,50}\b(?:is|are|be|remains?) (?:\w+ ){1,4}?(?:secure|safe|protected|confidential)\b|"
    r"\bensur(?:e|es|ed|ing) (?:that )?(?:the |your |our |full |data |information |network )*(?:security|"
    r"safety|confidentiality|integrity|protection)\b|"
    r"\bensur(?:e|es|ing) (?:that )?(?:your|the|all|our)?[\w ]{0,40}\b(?:is|are|be|"
    r"remains?) (?:\w+ )?(?:secure|safe|protected|confidential)|\bindustry[- ](?:standard|leading|best)\b|"
    r"\b(?:generally|commonly) accepted (?:\w+ )?standards?\b|\bdesigned to ensure\b|"
    r"(?:确保|保证|保障).{0,12}(?:信息|数据|账号)?安全",
    "ensur|ensur|industry|accepted|确保|保证|保障",
)
_DENIED = Phrase(
    r"\b(?:not|no|never|cannot|can't|impossible|unable|neither|nor|without|isn't|"
    r"aren't)\b[^.;]{0,90}(?:guarantee|warrant|ensur|assur|secure|safe|100|complete|total|full |absolute|perfect)|"
    r"appropriate (?:to|level)|无法保证|"
    r"不能保证|并非绝对",
    "not|no|never|cannot|can't|impossible|unable|neither|nor|without|isn't|aren't|appropriate|无法|不能|并非",
)
_FITTING = Phrase(
    r"\blevel of (?:security|protection|\w+) appropriate|\bappropriate to the risk|\bart(?:icle|\.) ?32|"
    r"by contract",
    "level of|appropriate|art|by contract",
)


def _claimed(doc: Document, phrase: Phrase) -> list[Hit]:
    return [
        h
        for h in doc.hits(phrase)
        if not _DENIED.search(h.reading.low)
        and not _FITTING.search(h.reading.low)
        and not _questioned(h.reading)
    ]


def _questioned(reading: Reading) -> bool:
    return "parental" in reading.words


def absolute(doc: Document) -> Iterator[Finding]:
    """Wording that promises a result or can not be measured (rule absolute-claim)."""
    loud = _claimed(doc, _LOUD)
    loud += [h for h in doc.hits(_LOUD) if h not in loud and "effort" in h.words.lower()]
    quiet = [h for h in _claimed(doc, _QUIET) if not any(h.reading is x.reading for x in loud)]
    if loud or quiet:
        disclaimed = any(
            _DENIED.search(r.low) and ("guarantee" in r.low or "secure" in r.low) for r in doc.body
        )
        tail = "; elsewhere the text says that it can not guarantee security" if disclaimed else ""
        yield report(
            "unenforceable/absolute-claim",
            "warn" if loud else "info",
            of((*loud, *quiet)),
            f"absolute or unmeasurable wording: {quoted((*loud, *quiet))}{tail}",
            hint="say which measures are taken instead of which result is promised",
            law="GDPR Art. 5(1)(a), 32; FTC Act s. 5; PIPL Art. 51",
        )


_TIMER = Phrase(
    r"\b(?:a|any|some) reasonable (?:period|time|amount of time|timeframe|time frame)\b|"
    r"\bat (?:our|the) earliest (?:convenience|opportunity)\b|\brapidly\b|\bin good time\b|\bin the near future\b|\b(?:as|"
    r"when) time permits\b|\bwhen we can\b|"
    r"\bpromptly\b|\bin a timely (?:manner|fashion|way)\b|\btimely (?:respon|notif|inform|repl)\w*|"
    r"\bas (?:soon|quickly|fast) as (?:is |reasonably |we )*(?:possible|practicable|feasible|can)|"
    r"\b(?:within|after|in) (?:a|an|any) (?:reasonable|certain|appropriate) (?:period|time|amount of time|"
    r"timeframe|time frame)|\bactively monitored\b|\b(?:shortly|soon|speedily|expeditiously|"
    r"swiftly)\b(?! as)|\bin due (?:course|time)\b|"
    r"\b(?:periodically|regularly|from time to time) (?:delete|destroy|erase|purge|remove|review)|"
    r"\bquickly\b|及时|尽快|(?:合理|适当)(?:的)?(?:期限|时间)(?:内)?|定期(?:删除|清理)",
    "reasonable|"
    "earliest|rapidly|good time|near future|time permits|when we can|"
    "prompt|timely|as soon|as quickly|as fast|within|after|in a|actively|shortly|soon|speedily|expeditious|"
    "swiftly|due|periodic|regularly|from time|quickly|及时|尽快|期限|时间|定期",
)
_DUTY = Phrase(
    r"\b(?:respond|repl(?:y|ies)|redress|grievance|attend|communicat|announc|answer|notif|inform|delete|erase|destroy|"
    r"correct|assist|assistance|"
    r"address|handle|process|request|remed|unsubscrib|verify|feedback|tell|back to you|stop|complaint|"
    r"inbox|monitored|dealt|remov|contact you|review|purge)\w*|答复|回复|告知|通知|删除|处理|反馈|响应|更正",
    "",
)
_NO_DUTY = Phrase(
    r"\baccurate and timely|\bpromptly (?:remind|discover)|\bsoon as you|\bhow (?:soon|quickly)|"
    r"\bnotify us|\bcontact us (?:immediately|promptly)|\byou (?:must|should|agree to) (?:promptly|notify)",
    "timely|promptly|soon|quickly|notify us|contact us|you ",
)
_PERIOD = Phrase(
    r"(?:reasonable|certain|appropriate) (?:period|time|amount)|合理|适当",
    "reasonable|certain|appropriate|合理|适当",
)


def _measured(doc: Document, reading: Reading) -> bool:
    return any(
        spans(r.low)
        for r in doc.near(reading, 0, 1)
        if r.sentence.paragraph == reading.sentence.paragraph or r is reading
    )


def timers(doc: Document) -> Iterator[Finding]:
    """Duties with a deadline that has no number (rule vague-timer)."""
    hits = [
        h
        for h in doc.hits(_TIMER)
        if _DUTY.search(h.reading.low)
        and not _NO_DUTY.search(h.reading.low)
        and not h.reading.told
        and not _measured(doc, h.reading)
        and not _keeps(h)
    ]
    if hits:
        period = any(_PERIOD.search(h.words.lower()) for h in hits)
        yield report(
            "undefined-term/vague-timer" if period else "unenforceable/vague-timer",
            "warn",
            of(hits),
            f"a deadline without a number: {quoted(hits)}",
            hint="state the number of days, and the statutory limit where there is one",
            law="GDPR Art. 12(3), 33, 34; PDPO s. 19; PIPL Art. 50, 57; Cal. Civ. 1798.130(a)(2)",
        )


def _keeps(hit: Hit) -> bool:
    return (hit.words.lower().startswith("after") and hit.reading.does("retain")) or (
        hit.reading.does("retain")
        and _PERIOD.search(hit.words.lower()) is not None
        and "answer" not in hit.reading.acts
    )


_NOT_LIABLE = Phrase(
    r"\b(?:not|never|no) (?:be |accept \w+ |assume \w+ |bear \w+ |have \w+ )?(?:held )?(?:responsible|"
    r"liable|liability|responsibility)\b.{0,140}\b(?:loss|damages?|breach|unauthori[sz]ed|security|"
    r"disclosure|leak|theft|protecting|data|information)|"
    r"\bshall not be liable\b|\bsolely responsible\b|\bat your own risk\b|\bdisclaims? (?:any|"
    r"all) (?:and all )?(?:liability|responsibility|warrant)|\bcannot be (?:held )?(?:responsible|liable)|"
    r"不承担(?:任何)?责任|概不负责|风险自负",
    "responsib|liab|risk|disclaim|责任|负责|自负",
)
_ELSEWHERE = Phrase(
    r"\b(?:third[- ]party|other|these|those|such|external|linked|their)\b.{0,30}\b(?:sites?|websites?|"
    r"services|apps?|policies|policy|links?)\b|第三方网站",
    "third|other|these|those|such|external|linked|their|第三方",
)


def disclaimers(doc: Document) -> Iterator[Finding]:
    """Responsibility for security pushed away (rule disclaimer-overbroad)."""
    hits = [h for h in doc.hits(_NOT_LIABLE) if not _ELSEWHERE.search(h.reading.low)]
    if hits:
        yield report(
            "unenforceable/disclaimer-overbroad",
            "warn",
            of(hits),
            f"responsibility that the law leaves with the company is pushed away: {quoted(hits)}",
            hint="say what the user should do, and leave liability to the law",
            law="GDPR Art. 5(2), 24, 32, 82; PIPL Art. 69; PDPO s. 66",
        )


_WAIVED = Phrase(
    r"\b(?:you|users?) (?:\w+ )?(?:waive|release us|give up|relinquish|forfeit)\b|\bwaive(?:s|r)? (?:any|"
    r"all|your)|\b(?:perpetual|irrevocable)\b.{0,60}\b(?:licen[cs]e|consent|right)|"
    r"\birrevocabl\w+ (?:agree|consent)|\bhold (?:us )?harmless|放弃.{0,10}权利|不可撤销",
    "waive|release us|give up|relinquish|forfeit|perpetual|irrevocab|harmless|放弃|不可撤销",
)


def waivers(doc: Document) -> Iterator[Finding]:
    """Rights the person is made to give up (rule rights-waiver)."""
    hits = [h for h in doc.hits(_WAIVED) if not h.reading.refuses and "not waive" not in h.reading.low]
    if hits:
        yield report(
            "risky-promise/rights-waiver",
            "block",
            of(hits),
            f"people are made to give up rights that can not be given up: {quoted(hits)}",
            hint="remove the waiver",
            law="GDPR Art. 7(3), 77-82; Cal. Civ. 1798.192; PIPL Art. 44, 69",
        )


DETECTORS = (absolute, timers, disclaimers, waivers)
