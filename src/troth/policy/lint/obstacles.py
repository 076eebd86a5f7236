"""Rights made hard: denied outright, punished, or reachable only by letter, fee or long wait."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_rights as rights
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

_DENIED = Phrase(
    r"\b(?:can ?not|can't|may not|will not|won't|shall not|not possible to|not able to|unable to|do not|does not|never|no right to|not entitled to|no "
    r"(?:obligation|way) to)\b.{0,30}\b(?:be )?(?:delet|eras|remov|correct|rectif|access|cop(?:y|ies)|inspect|port|withdraw|restrict)\w*\b"
    r".{0,80}\b(?:request\w*|user|customer|data|information|account|record|person|individual|you|your|consent)\b|\b(?:requests?|rights?|applications?)\b"
    r".{0,40}\b(?:are|is|will be) not (?:accepted|granted|honou?red|entertained|processed|available|supported|possible)\b|\b(?:irrevocable|can ?not be "
    r"(?:withdrawn|revoked))\b|\bconsent\b.{0,40}\b(?:irrevocabl\w+|may not be withdrawn|can ?not be withdrawn|final)\b|(?:不能|无法|不得|不支持|不予|不可)"
    r"(?!自行).{0,8}(?:删除|更正|查阅|注销|撤回|复制|导出)|"
    r"不(?:支持|接受|提供|允许|予).{0,6}(?:注销|删除|更正|查阅)|"
    r"不(?:支持|接受|允许)注销|"
    r"\baccess to no (?:information|data|records)\b",
    Frame("erase-verb 5 not-allowed 2 do-it"),
    Frame("account-word 6 not-allowed 2 erase-verb"),
    Frame("no-word 1 obligation 5 erase-verb"),
    Frame("not-possible 2 erase-verb"),
    Frame("consent-word 4 not 2 withdrawn"),
)
_ASKED = Phrase(
    r"\b(?:request\w*|rights?|accounts?|cop(?:y|ies)|opt out|object|profiling|ask\w*|wish\w*|demand\w*|consent|at (?:your|the user's)|on request|of the user)\b|请求|要求|申请|权利|同意|个人信息",
)
_REASONED = Phrase(
    r"\b(?:because|where|while|waive|unless|except|if|until|as long as|required|law|legal|tax|verify|identity|necessary|without|discriminat\w*|retaliat\w*|affect|"
    r"refuse to|charge|children|child|cookies?|knowingly|third|partners?|processors?|others|lawfulness|after|before|by \w+ing|collect|sell|share|"
    r"disclose|guarantee)\b|除|法律|法规|如果|依法|影响",
)
_PUNISHED = Phrase(
    r"\b(?:if|when|should) you (?:\w+ )?(?:wipe|delete|erase|close|withdraw|object|opt out|complain|ask|request|export)\w*\b.{0,80}\b(?:forfeit\w*|lose|lost|void|expire|charged|fee|penalt\w*)|(?:注销|删除|撤回).{0,20}(?:余额|代金券|优惠|积分).{0,6}(?:清零|作废|失效)|"
    r"\b(?:exercis\w*|use|using|invok\w*|mak\w+|ask\w*|request\w*|demand\w*|submit\w*|rely|relies|insist\w*|fil\w+|opt(?:s|ing)? out|object\w*|refus\w*|withdraw\w*)\b.{0,50}\b(?:rights?|deletion|erasure|access|a copy|"
    r"requests?|consent|out|choices?)\b.{0,80}\b(?:lose|loses|losing|forfeit\w*|moved? to|(?:are|be|is|get|gets) charged|higher|standard pric\w*|price|surcharge|downgrad\w*|"
    r"suspend\w*|terminat\w*|close[sd]?|cancel\w*|slower|lower priority|reduced|refused service|penalt\w*|no longer (?:receive|be entitled|qualify|enjoy))\w*|\b(?:suspend|terminat|cancel|clos|charg|downgrad)\w*\b.{0,60}\b(?:who|that|if you) (?:exercis|invok|submit|mak|complain|object|"
    r"withdraw|refus)\w*|(?:行使|拒绝|撤回).{0,24}(?:取消|降级|停止|不再享受|暂停|终止|恢复原价)|"
    r"(?:注销|删除|撤回).{0,20}(?:不予退还|不退|清零|作废)",
    Frame("right-use 10 losing"),
    Frame("losing 10 who-word 3 right-use"),
    Frame("pay-word 3 higher 6 right-use"),
)
_FAIR = Phrase(
    r"\b(?:not|never|no|nor|without|neither|cannot|must not)\b.{0,80}\b(?:discriminat|den(?:y|ied)|charge|differ|retaliat|penal|disadvantage|suffer|lose|"
    r"affect|treat)\w*|\bfree of charge\b|\b(?:data|information) is necessary|\b(?:cannot|can not|unable to) (?:\w+ ){0,2}?(?:provide|continue|offer|deliver)\b|不会|不影响",
)
_STOPPING = Phrase(
    r"\b(?:opt(?:ing)?[- ]?out|unsubscrib\w*|stop (?:receiving|getting|our)|object|withdraw\w*|be removed|remove (?:yourself|your)|cancel(?:ling)? (?:your )?"
    r"(?:subscription|account|newsletter)|to (?:exercise|use) (?:a|any|your|these|this) rights?|close your account|delet\w+ your account|request (?:deletion|"
    r"erasure|a copy|access))\b|退订|注销|撤回|行使.{0,6}权利|拒绝接收|"
    r"\b(?:removed from|taken off)\b|\bunsubscribe\b|\brequests? (?:are|is|will be) (?:only )?accepted\b|\bdeletion requests?\b|"
    r"\b(?:exercise|use) (?:\w+ ){0,2}?rights? of\b",
)
_BURDEN = Phrase(
    r"\b(?:(?:signed|notari[sz]ed|registered|certified|written|original|hand-?written) (?:\w+ )?(?:letter|mail|post|form|copy|declaration|document)|"
    r"(?:by|via|per) (?:registered |certified |ordinary )?(?:fax|facsimile|telegram|courier)|registered (?:mail|post|letter)|in person at|notar\w+|"
    r"administration fee|processing fee|handling fee|admin fee|stamped|self-addressed|for administration|allow (?:up to )?(?:\d+|ninety|sixty) days|"
    r"before a (?:notary|witness)|during office hours only|three copies)\b|(?:[$€£]|usd |eur |gbp |hk\$|rs\.? ?)\d|公证|书面信函|挂号信|亲自到|手续费|工本费|"
    r"\b(?:mail|letter|request),? (?:\w+ )?signed\b|\baccompanied by a copy\b|\bsigned (?:and|request)\b",
    Frame("must-word 8 fax"),
)
_OR_EASY = Phrase(
    r"\bor (?:\w+ ){0,4}?(?:e-?mail|online|electronic|in your account|click|telephone|by phone)|\be-?mail (?:us|to|address)|@|\bfree of charge|\bno "
    r"(?:fee|charge)|\bcosts? nothing|或(?:者)?.{0,8}(?:邮件|在线)",
)


# consent that was given with a click, and ends with a letter
_WRITTEN = Phrase(
    r"\b(?:withdraw|revo(?:k|c)|cancel)\w*\b[^.;]{0,60}\bconsent\b[^.;]{0,40}\b(?:in written form|(?:only|exclusively) in writing|in writing only|by (?:\w+ )?(?:letter|post|mail)|by (?:a |means of a )?written (?:notice|declaration|statement|letter|request))|"
    r"\bconsent\b[^.;]{0,60}\b(?:withdrawn|revoked|cancelled)\b[^.;]{0,40}\b(?:in written form|(?:only|exclusively) in writing|in writing only|by (?:\w+ )?(?:letter|post)|by (?:a |means of a )?written (?:notice|declaration|statement|letter|request))|"
    r"(?:撤回|撤销)[^。；]{0,12}同意[^。；]{0,16}(?:须|应|需|必须)?[^。；]{0,4}(?:书面|信函|邮寄)"
)


def on_paper(doc: Document) -> Iterator[Finding]:
    """Consent that can be withdrawn in writing alone (rule optout-burden)."""
    hits = [h for h in doc.hits(_WRITTEN) if not _OR_EASY.search(h.reading.low) and not h.reading.refuses]
    if hits:
        yield report(
            "risky-promise/optout-burden",
            "block",
            of(hits),
            f"consent is harder to withdraw than to give: {quoted(hits)}",
            hint="let people withdraw the way they agreed, with a click or a message",
            law="GDPR Art. 7(3); PIPL Art. 15",
        )


# advertisements that go on are no refused right
_ADS_GO_ON = Phrase(
    r"\bnot (?:completely|necessarily|entirely|fully) (?:remove|stop|prevent|eliminate) (?:you|all|the)\b"
)
# what others do not get is no right of the person
_TO_OTHERS = Phrase(
    r"\b(?:is|are|be) (?:not|in)(?: |)(?:correct|accurate|complete|up[- ]to[- ]date)\b|"
    r"\b(?:not|never|n't)\b[^.;]{0,120}\b(?:to|with) (?:any(?:one|body)?|other|others|the public|third|outside|unaffiliated)\b(?: \w+){0,2}"
)


def denied(doc: Document) -> Iterator[Finding]:
    """A right that is refused without a reason (rule right-denied)."""
    hits = [
        h
        for h in doc.hits(_DENIED)
        if (_ASKED.search(h.reading.low) or "注销" in h.reading.low)
        and (not _REASONED.search(h.reading.low) or "to no " in h.words.lower())
        and not h.reading.told
    ]
    hits += said(doc, rights.DENIED, hits)
    hits = [h for h in hits if not any(p.search(h.reading.low) for p in (_TO_OTHERS, _ADS_GO_ON))]
    if hits:
        yield report(
            "risky-promise/right-denied",
            "block",
            of(hits),
            f"a right is refused outright: {quoted(hits)}",
            hint="grant the right, or name the statutory exception for the case",
            law="GDPR Art. 7(3), 12(2), 15-22; PIPL Art. 15, 44-47; PDPO DPP6; PDPA s. 16, 21; Cal. Civ. 1798.105",
        )


def narrowed(doc: Document) -> Iterator[Finding]:
    """A right that is stated smaller than the law gives it (rule right-narrowed)."""
    hits = said(doc, rights.NARROWED)
    if hits:
        yield report(
            "risky-promise/right-narrowed",
            "warn",
            of(hits),
            f"the right is smaller here than in the law: {quoted(hits)}",
            hint="state the right with the conditions of the law, no further ones",
            law="GDPR Art. 15-21; PIPL Art. 44-47; PDPO s. 18-26; Cal. Civ. 1798.105-106",
        )


_TECHNICAL = Phrase(
    r"\bclos(?:e|es|ing) (?:your|the|their) (?:web )?browser\b|\b(?:you|they|users|customers|members) (?:can|may|could) (?:\w+ )?(?:deactivate|close|cancel|delete) (?:your|their|the) accounts?\b|"
    r"(?:通过|以)[^。；，]{0,14}(?:卸载|停止使用|注销)[^。；，]{0,6}撤回"
)


_NO_EFFECT = Phrase(r"\b(?:no|any) (?:\w+ )?(?:effect|influence|impact|bearing|disadvantage)s?\b")


def _harmless(hit: Hit) -> bool:
    """Whether nothing is lost but what the right is about, or what the person chooses to close."""
    low = hit.reading.low
    if _NO_EFFECT.search(low):
        return True
    return _FAIR.search(low) is not None or _TECHNICAL.search(low) is not None


def punished(doc: Document) -> Iterator[Finding]:
    """People who use a right lose something (rule rights-retaliation)."""
    hits = [h for h in doc.hits(_PUNISHED) if not h.reading.told]
    hits = [h for h in (*hits, *said(doc, rights.RETALIATED, hits)) if not _harmless(h)]
    if hits:
        yield report(
            "risky-promise/rights-retaliation",
            "block",
            of(hits),
            f"people who use a right are put at a disadvantage: {quoted(hits)}",
            hint="treat people alike whether or not they use their rights",
            law="Cal. Civ. 1798.125; GDPR Art. 7(4), 12(2), (5); PIPL Art. 16",
        )


def burdened(doc: Document) -> Iterator[Finding]:
    """A right that costs a letter, a fee or months (rule optout-burden)."""
    hits = [
        h
        for h in doc.hits(_STOPPING)
        if _BURDEN.search(h.reading.low) and not _OR_EASY.search(h.reading.low) and not h.reading.refuses
    ]
    if hits:
        yield report(
            "risky-promise/optout-burden",
            "warn",
            of(hits),
            f"using the right is made hard: {quoted(hits)}",
            hint="let people use it as easily as they signed up, free of charge",
            law="GDPR Art. 7(3), 12(2), 12(5), 21; CAN-SPAM 16 CFR 316.5; PDPO s. 35G; PIPL Art. 15, 50",
        )


DETECTORS = (on_paper, denied, narrowed, punished, burdened)
