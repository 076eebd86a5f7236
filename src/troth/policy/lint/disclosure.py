"""Disclosure to authorities and private parties: law against own judgement, open grounds, discretion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_passing, english_purposes
from troth.policy.lint import english_rights as rights
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 5(1)(a)-(b), 6(1)(c), 48; PIPL Art. 13, 41; PDPO DPP3, s. 58; PDPA s. 17"

_COMPELLED = Phrase(
    r"\b(?:(?:if|when|where|as|only|so|unless) (?:\w+ ){0,6}?(?:required|obliged|compelled|mandated|ordered)|(?:law|order|court|"
    r"statute|subpoena|warrant)\b.{0,60}\b(?:requires?|obliges?|compels?|demands?)|required "
    r"(?:to do so )?by|only\b.{0,30}\bwhere a|(?:law|order|court|statute|subpoena|warrant)\b.{0,40}\b(?:requires?|obliges?|compels?|demands?|"
    r"orders)|where compelled|legally (?:required|obliged)|requested (?:via|by|under|in) (?:a |an )?(?:subpoena|court order|warrant))\b.{0,50}(?:law|court|legal|"
    r"subpoena|order|statut|authorit)?",
)
_ONLY_LAW = Phrase(
    r"\b(?:only|solely|exclusively|not|never|no|unless|except|nothing)\b|仅|不会|除非",
)
_OWN_GROUND = Phrase(
    r"\b(?:to )?(?:protect|defend|enforce|safeguard) (?:our|its|the|\w+'s) (?:\w+ )?(?:rights?|property|"
    r"interests)\b|\bprivate part(?:y|ies)\b",
    Frame("protecting 3 interest 2 of-whom 2 company-word"),
)
_JUDGEMENT = Phrase(
    r"\b(?:is|are) of the (?:view|opinion)\b|\b(?:prudent|wise|expedient|advisable|politic)\b|\b(?:fancy|fancies|feel like|feels like)\b|"
    r"\b(?:we|it|us|\w+) (?:\w+ )?(?:believes?|judges?|thinks?|feels?|considers?|deems?|decides?|determines?|suspects?|sees? fit|"
    r"finds?)\b.{0,50}\b(?:good faith|reasonabl\w+|appropriate|necessary|disclos\w*|require\w*|should|is |doing so|advisable|"
    r"warranted|desirable|justified|helpful|useful|prudent|fit|protects?|proper|right|best|in (?:our|its) (?:own |best |legitimate )?interests?)|\b(?:we|it) sees? fit\b|"
    r"\b(?:police|cops|feds|authorit\w+|anyone|somebody|officials)\b.{0,40}\b(?:asks?|comes? knocking|wants?|inquires?)\b.{0,60}\b(?:help|feels? right|hand|give|cooperate|comply|fit|like)|我们(?:认为|判断|觉得|自行判断).{0,12}(?:必要|需要|适当|合理|合适)|自行决定|酌情|\b(?:in |a )?(?:our|its) (?:own |sole |business |reasonable )*(?:judge?ment|"
    r"opinion|view)\b|\bgood[- ]faith\b|\breason to believe\b|"
    r"认为(?:合适|适当|必要|需要)(?!的?(?:位置|地方|方式|渠道|时间|途径))",
    Frame("disclosing 12 our-option", "refusing"),
    Frame("our-option 12 disclosing", "refusing"),
    Frame("disclosing 8 suspicion 3 of 2 unlawful", "refusing"),
    Frame("disclosing 10 we 2 regard 3 improper", "refusing"),
    Frame("disclosing 10 authority 3 whenever 1 they-word 1 asking-they"),
    Frame("disclosing 10 as-word 1 we-deem"),
    Frame("we-deem 3 proper 8 disclosing"),
    Frame("disclosing 6 special-case", "refusing"),
)
_DISCRETION = Phrase(
    r"\b(?:sole|absolute|own|unfettered|entire|exclusive) (?:and absolute )?discretion\b|\bat (?:our|its) discretion\b|"
    r"\b(?:as|if|when|where|whenever|that) (?:we|it) (?:may )?(?:deems?|sees?) (?:\w+ )?(?:fit|necessary|appropriate)|"
    r"(?<!您)(?<!用户)自行决定|(?<!您)(?<!用户)自行判断|"
    r"有权(?:自行|单方)?决定是否|"
    r"\bat (?:the )?\w+(?:'s)? (?:sole |own |absolute )?discretion\b",
    Frame("alone 1 deciding", "customer-said"),
    Frame("we 1 alone 1 deciding"),
    Frame("we 4 see-fit 4 refuse"),
    Frame("up-to-us"),
)
_PUBLIC = Phrase(
    r"\b(?:public interests?|social (?:public )?(?:security|stability|order|interests?)|national (?:security|interests?)|"
    r"public order|morality)\b|公共利益|社会稳定|国家利益|"
    r"公众利益|社会公共|公共安全|"
    r"(?:公众|社会|他人).{0,6}(?:权益|利益)|\bemergenc(?:y|ies) or similar",
)
_DEFENCE = Phrase(
    r"\bestablish\w*,? (?:exercise|or)|\bexercise or defen|\bregulation\b|\bart(?:icle|\.)",
)
_REFUSAL = Phrase(
    r"\b(?:decline|refuse|reject|deny|turn down|ignore|not (?:comply|process|respond)|terminate or "
    r"refuse)\w*\b.{0,60}\brequests?\b|\b(?:comply with|honou?r|process)\b.{0,40}\brequests?\b.{0,40}\b(?:as long as|"
    r"unless|except)|\brequests?\b.{0,30}\b(?:be|are) (?:refused|declined|rejected|denied|turned down|ignored)|"
    r"拒绝.{0,10}请求",
)
_BROAD = Phrase(
    r"\b(?:vexatious|frivolous|impractical|impracticable|unreasonable|burdensome|any reason|business purposes|inconvenient|"
    r"repetitive|not otherwise required)\b|任何理由|不合理",
)
_STATUTORY = Phrase(r"\bmanifestly (?:unfounded|excessive)|\bart(?:icle|\.)")


# what people should know is no ground for a disclosure, and the competence of a court is none of the company's
_PEOPLE_SHOULD = Phrase(
    r"\bbelieves? (?:that )?(?:\w+ ){1,4}?should (?:know|understand|have|be able|be told|be informed|control|decide)\b"
)


# "shared with Frost to determine the place" is a purpose
_IN_ORDER = Phrase(r"^(?!we |it )\w+ to (?:\w+ )?(?:determine|decide|judge|find)\b")


# "the appropriate authorities" are the competent ones, which leaves nothing to anybody's judgement
_FITTING = frozenset({"appropriate", "competent"})
_OFFICE = Phrase(
    r"\bcompetent jurisdiction\b|\b(?:appropriate|competent) (?:(?:governmental|government|public|regulatory|law enforcement|legal|judicial|state|federal|local|tax|supervisory|data protection|police|and|or|/) ?)*(?:authorit|agenc|bod(?:y|ies)|court|regulator|official|institution|tribunal|registr(?:y|ies|ar))\w*"
)


# what people might like to read, and where a new text is posted, are no grounds
_NO_GROUND = Phrase(
    r"\b(?:we|it) (?:think|believe|feel|consider)s? (?:\w+ )?(?:will|may|might|would|could|is|are)(?: be)? (?:of (?:\w+ )?(?:interest|use|value)|interest\w*|useful|relevant)\b|"
    r"\bplaces? (?:that |which )?(?:we|it) (?:deem|consider|think|find|see)s?\b|"
    r"\b(?:who|whom|that|which) (?:we|it) (?:think|believe|feel|consider)s? (?:will|may|might|would|could) (?:have|offer|provide|sell)\b"
)


def _told_to_people(hit: Hit) -> bool:
    words = hit.words.lower()
    if words in _FITTING and _OFFICE.search(hit.reading.low):
        return True
    if _IN_ORDER.search(words) or _NO_GROUND.search(hit.reading.low):
        return True
    return _PEOPLE_SHOULD.search(hit.reading.low) is not None and "believe" in words


# "to nobody other than": what stands on that list is disclosed
_NOBODY_BUT = Phrase(
    r"\b(?:not|never|n't)\b[^.;]{0,30}\b(?:share|disclose|provide|release|give|transfer|reveal)\b[^.;]{0,140}\b(?:other than|except|apart from)\b[^.;]{0,40}:?\s*$"
)


def _discloses(reading: Reading) -> bool:
    if reading.lead and _NOBODY_BUT.search(reading.lead):
        return True
    if reading.cjk:
        return any(word in reading.low for word in ("披露", "提供", "公开"))
    near = {
        "disclose",
        "hand",
        "reveal",
        "pass",
        "give",
        "releasing",
        "released",
        "turn",
        "surrender",
        "furnish",
        "disclosing",
        "disclosure",
        "disclosed",
        "release",
        "share",
        "cooperate",
        "identity",
        "provide",
        "shared",
    }
    return (reading.does("share") and bool(near & reading.words)) or "cooperate" in reading.words


# what the law wants kept is not what it wants disclosed
_TO_KEEP = Phrase(
    r"\b(?:required|obliged|compelled) (?:by (?:\w+ )?law )?to (?:keep|retain|store|hold|maintain)\b"
)
# what is kept back from people is not passed on
_WITHHELD = Phrase(r"\b(?:withhold|refuse|deny|decline)\w*\b[^.;]{0,30}\b(?:access|request|copy)\b")


# an office gets what a duty asks for
_OFFICES = (
    r"(?:government\w*|authorit\w+|agenc(?:y|ies)|regulators?|law enforcement|police|courts?|officials?)"
)
_FOR_DUTY = Phrase(
    rf"\b{_OFFICES}\b[^.;]{{0,40}}\b(?:to|as|where|when|if) (?:\w+ )?(?:fulfil\w*|comply with|meet|satisfy|discharge|required (?:by|under|to)|obliged|compelled)\b[^.;]{{0,40}}\b(?:law|legal|statut\w+|regulat\w+|obligations?|duties)\b"
)


def own_judgement(doc: Document) -> Iterator[Finding]:
    """Disclosure only where law asks, against own grounds (rule disclosure-conflict)."""
    forced = [
        h
        for h in doc.hits(_COMPELLED)
        if (_discloses(h.reading) or ("share" in h.reading.refuses and h.reading.exempted))
        and not {"children", "child"} & h.reading.words
        and not _TO_KEEP.search(h.reading.low)
    ]
    believed = [
        h
        for h in doc.hits(_JUDGEMENT)
        if (
            "share" in h.reading.acts
            or {"oblige", "report"} & h.reading.words
            or "cops" in h.reading.low
            or "police" in h.reading.low
        )
        and not re.search(r"purposes? (?:that |which )?\w+ (?:consider|deem|think|see|find)", h.reading.low)
        and not _LAWFUL_TEST.search(h.reading.low)
        and not _law_first(h.reading)
        and not _STANDARD.search(h.reading.low)
        and (h.reading.exempted or not h.reading.refuses)
        and not h.reading.told
        and not _user_judges(h.reading)
        and not _told_to_people(h)
    ]
    grounds = [
        h
        for h in doc.hits(_OWN_GROUND)
        if _discloses(h.reading)
        and not _DEFENCE.search(h.reading.low)
        and (not h.reading.refuses or _NOBODY_BUT.search(h.reading.lead))
    ]
    pure = _company_only(forced, [*grounds, *believed])
    wide = [*believed, *(g for g in grounds if pure)]
    if not wide:
        loose = [
            h
            for h in said(doc, english_passing.DISCLOSURE, doc.hits(_PUBLIC))
            if not _told_to_people(h)
            and not _law_first(h.reading)
            and not _STANDARD.search(h.reading.low)
            and not _ASKS.search(h.reading.low)
            and not _WITHHELD.search(h.reading.low)
        ]
        if loose:
            yield _open_ground(loose)
        return
    offices = [
        h
        for h in doc.hits(_FOR_DUTY)
        if h.reading.does("share") and not any(h.reading is b.reading for b in believed)
    ]
    if believed and offices:
        yield _sided(offices, believed, [], doc)
        return
    if not pure or not any(_ONLY_LAW.search(h.reading.low) for h in pure):
        yield _open_ground(believed or grounds) if believed else _sided(pure, wide, grounds, doc)
        return
    yield _sided(pure, wide, grounds, doc)


# what helpers may disclose limits them and not the company
_HELPERS = Phrase(
    r"^\W*(?:(?:all|any|each|every|our|the|these|those|such) )?(?:of )?(?:our |these )?(?:\w+ )?(?:processors?|sub-?processors?|subcontractors?|contractors?|vendors?|suppliers?|providers?|partners?|they) (?:\w+ ){0,2}?(?:disclos|shar|pass|hand|giv|releas)"
)


def _company_only(forced: list[Hit], other: list[Hit]) -> list[Hit]:
    """The limits to what law asks that bind the company and stand apart from its own grounds."""
    apart = [h for h in forced if not any(h.reading is g.reading for g in other)]
    return [h for h in apart if not _HELPERS.search(h.reading.low)]


def _open_ground(hits: list[Hit]) -> Finding:
    return report(
        "undefined-term/disclosure-open",
        "warn",
        of(hits),
        f"data is disclosed on a ground that nobody can check: {quoted(hits)}",
        hint="disclose where a named law or a checked order asks for it; name any further case and its test",
        law=LAW,
    )


def _sided(pure: list[Hit], wide: list[Hit], grounds: list[Hit], doc: Document) -> Finding:
    sides = f"law alone ({quoted(pure)}) and " if pure else ""
    near = [r for h in grounds if pure for r in doc.near(h.reading, 1, 0) if _discloses(r)]
    return report(
        "contradiction/disclosure-conflict",
        "warn",
        (*of(pure), *of(wide), *near),
        f"disclosure rests on {sides}the company's own judgement or interests ({quoted(wide)})",
        hint="disclose where a named law or a checked order asks for it; name any further case and its test",
        law=LAW,
    )


# where people are asked first, they are the ground
_ASKS = Phrase(
    r"\bwe (?:\w+ )?(?:offer|give|provide|grant|ask|allow)\b[^.;]{0,40}\b(?:opportunity|means|chance|option|possibility|choice|way)\b[^.;]{0,30}\b(?:consent|agree|refuse|object|opt)\w*|\bwe (?:\w+ )?ask (?:for )?(?:you|your)\b[^.;]{0,30}\bconsent"
)
# a standard for those who get data is no ground to give it
_STANDARD = Phrase(
    r"\b(?:require|oblige|bind|ask|expect)\w* (?:them|these|those|such|our|all|third|vendors|processors)\b[^.;]{0,60}\b(?:standards?|safeguards?|measures|terms|level)\b"
)
# "when required by law, if we believe that this is necessary to comply with a court order": the belief adds no ground
_LAW_FIRST = Phrase(
    r"\b(?:required|obliged|compelled|ordered) (?:to do so )?by (?:law|a court|applicable law)\b[^;]{0,60}\b(?:good[- ]faith|believe)\b[^;]{0,90}\b(?:comply with|respond to)\b[^;]{0,60}\b(?:court order|legal process|judicial|subpoena|law)\b"
)
_FURTHER_GROUND = Phrase(
    r"\b(?:protect|defend|enforce|safety|property|rights|fraud|prevent|interests?|terms|harm|investigat\w+)\b"
)


def _law_first(reading: Reading) -> bool:
    """Whether the belief is only about what the law asks for."""
    return _LAW_FIRST.search(reading.low) is not None and not _FURTHER_GROUND.search(reading.low)


_LAWFUL_TEST = Phrase(
    r"\b(?:enforcement (?:related )?(?:body|activit)\w*|app 6|as (?:the )?(?:\w+ )?(?:act|law|section) requires|written note)\b",
)


def _user_judges(reading: Reading) -> bool:
    return (
        "your own judg" in reading.low
        or "you believe" in reading.low
        or "you feel" in reading.low
        or "if you think" in reading.low
        or re.search(
            r"[您你](?:自行|自己)?(?:判断|认为|觉得)|认为(?:合适|适当|必要)的?(?:位置|地方|方式)", reading.low
        )
        is not None
    )


# the words of the agreements between the United States and Europe
_LAWFULLY_ASKED = Phrase(r"\blawful requests? (?:from|by|of|made by) (?:\w+ )?(?:public )?authorities\b")


def public_interest(doc: Document) -> Iterator[Finding]:
    """Public interest as an own ground (rule disclosure-open)."""
    hits = [
        h
        for h in doc.hits(_PUBLIC)
        if (_discloses(h.reading) or (h.reading.does("share") and not h.reading.cjk))
        and not h.reading.refuses
        and "无从识别" not in h.reading.low
        and not _LAWFULLY_ASKED.search(h.reading.low)
        and not re.search(r"国家安全[^。]{0,12}直接(?:相关|有关)", h.reading.low)
    ]
    if hits:
        yield report(
            "undefined-term/disclosure-open",
            "warn",
            of(hits),
            f"data is disclosed for a ground without a test or a request: {quoted(hits)}",
            hint="tie the ground to a legal request or a named statutory duty",
            law=LAW,
        )


_BESIDE_LAW = Phrase(
    r"\b(?:order|warrant|subpoena|law|process)s?,? or (?:any )?other requests? (?:from|by|of) (?:a |an |any |the )?(?:\w+ )?(?:law[- ]enforcement|authorit\w+|government\w*|police|officials?)\b|"
    r"\b(?:requirement|order|demand) or request (?:of|by|from) (?:a |any |the )?(?:government\w*|law enforcement|public) (?:agenc|authorit|bod|official)\w*|"
    r"\b(?:law|laws|regulations?|legal process|court order|subpoena),?(?: and/or| or| and|,) (?:as )?(?:mandated|requested|demanded|requested or required|instructed|asked(?: for)?|upon (?:the )?request|at (?:the )?request) (?:by|of) (?:\w+ ){0,2}?(?:governments?|governmental|authorit\w+|public bod\w+|law enforcement|regulators?|officials|agenc\w+)\b|"
    r"\b(?:laws?|regulations?|legal process|court orders?|subpoenas?),? (?:and|or) (?:\w+ )?(?:government(?:al)?|law enforcement|regulatory|official|police) (?:requests?|inquir\w+|demands?)\b|"
    r"(?:政府|有关|相关|执法|有权)(?:主管|的)?(?:部门|机关|机构|单位)(?:或其他有权机关)?的?(?:要求|请求|查询)|"
    r"\b(?:requested|asked|demanded) by (?:the |a |any |local |relevant |competent )*(?:police|government\w*|law enforcement|authorit\w+|officials)\b"
)
_CHECKED = Phrase(
    r"\b(?:authorit\w+|agenc\w+|government\w*|enforcement|police|officials|bodies)\b[^.;]{0,20} as (?:mandated|required|permitted) by (?:\w+ )?(?:law|regulation)s?\b|"
    r"强制性?(?:的)?要求|^[\W\d①-⑳]*遵守|根据法律法规的规定|依法|依照|法定|法律程序|"
    r"\b(?:lawful|lawfully|valid|legally binding|properly|duly|judicial|court|warrant|subpoena|in accordance with (?:the )?law|under (?:the )?law|statutory)\b[^.;]{0,40}\b(?:request\w*|order\w*|demand\w*|process|authori[sz]\w*)\b|\b(?:court orders?|subpoenas?|warrants?)\b"
)


def requested(doc: Document) -> Iterator[Finding]:
    """A mere request of an office as a ground beside the law (rule disclosure-open)."""
    hits = [
        h
        for h in doc.hits(_BESIDE_LAW)
        if ("share" in h.reading.acts or _discloses(h.reading))
        and ("other request" in h.words.lower() or not _CHECKED.search(h.reading.low))
        and not h.reading.told
        and (not h.reading.refuses or h.reading.exempted)
        and not any(p.search(h.reading.low) for p in (_JUDGEMENT, _PUBLIC))
    ]
    if hits:
        yield _open_ground(hits)


def discretion(doc: Document) -> Iterator[Finding]:
    """Own discretion decides about people's data (rule sole-discretion)."""
    hits = [
        h
        for h in doc.hits(_DISCRETION)
        if not h.reading.told
        and (
            h.reading.acts & {"share", "use", "collect", "retain", "answer"}
            or "reported" in h.reading.words
            or _about_requests(h.reading)
            or h.reading.does("erase", "notify")
        )
        and "change" not in h.reading.acts
        and not re.search(
            r"\b(?:your|the (?:user|customer|client)'s) (?:own |sole )?discretion\b", h.words.lower()
        )
        and not (h.reading.does("share") and _discloses(h.reading) and _JUDGEMENT.search(h.reading.low))
        and not {"purchaser", "buyer", "acquirer", "sold"} & h.reading.words
    ]
    hits += said(doc, english_purposes.DISCRETION, (*hits, *doc.hits(_JUDGEMENT)))
    hits = [
        h
        for h in hits
        if not _collects_openly(h)
        and not _READERS_REASON.search(h.reading.low)
        and "long as" not in h.reading.low
        and not {"hiring", "applicants", "applicant", "candidates", "recruitment"} & h.reading.words
    ]
    if hits:
        yield report(
            "open-ended/sole-discretion",
            "warn",
            of(hits),
            f"the company alone decides, by no test that others can check: {quoted(hits)}",
            hint="write the test down, and who decides",
            law="GDPR Art. 5(1)(a), 12(2); PIPL Art. 7",
        )


