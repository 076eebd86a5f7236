"""Children and sensitive data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.hanzi import simplified
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

LAW_CHILD = "16 CFR 312.3-312.10 (COPPA); GDPR Art. 8; PIPL Art. 31"

_CHILD = Phrase(
    r"\b(?:younger|older) than \d{2}\b|\bpeople under\b|\bteenagers?\b|"
    r"\b(?:child|children|children's|minors|minor(?! (?:changes?|updates?|edits?|modifications?|adjustments?|revisions?|corrections?|details?|differences?))(?<!be minor)(?<!are minor)(?<!is minor)|kids|parental|guardians?)\b|\b(?:under|below) (?:the age of )?\d{2}\b|\baged? "
    r"\d{2}\b|\b\d{2} (?:years? (?:of age|old)|and over|or over|or older)|儿童|未成年|未满|周岁|"
    r"民事(?:权利|行为)能力",
)
_EXCLUDED = Phrase(
    r"\b(?:not|never|n't)\b.{0,60}\b(?:child|children|minors?|under|below)\b|\b(?:children|minors|under)\b.{0,40}\b(?:may "
    r"not|must not|should not|cannot|are not)\b",
)
_ACTED = Phrase(
    r"\b(?:delet|eras|remov|destroy|terminat|parent|guardian|close (?:the|their|your|any)|purg)\w*\b",
)
_DEPENDANT = Phrase(
    r"\b(?:dependents?|dependants?|children's|family members?'?|child's)\b.{0,40}\b(?:data|information|details|coverage|enrol)",
)
_AGE = Phrase(
    r"\b(?:under|below|aged?|over|than|least)(?: the age of)? (\d{2})\b|\b(\d{2}) (?:years|and over|or over|or older|and "
    r"older)|(?:未满|不满|年满|低于|小于)(十四|十六|十八|\d{2})|(\d{2}) ?(?:周岁|岁)(?:以下|以上|的)"
)
_RULE_AGE = Phrase(
    r"\b(?:have to be|has to be|not allowed|not permitted|need to be|forbidden)\b|"
    r"\b(?:not (?:intended|directed|designed|meant|offered|available)|may not|must be|knowingly|only (?:for|to)|intended "
    r"for|at least|must not)\b|不(?:能|得|可以?|面向|适用|允许|会(?:故意|有意|主动)?收集)|(?:仅|只)(?:限|面向|供|对)|必须|须",
)
_SALE = Phrase(r"\bsell|\bsale\b|\bbetween\b|\bconsent\b")


def _listing(doc: Document) -> list[Reading]:
    return [r for r in doc.body if r.does("collect") and len(r.data) > 1][:1] or [
        r for r in doc.body if len(r.data) > 1 and r.lead
    ][:1]


# Australian law has no rule on children of its own, and companies have no age
_NO_RULE = Phrase(
    r"\baustralian privacy principles?\b|\bprivacy act 1988\b|\b(?:business customers|businesses|companies|professionals|traders) only\b|\bonly (?:to|for|with) (?:businesses|business customers|companies|professionals)\b"
)


# a word that is explained, and no rule
_DEFINES = Phrase(r"^\W*(?:未成年人|儿童|青少年)[^。；，]{0,10}指")
# who registers enters a contract, for which a minor needs a guardian
_MEMBERS = Phrase(r"会员|注册|游戏")


# the age of majority asked for in other words
_OF_AGE = Phrase(
    r"\b(?:must|have to|need to|has to|needs to|should) be (?:at least )?(?:1[3-9]|2[01]|eighteen|sixteen|twenty-one)\b(?! (?:days?|hours?|weeks?|months?|characters?|minutes?))|"
    r"\b(?:adults|persons of (?:full|legal) age) only\b|\bonly (?:to|for|with|by) (?:adults|persons of (?:full|legal) age)\b|\bage of majority\b|\bof (?:full|legal) age\b"
)


def missing_children(doc: Document) -> Iterator[Finding]:
    """Nothing about minors where the regime asks (rule children-missing)."""
    regimes = (
        doc.places & {"CN", "IN"}
        or (doc.places & {"TW"} if doc.says(_MEMBERS) else frozenset())
        or (doc.places & {"US", "US-CA"} if not doc.named & {"EU", "UK", "HK", "SG"} else frozenset())
    )
    told = doc.says(_OF_AGE) or any(
        not (h.reading.cjk and _DEFINES.search(h.reading.low)) for h in doc.hits(_CHILD)
    )
    if told or (doc.places and not regimes) or ("CN" not in regimes and doc.says(_NO_RULE)):
        return
    yield report(
        "missing-mandatory/children-missing",
        "warn",
        _listing(doc),
        "nothing about children and minors: no age limit and no rule for parental consent",
        hint="state from which age the service may be used, and what happens with data of younger persons",
        law=(
            "Civil Code (TW) Art. 77-79; PDPA (TW) Art. 7"
            if regimes == {"TW"}
            else "PIPL Art. 28, 31; 16 CFR 312.4 (COPPA)"
            if doc.places
            else LAW_CHILD
        ),
    )


def incomplete(doc: Document) -> Iterator[Finding]:
    """An age limit without what follows from it (rule children-incomplete)."""
    told = [h.reading for h in doc.hits(_CHILD) if not _identity_only(h.reading)]
    limited = [
        r
        for r in told
        if _EXCLUDED.search(r.low) and (_AGE.search(r.low) or _WHOLLY.search(r.low)) and not r.exempted
    ]
    if not limited or doc.chinese:
        return
    acted = any(
        _ACTED.search(r.low)
        and not _DEPENDANT.search(r.low)
        and not _provided(r)
        and not _urged(r)
        and not _LAW_TOLD.search(r.low)
        for r in told
    )
    acted = acted or any(_UNDONE.search(n.low) for r in limited for n in doc.near(r, 0, 1)[1:])
    adult = any(age >= 16 for r in limited for age in _ages(r)) and not any(
        age < 16 for r in limited for age in _ages(r)
    )
    if not acted and not adult:
        yield report(
            "missing-mandatory/children-incomplete",
            "warn",
            limited,
            "an age limit without what follows from it: no deletion, no refusal and no way for parents",
            hint="say that data of younger children is deleted when noticed, and how parents can reach you",
            law=LAW_CHILD,
        )


# what an act says is told here, not done
_LAW_TOLD = Phrase(
    r"\b(?:act|coppa|law|rule|regulation|commission)(?:'s)?(?: \(\w+\))?,? (?:\w+ )?(?:puts?|gives?|spells? out|enforces?|sets? out|protects?|says|provides)\b"
)
_NO_NUMBER = Phrase(
    r"\b(?:minors?|underage|under[- ]age|juveniles)\b|\bchildren (?:are|is|may|must|shall|should) not (?:be )?(?:eligible|allowed|permitted|authori[sz]ed|use|register|access|submit)\b"
)
_ANY_AGE = Phrase(
    r"\b(?:\d{2}|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|twenty-one)\b(?: years| and| or|\W|$)|\blegal age\b|\bage of majority\b"
)


def ageless(doc: Document) -> Iterator[Finding]:
    """Minors who are kept out, and no age anywhere (rule term-undefined)."""
    told = [h for h in doc.hits(_NO_NUMBER) if h.reading.refuses or _EXCLUDED.search(h.reading.low)]
    about = [h.reading for h in doc.hits(_CHILD)]
    if told and not doc.chinese and not any(_ANY_AGE.search(r.low) for r in about):
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(told),
            f"minors are kept out, and nothing says up to which age somebody is one: {quoted(told)}",
            hint="state the age",
            law=LAW_CHILD,
        )


_WHOLLY = Phrase(
    r"\b(?:not|never|n't)\b.{0,60}\b(?:offer\w*|provid\w*|sell|sold|target\w*|direct\w*|aim\w*|intend\w*|meant|designed|available|"
    r"knowingly)\b.{0,60}\b(?:child|children|minors?|kids)\b"
)
_UNDONE = Phrase(r"\b(?:delet|eras|remov|destroy|purg)\w*\b.{0,40}\b(?:information|data|account|it|them)\b")


def _urged(reading: Reading) -> bool:
    return bool({"encourage", "urge", "recommend", "supervise"} & reading.words)


def _provided(reading: Reading) -> bool:
    return "provided" in reading.words and "employee" in reading.low


def _identity_only(reading: Reading) -> bool:
    return "natural" in reading.words and "identifiable" in reading.words


def _ages(reading: Reading) -> set[int]:
    cjk = {"十四": 14, "十六": 16, "十八": 18}
    return {cjk.get(value) or int(value) for value in _AGE.findall(reading.low)}


# advice to children where the law asks for consent of their parents
_ADVISED = Phrase(
    r"\b(?:recommend|encourage|urge|suggest|advise|ask|remind)s? (?:that )?(?:all |young |our )*(?:children|minors|kids|young people|younger users)\b[^.;]{0,20}\b(?:ask|get|obtain|seek|check|have|request)\b[^.;]{0,40}\b(?:parents?|guardians?|permission)\b"
)
_FOLLOWS = Phrase(
    r"\b(?:comply|compl(?:y|ies|iance)|complying|follow|observe|adhere)\w*\b[^.;]{0,30}\b(?:children's online privacy|coppa)\b|\b(?:younger audience|young visitors|appropriate for (?:children|kids|all ages))\b|\b(?:fun|age-appropriate) (?:and \S+ )?for\b[^.;]{0,30}\b(?:young\w*|children|kids)\b"
)
_CONSENT_ASKED = Phrase(
    r"\b(?:verif\w+|prior|written|explicit) (?:\w+ )?(?:parental consent|consent of (?:a|the|their) (?:parent|guardian))|\b(?:without|only with|require\w*|obtain\w*|unless) (?:\w+ ){0,3}?(?:parental consent|consent (?:of|from) (?:a|the|their|his|your) (?:\w+ )?(?:parent|guardian)s?)"
)


_CHILD_AND_ADULT = {14, 18}


def conflicting(doc: Document) -> Iterator[Finding]:
    """Two age limits, or children's data taken after all (rules children-age-conflict, children-conflict)."""
    told = [h.reading for h in doc.hits(_CHILD)]
    limits = [r for r in told if _RULE_AGE.search(r.low) and not _SALE.search(r.low) and _ages(r)]
    ages = {age for r in limits for age in _ages(r)}
    # who is a child, and who is of age, by the laws of the mainland; and exceptions that a sentence states itself
    told_apart = len(limits) == 1 or (ages == _CHILD_AND_ADULT and all(r.cjk for r in limits))
    if len(ages) > 1 and not told_apart:
        yield report(
            "contradiction/children-age-conflict",
            "warn",
            limits,
            f"two age limits: {' and '.join(str(a) for a in sorted(ages))}",
            hint="keep one age limit, the one of the law that applies",
            law=LAW_CHILD,
        )
    refused = [r for r in told if r.refuses & {"collect"} and not r.exempted]
    taken = [
        h
        for h in doc.hits(_DEPENDANT)
        if h.reading not in refused
        and not h.reading.refuses
        and "become" not in h.reading.low
        and "learn" not in h.reading.low
        and not {"consent", "parental"} & h.reading.words
    ]
    taken = [
        h
        for h in taken
        if h.reading.does("collect", "use", "share", "retain") or "provided" in h.reading.words
    ]
    if refused and taken:
        yield report(
            "contradiction/children-conflict",
            "warn",
            (*refused, *of(taken)),
            f"no data of children is collected, and data of children is handled: {quoted(taken)}",
            hint="say which data of children is handled, for what, and with whose consent",
            law=LAW_CHILD,
        )
    advised = [h for h in doc.hits(_ADVISED) if not h.reading.refuses]
    claimed = [h for h in doc.hits(_FOLLOWS) if not h.reading.refuses]
    if advised and claimed and not doc.says(_CONSENT_ASKED):
        yield report(
            "contradiction/children-conflict",
            "warn",
            (*of(claimed), *of(advised)),
            f"the law on children is followed, or children are addressed ({quoted(claimed)}), and what parents have to allow is only advised ({quoted(advised)})",
            hint="ask a parent for verifiable consent before anything is collected from a child, or keep children out",
            law=LAW_CHILD,
        )
    young = [r for r in limits if ages and max(ages) < 14 and "CN" in doc.places]
    if young:
        yield report(
            "risky-promise/children-age",
            "warn",
            young,
            f"the age limit {max(ages)} is below the 14 years of Chinese law",
            hint="apply guardian consent below 14 years",
            law="PIPL Art. 28, 31",
        )


