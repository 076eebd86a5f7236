"""Rights that people may use only now and then, for a special reason, or with proof that the law does not ask for."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_NUMBER = r"(?:\d{1,2}|one|two|three|four|six|nine|twelve|eighteen|twenty-four)"
_SPAN = rf"(?:{_NUMBER} (?:\(\d+\) )?(?:days|weeks|months|years)|(?:a|one|each|every|any|the same) (?:calendar )?(?:month|quarter|half-year|year)|(?:calendar )?(?:month|quarter|half-year|year))"
_ASKED = r"(?:requests?|access|cop(?:y|ies)|information|enquir(?:y|ies)|inquir(?:y|ies)|applications?|data)"
_MINE = r"(?:access|cop(?:y|ies)|eras\w+|delet\w+|correct\w*|rectif\w+|portab\w+|requests?|rights?|information (?:about|we hold|held|on) you|your (?:personal )?(?:data|information))"
# how often somebody may ask
_SELDOM = Phrase(
    rf"\b{_ASKED}\b[^.;]{{0,60}}\bonly\b[^.;]{{0,40}}\b(?:if|when|where|after|once)\b[^.;]{{0,20}}\b(?:more than |at least )?{_SPAN}\b[^.;]{{0,40}}\b(?:since|after|from|between|elapsed|lapsed|passed)\b|"
    rf"\b{_ASKED}\b[^.;]{{0,60}}\b(?:only once|once only|no more than (?:once|one|twice)|not more (?:often )?than (?:once|one|twice)|at most (?:once|one|twice)|a maximum of (?:one|two|once|twice)|limited to (?:one|once|two|twice))\b[^.;]{{0,30}}\b(?:per|every|in|within|during|a|each)\b ?{_SPAN}\b|"
    rf"\b(?:only once|once only|no more than (?:once|one|twice)|not more (?:often )?than (?:once|one|twice)|at most (?:once|one|twice)|one \w+) (?:\w+ ){{0,6}}?(?:per|every|in|within|in any|during) {_SPAN}\b[^.;]{{0,80}}\b{_MINE}\b|"
    rf"\b{_MINE}\b[^.;]{{0,40}}\b(?:once|one time) (?:per|every|in|within|in any|during|a) {_SPAN}\b|"
    r"(?:每(?:年|半年|季度|月|六个月|12个月)|(?:一|半|1)年内|(?:六|三|3|6|十二|12)个月内)[^。；，]{0,8}(?:仅|只|最多|至多|不得超过|不超过|限)[^。；，]{0,6}(?:一|1|两|2)次[^。；]{0,30}(?:查阅|查询|访问|复制|更正|删除|请求|申请)|"
    r"(?:查阅|查询|访问|复制|更正|删除)[^。；，]{0,20}(?:请求|申请|信息|资料)[^。；]{0,16}(?:每(?:年|半年|季度|月|六个月|12个月)|(?:一|半|1)年内|(?:六|三|3|6|十二|12)个月内)[^。；，]{0,8}(?:仅|只|最多|至多|不得超过|不超过|限)[^。；，]{0,6}(?:一|1|两|2)次"
)
# a reason that nobody has to give
_REASON = Phrase(
    rf"\b{_MINE}\b[^.;]{{0,120}}\b(?:substantiate|demonstrate|show|prove|establish|state|give|provide|have)\b (?:us )?(?:an? |the |your )?(?:special|specific|particular|legitimate|justified|valid|good|sufficient|compelling|reasonable) (?:\w+ )?(?:interest|reason|ground|need|cause)s?\b|"
    rf"\b(?:must|have to|need to|only if you|unless you)\b[^.;]{{0,20}}\b(?:substantiate|demonstrate|show|prove|justify)\b[^.;]{{0,40}}\b(?:interest|reason|need|why)\b[^.;]{{0,60}}\b{_MINE}\b|"
    r"(?:查阅|查询|复制|访问)[^。；]{0,30}(?:须|需|应当?|必须)[^。；]{0,6}(?:说明|证明|提供)[^。；，]{0,8}(?:正当|合理|特殊|充分)?(?:理由|利益|用途|目的)"
)
# proof that has nothing to do with who somebody is
_PROOF = Phrase(
    r"\b(?:access|cop(?:y|ies)|request\w*|eras\w+|delet\w+)\b[^.;]{0,80}\b(?:must|have to|need to|are required to|only if you)\b[^.;]{0,24}\b(?:send|attach|enclose|provide|submit|supply|include)\b[^.;]{0,24}\b(?:cop(?:y|ies)|screenshots?|extracts?|printouts?|originals?|content) of (?:the|your|each|every|all|any)(?: relevant| original)? "
    r"(?!(?:\w+ )?(?:ids?\b|identi|passport|driv|requests?\b|power|authori[sz]|mandate|licen[cs]e|death|card|letter|government|residen|proof))\w+"
)
# the objection needs grounds by law, and a fee-free copy a year, or the two requests of California, is what the law gives
_LAWFUL = Phrase(
    r"\b(?:object\w*|objections?)\b|\bfree(?: of charge)?\b|\bwithout charge\b|\bno (?:charge|cost|fee)\b|\bfee\b|\bcharge\b|\bcalifornia\w*|\bccpa\b|\bcpra\b|\b12-month\b|\bmanifestly\b|\bcredit report|\bpasswords? (?:reset|request)|\bnot (?:have|need) to\b|\bneed not\b|\bwithout (?:giving|stating|having)\b|免费|收费|费用|无需|无须|不必"
)


# what the company does by itself at least so often
_OWN_ROUTINE = Phrase(r"\b(?:at least|not less than) (?:once|one time|twice)\b|至少每")


def seldom(doc: Document) -> Iterator[Finding]:
    """Rights with an interval, a reason or a proof as a condition (rule right-narrowed)."""
    hits = [
        h
        for phrase in (_SELDOM, _REASON, _PROOF)
        for h in doc.hits(phrase)
        if not _LAWFUL.search(h.reading.low) and not _OWN_ROUTINE.search(h.reading.low)
    ]
    if hits:
        unique = list({h.reading.index: h for h in hits}.values())
        yield report(
            "risky-promise/right-narrowed",
            "warn",
            of(unique),
            f"a right can be used only under conditions that the law does not have: {quoted(unique)}",
            hint="answer every request; refuse or charge only those that are manifestly unfounded or excessive, case by case",
            law="GDPR Art. 12(2), 12(5), 15; PIPL Art. 45, 50; PDPO s. 18-20",
        )


DETECTORS = (seldom,)
