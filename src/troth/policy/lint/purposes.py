"""What data is used for: open grounds, and uses that break a limit the text sets itself."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_opposites
from troth.policy.lint import english_purposes as kinds
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 5(1)(b), 13(1)(c); PIPL Art. 6, 17(1)(2); PDPO DPP1(3), DPP3; PDPA s. 18, 20; Cal. Civ. 1798.100(c)"

_KIND = (
    r"(?:lawful|legal|legitimate|business|commercial|permitted|permissible|valid|internal|appropriate|similar|further|"
    r"related|reasonable|additional|corporate|operational)"
)
_OPEN = Phrase(
    r"\bfor (?:a (?:wide )?(?:variety|range|number) of|many|multiple|several|various|different|all kinds of|all sorts of) (?:other )?(?:purposes|reasons)\b(?! (?:described|listed|set out|stated|below|above|outlined|as (?:described|set)|that are|which are))(?=[,.;]? (?:including|such as|like|among)|[.;])|"
    r"\bother (?:business |commercial |related )*activities (?:that are |which are )?(?:related|relating|connected|incidental|ancillary) to\b|\bwhatever purposes?\b|\b(?:in|however) (?:any|whatever|whichever) (?:way|manner|fashion)\b(?! (?:incompatible|that is))|\b(?:any|every|such) (?:new|other|further|different|additional) (?:use|purpose|end)s?\b(?! (?:than|unless|without))|\bhowever we (?:like|want|wish)|"
    r"\b(?:as|however) we please\b|\bwithout (?:any )?restriction of purpose|"
    r"\b(?:in|for) (?:new|other|different|additional|further|unforeseen|various) (?:ways|manners|contexts|fashions)\b|\bas (?:our|the|its) "
    r"(?:business|company|needs?|plans?|products?|strategy) (?:grows?|evolves?|develops?|changes?|requires?|demands?|dictates?)|"
    r"\b(?:any|other|such other|further) (?:circumstances|situations|cases|occasions|reasons?|grounds?)\b.{0,30}\b(?:considers?|deems?|"
    r"thinks?|believes?|finds?|sees?|feels?|necessary|appropriate|fit)|\bwhatever (?:we|it|use|reason|end|need)\b|\bas (?:we|it|\w+) (?:may )?"
    r"(?:consider|deem|think|see|find|believe)s? (?:\w+ )?(?:fit|best|necessary|appropriate|expedient|useful|proper|desirable)|"
    rf"\b(?:any |all |for )?(?:other|further|additional) (?:{_KIND}(?:,? (?:and|or) |,? )?)*(?:purpose|use|reason|interest|"
    rf"need|end)s?\b(?! than| devices?\b| users?\b| points?\b| customers?\b)|"
    r"\b(?:such )?(?:other|further|ancillary|incidental|related|additional|associated) purposes? as\b|\banything else\b.{0,40}\b(?:sense|like|want|need|useful|"
    r"fit|choose|think|please)|\b(?:all|any|every) purposes? (?:that |which |as )?\w+ (?:may )?(?:deem|consider|think|find|see|believe)s?\b|"
    rf"\bany (?:{_KIND} )*purposes?\b|\bpurposes? (?:that |which )?(?:we|it) (?:may )?(?:deem|consider|see|think|find|choose)|"
    r"\b(?:as|that|which) (?:we|it) (?:may )?(?:deem|consider|see|sees|find|think|feel)s? (?:is |are |as |to be )?(?:fit|"
    r"useful|necessary|appropriate|relevant|desirable|suitable)|"
    r"\bpurposes?,? including (?:but not limited to|without limitation)|\bother (?:information|informations|data) (?:that "
    r"we|which we|we|necessary|useful) (?:deem|consider|think|find|want|need|for our business)\w*|"
    r"\bfor (?:our )?(?:legitimate )?(?:legal or )?business purposes\b|\bas (?:otherwise )?permitted by law\b|"
    r"其他(?:合法|正当|商业|合理)?(?:用途|目的|需要)|任何(?:合法|正当|商业)?(?:的)?(?:目的|用途)|我们认为(?:必要|适当|合适|"
    r"需要)(?!的?(?:位置|地方|方式|渠道|时间|途径))|其他我们认为|"
    r"\bother purposes (?:that are |which are |as )?(?:\w+ (?:or|and) )?(?:permitted|allowed|authori[sz]ed)\b|\bin ways? (?:that )?we have (?:not|yet)\b|\bas otherwise necessary\b|\bany other purposes? which may be\b|(?:其他|其它)?(?:业务|经营|商业|运营)(?:上的)?需要|(?:业务|经营)(?:相关|有关)的(?:其他|其它)|认为(?:有必要|必要|合适)的(?:其他)?(?:用途|目的)|"
    r"其他.{0,6}(?:目的|用途)|"
    r"\b(?:new|unanticipated|unforeseen|undisclosed)(?:,? (?:new|unanticipated|unforeseen|undisclosed|other))* (?:uses|purposes)\b",
    Frame("using 12 for 3 open 1 purpose-other", "refusing"),
    Frame("using 12 for 2 wide 1 purpose", "refusing"),
    Frame("purpose 4 related 3 of-us 2 own-business", "refusing"),
    Frame("using 12 necessary 2 for 2 of-us 2 own-business", "refusing"),
    Frame("using 10 for 3 of-us 2 commercial 1 interest", "refusing"),
    Frame("using 10 conduct-of 2 of-us 1 own-business", "refusing"),
    Frame("using 10 another 2 reason", "refusing"),
    Frame("using 12 related 3 of-us 2 general 1 own-business", "refusing"),
    Frame("using 10 such 1 purpose 1 as-word", "refusing"),
    Frame("purpose 1 we-deem", "refusing"),
    Frame("other-word 1 requirements 3 company-of", "refusing"),
)
_CLOSED = Phrase(
    r"\b(?:described|set (?:out|forth)|listed|stated|identified|specified|disclosed|explained|outlined|mentioned)\b|"
    r"\bconsent|\bcompatible|\bpermission|"
    r"\bnotif(?:y|ied)|\binform(?:ed)? you|\bprior notice|\bproportionate|\bat the time|\brequired by|同意|告知",
)
_REFUSING = Phrase(
    r"\b(?:not|never|no|without|prohibit\w*|prevent\w*|refrain|nor|neither|forbidden|cannot|may not|don't|won't|doesn't)\b|"
    r"不会|不得|禁止|不|无权",
)
_HANDLING = frozenset({"collect", "use", "share", "retain"})
_CHANGING = Phrase(
    r"\b(?:update|modif|chang|revis|amend|adjust)\w*\b.{0,60}\b(?:policy|statement|notice)\b|\b(?:policy|statement|"
    r"notice)\b.{0,60}\b(?:update|modif|chang|revis|amend|adjust)",
)


_REQUESTED = Phrase(
    r"\b(?:your|a|an|any|the|such|each|every|access|valid) (?:\w+ )?request\b|\brequest (?:a|that|access|for)\b"
)
_LASTING = Phrase(r"\blong as\b|\bperiod\b|\bduration\b")


_WIDER = Phrase(r"\bother purpose|\bunanticipated|\bnew\b")
_LOOSE = Phrase(
    r"\b(?:permitted|allowed|authori[sz]ed) (?:or required )?(?:by|under) (?:the )?(?:applicable )?law|\bmay be notified on our\b|\bnot (?:previously |yet )?(?:disclosed|described|stated)\b"
)


# what the text holds for, what helpers are kept from, and tools of the same kind are no purposes of the company
_NO_USE_OF_OURS = Phrase(
    r"\b(?:policy|statement|notice) (?:\w+ )?(?:applies|apply|covers|governs|extends)\b|"
    r"\b(?:prevent|prohibit|forbid|stop|bar|preclude|restrict)\w*\b[^.;]{0,80}\b(?:from )?(?:us(?:e|es|ing)|process(?:ing)?)\b|"
    r"\bother similar (?:products?|tools?|services?|technolog\w+|programs?|means)\b"
)
# "how our users as a group use the site": no use by a group of companies
_TOGETHER = Phrase(r"\bas a (?:group|whole) use\b")


_ASKED_BEFORE = Phrase(
    r"(?:征得|取得|获得|经)[^。；，,]{0,10}同意的?(?:其他|其它)(?:目的|用途)|(?:事先|另行|再次|重新)[^。；，,]{0,4}(?:征求|征得|取得)[^。；，,]{0,6}同意|业务需要[^。；，,]{0,8}委托"
)


# the ways in which people order or write, not those of the company
_THEIR_WAYS = Phrase(
    r"\b(?:you (?:\w+ )?(?:provide|submit|give|supply|send|enter|order|contact|register)|yourself|by (?:ordering|registering|signing|contacting|calling|writing|subscribing))\b"
)
# who works for the company does so for its benefit
_PROCESSING_FOR = Phrase(
    r"\bno longer (?:needed|required|necessary|relevant|useful) for any\b|\bon behalf of\b[^.;]{0,60}\bfor the benefit of\b"
)


_GATHERED_SO = Phrase(
    r"\b(?:collect|gather|obtain|receiv)\w*\b[^.;]{0,60}\bin (?:\w+ )?(?:different|various|several) ways\b"
)


def opened(doc: Document) -> tuple[Hit, ...]:
    """Sentences that allow uses the text does not name."""
    kept = []
    for hit in doc.hits(_OPEN):
        r = hit.reading
        start = r.low.find(hit.words.lower())
        before, after = r.low[max(0, start - 110) : start], r.low[start : start + len(hit.words) + 60]
        if "different ways" in hit.words.lower() and (not r.does("use") or _GATHERED_SO.search(r.low)):
            continue
        if _THEIR_WAYS.search(before) and "ways" in hit.words.lower():
            continue
        handled = r.acts & _HANDLING or "purpose" in r.low or "目的" in r.low or "用途" in r.low
        if _WIDER.search(hit.words.lower()) and _LOOSE.search(r.low[start:]) and r.does("use"):
            kept.append(hit)
            continue
        if not handled or _REFUSING.search(before) or _CLOSED.search(after) or _CHANGING.search(r.low):
            continue
        if (
            r.told
            or _ASKED_BEFORE.search(r.low)
            or _REQUESTED.search(r.low)
            or ("believes" in hit.words.lower() and r.does("share"))
            or ("deem" in hit.words.lower() and r.does("share") and not r.does("use"))
            or (_LASTING.search(r.low) and not r.does("use", "collect", "share"))
        ):
            continue
        kept.append(hit)
    return (
        *kept,
        *(
            h
            for h in said(doc, kinds.OPEN, kept)
            if not any(p.search(h.reading.low) for p in (_TOGETHER, _PROCESSING_FOR, _NO_USE_OF_OURS))
        ),
    )


_LIMIT_NEED = Phrase(
    r"\b(?:sole|only|single|exclusive) (?:purpose|aim|use|reason)\b|\b(?:not|never|n't) (?:to )?(?:learn|train|profit|benefit) (?:\w+ )?(?:from|on|with)\b|\byours alone\b|(?:只|仅|专)(?:用于|为了|供(?!参考|[^。；，]{0,12}(?:岁|成年人|人士|居民|企业客户|个人用户|会员)[^。；，]{0,8}(?:使用|注册|登记|申请|开户|开立|订购|。|$))|会用于)|"
    r"\b(?:for|to) (?:nothing|no(?: other| further)? purpose|no other (?:end|reason|use)|nobody)\b(?: else)?|\band (?:for )?nothing "
    r"else\b|\bnot\b.{0,60}\bfor (?:our|its|any) own (?:purposes|ends|use|benefit)|\b(?:only|solely|exclusively|strictly) (?:ever )?"
    r"(?:use|used|process|processed|utili[sz]ed?|employ|employed|need)\b|\b(?:use|used|process|processed|employed) (?:\w+ "
    r"){0,6}?(?:only|solely|exclusively|strictly|just) (?:for|to|in)\b|"
    r"\b(?:never|nobody|no one|not|n\'t)\b.{0,50}\b(?:use|process)\w*\b.{0,40}\b(?:anything|any purpose|purposes?|any "
    r"reason) (?:except|other than|but|beyond|besides)(?! (?:those|the ones|the purposes|as|what|that))|"
    r"\bonly (?:as|what|the|that|such|to the extent)\b.{0,60}\b(?:need|necessary|required)|\b(?:only|solely|exclusively|"
    r"strictly|just) (?:\w+ ){0,6}?(?:to|for|in order to) "
    r"(?:the )?(?:deliver|provid|operat|run|perform|fulfil|the purpose of provid)|\blimit(?:s|ed|ing)? (?:the |our |its "
    r")?(?:collection|use|processing|amount)\b.{0,80}\b(?:need|necessary|required|provide|deliver)|"
    r"\b(?:only|solely) (?:collect|use|process|gather)\w*\b.{0,50}\b(?:need|necessary|required|provide|deliver|operate|run)|"
    r"\b(?:minimum|only the) (?:data|information|amount)\b.{0,40}\b(?:need|necessary|required)|仅(?:在|为|用于|"
    r"收集).{0,20}(?:必需|必要|所需|提供服务)",
)
# "shall be used for the purpose for which it was collected", without an only
_LIMIT_GIVEN = Phrase(
    r"\b(?:shall|will|is|are|must) (?:only |solely )?be used (?:only |solely |exclusively )?for the purposes? (?:for which|that) (?:it|they|the (?:data|information)|you) (?:has been|have been|was|were|is|are|had been) (?:\w+ )?(?:collected|given|provided|supplied|obtained|gathered)\b|"
    r"\b(?:kept|used|held|processed) only for the purposes? for which (?:it|they) (?:has been|have been|was|were|is|are) (?:\w+ )?(?:collected|gathered|obtained|given)\b"
)
# no purpose but the one shown where data is entered, and data that is entered nowhere
_LIMIT_SHOWN = Phrase(
    r"\b(?:not|never)\b[^.;]{0,20}\b(?:use|process)\b[^.;]{0,40}\bfor any (?:other )?purposes? (?:other than|except|beyond) (?:that|those|the (?:one|purpose)s?) (?:\w+ )?(?:indicated|stated|given|specified|shown|described|named) (?:at|on|when|where|in)\b[^.;]{0,40}\b(?:point|time|place|form|collect\w*)\b"
)
_UNSHOWN = Phrase(
    r"\bautomatically (?:\w+ )?(?:log|collect|record|gather|receive|track)\w* (?:\w+ ){0,3}?(?:personal|your) (?:data|information)\b|\blink\w* (?:\w+ ){0,3}?(?:automatically|cookies)\b[^.;]{0,60}\bpersonal (?:data|information)\b|\buse cookies to store personal (?:data|information)\b"
)
_LIMIT_SPECIFIC = Phrase(
    r"\b(?:only|solely|exclusively)\b.{0,30}\b(?:the )?(?:specific |particular |original |stated "
    r")?purposes?\b.{0,30}\b(?:provided|collected|given|supplied|obtained)",
)
_LIMIT_STATED = Phrase(
    r"\blimit\w*\b.{0,50}\bpurposes? (?:\w+ ){0,3}(?:identified|stated|described|set out|listed)|"
    r"\b(?:not|never|n't)\b.{0,30}\b(?:use|process)\b.{0,60}\bother than (?:those|the ones|the purposes|as) (?:\w+ "
    r"){0,3}(?:described|stated|listed|set out|identified)",
)
_LIMIT_NO_ADS = Phrase(
    r"\b(?:not|never|n't|nor)\b.{0,60}\b(?:for|to)\b (?:\w+ ){0,3}?(?:marketing|advertis\w*|promot\w*|commercial|"
    r"profil\w*)|不(?:会(?!为第三方))?(?!会为第三方).{0,20}(?:广告|营销|推广)",
)
_EXTRA = Phrase(
    r"\b(?:mined|exploited|monetised|monetized|harvested) (?:\w+ ){0,3}?(?:to|for)\b|\badvertising clients\b|\b(?:used|use|uses|feed|feeds) (?:\w+ ){0,4}?(?:to|for) (?:train|teach|improve|tun)\w*|推送.{0,10}(?:广告|商品|产品)|(?:训练|优化).{0,6}(?:模型|算法)|"
    r"\b(?:licen[cs]ed|sold|leased|rented|offered|supplied|given) to (?:\w+ ){0,3}?(?:investors?|advertisers?|partners?|brokers?|"
    r"others|third|compan\w+|research\w*)|\b(?:feed|feeds|fed|flow|flows|pour|goes?) (?:\w+ ){0,6}?into\b|\b(?:suggest|pitch|upsell|"
    r"cross-?sell|recommend)\w*\b.{0,40}\b(?:products?|services?|add-?ons?|upgrades?|plans?)\b|\b(?:train|develop|tune|tuning)\w*\b"
    r".{0,30}\b(?:models?|algorithms?|products?)\b|\btheir own (?:offers?|products?|services?|purposes?)\b|\bwillingness to pay|"
    r"\bprepared to pay|"
    r"\b(?:train|improve|teach)\w*\b.{0,30}\b(?:models?|artificial intelligence|ai\b|algorithms?)|\bbuild (?:\w+ "
    r")?(?:future|new|other) products|"
    r"\bmarketing\b(?! (?:pages?|sites?|contacts?|statements?|websites?|pixels?|cookies?|tags?))|\badvertis|\b(?:targeted|"
    r"personali[sz]ed|"
    r"relevant|interest-based) ads?\b|\bads\b|\bpromot(?:e|es|ing|ional|ions?)\b|\bnewsletters?\b|\bnew (?:services|products) and other\b|\bspecial announcements\b|\bannouncements? of (?:new|our)\b|(?<!company that )(?<!party that )(?<!which )(?<!our )(?<!include or )\boffers?\b(?! (?:you|third|technolog\w+|a|an|the|our|its|solutions?|only|no|services that)\b)|"
    r"\bnew customers\b|\b(?:products?|services?)(?: (?:and|or) (?:products?|services?))? that may (?:be of )?interest|"
    r"\binvestors?\b|\bmarket research\b|"
    r"\bstuff from (?:companies|partners)|\bnew services or products|\bupcoming events|\boffer additional services|"
    r"\bcombine\b|\benrich|\bqualification\b|广告|营销|推广|促销",
)
_MARKET_USE = Phrase(
    r"\b(?:mined|trained?|draw up|pay for|learn)\b|"
    r"\b(?:use|uses|used|using|e-?mails? (?:you|customers?|users?|them)|mails?|calls?|process|employ|utili[sz]e|send|sends|"
    r"sending|contact|push|target|display|show|promote|disclose|share|identify|receive|combine|help us|tell|perform|"
    r"provide|offer)\b|使用|推送|发送|展示",
)
_CHOICE = Phrase(
    r"\bopt(?:ed|ing)?[- ]?out\b|\bunsubscrib|\byou may (?:object|choose)|退订",
)


def extra_uses(doc: Document) -> tuple[Hit, ...]:
    """Uses for marketing, advertising, enrichment or investors that do not rest on consent."""
    return tuple(
        h
        for h in doc.hits(_EXTRA)
        if not h.reading.consented
        and not _REFUSING.search(h.reading.low[: h.reading.low.find(h.words.lower())])
        and (_MARKET_USE.search(h.reading.low) or h.reading.does("use", "share"))
        and not h.reading.told
        and not (_CHOICE.search(h.reading.low) and not h.reading.does("use"))
        and not _link_only(h.reading)
    )


def _link_only(reading: Reading) -> bool:
    return "links" in reading.words or ("websites" in reading.words and "policies" in reading.words)


def open_grounds(doc: Document) -> Iterator[Finding]:
    """Purposes left open (rule purpose-open)."""
    hits = opened(doc)
    if hits:
        limits = [h.reading for h in doc.hits(_MINIMISE) if not h.reading.told]
        yield report(
            "open-ended/purpose-open",
            "block",
            (*of(hits), *limits),
            f"this allows uses that nobody can foresee: {quoted(hits)}",
            hint="name the purposes; ask for consent or give notice before a new one",
            law=LAW,
        )


_MINIMISE = Phrase(r"\bminimi[sz]ing the data\b|\blimiting (?:its|the|their) use\b")


def _limits(doc: Document, phrase: Phrase) -> list[Hit]:
    return [
        h
        for h in doc.hits(phrase)
        if h.reading.does("collect", "use")
        or {"purposes", "purpose"} & h.reading.words
        or h.reading.refuses & {"use", "collect"}
        if h.reading.personal
        or "your" in h.reading.words
        or h.reading.cjk
        or "collect" in h.reading.low
        or bool(
            {
                "workloads",
                "prompts",
                "outputs",
                "figures",
                "data",
                "logs",
                "content",
                "contents",
                "records",
                "files",
            }
            & h.reading.words
        )
    ]


def broken_limits(doc: Document) -> Iterator[Finding]:
    """A limit of purposes and uses beyond it (rule purpose-conflict)."""
    extra = extra_uses(doc)
    own = _own_limits(doc)
    own += said(doc, english_opposites.ONE_USE, own)
    own = [h for h in own if _binds(doc, h.reading) and not _DESCRIBED.search(h.reading.low)]
    extra = (*extra, *said(doc, english_opposites.WIDER, extra)) if own else extra
    extra = tuple(h for h in extra if not _NO_USE_OF_OURS.search(h.reading.low))
    if any(_ASKED_MAIL.search(r.low) and not r.told for r in doc.body):
        # who is asked before any marketing gets none beyond the limit
        extra = tuple(h for h in extra if not _EXTRA_ADS.search(h.words.lower()))
    for limits, against in (
        (own, extra),
        (_limits(doc, _LIMIT_SPECIFIC), tuple(h for h in extra if _enriches(h.reading))),
        (
            [h for h in _limits(doc, _LIMIT_STATED) if not h.reading.consented or h.reading.does("use")],
            _beyond(doc, extra),
        ),
        (_no_ads(doc), tuple(h for h in extra if _EXTRA_ADS.search(h.reading.low))),
        ([h for h in doc.hits(_LIMIT_GIVEN) if not h.reading.exempted and not h.reading.told], extra),
        (
            [h for h in doc.hits(_LIMIT_SHOWN) if not h.reading.told],
            tuple(h for h in doc.hits(_UNSHOWN) if not h.reading.refuses),
        ),
    ):
        indexes = {h.reading.index for h in limits}
        beyond = [h for h in against if h.reading.index not in indexes]
        if limits and beyond:
            yield report(
                "contradiction/purpose-conflict",
                "block",
                (*of(limits), *of(beyond)),
                f"a limit ({quoted(limits)}) and uses beyond it ({quoted(beyond)})",
                hint="drop the limit or the uses; ask for consent for what the service does not need",
                law=LAW,
            )


_EXTRA_ADS = Phrase(
    r"market|advertis|\bads?\b|promot|newsletter|offers?\b|广告|营销|推广",
)
_THIRD = Phrase(r"\bthird[- ]part")
_ASKED_MAIL = Phrase(
    r"\bmarketing\b[^.;]{0,40}\bonly (?:with|after|upon|on|if)\b[^.;]{0,40}\b(?:consents?|agreed?|opt)\b|\bonly (?:with|after|upon) (?:your|the|their) (?:\w+ )?consent\b[^.;]{0,120}\b(?:newsletters?|marketing|advertis\w+|offers)\b"
)


_ORDERING = Phrase(
    r"\bwhen (?:placing|making|paying|ordering|you (?:order|pay|place|buy))\b|\b(?:financial|payment|card|bank) (?:information|data|details)\b|\brelated to payments?\b|\b(?:card|phone|telephone|mobile|account|passport) numbers?\b"
)


_DESCRIBED = Phrase(
    r"\bpurposes? (?:\w+ ){0,3}?(?:described|set out|stated|listed|identified|disclosed|outlined|mentioned|named|given|explained) (?:in|above|below|here)|\bways? (?:that (?:are|is) )?(?:compatible|consistent|in line|in accordance) with\b|\bin accordance with this\b|\bin accordance with (?:our|the) (?:\w+ )?(?:policy|statement|notice)\b|"
    r"(?:仅|只)[^。；]{0,12}(?:以下|下列|下述)[^。；]{0,6}(?:目的|用途)[：:]\s*$"
)


# a limit of place is none of purpose
_LOCAL_LIMIT = Phrase(
    r"\bonly (?:gets? |be |is |are )?(?:\w+ (?:and|or) )?(?:stored|processed|hosted|held|kept)\b[\w ]{0,24} (?:in|within|inside) |\bonly (?:in|within|inside) (?:the )?(?:european|eu\b|eea|united|uk\b|country|countries|location|data ?cent|region|switzerland|germany|place)"
)


# a limit on helpers, on who owns something, on a time, or on the one thing that a feature asks for, binds no other use
_HELPERS = (
    r"(?:companies|providers?|vendors?|contractors?|agents?|intermediar(?:y|ies)|firms?|organi[sz]ations|third[- ]part(?:y|ies)|parties|"
    r"suppliers?|couriers?|carriers?|processors?|partners?|businesses|institutions|banks?|recipients?|subcontractors?|sub-?processors?|affiliates?)"
)
_NOT_OWN_USE = Phrase(
    rf"\b{_HELPERS}\b[^.;]{{0,30}}\b(?:is|are) (?:\w+ )?(?:authori[sz]ed|permitted|allowed|entitled|bound|obliged|required|instructed)\b|"
    rf"\b(?:they|(?:these|those|such|the|our|all) (?:\w+ )?{_HELPERS}) (?:may|must|can|shall|will) (?:not |only |solely )|"
    rf"\b(?:each|any|every|none|all) of (?:them|these|those)\b|^\W*(?:\w+ ){{0,4}}?(?:{_HELPERS}|registrars?|registr(?:y|ies)|vendors?)\b[^.;]{{0,80}}\b(?:may|must|can|shall|will|gets?|receives?|uses?|process(?:es)?|look)\b|"
    r"\bsole (?:and exclusive )?(?:owners?|proprietors?|holders?)\b|"
    r"\b(?:only|solely|exclusively) (?:ever )?(?:use|process)\w* (?:your |the |this |these |such )?(?!data|information|details|personal)(?:[\w'()-]+,? ){0,4}?(?:passwords?|user ?names?|credentials|address book|contacts)\b|"
    r"(?:分析|统计|研究)(?:结果|报告|数据)[^。；，]{0,4}(?:仅|只)|"
    r"(?:仅|只)[^。；，]{0,24}(?:时间|期限|期间|期内)[^。；，]{0,8}(?:保留|保存|存储|储存|留存)"
)
# "for any other purpose that you would expect" opens, it does not limit
_OPENING = Phrase(
    r"^\W*(?:and |or )?for any (?:other|further|additional) (?:\w+ )?purposes? (?:for which|that|which)\b"
)
_POINTS_BACK = Phrase(
    r"^\W*(?:this|these|such|that|those|the) (?:\w+ )?(?:information|data|details|address(?:es)?)(?: (?:\w+ )?(?:collected|provided|given|gathered|supplied|entered))? (?:is|are|will|shall|may|must|can)\b"
)
_ONE_ACT = Phrase(
    r"\bin order to do so\b|\bto do (?:so|this)\b|\b(?:if|when|where) (?:you|users?|visitors?|customers?|a (?:user|visitor|customer)) (?:\w+ ){0,2}?(?:wish|want|choose|decide|send|write|call|take part|participate|enter|recommend|invite|refer|apply|comment|report|upload)\w*\b"
)
_PAYING = Phrase(
    r"\b(?:credit|debit|payment|bank) ?cards?\b|\b(?:payment|billing|bank account|financial) (?:information|details|data)\b"
)
_FEW_KINDS, _BACK_UNITS = 2, 3


def _of_one_act(doc: Document, reading: Reading) -> bool:
    """Whether it points back to the little that people give for one act, such as a message to a friend or a payment."""
    if not _POINTS_BACK.search(reading.low):
        return False
    before = [r for r in doc.near(reading, _BACK_UNITS, 0) if r is not reading and not r.heading]
    if any(_PAYING.search(r.low) for r in before[-1:]):
        return True
    few = any(_ONE_ACT.search(r.low) and 0 < len(r.data - {"order"}) <= _FEW_KINDS for r in before)
    return few and not any(_LIMIT_ALL.search(r.low) for r in before)


_LIMIT_ALL = Phrase(r"\b(?:personal (?:data|information)|personally identif\w+)\b")


def _binds(doc: Document, reading: Reading) -> bool:
    """Whether a limit binds what the company itself does with the data of people in general."""
    return not (_NOT_OWN_USE.search(reading.low) or _OPENING.search(reading.low) or _of_one_act(doc, reading))


_APPLICANTS = Phrase(
    r"\bapply\b[^.;]{0,20}\b(?:position|job|vacancy)\b|\b(?:applicants?|recruit\w+)\b|应聘|求职"
)
_NOT_TO_GET = Phrase(r"\bnot to (?:receive|get)\b")


def _own_limits(doc: Document) -> list[Hit]:
    specific = {h.reading.index for h in doc.hits(_LIMIT_SPECIFIC)}
    return [
        h
        for h in _limits(doc, _LIMIT_NEED)
        if h.reading.index not in specific
        and not h.reading.does("share")
        and not h.reading.told
        and not _ORDERING.search(h.reading.low)
        and not _retains_only(h.reading)
        and not _LOCAL_LIMIT.search(h.words.lower() + h.reading.low.partition(h.words.lower())[2][:40])
        and not _DESCRIBED.search(h.reading.low)
        and not _APPLICANTS.search(h.reading.low)
        and not {"partners", "partner", "processors", "processor"} & h.reading.words
    ]


def _retains_only(reading: Reading) -> bool:
    if _LASTS.search(reading.low):
        return True
    return "retain" in reading.acts and "collect" not in reading.acts and "use" not in reading.acts


# a limit of time, and one to whatever is legitimate
_LASTS = Phrase(
    r"\b(?:retained?|kept|stored|held|keep|store) (?:\w+ )?only (?:for )?as long as\b|\bnecessary for (?:\w+ )?legitimate purposes\b"
)


# "we sell nothing for marketing" says nothing on the company's own offers
_NOT_SOLD = Phrase(
    r"\b(?:not|never|n't)(?: \w+)? (?:sell|rent|trade|exchange|lease|swap)(?:,? (?:or |nor )?(?:\w+ )?(?:sell|rent|trade|exchange|lease|swap|share|barter))*\b"
)


def _no_ads(doc: Document) -> list[Hit]:
    return [
        h
        for h in doc.hits(_LIMIT_NO_ADS)
        if h.reading.refuses & {"use", "share", "collect"}
        and not h.reading.exempted
        and not _THIRD.search(h.reading.low)
        and not h.reading.consented
        and not _NOT_TO_GET.search(h.words.lower())
        and not {"cookies", "cookie", "cross-context", "their"} & h.reading.words
        and not (_NOT_SOLD.search(h.reading.low) and not {"use", "used", "using"} & h.reading.words)
    ]


def _enriches(reading: Reading) -> bool:
    return (
        bool({"combine", "enrich", "marketing", "advertising"} & reading.words)
        or "new customers" in reading.low
    )


def _beyond(doc: Document, extra: tuple[Hit, ...]) -> tuple[Hit, ...]:
    explicit = any("explicit" in h.reading.words or h.reading.consented for h in _limits(doc, _LIMIT_STATED))
    wide = tuple(h for h in opened(doc) if "non-personal" not in h.reading.low)
    return (
        (*wide, *extra)
        if explicit and any(not h.reading.exempted for h in _limits(doc, _LIMIT_STATED))
        else wide
    )


def all_limits(doc: Document) -> tuple[Reading, ...]:
    """Sentences in which the text limits what it collects or uses to what is needed."""
    return of(_own_limits(doc))


_FRUGAL = Phrase(
    r"\b(?:collect|gather|ask for|take|request|hold|keep)\w*\b[^.;]{0,12}\bonly as much\b[^.;]{0,60}\b(?:need|require|necessary)|\b(?:as little|no more) (?:personal )?(?:data|information) (?:\w+ ){0,3}?(?:as|than)\b[^.;]{0,40}\b(?:possible|need|necessary|require)|\b(?:nothing (?:more|else)|never ask (?:who|for)|(?:ask|need|want|collect) no (?:personal|private)|only (?:ever )?(?:collect|take|ask for|need)s? (?:what|the bare))\b|"
    r"\b(?:limit|restrict|confine|minimi[sz]e|reduce)\w*\b.{0,40}\b(?:collect|gather|ask|data|information|request)\w*\b|\bonly (?:collect|gather|ask|request|take|record|"
    r"hold|want)\w*\b.{0,60}\b(?:need|necessary|required|require|essential|minimum)|\b(?:collect|gather|ask for|take|request)\w*\b.{0,30}\b(?:no more|nothing|only what|"
    r"only the|not more|the minimum|the least|as little)\b|\b(?:data|information) minimi[sz]ation|\b(?:no more|nothing more|not more) (?:data |information )?than\b.{0,60}"
    r"\b(?:need|necessary|required)|(?:最小必要|最少够用|最小化|必要性)原则|不收集(?:与|任何).{0,10}无关|(?:尽量|尽可能)(?:少|减少)的?.{0,6}收集|仅收集.{0,10}(?:必要|必需)",
)
_SURPLUS = Phrase(
    r"\b(?:gender|ethnic\w*|marital|occupation|household|place of birth)\b|性别|民族|职业|籍贯|学历|"
    r"\bwhatever else\b|\banything (?:else )?(?:we|our|that)\b|\b(?:browser fingerprints?|utility bill|friends list|social media profiles?)\b|"
    r"\b(?:any|all|other|additional|further) (?:\w+ )?(?:data|information|details|particulars|informations)\b.{0,50}\b(?:may|might|could|useful|helpful|find|like|want|future|"
    r"interest\w*|choose|available|happen|come)\b|\b(?:contact list|address book|clipboard|call logs?|photo (?:library|gallery)|microphone|text messages|installed (?:apps|"
    r"applications|software)|marital status|religion|hobbies|income|family members|salary|mother's maiden name)\b|通讯录|剪贴板|相册|通话记录|短信内容|"
    r"应用列表|已安装(?:的)?(?:应用|软件)|婚姻|收入情况",
)


_LEFT_OPEN = Phrase(
    r"\b(?:if|when|where) you (?:\w+ )?(?:choose|wish|want|agree|like|decide|consent|allow|permit)\w*|\b(?:consent\w*|permission|optional\w*|voluntar\w+)\b|自愿|同意|授权|选择|可选"
)


def _chosen(hit: Hit) -> bool:
    """Whether the surplus, and not another item of the sentence, is left to the person."""
    place = hit.reading.low.find(hit.words.lower())
    before, after = hit.reading.low[:place], hit.reading.low[place : place + len(hit.words) + 24]
    return _LEFT_OPEN.search(before) is not None or _LEFT_OPEN.search(after) is not None


def surplus(doc: Document) -> Iterator[Finding]:
    """Only what is needed is collected, and more is (rule purpose-minimisation)."""
    frugal = [
        h
        for h in doc.hits(_FRUGAL)
        if (h.reading.does("collect") or h.reading.cjk or "collect" in h.reading.low) and not h.reading.told
    ]
    chosen = {h.reading.index for h in frugal}
    more = [
        h
        for h in doc.hits(_SURPLUS)
        if h.reading.index not in chosen
        and h.reading.does("collect")
        and not _chosen(h)
        and not h.reading.told
        and "not" not in h.reading.words
    ]
    if frugal and more:
        yield report(
            "contradiction/purpose-minimisation",
            "warn",
            (*of(frugal), *of(more)),
            f"only what is needed is collected ({quoted(frugal)}), and more than that is ({quoted(more)})",
            hint="close the list of data, or drop the promise to collect only what is needed",
            law="GDPR Art. 5(1)(c); PIPL Art. 6; PDPO DPP1(1)(c); PDPA s. 18",
        )


_USE_PART = Phrase(r"\b(?:use|uses|purposes?|why)\b|使用|用途|目的")


_NEEDED = Phrase(
    r"\bwe (?:need|require|ask for|record|keep|store|hold) (?:your|the|these|this)\b|\b(?:serves?|helps?|is needed|are needed) (?:us )?to\b"
)


def nothing_stated(doc: Document) -> Iterator[Finding]:
    """No purpose at all (rule purposes-missing)."""
    stated = any(
        (r.does("use", "collect") or _NEEDED.search(r.low))
        and (" to " in r.low or " for " in r.low or "so that" in r.low or r.cjk)
        and not r.told
        for r in doc.body
    ) or any(
        r.sentence.element == "bullet" and _USE_PART.search(" ".join(r.sentence.section[-1:]).lower())
        for r in doc.body
    )
    if not stated:
        yield report(
            "missing-mandatory/purposes-missing",
            "block",
            (),
            "the text does not say what personal data is used for (purposes of processing)",
            hint="name each purpose with the data it needs",
            law=LAW,
        )


def few_categories(doc: Document) -> Iterator[Finding]:
    """No kinds of data named (rule categories-missing)."""
    named = any(len(r.data - {"cookie", "usage"}) > 1 for r in doc.body)
    listed = {kind for r in doc.body if r.lead and r.does("collect") for kind in r.data}
    named = named or len(listed) > 1 or (doc.chinese and bool(listed))
    general = [r for r in doc.body if r.does("collect") and not r.told]
    if not named and general:
        yield report(
            "missing-mandatory/categories-missing",
            "warn",
            general[:3],
            f"the text does not say which data is collected: {quote(r.text for r in general[:1])}",
            hint="list the kinds of personal data that are collected",
            law="GDPR Art. 14(1)(d); PIPL Art. 17(1)(2); Cal. Civ. 1798.100(a)(1), 1798.110(c); PDPO DPP5",
        )


DETECTORS = (open_grounds, broken_limits, surplus, nothing_stated, few_categories)