_SPECIAL = Phrase(
    r"\b(?:palm(?:-| )?(?:vein|print|scan)?|vein|iris(?:es)?|retina\w*|voice(?:-| )?prints?|gait|hand geometry|dna|facial|biometric\w*|fingerprints?|voiceprints?|face (?:scan|image|recognition)|health (?:data|information|"
    r"records)|medical|genetic (?:data|information)|ethnic|racial|religio\w+|sexual|political|trade union|criminal "
    r"records?)\b|人脸|(?<!设备)(?<!浏览器)(?<!硬件)指纹(?!标识)|掌纹|虹膜|声纹|面部|生物识别|健康(?:信息|记录|纪录|状况|资料)|医疗(?:记录|报告|信息)|性生活|性取向|基因|犯罪(?:前科|记录)|宗教",
)
_IDENTITY = Phrase(
    r"\b(?:nric|hkid|emirates id|aadhaar|ssn|id numbers?|identity numbers?)\b|"
    r"\b(?:passport|national id\w*|id cards?|identity cards?|(?<!vat )(?<!tax )(?<!unique )identification number|social security|national insurance|"
    r"driver'?s? licen[cs]e|tax id|identity (?:documents?|information|certificates?)|government[- ](?:issued )?id)\b|"
    r"身份证|护照|"
    r"\b(?:official|government|photo(?:graphic)?) identification\b(?! (?:number|code))|\b(?:scans?|photos?|cop(?:y|ies)|images?)(?:[/ ](?:or )?(?:scans?|photos?|cop(?:y|ies)|images?))? of (?:the|your|a) (?:\w+ )?(?:credit |debit |payment |bank |identity )?cards?\b|\bproof of (?:your |their )?identity\b|\bphoto(?:graphic)? (?:id|proof)\b|\bidentification documents?\b|\bcopy of (?:your|an?|the) (?:\w+ )?(?:id|identity)\b|证件",
)
_MONEY = Phrase(
    r"\b(?:bank (?:card|account)s?|credit cards?|debit cards?|card numbers?|payment platform account)\b|银行卡|信用卡|银行账户|(?:银行|支付宝)(?:或|和|、)[^。；，]{0,6}账户",
)
_SEPARATE = Phrase(
    r"\b(?:explicit|separate|express|specific|opt-in) (?:\w+ )?consent|\b9\(2\)|\bconsent\b.{0,60}\b(?:biometric|health|"
    r"identity|facial|sensitive)|\b(?:biometric|health|identity|facial|sensitive)\w*\b.{0,80}\bconsent|单独同意|明示同意",
)
_UNLESS = Phrase(
    r"\b(?:not|never) (?:\w+ ){0,3}?(?:collect|hold|ask|request|seek)\w*\b.{0,30}\bsensitive (?:personal )?(?:information|data)|"
    r"\b(?:not|never|only)\b.{0,120}\bsensitive (?:personal )?(?:information|data)\b.{0,140}\b(?:unless|without|if|where|with)\b.{0,80}\bconsent|"
    r"\bsensitive (?:personal )?(?:information|data)\b.{0,80}\b(?:only|not|never)\b.{0,60}\b(?:unless|without|if|where|with)\b.{0,60}\bconsent"
)
_NOT_ITEM = Phrase(
    r"\b(?:personal (?:data|information)\"? (?:means?|refers)|(?:any )?information (?:relating to|about) an? (?:identified|natural person)|proof of (?:your|their) identity|factors? specific|identifiable natural person|do not (?:collect|ask)|never (?:collect|ask)|last four)\b",
)


