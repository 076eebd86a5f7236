"""Consent that is none: by use, bundled with terms; withdrawal without anything it applies to."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_consent as kinds
from troth.policy.lint.document import Document
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 4(11), 7; PIPL Art. 14; PDPA s. 14"

BY_USE = Phrase(
    r"\b(?:signify|manifest|indicate|express(?! (?:written |prior |and informed )?consent)|confirm|give|acknowledge|declare)(?:s|ies|ing)? (?:\w+ ){0,2}?(?:assent|acceptance|agreement|"
    r"consent)\b(?! to (?:receiv|get))|\bby (?:submitting|providing|sending|giving|supplying|entering|transmitting)\b[^.;]{0,80}?\byou "
    r"(?:\w+ )?(?:consent|agree|accept)\b|"
    r"\bonce you (?:\w+ )?(?:provide|give|submit|send|supply)\b[^.;]{0,60}?\byou (?:\w+ )?(?:consent|agree|accept)\b|"
    r"\bentering into\b.{0,60}\b(?:signif\w+|means?|constitut\w+|impl\w+|indicat\w+)\b.{0,40}\b(?:agree\w*|accept\w*|consent)|"
    r"\b(?:signing|signature|placing|paying|ordering|registering|submitting|opening|completing)\b.{0,60}\b(?:signif\w+|means?|constitut\w+|impl\w+|indicat\w+|amounts? to|counts? as|is taken as)\b.{0,30}\b(?:agree\w*|accept\w*|consent)|\bif you (?:stay|remain|continue|keep)\b.{0,40}\b(?:fine|agree|accept|ok|happy)|(?:点击|提交|下单|开通|付款).{0,20}(?:即|则)?(?:视同|视为|表示|等于|代表).{0,8}(?:同意|接受|认可)|"
    r"\b(?:if|by|when|as long as|since) you(?:'re| are)? (?:still )?(?:read\w*|keep|kept|here|play\w*|stick\w*|stay\w*|click\w* around|carry on|hang\w*|order\w*)\b.{0,60}\b(?:agree\w*|accept\w*|consent\w*|cool with|ok(?:ay)? with|fine with|happy with|on board|all right with)|"
    r"\bby (?!tick|check|select|press|click|switch|accept|agree|regist|creat|submit|provid|sign|order|purchas|enter|open)\w+ing\b"
    r"[^.;]{0,110}?\b(?:you|users?|customers?|clients?|visitors?|members?|person)\b[^.;]{0,60}?\b(?:consent|agree|accept|"
    r"approve)\w*\b(?! (?:of|by))|"
    r"\b(?:us(?:e|ing)|access\w*|visit\w*|brows\w+|continu\w+|remain\w*|stay\w*|entry|presence|ordering|order|purchase|payment|"
    r"log(?:ging)? ?in)\b[^.;]{0,120}?\b(?:counts?|constitutes?|signif(?:y|ies)|indicates?|impl(?:y|ies)|amounts?|means?|"
    r"treated|regarded|taken|considered|construed|equals?|serves?|operates?|shall be|will be|is|are)\b[^.;]{0,40}?\b(?:consent|"
    r"acceptance|agreement|approval|acknowledge?ment)\b(?! is)|\b(?:everyone|everybody|anyone|whoever|all|any|each|every) (?:\w+ )?(?:who|that|users?|visitors?|"
    r"customers?)\b.{0,60}\b(?:agrees?|accepts?|consents?)\b|\b(?:start|starts|begin|begins) to use\b.{0,80}\b(?:agree|"
    r"accept|consent)\w*|"
    r"\b(?:keep|keeping|carry on|go on|still) us(?:e|ing)\b.{0,80}\b(?:agree|accept|consent)\w*|\btake it (?:that|as) "
    r"you.{0,20}\b(?:agree|accept|consent)|\btaken to have (?:agree|accept|consent)\w*|\b(?:means|mean) (?:that )?you "
    r"(?:agree|accept|consent)|"
    r"\b(?:by (?:using|accessing|visiting|continuing|browsing|installing|downloading|entering|interacting)|(?:continued|"
    r"continuing|further) (?:use|access|visit)|(?:if|when) you (?:continue|keep|go on)|your use of|use of (?:the|our|"
    r"this))\b"
    r".{0,160}?\b(?:accept\w*|agree\w*|consent\w*|bound|approv\w*)|\bdeemed (?:to )?(?:have )?(?:accept|agree|consent|"
    r"read)\w*|(?:使用|登录|登陆|浏览|访问|注册|下载|点击|下单|购买|进入).{0,30}(?:即|则|均|都)?(?:视为|视同|表示|表明|代表|意味着|等同于|构成)(?!个人).{0,16}(?:同意|接受|认可|授权)|"
    r"(?:行为|使用|登录|登陆|注册).{0,16}(?:认为|视为|构成|认定).{0,16}(?:接受|同意|认可)|(?:继续|开始)使用.{0,20}(?:视为|表明|表示|意味).{0,20}(?:接受|同意|认可)|不同意.{0,20}(?:停止|不要|请勿|不得)(?:使用|访问|注册)|"
    r"(?:即|则|将)?(?:被)?视作.{0,16}(?:同意|接受|认可)",
    Frame("visiting 14 meaning 8 agreeing", "asking refusing", "we"),
    Frame("submitting-of 12 meaning 4 agreement", "asking", "we"),
    Frame("when 6 visiting 14 you 4 agreeing", "asking we refusing"),
    Frame("not-agree 16 leave"),
    Frame("meaning 3 you 4 agreeing 14 plain-use", "asking refusing"),
    Frame("you 2 agreeing 5 by-when 3 plain-use", "asking we refusing"),
    Frame("plain-use 6 subject 6 policy 5 accepting"),
    Frame("keep-going 10 meaning 4 yes"),
    Frame("regarding 10 as-of 3 acceptance", "asking refusing", ""),
    Frame("you 12 hereby 2 agreeing", "asking refusing"),
    Frame("you 2 bound 2 policy", "refusing"),
    Frame("visiting 14 understood 4 agreeing", "asking refusing", "we"),
)
_BUNDLED = Phrase(
    r"\bby (?:accepting|agreeing to|signing(?: up)?|registering|creating|submitting|providing|ordering|purchasing|entering "
    r"into|opening|clicking)\b.{0,120}?\b(?:consent\w*|authori[sz]e)|注册.{0,20}即(?:表示|视为|代表).{0,8}同意",
)
_TERMS = Phrase(
    r"\bby (?:accepting|agreeing to) (?:our|the|these) (?:terms|conditions|agreement)\b.{0,120}?\byou (?:\w+ )?(?:agree|consent) to\b.{0,40}\b(?:process|"
    r"collect|us|transfer|shar|disclos)\w*",
)
_SEPARATE = Phrase(
    r"\btick|\bcheck ?box|\bseparate|\bmay withdraw|\bbutton|\byou (?:must|should|shall|need to|have to) (?:ensure|make sure|have|obtain|get|be)\b|"
    r"\byou (?:\w+ )?(?:warrant|represent|confirm|guarantee|declare) (?:to us )?that\b"
)
UNWEAKENED = Phrase(
    r"\b(?:not|never|n't)\b.{0,40}\b(?:reduce|weaken|diminish|limit|restrict|lessen)\w*\b.{0,40}\brights\b.{0,60}\bconsent\b|"
    r"\bwithout your (?:\w+ )?consent\b.{0,60}\b(?:not|never)\b.{0,30}\b(?:reduce|weaken|diminish|limit|restrict|lessen)\w*\b.{0,40}\brights\b|"
    r"未经.{0,8}同意.{0,12}(?:不会|不得)(?:削减|限制|减损|降低|减少).{0,16}(?:权利|权益)",
)


# somebody else asks them to accept something first
_HAVE_TO = Phrase(
    r"\b(?:required|asked|prompted|need|have|invited) to (?:accept|agree|consent|give (?:us )?(?:your )?(?:permission|consent))\b|"
    r"\b(?:offer|give|provide|grant|ask|allow)s? (?:\w+ ){0,3}?(?:means|opportunity|option|chance|possibility|ability|choice|way)s? (?:of |to )(?:\w+ )?(?:consent|agree|accept|opt|permit|give)\w*"
)
# a duty that a contract brings, and a browser that asks first, are no consent to anything
_NO_YES = Phrase(
    r"\bagrees? to (?:promptly |immediately )?(?:notify|inform|tell|indemnify|pay|maintain|abide)\b|\byou agree to notify\b|"
    r"\b(?:agree|accept|undertake|promise)s? to (?:\w+ (?:and|or) )?(?:provide|supply|give|maintain|update|keep|pay|notify|inform)\b[^.;]{0,40}\b(?:accurate|complete|correct|current|true|up[- ]to[- ]date|fees?|charges)\b|"
    r"\b(?:warn|alert|notify|prompt|ask)\w* (?:you )?(?:before|prior to) accepting\b|\bset your (?:web )?browser to\b"
)
# the name of a contract; what makes consent is somebody who says yes
_AGREEMENT = Phrase(
    r"\b(?:user|customer|service|services|hosting|registration|registrar|master|licen[cs]e|safe harbou?r|processing) agreements?\b"
)
_SAYS_YES = Phrase(
    r"\b(?:you|users?|customers?|visitors?)\b.{0,60}\b(?:agrees?|accepts?|consents?|bound)\b|\bconsent|\baccept"
)
_LEAVING = Phrase(r"\bif you (?:do not|don't|disagree)\b", Frame("not-agree 16 leave"))


_NO_CONSENT = Phrase(
    r"视为(?:是)?个人信息|(?:代表|视为|表示)[^。；，]{0,6}(?:取消|撤回|收回)|不(?:代表|视为|意味|表示|构成|等于)[^。；，]{0,8}(?:同意|接受|授权)"
)


# "we do not give the name to anybody, unless the reporter agrees": nothing happens until somebody says yes
ASKED_FIRST = Phrase(
    r"\b(?:unless|if|until) (?:and until )?(?:you|the user|they|we have) (?:\w+ ){0,2}?(?:giv\w+|grant\w*|obtain\w*|receiv\w*|provid\w+)(?: \w+)? (?:your |their |prior |express )*(?:permission|consent|authori[sz]ation)\b|"
    r"\b(?:not|never|n't|no)\b (?:\w+ ){0,2}?(?:share|disclose|give|pass|publish|transfer|sell|reveal|send|show|hand|use|name)\w*\b(?! (?:the|our|this) (?:service|site|website)s?)[^.;]{0,120}"
    r"\bunless\b[^.;]{0,30}\b(?:agrees?|consents?|permits?|allows?|asks?|wants?|approves?|authori[sz]es?|opts? in|says? (?:yes|so)|tells? us)\b"
)


# what people are asked, and a way to what they wish
_THEIR_WISH = Phrase(r"\bif you agree\b|\bwish to (?:access|update|correct|change|delete|review|see)\b")


def by_use(doc: Document) -> Iterator[Finding]:
    """Use counted as agreement (rule consent-by-use)."""
    hits = [
        h
        for h in doc.hits(BY_USE)
        if not (h.reading.refuses & {"use"} and not _LEAVING.search(h.reading.low))
        and "does not" not in h.reading.low
        and "acceptance of cookies" not in h.reading.low
        and not _NO_CONSENT.search(h.reading.low)
    ]
    hits += [
        h for h in said(doc, kinds.BY_USE, (*hits, *doc.hits(_BUNDLED))) if not h.reading.refuses & {"use"}
    ]
    hits = [h for h in hits if not any(p.search(h.reading.low) for p in (ASKED_FIRST, _HAVE_TO, _NO_YES))]
    hits = [h for h in hits if not _AGREEMENT.search(h.words.lower()) or _SAYS_YES.search(h.words.lower())]
    hits = [h for h in hits if not _THEIR_WISH.search(h.words.lower())]
    if hits:
        yield report(
            "risky-promise/consent-by-use",
            "block",
            of(hits),
            f"using the service is taken as agreement: {quoted(hits)}",
            hint="inform people, and ask for a clear act of consent where consent is the basis",
            law=LAW,
        )


def bundled(doc: Document) -> Iterator[Finding]:
    """Consent hidden in terms or a sign-up (rule consent-bundled)."""
    hits = [
        h
        for h in doc.hits(_BUNDLED)
        if not _SEPARATE.search(h.reading.low) and not any(h.reading is u.reading for u in doc.hits(BY_USE))
    ]
    chosen = {h.reading.index for h in (*hits, *doc.hits(BY_USE))}
    hits += [h for h in doc.hits(_TERMS) if h.reading.index not in chosen]
    if hits:
        yield report(
            "risky-promise/consent-bundled",
            "block",
            of(hits),
            f"consent is bundled with something else: {quoted(hits)}",
            hint="ask for it separately, for one purpose, with a way to refuse",
            law="GDPR Art. 7(2), 7(4), 49(1)(a); PIPL Art. 14, 16, 39; PDPA s. 14(2)",
        )


WITHDRAWAL = Phrase(
    r"\bwithdraw\w*\b.{0,60}\bconsent|\bconsent\b.{0,60}\bwithdraw|\brevoke\b.{0,30}\bconsent|(?:撤回|撤销).{0,8}同意|"
    r"同意.{0,10}撤回",
)
_PURPOSE = Phrase(
    r"\b(?:newsletter|marketing|cookies?|analytics|advertis\w+|product e-?mails|recordings?)\b|^[\w ,-]{3,40}: (?:with |on "
    r")?your consent",
)
_RESTS = Phrase(
    r"\byou (?:\w+ )?(?:give|grant|gave|have given) (?:us )?(?:your )?consent (?:to|for)\b|\bart(?:icle|\.)? ?6\b.{0,20}\b(?:1|\(1\))[. ]*(?:\(?a\)|lit\. ?a)|\bconsent to (?:the |our )?(?:process|us|collect|storage|transfer)\w*"
)
_GIVEN = Phrase(
    r"\b(?:ticked|tick|checked) (?:the|a|this|that) box|\bprovided (?:that )?you (?:have )?(?:agreed|ticked|subscribed|"
    r"signed|opted)|\bonly to (?:people|persons|customers|users) who have|"
    r"\b(?:with|based on|on the basis of|obtain\w*|obtained|seek|without|give|given|ask\w*|only if|where|unless|your|"
    r"explicit|separate) (?:[\w']+ ){0,4}?consents?\b|6\(1\)\(a\)|\bif you (?:have )?(?:agreed?|consent(?:ed)?|opt in|subscribed?|signed up)|"
    r"\bonly if you\b|(?:取得|征得|获得|经).{0,8}同意|您的(?:单独)?同意",
)


def no_purpose(doc: Document) -> Iterator[Finding]:
    """Withdrawal offered while nothing rests on consent (rule basis-undefined)."""
    withdrawn = list(doc.hits(WITHDRAWAL))
    if not withdrawn:
        return
    indexes = {h.reading.index for h in withdrawn}
    if any(_PURPOSE.search(h.reading.low) for h in withdrawn):
        return
    resting: list[object] = [r for r in doc.body if _RESTS.search(r.low) and r.index not in indexes]
    resting += [h for h in doc.hits(_GIVEN) if h.reading.index not in indexes and _processing(h.reading)]
    if not resting:
        yield report(
            "risky-promise/basis-undefined",
            "warn",
            of(withdrawn),
            f"consent can be withdrawn, and no purpose is marked as resting on consent: {quoted(withdrawn)}",
            hint="say for each purpose whether it rests on consent",
            law="GDPR Art. 13(1)(c), 13(2)(c); PIPL Art. 13, 15; PDPA s. 16",
        )


def _processing(reading: Reading) -> bool:
    if {"withdraw", "withdrawing"} & reading.words or ("撤回" in reading.low and "同意后" not in reading.low):
        return False
    transfer_only = (
        "merger" in reading.words or "transaction" in reading.words or "before the transfer" in reading.low
    )
    return (
        bool(
            reading.acts & {"collect", "use", "share"}
            or "send" in reading.words
            or "basis" in reading.words
            or "consent" in reading.words
        )
        and not transfer_only
        and not BY_USE.search(reading.low)
    )


_BASIS = Phrase(
    r"(?<!no )\b(?:legal|lawful) (?:basis|bases|grounds?)\b|\bart(?:icle|\.)? ?6\b|6\(1\)\([a-f]\)|法律依据|法律基础|合法性基础",
)
# a basis that may or may not exist is none that is named
_IF_ANY = Phrase(
    r"\b(?:no|any) other (?:legal|lawful) (?:basis|bases|grounds?)\b|\b(?:when|where|if|whether|unless) there (?:is|are) (?:an? |any |other |another |no )*(?:legal|lawful) (?:basis|bases|grounds?)\b"
)
_RELIED = Phrase(
    r"\b(?:based (?:up)?on|on the basis of|basis|rely(?:ing)? on|relies on)\b.{0,60}\b(?:consent|contract|legitimate "
    r"interests?|legal obligations?)",
)
_STATED = (
    Phrase(r"\bnecessary (?:for|to perform) (?:\w+ ){0,4}contract"),
    Phrase(r"\bour legitimate interests? (?:in|is|of|to)\b|\bin our legitimate interests?\b"),
    Phrase(r"(?::|with|on|is) your consent\b|\bif you have consented\b"),
    Phrase(r"\b(?:because|as|since) (?:the|our|your) contract\b"),
    Phrase(r"\b(?:because|as|since) (?:\w+ ){0,3}laws? (?:asks?|requires?|obliges?|demands?)\b"),
)
_OF_WHAT = Phrase(
    r"\blegitimate (?:business )?interests?\b(?: (?:is|are|in|to|of (?:ensuring|protecting|providing|the (?:secur|oper))|"
    r"lies?|consists?|being|such as|(?:which|that) (?!requires?)|pursued)\b|[:,;(] ?(?:namely|such as|including|for example|e\.g)|: )",
)
_INTEREST = Phrase(r"\blegitimate (?:business )?(?:interests?|purposes?|reasons?)\b")


_USING = Phrase(
    r"\bwe (?:may |will |also )*(?:use|process)\b|\b(?:may |will )?(?:also )?uses? (?:the |your |such |any )?(?:personal )?(?:information|data)\b|(?:我们|本公司)[^。；]{0,8}(?:使用|处理)"
)
_SHOWN = 4


def _used(doc: Document) -> list[Reading]:
    """The first sentences that say what personal data is used for."""
    uses = [
        h.reading
        for h in doc.hits(_USING)
        if h.reading.personal and not h.reading.refuses and not h.reading.told
    ]
    return uses[:_SHOWN]


_CANADIAN = Phrase(r"\bpipeda\b|\bpersonal information protection and electronic documents act\b")
_CONSENTING = Phrase(
    r"\b(?:you|users?|customers?|your) consents? to (?:the|our) (?:collection|use|processing)\b"
)


def no_basis(doc: Document) -> Iterator[Finding]:
    """No legal basis where the GDPR asks for one (rule basis-missing)."""
    if not doc.places & {"EU", "UK"} or any(_BASIS.search(_IF_ANY.regex.sub(" ", r.low)) for r in doc.body):
        return
    if doc.says(_CANADIAN) and doc.says(_CONSENTING):
        return  # Canadian law knows consent and its exceptions, and no list of bases
    titled = [r.text for r in doc.readings if r.heading and _BASIS.search(r.low)]
    if titled and any(
        kind.search(r.low) for r in doc.body if r.sentence.section[-1:] == (titled[0],) for kind in _KINDS
    ):
        return
    stated = sum(doc.says(p) for p in _STATED)
    if stated < 2 and not any(not WITHDRAWAL.search(h.reading.low) for h in doc.hits(_RELIED)):
        yield report(
            "missing-mandatory/basis-missing",
            "warn",
            _used(doc),
            "no purpose is given a legal basis (consent, contract, legal duty, legitimate interests)",
            hint="name the legal basis for each purpose",
            law="GDPR Art. 6(1), 13(1)(c); PIPL Art. 13",
        )


_MAY_BE = Phrase(
    r"\b(?:basis|bases|grounds?|reasons?)\b[^.;]{0,60}\b(?:includ\w+|such as|may be|can be|could be|are|is|one (?:or more )?of|either|any of)\b|\b(?:one or more|any|either|a number) of (?:the following|these) (?:\w+ )?(?:bases|grounds|reasons)\b"
)
_KINDS = (
    Phrase(r"\bconsent\b"),
    Phrase(r"\bcontract\w*\b|\bagreement\b"),
    Phrase(
        r"\blegal (?:obligation|dut|requirement)\w*|\bobligations? (?:under|by) (?:the )?law|\bcomply with (?:the |our )?(?:law|legal)"
    ),
    Phrase(r"\blegitimate (?:business )?(?:interest|purpose|reason)s?\b"),
    Phrase(r"\b(?:vital interest|public (?:interest|task))s?\b"),
)
_TIED = Phrase(
    r"(?<!regular )(?<!daily )(?<!case )(?<!weekly )(?<!ongoing )(?<!the )(?<!a )\b(?:basis|bases)\b|\b(?:legal|lawful) grounds?\b|\bthe basis (?:of|for|is)\b|\bart(?:icle|\.) ?6|\b(?:rely|relies|based) (?:up)?on\b|\bnecessary (?:for|to perform)\b[^.;]{0,40}\bcontract|\blegitimate interests?\b|\bwith your (?:\w+ )?consent\b"
)
_SEVERAL = 2


def unassigned(doc: Document) -> Iterator[Finding]:
    """Several legal bases in one sentence, and none of them tied to a purpose (rule basis-missing)."""
    if not doc.places & {"EU", "UK"}:
        return
    listed = [
        h
        for h in doc.hits(_MAY_BE)
        if sum(kind.search(h.reading.low) is not None for kind in _KINDS) >= _SEVERAL
        and (h.reading.does("use", "collect") or "legal" in h.words.lower() or "legal basis" in h.reading.low)
        and not h.reading.told
        and not h.reading.low.rstrip().endswith(":")
    ]
    known = {h.reading.index for h in listed}
    if not listed or any(
        h.reading.index not in known and not WITHDRAWAL.search(h.reading.low) for h in doc.hits(_TIED)
    ):
        return
    yield report(
        "missing-mandatory/basis-missing",
        "warn",
        of(listed),
        f"legal bases are listed, and no purpose is given one of them: {quoted(listed)}",
        hint="name the legal basis for each purpose",
        law="GDPR Art. 6(1), 13(1)(c); PIPL Art. 13",
    )


# "only what legitimate purposes need" is a limit and relies on no interest, and so are the principles of the law
_NEEDED = Phrase(
    r"\b(?:specified|explicit|specific|clearly defined)\b[^.;]{0,40}\blegitimate purposes?\b|\bincompatible with\b|"
    r"\b(?:necessary|needed|required|relevant) for (?:(?:our|these|specified|specific|explicit|the|lawful)(?:,| and)? )*legitimate (?:business )?(?:purposes?|reasons?)\b"
)


# behind the article, or as the subject of its own sentence
_NAMED_INTEREST = Phrase(
    r"\blegitimate (?:business )?interests?\b(?: (?:under|pursuant to|within the meaning of|according to|of))? ?\(?(?:art(?:icle|\.)? ?6[^;.]{0,14}\(?f\)?[^;.]{0,10}?)\)?,? (?:namely|in|because|as|since|which|to|for|that is|being)\b|"
    r"\b(?:art(?:icle|\.)? ?)?6 ?\(1\) ?\(?f\)?\)?(?: (?:uk )?gdpr)?\)? ?[:–-] ?[a-z]{3}|\bour interests? (?:lies?|is|are|consists?|here)\b|\bhave a legitimate interest (?:in|to)\b|"
    r"\b(?:interests?|this) is a legitimate interest\b[^.;]{0,60}\b(?:because|as|since)\b|\blegitimate interests?\b,? (?:namely|because|since|for (?:example|instance))\b"
)
_NAMED_NEXT = Phrase(
    r"^\W*(?:these|they|this|those|such (?:an )?interests?|our (?:legitimate )?interests?|the (?:legitimate )?interests?)\b[^.;]{0,30}?\b(?:are|is|include|lies?|consists?)\b"
)
# "the legal basis is our legitimate interest", below the purpose that it serves
_BASIS_OF_ABOVE = Phrase(
    r"^\W*(?:the |its |our )?(?:legal|lawful) (?:basis|ground)\b|^\W*(?:this|that|we do (?:so|this)|it|here|these|the processing|such processing)\b"
)
_PURPOSE_ABOVE = Phrase(
    r"\b(?:to|for|so that|in order to|against) (?:the )?[a-z]{3}|\b(?:purposes?|operat\w+|secur\w+|protect\w*)\b"
)


def _named_beside(doc: Document, reading: Reading) -> bool:
    """Whether the sentence behind says which interest it is, or the one ahead the purpose that it serves."""
    behind = doc.near(reading, 0, 1)[1:]
    if any(_NAMED_NEXT.search(r.low) for r in behind):
        return True
    ahead = doc.near(reading, 1, 0)[:-1]
    return _BASIS_OF_ABOVE.search(reading.low) is not None and any(
        _PURPOSE_ABOVE.search(r.low) and not _INTEREST.search(r.low) for r in ahead
    )


def unnamed_interest(doc: Document) -> Iterator[Finding]:
    """Legitimate interests that are not named (rule interest-unspecified)."""
    if not doc.places & {"EU", "UK"} or doc.says(_OF_WHAT):
        return
    if doc.says(_NAMED_INTEREST):
        return
    hits = [
        h
        for h in doc.hits(_INTEREST)
        if not _persons_own(h.reading)
        and not _NEEDED.search(h.reading.low)
        and not _named_beside(doc, h.reading)
    ]
    if hits:
        yield report(
            "open-ended/interest-unspecified",
            "warn",
            of(hits),
            f"legitimate interests are relied on and not named: {quoted(hits)}",
            hint="name the interest for each purpose and why it outweighs the person's",
            law="GDPR Art. 6(1)(f), 13(1)(d)",
        )


def _persons_own(reading: Reading) -> bool:
    return (
        "no legitimate" in reading.low
        or "your legitimate" in reading.low
        or "your and our" in reading.low
        or "object" in reading.words
    )


# the words of the law in a definition, and the one that matters left out
_DEFINED = Phrase(
    r"\bconsent\b[^.;]{0,40}\b(?:means|shall mean|is|refers to)\b[^.;]{0,80}\b(?:specific|unambiguous|unequivocal|informed|express)\b[^.;]{0,160}\b(?:will|wishes|agree\w*|consents?|signif\w+)\b"
)
_FREELY = Phrase(r"\bfree(?:ly|dom)?\b|\bvoluntar\w+")


def unfree(doc: Document) -> Iterator[Finding]:
    """A definition of consent without its freedom (rule consent-undefined)."""
    hits = [h for h in doc.hits(_DEFINED) if not _FREELY.search(h.reading.low)]
    if hits and doc.places & {"EU", "UK"}:
        yield report(
            "undefined-term/consent-undefined",
            "warn",
            of(hits),
            f"consent is defined without being freely given: {quoted(hits)}",
            hint="use the definition of the law: freely given, specific, informed and unambiguous",
            law="GDPR Art. 4(11), 7(4)",
        )


DETECTORS = (by_use, bundled, unfree, no_purpose, no_basis, unassigned, unnamed_interest)
