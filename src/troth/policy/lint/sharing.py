"""Recipients, sources, anonymous data and the sale of the company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.purposes import all_limits
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_SOURCE = Phrase(
    r"\b(?:combine|merge|match|enrich|supplement)\w*\b.{0,60}\bfrom (?:\w+ ){0,3}?(?:compan\w+|sources?|parties|partners|"
    r"others)\b|"
    r"\b(?:receive|obtain|collect|get|acquire)\w* (?:\w+ ){0,3}?(?:information|data)\b.{0,30}\bfrom (?:\w+ "
    r"){0,5}?(?:partners|third[- ]parties|affiliates|others)\b|"
    r"\bfrom (?:\w+ ){0,4}?(?:sources?|vendors?|brokers?|databases|registers|data (?:companies|providers|suppliers)|"
    r"outsiders|information services)\b|"
    r"\b(?:public(?:ly)?(?: and \w+| available| accessible)*|commercial(?:ly available)?|third[- ]party|"
    r"external|other) (?:and \w+ )?(?:sources?|databases?|records)\b|\bfrom (?:other )?third[- ]part(?:y|"
    r"ies)\b|\bdata brokers?\b|第三方(?:来源|渠道)|公开渠道",
    "from|from|from|source|database|records|third|broker|来源|渠道",
)
_GETTING = Phrase(
    r"\b(?:combine|merge|match|enrich)\w*\b|"
    r"\b(?:receive|obtain|collect|acquire|get|gather|purchase|supplement)\w*\b|获取|收集|获得",
    "combine|merge|match|enrich|receiv|obtain|collect|acquir|get|gather|purchas|supplement|获取|收集|获得",
)
_NAMED = Phrase(
    r"(?:such as|from|namely|e\.g\.,?|for example|including|,|"
    r"and) (?:the )?(?:[A-Z][\w&.]+ ?)+(?![\w]*[’'])|commercial register|credit (?:agency|bureau|"
    r"reference)|registry of companies|company registers?"
)
LAW_SOURCE = "GDPR Art. 14(2)(f); Cal. Civ. 1798.110(a)(2); PIPL Art. 17"


_MERGING = Phrase(
    r"\b(?:combine|merge|match|enrich|supplement)\w*\b", "combine|merge|match|enrich|supplement"
)


def sources(doc: Document) -> Iterator[Finding]:
    """Sources that are not named (rule source-open)."""
    hits = [
        h
        for h in doc.hits(_SOURCE)
        if _GETTING.search(h.reading.low)
        and not h.reading.refuses
        and not h.reading.told
        and not _NAMED.search(re.sub(r"^[^a-z]*[A-Z]\w+", "", h.reading.text))
    ]
    hits = [
        h
        for h in hits
        if (h.reading.does("collect") or _MERGING.search(h.reading.low)) and "messages" not in h.reading.words
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
    r"\bassets? (?:are|is) (?:\w+ )?(?:purchased|sold|acquired|bought|transferred)|\b(?:purchase|acquire|buy)s? (?:\w+ "
    r"){0,4}(?:our|the) (?:\w+ )?(?:business|company|assets)|\bamong the assets|\btransferred assets|"
    r"\b(?:taken over|takeover|change of ownership|changes? hands|wind(?:ing)?[- ]up|successors? (?:in|to|company|"
    r"entity))\b|\b(?:we are|company is|business is|be) (?:sold|acquired|bought)\b|收购方|"
    r"\b(?:merger|merges?|acqui(?:sition|red|rer)|bankruptcy|insolvency|reorgani[sz]ation|sale of (?:the |"
    r"our |all |its |substantially )?(?:\w+ ){0,3}(?:company|business|assets?)|business transfer|"
    r"asset transfer|change of control|purchased by another|sell (?:our|the) business|"
    r"business is (?:transferred|sold)|event of a sale|new owners?)\b|合并|收购|破产",
    "assets|purchase|acquire|buy|among|"
    "taken over|takeover|ownership|hands|wind|successor|sold|acquired|bought|收购|"
    "merg|acqui|bankruptcy|insolvency|reorgani|sale|transfer|control|purchased|sell|new owner|合并|收购|破产",
)
_MOVES = Phrase(
    r"\b(?:convey|conveyed|move|moved|handed|go|goes)\b|"
    r"\b(?:transfer|transferred|share|shared|disclose|disclosed|sold|pass|part of|assigned|provided)\b|转让|转移",
    "convey|move|handed|go|transfer|share|disclose|sold|pass|part of|assign|provided|转让|转移",
)
_GUARD = Phrase(
    r"\b(?:notif\w+|notice|inform|e-?mail you|tell you|consent|bound|honou?r|continue to comply|"
    r"comply with this|subject to this|same (?:level|protection)|require (?:the|that)|remain|undertak\w+|"
    r"announce)\b|告知|通知|同意|约束|继续",
    "notif|notice|inform|mail|tell|consent|bound|hono|comply|subject|same|require|remain|undertak|announc|"
    "告知|通知|同意|约束|继续",
)
_EITHER = Phrase(
    r"\b(?:require|bound|comply|continue)\b.{0,140}\bor\b.{0,60}\b(?:inform|notify|consent|ask|seek)|"
    r"\b(?:inform|notify)\b.{0,80}\bor\b.{0,60}\b(?:require|bound|comply)|要求.{0,60}(?:否则|或)",
    "require|bound|comply|continue|inform|notify|consent|要求",
)
LAW_TAKEOVER = "GDPR Art. 5(1)(a)-(b), 6(1), 14; PIPL Art. 22; PDPO DPP3; Cal. Civ. 1798.140(ad)(2)(C)"


def _aftermath(doc: Document, sale: Reading) -> list[Reading]:
    """The sentence about the sale and what is said about it next."""
    after = [r for r in doc.near(sale, 0, 2) if r.sentence.paragraph == sale.sentence.paragraph]
    return after if len(after) > 1 and _GUARD.search(after[1].low) else after[:2]


def takeover(doc: Document) -> Iterator[Finding]:
    """Data sold with the company (rules business-transfer-unconditional, business-transfer-alternative)."""
    bare = []
    for hit in doc.hits(_TAKEOVER):
        r = hit.reading
        if not (_MOVES.search(r.low) and (r.does("share") or r.personal)) or r.told or "right" in r.words:
            continue
        near = _aftermath(doc, r)
        if not any(_GUARD.search(n.low) for n in near):
            bare.append(hit)
        for n in near:
            if _EITHER.search(n.low) and (n is not r or "require" in n.words):
                yield report(
                    "open-ended/business-transfer-alternative",
                    "warn",
                    (r, n) if n is not r else (n,),
                    f"the company picks between two duties when it is sold: {quoted([hit])}",
                    hint="give notice in every case, bind the buyer, and say what happens to people who refuse",
                    law=LAW_TAKEOVER,
                )
                break
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


_ANONYMOUS = Phrase(
    r"\b(?:anonymous|anonymi[sz]ed|aggregate[d]?|de-?identified|non-personal(?:ly)?|pseudonymi[sz]ed|"
    r"non-identif\w+)\b|匿名化?(?:数据|信息)|去标识化",
    "anonym|aggregat|identif|non-personal|匿名|去标识",
)
_MEASURED = Phrase(
    r"\b(?:at least|minimum|fewer than|groups? of|k-anonym|differential|irreversibl\w+|"
    r"cannot be (?:re-?identified|linked|traced|attributed|used to)|no longer be (?:linked|attributed|"
    r"identified)|removed|truncat\w+|shortened|last (?:two|three) )|不可复原|无法识别",
    "at least|minimum|fewer|group|k-anonym|differential|irreversib|cannot be|no longer|removed|truncat|"
    "shortened|last |不可复原|无法识别",
)
_CLAIM = Phrase(
    r"\bnot (?:personally )?identify\b|\bnot,? (?:on its own,? )?permit\b|\bfor any purpose\b|"
    r"\bstatistical information\b|\bnon-personal\b",
    "identify|permit|any purpose|statistical|non-personal",
)


def anonymity(doc: Document) -> Iterator[Finding]:
    """Anonymous data passed on without a method or a size (rule anonymity-undefined)."""
    hits = [h for h in doc.hits(_ANONYMOUS) if not h.reading.told and not _excluded(h.reading)]
    if any(_MEASURED.search(h.reading.low) for h in hits):
        return
    released = [
        h
        for h in hits
        if h.reading.does("share") or "publish" in h.reading.words or _CLAIM.search(h.reading.low)
    ]
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


_VAGUE_WHO = Phrase(
    r"\b(?:partners?|third[- ]part(?:y|ies)|affiliat\w+|advertisers?|companies)\b|合作伙伴|第三方|关联公司",
    "partner|third|affiliat|advertiser|compan|合作|第三方|关联",
)
_CLEAR_WHO = Phrase(
    r"\b(?:payment (?:processor|provider|process|institution|platform|compan)\w*|processors?|"
    r"hosting (?:provider|compan)\w*|data cent(?:er|re)|analytics (?:provider|vendor|compan)\w*|"
    r"service (?:providers?|vendors?|partners?)|vendors|contractors|auditors?|accountants?|advis[eo]rs?|"
    r"couriers?|registr(?:y|ies)|"
    r"banks|credit|escrow|cloud (?:provider|host)\w*|insurers?|subsidiar\w+|institutes?|google|stripe|"
    r"amazon|microsoft|mailchimp|mixpanel|firebase|support contractors|agencies|gmbh|limited|llc|inc)\b|"
    r"有限公司|支付机构|服务商",
    "pay|process|host|data|analytics|service|vendor|contractor|audit|account|advis|courier|regist|bank|"
    "credit|escrow|cloud|insurer|subsidiar|institute|google|stripe|amazon|microsoft|mailchimp|mixpanel|"
    "firebase|agenc|gmbh|limited|llc|inc|公司|机构|服务商",
)
LAW_WHO = "GDPR Art. 13(1)(e); PIPL Art. 23; PDPO DPP1(3)(b)(i); Cal. Civ. 1798.110(a)(4), 1798.115"


def _gives(doc: Document) -> list[Reading]:
    return [
        r
        for r in doc.body
        if (r.does("share") or _delegates(r))
        and not r.told
        and not r.refuses & {"share", "sell"}
        and not {"aggregate", "anonymous", "non-personal", "merger", "law"} & r.words
    ]


def _delegates(reading: Reading) -> bool:
    return "delegate" in reading.words or "engage" in reading.words


def recipients(doc: Document) -> Iterator[Finding]:
    """Recipients that nobody can tell (rules recipients-unnamed, recipients-missing)."""
    given = _gives(doc)
    vague = [r for r in given if _VAGUE_WHO.search(r.low)]
    clear = any(_CLEAR_WHO.search(r.low) for r in given if not _disclaims(r)) or any(
        _CLEAR_WHO.search(r.low) and r.lead and "shar" in r.lead for r in doc.body
    )
    if vague and not clear:
        yield report(
            "missing-mandatory/recipients-unnamed",
            "warn",
            vague,
            f"the recipients are neither named nor described: "
            f"{quoted([h for h in doc.hits(_VAGUE_WHO) if h.reading in vague])}",
            hint="name the recipients or their kinds (payment, hosting, support, ...) with the purpose of each",
            law=LAW_WHO,
        )
    elif not any(r.acts & {"share"} or _RECEIVING.search(r.low) for r in doc.readings):
        yield report(
            "missing-mandatory/recipients-missing",
            "warn",
            (),
            "nothing says who receives personal data (recipients or their categories)",
            hint="name the recipients or say that there are none",
            law=LAW_WHO,
        )


_RECEIVING = Phrase(
    r"\brecipients?\b|\bwho (?:receives|gets|sees|has access)|\breceives? (?:the|your|only|"
    r"this) (?:\w+ )?(?:data|information)|共享|提供",
    "recipient|who |receive|共享|提供",
)


def _disclaims(reading: Reading) -> bool:
    return "websites" in reading.words or "sites" in reading.words


_GOODS = Phrase(
    r"\b(?:logistics|courier|deliver(?:y|ies) (?:compan|service)\w*|shipping compan\w*|"
    r"distribution compan\w*|freight|express compan\w*)\b|物流|快递",
    "logistics|courier|deliver|shipping|distribution|freight|express|物流|快递",
)
_DIGITAL = Phrase(
    r"\b(?:cloud|hosting|hosts?|domain names?|vps|saas|software|cdn|object storage|virtual server)\b|云服务|"
    r"云主机|域名",
    "cloud|host|domain|vps|saas|software|cdn|storage|virtual|云|域名",
)
_PHYSICAL = Phrase(
    r"\b(?:hardware|physical (?:goods|products)|merchandise|shipment|parcels?|devices? (?:we )?(?:sell|"
    r"ship|deliver)|rack|colocation)\b|硬件|实物",
    "hardware|physical goods|physical products|merchandise|shipment|parcel|device|rack|colocation|硬件|实物",
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


DETECTORS = (sources, takeover, anonymity, recipients, pointless)
