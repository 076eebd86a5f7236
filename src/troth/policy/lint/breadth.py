"""Statements so wide that they limit nothing, and limits that the next sentence or list leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_ITEM = r"^[-•*\s]*(?:\(?[\da-z]{1,3}(?:\.\d+)*[.)]?\s+)?"
_BUSINESS = r"(?:business(?:es)?|commercial|company|corporate)"
_GENERAL = Phrase(
    rf"{_ITEM}(?:for |to )?(?:process|handle|carry out|perform|execute|complete|manage|administer|fulfil|deal with|support)(?:ing)? (?:any |your |all |our )?other (?:transactions?|activit(?:y|ies)|operations?|matters?|services?|business|functions?|tasks|requests?)[;,.]?(?: and| or)?$|"
    rf"{_ITEM}(?:for |to )?(?:pursu|conduct|carry|run|operat|manag|perform)(?:e|ing|ning)?(?: on| out)? (?:our|its|the) (?:\w+ )?{_BUSINESS}(?:(?: and|,)? (?:activities|functions|operations|interests))*[;,.]?(?: and| or)?$|"
    rf"{_ITEM}(?:for )?(?:our )?(?:general |other )?(?:administrative|administration|business|commercial|operational|internal|corporate|management) purposes[;,.]?(?: and| or)?$|"
    rf"{_ITEM}any (?:other )?{_BUSINESS} activit(?:y|ies)\b|"
    rf"\bother purposes?,? (?:as|that|which)\b[^.;]{{0,60}}\b(?:found|contained|included|set out|disclosed|stated) (?:in|on|through) (?:\w+ ){{0,3}}(?:terms|agreements?|contracts?|web ?sites?|documents?)\b[^.;]{{0,40}}\bor\b|"
    rf"\b(?:use|process|collect|disclose|hold)\w*\b[^.;]{{0,80}}\bto (?:conduct|carry on|run|operate|pursue) (?:our|its) {_BUSINESS}(?: activities| operations| interests)?(?=[.;,]|$)|"
    rf"\bfor (?:our|its) (?:own )?legitimate {_BUSINESS} (?:needs|purposes|reasons)(?=[.;,]|$)|"
    r"(?:出于|为了?|用于|基于)(?:我们|本公司|公司)?的?(?:正当|合法|合理|自身)?的?(?:业务|经营|商业|运营|管理)(?:上的)?(?:需要|目的|用途)(?=[，,。；])|"
    r"^[-\s]*(?:[（(]?[\d一二三四五六七八九十]+[)）、.]\s*)?(?:业务|经营|商业|管理|行政|内部)(?:上的)?(?:需要|目的|用途)[；。]?$"
)


def general(doc: Document) -> Iterator[Finding]:
    """Purposes that would fit any company (rule purpose-open)."""
    hits = [h for h in doc.hits(_GENERAL) if not h.reading.refuses and not h.reading.told]
    if hits:
        yield report(
            "open-ended/purpose-open",
            "block",
            of(hits),
            f"a purpose that fits everything a company does limits nothing: {quoted(hits)}",
            hint="say what is done with the data",
            law="GDPR Art. 5(1)(b); PIPL Art. 6; PDPO DPP3",
        )


_ACROSS = Phrase(
    r"\b(?:consent|agree)\w*\b[^.;]{0,140}\b(?:any|one)(?: one)? of (?:the|these|our) purposes?\b[^.;]{0,100}\b(?:any|all|every|each)(?: of the)? other\b|"
    r"\b(?:collected|given|provided|obtained) for (?:one|any(?: one)?|a single) purpose\b[^.;]{0,60}\b(?:may|can|will) (?:also )?be used for (?:any|all|every|the)(?: of)?(?: the)? others?\b|"
    r"为(?:其中)?(?:某|任)[一何]?目的[^。；]{0,40}(?:用于|使用)[^。；]{0,12}(?:其他|任何|全部)[^。；]{0,6}目的"
)


def across(doc: Document) -> Iterator[Finding]:
    """Consent to one purpose taken for every other (rule consent-bundled)."""
    hits = list(doc.hits(_ACROSS))
    if hits:
        yield report(
            "risky-promise/consent-bundled",
            "block",
            of(hits),
            f"consent to one purpose is taken for all of them: {quoted(hits)}",
            hint="ask for each purpose apart",
            law="GDPR Art. 6(4), 7(2), Recital 43; PIPL Art. 14",
        )


_NOTICE_ALONE = Phrase(
    r"(?:除非|只有|仅在|只要)[^。；]{0,20}(?:授权|授予|同意|许可|允许)[^。；]{0,16}(?:或者?|或是)[^。；]{0,12}(?:通知|告知|公告)|仅凭[^。；，]{0,6}(?:通知|告知|公告)|"
    r"\b(?:unless|only (?:if|when|after)) (?:you (?:have )?(?:consent\w*|agreed?|allow\w*|permit\w*)|we have your (?:consent|permission))\b[^.;]{0,30}\bor (?:\w+ ){0,4}?(?:notified|informed|told|given (?:you )?(?:\w+ )?notice)\b"
)


def by_notice(doc: Document) -> Iterator[Finding]:
    """Sharing after consent or a mere notice (rule new-use-optout)."""
    hits = [
        h
        for h in doc.hits(_NOTICE_ALONE)
        if h.reading.acts & {"share", "use"} or "出售" in h.reading.low or "分享" in h.reading.low
    ]
    if hits:
        yield report(
            "risky-promise/new-use-optout",
            "warn",
            of(hits),
            f"a notice stands in for consent: {quoted(hits)}",
            hint="ask for consent, or name the legal ground that makes a notice enough",
            law="GDPR Art. 5(1)(b), 6(4), 7; PIPL Art. 14, 23",
        )


_CATCH_ALL = Phrase(
    r"^[-•*\s]*(?:[（(]?[\d一二三四五六七八九十]+[)）、.]\s*)?其他(?:相关|必要|有关)?的?(?:信息|资料|数据)(?:[:：]|[；。]?$)(?!.{0,20}(?:包括|例如|如下))|"
    rf"{_ITEM}(?:any )?other (?:personal )?(?:information|data|details)(?: (?:we|you)\b[^:(]{{0,60}})?[.;]?$"
)


def catch_all(doc: Document) -> Iterator[Finding]:
    """An item "other information" among what is collected (rule list-open)."""
    hits = [h for h in doc.hits(_CATCH_ALL) if h.reading.lead or h.reading.sentence.element == "bullet"]
    if hits:
        yield report(
            "open-ended/list-open",
            "warn",
            of(hits),
            f"an item of the list holds whatever is not named: {quoted(hits)}",
            hint="name the data, or leave the item out",
            law="GDPR Art. 13-14; PIPL Art. 6, 17(1)(2)",
        )


_PLACE = Phrase(r"位置信息|gps|定位|地理位置")
_PLACE_AIM = Phrase(r"用于|以便|为了|目的|同意|授权|开启|关闭|拒绝|权限|不(?:会)?(?:收集|获取)")


# where somebody roughly is, and what the words of the text mean
_ROUGH = Phrase(r"ip ?地址[^。；，]{0,8}(?:大致|大概|粗略|所属|归属)|(?:城市|省份)级")
_SPOKEN_OF = Phrase(r"^本?(?:隐私)?(?:政策|声明)中?涉及的")


def located(doc: Document) -> Iterator[Finding]:
    """Location read, and nothing on purpose or consent (rule sensitive-consent)."""
    if not doc.chinese:
        return
    told = [h for h in doc.hits(_PLACE) if h.reading.cjk]
    if any(_PLACE_AIM.search(h.reading.low) for h in told):
        return
    taken = [
        h
        for h in told
        if (h.reading.does("collect") or h.reading.lead)
        and not doc.explains(h.reading)
        and not _ROUGH.search(h.reading.low)
        and not _SPOKEN_OF.search(h.reading.low)
    ]
    if taken:
        yield report(
            "missing-mandatory/sensitive-consent",
            "warn",
            of(taken),
            f"where somebody is counts as sensitive, and neither purpose nor consent is named: {quoted(taken)}",
            hint="say what the location is for, and ask for separate consent",
            law="PIPL Art. 28-30",
        )


_WHILE = Phrase(
    r"(?:保留|保存|存储)[^。；]{0,50}(?:只要|直至|直到)[^。；，]{0,8}(?:需要|必要)|只要[^。；，]{0,12}(?:需要|必要)[^。；]{0,40}(?:保留|保存|存储)|"
    r"(?:账户|帐户|账号|帐号)(?:的)?(?:有效|存续|使用)期(?:限|间)?内?[^。；]{0,8}(?:保留|保存|存储)"
)
_CLOSED = Phrase(r"(?:注销|关闭|终止|删除)[^。]{0,30}(?:后|时|起)[^。]{0,40}(?:删除|匿名|保留|保存|销毁|\d)")


def while_open(doc: Document) -> Iterator[Finding]:
    """Kept while an account lives, and not a word on what comes after (rule retention-vague)."""
    if not doc.chinese or doc.says(_CLOSED):
        return
    hits = [h for h in doc.hits(_WHILE) if h.reading.cjk]
    if hits:
        yield report(
            "undefined-term/retention-vague",
            "warn",
            of(hits),
            f"nothing says what becomes of the data when the account is closed: {quoted(hits)}",
            hint="give a period after closing, in days",
            law="PIPL Art. 17, 19, 47; GDPR Art. 13(2)(a)",
        )


_CERTAIN = Phrase(
    r"\bcookies?\b[^.;:]{0,50}\bfor (?:certain|some) (?:reasons|purposes)\b(?!,? (?:such|namely|includ|like|described|listed|:))|(?:因|出于|为)(?:某些|特定|一定)(?:的)?(?:原因|目的)[^。；]{0,12}cookie"
)


def certain(doc: Document) -> Iterator[Finding]:
    """Cookies "for certain reasons" (rule term-undefined)."""
    hits = list(doc.hits(_CERTAIN))
    if hits:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(hits),
            f"the reasons are not named: {quoted(hits)}",
            hint="name the purpose of every cookie",
            law="GDPR Art. 12(1), 13(1)(c)",
        )


_BARRED = re.compile(
    r"^(.{2,40}?) (?:is|are) not (?:allowed|permitted|entitled) to (?:share|disclose|transfer|pass|sell)|^(.{2,40}?) (?:may|must|shall) not (?:share|disclose|transfer|pass|sell)\b"
)
_ALLOWED = re.compile(
    r"^(.{2,40}?) may (?:also |however )?(?:transfer|share|disclose|pass|sell)\b[^.;]{0,60}\b(?:third part|other compan|others\b|partners)"
)
_CONSENTED = Phrase(r"\b(?:consent|permission|instruct\w*|anonym\w*|aggregate\w*)\b")


def barred(doc: Document) -> Iterator[Finding]:
    """Somebody who may not share, and may transfer to third parties (rule confidentiality-conflict)."""
    for one in doc.body if " not " in doc.low else ():
        first = _BARRED.match(one.low)
        if not first:
            continue
        who = first[1] or first[2]
        for other in doc.readings[one.index + 1 : one.index + 3]:
            second = _ALLOWED.match(other.low)
            if second and second[1] in {who, "it", "they"} and not _CONSENTED.search(other.low):
                yield _conflict(
                    (one, other), f"{who} may not share, and may: {quote([one.text, other.text])}"
                )


_CLOSED_WAYS = Phrase(
    r"\b(?:share|disclose|pass)\w*\b[^.;]{0,80}\b(?:only|solely|exclusively)\b[^.;]{0,50}\b(?:described|set out|stated|listed|named|specified)\b|"
    r"\b(?:only|solely|exclusively) (?:share|disclose)\w*\b[^.;]{0,80}\b(?:described|set out|stated|listed|named|specified)\b"
)
_ENDEAVOUR = Phrase(
    r"\b(?:reasonable|best|commercially reasonable) (?:endeavou?rs|efforts) to (?:avoid|prevent|limit|minimi[sz]e) (?:the |any |other |further )*(?:disclos|shar)\w+"
)
_LIST = Phrase(
    r"\b(?:share|disclose|provide|transfer|pass)\w*\b[^.;]{0,60}\b(?:the )?following (?:third[- ]part(?:y|ies)|recipients|companies|parties|organi[sz]ations)\b[^.;]{0,10}[:：]?$"
)
_SERVED = re.compile(
    r"\b(?:processing|processor) agreement with ([A-Z][\w.]+)|\bwe use (?:\w+ ){0,3}?(?:from|of|by) ([A-Z][\w.]+)|\b([A-Z][a-z]+) Analytics\b"
)
_WIDE = Phrase(
    r"\b(?:service providers?|processors?|suppliers?|subcontractors?|vendors?|analytics|partners?|contractors?|cookies?)\b"
)
_MANY = 40


def closed(doc: Document) -> Iterator[Finding]:
    """A closed list of recipients or ways, and one beside it (rule confidentiality-conflict)."""
    ways = [h for h in doc.hits(_CLOSED_WAYS) if not h.reading.told]
    softer = list(doc.hits(_ENDEAVOUR))
    if ways and softer:
        yield _conflict(
            (*of(ways), *of(softer)), f"only the ways described, and others: {quoted([*ways, *softer])}"
        )
    for hit in doc.hits(_LIST):
        items = _below(doc, hit.reading)
        listed = " ".join(r.low for r in items)
        if not items or _WIDE.search(listed):
            continue
        named = [n for n in _served(doc) if n.words.lower() not in listed and n.reading not in items]
        if named:
            yield _conflict(
                (hit.reading, *items, *of(named)),
                f"the list of recipients is closed and leaves out {quoted(named)}",
            )


def _below(doc: Document, lead: Reading) -> list[Reading]:
    items = []
    for reading in doc.readings[lead.index + 1 : lead.index + _MANY]:
        if reading.heading:
            break
        items.append(reading)
    return items if any(r.sentence.element == "bullet" for r in items[:2]) else []


def _served(doc: Document) -> Iterator[Hit]:
    """Companies that handle data for the publisher, by name."""
    for reading in doc.body:
        match = _SERVED.search(reading.text)
        if match and not reading.refuses:
            yield Hit(reading, match[1] or match[2] or match[3])


def _conflict(about: tuple[Reading, ...], message: str) -> Finding:
    return report(
        "contradiction/confidentiality-conflict",
        "block",
        about,
        message,
        hint="write one list of recipients, and let every sentence refer to it",
        law="GDPR Art. 5(1)(a), 13(1)(e); PIPL Art. 17, 23",
    )


_LABELLED = Phrase(
    r"^\W*(?:location|country|place of (?:processing|storage)|server location|seat|data location)s? ?: ?(?:the )?(?:usa?|u\.s\.(?:a\.)?|united states|india|china|russia|philippines|brazil|singapore|australia)\b"
)
_GUARD = Phrase(
    r"\b(?:standard (?:contractual|data protection) clauses|adequacy|binding corporate|privacy framework|privacy shield|safe harbou?r|sccs?|model clauses|appropriate safeguards|art(?:icle|\.)? ?46)\b"
)


def unguarded(doc: Document) -> Iterator[Finding]:
    """A European text that lets data go to a named country and names no safeguard (rule transfer-undisclosed)."""
    if not doc.places & {"EU", "UK"} or doc.says(_GUARD):
        return
    hits = list(doc.hits(_LABELLED))
    if hits:
        yield report(
            "risky-promise/transfer-undisclosed",
            "warn",
            of(hits),
            f"data goes to another country, and no safeguard is named: {quoted(hits)}",
            hint="name the adequacy decision or the clauses for each country",
            law="GDPR Art. 13(1)(f), 44-49",
        )


DETECTORS = (general, across, by_notice, catch_all, located, while_open, certain, barred, closed, unguarded)
