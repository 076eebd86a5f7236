"""What one opt-out covers, and what is kept of a person who has opted out."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_SERVICE = Phrase(
    r"\b(?:(?:communicate|contact|correspond|get in touch) (?:with )?you|(?:notify|inform) you|respond to|(?:service|account|administrative|technical|security|billing|transactional) (?:\w+ )?(?:notices?|messages?|e-?mails?|announcements?|alerts?|updates?|communications?)|"
    r"(?:notices?|notifications?|updates?) (?:about|on|regarding|concerning) (?:your|the) (?:account|services?|orders?))\b|"
    r"(?:与您(?:联系|沟通)|服务(?:通知|消息|信息)|账[户号](?:通知|消息)|安全(?:通知|提醒))"
)
_PROMOTION = Phrase(
    r"\b(?:(?:products?|services?|information|offers?|events?)\b[^.;]{0,40}\b(?:may|might|could|will) (?:be of )?(?:\w+ )?interest|promot\w+|marketing|advertis\w+|newsletters?|special offers?|offers|deals|discounts)\b|"
    r"营销|推广|促销|优惠|广告|(?:可能)?感兴趣的"
)
_SURVEY = Phrase(
    r"\b(?:surveys?|market research|questionnaires?|polls?|feedback requests?)\b|调查|问卷|市场研究"
)
_STOP = Phrase(
    r"\bopt[- ]?out\b[^.;]{0,40}\b(?:such|these|those|this|any|all|our)\b[^.;]{0,20}\b(?:information|communications?|messages?|e-?mails?|mailings?|notices?|correspondence)\b|"
    r"\bunsubscribe\b[^.;]{0,30}\b(?:such|these|those|this|any|all|our)\b|(?:退订|拒绝接收|取消接收|拒收)[^。；]{0,10}(?:此类|上述|这些|该等)"
)
_IMPORTANT = Phrase(
    r"\b(?:important|essential|critical|mandatory|necessary|required) (?:\w+ )?(?:notices?|messages?|announcements?|communications?|information|updates?)\b|(?:重要|必要)的?(?:通知|公告|信息|消息)"
)


def _whole(doc: Document, stop: Reading) -> list[Reading]:
    """The item that an opt-out belongs to: its own sentence and those before it in the paragraph or list item."""
    before = [r for r in doc.near(stop, 2, 0) if r.index < stop.index]
    if _PROMOTION.search(stop.low) and _SERVICE.search(stop.low):
        return [stop]
    return [*before[-1:], stop]


def lumped(doc: Document) -> Iterator[Finding]:
    """Service messages, advertising and surveys under one opt-out (rule optout-scope)."""
    for hit in doc.hits(_STOP):
        unit = _whole(doc, hit.reading)
        low = " ".join(r.low for r in unit)
        if not (_SERVICE.search(low) and _PROMOTION.search(low) and _SURVEY.search(low)):
            continue
        notices = [h.reading for h in doc.hits(_IMPORTANT) if h.reading not in unit]
        yield report(
            "risky-promise/optout-scope",
            "warn",
            (*unit, *notices[:1]),
            f"one opt-out covers service messages, advertising and surveys alike: {quote([hit.words])}",
            hint="list the service messages that come in any case, and let people stop advertising and surveys one by one",
            law="GDPR Art. 21(2)-(3); ePrivacy Dir. Art. 13; PDPO 35J-35K; PIPL Art. 24",
        )


_LEAVE = Phrase(
    r"\b(?:un-?subscribe|opt[- ]?out|cancel (?:your|the|this) subscription|remove yourself)\b[^.;]{0,60}\b(?:at )?any ?time\b|"
    r"\b(?:at )?any ?time,? (?:\w+ ){0,3}(?:un-?subscribe|opt[- ]?out)\b|(?:可以?|有权)随时(?:退订|取消订阅|拒绝接收)"
)
_HOW = Phrase(
    r"\b(?:by|click\w*|links?|e-?mail us|e-?mailing|contact\w*|writ\w+|call\w*|visit\w*|settings?|preferences|account|panel|forms?|instructions?|repl\w+|send\w*|following|via|through|footer|"
    r"bottom|using|log(?:ging)? in|here|notif\w+|tell\w*|inform(?:ing)? us|request\w*)\b|@|https?:|通过|点击|链接|联系|邮件中|回复|设置|发送|按照|关闭|按钮"
)


# a sentence beside it that is about the way out, and not about something else that is sent
_OF_THIS = Phrase(
    r"\bopt(?:ing)?[- ]?out\b|\bunsubscri\w+|\b(?:do|doing) (?:so|this)\b|\b(?:stop|remov|cancel|leav|withdr|declin|refus|no longer|prefer not)\w*|\b(?:link|click\w*|settings?|preferences|footer|simply|please|instructions?)\b|^\W*(?:to (?:opt|unsubscribe|stop|do|exercise|leave)|by|just|send|write|e-?mail|contact|call)\b|退订|取消|拒绝|关闭|停止|链接|点击|设置"
)


def without_way(doc: Document) -> Iterator[Finding]:
    """A way out at any time, and nothing says which (rule contact-missing)."""
    hits = [
        h
        for h in doc.hits(_LEAVE)
        if not h.reading.refuses
        and not any(
            _HOW.search(r.low) and (r is h.reading or _OF_THIS.search(r.low))
            for r in doc.near(h.reading, 1, 2)
        )
    ]
    if hits:
        yield report(
            "dangling-contact/contact-missing",
            "warn",
            of(hits),
            f"people may stop this at any time, and nothing says how: {quoted(hits)}",
            hint="give the link, setting or address that stops it",
            law="GDPR Art. 7(3), 12(2), 21(4); CAN-SPAM; PDPO 35F",
        )


_STOPPED = Phrase(
    r"\b(?:opt(?:s|ed|ing)?[- ']*out|opt-?out|unsubscrib\w+|withdraw\w*|object(?:s|ed)?)\b[^.;]{0,120}\b(?:retain|keep|store|hold|maintain)\w*\b (?:\w+ ){0,2}?(?:your|the|his|her|their) (?:\w+ )?(?:personal )?(?:information|data|details)\b[^.;]{0,80}\b(?:ensure|make sure|so that|honou?r|respect|in order|to prevent)\b|"
    r"\b(?:retain|keep|store|hold|maintain)\w*\b (?:\w+ ){0,2}?(?:your|the|his|her|their) (?:\w+ )?(?:personal )?(?:information|data|details)\b[^.;]{0,80}\b(?:ensure|make sure|so that|honou?r|respect|in order|to prevent)\b[^.;]{0,80}\b(?:opt(?:ed)?[- ]?out|unsubscrib\w+|not (?:to )?(?:contact|send|target|e-?mail|market))\b|"
    r"(?:退订|拒绝接收|取消订阅)[^。；]{0,20}(?:保留|保存)[^。；]{0,8}(?:您|用户)的?(?:个人)?(?:信息|资料|数据)[^。；]{0,20}(?:确保|以免|避免)"
)
_LITTLE = Phrase(
    r"\b(?:only|minimum|minimal|limited|e-?mail address(?:es)?|contact (?:information|details|data)|suppression|do[- ]not[- ](?:contact|mail|e-?mail)|hash\w*|fact that|record of (?:your|the)|necessary (?:data|information))\b|仅|最少|必要的|邮箱地址|手机号"
)


def kept(doc: Document) -> Iterator[Finding]:
    """All data of a person kept to remember an opt-out (rule suppression-scope)."""
    hits = [
        h
        for h in doc.hits(_STOPPED)
        if not _LITTLE.search(h.reading.low) and not h.reading.refuses & {"retain"}
    ]
    if hits:
        yield report(
            "risky-promise/suppression-scope",
            "warn",
            of(hits),
            f"to remember an opt-out the whole record is kept, and without an end: {quoted(hits)}",
            hint="keep the address alone on a suppression list, and erase the rest",
            law="GDPR Art. 5(1)(c), (e), 21(3); PDPO DPP2(2); PIPL Art. 6, 19",
        )


_MISSED = Phrase(
    r"\b(?:opt(?:ing)?[- ]?out|unsubscrib\w+)\b(?:[^.;]|\.(?=\w)){0,120}\b(?:may|might|could|will) (?:\w+ )?(?:miss|not receive|no longer receive|affect (?:your )?(?:receipt|receiving)|prevent you from receiving|fail to receive)\b[^.;]{0,20}\b(?:important|service|account|critical|essential|security|billing)\b|"
    r"(?:退订|取消订阅)[^。；]{0,30}(?:可能)?(?:无法|不能|错过)[^。；]{0,8}(?:重要|服务|账[户号])[^。；]{0,6}(?:通知|信息|消息)"
)


def missed(doc: Document) -> Iterator[Finding]:
    """An opt-out from advertising that also stops what people need to know (rule optout-scope)."""
    hits = [h for h in doc.hits(_MISSED) if not h.reading.refuses & {"share"}]
    if hits:
        yield report(
            "risky-promise/optout-scope",
            "warn",
            of(hits),
            f"who refuses advertising loses service messages too: {quoted(hits)}",
            hint="send security, billing and outage messages in any case, and let the opt-out stop nothing else than advertising",
            law="GDPR Art. 7(4), 21(2)-(3); CAN-SPAM 15 USC 7704(a)(3); PDPO 35G",
        )


# out of everything that is ever sent, and messages that come all the same
_ALL = Phrase(
    r"\b(?:remov\w+|take|taken|delet\w+|unsubscrib\w+) (?:you|your (?:name|address|e-?mail(?: address)?)|them|users?)\b[^.;]{0,20}\bfrom (?:all|any|every)(?: further| future| our)? (?:correspondence|communications?|e-?mails?|messages?|mailings?)\b|"
    r"\bopt(?:ing)?[- ]?out (?:of|from) (?:any|all)(?: and all| of our| our)? (?:future |further )?(?:communications?|correspondence|messages|e-?mails?)(?! of (?:this|that) (?:kind|type))\b|"
    r"\b(?:no|not receive any) (?:further |more )?(?:correspondence|communications?|messages|e-?mails?) (?:whatsoever|of any kind|at all)\b"
)
_STILL = Phrase(
    r"\b(?:transactional|required|account|service|security|billing|breach|legal) (?:\w+ )?(?:notifications?|notices?|information|messages?|e-?mails?|updates?)\b|\b(?:notif(?:y|ied)|inform(?:ed)?)\b[^.;]{0,40}\b(?:by|via|through) e-?mail\b|\busers will be notified\b|"
    r"\b(?:can ?not|may not|n't|unable to) opt[- ]?out\b"
)


def nothing_more(doc: Document) -> Iterator[Finding]:
    """An opt-out from every message, and messages that are sent in any case (rule optout-scope)."""
    out = [
        h
        for h in doc.hits(_ALL)
        if not h.reading.refuses & {"erase"} and "marketing" not in h.reading.words and not h.reading.exempted
    ]
    chosen = {h.reading.index for h in out}
    still = [h for h in doc.hits(_STILL) if h.reading.index not in chosen and not h.reading.told]
    if out and still:
        yield report(
            "contradiction/optout-scope",
            "warn",
            (*of(out), *of(still)),
            f"an opt-out ends every message ({quoted(out)}), and messages come in any case ({quoted(still)})",
            hint="say that the opt-out ends advertising, and which notices still come",
            law="CAN-SPAM 15 USC 7702(17), 7704(a)(3); GDPR Art. 21(2)-(3)",
        )


_STAY_AWAY = Phrase(
    r"\b(?:option|choice|choices|right|free|opportunity|possibility)\b[^.;]{0,30}\b(?:to not|not to|of not) (?:register|participat|use|us|visit|subscrib|sign(?:ing)? up|tak|join|open|order)\w*|"
    r"\byou (?:can|may) (?:always |simply |also )*(?:choose|decide|elect|opt) (?:to not|not to) (?:register|participate|use|visit|join|take part|order)\b"
)
_CHOICE_PART = Phrase(r"\bopt[- ]?(?:out|ing)\b|\bchoices?\b|\boptions?\b|\bunsubscrib")
_REAL = Phrase(
    r"\b(?:unsubscrib\w*|stop receiving|e-?mail(?:ing)? us|contact(?:ing)? us|writ(?:e|ing) to us|link in|settings?|preferences|opt(?:ing)? out by|click\w*|removed? from)\b"
)


def stay_away(doc: Document) -> Iterator[Finding]:
    """An opt-out that only lets people stay away (rule optout-useless)."""
    hits = [
        h
        for h in doc.hits(_STAY_AWAY)
        if _CHOICE_PART.search(" ".join(h.reading.sentence.section[-1:]).lower())
        and not _REAL.search(h.reading.low)
    ]
    parts = {h.reading.sentence.section for h in hits}
    if hits and not any(_REAL.search(r.low) for r in doc.body if r.sentence.section in parts):
        yield report(
            "risky-promise/optout-useless",
            "warn",
            of(hits),
            f"the choice is to stay away; nothing says how to stop what runs already: {quoted(hits)}",
            hint="say how to refuse advertising, messages and tracking, and how to have data deleted",
            law="GDPR Art. 7(3), 21; Cal. Bus. & Prof. 22575(b)(5)-(6); FTC Act 5",
        )


DETECTORS = (lumped, without_way, missed, kept, nothing_more, stay_away)