_READERS_REASON = Phrase(
    r"\b(?:if|should),? for (?:any|whatever) reason,? (?:you|users?|customers?)\b|\bif you,? for any reason\b"
)


def _collects_openly(hit: Hit) -> bool:
    return (hit.reading.does("collect", "use") and "purpose" in hit.reading.low) or (
        "deem" in hit.words and hit.reading.does("collect")
    )


def _about_requests(reading: Reading) -> bool:
    return bool({"request", "requests", "refuse", "valid"} & reading.words)


def refusal(doc: Document) -> Iterator[Finding]:
    """Requests refused on grounds wider than the law's (rule refusal-broad)."""
    hits = [
        h
        for h in doc.hits(_REFUSAL)
        if _BROAD.search(h.reading.low) and not _STATUTORY.search(h.reading.low) and not h.reading.told
    ]
    hits += said(doc, rights.REFUSED, hits)
    if hits:
        yield report(
            "open-ended/refusal-broad",
            "warn",
            of(hits),
            f"requests can be refused on grounds that the law does not know: {quoted(hits)}",
            hint="refuse only on the grounds of the law, and tell the person which one and how to complain",
            law="GDPR Art. 12(4)-(5), 17(3); PDPO s. 20, 24; PIPL Art. 50",
        )


DETECTORS = (own_judgement, public_interest, requested, discretion, refusal)
