"""What a copied text leaves of the company it was written for: its name, the law of its contracts, the parties of another deal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.gazetteer import countries
from troth.policy.lint.homes import seat
from troth.policy.lint.names import ENTITY, own_entities
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

# what only the publisher of a text does with it
_OWN_ACT = (
    r"(?:may|can|should|must) be (?:contacted|reached)|reserves? (?:the|all)|(?:may|can|will|shall)(?: \w+)? (?:change|amend|update|modify|revise|alter)s? (?:this|the|its)|(?:changes|updates|revises) this|"
    r"respects (?:your|the)|is committed to|values your|takes your|(?:is|are) (?:not )?(?:responsible|liable) for|and its affiliates|shall not be liable|does not accept|undertakes to|(?:has|have) (?:full|sole|no)"
)
_TRADE = r"(?:Solutions?|Hosting|Networks?|Technolog(?:y|ies)|Systems|Services|Communications|Internet|Cloud|Host|Domains?|Media|Group|Labs|Digital|Telecom|Software|Servers?|Web|Data|Inc|LLC|Ltd|Limited|GmbH|Corp)"
_ACTS = re.compile(
    rf"\b((?:[A-Z][\w&-]+ ){{1,4}}{_TRADE}\.?|[A-Z][a-z]+[A-Z]\w+)(?: \([^)]*\))? (?:{_OWN_ACT})\b"
)
_DONE = Phrase(rf"\b(?:{_OWN_ACT})\b|解释权|修改权|所有权|知识产权|解释|制定|发布|修订|有权|保留|可随时")
_CJK_ACTS = Phrase(
    r"(?:解释权|修改权|所有权|知识产权)(?:均)?归(?:属)?(?:于)?([\u4e00-\u9fff（）()]{4,24}?)所有|由([\u4e00-\u9fff（）()]{4,24}?(?:公司|集团|工作室))(?:负责)?(?:解释|制定|发布|修订)|([\u4e00-\u9fff（）()]{4,24}?公司)(?:有权|保留[^。；]{0,12}权利|可随时)"
)
_GENERIC = frozenset(
    "the this our your we web cloud hosting host data internet services service solutions group systems networks network technologies technology company limited ltd inc llc gmbh corp digital media server servers domain domains customer support team privacy policy and of".split()
)
_ROLE = Phrase(
    r"\b(?:provider|processor|processes|payments?|on (?:our|its|their) behalf|partner|registry|registrar|supplier|vendor|acquired|formerly|parent|subsidiary|affiliate of|operated by|owner of|third[- ]part\w+|gateway|analytics|representative|officer|regulator|authority)\b|受托|支付|合作|集团|母公司|关联|服务商|认证|委托"
)


def _own(doc: Document) -> str:
    names = [p.name for p in (*doc.parties, *own_entities(doc.body))]
    return " ".join((*names, *(r.text for r in doc.readings[:2]))).lower()


def _foreign(doc: Document, hit: Hit, own: str) -> bool:
    """Whether a name stands in one sentence only, has no word of the publisher's, and no role is told."""
    if _ROLE.search(hit.reading.low):
        return False
    name = hit.words
    if hit.reading.cjk:
        brand = re.sub(r"[（(].*?[）)]|有限|责任|股份|公司|科技|网络|信息|技术", "", name.lower())[:4]
        alone = sum(brand[:2] in r.low for r in doc.readings) == 1
        return len(brand) > 1 and alone and brand[:2] not in own
    words = [w for w in re.findall(r"[a-z\d&-]{3,}", name.lower()) if w not in _GENERIC]
    return bool(words) and not any(
        w in own or any(w in r.low for r in doc.readings if r is not hit.reading) for w in words
    )


def names(doc: Document) -> Iterator[Hit]:
    """Companies that act as the publisher of the text, once, and are not the one that publishes it."""
    own = _own(doc)
    if not doc.parties and not any(ENTITY.search(r.text) for r in doc.readings):
        return
    for reading in (h.reading for h in doc.hits(_DONE)):
        if reading.cjk:
            found = _CJK_ACTS.search(reading.low)
            name = next((g for g in found.groups() if g), "") if found else ""
        else:
            match = _ACTS.search(reading.text)
            name = match[1] if match else ""
        if name:
            hit = Hit(reading, name)
            if _foreign(doc, hit, own):
                yield hit


_GOVERNED = Phrase(
    r"\b(?:governed by|construed (?:in accordance with|under)|subject to|interpreted under)\b[^.;]{0,40}\blaws? of (?:the )?(?:state of |commonwealth of |republic of |province of )?([a-z][a-z .]{2,40}?)(?=[,.;]| without| and| courts?|$)"
)
_CODES = {
    "HK": "hk",
    "SG": "sg",
    "UK": "gb",
    "IN": "in",
    "MY": "my",
    "CN": "cn",
}


def laws(doc: Document) -> Iterator[Hit]:
    """The law of a country to which nothing else in the text leads."""
    for hit in doc.hits(_GOVERNED):
        match = _GOVERNED.search(hit.reading.low)
        meant = countries(match[1]) if match else frozenset()
        home = seat(doc) or frozenset(
            c for e in own_entities(doc.body) for r in e.readings for c in countries(r.low)
        )
        home |= {_CODES[place] for place in doc.places if place in _CODES}
        if meant and home and not meant & home and "eu" not in hit.reading.low.split():
            yield hit


_PARTIES = re.compile(
    r"\b(?:the|The|each|any|a) (Lessee|Lessor|Landlord|Borrower|Lender|Franchisee|Franchisor|Policyholder|Patient|Passenger|Mortgagor|Guarantor|Licensee|Tenant|Purchaser|Contractor|Employee)s?\b"
)
_NAMED_PARTIES = Phrase(
    r"\b(?:lessee|lessor|landlord|borrower|lender|franchisee|franchisor|policyholder|patient|passenger|mortgagor|guarantor|licensee|tenant|purchaser|contractor|employee)s?\b|"
    r"出租人|承租人|承租方|出租方|贷款人|借款人|投保人|乘客|患者|甲方|乙方|买受人|出卖人"
)


def roles(doc: Document) -> Iterator[Hit]:
    """Parties of another kind of contract, named once and explained nowhere."""
    found: dict[str, list[Hit]] = {}
    for hit in doc.hits(_NAMED_PARTIES):
        match = _PARTIES.search(hit.reading.text)
        if match or hit.reading.cjk:
            word = match[1] if match else hit.words
            found.setdefault(word, []).append(Hit(hit.reading, word))
    for word, hits in found.items():
        told = sum(word.lower() in r.low for r in doc.readings)
        if len(hits) == told == 1:
            yield from hits


def borrowed(doc: Document) -> Iterator[Finding]:
    """What another company's text left behind (rule name-inconsistent)."""
    hits = [*names(doc), *laws(doc), *roles(doc)]
    if hits:
        yield report(
            "drafting-error/name-inconsistent",
            "warn",
            of(hits),
            f"this belongs to another company or another contract: {quoted(hits)}",
            hint="put in what is true of the company that publishes the text, or say who the other one is",
        )


DETECTORS = (borrowed,)