_NOT_STORED = Phrase(
    r"不(?:会)?(?:自行|主动|直接|另行)?(?:储存|存储|保存|保留|收集|接触|获取|记录)[^。；，]{0,10}(?:卡号|银行卡号|信用卡|银行卡|身份证|指纹|人脸|生物)"
)


def sensitive(doc: Document) -> Iterator[Finding]:
    """Sensitive data without separate consent (rule sensitive-consent)."""
    # who asks for consent to sensitive data, or collects none, may still copy passports
    phrases = (
        *(() if doc.says(_UNLESS) else (_SPECIAL,)),
        *(() if doc.places == {"TW"} else (_IDENTITY,)),  # no special data in the law of Taiwan
        *((_MONEY,) if doc.places & {"CN", "IN"} else ()),
    )
    hits = [
        h
        for p in phrases
        for h in doc.hits(p)
        if _collected(h.reading) and not doc.explains(h.reading) and not _NOT_STORED.search(h.reading.low)
    ]
    if not hits or any(_SEPARATE.search(r.low) and _about(r) and not r.refuses for r in doc.body):
        return
    paid = [r for r in doc.body if r.does("share") and "payment" in r.words and "CN" in doc.places]
    yield report(
        "missing-mandatory/sensitive-consent",
        "warn",
        (*of(hits), *paid),
        f"sensitive data is collected without separate, explicit consent: {quoted(hits)}",
        hint="say why each item is necessary and what its use means for the person, and ask for separate consent",
        law="PIPL Art. 28-30, 55; GDPR Art. 9(2)(a), 87; Cal. Civ. 1798.121; PDPO Code of Practice on Identity Card Numbers",
    )


def _about(reading: Reading) -> bool:
    return (
        any(p.search(reading.low) for p in (_SPECIAL, _IDENTITY, _MONEY))
        or "sensitive" in reading.words
        or bool({"selfie", "camera", "template", "scan", "image", "face"} & reading.words)
        or "敏感" in reading.low
    )


_SECTION = Phrase(
    r"collect|obtain|(?:data|information) (?:we|about|held)|收集|"
    r"采集",
)


def _collected(reading: Reading) -> bool:
    given = (
        reading.acts & {"collect", "retain"}
        or reading.lead
        or {"provided", "give", "present", "require", "requires", "required", "submit"} & reading.words
        or _SECTION.search(simplified(" ".join(reading.sentence.section[-1:]).lower()))
        or len(reading.data) > 2
        or re.search(r"(?:需要|要求|请)您(?:提供|提交|填写|上传)", reading.low) is not None
    )
    return (
        bool(given)
        and not {"staff", "employees", "applicants"} & reading.words
        and not reading.refuses & {"collect"}
        and not _NOT_ITEM.search(reading.low)
        and not reading.told
    )


DETECTORS = (missing_children, incomplete, ageless, conflicting, sensitive)
