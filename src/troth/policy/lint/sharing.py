"""Sources, anonymous data and the sale of the company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_company
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.english_anonymity import NAMELESS
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

_SOURCE = Phrase(
    r"\b(?:outside|third|other|sundry|external|outsid\w+) (?:\w+ )?(?:parties|firms|companies|persons|agencies|sources|bodies)\b.{0,40}\b(?:suppl(?:y|ies)|provides?|furnish\w*|sends?|gives?|tells?|report)\b.{0,20}\bus\b|\benrichment (?:vendors?|services?|providers?|partners?)\b|(?:数据服务商|数据商|数据公司|数据平台|外部机构|其他公司|其他机构|他人).{0,10}(?:处)?.{0,4}(?:购买|获取|获得|取得|收集)|"
    r"\bfrom (?:\w+ ){0,4}?(?:compilers?|aggregators?|bureaus?|suppliers?|resellers of data|lists?|others|elsewhere|third "
    r"persons|somebody else|persons|people) ?(?:\w+ )?(?:other than|who|and|,|\.|$)|\bsources? other than\b|"
    r"\bfrom (?:\w+ ){0,3}?(?:data|list|information|marketing|contact) (?:providers?|vendors?|compan\w+|suppliers?|partners?|"
    r"sellers?|compilers?|houses?)\b|\bthird[- ]party data\b|\bdata (?:enrichment|append)\w*|"
    r"(?:第三方|他方|合作方|合作伙伴|关联方|其他来源|合法渠道|公共渠道|其他渠道).{0,8}(?:处|那里|渠道)?.{0,6}(?:获取|获得|收集|取得|购买)|"
    r"\b(?:combine|merge|match|enrich|supplement)\w*\b.{0,60}\bfrom (?:\w+ ){0,3}?(?:compan\w+|sources?|parties|partners|"
    r"others)\b|"
    r"\b(?:receive|obtain|collect|get|acquire)\w* (?:\w+ ){0,3}?(?:information|data)\b.{0,30}\bfrom (?:\w+ "
    r"){0,5}?(?:partners|third[- ]parties|affiliates|others)\b|"
    r"\bfrom (?:\w+ ){0,4}?(?:sources?|vendors?|brokers?|databases|registers|data (?:companies|providers|suppliers)|"
    r"outsiders|information services)\b|"
    r"\b(?:public(?:ly)?(?: and \w+| available| accessible)*|commercial(?:ly available)?|third[- ]party|"
    r"external|other) (?:and \w+ )?(?:sources?|databases?|records)\b|\bfrom (?:other )?third[- ]part(?:y|"
    r"ies)\b|\bdata brokers?\b|第三方(?:来源|渠道)|公开渠道|"
    r"(?:合作伙伴|合作方|关联公司|第三方|他人|其他用户).{0,4}(?:处|那里)?.{0,4}(?:获得|获取|取得|收集|间接)",
    Frame("getting 10 about-you 3 from 3 source"),
    Frame("getting 6 from 3 marketing 1 body"),
    Frame("source 4 passing 2 to-us 8 about-you"),
    Frame("others 4 passing 5 about-you"),
    Frame("enriching 10 from|supplied 3 source"),
    Frame("we 2 buy 1 market-data 1 your-data"),
    Frame("check-verb 6 external 2 source"),
    Frame("getting|check-verb 6 publicly"),
    Frame("getting 3 market-data 2 from-word 3 body"),
)
_GETTING = Phrase(
    r"\b(?:suppl\w*|furnish\w*|provid\w*|send|sends|gives?|tells?|grab\w*|pull\w*|pick\w*|scoop\w*)\b|"
    r"\b(?:combine|merge|match|enrich)\w*\b|"
    r"\b(?:receive|obtain|collect|acquire|get|gather|purchase|supplement|source|license|import|harvest|scrape|procure)\w*\b|"
    r"\b(?:buy|buys|bought|comes?|learn|learns|supplied|furnished|taken|draw|drawn)\b|获取|收集|获得|取得|购买",
    Frame("getting"),
    Frame("passing"),
    Frame("check-verb"),
)
_NAMED = Phrase(
    r"(?:such as|from|namely|e\.g\.,?|for example|including|,|"
    r"and) (?:the )?(?:[A-Z][\w&.]+ ?)+(?![\w]*[’'])|commercial register|credit (?:agency|bureau|"
    r"reference)|registry of companies|company registers?"
)
_THEMSELVES = Phrase(
    r"\bfrom (?:the )?(?:people|persons|those|visitors|users|customers) who (?:visit|pay|use|sign|register|contact|write|order|open|come)"
)
LAW_SOURCE = "GDPR Art. 14(2)(f); Cal. Civ. 1798.110(a)(2); PIPL Art. 17"


_MERGING = Phrase(
    r"\b(?:combine|merge|match|enrich|supplement|buy|buys|bought|purchas|licen[cs]e|com(?:e|es)\b|sourc|supplied|"
    r"furnished)\w*\b",
)


_TOLD_ON_REQUEST = Phrase(
    r"\byou (?:may|can) (?:request|ask)\b.{0,60}\b(?:the|our|its) sources?\b|\b(?:tell|disclose to|inform) you (?:\w+ ){0,3}sources?\b"
)


# in Chinese the source has a word before it; without one the partner is the one who gets
_CJK_FROM = Phrase(r"(?:从|由|自|向|通过|经|来自)[^。；，,]{0,16}$")


def _got_from(hit: Hit) -> bool:
    """Whether a Chinese sentence names a source, and not somebody who collects."""
    if not hit.reading.cjk:
        return True
    before = hit.reading.low[: hit.reading.low.find(hit.words.lower())]
    return (
        _CJK_FROM.search(before) is not None
        or hit.words[:1] in "从由自向"
        or "处" in hit.words
        or "那里" in hit.words
    )


_COLLECT_THEMSELVES = Phrase(r"直接收集|第三方[^。；，]{0,8}(?:可能|将|会)[^。；，]{0,4}(?:自动|自行)?收集")
# who gathers it for the company, and from where
_GATHERERS = Phrase(
    r"\bthird[- ]part(?:y|ies) (?:services?|sources?|providers?|companies|vendors?)? ?to (?:gather|collect|obtain|acquire) (?:\w+ ){0,3}?(?:information|data) (?:about|on|concerning) (?:you|our (?:users|customers|visitors))\b"
)
# companies that work for the company are no source
_HIRED = Phrase(
    r"\bthird[- ]part(?:y|ies) (?:companies |providers? |firms |vendors |suppliers |contractors )?to (?:provide|perform|supply|deliver|help|assist|run|host)\b"
)

_TAKEN_OUT = Phrase(r"\b(?:remov|delet|clean|dedup)\w*\b[^,;.]{0,30}\bfrom (?:\w+ )?(?:lists?|databases?)\b")


def sources(doc: Document) -> Iterator[Finding]:
    """Sources that are not named (rule source-open)."""
    hits = [
        h
        for h in doc.hits(_SOURCE)
        if _GETTING.search(h.reading.low)
        and _got_from(h)
        and not h.reading.refuses
        and not h.reading.told
        and not (h.reading.cjk and _COLLECT_THEMSELVES.search(h.reading.low))
        and not _THEMSELVES.search(h.reading.low)
        and not _NAMED.search(re.sub(r"^[^a-z]*[A-Z]\w+", "", h.reading.text))
    ]
    known = {h.reading.index for h in hits}
    hits += [h for h in doc.hits(_GATHERERS) if h.reading.index not in known and not h.reading.refuses]
    hits = [
        h
        for h in hits
        if (h.reading.does("collect", "use") or h.reading.personal or _MERGING.search(h.reading.low))
        and "messages" not in h.reading.words
        and not _HIRED.search(h.reading.low)
        and not _TOLD_ON_REQUEST.search(h.reading.low)
        and not _TAKEN_OUT.search(h.reading.low)
    ]
    if hits:
        yield report(
            "open-ended/source-open",
            "warn",
            of(hits),
            f"the sources of the data are not named: {quoted(hits)}",
            hint="name the sources, and whether they are public",
            law=LAW_SOURCE,
        )


_TAKEOVER = Phrase(
    r"\b(?:get acquired|gets acquired|acquires? us|(?:acquires?|purchases?|buys?|takes? over) (?:our|the) (?:business|company|assets|operations)|whoever acquires|take us over|sold off)\b|并购|重组|股权转让|新的?(?:股东|主体|经营者)|"
    r"\b(?:buys? us|bought out|get bought|gets bought|got bought|are bought|sell up|sells? up|takes? us over|new boss|new management)\b|"
    r"\bassets? (?:are|is) (?:\w+ )?(?:purchased|sold|acquired|bought|transferred)|\b(?:purchase|acquire|buy)s? (?:\w+ "
    r"){0,4}(?:our|the) (?:\w+ )?(?:business|company|assets)|\bamong the assets|\btransferred assets|"
    r"\b(?:taken over|takeover|change of ownership|changes? hands|wind(?:ing)?[- ]up|successors? (?:in|to|company|"
    r"entity))\b|\b(?:we are|company is|business is|be) (?:sold|acquired|bought)\b|收购方|"
    r"\b(?:merger|merges?|acqui(?:sition|red|rer)|bankruptcy|insolvency|reorgani[sz]ation|sale of (?:the |"
    r"our |all |its |substantially )?(?:\w+ ){0,3}(?:company|business|assets?)|business transfer|"
    r"asset transfer|change of control|purchased by another|sell (?:our|the) business|"
    r"business is (?:transferred|sold)|event of a sale|new owners?)\b|合并|收购|破产|"
    r"资产(?:转让|出售|剥离)|分立|清算|业务(?:转让|出售)|控制权|"
    r"\bto (?:a|any|our) successor\b|\bsell a (?:division|business unit|part)\b",
    Frame("giving 8 to|with 3 buyer"),
    Frame("sale 6 business-thing", ""),
    Frame("buyer 6 sale"),
    Frame("case-of 4 sale 2 business-word"),
    Frame("giving 8 to 2 new-thing"),
    Frame("prospective 1 buyer"),
    Frame("firm 2 is-word 2 bought"),
    Frame("insolven 12 dispose"),
    Frame("takes-over 2 the-word 1 firm"),
    Frame("restructuring"),
    Frame("case-of 4 sale 8 business-word"),
)
_MOVES = Phrase(
    r"\b(?:receives?|inherits?|gets?|takes? over)\b|交由|移交|转给|转至|一并|"
    r"\b(?:comes?|goes|go|moves?|travels?) (?:along )?with\b|\b(?:convey|conveyed|move|moved|handed|go|goes)\b|"
    r"\b(?:transfer|transferred|share|shared|disclose|disclosed|sold|pass|part of|assigned|provided?)\b|转让|转移|"
    r"\b(?:dispose of|change hands|belongs? to the assets)\b",
)
_GUARD = Phrase(
    r"\b(?:notif\w+|notice|inform|e-?mail you|tell you|consent|bound|honou?r|continue to comply|"
    r"comply with this|subject to this|same (?:level|protection)|require (?:the|that)|remain|undertak\w+|"
    r"announce)\b|告知|通知|同意|约束|继续",
)
_EITHER = Phrase(
    r"\b(?:require|bound|comply|continue)\b.{0,140}\bor\b.{0,60}\b(?:inform|notify|consent|ask|seek)|"
    r"\b(?:inform|notify)\b.{0,80}\bor\b.{0,60}\b(?:require|bound|comply)|要求.{0,60}(?:否则|或)",
)
LAW_TAKEOVER = "GDPR Art. 5(1)(a)-(b), 6(1), 14; PIPL Art. 22; PDPO DPP3; Cal. Civ. 1798.140(ad)(2)(C)"


def _aftermath(doc: Document, sale: Reading) -> list[Reading]:
    """The sentence about the sale and what is said about it next."""
    after = [r for r in doc.near(sale, 0, 2) if r.sentence.paragraph == sale.sentence.paragraph]
    return after if len(after) > 1 and _GUARD.search(after[1].low) else after[:2]


_YOURS = Phrase(
    r"\b(?:your|customer) (?:info|details|data|stuff|files|accounts?|records?|base|lists?)\b|客户资料|用户资料|用户数据|客户信息|\b(?:pii|records)\b"
)


_ASSIGNED = Phrase(r"\bassign (?:\w+ )?(?:information|data)\b")


_SHARING_LEAD = Phrase(r"\b(?:shar|disclos|transfer|provid|releas|pass)\w*\b|共享|披露|提供|转让")


_DEAL = Phrase(
    r"\b(?:mergers?|acquisitions?|takeovers?|bankruptcy|insolvency|divestitures?|reorgani[sz]ations?|(?:business|asset|corporate) (?:transfers?|sales?|transactions?)|sales? of)\b|合并|收购|破产|重组"
)


def _moves(reading: Reading) -> bool:
    """Whether data moves, by its own words or by those that introduce the list."""
    above = (reading.lead, *(title.lower() for title in reading.sentence.section))
    deal = reading.sentence.element == "bullet" and _DEAL.search(reading.low) is not None
    item = deal and any(map(_SHARING_LEAD.search, above))
    return item or _MOVES.search(reading.low) is not None


# "your e-mail won't be sold" is about the data, not about the company
_NOT_SOLD = Phrase(
    r"\b(?:e-?mails?|address(?:es)?|data|information|details|names?|records?) (?:will not|won't|is not|isn't|are not|aren't|shall not|will never|is never|are never) (?:ever )?(?:be )?sold\b"
)


_HANDED = Phrase(
    r"\b(?:provid|transfer|disclos|giv|pass|releas)\w* (?:\w+ ){0,3}?(?:information|data|details)\b[^.;]{0,20}\bto (?:a |any |the )?(?:third|other|another|buyer|purchaser|successor)"
)


def takeover(doc: Document) -> Iterator[Finding]:
    """Data sold with the company (rules business-transfer-unconditional, business-transfer-alternative)."""
    bare = []
    for hit in doc.hits(_TAKEOVER):
        r = hit.reading
        if (
            (
                not (
                    _moves(r)
                    and ("share" in r.acts or r.personal or _YOURS.search(r.low) or _HANDED.search(r.low))
                )
                and not _ASSIGNED.search(r.low)
            )
            or r.told
            or "right" in r.words
            or _NOT_SOLD.search(r.low)
        ):
            continue
        near = _aftermath(doc, r)
        if not any(_GUARD.search(n.low) for n in near):
            bare.append(hit)
        for n in near:
            # "bound, or else asked anew" is what the law of the mainland has
            if n.cjk and "否则" in n.low:
                continue
            if _EITHER.search(n.low) and (n is not r or "require" in n.words or "要求" in n.low):
                yield report(
                    "open-ended/business-transfer-alternative",
                    "warn",
                    (r, n) if n is not r else (n,),
                    f"the company picks between two duties when it is sold: {quoted([hit])}",
                    hint="give notice in every case, bind the buyer, and say what happens to people who refuse",
                    law=LAW_TAKEOVER,
                )
                break
    bare += [
        h
        for h in said(doc, english_company.SOLD, bare)
        if not any(_GUARD.search(n.low) for n in _aftermath(doc, h.reading))
    ]
    if bare:
        yield report(
            "risky-promise/business-transfer-unconditional",
            "warn",
            of(bare),
            f"when the company is sold the data moves without notice, consent or duty of the buyer: "
            f"{quoted(bare)}",
            hint="promise notice before the transfer, and bind the buyer to this policy",
            law=LAW_TAKEOVER,
        )


_ALL_TOLD = Phrase(
    r"\b(?:before|prior|in advance|advance|ahead|beforehand|\d+ days|days|consent|opt[- ]?out|object|choice|choose|delete your|close your)\b|提前|事先|事前|同意|拒绝|注销|删除"
)
_NOTICE = Phrase(
    r"\b(?:notif\w+|(?<!this )(?<!privacy )(?<!our )notice|inform|tell you|e-?mail you|announce\w*|advise you|let you know)\b|告知|通知|公告"
)
_DUTY = Phrase(
    r"\b(?:bound|bind|binds|honou?r|continue to (?:comply|protect|be|respect|apply)|comply with|subject to|same (?:level|protection|standards?)|require (?:the|that|any|such|them)|undertak\w+|adhere|respect|remains? (?:in force|subject|protected|bound|confidential)|"
    r"governed by|in accordance with (?:this|the terms of this|our)|consistent with (?:this|our)|confidentiality|under this|assum\w+)\b|继续|约束|要求|遵守|履行|保证"
)


def half_guarded(doc: Document) -> Iterator[Finding]:
    """Data sold with the company under one guard of the three that are due (rule business-transfer-unconditional)."""
    half = []
    for hit in doc.hits(_TAKEOVER):
        r = hit.reading
        moves = _MOVES.search(r.low) and ("share" in r.acts or r.personal or _YOURS.search(r.low) or r.lead)
        near = _aftermath(doc, r)
        low = " ".join(n.low for n in near)
        if not moves or r.told or "right" in r.words or not any(_GUARD.search(n.low) for n in near):
            continue
        chosen = _ALL_TOLD.search(_ELSE.sub(" ", low)) is not None
        told, bound = _NOTICE.search(low) is not None, _DUTY.search(low) is not None
        if not chosen and told != bound and not any(_EITHER.search(n.low) for n in near):
            half.append((hit, near, told))
    if half:
        lacking = sorted({"a duty of the buyer" if told else "notice to the person" for _, _, told in half})
        yield report(
            "risky-promise/business-transfer-unconditional",
            "warn",
            [r for _, near, _ in half for r in near],
            f"when the company is sold the data moves without choice and without {' or '.join(lacking)}: "
            f"{quoted([hit for hit, _, _ in half])}",
            hint="promise notice before the transfer, a way to refuse, and bind the buyer to this policy",
            law=LAW_TAKEOVER,
        )


# a consent that is only the other ground: "with your consent or in the event of a merger"
_ELSE = Phrase(
    r"\b(?:with(?:out)?|except with|unless (?:we (?:have|obtain)|with)) (?:your |the )?(?:\w+ ){0,2}consent\b[^.;]{0,40}\bor\b|(?:获得|取得|征得|在获取)[^。；]{0,8}同意[^。；]{0,12}(?:或|[；;])"
)


_ANONYMOUS = Phrase(
    r"\b(?:anonymous|anonymi[sz]ed|aggregate[d]?|de-?identified|non-personal(?:ly)?|pseudonymi[sz]ed|"
    r"non-identif\w+)\b|\b(?:not|never) (?:\w+ )?(?:linked|tied|connected) to (?:any |your )?(?:personal|identit)\w*|"
    r"统计(?:信息|数据|结果)?[^。]{0,24}不(?:包含|含有|包括|涉及)[^。]{0,16}(?:身份|个人)|匿名化?(?:数据|信息)|去标识化|"
    r"匿名化的?(?:数据|信息|统计)|\bnon-personally[- ]identif\w+|"
    r"\bdepersonali[sz]ed\b|\bcannot identify\b",
    Frame("not-identify 2 identify"),
    Frame("no-longer 1 identify"),
    Frame("statistics-word 6 publishing"),
    Frame("publishing 3 statistics-word"),
    Frame("without-identity 4 identity-word"),
    Frame("publishing 2 trend 8 customer-data"),
)
_MEASURED = Phrase(
    r"\b(?:at least|minimum|fewer than|groups? of|suppressed|noise|k-anonym|differential|irreversibl\w+|"
    r"cannot be (?:re-?identified|linked|traced|attributed|used to)|no longer be (?:linked|attributed|"
    r"identified)|remov\w+|truncat\w+|shortened|last (?:two|three) )|不可复原|无法识别",
)
_CLAIM = Phrase(
    r"\bnot (?:personally )?identify\b|\bnot identify any\b|\bnot,? (?:on its own,? )?permit\b|\bfor any purpose\b|"
    r"\bstatistical information\b|\b(?:is|are) (?:\w+ )?anonym\w+ (?:information|data)?|\b(?:because|since|as) (?:they|it) (?:do|does|contain|hold)\w*\b|\bnon-personal\b",
)


_TO_OTHERS = Phrase(
    r"\b(?:to|with|for) (?:our |the |its )?(?:advertisers|partners|third part|sponsors|investors|public)\b|"
    r"\b(?:to|with|for) (?:other|reputable|outside|various|selected|\w+) (?:parties|companies|vendors|third-party|third parties|organi[sz]ations)\b",
)
_TRACED = Phrase(r"\b(?:google analytics|analytics|cookies?|remarketing|ip address\w*|track\w*|pixels?)\b")


_UNNAMED = Phrase(
    r"\bidentify(?:ing)? yourself\b|\buse? ?(?:of |ing )?a pseudonym\b|"
    r"\b(?:who(?:ever)?|you|users?|reporters?|visitors?|complainants?|whistle-?blowers?|they)\b[^.;:]{0,30}\b(?:stay|remain|be|report|browse|visit)\b[^.;:]{0,20}\banonymous"
)


# "used to provide statistics on the use of the site" names a purpose and nobody who gets them
_COUNTED = Phrase(
    r"\b(?:used|uses?|and|,) (?:\w+ ){0,12}?to (?:provide|produce|compile|create|generate|give us) (?:us with )?(?:\w+ )?statistics (?:regarding|about|on|of|for) (?:the )?(?:use|usage|traffic|visits|number)\b"
)


_OWN_SERVICES = Phrase(
    r"\b(?:services?|products?|service offerings|experience|content|information) (?:that |which )?we (?:\w+ )?provide\b|\bto provide (?:better|improved|you|our|the|a)\b"
)


def anonymity(doc: Document) -> Iterator[Finding]:
    """Anonymous data passed on without a method or a size (rule anonymity-undefined)."""
    hits = [
        h
        for h in doc.hits(_ANONYMOUS)
        if not h.reading.told
        and not _excluded(h.reading)
        and not _UNNAMED.search(h.reading.low)
        and not (_COUNTED.search(h.reading.low) and not _TO_OTHERS.search(h.reading.low))
    ]
    if any(_MEASURED.search(h.reading.low) and not {"deleted", "delete"} & h.reading.words for h in hits):
        return
    released = [
        h
        for h in hits
        if h.reading.does("share")
        or {"provided", "passed", "available"} & h.reading.words
        or ("provide" in h.reading.words and not _OWN_SERVICES.search(h.reading.low))
        or _TO_OTHERS.search(h.reading.low)
        or (h.reading.does("collect") and _TRACED.search(h.reading.low) and "anonymous" in h.reading.words)
        or h.reading.cjk
        or "publish" in h.reading.words
        or _CLAIM.search(h.reading.low)
    ]
    released += [h for h in said(doc, NAMELESS, released) if not _UNNAMED.search(h.reading.low)]
    if released:
        related = [r for h in released for r in doc.near(h.reading, 1, 1) if _CLAIM.search(r.low)]
        yield report(
            "undefined-term/anonymity-undefined",
            "warn",
            (*of(released), *related),
            f"no method and no smallest group makes this anonymous: {quoted(released)}",
            hint="state the smallest group size or the method, and test it against re-identification",
            law="GDPR Recital 26, Art. 4(1); Cal. Civ. 1798.140(m); PIPL Art. 4, 73(4)",
        )


def _excluded(reading: Reading) -> bool:
    return "excluding" in reading.words or "delete" in reading.words or bool(reading.refuses & {"share"})


DETECTORS = (sources, takeover, half_guarded, anonymity)
