"""Who receives data: nobody named, nobody needed, or whoever the company likes."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_passing as kinds
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.lexicon import ACT_OF
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.purposes import all_limits
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

_VAGUE_WHO = Phrase(
    r"\b(?:partners?|third[- ]part(?:y|ies)|affiliat\w+|advertisers?|companies|another (?:party|company|firm)|outside (?:party|parties|company))\b|合作伙伴|第三方|关联公司",
)
_CLEAR_WHO = Phrase(
    r"\b(?:payment (?:processor|provider|process|institution|platform|compan)\w*|processors?|"
    r"hosting (?:provider|compan)\w*|data cent(?:er|re)|analytics (?:provider|vendor|compan)\w*|"
    r"service (?:providers?|vendors?|partners?)|(?:fraud )?(?:detection|prevention)(?:/\w+)? service|vendors|contractors|auditors?|accountants?|advis[eo]rs?|"
    r"couriers?|registr(?:y|ies)|"
    r"banks|credit (?:agenc|bureau|reference|institution|insur|card compan)\w*|escrow|cloud (?:provider|host)\w*|insurers?|subsidiar\w+|institutes?|google|stripe|"
    r"amazon|microsoft|mailchimp|mixpanel|firebase|support contractors|agencies|gmbh|limited|llc|inc)\b|"
    r"有限公司|支付(?:机构|平台|处理商)|服务商|服务提供(?:商|者)|服务供应商|物流|快递|百度统计|微信(?!号)|支付宝|腾讯云|阿里云|友盟|极光",
)
LAW_WHO = "GDPR Art. 13(1)(e); PIPL Art. 23; PDPO DPP1(3)(b)(i); Cal. Civ. 1798.110(a)(4), 1798.115"


_BY_USERS = Phrase(
    r"\binformation (?:that )?you (?:\w+ )?(?:disclose|supply|share|post|submit)\b.{0,60}\b(?:public|forum|third|remains)"
)


# what a framework between governments is for names nobody who gets data
_HISTORY = Phrase(r"\b(?:department of commerce|european commission|safe harbou?r|privacy shield)\b")


def _gives(doc: Document) -> list[Reading]:
    return [
        r
        for r in doc.body
        if (r.does("share") or _delegates(r))
        and not r.told
        and not r.refuses & {"share", "sell"}
        and not _HISTORY.search(r.low)
        and not _BY_USERS.search(r.low)
        and not {"aggregate", "aggregated", "anonymous", "non-personal", "merger", "law"} & r.words
    ]


def _delegates(reading: Reading) -> bool:
    return bool({"delegate", "engage"} & reading.words) or "contract with" in reading.low


_FRAMEWORK = Phrase(
    r"\b(?:safe harbou?r|privacy shield|framework|secure(?:d)? (?:server|socket|connection)|ssl|tls|encrypt\w*|unauthori[sz]ed)\b"
)
_SALE_ONLY = Phrase(
    r"\b(?:share|disclos|give|provid|pass|transfer|reveal|releas|divulg|exchang|distribut|available)\w*\b"
)


# what people tell the company, and what the company sends them, has no other recipient
_BETWEEN_US = Phrase(
    r"\b(?:you|users|customers) (?:may |might |can |could |have |choose to )?(?:disclosed?|provided?|shared?|supply|supplied|give|gave|given|send|sent|submit|submitted)\b|"
    r"\b(?:send(?:ing)?|sends|gives?|giving|provid(?:e|es|ing)|offer(?:ing)?) (?:you|users|customers|them)\b"
)
_WORD = Phrase(r"[a-z][a-z'-]*")


def _shares(low: str) -> bool:
    return any("share" in ACT_OF.get(word, ()) for word in _WORD.findall(low))


def _told_who(reading: Reading) -> bool:
    """Whether it says who receives data, or that nobody does; "we do not sell data" says neither."""
    if _RECEIVING.search(reading.low):
        return True
    if {"child", "children", "deleted"} & reading.words:
        return False
    if "share" not in reading.acts or _FRAMEWORK.search(reading.low):
        return False
    if _BETWEEN_US.search(reading.low) and not _shares(_BETWEEN_US.sub(" ", reading.low)):
        return False
    if reading.refuses & {"share", "sell"}:
        return _SALE_ONLY.search(reading.low) is not None
    return True


# who gets data, or that nobody does; a bare "provide" is said of services too
_CJK_WHO = Phrase(
    r"第三方|第三者|接收(?:方|者)|利用(?:之|的)?对象|共享对象|受托|委托|合作(?:伙伴|方|商|机构|厂商|单位)|关联(?:公司|企业|方)|附属公司|联营公司|联属公司|集团|供应商|服务商|提供商|承包商|"
    r"(?:其他|任何)(?:其他)?(?:公司|组织|机构|个人(?!信息|资料|数据)|人士|人(?!工|员))|他人|对外|sdk|物流|快递|支付宝|微信|(?:只|仅)(?:由|供)(?:我们|本公司)|法院|司法机关|主管机关|业者|"
    r"(?:提供|共享|披露|转移|转让|交)(?:给|予|至)(?!我们|您|本公司|阁下)|公开披露|不(?:会)?(?:共享|分享|出售|披露)"
)


def recipients(doc: Document) -> Iterator[Finding]:
    """Recipients that nobody can tell (rules recipients-unnamed, recipients-missing)."""
    given = _gives(doc)
    vague = [r for r in given if _VAGUE_WHO.search(r.low) and not r.consented]
    places = {r.index for r in vague}
    clear = any(_CLEAR_WHO.search(r.low) for r in given if not _disclaims(r)) or any(
        _CLEAR_WHO.search(r.low) and r.lead and ("shar" in r.lead or "other than" in r.lead) for r in doc.body
    )
    if vague and not clear and not any(True for _ in whoever(doc)):
        yield report(
            "missing-mandatory/recipients-unnamed",
            "warn",
            vague,
            f"the recipients are neither named nor described: "
            f"{quoted([h for h in doc.hits(_VAGUE_WHO) if h.reading.index in places])}",
            hint="name the recipients or their kinds (payment, hosting, support, ...) with the purpose of each",
            law=LAW_WHO,
        )
    elif not (doc.says(_CJK_WHO) if doc.chinese else any(_told_who(r) for r in doc.readings)):
        yield report(
            "missing-mandatory/recipients-missing",
            "warn",
            (),
            "nothing says who receives personal data (recipients or their categories)",
            hint="name the recipients or say that there are none",
            law=LAW_WHO,
        )


_RECEIVING = Phrase(
    r"\b(?:who else|others?) (?:gets?|sees?|receives?)\b|\bgets? (?:my|your) data\b|\bfor payments?\b|交给|交由|"
    r"\brecipients?\b|\bwho (?:receives|gets|sees|has access)|\breceives? (?:the|your|only|"
    r"this) (?:\w+ )?(?:data|information)|共享|提供",
)


def _disclaims(reading: Reading) -> bool:
    return "websites" in reading.words or "sites" in reading.words


_GOODS = Phrase(
    r"\b(?:logistics|courier|deliver(?:y|ies) (?:compan|service)\w*|shipping compan\w*|"
    r"distribution compan\w*|freight|express compan\w*)\b|物流|快递",
)
_DIGITAL = Phrase(
    r"\b(?:cloud|hosting|hosts?|domain names?|vps|saas|software|cdn|object storage|virtual server)\b|云服务|"
    r"云主机|域名",
)
_PHYSICAL = Phrase(
    r"\b(?:hardware|physical (?:goods|products)|merchandise|shipment|parcels?|devices? (?:we )?(?:sell|"
    r"ship|deliver)|rack|colocation)\b|硬件|实物",
)


def pointless(doc: Document) -> Iterator[Finding]:
    """Recipients that the services offered do not need (rule purpose-minimisation)."""
    hits = [h for h in doc.hits(_GOODS) if h.reading.does("share") or "provide" in h.reading.words]
    if not hits or not doc.says(_DIGITAL) or doc.says(_PHYSICAL):
        return
    limits = [r for r in doc.body if "only" in r.words and r.does("share") and "necessary" in r.words]
    yield report(
        "contradiction/purpose-minimisation",
        "warn",
        (*of(hits), *limits, *(r for r in all_limits(doc) if not limits)),
        f"purely digital services do not need these recipients: {quoted(hits)}",
        hint="remove the recipient, or name the service that needs it",
        law="GDPR Art. 5(1)(c); PIPL Art. 6",
    )


_WHOEVER = Phrase(
    r"\b(?:or|and) another (?:entit\w+|party|company|organi[sz]ation|firm|person)\b|"
    r"\bsuch (?:\w+ )?(?:associates|persons|parties|firms|companies|entities|others|bodies|organi[sz]ations) (?:as|with)\b|\b(?:\w+ )?(?:commercial|chosen|ecosystem|business|industry|good) friends\b|(?:代理商|经销商|分销商|渠道|广告平台|营销公司|供应商|兄弟公司|集团成员)|"
    r"\b(?:(?:(?:selected|chosen|certain|various|trusted|like-minded|carefully \w+|other|such other|business|commercial|marketing|"
    r"promotional|strategic|advertising|channel|media|cooperation|cooperative|growth|ecosystem|alliance|solution|"
    r"unaffiliated|interested|reputable|relevant|appropriate|outside|industry|joint venture|referral|data|our) )+(?:partners?|"
    r"third[- ]part(?:y|ies)|parties|compan(?:y|ies)|organi[sz]ations|entities|persons|businesses|associates|vendors|"
    r"collaborators|sponsors|merchants|institutions|firms|suppliers|networks|agents|brands)|affiliat\w+|sister compan\w+|"
    r"(?:related|associated|group|connected|affiliated) (?:compan\w+|entit\w+|bodies|parties|persons|undertakings|"
    r"corporations?)|(?:ad|advertising|affiliate|data) networks?|(?:our )?(?:friends|pals|mates|buddies|chums|contacts|colleagues) (?:at|in|from)\b|any(?:one)? (?:else(?!'s)|other (?:person|party|company|organi[sz]ation|entity))|(?:plugin|partner|host\w*|tech|software|media) companies|other (?:hosts|providers|operators|companies)|other (?:compan(?:y|ies)|organi[sz]ations) and (?:compan(?:y|ies)|organi[sz]ations)|resellers?|agents|brokers?|advertisers|sponsors|investors|joint venturers?|(?:companies|firms|people|"
    r"businesses|parties|persons|organi[sz]ations) (?:whose|that|who|which|we|with (?:which|whom)|as (?:have|we))|anyone (?:we|who|"
    r"that)|whomever|whoever|third[- ]part(?:y|ies))\b|(?:关联公司|关联方|关联企业|商业伙伴|合作伙伴|合作方|合作机构|合作商|"
    r"第三方|相关方|业务伙伴|推广伙伴|渠道商|广告主|广告商)|"
    r"有业务往来的|与我们有.{0,6}(?:往来|合作)的|"
    r"\b(?:companies|firms|parties|businesses|organi[sz]ations|merchants|brands) (?:in|within|inside|of) (?:our|the) (?:network|group|family|alliance|ecosystem|community)\b|\b(?:companies|firms|parties|businesses|others|those) (?:offering|providing|selling|marketing|promoting|interested)\b|\bothers as\b|(?:集团内|外部)(?:其他|合作)?(?:公司|单位|机构|企业)",
    Frame("chosen 1 body"),
    Frame("body 3 with-whom 6 dealings"),
)
_OWN_ENDS = Phrase(
    r"\b(?:does business|pitch\w*|proposals?|goodies|nice|something for you|blacklist|shared)\b|介绍|新产品|"
    r"\b(?:offers?|promot\w*|market\w*|advertis\w*|of interest|interest(?:ed)? (?:to )?you|their (?:own|products|goods|"
    r"services|business)|own (?:purposes|ends|use)|business (?:purposes|relationship|reasons)|mutual|collaborat\w*|"
    r"cooperat\w*|improve|better|insight\w*|research|joint(?:ly)?|opportunit\w*|campaigns?|as (?:we|it) (?:see|deem|think)\w*|"
    r"fee|credits?|commission|newsletters?|(?:for|of) value|various purposes|other purposes|whatever|may have something)\b|"
    r"推广|营销|优惠|促销|商业|更优质|合作|广告|产品|"
    r"\bcomplementary\b|\bcampaigns?\b|\bnecessary for (?:our )?business\b|用于营销",
    Frame("marketing"),
)
_BOUND = Phrase(
    r"\b(?:on our behalf|for us\b|under (?:a |an |written )?contract|only (?:to|for|so)|processors?|sub-?processors?|bound by|"
    r"act on|instruct\w*|confidentiality|protect your|protects? (?:the|personal)|law|court|legal|subpoena|acquir\w*|merg\w*|sale of|consent|agreed?|permission|authori[sz]ation|request|ask(?:ed)? "
    r"us|choose|opt(?:ed)? in|service providers?|payments?|fraud|audit\w*|enforcement|authorit\w*|listed at|named)\b|"
    r"https?:|www\.|保护协议|保密|签署|采取.{0,6}措施|多种方式保护|同意|为(?:了)?(?:向您)?提供|委托|法律|法规|司法|依法|合并|收购",
)
_RECEIVES = Phrase(
    r"\b(?:processed|handled|accessed|seen|read|used) by\b|"
    r"\b(?:provide|share|disclose|pass|make) (?:[\w-]+ ){0,4}?(?:available )?to\b|\bmake (?:[\w-]+ ){0,12}?available to\b|"
    r"\b(?:made known|passed on|forwarded|shown|disclosed|goes? to|交给|交由|转交|透露)|"
    r"\b(?:receives?|gets?|obtains?|is (?:given|sent|passed|provided)|are (?:given|sent|passed|provided)|has access|have access|"
    r"can (?:see|access|use)|furnish\w*|suppl(?:y|ies|ied)|give|gives|hand|circulat\w*|distribut\w*|made available|get a copy|get your|exchang\w+ (?:\w+ )?(?:information|data)|let|lets|may use|(?:will |can )?use your|get your)\b",
)


def opened(doc: Document) -> list[Hit]:
    """Sentences that give data to recipients of a kind that anybody can belong to, for ends of their own."""
    return [
        h
        for h in doc.hits(_WHOEVER)
        if (h.reading.does("share") or _RECEIVES.search(h.reading.low))
        and not h.reading.refuses & {"share", "sell", "use"}
        and not h.reading.told
        and h.reading.low[-1:] != ":"
        and not _NO_RECIPIENT.search(h.reading.low)
        and not _IN_PUBLIC.search(h.reading.low)
        and not _SELF_NAMED.search(h.reading.low)
        and not _NOBODY.search(h.reading.low)
        and not _SENDERS.search(h.reading.low)
        and (h.reading.personal or h.reading.data or h.reading.cjk or _MATTER.search(h.reading.low))
        and (not _BOUND.search(h.reading.low) or _ANYBODY.search(h.reading.low))
        and (_OWN_ENDS.search(h.reading.low) or _several(h.reading) or _PICKED.search(h.words.lower()))
    ]


_NAMELESS = Phrase(
    r"\b(?:trusted|selected|chosen|valued) (?:affiliates|partners|agents|vendors|contractors|associates),? (?:(?:and|or) )?(?:independent |outside |external )?"
    r"(?:contractors|agents|partners|vendors|suppliers|affiliates|associates)(?:,? (?:and|or) (?:business |trading |other )?(?:partners|associates|suppliers|affiliates))\b|"
    r"\b(?:companies|firms|businesses|organi[sz]ations|third parties) (?:that|who|which) (?:provide|perform|supply|render|offer) (?:\w+ )?services (?:to|that) (?:help|assist|support) us (?:with|in|run|conduct) "
    r"(?:our )?(?:business|commercial|daily|general|various)\b|"
    r"\btrusted (?:third[- ]part(?:y|ies)|companies|parties|providers?|vendors?) (?:who|that|which) (?:\w+ )?(?:assist|help|support|work|perform|provide)\b|"
    r"\b(?:paid|handled|processed|shared|provided|sent|passed)\b[^;]{0,120}\bor other (?:banks|companies|providers|processors|payment \w+|firms|services|parties)\b(?! (?:who|that|which|if|where))|"
    r"\bpartners? (?:with whom|with which|that|who)? ?(?:we|us) (?:\w+ )?(?:collaborate|cooperate|co-operate|partner|team up)\b|"
    r"\b(?:third[- ]party )?(?:suppliers|providers|contractors|partners|vendors)\b[^.;]{0,25}\b(?:both )?(?:within|inside|in) (?:and|or) (?:outside|beyond)(?: of)? (?:the )?(?:eea|eu|uk|european)\b"
)


# "this does not include": those who are meant by it do get data
_NOT_THESE = Phrase(r"\b(?:does|do|shall|will) not (?:include|cover|apply to)\b")


def whoever(doc: Document) -> Iterator[Finding]:
    """Recipients of a kind that anybody can belong to (rule recipient-open)."""
    hits = opened(doc)
    hits += [h for h in said(doc, kinds.RECIPIENTS, hits) if not _SENDERS.search(h.reading.low)]
    known = {h.reading.index for h in hits}
    hits += [
        h
        for h in doc.hits(_NAMELESS)
        if h.reading.index not in known
        and (not h.reading.refuses or _NOT_THESE.search(h.reading.low))
        and not h.reading.told
    ]
    if hits:
        yield report(
            "open-ended/recipient-open",
            "warn",
            of(hits),
            f"anybody can be such a recipient: {quoted(hits)}",
            hint="name the recipients or their trades, with the purpose of each; ask for consent before others market",
            law=LAW_WHO,
        )


# the company's own sites are nobody else's
_SENDERS = Phrase(
    r"\bour (?:\w+ )?network of (?:\w+ )?(?:web ?)?sites\b|"
    r"\b(?:persons|people|users|customers|visitors|those) who (?:supply|give|provide|send|contact|write|tell|e-?mail)\b|\b(?:receive|get)s? (?:\w+ ){0,3}(?:messages?|e-?mails?|mail|spam|calls?|communications?) from\b"
)
# the text says for whom it speaks
_SELF_NAMED = Phrase(
    r"\b(?:policy|notice|statement)\b[^.;]{0,20}\b(?:describes?|explains?|sets? out|tells?|covers?)\b[^;]{0,200}\b(?:collects?|uses?|handles?|process(?:es)?)\b"
)
# who posts in public shows it to everybody himself
_IN_PUBLIC = Phrase(
    r"\b(?:public (?:spaces?|areas?|forums?|profiles?)|bulletin boards?|chat ?rooms?|message boards?|discussion (?:boards?|forums?)|blog comments?)\b"
)
_NOBODY = Phrase(
    r"\b(?:aggregated?|non-identifying|anonymi[sz]ed),? (?:\w+,? )?(?:and )?(?:non-(?:personally )?identif\w+ )?(?:information|data|statistics)\b"
)
_ANYBODY = Phrase(
    r"\b(?:or|and) another (?:entit\w+|party|company|organi[sz]ation|firm|person)\b|"
    r"(?:和|及|或|、)其他(?:合作伙伴|合作方|合作机构|第三方|关联方)|\bany other (?:person|party|company|organi[sz]ation|entity)\b|\banyone else\b"
)
_PICKED = Phrase(
    r"\banother (?:entit\w+|party|company|organi[sz]ation|firm|person)\b|"
    r"\b(?:any other \w+|networks?|pals|friends|mates|selected|chosen|certain|various|trusted|like-minded|other|business|commercial|strategic|cooperat\w*|growth|whoever|whomever|anyone)\b|合作|商业|"
    r"业务往来",
    Frame("chosen 1 body"),
)
_MATTER = Phrase(r"\b(?:particulars|pii|information|data|details|records|lists?|profiles?|files?|e-?mails)\b")
_NO_RECIPIENT = Phrase(
    r"\b(?:combin|merg|match|supplement|enrich)\w*\b[^.;]{0,120}\b(?:from|with)\b[^.;]{0,60}\bthird|\bpublic look-?up|\bwhois|\b(?:from|by) (?:\w+ ){0,3}?(?:third|partners?|affiliat|vendors?|brokers?|resellers?|agents)|\b(?:(?:other|linked|external|these|those|such|their|party) (?:web ?)?sites?|websites|links?|"
    r"cookies?|policies|not responsible|responsib\w+)\b|\bits own\b"
)


def _several(reading: Reading) -> bool:
    """Whether two or more such kinds stand in a row."""
    return len({m[0] for m in _WHOEVER.finditer(reading.low)}) > 1


DETECTORS = (whoever, recipients, pointless)
