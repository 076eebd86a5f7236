"""Marketing messages: opt-outs that do not fit the consent, the territory or the messages they are for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_consent as kinds
from troth.policy.lint.consent import ASKED_FIRST
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 7, 21(2)-(3); ePrivacy Dir. Art. 13; CAN-SPAM 15 U.S.C. 7704(a)(3); PDPO s. 35C-35G; PIPL Art. 24"

OPT_OUT = Phrase(
    r"\b(?:no longer|not|n\'t) (?:wish|want|like) to (?:receive|get|be contacted)|\b(?:be )?removed? from (?:our|the|any) "
    r"(?:\w+ )?(?:list|mailing)|"
    r"\boption (?:not to|to not|of not) (?:receiv|get|be)\w*|\b(?:choose|elect|prefer|ask|request) (?:not to|to not) (?:receive|get|be (?:sent|contacted))|"
    r"\b(?:send|reply|text|say|write) (?:\"|')?stop\b|\b(?:leave|quit) (?:it|the (?:list|newsletter))\b|\blink at the (?:foot|bottom|end)|\b(?:decline|refuse|switch off|turn off|stop) (?:\w+ ){0,3}?(?:marketing|promotion\w*|commercial|newsletters?|offers|messages|mailings)|"
    r"\bopt(?:ing|ed|s)?[- ']{1,2}out\b|\bopt-out\b|\bunsubscrib\w*|\bsubscription preferences\b|"
    r"\bcommunication preferences\b|\bstop receiving\b|\bobject to (?:direct )?marketing|"
    r"\bmarketing preferences|退订|拒收|拒绝接收|取消订阅|关闭.{0,6}推送|不(?:想|愿|希望)再?(?:接收|收到|接受)[^。；，]{0,10}(?:营销|广告|推广|促销)|(?:选择退出|退出|停止|拒绝)[^。；，]{0,6}(?:个人化|个性化)?(?:广告|营销)|"
    r"\brather not (?:receive|get|hear|be)\b|\bno longer (?:wish|want|like)\b|\b(?:remove|take) (?:you|your \w+|yourself) (?:off|from)\b|\bchange your preferences\b|\bnotify us\b.{0,40}\bnot (?:wish|want)\b|\bdo not (?:wish|want) to be\b|"
    r"\b(?:option of |by )?(?:disabl|deactivat|switch|turn)\w* (?:off )?(?:this|the|these) (?:feature|option|service|e-?mails?|function)\b|"
    r"\bun-?subscrib\w*|"
    r"\brequest that \S+ (?:\w+ )?not (?:send|contact|e-?mail)\b|"
    r"\bremove (?:themselves|themself|himself|yourself|yourselves) from (?:this|these|that|those|the|our|any)\b",
)
MESSAGES = Phrase(
    r"\b(?:marketing(?! (?:pages?|sites?|contacts?|statements?|websites?|pixels?|cookies?|tags?))|promotional|newsletters?|"
    r"promotions?|advertis(?:e|ements?)|special (?:deals|offers)|direct mail\w*|(?<!electronically )(?<!by )mailings?(?! (?:or |and |& )?(?:\w+ )?address)(?! (?:our|us|the|to)\b)|mailing lists?|"
    r"(?<!of our )(?<!include or )(?<!that )(?<!in order to )offers?(?! (?:third|technolog\w+|solutions?|a|an|the|our|only|services that)\b))\b(?! interactive)(?! (?:you |users |customers |visitors |them |individuals )?(?:a |the |several |more )?(?:choices?|options?|possibilit\w+|opportunit\w+|way|control)\b)|"
    r"\binformation (?:about|on) (?:\w+ )*(?:products|services)|\bproducts (?:and|or) services that may|"
    r"\bcontact you with information|\bnew services or products|广告(?!标识|数据)|营销|推广(?!资源|渠道|码|链接|员|方式)|促销|(?<!、)(?<!个人信息或)商业信息(?![（(]公司|[、或和])|推荐商品|优惠活动",
    Frame("send-word 3 mail-word 4 news-word", "refusing"),
    Frame("inform-word 4 news-word", "refusing"),
)
_SENDING = Phrase(
    r"\b(?:send|sends|sent|contact|use|uses|receive|push|market|promote|offer|tell|e?-?mail you|"
    r"communicate)\b|推送|发送|使用|推荐|投放",
)
_TERRITORY = Phrase(
    r"\b(?:opt[- ]?out|unsubscribe|object|refuse)\b.{0,80}\b(?:in|from|within|inside|located in|"
    r"residents? of|reside in|only for) (?:the )?(?:european union|eu|eea|european economic area|"
    r"united kingdom|uk|europe)\b|"
    r"\b(?:users|visitors|customers|residents|people|individuals|persons) (?:in|from|located in|"
    r"within) (?:the )?"
    r"(?:eu|eea|european union|europe|uk)\b.{0,40}\bopt|"
    r"\b(?:eu|eea|european|uk) (?:users|residents|visitors|customers) (?:only )?(?:can|may) (?:\w+ )?opt",
)
_ADS = Phrase(
    r"\badvertis|\bads\b|\bmarketing|\btracking|\bcookies|\banalytics",
)
_LOCKED = Phrase(
    r"\b(?:can ?not|can't|may not|not (?:be )?able to|unable to|no option to|"
    r"not possible to)\b.{0,15}\b(?:opt[- ]?out|unsubscribe|refuse|decline|stop)",
)
_FUZZY = Phrase(
    r"\b(?:generally|usually|typically|normally|in most cases)\b|\bproduct (?:updates?|news)|\boffers?\b|"
    r"\bpromot|\bnew features|\bsurvey|\bnewsletters?",
)
_NOT_PROMOTIONAL = Phrase(r"\bnot promotional\b")
_BALANCED = Phrase(
    r"\bexisting customers?\b|\bart(?:icle|\.) ?6|\b6\(1\)\(f\)|\bsimilar (?:products|services)",
)
_SILENCE = Phrase(
    r"\bif you (?:do not|don't|fail to) (?:\w+ )?\"?(?:opt[- ]?out|object|respond|reply|unsubscribe|decline|tell us|contact us|"
    r"notify us)\b.{0,120}\byou (?:\w+ )?(?:agree|consent|accept)|"
    r"\bunless you (?:\w+ ){0,4}?(?:object(?:ion)?|opt[- ]?out|tell us|notify us|inform us|decline|refuse)|"
    r"\bdeemed (?:to have )?consent|\bimplied consent\b|\bpre-?(?:ticked|checked|selected)\b|\b(?:silence|"
    r"inactivity)\b|未.{0,6}反对.{0,8}视为",
)


def promotions(doc: Document) -> list[Hit]:
    """Sentences in which the company sends marketing."""
    return [
        h
        for h in doc.hits(MESSAGES)
        if (_SENDING.search(h.reading.low) or h.reading.lead)
        and not h.reading.refuses & {"use", "share", "sell"}
        and not h.reading.told
        and not (OPT_OUT.search(h.reading.low) and not h.reading.does("use"))
        and "not"
        not in h.reading.low[
            max(0, h.reading.low.find(h.words.lower()) - 90) : h.reading.low.find(h.words.lower())
        ].split()
        and not {"cookies", "cookie", "reseller"} & h.reading.words
        and "effectiveness of" not in h.reading.low
        and not {"forums", "right", "oppose", "object"} & h.reading.words
        and "responds" not in h.reading.words
        and not _cooperation(h.reading)
    ]


def _cooperation(reading: Reading) -> bool:
    return (
        ("analysis" in reading.words and "perform" in reading.words)
        or ("you provide" in reading.low and "use" not in reading.words)
        or ("links" in reading.words and "websites" in reading.words)
    )


def territorial(doc: Document) -> Iterator[Finding]:
    """An opt-out for one region only (rule optout-territorial)."""
    hits = [h for h in doc.hits(_TERRITORY) if _ADS.search(h.reading.low)]
    if hits:
        related = [r for h in hits for r in doc.near(h.reading, 2, 0) if _ADS.search(r.low)]
        yield report(
            "risky-promise/optout-territorial",
            "block",
            (*of(hits), *related),
            f"only people of one region can stop it, by opting out where their law asks for consent first: "
            f"{quoted(hits)}",
            hint="ask for consent where the law asks for it, and offer the opt-out to everybody",
            law="ePrivacy Dir. Art. 5(3); GDPR Art. 6(1)(a), 21(2); Cal. Civ. 1798.120",
        )


_BACKWARD = Phrase(
    r"^\W*(?:because|since|as) (?:this|these|such|they)\b|\b(?:these|such|those) (?:communications|messages|notices|e-?mails|announcements)\b"
)


# said of them in a sentence of its own
_NO_PROMOTION = Phrase(
    r"\b(?:these|those|such|they|service|which)\b[^.;]{0,40}\b(?:are|is|will be|do|does) not (?:\w+ )?(?:promotional|advertis\w+|marketing|for (?:marketing|promotion\w*))\b"
)


def locked_in(doc: Document) -> Iterator[Finding]:
    """Messages nobody can stop, with no line to promotion (rule optout-scope)."""
    about: list[Reading] = []
    words: list[Hit] = []
    for hit in doc.hits(_LOCKED):
        near = [
            r
            for r in doc.near(hit.reading, 1, 0)
            if r.sentence.paragraph == hit.reading.sentence.paragraph or _BACKWARD.search(hit.reading.low)
        ]
        if any(_NO_PROMOTION.search(r.low) for r in doc.near(hit.reading, 0, 1) if r is not hit.reading):
            continue
        low = _NOT_PROMOTIONAL.regex.sub(" ", " ".join(r.low for r in near))
        if _FUZZY.search(low):
            about += [hit.reading, *(r for r in near if r is not hit.reading and not r.heading)]
            words.append(hit)
    if words:
        others = [
            h.reading
            for h in promotions(doc)
            if "consent" in h.reading.words or "interests" in h.reading.words
        ]
        about += others + [
            h.reading
            for h in doc.hits(OPT_OUT)
            if h not in words and "types of communications" in h.reading.low
        ]
        yield report(
            "contradiction/optout-scope",
            "warn",
            about,
            f"messages nobody can stop are not told apart from promotion: {quoted(words)}",
            hint="list the service messages (security, billing, outage) and let people stop everything else",
            law=LAW,
        )


_IN_FIRST = Phrase(
    r"\b(?:in line|in accordance|consistent|in keeping) with (?:the |your |any )?(?:\w+ )?(?:preferences|choices|settings) (?:that )?(?:you(?:'ve| have)? )?(?:shared?|given?|gave|told|set|chos(?:e|en)|ma(?:k|d)e|expressed|indicated|selected)\b|\b(?:in line|in accordance|consistent) with your (?:\w+ )?(?:marketing |communication |mailing |contact )preferences\b|"
    r"\btick (?:the|a|this) box\b|\bno tick\b|\b(?:once|after|when) you (?:tick|ask|subscribe|sign up|opt in|order it)|"
    r"\bonly (?:if|to|after|when|where|with|for|those|people|once)\b.{0,80}\b(?:ask\w*|subscri\w*|opt\w*|request\w*|order\w*|tick\w*|"
    r"consent\w*|agreed?|confirm\w*|signed|permission|chosen|switch\w*|turn\w*|said (?:yes|ok)|say yes|want\w*|yes)\b|\bonly (?:ever |then )?(?:e-?mail|send|write|contact|text)\w*\b.{0,60}\b(?:if|when|after|to)\b.{0,40}\b(?:yes|ask\w*|tick\w*|opt\w*|sign\w*|agree\w*|consent\w*|permission)|\b(?:obtain|get|ask for|seek|need|require|request)s? "
    r"(?:\w+ ){0,4}?(?:consent|permission|agreement|opt-in) (?:before|first|prior)|\bbefore we (?:\w+ ){0,4}?(?:send|promot|market|contact|"
    r"use)\w*\b.{0,60}\b(?:consent|ask|permission)|\b(?:no|not|never)\b.{0,60}\b(?:without|unless|until|before)\b.{0,50}\b(?:consent\w*|asked|"
    r"permission|opt(?:ed)?[- ]in|ticked|agreed|subscribed)|\bticking\b|\bdouble opt-in|仅(?:在|向|当).{0,30}(?:勾选|同意|订阅|授权|开启)|"
    r"(?:征得|取得|获得|经).{0,8}同意(?:后|之后|的情况下)|"
    r"\bif you have elected\b|"
    r"\bnot (?:send|e-?mail|mail|contact)\b.{0,60}\b(?:not|n't) (?:agreed|asked|consented|requested|opted|subscribed)",
    Frame("only-word 10 elected 4 receive-word"),
)
_BY_DEFAULT = Phrase(
    r"\bunless (?:you|and until you|told|asked|instructed)\b[^.;]{0,30}\b(?:ask|tell|request|instruct|told|asked)?\w* ?(?:us )?not(?: to)?\b|"
    r"\bby default\b|\bautomatically (?:\w+ )?(?:added|enrol\w*|subscrib\w*|receive|sign\w*|opted)|\b(?:are|is|be|will be) (?:\w+ )?(?:added|"
    r"enrol\w*|subscribed|signed up|put|placed|included|entered)\b.{0,60}\b(?:list|newsletter|mailing|marketing|offers?|bulletin|digest|circular|updates|database)|\bunless "
    r"(?:you|and until you|the \w+|we hear|told)\b.{0,60}\b(?:tell|object|opt|otherwise|unsubscrib|write|refuse|decline|notify|inform|"
    r"contrary|say|uncheck|untick)\w*|\b(?:assume|presume|take it|treat\w*|regard\w*|deem\w*) (?:that )?(?:you|your|silence|it)\b|"
    r"\bpre-?(?:ticked|checked|selected)\b|\b(?:send|receive|get)\w*\b.{0,60}\buntil (?:you|they) (?:\w+ ){0,3}?(?:opt|unsubscrib|tell|ask|object)\w*|\b(?:to )?(?:everyone|everybody|anyone) (?:on|in) (?:our|the) (?:books?|list|records?|database|system)|\b(?:anyone|everyone|all customers|"
    r"all users|every customer|every user|each customer|whoever)\b.{0,60}\b(?:receives?|gets?|list|newsletter)|\b(?:has|have) (?:ever )?"
    r"(?:bought|ordered|registered|signed)\b.{0,60}\b(?:receive|send|list)|默认(?:接收|订阅|开启|勾选|同意)|自动(?:订阅|加入|接收)|如不(?:希望|愿|想|需)"
    r".{0,12}(?:退订|回复|取消|拒绝)|除非您.{0,8}(?:拒绝|退订|反对)",
)
_MAIL = Phrase(
    r"\b(?:tell|inform|e-?mail|notify|write to|contact) you\b[^.;]{0,30}\b(?:about|of|on) (?:\w+ ){0,3}?new (?:products|services)\b|"
    r"\b(?:release (?:notes|list)|mailing list|no mail|updates? list|contact list)\b|"
    r"\b(?:marketing|promot\w*|newsletters?|offers?|advertis\w*|mailing|mailings|commercial|campaigns?|deals|announcements|product news|bulletins?|digests?|circulars?|e-?shots?|news about|news)\b|"
    r"营销|推广|促销|优惠|广告|商业",
)


def _mailed(doc: Document, phrase: Phrase) -> list[Hit]:
    return [
        h
        for h in doc.hits(phrase)
        if _MAIL.search(h.reading.low) and not h.reading.told and not _about_cookies(h.reading)
    ]


_ONLY_ASKED = Phrase(
    r"\b(?:not|never|n't)\b.{0,60}\b(?:marketing|promotional|newsletters?|offers)\b.{0,60}\b(?:without|unless)\b.{0,40}\bconsent",
)


# no mail that nobody asked for
_UNSOLICITED = Phrase(
    r"\b(?:not|never)\b[^.;]{0,90}\b(?:send|sending|mail|e-?mail) (?:you |out )?(?:any )?(?:unsolicited|unrequested|unwanted) (?:\w+ )?(?:e-?mails?|mails?|messages?|electronic mails?|communications?|offers)\b"
)


# who says yes for a child says nothing for others
_PARENTS = frozenset({"parental", "parent", "parents", "guardian", "guardians"})


def by_default(doc: Document) -> Iterator[Finding]:
    """Marketing with consent, and marketing unless stopped (rule optout-vs-consent)."""
    sent = promotions(doc)
    asked = [h for h in sent if _asked(h.reading) and not _PARENTS & h.reading.words]
    asked += [
        h
        for h in doc.hits(MESSAGES)
        if _ONLY_ASKED.search(h.reading.low) and h not in asked and not _PARENTS & h.reading.words
    ]
    asked += [h for h in doc.hits(_UNSOLICITED) if not h.reading.told and "third" not in h.reading.words]
    stopped = [
        h
        for h in sent
        if not _asked(h.reading)
        and not _BALANCED.search(h.reading.low)
        and not h.reading.consented
        and _directed(h.reading)
    ]
    stopped += [
        h
        for h in doc.hits(_SILENCE)
        if MESSAGES.search(h.reading.low) and h.reading.index not in {s.reading.index for s in stopped}
    ]
    known = {h.reading.index for h in asked}
    asked += [
        h for h in _mailed(doc, _IN_FIRST) if h.reading.index not in known and not _PARENTS & h.reading.words
    ]
    first = {h.reading.index for h in asked} - known
    stopped = [h for h in stopped if h.reading.index not in first]
    known = {h.reading.index for h in (*asked, *stopped)}
    stopped += [h for h in _mailed(doc, _BY_DEFAULT) if h.reading.index not in known]
    stopped += [h for h in doc.hits(_UNNEEDED) if h.reading.index not in known and not h.reading.told]
    if asked and stopped:
        yield report(
            "contradiction/optout-vs-consent",
            "warn",
            (*of(asked), *of(stopped)),
            f"marketing with consent ({quoted(asked)}) and without ({quoted(stopped)})",
            hint="choose: consent first, or marketing to existing customers with a right to object",
            law=LAW,
        )
    else:
        yield from _silent(doc, () if not asked else doc.hits(_SILENCE))


def _silent(doc: Document, excused: Iterable[Hit]) -> Iterator[Finding]:
    hits = [
        h
        for h in doc.hits(_SILENCE)
        if h.reading.consented or {"consent", "agree"} & h.reading.words or h.reading.does("share", "use")
    ]
    hits = [
        h
        for h in hits
        if "object" not in h.words.lower()
        or "agree" in h.words.lower()
        or (h.reading.does("share", "use") and MESSAGES.search(h.reading.low))
    ]
    out = {h.reading.index for h in excused}
    hits = [h for h in hits if h.reading.index not in out]
    hits += said(doc, kinds.SILENCE, (*hits, *excused))
    hits = [h for h in hits if not ASKED_FIRST.search(h.reading.low) and not _NO_YES.search(h.reading.low)]
    if hits:
        yield report(
            "risky-promise/consent-silence",
            "block",
            of(hits),
            f"silence is taken as consent: {quoted(hits)}",
            hint="ask for a clear act of consent",
            law="GDPR Art. 4(11), 7; PIPL Art. 14; PDPO s. 35E",
        )


_NO_YES = Phrase(
    r"\b(?:silence|inactivity|pre-?ticked boxes) (?:is|does|are|do|will|shall|can)(?: not|n't| never)\b"
)
_PERMITTED = Phrase(
    r"\b(?:need|needs|have|has|ask\w*|require[sd]?|must|only)\b[^.;]{0,30}\bpermission\b[^.;]{0,20}\b(?:to|before|for) (?:we )?(?:send|e-?mail|market|contact)\w*|\b(?:with|without) your (?:\w+ )?permission\b"
)
# messages that nobody needs come until somebody stops them
_UNNEEDED = Phrase(
    r"\b(?:message|communication|e-?mail|mail)s?\b[^.;]{0,40}\bnot (?:\w+ )?(?:necessary|needed|required|essential)\b[^.;]{0,100}\b(?:option|choice|possibility|way|opportunity|able) (?:to not|not to|of not|to (?:stop|refuse|decline|unsubscribe|opt))\b"
)


def _asked(reading: Reading) -> bool:
    return (
        (
            bool({"consent", "consents", "consented"} & reading.words)
            or _PERMITTED.search(reading.low) is not None
            or "opted in" in reading.low
            or "opted-in" in reading.low
            or "同意" in reading.low
        )
        and not {"withdraw", "third"} & reading.words
        and "interests" not in reading.words
    )


def _directed(reading: Reading) -> bool:
    if re.search(r"\bwe (?:will )?(?:stop|cease|no longer)|\bobject\b", reading.low):
        return False
    return (
        "you" in reading.words
        or "customers" in reading.words
        or "users" in reading.words
        or "您" in reading.low
        or bool({"e-mail", "email"} & reading.words)
    )


def no_way_out(doc: Document) -> Iterator[Finding]:
    """Marketing without a way to stop it (rule marketing-optout)."""
    sent = [h for h in promotions(doc) if not h.reading.consented]
    offered = any(not _about_cookies(h.reading) for h in doc.hits(OPT_OUT))
    objecting = any(_OBJECTING.search(r.low) or _UNLESS.search(r.low) for r in doc.body)
    if sent and not offered and not objecting:
        yield report(
            "missing-mandatory/marketing-optout",
            "warn",
            of(sent),
            f"marketing is sent, and nothing says how to stop it: {quoted(sent)}",
            hint="offer an unsubscribe link in each message and name the right to object",
            law=LAW,
        )


_OBJECTING = Phrase(
    r"\b(?:object(?:ion)?|withdraw\w*)\b.{0,60}\b(?:marketing|advertising|processing|data|information)|"
    r"^\W*objection|\bright .{0,80}\bobject\b|"
    r"\b(?:oppose|opposition)\b",
)


_UNLESS = Phrase(r"\bunless you\b.{0,40}\b(?:object|opt|decline|refuse|tell|say|otherwise|write)")


def _about_cookies(reading: Reading) -> bool:
    return bool({"cookies", "cookie", "tracking", "browser", "sale"} & reading.words)


DETECTORS = (territorial, locked_in, by_default, no_way_out)
